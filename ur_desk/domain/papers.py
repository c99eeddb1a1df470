"""What comes in for a case after its request, and requests that are not worked here: what each makes of the case, and when it may."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.domain import events as ev
from ur_desk.domain.appeals import takes_an_appeal
from ur_desk.domain.asking import back_in_review
from ur_desk.domain.clock_events import answered as ends_waiting
from ur_desk.domain.counting import day_in
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import CaseEvent
from ur_desk.domain.listing import News
from ur_desk.domain.people import Account
from ur_desk.domain.undoing import NO_STEPS
from ur_desk.domain.zones import zone
from ur_desk.errors import Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case

PaperBody = ev.MessageCame | ev.LeftOut | ev.SenderTold | ev.Followed | ev.TakenBack
"""What can happen to a case by what comes in."""
STILL_OPEN = (
    ev.NoteAdded | ev.ContactLogged | ev.RecordOpened | ev.RecordAttached | ev.ReceiptDoubted | ev.ReceiptSettled | ev.ClockRead
    | ev.MessageCame | ev.Followed | ev.Restricted | ev.Unrestricted | ev.GlassBroken | ev.GlassSeen | ev.PeerReached | ev.PeerEnded
    | ev.Reopened | ev.DismissalVacated | ev.Voided | ev.AuthorizationNumbered | ev.EnteredInClaims
    | ev.LetterSent | ev.ProofKept | ev.LetterReturned | ev.LetterMisdirected | ev.IncidentReviewed | ev.EnteredWrong
    | ev.AppealAcknowledged
    | ev.Notified | ev.DutyDone
)  # fmt: skip
"""What may still happen to a closed case."""
BACK = ev.MessageCame | ev.Followed | ev.RecordAttached | ev.Voided | ev.AuthorizationNumbered | ev.EnteredInClaims
"""What may still be taken back in a closed case."""
BESIDE_LEFT_OUT = (
    ev.SenderTold | ev.TakenBack | ev.MessageCame | ev.NoteAdded | ev.ContactLogged | ev.RecordOpened | ev.RecordAttached | ev.ClockRead
    | ev.Undone | ev.Restricted | ev.Unrestricted | ev.GlassBroken | ev.GlassSeen
)  # fmt: skip
"""What may happen to a case that was left out."""
NOTHING = "Nothing was saved."


def with_paper(body: PaperBody, case: "Case", event: CaseEvent) -> "Case":
    """The case once it has happened."""
    from ur_desk.domain.case import Came

    match body:
        case ev.MessageCame():
            came = replace(case, messages=(*case.messages, Came(event.id, event.at, event.by, body)))
            return came if body.use is ev.Use.AGAIN else _to_be_read(came, body, body.request.received_at or event.at)
        case ev.LeftOut():
            return replace(case, left_out=body)
        case ev.SenderTold():
            return replace(case, told=body, closed=True)
        case ev.Followed():
            return replace(case, followed=(*case.followed, body))
        case ev.TakenBack():
            return replace(case, taken_back=True, closed=True)


def _to_be_read(case: "Case", body: ev.MessageCame, came_at: datetime) -> "Case":
    """Whoever decides opens the record as it now stands; pended lines that the message answers are back in review."""
    answered = tuple(back_in_review(s) if s.line in body.lines else s for s in case.lines)
    work = ends_waiting(case.clockwork, came_at) if body.use is ev.Use.INFORMATION else case.clockwork
    return replace(case, lines=answered, unread=(*case.unread, body.use), record_opened_by=frozenset(), clockwork=work)


def pended(case: "Case") -> tuple[int, ...]:
    """The lines that wait for information."""
    return tuple(state.line for state in case.lines if state.workflow is Workflow.PENDED)


def news(case: "Case") -> News | None:
    """What waits in the case for somebody to read or tell."""
    if case.taken_back or case.told is not None:
        return None
    if case.left_out is not None:
        return News.TELL_SENDER
    if case.unread:
        return News(case.unread[-1].value)
    undecided = any(state.determination is None for state in case.lines)
    return News.RECEIPT if case.request.received_at is None and undecided and not case.closed else None


def was_adverse(case: "Case") -> bool:
    """Whether a line was decided against the request, wholly or in part."""
    return any(state.determination is not None and state.determination.adverse for state in case.lines)


def check_paper(body: PaperBody, case: "Case", events: Sequence[CaseEvent], by: Account, now: datetime) -> None:
    """Passes what the rules allow; else UserError or Forbidden in plain words."""
    if case.taken_back:
        raise UserError(f"{case.number} was opened by mistake and taken back.", f"Choose another case. {NOTHING}")
    match body:
        case ev.MessageCame():
            _may_come(body, case, now)
        case ev.LeftOut():
            _said(body.reason, "why it is left out")
            if not _untouched(events):
                raise UserError(f"{case.number} is being worked already.", f"Withdraw, decide or close it. {NOTHING}")
        case ev.SenderTold():
            if case.left_out is None:
                raise UserError(f"{case.number} was not left out.", f"A notice of what was decided is recorded as such. {NOTHING}")
            _said(body.with_whom, "who was told")
            _said(body.said, "what was said")
            _past(body.at, now, "The sender cannot have been told in the future.")
        case ev.Followed():
            if not was_adverse(case):
                raise UserError(f"Nothing of {case.number} was decided against the request.", f"Attach it as information. {NOTHING}")
            _behind_the_decision(body, case)
        case ev.TakenBack():
            _may_take_back(case, events, by)


def _behind_the_decision(body: ev.Followed, case: "Case") -> None:
    """What was received on a day before anything was decided asks nobody to look at it anew."""
    where = zone(case.request.received_zone or "UTC")
    made = [day_in(s.decision.signature.at, where) for s in case.lines if s.decision is not None and takes_an_appeal(s)]
    if body.received_at is not None and made and day_in(body.received_at, where) < min(made):
        raise UserError(
            f"It was received before {case.number} was decided.", f"Check the day and the time, or attach it as information. {NOTHING}"
        )


def check_standing(body: ev.CaseBody, case: "Case", events: Sequence[CaseEvent]) -> None:
    """Refuses what a closed case, or one that was left out, does not take any more."""
    undone = next((e.body for e in events if isinstance(body, ev.Undone) and e.id == body.event), None)
    if case.closed and not isinstance(body, STILL_OPEN) and not isinstance(undone, BACK):
        raise UserError("The case is closed.", f"Log a contact or add a note; nothing else may change. {NOTHING}")
    if case.left_out is not None and not isinstance(body, BESIDE_LEFT_OUT):
        raise UserError(f"{case.number} was left out: it is not worked here.", f"Undo that first, or tell the sender. {NOTHING}")


def _may_come(body: ev.MessageCame, case: "Case", now: datetime) -> None:
    if body.request.received_at:
        _past(body.request.received_at, now, "It cannot have been received in the future.")
    waiting = pended(case) if body.use is ev.Use.INFORMATION else ()
    if body.lines != waiting:
        raise UserError(f"{case.number} was changed since you looked.", f"Look at it again. {NOTHING}")


def _may_take_back(case: "Case", events: Sequence[CaseEvent], by: Account) -> None:
    if case.opened_by != by.id:
        raise Forbidden("Only the person who opened a case takes that back.", f"Ask them, or leave a note in it. {NOTHING}")
    if not _untouched(events):
        raise UserError(f"Something else was done in {case.number} since it was opened.", f"Decide, withdraw or close it. {NOTHING}")


def _untouched(events: Sequence[CaseEvent]) -> bool:
    """Whether nobody has done anything in the case since it was opened."""
    return all(isinstance(event.body, ev.Opened | ev.LeftOut | NO_STEPS) for event in events)


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING)


def _past(at: datetime, now: datetime, message: str) -> None:
    if at > now:
        raise UserError(message, NOTHING)
