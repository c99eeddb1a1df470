"""Lint says what cannot be meant as printed, asks, and is silent about what is right."""

from datetime import date

import invented_policy as doc
import pytest

from ur_desk.documents import read
from ur_desk.documents.lint import judged, lint, stale
from ur_desk.domain.codes import CodeSet, Validity
from ur_desk.domain.policy import EntryState, LintFinding, Policy, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
TODAY = date(2024, 6, 1)


class OnThatDay:
    """The real table, with what is said of one code on any day put in its place."""

    def __init__(self, codes: CodeSet, code: str, validity: Validity) -> None:
        self._codes, self._code, self._validity = codes, code, validity
        self.vintage = codes.vintage

    def on(self, code: str, day: date | None) -> Validity:
        return self._validity if code == self._code else Validity.UNKNOWN

    def __getattr__(self, name: str) -> object:
        return getattr(self._codes, name)


def policy_with(codeset: CodeSet, start: str, *instead: str) -> Policy:
    return read(doc.with_line(start, *instead), "XYZ.txt", codeset)


def told(findings: tuple[LintFinding, ...]) -> set[tuple[str, Severity, int]]:
    return {(f.rule, f.severity, f.line) for f in findings}


@pytest.fixture(scope="module")
def policy(codeset: CodeSet) -> Policy:
    return read(doc.TEXT.encode(), "XYZ.txt", codeset)


def test_the_misprinted_range_is_flagged_and_nothing_that_is_right(policy: Policy) -> None:
    misprint = doc.line_of("S93.401A-S39")
    assert told(policy.findings) == {
        ("range-end-unknown", ERROR, misprint),
        ("range-crosses-category", ERROR, misprint),
        ("reference-address-missing", INFO, doc.line_of("  1. National")),
        ("history-status-missing", INFO, doc.line_of(f"{doc.NBSP} 08/01/2022")),
    }


def test_a_misprint_is_kept_as_printed_and_asks(policy: Policy) -> None:
    entry = next(e for e in policy.codes if e.raw == "S93.401A-S39.499S")
    assert (entry.low, entry.high, entry.state) == ("S93.401A", "S39.499S", EntryState.SUSPECT)
    assert entry.why is not None
    assert "S39.499S" in entry.why
    for finding in (f for f in policy.findings if f.severity is ERROR):
        assert finding.raw == entry.raw
        assert finding.hint is not None
        assert "?" in finding.hint
        assert finding.message.endswith(".")


def test_only_the_misprint_is_suspect(policy: Policy) -> None:
    assert [e.raw for e in policy.codes if e.state is not EntryState.OK] == ["S93.401A-S39.499S"]


ROWS: dict[str, tuple[str, set[tuple[str, Severity]], EntryState]] = {
    "a right range": ("M21.40-M21.42 Flat foot", set(), EntryState.OK),
    "an end that is a header": ("M24-M25 Joints", {("range-crosses-category", INFO)}, EntryState.OK),
    "a header that was billable then": ("M54.5 Low back pain", set(), EntryState.OK),
    "a code that was added since": ("M54.50 Low back pain, unspecified", set(), EntryState.OK),
    "a single code that does not exist": ("M21.99X Flat foot", {("code-unknown", ERROR)}, EntryState.SUSPECT),
    "the low end does not exist": ("M21.40Q-M21.42 Flat foot", {("range-end-unknown", ERROR)}, EntryState.SUSPECT),
    "letters for figures": ("M2O.10-M21.42 Toes", {("range-end-unknown", ERROR), ("range-crosses-category", INFO)}, EntryState.SUSPECT),
    "reversed": ("M21.42-M21.40 Flat foot", {("range-reversed", ERROR)}, EntryState.SUSPECT),
    "in tabular order C4A stands between C43 and C44": ("C43.0-C4A.9 Skin", {("range-crosses-category", INFO)}, EntryState.OK),
    "reversed in tabular order only": ("C4A.0-C43.9 Skin", {("range-reversed", ERROR)}, EntryState.SUSPECT),
    "across categories, words of neither": ("K50.00-K51.919 Bowel inflammation", {("range-crosses-category", INFO)}, EntryState.OK),
    "across categories, words of the low end alone": (
        "S93.401A-S96.999S Sprains of ankle",
        {("range-crosses-category", ERROR)},
        EntryState.SUSPECT,
    ),
    "a procedure range backwards": ("97799-97700 Walks", {("range-reversed", ERROR)}, EntryState.SUSPECT),
    "a procedure of right shape": ("00000 Anything", set(), EntryState.OK),
    "the shape of no system": ("7612O Letter for a figure", {("code-unreadable", ERROR)}, EntryState.SUSPECT),
    "two codes run together": ("M80.M84 Bones", {("code-unknown", ERROR)}, EntryState.SUSPECT),
}


@pytest.mark.parametrize(("row", "expected", "state"), ROWS.values(), ids=ROWS.keys())
def test_one_row_of_codes(row: str, expected: set[tuple[str, Severity]], state: EntryState, codeset: CodeSet) -> None:
    policy = policy_with(codeset, "S93.401A-S39", row)
    line = doc.line_of("S93.401A-S39")
    assert {(f.rule, f.severity) for f in policy.findings if f.line == line} == expected
    (entry,) = [e for e in policy.codes if e.line == line]
    assert entry.state is state
    assert (entry.why is None) is (state is EntryState.OK)


