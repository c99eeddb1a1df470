"""What an administrator is reminded of: the recovery key that is not made yet, and the question of the system disk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from ur_desk.domain.people import Role
from ur_desk.ui.widgets.reminder import Reminder

if TYPE_CHECKING:
    from ur_desk.desk.vault import RecoveryParts, Standing
    from ur_desk.ui.entrance import Entrance
    from ur_desk.ui.page_host import PageHost
    from ur_desk.ui.session import Session


class Reminders(QObject):
    """Reads what is open whenever an administrator sits down; shows a line for each, above the pages; leads through what they ask."""

    def __init__(self, session: "Session", entrance: "Entrance", host: "PageHost", column: QVBoxLayout, place: int) -> None:
        super().__init__(session)
        self._session = session
        self._entrance = entrance
        self._column, self._place = column, place
        self.shown: list[Reminder] = []
        session.changed.connect(self._changed)
        entrance.covered.connect(self._covered)
        host.recovery_wanted.connect(lambda again: self.make_recovery(again=again))
        host.disk_wanted.connect(self.ask_disk)
        self._read()

    def clear(self) -> None:
        """Show nothing."""
        for line in self.shown:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.shown = []

    def set_up(self) -> None:
        """Lead whoever has just begun the workspace through all of it."""
        self.make_recovery(then=self.ask_disk, later=self.tr("Later: remind me"))

    def make_recovery(self, *, then: Callable[[], object] | None = None, again: bool = False, later: str = "") -> None:
        """Let two people make a recovery key; `then` goes on, made or not."""
        from ur_desk.ui.pages.recovery_key import RecoveryKeyPage

        page = RecoveryKeyPage(again=again, later=later or self.tr("Cancel"))

        def written(parts: "RecoveryParts") -> None:
            self._session.write(lambda desk: desk.vault.make_recovery(parts), page, lambda _done: page.made(), page.refuse)

        page.wanted.connect(lambda: self._session.read(lambda desk: desk.vault.draw_recovery(), page, page.show_parts, page.refuse))
        page.written.connect(written)
        page.closed.connect(lambda: self._over(then))
        self._entrance.cover(page)

    def ask_disk(self) -> None:
        """Ask whether the system disk is encrypted."""
        from ur_desk.ui.pages.disk import DiskPage

        page = DiskPage()

        def answered(encrypted: bool | None) -> None:
            self._session.write(lambda desk: desk.vault.answer_disk(encrypted), self, lambda _done: self._over(None), page.refuse)

        page.answered.connect(answered)
        page.closed.connect(lambda: self._over(None))
        self._entrance.cover(page)

    def _over(self, then: Callable[[], object] | None) -> None:
        self._entrance.uncover()
        if then is not None:
            then()

    def _changed(self, changes: frozenset[Any]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.ACCOUNTS in changes:
            self._read()

    def _read(self) -> None:
        if self._session.person.has(Role.ADMINISTRATOR) and not self._session.demo:
            self._session.read(lambda desk: desk.vault.standing(), self, self._show)

    def _show(self, standing: "Standing") -> None:
        self.clear()
        if not standing.recovery:
            words = self.tr("There is no recovery key: if every administrator forgets their passphrase, nothing opens this workspace.")
            self._add(Reminder(words, self.tr("Make it with two people…"), self.make_recovery))
        if standing.disk_due:
            words = self.tr("Is this computer's system disk encrypted (BitLocker, FileVault, LUKS)?")
            self._add(Reminder(words, self.tr("Answer…"), self.ask_disk))

    def _add(self, line: Reminder) -> None:
        self._column.insertWidget(self._place + len(self.shown), line)
        self.shown.append(line)
        line.setVisible(self._entrance.page is None)

    def _covered(self, page: object) -> None:
        """While something is asked, nothing else is."""
        for line in self.shown:
            line.setVisible(page is None)
