"""A small library of the tests' own words: a policy on moving x-ray pictures of the spine with the facts of its kind, and requests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from ur_desk.domain.codes import System, normal
from ur_desk.domain.policy import (
    CodeEntry,
    Confirmation,
    Criterion,
    EntryState,
    Policy,
    PolicyId,
    Position,
    Provenance,
    ProvenanceKind,
    Section,
    SectionKind,
    Sha256,
    Shelved,
    Statement,
    Text,
    TextLine,
    Version,
)
from ur_desk.domain.request import Diagnosis, LineOfBusiness, Request, ServiceLine

DAY = date(2017, 10, 12)
CONFIRMED = Confirmation("a reader", datetime(2017, 10, 1, 12, 0, tzinfo=UTC))

HEAD = (
    "Synthetic medical policy",
    "IMG.00100  in force from 09/27/2017, last looked at 08/03/2017",
    "About x-ray pictures that show the spine while it moves.",
    "Position",
    "Investigational and not medically necessary:",
    "Dynamic spinal visualization such as digital motion x-ray, with or without a computer's reading of the spine, for all indications.",
    "Dynamic spinal visualization such as cineradiography (videofluoroscopy is the same) of the moving back or spine, for all indications.",
    "Why: few people were studied. All of these ways make pictures with x-rays.",
    "Codes are for information only; a code that a statement above describes counts as well, for example 0123T.",
    "76120 moving x-ray pictures",
    "76125 moving x-ray pictures beside a routine examination",
    "76496 fluoroscopy without a code of its own [when specified as videofluoroscopy]",
)
_PRINTED = """
    M40.00-M40.57 M41.00-M41.9 M42.00-M42.9 M43.00-M43.9 M45.0-M45.9 M46.00-M46.99 M47.011-M47.9 M48.00-M48.9 M49.80-M49.89
    M50.00-M50.93 M51.04-M51.9 M53.0-M53.9 M54.00-M54.9 M80.08XA-M80.08XS M80.88XA-M80.88XS M81.0-M81.8 M88.1 M88.89 M99.00-M99.04
    Q76.0-Q76.49 S12.000A-S12.691S S13.0XXA-S13.0XXS S13.100A-S13.181S S13.20XA-S13.29XS S13.4XXA-S43.4XXS S22.000A-S22.089S
    S23.0XXA-S23.0XXS S23.100A-S23.171S S23.3XXA-S23.3XXS S32.000A-S32.059S S32.10XA-S32.19XS S32.2XXA-S32.2XXS S33.0XXA-S33.0XXS
    S33.100A-S33.141S S33.2XXA-S33.2XXS S33.30XA-S33.39XS S33.5XXA-S33.9XXS
