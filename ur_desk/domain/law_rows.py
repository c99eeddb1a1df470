"""Rows of law as a workspace keeps them: files that it loaded, and which rows somebody compared with the law or came to doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Book(StrEnum):
    """Which rows of law are meant."""

    CLOCKS = "clocks"
    SIGNING = "signing"
    """What states ask of whoever signs."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Who compared a row with the text that it names, and on which day."""

    by: str
    on: date

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("whoever verified a row is named")


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
    book: Book = Book.CLOCKS


@dataclass(frozen=True, slots=True)
class RowDoubted:
    """A row, by its digest, no longer counts as verified, and why."""

    row: str
    digest: str
    reason: str
    book: Book = Book.CLOCKS


RowBody = RowsLoaded | RowsDropped | RowVerified | RowDoubted
"""What can happen to the rows of law of a workspace."""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Of one book the files that were loaded, by name, and the newest word on each row, by its id."""

    files: Mapping[str, RowsLoaded] = field(default_factory=dict)
    words: Mapping[str, RowVerified | RowDoubted] = field(default_factory=dict)


def book_of(body: RowBody) -> Book:
    """Of which book something tells; only rows of clocks are loaded."""
    return body.book if isinstance(body, RowVerified | RowDoubted) else Book.CLOCKS


def rows_after(own: OwnRows, body: RowBody) -> OwnRows:
    """What holds once it has happened."""
    match body:
        case RowsLoaded():
            return replace(own, files={**own.files, body.name: body})
        case RowsDropped():
            return replace(own, files={name: file for name, file in own.files.items() if name != body.name})
        case RowVerified() | RowDoubted():
            return replace(own, words={**own.words, body.row: body})
