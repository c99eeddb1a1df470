"""Files of JSON in shapes of others, read as a declared mapping says: where the requests lie, and which path gives which field.

The program brings mappings along for shapes that it has met (`resources/mappings/shapes`); a sender's own stand before them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.mapping import LEAST_FIT, Column, Mapping, Sender, plain_header
from ur_desk.domain.request import Source
from ur_desk.errors import UserError
from ur_desk.importers.grids import MOST_ROWS, error, warning
from ur_desk.importers.leaves import keys_of, text_of
from ur_desk.importers.literals import NotLiteralError, literals
from ur_desk.importers.no_requests import declared_others
from ur_desk.importers.paths import json_path, key_path
from ur_desk.importers.row_plan import Cell, RowPlan
from ur_desk.importers.row_requests import Reader, Record
from ur_desk.paths import resources
from ur_desk.records.mapping import sender_from

USUAL = ("$", "$[*]", "$.*", "$.*[*]")
"""Where requests are sought where a mapping does not say it: the file, its list, its values, the lists that it holds."""
_PATTERNS = 20
"""Rows of a place that are looked at."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows of a file that have a shape, by their paths, and the mapping for them."""

    sender: Sender
    rows: tuple[tuple[str, Any], ...]


@cache
def shipped() -> tuple[Sender, ...]:
    """The mappings that the program brings along."""
    files = sorted((resources() / "mappings" / "shapes").glob("*.json"))
    told = (sender_from(file.read_bytes(), file.name) for file in files)
    return tuple(replace(sender, signature=frozenset(map(plain_header, sender.signature))) for sender in told)


