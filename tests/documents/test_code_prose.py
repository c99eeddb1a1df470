"""Codes in sentences: what a policy lists, what it only names, what it says it is not about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered import numbered

from ur_desk.documents.code_prose import with_told_codes
from ur_desk.documents.code_rows import entries_of
from ur_desk.documents.reader import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import MentionRole, Policy, PolicyId, Provenance, ProvenanceKind, Section, SectionKind, Version

HEAD = (
    "Medical Policy",
    "Subject: Humming",
    "Document #: XYZ.00002 Current Effective Date: 03/15/2024",
    "Status: Revised Last Review Date: 02/08/2024",
)


def policy(codeset: CodeSet, *lines: str, head: tuple[str, ...] = HEAD) -> Policy:
    return read("\n".join((*head, "", *lines)).encode(), "x.txt", codeset)


def listed(told: Policy) -> list[str]:
    return [entry.printed for entry in told.codes]


def named(told: Policy, role: MentionRole = MentionRole.MENTIONED) -> list[str]:
    return [mention.raw for mention in told.mentions if mention.role is role]


def test_criteria_list_the_diagnoses_that_stand_under_the_name_of_their_system(codeset: CodeSet) -> None:
    told = policy(
        codeset,
        "Position Statement",
        "",
        "Humming (CPT 97799) is considered medically necessary when any of the following criteria are met:",
        "  - Torn tune (ICD-10: M23.20x, M23.21x,",
        "    M23.30x)",
        "  - Knee pain (ICD-10-CM codes M25.561 through M25.569)",
        "  - Like M17.0 but louder",
    )
    assert listed(told) == ["97799", "M23.20-", "M23.21-", "M23.30-", "M25.561–M25.569"]
    assert {entry.position for entry in told.codes} == {told.statements[0].position}
    assert named(told) == ["M17.0"]


@pytest.mark.parametrize(
    ("sentence", "role", "codes"),
    [
        ("Singing (CPT 92507) is not addressed in this document.", MentionRole.NOT_ADDRESSED, ["92507"]),
        ("This policy does not apply to codes 92507 and 92508.", MentionRole.NOT_ADDRESSED, ["92507", "92508"]),
        ("This document does not address G0101-G0103.", MentionRole.NOT_ADDRESSED, ["G0101-G0103"]),
        ("For song see policy ABC.00001 (CPT 92507).", MentionRole.SEE_ALSO, ["92507"]),
        ("The criteria of the CPT 92507 policy hold.", MentionRole.SEE_ALSO, ["92507"]),
        ("Removed codes 80500 and 80502, replaced with 80503.", MentionRole.MENTIONED, ["80500", "80502", "80503"]),
        ("An office visit (99202 through 99215) may be reported.", MentionRole.MENTIONED, ["99202 through 99215"]),
        ("One test (87623, 87624, 876250) a year.", MentionRole.MENTIONED, ["87623", "87624", "876250"]),
        ("Members with E11.621 were studied.", MentionRole.MENTIONED, ["E11.621"]),
        ("Look at https://example.org/view?articleid=56767&code=92507 for codes.", MentionRole.MENTIONED, []),
        ("In 12345 people the C3-C7 segment and B12 were seen.", MentionRole.MENTIONED, []),
    ],
)
def test_a_code_that_is_only_named_lists_nothing(sentence: str, role: MentionRole, codes: list[str], codeset: CodeSet) -> None:
    told = policy(codeset, "Rationale", "", sentence, "", "Position Statement", "", "Humming is considered not medically necessary.")
    assert listed(told) == []
    assert named(told, role) == codes
    for mention in told.mentions:
        assert told.text.line(mention.line).text[mention.start : mention.end] == mention.raw


def test_rows_that_point_to_another_policy_or_stand_under_not_addressed_list_nothing(codeset: CodeSet) -> None:
    told = policy(
        codeset,
        "Coding",
        "",
        "97799 Humming",
        "92507 Singing (see policy ABC.00001)",
        "The following codes are not addressed in this document:",
        "92508 Whistling",
    )
    assert listed(told) == ["97799"]
    assert (named(told, MentionRole.SEE_ALSO), named(told, MentionRole.NOT_ADDRESSED)) == (["92507"], ["92508"])


def test_the_header_lists_the_code_that_the_policy_is_about(codeset: CodeSet) -> None:
    told = policy(codeset, "Position Statement", "", "Humming is considered not medically necessary.", head=(*HEAD, "CPT Code: 97799"))
    assert listed(told) == ["97799"]


def test_labelled_lists_and_cells_of_a_table_list_their_codes(codeset: CodeSet) -> None:
    told = policy(
        codeset,
        "Coding",
        "",
        "CPT codes: 97799; 92507-92508",
        "ICD-10: N39.3, R15.0 thru R15.9, C50.621-C50-629",
        "1.01.05 | Hum | S42.00xA-S42.92xA, M80.00xA",
    )
    assert listed(told) == ["97799", "92507–92508", "N39.3", "R15.0–R15.9", "C50.621-C50-629", "S42.00XA–S42.92XA", "M80.00XA"]
    assert [finding.raw for finding in told.findings if finding.rule == "code-unreadable"] == ["C50.621-C50-629"]


def test_reading_the_words_again_changes_nothing(codeset: CodeSet) -> None:
    told = policy(
        codeset, "Coding", "", "97799 Humming", "92507 Singing (see policy ABC.00001)", "", "Rationale", "", "Codes 92508 and E11.621."
    )
    assert with_told_codes(told) == told


pieces = st.sampled_from(
    ["CPT ", "codes ", "ICD-10: ", "HCPCS", "(", ")", "97799", "M23.20x", "E11.621-E11.622", "G0101", "876250", ", ", " and ", " through ", "-", "–", "; ", ". ",
     "See policy ", "not addressed", "https://x.org/97799 ", "word ", "\t", "|", "M23.-", "C50.621-C50-629", "12 weeks "]
)  # fmt: skip


@given(st.lists(st.lists(pieces, max_size=8).map("".join), max_size=8))
def test_whatever_the_lines_say_each_mention_is_printed_where_it_points_and_nothing_is_lost_on_a_second_look(lines: list[str]) -> None:
    text = numbered("Humming is considered not medically necessary.", *lines)
    section = Section(SectionKind.POSITION, None, 1, len(text.lines))
    start = Policy(
        PolicyId("X"),
        "Humming",
        Version(None),
        text,
        (section,),
        (),
        entries_of(text, (section,)),
        Provenance(ProvenanceKind.DOCUMENT),
        "x",
    )
    told = with_told_codes(start)
    for mention in told.mentions:
        assert text.line(mention.line).text[mention.start : mention.end] == mention.raw
    assert with_told_codes(told) == told
