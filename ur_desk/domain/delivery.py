"""How a letter reaches people: sent, with its proof; come back; in wrong hands; and to whom a letter is still owed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.attached import MOST_PAGES, Record
from ur_desk.domain.determination import OPEN, Workflow
from ur_desk.domain.ids import EventId, LetterId
from ur_desk.domain.notices import NoticeKind
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import NOTHING_LOST, Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case, Issued
    from ur_desk.domain.events import CaseEvent
    from ur_desk.domain.line_state import LineState

ASKS = "information_request"
"""The kind of the letter that asks for information, as `LetterKind` has it."""


class Way(StrEnum):
    """How a letter goes."""

    MAIL = "mail"
    FAX = "fax"
    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"


class Party(StrEnum):
    """To whom it goes."""

    MEMBER = "member"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class LetterSent:
    """An issued letter was sent: how, to whom, to which address or number, when (on the clocks of the workspace), and what shows it."""

    letter: LetterId
    way: Way
    party: Party
    to_whom: str
    where: str
    at: datetime
    proof: Record | None = None


@dataclass(frozen=True, slots=True)
class ProofKept:
    """What shows that a letter was sent came later: a fax confirmation, a mail log. `sending` is the event that it belongs to."""

    sending: EventId
    proof: Record


@dataclass(frozen=True, slots=True)
class LetterReturned:
    """A letter came back: when, and why as far as it says so. Whoever it was for has no notice."""

    sending: EventId
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class LetterMisdirected:
    """A letter reached the wrong hands: whose, when that was found out and how, and what was done about it. A privacy incident."""

    sending: EventId
    at: datetime
    reached: str
    found: str
    done: str


@dataclass(frozen=True, slots=True)
class IncidentReviewed:
    """A supervisor looked into a letter in wrong hands, and what they found. `event` is the one that recorded it."""

    event: EventId
    finding: str


DeliveryBody = LetterSent | ProofKept | LetterReturned | LetterMisdirected | IncidentReviewed
"""What can happen to a case by its letters on their way."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A letter in wrong hands: the event, when and by whom it was recorded, what was told; and once a supervisor looked into it, who,
    when and what they found."""

    event: EventId
    at: datetime
    by: AccountId
    told: LetterMisdirected
    reviewed_by: AccountId | None = None
    reviewed_at: datetime | None = None
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a letter: the event, when and by whom it was recorded, what was told, what shows it, and what became of it."""

    event: EventId
    recorded_at: datetime
    by: AccountId
    told: LetterSent
    proofs: tuple[Record, ...] = ()
    returned: LetterReturned | None = None
    incident: Incident | None = None

    @property
    def reached(self) -> bool:
        """Whether nothing says that it did not arrive."""
        return self.returned is None and self.incident is None

    @property
    def gives_notice(self) -> bool:
        """Whether it is written notice to its party. A portal alone notifies no member (NCQA), and what is said by telephone is no letter."""
        if self.told.way is Way.PHONE or (self.told.way is Way.PORTAL and self.told.party is Party.MEMBER):
            return False
        return self.reached


