"""Holidays by rule, against the days that were published."""

from datetime import date, timedelta

import pytest

from ur_desk import paths
from ur_desk.domain.clocks.holidays import Beside, Calendar, Fixed, Nth, easter
from ur_desk.domain.clocks.rules import joined
from ur_desk.records.clocks import clock_rules

RULES = joined(clock_rules(file.read_bytes(), file.name) for file in sorted((paths.resources() / "clocks").glob("*.json")))

# as the State Personnel Department of Indiana published them
INDIANA = {
    2014: "01-01 01-20 04-18 05-06 05-26 07-04 09-01 10-13 11-04 11-11 11-27 11-28 12-25 12-26",
    2015: "01-01 01-19 04-03 05-05 05-25 07-03 09-07 10-12 11-03 11-11 11-26 11-27 12-24 12-25",
    2019: "01-01 01-21 04-19 05-07 05-27 07-04 09-02 10-14 11-05 11-11 11-28 11-29 12-24 12-25",
}
INDIANA_LATE_2016 = "09-05 10-10 11-08 11-11 11-24 11-25 12-23 12-26"
FEDERAL = {
    2020: "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
}


def kept(calendar: Calendar, year: int) -> str:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return " ".join(f"{day:%m-%d}" for day in days if day.year == year and calendar.holiday(day))


@pytest.mark.parametrize(("year", "days"), INDIANA.items())
def test_the_rules_of_indiana_give_the_days_that_were_published(year: int, days: str) -> None:
    assert kept(RULES.calendar("IN"), year) == days


def test_a_christmas_on_sunday_moves_two_holidays_of_indiana() -> None:
    assert kept(RULES.calendar("IN"), 2016).endswith(INDIANA_LATE_2016)


@pytest.mark.parametrize(("year", "days"), FEDERAL.items())
def test_the_federal_rules_give_the_days_that_were_published(year: int, days: str) -> None:
    assert kept(RULES.calendar("US"), year) == days


@pytest.mark.parametrize(
    ("year", "day"), [(2014, "04-20"), (2017, "04-16"), (2019, "04-21"), (2024, "03-31"), (2026, "04-05"), (2038, "04-25"), (2285, "03-22")]
)
def test_easter_falls_where_the_tables_say(year: int, day: str) -> None:
    assert f"{easter(year):%m-%d}" == day


def test_a_date_that_a_year_lacks_is_not_kept() -> None:
    assert Fixed(2, 29).in_year(2027) is None
    assert Fixed(2, 29).in_year(2028) == date(2028, 2, 29)
    assert Beside(2, 29, (1,) * 7).in_year(2027) is None
    assert Nth(2, 0, 5).in_year(2027) is None


@pytest.mark.parametrize(("month", "nth", "day"), [(12, -1, date(2026, 12, 28)), (2, -1, date(2026, 2, 23)), (5, -2, date(2026, 5, 18))])
def test_weekdays_are_counted_from_the_end_of_a_month(month: int, nth: int, day: date) -> None:
    assert Nth(month, 0, nth).in_year(2026) == day


@pytest.mark.parametrize("wrong", [(13, 0, 1), (0, 0, 1), (1, 7, 1), (1, 0, 0), (1, 0, 6)])
def test_a_weekday_that_no_month_has_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="weekday"):
        Nth(*wrong)


def test_a_shift_is_told_for_every_weekday() -> None:
    with pytest.raises(ValueError, match="seven"):
        Beside(12, 25, (1, -1))
