"""The days to appeal that letters name are those of the rows by which an appeal is found to be in time."""

import pytest
from builders import TABLES
from letter_cases import COVERAGES

from ur_desk.domain.clocks.rules import About, Window, WindowUnit
from ur_desk.letters.family import WINDOWS, Family


def rows(family: Family) -> list[Window]:
    business = COVERAGES[family][0]
    found = (each for each in TABLES.clock_rules.windows if each.about is About.APPEAL and business in each.lines and each.to_day is None)
    return list(found)


@pytest.mark.parametrize("family", list(Family))
def test_letter_and_row_name_the_same_days(family: Family) -> None:
    days = {str(each.amount) for each in rows(family) if each.unit is WindowUnit.DAYS}
    assert days == ({WINDOWS[family]} if family in WINDOWS else set())
