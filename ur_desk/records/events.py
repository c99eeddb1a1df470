"""Event bodies to canonical bytes and back; each carries its kind and the version of its form."""

from dataclasses import fields
from typing import Any, get_args

import msgspec

from ur_desk.domain import access, keeping
from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.audit import Gone
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

VERSION = 1
Body = ev.CaseBody | ws.WorkspaceBody | access.AccessBody | keeping.HoldBody


def _kind(name: str) -> str:
    return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")


_KINDS: dict[str, type] = {
    _kind(t.__name__): t
    for t in (*get_args(ev.CaseBody), *get_args(ws.WorkspaceBody), *get_args(access.AccessBody), *get_args(keeping.HoldBody))
}
_NAMES = {t: name for name, t in _KINDS.items()}


def body_bytes(body: Body) -> bytes:
    """The canonical bytes of an event body."""
    data = msgspec.to_builtins(body, order="deterministic")
    return canonical_bytes({"data": data, "kind": _NAMES[type(body)], "v": VERSION})


def body_from(data: bytes) -> Any:
    """The event body that the bytes tell; ValueError where they tell none that this version of the program knows."""
    try:
        told = msgspec.json.decode(data)
        if told["v"] != VERSION:
            raise ValueError("an event of a form that this version of the program does not know")
        return msgspec.convert(told["data"], _KINDS[told["kind"]], strict=False)
    except (msgspec.MsgspecError, UserError, KeyError, TypeError) as wrong:
        raise ValueError(f"not an event body: {type(wrong).__name__}") from wrong


def plain(body: Body | Gone) -> dict[str, Any]:
    """The event body as plain data, for an export, without what is never shown; where the content is gone, its kind says so and
    there is none."""
    if isinstance(body, Gone):
        return {"data": {}, "kind": "gone" if body.readable else "unreadable", "v": VERSION}
    told: dict[str, Any] = msgspec.json.decode(body_bytes(body))
    hidden = {each.name for each in fields(body) if not each.repr}
    return {**told, "data": {name: value for name, value in told["data"].items() if name not in hidden}}
