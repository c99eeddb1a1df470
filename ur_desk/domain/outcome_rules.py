"""What a refusal, a dismissal, a void or a reopening takes before it is kept: its evidence, its ground, and who may sign it."""

import re
from collections.abc import Sequence
from datetime import date

from ur_desk.domain import events as ev
from ur_desk.domain.asked import (
    FOR_PHYSICIAN,
    NOTHING_LOST,
    WITH_NURSE,
    Asked,
    check_bar,
    check_lines,
    check_own,
    check_past,
    check_said,
    numbers,
)
from ur_desk.domain.case import Case
from ur_desk.domain.counting import day_in, months_on
from ur_desk.domain.determination import OPEN, Decision, Determination, HeldElsewhere, Workflow, may_determine
from ur_desk.domain.events import CaseEvent, CoverageItem, EventId
from ur_desk.domain.grounds import Family, Matter
from ur_desk.domain.outcomes import Dismissal, DismissalVacated, Dismissed, NotRequired, OutcomeBody, Reopened, Voided
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.signing import received_on
from ur_desk.domain.undoing import undone_ids
from ur_desk.domain.windows import window_words
from ur_desk.domain.zones import zone
from ur_desk.errors import Forbidden, UserError

DISMISSING = frozenset({LineOfBusiness.MEDICARE_ADVANTAGE})
"""The lines of business in which a request can be dismissed."""
VACATED_WITHIN_MONTHS = 6
"""Months from a dismissal in which the plan may vacate it (CMS guidance on organization determinations, effective August 3, 2022)."""
_QUESTION = {
    Matter.EXCLUDED: CoverageItem.BENEFIT,
    Matter.USED_UP: CoverageItem.BENEFIT,
    Matter.NOT_ELIGIBLE: CoverageItem.ELIGIBLE,
    Matter.OUT_OF_NETWORK: CoverageItem.NETWORK,
}
"""The coverage question whose answer an administrative ground rests on; a late request rests on its receipt."""
_CLINICAL = re.compile(
    r"\b(?:interqual|mcg|milliman|nccn|asam|locus|nia|evicore|carelon|acr|ncd|lcd|guidelines?|clinical|medical policy)\b", re.IGNORECASE
)
"""Owners and titles of criteria that are clinical, and the words by which such a title is known."""
_MADE = {Dismissed: Determination.DISMISSED, NotRequired: Determination.NOT_REQUIRED, Voided: Determination.VOIDED}
REACH = {
    Dismissed: OPEN,
    NotRequired: WITH_NURSE | {Workflow.INTAKE, Workflow.PENDED, Workflow.WITH_PHYSICIAN},
    Voided: frozenset(Workflow) - {Workflow.CLOSED},
    DismissalVacated: frozenset({Workflow.DECIDED, Workflow.NOTICED}),
    Reopened: frozenset({Workflow.DECIDED, Workflow.NOTICED}),
}
"""Where a line stands that such a step reaches."""


def check_refusal(body: ev.Determined, asked: Asked) -> None:
    """Passes a refusal whose family fits what it rests on; UserError else.

    Of lines that the plan had approved, with notice, none is refused clinically again without a reopening (MA, CY2026 rule).
    """
    decision, case = body.decision, asked.case
    family = decision.refused_as
    if family is not Family.ADMINISTRATIVE and decision.administrative is not None:
        raise UserError("A ground without clinical judgment belongs to an administrative refusal.", NOTHING_LOST)
    if family is not Family.INFORMATION and decision.attempts:
        raise UserError("Attempts to get information belong to a refusal for lack of it.", NOTHING_LOST)
    if decision.agreed is not None:
        _check_agreed(decision, asked)
    if family is Family.ADMINISTRATIVE:
        _check_administrative(decision, case)
        _check_timely(body, case)
    elif bound := [n for n in body.lines if case.line(n).bound]:
        raise UserError(
            f"{numbers(bound)}: an approval of which notice was given binds the plan.", f"Reopen it for good cause. {NOTHING_LOST}"
        )
    if family is Family.INFORMATION:
        _check_attempts(body, asked)


def _check_agreed(decision: Decision, asked: Asked) -> None:
    if decision.determination is not Determination.MODIFIED or decision.agreed is None:
        raise UserError("Only what is modified tells that the requester agreed.", NOTHING_LOST)
    check_said(decision.agreed.by, "who agreed")
    check_said(decision.agreed.how, "how they agreed")
    check_past(decision.agreed.at, asked.now, "The requester cannot have agreed in the future.")


