"""Rows of law as what a workspace keeps of them: the digest of a row, and the bytes by which a case or a decision pins them."""

import hashlib
from dataclasses import replace
from typing import Any

import msgspec

from ur_desk.domain.clocks.rules import Row
from ur_desk.domain.decisions.signing import SigningRule
from ur_desk.domain.law_rows import OwnRows
from ur_desk.records.canonical import canonical_bytes


def row_digest(row: Row | SigningRule) -> str:
    """What a row says, as a hash: who verified it is left out, so that the word of whoever did stands for what they saw."""
    return hashlib.sha256(canonical_bytes(msgspec.to_builtins(replace(row, verified=None), order="deterministic"))).hexdigest()


def own_bytes(bundled: bytes, own: OwnRows) -> bytes:
    """The bytes of all rows as they are pinned: the bundled files, and what the workspace has of its own, where it has anything."""
    if not (own.files or own.words):
        return bundled
    told = {"files": {name: file.text for name, file in own.files.items()}, "words": msgspec.to_builtins(own.words, order="deterministic")}
    return canonical_bytes({"bundled": msgspec.json.decode(bundled), "workspace": told})


def signing_row_data(row: SigningRule) -> dict[str, Any]:
    """A row of what states ask of whoever signs, as plain data for the command line."""
    data: dict[str, Any] = msgspec.to_builtins(row, order="deterministic")
    return data
