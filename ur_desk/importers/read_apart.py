"""What the process apart does with a workbook (XLSX, XLSM, XLSB, XLS, ODS): the cells of its sheets as texts."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from ur_desk.errors import UserError
from ur_desk.importers import day_bases
from ur_desk.importers.workbooks import NOTHING_SAVED, Sheet, Workbook

NEEDED = ("python_calamine", "bz2", "lzma", "zlib", "_strptime")
"""Everything that reading a workbook may need."""

MOST_UNPACKED = 1024 * 1024 * 1024
"""Bytes that all parts of a workbook together may claim."""
MOST_PARTS = 10_000
SQUEEZED = 400
"""A large part packed more than so many times smaller is a trap; tables of the same words over and over stay well below."""
MOST_CELLS = 3_000_000
"""Cells of one sheet, empty ones among them."""
_MANY_ROWS = 20_000
_LAST_ROW = re.compile(rb'<row [^>]{0,200}?r="([0-9]{1,7})"')
_FAR = re.compile(rb'<c r="[A-Z]{3}[0-9]')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_LARGE = 8 * 1024 * 1024
_SAVE = "Open it in the program that made it, save it as XLSX or CSV, and import that file."


def read(data: bytes, name: str, format_: str) -> Workbook:
    """Every sheet that has cells; UserError where the file is locked, damaged, a trap, or no workbook."""
    macros, from_1904 = _checked(data, name) if data.startswith(b"PK") else (False, False)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        told = book.sheets_metadata
        sheets = [
            _sheet(book.get_sheet_by_name(each.name), each.visible == SheetVisibleEnum.Visible, name)
            for each in told
            if each.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as locked:
        raise UserError(
            f"{name} is locked with a password. {NOTHING_SAVED}", "Ask for it without one, or save it without one, and import that file."
        ) from locked
    except (CalamineError, OSError, ValueError) as wrong:
        raise _damaged(name) from wrong
    except BaseException as wrong:
        if type(wrong).__name__ != "PanicException":  # how the library fails on bytes that no program writes; no Exception
            raise
        raise _damaged(name) from wrong
    if not data.startswith(b"PK"):
        from_1904 = _counts_from_1904(data, name, sheets)
    return Workbook(tuple(sheet for sheet in sheets if sheet.rows), macros, from_1904)


def _counts_from_1904(data: bytes, name: str, sheets: list[Sheet]) -> bool:
    """Whether an older workbook counts its days from 1904; UserError where it does not say so and numbers stand in it, which may be days."""
    try:
        return day_bases.of_compound(data)
    except ValueError as wrong:
        if not any(sheet.numbers for sheet in sheets):
            return False
        message = f"{name} does not say whether its days are counted from 1900 or from 1904, which are four years apart. {NOTHING_SAVED}"
        raise UserError(message, _SAVE) from wrong


def _checked(data: bytes, name: str) -> tuple[bool, bool]:
    """Whether a zipped workbook holds macros, and whether it counts days from 1904; UserError where it claims to unpack to what no workbook does, or cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            squeezed = any(e.file_size > _LARGE and e.file_size > SQUEEZED * max(e.compress_size, 1) for e in entries)
            if squeezed or len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
                raise UserError(f"{name} unpacks to far more than a list of requests holds. {NOTHING_SAVED}", "Ask for the list itself.")
            from_1904 = day_bases.of_archive(archive)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/"):
                    _check_reach(archive.read(entry), entry.filename.rsplit("/", 1)[-1], name)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as wrong:
        raise _damaged(name) from wrong
    return any(e.filename.lower().endswith("vbaproject.bin") for e in entries), from_1904


def _check_reach(part: bytes, sheet: str, name: str) -> None:
    """Refuses a sheet with a cell so far out that the room up to it, which the library takes at once, is larger than any list."""
    last = _LAST_ROW.match(part, part.rfind(b"<row "))
    rows = int(last[1]) if last else 0
    if rows > _MANY_ROWS or _FAR.search(part):
        columns = max((_place(letters) for letters in set(_COLUMN.findall(part))), default=0)
        if rows * columns > MOST_CELLS:
            raise _too_far(sheet, name, rows, columns)


def _place(letters: bytes) -> int:
    """The place of a column by its letters, from 1."""
    told = 0
    for letter in letters:
        told = told * 26 + letter - 64
    return told


def _too_far(sheet: str, name: str, rows: int, columns: int) -> UserError:
    return UserError(
        f"The sheet “{sheet}” of {name} reaches over {rows:,} rows and {columns:,} columns. {NOTHING_SAVED}",
        "Delete what lies below and beside the list, save the file, and import it again.",
    )


def _damaged(name: str) -> UserError:
    return UserError(f"{name} is a workbook that is damaged or cut short. {NOTHING_SAVED}", _SAVE)


def _sheet(sheet: Any, visible: bool, name: str) -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise _too_far(sheet.name, name, sheet.total_height, sheet.total_width)
    numbers: set[int] = set()
    rows = [tuple(_cells(row, numbers)) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(sheet.name, visible, tuple(rows), tuple(sorted(numbers)))


def _cells(row: list[Any], numbers: set[int]) -> Iterator[str]:
    for place, value in enumerate(row):
        if isinstance(value, str):
            yield value
        elif isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, int | float):
            numbers.add(place)
            yield _number(value)
        else:
            yield _time(value)


def _number(value: float) -> str:
    """A number as the sheet shows it where it has no format of its own: whole numbers without a point."""
    if isinstance(value, float) and (not value.is_integer() or abs(value) >= 1e15):
        return f"{value:.15g}"
    return str(int(value))


def _time(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes") if not value.second else value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
