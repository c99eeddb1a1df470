"""What a payer's earlier response says, in plain words: each action beside its code, the event's apart from each line's."""

from collections.abc import Iterator

from ur_desk.domain.prior import Action, Decision, Rejection
from ur_desk.domain.request import Kind, Request

_ACTIONS = {
    "A1": "approved as asked",
    "A2": "approved in part",
    "A3": "not approved",
    "A4": "pended",
    "A6": "approved otherwise than asked",
    "C": "cancelled",
    "CT": "contact payer; nothing is decided",
    "NA": "no action needed",
}
"""Our own words for the action codes of a response (X12 element 306)."""


def told(request: Request) -> Iterator[tuple[str, str]]:
    """What a message says of an earlier request: each part of a response with its name, in order, a part that the payer could not process
    being no denial; of any other message, which request it is about."""
    if request.decision and request.kind is Kind.RESPONSE:
        yield from _response(request.decision)
    elif request.decision and request.decision.answers:
        yield "About", ", ".join(request.decision.answers)


def _response(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.event:
        yield "Whole request", action_words(decision.event)
    for line in decision.lines:
        yield f"Line {line.line}", action_words(line.action)
    for rejection in decision.rejections:
        yield "Payer could not process", _rejected(rejection)
    if decision.outcome:
        yield "Processing outcome", decision.outcome
    if decision.message:
        yield "Payer says", decision.message
    if decision.answers:
        yield "Answers", ", ".join(decision.answers)


def action_words(action: Action) -> str:
    """One action: its code, what that says, the payer's number, the codes of its reasons, and the payer's words."""
    said = (
        _ACTIONS.get((action.code or "").strip().upper(), "an action that this program has no words for")
        if action.code
        else "no action code"
    )
    parts = [
        f"{action.code}: {said}" if action.code else said,
        f"number {action.number}" if action.number else "",
        f"reason {', '.join(action.reasons)}" if action.reasons else "",
        action.words or "",
    ]
    return " · ".join(part for part in parts if part)


def _rejected(rejection: Rejection) -> str:
    parts = [
        f"reason {rejection.code}" if rejection.code else "",
        f"follow-up {rejection.follow_up}" if rejection.follow_up else "",
        rejection.place or "",
        "to be corrected and sent again; no denial",
    ]
    return " · ".join(part for part in parts if part)
