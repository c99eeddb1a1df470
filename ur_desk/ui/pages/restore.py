"""The cards on which a backup is put in the place of a workspace: which one, who opens it, and what became of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.phrases import moment
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.passphrase import PassphraseEntry

if TYPE_CHECKING:
    from ur_desk.desk.doorway import Returned
    from ur_desk.desk.restoring import Offer


class RestorePage(Card):
    """Asks which backup, and for an account with the passphrase that it had then."""

    given = Signal(object, str, str)
    """The `Offer`, the name and the passphrase."""
    file_wanted = Signal()
    """A backup that lies elsewhere is meant."""

    def __init__(self, offers: "Sequence[Offer]", name: str, *, replaces: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._offers = tuple(offers)
        self._name = name
        self.which = ChoiceEntry([(str(place), moment(each.at)) for place, each in enumerate(self._offers)])
        self._file = self.ask(self.tr("Backup"), self.which)
        self.who = ChoiceEntry([])
        self.ask(self.tr("Account"), self.who, self.tr("An administrator of then.") if replaces else "")
        self.field = PassphraseEntry()
        self.row = self.ask(self.tr("Passphrase"), self.field, self.tr("The one that the account had when the backup was made."))
        self.setFocusProxy(self.which if len(self._offers) > 1 else self.field)
        self.field.returnPressed.connect(self.commit)
        self.watch_caps(self.field)
        self.button(self.tr("Restore it"), "main", self.commit)
        self.button(self.tr("From a file…"), "plain", self.file_wanted.emit)
        self.closes(self.tr("Cancel"))
        self.which.changed.connect(self._another)
        self.say(self.tr("Restore a backup"), self._words(replaces))
        self._another()

    @property
    def offer(self) -> "Offer":
        """The backup that is chosen."""
        return self._offers[int(self.which.typed() or 0)]

    def _words(self, replaces: bool) -> str:
        opened = self.tr("The backup is opened, and every page of it is read, before anything is put in its place.")
        if not replaces:
            return opened
        kept = self.tr(
            "The workspace becomes what it was then. What lies there now is closed, and kept beside it under another name: what was done "
            "after the backup is in that copy only."
        )
        return f"{opened} {kept}"

    def _another(self) -> None:
        """Another backup: the accounts of its day."""
        wanted = self.who.typed() or self._name
        self.who.clear()
        for name in self.offer.names:
            self.who.addItem(name, name)
        self.who.retype(next((n for n in self.offer.names if n.casefold() == wanted.casefold()), ""))
        self._file.set_hint(self.offer.path.name)
        self.which.setToolTip(str(self.offer.path))
        self.row.set_problem("")

    def commit(self) -> None:
        """Try it with what was typed, which does not stay here."""
        typed = self.field.typed()
        self.row.set_problem("" if typed else self.tr("Type the passphrase of that day."))
        if typed and not self.busy:
            self.field.retype("")
            self.set_busy(True)
            self.given.emit(self.offer, self.who.typed(), typed)

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase in its place; anything else below the fields."""
        if isinstance(error, WrongPassphrase | TooSoon):
            self.set_busy(False)
            self.row.set_problem(f"{error.message} {error.hint}")
            self.field.setFocus()
        else:
            super().refuse(error)


class ReturnedPage(Card):
    """The workspace is back: says as of when, and where what lay there before is kept."""

    def __init__(self, told: "Returned", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.go_button = self.button(self.tr("Sign in"), "main", self.closed.emit)
        words = self.tr("It is as it was on {0}, with {1} events.").format(moment(told.created), told.events)
        if told.kept_as:
            words += " " + self.tr("What lay there before is kept beside it as {0}: remove it once you are sure.").format(told.kept_as)
        self.say(self.tr("The workspace is back"), words)
