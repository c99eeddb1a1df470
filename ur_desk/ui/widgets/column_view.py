"""The table of a file's first rows, and above each column its header, what it means, and how that is known."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.column_table import ColumnTable
from ur_desk.ui.models.rows import Index
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.sheet import chip_width, paint_chip

WIDTH, ROW_HEIGHT, HEAD = 158, 27, 70
"""Pixels at 100 % of a column, a row, and the heads of the columns."""
_CHOICE_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_F4})


class _Heads(QHeaderView):
    """Paints the head of each column: its header, what it means, and a chip that says how that is known."""

    def __init__(self, view: "ColumnView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sectionSizeFromContents(self, _section: int) -> QSize:
        """Three lines, whatever they say."""
        return QSize(look().px(WIDTH), look().px(HEAD))

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        """Ground, three lines, and an edge."""
        model, px, colour = self._view.table, look().px, look().colour
        each, current = model.meant(section), section == self._view.currentIndex().column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour("accent_soft" if current else "surface"))
        left, room = area.left() + px(5), area.width() - px(13)
        self._line(painter, QRect(left, area.top() + px(5), room, px(17)), each.header, Type.SMALL_STRONG, "text")
        ink = "soft" if each.column is None else "text"
        self._line(painter, QRect(left, area.top() + px(23), room - px(14), px(19)), each.words, Type.BODY, ink)
        painter.setPen(QPen(colour("soft"), max(px(1.5), 1)))
        x, y = area.right() - px(18), area.top() + px(31)
        painter.drawPolyline([QPoint(x, y), QPoint(x + px(4), y + px(4)), QPoint(x + px(8), y)])
        twice = model.is_twice(section)
        words, tone = (self.tr("twice"), Tone.BAD) if twice else (each.state.words, each.state.tone)
        paint_chip(painter, QRectF(left, area.top() + px(45), chip_width(words), px(18)), words, tone)
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), colour("line"))
        painter.fillRect(QRect(area.right(), area.top(), 1, area.height()), colour("line"))
        if current:
            painter.fillRect(QRect(area.left(), area.bottom() - px(1), area.width(), px(2)), colour("accent"))
        if current and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, words: str, style: Type, ink: str) -> None:
        font = look().font(style)
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        shown = QFontMetrics(font).elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, area.width())
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, at.value, shown)


class ColumnView(Restyled, QTableView):
    """Goes from column to column by the arrows; Enter, or letters, ask for the choice of what a column means."""

    choice_wanted = Signal(int, str)
    """What a column means is to be chosen: its place, and the letters typed already."""
    left_out = Signal(int)
    """A column is to be left out: its place."""
    column_entered = Signal(int)
    """The column at this place is the current one."""

    def __init__(self, table: ColumnTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.setAccessibleName(self.tr("First rows of the file"))
        self._heads = _Heads(self)
        self.setHorizontalHeader(self._heads)
        self._heads.setAccessibleName(self.tr("What the columns mean"))
        self._heads.sectionClicked.connect(self._clicked)
        self.verticalHeader().setAccessibleName(self.tr("Row of the file"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setModel(table)
        self.selectionModel().currentColumnChanged.connect(lambda now, _before: self._entered(now.column()))
        table.modelReset.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Columns and rows at the present zoom."""
        self._heads.setDefaultSectionSize(look().px(WIDTH))
        self._heads.setMinimumSectionSize(look().px(90))
        self._heads.setFixedHeight(look().px(HEAD))
        self.verticalHeader().setDefaultSectionSize(look().px(ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(look().px(ROW_HEIGHT))
        for place in range(self.table.columnCount()):
            self.setColumnWidth(place, look().px(WIDTH))

    def go_to(self, place: int) -> None:
        """Make a column the current one, in sight."""
        row = max(self.currentIndex().row(), 0)
        self.setCurrentIndex(self.table.index(row, place))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Bring a cell into sight; the column at the left edge stands there whole."""
        super().scrollTo(index, hint)
        bar = self.horizontalScrollBar()
        bar.setValue(min(self._edge(bar.value()), max(self._heads.sectionPosition(index.column()), bar.value())))

    def updateGeometries(self) -> None:
        """The last columns have room to their right, so that another one stands whole at the left edge."""
        super().updateGeometries()
        over = self._heads.length() - self.viewport().width()
        if over > 0:
            self.horizontalScrollBar().setMaximum(self._edge(over))

    def _edge(self, at: int) -> int:
        """Where the first column begins that begins at this pixel of all columns or after it."""
        starts = (self._heads.sectionPosition(place) for place in range(self._heads.count()))
        return next((start for start in starts if start >= at), at)

    def under_head(self, place: int) -> QPoint:
        """The corner below the head of a column, in this view."""
        return QPoint(self._heads.sectionViewportPosition(place) + self.verticalHeader().width(), look().px(46))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and letters open the choice, Delete leaves out; Home and End go to the first and the last column."""
        place, plain = self.currentIndex().column(), not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        opens = event.key() in _CHOICE_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letters = event.text() if plain and event.text().isalnum() else ""
        if place >= 0 and (opens or letters):
            self.choice_wanted.emit(place, letters)
        elif place >= 0 and event.key() == Qt.Key.Key_Delete and plain:
            self.left_out.emit(place)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain and self.table.columnCount():
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.table.columnCount() - 1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click in a column asks what it means."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.choice_wanted.emit(index.column(), "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring stands on the head of the current column."""
        super().focusInEvent(event)
        self._heads.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self._heads.viewport().update()

    def _clicked(self, place: int) -> None:
        self.go_to(place)
        self.choice_wanted.emit(place, "")

    def _entered(self, place: int) -> None:
        self._heads.viewport().update()
        if place >= 0:
            self.column_entered.emit(place)
