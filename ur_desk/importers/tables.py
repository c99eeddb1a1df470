"""Delimited files and workbooks to requests: which sheet, which mapping, and what each row says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.intake.mapping import DAYS, Column, DateOrder, Guess, Holds, Mapping, Sender, Sureness, Table, match_senders
from ur_desk.domain.request import Source
from ur_desk.importers.days import orders_of
from ur_desk.importers.delimited import read_delimited
from ur_desk.importers.formats import Format
from ur_desk.importers.grids import Grid, error, warning
from ur_desk.importers.guess import guess
from ur_desk.importers.layout import laid_out
from ur_desk.importers.row_plan import RowPlan
from ur_desk.importers.row_requests import Place, Reader, Record
from ur_desk.importers.workbooks import read_workbook

FORMATS = {Format.TABLE: "csv", Format.WORKBOOK: "workbook"}
"""How the source of a request names these formats."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet laid out: its table, what its columns seem to hold, where it stands, and what was left out of it."""

    table: Table
    guess: Guess
    where: str
    problems: tuple[Problem, ...]
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sheet that was taken, None where there is none, with the problems of the choice."""

    sheet: Sheet | None
    problems: tuple[Problem, ...]


def choose(data: bytes, format_: Format, file: str, mapping: Mapping | None = None) -> Chosen:
    """The sheet of a file that holds requests; with a mapping, the one that has all of its columns."""
    grids, problems = _grids(data, format_, file)
    sheets = [_sheet(grid) for grid in grids]
    if not sheets:
        return Chosen(None, tuple(problems))
    best = max(sheets, key=lambda sheet: (_worth(sheet, mapping), -sheets.index(sheet)))
    others = [sheet for sheet in sheets if sheet is not best]
    if others:
        said = ", ".join(f"“{sheet.table.sheet}”" + ("" if sheet.visible else " (hidden)") for sheet in others)
        problems.append(warning("sheet-chosen", file, f"The sheet “{best.table.sheet}” was read; not read: {said}."))
    problems += [
        error(
            "sheet-not-read",
            other.where.rstrip(", "),
            "This sheet seems to hold requests too. Send it as a file of its own; it was not read.",
        )
        for other in others
        if other.visible and other.guess.ready and other.table.rows
    ]
    return Chosen(best, tuple(problems))


def extract_table(
    data: bytes, format_: Format, source: Source, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted:
    """The requests of a delimited file or a workbook: by the mapping, by that of the sender whom it fits, or by what the headers say."""
    file = source.file or "the file"
    chosen = choose(data, format_, file, how)
    if chosen.sheet is None:
        return Extracted((), chosen.problems)
    sheet, told = chosen.sheet, list(chosen.problems)
    mapping = how or _of_sender(sheet, senders, file, told)
    if mapping is None:
        mapping = _by_headers(sheet, file, told)
        if mapping is None:
            return Extracted((), tuple(told))
    read = read_rows(sheet, mapping, source, codeset, now)
    return replace(read, problems=(*told, *sheet.problems, *read.problems))


def read_rows(sheet: Sheet, mapping: Mapping, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
    """What a mapping makes of a table; a column that the table lacks is said, and then nothing is read."""
    file, table = source.file or "the file", sheet.table
    lacking = [column.source for column in mapping.columns if table.place(column) is None]
    if lacking:
        names = ", ".join(f"“{name}”" for name in lacking)
        return Extracted(
            (), (error("column-missing", file, f"The mapping names columns that the file does not have: {names}. Nothing was read."),)
        )
    if mapping.missing:
        return Extracted((), (error("mapping-incomplete", file, f"The mapping names no column for {mapping.missing}. Nothing was read."),))
    places = [place for column in mapping.columns if (place := table.place(column)) is not None]
    reader = Reader(
        RowPlan(mapping, places, table.numbers, doubt_days=_days_open(sheet, mapping, places), from_1904=table.from_1904),
        _placed(sheet.where),
        source,
        codeset,
        now,
    )
    told = reader.extracted((Record(f"row {row.number}", row.cells) for row in table.rows), file)
    return replace(told, problems=(*_left_out(table, places, file), *_numbers(table, mapping, places, sheet.where), *told.problems))


def _grids(data: bytes, format_: Format, file: str) -> tuple[Sequence[Grid], list[Problem]]:
    if format_ is Format.WORKBOOK:
        grids, problems = read_workbook(data, file)
        return grids, list(problems)
    return (read_delimited(data, file),), []


def _sheet(grid: Grid) -> Sheet:
    table, problems = laid_out(grid)
    return Sheet(table, guess(table), grid.where, problems, grid.visible)


def _worth(sheet: Sheet, mapping: Mapping | None) -> tuple[bool, bool, int, int]:
    """What speaks for a sheet, most first: it is shown, it can be read, how much of it is known, how long it is."""
    fits = sheet.guess.ready if mapping is None else all(sheet.table.place(column) is not None for column in mapping.columns)
    known = sum(column.field is not None and column.sureness is not Sureness.UNSURE for column in sheet.guess.columns)
    return fits, sheet.visible, known, len(sheet.table.rows)


def _of_sender(sheet: Sheet, senders: Sequence[Sender], file: str, told: list[Problem]) -> Mapping | None:
    found = match_senders(sheet.table.signature, senders)
    if len(found) > 1:
        names = ", ".join(f"“{sender.name}”" for sender in found)
        told.append(
            warning(
                "several-senders", file, f"The columns are those of {names} alike; none of their mappings was taken. Say whose file it is."
            )
        )
        return None
    if not found:
        return None
    told.append(warning("sender-taken", file, f"The columns were read as those of “{found[0].name}”."))
    return found[0].mapping


def _by_headers(sheet: Sheet, file: str, told: list[Problem]) -> Mapping | None:
    """The mapping that the headers give; None, with the reason, where they do not say enough."""
    guessed = sheet.guess
    if guessed.refused:
        told.append(error("not-requests", file, f"{guessed.refused} The file was left as it is."))
        return None
    if not guessed.ready or guessed.mapping is None:
        lacks = guessed.mapping.missing if guessed.mapping else "the columns of a request"
        message = f"The headers do not say which column holds {lacks}. Say what the columns mean, and take the file in again."
        told.append(error("columns-unsure", file, message))
        return None
    told.append(
        warning(
            "columns-guessed", file, "The columns were taken by their headers. Check a row or two, and keep the mapping for this sender."
        )
    )
    if guessed.order_open:
        names = ", ".join(f"“{header}”" for header in guessed.order_open)
        message = f"Whether the month or the day comes first in {names} is not settled by the file. Say it once under what the columns mean, and take the file in again."
        told.append(warning("day-order", file, message))
    elif any(column.dates is DateOrder.DMY for column in guessed.mapping.columns):
        told.append(warning("day-first", file, "The days of this file were read with the day before the month. Check one of them."))
    return guessed.mapping


def _left_out(table: Table, places: Sequence[int], file: str) -> list[Problem]:
    """A word on columns with values that no field was filled from."""
    over = [header for n, header in enumerate(table.headers) if n not in set(places) and any(row.cells[n].strip() for row in table.rows)]
    if not over:
        return []
    return [warning("columns-left-out", file, f"Nothing was taken from {', '.join(f'“{header}”' for header in over[:20])}.")]


def _numbers(table: Table, mapping: Mapping, places: Sequence[int], where: str) -> list[Problem]:
    """A doubt of each column of identifiers that a workbook keeps as numbers."""
    return [
        warning(
            "ids-as-numbers",
            _placed(where)(f"row {table.header_row}", column),
            "The workbook keeps these identifiers as numbers, so that zeros at their beginning are lost. Compare one with the member's card, or with the sender's own list.",
        )
        for column, place in zip(mapping.columns, places, strict=True)
        if place in table.numbers and column.holds is Holds.ID
    ]


def _days_open(sheet: Sheet, mapping: Mapping, places: Sequence[int]) -> bool:
    """Whether nobody has said in which order the days stand, and the file does not settle it; or whether days stand in the table that
    can only be read with the month first, and others only with the day first, or otherwise than the mapping says."""
    if mapping is sheet.guess.mapping and sheet.guess.order_open:
        return True
    found: set[DateOrder] = set()
    for column, place in zip(mapping.columns, places, strict=True):
        if column.holds in DAYS:
            told = orders_of(row.cells[place] for row in sheet.table.rows)
            found |= {*told, column.dates} if told else set()
    return len(found - {DateOrder.YMD}) > 1


def _placed(where: str) -> Place:
    def place(at: str, column: Column | None) -> str:
        return f"{where}{at}" if column is None else f"{where}{at}, column “{column.source}”"

    return place
