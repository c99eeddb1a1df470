"""The rules of each stage, a table a rule: headings, labels, positions, terms, rows of codes, rows of a history."""

from collections.abc import Sequence
from datetime import date

import pytest

from ur_desk.documents.code_lists import table_of
from ur_desk.documents.code_rows import Under, row
from ur_desk.documents.header import header_of
from ur_desk.documents.headings import heading_of
from ur_desk.documents.history import history_of, is_history_row
from ur_desk.documents.positions import for_all_indications, group_position, stated_position
from ur_desk.documents.terms import aliases_in, terms_in
from ur_desk.documents.text import decode
from ur_desk.documents.wording import day_of, find_date, plain
from ur_desk.domain.codes import System
from ur_desk.domain.policy import Position, Section, SectionKind, Text

K = SectionKind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Position Statement", K.POSITION),
        ("POSITION STATEMENT:", K.POSITION),
        ("  Policy Statement  ", K.POSITION),
        ("Coverage Rationale", K.POSITION),
        ("Clinical Indications", K.POSITION),
        ("Indications and Limitations of Coverage", K.POSITION),
        ("II. CRITERIA FOR INITIAL APPROVAL", K.POSITION),
        ("SECTION 2: COVERAGE CRITERIA", K.POSITION),
        ("Description/Scope", K.SCOPE),
        ("## Purpose", K.SCOPE),
        ("Rationale", K.RATIONALE),
        ("Summary of Evidence", K.RATIONALE),
        ("Background/Overview", K.BACKGROUND),
        ("3. Definitions", K.DEFINITIONS),
        ("Glossary of Terms", K.DEFINITIONS),
        ("Coding", K.CODING),
        ("Applicable Codes", K.CODING),
        ("ICD-10-CM Codes that Support Medical Necessity", K.CODING),
        ("CPT/HCPCS:", K.CODING),
        ("**References**", K.REFERENCES),
        ("Government Agency, Medical Society, and Other Authoritative Publications:", K.REFERENCES),
        ("Websites for Additional Information", K.WEBSITES),
        ("Index", K.INDEX),
        ("Instructions for Use", K.DISCLAIMER),
        ("Document History", K.HISTORY),
        ("Policy History/Revision Information", K.HISTORY),
        ("Status Date Action", K.HISTORY),
        ("Pre-Merger Organizations Last Review Date Document Number Title", K.HISTORY),
        ("AUTHORITY", K.OTHER),
        ("SECTION 5: DOCUMENTATION REQUIREMENTS", K.OTHER),
    ],
)
def test_headings_are_known_in_several_wordings(line: str, kind: SectionKind) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert heading.kind is kind
    assert heading.printed == line.strip()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "Policy applies to all members.",
        "The index of suspicion is low",
        "References to standard benefit language do not apply",
        "Prior authorization request number",
        "X-RAY.",
        "M40.00-M40.57 Kyphosis",
        "=" * 60,
        "Scope " * 40,
        "2.1 ELIGIBLE DIAGNOSIS",
        "A. ATOPIC DERMATITIS",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize("line", ["ICD-10 Diagnosis", "CPT", "HCPCS", "Diagnosis Codes", "ICD-9 Procedure"])
def test_names_of_code_tables_open_no_section_inside_the_codes(line: str) -> None:
    assert heading_of(line, in_codes=True) is None


HEADERS = {
    "two facts to a line": (
        ["Subject: Lamps", "Document #: XYZ.00009 Current Effective Date:   01/02/2024", "Status: Revised Last Review Date: 12/03/2023"],
        ("XYZ.00009", "Lamps", "Revised", date(2024, 1, 2), date(2023, 12, 3), None),
    ),
    "one fact to a line, other words": (
        [
            "Coverage Policy Manual",
            "Policy #: 2006039",
            "Category: Surgery",
            "Last Review: June 5, 2023",
            "  Lamps for the Neck",
            "Effective: 2023-07-01",
        ],
        ("2006039", "Lamps for the Neck", None, date(2023, 7, 1), date(2023, 6, 5), None),
    ),
    "alternate lines": (
        [
            "LCD ID",
            "L33707",
            "LCD Title",
            "Lamp Services",
            "Original Effective Date",
            "10/01/2015",
            "Revision Effective Date",
            "07/01/2020",
            "Retirement Date",
            "N/A",
        ],
        ("L33707", "Lamp Services", None, date(2020, 7, 1), None, None),
    ),
    "columns with bars": (
        [
            "NCD ID: 57 | Manual Section: 100.1 | Lamp Therapy in the Home",
            "Effective Date: 2013-09-24 00:00:00",
            "Termination Date: none (currently active)",
        ],
        ("57", "Lamp Therapy in the Home", None, date(2013, 9, 24), None, None),
    ),
    "three facts and an end": (
        [
            "Bulletin Number:  MRP-002",
            "Subject:   Lamps",
            "Effective Date:   August 23, 2021     End Date: 9/1/2022",
            "Date Reviewed: 08/01/2022",
        ],
        ("MRP-002", "Lamps", None, date(2021, 8, 23), date(2022, 8, 1), date(2022, 9, 1)),
    ),
    "the title stands before the furniture of the page": (
        ["# https://example.org/policies/9", "Lamp Replacement", "", "Effective Date: 03/23/2023", "Policy Number: HUM-0442-023"],
        ("HUM-0442-023", "Lamp Replacement", None, date(2023, 3, 23), None, None),
    ),
}


