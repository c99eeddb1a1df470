"""An issued letter on its way: how it was sent and what became of it, its proofs, its correction, and the sheets that go with a fax."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import VERBS, Done
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.ids import EventId
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.letters.delivery import Party, Sending, Way, owed, parties
from ur_desk.domain.letters.notices import NoticeKind
from ur_desk.domain.zones import zone
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.fonts import Type
from ur_desk.ui.pages.letter.reach import cover_form, suit_where
from ur_desk.ui.pages.post_words import owed_words, party_entry, sending_words, way_entry
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.field_row import Setting
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.proof import PROOFS, ProofChooser
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class LetterPost(Restyled, QFrame):
    """What can be recorded of the issued letter that is shown; its form opens here."""

    said = Signal(str)
    """Something done, in words."""
    draft_wanted = Signal()
    """A correction is being written: show the letter about the `corrected` lines as it would leave now."""
    forming = Signal(bool)
    """A form is open here, and takes the room that there is; or it is gone."""
    notice_wanted = Signal(object)
    """This issued notice of open lines is to be corrected: its form is another."""
    draft_left = Signal()
    """The correction was given up: show the letter as it left."""

    def __init__(self, session: Session, made: Callable[[], dict[str, Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made = made
        self._case: Case | None = None
        self.letter: Issued | None = None
        self.corrected: tuple[int, ...] = ()
        """The lines of the letter of which a correction is being written; empty while none is."""
        self.form: InlineForm | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(self.tr("On its way"))
        self.words = Text("", Type.SMALL, wrap=True)
        self.open_words = Text("", Type.SMALL_STRONG, "ask", wrap=True)
        self.commands: dict[str, QAction] = {}
        self._lay_out()
        self.hide()
        self.restyle()

    def _lay_out(self) -> None:
        offered: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("send", self.tr("Sent…"), self.tr("Record how and when this letter was sent, with its proof"), self._ask_sent),
            ("returned", self.tr("Came back…"), self.tr("The letter came back: whoever it was for has no notice"), self._ask_returned),
            (
                "correct",
                self.tr("Correct…"),
                self.tr("Issue a second letter with today's date in the place of this one"),
                self._ask_correct,
            ),
            ("proof", self.tr("Proof…"), self.tr("Keep what shows the last sending: a fax confirmation, a mail log"), self._ask_proof),
            ("kept", self.tr("Save proof…"), self.tr("Write what shows a sending to a file"), self._ask_kept),
            ("wrong", self.tr("Wrong hands…"), self.tr("The letter reached somebody else: a privacy incident"), self._ask_wrong),
            ("cover", self.tr("Fax cover…"), self.tr("A first page that names neither the member nor the case"), self._ask_cover),
            ("sheet", self.tr("Return sheet…"), self.tr("The case number as a bar code, on top of records that come back"), self._sheet),
        )
        self.bar = CommandBar(self.tr("What to record of this letter"))
        for key, words, tip, run in offered:
            action = self.commands[key] = QAction(words, self)
            action.setToolTip(tip)
            action.triggered.connect(run)
            self.bar.add(action, "plain" if key == "send" else "quiet")
        self.bar.finish()
        self._column, self._told = QVBoxLayout(self), QVBoxLayout()
        for said in (self.open_words, self.words):
            self._told.addWidget(said)
        self._column.addLayout(self._told)
        self._column.addWidget(self.bar)
        self._column.addStretch()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 8, 0, 0, 4)
        inset(self._told, 16, 0, 12, 0, 4)

    # which letter ----------------------------------------------------------------------------------------------------

    def show_letter(self, case: Case | None, letter: Issued | None) -> None:
        """This issued letter of the case is shown, or none; a draft of its correction leaves what stands here."""
        if letter is None and self.corrected and case is not None and self._case is not None and case.id == self._case.id:
            return
        self._close()
        self._case, self.letter = case, letter
        show_if(self, letter is not None)
        if case is not None and letter is not None:
            self._tell(case, letter)

    def _tell(self, case: Case, letter: Issued) -> None:
        sent = self._sent()
        told = [sending_words(each, self._session.zone) for each in sent]
        self.words.setText("\n".join(f"• {each}" for each in told))
        show_if(self.words, bool(told))
        today = self._session.now().astimezone(zone(self._session.zone)).date()
        waiting = [owed_words(each, today) for each in owed(case) if each.letter.id == letter.id]
        self.open_words.setText("\n".join(waiting))
        show_if(self.open_words, bool(waiting))
        standing = letter.superseded_by is None
        mine = bool(self._session.person.roles & VERBS["letter.send"].roles)
        issues = bool(self._session.person.roles & VERBS["letter.issue"].roles)
        may = {
            "send": mine and standing,
            "proof": mine and bool(sent),
            "kept": any(each.proofs for each in sent),
            "returned": mine and any(each.returned is None and each.told.way is not Way.PHONE for each in sent),
            "wrong": mine and any(each.incident is None for each in sent),
            "correct": issues and standing,
        }
        for key, action in self.commands.items():
            action.setEnabled(may.get(key, True))

    def _sent(self) -> tuple[Sending, ...]:
        assert self._case is not None
        assert self.letter is not None
        return tuple(each for each in self._case.sendings if each.told.letter == self.letter.id)

    # forms -----------------------------------------------------------------------------------------------------------

    def _open(self, form: InlineForm, commit: Callable[[InlineForm], None]) -> InlineForm:
        self._close()
        form.finish()
        form.committed.connect(partial(commit, form))
        form.closed.connect(self._given_up)
        self.form = form
        self.bar.hide()
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column.insertWidget(self._column.count() - 1, form)
        self.forming.emit(True)
        form.begin()
        return form

    def _given_up(self) -> None:
        was = bool(self.corrected)
        self._close()
        if was:
            self.draft_left.emit()

    def _close(self) -> None:
        form, self.form = self.form, None
        self.corrected = ()
        if form is not None:
            form.go()
            self.forming.emit(False)
        self.bar.show()

    def _use(self, form: InlineForm, start: "Callable[[Desk], Steps[Done[Any]]]", said: str) -> None:
        form.commit_button.setEnabled(False)

        def done(_done: object) -> None:
            self._close()
            self.said.emit(said)

        def failed(error: UserError) -> None:
            form.commit_button.setEnabled(True)
            form.refuse(error)

        self._session.steps(start, self, done=done, failed=failed)

    def _ask_sent(self) -> None:
        case, letter = self._case, self.letter
        assert case is not None
        assert letter is not None
        form = InlineForm(self.tr("This letter was sent"), self.tr("Record"))
        form.say(self.tr("A letter leaves on its own date. A portal alone notifies no member, and a call is no letter."))
        form.add("way", self.tr("How"), way_entry(), setting=Setting.STACKED)
        form.add("party", self.tr("For"), party_entry(parties(letter, case)), setting=Setting.STACKED)
        form.add("to_whom", self.tr("To whom"), LineEntry(), self.tr("Whom the letter names, if left empty."), setting=Setting.STACKED)
        form.add(
            "where",
            self.tr("Where to"),
            LineEntry(),
            self.tr("Fax, address or portal; by mail the letter's own address."),
            setting=Setting.STACKED,
        )
        form.add("at", self.tr("When"), self._when(), required=self.tr("Say when."), setting=Setting.STACKED)
        suit_where(form, case.current_request)
        chooser = ProofChooser()
        form.add_beside(chooser)
        self._open(form, partial(self._send, chooser))

    def _send(self, chooser: ProofChooser, form: InlineForm) -> None:
        case, letter, at = self._case, self.letter, _moment(form)
        assert case is not None
        assert letter is not None
        way, party = Way(form.text("way")), Party(form.text("party"))
        to_whom, where, path = form.text("to_whom"), form.text("where"), chooser.path

        def start(desk: "Desk") -> Steps[Done[Any]]:
            proof = (yield from desk.records.bring(path)) if path else None
            return (
                yield from store(
                    lambda: desk.post.send(case.id, case.revision, letter.id, way, party, at, to_whom=to_whom, where=where, proof=proof)
                )
            )

        self._use(form, start, self.tr("Recorded: the letter was sent."))

    def _ask_proof(self) -> None:
        found = dialogs.choose_files(self, self.tr("What shows that it was sent"), [PROOFS])
        case, sending = self._case, self._sent()[-1]
        if not found or case is None:
            return
        form = InlineForm(self.tr("Keep {0} as proof").format(found[0].name), self.tr("Keep"))

        def start(desk: "Desk") -> Steps[Done[Any]]:
            proof = yield from desk.records.bring(found[0])
            return (yield from store(lambda: desk.post.keep_proof(case.id, case.revision, sending.event, proof)))

        self._open(form, lambda form: self._use(form, start, self.tr("The proof is kept with the sending.")))

    def _ask_kept(self) -> None:
        kept = [(each.event, proof) for each in self._sent() for proof in each.proofs]
        form = InlineForm(self.tr("What shows that it was sent"), self.tr("Save as…"))
        choice = ChoiceEntry([(str(place), proof.name) for place, (_, proof) in enumerate(kept)])
        choice.setCurrentIndex(len(kept) - 1)
        form.add("which", self.tr("Which file"), choice, setting=Setting.STACKED)
        self._open(form, lambda form: self._save_proof(*kept[int(form.text("which"))], form))

    def _save_proof(self, sending: EventId, proof: Record, form: InlineForm) -> None:
        case = self._case
        assert case is not None
        name, kind = f"{case.number}-proof{proof.media_type.suffix}", f"*{proof.media_type.suffix}"

        def write(desk: "Desk", path: Path) -> Steps[Path]:
            return store(lambda: desk.post.save_proof(case.id, sending, proof.sha256, path))

        self._write(self.tr("Save the proof"), name, kind, write, form.refuse)

    def _ask_returned(self) -> None:
        form = InlineForm(self.tr("This letter came back"), self.tr("Record"))
        self._add_sending(form, [each for each in self._sent() if each.returned is None and each.told.way is not Way.PHONE])
        form.add(
            "why",
            self.tr("Why"),
            LineEntry(),
            self.tr("What stands on it, or what the line said."),
            required=self.tr("Say why."),
            setting=Setting.STACKED,
        )
        form.add("at", self.tr("When"), self._when(), required=self.tr("Say when."), setting=Setting.STACKED)
        case = self._case
        assert case is not None

        def commit(form: InlineForm) -> None:
            event, at, why = EventId(form.text("sending")), _moment(form), form.text("why")
            self._use(
                form,
                lambda desk: store(lambda: desk.post.record_return(case.id, case.revision, event, at, why)),
                self.tr("Recorded: the letter came back. A new one is owed."),
            )

        self._open(form, commit)

    def _ask_wrong(self) -> None:
        form = InlineForm(self.tr("This letter reached wrong hands"), self.tr("Record the incident"))
        form.say(self.tr("A privacy incident: a supervisor is told and looks into it. It cannot be taken back."))
        self._add_sending(form, [each for each in self._sent() if each.incident is None])
        form.add("reached", self.tr("Whose hands"), LineEntry(), required=self.tr("Say whom it reached."), setting=Setting.STACKED)
        form.add("found", self.tr("How found out"), LineEntry(), required=self.tr("Say how that was found out."), setting=Setting.STACKED)
        form.add("done", self.tr("What was done"), ProseEntry(2), required=self.tr("Say what was done about it."), setting=Setting.STACKED)
        form.add("at", self.tr("When"), self._when(), required=self.tr("Say when."), setting=Setting.STACKED)
        case = self._case
        assert case is not None

        def commit(form: InlineForm) -> None:
            told = (EventId(form.text("sending")), _moment(form), form.text("reached"), form.text("found"), form.text("done"))
            self._use(
                form,
                lambda desk: store(lambda: desk.post.record_misdirected(case.id, case.revision, *told)),
                self.tr("Recorded. A supervisor is told of the incident."),
            )

        self._open(form, commit)

    def _ask_correct(self) -> None:
        case, letter = self._case, self.letter
        assert case is not None
        assert letter is not None
        if letter.kind in set(NoticeKind):
            self.notice_wanted.emit(next(each for each in case.letters if each.id == (letter.copy_of or letter.id)))
            return
        form = InlineForm(self.tr("Correct this letter"), self.tr("Issue the correction"))
        form.say(self.tr("Beside stands the letter as it would leave now, with today's date. The first one stays as it left."))
        form.add(
            "reason",
            self.tr("Why"),
            LineEntry(),
            self.tr("It stands in the trail."),
            required=self.tr("Say why it is corrected."),
            setting=Setting.STACKED,
        )

        def commit(form: InlineForm) -> None:
            told: dict[str, Any] = {**self._made(), "reason": form.text("reason")}
            self._use(
                form,
                lambda desk: desk.letters.issue(case.id, case.revision, letter.lines, supersedes=letter.copy_of or letter.id, **told),
                self.tr("The correction is issued. Record how it is sent."),
            )

        self._open(form, commit)
        self.corrected = letter.lines
        self.draft_wanted.emit()

    def _ask_cover(self) -> None:
        case = self._case
        assert case is not None
        self._open(cover_form(case.current_request), self._cover)

    def _cover(self, form: InlineForm) -> None:
        case, letter = self._case, self.letter
        assert case is not None
        assert letter is not None
        to_whom, fax = form.text("to_whom"), form.text("fax")
        self._save(self.tr("fax cover"), "fax-cover.pdf", lambda desk: desk.post.cover(case.id, letter.id, to_whom, fax), form.refuse)

    def _sheet(self) -> None:
        case = self._case
        assert case is not None
        self._save(self.tr("return sheet"), f"{case.number}-return-sheet.pdf", lambda desk: desk.post.return_sheet(case.id), self._refused)

    def _refused(self, error: UserError) -> None:
        form = InlineForm(self.tr("The sheet was not written"), self.tr("Close"))
        self._open(form, lambda _form: self._close())
        form.refuse(error)

    def _save(self, what: str, name: str, make: "Callable[[Desk], Steps[bytes]]", refused: Callable[[UserError], object]) -> None:
        case = self._case
        assert case is not None

        def write(desk: "Desk", path: Path) -> Steps[Path]:
            pdf = yield from make(desk)
            return (yield from store(lambda: desk.post.save_sheet(case.id, what, pdf, path)))

        self._write(self.tr("Save the sheet"), name, self.tr("PDF (*.pdf)"), write, refused)

    def _write(
        self, title: str, name: str, kind: str, write: "Callable[[Desk, Path], Steps[Path]]", refused: Callable[[UserError], object]
    ) -> None:
        path = dialogs.choose_target(self, title, name, [kind])
        if path is None:
            return

        def start(desk: "Desk") -> Steps[str]:
            yield from write(desk, path)
            return (yield from store(lambda: desk.exports.place_warning(path)))

        def done(warning: str) -> None:
            self._close()
            self.said.emit(" ".join(part for part in (self.tr("Saved as {0}.").format(path.name), warning) if part))

        self._session.steps(start, self, done=done, failed=refused)

    def _when(self) -> MomentEntry:
        entry = MomentEntry(self._session.zone)
        entry.show_moment(self._session.now())
        return entry

    def _add_sending(self, form: InlineForm, sent: list[Sending]) -> None:
        choice = ChoiceEntry([(each.event, sending_words(each, self._session.zone)) for each in sent])
        choice.setCurrentIndex(len(sent) - 1)
        form.add("sending", self.tr("Which sending"), choice, setting=Setting.STACKED)


def _moment(form: InlineForm) -> Any:
    entry = form.entry("at")
    assert isinstance(entry, MomentEntry)
    return entry.moment()
