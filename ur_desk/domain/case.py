"""A case: the fold of its events. What it is now, line by line; the rules of change stand in `rules`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import AppealBody, with_appeal
from ur_desk.domain.clocks.events import STRAIGHT, ClockBody, Clockwork, with_clock
from ur_desk.domain.decisions.authorization import AuthorizationBody, with_authorization
from ur_desk.domain.decisions.outcomes import OutcomeBody, with_outcome
from ur_desk.domain.decisions.peers import PeerBody, PeerStep, with_peer
from ur_desk.domain.decisions.rewording import reworded
from ur_desk.domain.determination import Determination, Workflow, roll_up
from ur_desk.domain.events import CaseEvent, CaseId, EventId, LetterId
from ur_desk.domain.guard.glass import FenceBody, Glass, with_fence
from ur_desk.domain.information.asking import AskingBody, with_asking
from ur_desk.domain.intake.attached import FieldPage, Kept, RecordBody, with_record
from ur_desk.domain.intake.papers import PaperBody, with_paper
from ur_desk.domain.intake.receipt import with_receipt
from ur_desk.domain.intake.receipt_change import ReceiptChange, doubted, settled
from ur_desk.domain.intake.reentry import with_reentry
from ur_desk.domain.letters.delivery import DeliveryBody, Sending, with_delivery
from ur_desk.domain.letters.issued import Issued as Issued
from ur_desk.domain.letters.issued import with_letter
from ur_desk.domain.line_state import LineState as LineState
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Provider, Request
from ur_desk.domain.undoing import undone_ids


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came in for the case after its request: when it was attached, by whom, and what it is."""

    event: EventId
    at: datetime
    by: AccountId
    body: ev.MessageCame


@dataclass(frozen=True, slots=True)
class Case:
    """One authorization request under review; `revision` counts its events and tells a stale screen.

    `as_opened` is the request as it came, before anything was added to it, and `source` the file as received; `messages` is what came in
    for it later, and `unread` as what those of it stand that nobody has opened with the record. `owner` is the workspace whose people
    work it, by its vault's id; empty where no event told it.
    """

    id: CaseId
    number: str
    request: Request
    lines: tuple[LineState, ...]
    opened_at: datetime
    opened_by: AccountId
    revision: int
    matched: ev.Matched | None = None
    clock: ev.ClockRead | None = None
    clockwork: Clockwork = STRAIGHT
    coverage: tuple[tuple[ev.CoverageItem, ev.CoverageChecked], ...] = ()
    contacts: tuple[ev.ContactLogged, ...] = ()
    amendments: tuple[ev.Amended, ...] = ()
    notes: tuple[ev.NoteAdded, ...] = ()
    letters: tuple[Issued, ...] = ()
    sendings: tuple[Sending, ...] = ()
    record_opened_by: frozenset[AccountId] = frozenset()
    reviewer: AccountId | None = None
    decided_at: datetime | None = None
    closed: bool = False
    servicing_provider: Provider | None = None
    restriction: ev.Restricted | None = None
    glasses: tuple[Glass, ...] = ()
    receipts: tuple[ReceiptChange, ...] = ()
    records: tuple[Kept, ...] = ()
    field_pages: tuple[FieldPage, ...] = ()
    as_opened: Request | None = None
    source: Sha256 | None = None
    follows: ev.Follows | None = None
    followed: tuple[ev.Followed, ...] = ()
    messages: tuple[Came, ...] = ()
    unread: tuple[ev.Use, ...] = ()
    left_out: ev.LeftOut | None = None
    told: ev.SenderTold | None = None
    taken_back: bool = False
    peers: tuple[PeerStep, ...] = ()
    owner: str = ""
    replaces: ev.Replaces | None = None
    entered_wrong: ev.EnteredWrong | None = None
    appeal: ev.AppealTold | None = None
    acknowledged: tuple[ev.AppealAcknowledged, ...] = ()

    def line(self, number: int) -> LineState:
        """The state of a service line; KeyError where there is none."""
        for state in self.lines:
            if state.line == number:
                return state
        raise KeyError(number)

    @property
    def current_request(self) -> Request:
        """The request with the amendments that the requester agreed to."""
        return replace(self.request, services=tuple(s.service for s in self.lines), servicing_provider=self.servicing_provider)

    @property
    def doubted(self) -> ReceiptChange | None:
        """The correction of the receipt that waits for a supervisor, or None."""
        return next((change for change in self.receipts if change.allowed is None), None)

    @property
    def workflow(self) -> Workflow:
        """Where the case stands: the line that needs somebody soonest speaks for it."""
        if self.closed:
            return Workflow.CLOSED
        if self.left_out is not None:
            return Workflow.INTAKE
        present = {state.workflow for state in self._telling}
        return next((w for w in _ORDER if w in present), Workflow.NOTICED)

    @property
    def _telling(self) -> tuple[LineState, ...]:
        """The lines that tell where the case stands: not one of which nobody is told, while another stands."""
        waiting = tuple(s for s in self.lines if s.decision is None or s.takes_notice(self.request.line_of_business))
        return waiting or tuple(s for s in self.lines if s.determination is not Determination.VOIDED) or self.lines

    @property
    def determination(self) -> Determination | None:
        """The roll-up of all lines, for display and exchange, None while one is open; a case under the wrong member is void, whatever was
        decided of its lines."""
        if self.entered_wrong is not None:
            return Determination.VOIDED
        return roll_up(state.determination for state in self.lines)

    @property
    def unchecked(self) -> tuple[ev.CoverageItem, ...]:
        """Coverage questions that nobody has answered yet."""
        answered = {item for item, _ in self.coverage}
        return tuple(item for item in ev.CoverageItem if item not in answered)

    @property
    def letters_to_members(self) -> tuple[Issued, ...]:
        """The letters without the copies that went to providers."""
        return tuple(letter for letter in self.letters if letter.copy_of is None)

    def copies_of(self, letter: LetterId) -> tuple[Issued, ...]:
        """The copies of a letter that went to providers and stand."""
        return tuple(each for each in self.letters if each.copy_of == letter)

    @property
    def lines_to_notice(self) -> tuple[LineState, ...]:
        """Lines that are decided, of which somebody is to have notice, and no letter tells of them yet."""
        business = self.request.line_of_business
        return tuple(s for s in self.lines if s.workflow is Workflow.DECIDED and not s.told_in and s.takes_notice(business))

    @property
    def lines_unsent(self) -> tuple[int, ...]:
        """The lines of which a letter tells that was issued and has not reached whom it is for: no notice yet, and the clock runs."""
        return tuple(s.line for s in self.lines if s.workflow is Workflow.DECIDED and s.told_in)

    @property
    def lines_in_the_way(self) -> tuple[int, ...]:
        """The lines that are open, or still take notice: while there is one, the case is not closed."""
        business = self.request.line_of_business
        return tuple(s.line for s in self.lines if s.decision is None or (s.workflow is Workflow.DECIDED and s.takes_notice(business)))


