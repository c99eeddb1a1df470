"""A case: the fold of its events. What it is now, line by line; the rules of change stand in `rules`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.attached import FieldPage, Kept, RecordBody, with_record
from ur_desk.domain.determination import Decision, Determination, Workflow, roll_up
from ur_desk.domain.events import CaseEvent, CaseId, EventId, LetterId
from ur_desk.domain.papers import PaperBody, with_paper
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.receipt import with_receipt
from ur_desk.domain.receipt_change import ReceiptChange, doubted, settled
from ur_desk.domain.request import Provider, Request, ServiceLine
from ur_desk.domain.rewording import Proposed, reworded
from ur_desk.domain.undoing import undone_ids

GLASS_LASTS = timedelta(hours=8)
"""How long a restricted case stays open to whoever broke the glass: one shift."""


@dataclass(frozen=True, slots=True)
class Glass:
    """A breaking of the glass: by whom, when, why, until when it opens the case, and who has looked into it since."""

    event: EventId
    by: AccountId
    at: datetime
    until: datetime
    reason: str
    seen_by: AccountId | None = None


@dataclass(frozen=True, slots=True)
class LineState:
    """Where one service line stands: its workflow, its determination, and what is open on it.

    `matched` is the match on which it was decided; `ask_noticed` says whether a letter went out for the open question; `proposed` are
    other words that wait for a signature; `withdrawal` is what the requester asked, where the line was withdrawn.
    """

    service: ServiceLine
    workflow: Workflow = Workflow.REVIEW
    decision: Decision | None = None
    asked: ev.InformationRequested | None = None
    referral: ev.Referred | None = None
    question: str = ""
    letters: tuple[LetterId, ...] = ()
    returned_from_pend: bool = False
    referred_by: AccountId | None = None
    ask_noticed: bool = False
    matched: ev.Matched | None = None
    proposed: Proposed | None = None
    withdrawal: ev.Withdrawn | None = None

    @property
    def line(self) -> int:
        """The number of the service line."""
        return self.service.line

    @property
    def determination(self) -> Determination | None:
        """What was decided, or None."""
        return self.decision.determination if self.decision else None


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter of the case, as issued; `copy_of` is the member's letter of which it is the provider's copy."""

    id: LetterId
    kind: str
    lines: tuple[int, ...]
    pdf: Sha256
    content: Sha256
    at: datetime
    recipient: str
    superseded_by: LetterId | None = None
    audience: str = "member"
    copy_of: LetterId | None = None


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
    for it later, and `unread` as what those of it stand that nobody has opened with the record.
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
    coverage: tuple[tuple[ev.CoverageItem, ev.CoverageChecked], ...] = ()
    contacts: tuple[ev.ContactLogged, ...] = ()
    amendments: tuple[ev.Amended, ...] = ()
    notes: tuple[ev.NoteAdded, ...] = ()
    letters: tuple[Issued, ...] = ()
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
        told = [state for state in self.lines if state.determination is not Determination.WITHDRAWN] or self.lines
        present = {state.workflow for state in told}
        order = (Workflow.RETURNED, Workflow.PEER_TO_PEER, Workflow.REVIEW, Workflow.WITH_PHYSICIAN, Workflow.PENDED, Workflow.DECIDED)
        return next((w for w in order if w in present), Workflow.NOTICED)

    @property
    def determination(self) -> Determination | None:
        """The roll-up of all lines, for display and exchange; None while one is open."""
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
        """Lines that are decided and of which nobody has notice yet; a withdrawal takes none."""
        return tuple(s for s in self.lines if s.workflow is Workflow.DECIDED and s.determination is not Determination.WITHDRAWN)


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
        follows=body.follows,
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
    told = {"workflow": Workflow.DECIDED, "decision": body.decision, "asked": None, "question": "", "proposed": None}
    done = _lines(case, body.lines, **told, matched=case.matched)
    return _settled(replace(done, reviewer=event.by), event.at)


@_apply.register
def _(body: ev.Withdrawn, case: Case, event: CaseEvent) -> Case:
    done = _lines(case, body.lines, workflow=Workflow.DECIDED, decision=body.decision, asked=None, question="", withdrawal=body)
    return _settled(replace(done, reviewer=event.by), event.at)


@_apply.register
def _(body: ev.InformationRequested, case: Case, event: CaseEvent) -> Case:
    return replace(_lines(case, body.lines, workflow=Workflow.PENDED, asked=body, question="", ask_noticed=False), reviewer=event.by)


@_apply.register
def _(body: ev.InformationReceived, case: Case, event: CaseEvent) -> Case:
    return _lines(case, body.lines, workflow=Workflow.REVIEW, asked=None, returned_from_pend=True)


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
    old = tuple(replace(i, superseded_by=body.letter) if i.id == body.supersedes else i for i in case.letters)
    new = Issued(
        body.letter, body.kind, body.lines, body.pdf, body.content, event.at, body.recipient, audience=body.audience, copy_of=body.copy_of
    )  # fmt: skip
    if body.copy_of is not None:
        return replace(case, letters=(*old, new))
    lines = tuple(_told(s, body) if s.line in body.lines else s for s in case.lines)
    return replace(case, letters=(*old, new), lines=lines)


def _told(state: LineState, body: ev.LetterIssued) -> LineState:
    """The line once a letter about it has left: a decision is noticed, and a question asked, by the letter that tells of it."""
    workflow = Workflow.NOTICED if state.decision else state.workflow
    asked = body.kind == "information_request" or (state.ask_noticed and state.decision is None)
    return replace(state, workflow=workflow, letters=(*state.letters, body.letter), ask_noticed=asked)


@_apply.register
def _(body: ev.Closed, case: Case, event: CaseEvent) -> Case:
    return replace(case, closed=True)


@_apply.register
def _(body: PaperBody, case: Case, event: CaseEvent) -> Case:
    return with_paper(body, case, event)


@_apply.register(ev.Restricted)
@_apply.register(ev.Unrestricted)
def _(body: ev.Restricted | ev.Unrestricted, case: Case, event: CaseEvent) -> Case:
    # what was opened in need is closed by whoever says anew to whom the case is open
    closed = tuple(replace(glass, until=min(glass.until, event.at)) for glass in case.glasses)
    return replace(case, restriction=body if isinstance(body, ev.Restricted) else None, glasses=closed)


@_apply.register
def _(body: ev.GlassBroken, case: Case, event: CaseEvent) -> Case:
    broken = Glass(event.id, event.by, event.at, event.at + GLASS_LASTS, body.reason)
    return replace(case, glasses=(*case.glasses, broken))


@_apply.register
def _(body: ev.GlassSeen, case: Case, event: CaseEvent) -> Case:
    seen = (replace(glass, seen_by=event.by) if glass.event == body.event else glass for glass in case.glasses)
    return replace(case, glasses=tuple(seen))
