"""Workflow status and determination, kept apart; who may sign what; the roll-up of lines to the case."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from ur_desk.domain.clocks.overdue import Overdue
from ur_desk.domain.decisions.attention import NOTHING_NOTED, Attention
from ur_desk.domain.decisions.binding import Binding
from ur_desk.domain.decisions.grounds import Administrative, Agreement, Family, Given, Matter, signed_by
from ur_desk.domain.ids import EventId
from ur_desk.domain.people import Account, AccountId, Credential, Licence, Role
from ur_desk.domain.policy import Anchor, PolicyId, Sha256
from ur_desk.domain.request import check_amount_and_days
from ur_desk.errors import UserError


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
    DISMISSED = "dismissed"
    """It was no valid request, or not from a proper party; with a notice and a review right of its own."""
    NOT_REQUIRED = "no_authorization_required"
    """The service is on no list that asks for one: no approval, and never counted as one."""
    VOIDED = "voided"
    """Entered in error: it stays visible and counts nowhere."""

    @property
    def adverse(self) -> bool:
        """Whether part of what was asked is refused, so that notice and appeal rights are due."""
        return self in (Determination.PARTIAL, Determination.MODIFIED, Determination.DENIED)

    @property
    def grants(self) -> bool:
        """Whether something of the line is approved."""
        return self in (Determination.APPROVED, Determination.PARTIAL, Determination.MODIFIED)


class Finding(StrEnum):
    """What an answer to an appeal, or a wish to reopen, makes of the line that was decided before."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    IN_PART = "overturned_in_part"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"


ASIDE = (Determination.NOT_REQUIRED, Determination.DISMISSED, Determination.WITHDRAWN, Determination.VOIDED)
"""What leaves a line out of the case's determination while another stands; of several that are left alone, the first speaks."""

