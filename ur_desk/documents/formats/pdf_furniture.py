"""Running heads, footers, page numbers and stamps: told by their place at the edge of a page, by coming again on others, by their size."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import median

from ur_desk.documents.formats.pdf_rows import STAMP, Row

EDGE = 0.14
"""The part of a page's height, at top and at bottom, in which furniture is sought."""

DEEP = 5
"""So many rows from the edge inward."""

OFTEN = 0.4
"""On so large a part of the pages furniture comes again: left and right pages may have their own."""

_NUMBER = re.compile(
    r"(?:.{0,80}\s)?page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s[-–—|].{0,160})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s+pages?\s[-–—].{0,160}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def split(pages: Sequence[tuple[float, Sequence[Row]]]) -> tuple[list[list[Row]], list[Row]]:
    """The pages (height and rows, top first) without their furniture, and the furniture in order."""
    seen: Counter[tuple[str, str]] = Counter()
    for height, rows in pages:
        seen.update({(zone, _pattern(row)) for zone, row in _edges(height, rows)})
    needed = max(2, ceil(OFTEN * len(pages)))
    usual = median([row.size for _, rows in pages for row in rows] or [0.0])
    bodies: list[list[Row]] = []
    furniture: list[Row] = []
    for height, rows in pages:
        apart = {
            id(row) for zone, row in _edges(height, rows) if seen[zone, _pattern(row)] >= needed or _NUMBER.fullmatch(row.text.strip())
        }
        apart |= {id(row) for row in _wrapped(rows, apart, height)}
        apart |= {id(row) for row in rows if row.size > STAMP * usual}
        bodies.append([row for row in rows if id(row) not in apart])
        furniture += [row for row in rows if id(row) in apart]
    return bodies, furniture


def _edges(height: float, rows: Sequence[Row]) -> Iterable[tuple[str, Row]]:
    """The rows near the top and bottom edges of a page, each with the name of its edge."""
    top = [row for row in rows[:DEEP] if row.base > height * (1 - EDGE)]
    bottom = [row for row in rows[-DEEP:] if row.base < height * EDGE]
    yield from (("top", row) for row in top)
    yield from (("bottom", row) for row in bottom if row not in top)


def _wrapped(rows: Sequence[Row], apart: set[int], height: float) -> Iterable[Row]:
    """The rest of a footer that runs over several rows: what stands below furniture at the bottom edge."""
    below = False
    for row in rows:
        if id(row) in apart and row.base < height * EDGE:
            below = True
        elif below and row.base < height * EDGE:
            yield row


def _pattern(row: Row) -> str:
    """The words of a row, the same for every page: numbers count as one."""
    return _DIGITS.sub("#", _SPACE.sub(" ", row.text.strip().lower()))
