"""Codes under the heading of their group: covered, not covered, when criteria are met, not addressed, and those that belong to another policy."""

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import MentionRole, Policy, Position

TOP = """Medical Policy
Subject: Lamps
Document #: SURG.00999 Current Effective Date: 03/15/2024
Position Statement
Lamps are considered medically necessary.
Coding
"""
P = Position


def told(codeset: CodeSet, *rows: str) -> Policy:
    return read((TOP + "\n".join(rows)).encode(), "lamps.txt", codeset)


@pytest.mark.parametrize(
    ("heading", "position"),
    [
        ("When services are Medically Necessary:", P.MEDICALLY_NECESSARY),
        ("When services may be Medically Necessary when criteria are met:", P.MEDICALLY_NECESSARY),
        ("When services are Not Medically Necessary:", P.NOT_MEDICALLY_NECESSARY),
        ("When services are Investigational and Not Medically Necessary:", P.INVESTIGATIONAL),
        ("When services are Cosmetic and Not Medically Necessary:", P.COSMETIC),
        ("Codes that are covered:", P.OTHER),
        ("Procedure codes not covered:", P.OTHER),
        ("ICD-10-CM Codes that Support Medical Necessity", P.MEDICALLY_NECESSARY),
        ("ICD-10-CM Codes that DO NOT Support Medical Necessity", P.NOT_MEDICALLY_NECESSARY),
    ],
)
def test_a_group_gives_its_codes_its_heading_and_its_position(heading: str, position: Position, codeset: CodeSet) -> None:
    policy = told(codeset, heading, "28999 Unlisted [when specified as lamp]" if "ICD" not in heading else "M72.2 Band (when lit)")
    (entry,) = policy.codes
    assert (entry.group, entry.position) == (heading.rstrip(":"), position)
    assert entry.condition in ("when specified as lamp", "when lit")


def test_numbered_groups_of_an_article_stay_apart(codeset: CodeSet) -> None:
    head = "ICD-10-CM Codes that Support Medical Necessity"
    policy = told(codeset, head, "Group 1 Codes", "M72.2 Band", "Group 2 Codes", "M72.2 Band")
    assert [entry.group for entry in policy.codes] == [f"{head}: Group 1", f"{head}: Group 2"]
    assert [finding.rule for finding in policy.findings if finding.rule == "code-duplicate"] == []


def test_codes_that_are_not_addressed_or_another_policys_are_no_listed_codes(codeset: CodeSet) -> None:
    policy = told(
        codeset,
        "When services are Medically Necessary:",
        "28999 Unlisted procedure",
        "64999 Candles (See also policy SURG.00111)",
        "",
        "The following codes are not addressed in this policy:",
        "76120 Cineradiography",
    )
    assert [entry.low for entry in policy.codes] == ["28999"]
    assert {(mention.low, mention.role) for mention in policy.mentions} == {
        ("64999", MentionRole.SEE_ALSO),
        ("76120", MentionRole.NOT_ADDRESSED),
    }


@pytest.mark.parametrize("label", ["HCPCS codes", "**HCPCS Codes**", "- HCPCS Codes", "### HCPCS codes"])
def test_a_labelled_list_outside_of_the_coding_section_lists_its_codes(label: str, codeset: CodeSet) -> None:
    text = TOP.replace("Coding\n", f"{label}: E0160-E0175, K0700\nSee HCPCS code E0200 for candles.\n")
    policy = read(text.encode(), "lamps.txt", codeset)
    assert [(entry.low, entry.high) for entry in policy.codes] == [("E0160", "E0175"), ("K0700", None)]
    assert "E0200" in [mention.low for mention in policy.mentions]


def test_a_list_that_evidence_counts_lists_nothing(codeset: CodeSet) -> None:
    policy = told(codeset, "28999 Unlisted", "Rationale", "A study counted ICD-10 codes: M72.2, G57.60")
    assert [entry.low for entry in policy.codes] == ["28999"]
