"""Where a clock stands now: running, paused, missed, met; the four instants of each line; and what is to be done, by when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.counting import Unit, count
from ur_desk.domain.clocks.events import WRITTEN, Audience, Notified
from ur_desk.domain.clocks.facts import Lack
from ur_desk.domain.clocks.reading import ClockState, DutyRead
from ur_desk.domain.clocks.rules import Trigger
from ur_desk.domain.determination import OPEN, Determination
from ur_desk.domain.events import CaseEvent
from ur_desk.domain.ids import EventId, LetterId
from ur_desk.domain.letter import UNDECIDED, LetterKind
from ur_desk.domain.letters.delivery import Party, notified
from ur_desk.domain.letters.notices import NoticeKind
from ur_desk.domain.undoing import undone_ids
from ur_desk.domain.zones import zone

WRITTEN_NOTICE = "WRITTEN-NOTICE"
"""The task of a written notice after an oral one; it is done by a letter or a notice given."""


class Stand(StrEnum):
    """Where the clock of a case stands."""

    RUNNING = "running"
    EXTENDED = "extended"
    PAUSED = "paused"
    RETURNED = "returned"
    MISSING = "missing"
    MISSED = "missed"
    """The due instant has passed, and notice is still to be given."""
    MET = "met"
    LATE = "late"
    """Notice was given after the due instant."""
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class Instants:
    """The four instants of a line: decided, told by word of mouth, written notice, provider notified; None where it has not happened."""

    line: int
    decided_at: datetime | None = None
    oral_at: datetime | None = None
    written_at: datetime | None = None
    provider_at: datetime | None = None

    def stopped(self, oral_counts: bool) -> datetime | None:
        """When notice was given; word of mouth is notice where the rule lets it come first."""
        told = (self.oral_at if oral_counts else None, self.written_at)
        return min(filter(None, told), default=None)


def instants_of(case: Case, events: Iterable[CaseEvent]) -> tuple[Instants, ...]:
    """The instants of each line of a case, from its events; what was taken back does not count, nor a letter that did not arrive."""
    told = list(events)
    undone, found = undone_ids(told), dict[int, Instants]()
    about = _letters(case, told)
    for event in told:
        if event.id in undone:
            continue
        if isinstance(event.body, ev.Opened):
            found = {service.line: Instants(service.line) for service in event.body.request.services}
        for line, name, at in _instants(event, about):
            if line in found and (name == "decided_at" or getattr(found[line], name) is None):
                found[line] = replace(found[line], **{name: at})  # type: ignore[arg-type]
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Letters:
    """Of the letters of a case that tell of a decision: their lines; the sendings by which somebody has notice; and what counts from its
    issue, since an older version closed the case and recorded no sending of it."""

    lines: Mapping[LetterId, tuple[int, ...]]
    arrived: frozenset[EventId]
    from_issue: frozenset[LetterId]


def _letters(case: Case, events: Iterable[CaseEvent]) -> _Letters:
    lines = {letter.id: letter.lines for letter in case.letters if letter.kind not in UNDECIDED}
    arrived = frozenset(sending.event for sending in case.sendings if sending.gives_notice)
    unrecorded = any(isinstance(event.body, ev.Closed) and not event.body.letters_sent for event in events)
    sent = {sending.told.letter for sending in case.sendings}
    before = (letter.id for letter in case.letters_to_members if letter.id in lines and letter.id not in sent)
    return _Letters(lines, arrived, frozenset(before if unrecorded else ()))


def _instants(event: CaseEvent, about: _Letters) -> Iterator[tuple[int, str, datetime]]:
    """What an event did to which line, and when."""
    body = event.body
    if isinstance(body, ev.LetterSent):
        name = "provider_at" if body.party is Party.PROVIDER else "written_at"
        if event.id in about.arrived:
            yield from ((line, name, body.at) for line in about.lines.get(body.letter, ()))
        return
    match body:
        case ev.Determined():
            names = {"decided_at": body.decision.signature.at}
        case ev.NoticeGiven():
            names = {"written_at" if body.way in WRITTEN else "oral_at": body.at}
        case ev.LetterIssued() if body.letter in about.from_issue:
            names = {"written_at": event.at}
        case Notified(audience=Audience.MEMBER):
            names = {"oral_at": body.notice.at}
        case Notified():
            names = {"provider_at": body.notice.at}
        case _:
            return
    yield from ((line, name, at) for line in body.lines for name, at in names.items())


class TaskKind(StrEnum):
    """What kind of thing is to be done."""

    LATE = "late"
    WRITTEN_NOTICE = "written_notice"
    SEND = "send"
    """A letter that tells of a decision is issued and not sent: nobody has notice by it."""
    DUTY = "duty"
    ANSWER = "answer"
    STATE_ROW = "state_row"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done because of a clock: what, by when, which row asks for it; `verified` whether that row was compared."""

    kind: TaskKind
    words: str
    due_at: datetime | None = None
    row: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the clock of a case stands at an instant, and what is to be done; `stopped_at` is when the last line had its notice."""

    stand: Stand
    stopped_at: datetime | None
    instants: tuple[Instants, ...]
    tasks: tuple[Task, ...]


def standing(case: Case, events: Iterable[CaseEvent], now: datetime) -> Standing:
    """Where the clock of the case stands now."""
    instants = instants_of(case, events)
    oral = bool(case.clock and case.clock.written_days)
    waiting = {s.line for s in case.lines if s.determination not in (Determination.WITHDRAWN, Determination.VOIDED)}
    stops = [each.stopped(oral) for each in instants if each.line in waiting]
    given = [at for at in stops if at is not None]
    stopped = max(given) if given and len(given) == len(stops) else None
    stand = _stand(case, stopped, bool(stops), now)
    return Standing(stand, stopped, instants, tuple(_tasks(case, instants, stand, now)))


def _stand(case: Case, stopped: datetime | None, owed: bool, now: datetime) -> Stand:
    clock = case.clock
    if clock is None:
        return Stand.NOT_READ
    limit = clock.due_at or clock.outer_at
    if stopped is not None or not owed or case.left_out is not None:
        return Stand.LATE if limit and stopped and stopped > limit else Stand.MET
    if limit is not None and now > limit:
        return Stand.MISSED
    if clock.due_at is None:
        return Stand.MISSING
    if clock.pause_until is not None and now <= clock.pause_until:
        return Stand.PAUSED if clock.state is ClockState.PAUSED else Stand.RETURNED
    return Stand.EXTENDED if clock.base_at is not None else Stand.RUNNING


def written_due(case: Case) -> datetime | None:
    """When the written notice is due that follows word of mouth; None where none was given or the rule knows no such thing."""
    oral = min((n.notice.at for n in case.clockwork.notified if n.audience is Audience.MEMBER), default=None)
    if oral is None or case.clock is None or case.clock.written_days is None:
        return None
    where = zone(case.request.received_zone or "UTC")
    return count(Unit.CALENDAR_DAYS, case.clock.written_days, oral, where, ()).at.astimezone(where)


def asks_at(case: Case) -> datetime | None:
    """The next instant at which the clock asks for something: the due instant, or what stands in its place, a target, a duty that is not
    done, or the written notice after word of mouth; None where nobody knows one."""
    clock, work = case.clock, case.clockwork
    if clock is None:
        return None
    owed = [row.due_at for row in owed_duties(case)]
    return min(filter(None, (clock.limit_at, work.target.at if work.target else None, written_due(case), *owed)), default=None)


def owed_duties(case: Case) -> tuple[DutyRead, ...]:
    """What is still to be said beside the answer; the letter that refuses to expedite is the written word that its row asks for."""
    if case.clock is None:
        return ()
    done = {each.duty for each in case.clockwork.done}
    refused = notice_sent(case, LetterKind.EXPEDITE_REFUSED)
    return tuple(row for row in case.clock.duties if row.id not in done and not (refused and row.trigger is Trigger.EXPEDITE_REFUSED))


def notice_sent(case: Case, kind: LetterKind) -> datetime | None:
    """When a letter of that kind was first sent to the member, and did not come back; None where none was."""
    return notified(case, Party.MEMBER, {each.id for each in case.letters if each.kind == kind})


def owed_notices(case: Case, now: datetime) -> tuple[NoticeKind, ...]:
    """The notices of open lines that the clock asks for and the member has not: that a fast answer was refused, that the answer is late."""
    clock, open_lines = case.clock, any(state.workflow in OPEN for state in case.lines)
    if clock is None or not open_lines or case.closed or case.left_out is not None:
        return ()
    limit = clock.due_at or clock.outer_at
    late = limit is not None and now > limit and notice_sent(case, LetterKind.LATE) is None
    refused = any(row.trigger is Trigger.EXPEDITE_REFUSED for row in owed_duties(case))
    told = ((NoticeKind.EXPEDITE_REFUSED, refused), (NoticeKind.LATE, late))
    return tuple(kind for kind, wanted in told if wanted)


_NO_ROW = "The due time has passed, and no row says what that is in law here: ask whoever answers for compliance"
_STATE_LACKS = frozenset({Lack.RULE.value, Lack.UNVERIFIED.value})


def _tasks(case: Case, instants: tuple[Instants, ...], stand: Stand, now: datetime) -> Iterator[Task]:
    clock, work = case.clock, case.clockwork
    if clock is None:
        return
    if stand is Stand.MISSED and notice_sent(case, LetterKind.LATE) is None:
        limit = clock.due_at or clock.outer_at
        yield from (Task(TaskKind.LATE, row.name, limit, row.id, row.verified) for row in clock.late)
        if not clock.late:
            yield Task(TaskKind.LATE, _NO_ROW, limit, verified=False)
    if (due := written_due(case)) is not None and any(each.oral_at and not each.written_at for each in instants):
        yield Task(TaskKind.WRITTEN_NOTICE, "The written notice follows the word of mouth", due, WRITTEN_NOTICE)
    if case.lines_unsent:
        yield Task(TaskKind.SEND, "The letter is issued and not sent: it is no notice yet", clock.limit_at)
    extends = [each for each in case.letters_to_members if each.extends and each.superseded_by is None]
    if extends and work.extension is None and stand is not Stand.MET:
        yield Task(TaskKind.SEND, "The notice of more time is issued and not sent: the clock is not extended yet", clock.limit_at)
    yield from (Task(TaskKind.DUTY, row.name, row.due_at, row.id, row.verified) for row in owed_duties(case))
    if stand in (Stand.PAUSED, Stand.RETURNED):
        yield Task(TaskKind.ANSWER, "The last instant to answer what was asked", clock.pause_until)
    if stand is Stand.MISSING and clock.lack in _STATE_LACKS:
        yield Task(TaskKind.STATE_ROW, "A supervisor loads the row of the law that is missing, or verifies it", clock.limit_at)
    if work.target is not None and work.target.at is not None and stand not in (Stand.MET, Stand.LATE) and now > work.target.at:
        yield Task(TaskKind.TARGET, "The earlier target of the reviewer has passed", work.target.at)
