"""What changed between two versions of a policy: facts, lines, positions, code entries, history."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from ur_desk.documents.wording import plain
from ur_desk.domain.difference import Change, ChangeKind, FactChange, LineChange, PolicyDiff
from ur_desk.domain.policy import CodeEntry, HistoryRow, Policy, Statement, Text

T = TypeVar("T")


def diff(old: Policy, new: Policy) -> PolicyDiff:
    """Every difference from the old to the new version; spacing alone and moved line numbers are none.

    Two texts of one version (an abstract and the document) can be compared too: then only their words differ.
    """
    return PolicyDiff(
        policy=new.id,
        old=old.version,
        new=new.version,
        old_text=old.text.sha256,
        new_text=new.text.sha256,
        facts=tuple(_facts(old, new)),
        lines=tuple(_lines(old.text, new.text)),
        statements=tuple(_paired(old.statements, new.statements, _services, _statement)),
        codes=tuple(_paired(old.codes, new.codes, _code, _entry)),
        history=tuple(_paired(old.history, new.history, _row, _row)),
    )


def lines_changed(old: Text, new: Text) -> tuple[LineChange, ...]:
    """The runs of lines in which two texts differ."""
    return tuple(_lines(old, new))


def _facts(old: Policy, new: Policy) -> Iterator[FactChange]:
    for fact, before, after in zip(_FACTS, _told(old), _told(new), strict=True):
        if before != after:
            yield FactChange(fact, before, after)


_FACTS = ("number", "title", "publisher", "status", "effective", "last_review", "ends")


def _told(policy: Policy) -> tuple[str | None, ...]:
    version = policy.version
    days = [day.isoformat() if day else None for day in (version.effective, version.last_review, version.ends)]
    return (policy.id, policy.title, policy.publisher, version.status, *days)


def _lines(old: Text, new: Text) -> Iterator[LineChange]:
    """The runs of lines that differ, by the longest common order of lines; runs of blank lines only are left out."""
    before, after = [plain(line.text) for line in old.lines], [plain(line.text) for line in new.lines]
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal" or not any((*before[a:b], *after[c:d])):
            continue
        gone, come = any(before[a:b]), any(after[c:d])
        kind = ChangeKind.CHANGED if gone and come else ChangeKind.REMOVED if gone else ChangeKind.ADDED
        yield LineChange(kind, old.lines[a:b], new.lines[c:d])


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
