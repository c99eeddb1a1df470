"""What the window does where a workspace cannot be opened as it lies there: a backup put back, or a plain one encrypted."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ur_desk.errors import BeforeVault, Damaged, UserError
from ur_desk.ui.dialogs import choose_files
from ur_desk.ui.line_above import LineAbove
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.doorway import Doorway, Returned
    from ur_desk.desk.restoring import Offer
    from ur_desk.ui.entrance import Entrance
    from ur_desk.ui.main_window import MainWindow
    from ur_desk.ui.opening import Opened
    from ur_desk.ui.pages.under_way import UnderWayPage
    from ur_desk.ui.widgets.reminder import Reminder

WHOLE = 100

Again = Callable[[], object]


class Far(QObject):
    """How far a job on the store's lane is, told there and heard on the screen's thread; stops it where somebody wants that."""

    at = Signal(object)
    """Percent, or None while that is not known."""
    behind = Signal()
    """It cannot be stopped any more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stopped = False

    def stop(self) -> None:
        """End it when it next tells how far it is."""
        self._stopped = True

    def told(self, percent: int | None) -> None:
        """It is so far; called on the lane. UserError where somebody stopped it."""
        if self._stopped:
            raise UserError(self.tr("You stopped it."), self.tr("Nothing was changed."))
        self.at.emit(percent if percent != WHOLE else None)
        if percent is None:
            self.behind.emit()


