"""The line at the foot of the window: what is going on, how to stop it, and how the trail stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel, Text


class StatusLine(Restyled, QFrame):
    """One quiet line; a screen reader hears of it when it changes."""

    cancelled = Signal()
    """The person wants what is going on to stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Status"))
        self._said = ElidedLabel("", Type.SMALL, "soft")
        self._going_on = QProgressBar()
        self._going_on.setRange(0, 0)
        self._going_on.setTextVisible(False)
        self._going_on.setAccessibleName(self.tr("Something is going on"))
        self._cancel = QToolButton()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setProperty("kind", "quiet")
        self._cancel.setToolTip(self.tr("Stop after the step under way; what was done stays done"))
        self._cancel.clicked.connect(self.cancelled)
        self._trail = Text("", Type.SMALL, "soft")
        self._witness = Text("", Type.SMALL, "soft")
        self._witness.hide()
        row = QHBoxLayout(self)
        row.addWidget(self._going_on)
        row.addWidget(self._said, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._trail)
        row.addWidget(self._witness)
        self.rest()
        self.restyle()

    @property
    def words(self) -> str:
        """What it says on the left."""
        return self._said.words

    @property
    def trail(self) -> str:
        """What it says of the trail."""
        return self._trail.text()

    @property
    def witness(self) -> str:
        """What it says of the newest code outside; empty where it says nothing."""
        return self._witness.text()

    @property
    def busy(self) -> bool:
        """Whether it says that something is going on."""
        return self._going_on.isVisibleTo(self)

    def work(self, words: str, can_cancel: bool) -> None:
        """Say what is going on."""
        self._say(words)
        self._going_on.show()
        self._cancel.setVisible(can_cancel)

    def rest(self, words: str = "") -> None:
        """Nothing is going on any more; say what was done last."""
        self._say(words)
        self._going_on.hide()
        self._cancel.hide()

    def set_trail(self, words: str, ink: str = "soft", tip: str = "") -> None:
        """Say how the trail stands; without words nothing is said of its witnesses either."""
        if not words:
            self.set_witness("")
        self._trail.setText(words)
        self._trail.setToolTip(tip)
        self._trail.set_ink(ink)

    def set_witness(self, words: str, tip: str = "", ink: str = "soft") -> None:
        """Say how old the newest code outside of this computer is; nothing where the words are empty."""
        self._witness.setText(words)
        self._witness.setToolTip(tip)
        self._witness.set_ink(ink)
        self._witness.setVisible(bool(words))

    def restyle(self) -> None:
        """The grid at the present zoom."""
        layout = self.layout()
        assert layout is not None
        inset(layout, 16, 0, 16, 0, 12)
        self._going_on.setFixedWidth(look().px(60))
        self.setFixedHeight(look().px(28))

    def _say(self, words: str) -> None:
        changed = words != self._said.words
        self._said.set_words(words)
        if words and changed:
            from PySide6.QtGui import QAccessible, QAccessibleEvent  # not needed for the first picture

            QAccessible.updateAccessibility(QAccessibleEvent(self._said, QAccessible.Event.NameChanged))
