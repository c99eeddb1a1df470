"""What changed between two versions is told once, and nothing else is."""

from datetime import date

import invented_policy as doc
import pytest

from ur_desk.documents import read
from ur_desk.documents.compare import diff
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.library.difference import ChangeKind
from ur_desk.domain.policy import Policy


@pytest.fixture(scope="module")
def old(codeset: CodeSet) -> Policy:
    return read(doc.TEXT.encode(), "XYZ.txt", codeset)


def test_a_policy_does_not_differ_from_itself(old: Policy, codeset: CodeSet) -> None:
    assert diff(old, old, codeset).empty


def test_spacing_and_blank_lines_are_no_change(old: Policy, codeset: CodeSet) -> None:
    spaced = doc.TEXT.replace(doc.NBSP, " ").replace("\n\n\n", "\n\n\n\n").replace("Lamp study", "Lamp  study")
    assert diff(old, read(spaced.encode(), "XYZ.txt", codeset), codeset).empty


def test_facts_of_the_header_are_told_with_both_values(old: Policy, codeset: CodeSet) -> None:
    new = read(doc.with_line("Document #", "Document #: XYZ.00001 Current Effective Date: 03/15/2025"), "XYZ.txt", codeset)
    found = diff(old, new, codeset)
    assert [(f.fact, f.old, f.new) for f in found.facts] == [("effective", "2024-03-15", "2025-03-15")]
    (line,) = found.lines
    assert line.kind is ChangeKind.CHANGED
    assert line.old[0].number == line.new[0].number == doc.line_of("Document #")
    assert (found.codes, found.statements, found.history) == ((), (), ())


def test_a_code_that_came_went_or_got_other_words(old: Policy, codeset: CodeSet) -> None:
    text = (
        doc.with_line("M72.2", "M72.2 Plantar fasciitis", "M77.40 Pain of the forefoot")
        .decode()
        .replace("76999 Lamp study of the foot\n", "")
    )
    found = diff(old, read(text.encode(), "XYZ.txt", codeset), codeset)
    told = [(c.kind, c.old and c.old.low, c.new and c.new.low) for c in found.codes]
    assert told == [(ChangeKind.CHANGED, "M72.2", "M72.2"), (ChangeKind.ADDED, None, "M77.40"), (ChangeKind.REMOVED, "76999", None)]


def test_a_statement_that_turned_is_one_change_and_a_new_row_of_the_history_another(old: Policy, codeset: CodeSet) -> None:
    text = doc.TEXT.replace(
        "computer review of the foot or ankle, is considered investigational and not medically necessary for all indications.",
        "computer review of the foot or ankle, is considered medically necessary for flat feet.",
    ).replace("Status Date Action", "Status Date Action\nReviewed 02/06/2025 Committee review.")
    found = diff(old, read(text.encode(), "XYZ.txt", codeset), codeset)
    (statement,) = found.statements
    assert statement.kind is ChangeKind.CHANGED
    assert statement.old is not None
    assert statement.new is not None
    assert (statement.old.position.adverse, statement.new.position.adverse) == (True, False)
    (row,) = found.history
    assert row.kind is ChangeKind.ADDED
    assert row.new is not None
    assert row.new.day == date(2025, 2, 6)


def test_the_same_code_twice_is_paired_by_its_words(old: Policy, codeset: CodeSet) -> None:
    twice = doc.with_line("M72.2", "M72.2 One", "M72.2 Two")
    once = doc.with_line("M72.2", "M72.2 Two")
    (change,) = diff(read(twice, "a.txt", codeset), read(once, "b.txt", codeset), codeset).codes
    assert change.kind is ChangeKind.REMOVED
    assert change.old is not None
    assert change.old.description == "One"
