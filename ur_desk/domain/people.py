"""Accounts, their roles and the credentials that stand behind a signature."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from ur_desk.errors import UserError

AccountId = NewType("AccountId", str)


class Role(StrEnum):
    """What an account may do; one account may hold several, within `DUTIES_APART`."""

    INTAKE = "intake"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


# who signs an adverse determination neither prepares it nor hands out roles
DUTIES_APART = ((Role.PHYSICIAN, Role.NURSE), (Role.PHYSICIAN, Role.ADMINISTRATOR))


@dataclass(frozen=True, slots=True)
class Credential:
    """A licence as somebody entered it and a second person confirmed it against its source."""

    kind: str
    licence: str = ""
    state: str = ""
    expires: date | None = None
    specialty: str = ""
    npi: str = ""
    entered_by: AccountId | None = None
    confirmed_by: AccountId | None = None
    confirmed_on: date | None = None
    confirmed_where: str = ""
    """At which source the second person saw it."""

    def valid_on(self, day: date) -> bool:
        """Whether the licence has not run out on that day; one without a day of expiry has not."""
        return self.expires is None or day <= self.expires


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may open the workspace; retired, never deleted. `name` is what one signs in with."""

    id: AccountId
    name: str
    display: str
    roles: frozenset[Role]
    credential: Credential | None = None
    retired: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether the account holds any of the roles."""
        return bool(self.roles & set(roles))

    def may_not_sign_on(self, day: date) -> tuple[str, str] | None:
        """What a physician still lacks to sign on that day, and what to do: a licence that runs, and that a second person has
        seen at its source. None where nothing is lacking."""
        credential = self.credential
        if credential is None or not credential.licence:
            return "Your account has no licence on file.", "Ask the administrator to enter it before you sign."
        if not credential.valid_on(day):
            return "Your licence on file has run out.", "Ask the administrator to bring it up to date."
        if credential.confirmed_by is None or credential.confirmed_by in (credential.entered_by, self.id):
            who = "A supervisor, or an administrator who did not enter it,"
            return "Nobody has confirmed your licence yet.", f"{who} looks it up at its source and confirms it."
        return None

    @property
    def signature(self) -> str:
        """Name and credential as a strip or letter says them."""
        return f"{self.display}, {self.credential.kind}" if self.credential and self.credential.kind else self.display


def check_duties(roles: frozenset[Role]) -> None:
    """Refuses a set of roles that one person must not hold together, and an empty one."""
    if not roles:
        raise UserError("An account needs at least one role.", "Name one or more of: " + ", ".join(Role) + ".")
    for one, other in DUTIES_APART:
        if {one, other} <= roles:
            raise UserError(
                f"One account cannot be {one.value} and {other.value} at once.",
                "Who signs an adverse determination must be another person than who prepares it or hands out roles. Nothing was changed.",
            )
