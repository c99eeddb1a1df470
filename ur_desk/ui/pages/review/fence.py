"""The fence of the case on the desk: restrict it, lift that, or break the glass of one that is closed; its legal hold and its re-entry open here
too."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ur_desk.desk.verbs import VERBS, Done
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, Restriction
from ur_desk.domain.guard.fence import Read, may_read, sees
from ur_desk.domain.people import Account, Role
from ur_desk.errors import Fenced, UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.fonts import Type
from ur_desk.ui.pages.review.hold import HoldCommands, allow
from ur_desk.ui.pages.review.reentry import ReentryCommand
from ur_desk.ui.phrases import phrase
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.fence import Marked

MINUTE = 60_000
"""Milliseconds after which it is looked whether the case is still open to the person."""


class People(Restyled, QFrame):
    """A box for each person who reads cases, one of them ticked."""

    def __init__(self, accounts: Iterable[Account], ticked: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.boxes = {a.name: CheckEntry(a.signature) for a in accounts if may_read(a, Read.CASE)}
        self._flow = Flow(self)
        self._flow.addWidget(Text(self.tr("Stays open to"), Type.SMALL, "soft"))
        for name, box in self.boxes.items():
            box.setAccessibleName(self.tr("Stays open to {0}").format(box.text()))
            box.setChecked(name == ticked)
            self._flow.addWidget(box)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._flow, 0, 2, 0, 2, 16)

    def names(self) -> list[str]:
        """Who is ticked, by sign-in name."""
        return [name for name, box in self.boxes.items() if box.isChecked()]


class FencePlace(Restyled, QFrame):
    """The commands of the fence and the form that is open; says who may not see the case, and offers the glass."""

    opened = Signal()
    """A form is there."""
    changed = Signal()
    """A form came or went, or the case is another one."""
    over = Signal()
    """The case is not open to the person any more."""
    entered = Signal(str)
    """The id of the case that stands in the place of the one on the desk, which was under the wrong member."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._case: Case | None = None
        self._shut: CaseId | None = None
        self.form: InlineForm | None = None
        self.people: People | None = None
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Who may see the case"))
        self._make_commands(page)
        self.hold = HoldCommands(session, page, self.open_form, self)
        self.hold.done.connect(self._over_with)
        self.reentry = ReentryCommand(session, page, self.open_form, self)
        self.reentry.done.connect(self._over_with)
        self.reentry.entered.connect(self.entered)
        self._lay_out()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.look_at_the_time)
        self._minute.start()
        self.forget()

    def _make_commands(self, page: QWidget) -> None:
        tips = (
            self.tr("Open the case to named people only: of an employee, a relative, or otherwise sensitive"),
            self.tr("Open the case again to everybody whose role reads cases"),
            self.tr("Open a restricted case to yourself for eight hours, in need; a supervisor is told of it"),
        )
        self.restrict_action = page_command(page, Menu.CASE, self.tr("Restrict the case…"), [], tips[0], self._ask_to_restrict)
        self.lift_action = page_command(page, Menu.CASE, self.tr("Lift the restriction…"), [], tips[1], self._ask_to_lift)
        self.break_action = page_command(page, Menu.CASE, self.tr("Break the glass…"), [], tips[2], self._ask_to_break)

    def _lay_out(self) -> None:
        self.empty = EmptyState(icon="warning")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.empty, 1)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 0, 0, 0)

    @property
    def shut(self) -> bool:
        """Whether the case that was wanted is closed to the person: nothing else is to be seen then."""
        return self._shut is not None

    # which case ------------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """No case is on the desk, or another one."""
        self._case, self._shut = None, None
        self.hold.show_case(None)
        self.reentry.show_case(None)
        self._drop()
        self._follow()

    def show_case(self, case: Case, hold: str = "") -> None:
        """This case is on the desk, open to the person; `hold` is why it is held."""
        self._case, self._shut = case, None
        self.hold.show_case(case, hold)
        self.reentry.show_case(case)
        self._follow()

    def takes(self, case: CaseId | None, error: UserError) -> bool:
        """Whether the case was refused since it is restricted: this says so then, in place of everything else, and offers the glass."""
        if not isinstance(error, Fenced):
            return False
        self.forget()
        self._shut = case
        self._follow()
        may = self.break_action.isEnabled()
        need = self.tr("In need you can open it to yourself for eight hours, with a reason; a supervisor is told of it and looks into it.")
        self.empty.say(error.message.rstrip("."), need if may else self.tr("Ask a supervisor."), self.break_action if may else None)
        return True

    def look_at_the_time(self) -> None:
        """Say so where the case was open to the person for a time that is over."""
        case = self._case
        if case is not None and not sees(case, self._session.person.id, self._session.now()):
            self.over.emit()

    def _follow(self) -> None:
        person, case = self._session.person, self._case
        allow(self.restrict_action, self._why_not_restrict(person, case))
        allow(self.lift_action, self._why_not_lift(person, case))
        allow(self.break_action, self._why_not_break(person))
        self.empty.setVisible(self.shut)
        self.setVisible(self.shut or self.form is not None)
        self.changed.emit()

    def _why_not_restrict(self, person: Account, case: Case | None) -> str:
        if case is None:
            return self.tr("no case is on the desk")
        if not person.roles & VERBS["case.restrict"].roles:
            return self.tr("not for your role")
        own = person.has(Role.SUPERVISOR, Role.ADMINISTRATOR) or case.opened_by == person.id
        return "" if own else self.tr("somebody else opened the case: ask a supervisor")

    def _why_not_lift(self, person: Account, case: Case | None) -> str:
        if case is None or case.restriction is None:
            return self.tr("the case is not restricted")
        return "" if person.roles & VERBS["case.unrestrict"].roles else self.tr("not for your role")

    def _why_not_break(self, person: Account) -> str:
        if self._shut is None:
            return self.tr("no case that is closed to you was asked for")
        if self.form is not None:
            return self.tr("its form is open")
        return "" if person.roles & VERBS["case.break-glass"].roles else self.tr("not for your role")

    # forms -----------------------------------------------------------------------------------------------------------

    def _ask_to_restrict(self) -> None:
        self._session.read(lambda desk: desk.accounts.all(), self, self._open_restrict)

    def _open_restrict(self, accounts: tuple[Account, ...]) -> None:
        form = InlineForm(self.tr("Restrict the case"), self.tr("Restrict"))
        form.say(self.tr("The people ticked see the case; to all others it is a number. Whoever breaks the glass is told to a supervisor."))
        kinds = [(kind.value, phrase(kind)) for kind in Restriction if kind is not Restriction.SENSITIVE or self._wide]
        form.add("kind", self.tr("Kind of case"), ChoiceEntry([("", ""), *kinds]), required=self.tr("Say which kind."))
        form.add("reason", self.tr("Reason"), LineEntry(), required=self.tr("Say why."))
        self.people = People(accounts, self._session.person.name)
        form.add_widget(self.people)
        self.open_form(form, self._restrict)

    @property
    def _wide(self) -> bool:
        return self._session.person.has(Role.SUPERVISOR, Role.ADMINISTRATOR)

    def _ask_to_lift(self) -> None:
        form = InlineForm(self.tr("Lift the restriction"), self.tr("Lift"))
        form.add("reason", self.tr("Reason"), ProseEntry(2), required=self.tr("Say why."))
        self.open_form(form, self._lift)

    def _ask_to_break(self) -> None:
        form = InlineForm(self.tr("Break the glass"), self.tr("Open the case to me"))
        form.say(self.tr("The case is open to you for eight hours. A supervisor reads your reason and looks into it."))
        form.add("reason", self.tr("Reason"), ProseEntry(2), required=self.tr("Say why you must see this case."))
        self.open_form(form, self._break)

    def open_form(self, form: InlineForm, commit: Callable[[InlineForm], None]) -> None:
        """Open a form about the case, in the place of any other; `commit` is called once its fields are right."""
        self._drop()
        self.form = form
        form.finish()
        form.committed.connect(partial(commit, form))
        form.closed.connect(self.dismiss)
        self._column.addWidget(form)
        self._follow()
        self.opened.emit()
        form.begin()

    def dismiss(self) -> None:
        """Close the form; nothing is done, and the page has the focus again."""
        self._drop()
        self._follow()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.go()

    def _restrict(self, form: InlineForm) -> None:
        kind, reason, names = Restriction(form.text("kind")), form.text("reason"), self.people.names() if self.people else []
        self._write(form, self._case.id if self._case else None, lambda desk, case: desk.fence.restrict(case, kind, reason, names))

    def _lift(self, form: InlineForm) -> None:
        reason = form.text("reason")
        self._write(form, self._case.id if self._case else None, lambda desk, case: desk.fence.unrestrict(case, reason))

    def _break(self, form: InlineForm) -> None:
        reason = form.text("reason")
        self._write(form, self._shut, lambda desk, case: desk.fence.break_glass(case, reason))

    def _write(self, form: InlineForm, case: CaseId | None, use: "Callable[[Desk, CaseId], Done[Marked]]") -> None:
        if case is not None:
            self._session.write(lambda desk: use(desk, case), self, partial(self._done, form), form.refuse)

    def _done(self, form: InlineForm, done: "Done[Any]") -> None:
        self._over_with(form, self.tr("Saved: who may see {0}").format(done.value.number))

    def _over_with(self, form: InlineForm, told: str) -> None:
        if self.form is form:
            self.dismiss()
        self.said.emit(told)
