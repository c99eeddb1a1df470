"""Many policy documents in one go: each whole or not at all, none kept in memory, and a list of what was refused and why."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

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
    """A document that is in the library: its file, what it is, and whether it stood there before in the same reading."""

    file: Path
    policy: PolicyId
    title: str
    text: Sha256
    before: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which nothing was saved, and why."""

    file: Path
    message: str
    hint: str = ""


@dataclass(slots=True)
class Import:
    """What became of the files so far; grows while the import goes on, and stays as it is where that is called off.

    `total` counts the files; those that are in neither list have not been read.
    """

    total: int
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


def files_in(places: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and every file in the folders named and below, in order; hidden ones and links to folders are left out."""
    found = dict.fromkeys(file for place in places for file in (_below(place) if place.is_dir() else [place]))
    return tuple(found)


def _below(folder: Path) -> Iterator[Path]:
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at, name) for name in sorted(files) if not name.startswith("."))


def import_documents(desk: "Desk", files: Iterable[Path], told: Import) -> Steps[Done[Import]]:
    """Reads each document into the library in a transaction of its own; a refused one stops no other. `told` says how far it is.

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
        if closed := desk.only_reading():
            raise closed
        try:
            before = yield from store(lambda: _keep(desk, file, data, policy), words)  # noqa: B023 (run before the next one is read)
        except Busy:
            raise
        except UserError as refused:
            told.refused.append(Refused(file, refused.message, refused.hint))
            continue
        told.loaded.append(Loaded(file, policy.id, policy.title, policy.text.sha256, before))
    return Done(told, frozenset({Changed.LIBRARY}))


def read_bytes(file: Path) -> bytes:
    """The bytes of a file that came from outside; UserError where it is none, cannot be read, or is larger than any document."""
    try:
        if not file.is_file():
            raise UserError(f"{file.name} is no file.", NOTHING_OF_IT)
        if file.stat().st_size > MAX_BYTES:
            raise UserError(f"{file.name} is larger than {MAX_BYTES // 2**20} MB, which nothing is that comes in here.", NOTHING_OF_IT)
        return file.read_bytes()
    except (OSError, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "it is no path"
        raise UserError(f"{file.name} cannot be read: {why}.", NOTHING_OF_IT) from wrong


def _read(desk: "Desk", file: Path) -> tuple[bytes, Policy]:
    data = read_bytes(file)
    return data, desk.library.read(data, file.name)


def _keep(desk: "Desk", file: Path, data: bytes, policy: Policy) -> bool:
    """Shelves a document with its file; whether it stood there before, in the same reading, and nothing was to be done."""
    if desk.store.shelf.holds(policy):
        return True
    desk.exports.came_in("policy document", file, data)
    desk.library._load(policy, data, again=False)
    return False
