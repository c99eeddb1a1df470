"""A correction of the receipt as a case remembers it: asked for, then allowed or refused; both instants are kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from ur_desk.domain.events import CaseEvent, ClockRead, EventId, ReceiptDoubted, ReceiptSettled
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.people import AccountId


@dataclass(frozen=True, slots=True)
class ReceiptChange:
    """A correction of the receipt: what was recorded, what should stand and why, who asked when, and what a supervisor said to it.

    `allowed` is None while it waits. `due_before` is what the clock said before it was allowed.
    """

    event: EventId
    by: AccountId
    at: datetime
    before: Receipt
    after: Receipt
    reason: str
    allowed: bool | None = None
    settled_by: AccountId | None = None
    settled_at: datetime | None = None
    said: str = ""
    due_before: ClockRead | None = None


def doubted(body: ReceiptDoubted, event: CaseEvent) -> ReceiptChange:
    """The correction that waits from this event on."""
    return ReceiptChange(event.id, event.by, event.at, body.before, body.after, body.reason)


def settled(asked: ReceiptChange, body: ReceiptSettled, event: CaseEvent, clock: ClockRead | None) -> ReceiptChange:
    """The correction as it was settled; `clock` is what was due until then."""
    due = clock if body.allowed else None
    return replace(asked, allowed=body.allowed, settled_by=event.by, settled_at=event.at, said=body.reason, due_before=due)
