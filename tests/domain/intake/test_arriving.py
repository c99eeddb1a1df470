"""How one request resembles another: laws for any two, and a table for the edges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import line, request
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.events import Use
from ur_desk.domain.intake.arriving import Likeness, folded, id_key, is_message, likeness, traits_of, use_of
from ur_desk.domain.request import OPENS_A_CASE, Kind

DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 1))


def traits(content: str = "x", **changes: object) -> object:
    return traits_of(request(**changes), content)  # type: ignore[arg-type]


@given(st.text(max_size=30))
def test_what_senders_write_differently_makes_no_difference(text: str) -> None:
    assert folded(text) == folded(f" {text.upper()}-./ ".lower()) or not text.isascii()
    assert folded(folded(text)) == folded(text)


@given(DAYS, st.integers(0, 20), DAYS, st.integers(0, 20))
def test_days_overlap_exactly_where_they_share_one(one: date, long: int, other: date, wide: int) -> None:
    mine = traits("a", services=(replace(line(), first_day=one, last_day=one + timedelta(days=long)),))
    theirs = traits("b", services=(replace(line(), first_day=other, last_day=other + timedelta(days=wide)),))
    share = {one + timedelta(days=n) for n in range(long + 1)} & {other + timedelta(days=n) for n in range(wide + 1)}
    assert (likeness(mine, theirs) is Likeness.SERVICE) == bool(share)  # type: ignore[arg-type]
    assert likeness(mine, theirs) == likeness(theirs, mine)  # type: ignore[arg-type]


def test_an_unknown_member_is_nobodys_double() -> None:
    unknown = replace(request().member, family=None, given=None, member_id=None, birth_date=None)
    assert likeness(traits("a", member=unknown), traits("b", member=unknown)) is None  # type: ignore[arg-type]


def test_a_service_in_words_alone_is_nobodys_double() -> None:
    words = (line(1, None, "Cineradiography"),)
    assert likeness(traits("a", services=words), traits("b", services=words)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_message_has_its_own_place_in_a_case(kind: Kind) -> None:
    assert is_message(kind) == (kind not in OPENS_A_CASE)
    named = {Kind.CANCELLATION, Kind.REVISION, Kind.INQUIRY, Kind.NOTIFICATION, Kind.RESPONSE}
    assert (use_of(kind).value == kind.value) == (kind in named)
    assert use_of(None) is Use.INFORMATION


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R-1", "r 1", True),
        ("2026/11", "2026-11", True),
        (" R-1 ", "R-1", True),
        ("1-11", "11-1", False),
        ("R1", "R-1", False),
        ("", "-", True),
    ],
)
def test_the_parts_of_an_id_stay_apart_whatever_stands_between_them(one: str, other: str, same: bool) -> None:
    assert (id_key(one) == id_key(other)) == same
