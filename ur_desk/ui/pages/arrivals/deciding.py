"""Deciding at the door: what the person chose is carried out, asked first where it must be, and taken back where it can be."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.domain.intake.arriving import Choice
from ur_desk.errors import UserError
from ur_desk.ui.models.arrivals import Key, case_words
from ur_desk.ui.pages.arrivals.forms import FollowForm, LeaveOutForm, NameCaseForm
from ur_desk.ui.pages.arrivals.steps import Opening, open_all
from ur_desk.ui.session import Session

if TYPE_CHECKING:
    from ur_desk.desk.brought import Item, Resembling
    from ur_desk.desk.steps import Step
    from ur_desk.desk.verbs import Done
    from ur_desk.ui.jobs import Job


class Deciding(QObject):
    """Holds the forms that ask, and makes the calls; says what came of them."""

    decided = Signal(str)
    """What was done, in words."""
    refused = Signal(object, object)
    """Which request (`Key`), and the `UserError`."""
    named = Signal(object)
    """The `Resembling` of a case that the person named."""
    back = Signal()
    """A form was closed: the focus goes back to the list."""
    reported = Signal()
    """A step of many begins."""
    opened = Signal(object)
    """The `Opening` that has ended, or was stopped."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._item: Item | None = None
        self._found: Resembling | None = None
        self.job: Job | None = None
        self.opening: Opening | None = None
        self.leave_form, self.name_form, self.follow_form = LeaveOutForm(), NameCaseForm(), FollowForm()
        self.forms = (self.leave_form, self.name_form, self.follow_form)
        self.leave_form.committed.connect(lambda: self._carry_out(Choice.LEAVE_OUT, self.leave_form.text("reason")))
        self.follow_form.committed.connect(lambda: self._carry_out(self.follow_form.choice))
        self.name_form.committed.connect(self._name)
        for form in self.forms:
            form.hide()
            form.closed.connect(self.back)

    def be_about(self, item: "Item | None", found: "Resembling | None") -> None:
        """What is decided from here on is about this request, and this case beside it; a form about another one closes."""
        was, now = self._item, item
        if was is None or now is None or (was.file, was.place) != (now.file, now.place):
            self.close_forms()
        self._item, self._found = item, found

    def close_forms(self) -> None:
        """Ask nothing any more."""
        for form in self.forms:
            form.hide()

    def choose(self, choice: Choice) -> None:
        """Do this with the request; a reason is asked for first, and so is an appeal."""
        if self._item is None:
            return
        self.close_forms()
        if choice is Choice.LEAVE_OUT:
            self.leave_form.fill({})
            self.leave_form.begin()
        elif choice in (Choice.APPEAL, Choice.REOPENING) and self._found is not None:
            self.follow_form.ask_about(choice, case_words(self._found), self._item.request)
        else:
            self._carry_out(choice)

    def _carry_out(self, choice: Choice, reason: str = "") -> None:
        from ur_desk.desk.choosing import Chosen

        item, found = self._item, self._found
        if item is None:
            return
        chosen = Chosen(choice, found.case.id if found and found.case else None, reason)
        failed = partial(self._not_done, (item.file, item.place))
        self._session.steps(lambda desk: desk.choosing.carry_out(item, chosen), self, self._done, failed)

    def _done(self, done: "Done[object]") -> None:
        self.close_forms()
        self.decided.emit(self.tr("Saved: {0}").format(getattr(done.value, "number", "")))
        self.back.emit()

    def _not_done(self, key: Key, error: UserError) -> None:
        open_form = next((form for form in self.forms if form.isVisible()), None)
        if open_form is not None:
            open_form.refuse(error)
        self.refused.emit(key, error)

    def open_all(self, items: "list[Item]") -> None:
        """Open a case for each of these; one that is refused stops no other."""
        told = self.opening = Opening(len(items))
        start = partial(open_all, items=items, told=told)
        self.job = self._session.steps(start, self, None, partial(self.refused.emit, None), self._reported, self._ended)

    def _reported(self, _step: "Step") -> None:
        self.reported.emit()

    def _ended(self) -> None:
        told, self.opening = self.opening, None
        self.opened.emit(told)

    def reverse(self) -> None:
        """Take back what was decided about the request."""
        item = self._item
        if item is not None:
            failed = partial(self._not_done, (item.file, item.place))
            self._session.write(
                lambda desk: desk.choosing.reverse(item), self, lambda _done: self.decided.emit(self.tr("It waits again")), failed
            )

    def name_case(self) -> None:
        """Ask which case the request is about."""
        if self._item is not None:
            self.close_forms()
            self.name_form.fill({})
            self.name_form.begin()

    def _name(self) -> None:
        number, item = self.name_form.text("number"), self._item
        assert item is not None
        self._session.read(lambda desk: desk.arrivals.named(number, item.request), self, self._was_named, self.name_form.refuse)

    def _was_named(self, found: "Resembling") -> None:
        self.name_form.hide()
        self.named.emit(found)
        self.back.emit()

    def give_focus(self, widget: QWidget) -> None:
        """The focus to a part of the page, unless a form asks."""
        if not any(form.isVisible() for form in self.forms):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
