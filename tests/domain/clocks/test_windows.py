"""Until when one may ask that a decision be looked at anew: worked examples, the row that stands, and what is not sure of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import TABLES, request
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.clocks.rules import About, Law, Opens, Verified, Window, WindowUnit
from ur_desk.domain.clocks.windows import WindowRead, last_day, window, window_words
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.request import LineOfBusiness

B = LineOfBusiness
SEEN = Verified("compliance", date(2026, 1, 5))
ROWS = TABLES.clock_rules.windows


def row(**changes: Any) -> Window:
    told = Window(
        "X", "65 days", Law.MEDICARE, frozenset({B.MEDICARE_ADVANTAGE}), About.APPEAL, WindowUnit.DAYS, 65, Opens.DATED, "a text", SEEN
    )
    return replace(told, **changes)


def read(business: LineOfBusiness, noticed: date | None, asked: date, **more: Any) -> WindowRead:
    return window(request(line_of_business=business), About.APPEAL, noticed, asked, more.pop("rows", ROWS), **more)


@pytest.mark.parametrize(
    ("business", "noticed", "last", "row_id", "verified"),
    [
        (B.MEDICARE_ADVANTAGE, date(2025, 1, 1), date(2025, 3, 7), "MA-WIN", True),
        (B.MEDICARE_ADVANTAGE, date(2026, 12, 28), date(2027, 3, 3), "MA-WIN", True),
        (B.MEDICARE_ADVANTAGE, date(2024, 1, 1), date(2024, 3, 1), "MA-WIN-2024", False),
        (B.MEDICARE_ADVANTAGE, date(2024, 12, 31), date(2025, 3, 1), "MA-WIN-2024", False),
        (B.DSNP_INTEGRATED, date(2026, 3, 1), date(2026, 5, 5), "MA-AIP-WIN", False),
        (B.MEDICAID_MANAGED_CARE, date(2026, 1, 31), date(2026, 4, 1), "MCD-WIN", False),
        (B.CHIP_MANAGED_CARE, date(2028, 2, 1), date(2028, 4, 1), "CHIP-WIN", False),
        (B.ERISA_SELF_FUNDED, date(2025, 9, 5), date(2026, 3, 4), "ERISA-WIN", False),
        (B.GOVERNMENT_SELF_FUNDED, date(2027, 9, 3), date(2028, 3, 1), "ACA-WIN", False),
        (B.QHP_FFE, date(2026, 1, 1), date(2026, 6, 30), "QHP-WIN", False),
    ],
)
def test_the_last_day_of_each_line_of_business(business: LineOfBusiness, noticed: date, last: date, row_id: str, verified: bool) -> None:
    told = read(business, noticed, last)
    assert (told.row, told.last_day, told.verified, told.late) == (row_id, last, verified, False)
    late = read(business, noticed, last + timedelta(days=1))
    assert (late.late, late.bars) == (True, verified)


@pytest.mark.parametrize("business", [B.MEDICAID_FFS, B.FEHB, B.OTHER])
def test_where_no_row_is_loaded_it_says_so_and_nothing_is_late(business: LineOfBusiness) -> None:
    told = read(business, date(2020, 1, 1), date(2026, 1, 1))
    assert (told.row, told.last_day, told.late) == ("", None, False)
    assert "No row loaded says until when an appeal" in window_words(told)
    reopening = window(request(), About.REOPENING, date(2020, 1, 1), date(2026, 1, 1), ROWS)
    assert "No row loaded says until when a reopening" in window_words(reopening)


def test_without_notice_no_time_runs() -> None:
    told = read(B.MEDICARE_ADVANTAGE, None, date(2026, 1, 1))
    assert (told.last_day, told.late) == (None, False)
    assert "Nobody has notice" in window_words(told)


def test_a_row_that_counts_from_the_day_the_notice_came_is_not_sure_until_somebody_says_that_day() -> None:
    rows = [row(start=Opens.CAME)]
    early = read(B.MEDICARE_ADVANTAGE, date(2026, 1, 1), date(2026, 3, 8), rows=rows)
    assert (early.last_day, early.late, early.presumed, early.bars) == (date(2026, 3, 7), True, True, False)
    assert "counted from the date of the notice" in window_words(early)
    told = read(B.MEDICARE_ADVANTAGE, date(2026, 1, 1), date(2026, 3, 8), rows=rows, came_on=date(2026, 1, 4))
    assert (told.last_day, told.late, told.presumed) == (date(2026, 3, 10), False, False)
    dated = read(B.MEDICARE_ADVANTAGE, date(2026, 1, 1), date(2026, 3, 8), rows=[row()], came_on=date(2026, 1, 4))
    assert dated.late, "a row that counts from the date on the notice does not ask when it came"


def test_of_several_rows_the_longest_stands_and_of_equal_ones_the_one_that_was_compared() -> None:
    rows = [row(id="SHORT", amount=60), row(id="LONG", verified=None, amount=90), row(id="SAME", amount=90)]
    assert read(B.MEDICARE_ADVANTAGE, date(2026, 1, 1), date(2026, 1, 2), rows=rows).row == "SAME"


def test_a_row_of_a_state_binds_in_that_state_and_a_row_of_a_cause_that_cause() -> None:
    mine = row(law=Law.STATE, states=frozenset({"IN"}))
    asked = request(line_of_business=B.MEDICARE_ADVANTAGE)
    elsewhere = replace(asked, state="OH")
    day = date(2026, 1, 1)
    assert window(asked, About.APPEAL, day, day, [mine]).row == "X"
    assert window(elsewhere, About.APPEAL, day, day, [mine]).row == ""
    reopen = row(about=About.REOPENING, unit=WindowUnit.YEARS, amount=4, causes=frozenset({Cause.GOOD_CAUSE}))
    assert window(asked, About.REOPENING, day, day, [reopen], cause=Cause.GOOD_CAUSE).last_day == date(2030, 1, 1)
    assert window(asked, About.REOPENING, day, day, [reopen], cause=Cause.FRAUD).last_day is None


@given(noticed=st.dates(date(2020, 1, 1), date(2040, 1, 1)), months=st.integers(1, 60))
def test_months_and_years_end_on_the_same_day_or_the_last_of_a_month(noticed: date, months: int) -> None:
    last = last_day(row(unit=WindowUnit.MONTHS, amount=months), noticed)
    assert (last.year - noticed.year) * 12 + last.month - noticed.month == months
    assert last.day == noticed.day or (last.day < noticed.day and (last + timedelta(days=1)).day == 1)
    assert last_day(row(unit=WindowUnit.YEARS, amount=months), noticed) == last_day(
        row(unit=WindowUnit.MONTHS, amount=12 * months), noticed
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"about": About.REQUEST},
        {"causes": frozenset({Cause.FRAUD})},
        {"lines": frozenset()},
        {"law": Law.STATE},
        {"states": frozenset({"IN"})},
    ],
)
def test_a_window_that_nobody_can_count_is_no_row(changes: Any) -> None:
    with pytest.raises(ValueError, match=r"window|cause|lines of business|states"):
        row(**changes)
