"""How letters leave: in which print, under which name of a file, and (with `delivery`) how and when."""

from typing import TYPE_CHECKING

from ur_desk.domain.request import Member

if TYPE_CHECKING:
    from ur_desk.domain.case import Case


def wants_large_print(member: Member) -> bool:
    """Whether the member asked for large print."""
    return "large" in (member.format or "").casefold()


def letter_number(case: "Case", place: int = 0) -> str:
    """The number of a case's letter, which names no person; `place` from 1, else that of the next letter."""
    return f"{case.number}-L{place or len(case.letters) + 1}"
