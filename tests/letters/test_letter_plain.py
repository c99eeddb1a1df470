"""Text from people: what a letter takes over of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.letters import plain


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("  two   words \t here ", "two words here"),
        ("bell\x07 and null\x00 and escape\x1b[31m", "bell and null and escape [31m"),
        ("turned \u202eroundabout\u202c", "turned roundabout"),
        ("isolated \u2067right to left\u2069", "isolated right to left"),
        ("zero\u200bwidth\ufeff, soft\u00adhyphen", "zerowidth, softhyphen"),
        ("no-break\u00a0space", "no-break space"),
        ("Zo\u0065\u0308", "Zo\u00eb"),
        ("half a pair \ud83d", "half a pair \N{REPLACEMENT CHARACTER}"),
        ("two\nlines", "two lines"),
        ("<b>bold</b> & $name {x} %s", "<b>bold</b> & $name {x} %s"),
        ("\u200b\u202e", ""),
    ],
)
def test_a_line_keeps_what_can_be_seen_and_nothing_else(typed: str, told: str) -> None:
    assert plain.line(typed) == told


@given(st.text())
def test_a_line_is_plain_and_stays_as_it_is_when_made_plain_again(typed: str) -> None:
    told = plain.line(typed)
    assert plain.line(told) == told
    told.encode()
    assert not any(c in told for c in "\n\r\t\x00\u202e\u200f\u2066")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("one\ntwo", ("one", "two")),
        ("one\r\n\r\n two \u2028three", ("one", "two", "three")),
        (" \n \t\n", ()),
        ("one\u000btwo\u0085three", ("one", "two", "three")),
    ],
)
def test_paragraphs_are_the_lines_that_say_something(typed: str, told: tuple[str, ...]) -> None:
    assert plain.paragraphs(typed) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("27 Alder Street\nMuncie, IN 47302", ("27 Alder Street", "Muncie, IN 47302")),
        ("27 Alder Street, Muncie, IN 47302", ("27 Alder Street", "Muncie, IN 47302")),
        ("27 Alder Street, Apartment 4, Muncie, IN 47302-1200", ("27 Alder Street, Apartment 4", "Muncie, IN 47302-1200")),
        ("General delivery", ("General delivery",)),
        ("", ()),
    ],
)
def test_an_address_is_the_lines_of_an_envelope(typed: str, told: tuple[str, ...]) -> None:
    assert plain.address(typed) == told


def test_joiners_stay_where_they_are_spelling_and_go_where_they_hide() -> None:
    assert plain.line("می\u200cتوانید") == "می\u200cتوانید"
    assert plain.line("ไทย\u200bไทย") == "ไทย\u200bไทย"
    assert plain.line("pay\u200dpal a\u200bb") == "paypal ab"
