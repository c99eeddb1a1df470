"""The card that asks whether the computer's system disk is encrypted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.card import Card


class DiskPage(Card):
    """Asks an administrator; whatever they say is kept, and without a yes it is asked again in a week."""

    answered = Signal(object)
    """True, False, or None where they do not know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.yes_button = self.button(self.tr("Yes, it is"), "plain", lambda: self._answer(True))
        self.no_button = self.button(self.tr("No"), "plain", lambda: self._answer(False))
        self.button(self.tr("I do not know"), "plain", lambda: self._answer(None))
        self.closes(self.tr("Later"))
        self.say(
            self.tr("Is this computer's system disk encrypted?"),
            self.tr(
                "The workspace is encrypted by itself. What the system writes of its own accord is not: swap space, the hibernation file, "
                "the print spool. BitLocker on Windows, FileVault on a Mac, LUKS on Linux close that gap; whoever looks after the computer "
                "can switch it on. The program cannot look by itself, so it asks, weekly until the answer is yes."
            ),
        )

    def _answer(self, encrypted: bool | None) -> None:
        if not self.busy:
            self.set_busy(True)
            self.answered.emit(encrypted)
