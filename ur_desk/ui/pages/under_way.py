"""The card of something long that is done to the workspace as a whole: how far it is, and a way to stop it where that is safe."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.text import Text


class UnderWayPage(Card):
    """Shows a bar that fills where it is known how far things are, and one that only moves where it is not."""

    stopped = Signal()
    """The person wants it to stop; asked once."""

    def __init__(self, title: str, sentence: str, *, stops: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, sentence, parent)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(title)
        self.bar.setTextVisible(False)
        self.far = Text("", Type.SMALL, "soft")
        self.add(self.bar)
        self.add(self.far)
        self.stop_button: QPushButton | None = self.closes(self.tr("Cancel")) if stops else None
        self.closed.connect(self._stop)
        self.show_percent(None)

    def show_percent(self, percent: int | None) -> None:
        """How far it is, of 100; None where that is not known."""
        self.bar.setRange(0, 0 if percent is None else 100)
        self.bar.setValue(percent or 0)
        self.far.setText("" if percent is None else self.tr("{0} % is unpacked").format(percent))

    def past_stopping(self) -> None:
        """From here on it goes to its end."""
        if self.stop_button is not None:
            self.stop_button.setEnabled(False)

    def _stop(self) -> None:
        if self.stop_button is not None and self.stop_button.isEnabled():
            self.stop_button.setEnabled(False)
            self.stop_button.setText(self.tr("Stopping…"))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.stopped.emit()
