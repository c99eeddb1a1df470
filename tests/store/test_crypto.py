"""Keys: what is wrapped, sealed and signed opens and verifies with the right key, and with no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.guard.vault import Cost
from ur_desk.store import crypto
from ur_desk.store.crypto import Keys, WrongKeyError, seal, stretched, unwrap, unwrapped, verify, wrap

CHEAP = Cost(1, 8192)


@given(st.binary(max_size=200))
def test_a_signature_is_of_its_message_and_its_key_alone(message: bytes) -> None:
    keys = Keys.new()
    signature = keys.sign(message)
    assert verify(keys.key, message, signature)
    assert not verify(keys.key, message + b"x", signature)
    assert not verify(Keys.new().key, message, signature)
    assert not verify(keys.key, message, signature[:-2] + ("00" if signature[-2:] != "00" else "01"))


@pytest.mark.parametrize(("key", "signature"), [("", ""), ("no hex", "no hex"), ("00", "00"), ("ab" * 32, "cd" * 64), ("é", "é")])
def test_what_is_no_key_or_no_signature_verifies_nothing(key: str, signature: str) -> None:
    assert not verify(key, b"message", signature)


def test_what_is_wrapped_opens_with_its_key_only() -> None:
    salt = crypto.new_salt()
    wrapping = stretched("one passphrase", salt, CHEAP)
    keys = Keys.new()
    assert unwrapped(keys.wrapped(wrapping), wrapping).public == keys.public
    for other in (stretched("another", salt, CHEAP), stretched("one passphrase", crypto.new_salt(), CHEAP)):
        with pytest.raises(WrongKeyError):
            unwrapped(keys.wrapped(wrapping), other)


@pytest.mark.parametrize("place", [0, 23, 24, 40, -1])
def test_a_single_changed_bit_of_what_is_wrapped_shows(place: int) -> None:
    wrapped = bytearray(wrap(b"secret" * 8, bytes(32)))
    wrapped[place] ^= 1
    with pytest.raises(WrongKeyError):
        unwrap(bytes(wrapped), bytes(32))


def test_what_is_sealed_opens_for_its_holder_only() -> None:
    keys = Keys.new()
    sealed = seal(b"data key", keys.public.seal)
    assert keys.opened([sealed, seal(b"newer", keys.public.seal)]) == (b"data key", b"newer")
    with pytest.raises(WrongKeyError):
        Keys.new().opened([sealed])


def test_a_share_of_the_computer_changes_the_key() -> None:
    salt = crypto.new_salt()
    assert stretched("p", salt, CHEAP) == stretched("p", salt, CHEAP)
    assert stretched("p", salt, CHEAP, b"share") != stretched("p", salt, CHEAP)
    assert stretched("p", salt, CHEAP, b"share") != stretched("p", salt, CHEAP, b"other")


def test_the_keys_of_a_seed_are_always_the_same_and_differ_from_each_other() -> None:
    keys = Keys(bytes(range(32)))
    assert keys.public == Keys(bytes(range(32))).public
    assert keys.public.sign != keys.public.seal
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(b"short")


def test_a_guess_costs_at_least_what_the_floor_says() -> None:
    found = crypto.measured()
    assert found.memory >= 128 * 1024 * 1024
    assert 2 <= found.passes <= 16
