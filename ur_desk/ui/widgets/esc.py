"""Forms and views that Esc closes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # a second Qt class among the bases would be one too many


class EscCloses(_Widget):
    """A mixin before the Qt class, which has a signal `closed`: Esc emits it."""

    if TYPE_CHECKING:

        @property
        def closed(self) -> SignalInstance:
            """The person thought better of it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
