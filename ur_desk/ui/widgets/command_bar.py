"""A bar of commands at the foot of a page, with the words why one of them cannot be done now."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel

ROOMY = 330
"""Pixels at 100 % of a page from which its bar may take two rows; what takes more stands in the menu behind *More*."""


class CommandBar(Restyled, QFrame):
    """Shows commands as buttons, one of them the main one; a command that is closed says why in its tip.

    The last of those that are not the main one go into a menu where the window is too narrow, or the zoom too large, for two rows; on a low page for one.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setProperty("ground", "surface")
        self.setAccessibleName(name)
        self._tips: dict[QAction, str] = {}
        self._words = ElidedLabel("", Type.SMALL, "soft")
        self._buttons: list[tuple[QAction, CommandButton]] = []
        self._kinds: dict[QAction, str] = {}
        self._left_out: set[QAction] = set()
        self.more = QToolButton()
        self.more.setText(self.tr("More ▾"))
        self.more.setAccessibleName(self.tr("More commands"))
        self.more.setProperty("kind", "quiet")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self._row = Flow(self)
        self.restyle()

    def add(self, action: QAction, kind: str = "plain") -> CommandButton:
        """Add a command."""
        self._tips[action] = action.toolTip()
        self._kinds[action] = kind
        button = CommandButton(action, kind)
        self._row.addWidget(button)
        self._buttons.append((action, button))
        if self.focusProxy() is None:
            self.setFocusProxy(button)
        return button

    def finish(self) -> None:
        """All commands are there: the words stand behind them."""
        self._row.addWidget(self.more)
        self.more.hide()
        self._row.add_growing(self._words)
        self._fit()

    def put_first(self, actions: Sequence[QAction], main: QAction | None) -> None:
        """Let these commands stand first, in this order, and make one of them the main one; all others keep their order and look."""
        place = {action: number for number, action in enumerate(actions)}
        told = sorted(self._buttons, key=lambda pair: place.get(pair[0], len(place)))
        for action, button in told:
            plain = "plain" if action in place and self._kinds[action] == "main" else self._kinds[action]
            button.set_kind("main" if action is main else plain)
        if told != self._buttons:
            self._buttons = told
            self._row.put_first([button for _, button in told])
            for (_, before), (_, behind) in pairwise(told):
                QWidget.setTabOrder(before, behind)
            self._fit()

    def offer(self, action: QAction, offered: bool) -> None:
        """Show a command on the bar, or leave it out where it could not be done at all."""
        (self._left_out.discard if offered else self._left_out.add)(action)
        self._fit()

    def allow(self, action: QAction, allowed: bool, why_not: str = "") -> None:
        """Open or close a command; `why_not` is its tip while it is closed."""
        action.setEnabled(allowed)
        action.setToolTip(self._tips[action] if allowed or not why_not else why_not)

    def say(self, words: str) -> None:
        """Say something beside the commands."""
        self._words.set_words(words)

    def say_where_silent(self, words: str) -> None:
        """Say something where nothing is said yet: what was done or refused stands until somebody types on."""
        if not self._words.words:
            self.say(words)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 8, 16, 8, 8)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the height of the page from here on."""
        super().showEvent(event)
        page = self.parentWidget()
        if page is not None:
            page.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew where the page became higher or lower."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return False

    def _fit(self) -> None:
        """Put into the menu what the rows have no room for."""
        shown = [(action, button) for action, button in self._buttons if action not in self._left_out and action.isVisible()]
        kept = list(shown)
        page = self.parentWidget()
        if page is not None and self.width() > look().px(200):
            most = 2 if page.height() >= look().px(ROOMY) else 1
            while self._rows([button for _, button in kept], len(kept) < len(shown)) > most:
                last = next((pair for pair in reversed(kept[1:]) if pair[1].property("kind") != "main"), None)
                if last is None:
                    break
                kept.remove(last)
        for action, button in self._buttons:
            show_if(button, (action, button) in kept)
        behind = [action for action, _ in shown if action not in {each for each, _ in kept}]
        menu = self.more.menu()
        if menu is not None and menu.actions() != behind:
            menu.clear()
            menu.addActions(behind)
        show_if(self.more, bool(behind))

    def _rows(self, buttons: list[CommandButton], more: bool) -> int:
        """How many rows these take, with the button of the menu where there is one."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        room = self.width() - margins.left() - margins.right()
        parts: list[QWidget] = [*buttons, *([self.more] if more else [])]
        rows, taken = 1, 0
        for width in (min(part.sizeHint().width(), room) for part in parts):
            if taken and taken + gap + width > room:
                rows, taken = rows + 1, 0
            taken += width + (gap if taken else 0)
        return rows
