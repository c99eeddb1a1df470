"""Random bytes as letters and digits that a person copies by hand: grouped, without look-alikes, with a check of every slip."""

import hashlib

from ur_desk.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})
_CHECKS = 3
_GROUP = 5


def written(data: bytes) -> str:
    """The bytes as groups of five characters; the last three characters check the others."""
    number, length = int.from_bytes(data, "big"), -(-len(data) * 8 // 5)
    whole = digits(number, length) + _check(data)
    return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def read(text: str, size: int) -> bytes:
    """The bytes that somebody wrote down; case, blanks, hyphens and look-alikes do not matter. UserError where a slip shows."""
    told = meant(text)
    length = -(-size * 8 // 5)
    if len(told) != length + _CHECKS or set(told) - set(ALPHABET):
        raise UserError(
            f"That is not what was written down: it has {length + _CHECKS} letters and digits in groups of five.",
            "Read it once more, group by group. Nothing was changed.",
        )
    number = 0
    for character in told[:length]:
        number = number << 5 | ALPHABET.index(character)
    if number.bit_length() > size * 8 or _check(data := number.to_bytes(size, "big")) != told[length:]:
        raise UserError("One of the letters or digits is wrong.", "Read it once more, group by group. Nothing was changed.")
    return data


def meant(text: str) -> str:
    """What somebody copied by hand, in the one form in which it is compared: case, blanks, hyphens and look-alikes do not matter."""
    return "".join(text.upper().split()).replace("-", "").translate(_MEANT)


def is_last_group(typed: str, whole: str) -> bool:
    """Whether somebody typed the last group of what they wrote down, which shows that they came to its end."""
    return bool(whole) and meant(typed) == meant(whole.rpartition("-")[2])


def digits(number: int, length: int) -> str:
    """The lowest 5 bits times `length` of a number, the highest first, as that many characters."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _check(data: bytes) -> str:
    return digits(int.from_bytes(hashlib.sha256(b"by hand" + data).digest()[:2], "big"), _CHECKS)
