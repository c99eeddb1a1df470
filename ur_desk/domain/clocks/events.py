"""What bends the clock of a case: the bodies of its events, and what a case remembers of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.clocks.facts import NOTHING_SAID, Bends, Extended, Particulars, Returned
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.ids import EventId, LetterId
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.people import AccountId
from ur_desk.domain.request import Coverage, LineOfBusiness, Request, Timing, Urgency

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent

WRITTEN = frozenset({ContactWay.FAX, ContactWay.PORTAL, ContactWay.MAIL, ContactWay.EMAIL})
"""Ways on which a notice is in writing."""


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody outside was told something: how, who, and when."""

    way: ContactWay
    to_whom: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Basis:
    """The facts of a request that choose its clock: with its receipt, all that a due instant rests on."""

    urgency: Urgency | None = None
    urgency_said_by: str | None = None
    timing: Timing | None = None
    line_of_business: LineOfBusiness | None = None
    state: str | None = None
    coverage: Coverage | None = None
    particulars: Particulars = NOTHING_SAID


def basis_of(request: Request, particulars: Particulars) -> Basis:
    """The facts as they stand."""
    return Basis(
        request.urgency, request.urgency_said_by, request.timing, request.line_of_business, request.state, request.coverage, particulars
    )


def with_basis(request: Request, basis: Basis) -> Request:
    """The request as if it had been told with these facts."""
    return replace(
        request,
        urgency=basis.urgency,
        urgency_said_by=basis.urgency_said_by,
        timing=basis.timing,
        line_of_business=basis.line_of_business,
        state=basis.state,
        coverage=basis.coverage,
    )


@dataclass(frozen=True, slots=True)
class BasisChanged:
    """Facts that choose the clock were changed: from what to what, why, and who said so; `physician` where a physician did.

    Of a request that is no longer expedited, `no_physician` says that no physician had asked for it, and `told` how the requester
    heard of it. The clock is read anew from the original receipt.
    """

    before: Basis
    after: Basis
    reason: str
    said_by: str
    physician: bool = False
    no_physician: bool = False
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class ClockExtended:
    """The clock was extended: on which condition, why, and the written notice that says so.

    `items` is what the notice asks for and `answer_by` the last day to answer, where the clock pauses for that; `interest` says why
    waiting is in the enrollee's interest, `provider` whose evidence is waited for; `right_told` that the notice names the grievance.
    `letter` is the notice where this program wrote it, whose sending extends the clock; of one that was sent otherwise `proof` shows
    that it was, and an older version kept none.
    """

    condition: Condition
    reason: str
    notice: Told
    items: tuple[str, ...] = ()
    answer_by: date | None = None
    interest: str = ""
    provider: str = ""
    right_told: bool = False
    letter: LetterId | None = None
    proof: Record | None = None


@dataclass(frozen=True, slots=True)
class ExtensionTerms:
    """What the letter of an extension says of the clock, which is extended so once that letter was sent; as in `ClockExtended`."""

    condition: Condition
    reason: str
    items: tuple[str, ...] = ()
    answer_by: date | None = None
    interest: str = ""
    provider: str = ""
    right_told: bool = False

    def noticed(self, notice: Told, letter: LetterId, proof: Record | None = None) -> ClockExtended:
        """The extension, by this letter, with that notice of it."""
        return ClockExtended(
            self.condition, self.reason, notice, self.items, self.answer_by, self.interest, self.provider, self.right_told, letter, proof
        )


@dataclass(frozen=True, slots=True)
class RequestReturned:
    """The requester was told what an urgent request lacks, and until when it may be completed."""

    items: tuple[str, ...]
    notice: Told
    until: datetime


@dataclass(frozen=True, slots=True)
class AnswerCame:
    """What a paused clock, or an incomplete request, waited for is here: what came, and when."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TargetSet:
    """A reviewer set an earlier instant than the law does, as fast as the member's health requires, or lifted it; and why."""

    at: datetime | None
    reason: str


