"""Invented content for the screens' tests and pictures: nobody in it exists, no policy says it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from ur_desk.domain.codes import System, Validity
from ur_desk.domain.findings import (
    Caution,
    CautionCode,
    CodeResult,
    CodeRow,
    Hit,
    HitKind,
    HitResult,
    MatchReport,
    PolicyMatch,
    Relation,
    Scope,
    SectionSpan,
    ServiceRow,
    Suggestion,
)
from ur_desk.domain.policy import (
    CodeEntry,
    EntryState,
    LintFinding,
    Policy,
    PolicyId,
    Position,
    Provenance,
    ProvenanceKind,
    Section,
    SectionKind,
    Severity,
    Sha256,
    Shelved,
    Statement,
    Text,
    TextLine,
    Version,
)
from ur_desk.domain.request import (
    Attachment,
    Channel,
    Coverage,
    Diagnosis,
    LineOfBusiness,
    Member,
    Provider,
    Request,
    ServiceLine,
    Sex,
    Timing,
    Urgency,
)

LINES = """Plan policy

Subject: Gait films of the knee
Number: SYN.00210   In force from 03/01/2024
Status: reviewed   Last review: 01/18/2024

This policy is about films of the knee that are taken while the member walks, and about programs that measure them.

Position

Investigational and not medically necessary:

Gait films of the knee, with or without a program that measures angles, for all indications.

A treadmill series of knee films, also called kneeography, when it is used to judge how the joint moves, for all indications.

Two small studies compared gait films with films at rest. Neither followed members for longer than six weeks, and neither showed a change in care.

A gait film is a row of x-ray pictures. A program may draw angles on them. The pictures are taken on a treadmill or on a walkway of ten steps.

Kneeography: a treadmill series of knee films, read by a program.

Codes are printed to inform. A code in the list does not promise payment, and a code outside it does not refuse it.

When services are investigational and not medically necessary:

99X01 Gait film of the knee, one side
99X02 Gait film of the knee, both sides
99X09 Film study without a number of its own [when it is a gait film]
M17.0-M17.9 Wear of the knee joint
M22.00-M22.92 Disorders of the kneecap
M23.000-M23.92 Derangement inside the knee
M25.561-M25.569 Pain in the knee
S83.401A-S93.401S Sprain of a ligament of the knee
S83.90XA-S83.92XS Sprain of the knee at a place that is not named

