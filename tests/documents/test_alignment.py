"""Two texts side by side: what survives renumbering, what is hidden as unimportant, and codes compared as sets."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.documents.alignment import aligned
from ur_desk.documents.code_sets import set_changes
from ur_desk.documents.stretches import bare
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.library.difference import ChangeKind, RowKind
from ur_desk.domain.policy import CodeEntry, Position, Sha256, Text, TextLine

SAME, UNIMPORTANT, CHANGED, REMOVED, ADDED, MOVED = RowKind


def text(*lines: str) -> Text:
    return Text(Sha256(sha256("\n".join(lines).encode()).hexdigest()), tuple(TextLine(n, each) for n, each in enumerate(lines, 1)))


def told(old: Text, new: Text) -> list[tuple[RowKind, int | None, int | None]]:
    return [(row.kind, row.old and row.old.number, row.new and row.new.number) for row in aligned(old, new)]


ITEMS = ("1. Fever for three days;", "2. Pain at night;", "3. A failed course of therapy.")


def test_a_new_item_renumbers_the_others_and_they_stay_the_same_lines() -> None:
    new = text("1. Fever for three days;", "2. Loss of weight within a month;", "3. Pain at night;", "4. A failed course of therapy.")
    assert told(text(*ITEMS), new) == [(SAME, 1, 1), (ADDED, None, 2), (UNIMPORTANT, 2, 3), (UNIMPORTANT, 3, 4)]


@pytest.mark.parametrize(
    "other",
    ["a) Pain at night", "• pain at night;", "(iv) Pain  at night.", "2.1.3 Pain at night", "1. a. PAIN AT NIGHT:", "[ ] Pain at night"],
)
def test_numbers_bullets_case_and_the_last_mark_are_unimportant(other: str) -> None:
    assert told(text("2. Pain at night;"), text(other)) == [(UNIMPORTANT, 1, 1)]


@pytest.mark.parametrize("other", ["2. Pain at day;", "2. Pain at night; or", "2. No pain at night;"])
def test_a_word_is_never_unimportant(other: str) -> None:
    ((kind, _, _),) = told(text("2. Pain at night;"), text(other))
    assert kind is CHANGED


def test_a_changed_line_stands_beside_what_it_was_and_not_beside_its_neighbour() -> None:
    old = text("The test is covered for adults with pain.", "Other uses are not covered at all.")
    new = text(
        "Children are seen by a specialist first.", "The test is covered for adults with severe pain.", "Other uses are not covered."
    )
    assert told(old, new) == [(ADDED, None, 1), (CHANGED, 1, 2), (CHANGED, 2, 3)]


def test_lines_that_are_broken_elsewhere_say_the_same() -> None:
    old = text("Begin", "The test is covered for", "adults with pain.", "End")
    new = text("Begin", "The test is covered", "for adults with pain.", "End")
    assert [kind for kind, _, _ in told(old, new)] == [SAME, UNIMPORTANT, UNIMPORTANT, SAME]


def test_a_paragraph_of_another_file_format_is_broken_elsewhere_and_only_its_other_word_is_a_change() -> None:
    old = text(
        "The test is covered for adults with",
        "pain of the lower back that lasts for",
        "six weeks, where a course of",
        "therapy has failed.",
        "End",
    )
    new = text(
        "The test is covered for adults with pain of the lower back that lasts for eight weeks, where a course of therapy has failed.",
        "End",
    )
    rows = aligned(old, new)
    assert [(row.kind, row.old and row.old.number, row.new and row.new.number) for row in rows] == [
        (CHANGED, 1, 1), (UNIMPORTANT, 2, None), (CHANGED, 3, None), (UNIMPORTANT, 4, None), (SAME, 5, 2),
    ]  # fmt: skip
    assert [row.old.text[start : start + size] for row in rows if row.old for start, size in row.old_marks] == ["six"]
    assert [row.new.text[start : start + size] for row in rows if row.new for start, size in row.new_marks] == ["eight"]


def test_a_word_that_came_into_a_line_is_a_change_of_that_line_wherever_its_paragraph_is_broken() -> None:
    old = text(
        "Surgery is covered for adults with pain",
        "of the back where a course of therapy has",
        "been tried and where the pain lasts for weeks.",
    )
    new = text(
        "Surgery is covered for adults with pain of the back where a course of therapy has been tried and where the pain never lasts for weeks."
    )
    assert [kind for kind, _, _ in told(old, new)] == [CHANGED, UNIMPORTANT, CHANGED]
    assert [row.old.number for row in aligned(text("Alpha beta gamma one.", "Delta epsilon zeta."), text("Alpha beta gamma one two.", "Delta epsilon zeta."))
            if row.old and row.kind is CHANGED] == [1]  # fmt: skip


def test_the_short_end_of_a_broken_paragraph_belongs_to_it_and_a_connective_that_went_is_told() -> None:
    whole = "Surgery is covered where pain has lasted for six weeks and function is lost."
    assert {
        kind for kind, _, _ in told(text("Surgery is covered where pain has lasted for six weeks and function", "is lost."), text(whole))
    } == {UNIMPORTANT}
    old, new = text("1. Pain at night.", "OR", "2. Fever for three days."), text("1. Pain at night.", "2. Fever for three days.")
    assert told(old, new) == [(SAME, 1, 1), (REMOVED, 2, None), (SAME, 3, 2)]
    changed = text("1. Pain at night and day.", "2. Fever for three days or more.")
    assert [kind for kind, old_line, _ in told(old, changed) if old_line == 2] == [REMOVED]


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("1. one two three", "2. one TWO four", ["three"], ["four"]),
        ("one two three", "one two three and four", [], ["and four"]),
        ("more than < 5 units a day", "more than > 5 units a day", ["<"], [">"]),
        ("one two, three (four)", "one two three four five", [], ["five"]),
    ],
)
def test_the_words_that_differ_are_marked_in_either_line(old: str, new: str, left: list[str], right: list[str]) -> None:
    (row,) = aligned(text(old), text(new))
    assert row.kind is CHANGED
    assert [old[start : start + size] for start, size in row.old_marks] == left
    assert [new[start : start + size] for start, size in row.new_marks] == right


def test_a_line_that_moved_is_told_on_both_sides_with_where_it_went() -> None:
    one, rest = "Members under the age of two are seen by a specialist.", ("Alpha beta gamma.", "Delta epsilon zeta.", "Eta theta iota.")
    rows = aligned(text(one, *rest), text(*rest, one))
    assert [(row.kind, row.elsewhere) for row in rows if row.kind is not SAME] == [(MOVED, 4), (MOVED, 1)]


def test_blank_lines_are_no_lines_and_spacing_is_none() -> None:
    assert told(text("One  two", "", "three"), text("", "One two", "three", "")) == [(SAME, 1, 2), (SAME, 3, 3)]


LINES = st.lists(
    st.sampled_from(["1. alpha beta", "2. alpha beta", "gamma", "", "delta  epsilon", "Delta epsilon.", "zeta eta theta"]), max_size=14
)


@given(LINES, LINES)
def test_every_line_of_both_stands_once_and_in_its_order(old: list[str], new: list[str]) -> None:
    before, after = text(*old), text(*new)
    rows = aligned(before, after)
    assert [row.old.number for row in rows if row.old] == [line.number for line in before.lines if line.text]
    assert [row.new.number for row in rows if row.new] == [line.number for line in after.lines if line.text]
    assert all(row.kind is SAME for row in aligned(before, before))
    for row in rows:
        if row.kind is SAME:
            assert row.old
            assert row.new
            assert bare(row.old.text) == bare(row.new.text)


# codes as sets --------------------------------------------------------------------------------------------------------


def entry(low: str, high: str | None = None, line: int = 1, system: System = System.ICD10CM, **more: str | Position) -> CodeEntry:
    return CodeEntry(system, low, high, line, f"{low}-{high}" if high else low, **more)  # type: ignore[arg-type]


def test_a_range_that_is_split_or_written_out_lists_the_same_codes(codeset: CodeSet) -> None:
    whole = [entry("M54.0", "M54.9"), entry("97110", "97112", 2, System.CPT)]
    parts = [entry("M54.0", "M54.2"), entry("M54.3", "M54.9", 2), *(entry(f"9711{n}", None, 3 + n, System.CPT) for n in range(3))]
    assert set_changes(whole, parts, codeset) == ()
    assert set_changes(parts, whole, codeset) == ()


def test_codes_that_came_and_went_are_told_in_runs_with_their_number_and_lines(codeset: CodeSet) -> None:
    old = [entry("97110", "97112", 5, System.CPT), entry("M54.2", None, 7)]
    new = [entry("97111", "97114", 6, System.CPT), entry("M54.2", None, 8), entry("M77.40", None, 9)]
    found = set_changes(old, new, codeset)
    assert [(c.kind, c.system, c.low, c.high, c.count, c.old_lines, c.new_lines) for c in found] == [
        (ChangeKind.ADDED, System.ICD10CM, "M77.40", None, 1, (), (9,)),
        (ChangeKind.REMOVED, System.CPT, "97110", None, 1, (5,), ()),
        (ChangeKind.ADDED, System.CPT, "97113", "97114", 2, (), (6,)),
    ]


def test_a_code_under_another_position_or_condition_is_listed_otherwise(codeset: CodeSet) -> None:
    for_it, against = Position.MEDICALLY_NECESSARY, Position.INVESTIGATIONAL
    old = [entry("76120", None, 1, System.CPT, position=for_it), entry("76496", None, 2, System.CPT)]
    new = [entry("76120", None, 1, System.CPT, position=against), entry("76496", None, 2, System.CPT, condition="when  Bilateral")]
    found = set_changes(old, new, codeset)
    assert [(c.kind, c.low) for c in found] == [(ChangeKind.CHANGED, "76120"), (ChangeKind.CHANGED, "76496")]
    spaced = [entry("76120", None, 4, System.CPT, position=against), entry("76496", None, 9, System.CPT, condition="when bilateral")]
    assert set_changes(new, spaced, codeset) == ()


@pytest.mark.parametrize(
    ("low", "high"), [("S13.4XXA", "S43.4XXS"), ("M54.9", "M54.0"), ("Z99.99", "Q00.0"), ("ZZZ", "1"), ("A0000", "A99999")]
)
def test_misprinted_ends_are_compared_and_never_repaired(low: str, high: str, codeset: CodeSet) -> None:
    assert set_changes([entry(low, high)], [entry(low, high)], codeset) == ()
    assert set_changes([entry(low, high)], [], codeset)
    assert set_changes([entry(low, high, 1, System.OTHER)], [], codeset)
