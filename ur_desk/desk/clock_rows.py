"""The rows of clocks: the bundled ones, those that a workspace loads for itself, and which of them somebody compared with the law."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain import clock_rows as cr
from ur_desk.domain.clocks import About, ClockRule, ClockRules, Consequence, Duty, Row, Silence, Verified, Window
from ur_desk.domain.fence import Read
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

R = TypeVar("R", ClockRule, Silence, Duty, Consequence, Window)
CHANGED = frozenset({Changed.CLOCKS})
LARGEST = 200_000
"""Characters that a file of clock rows has at most: fifty states fit in many times over."""
NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rows by which clocks are read, their bytes as a case pins them, and the hash of these."""

    rules: ClockRules
    data: bytes

    @property
    def sha256(self) -> Sha256:
        """The hash of the bytes."""
        return Sha256(hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row as a list shows it, and the file of this workspace that it came from; empty for a bundled one."""

    row: Row
    file: str = ""


class ClockRows:
    """Loads rows of clocks for the workspace, and keeps who verified which."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._book: tuple[cr.OwnRows, Rulebook] | None = None

    def book(self) -> Rulebook:
        """The rows by which clocks are read now; touches the store."""
        own = self.desk.store.standing().clock_rows
        if self._book is None or self._book[0] != own:
            self._book = own, self._made(own)
        return self._book[1]

    def _made(self, own: cr.OwnRows) -> Rulebook:
        from ur_desk.records.clocks import own_bytes, row_digest, with_loaded

        rules = with_loaded(self.desk.tables.clock_rules, own.files)
        told = {id_: word for id_, word in own.words.items() if any(row.id == id_ and row_digest(row) == word.digest for row in rules.rows)}
        rules = ClockRules(
            tuple(_judged(row, told) for row in rules.rules),
            rules.calendars,
            tuple(_judged(row, told) for row in rules.silences),
            tuple(_judged(row, told) for row in rules.duties),
            tuple(_judged(row, told) for row in rules.consequences),
            tuple(_judged(row, told) for row in rules.windows),
        )
        return Rulebook(rules, own_bytes(self.desk.tables.clock_bytes, own))

    @reads(Read.CLOCKS)
    def all(self) -> tuple[ListedRow, ...]:
        """Every row: rules about requests first, then those about appeals and reductions, then all others."""
        own = {id_: file.name for file in self.desk.store.standing().clock_rows.files.values() for id_ in file.ids}
        rows = sorted(self.book().rules.rows, key=lambda row: not isinstance(row, ClockRule) or row.about is not About.REQUEST)
        return tuple(ListedRow(row, own.get(row.id, "")) for row in rows)

    @verb("clock.load", Role.SUPERVISOR, writes=cr.RowsLoaded)
    def load(self, act: Act, data: bytes, name: str) -> Done[tuple[Row, ...]]:
        """Takes over a file of rows under its name; its rows stand in the place of bundled ones of the same id, and a newer file of the
        same name in the place of the older one."""
        from ur_desk.records.clocks import clock_rules, with_loaded

        told = clock_rules(data, name)
        if len(data) > LARGEST or not told.rows:
            raise UserError(f"{name} has no rows of clocks, or far too many.", f"Write the rows of the law that are missing. {NOTHING}")
        body = cr.RowsLoaded(name, data.decode("utf-8"), tuple(row.id for row in told.rows))
        own = cr.rows_after(self.desk.store.standing().clock_rows, body)
        with_loaded(self.desk.tables.clock_rules, own.files)
        act.on_workspace(body)
        return Done(told.rows, CHANGED)

    @verb("clock.drop", Role.SUPERVISOR, writes=cr.RowsDropped)
    def drop(self, act: Act, name: str, reason: str) -> Done[None]:
        """Takes the rows of a loaded file out of use; clocks that were read by them keep what they said."""
        if name not in self.desk.store.standing().clock_rows.files:
            raise UserError(f"No file of clock rows named {name} is loaded.", f"Look at the list of rows. {NOTHING}")
        act.on_workspace(cr.RowsDropped(name, _said(reason, "why")))
        return Done(None, CHANGED)

    @verb("clock.verify", Role.SUPERVISOR, writes=cr.RowVerified)
    def verify(self, act: Act, row: str, where: str, on: date) -> Done[Row]:
        """Records that this person compared a row with an official text: where, and on which day."""
        from ur_desk.records.clocks import row_digest

        found, today = self._row(row), self.desk.clock.now().astimezone(self.desk.zone).date()
        if on > today:
            raise UserError("The row cannot have been compared in the future.", NOTHING)
        act.on_workspace(cr.RowVerified(row, row_digest(found), _said(where, "with which text"), on, act.by.display))
        return Done(self._row(row), CHANGED)

    @verb("clock.doubt", Role.SUPERVISOR, writes=cr.RowDoubted)
    def doubt(self, act: Act, row: str, reason: str) -> Done[Row]:
        """Records that a row no longer counts as verified, and why."""
        from ur_desk.records.clocks import row_digest

        found = self._row(row)
        if found.verified is None:
            raise UserError(f"{row} is not verified.", NOTHING)
        act.on_workspace(cr.RowDoubted(row, row_digest(found), _said(reason, "why")))
        return Done(self._row(row), CHANGED)

    def _row(self, id_: str) -> Row:
        try:
            return self.book().rules.row(id_)
        except KeyError:
            raise UserError(f"There is no clock row {id_}.", f"Look at the list of rows. {NOTHING}") from None


def _judged(row: R, told: "dict[str, cr.RowVerified | cr.RowDoubted]") -> R:
    word = told.get(row.id)
    if word is None:
        return row
    return replace(row, verified=Verified(f"{word.by} ({word.where})", word.on) if isinstance(word, cr.RowVerified) else None)


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING)
    return text.strip()
