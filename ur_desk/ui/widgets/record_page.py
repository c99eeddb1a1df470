"""One page of a record as a picture that can be turned and made larger, with the words of its text layer to be chosen on it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ur_desk.domain.intake.sheets import Word
from ur_desk.ui.look import look

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""How many times as wide as its place a page may be shown."""
_MARGIN = 8
_STEP = 256
"""Pixels by which pictures are asked for wider or narrower, so that a splitter that is dragged asks seldom."""


class RecordPage(QScrollArea):
    """Shows a page as wide as its place, or some times wider."""

    picture_wanted = Signal()
    """The page is shown at a width for which another picture would be sharper."""
    words_chosen = Signal(str)
    """The person chose these words on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Page of the record"))
        self._sheet = _Sheet()
        self._sheet.chosen.connect(self.words_chosen)
        self.setWidget(self._sheet)
        self._zoom, self._asked = 0, 0

    def show_page(self, image: QImage | None, words: Sequence[Word], *, keep_place: bool = False) -> None:
        """Show a page from its top, or in place of the same page less sharp; None empties the place."""
        self._sheet.show_page(image, words, keep_words=keep_place)
        self._fit()
        if not keep_place:
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)

    @property
    def pixels(self) -> int:
        """How many pixels across a sharp picture of the page has, as it lies in its file."""
        wide = self._room() * ZOOMS[self._zoom] * self.devicePixelRatioF()
        if self._sheet.sideways:
            wide *= self._sheet.shape
        self._asked = -(-int(max(wide, 1)) // _STEP) * _STEP
        return self._asked

    @property
    def turn(self) -> int:
        """By how many quarters to the right the page is turned."""
        return self._sheet.turn

    def zoom(self, step: int) -> None:
        """Show the page larger or smaller; 0 makes it as wide as its place."""
        self._zoom = min(max(self._zoom + step, 0), len(ZOOMS) - 1) if step else 0
        self._fit()

    def rotate(self) -> None:
        """Turn the page by a quarter to the right."""
        self._sheet.turn_to((self._sheet.turn + 1) % 4)
        self._fit()

    def reset(self) -> None:
        """Upright, and as wide as its place."""
        self._zoom = 0
        self._sheet.turn_to(0)
        self._fit()

    def scroll(self, screens: float) -> None:  # type: ignore[override]
        """Go down the page by so many heights of its place."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + int(screens * self.viewport().height()))

    def step_line(self, step: int) -> str:
        """Choose the next line of the text layer, or the one before; gives its words, empty where there is none."""
        words = self._sheet.choose_line(step)
        if (area := self._sheet.chosen_area()) is not None:
            self.ensureVisible(int(area.center().x()), int(area.center().y()), 40, 60)
        return words

    @property
    def chosen(self) -> str:
        """The words chosen on the page."""
        return self._sheet.chosen_words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _room(self) -> int:
        return max(self.viewport().width() - 2 * look().px(_MARGIN), 1)

    def _fit(self) -> None:
        before = self._asked
        self._sheet.fit(int(self._room() * ZOOMS[self._zoom]), self.viewport().size())
        if self._sheet.has_page and self.pixels != before and before:
            self.picture_wanted.emit()


