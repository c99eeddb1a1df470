"""The request pane: what the sender told, its service lines to pick from, and the record in a view of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ur_desk.domain.attached import FieldPage, Record
from ur_desk.domain.request import Request
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.request_rows import LineMark, RequestKind, RequestModel, RequestRow
from ur_desk.ui.privacy import without_member
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import Index, RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import Text
from ur_desk.ui.widgets.whole_lines import WholeLines

__all__ = ["LineMark", "RequestPane"]

_PAGE = 40
"""Pixels at 100 % in which the page of a row stands."""
_BLOCK = 2000
"""Letters after which an endless paragraph of the record is broken, so that it can be laid out piece by piece."""


class RequestDelegate(RowDelegate):
    """Sets a field as key and value, a service with its box, code, amount and state, all else as words."""

    def compose(self, row: RequestRow, sheet: Sheet) -> None:
        """Each kind of row in its own way."""
        px = look().px
        if row.kind is RequestKind.HEADING:
            height = sheet.line(row.key, (px(16), px(12)), sheet.width - px(76), Type.SMALL_STRONG, "soft")
            sheet.line(row.aside, (sheet.width - px(52), px(12)), px(40), Type.SMALL_STRONG, "soft", right=True)
            sheet.height = height + px(16)
        elif row.kind is RequestKind.FIELD:
            self._compose_field(row, sheet)
        elif row.kind is RequestKind.SERVICE:
            self._compose_service(row, sheet)
        else:
            self._compose_words(row, sheet)

    def _compose_field(self, row: RequestRow, sheet: Sheet) -> None:
        px = look().px
        left, top = px(112), px(4)
        sheet.line(row.key, (px(16), top), px(92), Type.SMALL, "soft")
        page = px(_PAGE) if row.read_on else 0
        height = sheet.text(row.value, (left, top), sheet.width - left - px(10) - page, Type.BODY, "text" if row.given else "faint")
        self._say_page(row, sheet, top)
        sheet.height = height + px(8)

    def _say_page(self, row: RequestRow, sheet: Sheet, top: int) -> None:
        """Where the row was read, at the right end of its first line."""
        if row.read_on:
            sheet.line(row.read_on, (sheet.width - look().px(_PAGE + 8), top), look().px(_PAGE), Type.SMALL, "accent", right=True)

    def _compose_service(self, row: RequestRow, sheet: Sheet) -> None:
        px = look().px
        left, top, right = px(16), px(6), sheet.width - px(12)
        if row.picked is not None:
            sheet.boxes.append((QRectF(left, top + px(2), px(14), px(14)), row.picked))
        left += px(22) if row.one_of_several else 0
        taken = sheet.chip(row.mark.words, row.mark.tone, right, top) + px(8) if row.mark else 0
        head = f"{row.line}   {row.key}"
        top += sheet.line(head, (left, top), right - left - taken, Type.STRONG)
        if row.value:
            top += sheet.text(row.value, (left, top + px(1)), right - left, Type.BODY) + px(1)
        if row.aside or row.read_on:
            self._say_page(row, sheet, top + px(1))
            top += sheet.line(row.aside, (left, top + px(1)), right - left - px(_PAGE), Type.SMALL, "soft") + px(1)
        sheet.height = top + px(6)

    def _compose_words(self, row: RequestRow, sheet: Sheet) -> None:
        px = look().px
        left, top, right = px(16), px(4), sheet.width - px(12)
        room = right - left - (px(60) if row.aside else 0) - (px(_PAGE) if row.read_on else 0)
        words = f"{row.key}  {row.value}" if row.key else row.value
        marked = [Emphasis(0, len(row.key), Type.MEDIUM)] if row.key else []
        height = sheet.text(words, (left, top), room, Type.BODY, "text" if row.given or row.key else "soft", marked)
        if row.aside:
            taken = px(_PAGE) if row.read_on else 0
            sheet.line(row.aside, (right - px(56) - taken, top), px(56), Type.SMALL, "soft", right=True)
        self._say_page(row, sheet, top)
        sheet.height = height + px(8)

    def editorEvent(self, event: QEvent, model: Any, option: Any, index: Index) -> bool:
        """A click on the box of a service line ticks it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            at = event.position() - option.rect.topLeft()
            if any(box.adjusted(-4, -4, 4, 4).contains(at) for box, _ in self.sheet(index).boxes):
                return bool(model.setData(index, None, Qt.ItemDataRole.CheckStateRole))
        return False


