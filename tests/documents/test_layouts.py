"""Layouts of payers, on invented documents: whose it is, what its own labels say, which sections and approvals it prints."""

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, Position, SectionKind
from ur_desk.errors import UserError

K = SectionKind

AETNA = """<html><body><h1>Lamp Therapy</h1><h2>Clinical Policy Bulletins | Aetna</h2>
<p>Number: 0999</p><h2>Policy</h2><h3>Scope of Policy</h3><p>This bulletin addresses lamp therapy.</p>
<h3>Medical Necessity</h3><p>Aetna considers lamp therapy medically necessary when all of the following are met:</p>
<ol type="a"><li>The room is dark; and</li><li>The lamp is lit.</li></ol>
<h3>Experimental, Investigational, or Unproven</h3><p>Aetna considers candle therapy experimental, investigational, or unproven for all indications.</p>
<h2>Code Table</h2><h2>References</h2><ol><li>Cole M. Lamps. 2021.</li></ol>
<p>Last Review: 02/08/2024</p><p>Effective: 03/15/2001</p></body></html>"""

MEDICARE = """<html><body><h1>Local Coverage Determination (LCD)</h1><h2>Lamp Therapy</h2><p>L99999</p>
<table><tr><td>LCD ID</td><td>L99999</td></tr><tr><td>LCD Title</td><td>Lamp Therapy</td></tr>
<tr><td>Original Effective Date</td><td>For services performed on or after 10/01/2015</td></tr>
<tr><td>Revision Effective Date</td><td>For services performed on or after 07/01/2020</td></tr>
<tr><td>Retirement Date</td><td>N/A</td></tr></table>
<h2>Coverage Guidance</h2><p>Lamp therapy is considered medically necessary for adults who cannot see.</p>
<h2>Summary of Evidence</h2><p>Two small studies were found.</p><h2>Bibliography</h2><ol><li>Cole M. Lamps. 2021.</li></ol></body></html>"""

ARTICLE = """Billing and Coding: Lamp Therapy
A99999
Article ID
A99999
Article Title
Billing and Coding: Lamp Therapy
Original Effective Date
12/12/2021
Coding Information
ICD-10-CM Codes that Support Medical Necessity
Group 1 Codes
M72.2 Thickened band
G57.61 Lesion of a nerve of the foot
"""

UNITED = """UnitedHealthcare Pharmacy
Clinical Pharmacy Programs

Program Number           2024 P 9999-3
Program                  Prior Authorization/Notification
Medication               Lampocet (lumen)
Effective Date           8/1/2024

1. Background:
Lampocet is a lamp.

2. Coverage Criteria:
A. Dark rooms
   1. Initial Authorization
      a. Lampocet will be approved based on both of the following criteria:
         (1) The room is dark
                     -AND-
         (2) The door is shut
      Authorization will be issued for 12 months.
   2. Reauthorization
      a. Lampocet will be approved based on the following criterion:
         (1) The room is still dark
      Authorization will be issued for 12 months.

3. References:
1. Cole M. Lamps. 2021.
"""

CIGNA = """PRIOR AUTHORIZATION POLICY
POLICY:   Lamps – Lampocet Prior Authorization Policy
REVIEW DATE: 02/07/2024
INSTRUCTIONS FOR USE
Policies are administered by Cigna companies.
OVERVIEW
Lampocet is a lamp.
POLICY STATEMENT
Lampocet is(are) covered as medically necessary when the following criteria is(are) met.
1. Dark rooms. Approve for 1 year if the patient meets BOTH of the following (A and B):
  A) The room is dark; AND
  B) The door is shut.
2. Cellars. Approve if the cellar is dark.
CONDITIONS NOT COVERED
Lampocet is(are) considered experimental, investigational or unproven for ANY other use(s).
REFERENCES
1. Cole M. Lamps. 2021.
"""

HIGHMARK = """Highmark Reimbursement Policy Bulletin
Bulletin Number: MRP-999
Subject: Lamp Therapy
Effective Date: August 23, 2021   End Date:
Date Reviewed: 08/01/2022
PURPOSE:
A lamp is lit by a clerk.
REIMBURSEMENT GUIDELINES:
Lamps are considered medically necessary in dark rooms.
POLICY UPDATE HISTORY INFORMATION:
09/01/2022 Added a lamp
"""

BLUE = """BlueCross and BlueShield of Lampland Medical Policy/Codes
Lamp Therapy
Current Effective Date: May 03, 2012
Original Effective Date: June 25, 2002
Description

A lamp is lit.

Coverage

Lamp therapy is considered medically necessary in dark rooms.
"""

GUIDE = """# Coverage Criteria for Lamps

## General
Prior authorization is required.
Coverage holds for adults.
## Dark rooms
Lamps are covered in the dark; medical necessity must be shown.
The criteria are met when the room is dark.
Lamps are not covered in daylight.
An indication is a dark room.
"""


def told(text: str, codeset: CodeSet) -> Policy:
    return read(text.encode(), "lamps.txt", codeset)


