"""The rules of the lock: after how long it falls, and which PIN may open it again."""

from itertools import pairwise

from ur_desk.errors import UserError

IDLE_LEAST, IDLE_USUAL, IDLE_MOST = 10, 15, 30
"""Minutes without a key or a click after which the desk locks itself; the administrator chooses between the outer two."""

PIN_TRIES = 5
"""Wrong PINs after which only the passphrase opens the desk."""

PIN_LEAST, PIN_MOST = 6, 12
"""Digits of a PIN."""


def check_idle(minutes: int) -> None:
    """UserError where the desk would lock itself too soon to work with, or too late to protect anything."""
    if not IDLE_LEAST <= minutes <= IDLE_MOST:
        raise UserError(
            f"The desk locks itself after {IDLE_LEAST} to {IDLE_MOST} minutes.",
            "Choose a number of minutes between them. Nothing was changed.",
        )


def check_pin(pin: str) -> None:
    """UserError where a PIN is too short, no run of plain digits, or one that is tried first: a count, one digit, a repeated group."""
    if not (pin.isascii() and pin.isdigit()):
        raise UserError("A PIN has digits only.", "Choose other digits, or unlock with your passphrase. Nothing was changed.")
    if not PIN_LEAST <= len(pin) <= PIN_MOST:
        raise UserError(f"A PIN has {PIN_LEAST} to {PIN_MOST} digits.", "Choose others. Nothing was changed.")
    if _counts(pin) or _repeats(pin) or len(set(pin)) < 3:
        raise UserError(
            "That PIN is among the first that are tried: it counts, or repeats itself.", "Choose other digits. Nothing was changed."
        )


def _counts(pin: str) -> bool:
    """Whether each digit is as far from the one before it as the next: 123456, 987654, 135791, 111111."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1


def _repeats(pin: str) -> bool:
    """Whether the PIN is a shorter group of digits over and over: 121212, 123123."""
    return any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1) if len(pin) % size == 0)
