"""The steps behind the page of a file's columns: looked at, tried, kept; a file that changed meanwhile is not kept by."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.intake.mapping import Look, Mapping, Sender, Sureness
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.findings import Extracted
    from ur_desk.domain.intake.mapping import Column


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was looked at, the senders that are known, and the columns of which a guess is sure or likely."""

    look: Look
    known: tuple[Sender, ...]
    taken: "tuple[Column, ...]"


def looked(desk: "Desk", file: Path) -> "Steps[Seen]":
    """The file as its first rows show it, and every sender that is known."""
    from ur_desk.desk.steps import store, work

    known = yield from store(desk.senders.known, _tr("Reading the senders"))
    return (yield from work(partial(_look, desk, file, known), _tr("Looking at {0}").format(file.name)))


def previewed(desk: "Desk", look: Look, mapping: Mapping) -> "Steps[Extracted]":
    """What the first rows become; nothing is stored."""
    from ur_desk.desk.steps import work

    return (yield from work(partial(desk.senders.preview, look, mapping)))


def tried(desk: "Desk", look: Look, mapping: Mapping) -> "Steps[Extracted]":
    """What the whole file becomes; nothing is stored."""
    from ur_desk.desk.steps import work

    return (yield from work(partial(desk.intake.extract, look.data, look.name, mapping), _tr("Reading all of {0}").format(look.name)))


def filled(desk: "Desk", look: Look, place: int, field: str) -> "Steps[Column]":
    """A column as it fills a field that the person names."""
    from ur_desk.desk.steps import work

    return (yield from work(partial(desk.senders.column, look, place, field)))


def kept(desk: "Desk", file: Path, look: Look, sender: Sender) -> "Steps[Done[Sender]]":
    """Keeps the sender, where the file is still what was looked at; one that is gone takes nothing away."""
    from ur_desk.desk.steps import store, work

    yield from work(partial(_unchanged, file, look), _tr("Looking whether the file is the same"))
    return (yield from store(partial(desk.senders.keep, sender), _tr("Keeping what the columns mean")))


def _look(desk: "Desk", file: Path, known: tuple[Sender, ...]) -> Seen:
    from ur_desk.desk.importing import read_bytes

    look = desk.senders.look(read_bytes(file), file.name, known)
    if look.guess.mapping is not None:
        return Seen(look, known, look.guess.mapping.columns)
    # a file that was not taken for requests has no mapping, though much may be known of its columns
    told = [(place, each.field) for place, each in enumerate(look.guess.columns) if each.sureness is not Sureness.UNSURE]
    return Seen(look, known, tuple(desk.senders.column(look, place, field) for place, field in told if field))


def _unchanged(file: Path, look: Look) -> None:
    from ur_desk.desk.importing import read_bytes

    if file.exists() and read_bytes(file) != look.data:
        raise UserError(
            _tr("{0} has changed since it was looked at. Nothing was kept.").format(file.name),
            _tr("Press F5 to look at it again; what you chose stays with the columns that are still there."),
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("columns_steps", words)
