"""Workflow status and determination, kept apart; who may sign what; the roll-up of lines to the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.policy import Anchor, PolicyId
from ur_desk.domain.request import check_amount_and_days


class Workflow(StrEnum):
    """Where a service line, or a case, stands in the work; never an outcome."""

    INTAKE = "intake"
    REVIEW = "review"
    PENDED = "pended"
    WITH_PHYSICIAN = "with_physician"
    RETURNED = "returned_by_physician"
    PEER_TO_PEER = "peer_to_peer_open"
    DECIDED = "decided"
    NOTICED = "noticed"
    CLOSED = "closed"
    REOPENED = "reopened"


OPEN = frozenset(
    {
        Workflow.INTAKE,
        Workflow.REVIEW,
        Workflow.PENDED,
        Workflow.WITH_PHYSICIAN,
        Workflow.RETURNED,
        Workflow.PEER_TO_PEER,
        Workflow.REOPENED,
    }
)


class Determination(StrEnum):
    """What was decided of a service line."""

    APPROVED = "approved"
    PARTIAL = "partially_approved"
    MODIFIED = "modified"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"

    @property
    def adverse(self) -> bool:
        """Whether part of what was asked is refused, so that notice and appeal rights are due."""
        return self in (Determination.PARTIAL, Determination.MODIFIED, Determination.DENIED)


@dataclass(frozen=True, slots=True)
class PolicyCitation:
    """Lines of one text of a policy version on which a reason rests."""

    policy: PolicyId
    effective: date | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class HeldElsewhere:
    """A criterion that this workspace does not hold: InterQual, MCG, a benefit booklet."""

    owner: str
    title: str
    version: str
    section: str

    def __post_init__(self) -> None:
        if not (self.owner.strip() and self.title.strip()):
            raise ValueError("a criterion held elsewhere names its owner and its title")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line was decided so, and on what it rests; `words` are for the member and go into the letter."""

    words: str
    policy_lines: tuple[PolicyCitation, ...] = ()
    held_elsewhere: tuple[HeldElsewhere, ...] = ()
    no_policy_found: bool = False

    @property
    def rests_on_something(self) -> bool:
        """Whether a source is named: policy lines, a criterion held elsewhere, or that no policy was found."""
        return bool(self.policy_lines or self.held_elsewhere or self.no_policy_found)


@dataclass(frozen=True, slots=True)
class Granted:
    """What is approved, where it may differ from what was asked; None means as asked."""

    code: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place_of_service: str | None = None
    provider: str | None = None

    def __post_init__(self) -> None:
        check_amount_and_days(self.quantity, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with the credential as it stood then; `reauthenticated` where the person proved presence again.

    `words` is the sha256 of the words that were signed (`domain.rewording`); None in a decision of an older version.
    """

    account: AccountId
    name: str
    credential: Credential | None
    at: datetime
    reauthenticated: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The determination of one service line; immutable once made.

    `rationale` is the physician's own clinical reasoning (technical part of the letter). `unchecked` names the
    coverage questions that stood at *not checked* and were accepted so. `clarification` says how a nurse found that
    a policy which asked does not stand against the line. `information_needed` says, in words for the member, what would
    complete the request and why; empty where the decider asks for nothing more.
    """

    determination: Determination
    reason: Reason
    signature: Signature
    rationale: str = ""
    granted: Granted | None = None
    unchecked: tuple[str, ...] = ()
    clarification: str = ""
    information_needed: str = ""


def may_determine(account: Account, determination: Determination, against_position: bool) -> str | None:
    """Why the account may not make this determination, in plain words, or None.

    URAC: a nurse may say yes, never a clinical no. A position that stands against the service is left by a
    physician only, as an exception. A withdrawal is the requester's; whoever works the case records it.
    """
    if determination is Determination.WITHDRAWN:
        return None if account.has(Role.NURSE, Role.PHYSICIAN) else "Only a nurse or physician reviewer records a withdrawal."
    if determination.adverse:
        return None if account.has(Role.PHYSICIAN) else "Only a physician may decide this: it refuses all or part of what was asked."
    if account.has(Role.PHYSICIAN):
        return None
    if not account.has(Role.NURSE):
        return "Only a nurse or physician reviewer may approve."
    if against_position:
        return "The policy's position stands against this line: approving it is a physician's exception."
    return None


def roll_up(lines: Iterable[Determination | None]) -> Determination | None:
    """The case's determination for display and exchange; None while a line is open. Rights and letters follow the lines."""
    given = list(lines)
    if None in given or not given:
        return None
    decided = {d for d in given if d is not Determination.WITHDRAWN}
    if not decided:
        return Determination.WITHDRAWN
    if len(decided) == 1:
        return next(iter(decided))
    if decided & {Determination.DENIED, Determination.PARTIAL}:
        return Determination.PARTIAL
    return Determination.MODIFIED