def extract_shape(
    tree: Any, source: Source, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted | None:
    """The requests of a JSON file of a known shape, or why it holds none; None where nobody declared its shape."""
    file = source.file or "the file"
    if how is not None:
        return _extracted(Shape(Sender("given", frozenset(), how), _best(tree, how)), source, codeset, now)
    for sender in (*senders, *shipped()):
        rows = _rows_of(tree, sender)
        if rows:
            told = _extracted(Shape(sender, rows), source, codeset, now)
            taken = warning("sender-taken", file, f"The keys were read as those of “{sender.name}”.")
            return replace(told, problems=(taken, *told.problems))
    what = _other(tree)
    if what:
        return Extracted((), (error("not-requests", file, f"This is {what}, not a request. The file was left as it is."),))
    return None


def extract_script(
    text: str, source: Source, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted:
    """The requests of the literals in a JavaScript or TypeScript file; nothing in it is run."""
    file = source.file or "the file"
    begins = "This is program text (JavaScript or TypeScript)"
    try:
        tree = literals(text)
    except NotLiteralError as wrong:
        message = f"{begins}. Values that stand in it as they are can be read; this is a computation, and nothing is run. Export the values as JSON."
        return Extracted((), (error("script-not-read", f"{file}: line {wrong.line}", message),))
    told = extract_shape(tree, source, codeset, now, how, senders)
    if told is None:
        message = f"{begins}, and its values have no shape of requests that is known. Say what they mean with a mapping."
        return Extracted((), (error("script-not-read", file, message),))
    return told


def _rows_of(tree: Any, sender: Sender) -> tuple[tuple[str, Any], ...]:
    """The rows at the first place where most are those of the sender; none where it is no sender of JSON."""
    try:
        places = [json_path(place) for place in sender.mapping.rows or USUAL]
        for column in sender.mapping.columns:
            json_path(column.source)
    except UserError:  # the headers of a table
        return ()
    for place in places:
        rows = tuple(place.found(tree, "$"))
        if _mostly(rows, lambda row: _has_keys(row, sender.signature) or sender.fits(keys_of(row)) >= LEAST_FIT):
            return rows
    return ()


def _mostly(rows: Sequence[tuple[str, Any]], fits: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether more than half of the first rows are objects that fit."""
    first = rows[:_PATTERNS]
    return sum(isinstance(row, dict) and fits(row) for _, row in first) * 2 > len(first)


def _has_keys(row: dict[str, Any], wanted: frozenset[str]) -> bool:
    """Whether an object has all of these keys, whatever lies under them."""
    return bool(wanted) and wanted <= keys_of(row) | {plain_header(key) for key in row}


def _best(tree: Any, mapping: Mapping) -> tuple[tuple[str, Any], ...]:
    """The rows at the place where the columns of a mapping find most; none where they find nothing."""
    paths = [json_path(column.source) for column in mapping.columns]
    best: tuple[tuple[str, Any], ...] = ()
    most = 0.0
    for place in mapping.rows or USUAL:
        rows = tuple(json_path(place).found(tree, "$"))
        hits = sum(_has(row, path) for _, row in rows[:_PATTERNS] for path in paths if isinstance(row, dict)) / max(
            len(rows[:_PATTERNS]), 1
        )
        if hits > most:
            best, most = rows, hits
    return best


def _has(row: Any, path: Any) -> bool:
    return next(iter(path.found(row)), None) is not None


def _extracted(shape: Shape, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
    file, mapping = source.file or "the file", shape.sender.mapping
    if not shape.rows:
        return Extracted((), (error("column-missing", file, "Nothing lies where the mapping says. Nothing was read."),))
    if mapping.missing:
        return Extracted((), (error("mapping-incomplete", file, f"The mapping names no path for {mapping.missing}. Nothing was read."),))
    problems: list[Problem] = []
    if len(shape.rows) > MOST_ROWS:
        problems.append(
            error("too-many-rows", file, f"The file holds more than {MOST_ROWS:,} requests; the first {MOST_ROWS:,} were read.")
        )
    rows = list(_objects(shape.rows[:MOST_ROWS], file, problems))
    if left := _left_out([row for _, row in rows], mapping):
        problems.append(warning("columns-left-out", file, f"Nothing was taken from {', '.join(f'“{key}”' for key in left[:20])}."))
    paths = [json_path(column.source) for column in mapping.columns]

    def place(at: str, column: Column | None) -> str:
        return f"{file}: {at}" if column is None else f"{file}: {at}.{column.source.removeprefix('$.')}"

    records = (Record(at, tuple(_cell(row, path) for path in paths)) for at, row in rows)
    told = Reader(RowPlan(mapping, range(len(paths))), place, source, codeset, now).extracted(records, file)
    return replace(told, problems=(*problems, *told.problems))


def _objects(rows: Sequence[tuple[str, Any]], file: str, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, row in rows:
        if isinstance(row, dict):
            yield at, row
        else:
            problems.append(
                error("other-shape", f"{file}: {at}", "An object in braces belongs here, as its neighbours are. It was left out.")
            )


def _left_out(rows: Sequence[dict[str, Any]], mapping: Mapping) -> list[str]:
    taken = {json_path(column.source).first for column in mapping.columns}
    over: dict[str, None] = {}
    for row in rows:
        over.update(dict.fromkeys(key for key, value in row.items() if key not in taken and value not in (None, "", [], {})))
    return [key_path("", key).removeprefix(".") for key in over]


def _cell(row: dict[str, Any], path: Any) -> Cell:
    """The texts at a path; those of a list keep their places, so that what stands beside them in another column is beside them here."""
    found = path.aligned(row)
    if found is None:
        texts = tuple(text for _, value in path.found(row) for text in _texts(value))
    else:
        texts = tuple(", ".join(text for value in values for text in _texts(value)) for values in found)
    return texts[0] if len(texts) == 1 else texts or ""


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value; what lies deeper than one list is no value of a field."""
    for each in value if isinstance(value, list) else (value,):
        if text := text_of(each):
            yield text


def _other(tree: Any) -> str | None:
    """What the file is, where it is known to be no list of requests."""
    found = [tuple(json_path(place).found(tree, "$")) for place in USUAL]
    for what, keys in declared_others():
        wanted = frozenset(plain_header(key) for key in keys)
        if any(rows and _mostly(rows, partial(_has_keys, wanted=wanted)) for rows in found):
            return what
    return None
