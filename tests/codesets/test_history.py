import gzip
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk import paths
from ur_desk.codesets import history
from ur_desk.codesets.history import History, Release, Span, State
from ur_desk.domain.codes import Validity

OLD = Release(date(2000, 1, 1), date(2000, 12, 31))
NEW = Release(date(2010, 1, 1), date(2010, 12, 31))
CHANGED = (Span(date(2004, 12, 31), date(2004, 12, 31), State.BILLABLE), Span(date(2005, 1, 1), date(2005, 1, 1), State.HEADER))
PLAIN = History(date(2000, 1, 1), NEW.first, (OLD, NEW), {"A01": CHANGED})
PACKED = History(
    date(2000, 1, 1),
    NEW.first,
    (OLD, Release(date(2001, 1, 1), date(2008, 12, 31), cumulative=True), NEW),
    {},
)
FOLDER = paths.resources() / "codesets"
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def _states() -> dict[str, str]:
    lines = gzip.decompress((FOLDER / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()
    return {code: states for code, states, _ in (line.split("\t") for line in lines)}


@pytest.mark.parametrize(
    ("states", "year", "known"),
    [
        ("bb", 1999, Validity.UNKNOWN),
        ("bb", 2000, Validity.VALID),
        ("bb", 2005, Validity.VALID),
        ("bb", 2020, Validity.VALID),
        ("hh", 2005, Validity.HEADER),
        ("bh", 2000, Validity.VALID),
        ("bh", 2005, Validity.UNKNOWN),
        ("bh", 2010, Validity.HEADER),
        ("bh", 2020, Validity.HEADER),
        ("-b", 2000, Validity.NOT_YET_VALID),
        ("-b", 2005, Validity.UNKNOWN),
        ("b-", 2005, Validity.UNKNOWN),
        ("b-", 2010, Validity.RETIRED),
        ("b-", 2020, Validity.RETIRED),
    ],
)
def test_a_list_holds_for_its_days_and_between_two_that_agree(states: str, year: int, known: Validity) -> None:
    assert PLAIN.on("A00", states, date(year, 6, 1)) is known


def test_the_day_of_a_change_splits_what_is_between_two_lists() -> None:
    assert PLAIN.on("A01", "bh", date(2004, 12, 31)) is Validity.VALID
    assert PLAIN.on("A01", "bh", date(2005, 1, 1)) is Validity.HEADER
    assert PLAIN.on("A01", "bh", date(1999, 12, 31)) is Validity.UNKNOWN


@pytest.mark.parametrize(
    ("states", "year", "known"),
    [
        ("--b", 2005, Validity.NOT_YET_VALID),
        ("--b", 2009, Validity.UNKNOWN),
        ("-eb", 2005, Validity.UNKNOWN),
        ("beb", 2005, Validity.VALID),
        ("be-", 2005, Validity.UNKNOWN),
        ("-e-", 2005, Validity.UNKNOWN),
        ("-e-", 2010, Validity.RETIRED),
        ("heh", 2005, Validity.UNKNOWN),
        ("hhh", 2005, Validity.HEADER),
        ("-hh", 2005, Validity.UNKNOWN),
        ("b-b", 2005, Validity.RETIRED),
    ],
)
def test_a_cumulative_list_tells_only_what_never_was_billable(states: str, year: int, known: Validity) -> None:
    assert PACKED.on("A00", states, date(year, 6, 1)) is known


@given(st.sampled_from(["bb", "hh", "--", "bh", "hb", "b-", "-b", "-h", "h-"]), days)
def test_lists_that_agree_leave_nothing_unknown_after_the_first(states: str, day: date) -> None:
    known = PLAIN.on("A00", states, day)
    if day < PLAIN.answers_from:
        assert known is Validity.UNKNOWN
    elif states[0] == states[1] or not OLD.last < day < NEW.first:
        assert known is not Validity.UNKNOWN
    else:
        assert known is Validity.UNKNOWN


def test_every_known_change_agrees_with_the_lists_around_it() -> None:
    past = history.read(FOLDER / "history.json")
    rows = _states()
    for code, spans in past.changes.items():
        states = rows[code]
        lists = History(past.answers_from, past.released, past.lists, {}).spans(code, states)
        for eve, change in zip(spans[::2], spans[1::2], strict=True):
            assert not any(one.first < change.first <= one.last for one in lists), code
            assert [one.state for one in lists if one.last < change.first][-1:] in ([], [eve.state]), code
            assert next(one.state for one in lists if one.first >= change.first) is change.state, code


def test_changes_are_whole_each_expanded_code_has_its_new_ones_on_the_same_day() -> None:
    past = history.read(FOLDER / "history.json")
    rows = _states()
    starts = {code: spans[1] for code, spans in past.changes.items()}
    for code, change in starts.items():
        if change.state is State.HEADER:
            below = [child for child in rows if child.startswith(code) and child != code]
            assert any(child in starts and starts[child].first == change.first for child in below), code
