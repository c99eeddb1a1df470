"""The rules that a library is asked for, each by its id: what raises it, how much it weighs, its line, its hint; and what is right raises none."""

from dataclasses import replace
from datetime import date

import pytest

from ur_desk.documents import read
from ur_desk.documents.library_lint import between_policies
from ur_desk.documents.lint import lint
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LintFinding, Policy, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
TODAY = date(2024, 6, 1)
TEXT = """Medical Policy
Subject: Lamps
Document #: SURG.00999 Current Effective Date: {effective}
Status: Reviewed Last Review Date: {reviewed}
Position Statement
{position}
Coding
{codes}
Document History
Reviewed {reviewed} x
"""
USUAL = {
    "effective": "03/15/2024",
    "reviewed": "02/08/2024",
    "position": "Lamps are considered medically necessary.",
    "codes": "M72.2 Band",
}


def policy_of(codeset: CodeSet, **parts: str) -> Policy:
    return read(TEXT.format(**USUAL | parts).encode(), "lamps.txt", codeset)


def under(*rows: str) -> str:
    return "\n".join(rows)


GROUPS = under("Codes that are covered:", "M72.2 Band", "", "Codes that are not covered:", "{}")
ASKED = "Lamps are considered medically necessary when all of the following criteria are met:\n"
RAISED: dict[str, tuple[dict[str, str], Severity, str]] = {
    "range-reversed": ({"codes": "M21.42-M21.40 Flat foot"}, E, "M21.42-M21.40"),
    "range-over-wide": ({"codes": "S00.01XA-T88.2XXA Everything"}, W, "S00.01XA-T88.2XXA"),
    "range-crosses-category": ({"codes": "K50.00-K51.919 Bowel"}, I, "K50.00-K51.919"),
    "range-end-unknown": ({"codes": "M21.40-M21.4Q Flat foot"}, E, "M21.40-M21.4Q"),
    "code-unknown": ({"codes": "M21.99X Flat foot"}, E, "M21.99X"),
    "code-retired": ({"codes": "S30.1XXA Bruise", "effective": "11/01/2025"}, W, "S30.1XXA"),
    "code-not-yet-valid": ({"codes": "M54.50 Low back pain", "effective": "03/15/2019"}, W, "M54.50"),
    "position-conflict": ({"codes": GROUPS.format("M72.2 Band")}, W, "M72.2"),
    "numbers-clash": ({"position": ASKED + "1. 6 weeks of physical therapy\n2. 8 weeks of physical therapy were tried"}, W, "8 weeks"),
    "term-undefined": ({"position": "Lamps are considered medically necessary for darkness as defined in the glossary."}, I, "as defined"),
    "and-or": ({"position": "Lamps and/or candles are considered medically necessary."}, I, "and/or"),
    "criteria-and-or": ({"position": "Lamps are considered medically necessary for these:\n1. dark\n2. dim"}, I, ""),
    "review-overdue": ({"reviewed": "02/08/2023"}, W, ""),
    "code-count": ({"codes": "(3 Codes)\nM72.2 Band"}, W, "(3 Codes)"),
}
RIGHT: dict[str, dict[str, str]] = {
    "range-reversed": {"codes": "M21.40-M21.42 Flat foot"},
    "range-over-wide": {"codes": "C00.0-C96.9 Tumors"},
    "range-crosses-category": {"codes": "M21.40-M21.42 Flat foot"},
    "range-end-unknown": {"codes": "M21.40-M21.42 Flat foot"},
    "code-unknown": {"codes": "M21.40 Flat foot"},
    "code-retired": {"codes": "S30.1XXA Bruise"},
    "code-not-yet-valid": {"codes": "M54.50 Low back pain"},
    "position-conflict": {"codes": GROUPS.format("M72.9 Other")},
    "numbers-clash": {"position": ASKED + "1. 6 weeks of physical therapy\n2. 8 weeks of bed rest were tried"},
    "term-undefined": {"position": "Lamps are considered medically necessary for darkness as defined in the glossary.\nGlossary\nDarkness: no light at all."},
    "and-or": {"position": "Lamps or candles are considered medically necessary."},
    "criteria-and-or": {"position": ASKED + "1. dark\n2. dim"},
    "review-overdue": {},
    "code-count": {"codes": "(1 Code)\nM72.2 Band"},
}  # fmt: skip


def findings_of(rule: str, policy: Policy, codeset: CodeSet) -> list[LintFinding]:
    return [finding for finding in lint(policy, codeset, TODAY) if finding.rule == rule]


@pytest.mark.parametrize("rule", RAISED)
def test_a_rule_says_what_is_wrong_with_its_line_and_a_hint(rule: str, codeset: CodeSet) -> None:
    parts, severity, raw = RAISED[rule]
    policy = policy_of(codeset, **parts)
    (finding,) = findings_of(rule, policy, codeset)
    assert finding.severity is severity
    assert finding.message
    assert finding.hint
    assert raw in (finding.raw or "")
    assert raw in policy.text.line(finding.line).text


@pytest.mark.parametrize("rule", RIGHT)
def test_a_rule_says_nothing_of_what_is_right(rule: str, codeset: CodeSet) -> None:
    assert findings_of(rule, policy_of(codeset, **RIGHT[rule]), codeset) == []


def test_both_tables_hold_the_same_rules() -> None:
    assert RAISED.keys() == RIGHT.keys()


@pytest.mark.parametrize(
    ("ends", "rules"), [(date(2024, 3, 1), ["version-gap"]), (date(2024, 4, 1), ["version-overlap"]), (date(2024, 3, 14), [])]
)
def test_versions_that_leave_a_gap_or_overlap_are_told(ends: date, rules: list[str], codeset: CodeSet) -> None:
    later = policy_of(codeset)
    earlier = replace(later, version=replace(later.version, effective=date(2020, 1, 1), ends=ends))
    found = [finding for _, finding in between_policies([earlier, later])]
    assert [finding.rule for finding in found] == rules
    assert all(finding.hint and finding.line == 3 and finding.severity is W for finding in found)


def test_a_policy_that_is_named_and_not_in_the_library_is_told_and_one_that_is_there_is_not(codeset: CodeSet) -> None:
    naming = policy_of(codeset, position="Lamps are considered medically necessary. See policy RAD.00111 for candles.")
    held = replace(policy_of(codeset), id=naming.id.__class__("RAD.00111"))
    (finding,) = [finding for _, finding in between_policies([naming])]
    assert (finding.rule, finding.severity, finding.line, finding.raw) == ("reference-not-held", I, 6, "RAD.00111")
    assert finding.hint
    assert [finding for _, finding in between_policies([naming, held])] == []
