"""Many policy documents in one go: each whole or not at all, none kept in memory, and a list of what was refused and why."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.known import known
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Changed, Done, gate
from ur_desk.domain.policy import Policy, PolicyId, Sha256
from ur_desk.errors import Busy, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

MAX_BYTES = 200 * 1024 * 1024
"""No document of a payer is larger; what is, is refused unread."""
NOTHING_OF_IT = "Nothing of it was saved."


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that is in the library: its file, what it is, and what stands there of it where its text was there before."""

    file: Path
    policy: PolicyId
    title: str
    text: Sha256
    known: str = ""

    @property
    def before(self) -> bool:
        """Whether its text stood there before, so that nothing was changed."""
        return bool(self.known)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which nothing was saved, and why."""

    file: Path
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What lies in a folder and is not read, and why."""

    file: Path
    why: str


@dataclass(slots=True)
class Import:
    """What became of the files so far; grows while the import goes on, and stays as it is where that is called off.

    `total` counts the files; those that are in neither list have not been read. `skipped` is what is never read of the folders.
    """

    total: int
    skipped: tuple[Skipped, ...] = ()
    loaded: list[Loaded] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Files that were read, in or refused."""
        return len(self.loaded) + len(self.refused)

    @property
    def left(self) -> int:
        """Files that were not read."""
        return self.total - self.done

    @property
    def new(self) -> int:
        """Documents that came into the library by this import."""
        return sum(not item.before for item in self.loaded)


def files_in(places: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Skipped, ...]]:
    """The files named, and every file in the folders named and below, in order; and what in these folders is not read: hidden files and
    folders, symbolic links, and folders that cannot be opened."""
    found: dict[Path, None] = {}
    skipped: dict[Path, Skipped] = {}
    for place in places:
        for each in _below(place) if place.is_dir() else [place]:
            if isinstance(each, Skipped):
                skipped[each.file] = each
            else:
                found[each] = None
    return tuple(found), tuple(skipped.values())


def _below(folder: Path) -> Iterator[Path | Skipped]:
    closed: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=closed.append):
        left = [skip for name in sorted(folders) if (skip := _skipped(Path(at, name), folder=True))]
        folders[:] = sorted(set(folders) - {skip.file.name for skip in left})
        yield from left
        yield from (_skipped(Path(at, name), folder=False) or Path(at, name) for name in sorted(files))
    for wrong in closed:
        yield Skipped(Path(wrong.filename), f"The folder cannot be opened: {wrong.strerror}.")


def _skipped(place: Path, *, folder: bool) -> Skipped | None:
    """Why a file or folder inside a folder is not read; None where it is."""
    what = "folder" if folder else "file"
    if place.name.startswith("."):
        return Skipped(place, f"A hidden {what}. Name it by itself to read it.")
    if place.is_symlink():
        return Skipped(place, "A symbolic link, which may lead anywhere. Name what it leads to, to read that.")
    return None


def import_documents(desk: "Desk", files: Iterable[Path], told: Import, anew: bool = False) -> Steps[Done[Import]]:
    """Reads each document into the library in a transaction of its own; a refused one stops no other. `told` says how far it is.

    `anew` begins another draft of a text that is confirmed there; else such a text changes nothing.

    Called off between two documents, what came in stays and nothing of the others is there. Where the workspace cannot be written to
    any more the rest is not tried: UserError, and what came in before stays.
    """
    gate(desk.person, "policy.load")
    for number, file in enumerate(files, start=1):
        words = f"Document {number} of {told.total}"
        try:
            data, policy = yield from work(lambda file=file: _read(desk, file), words)  # type: ignore[misc]
        except UserError as refused:
            told.refused.append(Refused(file, refused.message, refused.hint))
            continue
        try:
            there = yield from store(lambda: desk.only_reading() or _keep(desk, file, data, policy, anew), words)  # noqa: B023 (run before the next one is read)
        except Busy:
            raise
        except UserError as refused:
            told.refused.append(Refused(file, refused.message, refused.hint))
            continue
        if isinstance(there, UserError):
            raise there
        told.loaded.append(Loaded(file, policy.id, policy.title, policy.text.sha256, there))
    return Done(told, frozenset({Changed.LIBRARY}))


def read_bytes(file: Path) -> bytes:
    """The bytes of a file that came from outside; UserError where it is none, cannot be read, or is larger than any document.

    A file that grows while it is read is read up to the limit and no further.
    """
    try:
        if file.exists() and not file.is_file():
            raise UserError(f"{file.name} is no file.", NOTHING_OF_IT)
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "it is no path"
        raise UserError(f"{file.name} cannot be read: {why}.", NOTHING_OF_IT) from wrong
    if len(data) > MAX_BYTES:
        raise UserError(f"{file.name} is larger than {MAX_BYTES // 2**20} MB, which nothing is that comes in here.", NOTHING_OF_IT)
    return data


def _read(desk: "Desk", file: Path) -> tuple[bytes, Policy]:
    data = read_bytes(file)
    return data, desk.library.read(data, file.name)


def _keep(desk: "Desk", file: Path, data: bytes, policy: Policy, anew: bool) -> str:
    """Shelves a document with its file; what stands there of it where its text was there before, and nothing was to be done."""
    if there := known(desk, policy, anew):
        return str(there)
    desk.exports.came_in("policy document", file, data)
    desk.library._load(policy, data, again=False)
    return ""
