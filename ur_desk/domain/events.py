"""What can happen to a case: the bodies of its events, as values. A case is the fold of these, in order."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import get_args

from ur_desk.domain.appeals.following import AppealAcknowledged as AppealAcknowledged
from ur_desk.domain.appeals.following import AppealTold as AppealTold
from ur_desk.domain.clocks.events import AnswerCame as AnswerCame
from ur_desk.domain.clocks.events import BasisChanged as BasisChanged
from ur_desk.domain.clocks.events import ClockExtended as ClockExtended
from ur_desk.domain.clocks.events import DutyDone as DutyDone
from ur_desk.domain.clocks.events import ExtensionTerms as ExtensionTerms
from ur_desk.domain.clocks.events import Notified as Notified
from ur_desk.domain.clocks.events import RequestReturned as RequestReturned
from ur_desk.domain.clocks.events import TargetSet as TargetSet
from ur_desk.domain.clocks.reading import ClockRead as ClockRead
from ur_desk.domain.contact import ContactLogged as ContactLogged
from ur_desk.domain.contact import ContactWay as ContactWay
from ur_desk.domain.decisions.authorization import AuthorizationNumbered as AuthorizationNumbered
from ur_desk.domain.decisions.authorization import EnteredInClaims as EnteredInClaims
from ur_desk.domain.decisions.outcomes import DismissalVacated as DismissalVacated
from ur_desk.domain.decisions.outcomes import Dismissed as Dismissed
from ur_desk.domain.decisions.outcomes import NotRequired as NotRequired
from ur_desk.domain.decisions.outcomes import Reopened as Reopened
from ur_desk.domain.decisions.outcomes import Voided as Voided
from ur_desk.domain.decisions.peers import PeerEnded as PeerEnded
from ur_desk.domain.decisions.peers import PeerOffered as PeerOffered
from ur_desk.domain.decisions.peers import PeerOutcome as PeerOutcome
from ur_desk.domain.decisions.peers import PeerReached as PeerReached
from ur_desk.domain.decisions.rewording import Reworded as Reworded
from ur_desk.domain.determination import Decision
from ur_desk.domain.findings import ServiceRow
from ur_desk.domain.guard.restriction import GlassBroken as GlassBroken
from ur_desk.domain.guard.restriction import GlassSeen as GlassSeen
from ur_desk.domain.guard.restriction import Restricted as Restricted
from ur_desk.domain.guard.restriction import Restriction as Restriction
from ur_desk.domain.guard.restriction import Unrestricted as Unrestricted
from ur_desk.domain.ids import CaseId as CaseId
from ur_desk.domain.ids import EventId as EventId
from ur_desk.domain.ids import LetterId as LetterId
from ur_desk.domain.information.asking import InformationReceived as InformationReceived
from ur_desk.domain.information.asking import InformationRequested as InformationRequested
from ur_desk.domain.intake.attached import PagesNoted as PagesNoted
from ur_desk.domain.intake.attached import RecordAttached as RecordAttached
from ur_desk.domain.intake.messages import Followed as Followed
from ur_desk.domain.intake.messages import Following as Following
from ur_desk.domain.intake.messages import Follows as Follows
from ur_desk.domain.intake.messages import LeftOut as LeftOut
from ur_desk.domain.intake.messages import MessageCame as MessageCame
from ur_desk.domain.intake.messages import SenderTold as SenderTold
from ur_desk.domain.intake.messages import TakenBack as TakenBack
from ur_desk.domain.intake.messages import Use as Use
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.intake.reentry import EnteredWrong as EnteredWrong
from ur_desk.domain.intake.reentry import Replaces as Replaces
from ur_desk.domain.letters.delivery import IncidentReviewed as IncidentReviewed
from ur_desk.domain.letters.delivery import LetterMisdirected as LetterMisdirected
from ur_desk.domain.letters.delivery import LetterReturned as LetterReturned
from ur_desk.domain.letters.delivery import LetterSent as LetterSent
from ur_desk.domain.letters.delivery import ProofKept as ProofKept
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import PolicyId, Sha256
from ur_desk.domain.request import Provider, Request, ServiceLine


class CoverageItem(StrEnum):
    """The questions that come before medical policy."""

    ELIGIBLE = "eligible"
    BENEFIT = "benefit"
    NETWORK = "network"
    OTHER_COVERAGE = "other_coverage"
    AUTHORIZATION = "authorization_needed"


@dataclass(frozen=True, slots=True)
class PolicyPin:
    """The very text and reading that a match used, and how many lines it has; both lie in the workspace under these hashes."""

    policy: PolicyId
    effective: date | None
    text: Sha256
    reading: Sha256
    abstract: bool
    confirmed: bool
    lines: int = 0
    alone: bool = False
    """Whether the person who confirmed the reading had loaded or mended it themselves."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A request became a case. `source` is the hash of the file as received; `follows` is the case against which it appeals or asks;
    `owner` is the workspace whose people work it, by its vault's id; older events tell none, and were worked where they lay. `replaces`
    is the case in whose place it stands, which was entered under the wrong member."""

    number: str
    request: Request
    source: Sha256 | None = None
    follows: Follows | None = None
    owner: str = ""
    replaces: Replaces | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """The request was laid beside the library. `report` is the hash of all findings; `against` are the lines against which
    an adverse position without criteria stands, whatever else must still be confirmed; `subject` is `Request.subject` of
    what was matched; `rule` says by which day the versions were chosen, and `processed` is the day of the match, where it was told.
    `settled` are the lines that no record could change (`asking.settled`), None where an older version matched."""

    report: Sha256
    services: tuple[ServiceRow, ...]
    against: tuple[int, ...]
    pins: tuple[PolicyPin, ...]
    program: str
    code_table: date
    subject: str = ""
    rule: VersionRule = VersionRule.SERVICE
    processed: date | None = None
    settled: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class RecordOpened:
    """The person opened the request and its record."""


@dataclass(frozen=True, slots=True)
class CoverageChecked:
    """Somebody found out a coverage question: what, where it was looked up, on which day."""

    item: CoverageItem
    answer: str
    where: str
    day: date


@dataclass(frozen=True, slots=True)
class Determined:
    """Lines got their determination, by one act."""

    lines: tuple[int, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Referred:
    """Lines went to a physician with the nurse's clinical summary and question; neither ever reaches a letter."""

    lines: tuple[int, ...]
    summary: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class SentBack:
    """The physician gave lines back to the nurse with a question."""

    lines: tuple[int, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The requester asked to stop: who, when, how; never at the plan's prompting."""

    lines: tuple[int, ...]
    asked_by: str
    asked_at: datetime
    how: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Amended:
    """The requester agreed to change a line or the servicing provider; the old one is kept, the clock is left alone."""

    line: int
    before: ServiceLine
    after: ServiceLine
    provider: Provider | None
    agreed_by: str
    agreed_at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Completed:
    """Facts of the request that nobody knew were told later: the request with them, who told it, and how.

    Nothing that was known changes; the clock is read again from the same receipt, or for the first time.
    """

    request: Request
    told_by: str
    how: str


@dataclass(frozen=True, slots=True)
class ReceiptDoubted:
    """Somebody asks that the recorded receipt be corrected: what stands, what should stand, what shows it, and why it was wrong.

    Nothing changes before a supervisor allows it (NCQA, UM information integrity).
    """

    before: Receipt
    after: Receipt
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptSettled:
    """A supervisor allowed or refused the correction that `event` asks for, and why; where allowed, the clock is read anew."""

    event: EventId
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """Notice of decided lines was given by other means than a letter of this program: to whom, how, when, on what form."""

    lines: tuple[int, ...]
    way: ContactWay
    to_whom: str
    at: datetime
    form: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """An internal note; it never reaches a letter."""

    text: str


@dataclass(frozen=True, slots=True)
class LetterIssued:
    """A letter was issued: its bytes, its content and its wording by hash; the lines that it is about; and of a correction which letter
    it supersedes and why. A correction of before an older version says no reason.

    `audience` is whom it was written for; a letter to the provider is the `copy_of` the member's, made from the same facts, and gives no
    notice of its own. `extends` says how the clock is extended once the letter was sent, where it is the notice of that.
    `fonts` are the plan's own with which something of it was drawn: the same content and fonts give the same bytes.
    """

    letter: LetterId
    kind: str
    lines: tuple[int, ...]
    pdf: Sha256
    content: Sha256
    wording: Sha256
    dated: date
    recipient: str
    copies: tuple[str, ...] = ()
    supersedes: LetterId | None = None
    reason: str | None = None
    audience: str = "member"
    copy_of: LetterId | None = None
    extends: ExtensionTerms | None = None
    fonts: tuple[Sha256, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """All lines are noticed and nothing is left to do. `letters_sent` says that every letter was on its way; of what an older version
    closed nothing says so."""

    letters_sent: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """An earlier event of this case does not count; only the person who did it, and only before notice."""

    event: EventId


CaseBody = (
    Opened | Matched | ClockRead | RecordOpened | RecordAttached | PagesNoted | CoverageChecked | Determined | InformationRequested
    | InformationReceived | Referred | SentBack | Reworded | Withdrawn | Amended | Completed | ReceiptDoubted | ReceiptSettled | NoticeGiven
    | ContactLogged | NoteAdded | LetterIssued | Closed | Undone | MessageCame | LeftOut | SenderTold | Followed | TakenBack
    | Restricted | Unrestricted | GlassBroken | GlassSeen | PeerOffered | PeerReached | PeerEnded | NotRequired | Dismissed
    | DismissalVacated | Voided | Reopened | AuthorizationNumbered | EnteredInClaims
    | LetterSent | ProofKept | LetterReturned | LetterMisdirected | IncidentReviewed | EnteredWrong | AppealTold | AppealAcknowledged
    | BasisChanged | ClockExtended | RequestReturned | AnswerCame | TargetSet | Notified | DutyDone
)  # fmt: skip
CASE_BODIES = get_args(CaseBody)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One event of a case as the fold reads it."""

    id: EventId
    at: datetime
    by: AccountId
    body: CaseBody
