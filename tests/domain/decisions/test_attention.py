"""What somebody had before their eyes."""

from datetime import timedelta
from itertools import pairwise

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.decisions.attention import Seen, Watch, joined, words
from ur_desk.domain.policy import Sha256

POLICY, RECORD = Sha256("p" * 64), Sha256("r" * 64)


def test_lines_and_pages_are_told_with_the_time_for_which_any_of_them_stood_there() -> None:
    watch = Watch(NOW)
    watch.shows(POLICY, 1, 26, NOW)
    watch.shows(RECORD, 1, 1, NOW + timedelta(seconds=5))
    watch.shows(POLICY, 20, 40, NOW + timedelta(seconds=30))
    watch.stops(POLICY, NOW + timedelta(seconds=70))
    watch.shows(RECORD, 3, 3, NOW + timedelta(seconds=90))
    told = watch.told(NOW + timedelta(seconds=100))
    assert told.opened_at == NOW
    assert told.seen == (Seen(POLICY, ((1, 40),), 70), Seen(RECORD, ((1, 1), (3, 3)), 95))


def test_time_on_another_screen_counts_for_nothing() -> None:
    watch = Watch(NOW)
    watch.shows(POLICY, 1, 9, NOW)
    watch.rests(NOW + timedelta(seconds=10))
    watch.shows(POLICY, 1, 9, NOW + timedelta(hours=2))
    assert watch.told(NOW + timedelta(hours=2, seconds=5)).seen == (Seen(POLICY, ((1, 9),), 15),)


def test_asking_twice_counts_no_second_twice_and_a_clock_that_went_back_takes_none_away() -> None:
    watch = Watch(NOW)
    watch.shows(POLICY, 1, 9, NOW)
    watch.told(NOW + timedelta(seconds=10))
    assert watch.told(NOW + timedelta(seconds=10)).seen[0].seconds == 10
    assert watch.told(NOW).seen[0].seconds == 10


def test_no_line_on_the_screen_is_nothing_seen() -> None:
    watch = Watch(NOW)
    watch.shows(POLICY, 0, 0, NOW)
    assert watch.told(NOW).seen == ()
    with pytest.raises(ValueError, match="count from 1"):
        Seen(POLICY, (), 1)
    with pytest.raises(ValueError, match="count from 1"):
        Seen(POLICY, ((2, 1),), 1)


def test_it_is_told_in_words_without_a_score() -> None:
    assert words(Seen(POLICY, ((1, 26), (40, 40)), 185)) == "1-26, 40, for 3 minutes 5 seconds"
    assert words(Seen(POLICY, ((1, 2),), 0)) == "1-2, for less than a second"


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))))
def test_joined_runs_hold_the_same_lines_in_order_and_apart(runs: list[tuple[int, int]]) -> None:
    told = joined(runs)
    assert {n for a, b in told for n in range(a, b + 1)} == {n for a, b in runs for n in range(a, b + 1)}
    assert all(one[1] + 1 < two[0] for one, two in pairwise(told))
