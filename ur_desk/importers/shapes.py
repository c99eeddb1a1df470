"""Files of JSON in shapes of others, read as a declared mapping says: where the requests lie, and which path gives which field.

The program brings mappings along for shapes that it has met (`resources/mappings/shapes`); a sender's own stand before them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.mapping import Column, Mapping, Sender
from ur_desk.domain.request import Source
from ur_desk.errors import UserError
from ur_desk.importers.grids import MOST_ROWS, error, warning
from ur_desk.importers.literals import NotLiteralError, literals
from ur_desk.importers.no_requests import declared_others
from ur_desk.importers.paths import json_path, key_path
from ur_desk.importers.row_plan import Cell, RowPlan
from ur_desk.importers.row_requests import Reader, Record
from ur_desk.paths import resources
from ur_desk.records.mapping import sender_from

USUAL = ("$", "$[*]", "$.*", "$.*[*]")
"""Where requests are sought where a mapping does not say it: the file, its list, its values, the lists that it holds."""
_PATTERNS = 5
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
    return tuple(sender_from(file.read_bytes(), file.name) for file in files)


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
    """The rows at the first place where most have every key of the sender's files."""
    keys = [json_path(key) for key in sender.signature]
    if not keys:
        return ()
    for place in sender.mapping.rows or USUAL:
        rows = tuple(json_path(place).found(tree, "$"))
        fitting = sum(isinstance(row, dict) and all(_has(row, key) for key in keys) for _, row in rows)
        if fitting and fitting * 2 > len(rows):
            return rows
    return ()


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
        if isinstance(each, bool):
            yield "yes" if each else "no"
        elif isinstance(each, str):
            yield each
        elif isinstance(each, Decimal) and abs(each.adjusted()) < 30:
            yield f"{each:f}"


def _other(tree: Any) -> str | None:
    """What the file is, where it is known to be no list of requests."""
    for what, keys in declared_others():
        try:
            paths = [json_path(key) for key in keys]
        except UserError:  # headers of tables with blanks, which are no paths
            continue
        for place in USUAL:
            rows = [row for _, row in json_path(place).found(tree, "$")]
            if rows and all(isinstance(row, dict) and all(_has(row, path) for path in paths) for row in rows[:_PATTERNS]):
                return what
    return None
