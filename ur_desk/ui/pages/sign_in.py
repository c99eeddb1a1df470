"""The page on which somebody signs in: who, and with which passphrase or one-time code."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.passphrase import PassphraseEntry

if TYPE_CHECKING:
    from ur_desk.desk.doorway import Door

SECOND = 1000


class SignInPage(Card):
    """Asks for an account and its passphrase; a wrong one is said in its place, and how long to wait after many."""

    given = Signal(str, str)
    """The name and the passphrase, or one-time code, that somebody typed."""
    recovery_wanted = Signal(str)
    """The passphrase is gone, and there is a recovery key: the name that stood there."""

    def __init__(self, door: "Door", name: str = "", *, closes: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._throwaway = door.throwaway
        self._seconds = 0
        self._refused = ""
        self.field = PassphraseEntry()
        self.who = ChoiceEntry([(each, each) for each in door.names])
        self.who.retype(next((each for each in door.names if each.casefold() == name.casefold()), ""))
        self.ask(self.tr("Account"), self.who)
        hint = self.tr("The first time, type the one-time code that your administrator gave you.")
        self.row = self.ask(self.tr("Passphrase"), self.field, "" if door.throwaway else hint)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self.commit)
        self.watch_caps(self.field)
        self.sign_in_button = self.button(self.tr("Sign in"), "main", self.commit)
        if door.recovery and not closes:
            self.button(self.tr("Use the recovery key…"), "quiet", lambda: self.recovery_wanted.emit(self.who.typed()))
        if closes:
            self.closes(self.tr("Cancel"))
        self.clock = QTimer(self)
        self.clock.setInterval(SECOND)
        self.clock.timeout.connect(self.count_down)
        self.who.changed.connect(self._another)
        self.say(self.tr("Sign in"), self._words())
        self._another()

    def _words(self) -> str:
        if self._throwaway:
            return self.tr("These people are invented: their passphrases stand here, and open this throw-away workspace only.")
        return self.tr("The workspace is encrypted; your passphrase opens it.")

    def _another(self) -> None:
        """Another account: its own passphrase, and where it is an invented person's, that stands there already."""
        self._wait(0)
        self.field.retype(self._throwaway.get(self.who.typed(), ""))
        self.row.set_problem("")
        if self._throwaway:
            self.row.set_hint(self._throwaway.get(self.who.typed(), ""))

    def commit(self) -> None:
        """Try what was typed; it does not stay here."""
        if self.busy or self._seconds:
            return
        typed = self.field.typed()
        if not typed:
            self.row.set_problem(self.tr("Type your passphrase."))
            return
        self.row.set_problem("")
        self.field.retype("")
        self.set_busy(True)
        self.given.emit(self.who.typed(), typed)

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase, or how long to wait, in its place; anything else below the fields."""
        if isinstance(error, TooSoon):
            self._refused = error.message
            self._wait(error.seconds)
        elif isinstance(error, WrongPassphrase):
            self.row.set_problem(f"{error.message} {error.hint}")
        else:
            super().refuse(error)
            return
        self.set_busy(False)
        self.field.setFocus()

    def count_down(self) -> None:
        """One second less to wait."""
        self._wait(self._seconds - 1)

    @property
    def seconds(self) -> int:
        """How long to wait before the next try."""
        return self._seconds

    def _wait(self, seconds: int) -> None:
        was, self._seconds = self._seconds, max(seconds, 0)
        self.sign_in_button.setEnabled(not self._seconds)
        if self._seconds:
            self.row.set_problem(self.tr("{0} You can try again in {1} s.").format(self._refused, self._seconds))
            self.clock.start()
            return
        self.clock.stop()
        if was:
            self.row.set_problem("")
