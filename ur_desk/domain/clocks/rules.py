"""Clock rules as data, each dated and with its source: answers, what bends them, duties beside them, and what lateness means in law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ur_desk.domain.clocks.counting import Unit
from ur_desk.domain.clocks.holidays import Calendar
from ur_desk.domain.clocks.terms import About as About
from ur_desk.domain.clocks.terms import Arithmetic as Arithmetic
from ur_desk.domain.clocks.terms import Condition as Condition
from ur_desk.domain.clocks.terms import DatedBy as DatedBy
from ur_desk.domain.clocks.terms import Effect as Effect
from ur_desk.domain.clocks.terms import Law as Law
from ur_desk.domain.clocks.terms import Opens as Opens
from ur_desk.domain.clocks.terms import Right as Right
from ur_desk.domain.clocks.terms import Start as Start
from ur_desk.domain.clocks.terms import Trait as Trait
from ur_desk.domain.clocks.terms import Trigger as Trigger
from ur_desk.domain.clocks.terms import WindowUnit as WindowUnit
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.law_rows import Verified
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency

LONGEST = 3660
"""Hours or days that the longest clock counts: ten years of days, longer than any answer may take."""


def check_length(*lengths: int | None) -> None:
    """ValueError where one is longer than any clock: that is a slip of the keys, and no calendar reaches so far."""
    if any(length is not None and length > LONGEST for length in lengths):
        raise ValueError(f"no clock counts more than {LONGEST} hours or days")


@dataclass(frozen=True, slots=True)
class Tolling:
    """A pause from the notice of an extension until the answer: `answer_days` at least to answer, then `days` (calendar days) from it,
    or the rest, as `arithmetic` says."""

    answer_days: int
    arithmetic: Arithmetic
    days: int
    verified: Verified | None = None

    def __post_init__(self) -> None:
        if min(self.answer_days, self.days) < 0:
            raise ValueError("a pause has no days less than none")
        check_length(self.answer_days, self.days)


@dataclass(frozen=True, slots=True)
class Extension:
    """By how many calendar days a clock may be extended once, on which conditions, and what its notice must say besides the reason."""

    days: int
    conditions: tuple[Condition, ...]
    verified: Verified | None = None
    tolling: Tolling | None = None
    right: Right | None = None

    def __post_init__(self) -> None:
        if self.days < 1 or not self.conditions:
            raise ValueError("an extension has at least one day and one condition")
        check_length(self.days)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An incomplete request may be sent back once: told within `tell` hours of receipt (None: before the answer is due), with at least
    `answer` hours to complete it; the answer is due `decide` hours after what came, or after that period."""

    answer: int
    decide: int
    tell: int | None = None
    verified: Verified | None = None

    def __post_init__(self) -> None:
        if min(self.answer, self.decide, self.tell or 1) < 1:
            raise ValueError("an incomplete request has at least one hour for each step")
        check_length(self.answer, self.decide, self.tell)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: whom it binds, what it counts, and from when to when; an empty set binds all.

    `from_day` and `to_day` are days of `dated_by`, both in. `only` and `unless` are traits that a request must have, or must not have.
    `written_days`: notice may be oral first, and written so many calendar days later. `name` is what a screen calls it, `source` where
    it is written, `verified` who compared it with that, `seen` which copy was read, `note` what is still to be compared.
    """

    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    unit: Unit
    amount: int
    start: Start
    source: str
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    states: frozenset[str] = frozenset()
    urgency: frozenset[Urgency] = frozenset()
    timing: frozenset[Timing] = frozenset()
    only: frozenset[Trait] = frozenset()
    unless: frozenset[Trait] = frozenset()
    calendars: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    dated_by: DatedBy = DatedBy.RECEIPT
    extension: Extension | None = None
    incomplete: Incomplete | None = None
    written_days: int | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a clock counts at least one hour or day")
        if self.written_days is not None and self.written_days < 0:
            raise ValueError("written notice does not come before the oral one")
        check_length(self.amount, self.written_days)
        if (self.start is Start.CHANGE) is not (self.about is About.REDUCTION):
            raise ValueError("a rule about ending or reducing care counts from that change, and no other rule does")
        if self.start is Start.CHANGE and self.unit is not Unit.CALENDAR_DAYS:
            raise ValueError("a rule about a change of care counts calendar days")
        if self.unit.skips is not bool(self.calendars):
            raise ValueError("a rule that leaves out holidays names its calendars, and no other rule does")
        check_scope(self.law, self.lines, self.states)

    def in_force(self, received: date, rating_period: date | None = None) -> bool:
        """Whether the rule binds, or may bind, requests received on that day.

        Of a rating period nobody named, only this is known: it began on the day of receipt at the latest.
        """
        told = received if self.dated_by is DatedBy.RECEIPT else rating_period
        if told is None:
            return self.from_day is None or self.from_day <= received
        return within(told, self.from_day, self.to_day)


@dataclass(frozen=True, slots=True)
class Silence:
    """That a state has no clock of its own for these lines of business, so that the federal rule stands alone."""

    id: str
    lines: frozenset[LineOfBusiness]
    states: frozenset[str]
    source: str
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        check_scope(Law.STATE, self.lines, self.states)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is to be said beside the answer to what it is `about`, `amount` units after what brings it about."""

    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    trigger: Trigger
    unit: Unit
    amount: int
    source: str
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    urgency: frozenset[Urgency] = frozenset()
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        if self.amount < 1 or self.unit.skips:
            raise ValueError("a duty counts at least one hour or calendar day")
        check_length(self.amount)
        check_scope(self.law, self.lines, frozenset())


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a missed due time is in law: that of a first request, unless it is `about` something else."""

    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    effect: Effect
    source: str
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    states: frozenset[str] = frozenset()
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        check_scope(self.law, self.lines, self.states)


@dataclass(frozen=True, slots=True)
class Window:
    """Until when one may ask that a decision be looked at anew: `amount` units after its notice, or after the day on which that came.

    `from_day` and `to_day` are days of notices, both in. `causes` are those of a reopening that it is about; an empty set means all.
    """

    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    about: About
    unit: WindowUnit
    amount: int
    start: Opens
    source: str
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    states: frozenset[str] = frozenset()
    causes: frozenset[Cause] = frozenset()
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        if self.amount < 1 or self.about not in (About.APPEAL, About.REOPENING):
            raise ValueError("a window counts at least one day, and is about an appeal or a reopening")
        check_length(self.amount)
        if self.causes and self.about is not About.REOPENING:
            raise ValueError("only a reopening has a cause")
        check_scope(self.law, self.lines, self.states)


Row = ClockRule | Silence | Duty | Consequence | Window
"""A dated row with its source."""


def check_scope(law: Law, lines: frozenset[LineOfBusiness], states: frozenset[str]) -> None:
    """ValueError for a row that binds nobody, or whose states do not fit its law."""
    if not lines:
        raise ValueError("a rule names the lines of business that it binds")
    if (law is Law.STATE) is not bool(states):
        raise ValueError("a rule of state law names its states, and no other rule does")


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether a day lies between two, both in; None leaves a side open."""
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Rows and the calendars that they count by; ids are unique."""

    rules: tuple[ClockRule, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    silences: tuple[Silence, ...] = ()
    duties: tuple[Duty, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    windows: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        for ids in ([row.id for row in self.rows], [c.id for c in self.calendars]):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"given twice: {', '.join(twice)}")

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever they say."""
        return (*self.rules, *self.silences, *self.duties, *self.consequences, *self.windows)

    def row(self, id_: str) -> Row:
        """The row of that id; KeyError where there is none."""
        for row in self.rows:
            if row.id == id_:
                return row
        raise KeyError(id_)

    def calendar(self, id_: str) -> Calendar:
        """The calendar of that id; KeyError where it is not loaded."""
        for calendar in self.calendars:
            if calendar.id == id_:
                return calendar
        raise KeyError(id_)


def joined(parts: Iterable[ClockRules]) -> ClockRules:
    """All rows and calendars together; ValueError where an id is given twice or a calendar that a rule names is missing."""
    told = tuple(parts)
    rules = ClockRules(
        tuple(r for p in told for r in p.rules),
        tuple(c for p in told for c in p.calendars),
        tuple(s for p in told for s in p.silences),
        tuple(d for p in told for d in p.duties),
        tuple(c for p in told for c in p.consequences),
        tuple(w for p in told for w in p.windows),
    )
    for rule in rules.rules:
        for wanted in rule.calendars:
            if all(c.id != wanted for c in rules.calendars):
                raise ValueError(f"rule {rule.id} counts by the calendar {wanted}, which is not loaded")
    return rules
