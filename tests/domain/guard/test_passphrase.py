"""The floor under every passphrase."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.guard.passphrase import check_passphrase, normal
from ur_desk.errors import UserError

GOOD = [
    "mara walks nine quiet miles home",
    "Tr4velling-lanterns",
    "kaffee über alles im März",
    "漢字かな交じり文で書いた長い合言葉",
    "7#kP!q2Zx&mW9v",
]
BAD = {
    "": "too short",
    "short one": "too short",
    "thirteen char": "too short",
    "a b c d e f": "too short",
    "a b c d e fg hi": "try first",
    "aaaaaaaaaaaaaaaaaaaa": "repeats itself",
    "one one one one one one": "repeats itself",
    "blue blue green green red": "repeats itself",
    "passwordpassword": "try first",
    "Password 2024 Password": "try first",
    "correct horse battery staple": "try first",
    "qwertyuiopasdfgh": "try first",
    "abcdefghijklmnop": "try first",
    "12345678901234567890": "try first",
    "mara.lindqvist.2024": "try first",
    "Lindqvist Mara password": "try first",
    "x" * 1025: "longer than",
    "tab\tin the middle of a phrase": "no keyboard",
    "null\x00 byte in a longer phrase": "no keyboard",
}


@pytest.mark.parametrize("passphrase", GOOD)
def test_what_nobody_would_try_first_is_taken(passphrase: str) -> None:
    check_passphrase(passphrase, ("mara", "Mara Lindqvist"))


@pytest.mark.parametrize(("passphrase", "why"), BAD.items())
def test_what_is_below_the_floor_is_refused_with_the_reason(passphrase: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as refused:
        check_passphrase(passphrase, ("mara", "lindqvist"))
    assert passphrase[:8] not in str(refused.value) or not passphrase


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused_in_plain_words(text: str) -> None:
    with suppress(UserError):
        check_passphrase(text)
        assert len(normal(text)) >= 14 or len(normal(text).split()) >= 5


def test_two_keyboards_that_write_the_same_letters_write_the_same_passphrase() -> None:
    assert normal("Mu\u0308nchen ") == normal("M\u00fcnchen")
