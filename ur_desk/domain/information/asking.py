"""What is missing of a line: asked for, tried for, and what came of it; and which lines no record could change any more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.clocks.events import answered
from ur_desk.domain.contact import ContactLogged
from ur_desk.domain.determination import PolicyCitation, Workflow
from ur_desk.domain.findings import MatchReport, Relation
from ur_desk.domain.ids import EventId
from ur_desk.domain.intake.messages import Use
from ur_desk.domain.zones import zone

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent
    from ur_desk.domain.line_state import LineState

BEARS = (Relation.APPLIES, Relation.BY_DESCRIPTION)
"""How a policy touches a line of which it speaks for sure."""


class Extent(StrEnum):
    """How much of what was asked for came."""

    ALL = "all"
    PART = "part"
    NOTHING = "nothing_useful"


@dataclass(frozen=True, slots=True)
class InformationRequested:
    """Lines wait for an answer: what is missing, why it matters, from whom, and until when an answer is asked for.

    `chase_on` is the day on which somebody asks again where nothing came. `cites` are the policy lines from which the items come, one
    for each item, None where somebody typed it; empty where none was told. `question` is what the physician asked who sent the lines
    back, word for word; empty where none did.
    """

    lines: tuple[int, ...]
    items: tuple[str, ...]
    why: str
    asked_of: str
    answer_by: date | None = None
    chase_on: date | None = None
    cites: tuple[PolicyCitation | None, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class InformationReceived:
    """What came of a pend. The lines are back in review, or where it `waits`, the rest stays asked for.

    `came` are the items that came, where only a part did. Of what an older version kept, nobody told how much came.
    """

    lines: tuple[int, ...]
    what: str
    received_at: datetime
    extent: Extent = Extent.ALL
    came: tuple[str, ...] = ()
    waits: bool = False


AskingBody = InformationRequested | InformationReceived
"""What can happen to a case by what is missing of it."""


def with_asking(body: AskingBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; of what came whoever decides opens the record as it now stands."""
    if isinstance(body, InformationRequested):
        pended = tuple(_pended(s, body, event.id) if s.line in body.lines else s for s in case.lines)
        return replace(case, lines=pended, reviewer=event.by)
    told = replace(case, lines=tuple(_answered(s, body) if s.line in body.lines else s for s in case.lines))
    if body.extent is not Extent.NOTHING:
        unread = (*case.unread, Use.INFORMATION) if waits(told, body.lines) else case.unread
        told = replace(told, unread=unread, record_opened_by=frozenset())
    if body.extent is Extent.NOTHING and body.waits:
        return told
    # a part of the answer ends a pause as all of it does: that can only make a date early
    return replace(told, clockwork=answered(case.clockwork, body.received_at))


def waits(case: "Case", lines: tuple[int, ...] = ()) -> bool:
    """Whether one of these lines, or of all, waits for information."""
    return any(s.workflow is Workflow.PENDED for s in case.lines if not lines or s.line in lines)


def _pended(state: "LineState", body: InformationRequested, event: EventId) -> "LineState":
    return replace(state, workflow=Workflow.PENDED, asked=body, ask=event, question="", ask_noticed=False)


def _answered(state: "LineState", body: InformationReceived) -> "LineState":
    rest = left(state.asked, body) if body.waits and state.asked else None
    if rest is not None and rest.items:
        return replace(state, asked=rest)
    return back_in_review(state)


def back_in_review(state: "LineState") -> "LineState":
    """The line once nothing is asked for any more."""
    return replace(state, workflow=Workflow.REVIEW, asked=None, ask=None, returned_from_pend=True)


def left(asked: InformationRequested, body: InformationReceived) -> InformationRequested:
    """What is still asked for once that came."""
    kept = [place for place, item in enumerate(asked.items) if item not in body.came]
    cites = tuple(asked.cites[place] for place in kept) if asked.cites else ()
    return replace(asked, items=tuple(asked.items[place] for place in kept), cites=cites)