class _RequestList(RowList):
    """Rows of which each can be copied by itself; Space ticks the current service line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space picks; everything else is the list's own."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, RequestModel) and self.currentIndex().isValid():
            model.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class FromNurse(Restyled, QFrame):
    """What the nurse wrote for the physician, above the record; hidden where there is nothing."""

    LINES = 6
    """Lines that are in sight at once; the rest is scrolled to, so that the record keeps its room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self._title = Text(self.tr("From the nurse, for you only"), Type.SMALL_STRONG, "accent")
        self.words = WholeLines(self._title.text())
        self._most = self.LINES
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._title)
        self._whole.addWidget(self.words)
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom, and room for the words."""
        inset(self._whole, 0, 8, 0, 4, 0)
        self._title.setContentsMargins(look().px(16), 0, 0, 0)
        self._fit()

    def _fit(self) -> None:
        """As high as the words at the present width, up to a few lines."""
        metrics = self.words.fontMetrics()
        room = QRect(0, 0, max(self.width() - look().px(36), 1), 0)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.words.toPlainText()).height()
        self.words.setFixedHeight(self.words.height_of(min(-(-needed // metrics.lineSpacing()), self._most)))

    def set_room(self, height: int) -> None:
        """On a low screen fewer lines are in sight, one at least: none is cut."""
        free = height - self._title.sizeHint().height() - look().px(12) - self.words.around
        self._most = min(max(free // self.words.fontMetrics().lineSpacing(), 1), self.LINES)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def say(self, words: str) -> None:
        """Hold these words; the same ones keep the place read to."""
        if words != self.words.toPlainText():
            self.words.setPlainText(words)
            self._fit()


class RequestPane(Pane):
    """Shows one request; tells which service line is looked at, which are picked, and that the record was opened."""

    service_line_chosen = Signal(int)
    """The person went to this service line."""
    lines_picked = Signal(object)
    """The picked service lines, a tuple of their numbers in order."""
    record_opened = Signal()
    """The record is in sight, for the first time since this request is shown."""
    attachment_wanted = Signal(str)
    """Open the attachment with this sha256."""
    page_wanted = Signal(str, int)
    """Show this page of the record with this sha256."""
    case_wanted = Signal(str)
    """Go to the case with this id, which a row tells of."""
    forgotten = Signal()
    """The pane is empty: nothing of the case stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("RequestPane", "Request"), parent)
        self._given = False
        self._pages: QWidget | None = None
        self._pages_tab: QToolButton | None = None
        self._notes = ""
        self._record_seen = False
        self._model = RequestModel(self)
        self.list = _RequestList(self.tr("Request"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(RequestDelegate(self.list))
        self.record = WholeLines(self.tr("Record"))
        self.record.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse)
        self._no_record = EmptyState(
            self.tr("No record was sent with the request."), self.tr("Notes stand here when the sender gives any."), icon="tray"
        )
        self._stack = Stack()
        self._stack.setMinimumHeight(1)  # what a nurse wrote has the room first
        for widget in (self.list, self.record, self._no_record):
            self._stack.addWidget(widget)
        self.from_nurse = FromNurse(self)
        self._make_tabs()
        self.set_body(self._stack, self.from_nurse)
        self._model.picked_changed.connect(self.lines_picked)
        self.list.selectionModel().currentChanged.connect(self._went_to)
        self.list.activated.connect(self._open)

    def show_request(
        self,
        request: Request | None,
        descriptions: Mapping[str, str] | None = None,
        marks: Mapping[int, LineMark] | None = None,
        first: Iterable[RequestRow] = (),
    ) -> None:
        """Show a request with words for its diagnosis codes and the states of its lines, below what stands `first`; None empties the pane.

        The same request with other states keeps the current row, the picked lines and the view; `forget` before another.
        """
        at, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self._given = request is not None
        notes = (request.clinical_notes or "") if request else ""
        words = _breakable(without_member(notes, request.member)) if request else ""
        if words != self.record.toPlainText():
            self.record.setPlainText(words)
        if notes != self._notes:
            self._notes = notes
            self._record_seen = False
            self.show_record(False)
        self._model.show_request(request, descriptions or {}, marks or {}, first)
        if 0 <= at < self._model.rowCount():
            self._stand(at, scrolled)

    def _stand(self, at: int, scrolled: int) -> None:
        """On the row that was the current one, with the same part of the rows in sight."""
        self.list.setAutoScroll(False)
        self.list.setCurrentIndex(self._model.index(at, 0))
        self.list.setAutoScroll(True)
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(scrolled)

    def forget(self) -> None:
        """Empty the pane: another case comes, or nobody may see this one; its record counts as unseen again."""
        self.show_request(None)
        self.show_record(False)
        self.say_from_nurse("")
        self.forgotten.emit()
        self._record_seen = False

    def say_from_nurse(self, words: str) -> None:
        """Set what a nurse wrote for this physician above the record; empty for everybody else."""
        self.from_nurse.say(words)
        self._show_from_nurse()

    def _show_from_nurse(self) -> None:
        show_if(self.from_nurse, self._record_tab.isChecked() and bool(self.from_nurse.words.toPlainText()))

    def show_record(self, wanted: bool = True) -> None:
        """Turn to the record, or back to the request."""
        (self._record_tab if wanted else self._request_tab).setChecked(True)
        empty = self.record.document().isEmpty()
        view: QWidget = (self._no_record if empty else self.record) if wanted else self.list
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._show_from_nurse()
        self._tell_seen()

    def add_pages(self, view: QWidget) -> None:
        """A view of the records' pages, behind a tab of its own."""
        self._pages = view
        self._stack.addWidget(view)
        self._pages_tab = self._tab(self.tr("Pages"), self.show_pages)
        self.head.removeWidget(self._pages_tab)
        self.head.insertWidget(self.head.count() - 1, self._pages_tab)

    def show_pages(self) -> None:
        """Turn to the pages of the records."""
        if self._pages is not None and self._pages_tab is not None:
            self._pages_tab.setChecked(True)
            self._stack.setCurrentWidget(self._pages)
            self.setFocusProxy(self._pages)
            self._show_from_nurse()

    def show_pages_of(self, records: Sequence[Record], pages: Sequence[FieldPage]) -> None:
        """Say how many records there are, and beside the request on which page it was read."""
        if self._pages_tab is not None:
            self._pages_tab.setText(self.tr("Pages ({0})").format(len(records)) if records else self.tr("Pages"))
        known = {record.sha256 for record in records}
        self._model.show_pages([page for page in pages if page.record in known])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The nurse's words take what the head leaves, and leave the record two lines where one was sent."""
        super().resizeEvent(event)
        kept = 0 if self.record.document().isEmpty() else self.record.height_of(2)
        self.from_nurse.set_room(self.height() - self.head.sizeHint().height() - kept)

    def showEvent(self, event: QShowEvent) -> None:
        """The record may be in sight only now."""
        super().showEvent(event)
        self._tell_seen()

    def _tell_seen(self) -> None:
        """Tell once that the record, or that none was sent, stands before somebody's eyes: never of a pane out of sight."""
        if self._given and self._record_tab.isChecked() and self.isVisible() and not self._record_seen:
            self._record_seen = True
            self.record_opened.emit()

    @property
    def shows_record(self) -> bool:
        """Whether the record stands there instead of the request."""
        return self._record_tab.isChecked()

    def picked(self) -> tuple[int, ...]:
        """The numbers of the picked service lines."""
        return self._model.picked()

    def pick(self, lines: tuple[int, ...]) -> None:
        """Pick exactly these service lines, as far as their state allows."""
        self._model.pick(lines)

    def go_to_service_line(self, line: int) -> None:
        """Make a service line the current row."""
        place = self._model.place_of(line)
        if place is not None:
            self.list.go_to(place)

    def _make_tabs(self) -> None:
        self.record_action = QAction(self.tr("Record"), self)
        self.record_action.setShortcut(QKeySequence("Ctrl+2"))
        self.record_action.triggered.connect(lambda: self.show_record(True))
        self.addAction(self.record_action)
        self._group = QButtonGroup(self)
        self._request_tab = self._tab(self.tr("Request"), lambda: self.show_record(False))
        self._record_tab = self._tab(self.tr("Record"), lambda: self.show_record(True))
        self._request_tab.setChecked(True)
        self._title.hide()
        self.head.addStretch()

    def _tab(self, words: str, call: Any) -> QToolButton:
        tab = QToolButton()
        tab.setText(words)
        tab.setAccessibleName(self.tr("Show: {0}").format(words))
        tab.setCheckable(True)
        tab.setProperty("kind", "tab")
        tab.clicked.connect(call)
        self._group.addButton(tab)
        self.head.addWidget(tab)
        return tab

    def _went_to(self, index: QModelIndex) -> None:
        line = self._model.row(index.row()).line if index.isValid() else None
        if line is not None:
            self.service_line_chosen.emit(line)

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row.kind is RequestKind.RECORD:
            self.show_record()
            self.record.setFocus()
        elif row.kind is RequestKind.ATTACHMENT and row.sha256:
            self.attachment_wanted.emit(row.sha256)
        elif row.case is not None:
            self.case_wanted.emit(row.case)
        elif row.page is not None:
            self.page_wanted.emit(row.page.record, row.page.page)


def _breakable(text: str) -> str:
    """The same words with breaks in endless paragraphs, so that the screen lays out only what is seen."""
    if all(len(part) <= _BLOCK for part in text.splitlines()):
        return text
    return "\n".join(piece for part in text.splitlines() for piece in _pieces(part))


def _pieces(part: str) -> Iterator[str]:
    """A paragraph in pieces that end at a blank where there is one."""
    start = 0
    while len(part) - start > _BLOCK:
        blank = part.rfind(" ", start + 1, start + _BLOCK)
        end = blank if blank > 0 else start + _BLOCK
        yield part[start:end]
        start = end + (part[end] == " ")
    yield part[start:]
