"""A letter of a case, as issued, and what becomes of the case by it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import CaseEvent, LetterId, LetterIssued
from ur_desk.domain.policy import Sha256

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.line_state import LineState


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter of the case, as issued; of a correction, what it supersedes and why."""

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


def with_letter(body: LetterIssued, case: "Case", event: CaseEvent) -> "Case":
    """The case once the letter was issued; the one that it corrects, where it corrects one, is superseded."""
    old = tuple(replace(i, superseded_by=body.letter) if i.id == body.supersedes else i for i in case.letters)
    new = Issued(
        body.letter, body.kind, body.lines, body.pdf, body.content, event.at, body.recipient, body.dated, body.copies, body.supersedes,
        body.reason,
    )  # fmt: skip
    lines = tuple(_noticed(s, body.letter) if s.line in body.lines else s for s in case.lines)
    return replace(case, letters=(*old, new), lines=lines)


def _noticed(state: "LineState", letter: LetterId) -> "LineState":
    workflow = Workflow.NOTICED if state.decision else state.workflow
    return replace(state, workflow=workflow, letters=(*state.letters, letter), ask_noticed=state.decision is None)
