"""What may happen to a case next: one gate through which every event of a case passes before it is kept."""

from dataclasses import fields
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.appeal_rules import check_appeal
from ur_desk.domain.appeals import AppealBody
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
from ur_desk.domain.asking import AskingBody
from ur_desk.domain.asking_rules import check_asking, check_attempt
from ur_desk.domain.attached import RecordBody, check_record
from ur_desk.domain.authorization import AuthorizationBody, check_authorization
from ur_desk.domain.clock_events import ClockBody
from ur_desk.domain.clock_gate import check_clock
from ur_desk.domain.deciding import check_determined, check_record_opened
from ur_desk.domain.delivery import DeliveryBody, check_delivery, owed
from ur_desk.domain.determination import OPEN, Determination, Workflow, may_determine
from ur_desk.domain.fence import check_fence, check_open, sees
from ur_desk.domain.glass import FenceBody
from ur_desk.domain.issuing import check_issued
from ur_desk.domain.notice_given import check_notice
from ur_desk.domain.outcome_rules import check_outcome
from ur_desk.domain.outcomes import OutcomeBody
from ur_desk.domain.papers import PaperBody, check_paper, check_standing
from ur_desk.domain.peers import PeerBody, check_peer
from ur_desk.domain.receipt_rules import check_receipt
from ur_desk.domain.reentry import check_reentry
from ur_desk.domain.request import Request, only_adds
from ur_desk.domain.rewording import check_reworded, check_words
from ur_desk.domain.undoing import check_undone
from ur_desk.errors import Forbidden, UserError

# what somebody may tell later; all else changes by agreement only
COMPLETABLE = (
    "reference", "received_at", "received_zone", "received_evidence", "channel", "kind", "urgency", "urgency_said_by", "timing", "line_of_business", "coverage", "claim",
    "state", "member", "requesting_provider",
)  # fmt: skip


