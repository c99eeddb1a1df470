"""Checkpoints: the newest event of the trail as a short code that leaves the machine on paper, and what came of those that left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ur_desk.domain.audit import Break
from ur_desk.domain.guard.by_hand import ALPHABET, digits, meant
from ur_desk.errors import UserError

_GROUP = 5
_CHARACTERS = 10
"""50 bits of the seal: whoever rewrites the trail would have to hit them by chance."""
_MOST_DIGITS = 12


class Outside(StrEnum):
    """How a code left the machine."""

    LETTER = "letter"
    BACKUP = "backup"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a code says: the number of an event, and the first ten characters (base 32) of its seal."""

    number: int
    mark: str

    def __str__(self) -> str:
        return f"{self.number}-{self.mark[:_GROUP]}-{self.mark[_GROUP:]}"


@dataclass(frozen=True, slots=True)
class Left:
    """The newest code that left the machine: when, and how."""

    at: datetime
    how: Outside


@dataclass(frozen=True, slots=True)
class CheckpointTold:
    """Somebody took down the code of an event, to be kept elsewhere."""

    number: int
    code: str


def of(number: int, seal: str) -> Checkpoint:
    """The checkpoint of an event by its number and its seal; ValueError where that is no number of an event or no seal."""
    data = bytes.fromhex(seal)
    if number < 0 or len(data) < _CHARACTERS:
        raise ValueError("no number of an event, or no seal")
    bits = int.from_bytes(data[:_CHARACTERS], "big") >> (8 * _CHARACTERS - 5 * _CHARACTERS)
    return Checkpoint(number, digits(bits, _CHARACTERS))


def code(number: int, seal: str) -> str:
    """The code of an event, such as `1234-ABCDE-FGHJK`: its number and the first ten characters (Crockford's base 32) of its seal."""
    return str(of(number, seal))


def read(text: str) -> Checkpoint:
    """What a code says that somebody copied by hand; case, blanks and look-alikes do not matter. UserError where it is none."""
    parts = text.split("-")
    number, mark = meant(parts[0]), meant("".join(parts[1:]))
    counted = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    if not counted or len(parts) not in (2, 3) or len(mark) != _CHARACTERS or set(mark) - set(ALPHABET):
        raise UserError(
            "That is no code of the trail.",
            "It is the number of an event and twice five letters or digits, such as 1234-ABCDE-FGHJK. Nothing was checked.",
        )
    return Checkpoint(int(number), mark)


def not_held(told: Checkpoint, seals: Mapping[int, str], events: int) -> Break | None:
    """The break where the trail does not hold what a code says; None where it does. `seals` are those of its events by number."""
    if told.number > events:
        message = f"the code {told} names event {told.number}, and the trail ends with event {events}: its end was cut off, or an older one lies here"
    elif told.number not in seals:
        message = f"the code {told} names an event that is missing"
    elif of(told.number, seals[told.number]) != told:
        message = f"the code {told} is of another event than the one that has that number now"
    else:
        return None
    return Break(told.number, str(told), message)