@pytest.mark.parametrize(("lines", "facts"), HEADERS.values(), ids=HEADERS.keys())
def test_a_header_is_read_in_several_shapes(lines: list[str], facts: tuple[object, ...]) -> None:
    header = header_of(text_of(lines), len(lines))
    days = [dated and dated.day for dated in (header.effective, header.last_review, header.ends)]
    assert (header.number, header.title, header.status, *days) == facts
    assert not header.unread


def text_of(lines: Sequence[str]) -> Text:
    """These lines as a plain text file has them."""
    return decode("\n".join(lines).encode(), "x.txt").text


def test_a_day_that_no_calendar_has_is_unread_and_never_guessed() -> None:
    header = header_of(text_of(("Policy #: A1", "Effective Date: 13/45/2017", "Last Review Date: June 2023", "End Date: TBD")), 4)
    assert header.effective is None
    assert [fact.line for fact in header.unread] == [2, 3]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09/27/2017", date(2017, 9, 27)),
        ("on 9/7/17.", date(2017, 9, 7)),
        ("2017-09-27 00:00:00", date(2017, 9, 27)),
        ("Sept. 27, 2017", date(2017, 9, 27)),
        ("may 1 2020", date(2020, 5, 1)),
        ("02/30/2017", None),
    ],
)
def test_days_are_read_as_the_field_prints_them(text: str, day: date | None) -> None:
    found = find_date(text)
    assert found is not None
    assert day_of(found) == day


@pytest.mark.parametrize("text", ["7 / 2021", "June 2023", "1999; 24(2):163", "12345678/1/2020x", ""])
def test_what_is_no_full_day_is_none(text: str) -> None:
    assert find_date(text) is None


def test_plain_words_have_single_spaces_and_nothing_unseen() -> None:
    assert plain("\ufeff a \u00a0\t b\u200bc \n") == "a bc"


@pytest.mark.parametrize(
    ("sentence", "position", "everything"),
    [
        ("Humming is considered investigational and not medically necessary for all indications.", Position.INVESTIGATIONAL, True),
        ("Humming is considered investigational/not medically necessary for any indication.", Position.INVESTIGATIONAL, True),
        ("Humming is considered investigational for all other indications.", Position.INVESTIGATIONAL, False),
        ("Humming and singing are unproven and not medically necessary under all circumstances.", Position.INVESTIGATIONAL, True),
        ("Humming is experimental, investigational and unproven.", Position.INVESTIGATIONAL, False),
        ("Humming is considered not medically necessary for snoring.", Position.NOT_MEDICALLY_NECESSARY, False),
        ("Humming is not considered medically necessary.", Position.NOT_MEDICALLY_NECESSARY, False),
        ("Humming is considered medically necessary when all of the following criteria are met:", Position.MEDICALLY_NECESSARY, False),
        ("Humming may be considered MEDICALLY NECESSARY when a doctor hums along.", Position.MEDICALLY_NECESSARY, False),
        ("Humming is considered cosmetic and not medically necessary.", Position.COSMETIC, False),
        ("Humming is considered reconstructive after an accident.", Position.RECONSTRUCTIVE, False),
        ("Humming may be approved when the following criteria are met:", Position.OTHER, False),
        ("Humming is not covered for screening.", Position.OTHER, False),
    ],
)
def test_a_position_is_told_by_its_verb_and_class(sentence: str, position: Position, everything: bool) -> None:
    stated = stated_position(sentence)
    assert stated is not None
    assert stated.position is position
    assert for_all_indications(sentence) is everything


@pytest.mark.parametrize(
    "words", ["Investigational and Not Medically Necessary:", "Medically Necessary:", "Humming helps some people.", ""]
)
def test_a_heading_or_a_plain_sentence_takes_no_position(words: str) -> None:
    assert stated_position(words) is None


