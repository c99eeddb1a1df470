"""The trail: every single change, removal or swap shows."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.audit import GENESIS, Head, Kept, body_hash, verify
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId


def chain(cases: list[int]) -> list[Kept]:
    """A trail of one event a number; the number says in which case (0: none)."""
    kept: list[Kept] = []
    last, in_case = GENESIS, dict.fromkeys(cases, GENESIS)
    for place, case in enumerate(cases, start=1):
        body = body_hash(b"salt", str(place).encode())
        at = NOW + timedelta(seconds=place)
        head = Head(
            EventId(f"e{place}"), place, at, "boot", place, AccountId("a"), "verb", CaseId(f"c{case}") if case else None, body, last, in_case[case] if case else GENESIS
        )  # fmt: skip
        last = head.seal
        if case:
            in_case[case] = last
        kept.append(Kept(head, head.seal, body))
    return kept


CASES = st.lists(st.integers(0, 3), min_size=2, max_size=12)


@given(CASES)
def test_a_trail_that_nobody_touched_holds(cases: list[int]) -> None:
    found = verify(chain(cases))
    assert found.holds
    assert found.events == len(cases)


def other(value: Any) -> Any:
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if value else "x"


@given(CASES, st.data())
def test_any_changed_field_of_any_head_shows(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    place = data.draw(st.integers(0, len(kept) - 1))
    name = data.draw(st.sampled_from([f.name for f in fields(Head)]))
    head = kept[place].head
    kept[place] = replace(kept[place], head=replace(head, **{name: other(getattr(head, name))}))
    assert not verify(kept).holds


@given(CASES, st.data())
def test_a_head_that_was_changed_and_sealed_anew_shows_behind_it(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    place = data.draw(st.integers(0, len(kept) - 2))
    head = replace(kept[place].head, verb="other")
    kept[place] = replace(kept[place], head=head, seal=head.seal)
    assert not verify(kept).holds


@given(CASES, st.data())
def test_a_removed_event_before_the_end_shows(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    del kept[data.draw(st.integers(0, len(kept) - 2))]
    assert not verify(kept).holds


@given(CASES, st.data())
def test_swapped_events_show(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    place = data.draw(st.integers(0, len(kept) - 2))
    kept[place], kept[place + 1] = kept[place + 1], kept[place]
    assert not verify(kept).holds


def test_a_changed_body_shows_and_a_purged_one_does_not() -> None:
    kept = chain([1, 1, 2])
    kept[1] = replace(kept[1], body=None)
    assert verify(kept).holds
    assert verify(kept).purged == 1
    kept[1] = replace(kept[1], body=body_hash(b"salt", b"other"))
    assert [b.number for b in verify(kept).breaks] == [2]
