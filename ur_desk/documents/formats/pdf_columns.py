"""Pages set in two columns: told by an empty gutter with full rows on both sides, and read down the first column, then the second."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ur_desk.documents.formats.pdf_rows import Cell, Row

LEAST = 12
"""Each column of a page holds so many rows at least; what holds fewer is a table."""

LONG = 25
"""Letters of a row in a column, on average; cells of a table hold fewer."""

FULL = 0.5
"""So large a part of the first column's rows reaches its edge; the cells of a table do not."""

GUTTER = 8.0
"""Points of empty space between two columns."""

CROSSING = 0.15
"""So large a part of the rows may run across both columns: headings and what stands above and below."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the second column of a page begins, and how far to the right it lies of the first."""

    begins: float
    shift: float
    edge: float


def columns_of(rows: Sequence[Row]) -> Columns | None:
    """The two columns in which a page is set; None where it is set in one, or where that is not sure."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) < 2 * LEAST:
        return None
    left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
    edges = Counter(round(cell.left) for cell in cells if 0.35 < (cell.left - left) / max(right - left, 1.0) < 0.7)
    for begins, times in edges.most_common(3):
        found = _columns(cells, float(begins)) if times >= LEAST // 2 else None
        if found is not None:
            return found
    return None


def _columns(cells: Sequence[Cell], begins: float) -> Columns | None:
    before = begins - GUTTER / 2
    crossing = [cell for cell in cells if cell.left < before < cell.right]
    first = [cell for cell in cells if cell.right <= before]
    second = [cell for cell in cells if cell.left >= before]
    if len(crossing) > CROSSING * len(cells) or min(len(first), len(second)) < LEAST:
        return None
    left, edge = min(cell.left for cell in first), max(cell.right for cell in first)
    shift = min(cell.left for cell in second) - left
    wide = [cell for cell in first if cell.right - left > 0.85 * (edge - left)]
    long = all(fmean(len(cell.text) for cell in side) >= LONG for side in (first, second))
    if edge > begins - GUTTER or not long or len(wide) < FULL * len(first):
        return None
    return Columns(begins - GUTTER / 2, shift, max(edge, max(cell.right for cell in second) - shift))


def in_reading_order(rows: Sequence[Row], columns: Columns) -> list[Row]:
    """The rows down the first column, then down the second, which is moved to the place of the first; rows across both part what is above and below."""
    told: list[Row] = []
    waiting: list[Row] = []
    for row in rows:
        if any(cell.left < columns.begins < cell.right for cell in row.cells):
            told += [*_down(waiting, columns), row]
            waiting = []
        else:
            waiting.append(row)
    return told + _down(waiting, columns)


def _down(rows: Sequence[Row], columns: Columns) -> list[Row]:
    return [*_side(rows, columns, second=False), *_side(rows, columns, second=True)]


def _side(rows: Sequence[Row], columns: Columns, *, second: bool) -> Iterator[Row]:
    shift = columns.shift if second else 0.0
    for row in rows:
        cells = tuple(
            Cell(cell.text, cell.left - shift, cell.right - shift) for cell in row.cells if (cell.left >= columns.begins) is second
        )
        if cells:
            word = cells[0].text.split(" ", 1)[0]
            width = (cells[0].right - cells[0].left) * len(word) / max(len(cells[0].text), 1)
            yield replace(row, cells=cells, first=width, edge=columns.edge)
