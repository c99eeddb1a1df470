"""What a payer's earlier response says, in plain words: each action beside its code, the event's apart from each line's."""

import re
from collections.abc import Iterator

from ur_desk.domain.intake.prior import Action, Decision, Rejection
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


_REASONS = {
    "15": "Something that it needs is missing",
    "33": "Something in it is wrong",
    "41": "The sender may not ask it for this",
    "42": "It cannot answer at the moment",
    "43": "The provider's id is wrong or missing",
    "51": "It does not know the provider",
    "57": "The days of service are wrong or missing",
    "58": "The birth date is wrong or missing",
    "64": "The patient's id is wrong or missing",
    "65": "The patient's name is wrong or missing",
    "67": "It does not find the patient",
    "71": "The birth date is another one there",
    "72": "The member's id is wrong or missing",
    "73": "The member's name is wrong or missing",
    "75": "It does not find the member",
    "95": "The patient is not eligible there",
}
"""Our own words for the reasons that a nurse can do something about (X12 element 901)."""
_ABOUT_ANY = frozenset({"15", "33", "57"})
"""Reasons that do not say by themselves which part of the request is meant."""
_THEN = {
    "": "Correct it and send it again",
    "C": "Correct it and send it again",
    "N": "The payer takes it no second time: ask the payer",
    "P": "Send it again as it was",
    "R": "It may be sent again",
    "S": "Do not send it again: the payer asks somebody else first",
    "W": "Send it again after 30 days",
    "X": "Send it again after 10 days",
    "Y": "Do not send it again: the payer will answer",
}
"""Our own words for what the payer wants next (X12 element 889)."""
_PARTS = {
    "2010A": "the payer", "2010B": "the requester", "2010C": "the member", "2010D": "the patient", "2000E": "the request",
    "2010E": "the provider of the service", "2000F": "the service", "2010F": "the provider of the service",
}  # fmt: skip
"""What a loop of the 278 is about."""
_LOOP = re.compile(r"loop (20[01]0[A-F])(?:, line ([0-9]+))?")


def _rejected(rejection: Rejection) -> str:
    """What the payer could not process and what to do now; the codes and the place stand behind it."""
    code, follow = (rejection.code or "").strip().upper(), (rejection.follow_up or "").strip().upper()
    why = _REASONS.get(code, "It does not say why in words that are known here")
    loop = _LOOP.match(rejection.place or "")
    part = _PARTS.get(loop[1], "") if loop else ""
    about = (
        f", at {part}{f' of line {loop[2]}' if loop and loop[2] else ''}" if part and (code in _ABOUT_ANY or code not in _REASONS) else ""
    )
    then = _THEN.get(follow, "Ask the payer whether to send it again")
    small = [f"reason {rejection.code}" if code else "", f"follow-up {rejection.follow_up}" if follow else "", rejection.place or ""]
    told = " · ".join(each for each in small if each)
    return f"{why}{about}. {then}; this is no denial." + (f" ({told})" if told else "")
