"""Which way writing runs, against examples of UAX #9 and against what each of its rules promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.pdf import direction

ALEF, BET, ARABIC = "\u05d0", "\u05d1", "\u0639"


def seen(text: str, paragraph: int | None = None) -> str:
    """The characters from left to right."""
    level = direction.base(text) if paragraph is None else paragraph
    return "".join(text[place] for place in direction.order(direction.levels(text, level)))


@pytest.mark.parametrize(
    ("text", "paragraph", "levels"),
    [
        ("car is אב", 0, "000000011"),
        ("אב car", 1, "111222"),
        ("אב 12", 1, "11122"),
        ("a אב 12 b", 0, "001112200"),
        (f"{ARABIC} 1", 1, "112"),  # W2
        ("1+2", 1, "222"),  # W4
        ("$10", 1, "222"),  # W5
        ("1 + 2", 1, "21112"),  # W6
        ("a1", 1, "22"),  # W7
        (f"a({ALEF})b", 0, "00100"),  # N0: what stands before the brackets
        (f"a {ALEF}, {BET} b", 0, "00111100"),  # N1
        (f"a {ALEF} b", 0, "00100"),  # N2
        (f"{ALEF}\u05b4a", 1, "112"),  # W1
        (f"{ALEF}\u200d{BET}", 1, "111"),  # passed over
    ],
)
def test_levels_are_those_of_the_rules(text: str, paragraph: int, levels: str) -> None:
    assert "".join(map(str, direction.levels(text, paragraph))) == levels


def test_a_paragraph_runs_as_its_first_strong_character() -> None:
    assert [direction.base(text) for text in ("12 אב", "12 ab", "", "...", f"({ARABIC} a")] == [1, 0, 0, 0, 1]


def test_pieces_are_seen_in_their_order() -> None:
    assert seen("אב car אב") == "בא car בא"
    assert seen("he said “אב, ג” twice") == "he said “ג ,בא” twice"


@pytest.mark.parametrize("number", ["1-800-555-0142", "(800) 555-0142", "+1 800 555 0142", "800.555.0142", "٠٨٠٠-٥٥٥"])
@pytest.mark.parametrize("word", ["اتصل", "חייגו"])
def test_a_telephone_number_is_never_turned(number: str, word: str) -> None:
    assert number in seen(f"{word} {number} {word}")
    assert number in seen(f"call {word} {number}")


@given(st.text(alphabet="ab אב عب12٣ +-,.:/$%()[]\u0301\u064b\u200d", max_size=14), st.sampled_from([0, 1]))
def test_every_character_has_one_place_and_a_level_of_its_paragraph(text: str, paragraph: int) -> None:
    levels = direction.levels(text, paragraph)
    assert len(levels) == len(text)
    assert all(paragraph <= level <= paragraph + 2 for level in levels)
    assert sorted(direction.order(levels)) == list(range(len(text)))
