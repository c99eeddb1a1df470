"""Rows of pages to pieces: wrapped rows become the paragraph, item or table row that the source set apart."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ur_desk.documents.formats.html import CELL, INDENT
from ur_desk.documents.formats.pdf_rows import Cell, Row, is_label
from ur_desk.documents.formats.source import Piece
from ur_desk.domain.policy import LineKind

NEAR = 3.0
"""Points within which two edges are one."""

SLACK = 1.2
"""So many letter heights may be left at the end of a row that is full."""

STEP = 14.0
"""Points by which a list is set in for each level, about."""

_LONGEST_HEADING = 140
_CONNECTIVE = re.compile(r"[-–—]?\s*(?:AND/OR|AND|OR)\s*[-–—]?\s*:?")
_VALUE = re.compile(r":\s+\S")
_FIRST = re.compile(r"\((?:1|[aA]|[iI])\)")
_ENDS = re.compile(r"[.;:?!]['\")\]”]?$")


@dataclass(slots=True)
class _Open:
    """A piece that may go on: its cells, its last row, and where its words begin after a label."""

    cells: list[str]
    lefts: list[float]
    row: Row
    first: Row
    label: bool
    hang: float
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Look:
    """How the document is set: its letter height, its left edge, its headings by prominence."""

    size: float
    left: float
    styles: dict[tuple[float, bool, bool], int] = field(default_factory=dict)
    edges: dict[tuple[float, bool, bool], float] = field(default_factory=dict)

    def depth(self, row: Row) -> int:
        """How far a counted heading is set in beyond others that are printed like it."""
        return max(0, round((row.left - self.edges.get(_style(row), row.left)) / STEP))

    def level(self, row: Row) -> int | None:
        """The heading level of a row by how it is printed; None where it is printed as text."""
        return self.styles.get(_style(row)) if len(row.text) <= _LONGEST_HEADING else None


def pieces_of(pages: Sequence[Sequence[Row]]) -> list[Piece]:
    """The pieces of all pages in order, each with the page on which it begins."""
    look = _look([row for page in pages for row in page])
    pieces: list[Piece] = []
    opened: _Open | None = None
    rights = _rights([row for page in pages for row in page])
    for page in pages:
        leadings = _leadings(page)
        for row in page:
            if opened is not None and _goes_on(opened, row, row.edge or rights[_round(row.size)], leadings, look):
                _add(opened, row)
                continue
            if opened is not None:
                pieces.append(_piece(opened, look))
            opened = _begun(row, look)
    if opened is not None:
        pieces.append(_piece(opened, look))
    return pieces


def _look(rows: Sequence[Row]) -> _Look:
    letters: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    for row in rows:
        letters[_round(row.size)] += len(row.text)
        lefts[round(row.left)] += 1
    size = letters.most_common(1)[0][0] if letters else 10.0
    often = [left for left, times in lefts.items() if times * 50 >= len(rows)]
    prominent = [row for row in rows if _prominent(row, size)]
    styles = sorted({_style(row) for row in prominent}, key=lambda s: (-s[0], not s[1], not s[2]))
    edges = {style: min(row.left for row in prominent if _style(row) == style) for style in styles}
    return _Look(size, float(min(often, default=0)), {style: place for place, style in enumerate(styles, 1)}, edges)


def _round(size: float) -> float:
    return round(size * 2) / 2


def _style(row: Row) -> tuple[float, bool, bool]:
    letters = [c for c in row.text if c.isalpha()]
    return _round(row.size), row.bold, bool(letters) and sum(c.isupper() for c in letters) * 10 >= len(letters) * 9


def _prominent(row: Row, size: float) -> bool:
    """Whether a row is printed larger than the text, or bold, and ends as no sentence does."""
    told = row.text.strip()
    if not any(c.isalpha() for c in told) or told.endswith((".", ";", ",")) or len(row.cells) > 2 or _VALUE.search(told):
        return False
    return row.bold or row.size > size * 1.15


def _rights(rows: Sequence[Row]) -> dict[float, float]:
    """The right edge of the text of each letter height in this document."""
    edges: dict[float, float] = {}
    for row in rows:
        edges[_round(row.size)] = max(edges.get(_round(row.size), 0.0), row.right)
    return edges


def _leadings(page: Sequence[Row]) -> dict[float, float]:
    """The usual distance between the rows of a paragraph, for each letter height on this page."""
    steps: dict[float, Counter[float]] = {}
    for above, row in pairwise(page):
        step = round((above.base - row.base) * 2) / 2
        if _round(above.size) == _round(row.size) and 0 < step < 2.2 * row.size:
            steps.setdefault(_round(row.size), Counter())[step] += 1
    return {size: min(step for step, times in found.items() if times * 3 >= max(found.values())) for size, found in steps.items()}


def _begun(row: Row, look: _Look) -> _Open:
    words = row.cells[0].text.split(" ", 1)
    label = is_label(words[0]) and (len(words) > 1 or len(row.cells) > 1)
    cells = list(row.cells)
    if label and len(words) == 1:
        cells = [Cell(f"{words[0]} {cells[1].text}", cells[0].left, cells[1].right), *cells[2:]]
    hang = row.left + (row.first + look.size * 0.5 if label else 0.0)
    return _Open([c.text for c in cells], [c.left for c in cells], row, row, label, hang)


def _goes_on(opened: _Open, row: Row, right: float, leadings: Mapping[float, float], look: _Look) -> bool:
    """Whether a row goes on with the open piece and does not begin one of its own."""
    before = opened.row
    turned = row.page != before.page or (row.edge is not None and row.base > before.base)
    gap = before.base - row.base
    leading = leadings.get(_round(row.size), row.size * 1.2)
    if not turned and not 0 < gap <= leading * 1.3 + 1:
        return False
    if (
        abs(_round(row.size) - _round(before.size)) > 1
        or _CONNECTIVE.fullmatch(row.text.strip())
        or _CONNECTIVE.fullmatch(before.text.strip())
    ):
        return False
    if len(opened.cells) > 1:
        return not turned and not _begins_item(row) and _same_cells(opened, row)
    if len(row.cells) > 1 or (_begins_item(row) and not _in_sentence(opened, row, right)):
        return False
    title = opened.label and row.begins_bold  # an item whose title in bold type takes more than a row
    if row.bold != before.bold and ((row.bold and not row.text[:1].islower()) or (look.level(before) is not None and not title)):
        return False
    return _wraps(opened, row, right, turned)


def _begins_item(row: Row) -> bool:
    return is_label(row.cells[0].text.split(" ", 1)[0])


def _in_sentence(opened: _Open, row: Row, right: float) -> bool:
    """Whether a number in brackets at the start of a row only goes on with the sentence before it: "one / (1) test".

    Under an item a number that begins no list, such as (3), does; one that may, such as (1) or (a), is an item of its own.
    """
    before = opened.row
    if before.text.endswith("("):
        return True
    if before.right + row.first <= right - SLACK * row.size or not row.text.startswith("(") or _ENDS.search(before.text):
        return False
    if opened.label:
        return row.left > opened.first.left + NEAR and not _FIRST.match(row.text)
    return abs(row.left - before.left) <= NEAR


def _same_cells(opened: _Open, row: Row) -> bool:
    """Whether each cell of a row stands under one of the open table row, the first one left empty."""
    return all(any(abs(cell.left - left) <= NEAR * 2 for left in opened.lefts[1:]) for cell in row.cells)


def _wraps(opened: _Open, row: Row, right: float, turned: bool) -> bool:
    """Whether the row before was full, so that its next word had to go to this one, at the edge where the piece goes on."""
    before, first = opened.row, opened.first
    full = before.right + row.first > right - SLACK * row.size
    ended = bool(_ENDS.search(before.text))
    if opened.rows > 1:
        hanging = abs(row.left - before.left) <= NEAR
    elif opened.label:
        hanging = row.left > first.left + NEAR
    else:
        hanging = abs(row.left - first.left) <= NEAR or not ended
    lower = row.text[:1].islower() or row.text[:1] in "(≥≤<>"
    if turned:
        return hanging and not ended and (full or lower)
    return hanging and (full or (lower and not ended))


def _add(opened: _Open, row: Row) -> None:
    if len(opened.cells) > 1:
        for cell in row.cells:
            at = min(range(1, len(opened.lefts)), key=lambda i: abs(opened.lefts[i] - cell.left))
            opened.cells[at] = _joined(opened.cells[at], cell.text)
    else:
        opened.cells[0] = _joined(opened.cells[0], row.text)
    opened.row, opened.rows = row, opened.rows + 1


def _joined(before: str, after: str) -> str:
    """Two rows of one paragraph; a hyphen at the end of a row is kept, since it may belong to the word."""
    glued = before.endswith("-") and not before.endswith(" -") and after[:1].isalpha()
    return f"{before}{after}" if glued else f"{before} {after}"


def _piece(opened: _Open, look: _Look) -> Piece:
    first = opened.first
    text = CELL.join(opened.cells)
    level = look.level(first) if opened.rows <= 3 and _prominent(first, look.size) and len(text) <= _LONGEST_HEADING else None
    if opened.row.bold != first.bold:
        level = None
    bullet = opened.label and not any(c.isalnum() for c in text.split(" ", 1)[0])
    if level is not None and len(opened.cells) == 1 and not bullet and not _CONNECTIVE.fullmatch(text):
        return Piece(text, LineKind.HEADING, level + look.depth(first) if opened.label else level, first.page)
    if opened.label:
        depth = max(0, min(10, round((first.left - look.left) / STEP)))
        return Piece(f"{INDENT * depth}{text}", LineKind.ITEM, depth + 1, first.page)
    if len(opened.cells) > 1:
        return Piece(text, LineKind.ROW, 0, first.page)
    return Piece(text, LineKind.PARAGRAPH, 0, first.page)
