"""Who may decide which lines how, and what a decision must say before it is kept."""

from collections.abc import Sequence

from ur_desk.domain import events as ev
from ur_desk.domain.asked import FOR_PHYSICIAN, NOTHING_LOST, WITH_NURSE, Asked, check_lines, check_own, check_said, numbers, plain
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.overdue import overdue, overdue_words
from ur_desk.domain.decisions.binding_rules import check_binding
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.decisions.outcome_rules import check_refusal
from ur_desk.domain.decisions.pinned import check_cited
from ur_desk.domain.decisions.signed import check_signed
from ur_desk.domain.determination import ASIDE, Decision, Determination, may_determine
from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.domain.people import Role
from ur_desk.domain.scripts import check_one_alphabet
from ur_desk.domain.terms import as_asked, misfit
from ur_desk.errors import Forbidden, UserError


def check_determined(body: ev.Determined, asked: Asked) -> None:
    """Passes a determination that the person may make of these lines as they stand now; else UserError or Forbidden."""
    decision, by = body.decision, asked.by
    if decision.determination in ASIDE:
        raise UserError("A line is withdrawn, dismissed, voided or passed over by a step of its own.", NOTHING_LOST)
    _matched_as_it_stands(asked.case)
    against = set(body.lines) & set(asked.case.matched.against if asked.case.matched else ())
    if refusal := may_determine(by, decision, bool(against), asked.given):
        raise Forbidden(refusal, f"Refer the line to a physician. {NOTHING_LOST}")
    physician = by.has(Role.PHYSICIAN)
    check_lines(asked.case, body.lines, FOR_PHYSICIAN if physician else WITH_NURSE)
    check_own(decision, by)
    check_said(decision.reason.words, "the reason, in words for the member")
    check_one_alphabet(decision.reason.words, decision.rationale, decision.information_needed, decision.alternatives)
    if not decision.reason.rests_on_something:
        raise UserError(
            "The reason rests on nothing yet.", f"Cite policy lines, a criterion held elsewhere, or 'no policy found'. {NOTHING_LOST}"
        )
    check_cited(asked.case, decision.reason.policy_lines)
    for line in body.lines:
        if told := misfit(asked.case.line(line).service, asked.case.servicing_provider, decision):
            raise UserError(told, f"Say what is approved, or decide otherwise. {NOTHING_LOST}")
    if physician:
        check_record_opened(asked)
    if physician or decision.determination.adverse:
        _licensed(asked)
    if unknown := set(decision.unchecked) - set(ev.CoverageItem):
        raise UserError(f"There is no coverage question {', '.join(sorted(unknown))}.", NOTHING_LOST)
    check_refusal(body, asked)
    _check_overdue(body, asked)
    check_binding(body, asked)
    if decision.determination.adverse:
        _adverse_ready(body, asked)
    else:
        _approval_ready(body, asked)
    check_signed(body, asked)


def _check_overdue(body: ev.Determined, asked: Asked) -> None:
    """Where lateness is an authorization in law, nothing is refused any more; where that is not sure, the warning stands with the decision."""
    decision = body.decision
    found = overdue(asked.case, body.lines, decision.signature.at) if decision.determination.adverse else ()
    if sure := next((each for each in found if each.sure), None):
        raise UserError(overdue_words(sure), f"Approve it, and give notice at once. {NOTHING_LOST}")
    if found != decision.overdue:
        raise UserError("The decision does not keep what the rows say of its lateness.", f"Look at the case again. {NOTHING_LOST}")


def _matched_as_it_stands(case: Case) -> None:
    if case.matched is None or case.matched.subject != case.current_request.subject:
        raise UserError("The request has changed since it was matched.", f"Match again. {NOTHING_LOST}")


def check_record_opened(asked: Asked) -> None:
    """UserError where the person has not opened the request and its record yet."""
    if asked.by.id not in asked.case.record_opened_by:
        raise UserError("The record has not been opened yet.", "Open the request and its record before you decide. Nothing was saved.")


def _adverse_ready(body: ev.Determined, asked: Asked) -> None:
    decision = body.decision
    if decision.refused_as is not Family.ADMINISTRATIVE:
        _clinically_ready(body, asked)
    if not (decision.reason.policy_lines or decision.reason.held_elsewhere):
        raise UserError("An adverse decision names its criterion.", f"Cite policy lines or a criterion held elsewhere. {NOTHING_LOST}")
    if decision.determination is not Determination.DENIED and decision.granted is None:
        raise UserError("Say what is approved: service, quantity, days or setting.", NOTHING_LOST)
    if decision.determination is Determination.DENIED and decision.granted is not None:
        raise UserError("A denial approves nothing.", f"Approve in part instead. {NOTHING_LOST}")
    if not (asked.demo or decision.signature.reauthenticated):
        raise Forbidden(
            "An adverse decision is signed anew each time.", f"Prove that it is you at the window or a terminal. {NOTHING_LOST}"
        )
    _known_enough(asked.case, body.lines)


