"""Clock rules from their files: the bundled ones fit together, and a damaged one is named by file and row."""

import json
from datetime import date
from typing import Any

import pytest

from ur_desk import paths
from ur_desk.domain.clocks.rules import (
    About,
    Arithmetic,
    ClockRules,
    Condition,
    Effect,
    Extension,
    Incomplete,
    Law,
    Opens,
    Right,
    Tolling,
    Trigger,
    Verified,
    WindowUnit,
    joined,
)
from ur_desk.domain.decisions.grounds import Cause
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
    "verified": {"by": "somebody", "on": "2026-11-22"},
}
PAUSE = {"answer_days": 45, "arithmetic": "rest", "days": 15}
EXTENSION = {"days": 15, "conditions": ["beyond_control"], "tolling": PAUSE}
INCOMPLETE = {"tell": 24, "answer": 48, "decide": 48}
HOLIDAY = {"name": "May Day", "fixed": "05-01", "verified": True}


def file(rules: list[Any] | None = None, holidays: list[Any] | None = None) -> bytes:
    calendars = [] if holidays is None else [{"id": "C", "name": "C", "source": "somewhere", "holidays": holidays}]
    return json.dumps({"schema": "ur-desk-clocks/1", "rules": rules or [], "calendars": calendars}).encode()


SILENCE = {"id": "S", "lines": ["medicaid_managed_care"], "states": ["OH"], "source": "somewhere"}
DUTY = {
    "id": "D",
    "name": "D",
    "law": "erisa",
    "lines": ["erisa_self_funded"],
    "trigger": "misfiled",
    "unit": "hours",
    "amount": 24,
    "source": "s",
}
LATE = {"id": "L", "name": "L", "law": "medicaid", "lines": ["medicaid_managed_care"], "effect": "denied", "source": "s"}

WINDOW = {
    "id": "W", "name": "W", "law": "medicare", "lines": ["medicare_advantage"], "about": "appeal", "unit": "calendar_days", "amount": 65,
    "start": "receipt_of_notice", "source": "s",
}  # fmt: skip


def rows(kind: str, *told: Any) -> bytes:
    return json.dumps({"schema": "ur-desk-clocks/1", kind: told}).encode()


def test_the_bundled_rules_fit_together() -> None:
    rules = joined(clock_rules(f.read_bytes(), f.name) for f in FILES)
    assert {r.law for r in rules.rules} == set(Law) - {Law.FEHB}
    assert [c.id for c in rules.calendars] == ["US", "IN", "WA"]
    assert all(r.source for r in rules.rows)
    assert all(c.source for c in rules.calendars)


def test_what_the_project_has_from_memory_is_never_called_verified() -> None:
    rules = joined(clock_rules(f.read_bytes(), f.name) for f in FILES)
    wrong = [row.id for row in rules.rows if row.source.startswith("Citation outstanding") and row.verified]
    assert wrong == []
    unverified = {row.id for row in rules.rules if row.verified is None and row.about is About.REQUEST}
    assert {"ERISA-CONC", "ACA-PRE", "MCD-DRUG", "MA-STD14", "MA-PTB", "MA-PAY", "MA-AIP-STD", "CA-STD", "TX-UR", "NY-STD"} <= unverified
    assert all(rules.row(row.id).verified is None for row in rules.rules if row.about is About.APPEAL)


def test_every_verified_row_says_by_whom_and_on_which_day() -> None:
    told = [row.verified for f in FILES for row in clock_rules(f.read_bytes(), f.name).rows if row.verified]
    assert told
    assert all(each.by and each.on <= date(2026, 11, 22) for each in told)


def test_an_empty_file_of_the_kind_holds_no_rules() -> None:
    assert clock_rules(b'{"schema": "ur-desk-clocks/1"}') == ClockRules()


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
    (file([RULE | {"verified": True}]), r"rule 1 \(X\)"),
    (file([RULE | {"verified": {"by": " ", "on": "2026-11-22"}}]), "whoever verified a row is named"),
    (file([RULE | {"verified": {"by": "somebody"}}]), "on"),
    (file([RULE | {"only": ["moonlight"]}]), "moonlight"),
    (file([RULE | {"extension": EXTENSION | {"conditions": []}}]), "one condition"),
    (file([RULE | {"extension": EXTENSION | {"tolling": PAUSE | {"arithmetic": "halves"}}}]), "halves"),
    (file([RULE | {"incomplete": INCOMPLETE | {"answer": 0}}]), "at least one hour"),
    (rows("silences", SILENCE | {"states": []}), "names its states"),
    (rows("silences", SILENCE | {"states": ["IX"]}), r"silence 1 \(S\): no such state: IX"),
    (rows("duties", DUTY | {"unit": "business_days"}), "a duty counts"),
    (rows("duties", DUTY | {"trigger": "whim"}), r"duty 1 \(D\)"),
    (rows("consequences", LATE | {"effect": "nothing"}), r"consequence 1 \(L\)"),
    (rows("consequences", LATE | {"law": "state"}), "names its states"),
    (rows("windows", WINDOW | {"about": "request"}), r"window 1 \(W\): a window counts"),
    (rows("windows", WINDOW | {"amount": 0}), "a window counts at least one day"),
    (rows("windows", WINDOW | {"unit": "hours"}), r"window 1 \(W\)"),
    (rows("windows", WINDOW | {"start": "receipt"}), r"window 1 \(W\)"),
    (rows("windows", WINDOW | {"causes": ["good_cause"]}), "only a reopening has a cause"),
    (rows("windows", WINDOW | {"lines": []}), "lines of business"),
    (json.dumps({"schema": "ur-desk-clocks/1", "rules": [RULE], "duties": [DUTY | {"id": "X"}]}).encode(), "given twice: X"),
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


def test_every_kind_of_row_is_read_with_all_that_it_says() -> None:
    seen = {"by": "somebody", "on": "2026-11-22"}
    told = RULE | {
        "extension": EXTENSION | {"right": "grievance", "verified": seen},
        "incomplete": INCOMPLETE,
        "written_days": 3,
        "to": "2026-12-31",
    }
    rule = clock_rules(file([told])).rules[0]
    assert rule.extension == Extension(
        15, (Condition.BEYOND_CONTROL,), Verified("somebody", date(2026, 11, 22)), Tolling(45, Arithmetic.REST, 15), Right.GRIEVANCE
    )
    assert (rule.incomplete, rule.written_days, rule.to_day) == (Incomplete(48, 48, 24), 3, date(2026, 12, 31))
    assert clock_rules(rows("silences", SILENCE | {"verified": seen})).silences[0].about is About.REQUEST
    (duty,), (late,) = clock_rules(rows("duties", DUTY)).duties, clock_rules(rows("consequences", LATE)).consequences
    assert (duty.trigger, duty.about) == (Trigger.MISFILED, About.REQUEST)
    assert (late.effect, late.about) == (Effect.DENIED, About.REQUEST)
    assert clock_rules(rows("duties", DUTY | {"about": "appeal"})).duties[0].about is About.APPEAL
    assert clock_rules(rows("consequences", LATE | {"about": "appeal"})).consequences[0].about is About.APPEAL
    window = clock_rules(rows("windows", WINDOW | {"about": "reopening", "causes": ["good_cause"]})).windows[0]
    assert (window.unit, window.start, window.causes) == (WindowUnit.DAYS, Opens.CAME, frozenset({Cause.GOOD_CAUSE}))


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
