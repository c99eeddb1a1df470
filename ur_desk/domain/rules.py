"""What may happen to a case next: one gate through which every event of a case passes before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.attached import RecordBody, check_record
from ur_desk.domain.case import Case
from ur_desk.domain.determination import OPEN, Decision, Determination, Workflow, may_determine
from ur_desk.domain.events import CaseEvent
from ur_desk.domain.fence import FenceBody, check_fence, check_open, sees
from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.domain.papers import PaperBody, check_paper, check_standing
from ur_desk.domain.people import Account, Role
from ur_desk.domain.receipt_rules import check_receipt
from ur_desk.domain.request import Request, only_adds
from ur_desk.domain.terms import as_asked, misfit
from ur_desk.domain.undoing import check_undone
from ur_desk.errors import Forbidden, UserError

NOTHING_LOST = "Nothing was saved; what you typed is still there."

WITH_NURSE = frozenset({Workflow.REVIEW, Workflow.RETURNED})
# what somebody may tell later; all else changes by agreement only
COMPLETABLE = (
    "reference", "received_at", "received_zone", "received_evidence", "channel", "kind", "urgency", "urgency_said_by", "timing", "line_of_business", "coverage", "claim",
    "state", "member", "requesting_provider",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, its events, who asks, when (and which day that is where the workspace is), and whether it is a demo."""

    case: Case
    events: Sequence[CaseEvent]
    by: Account
    now: datetime
    today: date
    demo: bool = False