class Audience(StrEnum):
    """Who is notified."""

    MEMBER = "member"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Notified:
    """The member heard of decided lines by word of mouth, before the written notice; or the provider heard of them, in whatever way."""

    lines: tuple[int, ...]
    audience: Audience
    notice: Told
    said: str


@dataclass(frozen=True, slots=True)
class DutyDone:
    """What a row asks to be said beside the answer was said; of a letter that was sent otherwise than from here `proof` shows it."""

    duty: str
    notice: Told
    said: str = ""
    proof: Record | None = None


ClockBody = BasisChanged | ClockExtended | RequestReturned | AnswerCame | TargetSet | Notified | DutyDone
"""What can happen to a case by its clock."""


@dataclass(frozen=True, slots=True)
class BasisChange:
    """A change of what chooses the clock, as a case remembers it; `due_before` is what the clock said until then."""

    event: EventId
    by: AccountId
    at: datetime
    body: BasisChanged
    due_before: ClockRead | None


@dataclass(frozen=True, slots=True)
class Clockwork:
    """All that bends the clock of a case."""

    particulars: Particulars = NOTHING_SAID
    extension: ClockExtended | None = None
    extended_answer: datetime | None = None
    returned: RequestReturned | None = None
    returned_answer: datetime | None = None
    refused_at: datetime | None = None
    target: TargetSet | None = None
    changes: tuple[BasisChange, ...] = ()
    notified: tuple[Notified, ...] = ()
    done: tuple[DutyDone, ...] = ()

    @property
    def bends(self) -> Bends:
        """The facts of it that a due instant is counted with."""
        taken, back = self.extension, self.returned
        return Bends(
            self.particulars,
            Extended(taken.notice.at, taken.condition, taken.answer_by, self.extended_answer) if taken else None,
            Returned(back.notice.at, back.until, self.returned_answer) if back else None,
            self.refused_at,
        )

    @property
    def waiting(self) -> bool:
        """Whether the clock waits for an answer."""
        paused = self.extension is not None and self.extension.answer_by is not None and self.extended_answer is None
        return paused or (self.returned is not None and self.returned_answer is None)


STRAIGHT = Clockwork()
"""Nothing has bent the clock."""


def answered(work: Clockwork, at: datetime) -> Clockwork:
    """The same once something came in: it ends whatever the clock waits for, where it came after that was asked."""
    told = work
    if work.extension is not None and work.extension.answer_by and work.extended_answer is None and at >= work.extension.notice.at:
        told = replace(told, extended_answer=at)
    if work.returned is not None and work.returned_answer is None and at >= work.returned.notice.at:
        told = replace(told, returned_answer=at)
    return told


def with_clock(body: ClockBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; whoever decides opens the record as it now stands."""
    work = case.clockwork
    match body:
        case BasisChanged():
            return _changed(body, case, event)
        case ClockExtended():
            told = replace(work, extension=body)
        case RequestReturned():
            told = replace(work, returned=body)
        case AnswerCame():
            told = answered(work, body.at)
        case TargetSet():
            told = replace(work, target=body if body.at is not None else None)
        case Notified():
            told = replace(work, notified=(*work.notified, body))
        case DutyDone():
            told = replace(work, done=(*work.done, body))
    return replace(case, clockwork=told)


def _changed(body: BasisChanged, case: "Case", event: "CaseEvent") -> "Case":
    work, lowered = case.clockwork, is_lowered(body)
    told = replace(
        work,
        particulars=body.after.particulars,
        refused_at=body.told.at if lowered and body.told else work.refused_at,
        changes=(*work.changes, BasisChange(event.id, event.by, event.at, body, case.clock)),
    )
    return replace(case, request=with_basis(case.request, body.after), clockwork=told, record_opened_by=frozenset())


def is_lowered(body: BasisChanged) -> bool:
    """Whether a request that was expedited no longer is."""
    return body.before.urgency is Urgency.EXPEDITED and body.after.urgency is not Urgency.EXPEDITED
