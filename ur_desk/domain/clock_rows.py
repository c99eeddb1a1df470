"""Rows of clocks that a workspace has of its own: loaded from a file, and what supervisors compared with the law or came to doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class RowsLoaded:
    """A file of clock rows was taken over under its name, as it came; its rows stand in the place of bundled ones of the same id."""

    name: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsDropped:
    """The rows of a file are used no more, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowVerified:
    """Somebody compared a row, by its digest, with an official text: where, and on which day."""

    row: str
    digest: str
    where: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class RowDoubted:
    """A row, by its digest, no longer counts as verified, and why."""

    row: str
    digest: str
    reason: str


RowBody = RowsLoaded | RowsDropped | RowVerified | RowDoubted
"""What can happen to the clock rows of a workspace."""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """The files that were loaded, by name, and the newest word on each row, by its id."""

    files: Mapping[str, RowsLoaded] = field(default_factory=dict)
    words: Mapping[str, RowVerified | RowDoubted] = field(default_factory=dict)


def rows_after(own: OwnRows, body: RowBody) -> OwnRows:
    """What holds once it has happened."""
    match body:
        case RowsLoaded():
            return replace(own, files={**own.files, body.name: body})
        case RowsDropped():
            return replace(own, files={name: file for name, file in own.files.items() if name != body.name})
        case RowVerified() | RowDoubted():
            return replace(own, words={**own.words, body.row: body})