class Mending(QObject):
    """Leads through it on cards; whoever sat at the desk has left it before anything is put in its place."""

    def __init__(self, window: "MainWindow", entrance: "Entrance") -> None:
        super().__init__(entrance)
        self._window = window
        self._entrance = entrance
        self._above = LineAbove(window, entrance, self)
        window.jobs.damaged.connect(self.met)

    @property
    def line(self) -> "Reminder | None":
        """What is said above the pages of damage that was met; None while there is none."""
        return self._above.line

    def say(self, again: Again, error: UserError) -> None:
        """Say why the workspace cannot be opened, and offer what helps; `again` looks once more."""
        from ur_desk.ui.pages.trouble import TroublePage

        doorway = self._doorway
        if isinstance(error, BeforeVault) and doorway.named:
            self._ask_to_encrypt(again, doorway.user)
        elif isinstance(error, Damaged) and doorway.named:
            self._window.jobs.store(doorway.offers, self, done=partial(self._say_damage, again, error), failed=self._window.show_error)
        else:
            self._entrance.cover(TroublePage(error, again))

    def met(self, error: Damaged) -> bool:
        """Somebody works, and a page of the file does not hold: say so above the pages, and lead to the backups from there.

        Whether it stands there; it does not where nobody works, or a card asks for something.
        """
        if self._window.session is None or self._entrance.page is not None or not self._doorway.named:
            return False
        if self.line is None:
            words = self.tr(
                "A page of the workspace's file does not hold any more. Nothing can be saved until a backup is put in its place."
            )
            self._above.tell(words, self.tr("Restore a backup…"), partial(self._lead, error), Tone.BAD)
        return True

    def _lead(self, error: Damaged) -> None:
        done = partial(self._say_damage, None, error)
        self._window.jobs.store(self._doorway.offers, self, done=done, failed=self._window.show_error)

    # a backup --------------------------------------------------------------------------------------------------------

    def _say_damage(self, again: Again | None, error: Damaged, offers: "tuple[Offer, ...]") -> None:
        from ur_desk.ui.pages.trouble import DamagePage

        page = DamagePage(error, offers[0] if offers else None, again)
        page.restore_wanted.connect(partial(self._ask, offers))
        page.file_wanted.connect(partial(self._choose, offers))
        page.closed.connect(self._entrance.uncover)
        self._entrance.cover(page)

    def restore_from_file(self) -> None:
        """Ask for the file of a backup, and lead on from there."""
        self._choose(())

    def _choose(self, others: "tuple[Offer, ...]") -> None:
        files = choose_files(self._window, self.tr("Which backup?"), [self.tr("Backups (*.urbackup)"), self.tr("All files (*)")])
        if files:
            self._window.jobs.store(partial(_offer, files[0]), self, done=partial(self._chosen, others), failed=self._refused)

    def _chosen(self, others: "tuple[Offer, ...]", offer: "Offer") -> None:
        self._ask((offer, *(each for each in others if each.path != offer.path)))

    def _refused(self, error: UserError) -> None:
        page = self._entrance.page
        if page is not None:
            page.refuse(error)
        else:
            self._window.show_error(error)

    def _ask(self, offers: "Sequence[Offer]", name: str = "") -> None:
        from ur_desk.ui.pages.restore import RestorePage

        doorway = self._doorway
        page = RestorePage(offers, name or doorway.user, replaces=doorway.folder.exists())
        page.given.connect(partial(self._restore, tuple(offers)))
        page.file_wanted.connect(partial(self._choose, tuple(offers)))
        page.closed.connect(self._back)
        self._entrance.cover(page)

    def _back(self) -> None:
        """Nothing was done: to the desk where somebody sits there, else to the door."""
        if self._window.session is not None:
            self._entrance.uncover()
        else:
            self._entrance.come(self._doorway)

    def _restore(self, offers: "tuple[Offer, ...]", offer: "Offer", name: str, passphrase: str) -> None:
        words = self.tr("It is opened, and every page of it is read, before it takes its place. Until then it can be stopped.")
        page = self._wait(self.tr("Restoring the backup"), words, stops=True)
        chosen_first = (offer, *(each for each in offers if each is not offer))
        far = Far(self)
        far.at.connect(page.show_percent)
        far.behind.connect(page.past_stopping)
        page.stopped.connect(far.stop)

        def refused(error: UserError) -> None:
            self._ask(chosen_first, name)
            self._refused(error)

        call = partial(self._doorway.restore, offer.path, name, passphrase, far.told)
        self._window.jobs.store(call, self, done=self._returned, failed=refused, ended=far.deleteLater)

    def _returned(self, told: "Returned") -> None:
        from ur_desk.ui.pages.restore import ReturnedPage

        page = ReturnedPage(told)
        page.closed.connect(lambda: self._entrance.come(self._doorway))
        self._entrance.cover(page)

    # a workspace from before the vault -------------------------------------------------------------------------------

    def _ask_to_encrypt(self, again: Again, name: str) -> None:
        from ur_desk.ui.pages.encrypt import EncryptPage

        page = EncryptPage(name, self._doorway.folder.name)
        page.given.connect(partial(self._encrypt, again))
        page.again_wanted.connect(again)
        self._entrance.cover(page)

    def _encrypt(self, again: Again, name: str, passphrase: str) -> None:
        words = self.tr("Every row is copied and compared. The plain file stays until all of it holds.")
        self._wait(self.tr("Encrypting the workspace"), words, stops=False)
        doorway = self._doorway

        def refused(error: UserError) -> None:
            self._ask_to_encrypt(again, name)
            self._refused(error)

        def encrypted(codes: Mapping[str, str]) -> None:
            self._entrance.open(
                partial(doorway.open, name, passphrase), lambda _error: self._show_codes(codes), partial(self._encrypted, codes)
            )

        self._window.jobs.store(partial(doorway.encrypt, name, passphrase), self, done=encrypted, failed=refused)

    def _encrypted(self, codes: Mapping[str, str], found: "Opened") -> None:
        self._entrance.fill(found)
        if codes:
            self._show_codes(codes)

    def _show_codes(self, codes: Mapping[str, str]) -> None:
        from ur_desk.ui.pages.encrypt import CodesPage

        page = CodesPage(codes)
        page.closed.connect(self._back)
        self._entrance.cover(page)

    # both ------------------------------------------------------------------------------------------------------------

    def _wait(self, title: str, words: str, *, stops: bool) -> "UnderWayPage":
        """Nothing of the workspace stays in the window while it is worked upon."""
        from ur_desk.ui.pages.under_way import UnderWayPage

        self._window.jobs.cancel_verbs()
        self._entrance.drop()
        self._entrance.clear_out()
        page = UnderWayPage(title, words, stops=stops)
        self._entrance.cover(page)
        return page

    @property
    def _doorway(self) -> "Doorway":
        assert self._entrance.doorway is not None
        return self._entrance.doorway


def _offer(file: Path) -> "Offer":
    from ur_desk.desk.restoring import offer

    return offer(file)
