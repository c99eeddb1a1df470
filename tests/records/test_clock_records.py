"""Clock rules from their files: the bundled ones fit together, and a damaged one is named by file and row."""

import json
from typing import Any

import pytest

from ur_desk import paths
from ur_desk.domain.clocks import ClockRules, joined
from ur_desk.errors import UserError
from ur_desk.records.clocks import clock_rules

FILES = sorted((paths.resources() / "clocks").glob("*.json"))
RULE = {
    "id": "X",
    "name": "X, standard",
    "law": "erisa",
    "lines": ["erisa_self_funded"],
    "unit": "hours",
    "amount": 72,
    "start": "receipt",
    "source": "somewhere",
    "verified": True,
}
HOLIDAY = {"name": "May Day", "fixed": "05-01", "verified": True}


def file(rules: list[Any] | None = None, holidays: list[Any] | None = None) -> bytes:
    calendars = [] if holidays is None else [{"id": "C", "name": "C", "source": "somewhere", "holidays": holidays}]
    return json.dumps({"schema": "ur-desk-clocks/1", "rules": rules or [], "calendars": calendars}).encode()


def test_the_bundled_rules_fit_together() -> None:
    rules = joined(clock_rules(f.read_bytes(), f.name) for f in FILES)
    assert [r.id for r in rules.rules] == [
        "ERISA-URG",
        "ERISA-PRE",
        "ERISA-POST",
        "ACA-URG",
        "ACA-PRE",
        "ACA-POST",
        "IN-URG",
        "IN-STD",
        "IN-UR",
    ]
    assert [c.id for c in rules.calendars] == ["US", "IN"]
    assert all(r.source for r in rules.rules)
    assert all(c.source for c in rules.calendars)


def test_an_empty_file_of_the_kind_holds_no_rules() -> None:
    assert clock_rules(b'{"schema": "ur-desk-clocks/1"}') == ClockRules((), ())


DAMAGED = [
    (b"", "cannot be read"),
    (b"\xff\xfe", "cannot be read"),
    (b"[" * 100_000, "cannot be read"),
    (b"[]", "cannot be read"),
    (b'{"schema": "ur-desk-clocks/2"}', "ur-desk-clocks/2"),
    (file([RULE, RULE]), "given twice: X"),
    (file([RULE, RULE | {"id": "Y", "amount": "three"}]), r"rule 2 \(Y\)"),
    (file([RULE | {"amount": 0}]), r"rule 1 \(X\): a clock counts"),
    (file([RULE | {"unit": "moons"}]), r"rule 1 \(X\)"),
    (file([RULE | {"unit": "business_days"}]), "names its calendars"),
    (file([RULE | {"law": "state", "states": ["IX"]}]), "no such state: IX"),
    (file([RULE | {"from": "2025-02-30"}]), r"rule 1 \(X\)"),
    (file([RULE | {"form": "2025-02-28"}]), "form"),
    (file(["X"]), "rule 1:"),
    (file(holidays=[HOLIDAY, HOLIDAY | {"fixed": "02-30"}]), r"calendar C, holiday 2 \(May Day\)"),
    (file(holidays=[HOLIDAY | {"easter": 3}]), "a holiday is fixed, or"),
    (file(holidays=[{"name": "Never", "verified": False}]), "a holiday is fixed, or"),
    (file(holidays=[{"name": "Odd", "verified": False, "month": 13, "weekday": "monday", "nth": 1}]), "a month is 1 to 12"),
]


@pytest.mark.parametrize(("data", "words"), DAMAGED)
def test_damaged_rules_are_refused_by_file_and_row(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        clock_rules(data, "state.json")
    assert "state.json" in refused.value.message
    assert "nothing else was lost" in refused.value.hint


def test_every_way_to_find_a_holiday_is_read() -> None:
    rows = [
        HOLIDAY,
        {"name": "B", "verified": True, "month": 5, "weekday": "monday", "nth": -1, "plus": 1, "cycle": [0, 2]},
        {"name": "C", "verified": True, "easter": -2, "first_year": 2000, "last_year": 2010},
        {"name": "D", "verified": False, "beside": "12-25", "shifts": [1, 1, 1, 1, 1, 1, 1]},
    ]
    holidays = clock_rules(file(holidays=rows)).calendars[0].holidays
    assert [str(h.in_year(2006)) for h in holidays] == ["2006-05-01", "2006-05-30", "2006-04-14", "2006-12-26"]
    assert [h.in_year(2011) is None for h in holidays] == [False, True, True, False]
