"""Workbooks of every kind, read apart; locked, damaged and trapped ones are refused in words."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import HEAD, NOW, ROWS, ods_bytes, xls_bytes, xlsb_bytes, xlsx_bytes

from ur_desk.errors import UserError
from ur_desk.importers import extract
from ur_desk.importers.day_bases import of_compound
from ur_desk.importers.formats import Format, identify
from ur_desk.importers.read_apart import _counts_from_1904
from ur_desk.importers.workbooks import Sheet, read_workbook

TABLE = [list(HEAD), *map(list, ROWS)]
FILES = {"xlsx": xlsx_bytes({"Requests": TABLE}), "ods": ods_bytes(TABLE), "xls": xls_bytes(TABLE)}


def test_numbers_that_stand_for_days_are_counted_from_where_the_workbook_says() -> None:
    data = xlsx_bytes({"S": [["Member ID", "CPT", "DOS"], ["DEMO-1", "72148", 43020 - 1462], ["DEMO-2", "72148", "10/13/2017"]]})
    old = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(old, "w") as out:
        for entry in archive.namelist():
            out.writestr(entry, archive.read(entry).replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>'))
    told = extract(old.getvalue(), "f.xlsx", None, NOW)
    assert [r.services[0].first_day for r in told.requests] == [date(2017, 10, 12), date(2017, 10, 13)]
    told = extract(data, "f.xlsx", None, NOW)
    assert told.requests[0].services[0].first_day == date(2013, 10, 11)


COUNTED = [["Member ID", "CPT", "DOS"], ["DEMO-1", "72148", 43020 - 1462], ["DEMO-2", "72148", "10/13/2017"]]


@pytest.mark.parametrize("made", [xls_bytes, xlsb_bytes, ods_bytes])
def test_older_and_binary_workbooks_too_count_days_from_where_they_say(made: Callable[..., bytes]) -> None:
    for from_1904, day in ((True, date(2017, 10, 12)), (False, date(2013, 10, 11))):
        data = made(COUNTED, from_1904=from_1904)
        assert identify(data) is Format.WORKBOOK
        told = extract(data, "f", None, NOW)
        assert [r.services[0].first_day for r in told.requests] == [day, date(2017, 10, 13)], [p.message for p in told.problems]
        assert ("serial-day" in {p.code for p in told.problems}) is True


def test_an_older_workbook_whose_book_is_not_found_is_refused_only_where_numbers_may_be_days() -> None:
    def unfound(rows: list[list[str | float]]) -> bytes:
        return xls_bytes(rows).replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))

    with pytest.raises(ValueError, match="no book"):
        of_compound(unfound(COUNTED))
    sheet = Sheet("S", True, (("1",),), (0,))
    with pytest.raises(UserError, match="four years apart"):
        _counts_from_1904(unfound(COUNTED), "f.xls", [sheet])
    assert _counts_from_1904(unfound(TABLE), "f.xls", [msgspec.structs.replace(sheet, numbers=())]) is False


@given(data=st.data())
def test_what_a_damaged_compound_file_says_of_its_days_is_an_answer_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(xls_bytes(COUNTED, from_1904=True))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, 1600))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        assert of_compound(bytes(whole[: data.draw(st.integers(0, len(whole)))])) in (True, False)


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_workbook_gives_the_same_rows_and_requests(kind: str) -> None:
    assert identify(FILES[kind]) is Format.WORKBOOK
    (grid,), problems = read_workbook(FILES[kind], "f")
    assert (grid.sheet, problems) == ("Requests", ())
    assert [list(row) for row in grid.rows] == TABLE
    told = extract(FILES[kind], "f", None, NOW)
    assert [r.reference for r in told.requests] == ["R-1", "R-2", "R-3"]
    assert {r.source.format for r in told.requests if r.source} == {"workbook"}


def test_cells_of_every_type_become_what_the_sheet_shows() -> None:
    (grid,), _ = read_workbook(
        xlsx_bytes({"S": [["a", "b", "c", "d"], [27447, 2.5, date(1968, 4, 13), True], [1.0, None, "x", False]]}), "f"
    )
    assert [list(row) for row in grid.rows[1:]] == [["27447", "2.5", "1968-04-13", "yes"], ["1", "", "x", "no"]]
    assert grid.numbers == {0, 1}


def test_of_several_sheets_the_one_with_requests_is_read_and_said() -> None:
    data = xlsx_bytes({"Cover": [["Referrals of October"], ["Confidential"]], "List": TABLE, "Codes": [["CPT", "Words"], ["72148", "MRI"]]})
    told = extract(data, "f.xlsx", None, NOW)
    assert len(told.requests) == 3
    (chosen,) = [p for p in told.problems if p.code == "sheet-chosen"]
    assert chosen.message == "The sheet “List” was read; not read: “Cover”, “Codes”."


def test_a_hidden_sheet_is_not_read_before_one_that_is_shown() -> None:
    told = extract(xlsx_bytes({"Old": TABLE[:3], "New": TABLE}, hidden=["Old"]), "f.xlsx", None, NOW)
    assert len(told.requests) == 3
    assert [p.code for p in told.problems if p.code.startswith("sheet")] == ["sheet-chosen"]


def test_a_second_sheet_with_requests_is_not_passed_over_in_silence() -> None:
    told = extract(xlsx_bytes({"North": TABLE, "South": TABLE[:2]}), "f.xlsx", None, NOW)
    assert [(p.severity.value, p.where) for p in told.problems if p.code == "sheet-not-read"] == [("error", "f.xlsx: sheet “South”")]
    assert len(told.requests) == 3


def test_numbers_are_codes_and_lost_zeros_are_doubted() -> None:
    rows = [
        ["Member ID", "Last Name", "CPT", "DOB", "DOS"],
        [4417, "Alvarado", 72148, date(1968, 4, 13), 43020],
        [88, "Brandt", 100, "1/2/1959", "10/13/17"],
    ]
    rows += [[n, "Okafor", 97110, "7/30/1971", "10/14/2017"] for n in (91, 92)]
    told = extract(xlsx_bytes({"S": rows}), "f.xlsx", None, NOW)
    assert [(r.services[0].code, r.services[0].first_day, r.member.birth_date) for r in told.requests[:2]] == [
        ("72148", date(2017, 10, 12), date(1968, 4, 13)),
        ("100", date(2017, 10, 13), date(1959, 1, 2)),
    ]
    assert [r.member.member_id for r in told.requests] == ["4417", "88", "91", "92"]
    places = {(p.code, p.where.removeprefix("f.xlsx: sheet “S”, ")) for p in told.problems}
    assert {
        ("ids-as-numbers", "row 1, column “Member ID”"),
        ("serial-day", "row 2, column “DOS”"),
        ("zero-lost", "row 3, column “CPT”"),
        ("procedure-shape", "row 3, column “CPT”"),
    } <= places


def test_macros_are_said_and_not_run() -> None:
    told = extract(xlsx_bytes({"S": TABLE}, parts={"xl/vbaProject.bin": b"\xcc\x61"}), "f.xlsm", None, NOW)
    assert len(told.requests) == 3
    assert "macros" in {p.code for p in told.problems}


def locked() -> bytes:
    """A compound file that holds an encrypted package, as Excel locks a workbook; nothing else of it is looked at."""
    data = bytearray(xls_bytes(TABLE))
    at = data.index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    data[at : at + len(name)] = name
    data[at + 64 : at + 66] = (len(name) + 2).to_bytes(2, "little")
    return bytes(data)


BROKEN = {
    "cut": FILES["xlsx"][: len(FILES["xlsx"]) // 2],
    "cut behind its names": FILES["xlsx"][:-10],
    "xls cut": FILES["xls"][:1500],
    "locked": locked(),
    "no sheets": xlsx_bytes({}),
    "empty": xlsx_bytes({"S": []}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_is_one_problem_in_words(name: str) -> None:
    told = extract(BROKEN[name], "f.xlsx", None, NOW)
    assert told.requests == ()
    (problem,) = told.problems
    assert problem.severity.value == "error"
    assert problem.where == "f.xlsx"


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unread() -> None:
    out = io.BytesIO(FILES["xlsx"])
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"\0" * (64 * 1024 * 1024))
    (problem,) = extract(out.getvalue(), "f.xlsx", None, NOW).problems
    assert "unpacks to far more" in problem.message


def test_a_sheet_that_reaches_to_the_end_of_the_world_is_refused() -> None:
    data = FILES["xlsx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    (problem,) = extract(out.getvalue(), "f.xlsx", None, NOW).problems
    assert problem.code == "workbook-not-read"
    assert "1,048,576 rows" in problem.message


def test_a_word_document_and_an_archive_are_no_workbooks() -> None:
    for part in ("word/document.xml", "notes.txt"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "x")
        assert identify(out.getvalue()) is Format.OFFICE


@pytest.mark.expects_log
@pytest.mark.parametrize("kind", FILES)
def test_bytes_changed_at_random_are_read_or_one_problem_and_the_process_goes_on(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(40):
        data = bytearray(FILES[kind])
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        told = extract(bytes(data), "f", None, NOW)
        assert told.requests or told.problems
        assert all(problem.where.startswith("f") for problem in told.problems)
    assert len(extract(FILES[kind], "f", None, NOW).requests) == 3
