"""What can happen in a workspace outside of cases: the bodies of those events, as values. The workspace is their fold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import get_args

from ur_desk.domain.decisions.authorization import PREFIX
from ur_desk.domain.events import EventId
from ur_desk.domain.guard.lock import check_idle
from ur_desk.domain.guard.vault import (
    Bound,
    CredentialConfirmed,
    DiskAnswer,
    DiskAnswered,
    Invitation,
    Invited,
    KeyEnrolled,
    PassphraseChanged,
    PublicKeys,
    RecoveryMade,
    RecoveryUsed,
    Rekeyed,
    VaultMade,
)
from ur_desk.domain.intake.addresses import ProviderCorrected, ProviderForgotten
from ur_desk.domain.intake.handing import DraftHanded
from ur_desk.domain.intake.sender_events import SenderBody, Senders, SenderUnread
from ur_desk.domain.law_rows import OwnRows, RowBody
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.letters.stationery import Stationery, StationeryBody
from ur_desk.domain.library import drafting as dr
from ur_desk.domain.library.shelf import (
    OnShelf,
    PolicyAdopted,
    PolicyConfirmed,
    PolicyLoaded,
    PolicyStillCurrent,
    PolicyUnwaived,
    PolicyWaived,
    VersionBody,
    VersionRuleSet,
)
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.domain.trail import keeping as kp
from ur_desk.domain.trail import witness as wt


class WorkspaceKind(StrEnum):
    """A demo workspace is marked everywhere, holds only demo member ids, and never becomes another kind."""

    REAL = "real"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class WorkspaceCreated:
    """The workspace began: its kind, the program's version, and the zone of its days; older events do not tell the zone."""

    kind: WorkspaceKind
    program: str
    zone: str = ""


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
class ReportingSet:
    """An account reports to another one from now on; None where it reports to nobody. An appeal is closed to whoever reports to the
    first reviewer."""

    account: AccountId
    to: AccountId | None


@dataclass(frozen=True, slots=True)
class ProfileSaved:
    """The plan's own words for its letters changed."""

    profile: PlanProfile


@dataclass(frozen=True, slots=True)
class TrailChecked:
    """Somebody checked the trail."""

    events: int
    breaks: int


@dataclass(frozen=True, slots=True)
class IdleLockSet:
    """After how many minutes without a key or a click the desk locks itself."""

    minutes: int

    def __post_init__(self) -> None:
        check_idle(self.minutes)


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
    | PolicyWaived
    | PolicyUnwaived
    | VersionBody
    | VersionRuleSet
    | dr.DraftBody
    | ReportingSet
    | ProfileSaved
    | ProviderCorrected
    | ProviderForgotten
    | DraftHanded
    | SenderBody
    | RowBody
    | TrailChecked
    | IdleLockSet
    | VaultMade
    | Invited
    | KeyEnrolled
    | PassphraseChanged
    | Bound
    | RecoveryMade
    | RecoveryUsed
    | Rekeyed
    | CredentialConfirmed
    | kp.KeepingBody
    | DiskAnswered
    | wt.WitnessBody
    | StationeryBody
)
WORKSPACE_BODIES = get_args(WorkspaceBody)
WORKSPACE_READ = (*WORKSPACE_BODIES, SenderUnread)
"""What is read outside of cases: all that is written there, and what stands in place of an event that this version refuses."""
ProfileKey = tuple[LineOfBusiness, str]


@dataclass(frozen=True, slots=True)
class WorkspaceState:
    """What holds in a workspace outside of its cases; `kind` is None and `zone` empty while no event has told them."""

    kind: WorkspaceKind | None = None
    zone: str = ""
    accounts: Mapping[AccountId, Account] = field(default_factory=dict)
    added_by: Mapping[AccountId, AccountId] = field(default_factory=dict)
    invited_by: Mapping[AccountId, AccountId] = field(default_factory=dict)
    """Who gave an account its newest one-time code."""
    reports_to: Mapping[AccountId, AccountId] = field(default_factory=dict)
    shelf: Mapping[Sha256, OnShelf] = field(default_factory=dict)
    profiles: Mapping[ProfileKey, PlanProfile] = field(default_factory=dict)
    prefixes: frozenset[str] = frozenset({PREFIX})
    """How the authorization numbers of the series have ever begun."""
    senders: Senders = field(default_factory=dict)
    vault: VaultMade | None = None
    data_key: str = ""
    """The digest of the newest data key."""
    rekey_due: str = ""
    """Why the data key must change since; empty where it need not."""
    keys: Mapping[AccountId, PublicKeys] = field(default_factory=dict)
    invitations: Mapping[AccountId, Invitation] = field(default_factory=dict)
    recovery: tuple[EventId, PublicKeys] | None = None
    idle_minutes: int | None = None
    """As the administrator chose; None where nobody did."""
    version_rule: VersionRule | None = None
    keeping: kp.Keeping = field(default_factory=kp.Keeping)
    disk: DiskAnswer | None = None
    witness: wt.Witness = field(default_factory=wt.Witness)
    stationery: Stationery = field(default_factory=Stationery)
    clock_rows: OwnRows = field(default_factory=OwnRows)
    signing_rows: OwnRows = field(default_factory=OwnRows)

    def display(self, account: AccountId) -> str:
        """How an account is shown; its id where no event tells of it."""
        known = self.accounts.get(account)
        return known.display if known else account

    def plan_of(self, request: Request) -> PlanProfile | None:
        """The profile of the plan that a request is for; None where nobody filled one, or the line of business is not known."""
        business = request.line_of_business
        return self.profiles.get((business, request.state or "")) if business else None

    def may_not_confirm(self, account: AccountId) -> frozenset[AccountId | None]:
        """Who never confirms its licence: whoever holds it, entered it, added the account, or gave it the code that it began with."""
        known = self.accounts.get(account)
        entered = known.credential.entered_by if known and known.credential else None
        return frozenset({account, entered, self.added_by.get(account), self.invited_by.get(account)})


def place_of(number: str) -> tuple[str, int]:
    """The series of a case's number, and its place in it: `UR-2017-000004` is the fourth of 2017. ValueError for another form."""
    _, series, place = number.split("-")
    return series, int(place)
