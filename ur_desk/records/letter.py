"""Letter contents and plan profiles to canonical bytes and back; each carries the name and version of its form."""

from typing import Any, TypeVar

import msgspec

from ur_desk.domain.letter import LetterContent, PlanProfile
from ur_desk.records.canonical import canonical_bytes

LETTER = "ur-desk-letter/1"
PROFILE = "ur-desk-plan-profile/1"

T = TypeVar("T", LetterContent, PlanProfile)


def letter_bytes(content: LetterContent) -> bytes:
    """The canonical bytes of a letter's content: the record of what it says, sources included."""
    return _bytes(content, LETTER)


def letter_from(data: bytes) -> LetterContent:
    """The letter that the bytes tell; ValueError where they tell none that this version knows."""
    return _from(data, LETTER, LetterContent)


def profile_bytes(profile: PlanProfile) -> bytes:
    """The canonical bytes of a plan profile."""
    return _bytes(profile, PROFILE)


def profile_from(data: bytes) -> PlanProfile:
    """The plan profile that the bytes tell; ValueError where they tell none that this version knows."""
    return _from(data, PROFILE, PlanProfile)


def _bytes(value: LetterContent | PlanProfile, schema: str) -> bytes:
    data: dict[str, Any] = msgspec.to_builtins(value, order="deterministic")
    return canonical_bytes({"data": data, "schema": schema})


def _from(data: bytes, schema: str, kind: type[T]) -> T:
    try:
        told = msgspec.json.decode(data)
        if told["schema"] != schema:
            raise KeyError(schema)
        return msgspec.convert(told["data"], kind)
    except (msgspec.MsgspecError, KeyError, TypeError) as wrong:
        raise ValueError(f"not {schema}: {type(wrong).__name__}") from wrong
