"""Requests of the kind `ur-desk-request/1` from a JSON file: one object, a list of them, or `{"requests": [...]}`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, read
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, Source
from ur_desk.domain.visible import clip
from ur_desk.records.request_draft import json_path, request_draft

MAX_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400); what has more is no one request."""


class _Twice(dict[str, Any]):
    """An object in which keys stand twice; `twice` says of each whether the values differ."""

    twice: dict[str, bool]


def extract_json(tree: Any, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
    """The requests of a JSON file and a problem for each that is none; a bad one does not keep the others out."""
    file = source.file or "the file"
    requests: list[Request] = []
    problems: list[Problem] = []
    rows, said = _rows(tree)
    problems += said
    for path, row in rows:
        request, found = _request(path, row, source, codeset, now)
        problems += found
        requests += [] if request is None else [request]
    return Extracted(tuple(requests), tuple(replace(p, where=f"{file}: {p.where}") for p in problems))


def _request(path: str, row: Any, source: Source, codeset: CodeSet | None, now: datetime) -> tuple[Request | None, list[Problem]]:
    """One request, or None, and its problems by JSON path."""
    if isinstance(row, dict) and "resourceType" in row:
        return None, [
            _error("fhir-not-read", path, "This is a FHIR resource; this version does not read FHIR yet. The file was left as it is.")
        ]
    problems = list(_doubled(row, path))
    services = row.get("services") if isinstance(row, dict) else None
    if isinstance(services, list) and len(services) > MAX_SERVICES:
        message = f"The request has {len(services):,} service lines; {MAX_SERVICES} are read. Ask the sender to send it in parts."
        return None, [*problems, _error("too-many-services", f"{path}.services", message)]
    draft, found = request_draft(row, path)
    problems += found
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
        return [], [*problems, _error("wrong-schema", path, "A list of requests belongs here.")]
    if not rows:
        problems.append(_error("no-request", path, "The file holds no request."))
    return [(f"{path}[{n}]", row) for n, row in enumerate(rows)], problems


def parsed(data: bytes, file: str) -> Any:
    """What a JSON file tells, numbers as `Decimal`, or the problem that makes it no JSON at all."""
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=float)
    except UnicodeDecodeError as wrong:
        message = f"The file is not valid text: byte {wrong.start + 1} cannot be read as {wrong.encoding}."
        return _error("bad-encoding", file, message)
    except json.JSONDecodeError as wrong:
        message = f"The file is broken JSON: {wrong.msg}. It may be cut off; ask the sender to send it again."
        return _error("broken-json", f"{file}: line {wrong.lineno}, column {wrong.colno}", message)
    except RecursionError:
        return _error("too-deep", file, "Objects lie too deep inside one another; no request looks like that.")


def _number(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds: no number that anything counts
        return float("inf")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
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
    return doubled


def _doubled(tree: Any, path: str) -> Iterator[Problem]:
    """A problem for each key that stands twice in an object, at any depth."""
    if not _any_twice(tree):
        return
    waiting = [(path, tree)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, dict):
            yield from _own_doubled(value, at)
            waiting += [(f"{at}.{clip(key)}", inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{at}[{n}]", inner) for n, inner in enumerate(value)]


def _any_twice(tree: Any) -> bool:
    """Whether keys stand twice anywhere; hardly ever, so that no path is made before it is needed."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value, _Twice):
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _own_doubled(value: dict[str, Any], path: str) -> Iterator[Problem]:
    if not isinstance(value, _Twice):
        return
    for key, differ in value.twice.items():
        where = f"{path}.{clip(key)}"
        if differ:
            yield _error(
                "duplicate-key", where, f"“{clip(key)}” stands here more than once with different values; which is meant cannot be known."
            )
        else:
            yield Problem(Severity.WARNING, "duplicate-key", where, f"“{clip(key)}” stands here more than once with the same value.")


def _error(code: str, where: str, message: str) -> Problem:
    return Problem(Severity.ERROR, code, where, message)