@pytest.mark.parametrize(
    ("text", "layout", "publisher", "number", "title", "effective", "review"),
    [
        (AETNA, "aetna", "Aetna", "0999", "Lamp Therapy", "2001-03-15", "2024-02-08"),
        (MEDICARE, "cms-lcd", "Centers for Medicare & Medicaid Services", "L99999", "Lamp Therapy", "2020-07-01", "None"),
        (
            ARTICLE,
            "cms-article",
            "Centers for Medicare & Medicaid Services",
            "A99999",
            "Billing and Coding: Lamp Therapy",
            "2021-12-12",
            "None",
        ),
        (UNITED, "uhc", "UnitedHealthcare", "2024 P 9999-3", "Lampocet (lumen)", "2024-08-01", "None"),
        (CIGNA, "cigna", "Cigna", "lamps", "Lamps – Lampocet Prior Authorization Policy", "None", "2024-02-07"),
        (HIGHMARK, "highmark", "Highmark", "MRP-999", "Lamp Therapy", "2021-08-23", "2022-08-01"),
        (BLUE, "blue-cross", "BlueCross and BlueShield of Lampland", "lamps", "Lamp Therapy", "2012-05-03", "None"),
        (GUIDE, "text/1", None, "lamps", "Coverage Criteria for Lamps", "None", "None"),
    ],
    ids=["aetna", "lcd", "article", "uhc", "cigna", "highmark", "blue", "guide"],
)
def test_a_layout_is_known_and_its_labels_are_read(
    text: str, layout: str, publisher: str | None, number: str, title: str, effective: str, review: str, codeset: CodeSet
) -> None:
    policy = told(text, codeset)
    assert policy.reader.split()[-1] == layout
    assert (policy.publisher, policy.id, policy.title) == (publisher, number, title)
    assert (str(policy.version.effective), str(policy.version.last_review)) == (effective, review)


def test_a_bulletins_own_words_for_a_position_are_read(codeset: CodeSet) -> None:
    policy = told(AETNA, codeset)
    assert [(s.position, s.all_indications, s.terms) for s in policy.statements] == [
        (Position.MEDICALLY_NECESSARY, False, ("lamp therapy",)),
        (Position.INVESTIGATIONAL, True, ("candle therapy",)),
    ]
    criteria = policy.statements[0].criteria
    assert criteria is not None
    assert policy.text.between(criteria.first_line, criteria.last_line) == (
        "Aetna considers lamp therapy medically necessary when all of the following are met:\na. The room is dark; and\nb. The lamp is lit."
    )


def test_a_determinations_rows_of_labels_and_its_sections_are_read(codeset: CodeSet) -> None:
    policy = told(MEDICARE, codeset)
    assert [s.kind for s in policy.sections] == [K.HEADER, K.POSITION, K.RATIONALE, K.REFERENCES]
    assert [s.position for s in policy.statements] == [Position.MEDICALLY_NECESSARY]


def test_an_articles_groups_of_codes_are_read(codeset: CodeSet) -> None:
    assert [entry.low for entry in told(ARTICLE, codeset).codes] == ["M72.2", "G57.61"]


def test_each_approval_of_a_pharmacy_program_holds_its_own_criteria(codeset: CodeSet) -> None:
    policy = told(UNITED, codeset)
    assert [s.kind for s in policy.sections] == [K.HEADER, K.BACKGROUND, K.POSITION, K.REFERENCES]
    lists = [policy.text.between(s.criteria.first_line, s.criteria.last_line).split("\n") for s in policy.statements if s.criteria]
    assert [[line.strip() for line in each] for each in lists] == [
        ["a. Lampocet will be approved based on both of the following criteria:", "(1) The room is dark", "-AND-", "(2) The door is shut"],
        ["a. Lampocet will be approved based on the following criterion:", "(1) The room is still dark"],
    ]


def test_each_indication_of_a_formulary_policy_is_one_approval(codeset: CodeSet) -> None:
    policy = told(CIGNA, codeset)
    assert [(s.position, s.criteria is not None) for s in policy.statements] == [
        (Position.MEDICALLY_NECESSARY, False),
        (Position.MEDICALLY_NECESSARY, True),
        (Position.MEDICALLY_NECESSARY, True),
        (Position.INVESTIGATIONAL, False),
    ]
    cellars = policy.statements[2]
    assert cellars.criteria is not None
    assert (cellars.criteria.op, cellars.criteria.text, cellars.criteria.first_line) == ("leaf", "the cellar is dark", cellars.first_line)


def test_a_file_of_several_versions_is_told(codeset: CodeSet) -> None:
    older = HIGHMARK.replace("August 23, 2021", "August 23, 2019")
    policy = told(HIGHMARK + "\n" * 20 + older, codeset)
    assert str(policy.version.effective) == "2021-08-23"
    assert [f.line for f in policy.findings if f.rule == "several-versions"] == [HIGHMARK.count("\n") + 20 + 2]
    assert "several-versions" not in {f.rule for f in told(HIGHMARK, codeset).findings}


def test_what_is_noticed_while_reading_is_kept_when_the_policy_is_linted_again(codeset: CodeSet) -> None:
    from datetime import date

    from ur_desk.documents.lint import lint

    policy = told(HIGHMARK + "\n" * 20 + HIGHMARK, codeset)
    assert "several-versions" in {f.rule for f in lint(policy, codeset, date(2024, 1, 1))}


def test_the_settings_before_a_markdown_text_are_no_sections(codeset: CodeSet) -> None:
    policy = told(f"---\n# STRUCTURED METADATA\ncodes:\n  - x\n---\n\n{GUIDE}", codeset)
    assert policy.title == "Coverage Criteria for Lamps"
    assert [s.heading for s in policy.sections] == [None, "## General", "## Dark rooms"]


@pytest.mark.parametrize(
    "line",
    [
        "Lamps are considered medically necessary.\n",
        "Aetna considers lamps medically necessary:\n- dark\n",
        "1. Lamps. Approve if both:\n  a. x\n",
    ],
)
def test_more_positions_than_any_policy_takes_are_refused(line: str, codeset: CodeSet) -> None:
    with pytest.raises(UserError, match="takes more positions"):
        told("Medical Policy\nPolicy Number: A1\nEffective Date: 01/01/2020\nCoverage\n" + line * 1200, codeset)