HCR01: Mapping[Determination | None, str | None] = MappingProxyType(
    {
        None: "A4",
        Determination.APPROVED: "A1",
        Determination.PARTIAL: "A2",
        Determination.DENIED: "A3",
        Determination.MODIFIED: "A6",
        Determination.WITHDRAWN: "C",
        Determination.NOT_REQUIRED: "NA",
        Determination.DISMISSED: None,
        Determination.VOIDED: None,
    }
)
"""The word for each outcome in an exchange (X12 element 306, the values of a 278 response); None where an exchange has no word for it.
Referred to a physician is still open to the outside."""


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
class Span:
    """One of several stretches for which a line is approved: its days, how much in it, where, by whom; None means as the whole."""

    first_day: date
    last_day: date
    quantity: Decimal | None = None
    place_of_service: str | None = None
    provider: str | None = None

    def __post_init__(self) -> None:
        check_amount_and_days(self.quantity, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Granted:
    """What is approved, where it may differ from what was asked; None means as asked. Where it is approved in several `spans`, one
    behind the other, the days are those of all together, and the amount is theirs where each tells one; UserError where they disagree.
    `service` says what another service is called, in plain words for the member; decisions of older versions do not tell it."""

    code: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place_of_service: str | None = None
    provider: str | None = None
    spans: tuple[Span, ...] = ()
    service: str | None = None

    def __post_init__(self) -> None:
        check_amount_and_days(self.quantity, self.first_day, self.last_day)
        if self.spans:
            self._check_spans()

    def _check_spans(self) -> None:
        for before, after in pairwise(self.spans):
            if after.first_day <= before.last_day:
                raise UserError("Two spans of the approval overlap, or stand in the wrong order.", "Give them by their first days.")
        if (self.first_day, self.last_day) != (self.spans[0].first_day, self.spans[-1].last_day):
            raise UserError("The spans reach over other days than the approval.", "Nothing was saved.")
        amounts = [span.quantity for span in self.spans]
        if None in amounts and any(amounts):
            raise UserError("Some spans of the approval tell an amount, and some do not.", "Say how much each is for. Nothing was saved.")
        if any(amounts) and self.quantity != sum((amount for amount in amounts if amount), Decimal(0)):
            raise UserError("The spans are for another amount than the approval.", "Nothing was saved.")


def in_spans(granted: Granted, spans: tuple[Span, ...]) -> Granted:
    """The same, approved in these spans: its days, and its amount where each tells one, are those of all together."""
    if not spans:
        return granted
    amounts = [span.quantity for span in spans if span.quantity is not None]
    quantity = sum(amounts, Decimal(0)) if amounts else granted.quantity
    return replace(granted, quantity=quantity, first_day=spans[0].first_day, last_day=spans[-1].last_day, spans=spans)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with the credential as it stood then; `reauthenticated` where the person proved presence again.

    `licence` is the one under which they signed, `no_conflict` what they attested, `similar` why their training and experience are of
    the same or a similar specialty, in their own words. `rules` is the hash of what states asked of a signer then; decisions of older
    versions name none. `attention` is what they had before their eyes, for the auditor.
    `words` is the sha256 of the words that were signed (`domain.decisions.rewording`); None in a decision of an older version.
    `case_state` is the state of the case where the licence was of another one, which no loaded row forbids; else empty.
    """

    account: AccountId
    name: str
    credential: Credential | None
    at: datetime
    reauthenticated: bool = False
    licence: Licence | None = None
    no_conflict: str = ""
    similar: str = ""
    rules: Sha256 | None = None
    attention: Attention = NOTHING_NOTED
    words: str | None = None
    case_state: str = ""

    @property
    def signed_under(self) -> Licence | None:
        """The licence under which they signed; of a signature that names none, one that ran on its day."""
        return self.licence or (self.credential.in_force(self.at.date(), None) if self.credential else None)


@dataclass(frozen=True, slots=True)
class Decision:
    """The determination of one service line; immutable once made.

    `rationale` is the physician's own clinical reasoning (technical part of the letter). `unchecked` names the
    coverage questions that stood at *not checked* and were accepted so. `clarification` says how a nurse found that
    a policy which asked does not stand against the line. `information_needed` says, in words for the member, what would
    complete the request and why; empty where the decider asks for nothing more. `alternatives` names, in words for the member, other
    services, or says that there are none and why. `departure` says why the decider left what the findings suggest. `family` is the kind
    of reason on which something is refused, `administrative` its ground where that is none of clinical judgment, `attempts` the logged
    ones to get what was missing, and `agreed` tells that the requester agreed to what was modified, where they did. `finding` says what the
    decision makes of the line before it, where the case follows another. `overdue` are the rows of which somebody was warned, by which the
    lines counted as authorized by then; `approvals` those of other cases that it leaves, and `despite` why.
    """

    determination: Determination
    reason: Reason
    signature: Signature
    rationale: str = ""
    granted: Granted | None = None
    unchecked: tuple[str, ...] = ()
    clarification: str = ""
    information_needed: str = ""
    alternatives: str = ""
    departure: str = ""
    family: Family | None = None
    administrative: Administrative | None = None
    attempts: tuple[EventId, ...] = ()
    agreed: Agreement | None = None
    finding: Finding | None = None
    overdue: tuple[Overdue, ...] = ()
    approvals: tuple[Binding, ...] = ()
    despite: str = ""

    @property
    def refused_as(self) -> Family | None:
        """On which kind of reason something is refused; None where nothing is. Events of older versions tell none: they were clinical."""
        return (self.family or Family.CLINICAL) if self.determination.adverse else None

    @property
    def matter(self) -> Matter | None:
        """What a plan may have let another role than the physician sign; None where a physician alone decides, or everybody may."""
        if self.determination is Determination.DISMISSED:
            return Matter.DISMISSAL
        whole = self.determination is Determination.DENIED and self.family is Family.ADMINISTRATIVE
        return self.administrative.ground if whole and self.administrative else None


def may_determine(account: Account, decision: Decision, against_position: bool, given: Collection[Given] = ()) -> str | None:
    """Why the account may not make this decision, in plain words, or None; `given` is what the plan gave to other roles.

    URAC: a nurse may say yes, never a clinical no; the only no of somebody else than a physician is one without clinical judgment, and
    who signs that is the plan's to say. A reduced approval is a no in part. A position that stands against the service is left by a
    physician only, as an exception. A withdrawal is the requester's; whoever works the case records it.
    """
    roles, refusal = _signers(decision, against_position, given)
    return None if account.roles & roles else refusal


def _signers(decision: Decision, against_position: bool, given: Collection[Given]) -> tuple[frozenset[Role], str]:
    """The roles that make such a decision, and what others hear."""
    made, reviewers = decision.determination, frozenset({Role.NURSE, Role.PHYSICIAN})
    if decision.matter is not None:
        what = decision.matter.value.replace("_", " ")
        return signed_by(decision.matter, given), f"The plan has not given this to your role ({what}): a physician signs it."
    if made.adverse:
        return frozenset({Role.PHYSICIAN}), "Only a physician may decide this: it refuses all or part of what was asked."
    if made is Determination.WITHDRAWN:
        return reviewers, "Only a nurse or physician reviewer records a withdrawal."
    if made is Determination.NOT_REQUIRED:
        return reviewers | {Role.INTAKE}, "Only whoever works the case records that no authorization is needed."
    if made is Determination.VOIDED:
        return frozenset({Role.SUPERVISOR}), "Only a supervisor voids what was entered in error."
    if against_position and decision.determination is Determination.APPROVED:
        exception = "The policy's position stands against this line: approving it is a physician's exception."
        return frozenset({Role.PHYSICIAN}), exception
    return reviewers, "Only a nurse or physician reviewer may approve."


def roll_up(lines: Iterable[Determination | None]) -> Determination | None:
    """The case's determination for display and exchange; None while a line is open. Rights and letters follow the lines."""
    given = set(lines)
    standing = given - set(ASIDE)
    if None in given or not given:
        return None
    if not standing:
        return next(made for made in ASIDE if made in given)
    if len(standing) == 1:
        return next(iter(standing))
    if standing & {Determination.DENIED, Determination.PARTIAL}:
        return Determination.PARTIAL
    return Determination.MODIFIED