def _check_administrative(decision: Decision, case: Case) -> None:
    """An administrative refusal says why it is not clinical, rests on the contract alone, and on what somebody found out of coverage."""
    ground = decision.administrative
    if ground is None or decision.determination is Determination.MODIFIED:
        raise UserError("Say the ground of an administrative refusal, and why it takes no clinical judgment.", NOTHING_LOST)
    check_said(ground.not_clinical, "why it takes no clinical judgment")
    if decision.reason.policy_lines:
        raise UserError("A medical policy is a clinical reason.", f"Name the part of the contract that it rests on. {NOTHING_LOST}")
    if clinical := next((each for each in decision.reason.held_elsewhere if is_clinical(each)), None):
        raise UserError(
            f"{clinical.owner} {clinical.title} is a clinical criterion.", f"Name the part of the contract that it rests on. {NOTHING_LOST}"
        )
    question = _QUESTION.get(ground.ground)
    if question is not None and question in case.unchecked:
        what = question.value.replace("_", " ")
        raise UserError(f"Nobody has recorded what coverage says ({what}).", f"Record where you looked, and what you found. {NOTHING_LOST}")


def is_clinical(criterion: HeldElsewhere) -> bool:
    """Whether a criterion held elsewhere is one of the known clinical ones, by its owner or its title."""
    return bool(_CLINICAL.search(f"{criterion.owner} {criterion.title}"))


def _check_timely(body: ev.Determined, case: Case) -> None:
    """A request that was received before the service was not late, whatever the contract asks of one that comes behind it."""
    ground, received = body.decision.administrative, received_on(case.request)
    if ground is None or ground.ground is not Matter.NOT_TIMELY:
        return
    if received is None:
        raise UserError("Nobody knows when the request was received.", f"Complete the request first. {NOTHING_LOST}")
    for line in body.lines:
        day = case.line(line).service.first_day
        if day is not None and received < day:
            raise UserError(
                f"Line {line}: the request was received on {received:%m/%d/%Y}, before the service of {day:%m/%d/%Y}: it was not late.",
                f"Decide it on another ground. {NOTHING_LOST}",
            )


def _check_attempts(body: ev.Determined, asked: Asked) -> None:
    """A refusal for lack of information names every attempt to get it, waits until nothing that was promised time may come any more, and
    says what would still help."""
    told = attempts(asked.events, body.lines)
    if unasked := [n for n in body.lines if not _asks(asked.events, n)]:
        raise UserError(f"{numbers(unasked)}: nobody asked for the information that is missing.", f"Ask for it first. {NOTHING_LOST}")
    if body.decision.attempts != told:
        raise UserError("The decision does not name every attempt to get the information.", f"Look at the case again. {NOTHING_LOST}")
    _check_time_given(body.lines, asked)
    check_said(body.decision.information_needed, "what would complete the request, and why")


def _check_time_given(lines: Sequence[int], asked: Asked) -> None:
    """Every line had a last day to answer, told when it was last asked for or by a notice that bent the clock, and all of them passed."""
    days = {line: may_come_until(asked.case, asked.events, line) for line in lines}
    if untold := [line for line, day in days.items() if day is None]:
        raise UserError(
            f"Line {untold[0]}: nobody was told until when the information may come.",
            f"Ask for it with a last day to answer, or decide otherwise. {NOTHING_LOST}",
        )
    if (last := max(day for day in days.values() if day)) >= asked.today:
        raise UserError(f"The information may still come until {last:%m/%d/%Y}.", f"Wait for it, or decide otherwise. {NOTHING_LOST}")


def may_come_until(case: Case, events: Sequence[CaseEvent], line: int) -> date | None:
    """The last day on which what was asked for of a line may come, as the request for it or a notice for the whole case promised; None
    where nothing was asked for or no day was told."""
    asks = _asks(events, line)
    told = [asks[-1].answer_by] if asks and asks[-1].answer_by else []
    return max((*told, *_promised(case)), default=None) if asks else None


def _promised(case: Case) -> list[date]:
    """The last days to answer that the notices of an extension, and of an incomplete request, gave for the whole case."""
    work = case.clockwork
    days = [work.extension.answer_by] if work.extension and work.extension.answer_by else []
    return [*days, day_in(work.returned.until, zone(case.request.received_zone or "UTC"))] if work.returned else days


def attempts(events: Sequence[CaseEvent], lines: Sequence[int]) -> tuple[EventId, ...]:
    """Every logged attempt to get what was missing of these lines, in order: each request for it, and each contact since the first,
    but for those that were about another request."""
    undone, found = undone_ids(events), list[EventId]()
    for event in events:
        asks = isinstance(event.body, ev.InformationRequested) and bool(set(event.body.lines) & set(lines))
        tried = isinstance(event.body, ev.ContactLogged) and bool(found) and event.body.ask in (None, *found)
        if event.id not in undone and (asks or tried):
            found.append(event.id)
    return tuple(found)


