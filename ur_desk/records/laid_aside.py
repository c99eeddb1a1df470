"""What was left on a locked desk, to canonical bytes and back."""

import msgspec

from ur_desk.domain.guard.laid_aside import LaidAside
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

VERSION = 1


def aside_bytes(aside: LaidAside) -> bytes:
    """The canonical bytes of what was left."""
    return canonical_bytes({"data": msgspec.to_builtins(aside, order="deterministic"), "v": VERSION})


def aside_from(data: bytes) -> LaidAside | None:
    """What the bytes tell; None where another version of the program wrote them, or they tell nothing."""
    try:
        told = msgspec.json.decode(data)
        return msgspec.convert(told["data"], LaidAside, strict=False) if told["v"] == VERSION else None
    except (msgspec.MsgspecError, UserError, KeyError, TypeError, ValueError):
        return None