def _clinically_ready(body: ev.Determined, asked: Asked) -> None:
    """The physician's own reasoning, by somebody who did not prepare the case."""
    check_said(body.decision.rationale, "your own clinical rationale")
    summaries = {plain(e.body.summary) for e in asked.events if isinstance(e.body, ev.Referred)}
    if plain(body.decision.rationale) in summaries:
        raise UserError("The rationale is the nurse's summary, word for word.", f"Write your own reasoning. {NOTHING_LOST}")
    prepared = {asked.case.opened_by, *(asked.case.line(n).referred_by for n in body.lines)}
    if asked.by.id in prepared:
        raise Forbidden("Who opened or referred the case does not decide it adversely.", f"Another physician must. {NOTHING_LOST}")


def _licensed(asked: Asked) -> None:
    if missing := asked.by.may_not_sign_on(asked.today):
        raise Forbidden(missing[0], f"{missing[1]} {NOTHING_LOST}")


def _known_enough(case: Case, lines: Sequence[int]) -> None:
    """An adverse decision stands on a known line of business and known days: they choose the policy, the contract and the letter."""
    hint = f"Complete the request first. {NOTHING_LOST}"
    if case.request.line_of_business is None:
        raise UserError("The line of business is not known.", hint)
    if dayless := [n for n in lines if case.line(n).service.first_day is None]:
        raise UserError(
            f"{numbers(dayless)} has no day of service." if len(dayless) == 1 else f"{numbers(dayless)} have no day of service.", hint
        )


def _approval_ready(body: ev.Determined, asked: Asked) -> None:
    decision, case = body.decision, asked.case
    waiting = {item.value for item in case.unchecked} - set(decision.unchecked)
    if waiting:
        raise UserError(
            "Coverage is not checked: " + ", ".join(sorted(w.replace("_", " ") for w in waiting)) + ".",
            f"Record what you found, or approve with these marked as not checked. {NOTHING_LOST}",
        )
    if decision.reason.no_policy_found and (found := set(body.lines) & set(case.matched.against if case.matched else ())):
        raise UserError(
            f"A policy stands against {numbers(sorted(found)).lower()}.", f"Cite the position that you depart from. {NOTHING_LOST}"
        )
    if asked.by.has(Role.PHYSICIAN):
        if set(body.lines) & set(case.matched.against if case.matched else ()):
            check_said(decision.rationale, "your own clinical rationale for this exception")
        return
    for line in body.lines:
        if not as_asked(case.line(line).service, case.servicing_provider, decision.granted):
            raise Forbidden(
                f"Line {line} would be approved otherwise than it was asked for.", f"Amend it as agreed, or refer it. {NOTHING_LOST}"
            )
        _nurse_may_approve(line, decision, asked)


def _nurse_may_approve(line: int, decision: Decision, asked: Asked) -> None:
    matched = asked.case.matched
    row = next((r for r in (matched.services if matched else ()) if r.line == line), None)
    if row is None or matched is None:
        raise UserError(f"Line {line} has not been matched with the library yet.", f"Match the request first. {NOTHING_LOST}")
    unread = sorted({pin.policy for pin in matched.pins if pin.policy in row.policies and not pin.abstract and not pin.confirmed})
    if unread:
        raise UserError(
            f"Nobody has confirmed the reading of {', '.join(unread)} yet.", f"Confirm it in the library, or refer the line. {NOTHING_LOST}"
        )
    asks = row.relation in (Relation.CONFIRM_CONDITION, Relation.CONFIRM_SCOPE)
    if asks and not decision.clarification.strip():
        raise UserError(
            f"The policy may speak about line {line}: which service is meant is not clear.",
            f"Say how you found that it does not stand against the line, or ask for information. {NOTHING_LOST}",
        )
    if decision.reason.no_policy_found and row.suggestion is not Suggestion.NO_POLICY and not decision.clarification.strip():
        raise UserError(f"The library holds a policy that touches line {line}.", f"Cite it, or refer the line. {NOTHING_LOST}")
