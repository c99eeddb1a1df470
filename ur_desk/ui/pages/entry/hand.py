"""Handing the draft in the form to a colleague: to whom, and a word with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ur_desk.domain.intake.handing import NOTE_LIMIT
from ur_desk.domain.people import Account
from ur_desk.ui.fonts import Type
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text


class HandOver(Restyled, QFrame):
    """A line above the form; Enter hands over once a colleague is chosen, Esc closes."""

    closed = Signal()
    """The person thought better of it."""
    wanted = Signal(str, str)
    """Hand the draft to the account of this name, with this word."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("ground", "accent_soft")
        self.setAccessibleName(self.tr("Hand the draft to a colleague"))
        self.colleague = ChoiceEntry((), self)
        self.colleague.setAccessibleName(self.tr("Colleague"))
        self.note = LineEntry(self.tr("A word for the colleague"), self)
        self.note.setAccessibleName(self.tr("A word for the colleague"))
        self.note.setMaxLength(NOTE_LIMIT)
        self.button = QPushButton(self.tr("Hand over"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._hand)
        self.note.returnPressed.connect(self._hand)
        self.colleague.changed.connect(lambda: self._say_missing(""))
        self._row = QHBoxLayout(self)
        self._row.addWidget(Text(self.tr("Hand to"), Type.SMALL_STRONG, parent=self))
        self._row.addWidget(self.colleague)
        self.missing = Text("", Type.SMALL, "bad", parent=self)
        self._row.addWidget(self.missing)
        self._row.addWidget(self.note, 1)
        self._row.addWidget(self.button)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 6, 12, 6, 8)

    def ask(self) -> None:
        """Ask to whom; everybody who opens cases is offered."""
        self._session.read(lambda desk: desk.intake.colleagues(), self, done=self._offer)

    def _offer(self, colleagues: Sequence[Account]) -> None:
        """Nobody is chosen first: one Return too many hands nothing to the wrong colleague."""
        self.colleague.clear()
        self.colleague.addItem("–" if colleagues else self.tr("Nobody else opens cases here"), "")
        for account in colleagues:
            self.colleague.addItem(account.display, account.name)
        self.button.setEnabled(bool(colleagues))
        self.note.clear()
        self._say_missing("")
        self.show()
        self.colleague.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _hand(self) -> None:
        if self.colleague.typed():
            self.wanted.emit(self.colleague.typed(), self.note.typed())
        elif self.button.isEnabled():
            self._say_missing(self.tr("Choose to whom. Nothing was handed over."))
            self.colleague.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_missing(self, words: str) -> None:
        self.missing.setText(f"⚠ {words}" if words else "")
        self.colleague.setAccessibleDescription(words)
        show_if(self.missing, bool(words))
