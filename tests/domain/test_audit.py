"""The trail: every single change, removal or swap shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.audit import GENESIS, Head, Kept, body_hash, named, verify
from ur_desk.domain.events import CaseId, EventId, LetterId, LetterIssued
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import PolicyId, Sha256
from ur_desk.domain.workspace import PolicyLoaded
from ur_desk.store.crypto import Keys
from ur_desk.store.crypto import verify as signed

SIGNER = Keys.new()


def chain(cases: list[int]) -> list[Kept]:
    """A trail of one event a number; the number says in which case (0: none)."""
    kept: list[Kept] = []
    last, in_case = GENESIS, dict.fromkeys(cases, GENESIS)
    for place, case in enumerate(cases, start=1):
        body = body_hash(b"salt", str(place).encode())
        at = NOW + timedelta(seconds=place)
        head = Head(
            EventId(f"e{place}"), place, at, "boot", place, AccountId("a"), "verb", CaseId(f"c{case}") if case else None, body, last, in_case[case] if case else GENESIS, "",
            SIGNER.key
        )  # fmt: skip
        head = replace(head, signature=SIGNER.sign(head.statement))
        last = head.seal
        if case:
            in_case[case] = last
        kept.append(Kept(head, head.seal, body))
    return kept


CASES = st.lists(st.integers(0, 3), min_size=2, max_size=12)


@given(CASES)
def test_a_trail_that_nobody_touched_holds(cases: list[int]) -> None:
    found = verify(chain(cases), signed)
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
    assert not verify(kept, signed).holds


@given(CASES, st.data())
def test_a_head_that_was_changed_and_sealed_anew_shows_behind_it(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    place = data.draw(st.integers(0, len(kept) - 2))
    head = replace(kept[place].head, verb="other")
    kept[place] = replace(kept[place], head=head, seal=head.seal)
    assert not verify(kept, signed).holds


@given(CASES, st.data())
def test_a_head_that_was_changed_and_signed_by_somebody_else_shows(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    forged = replace(kept[-1].head, verb="other")
    kept[-1] = replace(kept[-1], head=replace(forged, signature=Keys.new().sign(forged.statement)))
    kept[-1] = replace(kept[-1], seal=kept[-1].head.seal)
    assert not verify(kept, signed).holds


def test_events_from_before_the_vault_stand_before_the_first_signed_one_only() -> None:
    old = [replace(k, head=replace(k.head, signature="", key="")) for k in chain([0])]
    old = [replace(k, seal=k.head.seal) for k in old]
    assert verify(old, signed).holds
    later = chain([0, 0])
    bare = replace(later[1].head, signature="", key="", previous=later[0].seal)
    assert not verify([later[0], Kept(bare, bare.seal, later[1].body)], signed).holds


@given(CASES, st.data())
def test_a_removed_event_before_the_end_shows(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    del kept[data.draw(st.integers(0, len(kept) - 2))]
    assert not verify(kept, signed).holds


@given(CASES, st.data())
def test_swapped_events_show(cases: list[int], data: st.DataObject) -> None:
    kept = chain(cases)
    place = data.draw(st.integers(0, len(kept) - 2))
    kept[place], kept[place + 1] = kept[place + 1], kept[place]
    assert not verify(kept, signed).holds


def test_a_changed_or_missing_body_shows_and_a_purged_one_is_counted() -> None:
    kept = chain([1, 1, 2])
    kept[1] = replace(kept[1], body=None)
    assert [b.number for b in verify(kept, signed).breaks] == [2]
    purged = verify(kept, signed, {EventId("e2")})
    assert purged.holds
    assert purged.purged == 1
    kept[1] = replace(kept[1], body=body_hash(b"salt", b"other"))
    assert [b.number for b in verify(kept, signed, {EventId("e2")}).breaks] == [2]


@dataclass(frozen=True)
class Inner:
    text: Sha256
    words: str = "d" * 64


@dataclass(frozen=True)
class Outer:
    file: Sha256 | None
    pins: tuple[Inner, ...] = ()
    pair: tuple[str, Sha256] = ("p", Sha256("2"))
    either: Inner | int = 7
    held: frozenset[Sha256 | None] = frozenset()
    by_name: Mapping[Sha256, Inner] = field(default_factory=dict)


def test_every_hash_that_a_value_names_is_found_by_its_type() -> None:
    assert set(named(Outer(None))) == {"2"}
    inner = Inner(Sha256("3"))
    deep = Outer(
        Sha256("1"),
        (inner, Inner(Sha256("4"))),
        either=Inner(Sha256("5")),
        held=frozenset({Sha256("6"), None}),
        by_name={Sha256("7"): Inner(Sha256("8"))},
    )
    assert set(named(deep)) == set("12345678")
    assert set(named("no value")) == set()


def test_the_hashes_of_all_event_bodies_are_found() -> None:
    body = LetterIssued(LetterId("l"), "adverse", (1,), Sha256("a"), Sha256("b"), Sha256("c"), NOW.date(), "R")
    assert set(named(body)) == {"a", "b", "c"}
    assert set(named(PolicyLoaded(PolicyId("P"), None, False, Sha256("t"), Sha256("r"), None))) == {"t", "r"}
