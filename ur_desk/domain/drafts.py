"""Fields as typed to a request and what is wrong with it; the entry form and every importer go through here."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.coding import (
    DIAGNOSIS_SYSTEMS,
    PROCEDURE_SYSTEMS,
    doubt_diagnosis,
    kept_code,
    kept_raw,
    read_modifiers,
    read_procedure,
)
from ur_desk.domain.intake.fields import NOTES_LIMIT, Fields
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.intake.receipt import evidence_texts, read_evidence, read_receipt, receipt_texts
from ur_desk.domain.intake.typed import (
    ClaimDraft,
    CoverageDraft,
    DiagnosisDraft,
    Draft,
    MemberDraft,
    ProviderDraft,
    RepresentativeDraft,
    ServiceDraft,
)
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import (
    ASKS_NO_SERVICE,
    Change,
    Channel,
    Claim,
    Coverage,
    Diagnosis,
    Funding,
    Kind,
    LineOfBusiness,
    Member,
    Network,
    Provider,
    Representative,
    Request,
    ServiceLine,
    Sex,
    Timing,
    Urgency,
)

__all__ = [
    "ClaimDraft",
    "CoverageDraft",
    "DiagnosisDraft",
    "Draft",
    "MemberDraft",
    "ProviderDraft",
    "Purpose",
    "Reading",
    "RepresentativeDraft",
    "ServiceDraft",
    "draft_of",
    "read",
]


class Purpose(StrEnum):
    """What a draft is read for: a person wants to save it, or a file is taken as it came.

    From a file a request is refused only where it is none; what a person must mend before saving is a warning there, and a
    value that cannot be read stays unknown.
    """

    SAVE = "save"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Reading:
    """The request that a draft tells, None where an error stands against it, and every problem by the path of its field.

    Paths are the draft's own: `member.birth_date`, `services.1.code`; rows count from 1, empty ones too.
    """

    request: Request | None
    problems: tuple[Problem, ...]

    def at(self, path: str) -> tuple[Problem, ...]:
        """The problems that stand beside one field."""
        return tuple(p for p in self.problems if p.where == path)


def read(draft: Draft, codeset: CodeSet | None, now: datetime, purpose: Purpose = Purpose.SAVE) -> Reading:
    """The request that the draft tells, and what is wrong or doubtful about it; nothing is guessed, repaired or cut.

    `now` is an aware instant; without a code set the existence of diagnoses is not checked.
    """
    if now.tzinfo is None:
        raise ValueError("now is an instant with its zone")
    at = Fields(Severity.ERROR if purpose is Purpose.SAVE else Severity.WARNING)
    kind = at.choice("kind", draft.kind, Kind)
    services = _services(at, draft.services, kind)
    first = min((s.first_day for s in services if s.first_day), default=None)
    receipt = read_receipt(at, draft.received_date, draft.received_time, draft.received_zone, now)
    told: dict[str, Any] = {
        "services": services,
        "member": _member(at.at("member"), draft.member, first, now),
        "diagnoses": _diagnoses(at, draft.diagnoses, codeset, first),
        "reference": at.line("reference", draft.reference),
        "received_at": receipt.at,
        "received_zone": receipt.zone,
        "received_evidence": read_evidence(at, draft.received_evidence, draft.received_evidence_where),
        "channel": at.choice("channel", draft.channel, Channel),
        "kind": kind,
        "urgency": at.choice("urgency", draft.urgency, Urgency),
        "urgency_said_by": at.line("urgency_said_by", draft.urgency_said_by),
        "timing": at.choice("timing", draft.timing, Timing),
        "line_of_business": at.choice("line_of_business", draft.line_of_business, LineOfBusiness),
        "coverage": _coverage(at.at("coverage"), draft.coverage),
        "claim": _claim(at.at("claim"), draft.claim),
        "state": at.state("state", draft.state),
        "requesting_provider": _provider(at.at("requesting_provider"), draft.requesting_provider),
        "servicing_provider": _provider(at.at("servicing_provider"), draft.servicing_provider),
        "clinical_notes": at.prose("clinical_notes", draft.clinical_notes, NOTES_LIMIT),
        "attachments": draft.attachments,
        "source": draft.source,
        "decision": _decision(draft.decision),
        "traces": draft.traces,
    }
    _doubt_funding(at, told["line_of_business"], told["coverage"])
    problems = tuple(p for p in at.problems if concerns(p.code, kind))
    broken = any(p.severity is Severity.ERROR for p in problems)
    return Reading(None if broken else Request(**told), problems)


_ABOUT_ANOTHER = frozenset({*ASKS_NO_SERVICE, Kind.NOTIFICATION})
_OF_REQUESTS = frozenset({"missing-receipt", "missing-service", "no-diagnosis"})


def concerns(code: str, kind: Kind | None) -> bool:
    """Whether the problem of that code is one of that kind of message: what only a request needs is no trouble in a message about one."""
    return kind not in _ABOUT_ANOTHER or code not in _OF_REQUESTS


def _decision(value: object) -> Decision | None:
    """The payer's decision; TypeError for anything else, which would be kept and never be read again."""
    if value is None or isinstance(value, Decision):
        return value
    raise TypeError("a draft's decision is a Decision or None")


