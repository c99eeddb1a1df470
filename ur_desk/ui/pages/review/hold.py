"""The legal hold of the case on the desk: place one, or lift it, with a reason."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ur_desk.desk.verbs import VERBS
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.trail.keeping import HOLD_LIFT, HOLD_PLACE
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import LineEntry

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done

Commit = Callable[[InlineForm], None]


class HoldCommands(QObject):
    """Two commands of the Case menu; their form opens where the page opens its forms."""

    done = Signal(object, str)
    """The `InlineForm` that is through, and what was done in words."""

    def __init__(self, session: Session, page: QWidget, open_form: Callable[[InlineForm, Commit], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._open_form = open_form
        self._case: Case | None = None
        self._hold = ""
        tips = (
            self.tr("Keep the case whatever its age, for a lawsuit or an audit"),
            self.tr("Let the years of the case count again"),
        )
        self.place_action = page_command(page, Menu.CASE, self.tr("Place a legal hold…"), [], tips[0], self._ask_to_place)
        self.lift_action = page_command(page, Menu.CASE, self.tr("Lift the legal hold…"), [], tips[1], self._ask_to_lift)

    def show_case(self, case: Case | None, hold: str = "") -> None:
        """This case is on the desk, or none; `hold` is why it is held, empty where it is not."""
        self._case, self._hold = case, hold
        allow(self.place_action, self._why_not(HOLD_PLACE, self.tr("a hold lies on it already") if hold else ""))
        allow(self.lift_action, self._why_not(HOLD_LIFT, "" if hold else self.tr("no hold lies on it")))

    def _why_not(self, verb: str, standing: str) -> str:
        if self._case is None:
            return self.tr("no case is on the desk")
        return standing if self._session.person.roles & VERBS[verb].roles else self.tr("not for your role")

    def _ask_to_place(self) -> None:
        form = InlineForm(self.tr("Place a legal hold"), self.tr("Hold the case"))
        form.say(self.tr("The case stays, whatever its age, until somebody lifts the hold. Its event stands in the case."))
        self._ask(form, self.tr("For example the lawsuit or audit by its number"), lambda desk, case, why: desk.retention.hold(case, why))

    def _ask_to_lift(self) -> None:
        form = InlineForm(self.tr("Lift the legal hold"), self.tr("Lift the hold"))
        form.say(self.tr("Held for: {0}").format(self._hold))
        self._ask(form, self.tr("Why it is over"), lambda desk, case, why: desk.retention.release(case, why))

    def _ask(self, form: InlineForm, hint: str, use: "Callable[[Desk, CaseId, str], Done[Any]]") -> None:
        form.add("reason", self.tr("Reason"), LineEntry(), hint, required=self.tr("Say why."))
        self._open_form(form, partial(self._write, use))

    def _write(self, use: "Callable[[Desk, CaseId, str], Done[Any]]", form: InlineForm) -> None:
        case, why = self._case, form.text("reason")
        if case is None:
            return
        told = self.tr("Saved: the legal hold of {0}").format(case.number)
        self._session.write(lambda desk: use(desk, case.id, why), self, lambda _done: self.done.emit(form, told), form.refuse)


def allow(action: QAction, why_not: str) -> None:
    """Open a command, or close it and say why in its tip."""
    action.setEnabled(not why_not)
    tip = action.statusTip()
    action.setToolTip(f"{tip} ({why_not})" if why_not else tip)
