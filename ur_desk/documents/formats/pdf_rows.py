"""A page of a PDF to rows of words with their places: PDFium's characters, laid out anew by where they stand."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import pi
from statistics import median
from typing import Any

from ur_desk.documents.formats.source import raised, symbol

MOST_CHARACTERS = 200_000
"""Characters of one page; a page of print holds some 6,000."""

COLUMN = 1.8
"""A gap of so many letter heights parts two columns; between words of a justified line it is at most one."""

ANGLES = 200
"""So many characters of a page are looked at to tell how it lies."""

MISSED = 0.18
"""A gap of so many letter heights within a word is a space that PDFium did not tell."""

STAMP = 4.0
"""Words so many times larger than the text are stamped across the page and stand in no row of it."""

_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_HYPHENS = "\x02\ufffe\u00ad"
_SPACE = " \t\u00a0\u2002\u2003\u2009"


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them; places in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    run: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together in a row."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one height of a page, from left to right.

    `first` is the width of its first word, `edge` the right edge of its column; `begins_bold` says so of its first word alone.
    """

    page: int
    cells: tuple[Cell, ...]
    base: float
    size: float
    bold: bool
    first: float
    edge: float | None = None
    begins_bold: bool = False

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where its words end."""
        return self.cells[-1].right

    @property
    def text(self) -> str:
        """The words of all its cells."""
        return "   ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Character:
    letter: str
    left: float
    right: float
    base: float
    size: float
    index: int


def rows_of(page: Any, number: int) -> list[Row]:
    """The rows of a page from top to bottom, what is stamped across it last; empty where it holds no characters."""
    text = page.get_textpage()
    try:
        runs = list(_runs(text, _upright(page, _turned(text))))
        words = [word for run in runs for word in _words(text, run)]
    finally:
        text.close()
    usual = median([word.size for word in words]) if words else 0.0
    across = [word for word in words if word.size > STAMP * usual]
    lines = _lines(word for word in words if word.size <= STAMP * usual) + [[word] for word in across]
    return [_row(number, line) for line in lines]


def _turned(text: Any) -> int:
    """By how many quarters of a turn most of the page's characters are turned, with the clock: a page laid on its side is read upright."""
    import pypdfium2.raw as pdfium

    count = text.count_chars()
    looked = range(0, count, max(1, count // ANGLES))
    turns = Counter(round(pdfium.FPDFText_GetCharAngle(text.raw, at) / (pi / 2)) % 4 for at in looked)
    return turns.most_common(1)[0][0] if turns else 0


def _upright(page: Any, quarters: int) -> Callable[[float, float], tuple[float, float]]:
    """Where a place lies on the page when its text stands upright."""
    width, height = page.get_size()
    if page.get_rotation() % 180:
        width, height = height, width
    turns: tuple[Callable[[float, float], tuple[float, float]], ...] = (
        lambda x, y: (x, y),
        lambda x, y: (height - y, x),
        lambda x, y: (width - x, height - y),
        lambda x, y: (y, width - x),
    )
    return turns[quarters]


def _runs(text: Any, upright: Callable[[float, float], tuple[float, float]]) -> Iterator[list[_Character]]:
    """The characters in PDFium's order, apart where it begins a new line."""
    import pypdfium2.raw as pdfium

    run: list[_Character] = []
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        letter = chr(code) if code < 0x110000 else "\ufffd"
        if letter in "\r\n":
            if run:
                yield run
            run = []
            continue
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        letter = "-" if letter in _HYPHENS else symbol(letter)
        corners = (upright(box.left, box.bottom), upright(box.right, box.top))
        (left, right), (low, high) = (sorted(each) for each in zip(*corners, strict=True))
        one = _Character(letter, left, right, upright(x.value, y.value)[1], high - low, index)
        if run and letter not in _SPACE and _turns(run, one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _turns(run: Sequence[_Character], one: _Character) -> bool:
    """Whether a character stands on another line than the run before it, which PDFium does not tell after a hyphen."""
    last = next((c for c in reversed(run) if c.letter not in _SPACE), None)
    return last is not None and abs(last.base - one.base) > 0.6 * max(last.size, one.size)


def _words(text: Any, run: Sequence[_Character]) -> Iterator[Word]:
    """The words of a run; a smaller character above the line is written as raised."""
    size = max((one.size for one in run if one.letter not in _SPACE), default=0.0)
    bases = [one.base for one in run if one.letter not in _SPACE and one.size >= size * 0.85]
    base = median(bases) if bases else 0.0
    word: list[_Character] = []
    for one in run:
        apart = bool(word) and (one.left - word[-1].right > size * MISSED or one.left < word[-1].left - size)
        if one.letter in _SPACE or apart:
            if word:
                yield _word(text, word, base, size, run[0].index)
            word = []
        if one.letter not in _SPACE:
            word.append(one)
    if word:
        yield _word(text, word, base, size, run[0].index)


def _word(text: Any, characters: Sequence[_Character], base: float, size: float, run: int) -> Word:
    told, above = "", ""
    for one in characters:
        if one.size < size * 0.82 and one.base > base + size * 0.12:
            above += one.letter
        else:
            told += raised(above) + one.letter
            above = ""
    left, right = min(one.left for one in characters), max(one.right for one in characters)
    return Word(told + raised(above), left, right, base, size, _is_bold(text, characters[0].index), run)


def _is_bold(text: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text.raw, index, buffer, 128, flags)
    return bool(_BOLD.search(buffer.value)) or int(pdfium.FPDFText_GetFontWeight(text.raw, index)) >= 600


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words by the height on which they stand, top first; a small run that stands a little above a line belongs to it."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.base, w.left)):
        line = lines[-1] if lines else None
        if line is not None and line[0].base - word.base <= 0.25 * min(line[0].size, word.size):
            line.append(word)
        else:
            lines.append([word])
    merged: list[list[Word]] = []
    for line in lines:
        above = merged[-1] if merged else None
        if above is not None and _hangs_above(above, line):
            merged[-1] = [replace(w, text=raised(w.text), base=line[0].base) for w in above] + line
        else:
            merged.append(line)
    return [sorted(line, key=lambda w: w.left) for line in merged]


_MARKS = re.compile(r"[\d,–-]{1,20}|[a-z®™†‡*]{1,2}|SM|TM")


def _hangs_above(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether all of a line are small marks raised over the next one."""
    size = max(word.size for word in line)
    small = all(word.size < size * 0.82 and _MARKS.fullmatch(word.text) for word in above)
    return small and above[0].base - line[0].base < size * 0.7


def _row(page: int, words: Sequence[Word]) -> Row:
    size = max(word.size for word in words)
    spread = _justified(words, size)
    cells: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        mark = len(cells) == 1 and len(cells[0]) == 1 and is_label(before.text)
        if word.left - before.right > COLUMN * size and not mark and not spread:
            cells.append([])
        cells[-1].append(word)
    told = words[1:] if len(words) > 1 and is_label(words[0].text) else words
    bold = all(word.bold for word in told)
    return Row(page, tuple(map(_cell, cells)), words[0].base, size, bold, words[0].right - words[0].left, begins_bold=told[0].bold)


def _justified(words: Sequence[Word], size: float) -> bool:
    """Whether the gaps of a row are wide and alike, as where a line of few words is drawn out to the margin."""
    told = words[1:] if is_label(words[0].text) else words
    gaps = [b.left - a.right for a, b in pairwise(told)]
    return len(gaps) >= 2 and max(gaps) <= 3.5 * size and min(gaps) > 0.6 * size and max(gaps) - min(gaps) <= 0.5 * max(gaps)


def _cell(words: Sequence[Word]) -> Cell:
    told = words[0].text
    for before, word in pairwise(words):
        told += word.text if word.left - before.right < 0.08 * word.size and _glued(before, word) else f" {word.text}"
    return Cell(told, words[0].left, words[-1].right)


def _glued(before: Word, word: Word) -> bool:
    """Whether two words touch because one is a mark on the other; PDFium found a space between words of one run."""
    return word.run != before.run and (word.size < before.size * 0.9 or word.text[0] in ",.;:)®™")


_LABEL = re.compile(r"[•●▪▫◦‣○□☐■➢✓*o§-]|[–—]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\[\d{1,3}\]")


def is_label(word: str) -> bool:
    """Whether a word alone is what a list prints before an item."""
    return bool(_LABEL.fullmatch(word))