def admit(body: ev.CaseBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError (or Forbidden) in plain words, and nothing is kept."""
    if asked.by.retired:
        raise Forbidden("This account is retired.", "Nothing was saved.")
    correction = isinstance(body, ev.LetterIssued) and (body.supersedes is not None or body.copy_of is not None)
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
def _(body: ClockBody, asked: Asked) -> None:
    check_clock(body, asked)


@_check.register
def _(body: ev.Matched, asked: Asked) -> None:
    if all(state.decision for state in asked.case.lines):
        raise UserError("Every line is decided: the case is shown from what was kept.", "Match a new request. Nothing was changed.")
    if body.subject != asked.case.current_request.subject:
        raise UserError("What was matched is not the request as it now stands.", f"Match again. {NOTHING_LOST}")


@_check.register
def _(body: ev.CoverageChecked, asked: Asked) -> None:
    check_said(body.answer, "what the answer is")
    check_said(body.where, "where it was looked up")
    if body.day > asked.today:
        raise UserError("The day of the check lies in the future.", NOTHING_LOST)


@_check.register
def _(body: ev.Determined, asked: Asked) -> None:
    check_determined(body, asked)


@_check.register
def _(body: AskingBody, asked: Asked) -> None:
    check_asking(body, asked)


@_check.register
def _(body: ev.Referred, asked: Asked) -> None:
    check_lines(asked.case, body.lines, WITH_NURSE)
    check_said(body.summary, "a clinical summary for the physician")


@_check.register
def _(body: ev.SentBack, asked: Asked) -> None:
    check_lines(asked.case, body.lines, FOR_PHYSICIAN)
    check_said(body.question, "what the nurse should find out")
    check_record_opened(asked)


@_check.register
def _(body: ev.Reworded, asked: Asked) -> None:
    check_reworded(body, asked)


@_check.register
def _(body: ev.Withdrawn, asked: Asked) -> None:
    check_lines(asked.case, body.lines, OPEN)
    if body.decision.determination is not Determination.WITHDRAWN:
        raise UserError("A withdrawal has no other outcome.", NOTHING_LOST)
    if refusal := may_determine(asked.by, body.decision, against_position=False):
        raise Forbidden(refusal, NOTHING_LOST)
    check_bar(asked)
    check_own(body.decision, asked.by)
    check_said(body.asked_by, "who asked to withdraw")
    check_said(body.how, "how they asked")
    check_past(body.asked_at, asked.now, "The withdrawal cannot have been asked for in the future.")
    received = asked.case.request.received_at
    if received is not None and body.asked_at < received.replace(second=0, microsecond=0):  # people tell times to the minute
        raise UserError("Nobody takes a request back before it was received.", f"Check the day and the time. {NOTHING_LOST}")


@_check.register
def _(body: ev.Amended, asked: Asked) -> None:
    check_lines(asked.case, (body.line,), WITH_NURSE | {Workflow.PENDED})
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
    check_said(body.agreed_by, "who agreed")
    check_said(body.how, "how they agreed")
    check_past(body.agreed_at, asked.now, "The requester cannot have agreed in the future.")


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
    check_said(body.told_by, "who told it")
    check_said(body.how, "how they told it")


@_check.register
def _(body: ev.ReceiptDoubted | ev.ReceiptSettled, asked: Asked) -> None:
    check_receipt(body, asked.case, asked.by, asked.now)


@_check.register
def _(body: ev.NoticeGiven, asked: Asked) -> None:
    check_notice(body, asked)


@_check.register
def _(body: ev.ContactLogged, asked: Asked) -> None:
    check_said(body.with_whom, "with whom")
    check_said(body.said, "what was said")
    check_past(body.at, asked.now, "A contact cannot lie in the future.")
    check_attempt(body, asked)


@_check.register
def _(body: ev.NoteAdded, asked: Asked) -> None:
    check_said(body.text, "the note")


@_check.register
def _(body: ev.LetterIssued, asked: Asked) -> None:
    check_words([state for state in asked.case.lines if state.line in body.lines])
    if body.supersedes is not None and body.reason is not None:
        check_said(body.reason, "why the letter is corrected")
    check_issued(body, asked)


@_check.register
def _(body: ev.Closed, asked: Asked) -> None:
    if body.letters_sent and (waiting := next(owed(asked.case), None)):
        raise UserError(
            f"A letter of {waiting.letter.dated:%m/%d/%Y} is still owed to the {waiting.party.value}.",
            "Record how and when it was sent, or issue a new one where its day has passed. Nothing was saved.",
        )
    if open_lines := asked.case.lines_in_the_way:
        raise UserError(f"{numbers(open_lines)} still open or without notice.", "Decide and give notice first. Nothing was saved.")


@_check.register
def _(body: OutcomeBody, asked: Asked) -> None:
    check_outcome(body, asked)


@_check.register
def _(body: AuthorizationBody, asked: Asked) -> None:
    check_authorization(body, asked.case, asked.events, asked.prefix, asked.now, asked.numbers)


@_check.register
def _(body: ev.Undone, asked: Asked) -> None:
    check_undone(body, asked.events, asked.by, asked.taken_back)


@_check.register
def _(body: PaperBody, asked: Asked) -> None:
    check_paper(body, asked.case, asked.events, asked.by, asked.now)


@_check.register
def _(body: PeerBody, asked: Asked) -> None:
    check_peer(body, asked.case, asked.by, asked.now)


@_check.register
def _(body: DeliveryBody, asked: Asked) -> None:
    check_delivery(body, asked.case, asked.by, asked.now)


@_check.register
def _(body: AppealBody, asked: Asked) -> None:
    check_appeal(body, asked)


@_check.register
def _(body: ev.EnteredWrong, asked: Asked) -> None:
    check_reentry(body, asked.case, asked.by)


@_check.register
def _(body: FenceBody, asked: Asked) -> None:
    check_fence(body, asked.case, asked.by, asked.now)
