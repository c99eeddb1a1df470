"""The first card of a new workspace: who begins it, and with which passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.passphrase import NewPassphrase


class FirstRunPage(Card):
    """Begins a workspace with its first account, administrator and nurse at once."""

    given = Signal(str, str, str)
    """The name to sign in with, the full name, and the passphrase."""

    restore_wanted = Signal()
    """There is a backup: it is to be laid there."""

    def __init__(self, name: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.name, self.display = LineEntry(), LineEntry()
        self.row = self.ask(self.tr("You sign in as"), self.name, self.tr("A short name; it does not change any more."))
        self.ask(self.tr("Your full name"), self.display, self.tr("As letters and the audit trail show it."))
        self.new = NewPassphrase()
        self.add(self.new)
        for entry in (self.name, self.display):
            entry.changed.connect(self._known)
        self.name.retype(name)
        self.name.returnPressed.connect(self.display.setFocus)
        self.display.returnPressed.connect(self.new.setFocus)
        self.new.entered.connect(self.commit)
        self.watch_caps(self.new.first, self.new.again)
        self.button(self.tr("Begin the workspace"), "main", self.commit)
        self.button(self.tr("Restore a backup…"), "quiet", self.restore_wanted.emit)
        self.say(
            self.tr("A new workspace"),
            self.tr(
                "It will lie in {0}, encrypted. You are its administrator and a nurse, and can let others in. Nobody can look up a "
                "forgotten passphrase: a recovery key in two parts is made next."
            ).format(folder),
        )

    def _known(self) -> None:
        self.new.know((self.name.typed(), self.display.typed()))

    def commit(self) -> None:
        """Begin it where name and passphrase can be taken."""
        if self.busy:
            return
        self.row.set_problem("" if self.name.typed() else self.tr("Say the name with which you sign in."))
        if self.row.problem:
            self.name.setFocus()
        elif self.new.check():
            self.set_busy(True)
            self.given.emit(self.name.typed(), self.display.typed(), self.new.take())