@pytest.mark.parametrize(
    ("heading", "position"),
    [
        ("When services are Investigational and Not Medically Necessary:", Position.INVESTIGATIONAL),
        ("When services may be Medically Necessary when criteria are met:", Position.MEDICALLY_NECESSARY),
        ("When services are Not Medically Necessary:", Position.NOT_MEDICALLY_NECESSARY),
        ("When services are Cosmetic and Not Medically Necessary:", Position.COSMETIC),
        ("Other codes:", None),
        ("Medically necessary", None),
    ],
)
def test_a_group_of_codes_stands_under_the_position_of_its_heading(heading: str, position: Position | None) -> None:
    assert group_position(heading) is position


@pytest.mark.parametrize(
    ("subject", "terms"),
    [
        (
            "Lamp therapy, including, but not limited to, blue lamps of the foot, with or without counting of flashes and review of the foot,",
            ("lamp therapy", "blue lamps"),
        ),
        (
            "Lamp therapy, including podography, also known as stridography, when used to see the foot,",
            ("lamp therapy", "podography", "stridography"),
        ),
        ("The use of humming (also called bourdonnage) for the treatment of snoring", ("humming", "bourdonnage")),
        (
            "Tuned whistles, such as tin whistles or bird whistles (with or without a strap),",
            ("tuned whistles", "tin whistles", "bird whistles"),
        ),
        ("Ablation of warts", ("ablation of warts",)),
        ("Use of a device", ()),
        ("", ()),
    ],
)
def test_terms_are_the_services_of_a_subject_not_its_manner(subject: str, terms: tuple[str, ...]) -> None:
    assert terms_in(subject, {}) == terms


def test_other_names_of_the_definitions_stand_with_their_service() -> None:
    aliases = aliases_in(["Podography (also known as Stridography): A picture.", "Lamp: A light."])
    assert terms_in("Podography", aliases) == ("podography", "stridography")
    assert terms_in("Stridography", aliases) == ("stridography", "podography")


DX = Under(System.ICD10CM)

ROWS = [
    ("M40.00-M40.57 Kyphosis", Under(), [("ICD-10-CM", "M40.00", "M40.57", "M40.00-M40.57", "Kyphosis", None)]),
    *(
        (f"M40.00{dash}M40.57 Kyphosis", DX, [("ICD-10-CM", "M40.00", "M40.57", f"M40.00{dash}M40.57", "Kyphosis", None)])
        for dash in ("–", "—", "‑", "−", "‒", " - ", " – ", " to ", " through ", "--", "\u00ad", "－")
    ),
    ("s03.0xxa–s03.0xxs Jaw", Under(), [("ICD-10-CM", "S03.0XXA", "S03.0XXS", "s03.0xxa–s03.0xxs", "Jaw", None)]),
    ("M4000 Kyphosis", DX, [("ICD-10-CM", "M40.00", None, "M4000", "Kyphosis", None)]),
    ("• M88.1\tPaget", Under(), [("ICD-10-CM", "M88.1", None, "M88.1", "Paget", None)]),
    ("C61 Prostate", DX, [("ICD-10-CM", "C61", None, "C61", "Prostate", None)]),
    ("C4A.0 Merkel", DX, [("ICD-10-CM", "C4A.0", None, "C4A.0", "Merkel", None)]),
    ("U07.1", DX, [("ICD-10-CM", "U07.1", None, "U07.1", None, None)]),
    ("I42.0-I43 Heart", DX, [("ICD-10-CM", "I42.0", "I43", "I42.0-I43", "Heart", None)]),
    ("M48.00-M4 Cut short", DX, [("ICD-10-CM", "M48.00", "M4", "M48.00-M4", "Cut short", None)]),
    ("724.5 Backache", Under(System.ICD9CM), [("ICD-9-CM", "724.5", None, "724.5", "Backache", None)]),
    ("76120 Motion pictures", Under(), [("CPT", "76120", None, "76120", "Motion pictures", None)]),
    ("73721 — MRI knee", Under(), [("CPT", "73721", None, "73721", "MRI knee", None)]),
    ("76120-76125 Motion", Under(), [("CPT", "76120", "76125", "76120-76125", "Motion", None)]),
    ("76120-26 Reading", Under(), [("CPT", "76120", None, "76120-26", "Reading", None)]),
    ("76120* Starred", Under(), [("CPT", "76120", None, "76120", "Starred", None)]),
    ("0693T Movement study", Under(), [("CPT", "0693T", None, "0693T", "Movement study", None)]),
    ("E0160 Seat", Under(), [("HCPCS", "E0160", None, "E0160", "Seat", None)]),
    (
        "E0160-E0175, K0700",
        Under(),
        [("HCPCS", "E0160", "E0175", "E0160-E0175", None, None), ("HCPCS", "K0700", None, "K0700", None, None)],
    ),
    ("80503       80504  80505", Under(), [("CPT", code, None, code, None, None) for code in ("80503", "80504", "80505")]),
    ("M54.5, M54.6 and M54.9 Back", DX, [("ICD-10-CM", code, None, code, "Back", None) for code in ("M54.5", "M54.6", "M54.9")]),
    ("XW0DXM6 Substance", Under(System.ICD10PCS), [("ICD-10-PCS", "XW0DXM6", None, "XW0DXM6", "Substance", None)]),
    ("50242-0040-62 Vial", Under(System.NDC), [("NDC", "50242-0040-62", None, "50242-0040-62", "Vial", None)]),
    ("0636 Drugs", Under(System.REVENUE), [("revenue", "0636", None, "0636", "Drugs", None)]),
    (
        "76496 Unlisted (eg, x) [when specified as humming]",
        Under(),
        [("CPT", "76496", None, "76496", "Unlisted (eg, x)", "when specified as humming")],
    ),
    ("76496 Unlisted, when specified as humming", Under(), [("CPT", "76496", None, "76496", "Unlisted", "when specified as humming")]),
    ("76496 Unlisted (when used for humming)", Under(), [("CPT", "76496", None, "76496", "Unlisted", "when used for humming")]),
    ("76496 [if billed for humming]", Under(), [("CPT", "76496", None, "76496", None, "if billed for humming")]),
    ("J0897 Injection [Brandname]", Under(), [("HCPCS", "J0897", None, "J0897", "Injection [Brandname]", None)]),
    ("76120 Motion, except where included", Under(), [("CPT", "76120", None, "76120", "Motion, except where included", None)]),
]


