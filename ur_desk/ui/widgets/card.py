"""A card: one question alone in the middle of the window, with its fields, its buttons, and what was refused."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.passphrase import PassphraseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text

WIDE = 440
"""Pixels at 100 %; a kind of card that lists things may be wider."""


class Card(Restyled, QFrame):
    """What covers the window's middle while something must be asked; a kind of card adds fields and says what was answered."""

    closed = Signal()
    """The person thought better of it."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None, wide: int = WIDE) -> None:
        super().__init__(parent)
        self._wide = wide
        self._busy = False
        self._closable = False
        self.setProperty("ground", "surface")
        self.title = Text(title, Type.HEADING, wrap=True)
        self.sentence = Text("", Type.BODY, "soft", wrap=True)
        self.caps = Text(self.tr("⇪ Caps Lock seems to be on."), Type.SMALL, "ask", wrap=True)
        self.caps.hide()
        self.notice = Notice()
        self._buttons = QHBoxLayout()
        self._fields = QVBoxLayout()
        self._lay_out()
        self.say(title, sentence)
        self.restyle()

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        for part in (self.title, self.sentence):
            self._column.addWidget(part)
        self._column.addLayout(self._fields)
        self._column.addWidget(self.caps)
        self._column.addWidget(self.notice)
        self._column.addLayout(self._buttons)
        self._buttons.addStretch(1)
        ground = QFrame()
        ground.setProperty("ground", "surface")
        middle, across = QVBoxLayout(ground), QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._inner)  # without an alignment, which would forget that its height depends on its width
        across.addStretch(1)
        middle.addStretch(2)
        middle.addLayout(across)
        middle.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(self.tr("Question"))
        scroll.setWidget(ground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self._inner.setFixedWidth(look().px(self._wide))
        inset(self._column, 0, 12, 0, 12, 12)
        inset(self._fields, 0, 0, 0, 0, 10)
        inset(self._buttons, 0, 4, 0, 0, 8)

    def say(self, title: str, sentence: str) -> None:
        """Ask something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        show_if(self.sentence, bool(sentence))
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)

    # what kinds of cards use -----------------------------------------------------------------------------------------

    def add(self, widget: QWidget) -> None:
        """Add something below what is there."""
        self._fields.addWidget(widget)

    def ask(self, name: str, field: QWidget, hint: str = "") -> FieldRow:
        """Add a field; the first one has the focus."""
        row = FieldRow(name, field, hint, setting=Setting.STACKED)
        self.add(row)
        if self.focusProxy() is None:
            self.setFocusProxy(field)
        return row

    def watch_caps(self, *entries: PassphraseEntry) -> None:
        """Say below the fields when Caps Lock seems to be on in one of these."""
        for entry in entries:
            entry.caps_changed.connect(lambda _on: show_if(self.caps, any(each.caps for each in entries)))

    def button(self, words: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
        """Add a button behind those that are there; Enter presses the one with the focus."""
        button = QPushButton(words)
        button.setProperty("kind", kind)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: pressed())
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        if self.focusProxy() is None:
            self.setFocusProxy(button)
        return button

    def closes(self, words: str) -> QPushButton:
        """Let Esc and a button of these words give up what was asked."""
        self._closable = True
        return self.button(words, "quiet", self.closed.emit)

    # what the window uses --------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether an answer is under way: meanwhile there is no other."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """An answer is under way, or no longer."""
        self._busy = busy
        self._inner.setEnabled(not busy)
        if busy:
            self.notice.hide()

    def refuse(self, error: UserError) -> None:
        """Say what was refused and why."""
        self.set_busy(False)
        self.notice.show_error(error)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes what may be closed."""
        if event.key() == Qt.Key.Key_Escape and self._closable and not self._busy:
            self.closed.emit()
            return
        super().keyPressEvent(event)
