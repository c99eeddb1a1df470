"""Findings as rows: three groups, chips with words, one service line or all, a place to open."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from ui_content import KNEE, knee_match, number, report, request

from ur_desk.domain.findings import MatchReport, Relation, Scope, ServiceRow, Suggestion
from ur_desk.ui.models.findings import Finding, FindingKind, FindingsModel, Note, Target, rows_of
from ur_desk.ui.tokens import Tone


def found(line: int | None = None, made: MatchReport | None = None, notes: tuple[Note, ...] = ()) -> list[Finding]:
    return list(rows_of(made or report(), request(), line, notes))


def row(title: str, line: int | None = None) -> Finding:
    return next(r for r in found(line) if r.title.startswith(title))


def titles(line: int | None = None) -> list[str]:
    return [r.title for r in found(line)]


def test_there_are_three_groups_and_two_count_their_rows() -> None:
    groups = [(r.title, r.chip) for r in found() if r.kind is FindingKind.GROUP]
    assert groups == [("How the policy touches this request", ""), ("Codes", "7"), ("Before you decide", "3")]


def test_every_finding_has_a_chip_with_words() -> None:
    assert all(r.chip for r in found() if r.kind is FindingKind.FINDING)


@pytest.mark.parametrize(
    ("title", "chip", "tone"),
    [
        ("SYN.00210 applies, for all indications", "physician", Tone.ACCENT),
        ("Service line 2: no policy found", "no policy", Tone.QUIET),
        ("Service line 3: confirm the condition", "confirm", Tone.ASK),
        ("99X01", "listed", Tone.HIT),
        ("97110", "not listed", Tone.QUIET),
        ("99X09", "conditional", Tone.ASK),
        ("S83.511A", "check", Tone.ASK),
        ("Z99.ZZ", "no such code", Tone.BAD),
        ("Listing is not coverage", "note", Tone.QUIET),
        ("A range looks misprinted", "check", Tone.ASK),
    ],
)
def test_a_row_says_its_state(title: str, chip: str, tone: Tone) -> None:
    assert (row(title).chip, row(title).tone) == (chip, tone)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("SYN.00210", "Position: investigational and not medically necessary"),
        ("99X01", f"Listed, line {number('99X01')} · service line 1"),
        ("97110", "In no list of the policies loaded here · service line 2"),
        ("99X09", f"Listed, line {number('99X09')} · service line 3\nOnly when it is a gait film: the request does not show it"),
        ("M25.561", f"In M25.561–M25.569, line {number('M25')} · billable on the day"),
        ("G89.29", "That changes nothing about the position · billable on the day"),
        ("Z99.ZZ", ""),
    ],
)
def test_a_row_says_where_and_what(title: str, said: str) -> None:
    assert row(title).detail == said


@pytest.mark.parametrize(
    ("title", "line"),
    [("99X01", number("99X01")), ("M25.561", number("M25")), ("SYN.00210", number("Position")), ("Condition not shown", number("99X09"))],
)
def test_a_row_opens_the_line_that_it_speaks_of(title: str, line: int) -> None:
    assert row(title).target == Target(KNEE, line)


def test_a_row_without_a_place_opens_nothing() -> None:
    assert row("97110").target is None


def test_one_service_line_shows_its_own_codes_and_every_diagnosis() -> None:
    assert [t.split()[0] for t in titles(2) if t[:3] in ("99X", "971", "M25", "S83", "G89", "Z99")] == [
        "97110",
        "M25.561",
        "S83.511A",
        "G89.29",
        "Z99.ZZ",
    ]
    assert not any(t.startswith("SYN.00210") for t in titles(2))


def test_one_service_line_takes_its_own_relation_and_suggestion() -> None:
    assert row("SYN.00210", 3).title == "SYN.00210 confirm the condition, for all indications"
    assert row("SYN.00210", 3).chip == "confirm"


def test_lines_that_stand_alike_share_a_row() -> None:
    alike = tuple(ServiceRow(i, (), Suggestion.NO_POLICY) for i in range(1, 41))
    only = [r.title for r in found(made=replace(report(), services=alike)) if r.title.startswith("Service")]
    assert only == ["Service lines 1–40: no policy found"]


def test_a_single_line_under_a_policy_is_not_said_twice() -> None:
    one = (ServiceRow(1, ("SYN.00210",), Suggestion.REFER, Scope.SHOWN, Relation.APPLIES),)
    assert not any(r.title.startswith("Service") for r in found(made=replace(report(), services=one)))


def test_a_request_that_nothing_touches_says_so() -> None:
    none = MatchReport((), (), (ServiceRow(1, (), Suggestion.NO_POLICY),), Suggestion.NO_POLICY, ())
    assert [r.title for r in found(made=none)] == ["How the policy touches this request", "Service line 1: no policy found"]


def test_two_versions_of_a_policy_are_named_where_a_code_stands_in_both() -> None:
    other = replace(knee_match(), id="SYN.00211", text="d" * 64)
    both = replace(report(), policies=(knee_match(), other))
    detail = next(r for r in found(made=both) if r.title == "99X01").detail
    assert "SYN.00210, line" in detail
    assert "SYN.00211, line" in detail


def test_the_page_adds_what_it_knows_before_the_decision() -> None:
    note = Note("Adverse needs a physician", "Dr. Bramble signs.", "rule")
    assert found(notes=(note,))[-1] == Finding(FindingKind.FINDING, note.title, note.detail, "rule")


def test_every_row_is_spoken_whole(qapp: object) -> None:
    model = FindingsModel()
    model.show_report(report(), request())
    spoken = [str(model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole)) for i in range(model.rowCount())]
    assert all(spoken)
    assert f"99X01: listed. Listed, line {number('99X01')} · service line 1 Opens policy line {number('99X01')}." in spoken
    assert "Group: Codes, 7" in spoken


def test_groups_cannot_be_chosen(qapp: object) -> None:
    model = FindingsModel()
    model.show_report(report(), request())
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_the_model_keeps_qts_rules(qtmodeltester: object, qapp: object) -> None:
    model = FindingsModel()
    model.show_report(report(), request())
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_no_report_no_rows(qapp: object) -> None:
    model = FindingsModel()
    model.show_report(report(), request())
    model.show_report(None, None)
    assert model.rowCount() == 0


def test_a_code_under_which_another_part_of_the_body_is_named_is_to_be_checked() -> None:
    services = tuple(replace(each, scope=Scope.NAMES_OTHER) if each.line == 1 else each for each in report().services)
    made = replace(report(), services=services)
    code = next(r for r in found(made=made) if r.title == "99X01")
    assert (code.chip, code.tone) == ("check", Tone.ASK)
    assert code.detail.startswith("The words name another part of the body\nListed")
