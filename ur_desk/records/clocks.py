"""Clock rules and holiday calendars from their files (`ur-desk-clocks/1`)."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from ur_desk.domain.clocks.counting import Unit
from ur_desk.domain.clocks.holidays import Beside, Calendar, Fixed, FromEaster, Holiday, Nth
from ur_desk.domain.clocks.rules import (
    About,
    Arithmetic,
    ClockRule,
    ClockRules,
    Condition,
    Consequence,
    DatedBy,
    Duty,
    Effect,
    Law,
    Opens,
    Right,
    Silence,
    Start,
    Trait,
    Trigger,
    Window,
    WindowUnit,
    joined,
)
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.law_rows import RowsLoaded
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


_KEYS = {"from_day": "from", "to_day": "to"}


class _Verified(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by: str
    on: date


class _Tolling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answer_days: int
    arithmetic: Arithmetic
    days: int
    verified: _Verified | None = None


class _Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: int
    conditions: tuple[Condition, ...]
    verified: _Verified | None = None
    tolling: _Tolling | None = None
    right: Right | None = None


class _Incomplete(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answer: int
    decide: int
    tell: int | None = None
    verified: _Verified | None = None


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    unit: Unit
    amount: int
    start: Start
    source: str
    verified: _Verified | None = None
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
    extension: _Extension | None = None
    incomplete: _Incomplete | None = None
    written_days: int | None = None


class _Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    id: str
    lines: frozenset[LineOfBusiness]
    states: frozenset[str]
    source: str
    verified: _Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    from_day: date | None = None
    to_day: date | None = None


class _Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    trigger: Trigger
    unit: Unit
    amount: int
    source: str
    verified: _Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    urgency: frozenset[Urgency] = frozenset()
    from_day: date | None = None
    to_day: date | None = None


class _Consequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    effect: Effect
    source: str
    verified: _Verified | None = None
    seen: str = ""
    note: str = ""
    about: About = About.REQUEST
    states: frozenset[str] = frozenset()
    from_day: date | None = None
    to_day: date | None = None


class _Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    id: str
    name: str
    law: Law
    lines: frozenset[LineOfBusiness]
    about: About
    unit: WindowUnit
    amount: int
    start: Opens
    source: str
    verified: _Verified | None = None
    seen: str = ""
    note: str = ""
    states: frozenset[str] = frozenset()
    causes: frozenset[Cause] = frozenset()
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
    silences: tuple[Any, ...] = ()
    duties: tuple[Any, ...] = ()
    consequences: tuple[Any, ...] = ()
    windows: tuple[Any, ...] = ()


def clock_rules(data: bytes, file: str = "the clock rules") -> ClockRules:
    """The rows and calendars of one file; UserError that names file and row where it is damaged.

    A rule may count by a calendar of another file: `domain.clocks.joined` puts the files together.
    """
    try:
        told = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise UserError(f"The clock rules in {file} cannot be read: {wrong}.", HINT) from wrong
    if told.schema != SCHEMA:
        raise UserError(f"The clock rules in {file} are of the kind “{told.schema}”, not “{SCHEMA}”.", HINT)
    calendars = [_row(file, f"calendar {n}", row, lambda r: _calendar(file, r)) for n, row in enumerate(told.calendars, 1)]
    try:
        return ClockRules(
            _rows(file, "rule", told.rules, _Rule, ClockRule),
            tuple(calendars),
            _rows(file, "silence", told.silences, _Silence, Silence),
            _rows(file, "duty", told.duties, _Duty, Duty),
            _rows(file, "consequence", told.consequences, _Consequence, Consequence),
            _rows(file, "window", told.windows, _Window, Window),
        )
    except ValueError as wrong:
        raise UserError(f"The clock rules in {file} cannot be used: {wrong}.", HINT) from wrong


def _rows(file: str, what: str, rows: tuple[Any, ...], form: type[msgspec.Struct], made: type[T]) -> tuple[T, ...]:
    return tuple(_row(file, f"{what} {n}", row, lambda r: _made(r, form, made)) for n, row in enumerate(rows, 1))


def _row(file: str, place: str, row: Any, read: Callable[[Any], T]) -> T:
    try:
        return read(row)
    except (msgspec.ValidationError, ValueError) as wrong:
        name = row.get("id") or row.get("name") if isinstance(row, dict) else None
        called = f" ({name})" if isinstance(name, str) else ""
        raise UserError(f"The clock rules in {file} are damaged at {place}{called}: {wrong}.", HINT) from wrong


def _made(row: Any, form: type[msgspec.Struct], made: type[T]) -> T:
    """The row as a value: read strictly in its form first, so that a misspelt key is told and never passed over."""
    told = msgspec.structs.asdict(msgspec.convert(row, form))
    if unknown := sorted(told.get("states", frozenset()) - STATES.keys()):
        raise ValueError(f"no such state: {', '.join(unknown)}")
    return msgspec.convert({name: msgspec.to_builtins(value) for name, value in told.items()}, made)


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


def with_loaded(bundled: ClockRules, files: Mapping[str, RowsLoaded]) -> ClockRules:
    """The bundled rows with those of a workspace's own files in the place of such of the same id; UserError where they do not fit."""
    loaded = [clock_rules(file.text.encode(), name) for name, file in sorted(files.items())]
    own = {row.id for part in loaded for row in part.rows}
    rest = ClockRules(
        tuple(row for row in bundled.rules if row.id not in own),
        bundled.calendars,
        tuple(row for row in bundled.silences if row.id not in own),
        tuple(row for row in bundled.duties if row.id not in own),
        tuple(row for row in bundled.consequences if row.id not in own),
        tuple(row for row in bundled.windows if row.id not in own),
    )
    try:
        return joined((rest, *loaded))
    except ValueError as wrong:
        raise UserError(f"The clock rules in {' and '.join(sorted(files))} cannot be used: {wrong}.", HINT) from wrong
