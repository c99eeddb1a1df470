"""A letter that was issued, as a sentence for timelines."""

from collections.abc import Callable

from ur_desk.domain.events import LetterIssued

_LETTERS = {
    "adverse": "a denial letter",
    "information_request": "a request for information",
    "approval": "an approval letter",
    "partial": "a letter of partial approval",
    "extension": "a notice of more time",
    "late": "a notice of a late answer",
    "expedite_refused": "a notice that no fast answer is given",
    "withdrawn": "a notice of a withdrawal",
    "dismissed": "a notice of a dismissal",
    "not_required": "a notice that no authorization is needed",
    "appeal_upheld": "a letter that upholds a denial on appeal",
    "appeal_partly_overturned": "a letter that changes part of a decision on appeal",
    "appeal_overturned": "a letter that approves on appeal",
    "appeal_dismissed": "a notice that an appeal is dismissed",
}


def letter_told(body: LetterIssued, lines: Callable[[tuple[int, ...]], str]) -> str:
    """Which letter was issued, whose copy it is, and what it corrects and why; `lines` names service lines."""
    what = _LETTERS.get(body.kind, "a letter")
    why = f": {body.reason}" if body.reason else ""
    corrects = f", correcting an earlier one{why}" if body.supersedes else ""
    return f"issued {f'the provider’s copy of {what}' if body.copy_of else what} for {lines(body.lines)}{corrects}."