# what waits, and what is to be done about it ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lines that wait for one answer: the request for it, each attempt to get it since, and the day on which somebody asks again."""

    ask: EventId
    lines: tuple[int, ...]
    asked: InformationRequested
    attempts: tuple[ContactLogged, ...] = ()
    chase_on: date | None = None


def waiting(case: "Case") -> tuple[Waiting, ...]:
    """What the case waits for, each request for information once, in the order of its lines."""
    if case.closed:
        return ()
    found: dict[EventId, list[LineState]] = {}
    for state in case.lines:
        if state.workflow is Workflow.PENDED and state.ask is not None:
            found.setdefault(state.ask, []).append(state)
    return tuple(_waiting(case, ask, states) for ask, states in found.items())


def _waiting(case: "Case", ask: EventId, states: "list[LineState]") -> Waiting:
    asked, tried = states[0].asked, tuple(c for c in case.contacts if c.ask == ask)
    assert asked is not None
    return Waiting(ask, tuple(s.line for s in states), asked, tried, _chase_on(case, asked, tried))


def _chase_on(case: "Case", asked: InformationRequested, tried: tuple[ContactLogged, ...]) -> date | None:
    """The day of the call back that the last attempt left; else the day set with the request, until somebody tried on it or later."""
    where = zone(case.request.received_zone or "UTC")
    if tried and (back := tried[-1].call_back) is not None:
        return back.astimezone(where).date()
    day = asked.chase_on
    return None if day is None or any(c.at.astimezone(where).date() >= day for c in tried) else day


class Due(StrEnum):
    """What a request for information asks for on a day."""

    CHASE = "chase"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class AskTask:
    """Something to be done because information is missing: on which day, for which lines, of whom."""

    kind: Due
    on: date
    lines: tuple[int, ...]
    asked_of: str


def ask_tasks(case: "Case") -> tuple[AskTask, ...]:
    """When somebody asks again, and the last days to answer, the soonest first."""
    told: list[AskTask] = []
    for each in waiting(case):
        days = ((Due.CHASE, each.chase_on), (Due.LAST_DAY, each.asked.answer_by))
        told += [AskTask(kind, on, each.lines, each.asked.asked_of) for kind, on in days if on is not None]
    return tuple(sorted(told, key=lambda task: (task.on, task.kind)))


def day_of(case: "Case", kind: Due) -> date | None:
    """The first day on which the case asks for that; None where it asks for none."""
    return min((task.on for task in ask_tasks(case) if task.kind is kind), default=None)


def answer_came(case: "Case") -> bool:
    """Whether something that was asked for came, and nobody has gone on with it since."""
    back = any(state.returned_from_pend and state.workflow is Workflow.REVIEW for state in case.lines)
    return back or Use.INFORMATION in case.unread


def question_of(case: "Case", lines: Iterable[int]) -> str:
    """What the physician asks of lines that came back, word for word, each question once; empty where none of them came back with one."""
    picked = set(lines)
    told = (s.question.strip() for s in case.lines if s.line in picked and s.workflow is Workflow.RETURNED)
    return "\n".join(dict.fromkeys(filter(None, told)))


# what no record could change -------------------------------------------------------------------------------------------------


def only_delays(case: "Case", lines: Iterable[int]) -> tuple[int, ...]:
    """The lines for which a nurse has nothing to ask: no record changes the position against them, and no physician sent them back with
    a question."""
    held = set(case.matched.settled or ()) if case.matched else set[int]()
    return tuple(line for line in lines if line in held and not question_of(case, (line,)))


def settled(report: MatchReport) -> Iterator[int]:
    """The service lines against which a position stands for all indications: no record changes it, so asking for one only delays."""
    holds = {m.id for m in report.policies if m.position and m.position.adverse and m.all_indications and m.relation in BEARS}
    for row in report.services:
        if row.relation in BEARS and holds & set(row.policies):
            yield row.line
