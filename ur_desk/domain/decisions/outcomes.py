"""Outcomes beside approval and refusal, and the ways back: no authorization needed, dismissed, vacated, voided, reopened."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.clocks.windows import WindowRead
from ur_desk.domain.decisions.grounds import Cause as Cause
from ur_desk.domain.determination import Decision, Determination, Workflow

if TYPE_CHECKING:
    from ur_desk.domain.appeals.following import AppealTold
    from ur_desk.domain.case import Case, LineState
    from ur_desk.domain.events import CaseEvent


class Dismissal(StrEnum):
    """Why a plan dismisses a request instead of deciding it (Medicare Advantage), or an appeal."""

    NOT_VALID = "not_a_valid_request"
    NOT_PARTY = "not_a_proper_party"
    LATE = "not_in_time"
    """An appeal that came behind the last day, without good cause."""


@dataclass(frozen=True, slots=True)
class NotRequired:
    """The lines need no authorization: on which list somebody saw that, of which day."""

    lines: tuple[int, ...]
    where: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The lines were dismissed: why, and what was wrong in so many words."""

    lines: tuple[int, ...]
    why: Dismissal
    explained: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class DismissalVacated:
    """A dismissal does not hold any more: for which good cause. The lines are back in review."""

    lines: tuple[int, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Voided:
    """The lines were entered in error; they stay visible, count nowhere, and nothing more becomes of them."""

    lines: tuple[int, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was decided of the lines is decided anew: for which cause, what shows it, and until when that could be for each line."""

    lines: tuple[int, ...]
    cause: Cause
    explained: str
    windows: tuple[WindowRead, ...] = ()


OutcomeBody = NotRequired | Dismissed | DismissalVacated | Voided | Reopened
"""What can become of lines beside approval and refusal, and the ways back."""


def with_outcome(body: OutcomeBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; an outcome that does not hold any more stays among the line's earlier ones."""
    match body:
        case NotRequired():
            done = {s.line: replace(_decided(s, body.decision), not_required=body) for s in case.lines}
        case Dismissed():
            done = {s.line: _decided(s, body.decision) for s in case.lines}
        case Voided():
            done = {s.line: replace(_past(s), workflow=Workflow.CLOSED, decision=body.decision) for s in case.lines}
        case DismissalVacated():
            done = {s.line: replace(_past(s), workflow=Workflow.REVIEW) for s in case.lines}
        case Reopened():
            done = {s.line: replace(_past(s), workflow=Workflow.REOPENED, reopened=body) for s in case.lines}
    lines = tuple(done[s.line] if s.line in body.lines else s for s in case.lines)
    void = all(s.determination is Determination.VOIDED for s in lines)
    told = replace(
        case, lines=lines, appeal=_taken_up(case, body), reviewer=event.by, closed=void or (case.closed and isinstance(body, Voided))
    )
    if isinstance(body, DismissalVacated | Reopened):
        told = replace(told, record_opened_by=frozenset())
    return replace(told, decided_at=(case.decided_at or event.at) if told.determination else None)


def _taken_up(case: "Case", body: OutcomeBody) -> "AppealTold | None":
    """Who asks, and for what: a late appeal whose dismissal does not hold any more is looked at for the good cause that vacated it."""
    if isinstance(body, DismissalVacated) and case.appeal and case.appeal.to_dismiss:
        return replace(case.appeal, to_dismiss=False, late_cause=body.cause)
    return case.appeal


def _decided(state: "LineState", decision: Decision) -> "LineState":
    return replace(state, workflow=Workflow.DECIDED, decision=decision, asked=None, ask=None, question="")


def _past(state: "LineState") -> "LineState":
    """The line with nothing decided and nothing open; what was decided, and its number, stay with its past."""
    return replace(
        state,
        decision=None,
        earlier=(*state.earlier, state.decision) if state.decision else state.earlier,
        approval_binds=state.approval_binds or state.bound,
        asked=None,
        ask=None,
        question="",
        ask_noticed=False,
        told_in=(),
        authorization=None,
        entered=None,
    )
