"""What a person typed or an importer found, all of it text: the fields of a request before anything is read from them."""

from dataclasses import dataclass

from ur_desk.domain.intake.attached import FieldPage, Record
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.request import Attachment, Source


@dataclass(frozen=True, slots=True)
class RepresentativeDraft:
    """Who receives the member's letters, as typed; `authority_on_file` is yes or no."""

    name: str = ""
    relation: str = ""
    address: str = ""
    authority_on_file: str = ""


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """The member as typed."""

    family: str = ""
    given: str = ""
    member_id: str = ""
    birth_date: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    language: str = ""
    format: str = ""
    representative: RepresentativeDraft = RepresentativeDraft()
    confidential_address: str = ""
    subscriber: str = ""


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """A provider as typed."""

    name: str = ""
    npi: str = ""
    phone: str = ""
    fax: str = ""
    contact: str = ""
    credential: str = ""
    network: str = ""
    taxonomy: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CoverageDraft:
    """The coverage as typed; `erisa` and `grandfathered` are yes, no or empty."""

    plan: str = ""
    group: str = ""
    funding: str = ""
    erisa: str = ""
    grandfathered: str = ""
    first_day: str = ""
    last_day: str = ""
    other_coverage: str = ""
    home_plan: str = ""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """The claim that asks after the service, as typed."""

    number: str = ""
    billed: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosisDraft:
    """A row of the diagnoses as typed; `raw` is what stood in the input, where that was not this form."""

    code: str = ""
    system: str = ""
    raw: str = ""
    primary: str = ""


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A row of the services as typed; `line` is its number where it has one already."""

    line: str = ""
    code: str = ""
    code_to: str = ""
    system: str = ""
    raw: str = ""
    modifiers: str = ""
    quantity: str = ""
    unit: str = ""
    description: str = ""
    first_day: str = ""
    last_day: str = ""
    place_of_service: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed or an importer found, all of it text; an empty text is not known.

    The received time may carry an offset (`09:30-04:00`). `attachments`, `source`, `decision`, `traces`, the `records` that lie
    beside it and the pages on which `field_pages` says that fields were read are nothing that one types.
    """

    member: MemberDraft = MemberDraft()
    services: tuple[ServiceDraft, ...] = ()
    diagnoses: tuple[DiagnosisDraft, ...] = ()
    received_date: str = ""
    received_time: str = ""
    received_zone: str = ""
    received_evidence: str = ""
    received_evidence_where: str = ""
    reference: str = ""
    channel: str = ""
    kind: str = ""
    urgency: str = ""
    urgency_said_by: str = ""
    timing: str = ""
    line_of_business: str = ""
    state: str = ""
    coverage: CoverageDraft = CoverageDraft()
    claim: ClaimDraft = ClaimDraft()
    requesting_provider: ProviderDraft = ProviderDraft()
    servicing_provider: ProviderDraft = ProviderDraft()
    clinical_notes: str = ""
    attachments: tuple[Attachment, ...] = ()
    source: Source | None = None
    decision: Decision | None = None
    records: tuple[Record, ...] = ()
    field_pages: tuple[FieldPage, ...] = ()
    traces: tuple[str, ...] = ()
