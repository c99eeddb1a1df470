"""A row of parts that goes on below where the window is too narrow or the zoom too large for it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ur_desk.ui.look import look


class Flow(QLayout):
    """Sets its parts side by side, as many as fit, and the rest on further rows.

    One part may take the spare width of its row (`add_growing`); what comes after `push` stands at the right end.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._growing: set[int] = set()
        self._pushed: int | None = None

    def add_growing(self, widget: QWidget) -> None:
        """Add a part that takes the spare width of its row."""
        self._growing.add(len(self._items))
        self.addWidget(widget)

    def put_first(self, widgets: Sequence[QWidget]) -> None:
        """Let these parts stand first, in this order; all others keep theirs. None of them grows or is pushed."""
        place: dict[QWidget | None, int] = {widget: number for number, widget in enumerate(widgets)}
        self._items.sort(key=lambda item: place.get(item.widget(), len(place)))
        self.update()

    def push(self) -> None:
        """What is added from now on stands at the right end of its row."""
        self._pushed = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at a place; None beyond the ends."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out; None beyond the ends."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room, no higher than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower row is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the rows take at a width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """All on one row."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins, gap = self.contentsMargins(), self._gap()
        wide = sum(size.width() for size in shown) + gap * max(len(shown) - 1, 0)
        high = max((size.height() for size in shown), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        margins = self.contentsMargins()
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        wide, high = max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def setGeometry(self, area: QRect) -> None:
        """Give every part its place."""
        super().setGeometry(area)
        self._arrange(area, place=True)

    def _gap(self) -> int:
        return self.spacing() if self.spacing() >= 0 else look().px(8)

    def _arrange(self, area: QRect, place: bool) -> int:
        """Fill row after row; gives the height of all."""
        margins, gap = self.contentsMargins(), self._gap()
        inner = area.adjusted(margins.left(), margins.top(), -margins.right(), 0)
        top, row, taken = inner.top(), list[int](), 0
        for number, item in enumerate(self._items):
            if item.isEmpty():
                continue
            width = self._width(number, inner.width())
            if row and taken + gap + width > inner.width():
                top += self._set_row(row, QRect(inner.left(), top, inner.width(), 0), gap, place) + gap
                row, taken = [], 0
            taken += width + (gap if row else 0)
            row.append(number)
        top += self._set_row(row, QRect(inner.left(), top, inner.width(), 0), gap, place) if row else 0
        return top - area.top() + margins.bottom()

    def _width(self, number: int, room: int) -> int:
        item = self._items[number]
        hint = item.minimumSize() if number in self._growing else item.sizeHint().boundedTo(item.maximumSize())
        return max(min(hint.width(), room), min(item.minimumSize().width(), room))

    def _set_row(self, row: list[int], area: QRect, gap: int, place: bool) -> int:
        """Set one row; gives its height."""
        widths = {number: self._width(number, area.width()) for number in row}
        high = max(self._items[number].sizeHint().height() for number in row)
        spare = area.width() - sum(widths.values()) - gap * (len(row) - 1)
        growing = [number for number in row if number in self._growing]
        if growing:
            most = self._items[growing[0]].maximumSize().width()
            grown = min(spare, max(most - widths[growing[0]], 0))
            widths[growing[0]] += grown
            spare -= grown
        left = area.left()
        first_pushed = next((n for n in row if self._pushed is not None and n >= self._pushed), None)
        for number in row:
            if number == first_pushed:
                left += spare
            item = self._items[number]
            tall = min(item.sizeHint().height(), high)
            if place:
                item.setGeometry(QRect(QPoint(left, area.top() + (high - tall) // 2), QSize(widths[number], tall)))
            left += widths[number] + gap
        return high