class _Sheet(QWidget):
    """Paints the page on the ground of the screen, with a hairline around it and the chosen words marked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._shown: QImage | None = None
        self._words: Sequence[Word] = ()
        self._marked: frozenset[int] = frozenset()
        self._line = -1
        self._area = QRectF()
        self._begun: QPointF | None = None
        self.turn = 0
        self.setMouseTracking(True)

    @property
    def has_page(self) -> bool:
        return self._image is not None

    @property
    def sideways(self) -> bool:
        return self.turn % 2 == 1

    @property
    def shape(self) -> float:
        """How many times wider than high the page lies there."""
        return self._image.width() / max(self._image.height(), 1) if self._image is not None else 1.0

    @property
    def chosen_words(self) -> str:
        return " ".join(word.text for place, word in enumerate(self._words) if place in self._marked)

    def show_page(self, image: QImage | None, words: Sequence[Word], *, keep_words: bool) -> None:
        self._image = image
        if not keep_words:
            self._words, self._marked, self._line = words, frozenset(), -1
        self._turned()

    def turn_to(self, turn: int) -> None:
        self.turn = turn
        self._turned()

    def _turned(self) -> None:
        self._shown = self._image.transformed(QTransform().rotate(90 * self.turn)) if self._image is not None and self.turn else self._image
        self.update()

    def fit(self, wide: int, room: QSize) -> None:
        """Give the page its place in the middle of the room, or beyond it."""
        margin, place = look().px(_MARGIN), room.width()
        if self._shown is None:
            self._area = QRectF()
            self.resize(room)
            return
        high = self._shown.height() * wide / max(self._shown.width(), 1)
        self._area = QRectF(max((place - wide) / 2, margin), margin, wide, high)
        self.resize(QSize(max(place, wide + 2 * margin), max(room.height(), int(high) + 2 * margin)))
        self.update()

    def choose_line(self, step: int) -> str:
        lines = sorted({word.line for word in self._words})
        if not lines:
            return ""
        at = lines.index(self._line) + step if self._line in lines else (0 if step > 0 else len(lines) - 1)
        self._line = lines[min(max(at, 0), len(lines) - 1)]
        self._mark(frozenset(place for place, word in enumerate(self._words) if word.line == self._line))
        return self.chosen_words

    def chosen_area(self) -> QRectF | None:
        boxes = [self._box(word) for place, word in enumerate(self._words) if place in self._marked]
        whole = QRectF()
        for box in boxes:
            whole = whole.united(box)
        return whole if boxes else None

    def _mark(self, places: frozenset[int]) -> None:
        self._marked = places
        self.update()
        self.chosen.emit(self.chosen_words)

    def _box(self, word: Word) -> QRectF:
        """Where a word stands on the screen, the page turned as it is."""
        corners = [self._turned_point(word.left, word.top), self._turned_point(word.right, word.bottom)]
        left, right = sorted(point.x() for point in corners)
        top, bottom = sorted(point.y() for point in corners)
        wide, high = self._area.width(), self._area.height()
        return QRectF(self._area.x() + left * wide, self._area.y() + top * high, (right - left) * wide, (bottom - top) * high)

    def _turned_point(self, x: float, y: float) -> QPointF:
        return (QPointF(x, y), QPointF(1 - y, x), QPointF(1 - x, 1 - y), QPointF(y, 1 - x))[self.turn]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose words."""
        if event.button() == Qt.MouseButton.LeftButton and self._words:
            self._begun = event.position()
            self._mark(frozenset())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose from the first word to the one under the pointer."""
        over = any(self._box(word).contains(event.position()) for word in self._words)
        self.setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)
        if self._begun is not None:
            self._choose_between(self._begun, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are chosen."""
        if self._begun is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose_between(self._begun, event.position())
            self._begun = None

    def _choose_between(self, one: QPointF, other: QPointF) -> None:
        box = QRectF(one, other).normalized()
        box = box.adjusted(0, 0, max(1 - box.width(), 0), max(1 - box.height(), 0))
        hit = frozenset(place for place, word in enumerate(self._words) if self._box(word).intersects(box))
        if hit != self._marked:
            self._line = self._words[min(hit)].line if hit else -1
            self._mark(hit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), look().colour("page"))
        if self._shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._area, self._shown)
        accent = QColor(look().colour("accent"))
        accent.setAlpha(70)
        for place in self._marked:
            painter.fillRect(self._box(self._words[place]).adjusted(-1, -1, 1, 1), accent)
        painter.setPen(look().colour("line"))
        painter.drawRect(self._area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def word_at(self, text: str) -> QPoint:
        """The middle of the first word with this text, for whoever points at it."""
        return next(self._box(word).center().toPoint() for word in self._words if word.text == text)
