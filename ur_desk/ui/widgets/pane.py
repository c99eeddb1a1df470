"""A pane of the review screen: a head with its name and what stands beside it, a body, and F6 from one to the next."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

HEAD = 29
"""Pixels at 100 % of a head, as high as the icons that may stand in it."""


class Pane(Restyled, QFrame):
    """A named column: head, then a body that fills the rest."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAccessibleName(title)
        self._title = Text(title, Type.STRONG)
        self._title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.head = QHBoxLayout()
        self.head.addWidget(self._title)
        self.under_head = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self.head)
        self._column.addLayout(self.under_head)
        self.restyle()

    @property
    def title(self) -> str:
        """The pane's name."""
        return self._title.text()

    def set_body(self, body: QWidget, *above: QWidget) -> None:
        """Fill the pane: parts of their own height, then the body."""
        for part in above:
            self._column.addWidget(part)
        self._column.addWidget(body, 1)
        self.setFocusProxy(body)

    def restyle(self) -> None:
        """16 pixels from the edge, as everything else; the names of panes side by side stand at one height, with icons or without."""
        self._title.setMinimumHeight(look().px(HEAD))
        inset(self.head, 16, 7, 12, 4, 6)
        inset(self.under_head, 16, 0, 12, 6 if self.under_head.count() else 0, 6)


class PaneCycle(QObject):
    """F6 and Shift+F6 go round the panes of a window; each pane gets the focus back where it had it."""

    pane_entered = Signal(object)
    """The pane that has the focus now."""

    def __init__(self, window: QWidget, panes: list[QWidget], reveal: Callable[[QWidget], bool] = lambda _pane: False) -> None:
        """`reveal` brings a pane that is out of sight into it, where there is a way; False where there is none."""
        super().__init__(window)
        self._panes = panes
        self._reveal = reveal
        self._last: dict[int, QWidget] = {}
        self.next_action = self._action(self.tr("Next pane"), "F6", self.go_next)
        self.previous_action = self._action(self.tr("Previous pane"), "Shift+F6", self.go_back)
        window.addActions([self.next_action, self.previous_action])
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def current(self) -> int | None:
        """Which pane has the focus, by its place among them; None where none has."""
        return self._pane_of(QApplication.focusWidget())

    def go_next(self) -> None:
        """To the next pane that is in sight or can be brought there, round and round."""
        self._go(1)

    def go_back(self) -> None:
        """To the pane before."""
        self._go(-1)

    def go_to(self, place: int) -> None:
        """To one pane, by its place."""
        pane = self._panes[place]
        last = self._last.get(place)
        target = last if last is not None and isValid(last) and last.isVisible() and last.isEnabled() else pane
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self, step: int) -> None:
        now, count = self.current(), len(self._panes)
        start = now if now is not None else (-1 if step > 0 else count)
        for turn in range(1, count + 1):
            place = (start + step * turn) % count
            if self._panes[place].isVisible() or self._reveal(self._panes[place]):
                self.go_to(place)
                return

    def _action(self, words: str, key: str, call: object) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(call)
        return action

    def _pane_of(self, widget: QWidget | None) -> int | None:
        for place, pane in enumerate(self._panes):
            if widget is not None and (widget is pane or pane.isAncestorOf(widget)):
                return place
        return None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        place = self._pane_of(new)
        if place is None or new is None:
            return
        entered = place not in self._last or _old is None or self._pane_of(_old) != place
        self._last[place] = new
        if entered:
            self.pane_entered.emit(self._panes[place])
