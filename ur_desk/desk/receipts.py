"""Corrections of the receipt: asked for with what shows it and why, settled by a supervisor, told month by month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, told
from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.fence import Read, sees
from ur_desk.domain.intake.receipt import Receipt, receipt_of
from ur_desk.domain.intake.receipt_change import ReceiptChange
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a receipt: of which case, what became of it, and what the clock says now.

    `number` is empty where the case is closed to whoever asks; what was typed is left out then too.
    """

    case: CaseId
    number: str
    change: ReceiptChange
    due_now: ev.ClockRead | None
    asked_by: Account | None
    settled_by: Account | None


class Receipts:
    """Asks for corrections of the instant that starts the clock, settles them, and reports them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @verb("receipt.doubt", Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.ReceiptDoubted)
    def doubt(self, act: Act, case: CaseId, revision: int, after: Receipt, reason: str) -> Done[Case]:
        """Asks that the recorded receipt be corrected; nothing changes before a supervisor allows it."""
        before = receipt_of(self.desk.review.case(case).request)
        done = act.on_case(case, revision, [ev.ReceiptDoubted(before, after, reason.strip())])
        return act.done(done, label="correction of the receipt")

    @verb("receipt.settle", Role.SUPERVISOR, writes=ev.ReceiptSettled | ev.ClockRead)
    def settle(self, act: Act, case: CaseId, revision: int, event: EventId, allowed: bool, reason: str) -> Done[Case]:
        """Allows or refuses a correction; where it is allowed, the clock is read anew from the corrected receipt."""
        after = act.on_case(case, revision, [ev.ReceiptSettled(event, allowed, reason.strip())])
        return act.done(act.on_case(case, after.revision, [self.desk.clocks.of_case(after)]) if allowed else after)

    @reads(Read.ALERTS)
    def waiting(self) -> tuple[Correction, ...]:
        """The corrections that wait for a supervisor, oldest first."""
        return self._corrections(lambda change: change.allowed is None)

    @reads(Read.ALERTS)
    def of_month(self, year: int, month: int) -> tuple[Correction, ...]:
        """Every correction that was asked for in a month of the workspace's days, oldest first; UserError for what is no month."""
        try:
            date(year, month, 1)
        except ValueError:
            raise UserError("That is no month.", "Write it as 2026-11. Nothing was changed.") from None
        zone = self.desk.zone
        return self._corrections(lambda change: (day := change.at.astimezone(zone)).year == year and day.month == month)

    def _corrections(self, wanted: Callable[[ReceiptChange], bool]) -> tuple[Correction, ...]:
        with self.desk.store.reading():
            people = {account.id: account for account in self.desk.store.accounts.all()}
            cases = [told(self.desk, case) for case in self.desk.store.ledger.with_doubted_receipt()]
        found = [self._correction(case, change, people) for case in cases for change in case.receipts if wanted(change)]
        return tuple(sorted(found, key=lambda correction: correction.change.at))

    def _correction(self, case: Case, change: ReceiptChange, people: dict[AccountId, Account]) -> Correction:
        shown = sees(case, self.desk.person.id, self.desk.clock.now())
        settled = people.get(change.settled_by) if change.settled_by else None
        bare = change if shown else _without_words(change)
        return Correction(case.id, case.number if shown else "", bare, case.clock if shown else None, people.get(change.by), settled)


def _without_words(change: ReceiptChange) -> ReceiptChange:
    """The correction of a case that is closed to whoever asks: when and by whom, nothing of the case."""
    return ReceiptChange(
        change.event, change.by, change.at, Receipt(), Receipt(), "", change.allowed, change.settled_by, change.settled_at, "", None
    )