def _doubt_funding(at: Fields, line: LineOfBusiness | None, coverage: Coverage | None) -> None:
    if coverage is None:
        return
    insured = line is LineOfBusiness.COMMERCIAL_INSURED and coverage.funding == Funding.SELF_FUNDED
    funded = line is LineOfBusiness.ERISA_SELF_FUNDED and (coverage.funding == Funding.INSURED or coverage.erisa is False)
    if insured or funded:
        at.doubt("coverage.funding", "funding-contradiction", "Funding or ERISA contradicts the line of business; no clock can be chosen.")


def _member(at: Fields, draft: MemberDraft, first_service: date | None, now: datetime) -> Member:
    family, given = at.line("family", draft.family), at.line("given", draft.given)
    member_id = at.line("member_id", draft.member_id)
    if not (family or given):
        at.refuse("family", "missing-member", "Say the member's name.")
    if not member_id:
        at.refuse("member_id", "missing-member", "Say the member's id with the plan.")
    birth = at.day("birth_date", draft.birth_date)
    # a day is in the future only where it has begun nowhere on earth
    if birth and birth > (now + timedelta(hours=14)).date():
        at.refuse("birth_date", "birth-in-future", "The date of birth lies in the future.")
    elif birth and first_service and birth > first_service:
        at.refuse("birth_date", "birth-after-service", "The date of birth lies after the first day of service.")
    return Member(
        family=family,
        given=given,
        member_id=member_id,
        birth_date=birth,
        sex=at.choice("sex", draft.sex, Sex),
        address=at.prose("address", draft.address),
        phone=at.line("phone", draft.phone),
        language=at.line("language", draft.language),
        format=at.line("format", draft.format),
        representative=_representative(at.at("representative"), draft.representative),
        confidential_address=at.prose("confidential_address", draft.confidential_address),
        subscriber=at.line("subscriber", draft.subscriber),
    )


def _representative(at: Fields, draft: RepresentativeDraft) -> Representative | None:
    if not _said(draft):
        return None
    name = at.line("name", draft.name)
    if name is None:
        at.refuse("name", "missing-name", "Say the name of the representative.")
        return None
    authority = at.flag("authority_on_file", draft.authority_on_file)
    return Representative(name, at.line("relation", draft.relation), at.prose("address", draft.address), authority is True)


def _provider(at: Fields, draft: ProviderDraft) -> Provider | None:
    if not _said(draft):
        return None
    return Provider(
        name=at.line("name", draft.name),
        npi=at.npi("npi", draft.npi),
        phone=at.line("phone", draft.phone),
        fax=at.line("fax", draft.fax),
        contact=at.line("contact", draft.contact),
        credential=at.line("credential", draft.credential),
        network=at.choice("network", draft.network, Network),
        taxonomy=at.line("taxonomy", draft.taxonomy),
        address=at.prose("address", draft.address),
    )


def _coverage(at: Fields, draft: CoverageDraft) -> Coverage | None:
    if not _said(draft):
        return None
    first, last = _days(at, draft.first_day, draft.last_day)
    return Coverage(
        plan=at.line("plan", draft.plan),
        group=at.line("group", draft.group),
        funding=at.choice("funding", draft.funding, Funding),
        erisa=at.flag("erisa", draft.erisa),
        grandfathered=at.flag("grandfathered", draft.grandfathered),
        first_day=first,
        last_day=last,
        other_coverage=at.prose("other_coverage", draft.other_coverage),
        home_plan=at.line("home_plan", draft.home_plan),
    )


def _claim(at: Fields, draft: ClaimDraft) -> Claim | None:
    if not _said(draft):
        return None
    return Claim(at.line("number", draft.number), at.number("billed", draft.billed, least=Decimal(0)))


def _days(at: Fields, first_text: str, last_text: str) -> tuple[date | None, date | None]:
    first, last = at.day("first_day", first_text), at.day("last_day", last_text)
    if first and last and last < first:
        at.refuse("last_day", "last-before-first", "The last day lies before the first.")
        last = None
    return first, last


def _diagnoses(at: Fields, rows: Sequence[DiagnosisDraft], codeset: CodeSet | None, day: date | None) -> tuple[Diagnosis, ...]:
    read_rows = [_diagnosis(at.at("diagnoses", n), row, codeset, day) for n, row in enumerate(rows, 1)]
    told = tuple(d for d in read_rows if d is not None)
    if not told:
        at.doubt("diagnoses", "no-diagnosis", "No diagnosis was given.")
    if sum(d.primary for d in told) > 1:
        at.doubt("diagnoses", "several-primary", "More than one diagnosis is marked as primary.")
    return told


def _diagnosis(at: Fields, row: DiagnosisDraft, codeset: CodeSet | None, day: date | None) -> Diagnosis | None:
    typed = at.line("code", row.code)
    if typed is None:
        return None
    system = at.choice("system", row.system, DIAGNOSIS_SYSTEMS) or System.ICD10CM
    code = kept_code(typed, system)
    doubt_diagnosis(at, code, system, codeset, day)
    return Diagnosis(code, system, kept_raw(at.verbatim("raw", row.raw), typed), at.flag("primary", row.primary) is True)


