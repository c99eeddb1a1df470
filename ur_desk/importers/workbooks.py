"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) to rows; they are read apart, as all foreign documents are."""

import msgspec

from ur_desk.apart.room import Refusals, Room
from ur_desk.domain.findings import Problem
from ur_desk.errors import UserError
from ur_desk.importers.grids import MOST_COLUMNS, MOST_ROWS, Grid, error, warning

NOTHING_SAVED = "Nothing was saved."


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its cells from the first row and column on, and the columns, from 0, in which numbers stand."""

    name: str
    visible: bool
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


class Workbook(msgspec.Struct, frozen=True):
    """The sheets of a workbook that hold anything, in their order, and whether it brings macros."""

    sheets: tuple[Sheet, ...]
    macros: bool = False
    from_1904: bool = False
    """Whether its days are counted from 1904, as old programs of the Macintosh do."""


_ROOM: Room[Workbook] = Room(
    "workbook",
    Workbook,
    Refusals(
        late="takes longer to read than any list of requests does.",
        large="needs more memory than any list of requests does.",
        damaged="cannot be read: it is damaged, or made as no program makes it.",
        after=NOTHING_SAVED,
        choose="Ask for the list itself, as XLSX or CSV.",
        again="Ask the sender to send it again.",
    ),
)


def read_workbook(data: bytes, file: str) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """The sheets of a workbook as rows, and what is wrong with it; no sheets where it is refused."""
    try:
        book = _ROOM.read(data, file, "workbook")
    except UserError as refused:
        return (), (error("workbook-not-read", file, f"{refused.message} {refused.hint}".replace(" Nothing was saved.", "")),)
    problems: list[Problem] = []
    if book.macros:
        problems.append(warning("macros", file, "The workbook brings macros, which are programs. None was run; its cells were read."))
    if not book.sheets:
        problems.append(error("empty-file", file, "The workbook holds no cells. Ask the sender to send it again."))
    return tuple(_grid(sheet, file, book.from_1904) for sheet in book.sheets), tuple(problems)


def _grid(sheet: Sheet, file: str, from_1904: bool) -> Grid:
    where = f"{file}: sheet “{sheet.name}”, "
    problems = []
    if len(sheet.rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in sheet.rows):
        message = f"The sheet is larger than {MOST_ROWS:,} rows and {MOST_COLUMNS} columns; what lies beyond was left out. Split the file."
        problems.append(error("too-many-rows", where.rstrip(", "), message))
    rows = [row[:MOST_COLUMNS] for row in sheet.rows[:MOST_ROWS]]
    return Grid(rows, where, "workbook", sheet.name, sheet.visible, frozenset(sheet.numbers), tuple(problems), from_1904)
