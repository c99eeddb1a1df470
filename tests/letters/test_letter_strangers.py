"""Members of other cases in a letter: found by name, birth date and number however written; the own case's people are left alone."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_letter_lint import TRUE, denied, of, words_at

from ur_desk.domain.letters.lint import Weight
from ur_desk.letters.lint.strangers import others_of

OTHERS = others_of(
    [
        ("Brown, Jo", date(1950, 3, 4), "UR-2026-000009", "DEMO-77"),
        ("O’Neil-Stark, Mary Ann", date(1961, 12, 30), "UR-2026-000010", "4711"),
        ("Long, Will", date(2001, 1, 2), "UR-2026-000011", "1002003"),
        ("Castellanos, Peer", None, "UR-2026-000012", ""),
    ]
)
FOUND = {
    "Jo Brown had the same care.": ("other_person", "Jo Brown"),
    "We saw jo brown too.": ("other_person", "jo brown"),
    "We saw JO BROWN too.": ("other_person", "JO BROWN"),
    "Mr. Brown had the same care.": ("other_person", "Mr. Brown"),
    "It helped mrs brown.": ("other_person", "mrs brown"),
    "Jo J. Brown had the same care.": ("other_person", "Jo J. Brown"),
    "Jo Jean Brown had the same care.": ("other_person", "Jo Jean Brown"),
    "Brown, Jo had the same care.": ("other_person", "Brown, Jo"),
    "Jo\u200b\u00a0Br\u00adown had it.": ("other_person", "Jo Brown"),
    "J\u043e Brown had it.": ("other_person", "J\u043e Brown"),
    "Mary Ann O'Neil Stark had it.": ("other_person", "Mary Ann O'Neil Stark"),
    "Ms. O'Neil-Stark had it.": ("other_person", "Ms. O'Neil-Stark"),
    "Will Long had it.": ("other_person", "Will Long"),
    "See case UR-2026-000009 for this.": ("other_number", "UR-2026-000009"),
    "See case UR 2026/000009 for this.": ("other_number", "UR 2026/000009"),
    "Member demo 77 had it.": ("other_number", "demo 77"),
    "Member 1002003 had it.": ("other_number", "1002003"),
    **{
        f"Born on {day}.": ("other_birth_date", day)
        for day in (
            "March 4, 1950", "March 4th, 1950", "4 March 1950", "4th of March 1950", "Mar. 4, 1950", "03-04-1950", "3.4.1950", "4.3.1950",
            "3/4/50", "3 / 4 / 1950", "1950-03-04", "1950/3/4",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("said", FOUND)
def test_a_member_of_another_case_is_found_however_written(said: str) -> None:
    rule, words = FOUND[said]
    told = denied(f"{TRUE} {said}")
    found = [f for f in of(told, others=OTHERS) if f.rule.startswith("other_")]
    assert [(f.rule, words_at(told, f)) for f in found] == [(rule, words)]
    assert all(f.weight is Weight.STOPS for f in found)


def test_a_name_on_two_lines_is_marked_on_both() -> None:
    told = denied(f"{TRUE} It helped Jo\nBrown.")
    assert [words_at(told, f) for f in of(told, others=OTHERS) if f.rule == "other_person"] == ["Jo", "Brown"]


@pytest.mark.parametrize(
    "said",
    [
        "You will long for sleep.",
        "The brown mark is old.",
        "You spoke to Jo. Brown rice was advised.",
        "You saw Dr. Imogen Castellanos, and Castellanos, Imogen wrote.",
        "You were born on April 2, 1968.",
        "You walked 4711 steps, then 10,020.",
        "Your case is UR-2026-000417, and you are DEMO-000123.",
        "Call 1-800-555-0100 on 03/04 at 19:50.",
    ],
)
def test_words_that_name_nobody_else_are_left_alone(said: str) -> None:
    assert not [f for f in of(denied(f"{TRUE} {said}"), others=OTHERS) if f.rule.startswith("other_")]


@given(st.text(max_size=30), st.none() | st.dates(), st.text(max_size=20), st.text(max_size=20))
@example("", None, "", "")
@example("Brown", None, "", "")
@example(", Jo", None, "", "")
def test_whatever_a_case_is_called_it_can_be_looked_for(name: str, born: date | None, number: str, member: str) -> None:
    told = others_of([(name, born, number, member)])
    assert told.born == ({born} if born else set())
    assert all(family[0] == first for first, people in told.families.items() for family, _ in people)
