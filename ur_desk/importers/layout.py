"""Where in a sheet the table lies: preamble above the headers, the headers, rows that are none, and totals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ur_desk.domain.codes import System, has_shape, normal, npi_problem, procedure_system
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.mapping import DateOrder, Row, Table, plain_header
from ur_desk.importers.days import read_day
from ur_desk.importers.grids import Grid, error, warning
from ur_desk.importers.headers import declared

_LOOKED_AT = 40
"""Rows in which the headers are sought."""
_COUNTED = r"(?:records?|rows?|requests?|cases?|members?|patients?|claims?|services?|lines?|units?|count|number|amount|charges?|billed)"
_TOTAL = re.compile(
    rf"(?:(?:grand |sub)?-?\s*totals?(?:\s+(?:of\s+|for\s+)?{_COUNTED})*|sum|count)\s*(?:[:=#-].*|[0-9$].*)?$"
    rf"|(?:records?|rows?)\s*(?:count|total|[:=])|end of (?:report|file|list)|number of {_COUNTED}\b",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = re.compile(r"[0-9]{1,4}")
_OF_ONE_REQUEST = frozenset({"member.member_id", "member.birth_date", "services.code", "diagnoses.code"})
"""What a row names only where it is about one request."""


def laid_out(grid: Grid) -> tuple[Table, tuple[Problem, ...]]:
    """The table of a sheet, and what was left out of it and why."""
    problems = list(grid.problems)
    at = _header_at(grid.rows)
    headers = _headers(grid, at)
    rows = tuple(_rows(grid, headers, 0 if at is None else at + 1, at is not None, problems))
    if at:
        above = sum(any(cell.strip() for cell in row) for row in grid.rows[:at])
        if above:
            lines = "one row stands" if above == 1 else f"{above} rows stand"
            problems.append(
                warning("preamble", f"{grid.where}row {at + 1}", f"The headers are in this row; {lines} above it and was not read.")
            )
    problems += _doubled(grid, headers, 0 if at is None else at + 1)
    return Table(headers, rows, 0 if at is None else at + 1, grid.sheet, grid.told, grid.numbers, grid.from_1904), tuple(problems)


def _headers(grid: Grid, at: int | None) -> tuple[str, ...]:
    """The headers, columns without one counted from 1; in a sheet a value beside the headers stands in a column too, in a delimited
    text it tells of a separator too many."""
    named = [] if at is None else list(_trimmed(grid.rows[at]))
    if at is None or grid.sheet:
        named += [""] * (max((len(_trimmed(row)) for row in grid.rows), default=0) - len(named))
    return tuple(header.strip() or f"Column {n}" for n, header in enumerate(named, 1))


def looks_like_a_value(text: str) -> bool:
    """Whether a cell holds what is a value and no header: a code, a day, an identifier, a number."""
    text = text.strip()
    if not text or not any(c.isdigit() for c in text):
        return False
    code = normal(text, System.ICD10CM)
    return (
        text.replace(".", "", 1).isdigit()
        or read_day(text, DateOrder.MDY, short_years=True) is not None
        or has_shape(code, System.ICD10CM)
        or procedure_system(code) is not System.OTHER
        or npi_problem(text) is None
    )


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row that names the columns: the first of those in which most headers are known; where none is known, the first
    row as wide as the rows below it, unless it holds values."""
    meaning = declared().meaning
    known = [sum(meaning(cell) is not None for cell in row if cell.strip()) for row in rows[:_LOOKED_AT]]
    known = [count if count > sum(map(looks_like_a_value, row)) else 0 for count, row in zip(known, rows, strict=False)]
    best = max(known, default=0)
    if best >= 2:
        return known.index(best)
    widths = Counter(len(_trimmed(row)) for row in rows[:_LOOKED_AT])
    width = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]), default=(0, 0))[0]
    first = next((n for n, row in enumerate(rows[:_LOOKED_AT]) if len(_trimmed(row)) >= max(width, 1)), None)
    if first is None or any(looks_like_a_value(cell) for cell in rows[first]):
        return None
    return first


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _rows(grid: Grid, headers: tuple[str, ...], begin: int, named: bool, problems: list[Problem]) -> Iterator[Row]:
    width = len(headers)
    blank = ("",) * width
    again = [plain_header(header) for header in headers] if named else None
    first_header = headers[0] if headers else ""
    own = frozenset(n for n, header in enumerate(headers) if named and _is_of_one_request(header))
    for number, cells in enumerate(grid.rows[begin:], begin + 1):
        size = len(cells)
        if size > width:
            if any(map(str.strip, cells[width:])):
                message = (
                    f"The row has {len(_trimmed(cells))} values and the table {width} columns: a value may hold a separator outside of "
                )
                problems.append(error("ragged-row", f"{grid.where}row {number}", message + "quotation marks. The row was left out."))
                continue
            cells = cells[:width]
        row = tuple(cells)
        if not "".join(row).strip():
            continue
        if size < width:
            missing = width - size
            if not grid.sheet:
                values = "one value" if missing == 1 else f"{missing} values"
                problems.append(
                    warning("short-row", f"{grid.where}row {number}", f"The row ends {values} early; these were taken as empty.")
                )
            row += blank[: width - size]
        if named and row[0].strip() == first_header and [plain_header(cell) for cell in row] == again:
            problems.append(warning("header-again", f"{grid.where}row {number}", "The headers stand here once more; the row was left out."))
            continue
        if _is_total(row, own):
            problems.append(
                warning("totals-row", f"{grid.where}row {number}", "This is a total or a note below the table; it was left out.")
            )
            continue
        yield Row(number, row)


def _is_of_one_request(header: str) -> bool:
    meaning = declared().meaning(header)
    return meaning is not None and meaning.field in _OF_ONE_REQUEST


def _is_total(row: tuple[str, ...], own: frozenset[int]) -> bool:
    """Whether a row sums up or closes the table: its first words say so, hardly anything stands beside them, and in `own`, the
    columns that are filled for one request only, at most a count."""
    told = [n for n, cell in enumerate(row) if cell and not cell.isspace()]
    few = len(told) <= max(2, len(row) // 3) and len(row) > 2
    if not few or not _TOTAL.match(row[told[0]].strip()):
        return False
    return all(n not in own or _COUNT.fullmatch(row[n].strip()) for n in told[1:])


def _doubled(grid: Grid, headers: tuple[str, ...], row: int) -> Iterator[Problem]:
    if not row:
        yield warning("no-header", grid.where.rstrip(", :"), "No row names the columns; they are counted from 1.")
        return
    seen: dict[str, list[str]] = {}
    for header in headers:
        seen.setdefault(plain_header(header), []).append(header)
    for plain, same in seen.items():
        if plain and len(same) > 1:
            yield warning(
                "same-header",
                f"{grid.where}row {row}",
                f"{len(same)} columns have the header “{same[0]}”; they are told apart by their order.",
            )
