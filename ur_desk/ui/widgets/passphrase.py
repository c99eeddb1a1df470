"""Where passphrases are typed: unseen unless the person wants to see them, with words on how strong a new one is."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from ur_desk.domain.guard.passphrase import LEAST_CHARACTERS, LEAST_LETTERS, LEAST_WORDS, check_passphrase, normal
from ur_desk.errors import UserError
from ur_desk.ui.look import look
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset


class PassphraseEntry(Restyled, LineEntry):
    """One line that hides what is typed; its button shows it, and it says when Caps Lock seems to be on."""

    caps_changed = Signal(bool)
    """Whether the last letter came out as if Caps Lock were on; no platform is asked, the letters tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        self.setInputMethodHints(hints)
        self.show_button = QToolButton(self)
        self.show_button.setProperty("kind", "quiet")
        self.show_button.setCheckable(True)
        self.show_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.show_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_button.toggled.connect(self._reveal)
        self._reveal(False)
        self.restyle()

    @property
    def caps(self) -> bool:
        """Whether Caps Lock seems to be on."""
        return self._caps

    def retype(self, typed: str) -> None:
        """Put something in, unseen."""
        self.show_button.setChecked(False)
        super().retype(typed)

    def restyle(self) -> None:
        """Leave room for the button."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and notice letters that come out in the other case than the Shift key says."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        told = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(False)  # whichever it was, it is the other now: the next letter tells
        elif len(told) == 1 and told.isalpha() and told.lower() != told.upper():
            self._set_caps(told.isupper() != shifted)
        super().keyPressEvent(event)

    def _set_caps(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_changed.emit(on)

    def _reveal(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_button.setText(self.tr("Hide") if shown else self.tr("Show"))
        self.show_button.setAccessibleName(self.tr("Hide what is typed") if shown else self.tr("Show what is typed"))
        self._place()

    def _place(self) -> None:
        wanted, edge = self.show_button.sizeHint(), look().px(3)
        self.show_button.resize(wanted.width(), max(self.height() - 2 * edge, 1))
        self.show_button.move(self.width() - wanted.width() - edge, edge)
        self.setTextMargins(0, 0, wanted.width(), 0)


class NewPassphrase(Restyled, QWidget):
    """A passphrase that is chosen: typed twice, with words on its strength while it grows."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed in the second line."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[str, ...] = ()
        self.first, self.again = PassphraseEntry(), PassphraseEntry()
        self.row = FieldRow(name or self.tr("Passphrase"), self.first, setting=Setting.STACKED)
        self.again_row = FieldRow(self.tr("The same again"), self.again, setting=Setting.STACKED)
        self._column = QVBoxLayout(self)
        for row in (self.row, self.again_row):
            self._column.addWidget(row)
        for entry in (self.first, self.again):
            entry.changed.connect(self._told)
        self.first.returnPressed.connect(lambda: self.again.setFocus(Qt.FocusReason.TabFocusReason))
        self.again.returnPressed.connect(self.entered)
        self.setFocusProxy(self.first)
        self.restyle()
        self._told()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 0, 0, 0, 10)

    def know(self, names: Iterable[str]) -> None:
        """Take names that must not be most of it, such as the account's own."""
        self._known = tuple(names)
        self._told()

    def check(self) -> bool:
        """Whether it can be taken; says beside the lines what is wrong, and goes there."""
        wrong: Mapping[FieldRow, str] = {self.row: self._weakness(), self.again_row: self._difference()}
        for row, problem in wrong.items():
            row.set_problem(problem)
        first = next((row for row, problem in wrong.items() if problem), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def take(self) -> str:
        """The passphrase, which stays here no longer."""
        typed = self.first.typed()
        self.clear()
        return typed

    def clear(self) -> None:
        """Forget what was typed."""
        for entry in (self.first, self.again):
            entry.retype("")

    def _weakness(self) -> str:
        try:
            check_passphrase(self.first.typed(), self._known)
        except UserError:
            return strength_words(self.first.typed(), self._known)
        return ""

    def _difference(self) -> str:
        return "" if self.first.typed() == self.again.typed() else self.tr("The two are not the same.")

    def _told(self) -> None:
        """Say how strong it is; what was wrong is read again, what was not is left alone."""
        self.row.set_hint(strength_words(self.first.typed(), self._known))
        if self.row.problem:
            self.row.set_problem(self._weakness())
        if self.again_row.problem:
            self.again_row.set_problem(self._difference())
        self.changed.emit()


def strength_words(typed: str, known: Iterable[str] = ()) -> str:
    """How a passphrase stands to the floor while it is typed."""
    told = normal(typed)
    words = len([word for word in told.split() if len(word) >= LEAST_LETTERS])
    if not told:
        return _tr("At least {0} characters, or {1} words that nobody would say in that order.").format(LEAST_CHARACTERS, LEAST_WORDS)
    try:
        check_passphrase(typed, known)
    except UserError as weak:
        if len(told) < LEAST_CHARACTERS and words < LEAST_WORDS:
            return _tr("Too short yet: {0} of {1} characters, {2} of {3} words.").format(len(told), LEAST_CHARACTERS, words, LEAST_WORDS)
        return weak.message
    return _tr("Good: {0} characters.").format(len(told)) if words < 2 else _tr("Good: {0} characters, {1} words.").format(len(told), words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("passphrase", text)
