"""One field at a time: quoting, hidden characters, and paths."""

import pytest

from ur_desk.domain.intake.fields import Fields, day_of
from ur_desk.domain.policy import Severity
from ur_desk.domain.visible import clip, hidden, spelled, visible, without_ssn


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("short", "short"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        ("x" * 5_000_000, "x" * 39 + "…"),
        ("a\nb\t c", "a b c"),
        ("a\u202eb\ud800", "ab"),
        ("", ""),
    ],
)
def test_a_text_is_quoted_in_one_line_that_can_be_printed(text: str, quoted: str) -> None:
    assert clip(text) == quoted


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x1b", "\x7f", "\x9b", "\u00ad", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\ud834", "\U000e0041"]
)
def test_characters_that_do_not_show_are_left_out(unseen: str) -> None:
    assert visible(f"a{unseen}b") == "ab"


@pytest.mark.parametrize("word", ["ไทย\u200bไทย", "ລາວ\u200bລາວ", "ខ្មែរ\u200bខ្មែរ", "မြန်\u200bမာ"])
def test_a_place_where_a_line_may_end_is_kept_in_scripts_that_part_no_words(word: str) -> None:
    assert visible(word) == word
    assert hidden(word) == ()
    assert visible(f"a\u200b{word}\u200b") == f"a{word}"


def test_joiners_are_spelling_behind_letters_of_scripts_that_use_them() -> None:
    assert spelled("می\u200cتوانید ශ්\u200dරී") == {2, 12}
    assert spelled("pay\u200dpal \u200c李\u200d") == frozenset()


@pytest.mark.parametrize("shown", ["é", "李", "עברית", "👩‍⚕️", "\u200d", "\t", "\n", "½", "<"])
def test_characters_that_show_or_join_are_kept(shown: str) -> None:
    assert visible(f"a{shown}b") == f"a{shown}b"


@pytest.mark.parametrize(
    "text", ["", "2017", "2017-13-01", "2017-02-29", "00/10/2017", "10/12/17", "1849-12-31", "2200-01-01", "2017-10-12T00:00"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_a_path_runs_from_the_whole_to_the_field() -> None:
    fields = Fields(Severity.WARNING)
    fields.at("services", 2).refuse("code", "x", "wrong")
    fields.fail("services", "y", "broken")
    fields.at("member").at("representative").doubt("name", "z", "odd")
    assert [(p.where, p.severity.value) for p in fields.problems] == [
        ("services.2.code", "warning"),
        ("services", "error"),
        ("member.representative.name", "warning"),
    ]


def test_no_character_that_prints_is_hidden_or_a_break() -> None:
    printing = "".join(c for c in map(chr, range(0x110000)) if c.isprintable())
    assert visible(printing) == printing
    assert visible(printing + "\n") == printing + "\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SSN 123-45-6789, call her", "SSN •••-••-6789, call her"),
        ("her number is 123 45 6789.", "her number is •••-••-6789."),
        ("123.45.6789", "•••-••-6789"),
        ("ssn#123456789", "ssn#•••-••-6789"),
        ("Social Security No. 123456789", "Social Security No. •••-••-6789"),
        ("SS number is: 123456789", "SS number is: •••-••-6789"),
        ("two: 123-45-6789 and 987-65-4321", "two: •••-••-6789 and •••-••-4321"),
        ("call 317-555-0101 or 1-800-555-0101", "call 317-555-0101 or 1-800-555-0101"),
        ("123456789", "123456789"),
        ("46204-1234, 12-34-5678, 123-45-67890, 0123-45-6789", "46204-1234, 12-34-5678, 123-45-67890, 0123-45-6789"),
        ("123-45 6789", "123-45 6789"),
        ("ICD M54.5, CPT 76120, 10-12-2017", "ICD M54.5, CPT 76120, 10-12-2017"),
        ("", ""),
    ],
)
def test_a_social_security_number_is_masked_but_for_its_last_four_digits(text: str, shown: str) -> None:
    assert without_ssn(text) == shown


@pytest.mark.parametrize("text", ["ssn " * 50_000, "1" * 200_000, "123-45-" * 30_000, "social sec no is : " * 20_000])
def test_long_texts_are_looked_through_in_one_go(text: str) -> None:
    assert without_ssn(text) == text
