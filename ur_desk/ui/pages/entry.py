"""The new-request form: typed, checked as one types, kept as a draft, opened as a case."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.verbs import Changed, Done
from ur_desk.domain import zones
from ur_desk.domain.case import Case
from ur_desk.domain.drafts import Draft, Reading, draft_of
from ur_desk.domain.events import CaseId
from ur_desk.domain.findings import Extracted
from ur_desk.domain.laid_aside import TypedForm
from ur_desk.domain.request import Request
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.pages.entry_codes import OFFERED, CodeEntry
from ur_desk.ui.pages.entry_fields import is_blank
from ur_desk.ui.pages.entry_form import EntryForm
from ur_desk.ui.pages.entry_kept import FileRequests, KeptDrafts
from ur_desk.ui.pages.entry_records import EntryRecords
from ur_desk.ui.pages.entry_steps import cases_of, extracted_from, keep_draft, reading_of
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.text import ElidedLabel

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
        self._extracted: tuple[Extracted, bytes] | None = None
        self._changed = self._keeping = self._opening = False
        self._checked = 0
        self._pane = Pane(self.tr("New request"), self)
        self.form = EntryForm(self._pane)
        self.records = EntryRecords(session, self.form, self.draft_name, self._pane)
        self.kept = KeptDrafts()
        self.file = FileRequests()
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
        self._pane.set_body(self.records, self.kept, self.file, self.notice)
        self.bar = CommandBar(self.tr("What to do with the request"), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._pane, 1)
        whole.addWidget(self.bar)
        PaneCycle(self, [self.form, self.records.view, self.bar])

    def _make_commands(self) -> None:
        self.open_action = page_command(
            self, Menu.CASE, self.tr("Open case"), ["Ctrl+Return", "Ctrl+Enter", "Ctrl+S"],
            self.tr("Check everything, match it with the library, and open a case for it"), self.open_case,
        )  # fmt: skip
        self.discard_action = page_command(
            self, Menu.CASE, self.tr("Discard draft"), ["Ctrl+Shift+Delete"], self.tr("Forget what was typed and begin anew"), self.discard
        )
        self.leave_action = page_command(
            self, Menu.CASE, self.tr("Leave"), ["Ctrl+W"],
            self.tr("Back to where you came from; what was typed is kept as a draft"), self.leave,
        )  # fmt: skip
        self.bar.add(self.open_action, "main")
        self.bar.add(self.leave_action)
        self.bar.add(self.discard_action, "quiet")
        self.bar.finish()

    def _connect(self) -> None:
        self.records.add_commands(self)
        self.records.changed.connect(self._edited)
        self.records.refused.connect(self.notice.show_error)
        self.records.said.connect(self.bar.say)
        self.form.edited.connect(self._edited)
        self.form.left.connect(self.check)
        self.form.left.connect(self.keep)
        self.form.sought.connect(self._seek)
        self.kept.wanted.connect(self.edit_draft)
        self.kept.dropped.connect(self._drop)
        self.file.open_all.connect(self._open_all)
        self.file.wanted.connect(self._take_from_file)
        self._session.person_changed.connect(self._another_person)
        mask().changed.connect(self._name_again)

    # what is in the form ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin an empty request; what stood in the form is kept as a draft, and all kept drafts are offered."""
        self.keep()
        self._start(Draft(received_zone=self._session.zone))
        self._offer_drafts()
        self.form.begin()

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
        self._offer_drafts()
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
        """Read a request file: one request comes into the form, several are offered to be opened; problems are said with their places."""
        self.keep()
        self._session.steps(partial(extracted_from, path=path), self, done=partial(self._took, path.name), failed=self.notice.show_error)

    def _took(self, file: str, found: tuple[Extracted, bytes]) -> None:
        extracted, data = found
        if len(extracted.requests) == 1:
            self.take_request(extracted.requests[0], data)
        else:
            self._start(Draft(received_zone=self._session.zone))
        self._extracted = found
        if not extracted.requests:
            said = "\n".join(f"{p.where}: {p.message}" for p in extracted.problems[:5])
            self.notice.show_error(UserError(self.tr("There is no request in {0}.").format(file), said or self.tr("Nothing was saved.")))
        elif extracted.problems or len(extracted.requests) > 1:
            self.file.show_requests(file, extracted.requests, extracted.problems)

    def _start(self, draft: Draft, name: str | None = None, source: bytes | None = None) -> None:
        self._name, self._source, self._extracted, self._changed = name, source, None, False
        self._checked += 1
        for timer in (self.check_timer, self.keep_timer):
            timer.stop()
        self.notice.hide()
        self.file.clear()
        self.form.show_draft(draft)
        self.records.follow()
        self._say(self.tr("Draft") if name else "")
        self.bar.say("")

    def _take_from_file(self, place: int) -> None:
        """Look at one of a file's requests."""
        if self._extracted is not None:
            extracted, data = self._extracted
            self.take_request(extracted.requests[place], data)

    def _another_person(self, _person: object) -> None:
        """Another person finds nothing of what was typed."""
        self._start(Draft())
        self.kept.clear()

    def form_left(self) -> TypedForm | None:
        """What stands in the form, to be taken up when the desk is unlocked; None where nothing was typed."""
        draft = self.form.draft()
        if is_blank(draft, _FILLED_IN):
            return None
        self._name = self._name or str(uuid.uuid4())  # so that what is kept meanwhile is this very draft
        return TypedForm(self._name, draft, self._source)

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

    def attach(self, files: Sequence[Path]) -> None:
        """Lay files of pages beside the form."""
        self.records.attach(files)

    # checking --------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._changed = True
        self.bar.say("")
        self.check_timer.start()
        self.keep_timer.start()

    def check(self) -> None:
        """Read the form as it stands and say beside the fields what is wrong."""
        self.check_timer.stop()
        self._checked += 1
        self._session.read(partial(reading_of, draft=self.form.draft()), self, done=partial(self._show_reading, self._checked))

    def _show_reading(self, asked: int, found: "tuple[Reading, dict[str, str]]") -> None:
        if asked != self._checked:
            return
        reading, words = found
        self.form.show_problems(reading.problems)
        for row in self.form.diagnoses.rows:
            code = getattr(row, "code", None)
            if isinstance(code, CodeEntry):
                getattr(row, "words").set_words(words.get(code.typed(), ""))  # noqa: B009

    def _seek(self, entry: CodeEntry, text: str) -> None:
        """Offer codes for what was typed."""
        self._session.read(lambda desk: list(desk.tables.codeset.search(text, OFFERED)), entry, done=partial(entry.offer, text))

    # drafts ----------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what was typed as a draft, where anything was since it was kept last."""
        self.keep_timer.stop()
        draft = self.form.draft()
        if not self._changed or self._keeping or is_blank(draft, _FILLED_IN):
            return
        self._changed, self._keeping = False, True
        name = self._name
        self._session.read(partial(keep_draft, name=name, draft=draft), self, done=self._was_kept, failed=self._not_kept)

    def _was_kept(self, name: str) -> None:
        self._keeping = False
        self._name = name
        at = self._session.now().astimezone(zones.zone(self._session.zone))
        self._say(self.tr("Draft kept {0}").format(f"{at:%H:%M}"))
        self._session.changed.emit(frozenset({Changed.DRAFTS}))
        if self._changed:
            self.keep_timer.start()

    def _not_kept(self, error: UserError) -> None:
        self._keeping = False
        self._changed = True
        self.notice.show_error(error)

    def _offer_drafts(self) -> None:
        self._session.read(lambda desk: desk.intake.drafts(), self, done=lambda drafts: self.kept.show_drafts(drafts, self._name))

    def _drop(self, name: str) -> None:
        self._session.read(lambda desk: desk.intake.drop_draft(name), self, done=self._dropped, failed=self.notice.show_error)

    def _dropped(self, _nothing: object) -> None:
        self._session.changed.emit(frozenset({Changed.DRAFTS}))
        self._offer_drafts()

    def _name_again(self) -> None:
        """What is offered above the form names members, or no more."""
        if self.kept.isVisible():
            self._offer_drafts()
        self.file.name_again()

    def discard(self) -> None:
        """Forget what was typed, and its draft."""
        name = self._name
        self._start(Draft(received_zone=self._session.zone))
        if name is not None:
            self._drop(name)
        else:
            self._offer_drafts()
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

    def _open_if_right(self, asked: int, found: "tuple[Reading, dict[str, str]]") -> None:
        if asked != self._checked:
            return
        self._show_reading(asked, found)
        request, problems = found[0].request, found[0].problems
        if request is None:
            several, wrong = self.tr("{0} things must be mended first"), sum(p.severity == "error" for p in problems)
            self.bar.say(self.tr("1 thing must be mended first") if wrong == 1 else several.format(wrong))
            self.form.go_to_first(problems)
            return
        if self.records.asks_to_look():
            return
        self._opening = True
        self.open_action.setEnabled(False)
        source, beside = self._source, self.records.beside()
        self._session.steps(
            lambda desk: desk.intake.open(request, source, beside),
            self,
            done=self._was_opened,
            failed=self.notice.show_error,
            ended=self._ended,
        )

    def _was_opened(self, done: Done[Case]) -> None:
        name, case = self._name, done.value
        self._start(Draft(received_zone=self._session.zone))
        if name is not None:
            self._session.read(lambda desk: desk.intake.drop_draft(name), self, done=lambda _none: None)
        self.said.emit(self.tr("Opened: {0}").format(case.number))
        self.opened.emit(CaseId(case.id))

    def _ended(self) -> None:
        self._opening = False
        self.open_action.setEnabled(True)

    def _open_all(self) -> None:
        """Open a case for each request of the file; one that is refused stops no other."""
        if self._extracted is None or self._opening:
            return
        extracted, data = self._extracted
        self._opening = True
        self.file.open_button.setEnabled(False)
        self._session.steps(
            partial(cases_of, requests=extracted.requests, data=data),
            self,
            done=self._opened_all,
            failed=self.notice.show_error,
            ended=self._ended_all,
        )

    def _opened_all(self, done: "Done[tuple[list[Case], list[str]]]") -> None:
        cases, refused = done.value
        self._start(Draft(received_zone=self._session.zone))
        self.said.emit(self.tr("Opened: {0}").format(", ".join(case.number for case in cases) or self.tr("none")))
        if refused:
            self.notice.show_error(UserError(self.tr("{0} of the requests were refused.").format(len(refused)), "\n".join(refused)))
        elif len(cases) == 1:
            self.opened.emit(CaseId(cases[0].id))
        else:
            self.left.emit()

    def _ended_all(self) -> None:
        self._opening = False
        self.file.open_button.setEnabled(True)

    def _say(self, words: str) -> None:
        self._state.set_words(words)
