"""The way into a workspace and out of it: what it tells while it is closed, and how somebody comes in."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.domain.guard.access import How

if TYPE_CHECKING:
    from ur_desk.desk.clock import Clock
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.restoring import Offer, Told
    from ur_desk.desk.tables import Tables
    from ur_desk.domain.guard.vault import Cost
    from ur_desk.store.seen import Seen
    from ur_desk.store.share import Shares

log = logging.getLogger("ur_desk")


@dataclass(frozen=True, slots=True)
class Door:
    """What a closed workspace tells: whether it was begun, who may sign in, and whether there is a recovery key. `throwaway` are
    the passphrases of a demo's invented people, by sign-in name."""

    begun: bool
    names: tuple[str, ...] = ()
    recovery: bool = False
    throwaway: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workspace that was put back: as of when, with how many events, and under which name what lay there is kept beside it."""

    created: datetime
    events: int
    kept_as: str


class Doorway:
    """Opens the workspace of a folder for one person after another; it belongs to the thread on which it is used.

    `user` is who probably comes. The others count as in `open_desk`; those of the desk that was open last are taken again.
    """

    def __init__(
        self,
        folder: Path = Path(),
        user: str = "",
        *,
        clock: "Clock | None" = None,
        tables: "Tables | None" = None,
        cost: "Cost | None" = None,
        shares: "Shares | None" = None,
        seen: "Seen | None" = None,
    ) -> None:
        self.folder = folder
        self.user = user
        self._clock, self._tables, self._cost, self._shares, self._seen = clock, tables, cost, shares, seen
        self._throwaway: Mapping[str, str] = {}
        self.desk: Desk | None = None
        """The desk that is open now."""

    @property
    def named(self) -> bool:
        """Whether it stands before a folder; a demo's does not until it is open."""
        return self.folder != Path()

    def through(self, opening: "Callable[[], Desk]") -> "Desk":
        """The desk that opens by another way: a demo, or a passphrase from a file. The next person comes in by this door."""
        desk = self._keep(opening())
        self.folder, self.user = desk.folder, desk.person.name
        return desk

    def look(self) -> Door:
        """What can be seen from outside; UserError where the folder holds other things, or its keys are missing or damaged."""
        from ur_desk.desk.workspace import holds_workspace
        from ur_desk.store.keyfile import KeyFile

        if not holds_workspace(self.folder):
            return Door(False)
        ring = KeyFile(self.folder).read()
        names = {slot.name: None for slot in sorted(ring.slots, key=lambda s: s.name.casefold())}
        return Door(True, tuple(names), bool(ring.recovery), self._throwaway)

    def open(self, name: str, passphrase: str, new_passphrase: str = "", how: How = How.PASSPHRASE) -> "Desk":
        """The desk, with this person at it; refused as `open_desk` refuses."""
        from ur_desk.desk.workspace import open_desk

        return self._keep(
            open_desk(
                self.folder, name, passphrase, new_passphrase=new_passphrase, how=how, clock=self._clock, tables=self._tables,
                shares=self._shares, seen=self._seen,
            )
        )  # fmt: skip

    def begin(self, name: str, display: str, passphrase: str) -> "Desk":
        """A new workspace, whose first account sits at it; UserError for a name or passphrase that cannot be taken."""
        from ur_desk.desk.workspace import open_desk

        return self._keep(
            open_desk(
                self.folder, name, passphrase, display=display, clock=self._clock, tables=self._tables, cost=self._cost,
                shares=self._shares, seen=self._seen,
            )
        )  # fmt: skip

    def recover(self, name: str, parts: tuple[str, str], new_passphrase: str) -> "Desk":
        """The desk, opened with both parts of the recovery key, with this administrator at it."""
        from ur_desk.desk.workspace import recover_desk

        return self._keep(recover_desk(self.folder, name, parts, new_passphrase, clock=self._clock, tables=self._tables, seen=self._seen))

    def offers(self) -> "tuple[Offer, ...]":
        """The backups beside the workspace that may take its place, the newest first."""
        from ur_desk.desk.restoring import offers

        return offers(self.folder)

    def restore(self, file: Path, name: str, passphrase: str, told: "Told" = lambda _percent: None) -> Returned:
        """Puts a backup in the place of what lies there, which is kept beside it; somebody signs in next. Whoever sits at the desk
        leaves first. Refused as `restore_desk` refuses, and `told` as there: what lies there is as it was then.
        """
        from ur_desk.desk.restoring import restore_desk

        self._shut()  # without the day's backup: the rule of days might let the very one go that is meant
        replace = self.folder.is_dir() and any(self.folder.iterdir())
        back = restore_desk(
            file, self.folder, name, passphrase, replace=replace, clock=self._clock, tables=self._tables,
            shares=self._shares, seen=self._seen, told=told,
        )  # fmt: skip
        back.desk.leave()
        self.user = name
        return Returned(back.about.created, back.about.events, back.kept_as.name if back.kept_as else "")

    def encrypt(self, name: str, passphrase: str) -> Mapping[str, str]:
        """Encrypts the workspace from before the vault; the one-time code of every other account, by sign-in name, is kept nowhere."""
        from ur_desk.desk.encrypting import encrypt_workspace

        codes = encrypt_workspace(self.folder, name, passphrase, clock=self._clock, tables=self._tables, cost=self._cost).codes
        self.user = name
        return codes

    def leave(self) -> None:
        """Whoever sits at the desk signs out, and the workspace is closed; nothing where it is closed already."""
        if self.desk is not None:
            _back_up(self.desk)
            self._shut()

    def _shut(self) -> None:
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.leave()

    def _keep(self, desk: "Desk") -> "Desk":
        desk.throwaway = desk.throwaway or self._throwaway
        self._clock, self._tables, self._shares, self._seen = desk.clock, desk.tables, desk.shares, desk.seen
        self._throwaway = desk.throwaway
        self.desk = desk
        _back_up(desk, overdue_only=True)
        return desk


def _back_up(desk: "Desk", *, overdue_only: bool = False) -> None:
    """Makes the day's backup where one is due, or where none was made for days since nobody left in order; trouble stands in the
    log, and beside the backups in the window."""
    if not desk.lock.locked and desk.keeping.automatic(overdue_only=overdue_only).trouble is not None:
        log.info("the day's backup was not made")
