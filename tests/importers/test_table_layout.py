"""Where a table lies in its sheet, and what in it is no row of it."""

import pytest
from table_files import HEAD, ROWS, grid

from ur_desk.importers.layout import laid_out


def codes(problems: object) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in problems]  # type: ignore[attr-defined]


def test_lines_above_the_headers_are_passed_over_and_said() -> None:
    table, problems = laid_out(grid(["Referral export", "", ""], [], ["Office: Ostrow"], HEAD, *ROWS))
    assert table.headers == HEAD
    assert [row.number for row in table.rows] == [5, 6, 7]
    assert table.header_row == 4
    assert codes(problems) == [("preamble", "f: row 4")]


def test_blank_rows_repeated_headers_and_totals_are_no_requests() -> None:
    table, problems = laid_out(grid(HEAD, ROWS[0], [""] * 11, HEAD, ROWS[1], ["Total", "2"], ["Records: 2"], ["End of report"]))
    assert [row.number for row in table.rows] == [2, 5]
    assert [each for each in codes(problems) if each[0] != "short-row"] == [
        ("header-again", "f: row 4"),
        ("totals-row", "f: row 6"),
        ("totals-row", "f: row 7"),
        ("totals-row", "f: row 8"),
    ]


def test_a_row_with_a_value_too_many_is_left_out_and_one_with_too_few_is_said() -> None:
    table, problems = laid_out(grid(HEAD, (*ROWS[0], "spill"), ROWS[1][:9], (*ROWS[2], "", " ")))
    assert [row.number for row in table.rows] == [3, 4]
    assert table.rows[0].cells == (*ROWS[1][:9], "", "")
    assert codes(problems) == [("ragged-row", "f: row 2"), ("short-row", "f: row 3")]


def test_columns_without_headers_are_counted() -> None:
    table, problems = laid_out(grid(*ROWS))
    assert table.header_row == 0
    assert table.headers[:2] == ("Column 1", "Column 2")
    assert len(table.rows) == 3
    assert codes(problems) == [("no-header", "f")]


def test_rows_of_values_that_could_be_headers_too_are_rows() -> None:
    table, _ = laid_out(grid(["DEMO-1", "72148", "10/12/2017", "Urgent", "Fax"], ["DEMO-2", "97110", "10/13/2017", "Standard", "Phone"]))
    assert (table.header_row, len(table.rows)) == (0, 2)


def test_a_sparse_row_is_no_total() -> None:
    table, _ = laid_out(grid(HEAD, ["Record 12", "DEMO-1"] + [""] * 9, ["Totally Kids", "DEMO-2"] + [""] * 9))
    assert len(table.rows) == 2


def test_headers_that_nobody_knows_are_headers_where_they_hold_no_values() -> None:
    table, _ = laid_out(grid(["Alpha", "Beta", "Gamma"], ["1", "72148", "x"]))
    assert (table.headers, table.header_row) == (("Alpha", "Beta", "Gamma"), 1)


def test_two_columns_of_one_header_are_said() -> None:
    _, problems = laid_out(grid(["CPT", "Dx", "Dx", "Member ID"], ["72148", "M54.5", "", "DEMO-1"]))
    assert codes(problems) == [("same-header", "f: row 1")]


@pytest.mark.parametrize("rows", [[], [[]], [["", ""]], [["x"]]])
def test_what_holds_next_to_nothing_is_a_table_of_nothing(rows: list[list[str]]) -> None:
    table, _ = laid_out(grid(*rows))
    assert table.rows == ()
