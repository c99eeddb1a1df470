"""One authorization request: member, providers, diagnoses and service lines, as the sender told it."""

import hashlib
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ur_desk.domain.codes import System
from ur_desk.domain.intake.prior import Decision
from ur_desk.errors import UserError


class Channel(StrEnum):
    """How the request came in."""

    X12 = "x12"
    FHIR = "fhir"
    PORTAL = "portal"
    FAX = "fax"
    PHONE = "phone"
    MAIL = "mail"
    FILE = "file"


class Evidence(StrEnum):
    """What shows when a request came in."""

    FAX_HEADER = "fax_header"
    DATE_STAMP = "date_stamp"
    PORTAL_RECORD = "portal_record"
    CALL_LOG = "call_log"
    FILE_TIME = "file_time"
    OTHER = "other"


class Kind(StrEnum):
    """What the sender asks."""

    NEW = "new"
    RENEWAL = "renewal"
    REVISION = "revision"
    EXTENSION = "extension"
    CANCELLATION = "cancellation"
    APPEAL = "appeal"
    INQUIRY = "inquiry"
    NOTIFICATION = "notification"
    RESPONSE = "response"


OPENS_A_CASE = frozenset({Kind.NEW, Kind.RENEWAL, Kind.REVISION, Kind.EXTENSION})
ASKS_NO_SERVICE = frozenset({Kind.CANCELLATION, Kind.INQUIRY, Kind.RESPONSE})
"""Messages about an earlier request; they may name no service of their own."""


class Change(StrEnum):
    """What an update does to a line of the request that it revises."""

    ADDED = "added"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class Urgency(StrEnum):
    """How fast the answer is due."""

    STANDARD = "standard"
    EXPEDITED = "expedited"


class Timing(StrEnum):
    """Whether the care lies ahead, goes on, or is done."""

    PRESERVICE = "preservice"
    CONCURRENT = "concurrent"
    POSTSERVICE = "postservice"


class LineOfBusiness(StrEnum):
    """The kind of coverage, which decides clocks and letter texts together with the state."""

    COMMERCIAL_INSURED = "commercial_insured"
    ERISA_SELF_FUNDED = "erisa_self_funded"
    QHP_FFE = "qhp_ffe"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID_MANAGED_CARE = "medicaid_managed_care"
    CHIP_MANAGED_CARE = "chip_managed_care"
    MEDICAID_FFS = "medicaid_ffs"
    FEHB = "fehb"
    DSNP_INTEGRATED = "dsnp_integrated"
    GOVERNMENT_SELF_FUNDED = "government_self_funded"
    OTHER = "other"


class Funding(StrEnum):
    """Who bears the cost of the plan."""

    INSURED = "insured"
    SELF_FUNDED = "self_funded"


class Sex(StrEnum):
    """As the sender coded it."""

    F = "F"
    M = "M"
    X = "X"
    U = "U"


class Network(StrEnum):
    """Whether a provider is contracted."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Representative:
    """Who receives the member's letters in the member's stead: parent, guardian, appointed representative."""

    name: str
    relation: str | None = None
    address: str | None = None
    authority_on_file: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """The patient as the plan knows them; every field may be unknown on arrival."""

    family: str | None = None
    given: str | None = None
    member_id: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    address: str | None = None
    phone: str | None = None
    language: str | None = None
    format: str | None = None
    representative: Representative | None = None
    confidential_address: str | None = None
    subscriber: str | None = None

    @property
    def full_name(self) -> str:
        """Given and family name as a letter says it; empty where neither is known."""
        return " ".join(part for part in (self.given, self.family) if part)

    @property
    def listed_name(self) -> str:
        """Family name first, as lists and the case strip say it; empty where neither is known."""
        return ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True)
class Provider:
    """A requesting or servicing provider."""

    name: str | None = None
    npi: str | None = None
    phone: str | None = None
    fax: str | None = None
    contact: str | None = None
    credential: str | None = None
    network: Network | None = None
    taxonomy: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One diagnosis: the code in normal form, and exactly what stood in the input."""

    code: str
    system: System = System.ICD10CM
    raw: str = ""
    primary: bool = False