History
Reviewed 01/18/2024 No change of the position.
Reviewed 01/12/2023 Codes brought up to date.
New 02/03/2022 First text.""".splitlines()

KNEE = Sha256("a" * 64)
WALK = Sha256("b" * 64)
_SPRAIN = "The high end lies in another part of the body than the words. Was S83.409S meant?"


def text(lines: list[str], sha256: Sha256 = KNEE) -> Text:
    return Text(sha256, tuple(TextLine(i, line) for i, line in enumerate(lines, 1)))


def number(start: str) -> int:
    """The line that begins with these words."""
    return next(i for i, line in enumerate(LINES, 1) if line.startswith(start))


def entry(start: str, low: str, high: str | None = None, **more: object) -> CodeEntry:
    system = System.CPT if low.startswith("9") else System.ICD10CM
    raw = LINES[number(start) - 1]
    return CodeEntry(system, low, high, number(start), raw, **more)  # type: ignore[arg-type]


def knee_policy(kind: ProvenanceKind = ProvenanceKind.ABSTRACT) -> Policy:
    starts = {
        SectionKind.HEADER: 1,
        SectionKind.SCOPE: number("This policy"),
        SectionKind.POSITION: number("Position"),
        SectionKind.RATIONALE: number("Two small"),
        SectionKind.BACKGROUND: number("A gait film"),
        SectionKind.DEFINITIONS: number("Kneeography"),
        SectionKind.CODING: number("Codes are"),
        SectionKind.HISTORY: number("History"),
    }
    ends = [*(first - 1 for first in list(starts.values())[1:]), len(LINES)]
    printed = {SectionKind.POSITION: "Position", SectionKind.HISTORY: "History"}
    sections = tuple(Section(k, printed.get(k), first, last) for (k, first), last in zip(starts.items(), ends, strict=True))
    statements = tuple(
        Statement(Position.INVESTIGATIONAL, LINES[n - 1], n, n, all_indications=True) for n in (number("Gait films"), number("A treadmill"))
    )
    codes = (
        entry("99X01", "99X01"),
        entry("99X02", "99X02"),
        entry("99X09", "99X09", condition="when it is a gait film"),
        entry("M17", "M17.0", "M17.9"),
        entry("M22", "M22.00", "M22.92"),
        entry("M23", "M23.000", "M23.92"),
        entry("M25", "M25.561", "M25.569"),
        entry("S83.401A", "S83.401A", "S93.401S", state=EntryState.SUSPECT, why=_SPRAIN),
        entry("S83.90XA", "S83.90XA", "S83.92XS"),
    )
    findings = (LintFinding("range-crosses-category", Severity.WARNING, number("S83.401A"), _SPRAIN),)
    version = Version(date(2024, 3, 1), date(2024, 1, 18))
    return Policy(
        PolicyId("SYN.00210"),
        "Gait films of the knee",
        version,
        text(LINES),
        sections,
        statements,
        codes,
        Provenance(kind),
        "test/1",
        findings=findings,
    )


def knee_match() -> PolicyMatch:
    hits = (
        Hit(HitKind.PROCEDURE, "99X01", HitResult.LISTED, number("99X01"), "99X01 on line 1", 1, "99X01"),
        Hit(HitKind.TERM, "kneeography", HitResult.TERM, number("A treadmill"), "words of line 1: kneeography", 1, "kneeography"),
        Hit(
            HitKind.PROCEDURE,
            "99X09",
            HitResult.CONDITIONAL,
            number("99X09"),
            "99X09 on line 3, only when it is a gait film: not shown",
            3,
            "99X09",
            "when it is a gait film",
            False,
        ),
        Hit(HitKind.DIAGNOSIS, "M25.561", HitResult.LISTED, number("M25"), "M25.561 in the range", None, "M25.561–M25.569"),
        Hit(
            HitKind.DIAGNOSIS,
            "S83.511A",
            HitResult.SUSPECT,
            number("S83.401A"),
            "S83.511A only in a range that looks misprinted",
            None,
            "S83.401A–S93.401S",
        ),
    )
    position = next(s for s in knee_policy().sections if s.kind is SectionKind.POSITION)
    sections = (SectionSpan("position_statement", position.first_line, position.last_line),)
    return PolicyMatch(
        "SYN.00210",
        KNEE,
        "Gait films of the knee",
        date(2024, 3, 1),
        Relation.APPLIES,
        hits,
        sections,
        Position.INVESTIGATIONAL,
        all_indications=True,
    )


def long_policy(lines: int = 400) -> Policy:
    """A policy of many lines, each fifth of them long."""
    words = [
        f"Rule {i}. " + "The walkway has ten steps and the member rests between them. " * (4 if i % 5 == 0 else 1)
        for i in range(1, lines + 1)
    ]
    codes = tuple(CodeEntry(System.ICD10CM, f"M{i % 99:02}.0", None, i, words[i - 1]) for i in range(7, lines, 7))
    sections = (Section(SectionKind.SCOPE, None, 1, lines // 2), Section(SectionKind.CODING, None, lines // 2 + 1, lines))
    return Policy(
        PolicyId("SYN.00400"),
        "Walkways and treadmills",
        Version(date(2023, 1, 1)),
        text(words, WALK),
        sections,
        (),
        codes,
        Provenance(ProvenanceKind.DOCUMENT),
        "test/1",
    )


def shelved(policy: Policy | None = None) -> Shelved:
    return Shelved(policy or knee_policy())


def report() -> MatchReport:
    refer, confirm, none = Suggestion.REFER, Suggestion.CONFIRM, Suggestion.NO_POLICY
    return MatchReport(
        (knee_match(),),
        (
            CodeRow("99X01", System.CPT, CodeResult.LISTED),
            CodeRow("97110", System.CPT, CodeResult.NOT_LISTED),
            CodeRow("99X09", System.CPT, CodeResult.CONDITIONAL),
            CodeRow("M25.561", System.ICD10CM, CodeResult.LISTED, Validity.VALID, "Pain in right knee"),
            CodeRow("S83.511A", System.ICD10CM, CodeResult.SUSPECT, Validity.VALID, "Sprain of anterior cruciate ligament of right knee"),
            CodeRow(
                "G89.29",
                System.ICD10CM,
                CodeResult.NOT_LISTED,
                Validity.VALID,
                "Other chronic pain",
                "That changes nothing about the position.",
            ),
            CodeRow("Z99.ZZ", System.ICD10CM, CodeResult.INVALID, Validity.UNKNOWN),
        ),
        (
            ServiceRow(1, ("SYN.00210",), refer, Scope.SHOWN, Relation.APPLIES),
            ServiceRow(2, (), none),
            ServiceRow(3, ("SYN.00210",), confirm, Scope.NOT_SHOWN, Relation.CONFIRM_CONDITION),
        ),
        refer,
        (
            Caution(
                CautionCode.LISTING_IS_NOT_COVERAGE,
                "The member's contract in effect on 06/12/2024 decides.",
                "SYN.00210",
                number("Codes are"),
            ),
            Caution(CautionCode.SUSPECT_RANGE, f"S83.401A–S93.401S, line {number('S83.401A')}: {_SPRAIN}", "SYN.00210", number("S83.401A")),
            Caution(
                CautionCode.CONDITION_UNCONFIRMED,
                "99X09 is meant only when it is a gait film. Ask which study line 3 is.",
                "SYN.00210",
                number("99X09"),
            ),
        ),
    )


def request() -> Request:
    june = date(2024, 6, 12)
    return Request(
        (
            ServiceLine(
                1,
                "99X01",
                system=System.CPT,
                quantity=Decimal(1),
                description="Kneeography of the right knee on a treadmill",
                first_day=june,
            ),
            ServiceLine(
                2,
                "97110",
                system=System.CPT,
                quantity=Decimal(6),
                description="Exercise, each quarter hour",
                first_day=june,
                last_day=date(2024, 7, 31),
            ),
            ServiceLine(
                3, "99X09", system=System.CPT, quantity=Decimal(1), description="Film study, other", first_day=june, modifiers=("RT",)
            ),
        ),
        Member("Quillfeather", "Odette", "SYN-000318-01", date(1968, 11, 2), Sex.F, language="en"),
        (Diagnosis("M25.561", primary=True), Diagnosis("S83.511A"), Diagnosis("G89.29"), Diagnosis("Z99.ZZ")),
        received_at=datetime(2024, 6, 3, 13, 30, tzinfo=UTC),
        received_zone="America/Indiana/Indianapolis",
        channel=Channel.FAX,
        urgency=Urgency.STANDARD,
        timing=Timing.PRESERVICE,
        line_of_business=LineOfBusiness.ERISA_SELF_FUNDED,
        coverage=Coverage(plan="Harbor Mills employees"),
        state="IN",
        requesting_provider=Provider("Tamsin Okonjo", "1234567893", credential="DC"),
        clinical_notes=RECORD,
        attachments=(Attachment("fax.pdf", "application/pdf", "c" * 64),),
    )


RECORD = """Knee pain on the right side since a fall in February. Climbs stairs one at a time. No locking.

Films at rest of 05/2024 show slight narrowing on the inner side. Six visits of exercise, pain from 7 to 5.

Asks for a treadmill series to see whether the joint slips while walking."""

DESCRIPTIONS = {
    "M25.561": "Pain in right knee",
    "S83.511A": "Sprain of anterior cruciate ligament of right knee, initial encounter",
    "G89.29": "Other chronic pain",
}


def crowded_request(lines: int = 40) -> Request:
    """A request as long as they come: many lines, long names, German-length words."""
    services = tuple(
        ServiceLine(
            i,
            f"97{i:03}",
            system=System.CPT,
            quantity=Decimal(i),
            description="Oberschenkelmuskulaturkräftigungsübung " * (i % 3 + 1),
            first_day=date(2024, 6, 12),
        )
        for i in range(1, lines + 1)
    )
    member = Member(
        "Featherstonehaugh-Cholmondeley-Wolfeschlegelstein", "Maximiliana Theodora", "SYN-000999-01-EXTRA-LONG", date(1931, 1, 9)
    )
    return Request(services, member, tuple(Diagnosis(f"M{i:02}.9") for i in range(10, 22)), clinical_notes="word " * 1_000_000)