_ORDER = (
    Workflow.RETURNED, Workflow.PEER_TO_PEER, Workflow.REOPENED, Workflow.REVIEW, Workflow.WITH_PHYSICIAN, Workflow.PENDED, Workflow.DECIDED,
)  # fmt: skip
"""Whose line speaks for a case: the one that needs somebody soonest."""


def fold(case_id: CaseId, events: Iterable[CaseEvent]) -> Case:
    """The case that these events tell, in their order; what a later event undid does not count.

    ValueError where the first event does not open the case.
    """
    told = list(events)
    undone = undone_ids(told)
    case: Case | None = None
    for event in told:
        if isinstance(event.body, ev.Opened):
            case = _opened(case_id, event, event.body)
        elif case is None:
            raise ValueError("a case begins with the event that opens it")
        elif event.id in undone or isinstance(event.body, ev.Undone):
            case = replace(case, revision=case.revision + 1)
        else:
            case = replace(_apply(event.body, case, event), revision=case.revision + 1)
    if case is None:
        raise ValueError("a case has at least the event that opens it")
    return case


def after(case: Case, event: CaseEvent) -> Case:
    """The case once such a step has happened too; ValueError for one that opens it or takes another back, which only `fold` tells."""
    if isinstance(event.body, ev.Opened | ev.Undone):
        raise ValueError("only all of its events tell what this step makes of a case")
    return replace(_apply(event.body, case, event), revision=case.revision + 1)


def _opened(case_id: CaseId, event: CaseEvent, body: ev.Opened) -> Case:
    lines = tuple(LineState(s) for s in body.request.services)
    return Case(
        case_id, body.number, body.request, lines, event.at, event.by, revision=1,
        servicing_provider=body.request.servicing_provider, as_opened=body.request, source=body.source,
        follows=body.follows, owner=body.owner, replaces=body.replaces,
    )  # fmt: skip


def _lines(case: Case, numbers: Iterable[int], **changes: object) -> Case:
    picked = set(numbers)
    return replace(case, lines=tuple(replace(s, **changes) if s.line in picked else s for s in case.lines))  # type: ignore[arg-type]


def _settled(case: Case, at: datetime) -> Case:
    """Remembers when the last open line was decided."""
    return replace(case, decided_at=at if case.determination else None)


@singledispatch
def _apply(body: object, case: Case, event: CaseEvent) -> Case:
    raise TypeError(f"no case event: {type(body).__name__}")


@_apply.register
def _(body: ev.Matched, case: Case, event: CaseEvent) -> Case:
    return replace(case, matched=body)


@_apply.register
def _(body: ev.ClockRead, case: Case, event: CaseEvent) -> Case:
    return replace(case, clock=body)


@_apply.register
def _(body: ClockBody, case: Case, event: CaseEvent) -> Case:
    return with_clock(body, case, event)


@_apply.register
def _(body: ev.RecordOpened, case: Case, event: CaseEvent) -> Case:
    return replace(case, record_opened_by=case.record_opened_by | {event.by}, unread=())


