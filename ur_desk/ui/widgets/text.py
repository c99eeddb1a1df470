"""Words on the screen: a label in a text style, and one that elides and keeps the whole in its tool tip."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.restyled import polish_again


class Text(QLabel):
    """A label in one of the text styles and inks; never reads its words as markup."""

    def __init__(
        self, words: str = "", style: Type = Type.BODY, ink: str = "text", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", style.name.lower())
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        self.setText(words)

    def set_ink(self, ink: str) -> None:
        """Take another ink."""
        if self.property("ink") == ink:
            return
        self.setProperty("ink", ink)
        polish_again(self)


class ElidedLabel(Text):
    """One line that gives way: what does not fit elides, and the whole stands in the tool tip and for screen readers."""

    def __init__(
        self,
        words: str = "",
        style: Type = Type.BODY,
        ink: str = "text",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", style, ink, parent=parent)
        self._mode = mode
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    @property
    def words(self) -> str:
        """The whole, elided or not."""
        return self._words

    @property
    def elided(self) -> bool:
        """Whether part of the words is out of sight."""
        return self._shown() != self._words

    def set_words(self, words: str) -> None:
        """Show other words, on one line."""
        self._words = " ".join(words.split())
        self.setText(self._words)
        self.setAccessibleName(self._words)
        self._tell_the_whole()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        whole = super().minimumSizeHint()
        few = self.fontMetrics().horizontalAdvance("mmm…")
        return QSize(min(whole.width(), few), whole.height())

    def full_width(self) -> int:
        """The width at which nothing elides."""
        self.ensurePolished()
        return QFontMetrics(self.font()).horizontalAdvance(self._words) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip is there only while something is out of sight."""
        super().resizeEvent(event)
        self._tell_the_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Another font takes another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._tell_the_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        if not self._words:
            return
        from PySide6.QtWidgets import QStyle, QStylePainter  # slow to load, and nothing elides in the first picture

        painter = QStylePainter(self)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter, self.contentsRect(), int(align), self.palette(), self.isEnabled(), self._shown(), self.foregroundRole()
        )

    def _shown(self) -> str:
        return QFontMetrics(self.font()).elidedText(self._words, self._mode, self.contentsRect().width())

    def _tell_the_whole(self) -> None:
        self.setToolTip(self._words if self.elided else "")
