"""Requests of the kind `ur-desk-request/1` from a JSON file: one object, a list of them, or `{"requests": [...]}`.

FHIR in any of these places, or one resource a line, is read by `fhir`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, read
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, Source
from ur_desk.domain.visible import clip
from ur_desk.importers.fhir import extract_fhir, fhir_in, made_in
from ur_desk.importers.limits import MAX_SERVICES, too_many
from ur_desk.importers.paths import key_path
from ur_desk.records.request_draft import json_path, request_draft

__all__ = ["MAX_SERVICES", "extract_json"]


class _Lines(list[Any]):
    """The objects of a file that holds one a line (NDJSON); `numbers` are their lines, counted from 1, `broken` those that are no JSON."""

    numbers: list[int]
    broken: list[Problem]


class _Twice(dict[str, Any]):
    """An object in which keys stand twice; `twice` says of each whether the values differ."""

    twice: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a JSON file tells, and whether a key stands twice in any of its objects."""

    tree: Any
    doubled: bool


def extract_json(told: Parsed, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
    """The requests of a JSON file and a problem for each that is none; a bad one does not keep the others out."""
    file = source.file or "the file"
    requests: list[Request] = []
    resources: list[tuple[str, dict[str, Any]]] = []
    rows, problems = _rows(told.tree)
    for path, row in rows:
        inside = fhir_in(path, row)
        found = list(doubled_in(row, path)) if told.doubled else []
        if inside:
            resources += [] if any(p.severity is Severity.ERROR for p in found) else inside
        else:
            request, said = _request(path, row, source, codeset, now)
            requests += [] if request is None or any(p.severity is Severity.ERROR for p in found) else [request]
            found += said
        problems += found
    asked, found = extract_fhir(resources, source, codeset, now)
    return Extracted((*requests, *asked), tuple(replace(p, where=f"{file}: {p.where}") for p in (*problems, *found)), made_in(resources))


def _request(path: str, row: Any, source: Source, codeset: CodeSet | None, now: datetime) -> tuple[Request | None, list[Problem]]:
    """One request, or None, and its problems by JSON path."""
    services = row.get("services") if isinstance(row, dict) else None
    if isinstance(services, list) and len(services) > MAX_SERVICES:
        return None, [_error("too-many-services", f"{path}.services", too_many(len(services)))]
    draft, told = request_draft(row, path)
    problems = list(told)
    if draft is None or any(p.severity is Severity.ERROR for p in problems):
        return None, problems
    reading = read(replace(draft, source=source), codeset, now, Purpose.IMPORT)
    problems += [replace(p, where=path + json_path(p.where)) for p in reading.problems]
    return reading.request, problems


def _rows(tree: Any) -> tuple[list[tuple[str, Any]], list[Problem]]:
    """The objects that should each be a request, with their paths."""
    path, rows = "$", tree
    problems: list[Problem] = []
    if isinstance(tree, dict):
        if "requests" not in tree:
            return [(path, tree)], []
        path, rows = "$.requests", tree["requests"]
        problems = [p for p in _own_doubled(tree, "$") if p.where == path]
    if not isinstance(rows, list):
        return [], [
            *problems,
            _error(
                "wrong-schema",
                path,
                "A list of requests should stand here, and something else does. Nothing of the file was read; ask the sender for it again.",
            ),
        ]
    if not rows:
        problems.append(
            _error("no-request", path, "The file holds no request. Ask the sender whether it is the right file; nothing was saved.")
        )
    if isinstance(rows, _Lines):
        return [(f"line {n}: $", row) for n, row in zip(rows.numbers, rows, strict=True)], rows.broken
    return [(f"{path}[{n}]", row) for n, row in enumerate(rows)], problems


def parsed(data: bytes, file: str) -> "Parsed | Problem":
    """What a JSON file tells, numbers as `Decimal`, or the problem that makes it no JSON at all."""
    doubles: list[_Twice] = []
    try:
        text = data.decode(json.detect_encoding(data))
        tree = _lines(text, doubles) or _loaded(text, doubles)
        return Parsed(tree, bool(doubles))
    except UnicodeDecodeError as wrong:
        message = "Letters in the file are damaged, so that none of it can be read. Ask the sender to save it as UTF-8 text. The file was left as it is."
        return _error("bad-encoding", f"{file}: byte {wrong.start + 1}, read as {wrong.encoding}", message)
    except json.JSONDecodeError as wrong:
        message = (
            "The file is damaged or was cut off, so that none of it can be read. Ask the sender to send it again. It was left as it is."
        )
        return _error("broken-json", f"{file}: line {wrong.lineno}, column {wrong.colno}", message)
    except RecursionError:
        message = "The file is built as no request is, and none of it was read. Ask the sender for another export. It was left as it is."
        return _error("too-deep", file, message)


def _loaded(text: str, doubles: list[_Twice]) -> Any:
    return json.loads(text, object_pairs_hook=partial(_object, doubles), parse_float=_number, parse_int=_number, parse_constant=float)


def _lines(text: str, doubles: list[_Twice]) -> "_Lines | None":
    """The objects of a file of one object a line; None where its first two lines are not each a whole object."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or not all(line.strip()[0] == "{" and line.strip()[-1] == "}" for _, line in lines[:2]):
        return None
    told = _Lines()
    told.numbers, told.broken = [], []
    for number, line in lines:
        try:
            told.append(_loaded(line, doubles))
            told.numbers.append(number)
        except json.JSONDecodeError as wrong:
            if not told:
                return None
            message = "This request is damaged or was cut off. Ask the sender to send it again; all others in the file were read."
            told.broken.append(_error("broken-json", f"line {number}, column {wrong.colno}", message))
    return told


def _number(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds: no number that anything counts
        return float("inf")


def _object(doubles: list[_Twice], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) == len(pairs):
        return told
    first: dict[str, Any] = {}
    doubled = _Twice(told)
    doubled.twice = {}
    for key, value in pairs:
        if key in first:
            doubled.twice[key] = doubled.twice.get(key, False) or value != first[key]
        else:
            first[key] = value
    doubles.append(doubled)
    return doubled


def doubled_in(tree: Any, path: str) -> Iterator[Problem]:
    """A problem for each key that stands twice in an object, at any depth."""
    waiting = [(path, tree)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, dict):
            yield from _own_doubled(value, at)
            waiting += [(key_path(at, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{at}[{n}]", inner) for n, inner in enumerate(value)]


def _own_doubled(value: dict[str, Any], path: str) -> Iterator[Problem]:
    if not isinstance(value, _Twice):
        return
    for key, differ in value.twice.items():
        where = key_path(path, key)
        if differ:
            message = (
                f"“{clip(key)}” is told twice, and differently: which is meant cannot be known. Ask the sender; this request was not read."
            )
            yield _error("duplicate-key", where, message)
        else:
            yield Problem(Severity.WARNING, "duplicate-key", where, f"“{clip(key)}” is told twice, each time the same; it counts once.")


def _error(code: str, where: str, message: str) -> Problem:
    return Problem(Severity.ERROR, code, where, message)
