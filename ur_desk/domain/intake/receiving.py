"""When files that come in were received: what a person may take for it, and what shows it. Nothing is chosen here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from ur_desk.domain.findings import Made
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.request import OPENS_A_CASE, Evidence, Kind, ReceiptEvidence, Request
from ur_desk.domain.zones import instants, zone
from ur_desk.errors import UserError

KEPT = "Nothing was changed; what you typed is still there."


class Way(StrEnum):
    """How one knows when a file was received."""

    FILE = "file-time"
    SENDER = "sender-clock"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A receipt that one may take, and how one knows it."""

    way: Way
    receipt: Receipt


def suggestions(name: str, saved: datetime | None, made: Made | None, brought: datetime, zone_name: str) -> tuple[Suggestion, ...]:
    """What may be taken as the receipt of a file of that name: when it was saved in its folder, when its sender made it, and that it came in
    just when it was brought here. Times without a zone are told in the zone of that name; what lies behind the bringing is left out."""
    told = _told(name, saved, made, brought, zone_name)
    return tuple(each for each in told if each.receipt.at is not None and each.receipt.at <= brought)


def _told(name: str, saved: datetime | None, made: Made | None, brought: datetime, zone_name: str) -> Iterator[Suggestion]:
    if saved is not None:
        yield Suggestion(Way.FILE, Receipt(saved.astimezone(UTC), zone_name, ReceiptEvidence(Evidence.FILE_TIME, name)))
    if made is not None and (meant := instants(made.at, zone(made.zone or zone_name))):
        shown = ReceiptEvidence(Evidence.OTHER, f"the sender's own clock, {made.where}")
        yield Suggestion(Way.SENDER, Receipt(meant[0], made.zone or zone_name, shown))
    shown = ReceiptEvidence(Evidence.OTHER, "came in just when it was brought here")
    yield Suggestion(Way.NOW, Receipt(brought, zone_name, shown))


def starts_a_clock(request: Request) -> bool:
    """Whether its receipt starts a clock: it opens a case, or is an appeal."""
    return request.kind in (None, Kind.APPEAL, *OPENS_A_CASE)


def check_told(receipt: Receipt, now: datetime) -> Receipt:
    """The receipt as it may be kept; UserError for one in the future, or that nothing shows. Without an instant it says that nobody knows."""
    if receipt.at is None:
        return Receipt()
    if receipt.at > now:
        raise UserError("A file cannot have been received in the future.", f"Check day, time and zone. {KEPT}")
    if receipt.evidence is None or receipt.zone is None:
        raise UserError("Say what shows when it was received.", f"A fax header, a stamp, a log, the time of the file. {KEPT}")
    where = receipt.evidence.where
    return replace(receipt, evidence=ReceiptEvidence(receipt.evidence.kind, where.strip() or None if where else None))
