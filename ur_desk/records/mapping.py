"""Mappings of senders' files to plain data of the kind `ur-desk-mapping/1` and back; people write and mend them by hand."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from ur_desk.domain.intake.mapping import NOTHING_CHANGED, Column, DateOrder, Guess, Mapping, Sender
from ur_desk.domain.intake.sender_events import SenderUnread
from ur_desk.domain.visible import clip
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

T = TypeVar("T")
SCHEMA = "ur-desk-mapping/1"
MOST_BYTES = 1024 * 1024
"""A mapping of more bytes is none."""

_KEYS = frozenset({"schema", "name", "fits", "columns", "group", "fixed", "empty", "rows", "guess"})
_COLUMN_KEYS = frozenset({"column", "nth", "field", "dates", "separators", "values"})


def mapping_data(mapping: Mapping) -> dict[str, Any]:
    """The plain data of a mapping; what it leaves open is left out."""
    told: dict[str, Any] = {"schema": SCHEMA, "columns": [_column_data(column) for column in mapping.columns]}
    for name, value in (("group", mapping.group), ("empty", mapping.empty), ("rows", mapping.rows)):
        if value:
            told[name] = list(value)
    if mapping.fixed:
        told["fixed"] = dict(mapping.fixed)
    return told


def sender_data(sender: Sender) -> dict[str, Any]:
    """The plain data of what is kept of a sender."""
    return {**mapping_data(sender.mapping), "name": sender.name, "fits": sorted(sender.signature)}


def sender_bytes(sender: Sender) -> bytes:
    """What is kept of a sender, as the bytes of a file."""
    return msgspec.json.format(canonical_bytes(sender_data(sender)), indent=1) + b"\n"


def unread_bytes(unread: SenderUnread) -> bytes:
    """What was kept of a sender that cannot be read, as the bytes of a file to be mended by hand: as much as it says in its own words."""
    told = msgspec.json.decode(unread.kept)["sender"]
    mapping = told.get("mapping") if isinstance(told.get("mapping"), dict) else {}
    columns = [
        {("column" if key == "source" else key): dict(value) if key == "values" else value for key, value in each.items() if value}
        for each in mapping.get("columns") or []
    ]
    data = {"schema": SCHEMA, "name": unread.name, "fits": told.get("signature") or [], "columns": columns}
    for key in ("group", "empty", "rows"):
        if mapping.get(key):
            data[key] = mapping[key]
    if mapping.get("fixed"):
        data["fixed"] = dict(mapping["fixed"])
    return msgspec.json.format(canonical_bytes(data), indent=1) + b"\n"


def guess_data(guess: Guess) -> dict[str, Any]:
    """A guess as a mapping that can be mended and given back; beside it, for the eye alone, what was guessed of each column and why."""
    mapping = mapping_data(guess.mapping) if guess.mapping else {"schema": SCHEMA, "columns": []}
    columns = [
        {"column": each.header, "nth": each.nth, "field": each.field, "sure": each.sureness.value, "why": list(each.reasons)}
        for each in guess.columns
    ]
    return {**mapping, "guess": columns} | ({"refused": guess.refused} if guess.refused else {})


def mapping_from(data: bytes, name: str) -> Mapping:
    """The mapping that a file tells; UserError with the file's name where it tells none."""
    return _mapping(_object(data, name), name)


def sender_from(data: bytes, name: str, called: str | None = None) -> Sender:
    """What a file tells of a sender, who is `called` as it says where nobody says otherwise; UserError with the file's name where it
    tells nothing, or no name of the sender."""
    told = _object(data, name)
    called = called or told.get("name")
    if not isinstance(called, str):
        raise _wrong(name, "It does not say the sender's name (“name”).")
    mapping = _mapping(told, name)
    fits = frozenset(_texts(told.get("fits", []), "fits", name))
    return _built(lambda: Sender(called, fits, mapping), name)


def _object(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise _wrong(name, "It is larger than any mapping is.")
    try:
        told = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _once(pairs, name))
    except (ValueError, RecursionError) as wrong:
        raise _wrong(name, f"It is no JSON: {wrong}.") from wrong
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise _wrong(name, f"It does not name “{SCHEMA}” as its schema.")
    _only(told, _KEYS | {"refused"}, "the mapping", name)
    return told


def _once(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    """The object of these keys; UserError where one stands twice, so that the last would go before what was meant."""
    told = dict(pairs)
    if len(told) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _wrong(name, f"“{clip(twice)}” stands in it twice in one object.")
    return told


def _mapping(told: dict[str, Any], name: str) -> Mapping:
    columns = told.get("columns")
    if not isinstance(columns, list):
        raise _wrong(name, "“columns” is a list of columns.")
    return _built(
        lambda: Mapping(
            tuple(_column(column, n, name) for n, column in enumerate(columns, 1)),
            _texts(told.get("group", []), "group", name),
            _pairs(told.get("fixed", {}), "fixed", name),
            _texts(told.get("empty", []), "empty", name),
            _texts(told.get("rows", []), "rows", name),
        ),
        name,
    )


def _column_data(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"column": column.source, "field": column.field}
    if column.nth != 1:
        told["nth"] = column.nth
    if column.dates is not DateOrder.MDY:
        told["dates"] = column.dates.value
    if column.separators:
        told["separators"] = column.separators
    if column.values:
        told["values"] = dict(column.values)
    return told


def _column(told: Any, n: int, name: str) -> Column:
    where = f"column {n}"
    if not isinstance(told, dict):
        raise _wrong(name, f"The {where} is no object in braces.")
    _only(told, _COLUMN_KEYS, where, name)
    texts = [told.get(key, "") for key in ("column", "field", "separators")]
    nth, dates = told.get("nth", 1), told.get("dates", DateOrder.MDY.value)
    if not all(isinstance(text, str) for text in texts) or not isinstance(nth, int) or isinstance(nth, bool):
        raise _wrong(name, f"In {where}, “column”, “field” and “separators” are texts and “nth” is a whole number.")
    if dates not in [order.value for order in DateOrder]:  # a list of a file has no hash
        raise _wrong(name, f"In {where}, “dates” is none of {', '.join(DateOrder)}.")
    values = tuple((word.strip().casefold(), value) for word, value in _pairs(told.get("values", {}), "values", name))
    return Column(texts[0], texts[1], nth, DateOrder(dates), texts[2], values)


def _only(told: dict[str, Any], keys: frozenset[str], where: str, name: str) -> None:
    unknown = next((key for key in told if key not in keys), None)
    if unknown is not None:
        raise _wrong(name, f"“{clip(unknown)}” is no key of {where}.")


def _texts(told: Any, key: str, name: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise _wrong(name, f"“{key}” is a list of texts.")
    return tuple(told)


def _pairs(told: Any, key: str, name: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise _wrong(name, f"“{key}” is an object of texts.")
    return tuple(told.items())


def _built(make: Callable[[], T], name: str) -> T:
    try:
        return make()
    except UserError as refused:
        if refused.message.startswith(f"{name} "):
            raise
        raise UserError(f"{name} is no mapping that can be used. {refused.message}", refused.hint) from refused


def _wrong(name: str, why: str) -> UserError:
    return UserError(f"{name} is no mapping of columns. {why}", f"Take one that `intake --columns` prints, and mend it. {NOTHING_CHANGED}")
