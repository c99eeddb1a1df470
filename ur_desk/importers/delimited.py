"""Delimited text (CSV and its kin) to rows: encoding and separator are told by the content, and said."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ur_desk.domain.findings import Problem
from ur_desk.importers.grids import MOST_COLUMNS, MOST_ROWS, Grid, error, warning

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What may stand between values, in the order in which it is preferred, and how it is called."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SAMPLE = 60
_MOST_LINES = 10 * MOST_ROWS
"""Rows with and without values that are read at most."""
_SAMPLE_CHARACTERS = 128 * 1024
_SAID = re.compile(r"sep=(?P<mark>[^\w\s\"'])\r?\n", re.IGNORECASE)
_WRAPPED = re.compile(r'="([^"]*)"')
_BREAKS = re.compile(r"\r\n?")


def decoded(data: bytes) -> tuple[str, str]:
    """The text of the bytes, and the name of the encoding that was taken; what no encoding knows stands as U+FFFD.

    A mark at the beginning decides; without one, zero bytes tell UTF-16; then UTF-8 if it is valid, else Windows-1252.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), name
    wide = _wide(data[:4096])
    if wide:
        return data.decode(wide, "replace"), "UTF-16 without a mark"
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def separator_of(text: str) -> str | None:
    """The character that parts the values of a table; None where the text is no table: its rows have no width in common."""
    if said := _SAID.match(text):
        return said["mark"] if said["mark"] in SEPARATORS else None
    best, best_score = None, 0.0
    sample = text[:_SAMPLE_CHARACTERS]
    for mark in SEPARATORS:
        if mark not in sample:
            continue
        widths = Counter(len(row) for row in islice(_loose(sample, mark), _SAMPLE) if any(cell.strip() for cell in row))
        score = _score(widths, mark)
        if score > best_score:
            best, best_score = mark, score
    return best


def read_delimited(data: bytes, file: str) -> Grid:
    """The rows of a delimited text; trouble stands beside them. `file` begins the places."""
    text, encoding = decoded(data)
    mark = separator_of(text) or ","
    said, skipped = _SAID.match(text), 0
    if said:
        text, skipped = text[said.end() :], 1
    problems = list(_doubts(text, encoding, file))
    rows, found = _rows(text, mark, file, skipped)
    found += _unwrapped(rows, file, skipped)
    if skipped:
        rows.insert(0, [])
    return Grid(rows, f"{file}: ", f"{encoding}, {SEPARATORS[mark]}", problems=(*problems, *found))


def _wide(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if half and even > half * 0.6 and odd < half * 0.1 else None


def _score(widths: Counter[int], mark: str) -> float:
    """How much a text looks like a table of this separator: rows of one width, most of them, and the wider the better."""
    rows = sum(widths.values())
    width, same = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]), default=(0, 0))
    # a single row is its headers; lines of prose have a comma here and there
    prose = width == 2 and mark == "," and same < rows
    if width < 2 or same / rows < 0.5 or (rows == 1 and width < 3) or prose:
        return 0.0
    return float((same / rows) ** 2 * (width - 1) ** 0.5)


def _loose(text: str, mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    except csv.Error:  # the cell at which the sample ends
        return


def _doubts(text: str, encoding: str, file: str) -> Iterator[Problem]:
    if encoding == "Windows-1252":
        yield warning(
            "encoding-taken", file, "The file is not UTF-8; it was read as Windows-1252. Check names with accents and special characters."
        )
    if "\ufffd" in text:
        yield warning(
            "bad-encoding", file, f"Some bytes are no characters of {encoding}; where they stood, “\ufffd” stands. Ask for the file anew."
        )
    if "\x00" in text:
        yield warning("zero-bytes", file, f"Zero bytes stand in the text ({text.count(chr(0)):,}); they were left out of the values.")


def _rows(text: str, mark: str, file: str, skipped: int) -> tuple[list[list[str]], list[Problem]]:
    """The rows, read by the book; where quotation marks are not, once more as they come, which is said."""
    rows, wrong = _taken(text, mark, strict=True)
    if wrong is None:
        return _bounded(rows, file)
    at = len(rows) + 1 + skipped
    if "field limit" in wrong or "unexpected end" in wrong:
        kept, problems = _bounded(rows, file)
        message = "A quotation mark that opens here is never closed, so that the rest of the file would be one value. It was left out."
        return kept, [*problems, error("open-quote", f"{file}: row {at}", message)]
    rows, again = _taken(text, mark, strict=False)
    kept, problems = _bounded(rows, file)
    message = (
        "A quotation mark stands inside a value, beginning here. The values were taken as they stand; check this row and those after it."
    )
    problems.append(warning("loose-quote", f"{file}: row {at}", message))
    if again is not None:
        problems.append(
            error("open-quote", f"{file}: row {len(rows) + 1 + skipped}", "A value runs on without end. The rest of the file was left out.")
        )
    return kept, problems


def _unwrapped(rows: list[list[str]], file: str, skipped: int) -> list[Problem]:
    """Takes the texts out of the formulas in which spreadsheets wrap them (`="00123"`), in the rows themselves, and says so."""
    first = None
    for number, row in enumerate(rows, 1 + skipped):
        for place, cell in enumerate(row):
            if cell.startswith("=") and (wrapped := _WRAPPED.fullmatch(cell.strip())):
                row[place], first = wrapped[1], first or number
    message = "Values stand here as formulas for text, as spreadsheets write them; the text in each was taken, with its zeros."
    return [warning("text-formula", f"{file}: row {first}", message)] if first else []


def _taken(text: str, mark: str, *, strict: bool) -> tuple[list[list[str]], str | None]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True, strict=strict)
    try:
        filled = 0
        while filled <= MOST_ROWS and len(rows) <= _MOST_LINES and (row := next(reader, None)) is not None:
            rows.append(row)
            filled += any(map(str.strip, row))
    except csv.Error as wrong:
        if "new-line character" in str(wrong):  # a lone carriage return, which old programs end their lines with
            return _taken(_BREAKS.sub("\n", text), mark, strict=strict)
        return rows, str(wrong)
    return rows, None


def _bounded(rows: list[list[str]], file: str) -> tuple[list[list[str]], list[Problem]]:
    problems = []
    filled = [n for n, row in enumerate(rows) if any(map(str.strip, row))]
    if len(filled) > MOST_ROWS or len(rows) > _MOST_LINES:
        problems.append(
            error("too-many-rows", file, f"The table has more than {MOST_ROWS:,} rows; the first {MOST_ROWS:,} were read. Split the file.")
        )
        rows = rows[: filled[MOST_ROWS] if len(filled) > MOST_ROWS else _MOST_LINES]
    if any(len(row) > MOST_COLUMNS for row in rows):
        problems.append(
            error("too-many-columns", file, f"Rows of more than {MOST_COLUMNS} values were left out; no table of requests is as wide.")
        )
        rows = [row if len(row) <= MOST_COLUMNS else [] for row in rows]
    return rows, problems
