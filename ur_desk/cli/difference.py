"""What changed between two versions of a policy, as a person reads it in a terminal."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from ur_desk.cli.output import typed

if TYPE_CHECKING:
    from ur_desk.domain.library.difference import Change, CodeSetChange, LineChange, PolicyDiff
    from ur_desk.domain.policy import CodeEntry, HistoryRow, Statement

T = TypeVar("T")


def difference_text(diff: "PolicyDiff", everything: bool = False) -> str:
    """All changes under a heading for each kind; what went with a minus before it, what came with a plus.

    `everything` tells unimportant lines too.
    """
    head = f"{typed(diff.policy)}: from the version of {_day(diff.old.effective)} to the version of {_day(diff.new.effective)}"
    if diff.empty and not (everything and diff.unimportant):
        return f"{head}\nThe two say the same." + (f" {_HIDDEN}" if diff.unimportant else "")
    parts = (
        ("FACTS", [line for fact in diff.facts for line in _fact(fact.fact.replace("_", " "), fact.old, fact.new)]),
        ("POSITIONS", _changes(diff.statements, _statement)),
        ("CODES AS SETS", [_codes(change) for change in diff.code_sets]),
        ("CODES", _changes(diff.codes, _entry)),
        ("HISTORY", _changes(diff.history, _row)),
        ("LINES", [line for change in diff.lines for line in _lines(change)]),
        ("UNIMPORTANT", [line for change in diff.unimportant if everything for line in _lines(change)]),
    )
    return "\n".join([head, *(line for title, lines in parts if lines for line in ("", title, *lines))])


_HIDDEN = "Some lines differ in number, marks, case or breaks alone (--all shows them)."
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


def _codes(change: "CodeSetChange") -> str:
    whole = f"{change.low}–{change.high}, {change.count} codes" if change.high else change.low
    said = " (listed otherwise)" if change.kind.value == "changed" else ""
    return f"{_MARKS[change.kind]} {change.system.value} {typed(whole)}{said}"


def _fact(name: str, old: str | None, new: str | None) -> Iterator[str]:
    yield f"  {name}: {typed(old or 'not said')} → {typed(new or 'not said')}"


def _changes(changes: "Sequence[Change[T]]", told: Callable[[T], str]) -> list[str]:
    lines: list[str] = []
    for change in changes:
        lines += [f"- {typed(told(change.old))}"] if change.old is not None else []
        lines += [f"+ {typed(told(change.new))}"] if change.new is not None else []
    return lines


def _lines(change: "LineChange") -> Iterator[str]:
    yield from (f"- {line.number:>4}  {typed(line.text)}" for line in change.old)
    yield from (f"+ {line.number:>4}  {typed(line.text)}" for line in change.new)


def _statement(statement: "Statement") -> str:
    whole = ", for all indications" if statement.all_indications else ""
    return f"{_span(statement.first_line, statement.last_line)}: {statement.position.value.replace('_', ' ')}{whole}: {statement.text}"


def _entry(entry: "CodeEntry") -> str:
    words = f" {entry.description}" if entry.description else ""
    condition = f" [{entry.condition}]" if entry.condition else ""
    doubt = " (suspect)" if entry.state.value != "ok" else ""
    return f"line {entry.line}: {entry.system.value} {entry.printed}{words}{condition}{doubt}"


def _row(row: "HistoryRow") -> str:
    parts = (row.status, row.organization, row.document, _day(row.day), row.action)
    return f"{_span(row.line, row.last_line or row.line)}: " + ", ".join(part for part in parts if part)


def _span(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else "an unknown day"
