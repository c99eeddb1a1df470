"""Times of day as people write them, and none where two could be meant."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.intake.times import both_ways, time_of

AFTERNOON = time(16, 58)


@pytest.mark.parametrize("text", ["4:58p", "458p", "1658", "16:58", "4.58 pm", "4:58 PM", "04:58 p.m.", "0458P", " 458 pm ", "16:58:00"])
def test_an_afternoon_is_read_however_it_is_written(text: str) -> None:
    assert time_of(text) == AFTERNOON


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4p", time(16)),
        ("12 am", time(0)),
        ("12p", time(12)),
        ("1230a", time(0, 30)),
        ("0000", time(0)),
        ("9:05", time(9, 5)),
        ("11:59:58.25", time(11, 59, 58, 250_000)),
    ],
)
def test_hours_around_noon_and_midnight_are_those_of_the_clock(text: str, told: time) -> None:
    assert time_of(text) == told


@pytest.mark.parametrize(
    "text",
    ["", "458", "4", "16", "0.35", "4.58", "16.58", "13:30 pm", "1358p", "0p", "2400", "1260", "460p", "noon", "4:5", "16:58 x", "１６:５８", "1" * 500, "4:58 pm pm"],
)  # fmt: skip
def test_what_could_be_two_times_or_is_none_is_no_time(text: str) -> None:
    assert time_of(text) is None


@given(st.times())
def test_what_is_told_both_ways_is_read_the_same_either_way(told: time) -> None:
    minute = told.replace(second=0, microsecond=0, tzinfo=None)
    day, halves = both_ways(minute).split(" = ")
    assert time_of(day) == time_of(halves) == minute
