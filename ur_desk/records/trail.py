"""The exported trail: heads with their seals, and the contents that are disclosed with them, for whoever verifies it elsewhere."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ur_desk.domain.audit import Disclosed, Head
from ur_desk.domain.policy import Sha256
from ur_desk.records.canonical import canonical_bytes

TRAIL = "ur-desk-trail/1"


def head_data(head: Head, seal: str) -> dict[str, Any]:
    """A head as plain data: its fields by their names, and the seal that lies beside it."""
    return {**asdict(head), "at": head.at.isoformat(), "seal": seal}


def trail_bytes(heads: Iterable[tuple[Head, Sha256]], disclosed: Iterable[Disclosed]) -> bytes:
    """The canonical bytes of an exported trail; a disclosed content lies in it as the text that was hashed."""
    return canonical_bytes(
        {
            "disclosed": [{"data": each.data.decode(), "event": each.event, "salt": each.salt.hex()} for each in disclosed],
            "heads": [head_data(head, seal) for head, seal in heads],
            "schema": TRAIL,
        }
    )
