"""Policies as plain data: the contract's `policy.schema.json`, findings, differences, and the form in which a reading is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import msgspec

from ur_desk.domain.library.correction import Correction
from ur_desk.domain.library.criteria import Op
from ur_desk.domain.library.difference import Change, CodeSetChange, FactChange, LineChange, PolicyDiff
from ur_desk.domain.library.shelf import Waiver
from ur_desk.domain.policy import (
    CodeEntry,
    CodeMention,
    Criterion,
    HistoryRow,
    LintFinding,
    Policy,
    Reference,
    Section,
    Shelved,
    Statement,
    TextLine,
    Version,
)
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

T = TypeVar("T")

READING = "ur-desk-reading/2"
"""The form in which a reading is kept; fields are only ever added, with a default.

The second form has criteria as trees, also such as are unclear, wildcards among the codes, and codes that are only named.
"""

READABLE = frozenset({"ur-desk-reading/1", READING})
"""Every form that is read; what an older one does not tell is taken as not told."""


@dataclass(frozen=True, slots=True)
class _Kept:
    schema: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class _Head:
    schema: str


def reading_bytes(policy: Policy) -> bytes:
    """The canonical bytes of a policy's reading with its text; equal policies give equal bytes."""
    return canonical_bytes(reading_data(policy))


def reading_from(data: bytes) -> Policy:
    """The policy that the bytes tell; UserError where a newer program wrote them, ValueError where they tell none."""
    try:
        if msgspec.json.decode(data, type=_Head).schema not in READABLE:
            raise UserError(
                "A policy in this workspace was read by a newer version of the program.", "Open the workspace with that version."
            )
        return msgspec.json.decode(data, type=_Kept).policy
    except msgspec.MsgspecError as wrong:
        raise ValueError(f"not a policy's reading: {type(wrong).__name__}") from wrong


def reading_data(policy: Policy) -> dict[str, Any]:
    """A policy's reading with its text as plain data of this program's own form."""
    told: dict[str, Any] = msgspec.to_builtins(_Kept(READING, policy))
    return told


def policy_data(shelved: Shelved) -> dict[str, Any]:
    """A policy and what the library knows of it, as the contract's policy schema has it."""
    policy = shelved.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "publisher": policy.publisher,
        "applies_to": None if shelved.applies_to is None else list(shelved.applies_to),
        "confirmed": None if shelved.confirmed is None else msgspec.to_builtins(shelved.confirmed),
        "reading": shelved.reading,
        "still_current": None if shelved.still_current is None else msgspec.to_builtins(shelved.still_current),
        "dated": None if shelved.dated is None else msgspec.to_builtins(shelved.dated),
        "retired": None if shelved.retired is None else msgspec.to_builtins(shelved.retired),
        "version": _version(policy.version),
        "sections": [_section(section, policy) for section in policy.sections],
        "statements": [_statement(statement) for statement in policy.statements],
        "codes": [_entry(entry) for entry in policy.codes],
        "mentions": [_mention(mention) for mention in policy.mentions],
        "references": [_reference(reference) for reference in policy.references],
        "history": [_row(row) for row in policy.history],
        "related": list(policy.related),
        "disclaimers": [{"line": line, "text": policy.text.line(line).text} for line in policy.disclaimers],
        "findings": [finding_data(finding) for finding in policy.findings],
        "provenance": {"kind": policy.provenance.kind.value, "sha256": policy.provenance.sha256, "file": policy.provenance.file},
        "text": _text(policy),
    }


def _text(policy: Policy) -> dict[str, Any]:
    """The text's name and extent; pages and furniture only where the source has pages."""
    text = policy.text
    told = {"sha256": text.sha256, "lines": len(text.lines), "reader": policy.reader}
    pages = max((line.page or 0 for line in text.lines), default=0)
    if pages:
        told["pages"] = pages
    if text.furniture:
        told["furniture"] = [{"text": each.text, "page": each.page} for each in text.furniture]
    return told


