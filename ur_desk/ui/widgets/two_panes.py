"""A list beside what it shows; one below the other where the window is too narrow or the zoom too large."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled

BESIDE_FROM = 760
"""Pixels at 100 % from which both have room side by side."""


class TwoPanes(Restyled, QSplitter):
    """The list at the left takes a third, up to a measure; what it shows takes the rest."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.both = [first, second]
        self.setStretchFactor(1, 1)
        self.restyle()

    def restyle(self) -> None:
        """Side by side or one below the other, as the width and the zoom allow."""
        beside = self.width() >= look().px(BESIDE_FROM)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted == self.orientation() and any(self.sizes()):
            return
        self.setOrientation(wanted)
        if beside:
            first = min(self.width() // 3, look().px(380))
            self.setSizes([first, self.width() - first])
        else:
            self.setSizes([self.height() // 3, self.height() * 2 // 3])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self.restyle()
