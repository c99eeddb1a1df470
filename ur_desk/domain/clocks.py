"""Clock rules as data, and how each unit is counted: hours, days, and both without weekends and holidays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from ur_desk.domain.holidays import SATURDAY, Calendar, Holiday
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency


class Unit(StrEnum):
    """What a clock counts."""

    HOURS = "hours"
    WORKING_HOURS = "hours_without_weekends_and_holidays"
    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"

    @property
    def skips(self) -> bool:
        """Whether weekends and holidays are left out."""
        return self in (Unit.WORKING_HOURS, Unit.BUSINESS_DAYS)


class Start(StrEnum):
    """What starts a clock."""

    RECEIPT = "receipt"
    COMPLETE_REQUEST = "complete_request"


class Law(StrEnum):
    """The family of law that a rule belongs to; each family that binds a request must have a rule for it."""

    ERISA = "erisa"
    ACA = "aca"
    STATE = "state"
    EXCHANGE = "exchange"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    CHIP = "chip"
    FEHB = "fehb"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: whom it binds, what it counts, and from when to when; an empty set binds all.

    `from_day` and `to_day` are days of receipt, both in. `name` is what a screen calls it, `source` where it is written.
    """

    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    unit: Unit
    amount: int
    start: Start
    source: str
    verified: bool
    states: frozenset[str] = frozenset()
    urgency: frozenset[Urgency] = frozenset()
    timing: frozenset[Timing] = frozenset()
    calendars: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a clock counts at least one hour or day")
        if not self.lines:
            raise ValueError("a rule names the lines of business that it binds")
        if (self.law is Law.STATE) is not bool(self.states):
            raise ValueError("a rule of state law names its states, and no other rule does")
        if self.unit.skips is not bool(self.calendars):
            raise ValueError("a rule that leaves out holidays names its calendars, and no other rule does")

    def in_force(self, day: date) -> bool:
        """Whether the rule binds requests received on that day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Rules and the calendars that they count by; ids are unique."""

    rules: tuple[ClockRule, ...]
    calendars: tuple[Calendar, ...]

    def __post_init__(self) -> None:
        for ids in ([r.id for r in self.rules], [c.id for c in self.calendars]):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"given twice: {', '.join(twice)}")

    def calendar(self, id_: str) -> Calendar:
        """The calendar of that id; KeyError where it is not loaded."""
        for calendar in self.calendars:
            if calendar.id == id_:
                return calendar
        raise KeyError(id_)


def joined(parts: Iterable[ClockRules]) -> ClockRules:
    """All rules and calendars together; ValueError where an id is given twice or a calendar that a rule names is missing."""
    told = tuple(parts)
    rules = ClockRules(tuple(r for p in told for r in p.rules), tuple(c for p in told for c in p.calendars))
    for rule in rules.rules:
        for wanted in rule.calendars:
            if all(c.id != wanted for c in rules.calendars):
                raise ValueError(f"rule {rule.id} counts by the calendar {wanted}, which is not loaded")
    return rules


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that a count left out, and the holiday kept on it; None on a weekend."""

    day: date
    holiday: Holiday | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Where a count ended (UTC), and the days that it left out, in order."""

    at: datetime
    left_out: tuple[LeftOut, ...] = ()


def count(unit: Unit, amount: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar]) -> Count:
    """The instant at which `amount` units after `start` have passed.

    Hours run through nights and changes of the clocks as they pass. Days begin and end in the zone: the day after the
    start is day 1, and the count ends with the last second of the last day. What the unit skips is left out whole.
    """
    if unit is Unit.HOURS:
        return Count(start.astimezone(UTC) + timedelta(hours=amount))
    if unit is Unit.CALENDAR_DAYS:
        return Count(_end(_day(start, where) + timedelta(days=amount), where))
    counter = _working_hours if unit is Unit.WORKING_HOURS else _business_days
    return counter(amount, start, where, calendars)


def _working_hours(hours: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar]) -> Count:
    left, at, skipped = timedelta(hours=hours), start.astimezone(UTC), list[LeftOut]()
    while True:
        day = _day(at, where)
        midnight = _begin(day + timedelta(days=1), where)
        out = _left_out(day, calendars)
        if out is not None:
            skipped.append(out)
        elif at + left <= midnight:
            return Count(at + left, tuple(skipped))
        else:
            left -= midnight - at
        at = midnight


def _business_days(days: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar]) -> Count:
    day, skipped = _day(start, where), list[LeftOut]()
    while days:
        day += timedelta(days=1)
        out = _left_out(day, calendars)
        if out is None:
            days -= 1
        else:
            skipped.append(out)
    return Count(_end(day, where), tuple(skipped))


def _left_out(day: date, calendars: Sequence[Calendar]) -> LeftOut | None:
    if day.weekday() >= SATURDAY:
        return LeftOut(day)
    holidays = [h for c in calendars if (h := c.holiday(day))]
    # where two calendars keep the day, one that is verified stands for it
    best = next((h for h in holidays if h.verified), holidays[0] if holidays else None)
    return None if best is None else LeftOut(day, best)


def _day(at: datetime, where: tzinfo) -> date:
    return at.astimezone(where).date()


def _begin(day: date, where: tzinfo) -> datetime:
    return datetime.combine(day, time.min, where).astimezone(UTC)


def _end(day: date, where: tzinfo) -> datetime:
    return _begin(day + timedelta(days=1), where) - timedelta(seconds=1)
