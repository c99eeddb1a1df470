"""The clock, watched: laws of the judgement of one event beside the last, of what was there before, and of what nothing attests."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from ur_desk.domain.trail import computer_clock as cw
from ur_desk.domain.trail.computer_clock import Against, Attesting, Evidence, Jump, Moment

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOOTS = [str(UUID(int=number)) for number in range(4)]
SECOND = 10**9

spans = st.integers(0, 90 * 86400)
slips = st.integers(-4, 4)


def at(seconds: float, boot: int = 0, moved: float = 0) -> Moment:
    """A moment so many seconds after the machine's start, by a clock that was moved by so many."""
    return Moment(START + timedelta(seconds=seconds + moved), BOOTS[boot], int(seconds * SECOND))


@given(spans, spans, slips)
def test_a_clock_that_runs_with_the_count_is_never_doubted(first: int, more: int, slip: int) -> None:
    assert cw.judged(at(first), at(first + more, moved=slip)) is None


@given(spans, spans, st.integers(-(10**8), 10**8))
def test_a_clock_that_was_moved_by_more_than_it_may_drift_is_doubted_with_the_way_and_the_seconds(
    first: int, more: int, moved: int
) -> None:
    assume(abs(moved) > cw.allowed(timedelta(seconds=more)).total_seconds())
    found = cw.judged(at(first), at(first + more, moved=moved))
    assert found is not None
    assert (found.by_seconds, found.against) == (moved, Against.COUNT)
    assert found.kind in (Jump.ZONE, Jump.FORWARD if moved > 0 else Jump.BACKWARD)


@given(st.integers(-56, 56).filter(bool), st.integers(-4, 4))
def test_whole_quarters_of_an_hour_look_like_another_time_zone(quarters: int, slip: int) -> None:
    found = cw.judged(at(100), at(160, moved=quarters * 900 + slip))
    assert found is not None
    assert found.kind is Jump.ZONE


def test_a_day_is_no_time_zone() -> None:
    for moved, kind in ((86400, Jump.FORWARD), (-86400, Jump.BACKWARD), (-600, Jump.BACKWARD), (3600 + 60, Jump.FORWARD)):
        found = cw.judged(at(100), at(160, moved=moved))
        assert found is not None
        assert found.kind is kind


@given(spans, spans)
def test_after_another_start_only_an_earlier_time_is_doubted(last: int, later: int) -> None:
    found = cw.judged(at(last), Moment(START + timedelta(seconds=later), BOOTS[1], 5))
    assert (found is None) == (later >= last - 5)
    assert found is None or (found.against, found.by_seconds) == (Against.EVENT, later - last)


@given(st.sampled_from(["", "demo", "test-boot", "boot", "not-a-uuid"]), st.integers(-(10**6), 10**6), st.integers(-(2**62), 2**62))
def test_a_start_that_is_no_machines_doubts_nothing_and_is_not_doubted(boot: str, seconds: int, count: int) -> None:
    other = Moment(START + timedelta(seconds=seconds), boot, count)
    assert cw.judged(at(1000), other) is cw.judged(other, at(1000)) is cw.judged(other, other) is None
    assert cw.behind(other, [Evidence(START + timedelta(days=900), Against.FILE)]) is None
    assert cw.started_before(other, at(1)) is cw.started_before(at(1), other) is None
    assert cw.judged(None, at(1)) is None


def test_the_newest_of_what_was_there_before_is_named() -> None:
    before = [
        Evidence(START + timedelta(days=days), against) for days, against in ((1, Against.FILE), (3, Against.BACKUP), (2, Against.SEEN))
    ]
    found = cw.behind(at(0), before)
    assert found == cw.ClockDoubted(Jump.BACKWARD, -3 * 86400, Against.BACKUP, START + timedelta(days=3))
    assert cw.behind(at(3 * 86400), before) is cw.behind(at(0), []) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_start_cannot_lie_before_what_the_machine_saw_at_an_earlier_one(seen: int, up: int) -> None:
    """The clock, put back while the program was shut, need not be behind the last event to be found out."""
    saw = at(seen)
    honest = Moment(saw.at + timedelta(seconds=60 + up), BOOTS[1], up * SECOND)
    assert cw.started_before(honest, saw) is None
    back = Moment(honest.at - timedelta(seconds=60 + 10 + up / 900), BOOTS[1], up * SECOND)
    found = cw.started_before(back, saw)
    assert found is not None
    assert (found.against, found.told) == (Against.BOOT, saw.at)


# what nothing attests ------------------------------------------------------------------------------------------------


def walked(*moments: Moment, doubts: int = 0) -> set[int]:
    walk = Attesting()
    for number, moment in enumerate(moments, start=1):
        walk.add(number, moment, doubts=number == doubts)
    return walk.unattested


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 10**5)), max_size=40))
def test_an_honest_history_over_many_starts_is_attested_throughout(steps: list[tuple[int, int]]) -> None:
    now, boot, up, moments = 0, 0, 0, []
    for starts, more in steps:
        now, up = now + more, up + more
        if starts == 0:
            boot, up = boot + 1, 0
        moments.append(Moment(START + timedelta(seconds=now), str(UUID(int=boot)), up * SECOND))
    assert walked(*moments) == set()


def test_within_one_start_what_disagrees_with_its_first_event_is_not_attested_until_it_agrees_again() -> None:
    assert walked(at(0), at(60, moved=7200), at(90, moved=7200), at(120)) == {2, 3}


def test_many_small_steps_of_the_clock_are_found_together() -> None:
    moments = [at(60 * n, moved=4 * n) for n in range(10)]
    assert all(cw.judged(a, b) is None for a, b in pairwise(moments))
    assert walked(*moments) == {3, 4, 5, 6, 7, 8, 9, 10}


def test_of_two_starts_that_contradict_each_other_neither_is_attested_and_the_next_is() -> None:
    later = timedelta(days=1500)
    wrong = [Moment(START + later + timedelta(seconds=n), BOOTS[1], n * SECOND) for n in (10, 20)]
    right = [Moment(START + timedelta(days=1, seconds=n), BOOTS[2], n * SECOND) for n in (10, 20)]
    after = Moment(START + timedelta(days=2), BOOTS[3], SECOND)
    assert walked(at(1), *wrong, *right, after) == {2, 3, 4, 5}


def test_a_doubt_of_an_opening_holds_until_the_next_start() -> None:
    assert walked(at(1), at(2), at(3), Moment(START + timedelta(days=1), BOOTS[1], 1), doubts=2) == {2, 3}


def test_a_start_that_the_system_does_not_tell_is_not_attested_and_a_demos_is_not_marked() -> None:
    assert walked(Moment(START, "", 1), Moment(START, "demo", 1), Moment(START - timedelta(days=9), "demo", 9)) == {1}
