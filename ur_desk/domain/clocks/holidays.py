"""Holidays by rule: which days a clock that counts working time leaves out, and why."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
FURTHEST = 92
"""Days between a holiday and the day by which it is found: Corpus Christi, the last that hangs on Easter, lies 60 days from it."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same day every year; `observed` moves it from Saturday to Friday and from Sunday to Monday (5 USC 6103(b), EO 11582)."""

    month: int
    day: int
    observed: bool = False

    def in_year(self, year: int) -> date | None:
        """The day on which it is kept; None in a year without that date."""
        day = _day(year, self.month, self.day)
        if day is None or not self.observed:
            return day
        return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def check_shift(*days: int) -> None:
    """ValueError where a holiday would lie further from the day by which it is found than a quarter of a year."""
    if any(abs(each) > FURTHEST for each in days):
        raise ValueError(f"a holiday lies {FURTHEST} days at most from the day by which it is found")


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth weekday (Monday is 0) of a month, counted from its end where `nth` is negative, and `plus` days."""

    month: int
    weekday: int
    nth: int
    plus: int = 0

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 0 <= self.weekday <= 6 and 1 <= abs(self.nth) <= 5):
            raise ValueError("a month is 1 to 12, a weekday 0 to 6, and the first to fifth of a month are counted")
        check_shift(self.plus)

    def in_year(self, year: int) -> date | None:
        """The day on which it is kept; None in a year without a fifth such weekday."""
        if self.nth > 0:
            first = date(year, self.month, 1)
            day = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        else:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-self.nth - 1))
        return day + timedelta(days=self.plus) if day.month == self.month else None


@dataclass(frozen=True, slots=True)
class FromEaster:
    """A number of days after Easter Sunday of the western churches; Good Friday is -2."""

    days: int

    def __post_init__(self) -> None:
        check_shift(self.days)

    def in_year(self, year: int) -> date | None:
        """The day on which it is kept."""
        return easter(year) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Beside:
    """A day kept beside a fixed date: `shifts[w]` days from it where the date falls on weekday w (Monday is 0)."""

    month: int
    day: int
    shifts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.shifts) != 7:
            raise ValueError("a shift is told for each of the seven weekdays")
        check_shift(*self.shifts)

    def in_year(self, year: int) -> date | None:
        """The day on which it is kept; None in a year without that date."""
        day = _day(year, self.month, self.day)
        return None if day is None else day + timedelta(days=self.shifts[day.weekday()])


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: how its day is found, and in which years it is kept (`cycle`: the years whose remainder by four is among them).

    `verified` says whether the rule was compared with an official list.
    """

    name: str
    kept: Fixed | Nth | FromEaster | Beside
    verified: bool
    first_year: int | None = None
    last_year: int | None = None
    cycle: tuple[int, ...] = (0, 1, 2, 3)

    def in_year(self, year: int) -> date | None:
        """The day on which the holiday of that year is kept, or None; New Year's Day may be kept in the year before."""
        if self.first_year is not None and year < self.first_year:
            return None
        if self.last_year is not None and year > self.last_year:
            return None
        return self.kept.in_year(year) if year % 4 in self.cycle else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of one government, by its id (`US`, `IN`), with the source of the rules."""

    id: str
    name: str
    source: str
    holidays: tuple[Holiday, ...]

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that is kept on a day, or None."""
        for holiday in self.holidays:
            if day in (holiday.in_year(day.year), holiday.in_year(day.year + 1)):
                return holiday
        return None


def easter(year: int) -> date:
    """Easter Sunday of the western churches in a Gregorian year (the anonymous algorithm printed in Nature, 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap_centuries, rest_of_century = divmod(century, 4)
    moon_fix = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_fix + 15) % 30
    leap_years, rest_of_year = divmod(rest, 4)
    to_sunday = (32 + 2 * rest_of_century + 2 * leap_years - epact - rest_of_year) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
