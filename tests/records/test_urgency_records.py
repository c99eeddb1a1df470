"""What expedited means in each line of business, and definitions that are damaged."""

import pytest
from builders import TABLES

from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.records.urgency import urgencies_from


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("medicare_advantage", "42 CFR 422.570"),
        ("erisa_self_funded", "29 CFR 2560.503-1(m)(1)"),
        ("medicaid_managed_care", "42 CFR 438.210(d)"),
    ],
)
def test_a_line_of_business_names_the_rule_that_defines_urgency(line: str, source: str) -> None:
    found = TABLES.urgency.of(line)
    assert found is not None
    assert found.source.startswith(source)
    assert "jeopardize" in found.words


def test_every_source_stands_in_the_words_of_a_known_line_and_unknown_lines_have_none() -> None:
    assert set(TABLES.urgency.by_line) <= set(LineOfBusiness)
    assert TABLES.urgency.of("") is None
    assert TABLES.urgency.of("other") is None
    assert TABLES.urgency.of("Elbonian") is None


ONE = '{"lines": ["fehb"], "words": "w", "source": "s", "verified": true}'


@pytest.mark.parametrize(
    "told",
    ["", "{}", "[]", '{"definitions": [{}]}', f'{{"definitions": [{ONE}, {ONE}]}}', f'{{"definitions": [{ONE.replace("fehb", "x")}]}}'],
)
def test_damaged_definitions_are_said_in_plain_words(told: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        urgencies_from(told.encode())
