"""How each unit of a clock is counted, forwards and back: hours, days, and both without weekends or holidays."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from ur_desk.domain.clocks.holidays import SATURDAY, Calendar, Holiday
from ur_desk.domain.zones import instants


class Unit(StrEnum):
    """What a clock counts."""

    HOURS = "hours"
    WORKING_HOURS = "hours_without_weekends_and_holidays"
    CALENDAR_DAYS = "calendar_days"
    DAYS_WITHOUT_HOLIDAYS = "calendar_days_without_holidays"
    BUSINESS_DAYS = "business_days"

    @property
    def skips(self) -> bool:
        """Whether holidays are left out, so that a calendar must say which days they are."""
        return self in (Unit.WORKING_HOURS, Unit.DAYS_WITHOUT_HOLIDAYS, Unit.BUSINESS_DAYS)

    @property
    def weekends(self) -> bool:
        """Whether weekends count."""
        return self not in (Unit.WORKING_HOURS, Unit.BUSINESS_DAYS)


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


def months_on(day: date, months: int) -> date:
    """The same day so many months on; the last of a month that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, monthrange(day.year + year, month + 1)[1]))


def count(unit: Unit, amount: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar]) -> Count:
    """The instant at which `amount` units after `start` have passed.

    Hours run through nights and changes of the clocks as they pass. Days begin and end in the zone: the day after the
    start is day 1, and the count ends with the last second of the last day. What the unit skips is left out whole.
    """
    if unit is Unit.HOURS:
        return Count(start.astimezone(UTC) + timedelta(hours=amount))
    if unit is Unit.CALENDAR_DAYS:
        return Count(end_of(day_in(start, where) + timedelta(days=amount), where))
    if unit is Unit.WORKING_HOURS:
        return _working_hours(amount, start, where, calendars)
    return _days(amount, start, where, calendars, weekends=unit.weekends)


def before(days: int, change: date, where: tzinfo) -> datetime:
    """The last second (UTC) of the day that lies `days` calendar days before a day on which something changes."""
    return end_of(change - timedelta(days=days), where)


def later(at: datetime, days: int, where: tzinfo) -> datetime:
    """An instant (UTC) moved by calendar days: the same time on the clocks of the zone, the earlier where it comes twice, and the end
    of the hour that the clocks skip where it never comes."""
    local = at.astimezone(where).replace(tzinfo=None, fold=0) + timedelta(days=days)
    shown = instants(local, where)
    return shown[0] if shown else local.replace(tzinfo=where).astimezone(UTC)


def day_in(at: datetime, where: tzinfo) -> date:
    """The day of an instant in a zone."""
    return at.astimezone(where).date()


def end_of(day: date, where: tzinfo) -> datetime:
    """The last second (UTC) of a day in a zone."""
    return _begin(day + timedelta(days=1), where) - timedelta(seconds=1)


def _working_hours(hours: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar]) -> Count:
    left, at, skipped = timedelta(hours=hours), start.astimezone(UTC), list[LeftOut]()
    while True:
        day = day_in(at, where)
        midnight = _begin(day + timedelta(days=1), where)
        out = _left_out(day, calendars, weekends=False)
        if out is not None:
            skipped.append(out)
        elif at + left <= midnight:
            return Count(at + left, tuple(skipped))
        else:
            left -= midnight - at
        at = midnight


def _days(days: int, start: datetime, where: tzinfo, calendars: Sequence[Calendar], *, weekends: bool) -> Count:
    day, skipped = day_in(start, where), list[LeftOut]()
    while days:
        day += timedelta(days=1)
        out = _left_out(day, calendars, weekends=weekends)
        if out is None:
            days -= 1
        else:
            skipped.append(out)
    return Count(end_of(day, where), tuple(skipped))


def _left_out(day: date, calendars: Sequence[Calendar], *, weekends: bool) -> LeftOut | None:
    if not weekends and day.weekday() >= SATURDAY:
        return LeftOut(day)
    holidays = [h for c in calendars if (h := c.holiday(day))]
    # where two calendars keep the day, one that is verified stands for it
    best = next((h for h in holidays if h.verified), holidays[0] if holidays else None)
    return None if best is None else LeftOut(day, best)


def _begin(day: date, where: tzinfo) -> datetime:
    return datetime.combine(day, time.min, where).astimezone(UTC)
