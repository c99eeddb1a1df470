"""The card of a locked desk: who may open it, by PIN or passphrase, and nothing else of the workspace."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import UserError
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.passphrase import PassphraseEntry


class LockPage(Card):
    """Covers the window while the workspace is closed; says what was typed to open it."""

    pin_given = Signal(str)
    """A PIN that may open the desk."""
    passphrase_given = Signal(str)
    """A passphrase that may."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._person = person
        self._by_pin = False
        self._pin_may = False
        self.field = PassphraseEntry()
        self.field.returnPressed.connect(self.commit)
        self.row = self.ask(self.tr("Passphrase"), self.field)
        self.watch_caps(self.field)
        self.unlock_button = self.button(self.tr("Unlock"), "main", self.commit)
        self.other_button = self.button("", "quiet", self._turn)

    def ask_for(self, by_pin: bool, why: str) -> None:
        """Ask for the PIN where one opens the desk, else for the passphrase; `why` says what locked it."""
        self._pin_may = by_pin
        self.say(self.tr("Locked: {0}").format(self._person), why)
        self._show(by_pin)

    @property
    def by_pin(self) -> bool:
        """Whether the PIN is asked for now."""
        return self._by_pin

    def refuse(self, error: UserError, pin_may: bool = True) -> None:
        """Say why it did not open; `pin_may` whether a PIN may still be tried."""
        self.set_busy(False)
        if self._by_pin and not pin_may:
            self._pin_may = False
            self._show(False)
        self.row.set_problem(f"{error.message} {error.hint}".strip())
        self.field.retype("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Try what was typed; it is not kept here."""
        if self.busy:
            return
        typed = self.field.typed()
        if not typed:
            self.row.set_problem(self.tr("Type it first."))
            return
        self.row.set_problem("")
        self.field.retype("")
        self.set_busy(True)
        (self.pin_given if self._by_pin else self.passphrase_given).emit(typed)

    def _turn(self) -> None:
        self._show(not self._by_pin)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, by_pin: bool) -> None:
        self._by_pin = by_pin
        self.field.retype("")
        self.row.set_name(self.tr("PIN") if by_pin else self.tr("Passphrase"))
        self.row.set_problem("")
        digits = Qt.InputMethodHint.ImhDigitsOnly if by_pin else Qt.InputMethodHint.ImhNoAutoUppercase
        self.field.setInputMethodHints(digits | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.other_button.setText(self.tr("Use the passphrase") if by_pin else self.tr("Use the PIN"))
        self.other_button.setVisible(self._pin_may)
