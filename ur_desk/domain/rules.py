"""What may happen to a case next: one gate through which every event of a case passes before it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.case import Case, undone_ids
from ur_desk.domain.determination import OPEN, Decision, Determination, Workflow, may_determine
from ur_desk.domain.events import CaseEvent
from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.domain.people import Account, Role
from ur_desk.domain.terms import misfit
from ur_desk.errors import Forbidden, UserError

NOTHING_LOST = "Nothing was saved; what you typed is still there."

WITH_NURSE = frozenset({Workflow.REVIEW, Workflow.RETURNED})
UNDOABLE = (
    ev.CoverageChecked,
    ev.Determined,
    ev.InformationRequested,
    ev.InformationReceived,
    ev.Referred,
    ev.SentBack,
    ev.Withdrawn,
    ev.Amended,
    ev.ContactLogged,
    ev.NoteAdded,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, its events, who asks, and when: all that a rule may look at."""

    case: Case
    events: Sequence[CaseEvent]
    by: Account
    now: datetime


def admit(body: ev.CaseBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError (or Forbidden) in plain words, and nothing is kept."""
    if asked.by.retired:
        raise Forbidden("This account is retired.", "Nothing was saved.")
    if asked.case.closed and not isinstance(body, ev.NoteAdded | ev.ContactLogged | ev.RecordOpened):
        raise UserError("The case is closed.", "Log a contact or add a note; nothing else may change. Nothing was saved.")
    _check(body, asked)


@singledispatch
def _check(body: object, asked: Asked) -> None:
    raise TypeError(f"no case event: {type(body).__name__}")


@_check.register
def _(body: ev.Opened, asked: Asked) -> None:
    raise UserError("The case is open already.", NOTHING_LOST)


@_check.register(ev.Matched)
@_check.register(ev.ClockRead)
@_check.register(ev.RecordOpened)
def _(body: object, asked: Asked) -> None:
    """The program's own findings, and that a person looked, are always kept."""


@_check.register
def _(body: ev.CoverageChecked, asked: Asked) -> None:
    _said(body.answer, "what the answer is")
    _said(body.where, "where it was looked up")
    if body.day > asked.now.date():
        raise UserError("The day of the check lies in the future.", NOTHING_LOST)


@_check.register
def _(body: ev.Determined, asked: Asked) -> None:
    decision, by = body.decision, asked.by
    if decision.determination is Determination.WITHDRAWN:
        raise UserError("A withdrawal is recorded with who asked, when and how.", NOTHING_LOST)
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
    if decision.determination.adverse:
        _adverse_ready(body, asked)
    else:
        _approval_ready(body, asked)


def _physician_ready(body: ev.Determined | ev.SentBack, asked: Asked) -> None:
    if asked.by.id not in asked.case.record_opened_by:
        raise UserError("The record has not been opened yet.", "Open the request and its record before you decide. Nothing was saved.")


def _adverse_ready(body: ev.Determined, asked: Asked) -> None:
    decision = body.decision
    _said(decision.rationale, "your own clinical rationale")
    summaries = {_plain(s.referral.summary) for s in asked.case.lines if s.referral and s.line in body.lines}
    if _plain(decision.rationale) in summaries:
        raise UserError("The rationale is the nurse's summary, word for word.", f"Write your own reasoning. {NOTHING_LOST}")
    if not (decision.reason.policy_lines or decision.reason.held_elsewhere):
        raise UserError("An adverse decision names its criterion.", f"Cite policy lines or a criterion held elsewhere. {NOTHING_LOST}")
    if decision.determination is not Determination.DENIED and decision.granted is None:
        raise UserError("Say what is approved: service, quantity, days or setting.", NOTHING_LOST)
    credential = asked.by.credential
    if credential is None or not credential.licence:
        raise Forbidden("Your account has no licence on file.", f"Ask the administrator to enter it before you sign. {NOTHING_LOST}")
    if not credential.valid_on(asked.now.date()):
        raise Forbidden("Your licence on file has run out.", f"Ask the administrator to bring it up to date. {NOTHING_LOST}")


def _approval_ready(body: ev.Determined, asked: Asked) -> None:
    decision, case = body.decision, asked.case
    waiting = {item.value for item in case.unchecked} - set(decision.unchecked)
    if waiting:
        raise UserError(
            "Coverage is not checked: " + ", ".join(sorted(w.replace("_", " ") for w in waiting)) + ".",
            f"Record what you found, or approve with these marked as not checked. {NOTHING_LOST}",
        )
    if asked.by.has(Role.PHYSICIAN):
        if set(body.lines) & set(case.matched.against if case.matched else ()):
            _said(decision.rationale, "your own clinical rationale for this exception")
        return
    for line in body.lines:
        _nurse_may_approve(line, decision, asked)


def _nurse_may_approve(line: int, decision: Decision, asked: Asked) -> None:
    row = next((r for r in (asked.case.matched.services if asked.case.matched else ()) if r.line == line), None)
    if row is None:
        raise UserError(f"Line {line} has not been matched with the library yet.", f"Match the request first. {NOTHING_LOST}")
    asks = row.relation in (Relation.CONFIRM_CONDITION, Relation.CONFIRM_SCOPE)
    if asks and not decision.clarification.strip():
        raise UserError(
            f"The policy may speak about line {line}: which service is meant is not clear.",
            f"Say how you found that it does not stand against the line, or ask for information. {NOTHING_LOST}",
        )
    if decision.reason.no_policy_found and row.suggestion is not Suggestion.NO_POLICY and not decision.clarification.strip():
        raise UserError(f"The library holds a policy that touches line {line}.", f"Cite it, or refer the line. {NOTHING_LOST}")


def _cited_lines_are_pinned(case: Case, decision: Decision) -> None:
    pinned = {pin.text for pin in (case.matched.pins if case.matched else ())}
    if any(c.anchor.text not in pinned for c in decision.reason.policy_lines):
        raise UserError("A cited policy line is not from a text that this case was matched with.", f"Match again. {NOTHING_LOST}")


@_check.register
def _(body: ev.InformationRequested, asked: Asked) -> None:
    allowed = frozenset({Workflow.WITH_PHYSICIAN}) if asked.by.has(Role.PHYSICIAN) else WITH_NURSE
    _in(asked.case, body.lines, allowed)
    if not any(item.strip() for item in body.items):
        raise UserError("Name at least one thing that is missing.", NOTHING_LOST)
    _said(body.why, "why it matters")
    _said(body.asked_of, "whom you ask")
    if body.answer_by and body.answer_by < asked.now.date():
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
    if body.before == body.after and body.provider == asked.case.servicing_provider:
        raise UserError("Nothing was amended.", "Change the code, units, days or provider that the requester agreed to.")
    _said(body.agreed_by, "who agreed")
    _said(body.how, "how they agreed")
    _past(body.agreed_at, asked.now, "The requester cannot have agreed in the future.")


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
    wanted = Workflow.PENDED if body.kind == "information_request" else Workflow.DECIDED
    if body.supersedes is None:
        _in(asked.case, body.lines, frozenset({wanted}))
    elif body.supersedes not in {letter.id for letter in asked.case.letters}:
        raise UserError("The letter to be corrected is not of this case.", NOTHING_LOST)


@_check.register
def _(body: ev.Closed, asked: Asked) -> None:
    if open_lines := [
        s.line for s in asked.case.lines if s.workflow is not Workflow.NOTICED and s.determination is not Determination.WITHDRAWN
    ]:
        raise UserError(f"{_numbers(open_lines)} still open or without notice.", "Decide and give notice first. Nothing was saved.")


@_check.register
def _(body: ev.Undone, asked: Asked) -> None:
    undone = undone_ids(asked.events)
    effective = [
        e for e in asked.events if e.id not in undone and not isinstance(e.body, ev.Undone | ev.RecordOpened | ev.Matched | ev.ClockRead)
    ]
    if not effective or effective[-1].id != body.event:
        raise UserError("Only the last step of a case can be undone.", "Nothing was changed.")
    last = effective[-1]
    if not isinstance(last.body, UNDOABLE):
        raise UserError("This step cannot be undone.", "A correction is a new step that says what changed. Nothing was changed.")
    if last.by != asked.by.id:
        raise Forbidden("Only the person who took this step can undo it.", "Nothing was changed.")


def last_step(events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The newest step that a person took and nobody took back; what the program notes by itself is none."""
    told = list(events)
    undone = undone_ids(told)
    aside = ev.Undone | ev.RecordOpened | ev.Matched | ev.ClockRead
    return next((e for e in reversed(told) if e.id not in undone and not isinstance(e.body, aside)), None)


def adverse_letter_obstacles(case: Case, lines: Iterable[int], people: int, cautions: frozenset[str]) -> tuple[str, ...]:
    """Why no adverse letter may leave yet, outside a demo workspace; empty where it may (DESIGN section 2).

    `people` counts the accounts that are not retired; `cautions` are the codes of the pinned report.
    """
    cited = {c.anchor.text for line in lines if (d := case.line(line).decision) for c in d.reason.policy_lines}
    pins = [pin for pin in (case.matched.pins if case.matched else ()) if pin.text in cited]
    found = []
    if people < 2:
        found.append("The workspace has one person only: an adverse letter needs a reviewer and a signing physician.")
    if any(pin.abstract for pin in pins):
        found.append("The policy on the desk is an abstract: load the payer's own document first.")
    if any(not pin.abstract and not pin.confirmed for pin in pins):
        found.append("Nobody has confirmed the reading of the policy document yet.")
    if pins and "version_not_in_force" in cautions:
        found.append("The policy version was not in force on the day of service: load the right one.")
    if pins and "review_overdue" in cautions:
        found.append(
            "The policy is overdue for review: load the newest version, or record where and when you saw that this one still stands."
        )
    return tuple(found)


def ready_to_sign(decision: Decision, case: Case) -> Decision:
    """The decision with every open coverage question named on it, as the person accepted it."""
    return replace(decision, unchecked=tuple(item.value for item in case.unchecked))


def _in(case: Case, lines: Sequence[int], allowed: frozenset[Workflow]) -> None:
    if not lines:
        raise UserError("No service line is picked.", "Pick at least one line. Nothing was saved.")
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
