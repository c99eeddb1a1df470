"""Supervision: saved cases found again, read as they were decided, their timeline, and the check of the trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.reads import check_case_open, reads
from ur_desk.desk.verbs import Act, gate, verb
from ur_desk.desk.verification import check
from ur_desk.domain.audit import Event, Gone, Head, Verification
from ur_desk.domain.events import CaseBody, CaseId
from ur_desk.domain.fence import Read, viewer
from ur_desk.domain.listing import CaseFilter, Page
from ur_desk.domain.people import Account, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.workspace import TrailChecked

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a case as its timeline shows it: the head, the event (`Gone` where its content is missing), and who it was."""

    head: Head
    event: Event[CaseBody | Gone]
    person: Account | None


class Supervision:
    """Finds cases and tells what happened to them; changes none."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.LIST)
    def cases(self, asked: CaseFilter, after: tuple[str, ...] | None = None, size: int = PAGE) -> Page:
        """A page of the cases that the filter asks for; each row with no more than the person's work on it needs."""
        with self.desk.store.reading():
            return self.desk.store.cases.page(asked, after, size, viewer(self.desk.person, self.desk.clock.now()), self.desk.zone)

    @reads(Read.TIMELINE)
    def timeline(self, case: CaseId) -> tuple[Told, ...]:
        """Every step of a case in order; refused where it is closed to the person."""
        with self.desk.store.reading():
            check_case_open(self.desk, case)
            people = {account.id: account for account in self.desk.store.accounts.all()}
            return tuple(Told(head, event, people.get(event.by)) for head, event in self.desk.store.ledger.steps(case))

    def check_trail(self) -> Verification:
        """Checks both chains, every content, every kept file and every row; the check itself is an event.

        Nobody is held up while it checks: only its event is written, at the end.
        """
        gate(self.desk.person, "audit.verify")
        found = self.verification()
        self._note_check(found)
        return found

    @verb("audit.verify", *Role)
    def _note_check(self, act: Act, found: Verification) -> None:
        """Notes that the trail was checked, and what was found."""
        act.on_workspace(TrailChecked(found.events, len(found.breaks)))

    def verification(self) -> Verification:
        """What a check of the trail finds now; leaves no event."""
        return check(self.desk.store)

    @reads(Read.HEADS)
    def heads(self) -> Iterator[tuple[Head, Sha256]]:
        """Every head with its stored seal, for an export without patient data."""
        return self.desk.store.ledger.exported()

    def checked_at(self) -> datetime:
        """The instant of now, for a screen that says when it checked."""
        return self.desk.clock.now()
