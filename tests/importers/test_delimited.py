"""Delimited text: encoding and separator are told by the content and said; what is broken is placed, and keeps nothing else out."""

import pytest
from table_files import HEAD, ROWS, text_of

from ur_desk.importers.delimited import decoded, read_delimited, separator_of

TABLE = text_of([HEAD, *ROWS])


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without a mark"),
        ("utf-16-be", "UTF-16 without a mark"),
        ("utf-32", "UTF-32"),
    ],
)
def test_every_encoding_gives_the_same_rows_and_is_said(encoding: str, told: str) -> None:
    grid = read_delimited(TABLE.encode(encoding), "f.csv")
    assert [list(row) for row in grid.rows] == [list(HEAD), *map(list, ROWS)]
    assert grid.told == f"{told}, commas"
    assert grid.problems == ()


def test_a_mark_of_the_other_end_first_is_heeded() -> None:
    assert decoded(b"\xfe\xff" + "a,b".encode("utf-16-be")) == ("a,b", "UTF-16")


def test_what_is_not_utf_8_is_taken_for_windows_1252_and_said() -> None:
    grid = read_delimited("Name,Code,Day\nNuñez,72148,10/12/2017\n".encode("cp1252"), "f.csv")
    assert grid.rows[1][0] == "Nuñez"
    assert [(p.code, p.where) for p in grid.problems] == [("encoding-taken", "f.csv")]


def test_bytes_that_are_no_character_are_said_and_stand_as_such() -> None:
    grid = read_delimited(b"Name,Code,Day\nNu\x81ez,72148,10/12/2017\n", "f.csv")
    assert grid.rows[1][0] == "Nu\ufffdez"
    assert [p.code for p in grid.problems] == ["encoding-taken", "bad-encoding"]


def test_zero_bytes_are_said() -> None:
    assert [p.code for p in read_delimited(b"Name,Code,Day\nNu\x00ez,72148,10/12/2017\n", "f.csv").problems] == ["zero-bytes"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_told_by_the_rows(mark: str) -> None:
    assert separator_of(text_of([HEAD, *ROWS], mark)) == mark


def test_values_that_hold_other_separators_mislead_nobody() -> None:
    rows = [("Member", "Plan", "Notes"), ("A", "B|C", "one; two, three"), ("D", "E", "four; five | six"), ("G", "H", "a, b, c, d")]
    assert separator_of(text_of(rows)) == ","
    assert separator_of(text_of(rows, ";")) == ";"


@pytest.mark.parametrize(
    "text",
    ["Dear plan, please approve.\n", "Dear plan,\nthe member has pain, and waits.\nYours,\nLena\n", "one column\nonly\n", "a,b\n", ""],
)
def test_prose_is_no_table(text: str) -> None:
    assert separator_of(text) is None


def test_the_first_line_of_a_spreadsheet_may_name_the_separator() -> None:
    grid = read_delimited(b"sep=;\r\nMember;Code\r\nA;72148\r\n", "f.csv")
    assert [list(row) for row in grid.rows] == [[], ["Member", "Code"], ["A", "72148"]]


def test_quoted_separators_and_line_breaks_stay_in_their_value() -> None:
    grid = read_delimited(b'Member,Notes,Code\r\n"Brandt, Otto","Knee pain.\nFailed ""PT"".",27447\r\n', "f.csv")
    assert list(grid.rows[1]) == ["Brandt, Otto", 'Knee pain.\nFailed "PT".', "27447"]


def test_a_quotation_mark_inside_a_value_is_said_and_the_rows_are_read() -> None:
    grid = read_delimited(b'Member,Note,Code\nA,"x"y,72148\nB,z,97110\n', "f.csv")
    assert [row[2] for row in grid.rows] == ["Code", "72148", "97110"]
    assert [(p.code, p.where) for p in grid.problems] == [("loose-quote", "f.csv: row 2")]


def test_a_quotation_mark_that_is_never_closed_costs_the_rows_behind_it_and_no_other() -> None:
    grid = read_delimited(b'Member,Note,Code\nA,x,72148\nB,"open,97110\nC,z,27447\n', "f.csv")
    assert [list(row) for row in grid.rows] == [["Member", "Note", "Code"], ["A", "x", "72148"]]
    assert [(p.code, p.where) for p in grid.problems] == [("open-quote", "f.csv: row 3")]


def test_lines_that_end_as_on_an_old_macintosh_are_lines() -> None:
    grid = read_delimited(b"Member,Note,Code\rA,x,72148\rB,y,97110\r", "f.csv")
    assert [row[2] for row in grid.rows] == ["Code", "72148", "97110"]


def test_a_table_beyond_all_bounds_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.importers.delimited.MOST_ROWS", 3)
    grid = read_delimited(TABLE.encode(), "f.csv")
    assert len(grid.rows) == 3
    assert [p.code for p in grid.problems] == ["too-many-rows"]


def test_a_row_wider_than_any_table_is_left_out_and_said() -> None:
    grid = read_delimited((TABLE + "," * 600 + "\r\n").encode(), "f.csv")
    assert [p.code for p in grid.problems] == ["too-many-columns"]
    assert grid.rows[4] == []


def test_blank_rows_use_up_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.importers.delimited.MOST_ROWS", 4)
    grid = read_delimited(b"Id,Code,Note\n" + b",,\n" * 50 + b"A,72148,x\nB,97110,y\n", "f.csv")
    assert [row[0] for row in grid.rows if any(row)] == ["Id", "A", "B"]
    assert grid.problems == ()
