"""The case on the desk stands under the wrong member: void it and enter it anew, with a reason; the new case opens then."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.desk.verbs import VERBS, Done
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.request import Member
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.pages.review.hold import Commit, allow
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry


class ReentryCommand(QObject):
    """A command of the Case menu; its form opens where the page opens its forms."""

    done = Signal(object, str)
    """The `InlineForm` that is through, and what was done in words."""
    entered = Signal(str)
    """The id of the case that stands in the place of the one on the desk now."""

    def __init__(self, session: Session, page: QWidget, open_form: Callable[[InlineForm, Commit], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._open_form = open_form
        self._case: Case | None = None
        tip = self.tr("Void a case under the wrong member and enter it anew, with its original receipt, for the right one")
        self.action = page_command(page, Menu.CASE, self.tr("Wrong member…"), [], tip, self._ask)

    def show_case(self, case: Case | None) -> None:
        """This case is on the desk, or none."""
        self._case = case
        allow(self.action, self._why_not())

    def _why_not(self) -> str:
        if self._case is None:
            return self.tr("no case is on the desk")
        if self._case.entered_wrong is not None:
            return self.tr("{0} stands in its place").format(self._case.entered_wrong.number)
        return "" if self._session.person.roles & VERBS["case.reenter"].roles else self.tr("not for your role")

    def _ask(self) -> None:
        form = InlineForm(self.tr("This case is under the wrong member"), self.tr("Void it and enter it anew"))
        form.say(
            self.tr(
                "The case stays to be seen as it is, and counts for nothing. The new one has the same request, receipt and records; nothing "
                "that was checked, decided or said comes along. Say who the right member is."
            )
        )
        form.add("family", self.tr("Family name"), LineEntry(), required=self.tr("Say the family name."))
        form.add("given", self.tr("Given name"), LineEntry())
        form.add("member_id", self.tr("Member id"), LineEntry(), required=self.tr("Say the member id."))
        form.add("born", self.tr("Birth date"), DayEntry())
        form.add("address", self.tr("Address"), LineEntry(), self.tr("Where letters go, its lines parted by ' / '."))
        form.add("reason", self.tr("How one knows"), LineEntry(), required=self.tr("Say how one knows that the member is the wrong one."))
        self._open_form(form, self._write)

    def _write(self, form: InlineForm) -> None:
        case = self._case
        if case is None:
            return
        born = form.entry("born")
        assert isinstance(born, DayEntry)
        address = "\n".join(part.strip() for part in form.text("address").split(" / ") if part.strip())
        member = Member(form.text("family"), form.text("given") or None, form.text("member_id"), born.day(), address=address or None)
        reason = form.text("reason")

        def done(entered: Done[Any]) -> None:
            new: Case = entered.value
            self.done.emit(form, self.tr("{0} is void; {1} stands in its place").format(case.number, new.number))
            self.entered.emit(CaseId(new.id))

        self._session.steps(
            lambda desk: desk.reentry.enter_anew(case.id, case.revision, member, reason), self, done=done, failed=form.refuse
        )