@_apply.register
def _(body: RecordBody, case: Case, event: CaseEvent) -> Case:
    return with_record(body, case, event)


@_apply.register
def _(body: ev.CoverageChecked, case: Case, event: CaseEvent) -> Case:
    others = tuple(pair for pair in case.coverage if pair[0] is not body.item)
    return replace(case, coverage=(*others, (body.item, body)))


@_apply.register
def _(body: ev.Determined, case: Case, event: CaseEvent) -> Case:
    told = {"workflow": Workflow.DECIDED, "decision": body.decision, "asked": None, "ask": None, "question": "", "proposed": None}
    done = _lines(case, body.lines, **told, matched=case.matched)
    return _settled(replace(done, reviewer=event.by), event.at)


@_apply.register
def _(body: ev.Withdrawn, case: Case, event: CaseEvent) -> Case:
    told = {"decision": body.decision, "asked": None, "ask": None, "question": "", "withdrawal": body}
    done = _lines(case, body.lines, workflow=Workflow.DECIDED, **told)
    return _settled(replace(done, reviewer=event.by), event.at)


@_apply.register
def _(body: AskingBody, case: Case, event: CaseEvent) -> Case:
    return with_asking(body, case, event)


@_apply.register
def _(body: ev.Referred, case: Case, event: CaseEvent) -> Case:
    referred = _lines(case, body.lines, workflow=Workflow.WITH_PHYSICIAN, referral=body, referred_by=event.by, question="")
    # whoever decides opens the record as it now stands
    return replace(referred, reviewer=event.by, record_opened_by=frozenset())


@_apply.register
def _(body: ev.SentBack, case: Case, event: CaseEvent) -> Case:
    return _lines(case, body.lines, workflow=Workflow.RETURNED, question=body.question)


@_apply.register
def _(body: ev.Reworded, case: Case, event: CaseEvent) -> Case:
    return reworded(body, case, event)


@_apply.register
def _(body: ev.Amended, case: Case, event: CaseEvent) -> Case:
    changed = _lines(case, (body.line,), service=body.after)
    return replace(changed, amendments=(*case.amendments, body), servicing_provider=body.provider, record_opened_by=frozenset())


@_apply.register
def _(body: ev.Completed, case: Case, event: CaseEvent) -> Case:
    return replace(case, request=body.request, record_opened_by=frozenset())


@_apply.register
def _(body: ev.ReceiptDoubted, case: Case, event: CaseEvent) -> Case:
    return replace(case, receipts=(*case.receipts, doubted(body, event)))


@_apply.register
def _(body: ev.ReceiptSettled, case: Case, event: CaseEvent) -> Case:
    asked = case.doubted
    if asked is None or asked.event != body.event:
        raise ValueError("a correction is settled once, while it waits")
    request = with_receipt(case.request, asked.after) if body.allowed else case.request
    return replace(case, request=request, receipts=(*case.receipts[:-1], settled(asked, body, event, case.clock)))


@_apply.register
def _(body: ev.NoticeGiven, case: Case, event: CaseEvent) -> Case:
    return _lines(case, body.lines, workflow=Workflow.NOTICED)


@_apply.register
def _(body: ev.ContactLogged, case: Case, event: CaseEvent) -> Case:
    return replace(case, contacts=(*case.contacts, body))


@_apply.register
def _(body: ev.NoteAdded, case: Case, event: CaseEvent) -> Case:
    return replace(case, notes=(*case.notes, body))


@_apply.register
def _(body: ev.LetterIssued, case: Case, event: CaseEvent) -> Case:
    return with_letter(body, case, event)


@_apply.register
def _(body: OutcomeBody, case: Case, event: CaseEvent) -> Case:
    return with_outcome(body, case, event)


@_apply.register
def _(body: AuthorizationBody, case: Case, event: CaseEvent) -> Case:
    return with_authorization(body, case, event)


@_apply.register
def _(body: ev.Closed, case: Case, event: CaseEvent) -> Case:
    if body.letters_sent:
        return replace(case, closed=True)
    # an older version recorded no sendings, and closed a case only once every line had its notice
    told = (s.line for s in case.lines if s.workflow is Workflow.DECIDED and s.told_in)
    return replace(_lines(case, told, workflow=Workflow.NOTICED), closed=True)


@_apply.register
def _(body: DeliveryBody, case: Case, event: CaseEvent) -> Case:
    return with_delivery(body, case, event)


@_apply.register
def _(body: AppealBody, case: Case, event: CaseEvent) -> Case:
    return with_appeal(body, case)


@_apply.register
def _(body: ev.EnteredWrong, case: Case, event: CaseEvent) -> Case:
    return with_reentry(body, case)


@_apply.register
def _(body: PaperBody, case: Case, event: CaseEvent) -> Case:
    return with_paper(body, case, event)


@_apply.register
def _(body: PeerBody, case: Case, event: CaseEvent) -> Case:
    return with_peer(body, case, event)


@_apply.register
def _(body: FenceBody, case: Case, event: CaseEvent) -> Case:
    return with_fence(body, case, event)
