"""Corrections: each makes of one reading another under the same text, the same every time, or says why it cannot."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.codes import System
from ur_desk.domain.library.correction import Correction, What, corrected, replayed, unjudged
from ur_desk.domain.library.criteria import Criterion, Op, evaluate, nodes
from ur_desk.domain.library.criterion_edit import place_from, place_words
from ur_desk.domain.policy import (
    CodeEntry,
    EntryState,
    Furniture,
    HistoryRow,
    LintFinding,
    Policy,
    PolicyId,
    Position,
    Provenance,
    ProvenanceKind,
    Section,
    SectionKind,
    Severity,
    Sha256,
    Statement,
    Text,
    TextLine,
    Version,
)  # fmt: skip
from ur_desk.errors import UserError
from ur_desk.records.policy import reading_bytes, reading_from

LINES = (
    "Policy 12",
    "Coverage",
    "Bracing is medically necessary when the following are met:",
    "1. Pain for six weeks",
    "2. Imaging, and a visit",
    "Bracing at night is investigational.",
    "Codes",
    "L0450 brace",
)
TREE = Criterion(
    Op.UNCLEAR, "when the following are met:", 3, 5,
    items=(Criterion(Op.LEAF, "Pain for six weeks", 4, 4, label="1."), Criterion(Op.LEAF, "Imaging, and a visit", 5, 5, label="2.")),
)  # fmt: skip
POLICY = Policy(
    PolicyId("P-12"),
    "Bracing",
    Version(None),
    Text(Sha256("t"), tuple(TextLine(number, words) for number, words in enumerate(LINES, 1))),
    (Section(SectionKind.HEADER, None, 1, 1), Section(SectionKind.POSITION, "Coverage", 2, 6), Section(SectionKind.CODING, "Codes", 7, 8)),
    (
        Statement(Position.MEDICALLY_NECESSARY, "\n".join(LINES[2:5]), 3, 5, criteria=TREE),
        Statement(Position.INVESTIGATIONAL, LINES[5], 6, 6),
    ),
    (CodeEntry(System.HCPCS, "L0450", None, 8, "L0450"),),
    Provenance(ProvenanceKind.DOCUMENT),
    "text/1",
)


def mended(what: What, line: int, **told: Any) -> Policy:
    return corrected(POLICY, Correction(what, line, **told))


def spans(policy: Policy) -> list[tuple[str, int, int]]:
    return [(section.kind.value, section.first_line, section.last_line) for section in policy.sections]


def tree(policy: Policy) -> Criterion:
    found = policy.statements[0].criteria
    assert found is not None
    return found


def test_a_line_that_is_a_heading_begins_a_section_and_what_stood_before_ends_there() -> None:
    told = mended(What.SECTION, 6, section=SectionKind.BACKGROUND, heading=True)
    assert spans(told)[1:3] == [("position_statement", 2, 5), ("background", 6, 6)]
    assert told.sections[2].heading == LINES[5]


def test_the_kind_of_a_section_is_set_where_it_begins_and_its_heading_stays() -> None:
    told = mended(What.SECTION, 2, section=SectionKind.SCOPE)
    assert (told.sections[1].kind, told.sections[1].heading) == (SectionKind.SCOPE, "Coverage")


def test_sections_stay_without_gap_or_overlap_whatever_is_joined_and_split() -> None:
    told = replayed(
        POLICY,
        [
            Correction(What.SECTION_JOIN, 8),
            Correction(What.SECTION, 4, section=SectionKind.RATIONALE),
            Correction(What.SECTION_JOIN, 2),
            Correction(What.SECTION, 8, section=SectionKind.CODING),
        ],
    )
    ends = [(section.first_line, section.last_line) for section in told.sections]
    assert ends[0][0] == 1
    assert ends[-1][1] == len(LINES)
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(ends))


def test_a_statement_over_more_lines_takes_in_those_that_begin_there() -> None:
    told = mended(What.STATEMENT, 3, last_line=6, position=Position.OTHER)
    (one,) = told.statements
    assert (one.position, one.last_line, one.text.splitlines()[-1]) == (Position.OTHER, 6, LINES[5])
    assert one.criteria == TREE


def test_a_statement_is_split_with_its_criteria_and_joined_again() -> None:
    told = mended(What.STATEMENT_SPLIT, 5)
    assert [(each.first_line, each.last_line) for each in told.statements] == [(3, 4), (5, 5), (6, 6)]
    assert [item.first_line for item in tree(told).items] == [4]
    again = corrected(told, Correction(What.STATEMENT_JOIN, 5))
    assert (again.statements[0].first_line, again.statements[0].last_line, again.statements[0].text) == (3, 5, POLICY.statements[0].text)


def test_where_no_position_is_taken_none_stands() -> None:
    assert [each.first_line for each in mended(What.STATEMENT_DROP, 6).statements] == [3]


def test_what_a_criterion_asks_of_its_items_is_fixed() -> None:
    assert tree(mended(What.CRITERION, 3, path=(), op=Op.ALL)).op is Op.ALL
    one = tree(mended(What.CRITERION, 3, path=(), op=Op.AT_LEAST, n=1))
    assert (one.op, one.n) == (Op.AT_LEAST, 1)


def test_a_criterion_is_split_at_a_character_and_its_parts_are_found_in_the_line() -> None:
    one, two = tree(mended(What.CRITERION_SPLIT, 5, path=(1,), at=9)).items[1:]
    assert (one.text, two.text) == ("Imaging", "and a visit")
    assert (one.first_line, one.end, two.first_line, two.start) == (5, 12, 5, 12)
    assert LINES[4][two.start :] == two.text


def test_two_criteria_become_one_over_the_lines_of_both() -> None:
    (one,) = tree(mended(What.CRITERION_JOIN, 4, path=(1,))).items
    assert (one.text, one.first_line, one.last_line) == ("Pain for six weeks Imaging, and a visit", 4, 5)


def test_a_criterion_more_and_one_less() -> None:
    less = mended(What.CRITERION_DROP, 3, path=(1,))
    assert [item.first_line for item in tree(less).items] == [4]
    more = corrected(less, Correction(What.CRITERION_ADD, 3, path=(), at_line=5))
    assert [item.text for item in tree(more).items] == ["Pain for six weeks", LINES[4]]


def test_a_code_is_set_right_added_and_taken_out() -> None:
    told = mended(What.CODE, 8, was="l0450", system=System.HCPCS, low="L0450", high="l0455", condition=" when fitted ")
    (entry,) = told.codes
    assert (entry.low, entry.high, entry.condition, entry.raw) == ("L0450", "L0455", "when fitted", "L0450")
    assert [each.low for each in mended(What.CODE, 4, system=System.ICD10CM, low="m545").codes] == ["M54.5", "L0450"]
    assert mended(What.CODE_DROP, 8, was="L0450").codes == ()


@pytest.mark.parametrize(
    ("what", "line", "told", "says"),
    [
        (What.SECTION, 9, {"section": SectionKind.CODING}, "lines 1 to 8"),
        (What.SECTION, 0, {"section": SectionKind.CODING}, "lines 1 to 8"),
        (What.SECTION, 2, {"section": SectionKind.POSITION}, "says already"),
        (What.SECTION, 2, {}, "does not say everything: section"),
        (What.SECTION_JOIN, 1, {}, "No section stands before it"),
        (What.STATEMENT, 3, {"position": Position.OTHER, "last_line": 2}, "ends on its first line"),
        (What.STATEMENT_SPLIT, 3, {}, "begins on that line already"),
        (What.STATEMENT_JOIN, 3, {}, "No statement stands before it"),
        (What.STATEMENT_DROP, 8, {}, "No position is taken"),
        (What.CRITERION, 3, {"path": (5,), "op": Op.ALL}, "no criterion at the place 6"),
        (What.CRITERION, 3, {"path": (0,), "op": Op.ALL}, "Only a criterion with items"),
        (What.CRITERION, 3, {"path": (), "op": Op.AT_LEAST, "n": 3}, "At least how many"),
        (What.CRITERION, 6, {"path": (), "op": Op.ALL}, "no criterion at the place 0"),
        (What.CRITERION_SPLIT, 3, {"path": (0,), "at": 0}, "inside its own words"),
        (What.CRITERION_SPLIT, 3, {"path": (0,), "at": 999}, "inside its own words"),
        (What.CRITERION_JOIN, 3, {"path": (0,)}, "No criterion stands before it"),
        (What.CRITERION_ADD, 3, {"path": (), "at_line": 8}, "a line with words of the statement"),
        (What.CRITERION_ADD, 3, {"path": (), "at_line": 4}, "a criterion there already"),
        (What.CODE, 8, {"system": System.HCPCS, "low": "nonsense"}, "has not the shape"),
        (What.CODE, 8, {"system": System.HCPCS, "low": "L0450"}, "already"),
        (What.CODE_DROP, 8, {"was": "99999"}, "lists no 99999"),
    ],
)  # fmt: skip
def test_what_fits_nothing_is_refused_in_plain_words(what: What, line: int, told: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        mended(what, line, **told)


def test_a_list_of_two_that_holds_unless_keeps_two_items() -> None:
    unless = corrected(POLICY, Correction(What.CRITERION, 3, path=(), op=Op.UNLESS))
    for what, more in ((What.CRITERION_DROP, {}), (What.CRITERION_JOIN, {}), (What.CRITERION_SPLIT, {"at": 8})):
        with pytest.raises(UserError, match="Unless has two items"):
            corrected(unless, Correction(what, 3, path=(1,), **more))


def test_no_correction_touches_the_text() -> None:
    for told in (
        Correction(What.SECTION_JOIN, 8),
        Correction(What.STATEMENT_SPLIT, 4),
        Correction(What.CRITERION_JOIN, 4, path=(1,)),
        Correction(What.CODE_DROP, 8, was="L0450"),
    ):
        assert corrected(POLICY, told).text == POLICY.text
        assert corrected(POLICY, told) == corrected(POLICY, told) != POLICY


def test_what_is_judged_of_a_reading_is_no_part_of_what_was_mended() -> None:
    judged = replace(
        POLICY,
        codes=(replace(POLICY.codes[0], state=EntryState.SUSPECT, why="x"),),
        findings=(LintFinding("r", Severity.INFO, 1, "m"),),
    )
    assert unjudged(judged) == unjudged(POLICY)


@pytest.mark.parametrize(("words", "path"), [("0", ()), ("", ()), ("2.1", (1, 0)), ("10", (9,))])
def test_a_place_in_a_tree_is_counted_from_one(words: str, path: tuple[int, ...]) -> None:
    assert place_from(words) == path
    assert place_words(path) == (words or "0")


@pytest.mark.parametrize("words", ["x", "1.", "0.1", "-1", "1..2", "99999"])
def test_what_is_no_place_in_a_tree_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="no place in a tree"):
        place_from(words)


def test_a_heading_once_set_is_cleared() -> None:
    headed = mended(What.SECTION, 6, section=SectionKind.SCOPE, heading=True)
    assert [each.heading for each in headed.sections] == [None, "Coverage", LINES[5], "Codes"]
    bare = corrected(headed, Correction(What.SECTION, 6, section=SectionKind.SCOPE, bare=True))
    assert [each.heading for each in bare.sections] == [None, "Coverage", None, "Codes"]
    kept = corrected(headed, Correction(What.SECTION, 6, section=SectionKind.BACKGROUND))
    assert kept.sections[2].heading == LINES[5]


def test_the_title_is_what_its_lines_print() -> None:
    assert mended(What.TITLE, 6).title == LINES[5]
    assert mended(What.TITLE, 6, words=" bracing  at NIGHT ").title == "bracing at NIGHT"
    assert mended(What.TITLE, 1, last_line=2).title == "Policy 12 Coverage"
    for told, says in (({"words": "Crowns"}, "does not print"), ({"words": ""}, "1 to 300"), ({"last_line": 5}, "before the first")):
        with pytest.raises(UserError, match=says):
            mended(What.TITLE, 6, **told)


def test_the_number_is_printed_on_its_line_or_at_the_edge_of_a_page() -> None:
    assert mended(What.NUMBER, 1, words="12").id == "12"
    paged = replace(POLICY, text=replace(POLICY.text, furniture=(Furniture("Policy MP-7, page 1", 1),)))
    assert corrected(paged, Correction(What.NUMBER, 4, words="MP-7")).id == "MP-7"
    for words, says in (("13", "does not print"), ("--", "letters or digits"), ("12" * 40, "60 characters")):
        with pytest.raises(UserError, match=says):
            mended(What.NUMBER, 1, words=words)
    with pytest.raises(UserError, match="does not say everything: words"):
        Correction(What.NUMBER, 1)


def test_a_row_of_the_history_is_added_told_anew_and_taken_out() -> None:
    one = mended(What.HISTORY, 7, last_line=8, status="Revised", day=date(2017, 8, 3), words="New codes")
    assert one.history == (HistoryRow("Revised", date(2017, 8, 3), "New codes", 7, last_line=8),)
    plain = corrected(one, Correction(What.HISTORY, 7))
    assert plain.history == (HistoryRow(None, None, "Codes", 7),)
    before = corrected(plain, Correction(What.HISTORY, 2, organization="A plan", document="Old 1"))
    assert [(row.line, row.pre_merger) for row in before.history] == [(2, True), (7, False)]
    assert corrected(one, Correction(What.HISTORY_DROP, 8)).history == ()
    with pytest.raises(UserError, match="No row of the history"):
        corrected(one, Correction(What.HISTORY_DROP, 3))
    with pytest.raises(UserError, match="is somebody's"):
        mended(What.HISTORY, 2, document="Old 1")
    with pytest.raises(UserError, match="what was done"):
        mended(What.HISTORY, 2, words=" ")


LINE = st.integers(-1, len(LINES) + 1)
ANY = st.builds(
    dict,
    line=LINE,
    last_line=st.none() | LINE,
    path=st.lists(st.integers(-1, 2), max_size=2).map(tuple),
    section=st.sampled_from(SectionKind),
    heading=st.booleans(),
    position=st.sampled_from(Position),
    op=st.sampled_from(Op),
    n=st.none() | st.integers(-1, 4),
    at=st.integers(-1, 30),
    at_line=LINE,
    system=st.sampled_from(System),
    low=st.sampled_from(["L0450", "M54.5", "zz", ""]),
    high=st.sampled_from([None, "L0455", "?"]),
    was=st.sampled_from(["L0450", "M54.5", "zz"]),
    bare=st.booleans(),
    words=st.sampled_from([None, "", "Bracing", "12", "zz"]),
    status=st.sampled_from([None, "", "Revised"]),
    day=st.none() | st.dates(),
    organization=st.sampled_from([None, "", "A plan"]),
    document=st.sampled_from([None, "Old 1"]),
)


@given(st.lists(st.tuples(st.sampled_from(What), ANY), max_size=8))
def test_whatever_is_mended_leaves_a_whole_reading_or_is_refused(steps: list[tuple[What, dict[str, Any]]]) -> None:
    policy, done = POLICY, []
    for what, told in steps:
        if what is What.CODE and told["line"] % 2:
            told = {**told, "was": None}
        try:
            policy = corrected(policy, correction := Correction(what, **told))
        except UserError:
            continue
        done.append(correction)
    assert policy.text == POLICY.text
    assert [section.first_line for section in policy.sections] == [1, *(each.last_line + 1 for each in policy.sections[:-1])]
    assert policy.sections[-1].last_line == len(LINES)
    for statement in policy.statements:
        assert 1 <= statement.first_line <= statement.last_line <= len(LINES)
        if statement.criteria is not None:
            evaluate(statement.criteria, {})
            for named in nodes(statement.criteria):
                assert statement.first_line <= named.node.first_line <= named.node.last_line <= statement.last_line
    assert reading_from(reading_bytes(policy)) == policy == replayed(POLICY, done)


# a law of trees -------------------------------------------------------------------------------------------------------------


def within_each_other(node: Criterion) -> bool:
    return all(node.first_line <= item.first_line <= item.last_line <= node.last_line and within_each_other(item) for item in node.items)


def test_an_item_before_its_parent_makes_the_parent_begin_with_it() -> None:
    policy = replace(POLICY, statements=(replace(POLICY.statements[0], criteria=replace(TREE, first_line=4)), *POLICY.statements[1:]))
    assert tree(corrected(policy, Correction(What.CRITERION_ADD, 3, path=(), at_line=3))).first_line == 3
    assert tree(corrected(policy, Correction(What.CRITERION_ADD, 3, path=(1,), at_line=3))).first_line == 3


LINE_OF_TREE = st.integers(3, 5)
EDIT = st.builds(
    Correction,
    st.sampled_from((What.CRITERION_ADD, What.CRITERION_SPLIT, What.CRITERION_JOIN, What.CRITERION_DROP, What.CRITERION)),
    LINE_OF_TREE,
    path=st.lists(st.integers(0, 2), max_size=3).map(tuple),
    at_line=LINE_OF_TREE,
    at=st.integers(1, 24),
    op=st.sampled_from((Op.ALL, Op.ANY, Op.UNCLEAR)),
)


@given(st.lists(EDIT, max_size=6))
def test_every_criterion_lies_within_the_lines_of_the_one_above_whatever_is_mended(edits: list[Correction]) -> None:
    leaf = replace(TREE.items[1], first_line=5, last_line=5)
    policy = replace(POLICY, statements=(replace(POLICY.statements[0], criteria=leaf), *POLICY.statements[1:]))
    for edit in edits:
        try:
            policy = corrected(policy, edit)
        except UserError:
            continue
        made = policy.statements[0].criteria
        assert made is None or within_each_other(made)


def test_the_second_half_of_a_criterion_stands_on_its_own_lines_though_its_words_stand_elsewhere_too() -> None:
    lines = [*LINES[:3], "1. Pain or visit", "2. A visit", *LINES[5:]]
    text = replace(POLICY.text, lines=tuple(TextLine(number, words) for number, words in enumerate(lines, 1)))
    leaves = (Criterion(Op.LEAF, "Pain or  visit", 4, 4), Criterion(Op.LEAF, "A visit", 5, 5))
    policy = replace(POLICY, text=text, statements=(replace(POLICY.statements[0], criteria=replace(TREE, items=leaves)),))
    made = tree(corrected(policy, Correction(What.CRITERION_SPLIT, 3, path=(0,), at=1)))
    assert within_each_other(made)
    policy = replace(
        policy, statements=(replace(policy.statements[0], criteria=replace(TREE, items=(leaves[0], replace(leaves[1], text="B visit")))),)
    )
    made = tree(corrected(policy, Correction(What.CRITERION_SPLIT, 3, path=(1,), at=1)))
    assert [(each.first_line, each.last_line) for each in made.items] == [(4, 4), (5, 5), (5, 5)]