class WhyOwed(StrEnum):
    """Why a letter is still owed to somebody."""

    NOT_SENT = "not_sent"
    CAME_BACK = "came_back"
    WRONG_HANDS = "wrong_hands"
    PORTAL_ONLY = "portal_only"


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that somebody should have and has not: which, whom, and why."""

    letter: "Issued"
    party: Party
    why: WhyOwed

    def needs_new_letter(self, today: date) -> bool:
        """Whether its day has passed, so that only a new letter with its own date can be sent."""
        return self.letter.dated < today


def owed(case: "Case") -> Iterator[Owed]:
    """The standing letters that the member, or the provider to whom a copy goes, has not been sent.

    What tells of lines that were open is owed while they are: a request for information until it is answered, asked anew or decided
    without the answer, any other notice until they are decided. In a closed case only corrections, and what was sent of a decision that
    stands and did not arrive: what was issued before sendings were recorded is told by nothing.
    """
    for letter in case.letters:
        if letter.superseded_by is not None or not _still_to_tell(letter, case):
            continue
        for party in parties(letter, case):
            sent = [s for s in case.sendings if s.told.letter == letter.id and s.told.party is party]
            if case.closed and letter.supersedes is None and not (sent and _tells(letter, case)):
                continue
            if not any(s.gives_notice for s in sent):
                yield Owed(letter, party, _why(sent))


def _still_to_tell(letter: "Issued", case: "Case") -> bool:
    """Whether what a letter tells of open lines is so still; what was decided stays to be told."""
    states = [state for state in case.lines if state.line in letter.lines]
    if letter.kind == ASKS:
        return any(state.workflow is Workflow.PENDED and _newest_ask(case, state.line) == (letter.copy_of or letter.id) for state in states)
    return letter.kind not in set(NoticeKind) or any(state.workflow in OPEN for state in states)


def _newest_ask(case: "Case", line: int) -> "LetterId | None":
    """The newest letter that asked for information on a line; None where the line was asked for anew since, and no letter says so."""
    asks = [each.id for each in case.letters if each.kind == ASKS and each.copy_of is None and line in each.lines]
    return asks[-1] if asks and case.line(line).ask_noticed else None


def _tells(letter: "Issued", case: "Case") -> bool:
    """Whether a letter, or the one that it is the copy of, tells of what stands decided."""
    whole = letter.copy_of or letter.id
    return case.entered_wrong is None and any(whole in state.told_in for state in case.lines)


def parties(letter: "Issued", case: "Case") -> tuple[Party, ...]:
    """To whom a letter goes: the provider's copy to the provider, a letter of which there is such a copy to the member alone, and one
    from before there were copies to both."""
    if letter.copy_of is not None:
        return (Party.PROVIDER,)
    both = letter.copies and not case.copies_of(letter.id)
    return (Party.MEMBER, Party.PROVIDER) if both else (Party.MEMBER,)


def _why(sent: list[Sending]) -> WhyOwed:
    written = [s for s in sent if s.told.way is not Way.PHONE]
    if not written:
        return WhyOwed.NOT_SENT
    last = written[-1]
    if last.incident is not None:
        return WhyOwed.WRONG_HANDS
    return WhyOwed.CAME_BACK if last.returned is not None else WhyOwed.PORTAL_ONLY


def notified(case: "Case", party: Party, letters: Collection[LetterId]) -> datetime | None:
    """When the party was first sent one of these letters as written notice that did not come back; None while nothing says so."""
    sent = (s for s in case.sendings if s.told.letter in letters and s.told.party is party)
    return min((s.told.at for s in sent if s.gives_notice), default=None)


def incidents(case: "Case") -> tuple[Incident, ...]:
    """The letters of the case that reached wrong hands."""
    return tuple(s.incident for s in case.sendings if s.incident is not None)


def with_delivery(body: DeliveryBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened."""
    if isinstance(body, LetterSent):
        sending = Sending(event.id, event.at, event.by, body, (body.proof,) if body.proof else ())
        told = replace(case, sendings=(*case.sendings, sending))
    else:
        told = replace(case, sendings=tuple(_with(body, sending, event) for sending in case.sendings))
    told = replace(told, lines=tuple(_noticed(state, told) if state.told_in else state for state in told.lines))
    taken = told.clockwork.extension
    if taken is not None and taken.letter is not None and notified(told, Party.MEMBER, {taken.letter}) is None:
        return replace(told, clockwork=replace(told.clockwork, extension=None, extended_answer=None))
    return told


def _noticed(state: "LineState", case: "Case") -> "LineState":
    """The line as noticed from the sending of a letter that tells of it to the member on, and no more where that came back."""
    sent = any(s.told.letter in state.told_in and s.told.party is Party.MEMBER for s in case.sendings)
    if not sent or state.workflow not in (Workflow.DECIDED, Workflow.NOTICED):
        return state
    told = notified(case, Party.MEMBER, state.told_in) is not None
    return replace(state, workflow=Workflow.NOTICED if told else Workflow.DECIDED)


def _with(body: DeliveryBody, sending: Sending, event: "CaseEvent") -> Sending:
    match body:
        case ProofKept() if sending.event == body.sending:
            return replace(sending, proofs=(*sending.proofs, body.proof))
        case LetterReturned() if sending.event == body.sending:
            return replace(sending, returned=body)
        case LetterMisdirected() if sending.event == body.sending:
            return replace(sending, incident=Incident(event.id, event.at, event.by, body))
        case IncidentReviewed() if sending.incident is not None and sending.incident.event == body.event:
            seen = replace(sending.incident, reviewed_by=event.by, reviewed_at=event.at, finding=body.finding)
            return replace(sending, incident=seen)
    return sending