def _services(at: Fields, rows: Sequence[ServiceDraft], kind: Kind | None) -> tuple[ServiceLine, ...]:
    told = [(n, row) for n, row in enumerate(rows, 1) if _said(row, but="line")]
    if not told and kind in ASKS_NO_SERVICE:
        at.doubt("services", "no-service", "The message names no service; it is about all that the earlier request asked for.")
        return (ServiceLine(1),)
    if not told:
        at.fail("services", "no-service", "No service was given. A request asks for at least one.")
        return ()
    numbers = _numbers(at, [row.line for _, row in told])
    return tuple(_service(at.at("services", n), row, number) for (n, row), number in zip(told, numbers, strict=True))


def _numbers(at: Fields, texts: Sequence[str]) -> list[int]:
    """The lines' own numbers where they have them, each once; new lines count on from the highest."""
    told = [int(t) if t.isascii() and t.isdigit() and len(t) < 6 else 0 for t in (t.strip() for t in texts)]
    given = [number for number, text in zip(told, texts, strict=True) if text.strip()]
    if 0 in given or len(set(given)) < len(given):
        at.doubt(
            "services",
            "line-numbers",
            "The lines' numbers are not whole numbers from 1, each once; the lines were numbered in their order.",
        )
        return list(range(1, len(told) + 1))
    free = iter(range(max(given, default=0) + 1, 200_000))
    return [number or next(free) for number in told]


def _service(at: Fields, row: ServiceDraft, number: int) -> ServiceLine:
    typed, description = at.line("code", row.code), at.prose("description", row.description)
    code_to = at.line("code_to", row.code_to)
    told_system = at.choice("system", row.system, PROCEDURE_SYSTEMS)
    code, system = read_procedure(at, "code", typed, told_system) if typed else (None, told_system)
    if not (typed or description):
        at.refuse("code", "missing-service", "Say which service is asked for: a code, or what it is in words.")
    first, last = _days(at, row.first_day, row.last_day)
    place = at.line("place_of_service", row.place_of_service)
    if place and not (len(place) == 2 and place.isascii() and place.isdigit()):
        at.refuse("place_of_service", "place-of-service", "A place of service has two digits, such as 11 or 22.")
    raw = at.verbatim("raw", row.raw)
    return ServiceLine(
        line=number,
        code=code,
        code_to=read_procedure(at, "code_to", code_to, system)[0] if code_to else None,
        system=system,
        raw=kept_raw(raw, typed) if typed else raw or None,
        modifiers=read_modifiers(at, row.modifiers),
        quantity=at.number("quantity", row.quantity),
        unit=at.line("unit", row.unit),
        description=description,
        first_day=first,
        last_day=last,
        place_of_service=place,
        change=at.choice("change", row.change, Change),
    )


def _said(draft: Any, but: str = "") -> bool:
    kind = draft.__class__
    if draft == _empty(kind):
        return False
    return any(name != but and str(getattr(draft, name)).strip() for name in _names(kind))


@cache
def _empty(draft: type[Any]) -> Any:
    return draft()


@cache
def _names(draft: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(draft))


def draft_of(request: Request) -> Draft:
    """The fields that one would type to get the request, to open a saved one in the form; `read` gives the same request again."""
    representative = request.member.representative
    day, time, zone = receipt_texts(request.received_at, request.received_zone)
    evidence, where = evidence_texts(request.received_evidence)
    plain: dict[str, Any] = {name: _text(getattr(request, name)) for name in _PLAIN}
    return Draft(
        member=MemberDraft(
            **_texts(request.member, MemberDraft, but="representative"),
            representative=RepresentativeDraft(**_texts(representative, RepresentativeDraft)),
        ),
        services=tuple(ServiceDraft(**_texts(s, ServiceDraft)) for s in request.services),
        diagnoses=tuple(DiagnosisDraft(**_texts(d, DiagnosisDraft)) for d in request.diagnoses),
        received_date=day,
        received_time=time,
        received_zone=zone,
        received_evidence=evidence,
        received_evidence_where=where,
        coverage=CoverageDraft(**_texts(request.coverage, CoverageDraft)),
        claim=ClaimDraft(**_texts(request.claim, ClaimDraft)),
        requesting_provider=ProviderDraft(**_texts(request.requesting_provider, ProviderDraft)),
        servicing_provider=ProviderDraft(**_texts(request.servicing_provider, ProviderDraft)),
        attachments=request.attachments,
        source=request.source,
        decision=request.decision,
        traces=request.traces,
        **plain,
    )


_PLAIN = ("reference", "channel", "kind", "urgency", "urgency_said_by", "timing", "line_of_business", "state", "clinical_notes")


def _texts(value: Any, draft: type[Any], but: str = "") -> dict[str, str]:
    names = [f.name for f in fields(draft) if f.name != but]
    return {name: "" if value is None else _text(getattr(value, name)) for name in names}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return f"{value:%m/%d/%Y}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
