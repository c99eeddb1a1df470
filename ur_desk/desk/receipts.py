"""Corrections of the receipt: asked for with what shows it and why, settled by a supervisor, told month by month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, told
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.fence import Read, sees
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.receipt import Receipt, receipt_of, with_receipt
from ur_desk.domain.receipt_change import ReceiptChange
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

    def settle(self, case: CaseId, revision: int, event: EventId, allowed: bool, reason: str) -> Steps[Done[Case]]:
        """Allows or refuses a correction; where it is allowed, the clock is read anew from the corrected receipt."""
        gate(self.desk.person, "receipt.settle")
        now = yield from store(lambda: self.desk.review.case(case), "Reading the case")
        body = ev.ReceiptSettled(event, allowed, reason.strip())
        clock = None
        if allowed and now.doubted is not None:
            request = with_receipt(now.request, now.doubted.after)
            follows = now.follows.kind if now.follows else None
            clock = yield from work(lambda: self.desk.intake.clock(request, follows), "Reading the clock rules")
        return (yield from store(lambda: self._settle(case, revision, body, clock), "Saving"))

    @verb("receipt.settle", Role.SUPERVISOR, writes=ev.ReceiptSettled | ev.ClockRead)
    def _settle(self, act: Act, case: CaseId, revision: int, body: ev.ReceiptSettled, clock: ev.ClockRead | None) -> Done[Case]:
        """Allows or refuses a correction of the receipt."""
        if clock is not None:
            self.desk.store.blobs.keep(self.desk.tables.clock_bytes)
        return act.done(act.on_case(case, revision, [body, *([] if clock is None else [clock])]))

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