def check_delivery(body: DeliveryBody, case: "Case", by: Account, now: datetime) -> None:
    """Passes what the rules allow; else UserError or Forbidden in plain words."""
    match body:
        case LetterSent():
            _may_be_sent(body, case, now)
        case ProofKept():
            sending = _sending(case, body.sending)
            _check_proof(body.proof)
            if any(each.sha256 == body.proof.sha256 for each in sending.proofs):
                raise UserError("That proof is kept with this sending already.", NOTHING_LOST)
        case LetterReturned():
            sending = _sending(case, body.sending)
            if sending.told.way is Way.PHONE or sending.returned is not None:
                raise UserError("Only a letter that was sent comes back, and once.", NOTHING_LOST)
            _check_told(body.at, sending, now, body.why, "why it came back, as far as it says so")
        case LetterMisdirected():
            _may_be_misdirected(body, _sending(case, body.sending), now)
        case IncidentReviewed():
            _may_review(body, case, by)


def _may_be_sent(body: LetterSent, case: "Case", now: datetime) -> None:
    letter = next((each for each in case.letters if each.id == body.letter), None)
    if letter is None or letter.superseded_by is not None:
        raise UserError("That is not a standing letter of this case.", f"A letter that was corrected is not sent any more. {NOTHING_LOST}")
    if body.party not in parties(letter, case):
        raise UserError(
            f"This letter was not written for the {body.party.value}.",
            f"Send the {'copy that was made for the provider' if body.party is Party.PROVIDER else 'letter to the member'}. {NOTHING_LOST}",
        )
    _said(body.to_whom, "to whom it was sent")
    _said(body.where, "to which address or number it was sent")
    if body.at > now:
        raise UserError("A letter cannot have been sent in the future.", NOTHING_LOST)
    if body.way is not Way.PHONE and body.at.date() != letter.dated:
        raise UserError(
            f"The letter is dated {letter.dated:%m/%d/%Y}, and a letter's date is the day on which it leaves.",
            f"Issue a corrected letter, which has its own date, and send that. {NOTHING_LOST}",
        )
    if body.at < letter.at.replace(second=0, microsecond=0):  # people tell times to the minute
        raise UserError("That was before the letter was issued.", f"Check the day and the time. {NOTHING_LOST}")
    if body.proof is not None:
        _check_proof(body.proof)


def _may_be_misdirected(body: LetterMisdirected, sending: Sending, now: datetime) -> None:
    if sending.incident is not None:
        raise UserError("That this letter reached wrong hands is recorded already.", NOTHING_LOST)
    _said(body.reached, "whose hands it reached")
    _said(body.found, "how that was found out")
    _check_told(body.at, sending, now, body.done, "what was done about it")


def _may_review(body: IncidentReviewed, case: "Case", by: Account) -> None:
    found = next(((s, s.incident) for s in case.sendings if s.incident is not None and s.incident.event == body.event), None)
    if found is None or found[1].reviewed_by is not None:
        raise UserError("No such incident waits here.", "Somebody has looked into it, or it is another case's. Nothing was changed.")
    if not by.has(Role.SUPERVISOR):
        raise Forbidden("A supervisor looks into a privacy incident.", "Nothing was changed.")
    if by.id in (found[0].by, found[1].by):
        raise Forbidden(
            "Whoever sent the letter, or recorded the incident, does not look into it.", "Another supervisor does. Nothing was changed."
        )
    _said(body.finding, "what you found and what follows from it")


def _sending(case: "Case", event: EventId) -> Sending:
    for sending in case.sendings:
        if sending.event == event:
            return sending
    raise UserError("There is no such sending.", f"Look at the letters of the case again. {NOTHING_LOST}")


def _check_told(at: datetime, sending: Sending, now: datetime, words: str, what: str) -> None:
    _said(words, what)
    if at > now:
        raise UserError("That cannot lie in the future.", NOTHING_LOST)
    if at < sending.told.at.replace(second=0, microsecond=0):  # people tell times to the minute
        raise UserError("That cannot have been before the letter was sent.", NOTHING_LOST)


def _check_proof(proof: Record) -> None:
    if not proof.name.strip() or not 1 <= proof.pages <= MOST_PAGES:
        raise UserError(f"A proof has a name, and 1 to {MOST_PAGES} pages.", NOTHING_LOST)


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING_LOST)
