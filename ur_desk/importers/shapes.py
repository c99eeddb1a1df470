"""Files of JSON in shapes of others, read as a declared mapping says: where the requests lie, and which path gives which field.

The program brings mappings along for shapes that it has met (`resources/mappings/shapes`); a sender's own stand before them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from itertools import repeat
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.intake.mapping import LEAST_FIT, SEVERAL, Column, Mapping, Sender, plain_header
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Source
from ur_desk.errors import UserError
from ur_desk.importers.grids import MOST_ROWS, error, warning
from ur_desk.importers.leaves import keys_of, text_of
from ur_desk.importers.literals import NotLiteralError, literals
from ur_desk.importers.no_requests import declared_others
from ur_desk.importers.paths import json_path, key_path
from ur_desk.importers.request_json import Parsed, doubled_in
from ur_desk.importers.row_plan import Cell, RowPlan
from ur_desk.importers.row_requests import Reader, Record
from ur_desk.paths import resources
from ur_desk.records.mapping import sender_from

USUAL = ("$", "$[*]", "$.*", "$.*[*]")
"""Where requests are sought where a mapping does not say it: the file, its list, its values, the lists that it holds."""
_STEP = re.compile(r"[.\[]")
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
    parsed: Parsed, source: Source, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted | None:
    """The requests of a JSON file of a known shape, or why it holds none; None where nobody declared its shape."""
    file, tree = source.file or "the file", parsed.tree
    if how is not None:
        return _extracted(Shape(Sender("given", frozenset(), how), _best(tree, how)), parsed, source, codeset, now)
    if _of_known_words(tree):
        return None
    for sender in (*senders, *shipped()):
        rows = _rows_of(tree, sender)
        if rows:
            told = _extracted(Shape(sender, rows), parsed, source, codeset, now)
            taken = warning("sender-taken", file, f"The keys were read as those of “{sender.name}”.")
            return replace(told, problems=(taken, *told.problems))
    what = _other(tree)
    if what:
        return Extracted((), (error("not-requests", file, f"This is {what}, not a request. The file was left as it is."),))
    return None


def _of_known_words(tree: Any) -> bool:
    """Whether a file says by itself in which words it is written: the program's own, or FHIR's."""
    within = tree.get("requests", tree) if isinstance(tree, dict) else tree
    first = next(iter(within), None) if isinstance(within, list) else within
    return isinstance(first, dict) and ("resourceType" in first or str(first.get("schema", "")).startswith("ur-desk-request/"))


def extract_script(
    text: str, source: Source, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted:
    """The requests of the literals in a JavaScript or TypeScript file; nothing in it is run."""
    file = source.file or "the file"
    begins = "This is program text (JavaScript or TypeScript)"
    try:
        tree = literals(text)
    except NotLiteralError as wrong:
        message = f"{begins}. Values that stand in it as they are can be read; {wrong.why}. Export the values as JSON."
        return Extracted((), (error("script-not-read", f"{file}: line {wrong.line}", message),))
    told = extract_shape(Parsed(tree, doubled=False), source, codeset, now, how, senders)
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


def _extracted(shape: Shape, parsed: Parsed, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
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
    if parsed.doubled:
        rows = list(_certain(rows, parsed.tree, file, problems))
    if left := _left_out([row for _, row in rows], mapping):
        problems.append(warning("columns-left-out", file, f"Nothing was taken from {', '.join(f'“{key}”' for key in left[:20])}."))
    paths = [json_path(column.source) for column in mapping.columns]

    def place(at: str, column: Column | None) -> str:
        return f"{file}: {at}" if column is None else f"{file}: {at}.{column.source.removeprefix('$.')}"

    records = (Record(at, tuple(map(_cell, repeat(row), paths, mapping.columns))) for at, row in rows)
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


def _certain(
    rows: Sequence[tuple[str, dict[str, Any]]], tree: Any, file: str, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows in which, and on the way to which, no key stands twice with different values."""
    found = list(doubled_in(tree, "$"))
    problems += [replace(problem, where=f"{file}: {problem.where}") for problem in found]
    wrong = {problem.where for problem in found if problem.severity is Severity.ERROR}
    for at, row in rows:
        way = {at[: step.start()] for step in _STEP.finditer(at)} | {at}
        within = any(problem.severity is Severity.ERROR for problem in doubled_in(row, at))
        if not within and wrong.isdisjoint(way):
            yield at, row


def _left_out(rows: Sequence[dict[str, Any]], mapping: Mapping) -> list[str]:
    taken = {json_path(column.source).first for column in mapping.columns}
    over: dict[str, None] = {}
    for row in rows:
        over.update(dict.fromkeys(key for key, value in row.items() if key not in taken and value not in (None, "", [], {})))
    return [key_path("", key).removeprefix(".") for key in over]


def _cell(row: dict[str, Any], path: Any, column: Column) -> Cell:
    """The texts at a path; those of a list keep their places, so that what stands beside them in another column is beside them here."""
    found = path.aligned(row) if column.holds in SEVERAL or column.field.startswith("services.") else None
    if found is None:
        values = (value for _, value in path.found(row))
        texts = tuple(text_of(each) for value in values for each in (value if isinstance(value, list) else (value,)))
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