@pytest.mark.parametrize(
    ("table", "row"), [("HCPCS", "E0160 Seat"), ("ICD-10 Procedure", "XW0DXM6 Substance"), ("ICD-9 Diagnosis", "724.5 Backache")]
)
def test_where_there_is_no_table_for_a_system_nothing_is_said_against_a_row(table: str, row: str, codeset: CodeSet) -> None:
    policy = policy_with(codeset, "S93.401A-S39", table, row)
    line = doc.line_of("S93.401A-S39") + 1
    assert [f for f in policy.findings if f.line == line] == []
    (entry,) = [e for e in policy.codes if e.line == line]
    assert entry.state is EntryState.UNKNOWN
    assert entry.why is not None


@pytest.mark.parametrize(
    ("validity", "rule"),
    [
        (Validity.RETIRED, "code-retired"),
        (Validity.NOT_YET_VALID, "code-not-yet-valid"),
        (Validity.UNKNOWN, None),
        (Validity.HEADER, None),
        (Validity.VALID, None),
    ],
)
def test_codes_are_judged_on_the_policys_own_day_and_only_where_a_table_knows(
    validity: Validity, rule: str | None, policy: Policy, codeset: CodeSet
) -> None:
    found = judged(policy, OnThatDay(codeset, "M72.2", validity))  # type: ignore[arg-type]
    rules = {(f.rule, f.severity) for f in found.findings if f.line == doc.line_of("M72.2")}
    assert rules == ({(rule, WARNING)} if rule else set())
    assert next(e.state for e in found.codes if e.low == "M72.2") is EntryState.OK


def test_a_code_that_a_policy_newer_than_the_table_lists_is_unknown_not_wrong(codeset: CodeSet) -> None:
    year = codeset.vintage.year + 2
    text = doc.TEXT.replace("03/15/2024", f"03/15/{year}").replace("M72.2 ", "M72.29 ")
    policy = read(text.encode(), "XYZ.txt", codeset)
    assert ("code-newer-than-table", WARNING, doc.line_of("M72.2")) in told(policy.findings)
    assert next(e.state for e in policy.codes if e.low == "M72.29") is EntryState.UNKNOWN


PAIRS: dict[str, tuple[tuple[str, ...], set[tuple[str, Severity]]]] = {
    "the same row twice": (("M72.2 Band", "M72.2 Band"), {("code-duplicate", INFO)}),
    "one range inside another": (("M21.00-M21.9 Limbs", "M21.40-M21.42 Flat foot"), {("range-overlap", INFO)}),
    "side by side": (("M21.40-M21.41 Flat foot", "M21.42 Flat foot, left"), set()),
    "under opposing positions": (("M72.2 Band", "When services are Medically Necessary:", "M72.2 Band"), {("position-conflict", WARNING)}),
    "under opposing positions with criteria": (
        ("M72.2 Band", "When services are Medically Necessary when criteria are met:", "M72.2 Band"),
        set(),
    ),
    "under opposing positions with a condition": (
        ("M72.2 Band", "When services are Medically Necessary:", "M72.2 Band [when specified as torn]"),
        set(),
    ),
}


@pytest.mark.parametrize(("rows", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_what_only_two_rows_show(rows: tuple[str, ...], expected: set[tuple[str, Severity]], codeset: CodeSet) -> None:
    text = doc.with_line("M72.2", *rows).decode().replace("S93.401A-S39.499S Sprain of ankle\n", "")
    policy = read(text.encode(), "XYZ.txt", codeset)
    rules = {"code-duplicate", "range-overlap", "position-conflict"}
    assert {(f.rule, f.severity) for f in policy.findings if f.rule in rules} == expected


def test_an_overlap_that_a_misprint_makes_is_no_noise(codeset: CodeSet) -> None:
    policy = policy_with(codeset, "S93.401A-S39", "S93.401A-M20.10 Sprain of ankle")
    assert "range-overlap" not in {f.rule for f in policy.findings}


HEADS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, Severity]]] = {
    "no number": (("Document #",), ("Current Effective Date: 03/15/2024",), ("number-missing", WARNING)),
    "no day of effect": (("Document #",), ("Document #: XYZ.00001",), ("effective-date-missing", WARNING)),
    "a day that does not exist": (
        ("Document #",),
        ("Document #: XYZ.00001 Current Effective Date: 02/30/2024",),
        ("date-unreadable", WARNING),
    ),
    "another last review than the history's": (
        ("Status: Revised",),
        ("Status: Revised Last Review Date: 02/07/2024",),
        ("date-mismatch", WARNING),
    ),
    "an end before the beginning": (
        ("Status: Revised",),
        ("Status: Revised Last Review Date: 02/08/2024 End Date: 01/01/2024",),
        ("date-order", ERROR),
    ),
    "a gap in the history": (("Reviewed 02/09/2023",), (), ("date-gap", INFO)),
    "a history row on no day": (("New 02/10/2022",), ("New 02/31/2022 First version.",), ("date-unreadable", WARNING)),
    "and/or in the position": (
        ("Pulsed light gait mapping, including, but not limited to, podo",),
        ("Podovideography and/or humming is considered investigational and not medically necessary for all indications.",),
        ("and-or", INFO),
    ),
    "a term one letter off": (
        ("Optical stride tracing draws",),
        ("A podovidography lets a clerk or a program read the drawing afterwards, or so the makers of these lamps say.",),
        ("spelling", INFO),
    ),
    "a sentence that stops": (
        ("Document History",),
        ("This document was made by people who walked up and down the corridor until the lamps went",),
        ("section-missing", WARNING),
    ),
}


