"""When a request was received, as typed: a day, a time and a zone, which together are one instant."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from ur_desk.domain.intake.fields import Fields
from ur_desk.domain.intake.times import time_of
from ur_desk.domain.request import Evidence, ReceiptEvidence, Request
from ur_desk.domain.visible import clip
from ur_desk.domain.zones import instants, offset_name, zone, zone_name

_OFFSET = re.compile(r"(?P<time>.*?) ?(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Receipt:
    """An instant in UTC, the name of the zone in which it was told, and what shows it; None where nothing was told."""

    at: datetime | None = None
    zone: str | None = None
    evidence: ReceiptEvidence | None = None


def receipt_of(request: Request) -> Receipt:
    """The receipt as the request has it."""
    return Receipt(request.received_at, request.received_zone, request.received_evidence)


def read_receipt(fields: Fields, day_text: str, time_text: str, zone_text: str, now: datetime) -> Receipt:
    """The instant of receipt; nothing is guessed: a time without a zone, a skipped hour or the future give none, and say so.

    The time is written as `times.time_of` reads it, and may carry an offset (`09:30-04:00`), which decides in the hour that is repeated
    in autumn.
    """
    if not (day_text.strip() or time_text.strip()):
        fields.refuse(
            "received_date", "missing-receipt", "Say when the request was received: day, time and zone. Without it the clock cannot start."
        )
        return Receipt()
    day, told = fields.day("received_date", day_text), _time(fields, time_text)
    name = _zone(fields, zone_text, told) if told or zone_text.strip() else None
    if day is None and not day_text.strip():
        fields.refuse("received_date", "missing-receipt", "Say on which day the request was received.")
    if day is None or told is None or name is None:
        return Receipt()
    at = _instant(fields, day, told, name)
    if at is None:
        return Receipt()
    if at > now:
        fields.refuse(
            "received_date", "received-in-future", "The request cannot have been received in the future. Check day, time and zone."
        )
        return Receipt()
    return Receipt(at, name)


def read_evidence(fields: Fields, kind: str, where: str) -> ReceiptEvidence | None:
    """What shows when the request came in; a place that is named without its kind is evidence of another kind."""
    place = fields.line("received_evidence_where", where)
    told = fields.choice("received_evidence", kind, Evidence)
    if told is None:
        return ReceiptEvidence(Evidence.OTHER, place) if place else None
    return ReceiptEvidence(told, place)


def evidence_texts(evidence: ReceiptEvidence | None) -> tuple[str, str]:
    """Kind and place as a person would type them, so that `read_evidence` gives the same."""
    return ("", "") if evidence is None else (evidence.kind.value, evidence.where or "")


def receipt_texts(at: datetime | None, name: str | None) -> tuple[str, str, str]:
    """Day, time and zone as a person would type them, so that `read_receipt` gives the same instant and zone."""
    if at is None:
        return "", "", name or ""
    where = zone(name or "UTC")
    local = at.astimezone(where)
    plain = local.replace(tzinfo=None, fold=0)
    text = plain.strftime("%H:%M") if not (plain.second or plain.microsecond) else plain.time().isoformat()
    if len(instants(plain, where)) > 1:
        text += _offset_text(local.utcoffset() or timedelta(0))
    return plain.strftime("%m/%d/%Y"), text, name or "UTC"


def with_receipt(request: Request, receipt: Receipt) -> Request:
    """The request as if it had been told with this receipt."""
    return replace(request, received_at=receipt.at, received_zone=receipt.zone, received_evidence=receipt.evidence)


@dataclass(frozen=True, slots=True)
class _Told:
    time: time
    offset: timedelta | None


def _time(fields: Fields, text: str) -> _Told | None:
    told = fields.line("received_time", text)
    if told is None:
        fields.refuse(
            "received_time",
            "missing-time",
            "Say at what time the request was received, such as 2:30 pm; where only the day is known, 00:00 is on the safe side.",
        )
        return None
    match = _OFFSET.fullmatch(told)
    clock = time_of(match["time"] if match else told)
    offset = _offset(match["offset"]) if match else None
    if clock is None or (match and offset is None):
        fields.refuse("received_time", "bad-time", f"“{clip(told)}” is no time of day. Write it as 14:30, 2:30 pm or 230p.")
        return None
    return _Told(clock, offset)


def _offset(text: str) -> timedelta | None:
    name = zone_name(text)
    return None if name is None else zone(name).utcoffset(None)


def _zone(fields: Fields, text: str, told: _Told | None) -> str | None:
    typed = fields.line("received_zone", text)
    if typed is None:
        if told is not None and told.offset is not None:
            return offset_name(told.offset)
        fields.refuse(
            "received_zone",
            "missing-zone",
            "In which time zone was that? A time without a zone is no instant; write Eastern, America/New_York or -05:00.",
        )
        return None
    name = zone_name(typed)
    if name is None:
        fields.refuse(
            "received_zone",
            "unknown-zone",
            f"“{clip(typed)}” is no time zone. Write Eastern, a name such as America/New_York, or an offset such as -05:00.",
        )
    return name


def _instant(fields: Fields, day: date, told: _Told, name: str) -> datetime | None:
    where, local = zone(name), datetime.combine(day, told.time)
    if told.offset is not None:
        at = (local - told.offset).replace(tzinfo=UTC)
        if at.astimezone(where).utcoffset() != told.offset:
            fields.doubt(
                "received_zone",
                "zone-mismatch",
                f"The offset {_offset_text(told.offset)} is not that of {name} on that day; the offset was taken.",
            )
        return at
    meant = instants(local, where)
    if not meant:
        fields.refuse("received_time", "skipped-hour", f"Clocks in {name} skipped that hour on that day. Check the time.")
        return None
    if len(meant) > 1:
        fields.doubt(
            "received_time",
            "repeated-hour",
            f"That hour came twice in {name} on that day; the first was taken, which can only shorten the clock.",
        )
    return meant[0]


def _offset_text(offset: timedelta) -> str:
    name = offset_name(offset)
    return "+00:00" if name == "UTC" else name
