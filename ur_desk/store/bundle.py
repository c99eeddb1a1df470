"""Bundles: bytes that leave the vault under a passphrase of their own, with a first line that says how they are opened."""

import json
from dataclasses import dataclass

from ur_desk.domain.guard.vault import Cost
from ur_desk.errors import UserError
from ur_desk.store.crypto import MOST_PASSES, WrongKeyError, new_salt, stretched, unwrap, wrap

SCHEMA = "ur-desk-bundle/1"
MOST_MEMORY = 1024 * 1024 * 1024
"""A bundle that asks for more is refused: it may be made to exhaust the machine that opens it."""
_FIRST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Opened:
    """What lay in a bundle; how many events the trail had when it was made, and the seal of the last, which both stand outside of
    the bundle's own seal."""

    data: bytes
    events: int
    head: str


def sealed(data: bytes, passphrase: str, cost: Cost, events: int, head: str) -> bytes:
    """The bundle: one line of JSON, and the data behind it (XSalsa20-Poly1305 under Argon2id of the passphrase)."""
    salt = new_salt()
    first = {"schema": SCHEMA, "salt": salt.hex(), "passes": cost.passes, "memory": cost.memory, "events": events, "head": head}
    return json.dumps(first).encode() + b"\n" + wrap(data, stretched(passphrase, salt, cost))


def opened(bundle: bytes, passphrase: str) -> Opened:
    """What lies in a bundle; UserError where it is none, was changed, or has another passphrase."""
    line, _, data = bundle.partition(b"\n")
    try:
        first = json.loads(line[:_FIRST_LINE])
        cost, salt = Cost(int(first["passes"]), int(first["memory"])), bytes.fromhex(first["salt"])
        fits = first["schema"] == SCHEMA and 1 <= cost.passes <= MOST_PASSES and 8192 <= cost.memory <= MOST_MEMORY and len(salt) == 16
        if not fits:
            raise ValueError(SCHEMA)
        events, head = int(first["events"]), str(first["head"])
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as wrong:
        raise UserError("The file is no bundle of this program.", "Choose another one. Nothing was opened.") from wrong
    try:
        return Opened(unwrap(data, stretched(passphrase, salt, cost)), events, head)
    except (WrongKeyError, ValueError) as wrong:
        raise UserError(
            "The bundle does not open: its passphrase is another one, or its bytes were changed.", "Try again. Nothing was opened."
        ) from wrong
