"""What was read of a file at the door as plain data, and back."""

from dataclasses import dataclass
from typing import Any

import msgspec

from ur_desk.domain.attached import Record
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import problem_data, request_data, request_from


@dataclass(frozen=True, slots=True)
class Told:
    """What was read of a file: its requests and problems, the paper that it is, and whether that may be a policy all the same."""

    extracted: Extracted
    paper: Record | None = None
    unsure: bool = False


def read_bytes_of(read: Told) -> bytes:
    """What was read of a file as canonical bytes."""
    extracted = read.extracted
    told: dict[str, Any] = {
        "problems": [problem_data(p) for p in extracted.problems],
        "requests": [request_data(r) for r in extracted.requests],
    }
    if read.paper is not None:
        told |= {"paper": msgspec.to_builtins(read.paper), "unsure": read.unsure}
    return canonical_bytes(told)


def read_from(data: bytes) -> Told:
    """What `read_bytes_of` kept; UserError where the bytes tell nothing of that."""
    try:
        told: dict[str, Any] = msgspec.json.decode(data)
        problems = tuple(msgspec.convert(row, Problem) for row in told["problems"])
        paper = msgspec.convert(told["paper"], Record) if told.get("paper") else None
        extracted = Extracted(tuple(request_from(row) for row in told["requests"]), problems)
        return Told(extracted, paper, bool(told.get("unsure")))
    except (msgspec.MsgspecError, KeyError, TypeError) as wrong:
        raise UserError("What was read of a file cannot be read any more.", "Bring the file again. Saved cases are not touched.") from wrong
