"""What states ask of whoever signs, as it holds in this workspace: the bundled rows, and which of them somebody compared with the law."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk import law_rows
from ur_desk.desk.law_rows import NOTHING
from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain.decisions.signing import SigningRule, SigningRules
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.law_rows import Book, OwnRows, RowDoubted, RowVerified
from ur_desk.domain.people import Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.RULES, Changed.CASES})


@dataclass(frozen=True, slots=True)
class SigningBook:
    """The rows that hold for whoever signs, and their bytes as a decision pins them."""

    rules: SigningRules
    data: bytes


class SigningRows:
    """Keeps who verified which row of what states ask of whoever signs."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._book: tuple[OwnRows, SigningBook] | None = None

    def book(self) -> SigningBook:
        """The rows that hold now; touches the store."""
        own = self.desk.store.standing().signing_rows
        if self._book is None or self._book[0] != own:
            self._book = own, self._made(own)
        return self._book[1]

    def _made(self, own: OwnRows) -> SigningBook:
        from ur_desk.records.law_rows import own_bytes

        tables = self.desk.tables
        rules = replace(tables.signing_rules, rules=tuple(law_rows.judged(row, own.words) for row in tables.signing_rules.rules))
        return SigningBook(rules, own_bytes(tables.signing_bytes, own))

    @reads(Read.CLOCKS)
    def all(self) -> tuple[SigningRule, ...]:
        """Every row, by state."""
        return tuple(sorted(self.book().rules.rules, key=lambda row: (sorted(row.states), row.id)))

    @verb("signing.verify", Role.SUPERVISOR, writes=RowVerified)
    def verify(self, act: Act, row: str, where: str, on: date) -> Done[SigningRule]:
        """Records that this person compared a row with an official text: where, and on which day; from then on it refuses what it forbids."""
        law_rows.verify(act, Book.SIGNING, self._row(row), where, on)
        return Done(self._row(row), CHANGED)

    @verb("signing.doubt", Role.SUPERVISOR, writes=RowDoubted)
    def doubt(self, act: Act, row: str, reason: str) -> Done[SigningRule]:
        """Records that a row no longer counts as verified, and why; from then on it is shown and refuses nothing."""
        law_rows.doubt(act, Book.SIGNING, self._row(row), reason)
        return Done(self._row(row), CHANGED)

    def _row(self, id_: str) -> SigningRule:
        found = next((row for row in self.book().rules.rules if row.id == id_), None)
        if found is None:
            raise UserError(f"There is no signing rule {id_}.", f"Look at the list of rules. {NOTHING}")
        return found
