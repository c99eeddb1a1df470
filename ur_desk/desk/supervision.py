"""Supervision: saved cases found again, read as they were decided, their timeline, and the check of the trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.verbs import Act, verb
from ur_desk.domain.audit import Break, Head, Verification, verify
from ur_desk.domain.events import CaseEvent, CaseId
from ur_desk.domain.listing import CaseFilter, Page
from ur_desk.domain.people import Account, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.workspace import TrailChecked

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a case as its timeline shows it: the head, the event, and who it was."""

    head: Head
    event: CaseEvent
    person: Account | None


class Supervision:
    """Finds cases and tells what happened to them; changes none."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def cases(self, asked: CaseFilter, after: tuple[str, ...] | None = None, size: int = PAGE) -> Page:
        """A page of the cases that the filter asks for."""
        with self.desk.store.reading():
            return self.desk.store.cases.page(asked, after, size, self.desk.zone)

    def timeline(self, case: CaseId) -> tuple[Told, ...]:
        """Every step of a case in order."""
        with self.desk.store.reading():
            people = {account.id: account for account in self.desk.store.accounts.all()}
            events = self.desk.store.ledger.of_case(case)
            heads = self.desk.store.ledger.heads_of_case(case)
            return tuple(Told(head, event, people.get(event.by)) for head, event in zip(heads, events, strict=True))

    @verb("audit.verify", *Role)
    def check_trail(self, act: Act) -> Verification:
        """Checks both chains, every body, every kept file and every case's row; the check itself is an event."""
        found = self.verification()
        act.on_workspace(TrailChecked(found.events, len(found.breaks)))
        return found

    def verification(self) -> Verification:
        """What a check of the trail finds now; leaves no event."""
        store = self.desk.store
        with store.reading():
            chain = verify(store.ledger.kept())
            damaged = tuple(Break(0, name, "a kept file is not what its name says any more") for name in store.blobs.damaged())
            rows = tuple(self._rows())
        return Verification(chain.events, chain.head, (*chain.breaks, *damaged, *rows), chain.purged)

    def _rows(self) -> Iterator[Break]:
        known = set(self.desk.store.cases.ids())
        told = set(self.desk.store.ledger.cases())
        yield from (Break(0, case, "its row is missing from the lists") for case in sorted(told - known))
        yield from (Break(0, case, "no event tells of it") for case in sorted(known - told))
        for case in sorted(known & told):
            try:
                differs = self.desk.store.row_differs(self.desk.review.case(case))
            except (ValueError, KeyError):
                yield Break(0, case, "its events do not tell a case any more")
                continue
            if differs:
                yield Break(0, case, "its row in the lists is not what its events tell")

    def heads(self) -> Iterator[tuple[Head, Sha256]]:
        """Every head with its stored seal, for an export without patient data."""
        return self.desk.store.ledger.exported()

    def checked_at(self) -> datetime:
        """The instant of now, for a screen that says when it checked."""
        return self.desk.clock.now()
