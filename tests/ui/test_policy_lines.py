"""Policy lines as rows: one a line, marked by why, spoken whole, cited exactly."""

from dataclasses import replace

import pytest
from ui_content import KNEE, LINES, knee_match, knee_policy, long_policy, number, shelved, text

from ur_desk.domain.findings import Hit, HitKind, HitResult
from ur_desk.domain.policy import LintFinding, Policy, ProvenanceKind, SectionKind, Severity
from ur_desk.ui.models.policy_lines import PolicyLinesModel, PolicyRow, RowKind, places, rows_of


def rows(policy: Policy | None = None) -> list[PolicyRow]:
    return list(rows_of(policy or knee_policy(), knee_match()))


def row(start: str) -> PolicyRow:
    return next(r for r in rows() if r.number == number(start))


@pytest.fixture
def model(qapp: object) -> PolicyLinesModel:
    made = PolicyLinesModel()
    made.show_policy(shelved(), knee_match())
    return made


def test_every_line_that_says_something_has_one_row_in_order() -> None:
    assert [r.number for r in rows() if r.number] == [i for i, line in enumerate(LINES, 1) if line.strip()]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("Plan policy", RowKind.BODY),
        ("Subject", RowKind.TITLE),
        ("Position", RowKind.HEADING),
        ("Investigational", RowKind.LABEL),
        ("Gait films", RowKind.STATEMENT),
        ("A treadmill", RowKind.STATEMENT),
        ("Two small", RowKind.BODY),
        ("99X01", RowKind.CODES),
        ("M17", RowKind.CODES),
        ("History", RowKind.HEADING),
        ("Reviewed", RowKind.BODY),
    ],
)
def test_a_line_is_set_by_what_it_is(start: str, kind: RowKind) -> None:
    assert row(start).kind is kind


def test_sections_without_a_printed_heading_get_one_without_a_number() -> None:
    headings = [(r.text, r.number is None) for r in rows() if r.kind is RowKind.HEADING]
    assert headings == [
        ("Scope", True),
        ("Position", False),
        ("Rationale", True),
        ("Background", True),
        ("Definitions", True),
        ("Coding", True),
        ("History", False),
    ]


def test_a_heading_that_the_text_does_not_print_is_not_taken_for_a_line() -> None:
    policy = knee_policy()
    sections = tuple(replace(s, heading="Codes") if s.kind is SectionKind.CODING else s for s in policy.sections)
    assert [r.number for r in rows(replace(policy, sections=sections)) if r.text == "Codes"] == [None]


@pytest.mark.parametrize(
    ("start", "hit", "doubt"),
    [("99X01", True, False), ("99X09", True, True), ("S83.401A", True, True), ("M25", True, False), ("M17", False, False)],
)
def test_hits_and_doubts_are_told_apart(start: str, hit: bool, doubt: bool) -> None:
    assert (row(start).hit, row(start).doubt) == (hit, doubt)


def test_a_doubtful_line_says_so_without_any_hit_but_a_mere_note_does_not() -> None:
    policy = knee_policy()
    note = LintFinding("note", Severity.INFO, number("M17"), "Only a note.")
    alone = list(rows_of(replace(policy, findings=(*policy.findings, note)), None))
    doubtful = [r for r in alone if r.doubt]
    assert [r.number for r in doubtful] == [number("S83.401A")]
    assert "another part of the body" in doubtful[0].why
    assert not any(r.hit for r in alone)


def test_a_suspect_entry_without_a_lint_finding_says_why_itself() -> None:
    alone = list(rows_of(replace(knee_policy(), findings=()), None))
    assert [r.why for r in alone if r.doubt] == [next(c.why for c in knee_policy().codes if c.why)]


def test_the_same_reason_is_said_once() -> None:
    twice = replace(knee_match(), hits=knee_match().hits[:1] * 2)
    assert next(r for r in rows_of(knee_policy(), twice) if r.hit).why == "99X01 on line 1"


def test_reasons_that_are_sentences_are_joined_without_their_stops() -> None:
    line = number("M17")
    lint = tuple(LintFinding("doubt", Severity.WARNING, line, words) for words in ("It is misprinted.", "Ask the payer."))
    marked = next(r for r in rows(replace(knee_policy(), findings=lint)) if r.number == line)
    assert marked.why == "It is misprinted · Ask the payer"


def test_words_that_hit_are_found_in_the_line() -> None:
    line = row("A treadmill")
    (start, length), *_ = line.terms
    assert line.text[start : start + length] == "kneeography"


@pytest.mark.parametrize(
    ("start", "codes"),
    [("M17", ["M17.0-M17.9"]), ("99X09", ["99X09"]), ("S83.401A", ["S83.401A-S93.401S"])],
)
def test_codes_are_set_apart_from_end_to_end(start: str, codes: list[str]) -> None:
    line = row(start)
    assert [line.text[a : a + n] for a, n in line.strong] == codes


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("GAIT films", [(0, 10)]),
        ("gait  films", [(0, 10)]),
        ("", []),
        ("  ", []),
        ("(", []),
        ("of the", [(11, 6)]),
        ("e", [(16, 1), (20, 1), (21, 1)]),
    ],
)
def test_words_are_sought_in_any_case_and_never_as_a_pattern(sought: str, found: list[tuple[int, int]]) -> None:
    assert places("Gait Films of the knee", sought) == found


