"""Which PIN is taken, and after how long the desk may lock itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.guard.lock import IDLE_LEAST, IDLE_MOST, check_idle, check_pin
from ur_desk.errors import UserError


@pytest.mark.parametrize("pin", ["407291", "000417", "86420975", "112358132134"])
def test_a_pin_without_a_pattern_is_taken(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize(
    "pin",
    ["", "12345", "123456", "987654", "111111", "890123", "135791", "121212", "123123", "40724072", "001100", "1234567890123", "40729a",
     "٤٠٧٢٩١", "407 291", "-407291", "4072.91", "４０７２９１"],
)  # fmt: skip
def test_a_pin_that_is_tried_first_or_is_none_is_refused(pin: str) -> None:
    with pytest.raises(UserError) as refused:
        check_pin(pin)
    assert refused.value.hint


@given(st.text(max_size=14))
def test_whatever_is_typed_is_taken_or_refused_in_words(typed: str) -> None:
    try:
        check_pin(typed)
    except UserError:
        return
    assert 6 <= len(typed) <= 12
    assert all(letter in "0123456789" for letter in typed)


@pytest.mark.parametrize("minutes", [IDLE_LEAST, 15, IDLE_MOST])
def test_minutes_within_the_limits_are_taken(minutes: int) -> None:
    check_idle(minutes)


@pytest.mark.parametrize("minutes", [IDLE_LEAST - 1, IDLE_MOST + 1])
def test_minutes_beyond_them_are_refused(minutes: int) -> None:
    with pytest.raises(UserError):
        check_idle(minutes)
