"""What was read of a file at the door, or that it is paper, and when somebody says that it was received, as plain data and back."""

from dataclasses import replace
from datetime import UTC
from typing import Any

import msgspec

from ur_desk.domain.findings import Extracted, Made, Problem
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import problem_data, request_data, request_from


def read_bytes_of(read: Extracted) -> bytes:
    """The requests and problems of a file as canonical bytes."""
    made = read.made and {"at": read.made.at.isoformat(), "where": read.made.where, "zone": read.made.zone}
    told = {"made": made, "problems": [problem_data(p) for p in read.problems], "requests": [request_data(r) for r in read.requests]}
    return canonical_bytes(told)


def read_from(data: bytes) -> Extracted:
    """What `read_bytes_of` kept; UserError where the bytes tell nothing of that."""
    try:
        told: dict[str, Any] = msgspec.json.decode(data)
        problems = tuple(msgspec.convert(row, Problem) for row in told["problems"])
        made = told.get("made") and msgspec.convert(told["made"], Made)
        return Extracted(tuple(request_from(row) for row in told["requests"]), problems, made)
    except (msgspec.MsgspecError, KeyError, TypeError) as wrong:
        raise UserError("What was read of a file cannot be read any more.", "Bring the file again. Saved cases are not touched.") from wrong


def paper_bytes(paper: Record, unsure: bool) -> bytes:
    """What is known of a file of paper, which holds no request that a program finds, as canonical bytes."""
    return canonical_bytes({"problems": [], "requests": [], "paper": msgspec.to_builtins(paper), "unsure": unsure})


def paper_from(data: bytes) -> tuple[Record | None, bool]:
    """The paper that a file is, None where it is none, and whether it may be a policy all the same; UserError as for `read_from`."""
    try:
        told: dict[str, Any] = msgspec.json.decode(data)
        paper = msgspec.convert(told["paper"], Record) if told.get("paper") else None
        return paper, bool(told.get("unsure"))
    except (msgspec.MsgspecError, AttributeError) as wrong:
        raise UserError("What was read of a file cannot be read any more.", "Bring the file again. Saved cases are not touched.") from wrong


def receipt_bytes(receipt: Receipt) -> bytes:
    """When a file was received, as somebody said it, as canonical bytes."""
    at = receipt.at and receipt.at.isoformat()
    shown = receipt.evidence and {"kind": receipt.evidence.kind.value, "where": receipt.evidence.where}
    return canonical_bytes({"at": at, "evidence": shown, "zone": receipt.zone})


def receipt_from(data: bytes) -> Receipt:
    """What `receipt_bytes` kept; UserError where the bytes tell nothing of that."""
    try:
        told = msgspec.json.decode(data, type=Receipt)
    except msgspec.MsgspecError as wrong:
        raise UserError(
            "What was said of a file's receipt cannot be read any more.", "Say it again. Saved cases are not touched."
        ) from wrong
    return replace(told, at=told.at and told.at.astimezone(UTC))
