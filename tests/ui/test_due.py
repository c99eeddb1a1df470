"""When an answer is due, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from ur_desk.ui.due import due_moment, left
from ur_desk.ui.tokens import Tone

NOW = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words", "tone"),
    [
        (timedelta(days=11, hours=3), "11 days left", Tone.QUIET),
        (timedelta(days=2), "2 days left", Tone.QUIET),
        (timedelta(days=1, hours=14), "1 day 14 h left", Tone.QUIET),
        (timedelta(days=1), "1 day left", Tone.QUIET),
        (timedelta(hours=5, minutes=20), "5 h 20 min left", Tone.ASK),
        (timedelta(hours=5), "5 h left", Tone.ASK),
        (timedelta(minutes=12), "12 min left", Tone.ASK),
        (timedelta(seconds=20), "less than a minute left", Tone.ASK),
        (timedelta(0), "less than a minute left", Tone.ASK),
        (-timedelta(seconds=90), "overdue by 1 min", Tone.BAD),
        (-timedelta(days=4, hours=9), "overdue by 4 days", Tone.BAD),
    ],
)
def test_what_is_left_is_said_in_its_largest_sensible_unit(span: timedelta, words: str, tone: Tone) -> None:
    told = left(NOW + span, NOW)
    assert (told.words, told.tone, told.overdue) == (words, tone, tone is Tone.BAD)


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (datetime(2017, 10, 21, 3, 59, 59, tzinfo=UTC), "America/New_York", "Fri 10/20/2017, end of day"),
        (datetime(2017, 10, 17, 20, 45, tzinfo=UTC), "America/New_York", "Tue 10/17/2017, 16:45"),
        (datetime(2017, 10, 17, 20, 45, tzinfo=UTC), "no such zone", "10/17/2017 20:45 UTC"),
    ],
)
def test_a_due_instant_is_told_on_the_clocks_of_its_zone(at: datetime, zone: str, words: str) -> None:
    assert due_moment(at, zone) == words
