"""A whole document, in the layout of a page that lost its headings, is read to its facts."""

from datetime import date

import invented_policy as doc
import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.policy import EntryState, Policy, Position, ProvenanceKind, SectionKind

INMN = Position.INVESTIGATIONAL


@pytest.fixture(scope="module")
def policy(codeset: CodeSet) -> Policy:
    return read(doc.TEXT.encode(), "folder/XYZ.txt", codeset)


def test_the_header_gives_number_title_status_and_both_dates(policy: Policy) -> None:
    assert policy.id == "XYZ.00001"
    assert policy.title.startswith("Pulsed Light Gait Mapping (Including")
    assert policy.version.status == "Revised"
    assert (policy.version.effective, policy.version.last_review) == (date(2024, 3, 15), date(2024, 2, 8))
    assert policy.version.ends is None
    assert policy.publisher is None


def test_the_file_is_named_without_its_folders_and_is_a_document(policy: Policy) -> None:
    assert policy.provenance.file == "XYZ.txt"
    assert policy.provenance.kind is ProvenanceKind.DOCUMENT


def test_sections_are_told_by_heading_content_and_place(policy: Policy) -> None:
    starts = [
        (SectionKind.HEADER, "Medical Policy", None),
        (SectionKind.SCOPE, "This document", None),
        (SectionKind.POSITION, "Position Statement", "Position Statement"),
        (SectionKind.RATIONALE, "Two small studies", None),
        (SectionKind.BACKGROUND, "Pulsed light gait mapping is a way", None),
        (SectionKind.DEFINITIONS, "Podovideography (also", None),
        (SectionKind.CODING, "The following codes", None),
        (SectionKind.REFERENCES, "Peer Reviewed", "Peer Reviewed Publications:"),
        (SectionKind.WEBSITES, "Websites", "Websites for Additional Information"),
        (SectionKind.DISCLAIMER, "Lamp makers", None),
        (SectionKind.HISTORY, "Document History", "Document History"),
    ]
    assert [(s.kind, s.first_line, s.heading) for s in policy.sections] == [(k, doc.line_of(t), h) for k, t, h in starts]


def test_sections_are_told_by_content_also_where_the_gaps_are_lost(policy: Policy, codeset: CodeSet) -> None:
    single = read(doc.TEXT.replace("\n\n\n", "\n\n").encode(), "XYZ.txt", codeset)
    assert [(s.kind, s.heading) for s in single.sections] == [(s.kind, s.heading) for s in policy.sections]
    assert [single.text.line(s.first_line).text for s in single.sections] == [policy.text.line(s.first_line).text for s in policy.sections]


def test_under_a_printed_heading_prose_goes_on_across_gaps(codeset: CodeSet) -> None:
    headed = doc.TEXT.replace("Two small studies", "Rationale\n\nTwo small studies").replace(
        "Podovideography (also", "Definitions\nPodovideography (also"
    )
    told = read(headed.encode(), "XYZ.txt", codeset)
    kinds = [s.kind for s in told.sections]
    assert kinds[2:6] == [SectionKind.POSITION, SectionKind.RATIONALE, SectionKind.DEFINITIONS, SectionKind.CODING]


def test_blank_lines_go_with_what_stands_before_them(policy: Policy) -> None:
    for section in policy.sections:
        assert policy.text.line(section.first_line).text.strip()
    assert policy.sections[-1].last_line == len(doc.LINES)


def test_each_statement_names_its_services_and_their_other_names(policy: Policy) -> None:
    first, second = policy.statements
    assert first.terms == ("pulsed light gait mapping", "optical stride tracing")
    assert second.terms == ("pulsed light gait mapping", "podovideography", "stridography")
    assert [s.position for s in policy.statements] == [INMN, INMN]
    assert all(s.all_indications and s.criteria is None and s.first_line == s.last_line for s in policy.statements)


def test_procedures_carry_their_condition_and_group(policy: Policy) -> None:
    first, second = [entry for entry in policy.codes if entry.system is System.CPT]
    assert (first.low, first.condition, first.state) == ("76999", None, EntryState.OK)
    assert second.condition == "when specified as stridography"
    assert second.description == "Walking study without a code of its own (eg, corridor, treadmill)"
    assert second.group == "When services are Investigational and Not Medically Necessary"
    assert second.position is INMN


def test_diagnoses_keep_their_ends_words_line_and_raw_text(policy: Policy) -> None:
    rows = [(e.low, e.high, e.description, e.line, e.raw) for e in policy.codes if e.system is System.ICD10CM]
    first = doc.line_of("G57.60")
    assert rows == [
        ("G57.60", "G57.63", "Lesion of plantar nerve", first, "G57.60-G57.63"),
        ("M20.10", "M20.62", "Deformities of the toes", first + 1, "M20.10-M20.62"),
        ("M72.2", None, "Thickened band under the foot", first + 2, "M72.2"),
        ("S92.001A", "S92.919S", "Broken bones of the foot", first + 3, "S92.001A-S92.919S"),
        ("S93.401A", "S39.499S", "Sprain of ankle", first + 4, "S93.401A-S39.499S"),
    ]


def test_publications_and_websites_are_apart(policy: Policy) -> None:
    assert [(r.kind, r.number, r.line) for r in policy.references] == [
        ("publication", 1, doc.line_of("  1. Ackermann")),
        ("publication", 2, doc.line_of("  2. Cole")),
        ("website", 1, doc.line_of("  1. National")),
        ("website", 2, doc.line_of("  2. Foot Friends")),
    ]


def test_history_rows_keep_a_missing_status_missing(policy: Policy) -> None:
    rows = [(row.status, row.day) for row in policy.history if not row.pre_merger]
    assert rows == [
        ("Revised", date(2024, 2, 8)),
        ("Reviewed", date(2023, 2, 9)),
        (None, date(2022, 8, 1)),
        ("New", date(2022, 2, 10)),
    ]


def test_earlier_documents_belong_to_the_history_and_name_their_organization(policy: Policy) -> None:
    rows = [(r.organization, r.day, r.document, r.line, r.last_line) for r in policy.history if r.pre_merger]
    first = doc.line_of("Footpath Health")
    assert rows == [
        ("Footpath Health, Inc.", date(2021, 11, 30), "FPH.00077", first, first + 3),
        ("Corridor Health Networks, Inc.", None, None, first + 4, first + 4),
    ]


def test_disclaimers_are_lines_wherever_they_stand(policy: Policy) -> None:
    assert policy.disclaimers == (doc.line_of("The following codes"), doc.line_of("Lamp makers"))


def test_other_policies_that_the_text_names_are_related(policy: Policy) -> None:
    assert policy.related == ("FPH.00077",)


def test_the_same_bytes_give_the_same_reading(policy: Policy, codeset: CodeSet) -> None:
    assert read(doc.TEXT.encode(), "XYZ.txt", codeset) == policy
