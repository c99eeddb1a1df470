"""What can happen in a workspace outside of cases: the bodies of those events, as values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.policy import PolicyId, Sha256


class WorkspaceKind(StrEnum):
    """A demo workspace is marked everywhere, holds only demo member ids, and never becomes another kind."""

    REAL = "real"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class WorkspaceCreated:
    """The workspace began: its kind, and the program's version."""

    kind: WorkspaceKind
    program: str


@dataclass(frozen=True, slots=True)
class AccountAdded:
    """Somebody may now open the workspace."""

    account: Account


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """An account may now do other things."""

    account: AccountId
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class CredentialEntered:
    """A licence was entered for an account, or confirmed by a second person."""

    account: AccountId
    credential: Credential


@dataclass(frozen=True, slots=True)
class AccountRetired:
    """An account may no longer open the workspace; its past stays."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class PolicyLoaded:
    """A policy version came into the library: the file as received, its text and its reading lie under these hashes."""

    policy: PolicyId
    effective: date | None
    abstract: bool
    text: Sha256
    reading: Sha256
    file: Sha256 | None


@dataclass(frozen=True, slots=True)
class PolicyConfirmed:
    """Somebody read the document beside its reading and confirmed the reading."""

    policy: PolicyId
    text: Sha256


@dataclass(frozen=True, slots=True)
class PolicyAdopted:
    """The plan adopted the policy for these lines of business (`line` or `line:STATE`), as somebody recorded."""

    policy: PolicyId
    text: Sha256
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyStillCurrent:
    """Somebody looked and found that the version still stands: where, on which day."""

    policy: PolicyId
    text: Sha256
    where: str
    day: date


@dataclass(frozen=True, slots=True)
class ProfileSaved:
    """The plan's own words for its letters changed."""

    profile: PlanProfile


@dataclass(frozen=True, slots=True)
class TrailChecked:
    """Somebody checked the trail."""

    events: int
    breaks: int


WorkspaceBody = (
    WorkspaceCreated
    | AccountAdded
    | RolesChanged
    | CredentialEntered
    | AccountRetired
    | PolicyLoaded
    | PolicyConfirmed
    | PolicyAdopted
    | PolicyStillCurrent
    | ProfileSaved
    | TrailChecked
)
