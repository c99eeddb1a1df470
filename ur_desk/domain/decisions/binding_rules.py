"""Which approvals of other cases bind lines of a case, and what a clinical refusal takes beside one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ur_desk.domain import events as ev
from ur_desk.domain.asked import NOTHING_LOST, Asked, check_said
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.binding import Binding, binding_words
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.determination import Workflow
from ur_desk.domain.line_state import LineState
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.terms import Terms, asked, falls_short, spans
from ur_desk.errors import UserError

BINDS = frozenset({LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.DSNP_INTEGRATED})
"""Lines of business in which law says that an approval binds (domain notes, section 2: the Medicare Advantage rule for 2026)."""


def bindings(case: Case, others: Iterable[Case]) -> tuple[Binding, ...]:
    """The approvals in other cases of the same member that bind lines of this one. What a case follows, or is followed by, is looked at
    anew by design and binds nothing here."""
    kin = {case.id, *((case.follows.case,) if case.follows else ()), *(each.case for each in case.followed)}
    found = [
        told
        for other in others
        if other.id not in kin
        for mine in case.lines
        for theirs in other.lines
        if (told := _binding(case, mine, other, theirs)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.line, each.number, each.of or 0)))


def _binding(case: Case, mine: LineState, other: Case, theirs: LineState) -> Binding | None:
    """What a line of another case, of which the member has notice, binds of a line; None where it binds nothing."""
    if theirs.workflow is not Workflow.NOTICED or theirs.decision is None:
        return None
    wanted, whole = asked(mine.service, case.servicing_provider), asked(theirs.service, other.servicing_provider)
    for span in spans(whole, theirs.decision):
        if _same_code(wanted, span) and _overlaps(wanted, span):
            covers = not falls_short(replace(wanted, provider=wanted.provider if span.provider else None), span)
            number = theirs.authorization.number if theirs.authorization else ""
            refuses = covers and bool({case.request.line_of_business, other.request.line_of_business} & BINDS)
            return Binding(mine.line, other.id, other.number, covers, refuses, theirs.line, span.first_day, span.last, number)
    return None


def _same_code(one: Terms, other: Terms) -> bool:
    return bool(one.code and other.code) and (one.code or "").strip().casefold() == (other.code or "").strip().casefold()


def _overlaps(one: Terms, other: Terms) -> bool:
    if None in (one.first_day, one.last, other.first_day, other.last):
        return False
    assert one.first_day is not None
    assert one.last is not None
    assert other.first_day is not None
    assert other.last is not None
    return one.first_day <= other.last and other.first_day <= one.last


def of_lines(told: Iterable[Binding], lines: Iterable[int]) -> tuple[Binding, ...]:
    """Those that bind one of these lines."""
    picked = set(lines)
    return tuple(each for each in told if each.line in picked)


def check_binding(body: ev.Determined, asked_: Asked) -> None:
    """Passes a decision that leaves no approval of another case in silence, and none at all where the law says that it binds; UserError
    else. What takes no clinical judgment is decided on the contract; of a decision of before, nobody looked."""
    decision = body.decision
    if asked_.approvals is None or not decision.determination.adverse or decision.refused_as is Family.ADMINISTRATIVE:
        return
    found = of_lines(asked_.approvals, body.lines)
    if found != decision.approvals:
        raise UserError(
            "The decision does not name every approval of other cases that binds here.", f"Look at the case again. {NOTHING_LOST}"
        )
    if bound := next(_refusing(found), None):
        raise UserError(binding_words(bound), f"Reopen that case first, or approve what it had approved. {NOTHING_LOST}")
    if found:
        check_said(decision.despite, f"why you leave an earlier approval. {binding_words(found[0])}")


def _refusing(found: Iterable[Binding]) -> Iterator[Binding]:
    return (each for each in found if each.refuses)
