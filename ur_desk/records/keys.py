"""The key ring to plain data and back; bytes are told in base 64."""

import msgspec

from ur_desk.domain.guard.vault import KeyRing
from ur_desk.errors import Damaged, UserError

SCHEMA = "ur-desk-keys/1"


def keyring_bytes(ring: KeyRing) -> bytes:
    """The key ring as JSON."""
    return msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, **msgspec.to_builtins(ring)}, order="deterministic"), indent=1)


def keyring_from(data: bytes) -> KeyRing:
    """The key ring that the bytes tell; UserError where they tell none, or one of a newer version."""
    try:
        told = msgspec.json.decode(data)
        schema = told.pop("schema")
        if schema == SCHEMA:
            return msgspec.convert(told, KeyRing)
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise Damaged(
            "The file of keys is damaged.", "Put it back from a backup; without it nothing opens. Nothing was changed."
        ) from wrong
    raise UserError("The file of keys was made by a newer version of this program.", "Install that version. Nothing was changed.")
