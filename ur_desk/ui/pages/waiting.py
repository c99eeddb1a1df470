"""What the window shows before its workspace is open; the first thing that is painted, so light to load."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.text import Text


class Waiting(QFrame):
    """What is shown until the workspace is open, and why it cannot be opened; tells when it was first painted."""

    painted = Signal()
    """The first picture is on the screen."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._told = False
        self.setProperty("ground", "surface")
        self._title = Text("", Type.TITLE)
        self._sentence = Text("", Type.BODY, "soft", wrap=True)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        self.say(title, sentence)

    def say(self, title: str, sentence: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and the first time say so once the picture is out."""
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)
