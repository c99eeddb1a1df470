"""A list beside what it shows; one of them at a time where the window is too narrow or the zoom too large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset

BESIDE_FROM = 760
"""Pixels at 100 % from which both have room side by side."""


class TwoPanes(Restyled, QWidget):
    """The list at the left takes a third, up to `first_width` pixels at 100 %, or half; what it shows takes the rest.
    Where there is no room, tabs lead to each.

    Without `tabs` the panes themselves lead to each other, where a screen is too low for a row of them.
    """

    fitted = Signal(bool)
    """Whether both are in sight from here on."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        names: tuple[str, str],
        parent: QWidget | None = None,
        first_width: int = 380,
        tabs: bool = True,
        halves: bool = False,
    ) -> None:
        super().__init__(parent)
        self._has_tabs = tabs
        self._first_width = first_width
        self._share = 33
        self._halves = halves
        self.both = [first, second]
        self._shown = 0
        self._beside: bool | None = None
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self._bar = QFrame()
        self._bar.setProperty("ground", "surface")
        self._bar.setProperty("edge", "bottom")
        self._row = QHBoxLayout(self._bar)
        self._group = QButtonGroup(self)
        self._tabs = [self._tab(place, name) for place, name in enumerate(names)]
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.splitter, 1)
        for pane in self.both:
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(0, int(halves))
        self.splitter.setStretchFactor(1, 1)
        self.restyle()

    def _tab(self, place: int, name: str) -> QToolButton:
        tab = QToolButton()
        tab.setText(name)
        tab.setAccessibleName(self.tr("Show: {0}").format(name))
        tab.setCheckable(True)
        tab.setProperty("kind", "tab")
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.clicked.connect(lambda: self.show_pane(place))
        self._group.addButton(tab)
        self._row.addWidget(tab)
        return tab

    def set_first(self, width: int, share: int) -> None:
        """Let the list take up to this many pixels at 100 % from here on, and at most this much of a hundred of the whole."""
        if (width, share) != (self._first_width, self._share):
            self._first_width, self._share = width, share
            self._beside = False
            self._fit()

    @property
    def beside(self) -> bool:
        """Whether both are in sight."""
        return bool(self._beside)

    def show_pane(self, place: int) -> None:
        """Bring one of the two into sight: 0 the list, 1 what it shows."""
        self._shown = place
        self._fit()

    def reveal(self, widget: QWidget) -> bool:
        """Bring the pane of a part into sight; False where it is in neither."""
        for place, pane in enumerate(self.both):
            if self.isVisible() and (pane is widget or pane.isAncestorOf(widget)):
                self.show_pane(place)
                return True
        return False

    def restyle(self) -> None:
        """Side by side or one at a time, as the width and the zoom allow."""
        inset(self._row, 12, 4, 12, 4, 4)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= look().px(BESIDE_FROM)
        self._bar.setVisible(self._has_tabs and not beside)
        for place, (pane, tab) in enumerate(zip(self.both, self._tabs, strict=True)):
            pane.setVisible(beside or place == self._shown)
            tab.setChecked(place == self._shown)
        if beside and not self._beside:
            first = self.width() // 2 if self._halves else min(self.width() * self._share // 100, look().px(self._first_width))
            self.splitter.setSizes([first, self.width() - first])
        before, self._beside = self._beside, beside
        if before is not beside:
            self.fitted.emit(beside)
