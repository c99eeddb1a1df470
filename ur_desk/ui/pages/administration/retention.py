"""Retention as its keepers see it: how long cases stay, which are due or held, and the purge that two people agree on."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.retention import Aged, Overview, Standing
from ur_desk.domain.people import Role
from ur_desk.domain.trail.keeping import LEAST_YEARS, MOST_YEARS, rule_in_words
from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.retention import RetentionModel
from ur_desk.ui.pages.certificate import CertificateView
from ur_desk.ui.phrases import moment
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.form_place import OneForm
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry
from ur_desk.ui.widgets.passphrase import PassphraseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.events import CaseId
    from ur_desk.domain.trail.keeping import Certificate

NAMED = 12
"""As many numbers of a proposal are written out; the rest is counted."""
_TONES = {Standing.DUE: Tone.ASK, Standing.HELD: Tone.ACCENT, Standing.OPEN: Tone.QUIET}


class AgedDelegate(RowDelegate):
    """A case in two lines, with its standing."""

    def __init__(self, parent: RowList, model: RetentionModel) -> None:
        super().__init__(parent)
        self._model = model

    def compose(self, row: Aged, sheet: Sheet) -> None:
        """Set a case."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        taken = sheet.chip(self._model.standing(row), _TONES[row.standing], right, px(7)) + px(8)
        sheet.line(row.number, (left, px(6)), right - left - taken, Type.MEDIUM)
        sheet.line(self._model.words(row), (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class RuleWords(Restyled, QWidget):
    """What is to be known first: the rule, and the proposal that waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule, self.proposal = Text("", Type.SMALL, "soft", wrap=True), Text("", Type.MEDIUM, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.rule)
        self._column.addWidget(self.proposal)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 4, 16, 10, 4)


class RetentionView(OneForm, QWidget):
    """The cases, the proposal, the commands, and the form that is open."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: Overview | None = None
        self.form: InlineForm | None = None
        self.model = RetentionModel(self)
        self.list = RowList(self.tr("Cases over their years, or held"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(AgedDelegate(self.list, self.model))
        self.list.setModel(self.model)
        self.told, self.notice, self.empty = RuleWords(), Notice(), EmptyState(icon="tray")
        self.certificate = CertificateView(session)
        self._make_commands()
        self._lay_out()
        self.certificate.closed.connect(self._to_list)
        self.certificate.said.connect(self.said)
        self.setFocusProxy(self.list)

    def _make_commands(self) -> None:
        tr = self.tr
        self.propose_action = self._command(
            tr("Propose a purge…"), tr("Name cases whose years are over; a second person approves"), self._ask_propose
        )
        self.approve_action = self._command(tr("Approve…"), tr("Let the proposed cases go, with your own passphrase"), self._ask_approve)
        self.drop_action = self._command(tr("Drop the proposal…"), tr("Let the proposed cases stay"), self._ask_drop)
        self.hold_action = self._command(tr("Hold a case…"), tr("Keep a case whatever its age, for a lawsuit or an audit"), self._ask_hold)
        self.release_action = self._command(tr("Lift a hold…"), tr("Let the years of a case count again"), self._ask_release)
        self.years_action = self._command(tr("Years…"), tr("Change how long cases stay"), self._ask_years)
        self.years_action.setVisible(self._session.person.has(Role.ADMINISTRATOR))
        self.certificates_action = self._command(
            tr("Certificates"), tr("Read what was purged, and save it as text"), self._show_certificates
        )
        self.bar = CommandBar(tr("What can be done about retention"))
        for action in (self.propose_action, self.approve_action, self.drop_action, self.hold_action, self.release_action):
            self.bar.add(action)
        for action in (self.years_action, self.certificates_action):
            self.bar.add(action, "quiet")
        self.bar.finish()

    def _command(self, words: str, tip: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda: run())
        return action

    def _lay_out(self) -> None:
        self._rows = Stack()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self.empty)
        self.pane = Pane(self.tr("Retention"))
        self.pane.head.addStretch()
        self.pane.set_body(self._rows, self.told, self.notice)
        self.stack = Stack()
        self.stack.addWidget(self.pane)
        self.stack.addWidget(self.certificate)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.bar)

    # what is known ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """What is due is counted only while somebody looks."""
        super().showEvent(event)
        self.read_again()

    def read_again(self) -> None:
        """Read once more what is due, held and proposed, where somebody looks."""
        if self.isVisible():
            self._session.read(lambda desk: desk.retention.overview(), self, self._fill, self.notice.show_error)

    def _fill(self, told: Overview) -> None:
        self._told = told
        place = self.list.currentIndex().row()
        self.model.show_rows(told.rows)
        if told.rows:
            self.list.go_to(min(max(place, 0), len(told.rows) - 1))
        self._rows.setCurrentIndex(0 if told.rows else 1)
        self.empty.say(
            self.tr("No case is over its years"), self.tr("Cases that are due, still open or held stand here. Nothing goes by itself.")
        )
        self.told.rule.setText(rule_in_words(told.years))
        self.told.proposal.setText(self._proposal(told))
        show_if(self.told.proposal, bool(told.proposal))
        self._allow(told)

    def _proposal(self, told: Overview) -> str:
        if told.proposal is None:
            return ""
        words = self.tr("{0} proposed on {1} that these go for good: {2}. A second person approves it, or drops it.")
        numbers = _numbers(told.proposal.body.numbers, self.tr("and {0} more"))
        return words.format(told.proposer, moment(told.proposal.at, self._session.zone), numbers)

    def _allow(self, told: Overview) -> None:
        waits, own = told.proposal is not None, told.proposal is not None and told.proposal.by == self._session.person.id
        due = any(row.standing is Standing.DUE for row in told.rows)
        none = self.tr("No proposal waits.")
        self.bar.allow(
            self.propose_action, due and not waits, self.tr("A proposal waits already.") if waits else self.tr("No case is due.")
        )
        self.bar.allow(self.approve_action, waits and not own, self.tr("Whoever proposed the purge does not approve it.") if own else none)
        self.bar.allow(self.drop_action, waits, none)
        self.bar.allow(self.release_action, any(row.standing is Standing.HELD for row in told.rows), self.tr("No case is held."))
        self.bar.allow(self.certificates_action, bool(told.certificates), self.tr("Nothing was purged yet."))

    @property
    def _row(self) -> Aged | None:
        index: QModelIndex = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    # what is asked ---------------------------------------------------------------------------------------------------

    def _ask_propose(self) -> None:
        due = [row for row in self._told.rows if row.standing is Standing.DUE] if self._told else []
        every, row = self.tr("All that are due: {0}").format(len(due)), self._row
        one = [(row.case, self.tr("Only {0}").format(row.number))] if row is not None and row in due else []
        form = InlineForm(self.tr("Propose that cases go"), self.tr("Propose it"))
        form.say(
            self.tr(
                "Look at the days first: they are counted by this machine's clock. What the cases say, their letters and files go for "
                "good; the heads of their events stay in the trail. Backups made before keep them until they are rotated out."
            )
        )
        form.add("which", self.tr("Which cases"), ChoiceEntry([("", every), *one]))
        self._open(form, self._propose)

    def _propose(self, form: InlineForm) -> None:
        case = form.text("which")
        self._write(form, lambda desk: desk.retention.propose(_cases(case)), self.tr("Proposed: a second person approves"))

    def _ask_approve(self) -> None:
        form = InlineForm(self.tr("Approve the purge"), self.tr("Let them go for good"))
        form.say(self.told.proposal.text())
        form.add("passphrase", self.tr("Your passphrase"), PassphraseEntry(), required=self.tr("Type your passphrase."))
        self._open(form, self._approve)

    def _approve(self, form: InlineForm) -> None:
        typed = form.text("passphrase")
        form.entry("passphrase").retype("")

        def refused(error: UserError) -> None:
            if isinstance(error, WrongPassphrase | TooSoon):
                form.row("passphrase").set_problem(f"{error.message} {error.hint}")
                form.entry("passphrase").setFocus()
            else:
                form.refuse(error)

        def approved(done: "Done[Certificate]") -> None:
            self.dismiss()
            self._show(done.value)
            self.said.emit(self.tr("Purged: {0} cases").format(len(done.value.body.cases)))

        self._session.write(partial(_approve, passphrase=typed), self, approved, refused)

    def _ask_drop(self) -> None:
        form = InlineForm(self.tr("Drop the proposal"), self.tr("Drop it"))
        form.add("why", self.tr("Reason"), LineEntry(), required=self.tr("Say why the cases stay."))
        self._open(form, self._drop)

    def _drop(self, form: InlineForm) -> None:
        why = form.text("why")
        self._write(form, lambda desk: desk.retention.drop(why), self.tr("The proposal is dropped; its cases stay"))

    def _ask_hold(self) -> None:
        form = InlineForm(self.tr("Hold a case"), self.tr("Hold it"))
        form.say(self.tr("A legal hold keeps the case until somebody lifts it. Its event stands in the case."))
        self._ask_case(form, self.tr("For example the lawsuit or audit by its number"), Standing.DUE, Standing.OPEN)
        self._open(form, self._hold)

    def _ask_release(self) -> None:
        form = InlineForm(self.tr("Lift a hold"), self.tr("Lift it"))
        self._ask_case(form, self.tr("Why it is over"), Standing.HELD)
        self._open(form, self._release)

    def _ask_case(self, form: InlineForm, hint: str, *standings: Standing) -> None:
        row, number = self._row, LineEntry()
        form.add("number", self.tr("Case number"), number, required=self.tr("Say which case."))
        form.add("reason", self.tr("Reason"), LineEntry(), hint, required=self.tr("Say why."))
        number.retype(row.number if row is not None and row.standing in standings else "")

    def _hold(self, form: InlineForm) -> None:
        number, why = form.text("number"), form.text("reason")
        call = partial(_held, number=number, why=why)
        self._write(form, call, self.tr("{0} is held").format(number))

    def _release(self, form: InlineForm) -> None:
        number, why = form.text("number"), form.text("reason")
        call = partial(_released, number=number, why=why)
        self._write(form, call, self.tr("{0} is held no more").format(number))

    def _ask_years(self) -> None:
        form = InlineForm(self.tr("How long cases stay"), self.tr("Save"))
        hint = self.tr("After the last event of a case; from {0} to {1}").format(LEAST_YEARS, MOST_YEARS)
        years = LineEntry()
        form.add("years", self.tr("Years"), years, hint, required=self.tr("Say how many."))
        years.retype(str(self._told.years) if self._told else "")
        self._open(form, self._set_years)

    def _set_years(self, form: InlineForm) -> None:
        typed = form.text("years")
        if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_YEARS))):
            form.row("years").set_problem(self.tr("Write whole years, such as 10."))
            form.entry("years").setFocus()
            return
        self._write(form, lambda desk: desk.retention.set_years(int(typed)), self.tr("Cases stay {0} years").format(typed))

    # forms and certificates ------------------------------------------------------------------------------------------

    def _open(self, form: InlineForm, commit: Callable[[InlineForm], None]) -> None:
        self.stack.setCurrentWidget(self.pane)
        super()._open(form, commit)

    def _show_certificates(self) -> None:
        if self._told is not None:
            self._drop_form()
            self._show(*self._told.certificates)

    def _show(self, *certificates: "Certificate") -> None:
        self.certificate.show_certificates(certificates)
        self.stack.setCurrentWidget(self.certificate)
        self.certificate.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_list(self) -> None:
        self.stack.setCurrentWidget(self.pane)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form from anywhere on the page."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self.dismiss()
            return
        super().keyPressEvent(event)


def _numbers(numbers: tuple[str, ...], more: str) -> str:
    told = ", ".join(numbers[:NAMED])
    return f"{told} {more.format(len(numbers) - NAMED)}" if len(numbers) > NAMED else told


def _cases(case: str) -> "tuple[CaseId, ...]":
    from ur_desk.domain.events import CaseId

    return (CaseId(case),) if case else ()


def _approve(desk: "Desk", passphrase: str) -> "Done[Certificate]":
    return desk.retention.approve(desk.vault.prove(passphrase))


def _held(desk: "Desk", number: str, why: str) -> "Done[None]":
    return desk.retention.hold(desk.review.find(number), why)


def _released(desk: "Desk", number: str, why: str) -> "Done[None]":
    return desk.retention.release(desk.review.find(number), why)
