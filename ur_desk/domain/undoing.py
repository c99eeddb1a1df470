"""Steps of a case and their taking back: what is a step, which may be taken back, by whom, and what goes with it."""

from collections.abc import Callable, Iterable

from ur_desk.domain import events as ev
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.people import Account
from ur_desk.errors import Forbidden, UserError

NO_STEPS = (
    ev.Undone | ev.RecordOpened | ev.PagesNoted | ev.Matched | ev.ClockRead | ev.Restricted | ev.Unrestricted | ev.GlassBroken
    | ev.GlassSeen
)  # fmt: skip
"""What is no step of the work on a case: the program notes it by itself, or it is about who may see the case."""
UNDOABLE = (
    ev.CoverageChecked, ev.Determined, ev.InformationRequested, ev.InformationReceived, ev.Referred, ev.SentBack, ev.Withdrawn,
    ev.Reworded, ev.Amended, ev.Completed, ev.ReceiptDoubted, ev.ContactLogged, ev.NoteAdded, ev.RecordAttached, ev.MessageCame, ev.LeftOut,
    ev.Followed, ev.PeerOffered, ev.PeerReached, ev.PeerEnded, ev.NotRequired, ev.Dismissed, ev.DismissalVacated, ev.Voided, ev.Reopened,
    ev.AuthorizationNumbered, ev.EnteredInClaims,
    ev.LetterSent, ev.ProofKept, ev.LetterReturned,
    ev.AnswerCame, ev.TargetSet,
    ev.AppealTold, ev.AppealAcknowledged,
)  # fmt: skip
"""Steps that whoever took them may take back."""


MATCHED_ANEW = ev.Amended | ev.Completed
"""Steps after which the program matches anew, and reads the clock."""
READ_ANEW = ev.InformationReceived | ev.MessageCame | ev.AnswerCame | ev.LetterSent | ev.LetterReturned
"""Steps after which the program reads a clock anew that waited, or that a letter extends."""


def undone_ids(events: Iterable[CaseEvent]) -> frozenset[EventId]:
    """The events that a later one took back; what was matched, or read from the clock, since such a step goes with it."""
    told = list(events)
    place = {event.id: number for number, event in enumerate(told)}
    found: set[EventId] = set()
    for number, event in enumerate(told):
        if isinstance(event.body, ev.Undone) and event.body.event in place:
            begin = place[event.body.event]
            found.add(event.body.event)
            if isinstance(told[begin].body, MATCHED_ANEW):
                found |= {e.id for e in told[begin:number] if isinstance(e.body, ev.Matched | ev.ClockRead)}
            if isinstance(told[begin].body, READ_ANEW):
                found |= {e.id for e in told[begin:number] if isinstance(e.body, ev.ClockRead) or _by_letter(e.body)}
    return frozenset(found)


def _by_letter(body: ev.CaseBody) -> bool:
    """Whether the program noted it by itself as a letter was sent that extends the clock."""
    return isinstance(body, ev.ClockExtended) and body.letter is not None


def is_step(body: ev.CaseBody) -> bool:
    """Whether a person took that step; what the program notes by itself is none."""
    return not isinstance(body, NO_STEPS) and not _by_letter(body)


def last_step(events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The newest step that a person took and nobody took back; what the program notes by itself is none."""
    told = list(events)
    undone = undone_ids(told)
    return next((e for e in reversed(told) if e.id not in undone and is_step(e.body)), None)


def check_undone(body: ev.Undone, events: Iterable[CaseEvent], by: Account, taken_back: Callable[[CaseId], bool]) -> None:
    """Passes the taking back of the last step by whoever took it; else UserError or Forbidden in plain words. That another case follows
    this one is taken back with that case alone: an appeal that lives on stays in sight."""
    last = last_step(events)
    if last is None or last.id != body.event:
        raise UserError("Only the last step of a case can be undone.", "Nothing was changed.")
    if not isinstance(last.body, UNDOABLE):
        raise UserError("This step cannot be undone.", "A correction is a new step that says what changed. Nothing was changed.")
    if isinstance(last.body, ev.Followed) and not taken_back(last.body.case):
        raise UserError(f"{last.body.number} follows this case, and stands.", "Withdraw or decide it there. Nothing was changed.")
    if last.by != by.id:
        raise Forbidden("Only the person who took this step can undo it.", "Nothing was changed.")
