"""Parts of which one is shown at a time, and only that one asks for room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Stack(QStackedWidget):
    """Asks for the room of the part that is shown: what lies behind it does not make a small screen too small."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """No: else the layout would ask what every part would need at that width, and squeeze its neighbours for it."""
        return False

    def sizeHint(self) -> QSize:
        """What the part that is shown would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the part that is shown needs."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else super().minimumSizeHint()
