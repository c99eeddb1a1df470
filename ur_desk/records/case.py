"""A case and a row of a list as plain data, for the command line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from ur_desk.domain.case import Came, Case, LineState
from ur_desk.domain.determination import HCR01
from ur_desk.domain.events import ClockRead
from ur_desk.domain.intake.attached import Kept
from ur_desk.domain.intake.receipt_change import ReceiptChange
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.people import Account
from ur_desk.domain.request import Provider
from ur_desk.domain.terms import asked, spans
from ur_desk.records.request import request_data


def row_data(row: CaseRow, zone: tzinfo) -> dict[str, Any]:
    """A row of a list; its instants carry the offset that the clocks of the zone had then."""
    local = replace(
        row, received_at=_local(row.received_at, zone), due_at=_local(row.due_at, zone), decided_at=_local(row.decided_at, zone)
    )
    told: dict[str, Any] = msgspec.to_builtins(local, order="deterministic")
    return told


def _local(at: datetime | None, zone: tzinfo) -> datetime | None:
    return None if at is None else at.astimezone(zone)


def case_data(case: Case, people: Iterable[Account] = ()) -> dict[str, Any]:
    """A case as it is now: request with its amendments, lines with workflow and determination apart, clock, notes, letters.

    `people` names, by id, the accounts that the case speaks of.
    """
    return {
        "id": case.id,
        "number": case.number,
        "revision": case.revision,
        "workflow": case.workflow.value,
        "determination": case.determination.value if case.determination else None,
        "exchange_word": HCR01[case.determination],
        "opened_at": msgspec.to_builtins(case.opened_at),
        "opened_by": case.opened_by,
        "reviewer": case.reviewer,
        "decided_at": msgspec.to_builtins(case.decided_at),
        "closed": case.closed,
        "people": {account.id: account.signature for account in people if account.id in _spoken_of(case)},
        "clock": msgspec.to_builtins(case.clock),
        "clockwork": msgspec.to_builtins(case.clockwork),
        "request": request_data(case.current_request),
        "lines": [_line(state, case.servicing_provider) for state in case.lines],
        "suggestions": {str(r.line): r.suggestion.value for r in (case.matched.services if case.matched else ())},
        "policies": [msgspec.to_builtins(pin) for pin in (case.matched.pins if case.matched else ())],
        "coverage": {item.value: msgspec.to_builtins(found) for item, found in case.coverage},
        "not_checked": [item.value for item in case.unchecked],
        "notes": [note.text for note in case.notes],
        "contacts": msgspec.to_builtins(case.contacts),
        "amendments": msgspec.to_builtins(case.amendments),
        "records": [kept_data(kept) for kept in case.records],
        "field_pages": msgspec.to_builtins(case.field_pages),
        "receipts": [correction_data(change, case.clock) for change in case.receipts],
        "letters": msgspec.to_builtins(case.letters),
        "sendings": msgspec.to_builtins(case.sendings),
        "follows": msgspec.to_builtins(case.follows),
        "appeal": msgspec.to_builtins(case.appeal),
        "acknowledged": msgspec.to_builtins(case.acknowledged),
        "followed": msgspec.to_builtins(case.followed),
        "messages": [_came(came) for came in case.messages],
        "left_out": msgspec.to_builtins(case.left_out),
        "sender_told": msgspec.to_builtins(case.told),
        "taken_back": case.taken_back,
        "replaces": msgspec.to_builtins(case.replaces),
        "entered_wrong": msgspec.to_builtins(case.entered_wrong),
        "restriction": msgspec.to_builtins(case.restriction),
        "glasses": msgspec.to_builtins(case.glasses),
    }


def kept_data(kept: Kept) -> dict[str, Any]:
    """A record of a case: its name, kind, hash and pages, when it came in, when it was attached, and by whom."""
    told: dict[str, Any] = msgspec.to_builtins(kept.record)
    text = {"pages": kept.record.pages, "pages_with_text": kept.record.pages_with_text}
    return told | text | {"attached_at": msgspec.to_builtins(kept.at), "attached_by": kept.by}


def correction_data(change: ReceiptChange, now: ClockRead | None) -> dict[str, Any]:
    """A correction of the receipt: both instants, both due instants, who asked and who settled it by id, and why."""
    told: dict[str, Any] = msgspec.to_builtins(change)
    before = change.due_before.due_at if change.due_before else None
    return told | {"due_before": msgspec.to_builtins(before), "due_now": msgspec.to_builtins(now.due_at) if now else None}


def _came(came: Came) -> dict[str, Any]:
    """Something that came in for the case: as what, when it was attached and by whom, and the request as it was read."""
    body = came.body
    return {
        "use": body.use.value,
        "at": msgspec.to_builtins(came.at),
        "by": came.by,
        "source": body.source,
        "lines": list(body.lines),
        "request": request_data(body.request),
    }


def _line(state: LineState, provider: Provider | None) -> dict[str, Any]:
    """A service line: where it stands, what is open on it, how it was decided, and for which spans it is approved."""
    return {
        "line": state.line,
        "code": state.service.code,
        "workflow": state.workflow.value,
        "determination": state.determination.value if state.determination else None,
        "exchange_word": HCR01[state.determination],
        "authorization": msgspec.to_builtins(state.authorization),
        "entered_in_claims": msgspec.to_builtins(state.entered),
        "spans": [msgspec.to_builtins(span) for span in spans(asked(state.service, provider), state.decision)] if state.decision else [],
        "earlier": msgspec.to_builtins(state.earlier),
        "reopened": msgspec.to_builtins(state.reopened),
        "decision": msgspec.to_builtins(state.decision),
        "asked": msgspec.to_builtins(state.asked),
        "referral": msgspec.to_builtins(state.referral),
        "question": state.question or None,
        "returned_from_pend": state.returned_from_pend,
        "letters": list(state.letters),
    }


def _spoken_of(case: Case) -> set[str | None]:
    signed = {made.signature.account for state in case.lines for made in (*state.earlier, state.decision) if made}
    numbered = {each.by for state in case.lines for each in (state.authorization, state.entered) if each}
    corrected = {account for change in case.receipts for account in (change.by, change.settled_by)}
    came = {each.by for each in case.messages} | {kept.by for kept in case.records} | {sent.by for sent in case.sendings}
    clock = {change.by for change in case.clockwork.changes}
    return {case.opened_by, case.reviewer, *case.record_opened_by, *signed, *numbered, *corrected, *came, *clock}