"""
RANGES = tuple(_PRINTED.split())
TAIL = ("History: looked at again on 08/03/2017, nothing changed.",)


def text(*lines: str) -> Text:
    """Numbered lines with their hash."""
    return Text(Sha256(sha256("\n".join(lines).encode()).hexdigest()), tuple(TextLine(n, line) for n, line in enumerate(lines, 1)))


def moving_pictures(
    effective: date | None = date(2017, 9, 27),
    last_review: date | None = date(2017, 8, 3),
    ends: date | None = None,
    abstract: bool = False,
    name: str = "IMG.00100",
) -> Policy:
    """The policy with two positions for all indications, three procedures and 37 diagnosis rows, one of them misprinted."""
    lines = (*HEAD, *RANGES, *TAIL)
    first, last = len(HEAD) + 1, len(HEAD) + len(RANGES)
    against = Position.INVESTIGATIONAL
    return Policy(
        id=PolicyId(name),
        title="Moving pictures of the spine",
        version=Version(effective, last_review, ends, "Reviewed"),
        text=text(*lines, str(effective), "abstract" if abstract else ""),
        sections=(
            Section(SectionKind.HEADER, None, 1, 2),
            Section(SectionKind.SCOPE, None, 3, 3),
            Section(SectionKind.POSITION, "Position", 4, 7),
            Section(SectionKind.RATIONALE, None, 8, 8),
            Section(SectionKind.CODING, None, 9, last),
            Section(SectionKind.HISTORY, None, last + 1, last + 1),
        ),
        statements=(
            Statement(against, HEAD[5], 6, 6, True, ("dynamic spinal visualization", "digital motion x-ray")),
            Statement(against, HEAD[6], 7, 7, True, ("dynamic spinal visualization", "cineradiography", "videofluoroscopy")),
        ),
        codes=(
            CodeEntry(System.CPT, "76120", None, 10, "76120", position=against),
            CodeEntry(System.CPT, "76125", None, 11, "76125", position=against),
            CodeEntry(System.CPT, "76496", None, 12, "76496", condition="when specified as videofluoroscopy", position=against),
            *(diagnosis_row(raw, first + n) for n, raw in enumerate(RANGES)),
        ),
        provenance=Provenance(ProvenanceKind.ABSTRACT if abstract else ProvenanceKind.DOCUMENT),
        reader="test/1",
    )


def diagnosis_row(raw: str, line: int) -> CodeEntry:
    """A row of a diagnosis list as printed; the one with an end that does not exist is suspect."""
    low, _, high = raw.partition("-")
    state = EntryState.SUSPECT if high == "S43.4XXS" else EntryState.OK
    return CodeEntry(System.ICD10CM, low, high or None, line, raw, state=state)


def policy(
    name: str = "DRG.00001",
    statements: Sequence[Statement] = (),
    codes: Sequence[CodeEntry] = (),
    lines: Sequence[str] = (),
    effective: date | None = date(2015, 1, 1),
) -> Policy:
    """A policy of any kind, in one coding section unless lines are given."""
    said = tuple(lines) or ("Policy", *(statement.text for statement in statements), *(entry.raw for entry in codes))
    return Policy(
        id=PolicyId(name),
        title=name,
        version=Version(effective),
        text=text(*said, name, str(effective)),
        sections=(Section(SectionKind.CODING, None, 1, len(said)),),
        statements=tuple(statements),
        codes=tuple(codes),
        provenance=Provenance(ProvenanceKind.DOCUMENT),
        reader="test/1",
    )


def statement(
    words: str, *terms: str, position: Position = Position.MEDICALLY_NECESSARY, criteria: bool = False, everywhere: bool = False
) -> Statement:
    """A position statement on line 2."""
    tree = Criterion("leaf", "Tried for six weeks without relief", 2, 2) if criteria else None
    return Statement(position, words, 2, 2, everywhere, terms, tree)


def shelved(made: Policy, **known: object) -> Shelved:
    """A policy that somebody confirmed, with what else the library knows of it."""
    return replace(Shelved(made, confirmed=CONFIRMED), **known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Line:
    """A service line in short: its code, its words, its days."""

    code: str | None = "76120"
    words: str | None = None
    day: date | None = DAY
    last: date | None = None
    system: System | None = None
    code_to: str | None = None


def request(
    *lines: Line, dx: str = "", business: LineOfBusiness | None = LineOfBusiness.COMMERCIAL_INSURED, state: str | None = None
) -> Request:
    """A request with these lines; `dx` holds ICD-10-CM codes as typed."""
    return Request(
        services=tuple(
            ServiceLine(n, line.code, line.code_to, line.system, line.code, description=line.words, first_day=line.day, last_day=line.last)
            for n, line in enumerate(lines, 1)
        ),
        diagnoses=tuple(icd10(*dx.split())),
        line_of_business=business,
        state=state,
    )


def icd10(*codes: str) -> Iterable[Diagnosis]:
    """Diagnoses of ICD-10-CM."""
    return (Diagnosis(normal(code, System.ICD10CM), raw=code) for code in codes)