def test_the_row_of_a_line_is_found_and_of_a_blank_line_the_one_before(model: PolicyLinesModel) -> None:
    at = model.place_of(number("99X01"))
    assert at is not None
    assert model.row(at).number == number("99X01")
    blank = number("Position") + 1
    assert model.row(model.place_of(blank) or 0).number == number("Position")
    assert model.place_of(10_000) == model.rowCount() - 1


def test_hits_are_listed_in_the_order_of_the_lines(model: PolicyLinesModel) -> None:
    lines = [model.row(i).number for i in model.hits()]
    assert lines == [number(s) for s in ("A treadmill", "99X01", "99X09", "M25", "S83.401A")]


@pytest.mark.parametrize(
    ("line", "starts"),
    [(1, ["A treadmill", "99X01", "M25", "S83.401A"]), (2, ["M25", "S83.401A"]), (3, ["99X09", "M25", "S83.401A"])],
)
def test_a_service_line_leaves_its_own_hits_and_those_of_the_diagnoses(model: PolicyLinesModel, line: int, starts: list[str]) -> None:
    model.show_service_line(line)
    assert [model.row(i).number for i in model.hits()] == [number(s) for s in starts]
    model.show_service_line(None)
    assert len(model.hits()) == 5


def test_every_row_says_number_text_and_reason(model: PolicyLinesModel) -> None:
    from PySide6.QtCore import Qt

    spoken = {model.row(i).number: str(model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole)) for i in range(model.rowCount())}
    assert all(spoken.values())
    assert spoken[number("99X01")] == f"Line {number('99X01')}. 99X01 Gait film of the knee, one side Hit: 99X01 on line 1."
    assert "Statement: investigational and not medically necessary." in spoken[number("Gait films")]
    assert "Hit, to be checked: 99X09" in spoken[number("99X09")]
    assert "Check: The high end" in spoken[number("S83.401A")]
    assert spoken[None].startswith("Section: ")


def test_a_copied_line_says_where_it_stands_and_that_it_is_an_abstract(model: PolicyLinesModel) -> None:
    at = model.place_of(number("99X01"))
    quoted = model.quotation([at or 0])
    assert quoted == (
        "99X01 Gait film of the knee, one side\n"
        f"[SYN.00210, Gait films of the knee, in force from 03/01/2024, abstract, not the payer's words, line {number('99X01')}]"
    )


def test_several_copied_lines_are_cited_from_first_to_last(model: PolicyLinesModel) -> None:
    model.show_policy(shelved(knee_policy(ProvenanceKind.DOCUMENT)))
    first, last = (model.place_of(number(s)) or 0 for s in ("99X01", "99X09"))
    quoted = model.quotation([last, first])
    assert quoted.endswith(f"in force from 03/01/2024, lines {number('99X01')} to {number('99X09')}]")
    assert quoted.index("99X01") < quoted.index("99X09")
    anchor = model.anchor([last, first])
    assert anchor is not None
    assert (anchor.text, anchor.first_line, anchor.last_line) == (KNEE, number("99X01"), number("99X09"))


def test_headings_that_we_set_are_neither_quoted_nor_cited(model: PolicyLinesModel) -> None:
    heading = next(i for i in range(model.rowCount()) if model.row(i).number is None)
    assert model.quotation([heading]) == ""
    assert model.anchor([heading]) is None


def test_an_empty_model_is_empty(qapp: object) -> None:
    model = PolicyLinesModel()
    assert (model.rowCount(), model.hits(), model.found("a"), model.place_of(1), model.anchor([]), model.quotation([])) == (
        0,
        (),
        (),
        None,
        None,
        "",
    )


def test_a_text_of_blank_lines_has_no_rows() -> None:
    policy = replace(knee_policy(), text=text(["", "  ", ""]), sections=(), statements=(), codes=(), findings=())
    assert list(rows_of(policy, None)) == []


def test_a_hit_without_a_line_marks_nothing_and_one_beyond_the_text_does_no_harm() -> None:
    hit = Hit(HitKind.TERM, "walkway", HitResult.TERM, None, "words")
    astray = replace(hit, line=9999)
    assert not any(r.hit for r in rows_of(knee_policy(), replace(knee_match(), hits=(hit, astray))))


def test_the_model_keeps_qts_rules(qtmodeltester: object, model: PolicyLinesModel) -> None:
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_a_long_policy_is_turned_into_rows_whole() -> None:
    assert sum(1 for r in rows_of(long_policy(400), None) if r.number) == 400


def test_a_hit_of_a_line_that_names_another_part_of_the_body_is_a_doubt() -> None:
    made = list(rows_of(knee_policy(), knee_match(), elsewhere={1}))
    hit = next(r for r in made if r.number == number("99X01"))
    assert hit.hit
    assert hit.doubt
    assert hit.why.startswith("The words name another part of the body: ")
    assert not next(r for r in rows() if r.number == number("99X01")).doubt
