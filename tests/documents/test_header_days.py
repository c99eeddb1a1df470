"""Which printed day a version begins with: publish, review, coding and retirement days are never taken for it."""

import json
from datetime import date

import pytest

from ur_desk.documents import read
from ur_desk.domain.policy import Policy

BODY = """Document Number: RAD.00777
Title: Lumbar MRI
{}

Position Statement

MRI is considered medically necessary for all indications.

History
Reviewed 05/11/2023 committee review.
"""


def policy(line: str) -> Policy:
    return read(BODY.format(line).encode(), "x.txt", None)


@pytest.mark.parametrize(
    "line",
    [
        "Effective Date: Not applicable. Last reviewed 03/03/2018",
        "Effective Date: see publish date 01/01/2019",
        "Effective Date: Published: 01/01/2019",
        "Publication Date / Effective Date: 01/01/2019 / 02/02/2019",
        "Review effective date: 01/01/2019",
        "Retired Effective Date: 01/01/2024",
        "Coding effective date: 10/01/2023",
        "Published effective: 01/01/2019",
        "Publish Date: 01/01/2019",
        "Last Review Date: 01/01/2019",
        "Next Review Date: 01/01/2030",
        "Effective Date: TBD  Publish Date: 01/01/2019",
        "Effective Date: 13/13/2019",
        "Effective Date: 01/02/0019",
        "Effective Date: 01/02/9999",
    ],
)
def test_another_day_is_never_the_first_one_and_a_finding_asks_for_it(line: str) -> None:
    found = policy(line)
    assert found.version.effective is None
    assert {"effective-date-missing"} <= {finding.rule for finding in found.findings}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Effective Date: 01/01/2019", date(2019, 1, 1)),
        ("Effective Date: on or after January 1, 2019", date(2019, 1, 1)),
        ("Effective: from 2019-01-01", date(2019, 1, 1)),
        ("Effective Date: For services performed on or after 10/01/2015", date(2015, 10, 1)),
        ("Revision Effective Date: For services performed on or after 04/04/2020", date(2020, 4, 4)),
        ("Policy Effective Date: 04/04/2020", date(2020, 4, 4)),
        ("Original Effective Date: 01/01/2001  Current Effective Date: 02/02/2022", date(2022, 2, 2)),
        ("Publish Date: 01/01/2019  Effective Date: 02/02/2019", date(2019, 2, 2)),
        ("Last Review Date: 01/01/2019 | Effective Date: 02/02/2019", date(2019, 2, 2)),
    ],
)
def test_a_first_day_is_read_with_the_words_that_the_field_puts_before_it(line: str, day: date) -> None:
    assert policy(line).version.effective == day


@pytest.mark.parametrize("printed", ["Published 03/04/2019, reviewed 05/05/2020", "soon", "01/02/9999"])
def test_a_file_that_is_data_names_a_first_day_or_a_finding_repeats_what_stands_there(printed: str) -> None:
    section = {"id": "need", "title": "Need", "requirement_type": "all", "items": [{"field": "flat", "label": "Flat foot, seen twice"}]}
    told = {"payer": "lamp plan", "lcd_code": "l00001", "policy_effective_date": printed, "checklist_sections": [section]}
    found = read(json.dumps(told).encode(), "x.json", None)
    assert found.version.effective is None
    assert [finding.raw for finding in found.findings if finding.rule == "date-unreadable"] == [printed]