def check_amount_and_days(quantity: Decimal | None, first: date | None, last: date | None) -> None:
    """Refuses an amount that is no number above zero, and a span that ends before it begins."""
    if quantity is not None and not (quantity.is_finite() and quantity > 0):
        raise UserError("An amount is a number above zero.", "Write it as 1 or 2.5. Nothing was saved.")
    if first is not None and last is not None and last < first:
        raise UserError("The last day of service lies before the first.", "Nothing was saved.")


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One requested service; `line` counts from 1 and never changes. No match reads `change`, so `repr` leaves it out."""

    line: int
    code: str | None = None
    code_to: str | None = None
    system: System | None = None
    raw: str | None = None
    modifiers: tuple[str, ...] = ()
    quantity: Decimal | None = None
    unit: str | None = None
    description: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place_of_service: str | None = None
    change: Change | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check_amount_and_days(self.quantity, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the sender or intake knows of the plan; decides clocks and letter texts."""

    plan: str | None = None
    group: str | None = None
    funding: str | None = None
    erisa: bool | None = None
    grandfathered: bool | None = None
    first_day: date | None = None
    last_day: date | None = None
    other_coverage: str | None = None
    home_plan: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Post-service only: the claim that asks."""

    number: str | None = None
    billed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A record that came with the request, named by its hash."""

    name: str
    media_type: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptEvidence:
    """What shows the instant of receipt, and where it can be looked up: a page, a log's number, a folder."""

    kind: Evidence
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file that the request came in."""

    file: str | None = None
    format: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One authorization request as received; unknown is None, and nothing is guessed.

    `traces` are ids that the sender gave it beside its `reference`, by which a later message may name it (X12 TRN02, FHIR
    Claim.identifier).
    """

    services: tuple[ServiceLine, ...]
    member: Member = Member()
    diagnoses: tuple[Diagnosis, ...] = ()
    reference: str | None = None
    received_at: datetime | None = None
    received_zone: str | None = None
    received_evidence: ReceiptEvidence | None = None
    channel: Channel | None = None
    kind: Kind | None = None
    urgency: Urgency | None = None
    urgency_said_by: str | None = None
    timing: Timing | None = None
    line_of_business: LineOfBusiness | None = None
    coverage: Coverage | None = None
    claim: Claim | None = None
    state: str | None = None
    requesting_provider: Provider | None = None
    servicing_provider: Provider | None = None
    clinical_notes: str | None = None
    attachments: tuple[Attachment, ...] = ()
    source: Source | None = None
    decision: Decision | None = None
    traces: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.services:
            raise ValueError("a request has at least one service line")
        if len({s.line for s in self.services}) != len(self.services):
            raise ValueError("service lines are numbered once each")
        if self.received_at is not None and self.received_at.tzinfo is None:
            raise ValueError("the instant of receipt has its zone")

    def service(self, line: int) -> ServiceLine:
        """The service line of that number; KeyError where there is none."""
        for service in self.services:
            if service.line == line:
                return service
        raise KeyError(line)

    @property
    def subject(self) -> str:
        """The sha256 of all that a match reads: services, diagnoses and line of business; it tells whether a match is still about them."""
        told = (self.services, self.diagnoses, self.line_of_business, self.state)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def first_day(self) -> date | None:
        """The earliest day of service over all lines, or None."""
        return min((s.first_day for s in self.services if s.first_day), default=None)


def only_adds(before: object, after: object) -> bool:
    """Whether `after` says what `before` said, and more: a fact where none was, also inside of a value."""
    if before is None:
        return after is not None
    if not is_dataclass(before) or type(before) is not type(after):
        return before == after
    pairs = ((getattr(before, f.name), getattr(after, f.name)) for f in fields(before))
    return all(one == other or only_adds(one, other) for one, other in pairs)
