"""How far a long step is: words over a bar, above what it brings."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class ProgressHead(Restyled, QWidget):
    """Says how far it is; the bar is there only while something is under way."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text("", Type.BODY)
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(name)
        self.bar.setTextVisible(False)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.words)
        self._column.addWidget(self.bar)
        self.restyle()

    def say(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say these words, and show `done` of `total`."""
        self.words.setText(words)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 4, 16, 12, 8)