@pytest.mark.parametrize(("starts", "instead", "expected"), HEADS.values(), ids=HEADS.keys())
def test_facts_that_are_missing_or_contradict(
    starts: tuple[str, ...], instead: tuple[str, ...], expected: tuple[str, Severity], codeset: CodeSet
) -> None:
    data = doc.with_line(starts[0], *instead)
    if expected[0] == "date-gap":
        data = data.replace(f"{doc.NBSP} 08/01/2022 One word of the position was changed between reviews.\n".encode(), b"")
    if expected[0] == "section-missing":
        data = data[: data.index(b"Status Date Action")]
    assert expected in {(f.rule, f.severity) for f in read(data, "XYZ.txt", codeset).findings}


def test_opposing_positions_on_one_service_without_criteria_conflict(codeset: CodeSet) -> None:
    policy = policy_with(
        codeset,
        "Pulsed light gait mapping, including, but not limited to, podo",
        "Podovideography is considered medically necessary for all indications.",
        "",
        "Podovideography is considered investigational and not medically necessary for all indications.",
    )
    assert ("position-conflict", WARNING) in {(f.rule, f.severity) for f in policy.findings}


def test_an_overdue_review_is_told_by_the_day_and_not_kept_in_the_reading(policy: Policy, codeset: CodeSet) -> None:
    line = doc.line_of("Status: Revised")
    assert stale(policy, date(2025, 2, 8)) == ()
    (overdue,) = stale(policy, date(2025, 2, 9))
    assert (overdue.rule, overdue.severity, overdue.line) == ("review-overdue", WARNING, line)
    assert told(lint(policy, codeset, date(2025, 2, 9))) == told(policy.findings) | {("review-overdue", WARNING, line)}
    assert lint(policy, codeset, TODAY) == policy.findings


def test_a_version_that_has_ended_says_so(codeset: CodeSet) -> None:
    policy = policy_with(codeset, "Status: Revised", "Status: Revised Last Review Date: 02/08/2024 End Date: 12/31/2024")
    assert stale(policy, date(2024, 12, 31)) == ()
    assert [f.rule for f in stale(policy, date(2025, 1, 1))] == ["version-ended"]


def test_judging_a_policy_again_changes_nothing(policy: Policy, codeset: CodeSet) -> None:
    assert judged(policy, codeset) == policy


def test_a_cut_that_the_bytes_showed_is_remembered(codeset: CodeSet) -> None:
    cut = read(doc.TEXT.encode() + "\né".encode()[:-1], "XYZ.txt", codeset)
    assert "text-cut" in {f.rule for f in cut.findings}
    assert judged(cut, codeset) == cut


@pytest.mark.parametrize(
    ("row", "rule", "severity"),
    [
        ("M05.051 thru M97.12XS Bones of all kinds", "range-over-wide", WARNING),
        ("M17.0x Worn knees", "wildcard-empty", INFO),
        ("M23.99x Loose knees", "code-unknown", ERROR),
    ],
)
def test_ranges_that_swallow_and_wildcards_that_hold_nothing_are_told(row: str, rule: str, severity: Severity, codeset: CodeSet) -> None:
    told_of = policy_with(codeset, "M72.2 Thickened", row)
    line = doc.line_of("M72.2 Thickened")
    assert (rule, severity) in {(f.rule, f.severity) for f in told_of.findings if f.line == line}


@pytest.mark.parametrize("row", ["C00.0-C96.9 Tumors", "C00-D49 Tumors", "M23.2x Knees", "M00.00-M99.9 All of the chapter"])
def test_whole_categories_and_wildcards_that_hold_codes_are_right(row: str, codeset: CodeSet) -> None:
    line = doc.line_of("M72.2 Thickened")
    rules = {f.rule for f in policy_with(codeset, "M72.2 Thickened", row).findings if f.line == line}
    assert rules <= {"range-crosses-category", "range-overlap"}


def test_a_code_inside_a_range_under_the_opposite_position_is_a_conflict(codeset: CodeSet) -> None:
    rows = ("M72.2 Thickened band", "", "When services are Medically Necessary:", "M20.11 Bent toe", "M72.9 Other")
    findings = policy_with(codeset, "M72.2 Thickened", *rows).findings
    assert [f.raw for f in findings if f.rule == "position-conflict"] == ["M20.11"]
