"""A case under the wrong member: closed as it stands, and entered anew with its original receipt; nothing is ever re-pointed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ur_desk.domain.ids import CaseId
from ur_desk.domain.letters.delivery import Party
from ur_desk.domain.people import Account, Role
from ur_desk.domain.request import Member
from ur_desk.errors import NOTHING_LOST, Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case


@dataclass(frozen=True, slots=True)
class Replaces:
    """The case in whose place a case stands, since that one was entered under the wrong member."""

    case: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class EnteredWrong:
    """The case was entered under the wrong member: why one knows, and which case stands in its place. It stays to be seen as it was, and
    counts for nothing."""

    reason: str
    case: CaseId
    number: str


def with_reentry(body: EnteredWrong, case: "Case") -> "Case":
    """The case once it has happened."""
    return replace(case, entered_wrong=body, closed=True)


def check_reentry(body: EnteredWrong, case: "Case", by: Account) -> None:
    """Passes what the rules allow; else UserError or Forbidden in plain words."""
    if not by.has(Role.SUPERVISOR):
        raise Forbidden("A supervisor voids a case under the wrong member.", "Nothing was changed.")
    if not body.reason.strip():
        raise UserError("Say how one knows that the member is the wrong one.", NOTHING_LOST)
    if case.entered_wrong is not None:
        raise UserError(f"{case.entered_wrong.number} stands in the place of {case.number} already.", "Nothing was changed.")
    if any(s.told.party is Party.MEMBER and s.incident is None for s in case.sendings):
        raise UserError(
            "A letter of this case was sent to the wrong member.",
            "Record it first as one that reached wrong hands: that is a privacy incident. Nothing was changed.",
        )


def another_person(one: Member, other: Member) -> bool:
    """Whether the two cannot be taken for one person: the ids differ, or where one is missing the name or the birth date."""
    if one.member_id and other.member_id:
        return one.member_id.strip().casefold() != other.member_id.strip().casefold()
    return _who(one) != _who(other)


def _who(member: Member) -> tuple[object, ...]:
    return ((member.family or "").casefold().strip(), (member.given or "").casefold().strip(), member.birth_date)
