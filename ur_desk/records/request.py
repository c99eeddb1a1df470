"""Requests as plain data of the kind `ur-desk-request/1`, and back; nothing is lost on the way."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.request import Request
from ur_desk.domain.zones import offset_name, zone
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.prior import decision_data

SCHEMA = "ur-desk-request/1"

KEYS = {"first_day": "from", "last_day": "to"}
"""The keys that differ from the field's own name, in service lines and coverage."""
FIELDS = {key: field for field, key in KEYS.items()}


def request_data(request: Request) -> dict[str, Any]:
    """The request as plain data; `received_at` on the clocks of the zone in which it was told, which stands in `received_zone`."""
    told = msgspec.to_builtins(request)
    told["received_at"] = _received(request)
    told["services"] = [_service(row) for row in told["services"]]
    told["diagnoses"] = list(told["diagnoses"])
    told["coverage"] = told["coverage"] and _renamed(told["coverage"], KEYS)
    told["claim"] = told["claim"] and _numbers(told["claim"], "billed", _number)
    subscriber = told["member"]["subscriber"]
    told["member"]["subscriber"] = None if subscriber is None else {"name": subscriber}
    told["attachments"] = [_known(a) for a in told["attachments"]]
    told["source"] = told["source"] and _known(told["source"])
    if told.pop("decision") is not None and request.decision is not None:
        told["decision"] = decision_data(request.decision)
    if told["received_evidence"] is None:
        del told["received_evidence"]
    if traces := told.pop("traces"):
        told["traces"] = list(traces)
    return {"schema": SCHEMA, **told}


def content_hash(request: Request) -> str:
    """The sha256 of all that a request asks, whichever file said it; what is not known counts for nothing, so that it stays the same
    where a later version can keep more.

    When it was received is no part of it: that is told by whoever took it in, and the same request that comes again comes later. Nor
    are the ids that it bears beside its reference.
    """
    return hashlib.sha256(canonical_bytes(_told({**request_data(request), **_NO_CONTENT}))).hexdigest()


_NO_CONTENT = dict.fromkeys(("source", "schema", "received_at", "received_zone", "received_evidence", "traces"))


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if (kept := _told(item)) not in (None, "", [], {}, False)}
    return [_told(item) for item in value] if isinstance(value, list | tuple) else value


def request_from(data: dict[str, Any]) -> Request:
    """The request that `request_data` told; UserError where the data is of another kind or damaged.

    For data of this program's own making: what others wrote is read by `records.request_draft`.
    """
    if data.get("schema") != SCHEMA:
        raise UserError("This is no request that this version can read.", "It may come from a newer version. Nothing was lost.")
    try:
        return msgspec.convert(_fields(data), Request)
    except (msgspec.ValidationError, AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise UserError("A saved request is damaged and cannot be read.", "Restore the workspace from a backup.") from wrong


def problem_data(problem: Problem) -> dict[str, str]:
    """A problem as `intake --json` prints it."""
    return {"severity": problem.severity.value, "code": problem.code, "where": problem.where, "message": problem.message}


def draft_bytes(draft: Draft) -> bytes:
    """A typed request that is kept for later, as canonical bytes."""
    return canonical_bytes(msgspec.to_builtins(draft))


def draft_from(data: bytes) -> Draft:
    """The typed request that `draft_bytes` kept; UserError where the bytes tell none."""
    try:
        return msgspec.json.decode(data, type=Draft)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise UserError("A kept draft is damaged and cannot be opened.", "Key the request again. Saved cases are not touched.") from wrong


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in data.items() if key != "schema"}
    told["services"] = [_renamed(_numbers(s, "quantity", str), FIELDS) for s in data["services"]]
    told["coverage"] = data["coverage"] and _renamed(data["coverage"], FIELDS)
    told["claim"] = data["claim"] and _numbers(data["claim"], "billed", str)
    subscriber = data["member"]["subscriber"]
    told["member"] = data["member"] | {"subscriber": subscriber and subscriber["name"]}
    if data["received_at"] is not None:
        at = datetime.fromisoformat(data["received_at"])
        told["received_at"] = at.astimezone(UTC)
        told.setdefault("received_zone", offset_name(at.utcoffset() or UTC.utcoffset(None)))
    return told


def _service(row: dict[str, Any]) -> dict[str, Any]:
    told = _renamed(_numbers(row, "quantity", _number), KEYS) | {"modifiers": list(row["modifiers"])}
    if told["change"] is None:
        del told["change"]
    return told


def _received(request: Request) -> str | None:
    if request.received_at is None:
        return None
    return request.received_at.astimezone(zone(request.received_zone or "UTC")).isoformat()


def _number(text: str) -> int | float:
    number = Decimal(text)
    whole = int(number)
    return whole if whole == number else float(number)


def _numbers(row: dict[str, Any], key: str, convert: Callable[[Any], Any]) -> dict[str, Any]:
    return row if row[key] is None else row | {key: convert(row[key])}


def _renamed(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in row.items()}


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}
