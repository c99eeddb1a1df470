"""Event bodies to canonical bytes and back; each carries its kind and the version of its form."""

from contextlib import suppress
from dataclasses import fields
from typing import Any, get_args

import msgspec

from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.audit import Gone
from ur_desk.domain.guard import access
from ur_desk.domain.intake.sender_events import SenderKept, SenderUnread
from ur_desk.domain.trail import keeping
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
    """The event body that the bytes tell; ValueError where they tell none that this version of the program knows.

    A kept sender whose mapping this version refuses is a `SenderUnread` with the reason."""
    try:
        told = msgspec.json.decode(data)
        if told["v"] != VERSION:
            raise ValueError("an event of a form that this version of the program does not know")
        return msgspec.convert(told["data"], _KINDS[told["kind"]], strict=False)
    except (msgspec.MsgspecError, UserError, KeyError, TypeError) as wrong:
        unread = _unread(data, wrong)
        if unread is not None:
            return unread
        raise ValueError(f"not an event body: {type(wrong).__name__}") from wrong


def _unread(data: bytes, wrong: Exception) -> SenderUnread | None:
    """A kept sender that this version refuses, where at least the name can be read; it is named with the reason, and not lost."""
    with suppress(msgspec.MsgspecError, KeyError, TypeError):
        told = msgspec.json.decode(data)
        if told["v"] == VERSION and told["kind"] == _NAMES[SenderKept] and isinstance(name := told["data"]["sender"]["name"], str):
            why = wrong.message if isinstance(wrong, UserError) else "It is not written as this version writes it."
            return SenderUnread(name, why, msgspec.json.encode(told["data"]))
    return None


def plain(body: Body | Gone | SenderUnread) -> dict[str, Any]:
    """The event body as plain data, for an export, without what is never shown; where the content is gone, its kind says so and
    there is none."""
    if isinstance(body, Gone):
        return {"data": {}, "kind": "gone" if body.readable else "unreadable", "v": VERSION}
    if isinstance(body, SenderUnread):
        return {"data": msgspec.json.decode(body.kept), "kind": _NAMES[SenderKept], "v": VERSION}
    told: dict[str, Any] = msgspec.json.decode(body_bytes(body))
    hidden = {each.name for each in fields(body) if not each.repr}
    return {**told, "data": {name: value for name, value in told["data"].items() if name not in hidden}}
