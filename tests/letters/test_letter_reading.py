"""How hard a sentence reads: syllables as one hears them, grades beside known texts, long and choppy sentences."""

import pytest
from letter_cases import facts
from test_letter_lint import TRUE, denied, of, words_at

from ur_desk.letters.lint.reading import grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("back", 1), ("pain", 1), ("tried", 1), ("asked", 1), ("needed", 2), ("treated", 2), ("table", 2), ("care", 1), ("see", 1),
        ("doctor", 2), ("medical", 3), ("policy", 3), ("necessary", 4), ("investigational", 6), ("review", 2), ("x-ray", 2), ("physician", 3),
        ("evaluation", 5), ("studies", 2), ("area", 3), ("radio", 3), ("the", 1), ("a", 1), ("people", 2), ("surgery", 3), ("people’s", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_one_hears_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_at_a_low_grade_and_the_language_of_policies_at_a_high_one() -> None:
    assert grade("You have had back pain for five months.") < 4
    assert (
        grade("Cineradiographic visualization is considered investigational for evaluation of spinal instability in all indications.") > 15
    )
    assert grade("") == 0.0


def test_a_hard_sentence_is_pointed_at_and_its_neighbour_is_not() -> None:
    hard = "Cineradiographic visualization evaluates intersegmental vertebral instability."
    told = denied(f"{TRUE} {hard}")
    assert [words_at(told, f) for f in of(told) if f.rule == "grade"] == [hard]


def test_a_long_sentence_is_told_with_its_words() -> None:
    told = denied(
        "You have had pain in your back and in your leg for so long that you and your doctor now want to see how it moves when you bend it."
    )
    assert [f.message for f in of(told) if f.rule == "long"] == ["This sentence has 30 words."]


def test_four_short_sentences_in_a_row_are_choppy_and_three_are_not() -> None:
    four = "Your back hurts. You tried rest. You tried ice. It still hurts."
    told = denied(four)
    assert [words_at(told, f) for f in of(told) if f.rule == "choppy"] == [four]
    assert not [f for f in of(denied("Your back hurts. You tried rest. You tried ice.")) if f.rule == "choppy"]


def test_the_wording_of_the_program_and_the_part_for_the_provider_are_not_graded() -> None:
    assert not [f for f in of(facts()) if f.rule in ("grade", "long", "choppy")]
