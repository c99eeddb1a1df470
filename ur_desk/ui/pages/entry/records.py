"""What the new-request form has beside it: the pages that the request is keyed from, and which field was read on which of them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from ur_desk.desk.steps import Steps, store, work
from ur_desk.domain.drafts import Draft
from ur_desk.domain.intake.attached import Beside, FieldPage, Record, confirmed, noted, unconfirmed, without_rows
from ur_desk.domain.intake.proposing import Proposed, laid_beside, with_proposals
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.files import chosen_records
from ur_desk.ui.look import look
from ur_desk.ui.pages.entry.fields import texts
from ur_desk.ui.pages.entry.form import EntryForm
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.page_mark import PageMark
from ur_desk.ui.widgets.record_view import RecordView
from ur_desk.ui.widgets.restyled import show_if

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought
    from ur_desk.desk.desk import Desk


_LEAST = 320
"""Pixels at 100 % that the pages keep where the window is narrow; the form is scrolled sideways then."""


class EntryRecords(QWidget):
    """The pages at the left, the form at the right; without a record the form has the whole width.

    A field in which somebody types while a page is in sight was read there, until they say otherwise.
    """

    changed = Signal()
    """Records or pages of fields are others now: the draft is to be kept."""
    laid = Signal()
    """A record lies beside the form from now on: the draft is to be kept at once, or its bytes would lie beside none."""
    refused = Signal(object)
    """A `UserError`: a file cannot be attached, or a page not be shown."""
    stood = Signal(bool)
    """Whether pages stand beside the form from now on."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, form: EntryForm, draft_name: Callable[[], str], parent: QWidget) -> None:
        """`draft_name` gives the name under which the draft is kept, a new one where it has none."""
        super().__init__(parent)
        self._session, self._form, self._draft_name = session, form, draft_name
        self._marks: dict[str, tuple[QWidget, PageMark]] = {}
        self._texts: dict[str, str] = {}
        self._before = Draft()
        self.widths: tuple[int, ...] = ()
        """Widths of pages and form in pixels as the person chose them; none while nobody has."""
        self.view = RecordView(session, self.tr("Pages"), self)
        self.view.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(form)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.setFocusProxy(form)
        self._connect()

    def _connect(self) -> None:
        self.splitter.splitterMoved.connect(lambda _at, _which: setattr(self, "widths", tuple(self.splitter.sizes())))
        self.view.refused.connect(self.refused)
        self.view.taken.connect(self._take)
        self._form.edited.connect(self._edited)
        mask().changed.connect(self._show_marks)

    def add_commands(self, page: QWidget) -> None:
        """The commands of the page about records; those that turn pages are the view's own."""
        page_command(
            page, Menu.FILE, self.tr("Attach record…"), ["Ctrl+Shift+P"],
            self.tr("Lay a PDF or an image of pages beside the form; dropping it there does the same"), lambda: self.attach(chosen_records(page)),
        )  # fmt: skip
        page_command(
            page, Menu.CASE, self.tr("Note the page of this field"), ["Alt+M"],
            self.tr("The field was read on the page in sight; once more takes the note away"), self.note_page,
        )  # fmt: skip
        page_command(
            page, Menu.CASE, self.tr("Go to the page of this field"), ["Alt+G"], self.tr("Show where it was read"), self.go_to_page
        )
        page_command(
            page, Menu.CASE, self.tr("Take the record away"), ["Alt+Shift+Delete"],
            self.tr("The record in sight lies beside the draft no more"), self.take_away,
        )  # fmt: skip
        page.addActions(self.view.actions())

    # what lies beside the form ---------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Another draft stands in the form: show its records, from their first page."""
        self._before = self._form.draft()
        self._texts = {path: text for path, text in texts(self._before) if text}
        self.view.forget()
        self._show_records()
        self._show_marks()

    def attach(self, files: "Sequence[Path | Brought]") -> None:
        """Lay files of pages beside the form, those that came through the door as they are kept there; a refused one stops no other."""
        for file in files:
            self._session.steps(partial(self._bringing, file), self, done=self._attached, failed=self.refused.emit)

    def _bringing(self, file: "Path | Brought", desk: "Desk") -> Steps[tuple[Record, tuple[Proposed, ...]]]:
        if isinstance(file, Path):
            record, data = yield from desk.records.bring(file)
        else:
            record, data = yield from store(lambda: desk.paper.bring(file), self.tr("Reading the file"))
        name = self._draft_name()
        yield from store(lambda: desk.records.keep_beside(name, record, data), self.tr("Keeping the record"))
        return record, (yield from work(lambda: desk.records.proposals(data, record), self.tr("Reading the form")))

    def _attached(self, told: tuple[Record, tuple[Proposed, ...]]) -> None:
        (record, proposed), draft = told, self._form.draft()
        if any(each.sha256 == record.sha256 for each in draft.records):
            self.said.emit(self.tr("That record lies beside the form already"))
        else:
            beside = laid_beside(draft, record)
            self._form.lay_beside(attachments=beside.attachments, records=beside.records)
            if proposed:
                self.propose(with_proposals(self._form.draft(), record, proposed))
            self.changed.emit()
            self.laid.emit()
        self._show_records()
        self.view.go_to(record.sha256, 1)
        if self.waiting():
            self.said.emit(self.tr("The form fills in {0} fields: look at each, Enter confirms").format(len(self.waiting())))
            self.go_to_waiting()

    def take_away(self) -> None:
        """The record in sight lies beside the draft no more, and no field was read in it."""
        shown = self.view.shown
        if shown is None:
            return
        sha, name, draft = shown[0].sha256, self._draft_name(), self._form.draft()
        self._form.lay_beside(
            attachments=tuple(each for each in draft.attachments if each.sha256 != sha),
            records=tuple(each for each in draft.records if each.sha256 != sha),
            field_pages=tuple(each for each in draft.field_pages if each.record != sha),
        )
        self._session.read(lambda desk: desk.records.drop_beside(name, sha), self, lambda _none: None, self.refused.emit)
        self._show_records()
        self._show_marks()
        self.changed.emit()

    def beside(self) -> Beside | None:
        """What the case takes from beside the draft; None where nothing lies there."""
        draft = self._form.draft()
        return Beside(self._draft_name(), draft.records, draft.field_pages) if draft.records else None

    def _show_records(self) -> None:
        records = self._form.draft().records
        name = self._draft_name() if records else ""
        first = bool(records) and self.view.isHidden()
        show_if(self.view, bool(records))
        self.stood.emit(bool(records))
        self._fit(first)
        self.view.show_records(records, lambda desk, record: desk.records.beside(name, record.sha256))

    def _fit(self, anew: bool = False) -> None:
        """The form stays whole beside the pages; these take what it leaves, up to a half."""
        beside = bool(self._form.draft().records)
        least = self._form.least_width if beside else 0
        self._form.setMinimumWidth(min(least, max(self.width() - look().px(_LEAST), 0)))
        if anew and self.width() > 0:
            form = max(self._form.minimumWidth(), self.width() // 2)
            self.splitter.setSizes(list(self.widths) or [self.width() - form, form])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width gives both another room."""
        super().resizeEvent(event)
        self._fit(not self.widths)

    # which field was read where --------------------------------------------------------------------------------------

    def propose(self, draft: Draft) -> None:
        """Show a draft in which a form has filled fields in, each waiting for somebody to look."""
        self._form.show_draft(draft)
        self._before = draft
        self._texts = {path: text for path, text in texts(self._form.draft()) if text}
        self._show_records()
        self._show_marks()
        self.changed.emit()

    def waiting(self) -> tuple[FieldPage, ...]:
        """The fields that hold what a form proposed and nobody has looked at, in the order of the form."""
        order = {path: place for place, path in enumerate(self._form.paths())}
        return tuple(sorted(unconfirmed(self._form.draft().field_pages), key=lambda each: order.get(each.field, len(order))))

    def asks_to_look(self) -> bool:
        """Where fields wait, go to the first of them and say so: no case is opened on what nobody has looked at."""
        if not (told := self.waiting()):
            return False
        self.said.emit(self.tr("Look at what the form proposed: {0} left; Enter confirms").format(len(told)))
        return self.go_to_waiting()

    def go_to_waiting(self, after: str = "") -> bool:
        """Put the focus into the next field that waits, its page in sight; False where none does."""
        order = list(self._form.paths())
        start = order.index(after) if after in order else -1
        told = self.waiting()
        later = [each for each in told if each.field in order and order.index(each.field) > start]
        target = next(iter(later or told), None)
        field = self._form.entry(target.field) if target else None
        if target is None or field is None:
            return False
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.ensureWidgetVisible(field, 0, 60)
        self.view.go_to(target.record, target.page)
        return True

    def note_page(self) -> None:
        """The field in hand was read on the page in sight; where that is noted already, it is noted no more."""
        path, shown = self._in_hand(), self.view.shown
        if not path or shown is None:
            self.said.emit(self.tr("Stand in a field while a page is in sight"))
            return
        pages, here = self._form.draft().field_pages, (shown[0].sha256, shown[1])
        standing = next((each for each in pages if each.field == path), None)
        if standing is not None and (standing.record, standing.page) == here and standing.confirmed:
            self._keep(tuple(each for each in pages if each.field != path))
        else:
            self._keep(noted(pages, path, *here))

    def go_to_page(self) -> None:
        """Show where the field in hand was read."""
        path = self._in_hand()
        told = next((each for each in self._form.draft().field_pages if each.field == path), None)
        if told is None or not self.view.go_to(told.record, told.page):
            self.said.emit(self.tr("No page is noted for this field"))

    def _edited(self) -> None:
        """What somebody typed was read on the page in sight; rows that went take their pages along."""
        draft = self._form.draft()
        pages = self._rows_followed(draft)
        now, shown = {path: text for path, text in texts(draft) if text}, self.view.shown
        hand = self._in_hand()
        for each in unconfirmed(pages):
            if now.get(each.field, "") != self._texts.get(each.field, ""):
                pages = confirmed(pages, each.field)
        if (
            hand
            and shown is not None
            and now.get(hand)
            and now.get(hand) != self._texts.get(hand)
            and not any(each.field == hand for each in pages)
        ):
            pages = noted(pages, hand, shown[0].sha256, shown[1])
        pages = tuple(each for each in pages if now.get(each.field))
        self._texts, self._before = now, draft
        if pages != draft.field_pages:
            self._keep(pages)
        else:
            self._show_marks()

    def _rows_followed(self, draft: Draft) -> tuple[FieldPage, ...]:
        pages = draft.field_pages
        for name in ("services", "diagnoses"):
            was, now = getattr(self._before, name), getattr(draft, name)
            if len(now) < len(was):
                gone = next((place for place, row in enumerate(now) if row != was[place]), len(now))
                pages = without_rows(pages, name, gone + 1)
        return pages

    def _keep(self, pages: tuple[FieldPage, ...]) -> None:
        self._form.lay_beside(field_pages=pages)
        self._show_marks()
        self.changed.emit()

    def _in_hand(self) -> str:
        """The path of the field that has the focus; empty where none has."""
        focus = self.window().focusWidget()
        return next((path for path in self._form.paths() if self._form.entry(path) is focus), "") if focus is not None else ""

    def _show_marks(self) -> None:
        """A sign in each field whose page is noted, and in no other."""
        named = {record.sha256: record.name for record in self._form.draft().records}
        records = dict.fromkeys(named, self.tr("the record")) if mask().on else named
        told = {each.field: each for each in self._form.draft().field_pages if each.record in records}
        for path, (owner, mark) in list(self._marks.items()):
            if path not in told or self._form.entry(path) is not owner:
                del self._marks[path]
                if isValid(mark) and isValid(owner):
                    mark.take_away()
        for path, page in told.items():
            if (field := self._form.entry(path)) is None:
                continue
            if path not in self._marks:
                mark = PageMark(field)
                mark.wanted.connect(partial(self._to_page_of, path))
                mark.confirmed.connect(partial(self._confirm, path))
                self._marks[path] = field, mark
            self._marks[path][1].tell(records[page.record], page.page, not page.confirmed)

    def _to_page_of(self, path: str) -> None:
        told = next((each for each in self._form.draft().field_pages if each.field == path), None)
        if told is not None:
            self.view.go_to(told.record, told.page)

    # keys and words --------------------------------------------------------------------------------------------------

    def _confirm(self, path: str) -> None:
        """What the form proposed for a field is right: go on to the next that waits."""
        self._keep(confirmed(self._form.draft().field_pages, path))
        self.go_to_waiting(path)

    def _take(self, words: str) -> None:
        """Put words chosen on the page into the field in hand, as if they were typed."""
        focus = self.window().focusWidget()
        if not self._in_hand() or focus is None:
            self.said.emit(self.tr("Stand in the field that shall have the words"))
        elif isinstance(focus, QComboBox):
            place = focus.findText(words, Qt.MatchFlag.MatchFixedString)
            if place >= 0:
                focus.setCurrentIndex(place)
        elif isinstance(focus, QLineEdit):
            focus.setText(words)
        elif isinstance(focus, QPlainTextEdit):
            focus.insertPlainText(words)
