"""What a decision must bear beyond its reason: independence, attestation, what the state asks for, and why it leaves a suggestion."""

from collections.abc import Iterable

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.rules import check_answered
from ur_desk.domain.asked import NOTHING_LOST, Asked, check_bar, check_said, numbers
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.decisions.copying import copied_whole
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.decisions.signing import NO_CONFLICT, Demand, Required, required, row_words
from ur_desk.domain.determination import Decision, Determination
from ur_desk.domain.findings import Suggestion
from ur_desk.domain.people import Account, Role
from ur_desk.errors import Forbidden, UserError

_LEFT_BY_APPROVAL = frozenset({Suggestion.REFER, Suggestion.CONFIRM})
_LEFT_BY_REFUSAL = frozenset({Suggestion.CONFIRM})
SUGGESTED = {
    Suggestion.REFER: "refer to a physician",
    Suggestion.CONFIRM: "confirm first, and match again",
    Suggestion.CHECK_CRITERIA: "check the criteria",
    Suggestion.NO_POLICY: "no policy was found",
}
"""Each suggestion as one says it."""


def check_signed(body: ev.Determined, asked: Asked) -> None:
    """Passes a decision that bears what it must; else UserError or Forbidden in plain words. A decision of before the rules for signers
    were kept was signed without them; what a state asks of a clinical decision is not asked of an administrative one."""
    if asked.signing is None:
        return
    check_bar(asked)
    if unfit := asked.signing.unfit(asked.by, asked.today):
        raise Forbidden(unfit[0], f"{unfit[1]} {NOTHING_LOST}")
    check_answered(body, asked)
    decision, clinical = body.decision, body.decision.refused_as is not Family.ADMINISTRATIVE
    if clinical and (leaves := leaving(asked.case, body.lines, decision.determination, asked.by)) and not left_because(decision):
        told = "; ".join(SUGGESTED[suggestion] for suggestion in dict.fromkeys(s for _, s in leaves))
        raise UserError(
            f"The findings suggest for {numbers([n for n, _ in leaves]).lower()}: {told}.", f"Say why you leave that. {NOTHING_LOST}"
        )
    if not signs_anew(asked.case, body.lines, decision.determination, asked.by):
        return
    _attested(decision, asked)
    if decision.determination.adverse and clinical:
        _own_words(decision, asked)
        _as_the_state_asks(decision, required(asked.case, body.lines, asked.by, asked.today, asked.signing))


def signs_anew(case: Case, lines: Iterable[int], determination: Determination, by: Account) -> bool:
    """Whether the decision is signed with presence proved anew and no conflict attested: every adverse one, and every exception that a
    physician makes from a position."""
    exception = by.has(Role.PHYSICIAN) and bool(set(lines) & set(case.matched.against if case.matched else ()))
    return determination.adverse or (determination is Determination.APPROVED and exception)


def leaving(case: Case, lines: Iterable[int], determination: Determination, by: Account) -> tuple[tuple[int, Suggestion], ...]:
    """The lines on which a decision leaves what the findings suggest, and what that was; a physician to whom a line was referred
    leaves that only by an approval against a position. That no policy was found suggests nothing: the criterion may be held elsewhere."""
    matched, picked, referred = case.matched, set(lines), by.has(Role.PHYSICIAN)
    if matched is None or not (determination.adverse or determination is Determination.APPROVED):
        return ()
    return tuple(
        (row.line, row.suggestion)
        for row in matched.services
        if row.line in picked and _leaves(row.suggestion, determination, referred, row.line in matched.against)
    )


def left(state: LineState) -> Suggestion | None:
    """What the findings suggested for a decided line where its decision left that, else None."""
    matched, determination = state.matched, state.determination
    if matched is None or determination is None or not (determination.adverse or determination is Determination.APPROVED):
        return None
    if state.decision and state.decision.refused_as is Family.ADMINISTRATIVE:
        return None
    told = next((row.suggestion for row in matched.services if row.line == state.line), None)
    return told if told and _leaves(told, determination, state.referral is not None, state.line in matched.against) else None


def _leaves(suggestion: Suggestion, determination: Determination, referred: bool, against: bool) -> bool:
    if determination.adverse:
        return suggestion in _LEFT_BY_REFUSAL
    return suggestion in _LEFT_BY_APPROVAL and not (suggestion is Suggestion.REFER and referred and not against)


def left_because(decision: Decision) -> str:
    """Why a decision leaves what the findings suggest: said as such, or as the clarification or rationale of an approval."""
    approval = decision.clarification or decision.rationale if decision.determination is Determination.APPROVED else ""
    return (decision.departure or approval).strip()


def _attested(decision: Decision, asked: Asked) -> None:
    if asked.demo:
        return
    if not decision.signature.reauthenticated:
        raise Forbidden("An exception is signed anew each time.", f"Prove that it is you at the window or a terminal. {NOTHING_LOST}")
    if decision.signature.no_conflict != NO_CONFLICT:
        raise UserError("Nobody has attested that there is no conflict of interest.", f"Attest it for this decision. {NOTHING_LOST}")


def _own_words(decision: Decision, asked: Asked) -> None:
    if copied_whole(decision.rationale, nurses_words(asked.events)):
        raise UserError("The rationale is the nurse's text, word for word.", f"Write your own reasoning. {NOTHING_LOST}")


def nurses_words(events: Iterable[ev.CaseEvent]) -> tuple[str, ...]:
    """What nurses wrote for the physician in the case: summaries and questions."""
    referred = [event.body for event in events if isinstance(event.body, ev.Referred)]
    return tuple(text for body in referred for text in (body.summary, body.question) if text)


def _as_the_state_asks(decision: Decision, told: Required) -> None:
    if unmet := told.refusing:
        raise UserError(f"Not met yet. {row_words(unmet[0])}", f"Do that first, or decide otherwise. {NOTHING_LOST}")
    for demand, said, what in (
        (Demand.SPECIALTY, decision.signature.similar, "why your training and experience are of the same or a similar specialty"),
        (Demand.ALTERNATIVES, decision.alternatives, "which other services you suggest, or that there are none and why"),
    ):
        row = told.asks(demand)
        if row is not None and row.rule.verified:
            check_said(said, f"{what}: {row.rule.name} ({row.rule.source})")
