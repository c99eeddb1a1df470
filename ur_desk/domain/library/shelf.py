"""What can happen to a policy text in the library: the bodies of those events, and how the text stands after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ur_desk.domain.library.correction import Correction
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Confirmation, Dated, LintFinding, Policy, PolicyId, Retired, Sha256, StillCurrent


@dataclass(frozen=True, slots=True)
class FindingKey:
    """By what a finding is known again in the same text: its rule, its line and the words that it is about."""

    rule: str
    line: int
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody found that what a rule says of a line is as it should be: why, who, when. It holds for this text alone."""

    finding: FindingKey
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Linted:
    """A finding with the policy that it is about, and its waiver where somebody gave one."""

    policy: Policy
    finding: LintFinding
    waiver: Waiver | None = None


def linted(policy: Policy, findings: Sequence[LintFinding], waivers: Sequence[Waiver]) -> tuple[Linted, ...]:
    """The findings of a policy, each with its waiver."""
    by_key = {waiver.finding: waiver for waiver in waivers}
    return tuple(Linted(policy, finding, by_key.get(key_of(finding))) for finding in findings)


def key_of(finding: LintFinding) -> FindingKey:
    """By what the finding is known again."""
    return FindingKey(finding.rule, finding.line, finding.raw)


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
    """Somebody read the document beside its reading and confirmed the reading: `alone` where they had loaded or mended it themselves.

    Older events name no reading, or do not tell whether they were alone.
    """

    policy: PolicyId
    text: Sha256
    reading: Sha256 | None = None
    alone: bool | None = None


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
class PolicyWaived:
    """Somebody looked at a finding of the policy's own text and found that it stands as it should, for a reason."""

    policy: PolicyId
    text: Sha256
    finding: FindingKey
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyUnwaived:
    """A waiver was taken back: the finding counts again."""

    policy: PolicyId
    text: Sha256
    finding: FindingKey


@dataclass(frozen=True, slots=True)
class PolicyDated:
    """Somebody gave the first day of a version whose document prints none: the day, and where it is said."""

    policy: PolicyId
    text: Sha256
    effective: date
    where: str


@dataclass(frozen=True, slots=True)
class PolicyRetired:
    """Somebody recorded a version's last day, where it is said, and the policy that came in its place, where one did."""

    policy: PolicyId
    text: Sha256
    last_day: date
    where: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class PolicyReinstated:
    """A recorded last day was taken back, for a reason."""

    policy: PolicyId
    text: Sha256
    reason: str


VersionBody = PolicyDated | PolicyRetired | PolicyReinstated


@dataclass(frozen=True, slots=True)
class VersionRuleSet:
    """By which day versions are chosen here from now on, and where the plan says so."""

    rule: VersionRule
    where: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A correction as it was made: by whom, when, and the readings before and after it; `number` is the policy's before, where the
    correction gave it another."""

    correction: Correction
    by: AccountId
    at: datetime
    before: Sha256
    after: Sha256
    number: PolicyId | None = None


@dataclass(frozen=True, slots=True)
class Redraft:
    """A draft that waits beside a confirmed reading of the same text; it may give the policy another number."""

    policy: PolicyId
    reading: Sha256
    loaded_at: datetime
    loaded_by: AccountId
    effective: date | None
    file: Sha256 | None = None
    mended: tuple[Mended, ...] = ()
    loaders: frozenset[AccountId] = frozenset()
    """Everybody who loaded this draft."""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A policy text as it stands in the library: its reading, who loaded it when, and what is known of it since.

    `effective` is the first day that counts: the document's own, or the one in `dated`.
    """

    policy: PolicyId
    effective: date | None
    abstract: bool
    text: Sha256
    reading: Sha256
    loaded_at: datetime
    loaded_by: AccountId
    confirmed: Confirmation | None = None
    applies_to: tuple[str, ...] | None = None
    still_current: StillCurrent | None = None
    waivers: tuple[Waiver, ...] = ()
    dated: Dated | None = None
    retired: Retired | None = None
    file: Sha256 | None = None
    """The file as received."""
    mended: tuple[Mended, ...] = ()
    draft: Redraft | None = None
    discarded: Redraft | None = None
    """The draft that somebody discarded last, until another one begins: it can be brought back."""
    loaders: frozenset[AccountId] = frozenset()
    """Everybody who ever loaded the text."""


def waived(waivers: Sequence[Waiver], waiver: Waiver) -> tuple[Waiver, ...]:
    """The waivers with one more, in the place of an earlier one of the same finding."""
    return (*unwaived(waivers, waiver.finding), waiver)


def unwaived(waivers: Sequence[Waiver], finding: FindingKey) -> tuple[Waiver, ...]:
    """The waivers without that of a finding."""
    return tuple(waiver for waiver in waivers if waiver.finding != finding)


def waivers_after(waivers: Sequence[Waiver], body: PolicyWaived | PolicyUnwaived, by: str, at: datetime) -> tuple[Waiver, ...]:
    """The waivers after one more was given or taken back; `by` is how whoever did it is shown."""
    if isinstance(body, PolicyWaived):
        return waived(waivers, Waiver(body.finding, body.reason, by, at))
    return unwaived(waivers, body.finding)


def told_of_version(body: VersionBody, by: str) -> dict[str, object]:
    """What the text on the shelf is told anew of its version; `by` is how whoever told it is shown."""
    match body:
        case PolicyDated():
            return {"effective": body.effective, "dated": Dated(body.effective, body.where, by)}
        case PolicyRetired():
            return {"retired": Retired(body.last_day, body.where, by, body.successor)}
        case PolicyReinstated():
            return {"retired": None}
