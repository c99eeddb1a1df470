"""Match reports as plain data of the kind `ur-desk-match/1`, as `ur-desk match --json` prints and a case keeps them, and back."""

from typing import Any

import msgspec

from ur_desk.domain.findings import MatchReport
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

SCHEMA = "ur-desk-match/1"
"""The form of a report; fields are only ever added, with a default."""


def report_data(report: MatchReport) -> dict[str, Any]:
    """The report as the contract's match schema has it; a service row also says its relation."""
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(report))
    return {"schema": SCHEMA, **told}


def report_bytes(report: MatchReport) -> bytes:
    """The canonical bytes of a report; equal reports give equal bytes."""
    return canonical_bytes(report_data(report))


def report_from(data: bytes) -> MatchReport:
    """The report that `report_bytes` told, unchanged; UserError where a newer program wrote it or it is damaged."""
    try:
        schema = msgspec.json.decode(data, type=_Head).schema
        if schema == SCHEMA:
            return msgspec.json.decode(data, type=MatchReport)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise UserError("Saved findings are damaged and cannot be read.", "Restore the workspace from a backup.") from wrong
    raise UserError("Saved findings were written by a newer version of the program.", "Open the workspace with that version.")


class _Head(msgspec.Struct):
    schema: str
