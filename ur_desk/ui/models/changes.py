"""Two texts of a policy side by side as rows, and what changed as a list that leads to them."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.library.difference import Aligned, Change, ChangeKind, CodeSetChange, Comparison, PolicyDiff, RowKind
from ur_desk.domain.policy import HistoryRow, Statement
from ur_desk.ui.models.findings import Finding, FindingKind, Target
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.tokens import Tone


class ChangesModel(RowsModel[Aligned]):
    """One row a line of either text; what is unimportant is marked only where it is asked for."""

    _everything = False

    def show_everything(self, everything: bool) -> None:
        """Mark unimportant differences too, or no longer."""
        self._everything = everything
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @property
    def everything(self) -> bool:
        """Whether unimportant differences are marked."""
        return self._everything

    def marked(self, row: Aligned) -> bool:
        """Whether the row is a difference as they are shown now."""
        return row.kind.important or (self._everything and row.kind is RowKind.UNIMPORTANT)

    def changes(self) -> tuple[int, ...]:
        """The places where a run of marked rows begins, in order."""
        marked = [self.marked(row) for row in self._rows]
        return tuple(place for place, now in enumerate(marked) if now and not (place and marked[place - 1]))

    def hidden(self) -> int:
        """How many rows differ in what is unimportant."""
        return sum(row.kind is RowKind.UNIMPORTANT for row in self._rows)

    def place_of(self, line: int, new: bool) -> int | None:
        """Where a line of the old or the `new` text stands; for a blank line the row before it."""
        numbers = [(place, each.number) for place, row in enumerate(self._rows) if (each := row.new if new else row.old)]
        return max((place for place, number in numbers if number <= line), default=None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The lines of both sides, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(dict.fromkeys(line.text.strip() for line in (row.old, row.new) if line))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return row if role == ROW else None

    def _spoken(self, row: Aligned) -> str:
        old, new = row.old, row.new
        if not self.marked(row):
            line = new or old
            assert line is not None
            return self.tr("The same, line {0}. {1}").format(line.number, line.text.strip())
        told = [kind_words(row)]
        if old:
            told.append(self.tr("Old line {0}: {1}").format(old.number, old.text.strip()))
        if new:
            told.append(self.tr("New line {0}: {1}").format(new.number, new.text.strip()))
        return ". ".join(told)


def kind_words(row: Aligned) -> str:
    """What became of a line, in words."""
    match row.kind:
        case RowKind.ADDED:
            return _tr("Came")
        case RowKind.REMOVED:
            return _tr("Went")
        case RowKind.MOVED:
            return (_tr("Moved to line {0}") if row.old else _tr("Moved from line {0}")).format(row.elsewhere)
        case RowKind.UNIMPORTANT:
            return _tr("Number, marks, case or breaks alone")
        case _:
            return _tr("Other words")


# what changed, in a list -----------------------------------------------------------------------------------------------


def summary(comparison: Comparison) -> Iterator[Finding]:
    """What changed in groups, each row with the line that it leads to."""
    diff = comparison.diff
    groups = (
        (_tr("Facts"), [_fact(fact.fact, fact.old, fact.new) for fact in diff.facts]),
        (_tr("Positions"), [_statement(change, diff) for change in diff.statements]),
        (_tr("Codes, as sets"), [_codes(change, diff) for change in diff.code_sets]),
        (_tr("History"), [_history(change, diff) for change in diff.history]),
        (_tr("Lines"), [_lines(comparison)]),
    )
    for title, rows in groups:
        if rows:
            yield Finding(FindingKind.GROUP, title, chip=str(len(rows)) if len(rows) > 1 else "")
            yield from rows


def _fact(name: str, old: str | None, new: str | None) -> Finding:
    names = {
        "number": _tr("Number"),
        "title": _tr("Title"),
        "publisher": _tr("Publisher"),
        "status": _tr("Status"),
        "effective": _tr("In force from"),
        "last_review": _tr("Last review"),
        "ends": _tr("Last day"),
    }
    unknown = _tr("not said")
    told = [_fact_words(name, value) if value else unknown for value in (old, new)]
    return Finding(FindingKind.FINDING, names.get(name, name), _tr("{0} → {1}").format(*told))


def _fact_words(name: str, value: str) -> str:
    return day(date.fromisoformat(value)) if name in ("effective", "last_review", "ends") else value


_CHIPS = {ChangeKind.ADDED: Tone.GOOD, ChangeKind.REMOVED: Tone.BAD, ChangeKind.CHANGED: Tone.ASK, ChangeKind.MOVED: Tone.ACCENT}


def _chip(kind: ChangeKind) -> str:
    names = {
        ChangeKind.ADDED: _tr("came"),
        ChangeKind.REMOVED: _tr("went"),
        ChangeKind.CHANGED: _tr("changed"),
        ChangeKind.MOVED: _tr("moved"),
    }
    return names[kind]


def _finding(kind: ChangeKind, title: str, detail: str, target: Target | None) -> Finding:
    return Finding(FindingKind.FINDING, title, detail, _chip(kind), _CHIPS[kind], target=target)


def _target(diff: PolicyDiff, old: int | None, new: int | None) -> Target | None:
    if new is not None:
        return Target(diff.new_text, new)
    return Target(diff.old_text, old) if old is not None else None


def _statement(change: Change[Statement], diff: PolicyDiff) -> Finding:
    told = change.new or change.old
    assert told is not None
    title = phrase(told.position)
    if change.old and change.new and change.old.position is not change.new.position:
        title = _tr("{0} → {1}").format(phrase(change.old.position), title)
    target = _target(diff, change.old.first_line if change.old else None, change.new.first_line if change.new else None)
    return _finding(change.kind, title, _cut(told.text), target)


def _codes(change: CodeSetChange, diff: PolicyDiff) -> Finding:
    title = f"{change.low}–{change.high}" if change.high else change.low
    count = _tr("{0} codes").format(change.count) if change.count > 1 else ""
    detail = " · ".join(
        part for part in (change.system.value, count, _tr("listed otherwise") if change.kind is ChangeKind.CHANGED else "") if part
    )
    target = _target(diff, next(iter(change.old_lines), None), next(iter(change.new_lines), None))
    return _finding(change.kind, title, detail, target)


def _history(change: Change[HistoryRow], diff: PolicyDiff) -> Finding:
    told = change.new or change.old
    assert told is not None
    title = " · ".join(part for part in (told.status, day(told.day) if told.day else "") if part) or _tr("A row of the history")
    return _finding(
        change.kind,
        title,
        _cut(told.action),
        _target(diff, change.old.line if change.old else None, change.new.line if change.new else None),
    )


def _lines(comparison: Comparison) -> Finding:
    counts = {kind: sum(row.kind is kind for row in comparison.rows) for kind in RowKind}
    title = _tr("{0} changed, {1} came, {2} went, {3} moved").format(
        counts[RowKind.CHANGED], counts[RowKind.ADDED], counts[RowKind.REMOVED], counts[RowKind.MOVED] // 2
    )
    detail = _tr("In number, marks, case or breaks alone: {0}.").format(counts[RowKind.UNIMPORTANT])
    return Finding(FindingKind.FINDING, title, detail)


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:160].rstrip()} …"


def _tr(words: str) -> str:
    return QCoreApplication.translate("changes", words)
