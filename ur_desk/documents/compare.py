"""What changed between two versions of a policy: facts, lines, positions, code entries, history."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from ur_desk.documents.alignment import aligned
from ur_desk.documents.code_sets import set_changes, touched
from ur_desk.documents.wording import plain
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.library.difference import (
    Aligned,
    Change,
    ChangeKind,
    CodeSetChange,
    Comparison,
    FactChange,
    LineChange,
    PolicyDiff,
    RowKind,
)
from ur_desk.domain.policy import CodeEntry, HistoryRow, Policy, Statement, Text

T = TypeVar("T")


def diff(old: Policy, new: Policy, codeset: CodeSet) -> PolicyDiff:
    """Every difference from the old to the new version; spacing alone and moved line numbers are none.

    Two texts of one version (an abstract and the document) can be compared too: then only their words differ.
    """
    return compare(old, new, codeset).diff


def compare(old: Policy, new: Policy, codeset: CodeSet) -> Comparison:
    """Every difference from the old to the new version, and both texts side by side."""
    rows, code_sets = aligned(old.text, new.text), set_changes(old.codes, new.codes, codeset)
    found = PolicyDiff(
        policy=new.id,
        old=old.version,
        new=new.version,
        old_text=old.text.sha256,
        new_text=new.text.sha256,
        facts=tuple(_facts(old, new)),
        lines=tuple(_lines(rows, _important)),
        statements=tuple(_paired(old.statements, new.statements, _services, _statement)),
        codes=tuple(_entries(old.codes, new.codes, code_sets)),
        history=tuple(_paired(old.history, new.history, _row, _row)),
        unimportant=tuple(_lines(rows, _unimportant)),
        code_sets=code_sets,
    )
    return Comparison(found, rows)


def lines_changed(old: Text, new: Text) -> tuple[LineChange, ...]:
    """The runs of lines in which two texts differ, be it in what is unimportant."""
    return tuple(_lines(aligned(old, new), lambda row: _important(row) or _unimportant(row)))


def _facts(old: Policy, new: Policy) -> Iterator[FactChange]:
    for fact, before, after in zip(_FACTS, _told(old), _told(new), strict=True):
        if before != after:
            yield FactChange(fact, before, after)


_FACTS = ("number", "title", "publisher", "status", "effective", "last_review", "ends")


def _told(policy: Policy) -> tuple[str | None, ...]:
    version = policy.version
    days = [day.isoformat() if day else None for day in (version.effective, version.last_review, version.ends)]
    return (policy.id, policy.title, policy.publisher, version.status, *days)


def _important(row: Aligned) -> bool:
    return row.kind.important


def _unimportant(row: Aligned) -> bool:
    return row.kind is RowKind.UNIMPORTANT


def _lines(rows: Sequence[Aligned], wanted: Callable[[Aligned], bool]) -> Iterator[LineChange]:
    """Runs of neighbouring rows that are wanted; a moved line is a change of its own."""
    for (chosen, moved), run in groupby(rows, lambda row: (wanted(row), row.kind is RowKind.MOVED)):
        some = list(run)
        if not chosen:
            continue
        before, after = tuple(r.old for r in some if r.old), tuple(r.new for r in some if r.new)
        kind = ChangeKind.CHANGED if before and after else ChangeKind.REMOVED if before else ChangeKind.ADDED
        yield LineChange(ChangeKind.MOVED if moved else kind, before, after)


def _entries(old: Sequence[CodeEntry], new: Sequence[CodeEntry], changed: Sequence[CodeSetChange]) -> Iterator[Change[CodeEntry]]:
    """The entries that differ; one that went or came without a code that did is the same codes in other rows, and none.

    A row that was printed twice and is printed once differs all the same.
    """
    shared = {_code(entry) for entry in old} & {_code(entry) for entry in new}
    for change in _paired(old, new, _code, _entry):
        alone = change.new or change.old
        if alone and (_code(alone) in shared or touched(alone, changed, change.new is not None)):
            yield change


def _paired(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], content: Callable[[T], Hashable]) -> Iterator[Change[T]]:
    """Old and new things with the same key side by side, in the order of the new; what is left was removed or added."""
    waiting: dict[Hashable, list[T]] = {}
    for thing in old:
        waiting.setdefault(key(thing), []).append(thing)
    for thing in new:
        same = waiting.get(key(thing))
        if not same:
            yield Change(ChangeKind.ADDED, None, thing)
            continue
        before = same.pop(next((at for at, each in enumerate(same) if content(each) == content(thing)), 0))
        if content(before) != content(thing):
            yield Change(ChangeKind.CHANGED, before, thing)
    for thing in old:
        if any(thing is left for left in waiting[key(thing)]):
            yield Change(ChangeKind.REMOVED, thing, None)


def _services(statement: Statement) -> Hashable:
    return statement.terms or plain(statement.text)


def _statement(statement: Statement) -> Hashable:
    return (statement.position, statement.all_indications, plain(statement.text))


def _code(entry: CodeEntry) -> Hashable:
    return (entry.system, entry.low, entry.high)


def _entry(entry: CodeEntry) -> Hashable:
    return replace(entry, line=0, raw="", why=None)


def _row(row: HistoryRow) -> Hashable:
    return replace(row, line=0, last_line=None)
