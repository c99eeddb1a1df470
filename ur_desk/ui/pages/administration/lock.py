"""The lock of the workspace as the administrator sets it: after how many minutes without a key or a click it falls."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ur_desk.domain.guard.lock import IDLE_LEAST, IDLE_MOST, IDLE_USUAL
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry

if TYPE_CHECKING:
    from ur_desk.desk.verbs import Done

STEP = 5


class LockView(QFrame):
    """One choice, and what it means."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("ground", "surface")
        self.form = InlineForm(self.tr("Idle lock"), self.tr("Save"), closes=False)
        self.form.say(
            self.tr(
                "After this time without a key or a click the workspace is closed. Everybody opens it again with their own PIN or passphrase, "
                "where they left it. After sleep, and when the computer itself is locked, it takes the passphrase at any rate."
            )
        )
        minutes = [(str(each), self._words(each)) for each in range(IDLE_LEAST, IDLE_MOST + 1, STEP)]
        self.form.add("minutes", self.tr("Lock after"), ChoiceEntry(minutes))
        self.form.finish()
        self.form.committed.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.form.entry("minutes"))

    def _words(self, minutes: int) -> str:
        words = self.tr("{0} minutes").format(minutes)
        return self.tr("{0}, as usual").format(words) if minutes == IDLE_USUAL else words

    def read_again(self) -> None:
        """Read once more what is set."""
        self._session.read(lambda desk: desk.lock.minutes, self, self._fill, self.form.refuse)

    def _fill(self, minutes: int) -> None:
        entry = self.form.entry("minutes")
        if isinstance(entry, ChoiceEntry) and entry.findData(str(minutes)) < 0:
            entry.addItem(self._words(minutes), str(minutes))  # set by hand, between two steps
        self.form.fill({"minutes": str(minutes)})

    def _save(self) -> None:
        minutes = int(self.form.text("minutes"))
        self._session.write(lambda desk: desk.lock.set_minutes(minutes), self, self._saved, self.form.refuse)

    def _saved(self, done: "Done[int]") -> None:
        self.said.emit(self.tr("The desk locks itself after {0} minutes").format(done.value))
