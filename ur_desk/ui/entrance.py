"""How people come into the window's workspace and leave it: sign-in, a new workspace, another person at the desk, sign-out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from ur_desk.errors import Damaged, UserError
from ur_desk.ui.mending import Mending
from ur_desk.ui.opening import Opened, open_with, opened
from ur_desk.ui.places import Places

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.doorway import Door, Doorway
    from ur_desk.ui.main_window import MainWindow
    from ur_desk.ui.widgets.card import Card

Call = Callable[[], "Desk"]
"""Opens a desk, on the store's lane."""


class Entrance(QObject):
    """Covers the window with a card while somebody comes in; nothing of the person before is left in it when the next sits down."""

    covered = Signal(object)
    """The `Card` that covers the window now; None once the workspace is seen again."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.doorway: Doorway | None = None
        self.page: Card | None = None
        """What covers the window; None while nothing does."""
        self.mending = Mending(window, self)
        window.top_bar.account_chosen.connect(self.change_seat)
        window.commands.sign_out.triggered.connect(self.sign_out)
        window.commands.passphrase.triggered.connect(self.change_passphrase)

    # coming in -----------------------------------------------------------------------------------------------------------

    def come(self, doorway: "Doorway") -> None:
        """Ask who comes; a folder in which nothing was begun is made a workspace first."""
        self.doorway = doorway
        self._window.jobs.store(doorway.look, self, done=self._ask, failed=partial(self._cannot_open, partial(self.come, doorway)))

    def through(self, doorway: "Doorway", opening: Call) -> None:
        """Open in a way that needs no asking."""
        self.doorway = doorway
        again = partial(self.through, doorway, opening)
        self.open(partial(doorway.through, opening), partial(self._cannot_open, again))

    def _ask(self, door: "Door", name: str = "") -> None:
        doorway = self._doorway
        if not door.begun:
            self._begin(doorway)
            return
        from ur_desk.ui.pages.sign_in import SignInPage

        page = SignInPage(door, name or doorway.user)
        page.given.connect(partial(self._sign_in, page))
        page.recovery_wanted.connect(partial(self._recover, door))
        self.cover(page)

    def _sign_in(self, page: "Card", name: str, passphrase: str) -> None:
        def take(choosing: "Card", new: str) -> None:
            self.open(partial(self._doorway.open, name, passphrase, new), choosing.refuse)

        def refused(error: UserError) -> None:
            from ur_desk.desk.sign_in import FirstSignIn

            if isinstance(error, FirstSignIn):
                self._choose(name, take, lambda: self.come(self._doorway))
            elif isinstance(error, Damaged):
                self._cannot_open(lambda: self.come(self._doorway), error)
            else:
                page.refuse(error)

        self.open(partial(self._doorway.open, name, passphrase), refused)

    def _choose(self, name: str, take: "Callable[[Card, str], object]", back: Callable[[], object]) -> None:
        """The one-time code was right: choose the passphrase that takes its place."""
        from ur_desk.ui.pages.passphrases import ChoosePage

        page = ChoosePage(name)
        page.chosen.connect(partial(take, page))
        page.closed.connect(back)
        self.cover(page)

    def _recover(self, door: "Door", name: str) -> None:
        from ur_desk.ui.pages.passphrases import RecoverPage

        page = RecoverPage(door, name)

        def given(who: str, first: str, second: str, new: str) -> None:
            self.open(partial(self._doorway.recover, who, (first, second), new), page.refuse)

        page.given.connect(given)
        page.closed.connect(lambda: self._ask(door, name))
        self.cover(page)

    def _begin(self, doorway: "Doorway") -> None:
        from ur_desk.ui.pages.first_run import FirstRunPage

        page = FirstRunPage(doorway.user, str(doorway.folder))
        page.given.connect(lambda name, display, new: self.open(partial(doorway.begin, name, display, new), page.refuse, self._begun))
        page.restore_wanted.connect(self.mending.restore_from_file)
        self.cover(page)

    def _begun(self, found: Opened) -> None:
        self.fill(found)
        if self._window.reminders is not None:
            self._window.reminders.set_up()

    def open(self, call: Call, refused: Callable[[UserError], object], done: Callable[[Opened], object] | None = None) -> None:
        """Open a desk on the store's lane, and fill the window with it."""
        self._window.jobs.store(partial(open_with, call), self, done=done or self.fill, failed=refused)

    def fill(self, found: Opened) -> None:
        """Whoever came in finds the window as new."""
        self.uncover()
        self.clear_out()
        self._window.fill(found)
        self._window.status.rest(self.tr("Signed in as {0}").format(found.person.signature))

    def clear_out(self) -> None:
        """Nothing of whoever sat here is left in the window, nor the way back to it."""
        session = self._window.session
        if session is not None:
            self._window.empty()
            self._window.places = Places()
            session.deleteLater()

    def _cannot_open(self, again: Callable[[], object], error: UserError) -> None:
        self.mending.say(again, error)

    # another person ------------------------------------------------------------------------------------------------------

    def change_seat(self, name: str) -> None:
        """Ask for the passphrase of another account; whoever sits here stays until it is right."""
        session = self._window.session
        if session is not None and name != session.person.name:
            session.read(_inside, self, partial(self._ask_other, name))

    def _ask_other(self, name: str, door: "Door") -> None:
        from ur_desk.ui.pages.sign_in import SignInPage

        page = SignInPage(door, name, closes=True)
        page.given.connect(partial(self._sit, page))
        page.closed.connect(self.uncover)
        self.cover(page)

    def _sit(self, page: "Card", name: str, passphrase: str, new: str = "") -> None:
        session = self._window.session
        assert session is not None

        def refused(error: UserError) -> None:
            from ur_desk.desk.sign_in import FirstSignIn

            if isinstance(error, FirstSignIn):
                self._choose(name, lambda choosing, chosen: self._sit(choosing, name, passphrase, chosen), self.uncover)
            else:
                page.refuse(error)

        self._window.locking.words.look()
        session.sit_down(name, passphrase, self, lambda: session.read(opened, self, self.fill), refused, new)

    # leaving -------------------------------------------------------------------------------------------------------------

    def turn_away(self, error: UserError) -> None:
        """The workspace that was locked cannot be opened any more: it is left for good, and what helps is offered."""
        doorway = self._doorway
        self._window.jobs.store(doorway.leave, self, done=lambda _none: self._cannot_open(partial(self.come, doorway), error))

    def sign_out(self) -> None:
        """Whoever sits here leaves, once they saw what still lies outside: the workspace is closed, and nothing of it stays in the window."""
        if self._window.session is not None:
            self.uncover()
            self._window.locking.outside.then(self._leave, self.tr("Sign out"))

    def _leave(self) -> None:
        doorway = self._doorway
        self._window.locking.words.look()
        self._window.jobs.cancel_verbs()
        self.clear_out()
        self._window.waiting.say(self.tr("Signing out"), self.tr("The workspace is being closed."))
        self._window.centre.setCurrentWidget(self._window.waiting)
        self._window.jobs.store(doorway.leave, self, done=lambda _none: self.come(doorway))

    # while somebody sits here --------------------------------------------------------------------------------------------

    def change_passphrase(self) -> None:
        """Let whoever sits here take another passphrase."""
        from ur_desk.ui.pages.passphrases import ChangePage

        session = self._window.session
        if session is None:
            return
        page = ChangePage(session.person.name, session.person.display)

        def changed(_done: Any) -> None:
            self.uncover()
            self._window.status.rest(self.tr("Your passphrase is changed"))

        page.given.connect(lambda old, new: session.write(lambda desk: desk.vault.change_passphrase(old, new), self, changed, page.refuse))
        page.closed.connect(self.uncover)
        self.cover(page)

    def cover(self, page: "Card") -> None:
        """Show a card over everything; meanwhile only what concerns the window itself can be done, and the desk can be locked."""
        self.drop()
        self.page = page
        self._window.commands.set_open(False)
        self._window.commands.lock.setEnabled(self._window.session is not None)
        self._window.top_bar.find_field.setEnabled(False)
        self._window.centre.addWidget(page)
        self._window.centre.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.covered.emit(page)

    def uncover(self) -> None:
        """Take the card away; what lay under it can be used again."""
        if self.page is None:
            return
        self.drop()
        self._window.reopen()
        host = self._window.host
        shown = host.currentWidget() if host is not None else None
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.covered.emit(None)

    def drop(self) -> None:
        """Take the card away, whatever comes next."""
        page, self.page = self.page, None
        if page is not None:
            self._window.centre.removeWidget(page)
            page.hide()
            page.deleteLater()

    @property
    def _doorway(self) -> "Doorway":
        assert self.doorway is not None
        return self.doorway


def _inside(desk: "Desk") -> "Door":
    """What the open desk tells of those who may sit down."""
    from ur_desk.desk.doorway import Door

    names = [account.name for account in desk.accounts.all() if not account.retired]
    return Door(True, tuple(names), False, desk.throwaway)
