"""A bar of commands at the foot of a page, with the words why one of them cannot be done now."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel


class CommandBar(Restyled, QFrame):
    """Shows commands as buttons, one of them the main one; a command that is closed says why in its tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setProperty("ground", "surface")
        self.setAccessibleName(name)
        self._tips: dict[QAction, str] = {}
        self._words = ElidedLabel("", Type.SMALL, "soft")
        self._row = Flow(self)
        self.restyle()

    def add(self, action: QAction, kind: str = "plain") -> CommandButton:
        """Add a command."""
        self._tips[action] = action.toolTip()
        button = CommandButton(action, kind)
        self._row.addWidget(button)
        if self.focusProxy() is None:
            self.setFocusProxy(button)
        return button

    def finish(self) -> None:
        """All commands are there: the words stand behind them."""
        self._row.add_growing(self._words)

    def allow(self, action: QAction, allowed: bool, why_not: str = "") -> None:
        """Open or close a command; `why_not` is its tip while it is closed."""
        action.setEnabled(allowed)
        action.setToolTip(self._tips[action] if allowed or not why_not else why_not)

    def say(self, words: str) -> None:
        """Say something beside the commands."""
        self._words.set_words(words)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 8, 16, 8, 8)
