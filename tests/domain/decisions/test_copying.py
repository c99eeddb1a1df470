"""Whether a rationale is the physician's own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.decisions.copying import LEAST, copied_whole, shared_runs

NURSE = "Member has had low back pain for five months, without a red flag, and physical therapy was tried for six weeks."


def test_a_run_of_words_that_stands_in_the_nurses_text_is_pointed_out_as_it_was_typed() -> None:
    own = "I agree: low back pain for  five months WITHOUT a red flag. The study would not help."
    (run,) = shared_runs(own, (NURSE,))
    assert run.words == "low back pain for  five months WITHOUT a red flag"
    assert own[run.start : run.end] == run.words


def test_fewer_words_in_a_row_are_the_fields_own_phrases() -> None:
    assert shared_runs("Low back pain for five months speaks against it.", (NURSE,)) == ()
    assert shared_runs("", (NURSE,)) == shared_runs("word " * 20, ()) == shared_runs("word " * 20, ("",)) == ()


def test_each_run_is_as_long_as_it_goes_and_several_are_told_in_order() -> None:
    own = f"{NURSE} But then. {NURSE}"
    assert [run.words for run in shared_runs(own, ("And another text.", NURSE))] == [NURSE[:-1]] * 2


@pytest.mark.parametrize("own", [NURSE, NURSE.upper(), "a red flag, and physical therapy", "«low—back: pain»"])
def test_words_of_which_none_is_added_are_copied_whole(own: str) -> None:
    assert copied_whole(own, (NURSE,))


@pytest.mark.parametrize("own", ["", "...", NURSE + " So no.", "pain back low"])
def test_words_of_ones_own_are_not(own: str) -> None:
    assert not copied_whole(own, (NURSE,))


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_every_run_stands_in_the_other_text_and_is_long_enough(own: list[str], other: list[str]) -> None:
    text, theirs = " ".join(own), f" {' '.join(other)} "
    runs = shared_runs(text, (theirs,))
    for run in runs:
        assert f" {run.words} " in theirs
        assert len(run.words.split()) >= LEAST
    assert all(one.end < two.start for one, two in pairwise(runs))
