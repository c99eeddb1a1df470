"""A line across the window that reminds of something until it is done, with the button that does it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class Reminder(Restyled, QFrame):
    """Says what is open, and does it at the press of its button."""

    def __init__(self, words: str, verb: str, run: Callable[[], object], tone: Tone = Tone.ASK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setProperty("ground", tone.ground)
        self.setProperty("edge", "bottom")
        self.setAccessibleName(words)
        self.button = QPushButton(verb)
        self.button.setProperty("kind", "plain")
        self.button.setAutoDefault(False)
        self.button.setAccessibleDescription(words)
        self.button.clicked.connect(lambda: run())
        self._row = QHBoxLayout(self)
        self._row.addWidget(Text(words, Type.SMALL, tone.ink, wrap=True), 1)
        self._row.addWidget(self.button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 4, 16, 4, 12)