def admit(body: ev.CaseBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError (or Forbidden) in plain words, and nothing is kept."""
    if asked.by.retired:
        raise Forbidden("This account is retired.", "Nothing was saved.")
    correction = isinstance(body, ev.LetterIssued) and body.supersedes is not None
    if not isinstance(body, ev.GlassBroken | ev.GlassSeen):
        check_open(sees(asked.case, asked.by.id, asked.now), asked.case.number)
    if not correction:
        check_standing(body, asked.case, asked.events)
    _check(body, asked)


@singledispatch
def _check(body: object, asked: Asked) -> None:
    raise TypeError(f"no case event: {type(body).__name__}")


@_check.register
def _(body: ev.Opened, asked: Asked) -> None:
    raise UserError("The case is open already.", NOTHING_LOST)


@_check.register(ev.ClockRead)
@_check.register(ev.RecordOpened)
def _(body: object, asked: Asked) -> None:
    """What the clock says, and that a person looked, is always kept."""


@_check.register
def _(body: RecordBody, asked: Asked) -> None:
    check_record(body, asked.case, asked.now)


@_check.register
def _(body: ev.Matched, asked: Asked) -> None:
    if all(state.decision for state in asked.case.lines):
        raise UserError("Every line is decided: the case is shown from what was kept.", "Match a new request. Nothing was changed.")
    if body.subject != asked.case.current_request.subject:
        raise UserError("What was matched is not the request as it now stands.", f"Match again. {NOTHING_LOST}")


@_check.register
def _(body: ev.CoverageChecked, asked: Asked) -> None:
    _said(body.answer, "what the answer is")
    _said(body.where, "where it was looked up")
    if body.day > asked.today:
        raise UserError("The day of the check lies in the future.", NOTHING_LOST)


@_check.register
def _(body: ev.Determined, asked: Asked) -> None:
    decision, by = body.decision, asked.by
    if decision.determination is Determination.WITHDRAWN:
        raise UserError("A withdrawal is recorded with who asked, when and how.", NOTHING_LOST)
    _matched_as_it_stands(asked.case)
    against = set(body.lines) & set(asked.case.matched.against if asked.case.matched else ())
    if refusal := may_determine(by, decision.determination, bool(against)):
        raise Forbidden(refusal, f"Refer the line to a physician. {NOTHING_LOST}")
    physician = by.has(Role.PHYSICIAN)
    _in(asked.case, body.lines, frozenset({Workflow.WITH_PHYSICIAN}) if physician else WITH_NURSE)
    if decision.signature.account != by.id:
        raise Forbidden("A decision is signed by the person who makes it.", "Nothing was saved.")
    _said(decision.reason.words, "the reason, in words for the member")
    if not decision.reason.rests_on_something:
        raise UserError(
            "The reason rests on nothing yet.", f"Cite policy lines, a criterion held elsewhere, or 'no policy found'. {NOTHING_LOST}"
        )
    _cited_lines_are_pinned(asked.case, decision)
    for line in body.lines:
        if told := misfit(asked.case.line(line).service, asked.case.servicing_provider, decision):
            raise UserError(told, f"Say what is approved, or decide otherwise. {NOTHING_LOST}")
    if physician:
        _physician_ready(body, asked)
        _licensed(asked)
    if unknown := set(decision.unchecked) - set(ev.CoverageItem):
        raise UserError(f"There is no coverage question {', '.join(sorted(unknown))}.", NOTHING_LOST)
    if decision.determination.adverse:
        _adverse_ready(body, asked)
    else:
        _approval_ready(body, asked)


def _matched_as_it_stands(case: Case) -> None:
    if case.matched is None or case.matched.subject != case.current_request.subject:
        raise UserError("The request has changed since it was matched.", f"Match again. {NOTHING_LOST}")


def _physician_ready(body: ev.Determined | ev.SentBack, asked: Asked) -> None:
    if asked.by.id not in asked.case.record_opened_by:
        raise UserError("The record has not been opened yet.", "Open the request and its record before you decide. Nothing was saved.")


def _adverse_ready(body: ev.Determined, asked: Asked) -> None:
    decision = body.decision
    _said(decision.rationale, "your own clinical rationale")
    summaries = {_plain(e.body.summary) for e in asked.events if isinstance(e.body, ev.Referred)}
    if _plain(decision.rationale) in summaries:
        raise UserError("The rationale is the nurse's summary, word for word.", f"Write your own reasoning. {NOTHING_LOST}")
    if not (decision.reason.policy_lines or decision.reason.held_elsewhere):
        raise UserError("An adverse decision names its criterion.", f"Cite policy lines or a criterion held elsewhere. {NOTHING_LOST}")
    if decision.determination is not Determination.DENIED and decision.granted is None:
        raise UserError("Say what is approved: service, quantity, days or setting.", NOTHING_LOST)
    if decision.determination is Determination.DENIED and decision.granted is not None:
        raise UserError("A denial approves nothing.", f"Approve in part instead. {NOTHING_LOST}")
    prepared = {asked.case.opened_by, *(asked.case.line(n).referred_by for n in body.lines)}
    if asked.by.id in prepared:
        raise Forbidden("Who opened or referred the case does not decide it adversely.", f"Another physician must. {NOTHING_LOST}")
    if not (asked.demo or decision.signature.reauthenticated):
        raise Forbidden(
            "An adverse decision is signed anew each time.", f"Prove that it is you at the window or a terminal. {NOTHING_LOST}"
        )
    _known_enough(asked.case, body.lines)


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
            f"{_numbers(dayless)} has no day of service." if len(dayless) == 1 else f"{_numbers(dayless)} have no day of service.", hint
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
            f"A policy stands against {_numbers(sorted(found)).lower()}.", f"Cite the position that you depart from. {NOTHING_LOST}"
        )
    if asked.by.has(Role.PHYSICIAN):
        if set(body.lines) & set(case.matched.against if case.matched else ()):
            _said(decision.rationale, "your own clinical rationale for this exception")
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


def _cited_lines_are_pinned(case: Case, decision: Decision) -> None:
    pinned = {pin.text: pin for pin in (case.matched.pins if case.matched else ())}
    for cited in decision.reason.policy_lines:
        pin = pinned.get(cited.anchor.text)
        if pin is None or (cited.policy, cited.effective) != (pin.policy, pin.effective):
            raise UserError("A cited policy line is not from a text that this case was matched with.", f"Match again. {NOTHING_LOST}")
        if cited.anchor.last_line > pin.lines:
            raise UserError(f"{pin.policy} has {pin.lines} lines: line {cited.anchor.last_line} cannot be cited.", NOTHING_LOST)


@_check.register
def _(body: ev.InformationRequested, asked: Asked) -> None:
    allowed = frozenset({Workflow.WITH_PHYSICIAN}) if asked.by.has(Role.PHYSICIAN) else WITH_NURSE
    _in(asked.case, body.lines, allowed)
    if not any(item.strip() for item in body.items):
        raise UserError("Name at least one thing that is missing.", NOTHING_LOST)
    _said(body.why, "why it matters")
    _said(body.asked_of, "whom you ask")
    if body.answer_by and body.answer_by < asked.today:
        raise UserError("The day to answer by has passed.", NOTHING_LOST)


@_check.register
def _(body: ev.InformationReceived, asked: Asked) -> None:
    _in(asked.case, body.lines, frozenset({Workflow.PENDED}))
    _said(body.what, "what came")
    _past(body.received_at, asked.now, "The information cannot have come in the future.")


@_check.register
def _(body: ev.Referred, asked: Asked) -> None:
    _in(asked.case, body.lines, WITH_NURSE)
    _said(body.summary, "a clinical summary for the physician")


@_check.register
def _(body: ev.SentBack, asked: Asked) -> None:
    _in(asked.case, body.lines, frozenset({Workflow.WITH_PHYSICIAN}))
    _said(body.question, "what the nurse should find out")
    _physician_ready(body, asked)


@_check.register
def _(body: ev.Withdrawn, asked: Asked) -> None:
    _in(asked.case, body.lines, OPEN)
    if body.decision.determination is not Determination.WITHDRAWN:
        raise UserError("A withdrawal has no other outcome.", NOTHING_LOST)
    if refusal := may_determine(asked.by, Determination.WITHDRAWN, against_position=False):
        raise Forbidden(refusal, NOTHING_LOST)
    _said(body.asked_by, "who asked to withdraw")
    _said(body.how, "how they asked")
    _past(body.asked_at, asked.now, "The withdrawal cannot have been asked for in the future.")


@_check.register
def _(body: ev.Amended, asked: Asked) -> None:
    _in(asked.case, (body.line,), WITH_NURSE | {Workflow.PENDED})
    if body.before != asked.case.line(body.line).service:
        raise UserError("The line changed since you looked.", f"Look at it again. {NOTHING_LOST}")
    if body.after.line != body.line:
        raise UserError("An amendment keeps the number of its line.", NOTHING_LOST)
    if body.provider != asked.case.servicing_provider and any(state.decision for state in asked.case.lines):
        raise UserError(
            "A line of this case is decided with the provider that was asked for.", f"Open a new request for another one. {NOTHING_LOST}"
        )
    if body.before == body.after and body.provider == asked.case.servicing_provider:
        raise UserError("Nothing was amended.", "Change the code, units, days or provider that the requester agreed to.")
    _said(body.agreed_by, "who agreed")
    _said(body.how, "how they agreed")
    _past(body.agreed_at, asked.now, "The requester cannot have agreed in the future.")


@_check.register
def _(body: ev.Completed, asked: Asked) -> None:
    was, told = asked.case.request, body.request
    for field in fields(Request):
        before, after = getattr(was, field.name), getattr(told, field.name)
        if before != after and not (field.name in COMPLETABLE and only_adds(before, after)):
            raise UserError(
                f"The {field.name.replace('_', ' ')} of the request is known.",
                f"What is known changes by an amendment only. {NOTHING_LOST}",
            )
    if was == told:
        raise UserError("Nothing was added.", "Say what was not known before.")
    _said(body.told_by, "who told it")
    _said(body.how, "how they told it")


@_check.register
def _(body: ev.ReceiptDoubted | ev.ReceiptSettled, asked: Asked) -> None:
    check_receipt(body, asked.case, asked.by, asked.now)


@_check.register
def _(body: ev.NoticeGiven, asked: Asked) -> None:
    _in(asked.case, body.lines, frozenset({Workflow.DECIDED}))
    _said(body.to_whom, "to whom notice was given")
    _said(body.form, "on what form, or in which words")
    _past(body.at, asked.now, "Notice cannot have been given in the future.")


@_check.register
def _(body: ev.ContactLogged, asked: Asked) -> None:
    _said(body.with_whom, "with whom")
    _said(body.said, "what was said")
    _past(body.at, asked.now, "A contact cannot lie in the future.")


@_check.register
def _(body: ev.NoteAdded, asked: Asked) -> None:
    _said(body.text, "the note")


@_check.register
def _(body: ev.LetterIssued, asked: Asked) -> None:
    asks = body.kind == "information_request"
    if body.supersedes is None:
        _in(asked.case, body.lines, frozenset({Workflow.PENDED if asks else Workflow.DECIDED}))
        if asks and all(asked.case.line(n).ask_noticed for n in body.lines):
            raise UserError("The letter that asks for this information has left already.", "Correct it, or ask again. Nothing was issued.")
        return
    before = next((letter for letter in asked.case.letters if letter.id == body.supersedes), None)
    if before is None or before.superseded_by is not None:
        raise UserError("The letter to be corrected is not a standing letter of this case.", "Nothing was issued.")
    if (set(before.lines), before.kind) != (set(body.lines), body.kind):
        raise UserError("A correction is about the same lines as the letter that it corrects.", "Nothing was issued.")


@_check.register
def _(body: ev.Closed, asked: Asked) -> None:
    if open_lines := [
        s.line for s in asked.case.lines if s.workflow is not Workflow.NOTICED and s.determination is not Determination.WITHDRAWN
    ]:
        raise UserError(f"{_numbers(open_lines)} still open or without notice.", "Decide and give notice first. Nothing was saved.")


@_check.register
def _(body: ev.Undone, asked: Asked) -> None:
    check_undone(body, asked.events, asked.by)


@_check.register
def _(body: PaperBody, asked: Asked) -> None:
    check_paper(body, asked.case, asked.events, asked.by, asked.now)


@_check.register
def _(body: FenceBody, asked: Asked) -> None:
    check_fence(body, asked.case, asked.by, asked.now)


def _in(case: Case, lines: Sequence[int], allowed: frozenset[Workflow]) -> None:
    if not lines:
        raise UserError("No service line is picked.", "Pick at least one line. Nothing was saved.")
    if len(set(lines)) != len(lines):
        raise UserError("A service line is picked twice.", "Nothing was saved.")
    known = {s.line: s.workflow for s in case.lines}
    if unknown := [n for n in lines if n not in known]:
        raise UserError(f"The case has no {_numbers(unknown).lower()}.", "Nothing was saved.")
    if wrong := [n for n in lines if known[n] not in allowed]:
        states = ", ".join(sorted({known[n].value.replace("_", " ") for n in wrong}))
        raise UserError(f"{_numbers(wrong)} cannot be taken this way now: {states}.", NOTHING_LOST)


def _numbers(lines: Sequence[int]) -> str:
    return ("Line " if len(lines) == 1 else "Lines ") + ", ".join(map(str, lines))


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING_LOST)


def _past(at: datetime, now: datetime, message: str) -> None:
    if at > now:
        raise UserError(message, NOTHING_LOST)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
