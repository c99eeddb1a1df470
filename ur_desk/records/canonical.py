"""Canonical bytes: the same plain data gives the same bytes, whatever made it."""

import json
from typing import Any

from ur_desk.errors import HalfCharacter


def canonical_bytes(data: Any) -> bytes:
    """JSON with sorted keys, no spaces, in UTF-8; ValueError where a number is not finite, HalfCharacter where a text is no Unicode."""
    try:
        return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise HalfCharacter from None
