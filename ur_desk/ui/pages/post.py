"""The post: all letters that are still to be written or sent, issued and printed in one go, with how far it is and how to stop it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import VERBS, Done
from ur_desk.domain.delivery import Party, Way, WhyOwed
from ur_desk.domain.events import CaseId
from ur_desk.domain.letter import LetterKind
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.models.post import PostModel
from ur_desk.ui.pages.letter_state import kind_words
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.post_words import party_entry, way_entry
from ur_desk.ui.phrases import phrase
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.panels.form import ChoiceEntry, MomentEntry
from ur_desk.ui.widgets.progress_head import ProgressHead
from ur_desk.ui.widgets.proof import ProofChooser
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ur_desk.desk.batch import Batch, Left, Waiting
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.post import Posted, StillOwed
    from ur_desk.ui.jobs import Job
    from ur_desk.ui.pages.letter_manner import NamesTyped

KINDS = (LetterKind.APPROVAL, LetterKind.PARTIAL, LetterKind.ADVERSE)


class PostPage(Page):
    """Shows what waits; nothing leaves before the person says so, and one letter that may not leave stops no other."""

    name = PageName.POST

    left = Signal()
    """The person is through with the post."""

    def __init__(self, session: Session, names: "Callable[[], NamesTyped]", parent: QWidget | None = None) -> None:
        """`names` gives what services are called in drafts: the letters leave as they were seen there."""
        super().__init__(parent)
        self._session, self._names = session, names
        self._waiting: Sequence[Waiting] = ()
        self._owed: Sequence[StillOwed] = ()
        self._told: Batch | None = None
        self._job: Job | None = None
        self._going = False
        self._asked = 0
        self.form: InlineForm | None = None
        self.model = PostModel(self)
        self._build()
        self._make_commands()
        PaneCycle(self, [self._pane, self.bar])
        session.changed.connect(self._changed)
        self._follow()

    def _build(self) -> None:
        self.kind = ChoiceEntry([("", self.tr("All letters")), *((kind.value, kind_words(kind.value)) for kind in KINDS)])
        self.kind.setAccessibleName(self.tr("Kind of letter"))
        self.business = ChoiceEntry([("", self.tr("All lines of business")), *((each.value, phrase(each)) for each in LineOfBusiness)])
        self.business.setAccessibleName(self.tr("Line of business"))
        for entry in (self.kind, self.business):
            entry.changed.connect(self.read_again)
        self.notice = Notice()
        self._far = ProgressHead(self.tr("Letters issued"))
        self.said_so_far, self.progress = self._far.words, self._far.bar
        self.list = RowList(self.tr("Letters that are still to leave"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        self.list.activated.connect(lambda index: self._open_case(index.row()))
        self.empty = EmptyState(self.tr("Nothing waits"), self.tr("Every decided line is noticed, and every letter was sent."), icon="tray")
        self._pane = Pane(self.tr("Post"))
        self._pane.head.addStretch()
        self._pane.head.addWidget(self.kind)
        self._pane.head.addWidget(self.business)
        self._pane.set_body(self.list, self.notice, self._far, self.empty)
        self.bar = CommandBar(self.tr("What to do with the letters"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pane, 1)
        self._column.addWidget(self.bar)
        self.setFocusProxy(self.list)

    def _make_commands(self) -> None:
        tips = (
            self.tr("Issue each letter and write it into a folder that you choose"),
            self.tr("Issue each letter and print it from memory; no file of it is written"),
            self.tr("Record that the letters of today were sent, with one proof for all"),
            self.tr("Stop after the letter under way; what left stays, the others are as they were"),
            self.tr("Back; what was not issued is as it was"),
        )
        self.save_action = page_command(self, Menu.LETTER, self.tr("Issue and save…"), ["Ctrl+R"], tips[0], self.save_all)
        self.print_action = page_command(self, Menu.LETTER, self.tr("Issue and print…"), ["Ctrl+P"], tips[1], self.print_all)
        self.sent_action = page_command(self, Menu.LETTER, self.tr("Record as sent…"), ["Ctrl+E"], tips[2], self.ask_sent)
        self.stop_action = page_command(self, Menu.LETTER, self.tr("Stop"), ["Ctrl+."], tips[3], self.stop)
        self.close_action = page_command(self, Menu.FILE, self.tr("Close"), ["Ctrl+W"], tips[4], self.left.emit)
        for action, kind in (
            (self.save_action, "main"),
            (self.print_action, "plain"),
            (self.sent_action, "plain"),
            (self.stop_action, "main"),
            (self.close_action, "quiet"),
        ):
            self.bar.add(action, kind)
        self.bar.finish()

    # what waits ------------------------------------------------------------------------------------------------------

    def arrive(self, ref: str) -> None:
        """Read what waits."""
        self._told = None
        self.notice.hide()
        self.read_again()

    def read_again(self) -> None:
        """Read what waits once more."""
        if self._going:
            return
        self._asked += 1
        kinds = [LetterKind(self.kind.typed())] if self.kind.typed() else []
        businesses = frozenset({LineOfBusiness(self.business.typed())} if self.business.typed() else ())
        call = partial(_read, asked=CaseFilter(lines_of_business=businesses), kinds=kinds)
        self._session.steps(call, self, partial(self._show, self._asked), self.notice.show_error)

    def _show(self, asked: int, found: "tuple[Sequence[Waiting], Sequence[StillOwed]]") -> None:
        if asked == self._asked:
            self._waiting, self._owed = found
            self.model.show_post(self._waiting, self._owed, self._told, frozenset(self._named()), self._session.zone)
            self._follow()

    def _changed(self, changes: frozenset[Any]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.CASES in changes and self.isVisible():
            self.read_again()

    def _open_case(self, place: int) -> None:
        case = self.model.case_at(place)
        if case is not None:
            self.wanted.emit(Place(PageName.REVIEW, case))

    def case_in_hand(self, last: CaseId | None) -> CaseId | None:
        """The case of the chosen row."""
        return self.model.case_at(self.list.currentIndex().row()) or last

    def _named(self) -> "dict[CaseId, Mapping[int, str]]":
        """What services are called in the drafts of those that wait, where somebody typed it."""
        typed = self._names()
        return {each.case: names for each in self._waiting if (names := typed.of(each.case))}

    # issuing ---------------------------------------------------------------------------------------------------------

    def save_all(self) -> None:
        """Issue them, and write each into a folder."""
        folder = dialogs.choose_folder(self, self.tr("Write the letters into this folder"))
        if folder is not None:
            self._issue(folder)

    def print_all(self) -> None:
        """Issue them, and print each."""
        printer = dialogs.choose_printer(self, self.tr("Print the letters"))
        if printer is not None:
            self._issue(None, printer)

    def _issue(self, folder: Path | None, printer: "QPrinter | None" = None) -> None:
        from ur_desk.desk.batch import Batch

        if self._going or not self._waiting:
            return
        waiting, told, names = self._waiting, Batch(len(self._waiting)), self._named()
        self._told, self._going = told, True
        self.notice.hide()
        self._job = self._session.steps(
            lambda desk: desk.batches.issue(waiting, told, folder, names),
            self,
            failed=self.notice.show_error,
            reported=lambda _step: self._say(),
            ended=partial(self._ended, printer),
        )
        self._follow()

    def stop(self) -> None:
        """Stop after the letter under way."""
        if self._going and self._job is not None:
            self._job.cancel()
            self.stop_action.setEnabled(False)

    def _ended(self, printer: "QPrinter | None") -> None:
        from ur_desk.desk.verbs import Changed

        self._going, told = False, self._told
        if told is None:
            return
        for each in told.issued:
            self._names().drop(each.case)
        self.said.emit(self._words(told))
        if told.left and told.issued:  # stopped: nobody has heard of what left
            self._session.changed.emit(frozenset({Changed.CASES}))
        self.read_again()
        if printer is not None:
            self._print(printer, list(told.issued))

    def _print(self, printer: "QPrinter", left: "list[Left]") -> None:
        """Print the letters one after the other; each is noted before its first page goes."""
        from ur_desk.ui.printing import LetterPrint

        if not left:
            return
        now, rest = left[0], left[1:]

        def begin(pdf: bytes) -> None:
            LetterPrint(self._session, printer, pdf, partial(self._print, printer, rest), self.notice.show_error, self).begin()

        def noted(desk: "Desk") -> bytes:
            desk.letters.printed(now.case, now.letter)
            return desk.letters.pdf(now.letter)

        self._session.read(noted, self, begin, self.notice.show_error)

    # sent ------------------------------------------------------------------------------------------------------------

    def ask_sent(self) -> None:
        """Ask how today's letters were sent."""
        self._close_form()
        form = self.form = InlineForm(self.tr("Today's letters were sent"), self.tr("Record"))
        form.say(self.tr("All letters of today that are owed to them, each to its own address; a letter of another day needs a new one."))
        form.add("party", self.tr("For"), party_entry(tuple(Party)))
        form.add("way", self.tr("How"), way_entry())
        when = MomentEntry(self._session.zone)
        when.show_moment(self._session.now())
        form.add("at", self.tr("When"), when, required=self.tr("Say when."))
        chooser = ProofChooser()
        form.add_beside(chooser)
        form.finish()
        form.committed.connect(partial(self._send, form, chooser))
        form.closed.connect(self._close_form)
        self._column.insertWidget(1, form)
        form.begin()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.go()

    def _send(self, form: InlineForm, chooser: ProofChooser) -> None:
        from ur_desk.desk.post import Posted

        party, way, path = Party(form.text("party")), Way(form.text("way")), chooser.path
        when = form.entry("at")
        assert isinstance(when, MomentEntry)
        at = when.moment()
        assert at is not None
        picked = [each for each in self._owed if each.party is party and each.why == WhyOwed.NOT_SENT and not each.late]
        told = Posted(len(picked))

        def start(desk: "Desk") -> "Steps[Done[Posted]]":
            proof = (yield from desk.records.bring(path)) if path else None
            return (yield from desk.post.send_many(picked, way, at, told, proof))

        self._session.steps(start, self, done=lambda _done: self._recorded(told), failed=form.refuse)

    def _recorded(self, told: "Posted") -> None:
        self._close_form()
        self.said.emit(self.tr("{0} of {1} letters recorded as sent").format(len(told.sent), told.total))
        if told.refused:
            each, why = told.refused[0]
            self.notice.show_error(UserError(self.tr("{0} letters stay owed.").format(len(told.refused)), f"{each.letter_number}: {why}"))

    # what is shown ---------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """What can be done now, and how far it is."""
        going, person = self._going, self._session.person
        may = bool(person.roles & VERBS["letter.issue"].roles)
        for action in (self.save_action, self.print_action):
            action.setVisible(not going)
            action.setEnabled(may and bool(self._waiting))
        self.sent_action.setVisible(not going)
        self.sent_action.setEnabled(bool(person.roles & VERBS["letter.send"].roles) and any(not each.late for each in self._owed))
        self.stop_action.setVisible(going)
        self.stop_action.setEnabled(going)
        for entry in (self.kind, self.business):
            entry.setEnabled(not going)
        listed = bool(self.model.rowCount())
        self.list.setVisible(listed)
        show_if(self.empty, not listed and not going)
        show_if(self.progress, going)
        self._say()

    def _say(self) -> None:
        told = self._told
        if told is not None:
            self._far.say(self._words(told), told.done, told.total)
            return
        late = sum(each.late for each in self._owed)
        words = self.tr("{0} to write, {1} to send").format(len(self._waiting), len(self._owed) - late)
        self.said_so_far.setText(self.tr("{0}, {1} whose day has passed").format(words, late) if late else words)

    def _words(self, told: "Batch") -> str:
        counts = self.tr("{0} of {1} cases: {2} letters issued, {3} cases stay").format(
            told.done, told.total, len(told.issued), len(told.stayed)
        )
        return (
            self.tr("Stopped. {0}. The other {1} are as they were.").format(counts, told.left) if told.left and not self._going else counts
        )

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens the case of the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._open_case(self.list.currentIndex().row())
            return
        super().keyPressEvent(event)


def _read(desk: "Desk", asked: CaseFilter, kinds: Sequence[LetterKind]) -> "Steps[tuple[Sequence[Waiting], Sequence[StillOwed]]]":
    waiting = yield from desk.batches.waiting(asked, kinds)
    owed = yield from store(desk.post.owed)
    return waiting, owed
