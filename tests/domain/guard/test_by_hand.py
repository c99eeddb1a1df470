"""What people copy by hand: it comes back, and every slip shows."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ur_desk.domain.guard.by_hand import ALPHABET, digits, is_last_group, read, written
from ur_desk.errors import UserError

BYTES = st.binary(min_size=1, max_size=40)


@given(BYTES)
def test_what_is_written_is_read_back(data: bytes) -> None:
    assert read(written(data), len(data)) == data


@given(BYTES)
def test_case_blanks_hyphens_and_look_alikes_do_not_matter(data: bytes) -> None:
    told = written(data).lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert read(f"  {told} ", len(data)) == data


@given(st.binary(min_size=12, max_size=32), st.data())
def test_one_wrong_letter_or_two_swapped_ones_show(data: bytes, drawn: st.DataObject) -> None:
    told = list(written(data))
    place = drawn.draw(st.sampled_from([n for n, c in enumerate(told) if c != "-"]))
    other = drawn.draw(st.sampled_from([c for c in ALPHABET if c != told[place]]))
    wrong = "".join([*told[:place], other, *told[place + 1 :]])
    # fifteen bits of check: one slip in 32,768 may pass as another number, never as the same
    with suppress(UserError):
        assert read(wrong, len(data)) != data
    swapped = told.copy()
    next_place = next((n for n in range(place + 1, len(told)) if told[n] != "-"), None)
    assume(next_place is not None and told[next_place] != told[place])
    assert next_place is not None
    swapped[place], swapped[next_place] = swapped[next_place], swapped[place]
    with suppress(UserError):
        assert read("".join(swapped), len(data)) != data


@given(BYTES)
def test_the_last_group_is_known_whatever_its_case_and_with_look_alikes(data: bytes) -> None:
    told = written(data)
    last = told.rpartition("-")[2]
    for typed in (last, f" {last.lower()} ", last.replace("1", "l").replace("0", "O"), last.replace("1", "I").lower()):
        assert is_last_group(typed, told)
    assert not is_last_group(last[:-1], told)
    assert not is_last_group("", told)
    assert not is_last_group("", "")


@given(st.integers(0, 2**60), st.integers(0, 12))
def test_digits_are_the_lowest_bits_of_a_number(number: int, length: int) -> None:
    told = digits(number, length)
    assert len(told) == length
    assert sum(ALPHABET.index(character) << 5 * place for place, character in enumerate(reversed(told))) == number % 2 ** (5 * length)


@pytest.mark.parametrize("text", ["", "ABC", "U" * 23, "é" * 23, "\x00" * 23, written(bytes(12)) + "A", written(bytes(13))])
def test_what_was_never_written_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(UserError, match=r"Read it once more|groups of five|wrong"):
        read(text, 12)
