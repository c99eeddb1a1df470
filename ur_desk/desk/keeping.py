"""Backups: made by hand and by themselves, opened again before they count, and noted."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk import __version__
from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.guard.vault import KeyRing
from ur_desk.domain.people import Role
from ur_desk.domain.trail import keeping as kp
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.backup import Found

CHANGED = frozenset({Changed.ACCOUNTS})
OVERDUE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Automatic:
    """What came of the automatic backup: what was made, where one was due, and what went wrong."""

    made: kp.BackupMade | None = None
    trouble: UserError | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup as a list shows it: the name of its file, when it was made, how many bytes it has, and whether the second folder has it too."""

    name: str
    at: datetime
    size: int
    twice: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known of backups: the newest one that was opened and looked through, where it lies, the second folder, and the automatic ones."""

    last: datetime | None
    last_path: str
    second: str
    listed: tuple[Listed, ...]


class Keeping:
    """Makes backups of the open workspace, keeps as many as the rule says, and knows where they lie."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def _state(self) -> kp.Keeping:
        with self.desk.store.reading():
            return self.desk.store.workspace().keeping

    @property
    def folder(self) -> Path:
        """Where the automatic backups lie."""
        from ur_desk.store.backup import FOLDER

        return self.desk.folder / FOLDER

    def found(self) -> tuple["Found", ...]:
        """The automatic backups of this workspace beside it, the newest first."""
        from ur_desk.store.backup import found_in

        return found_in(self.folder, self._workspace())

    @reads(Read.BACKUPS)
    def overview(self) -> Overview:
        """What an administrator sees of the backups; reads their names and sizes, and opens none."""
        state = self._state()
        last, made = state.backup or (None, None)
        second = Path(state.second) if state.second else None
        listed = tuple(
            Listed(found.path.name, found.at, found.path.stat().st_size, second is not None and (second / found.path.name).is_file())
            for found in self.found()
        )
        return Overview(last, made.path if made else "", state.second, listed)

    def back_up(self, target: Path) -> Done[kp.BackupMade]:
        """Makes a backup at a path where nothing lies, opens it again, and notes it; UserError where it cannot be made.

        While the workspace is open for reading only it is made all the same, and not noted.
        """
        gate(self.desk.person, "backup.make")
        made = self._write(target, automatic=False)
        return Done(made, frozenset()) if self.desk.store.read_only else self._note(made)

    def automatic(self, *, overdue_only: bool = False) -> Automatic:
        """Makes the day's backup where something changed since the last one, and lets older ones go by the rule; with `overdue_only`
        where the last one is days old.

        Nothing is made in a demo, nor while the workspace is open for reading only. Trouble is told, never raised: whoever
        opens or closes the program goes on.
        """
        if self.desk.demo or self.desk.store.read_only:
            return Automatic()
        try:
            return self._automatic(overdue_only=overdue_only)
        except UserError as wrong:
            return Automatic(trouble=wrong)

    def _automatic(self, *, overdue_only: bool) -> Automatic:
        from ur_desk.store.backup import copy_to, name_of, rotate, sweep

        if not self._due(overdue_only=overdue_only):
            return Automatic()
        target, second = self.folder / name_of(self._workspace(), self.desk.clock.now()), self._state().second
        if target.exists():  # another program was as quick
            return Automatic()
        self._room()
        sweep(self.folder)
        sweep(self.desk.folder)
        made, trouble = self._write(target, automatic=True), None
        if second:
            try:
                copy_to(Path(made.path), Path(second))
                copy = Path(second) / target.name
                made = replace(made, left=True, second=str(copy), place=self.desk.exports.place(copy))
            except UserError as wrong:
                trouble = wrong
        self._note(made)
        rotate(self.folder, self._workspace(), target.name)
        if made.left:
            rotate(Path(second), self._workspace(), target.name)
        return Automatic(made, trouble)

    def _due(self, *, overdue_only: bool) -> bool:
        from ur_desk.store.backup import read_about

        newest, now = next(iter(self.found()), None), self.desk.clock.now().astimezone(UTC)
        if newest is None:
            return not overdue_only
        if newest.at.date() == now.date() or (overdue_only and abs(now - newest.at) < OVERDUE):
            return False
        with suppress(UserError):
            about = read_about(newest.path)
            return self.desk.store.ledger.changed_since(about.events, about.head)
        return True

    def _room(self) -> None:
        try:
            self.folder.mkdir(exist_ok=True, mode=0o700)
        except OSError as wrong:
            raise UserError(
                f"The folder for backups cannot be made: {wrong.strerror}.", "Check the disk. The workspace is as it was."
            ) from wrong

    def _write(self, target: Path, *, automatic: bool) -> kp.BackupMade:
        from ur_desk.store.backup import write_backup

        store = self.desk.store
        now = self.desk.clock.now()
        about, sha256 = write_backup(target, store.copy_to, store.folder, store.key, self._opens, now, __version__)
        left = not target.resolve().is_relative_to(store.folder.resolve())
        return kp.BackupMade(
            str(target.resolve()), sha256, about.events, about.head, automatic, left, place=self.desk.exports.place(target) if left else ""
        )

    def _opens(self, ring: KeyRing) -> bool:
        from ur_desk.store.crypto import Keys

        keys, key = self.desk.signer, self.desk.store.key
        if not isinstance(keys, Keys):
            return False
        mine = (slot for slot in ring.slots if slot.keys == keys.public and keys.opens(slot.data_keys))
        return any(key in keys.opened(slot.data_keys) for slot in mine)

    def _workspace(self) -> str:
        return self.desk.vault.made.id

    @verb("backup.make", *Role, writes=kp.BackupMade)
    def _note(self, act: Act, made: kp.BackupMade) -> Done[kp.BackupMade]:
        """Notes that a backup was made, and where it lies."""
        act.on_workspace(made)
        return Done(made, CHANGED)

    @verb("backup.place", Role.ADMINISTRATOR, writes=kp.BackupPlaceChosen)
    def choose_second(self, act: Act, folder: Path | None) -> Done[None]:
        """Lets every automatic backup go to a second folder too, such as one on another drive; to none where it is None."""
        if folder is not None:
            folder = folder.resolve()
            if not folder.is_dir():
                raise UserError("The second folder for backups is not there.", "Connect its drive, or make it first. Nothing was changed.")
            if folder.is_relative_to(self.desk.folder.resolve()):
                raise UserError(
                    "The second folder lies in the workspace's own.",
                    "Choose one on another drive: both would be lost at once. Nothing was changed.",
                )
        act.on_workspace(kp.BackupPlaceChosen(str(folder) if folder else ""))
        return Done(None, CHANGED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be told of a workspace without opening it: who has it open, whether a new data key waits, where it lies."""

    open_by: tuple[str, ...]
    rekey_waits: bool
    place: str
    writable: bool


def standing_of(folder: Path) -> Standing:
    """What can be told of the workspace in a folder without a passphrase; UserError where there is none."""
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.places import may_write, place_of
    from ur_desk.store.vault import Presence, check_folder

    if not check_folder(folder):
        raise UserError("There is no workspace in that folder.", "Name the right one. Nothing was made.")
    return Standing(tuple(Presence(folder).others()), KeyFile(folder).read().changing, place_of(folder).value, may_write(folder))


def is_plain(folder: Path) -> bool:
    """Whether the folder holds a workspace from before the vault."""
    from ur_desk.store.vault import DATABASE, plain

    return (folder / DATABASE).is_file() and plain(folder)


def sha256_of(file: Path) -> str:
    """The sha256 of a file's bytes; OSError where it cannot be read."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
