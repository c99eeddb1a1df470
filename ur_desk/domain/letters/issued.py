"""A letter of a case, as issued, and what becomes of the case by it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.domain.events import CaseEvent, ExtensionTerms, LetterId, LetterIssued
from ur_desk.domain.policy import Sha256

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.line_state import LineState


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter of the case, as issued; of a correction, what it supersedes and why; `copy_of` is the member's letter of which it is
    the provider's copy, and `extends` what it says of the clock where it is the notice of an extension."""

    id: LetterId
    kind: str
    lines: tuple[int, ...]
    pdf: Sha256
    content: Sha256
    at: datetime
    recipient: str
    dated: date
    copies: tuple[str, ...] = ()
    supersedes: LetterId | None = None
    reason: str | None = None
    superseded_by: LetterId | None = None
    audience: str = "member"
    copy_of: LetterId | None = None
    extends: ExtensionTerms | None = None


def with_letter(body: LetterIssued, case: "Case", event: CaseEvent) -> "Case":
    """The case once the letter was issued; the one that it corrects, where it corrects one, is superseded."""
    old = tuple(replace(i, superseded_by=body.letter) if i.id == body.supersedes else i for i in case.letters)
    new = Issued(
        body.letter, body.kind, body.lines, body.pdf, body.content, event.at, body.recipient, body.dated, body.copies, body.supersedes,
        body.reason, audience=body.audience, copy_of=body.copy_of, extends=body.extends,
    )  # fmt: skip
    if body.copy_of is not None:
        return replace(case, letters=(*old, new))
    lines = tuple(_told(s, body) if s.line in body.lines else s for s in case.lines)
    return replace(case, letters=(*old, new), lines=lines)


def _told(state: "LineState", body: LetterIssued) -> "LineState":
    """The line once a letter about it was issued: a question is asked by it; a decision is noticed only once it was sent."""
    told_in = (*state.told_in, body.letter) if state.decision else state.told_in
    asked = body.kind == "information_request" or (state.ask_noticed and state.decision is None)
    return replace(state, letters=(*state.letters, body.letter), told_in=told_in, ask_noticed=asked)
