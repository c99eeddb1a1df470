"""Codes of the trail: what they say, how they are read back from somebody's hand, and what a trail that does not hold them is told."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.guard.by_hand import ALPHABET
from ur_desk.domain.trail import checkpoint as cp
from ur_desk.errors import UserError


def seal(number: int, history: str = "one") -> str:
    return hashlib.sha256(f"{history} {number}".encode()).hexdigest()


SEALS = {number: seal(number) for number in range(1, 51)}


def test_a_code_is_the_number_and_the_first_fifty_bits_of_the_seal() -> None:
    # 0x00 44 32 14 c7 42 54 ... in groups of five bits counts up: 0, 1, 2, 3 ... 9
    counted = int("".join(f"{digit:05b}" for digit in range(10)), 2) << 6
    assert cp.code(1234, counted.to_bytes(7, "big").hex() + "ff" * 25) == "1234-01234-56789"


@given(st.integers(0, 10**9), st.binary(min_size=32, max_size=32))
def test_a_code_is_read_back_however_somebody_writes_it(number: int, data: bytes) -> None:
    told = cp.code(number, data.hex())
    assert cp.read(told) == cp.of(number, data.hex())
    assert cp.read(f" {told.lower()} ") == cp.read(told.replace("0", "O").replace("1", "l")) == cp.read(told)
    head, first, second = told.split("-")
    assert cp.read(f"{head}-{first}{second}") == cp.read(told)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_code_or_is_refused_in_plain_words(text: str) -> None:
    told = None
    with suppress(UserError):
        told = cp.read(text)
    assert told is None or (told.number >= 0 and set(told.mark) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "12", "12-ABCDE", "12-ABCDE-FGHJ", "12-ABCDE-FGHJU", "-ABCDE-FGHJK", "x-ABCDE-FGHJK", "1-2-ABCDE-FGHJK",
                                  "9999999999999-ABCDE-FGHJK", "٣-ABCDE-FGHJK", "1-AB-CDEFGHJK-"])  # fmt: skip
def test_a_code_with_a_slip_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no code of the trail") as refused:
        cp.read(text)
    assert "1234-ABCDE-FGHJK" in refused.value.hint


def test_no_seal_and_no_number_have_no_code() -> None:
    for number, data in ((-1, seal(1)), (1, "abcd"), (1, "no hex")):
        with pytest.raises(ValueError):
            cp.code(number, data)


@given(st.integers(1, 50))
def test_the_trail_holds_every_code_that_left_it(number: int) -> None:
    assert cp.not_held(cp.of(number, SEALS[number]), SEALS, 50) is None


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_tail_that_was_cut_off_shows_against_a_code(number: int, end: int) -> None:
    found = cp.not_held(cp.of(number, SEALS[number]), {n: s for n, s in SEALS.items() if n <= end}, end)
    assert (found is None) == (number <= end)
    assert found is None or f"names event {number}, and the trail ends with event {end}" in found.message


def test_another_history_and_a_missing_event_show_against_a_code() -> None:
    told = cp.of(7, seal(7, "another"))
    found = cp.not_held(told, SEALS, 50)
    assert found is not None
    assert (found.number, found.event) == (7, str(told))
    assert "another event" in found.message
    missing = cp.not_held(cp.of(7, SEALS[7]), {n: s for n, s in SEALS.items() if n != 7}, 50)
    assert missing is not None
    assert "missing" in missing.message
