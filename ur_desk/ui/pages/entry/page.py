"""The new-request form: typed, checked as one types, kept as a draft, opened as a case."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.verbs import Changed, Done
from ur_desk.domain import zones
from ur_desk.domain.case import Case
from ur_desk.domain.drafts import Draft, draft_of
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.laid_aside import TypedForm
from ur_desk.domain.request import Request
from ur_desk.errors import Resembles, UserError
from ur_desk.ui.pages.entry.alike import AlikeCases
from ur_desk.ui.pages.entry.commands import entry_commands
from ur_desk.ui.pages.entry.drafts import EntryDrafts
from ur_desk.ui.pages.entry.fields import is_blank
from ur_desk.ui.pages.entry.file import EntryFile
from ur_desk.ui.pages.entry.form import EntryForm
from ur_desk.ui.pages.entry.keys import EntryKeys
from ur_desk.ui.pages.entry.records import EntryRecords
from ur_desk.ui.pages.entry.steps import FormReading, opening_of, reading_of
from ur_desk.ui.pages.entry.wanting import FormAndWanting, WantingPane
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought

CHECK_AFTER, KEEP_AFTER = 300, 1500
"""Milliseconds without a key after which the form is checked, and after which the draft is kept."""

_FILLED_IN = frozenset({"received_zone"})
"""Fields that the form fills in by itself."""


class EntryPage(Page):
    """One request at a time. Whatever was typed is a draft of this person until it becomes a case or is discarded."""

    name = PageName.ENTRY
    opened = Signal(str)
    """The id of the case that the request has become."""
    left = Signal()
    """The person is through with the form."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name: str | None = None
        self._source: bytes | None = None
        self._changed = self._keeping = self._opening = False
        self._checked = 0
        self._pane = Pane(self.tr("New request"), self)
        self.form = EntryForm(self._pane)
        self.records = EntryRecords(session, self.form, self.draft_name, self._pane)
        self.files = EntryFile(session, self)
        self.alike = AlikeCases(session)
        self.drafts = EntryDrafts(session, lambda: self._name, self)
        self.kept, self.hand = self.drafts.kept, self.drafts.hand
        self.wanting = WantingPane(self)
        self.keys = EntryKeys(session, self.form, self.wanting, self)
        self.notice = Notice()
        self.check_timer = self._timer(CHECK_AFTER, self.check)
        self.keep_timer = self._timer(KEEP_AFTER, self.keep)
        self._lay_out()
        self._make_commands()
        self._connect()

    def _timer(self, after: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(then)
        return timer

    # shape -----------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._state = ElidedLabel("", ink="soft", parent=self._pane)
        self._pane.head.addWidget(self._state, 1)
        self._pane.set_body(self.records, self.kept, self.files.box, self.alike, self.hand, self.notice)
        self.bar = CommandBar(self.tr("What to do with the request"), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        both = FormAndWanting(self._pane, self.wanting, self)
        self.records.stood.connect(both.make_room)
        whole.addWidget(both, 1)
        whole.addWidget(self.bar)
        PaneCycle(self, [self.records.view, self._pane, self.wanting, self.bar])

    def _make_commands(self) -> None:
        made = entry_commands(self)
        self.open_action, self.discard_action, self.now_action, self.lacking_action, self.hand_action, self.leave_action = made
        self.bar.add(self.open_action, "main")
        self.bar.add(self.leave_action)
        self.bar.add(self.hand_action)
        self.bar.add(self.discard_action, "quiet")
        self.bar.finish()

    def _connect(self) -> None:
        self.records.add_commands(self)
        self.records.changed.connect(self._edited)
        self.records.laid.connect(self.keep)
        self.records.refused.connect(self.notice.show_error)
        self.records.said.connect(self.bar.say)
        self.form.edited.connect(self._edited)
        self.form.left.connect(self.check)
        self.form.left.connect(self.keep)
        self.kept.wanted.connect(self.edit_draft)
        self.drafts.refused.connect(self.notice.show_error)
        self.drafts.handed.connect(self._handed)
        self.hand.closed.connect(self.form.begin)
        self.hand.wanted.connect(self._hand_form)
        self.files.request.connect(self.take_request)
        self.files.begun.connect(self._begin_anew)
        self.files.refused.connect(self.notice.show_error)
        self.alike.attach.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, case)))
        self._session.person_changed.connect(self._another_person)
        mask().changed.connect(self._name_again)

    # what is in the form ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin an empty request; what stood in the form is kept as a draft, and all kept drafts are offered."""
        self.keep()
        self._begin_anew()
        self.drafts.offer()
        self.form.begin()
        self.check()

    def _begin_anew(self) -> None:
        """An empty form in the zone that was used last."""
        self._start(Draft(received_zone=self.keys.zone))

    def edit_draft(self, name: str) -> None:
        """Go on with a kept draft."""
        self.keep()
        self._session.read(lambda desk: dict(desk.intake.drafts()), self, done=partial(self._found_drafts, name))

    def _found_drafts(self, name: str, drafts: dict[str, Draft]) -> None:
        if name not in drafts:
            self.begin()
            self.notice.show_error(
                UserError(self.tr("That draft is gone."), self.tr("It was opened or discarded. Begin anew, or go on with another."))
            )
            return
        self._start(drafts[name], name)
        self.form.show_all()
        self.check()
        self.drafts.offer()
        self.form.begin()

    def take_request(self, request: Request, source: bytes | None = None) -> None:
        """Show a request that came in a file; everything that is wrong with it is said at once."""
        self.keep()
        self._start(draft_of(request), source=source)
        self.form.show_all()
        self._changed = True
        self.check()
        self.form.begin()

    def take_file(self, path: Path) -> None:
        """Read a request file: its one request comes into the form; problems are said with their places."""
        self.keep()
        self.files.read(path)

    def _start(self, draft: Draft, name: str | None = None, source: bytes | None = None) -> None:
        self._name, self._source, self._changed = name, source, False
        self._checked += 1
        for timer in (self.check_timer, self.keep_timer):
            timer.stop()
        self.notice.hide()
        self.files.clear()
        self.alike.forget()
        self.hand.hide()
        self.wanting.show_lacking((), "")
        self.form.show_draft(draft)
        self.records.follow()
        self._state.set_words(self.tr("Draft") if name else "")
        self.bar.say("")

    def _another_person(self, _person: object) -> None:
        """Another person finds nothing of what was typed."""
        self.keys.zone = self._session.zone
        self._start(Draft())
        self.kept.clear()

    def form_left(self) -> TypedForm | None:
        """What stands in the form, to be taken up when the desk is unlocked; None where nothing was typed."""
        draft = self.form.draft()
        if is_blank(draft, _FILLED_IN):
            return None
        return TypedForm(self.draft_name(), draft, self._source)  # so that what is kept meanwhile is this very draft

    def take_up_form(self, left: TypedForm) -> None:
        """Go on with what stood in the form when the desk was locked."""
        self._start(left.draft, left.name or None, left.source)
        self._changed = True
        self.check()
        self.keep()

    def draft_name(self) -> str:
        """The name under which the draft is kept, with the records beside it."""
        self._name = self._name or str(uuid.uuid4())
        return self._name

    @property
    def takes_records(self) -> bool:
        """Pages that are dropped on the form are what it is keyed from."""
        return True

    def attach(self, files: "Sequence[Path | Brought]") -> None:
        """Lay files of pages beside the form, those that came through the door as they are kept there."""
        self.records.attach(files)

    # checking --------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._changed = True
        self.kept.hide()  # whoever types here goes on with no other draft
        self.bar.say("")
        self.check_timer.start()
        self.keep_timer.start()

    def check(self) -> None:
        """Read the form as it stands and say beside the fields what is wrong."""
        self.check_timer.stop()
        self._checked += 1
        self._session.read(partial(reading_of, draft=self.form.draft()), self, done=partial(self._show_reading, self._checked))

    def _show_reading(self, asked: int, told: FormReading) -> None:
        if asked != self._checked:
            return
        at = self._session.now().astimezone(zones.zone(self._session.zone))
        self.form.show_reading(told, self.tr("Entered by {0} now, {1}").format(self._session.person.display, f"{at:%m/%d/%Y %H:%M}"))
        self.wanting.show_lacking(told.lacking, told.due)
        self.bar.say_where_silent(self.wanting.words(len(told.lacking)))
        self.alike.look(told.reading.request)

    # drafts ----------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what was typed as a draft, where anything was since it was kept last."""
        self.keep_timer.stop()
        draft = self.form.draft()
        if not self._changed or self._keeping or is_blank(draft, _FILLED_IN):
            return
        self._changed, self._keeping = False, True
        name = self.draft_name()
        self._session.read(
            lambda desk: desk.intake.keep_draft(name, draft), self, done=partial(self._was_kept, name), failed=self._not_kept
        )

    def _was_kept(self, name: str, _nothing: object) -> None:
        self._keeping = False
        if name == self._name:  # else another draft stands in the form by now
            at = self._session.now().astimezone(zones.zone(self._session.zone))
            self._state.set_words(self.tr("Draft kept {0}").format(f"{at:%H:%M}"))
        self._session.changed.emit(frozenset({Changed.DRAFTS}))
        if self._changed:
            self.keep_timer.start()

    def _not_kept(self, error: UserError) -> None:
        self._keeping = False
        self._changed = True
        self.notice.show_error(error)

    def _name_again(self) -> None:
        """What is offered above the form names members, or no more."""
        self.drafts.name_again()

    def _hand_form(self, to: str, note: str) -> None:
        """Hand over what stands in the form."""
        draft = self.form.draft()
        if is_blank(draft, _FILLED_IN):
            self.notice.show_error(UserError(self.tr("There is nothing to hand over yet."), self.tr("Type something first.")))
            return
        self.keep_timer.stop()
        self.drafts.give(self.draft_name(), draft, to, note)

    def _handed(self, who: str, from_form: bool) -> None:
        self.said.emit(self.tr("{0} finds the draft among their own").format(who))
        if from_form:
            self._begin_anew()
            self.form.begin()

    def discard(self) -> None:
        """Forget what was typed, and its draft."""
        name = self._name
        self._begin_anew()
        if name is not None:
            self.drafts.drop(name)
        else:
            self.drafts.offer()
        self.form.begin()

    def leave(self) -> None:
        """Keep what was typed and go."""
        self.keep()
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody loses what was typed by going elsewhere."""
        super().hideEvent(event)
        self.keep()

    # opening ---------------------------------------------------------------------------------------------------------

    def open_case(self) -> None:
        """Open a case for the request; where something must be mended first, say what and go there."""
        if self._opening:
            return
        self.notice.hide()
        self.form.show_all()
        self._checked += 1
        self._session.read(partial(reading_of, draft=self.form.draft()), self, done=partial(self._open_if_right, self._checked))

    def _open_if_right(self, asked: int, found: FormReading) -> None:
        if asked != self._checked:
            return
        self._show_reading(asked, found)
        request, problems = found.reading.request, found.reading.problems
        if request is None:
            count, one = sum(p.severity == "error" for p in problems), self.tr("1 thing must be mended first")
            self.bar.say(one if count == 1 else self.tr("{0} things must be mended first").format(count))
            self.form.go_to_first(problems)
        elif not self.records.asks_to_look():
            self.alike.look(request, partial(self._open_if_new, request))

    def _open_if_new(self, request: Request) -> None:
        """Open the case, unless the request resembles what is here and nobody has said yet that it is a new one."""
        if self.alike.undecided:
            self.bar.say(self.tr("Say first whether it is a new request: it resembles what is here"))
            self.alike.new_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._opening = True
        self.open_action.setEnabled(False)
        call = partial(opening_of, request=request, source=self._source, beside=self.records.beside(), seen=self.alike.seen)
        self._session.steps(call, self, done=self._was_opened, failed=partial(self._not_opened, request), ended=self._ended)

    def _not_opened(self, request: Request, error: UserError) -> None:
        """Say why not; a case that somebody else saved meanwhile is shown as one that the request resembles."""
        self.notice.show_error(error)
        if isinstance(error, Resembles):
            self.alike.look(request)

    def _was_opened(self, done: Done[Case]) -> None:
        name, case = self._name, done.value
        self.keys.zone = case.request.received_zone or self.keys.zone
        self._begin_anew()
        if name is not None:
            self._session.read(lambda desk: desk.intake.drop_draft(name), self, done=lambda _none: None)
        self.said.emit(self.tr("Opened: {0}").format(case.number))
        self.opened.emit(CaseId(case.id))

    def _ended(self) -> None:
        self._opening = False
        self.open_action.setEnabled(True)
