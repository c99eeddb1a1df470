"""The cards on which a passphrase is chosen: at the first sign-in, in place of another, and with the recovery key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry
from ur_desk.ui.widgets.passphrase import NewPassphrase, PassphraseEntry

if TYPE_CHECKING:
    from ur_desk.desk.doorway import Door


class ChoosePage(Card):
    """The one-time code was right: the passphrase that takes its place is chosen."""

    chosen = Signal(str)
    """The new passphrase."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.new = NewPassphrase()
        self.new.know((name,))
        self.add(self.new)
        self.setFocusProxy(self.new)
        self.new.entered.connect(self.commit)
        self.watch_caps(self.new.first, self.new.again)
        self.button(self.tr("Set it and sign in"), "main", self.commit)
        self.closes(self.tr("Cancel"))
        self.say(
            self.tr("Choose your passphrase"),
            self.tr("The one-time code is right, {0}. From now on you sign in, and sign, with a passphrase that only you know.").format(
                name
            ),
        )

    def commit(self) -> None:
        """Take it where it is strong enough and typed twice alike."""
        if not self.busy and self.new.check():
            self.set_busy(True)
            self.chosen.emit(self.new.take())


class ChangePage(Card):
    """Somebody who sits here takes another passphrase."""

    given = Signal(str, str)
    """The present passphrase and the new one."""

    def __init__(self, name: str, display: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.old, self.new = PassphraseEntry(), NewPassphrase(self.tr("New passphrase"))
        self.row = self.ask(self.tr("Present passphrase"), self.old)
        self.new.know((name, display))
        self.add(self.new)
        self.old.returnPressed.connect(self.new.setFocus)
        self.new.entered.connect(self.commit)
        self.watch_caps(self.old, self.new.first, self.new.again)
        self.button(self.tr("Change it"), "main", self.commit)
        self.closes(self.tr("Cancel"))
        self.say(
            self.tr("Change your passphrase"),
            self.tr("Your signing key stays. Backups made before still open with the passphrase that you had then."),
        )

    def commit(self) -> None:
        """Take it where both are there."""
        if self.busy:
            return
        self.row.set_problem("" if self.old.typed() else self.tr("Type the passphrase that you have now."))
        if not self.row.problem and self.new.check():
            self.set_busy(True)
            old = self.old.typed()
            self.old.retype("")
            self.given.emit(old, self.new.take())

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase in its place."""
        if isinstance(error, WrongPassphrase | TooSoon):
            self.set_busy(False)
            self.row.set_problem(f"{error.message} {error.hint}")
            self.old.setFocus()
        else:
            super().refuse(error)


class RecoverPage(Card):
    """Two people give both parts of the recovery key, and an administrator a new passphrase."""

    given = Signal(str, str, str, str)
    """The administrator's name, both parts, and the new passphrase."""

    def __init__(self, door: "Door", name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.who = ChoiceEntry([(each, each) for each in door.names])
        self.who.retype(name)
        self.ask(self.tr("Administrator"), self.who)
        self.parts = (LineEntry(), LineEntry())
        names = (self.tr("First part, typed by its holder"), self.tr("Second part, typed by its holder"))
        self.rows = tuple(self.ask(words, part) for words, part in zip(names, self.parts, strict=True))
        self.new = NewPassphrase(self.tr("New passphrase of the administrator"))
        self.add(self.new)
        self.who.changed.connect(lambda: self.new.know((self.who.typed(),)))
        self.new.know((self.who.typed(),))
        self.new.entered.connect(self.commit)
        self.watch_caps(self.new.first, self.new.again)
        self.button(self.tr("Open the workspace"), "main", self.commit)
        self.closes(self.tr("Back to sign-in"))
        self.say(
            self.tr("Use the recovery key"),
            self.tr(
                "It takes both of its holders. The parts are used up by it, and the workspace gets another data key; the trail keeps who "
                "was let in."
            ),
        )

    def commit(self) -> None:
        """Try them where everything is there."""
        if self.busy:
            return
        for row, part in zip(self.rows, self.parts, strict=True):
            row.set_problem("" if part.typed() else self.tr("Type this part too."))
        wrong = next((row for row in self.rows if row.problem), None)
        if wrong is not None:
            wrong.field.setFocus()
        elif self.new.check():
            self.set_busy(True)
            self.given.emit(self.who.typed(), self.parts[0].typed(), self.parts[1].typed(), self.new.take())

    def forget(self) -> None:
        """Nothing that was typed stays."""
        self.new.clear()
        for part in self.parts:
            part.retype("")
