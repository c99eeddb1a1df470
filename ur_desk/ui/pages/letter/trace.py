"""The trace: what stands behind the sentence under the pointer, or the current one, each source with its own words or lines."""

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractItemView, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.letter_trace import LetterTraceModel, TraceKind, TraceRow
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet

_STYLES = {
    TraceKind.SOURCE: (Type.SMALL_STRONG, "text"),
    TraceKind.WORDS: (Type.BODY, "text"),
    TraceKind.ASIDE: (Type.SMALL, "soft"),
    TraceKind.LINE: (Type.BODY, "soft"),
}


class TraceDelegate(RowDelegate):
    """Sets a policy line with its number in the gutter, marked where it is cited; a source's name, and its words below."""

    def compose(self, row: TraceRow, sheet: Sheet) -> None:
        """The lines around those cited are there to read on, and softer."""
        px = look().px
        named, line = row.kind is TraceKind.SOURCE, row.kind is TraceKind.LINE
        top, left = px(9 if named else 2), px(16)
        if line:
            sheet.line(str(row.number), (0, top + px(1)), px(36), Type.MARK, "faint", right=True)
            left = px(46)
        style, ink = _STYLES[row.kind]
        sheet.height = top + sheet.text(row.text, (left, top), sheet.width - left - px(12), style, "text" if row.cited else ink) + px(3)
        if row.cited:
            sheet.ground, sheet.bar = "hit", "hit_bar"


class TraceView(RowList):
    """Shows the sources of one sentence; a policy line cited is brought into sight with what stands around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Where the sentence comes from"))
        self._model = LetterTraceModel(self)
        self.setModel(self._model)
        self.setItemDelegate(TraceDelegate(self))

    def show_trace(self, rows: Iterable[TraceRow]) -> None:
        """Show these from the top, or so far down that the first policy line cited is in sight."""
        self._model.show_rows(rows)
        self.scrollToTop()
        if self._model.first_cited is not None:
            self.scrollTo(self._model.index(self._model.first_cited, 0))

    def show_cited(self) -> None:
        """Go to the first policy line cited, or to the first source."""
        self.go_to(self._model.first_cited or 0)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    @property
    def texts(self) -> list[str]:
        """What stands in it, row by row."""
        return [self._model.row(place).text for place in range(self._model.rowCount())]
