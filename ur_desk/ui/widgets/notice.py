"""A notice in the page: what happened, what to do, what was not lost; it stays until it is closed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import icon, pixmap
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled, inset, polish_again
from ur_desk.ui.widgets.text import Text


class Notice(Restyled, QFrame):
    """Shows a UserError, or any message, above what it concerns; hidden while there is nothing to say."""

    closed = Signal()
    """The person has read it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.BAD
        self._sign = QLabel()
        self._message = Text("", Type.MEDIUM, wrap=True)
        self._hint = Text("", Type.SMALL, "text", wrap=True)
        self._close = QToolButton()
        self._close.setProperty("kind", "quiet")
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close"))
        self._close.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        words.addStretch()
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.restyle()
        self.hide()

    def show_error(self, error: UserError) -> None:
        """Say what happened and what to do; the focus stays where it is."""
        self.show_message(error.message, error.hint, Tone.BAD)

    def show_message(self, message: str, hint: str = "", tone: Tone = Tone.QUIET) -> None:
        """Say something in a tone."""
        self._tone = tone
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setProperty("ground", tone.ground)
        self.setAccessibleName(f"{message} {hint}".strip())
        polish_again(self)
        self.restyle()
        self.show()

    def clear(self) -> None:
        """Say nothing more."""
        self.hide()
        self.closed.emit()

    def restyle(self) -> None:
        """Draw the icons in the ink of the tone."""
        inset(self._row, 16, 8, 8, 8, 12)
        self._sign.setPixmap(pixmap("warning" if self._tone in (Tone.BAD, Tone.ASK) else "info", 16, self._tone.ink))
        self._close.setIcon(icon("close", "text"))
