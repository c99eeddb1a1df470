"""What a backup says of itself, to plain data and back."""

import msgspec

from ur_desk.domain.trail.keeping import About
from ur_desk.errors import UserError

SCHEMA = "ur-desk-backup/1"


def about_bytes(about: About) -> bytes:
    """What the backup says of itself, as JSON."""
    return msgspec.json.format(msgspec.json.encode({"form": SCHEMA, **msgspec.to_builtins(about)}, order="deterministic"), indent=1)


def about_from(data: bytes) -> About:
    """What the bytes tell; UserError where they tell nothing of a backup, or one of a newer version."""
    try:
        told = msgspec.json.decode(data)
        form = told.pop("form")
        if form == SCHEMA:
            return msgspec.convert(told, About)
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as wrong:
        raise UserError("The file is no backup of this program, or is damaged.", "Name another one. Nothing was changed.") from wrong
    raise UserError("The backup was made by a newer version of this program.", "Install that version. Nothing was changed.")