def finding_data(finding: LintFinding) -> dict[str, Any]:
    """A lint finding, as the contract's finding schema has it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "line": finding.line,
        "message": finding.message,
        "raw": finding.raw,
        "hint": finding.hint,
    }


def waiver_data(waiver: Waiver) -> dict[str, Any]:
    """Why a finding was waived, by whom and when."""
    return {"reason": waiver.reason, "by": waiver.by, "at": waiver.at.isoformat()}


def correction_data(correction: Correction) -> dict[str, Any]:
    """What was mended, without what the kind of correction does not need."""
    told: dict[str, Any] = msgspec.to_builtins(correction)
    return {key: value for key, value in told.items() if value is not None and value is not False}


def line_changes_data(changes: tuple[LineChange, ...]) -> list[dict[str, Any]]:
    """Lines that stand in one of two texts only."""
    return [_line_change(change) for change in changes]


def diff_data(diff: PolicyDiff) -> dict[str, Any]:
    """What changed between two versions, each kind of thing in a list of its own."""
    return {
        "id": diff.policy,
        "old": {**_version(diff.old), "text": diff.old_text},
        "new": {**_version(diff.new), "text": diff.new_text},
        "facts": [_fact_change(change) for change in diff.facts],
        "lines": [_line_change(change) for change in diff.lines],
        "statements": [_change(change, _statement) for change in diff.statements],
        "codes": [_change(change, _entry) for change in diff.codes],
        "history": [_change(change, _row) for change in diff.history],
        "unimportant": [_line_change(change) for change in diff.unimportant],
        "code_sets": [_set_change(change) for change in diff.code_sets],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _version(version: Version) -> dict[str, Any]:
    return {
        "effective": _day(version.effective),
        "last_review": _day(version.last_review),
        "ends": _day(version.ends),
        "status": version.status,
    }


def _section(section: Section, policy: Policy) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "heading": section.heading,
        "first_line": section.first_line,
        "last_line": section.last_line,
        "text": policy.text.between(section.first_line, section.last_line),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "position": statement.position.value,
        "all_indications": statement.all_indications,
        "text": statement.text,
        "first_line": statement.first_line,
        "last_line": statement.last_line,
        "terms": list(statement.terms),
        "criteria": None if statement.criteria is None else _criterion(statement.criteria),
    }


def _criterion(node: Criterion) -> dict[str, Any]:
    """A node in the contract's words; what is unclear is no list that a reader could evaluate: its items stand under `unclear`."""
    items = [_criterion(item) for item in node.items]
    unclear = node.op == Op.UNCLEAR
    told = {
        "op": Op.LEAF.value if unclear else str(node.op),
        "n": node.n,
        "label": node.label,
        "text": node.text,
        "first_line": node.first_line,
        "last_line": node.last_line,
        "items": [] if unclear else items,
    }
    extra = {"note": node.note, "start": node.start, "end": node.end, "unclear": items if unclear else None}
    return told | {key: value for key, value in extra.items() if value is not None}


def _mention(mention: CodeMention) -> dict[str, Any]:
    return {
        "system": mention.system.value,
        "low": mention.low,
        "high": mention.high,
        "line": mention.line,
        "start": mention.start,
        "end": mention.end,
        "raw": mention.raw,
        "role": mention.role.value,
    }


def _entry(entry: CodeEntry) -> dict[str, Any]:
    return {
        "system": entry.system.value,
        "low": entry.low,
        "high": entry.high,
        "description": entry.description,
        "condition": entry.condition,
        "group": entry.group,
        "position": None if entry.position is None else entry.position.value,
        "line": entry.line,
        "raw": entry.raw,
        "state": entry.state.value,
        "why": entry.why,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {"kind": reference.kind, "number": reference.number, "text": reference.text, "line": reference.line}


def _row(row: HistoryRow) -> dict[str, Any]:
    return {
        "kind": "pre_merger" if row.pre_merger else "review",
        "status": row.status,
        "date": _day(row.day),
        "action": row.action,
        "organization": row.organization,
        "document": row.document,
        "line": row.line,
        "last_line": row.last_line or row.line,
    }


def _fact_change(change: FactChange) -> dict[str, Any]:
    return {"fact": change.fact, "old": change.old, "new": change.new}


def _line_change(change: LineChange) -> dict[str, Any]:
    return {"kind": change.kind.value, "old": [_line(line) for line in change.old], "new": [_line(line) for line in change.new]}


def _set_change(change: CodeSetChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "system": change.system.value,
        "low": change.low,
        "high": change.high,
        "count": change.count,
        "old_lines": list(change.old_lines),
        "new_lines": list(change.new_lines),
    }


def _line(line: TextLine) -> dict[str, Any]:
    return {"line": line.number, "text": line.text, **({"page": line.page} if line.page else {})}


def _change(change: Change[T], told: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": None if change.old is None else told(change.old),
        "new": None if change.new is None else told(change.new),
    }
