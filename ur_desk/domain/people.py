"""Accounts, their roles and the credentials that stand behind a signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from ur_desk.domain.codes import npi_problem
from ur_desk.domain.states import STATES
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
class Licence:
    """A licence to practice in one state, with its last day where one is known."""

    number: str
    state: str = ""
    expires: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether it has not run out on that day; one without a day of expiry has not."""
        return self.expires is None or day <= self.expires


@dataclass(frozen=True, slots=True)
class Credential:
    """What stands behind a signature, as somebody entered it and a second person confirmed it against its sources.

    `licence`, `state` and `expires` are the licence that letters name, `further` those of other states; `board` is the board that
    certified the specialty.
    """

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
    further: tuple[Licence, ...] = ()
    board: str = ""

    @property
    def licences(self) -> tuple[Licence, ...]:
        """Every licence, the one that letters name first."""
        first = (Licence(self.licence, self.state, self.expires),) if self.licence.strip() else ()
        return (*first, *self.further)

    @property
    def licence_keys(self) -> frozenset[tuple[str, str]]:
        """State and number of every licence, as they tell whether two are the same whatever blanks and hyphens somebody typed."""
        return frozenset((each.state, "".join(c for c in each.number.upper() if c.isalnum())) for each in self.licences)

    def valid_on(self, day: date) -> bool:
        """Whether a licence has not run out on that day."""
        return any(licence.valid_on(day) for licence in self.licences)

    def in_force(self, day: date, state: str | None) -> Licence | None:
        """The licence under which somebody signs on that day: that of the state where there is one, else the first that has not run
        out; None where all have."""
        valid = [licence for licence in self.licences if licence.valid_on(day)]
        return next((licence for licence in valid if state and licence.state == state), valid[0] if valid else None)

    def states_on(self, day: date) -> tuple[str, ...]:
        """The states of the licences that have not run out on that day."""
        return tuple(dict.fromkeys(licence.state for licence in self.licences if licence.state and licence.valid_on(day)))


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

    def has_no_licence_on(self, day: date) -> tuple[str, str] | None:
        """That no licence is on file that runs on that day, and what to do; None where one is."""
        credential = self.credential
        if credential is None or not credential.licences:
            return "Your account has no licence on file.", "Ask the administrator to enter it before you sign."
        if not credential.valid_on(day):
            return "Your licence on file has run out.", "Ask the administrator to bring it up to date."
        return None

    def may_not_sign_on(self, day: date) -> tuple[str, str] | None:
        """What a physician still lacks to sign on that day, and what to do: a licence that runs, and that a second person has
        seen at its source. None where nothing is lacking."""
        if missing := self.has_no_licence_on(day):
            return missing
        credential = self.credential
        if credential is None or credential.confirmed_by is None or credential.confirmed_by in (credential.entered_by, self.id):
            who = "A supervisor, or an administrator who did not enter it,"
            return "Nobody has confirmed your licence yet.", f"{who} looks it up at its source and confirms it."
        return None

    @property
    def signature(self) -> str:
        """Name and credential as a strip or letter says them."""
        return f"{self.display}, {self.credential.kind}" if self.credential and self.credential.kind else self.display


@dataclass(frozen=True, slots=True)
class PeerKind:
    """A kind of credential with which somebody may sign as a peer of whoever treats; of one that many fields give, also how the word
    for the field begins."""

    kind: str
    specialty: str = ""

    def __post_init__(self) -> None:
        if not self.kind.strip():
            raise ValueError("a peer's credential has a kind")


def is_peer(credential: Credential | None, kinds: Iterable[PeerKind]) -> bool:
    """Whether a credential is of one of these kinds, however it is dotted, and of its field where that is asked for."""
    if credential is None:
        return False
    held = {"".join(c for c in word.upper() if c.isalnum()) for word in credential.kind.replace(",", " ").replace("/", " ").split()}
    fields = credential.specialty.casefold().split()
    return any(
        each.kind.upper() in held and (not each.specialty or any(word.startswith(each.specialty) for word in fields)) for each in kinds
    )


def check_peer_role(roles: frozenset[Role], credential: Credential | None, kinds: tuple[PeerKind, ...]) -> None:
    """Refuses the role of a physician beside a credential that no peer signs with; one that is not entered yet is asked for at signing."""
    if Role.PHYSICIAN in roles and credential is not None and credential.kind.strip() and not is_peer(credential, kinds):
        raise UserError(
            f"With {credential.kind} nobody signs as a physician reviewer.",
            f"A peer does: {', '.join(each.kind for each in kinds)}. Nothing was changed.",
        )


def check_credential(credential: Credential) -> None:
    """Refuses a credential that cannot stand behind a signature as typed: an NPI that is none, a state that is none, two licences
    of one state, a further licence without its number."""
    if (wrong := npi_problem(credential.npi)) and credential.npi:
        told = "has ten digits" if wrong == "shape" else "has a check digit, which does not fit this one"
        raise UserError(f"An NPI {told}.", "Read it again from its source. Nothing was changed.")
    states = [licence.state for licence in (Licence(credential.licence, credential.state), *credential.further) if licence.state]
    if unknown := [state for state in states if state not in STATES]:
        raise UserError(f"There is no state {', '.join(unknown)}.", "Name it by its two letters. Nothing was changed.")
    if len(set(states)) != len(states):
        raise UserError("One state stands there twice.", "Enter one licence a state. Nothing was changed.")
    if any(not (licence.number.strip() and licence.state) for licence in credential.further):
        raise UserError("A further licence has a number and a state.", "Nothing was changed.")


def check_held_once(credential: Credential, others: Iterable[Account]) -> None:
    """Refuses a licence or an NPI that another account holds: one person signs under one account, whatever they decided before."""
    for other in others:
        held = other.credential
        if other.retired or held is None:
            continue
        if credential.licence_keys & held.licence_keys or (credential.npi.strip() and credential.npi.strip() == held.npi.strip()):
            raise UserError(
                f"{other.display} has this licence or NPI on file already.",
                "One person has one account: retire the other one first, or read the number again. Nothing was changed.",
            )


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
