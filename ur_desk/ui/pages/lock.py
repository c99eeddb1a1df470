"""The page of a locked desk: who may open it, by PIN or passphrase, and nothing else of the workspace."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

WIDE = 380


class LockPage(Restyled, QFrame):
    """Covers the window while the workspace is closed; says what was typed to open it."""

    pin_given = Signal(str)
    """A PIN that may open the desk."""
    passphrase_given = Signal(str)
    """A passphrase that may."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_pin = False
        self._pin_may = False
        self._busy = False
        self.setProperty("ground", "surface")
        self.title = Text(self.tr("Locked"), Type.HEADING)
        self.who = Text(person, Type.STRONG, wrap=True)
        self.sentence = Text("", Type.BODY, "soft", wrap=True)
        self.field = LineEntry()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.returnPressed.connect(self.commit)
        self.row = FieldRow(self.tr("Passphrase"), self.field, setting=Setting.STACKED)
        self.unlock_button = self._button(self.tr("Unlock"), "main", self.commit)
        self.other_button = self._button("", "quiet", self._turn)
        self._lay_out()
        self.restyle()

    def _button(self, words: str, kind: str, pressed: object) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", kind)
        button.setAutoDefault(False)
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.unlock_button)
        self._buttons.addWidget(self.other_button)
        self._buttons.addStretch(1)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        for part in (self.title, self.who, self.sentence, self.row):
            self._column.addWidget(part)
        self._column.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._inner)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(3)
        self.setFocusProxy(self.field)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self._inner.setFixedWidth(look().px(WIDE))
        inset(self._column, 0, 0, 0, 0, 8)
        inset(self._buttons, 0, 4, 0, 0, 8)

    def ask(self, by_pin: bool, why: str) -> None:
        """Ask for the PIN where one opens the desk, else for the passphrase; `why` says what locked it."""
        self._pin_may = by_pin
        self.sentence.setText(why)
        self._show(by_pin)

    @property
    def by_pin(self) -> bool:
        """Whether the PIN is asked for now."""
        return self._by_pin

    def refuse(self, error: UserError, pin_may: bool) -> None:
        """Say why it did not open; `pin_may` whether a PIN may still be tried."""
        self.set_busy(False)
        if self._by_pin and not pin_may:
            self._pin_may = False
            self._show(False)
        self.row.set_problem(f"{error.message} {error.hint}".strip())
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While one try is under way there is no other."""
        self._busy = busy
        self.unlock_button.setEnabled(not busy)
        self.field.setReadOnly(busy)

    def commit(self) -> None:
        """Try what was typed; it is not kept here."""
        typed = self.field.text()
        if self._busy:
            return
        if not typed:
            self.row.set_problem(self.tr("Type it first."))
            return
        self.set_busy(True)
        self.row.set_problem("")
        self.field.clear()
        (self.pin_given if self._by_pin else self.passphrase_given).emit(typed)

    def _turn(self) -> None:
        self._show(not self._by_pin)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, by_pin: bool) -> None:
        self._by_pin = by_pin
        name = self.tr("PIN") if by_pin else self.tr("Passphrase")
        self.field.clear()
        self.row.set_name(name)
        self.row.set_problem("")
        digits = Qt.InputMethodHint.ImhDigitsOnly if by_pin else Qt.InputMethodHint.ImhNone
        self.field.setInputMethodHints(digits | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.other_button.setText(self.tr("Use the passphrase") if by_pin else self.tr("Use the PIN"))
        self.other_button.setVisible(self._pin_may)
