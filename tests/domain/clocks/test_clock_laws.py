"""The laws of counting, over daylight saving, leap days, year ends and zones, and of what bends a clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from clock_table import BUNDLED as RULES
from clock_table import INDIANAPOLIS, facts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ur_desk.domain.clocks.counting import Unit, count, later
from ur_desk.domain.clocks.facts import Extended
from ur_desk.domain.clocks.rules import Arithmetic, Condition
from ur_desk.domain.clocks.words import explain
from ur_desk.domain.deadline import Due, due
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency

NOON = datetime(2026, 11, 2, 17, tzinfo=UTC)
LINE = LineOfBusiness
ZONES = st.sampled_from([INDIANAPOLIS, "America/New_York", "America/Phoenix", "Pacific/Honolulu", "UTC"])
INSTANTS = st.datetimes(datetime.fromisoformat("2003-06-01"), datetime.fromisoformat("2060-01-01")).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
UNITS = st.sampled_from(list(Unit))


@settings(deadline=None)
@given(INSTANTS, st.integers(0, 60 * 24 * 40), ZONES, UNITS, st.integers(1, 60))
def test_a_later_receipt_is_never_due_sooner(at: datetime, minutes: int, where: str, unit: Unit, amount: int) -> None:
    later = at + timedelta(minutes=minutes)
    assert count(unit, amount, at, ZoneInfo(where), RULES.calendars).at <= count(unit, amount, later, ZoneInfo(where), RULES.calendars).at


@settings(deadline=None)
@given(INSTANTS, ZONES, UNITS, st.integers(1, 60))
def test_a_count_ends_after_its_start_and_one_more_unit_ends_later(at: datetime, where: str, unit: Unit, amount: int) -> None:
    ended = count(unit, amount, at, ZoneInfo(where), RULES.calendars)
    assert at < ended.at < count(unit, amount + 1, at, ZoneInfo(where), RULES.calendars).at


@pytest.mark.toy(11)
@settings(deadline=None)
@given(INSTANTS, ZONES, st.integers(1, 80))
def test_working_hours_are_the_hours_that_pass_outside_weekends_and_holidays(at: datetime, where: str, hours: int) -> None:
    start = at.replace(minute=at.minute - at.minute % 15, second=0)
    ended = count(Unit.WORKING_HOURS, hours, start, ZoneInfo(where), RULES.calendars).at
    quarters, moment = 0, start
    while moment < ended:
        day = moment.astimezone(ZoneInfo(where)).date()
        quarters += 0 if day.weekday() >= 5 or any(c.holiday(day) for c in RULES.calendars) else 1
        moment += timedelta(minutes=15)
    assert quarters == hours * 4


@settings(deadline=None)
@given(INSTANTS, ZONES, st.integers(1, 60))
def test_days_end_with_the_last_second_of_a_day_whatever_the_clocks_do(at: datetime, where: str, days: int) -> None:
    local = count(Unit.CALENDAR_DAYS, days, at, ZoneInfo(where), ()).at.astimezone(ZoneInfo(where))
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert (local.date() - at.astimezone(ZoneInfo(where)).date()).days == days


SPRING, AUTUMN = datetime(2026, 3, 7, 20, tzinfo=UTC), datetime(2026, 10, 31, 20, tzinfo=UTC)
"""Hours before the clocks of New York and Indianapolis go forward, and back."""


@pytest.mark.toy(11)
@settings(deadline=None)
@example(SPRING, INDIANAPOLIS, 24)
@example(AUTUMN, INDIANAPOLIS, 24)
@example(SPRING, "America/New_York", 72)
@example(AUTUMN, "America/New_York", 72)
@given(INSTANTS, ZONES, st.integers(1, 200))
def test_hours_are_the_time_that_passes_whatever_the_clocks_show(at: datetime, where: str, hours: int) -> None:
    local = count(Unit.HOURS, hours, at.astimezone(ZoneInfo(where)), ZoneInfo(where), ()).at
    assert local - at == timedelta(hours=hours)


@settings(deadline=None)
@given(INSTANTS, ZONES, st.integers(1, 60))
def test_leaving_out_more_never_ends_sooner(at: datetime, where: str, days: int) -> None:
    zone = ZoneInfo(where)
    ends = [
        count(unit, days, at, zone, RULES.calendars).at for unit in (Unit.CALENDAR_DAYS, Unit.DAYS_WITHOUT_HOLIDAYS, Unit.BUSINESS_DAYS)
    ]
    assert ends == sorted(ends)


@settings(deadline=None)
@given(INSTANTS, ZONES, st.integers(1, 30))
def test_an_instant_moved_by_days_keeps_its_time_on_the_clocks_or_lies_at_the_gap(at: datetime, where: str, days: int) -> None:
    zone = ZoneInfo(where)
    before, after = at.astimezone(zone), later(at, days, zone).astimezone(zone)
    assert abs((after - before) - timedelta(days=days)) <= timedelta(hours=1)
    assert (after.date() - before.date()).days == days
    assert after.time() == before.time() or abs(after.utcoffset() - before.utcoffset()) == timedelta(hours=1)  # type: ignore[operator]


def test_a_time_that_the_clocks_skip_becomes_the_end_of_the_gap() -> None:
    where = ZoneInfo("America/New_York")
    assert str(later(datetime(2026, 2, 22, 7, 30, tzinfo=UTC), 14, where).astimezone(where)) == "2026-03-08 03:30:00-04:00"


NOTICED = st.integers(0, 14 * 24)
ERISA = facts("2026-11-02 09:00")


def extended(noticed: int, answered: int | None, arithmetic: Arithmetic = Arithmetic.FROM_ANSWER) -> Due:
    """The standard ERISA clock extended `noticed` hours after receipt, answered `answered` hours after that, by one of both readings."""
    received = ERISA.received_at or NOON
    at = received + timedelta(hours=noticed)
    taken = Extended(at, Condition.BEYOND_CONTROL, (at + timedelta(days=46)).date(), at + timedelta(hours=answered) if answered else None)
    rows = []
    for rule in RULES.rules:
        pause = rule.extension.tolling if rule.extension else None
        turned = replace(rule, extension=replace(rule.extension, tolling=replace(pause, arithmetic=arithmetic))) if pause else rule  # type: ignore[type-var]
        rows.append(turned)
    answer = due(replace(ERISA, extended=taken), replace(RULES, rules=tuple(rows)))
    assert isinstance(answer, Due)
    return answer


@settings(deadline=None)
@given(NOTICED, st.integers(1, 70 * 24))
def test_what_is_left_from_the_answer_is_never_more_than_the_rest(noticed: int, answered: int) -> None:
    assert extended(noticed, answered).at <= extended(noticed, answered, Arithmetic.REST).at


@settings(deadline=None)
@given(NOTICED, st.integers(1, 70 * 24), st.sampled_from(Arithmetic))
def test_an_answer_never_makes_the_due_date_later_than_silence(noticed: int, answered: int, arithmetic: Arithmetic) -> None:
    silent, told = extended(noticed, None, arithmetic), extended(noticed, answered, arithmetic)
    assert told.at <= silent.at
    assert (silent.pause_until is None, told.pause_until) == (False, None)
    assert told.base_at == due(ERISA, RULES).at  # type: ignore[union-attr]


@settings(deadline=None)
@given(
    INSTANTS.filter(lambda at: at.year >= 2027),
    st.sampled_from(list(LINE)),
    st.sampled_from(list(Urgency)),
    st.sampled_from(list(Timing)),
    st.booleans(),
)
def test_whatever_is_asked_the_answer_is_a_due_instant_or_says_what_is_missing(
    at: datetime, line: LineOfBusiness, urgency: Urgency, timing: Timing, erisa: bool
) -> None:
    told = replace(ERISA, received_at=at, line_of_business=line, urgency=urgency, timing=timing, erisa=erisa, state="IN")
    answer = due(told, RULES)
    assert "{" not in explain(answer)
    if isinstance(answer, Due):
        assert answer.at > at
        assert all(answer.at <= other.at for other in answer.others)
    elif answer.outer is not None:
        assert answer.outer.at > at
