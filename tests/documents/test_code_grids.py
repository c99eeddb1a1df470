"""Codes in the cells of a payer's grid, as a document prints it: nothing of a cell is lost, whatever it holds."""

import json
from pathlib import Path

import pytest

from ur_desk.documents import read
from ur_desk.documents.code_cells import Cell, cell
from ur_desk.documents.code_lists import Columns, lists_of
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.policy import Policy

ICD = System.ICD10CM
TOP = """Medical Policy
Subject: Lamps
Document #: SURG.00999 Current Effective Date: 01/01/2020
Position Statement
Lamps are considered medically necessary.
Coding
"""


def document(rows: list[str], codeset: CodeSet) -> Policy:
    return read((TOP + "\n".join(rows) + "\nDocument History\nReviewed 01/01/2020 x\n").encode(), "grid.txt", codeset)


def raws(policy: Policy, line: int) -> list[str]:
    return [entry.raw for entry in policy.codes if entry.line == line]


def test_a_column_that_the_head_names_is_read_cell_by_cell(codeset: CodeSet) -> None:
    rows = [
        "Policy | CPT | ICD-10 Diagnosis | Notes",
        "1.01 | 28999 | M72.2, C61 and G57.60-G57.62 | lamps",
        "1.02 | | K50-K52 as the chart says | x",
    ]
    policy = document(rows, codeset)
    assert raws(policy, 8) == ["28999", "M72.2", "C61", "G57.60-G57.62"]
    assert raws(policy, 9) == ["K50-K52"]
    assert [(f.line, f.raw) for f in policy.findings if f.rule == "code-words"] == [(9, "as the chart says")]


def test_a_table_whose_first_column_lists_the_codes_keeps_their_words(codeset: CodeSet) -> None:
    policy = document(["CPT | Description", "28999 | Lamp, with G57.60 in mind"], codeset)
    assert [(e.raw, e.description) for e in policy.codes] == [("28999", "Lamp, with G57.60 in mind")]


def test_a_line_of_codes_alone_is_read_to_its_end_past_a_misprint(codeset: CodeSet) -> None:
    policy = document(["ICD-10 Diagnosis", "M72.2 G57.621-G57-629 G57.80, N63 (please see the manual)"], codeset)
    assert raws(policy, 8) == ["M72.2", "G57.621-G57-629", "G57.80", "N63"]
    assert {(f.rule, f.raw) for f in policy.findings if f.rule.startswith("code-")} == {
        ("code-unreadable", "G57.621-G57-629"),
        ("code-words", "please see the manual"),
    }


def test_words_where_codes_are_announced_are_a_finding(codeset: CodeSet) -> None:
    policy = document(["ICD-10 codes: Applies to all that is lit", "ICD-10 codes: M72.2"], codeset)
    assert [(f.line, f.raw) for f in policy.findings if f.rule == "code-words"] == [(7, "Applies to all that is lit")]


@pytest.mark.parametrize("condition", ["[when specified as lamp]", "(only when lit)"])
def test_a_condition_behind_several_codes_stays_their_condition(condition: str, codeset: CodeSet) -> None:
    policy = document(["CPT", f"28999, 64999 {condition}"], codeset)
    assert [e.condition for e in policy.codes] == [condition.strip("[]()")] * 2


def test_a_head_without_a_list_ends_the_column_before_it() -> None:
    columns = Columns()
    assert columns.head("Policy | ICD-10")
    assert [piece.raw for each in lists_of("1.01 | C61", columns, None) for piece in each.pieces] == ["C61"]
    assert columns.head("CPT | Description")
    assert lists_of("28999 | C61", columns, None) == []


def as_rows(cells: list[dict[str, str]]) -> list[str]:
    return [each["icd_text"] for each in cells]


def as_table(cells: list[dict[str, str]]) -> list[str]:
    return [f"{each['policy']} | {each['icd_text']}" for each in cells]


def as_list(cells: list[dict[str, str]]) -> list[str]:
    return [f"ICD-10 codes: {each['icd_text']}" for each in cells]


def lost(policy: Policy, line: int, whole: Cell, *, told: bool) -> list[str]:
    """What of a cell is neither an entry nor a finding; `told` where words that stand there without a code count too."""
    words = [each.raw for each in whole.words if not each.describes and (told or whole.pieces)]
    found = [finding.raw for finding in policy.findings if finding.line == line and finding.rule in ("code-words", "code-unreadable")]
    unread = [piece.raw for piece in whole.pieces if not piece.read]
    entries = raws(policy, line)
    return [p.raw for p in whole.pieces if p.raw not in entries] + [raw for raw in (*words, *unread) if raw not in found]


@pytest.mark.samples
@pytest.mark.parametrize(("printed", "head"), [(as_rows, "ICD-10 Diagnosis"), (as_table, "Policy | ICD-10 Diagnosis"), (as_list, "Codes")])
def test_a_document_that_prints_all_cells_of_a_payers_grid_loses_none(printed: object, head: str, samples: Path, codeset: CodeSet) -> None:
    cells = json.loads((samples / "icd" / "fep_policy_icd_texts.json").read_text("utf-8"))
    assert len(cells) == 404
    policy = document([head, *printed(cells)], codeset)  # type: ignore[operator]
    wholes = {line: cell(each["icd_text"], ICD) for line, each in enumerate(cells, 8)}
    gone = {line: what for line, whole in wholes.items() if (what := lost(policy, line, whole, told=printed is not as_rows))}
    assert gone == {}
    assert sum(8 <= entry.line < 8 + 404 for entry in policy.codes) == 511