@pytest.mark.parametrize(("line", "under", "expected"), ROWS, ids=[line for line, _, _ in ROWS])
def test_rows_of_codes_in_every_shape(line: str, under: Under, expected: list[tuple[str | None, ...]]) -> None:
    found = row(line, 7, under)
    assert [(e.system.value, e.low, e.high, e.raw, e.description, e.condition) for e in found] == expected
    assert all(e.line == 7 for e in found)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ICD-10 Diagnosis",
        "ICD-10 codes were updated",
        "76120 is listed for information",
        "M54.5 was valid until 2021",
        "2017 update of codes",
        "10/01/2017 Added codes",
        "12 sessions",
        "Not applicable",
        "1-888-000-0000 Telephone",
        "L5 vertebra",
        "See 76120",
    ],
)
def test_other_lines_are_no_rows(line: str) -> None:
    assert row(line, 1) == ()


@pytest.mark.parametrize(
    ("line", "system"),
    [
        ("ICD-10 Diagnosis \u00a0 ", System.ICD10CM),
        ("ICD-10-CM Diagnosis Codes:", System.ICD10CM),
        ("ICD-10 Procedure", System.ICD10PCS),
        ("ICD-9 Diagnosis", System.ICD9CM),
        ("CPT", System.CPT),
        ("CPT® Codes", System.CPT),
        ("HCPCS", System.HCPCS),
        ("**Procedure Codes**", System.CPT),
        ("NDC numbers", System.NDC),
        ("Revenue codes", System.REVENUE),
        ("Kyphosis", None),
        ("Diagnosis of the knee by lamps", None),
    ],
)
def test_the_head_of_a_table_names_its_system(line: str, system: System | None) -> None:
    assert table_of(line) is system


@pytest.mark.parametrize(
    ("line", "is_row"),
    [
        ("Reviewed 08/03/2017 Committee review.", True),
        ("\u00a0 02/21/2008 A word was changed.", True),
        ("04/01/2020 - Updated", True),
        ("| Revised | 04/01/2020 | Updated |", True),
        ("Annual Review 4/1/2020", True),
        ("Effective for services on 02/21/2006 the rule changed", False),
        ("7 / 2021 Implementation", False),
        ("Status Date Action", False),
    ],
)
def test_rows_of_a_history(line: str, is_row: bool) -> None:
    assert is_history_row(line) is is_row


def test_earlier_documents_on_one_line_on_several_and_none() -> None:
    text = text_of(
        (
            "Document History",
            "Pre-Merger Organizations Last Review Date Document Number Title",
            "One Health, Inc. 10/28/2004 RAD.00001 First Title",
            "Two Health",
            "",
            "12/02/2004 Guideline without a number",
            "Three Health N/A",
            "Four Health, LLC",
        )
    )
    rows = history_of(text, (Section(K.HISTORY, None, 1, 8),))
    assert [(r.organization, r.day, r.document, r.action, r.line, r.last_line) for r in rows] == [
        ("One Health, Inc.", date(2004, 10, 28), "RAD.00001", "First Title", 3, 3),
        ("Two Health", date(2004, 12, 2), None, "Guideline without a number", 4, 6),
        ("Three Health", None, None, "N/A", 7, 7),
        ("Four Health, LLC", None, None, "", 8, 8),
    ]