def _asks(events: Sequence[CaseEvent], line: int) -> list[ev.InformationRequested]:
    undone = undone_ids(events)
    bodies = (event.body for event in events if event.id not in undone)
    return [body for body in bodies if isinstance(body, ev.InformationRequested) and line in body.lines]


def check_outcome(body: OutcomeBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError or Forbidden in plain words."""
    check_lines(asked.case, body.lines, REACH[type(body)])
    check_bar(asked)
    if isinstance(body, Dismissed | NotRequired | Voided):
        _check_made(body, asked)
    match body:
        case NotRequired():
            check_said(body.where, "on which list you saw that no authorization is needed")
            _check_clerk(body, asked)
        case Dismissed():
            check_said(body.explained, "what was wrong with the request")
            _check_dismissed(body, asked.case)
        case Voided():
            check_said(body.decision.reason.words, "what was entered in error")
        case DismissalVacated():
            _check_vacated(body, asked)
        case Reopened():
            _check_reopened(body, asked)


def _check_made(body: Dismissed | NotRequired | Voided, asked: Asked) -> None:
    decision = body.decision
    if decision.determination is not _MADE[type(body)]:
        raise UserError("This step has no other outcome.", NOTHING_LOST)
    if refusal := may_determine(asked.by, decision, against_position=False, given=asked.given):
        raise Forbidden(refusal, NOTHING_LOST)
    check_own(decision, asked.by)


def _check_dismissed(body: Dismissed, case: Case) -> None:
    """A request is dismissed in Medicare Advantage; an appeal that came late, and for no good cause, everywhere."""
    late = bool(case.appeal and case.appeal.to_dismiss)
    if body.why is Dismissal.LATE and not late:
        raise UserError("Only an appeal that came behind the last day is dismissed for that.", f"Say why else. {NOTHING_LOST}")
    if case.request.line_of_business not in DISMISSING and body.why is not Dismissal.LATE:
        raise UserError("Only a Medicare Advantage request is dismissed.", f"Decide it, or record a withdrawal. {NOTHING_LOST}")


def clerk_may_not_pass_over(case: Case, lines: Sequence[int]) -> str | None:
    """Why nobody without a licence records that these lines take no authorization, in plain words, or None: of an appeal, of a line that
    waits for a physician, and of one against which a policy's position stands, a reviewer says so."""
    if case.follows is not None:
        return "A reviewer answers what follows another case."
    if waiting := [n for n in lines if case.line(n).workflow in FOR_PHYSICIAN or case.line(n).referral is not None]:
        return f"{numbers(waiting)}: a nurse referred it to a physician."
    if against := [n for n in lines if case.matched and n in case.matched.against]:
        return f"{numbers(against)}: a policy's position stands against it."
    return None


def _check_clerk(body: NotRequired, asked: Asked) -> None:
    if asked.by.has(Role.NURSE, Role.PHYSICIAN):
        return
    if refusal := clerk_may_not_pass_over(asked.case, body.lines):
        raise Forbidden(refusal, f"Ask a nurse reviewer to record it. {NOTHING_LOST}")


def _check_vacated(body: DismissalVacated, asked: Asked) -> None:
    check_said(body.cause, "for which good cause")
    if not asked.by.has(Role.PHYSICIAN, Role.SUPERVISOR):
        raise Forbidden("Only a physician or a supervisor vacates a dismissal.", NOTHING_LOST)
    for state in (asked.case.line(n) for n in body.lines):
        if state.decision is None or state.determination is not Determination.DISMISSED:
            raise UserError(f"Line {state.line} was not dismissed.", f"Reopen what was decided. {NOTHING_LOST}")
        if asked.case.request.line_of_business not in DISMISSING:
            continue
        last = months_on(state.decision.signature.at.astimezone(asked.now.tzinfo).date(), VACATED_WITHIN_MONTHS)
        if asked.today > last:
            raise UserError(f"Line {state.line} could be vacated until {last:%m/%d/%Y}.", f"Open a new request. {NOTHING_LOST}")


def _check_reopened(body: Reopened, asked: Asked) -> None:
    check_said(body.explained, "what shows it")
    if not asked.by.has(Role.PHYSICIAN, Role.SUPERVISOR):
        raise Forbidden("Only a physician or a supervisor reopens what was decided.", NOTHING_LOST)
    if dismissed := [n for n in body.lines if asked.case.line(n).determination is Determination.DISMISSED]:
        raise UserError(f"{numbers(dismissed)} was dismissed.", f"A dismissal is vacated, not reopened. {NOTHING_LOST}")
    if passed := next((told for told in body.windows if told.bars), None):
        raise UserError(f"The time to reopen it has passed. {window_words(passed)}", NOTHING_LOST)
