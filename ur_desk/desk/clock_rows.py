"""The rows of clocks: the bundled ones, those that a workspace loads for itself, and which of them somebody compared with the law."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk import law_rows
from ur_desk.desk.law_rows import NOTHING, said
from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain import law_rows as lr
from ur_desk.domain.clocks.rules import About, ClockRule, ClockRules, Row
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.RULES})
LARGEST = 200_000
"""Characters that a file of clock rows has at most: fifty states fit in many times over."""


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
        self._book: tuple[lr.OwnRows, Rulebook] | None = None

    def book(self) -> Rulebook:
        """The rows by which clocks are read now; touches the store."""
        own = self.desk.store.standing().clock_rows
        if self._book is None or self._book[0] != own:
            self._book = own, self._made(own)
        return self._book[1]

    def _made(self, own: lr.OwnRows) -> Rulebook:
        from ur_desk.records.clocks import with_loaded
        from ur_desk.records.law_rows import own_bytes

        rules = with_loaded(self.desk.tables.clock_rules, own.files)
        rules = ClockRules(
            tuple(law_rows.judged(row, own.words) for row in rules.rules),
            rules.calendars,
            tuple(law_rows.judged(row, own.words) for row in rules.silences),
            tuple(law_rows.judged(row, own.words) for row in rules.duties),
            tuple(law_rows.judged(row, own.words) for row in rules.consequences),
            tuple(law_rows.judged(row, own.words) for row in rules.windows),
        )
        return Rulebook(rules, own_bytes(self.desk.tables.clock_bytes, own))

    @reads(Read.CLOCKS)
    def all(self) -> tuple[ListedRow, ...]:
        """Every row: rules about requests first, then those about appeals and reductions, then all others."""
        own = {id_: file.name for file in self.desk.store.standing().clock_rows.files.values() for id_ in file.ids}
        rows = sorted(self.book().rules.rows, key=lambda row: not isinstance(row, ClockRule) or row.about is not About.REQUEST)
        return tuple(ListedRow(row, own.get(row.id, "")) for row in rows)

    @verb("clock.load", Role.SUPERVISOR, writes=lr.RowsLoaded)
    def load(self, act: Act, data: bytes, name: str) -> Done[tuple[Row, ...]]:
        """Takes over a file of rows under its name; its rows stand in the place of bundled ones of the same id, and a newer file of the
        same name in the place of the older one."""
        from ur_desk.records.clocks import clock_rules, with_loaded

        told = clock_rules(data, name)
        if len(data) > LARGEST or not told.rows:
            raise UserError(f"{name} has no rows of clocks, or far too many.", f"Write the rows of the law that are missing. {NOTHING}")
        body = lr.RowsLoaded(name, data.decode("utf-8"), tuple(row.id for row in told.rows))
        own = lr.rows_after(self.desk.store.standing().clock_rows, body)
        with_loaded(self.desk.tables.clock_rules, own.files)
        act.on_workspace(body)
        return Done(told.rows, CHANGED)

    @verb("clock.drop", Role.SUPERVISOR, writes=lr.RowsDropped)
    def drop(self, act: Act, name: str, reason: str) -> Done[None]:
        """Takes the rows of a loaded file out of use; clocks that were read by them keep what they said."""
        if name not in self.desk.store.standing().clock_rows.files:
            raise UserError(f"No file of clock rows named {name} is loaded.", f"Look at the list of rows. {NOTHING}")
        act.on_workspace(lr.RowsDropped(name, said(reason, "why")))
        return Done(None, CHANGED)

    @verb("clock.verify", Role.SUPERVISOR, writes=lr.RowVerified)
    def verify(self, act: Act, row: str, where: str, on: date) -> Done[Row]:
        """Records that this person compared a row with an official text: where, and on which day."""
        law_rows.verify(act, lr.Book.CLOCKS, self._row(row), where, on)
        return Done(self._row(row), CHANGED)

    @verb("clock.doubt", Role.SUPERVISOR, writes=lr.RowDoubted)
    def doubt(self, act: Act, row: str, reason: str) -> Done[Row]:
        """Records that a row no longer counts as verified, and why."""
        law_rows.doubt(act, lr.Book.CLOCKS, self._row(row), reason)
        return Done(self._row(row), CHANGED)

    def _row(self, id_: str) -> Row:
        try:
            return self.book().rules.row(id_)
        except KeyError:
            raise UserError(f"There is no clock row {id_}.", f"Look at the list of rows. {NOTHING}") from None
