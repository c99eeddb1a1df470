"""Words to read that show whole lines only: what is left of a line at the foot stays blank."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class WholeLines(QPlainTextEdit):
    """A text without frame that nobody changes."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("bare", True)
        self.setAccessibleName(name)

    @property
    def around(self) -> int:
        """Pixels above and below the lines, those of the frame too."""
        return 2 * int(self.document().documentMargin()) + self.height() - self.contentsRect().height()

    def height_of(self, lines: int) -> int:
        """The height in which so many lines stand whole."""
        return lines * self.fontMetrics().lineSpacing() + self.around

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The foot takes what is no whole line."""
        room, line = self.height() - self.around, self.fontMetrics().lineSpacing()
        foot = room % line if room > line else 0
        if self.viewportMargins().bottom() != foot:
            self.setViewportMargins(0, 0, 0, foot)
        super().resizeEvent(event)
