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
    data: dict[str, Any] = msgspec.to_builtins(content, order="deterministic")
    return canonical_bytes({"data": data, "schema": LETTER})


def letter_from(data: bytes) -> LetterContent:
    """The letter that the bytes tell; ValueError where they tell none that this version knows."""
    return _from(data, LETTER, LetterContent)


LATER = (
    "signers", "authorization_prefix", "taglines", "grievance_text", "fair_hearing_text", "continuation_text", "independent_review_text",
    "disputed_claims_text", "late_text",
)  # fmt: skip
"""Fields that profiles of older versions do not have; where nobody filled one, a profile's bytes are those that it always had."""


def profile_bytes(profile: PlanProfile) -> bytes:
    """The canonical bytes of a plan profile; a field that came later is left out while it stands as it began."""
    begun = PlanProfile(profile.line_of_business, profile.state)
    unfilled = [name for name in LATER if getattr(profile, name) == getattr(begun, name)]
    data: dict[str, Any] = msgspec.to_builtins(profile, order="deterministic")
    return canonical_bytes({"data": {name: value for name, value in data.items() if name not in unfilled}, "schema": PROFILE})


def profile_data(profile: PlanProfile) -> dict[str, Any]:
    """A plan profile with all of its fields as plain data, for whoever fills it; `profile_from` reads it back."""
    return {"data": msgspec.to_builtins(profile, order="deterministic"), "schema": PROFILE}


def profile_from(data: bytes) -> PlanProfile:
    """The plan profile that the bytes tell; ValueError where they tell none that this version knows."""
    return _from(data, PROFILE, PlanProfile)


def _from(data: bytes, schema: str, kind: type[T]) -> T:
    try:
        told = msgspec.json.decode(data)
        if told["schema"] != schema:
            raise KeyError(schema)
        return msgspec.convert(told["data"], kind)
    except (msgspec.MsgspecError, KeyError, TypeError) as wrong:
        raise ValueError(f"not {schema}: {type(wrong).__name__}") from wrong
