"""How letters leave: in which print, under which number, and with which sheets before them or for the way back."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.request import Member

if TYPE_CHECKING:
    from ur_desk.domain.case import Case


def wants_large_print(member: Member) -> bool:
    """Whether the member asked for large print."""
    return "large" in (member.format or "").casefold()


def letter_number(case: "Case", place: int = 0) -> str:
    """The number of a case's letter, which names no person; `place` from 1, else that of the next letter."""
    return f"{case.number}-L{place or len(case.letters) + 1}"


@dataclass(frozen=True, slots=True)
class FaxCover:
    """The first sheet of a fax: whose it is, to whom and to which number, how many pages with this one, on which day. It names no member
    and no case: whoever stands at the other machine reads it."""

    plan: PlanProfile
    to_whom: str
    fax: str
    pages: int
    dated: date


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """The sheet that comes back on top of records: whose fax, and the number of the case that they belong to."""

    plan: PlanProfile
    case_number: str
    dated: date


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What a sheet says: a title, facts as label and value, the text of a bar code with what it is called, and paragraphs under headings."""

    title: str
    sender: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    dated: date
    language: str
    bars: str = ""
    bars_told: str = ""
