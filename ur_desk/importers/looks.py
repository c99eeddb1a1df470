"""What a person is shown before the columns of a file are given their meaning, and what a mapping makes of the first rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.intake.mapping import SHOWN, Column, Guess, Look, Mapping, Row, Sender, Sureness, Table, match_senders
from ur_desk.domain.request import Source
from ur_desk.errors import UserError
from ur_desk.importers.delimited import decoded
from ur_desk.importers.formats import Format, identify
from ur_desk.importers.guess import guess, meant
from ur_desk.importers.leaves import leaves
from ur_desk.importers.literals import NotLiteralError, literals
from ur_desk.importers.paths import json_path
from ur_desk.importers.request_json import Parsed, parsed
from ur_desk.importers.shapes import USUAL, extract_shape
from ur_desk.importers.tables import FORMATS, Sheet, choose, read_rows

_NOTHING = "Nothing was saved."
_SAMPLE = 200


def look(data: bytes, name: str, senders: Sequence[Sender] = ()) -> Look:
    """The first rows of a file with columns, what these seem to hold, and whose file it seems to be; UserError where it has none."""
    format_ = identify(data)
    if format_ in FORMATS:
        chosen = choose(data, format_, name)
        if chosen.sheet is None:
            raise UserError(f"{name} cannot be looked at. {_first(chosen.problems)}", _NOTHING)
        table, guessed = chosen.sheet.table, chosen.sheet.guess
    elif format_ in (Format.JSON, Format.SCRIPT):
        table, guessed = _of_tree(_tree(data, format_, name).tree, name)
    else:
        raise UserError(f"{name} has no columns: it is no table, no workbook and no JSON.", f"Take it in as it is. {_NOTHING}")
    return Look(name, table, guessed, match_senders(table.signature, senders), data)


def preview(seen: Look, mapping: Mapping, codeset: CodeSet | None, now: datetime) -> Extracted:
    """What a mapping makes of the first rows that were looked at, with their problems; nothing is saved."""
    source, format_ = Source(seen.name), identify(seen.data)
    if format_ in FORMATS:
        first = replace(seen.table, rows=seen.rows)
        return read_rows(Sheet(first, seen.guess, f"{seen.name}: ", ()), mapping, source, codeset, now)
    told = extract_shape(_tree(seen.data, format_, seen.name), source, codeset, now, mapping, ())
    return Extracted((), ()) if told is None else replace(told, requests=told.requests[:SHOWN])


def column(seen: Look, place: int, field: str) -> Column:
    """The column at a place of a file, from 0, as it fills a field that somebody names, with what its values need to be read."""
    told = meant(seen.table, place, field)
    # a list of JSON keeps its values apart by itself
    return told if identify(seen.data) in FORMATS else replace(told, separators=told.separators.replace("\n", ""))


def _tree(data: bytes, format_: Format, name: str) -> Parsed:
    if format_ is Format.SCRIPT:
        try:
            return Parsed(literals(decoded(data)[0]), doubled=False)
        except NotLiteralError as wrong:
            raise UserError(
                f"{name} is program text, and in line {wrong.line} {wrong.why}.", f"Export the values as JSON. {_NOTHING}"
            ) from wrong
    told = parsed(data, name)
    if isinstance(told, Problem):
        raise UserError(f"{name} cannot be looked at. {told.message}", _NOTHING)
    return told


def _of_tree(tree: Any, name: str) -> tuple[Table, Guess]:
    """The keys of a JSON file as columns, where most of them are known."""
    found = [(table, guess(table)) for place in USUAL if (table := _keys(tree, place)) is not None]
    if not found:
        raise UserError(f"{name} holds no objects whose keys could be columns.", f"Take it in as it is. {_NOTHING}")
    table, guessed = max(found, key=lambda pair: sum(each.sureness is not Sureness.UNSURE for each in pair[1].columns))
    if guessed.mapping is None:
        return table, guessed
    # a list keeps its values apart by itself
    columns = tuple(replace(column, separators=column.separators.replace("\n", "")) for column in guessed.mapping.columns)
    return table, replace(guessed, mapping=replace(guessed.mapping, columns=columns))


def _keys(tree: Any, place: str) -> Table | None:
    rows = [row for _, row in json_path(place).found(tree, "$") if isinstance(row, dict)][:_SAMPLE]
    flat = [dict(leaves(row)) for row in rows]
    headers = tuple(dict.fromkeys(key for row in flat for key in row))
    if not headers:
        return None
    return Table(headers, tuple(Row(n, tuple(row.get(key, "") for key in headers)) for n, row in enumerate(flat, 1)), told=f"JSON, {place}")


def _first(problems: Sequence[Problem]) -> str:
    return problems[0].message if problems else "It is empty."
