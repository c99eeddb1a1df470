"""Clock rules and holiday calendars from their files (`ur-desk-clocks/1`)."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from ur_desk.domain.clocks import ClockRule, ClockRules, Law, Start, Unit
from ur_desk.domain.holidays import Beside, Calendar, Fixed, FromEaster, Holiday, Nth
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency
from ur_desk.domain.states import STATES
from ur_desk.errors import UserError

T = TypeVar("T")

SCHEMA = "ur-desk-clocks/1"
HINT = "Put the file back as it was delivered, or mend that row. No due date is given by damaged rules; nothing else was lost."


class _Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_day": "from", "to_day": "to"}):
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


class _Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    verified: bool
    fixed: str | None = None
    observed: bool = False
    month: int | None = None
    weekday: _Weekday | None = None
    nth: int | None = None
    plus: int = 0
    easter: int | None = None
    beside: str | None = None
    shifts: tuple[int, int, int, int, int, int, int] | None = None
    first_year: int | None = None
    last_year: int | None = None
    cycle: tuple[int, ...] = (0, 1, 2, 3)


class _Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    source: str
    holidays: tuple[Any, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    rules: tuple[Any, ...] = ()
    calendars: tuple[Any, ...] = ()


def clock_rules(data: bytes, file: str = "the clock rules") -> ClockRules:
    """The rules and calendars of one file; UserError that names file and row where it is damaged.

    A rule may count by a calendar of another file: `domain.clocks.joined` puts the files together.
    """
    try:
        told = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise UserError(f"The clock rules in {file} cannot be read: {wrong}.", HINT) from wrong
    if told.schema != SCHEMA:
        raise UserError(f"The clock rules in {file} are of the kind “{told.schema}”, not “{SCHEMA}”.", HINT)
    rules = [_row(file, f"rule {n}", row, _rule) for n, row in enumerate(told.rules, 1)]
    calendars = [_row(file, f"calendar {n}", row, lambda r: _calendar(file, r)) for n, row in enumerate(told.calendars, 1)]
    try:
        return ClockRules(tuple(rules), tuple(calendars))
    except ValueError as wrong:
        raise UserError(f"The clock rules in {file} cannot be used: {wrong}.", HINT) from wrong


def _row(file: str, place: str, row: Any, read: Callable[[Any], T]) -> T:
    try:
        return read(row)
    except (msgspec.ValidationError, ValueError) as wrong:
        name = row.get("id") or row.get("name") if isinstance(row, dict) else None
        called = f" ({name})" if isinstance(name, str) else ""
        raise UserError(f"The clock rules in {file} are damaged at {place}{called}: {wrong}.", HINT) from wrong


def _rule(row: Any) -> ClockRule:
    told = msgspec.convert(row, _Rule)
    unknown = sorted(told.states - STATES.keys())
    if unknown:
        raise ValueError(f"no such state: {', '.join(unknown)}")
    return ClockRule(**msgspec.structs.asdict(told))


def _calendar(file: str, row: Any) -> Calendar:
    told = msgspec.convert(row, _Calendar)
    holidays = [_row(file, f"calendar {told.id}, holiday {n}", h, _holiday) for n, h in enumerate(told.holidays, 1)]
    return Calendar(told.id, told.name, told.source, tuple(holidays))


def _holiday(row: Any) -> Holiday:
    told = msgspec.convert(row, _Holiday)
    return Holiday(told.name, _kept(told), told.verified, told.first_year, told.last_year, told.cycle)


def _kept(told: _Holiday) -> Fixed | Nth | FromEaster | Beside:
    """The one way in which a row finds its day; ValueError where it names none or several."""
    kept: list[Fixed | Nth | FromEaster | Beside] = []
    if told.fixed is not None:
        kept.append(Fixed(*_month_day(told.fixed), told.observed))
    if told.month is not None and told.weekday is not None and told.nth is not None:
        kept.append(Nth(told.month, list(_Weekday).index(told.weekday), told.nth, told.plus))
    if told.easter is not None:
        kept.append(FromEaster(told.easter))
    if told.beside is not None and told.shifts is not None:
        kept.append(Beside(*_month_day(told.beside), told.shifts))
    if len(kept) != 1:
        raise ValueError("a holiday is fixed, or the nth weekday of a month, or counted from Easter, or beside a date")
    return kept[0]


def _month_day(text: str) -> tuple[int, int]:
    # a leap year, so that every day of any year is allowed
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day
