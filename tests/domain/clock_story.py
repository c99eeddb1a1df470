"""A case told event by event through the gate, its clock read after each by the bundled rows."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from builders import LINDQVIST, line, request
from clock_table import INDIANAPOLIS, RULES, facts
from record_makers import record

from ur_desk.domain import events as ev
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case, fold
from ur_desk.domain.clocks.events import ClockExtended, Told, basis_of
from ur_desk.domain.clocks.facts import Particulars, facts_of
from ur_desk.domain.clocks.reading import ClockRead, reading_of
from ur_desk.domain.clocks.rules import ClockRules, Condition
from ur_desk.domain.clocks.tasks import Standing, standing
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.deadline import due
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.people import Account
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness, Request, Timing, Urgency
from ur_desk.domain.rules import admit


def at(text: str) -> datetime:
    """A local time in Indianapolis as an instant."""
    found = facts(text).received_at
    assert found is not None
    return found


def asks(received: str = "2026-11-02 09:00", **changes: Any) -> Request:
    """A standard request before the service to a self-funded employer plan, received at a local time."""
    told = request(line(1), line(2, "97110", "Therapeutic exercise"), received_at=at(received), received_zone=INDIANAPOLIS)
    usual = {"timing": Timing.PRESERVICE, "urgency": Urgency.STANDARD, "line_of_business": LineOfBusiness.ERISA_SELF_FUNDED}
    return replace(told, **usual | changes)


class Story:
    """The case, its events and a clock that stands where it is put."""

    def __init__(self, told: Request, now: str = "2026-11-02 10:00", rules: ClockRules = RULES) -> None:
        self.now, self.rules = at(now), rules
        self.events: list[CaseEvent] = []
        self.keep(ev.Opened("UR-1", told))
        self.read()

    def keep(self, body: Any, by: Account = LINDQVIST) -> None:
        """Keep an event past the gate."""
        self.events.append(CaseEvent(EventId(f"e{len(self.events)}"), self.now, by.id, body))

    def read(self) -> None:
        """Read the clock anew, as the desk does after each step that bends it."""
        case = self.case
        told = facts_of(case.request, case.clockwork.bends, case.follows.kind if case.follows else None)
        self.keep(reading_of(due(told, self.rules), told, self.rules, Sha256("0" * 64)))

    def tell(self, body: Any, now: str | None = None, by: Account = LINDQVIST) -> Case:
        """Take a step through the gate, at a local time where one is given."""
        self.now = at(now) if now else self.now + timedelta(minutes=1)
        admit(body, Asked(self.case, self.events, by, self.now, self.now.date()))
        self.keep(body, by)
        self.read()
        return self.case

    @property
    def case(self) -> Case:
        return fold(CaseId("c"), self.events)

    @property
    def clock(self) -> ClockRead:
        found = self.case.clock
        assert found is not None
        return found

    @property
    def due(self) -> str:
        return str(self.clock.due_at)

    def standing(self, now: str | None = None) -> Standing:
        return standing(self.case, self.events, at(now) if now else self.now)

    def changed(self, reason: str = "The office says so.", said_by: str = "the office", **changes: Any) -> ev.BasisChanged:
        """A change of facts as they stand now; what is no fact of the basis is a particular."""
        before = basis_of(self.case.request, self.case.clockwork.particulars)
        own = {name: changes.pop(name) for name in ("physician", "no_physician", "told") if name in changes}
        particulars = {name: changes.pop(name) for name in list(changes) if name in Particulars.__slots__}
        after = replace(before, particulars=replace(before.particulars, **particulars), **changes)
        return ev.BasisChanged(before, after, reason, said_by, **own)


def notice(when: str, way: ContactWay = ContactWay.MAIL) -> Told:
    """A word to the member at a local time."""
    return Told(way, "the member", at(when))


def extended(when: str, condition: Condition = Condition.BEYOND_CONTROL, **more: Any) -> ClockExtended:
    """An extension by a notice that was sent elsewhere at a local time, with its proof."""
    more.setdefault("proof", record(name="mail log.pdf"))
    return ClockExtended(condition, "The films lie with another office.", notice(when), **more)
