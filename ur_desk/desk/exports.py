"""The register of what leaves the workspace and what comes in: each file with its place, its reason and its hash, told by events."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.importing import MAX_BYTES
from ur_desk.desk.reads import reads
from ur_desk.domain.audit import Event
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.access import AccessBody, FileCameIn, FileLeft, FileRemoved, LetterPrinted, TrailBundled
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.people import AccountId
from ur_desk.domain.trail.keeping import BackupMade
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

WARNINGS = {
    "synced": "That folder is copied elsewhere by a program that synchronises: patient data may leave this machine from there.",
    "network": "That folder lies on a network: others may read it there.",
    "removable": "That medium can be taken along, and is most likely not encrypted.",
}
BACKUP, BUNDLE, PRINT, TRAIL = "backup", "bundle", "print", "trail"
_VERBS = ("access.file-left", "access.file-came-in", "access.file-removed", "access.letter-printed", "access.trail-bundled", "backup.make")
_SEALED = (BACKUP, BUNDLE)
"""What opens with a passphrase only, wherever it lies."""


class Way(StrEnum):
    """Which way a file went."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: when, by whom, which way, what it is, where it lay, what kind of place, why, its sha256, and whether it was
    removed through the program since. A print has no path and no hash."""

    at: datetime
    by: AccountId
    way: Way
    what: str
    path: str
    place: str
    why: str
    sha256: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class StillOutside:
    """A file that left or came in and still lies there, unchanged: where, what it is, and what kind of place that is."""

    path: Path
    what: str
    place: str
    sha256: str


class Exports:
    """Writes files that leave, so that an event tells of each; tells which still lie outside, and removes them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def write(self, what: str, path: Path, data: bytes, *, why: str = "", case: CaseId | None = None, letter: str = "") -> Path:
        """Writes a file that leaves, with the event that tells of it: neither is kept without the other. UserError where that fails.

        While the workspace is open for reading only nothing leaves, since nothing can tell of it.
        """
        self.let_out(FileLeft(what, _told(path), self.place(path), why, hashlib.sha256(data).hexdigest(), letter), path, data, case)
        return path

    def let_out(self, told: AccessBody, path: Path, data: bytes, case: CaseId | None = None) -> None:
        """Writes a file of which `told` tells; where the event is not kept in the end, the file goes again."""
        self.check_may_leave()
        written = False
        try:
            with self.desk.store.atomic():
                self.desk.note(told, case)
                write_beside(path, data)
                written = True
        except BaseException:
            if written:
                with suppress(OSError):
                    path.unlink()
            raise

    def check_may_leave(self) -> None:
        """UserError while the workspace is open for reading only: what leaves is noted, and nothing can be noted then."""
        if refused := self.desk.only_reading():
            raise UserError(
                f"{refused.message} Nothing leaves it meanwhile.",
                f"Whatever is saved, printed or exported is noted, and nothing can be noted now. Nothing was written. {refused.hint}",
            )

    def came_in(self, what: str, path: Path, data: bytes) -> None:
        """Notes that a file from outside was read in; whoever reads it waits for nobody who writes."""
        self.desk.looks.keep(FileCameIn(what, _told(path), self.place(path), hashlib.sha256(data).hexdigest()))

    def place(self, path: Path) -> str:
        """What kind of place a path is: local, network, synced or removable."""
        from ur_desk.store.places import place_of

        return place_of(path.parent).value

    def place_warning(self, path: Path) -> str:
        """What to say of a place before, or when, something is written there; empty for a disk of this machine."""
        return WARNINGS.get(self.place(path), "")

    @reads(Read.REGISTER)
    def register(self) -> tuple[Entry, ...]:
        """Every file that left or came in, and every print, in order."""
        return tuple(self._entries())

    @reads(Read.OUTSIDE)
    def still_outside(self) -> tuple[StillOutside, ...]:
        """What this person took out or brought in that still lies there with the same content; sealed files may lie anywhere."""
        mine = {e.path: e for e in self._entries() if e.by == self.desk.person.id}
        waiting = (e for e in mine.values() if e.path and not e.removed and e.what not in _SEALED)
        return tuple(StillOutside(Path(e.path), e.what, e.place, e.sha256) for e in waiting if _lies_there(Path(e.path), e.sha256))

    def remove(self, item: StillOutside) -> None:
        """Deletes a file that left or came in, and notes it; UserError where it is another one now, or cannot be deleted.

        Deleted is not destroyed: what the disk, a copy elsewhere or a trash keeps of it is not reached from here.
        """
        if not _lies_there(item.path, item.sha256):
            raise UserError(f"{item.path.name} is not the file any more that left.", "Look at it yourself. Nothing was deleted.")
        with self.desk.store.atomic():
            self.desk.note(FileRemoved(_told(item.path), item.sha256))
            try:
                item.path.unlink()
            except OSError as wrong:
                raise UserError(
                    f"{item.path.name} cannot be deleted: {wrong.strerror}.", "Close what shows it, and try again. Nothing was deleted."
                ) from wrong

    def _entries(self) -> list[Entry]:
        told: list[Entry] = []
        for event in self.desk.store.ledger.of_verbs(_VERBS):
            if isinstance(event.body, FileRemoved):
                gone = event.body
                told = [replace(e, removed=True) if (e.path, e.sha256) == (gone.path, gone.sha256) else e for e in told]
            told.extend(_entry(event))
        return told


def _entry(event: Event[object]) -> Iterator[Entry]:
    match event.body:
        case FileLeft() as left:
            yield Entry(event.at, event.by, Way.OUT, left.what, left.path, left.place, left.why, left.sha256)
        case FileCameIn() as came:
            yield Entry(event.at, event.by, Way.IN, came.what, came.path, came.place, "", came.sha256)
        case BackupMade() as backup if backup.left or not backup.automatic:
            yield Entry(event.at, event.by, Way.OUT, BACKUP, backup.second or backup.path, backup.place, "", backup.sha256)
        case TrailBundled() as bundle:
            yield Entry(event.at, event.by, Way.OUT, BUNDLE, bundle.path, bundle.place, bundle.reason, bundle.sha256)
        case LetterPrinted() as printed:
            yield Entry(event.at, event.by, Way.OUT, PRINT, "", "", printed.letter or "a draft", "")


def _told(path: Path) -> str:
    """A path as an event keeps it; bytes that are no characters are written out."""
    return str(path.absolute()).encode("utf-8", "backslashreplace").decode()


def _lies_there(path: Path, sha256: str) -> bool:
    """Whether a plain file with these bytes lies there."""
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > MAX_BYTES:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (OSError, ValueError):
        return False


def write_beside(path: Path, data: bytes) -> None:
    """Writes a file beside its place and moves it there, so that nothing half-written stands under the name and nothing is left
    where it fails; only its owner may read it. UserError where that fails."""
    from ur_desk.store.whole import replace_whole

    try:
        replace_whole(path, data)
    except (OSError, ValueError) as wrong:
        raise UserError(f"{path.name} cannot be written: {_why(wrong)}.", "Choose another place. Nothing else was changed.") from wrong


def check_place(path: Path) -> None:
    """UserError where no file can be written to a place, asked before something is issued to it; leaves nothing there."""
    from ur_desk.store.whole import check_place as probe

    try:
        probe(path)
    except (OSError, ValueError) as wrong:
        raise UserError(f"{path.name} cannot be written: {_why(wrong)}.", "Choose another place. Nothing was issued.") from wrong


def _why(wrong: OSError | ValueError) -> str:
    return (wrong.strerror or "the system refuses it") if isinstance(wrong, OSError) else "it is no path"
