"""Words of several alphabets are refused where a decision is signed; measures, substances and names of other tongues are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outcome_story import CITED, OSEI, Story, denial

from ur_desk.domain.determination import Reason
from ur_desk.domain.scripts import mixed_word
from ur_desk.errors import UserError


@pytest.mark.parametrize("word", ["n\u0435ed", "c\u043est", "f\u03b9nal", "n\u00aaurse", "\u0405cost", "appe\u0251\u0430l"])
def test_a_word_of_two_alphabets_is_named(word: str) -> None:
    assert mixed_word(f"You do not {word}, and 5 \u03bcg of it.") == word


@pytest.mark.parametrize(
    "text", ["TNFα and β-blocker", "5 μg, 5 µg", "Zoë Muñoz-Łukasz", "ﬁnal", "don\u02bct", "e\u0301tude", "Москва and Muncie", "1ª", "x² ⁿ"]
)
def test_what_people_rightly_write_is_left_alone(text: str) -> None:
    assert mixed_word(text) is None


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_latin_text_mixes_nothing_but_ordinals(text: str) -> None:
    assert mixed_word(text.replace("ª", "").replace("º", "")) is None


@pytest.mark.parametrize("field", ["reason", "information_needed", "alternatives"])
def test_a_decision_with_such_a_word_is_not_signed(field: str) -> None:
    said = "You do not n\u0435ed this."
    told = {field: Reason(said, CITED) if field == "reason" else said}
    with pytest.raises(UserError, match="mixes letters of several alphabets"):
        Story().referred(1).tell(denial(1, **told), OSEI)
