"""A draft that one person hands to another: who holds it, who handed it, and the word that goes with it."""

from dataclasses import dataclass
from datetime import datetime

from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.people import AccountId

NOTE_LIMIT = 300
"""Characters of the word that goes with a draft."""


@dataclass(frozen=True, slots=True)
class DraftHanded:
    """A draft of a new request went from whoever acts to another person; what it says, and the word with it, are no part of the trail."""

    draft: str
    to: AccountId


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft of a new request as its holder finds it; `handed_by` is who handed it to them, None where they typed it themselves."""

    name: str
    draft: Draft
    at: datetime
    handed_by: AccountId | None = None
    handed_by_name: str = ""
    note: str = ""
