"""What was understood of a document as rows: title and number, sections, positions with their criteria, codes, history, findings, and
what was mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from ur_desk.domain.library.correction import What
from ur_desk.domain.library.criteria import Criterion, LeafPath, Op
from ur_desk.domain.library.criterion_edit import place_words
from ur_desk.domain.library.shelf import Waiver, key_of
from ur_desk.domain.policy import CodeEntry, EntryState, HistoryRow, LintFinding, Policy, Position, Section, SectionKind, Statement
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import day, moment, phrase
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.readings import Draft, MendedBy

_LONGEST = 160
"""Characters of a section's first line, of what was done in a row of the history, and of a doubt that a row shows."""


class PartKind(Enum):
    """What a row is about, and so what can be mended in it."""

    GROUP = "group"
    FACT = "fact"
    SECTION = "section"
    STATEMENT = "statement"
    CRITERION = "criterion"
    CODE = "code"
    HISTORY = "history"
    FINDING = "finding"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Part:
    """A row: how it looks, the line where it begins, and the thing itself; `path` is a criterion's place in the tree of its statement,
    `waiver` why a finding is right as it stands."""

    kind: PartKind
    shown: Finding
    line: int = 0
    path: LeafPath = ()
    about: What | Section | Statement | Criterion | CodeEntry | HistoryRow | LintFinding | None = None
    unsure: bool = False
    waiver: Waiver | None = None


class UnderstoodModel(QAbstractListModel):
    """The parts of one reading; what the reader is unsure of says so in words and in its chip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()

    def show_draft(self, draft: "Draft | None", zone: str = "UTC") -> None:
        """Show a reading; None empties the model."""
        self.beginResetModel()
        self._parts = tuple(parts_of(draft, zone)) if draft is not None else ()
        self.endResetModel()

    def part(self, place: int) -> Part:
        """The part at a place from 0; IndexError beyond the ends."""
        return self._parts[place]

    def place_of(self, line: int) -> int | None:
        """Where the closest part stands that begins on a line, or last before it; None where there is none."""
        near = [(part.line, place) for place, part in enumerate(self._parts) if 0 < part.line <= line and part.kind in _OF_LINES]
        return max(near)[1] if near else None

    def same(self, part: Part) -> int | None:
        """Where a part of the same kind stands on the same line and at the same place of its tree now, or the same fact."""
        key = _known_by(part)
        return next((place for place, each in enumerate(self._parts) if _known_by(each) == key), None)

    def next_unsure(self, after: int) -> int | None:
        """The next place that is unsure, round and round; None where nothing is."""
        unsure = [place for place, part in enumerate(self._parts) if part.unsure]
        return next((place for place in unsure if place > after), unsure[0] if unsure else None)

    def code_at(self, line: int, low: str) -> int | None:
        """Where the entry of a line stands that begins with a code; None where there is none."""
        for place, part in enumerate(self._parts):
            if isinstance(part.about, CodeEntry) and (part.line, part.about.low) == (line, low):
                return place
        return None

    def first_doubt(self) -> int | None:
        """The first place that is unsure, else that of the first finding that nobody waived; None where there is neither."""
        findings = (place for place, part in enumerate(self._parts) if part.kind is PartKind.FINDING and part.waiver is None)
        unsure = self.next_unsure(-1)
        return unsure if unsure is not None else next(findings, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or what is drawn under ROW."""
        if not index.isValid() or index.row() >= len(self._parts):
            return None
        shown = self._parts[index.row()].shown
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (shown.title, shown.chip, shown.detail) if part)
        return shown if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups are read, not chosen."""
        flags = super().flags(index)
        group = index.isValid() and self._parts[index.row()].kind is PartKind.GROUP
        return flags & ~Qt.ItemFlag.ItemIsSelectable if group else flags


_OF_LINES = frozenset({PartKind.SECTION, PartKind.STATEMENT, PartKind.CRITERION, PartKind.CODE, PartKind.HISTORY})


def parts_of(draft: "Draft", zone: str) -> Iterator[Part]:
    """Every part of a reading in groups, in the order of the lines."""
    policy = draft.shelved.policy
    yield from _group(_tr("Title and number"), [_fact(policy, What.TITLE, policy.title), _fact(policy, What.NUMBER, policy.id)])
    yield from _group(_tr("Sections"), [_section(policy, each) for each in policy.sections])
    yield from _group(_tr("Positions and criteria"), [part for each in policy.statements for part in _statement(each)])
    yield from _group(_tr("Codes"), [_entry(each) for each in policy.codes])
    yield from _group(_tr("History"), [_history(each) for each in policy.history])
    waivers = {waiver.finding: waiver for waiver in draft.waivers}
    yield from _group(_tr("Findings"), [_finding(each, waivers.get(key_of(each)), zone) for each in policy.findings])
    if draft.mended:
        yield from _group(_tr("Mended by hand"), [_mended(each, zone) for each in reversed(draft.mended)])


def doubts(draft: "Draft") -> tuple[int, int]:
    """How many parts of a reading are unsure, and how many of its findings nobody waived."""
    parts = list(parts_of(draft, "UTC"))
    return sum(part.unsure for part in parts), sum(part.kind is PartKind.FINDING and part.waiver is None for part in parts)


def _group(title: str, parts: list[Part]) -> Iterator[Part]:
    yield Part(PartKind.GROUP, Finding(FindingKind.GROUP, title, chip=str(len(parts))))
    yield from parts


def _known_by(part: Part) -> tuple[object, ...]:
    """By what a part is known again in another reading."""
    return (part.kind, part.about) if isinstance(part.about, What) else (part.kind, part.line, part.path)


def _fact(policy: Policy, what: What, words: str) -> Part:
    """The title or the number, with the line that prints it; the head or foot of a page may."""
    sought = " ".join(words.split()).casefold()
    line = next((each.number for each in policy.text.lines if sought in " ".join(each.text.split()).casefold()), 0)
    name = _tr("title") if what is What.TITLE else _tr("number")
    detail = _tr("{0} · line {1}").format(name, line) if line else _tr("{0} · on no line of its own").format(name)
    return Part(PartKind.FACT, Finding(FindingKind.FINDING, words, detail), line, (), what)


def _history(row: HistoryRow) -> Part:
    told = (row.status or "", day(row.day) if row.day else _tr("no day"))
    detail = (lines(row.line, row.last_line or row.line), row.action, row.organization or "", row.document or "")
    shown = Finding(FindingKind.FINDING, " · ".join(part for part in told if part), _short(" · ".join(part for part in detail if part)))
    return Part(PartKind.HISTORY, shown, row.line, (), row)


def _section(policy: Policy, section: Section) -> Part:
    unsure = section.kind is SectionKind.OTHER
    first = next((line.text.strip() for line in policy.text.span(section.first_line, section.last_line) if line.text.strip()), "")
    chip, tone = (_tr("not recognised"), Tone.ASK) if unsure else ("", Tone.QUIET)
    detail = f"{lines(section.first_line, section.last_line)} · {_short(section.heading or first)}"
    return Part(
        PartKind.SECTION, Finding(FindingKind.FINDING, phrase(section.kind), detail, chip, tone), section.first_line, (), section, unsure
    )


def _statement(statement: Statement) -> Iterator[Part]:
    unsure = statement.position is Position.OTHER
    title = phrase(statement.position)
    if statement.all_indications:
        title = _tr("{0}, for all indications").format(title)
    chip, tone = (_tr("unclear"), Tone.ASK) if unsure else ("", Tone.QUIET)
    detail = " · ".join(part for part in (lines(statement.first_line, statement.last_line), ", ".join(statement.terms)) if part)
    yield Part(
        PartKind.STATEMENT,
        Finding(FindingKind.FINDING, title[:1].upper() + title[1:], detail, chip, tone),
        statement.first_line,
        (),
        statement,
        unsure,
    )
    if statement.criteria is not None:
        yield from _criterion(statement.criteria, ())


def _criterion(node: Criterion, path: LeafPath) -> Iterator[Part]:
    unsure = node.op == Op.UNCLEAR
    asks = asked(node)
    place = f"{place_words(path)}  " if path else ""
    words = " ".join(node.text.split()) or asks
    detail = " · ".join(part for part in (lines(node.first_line, node.last_line), asks if asks != words else "") if part)
    chip, tone = (_tr("and/or unclear"), Tone.ASK) if unsure else ("", Tone.QUIET)
    yield Part(
        PartKind.CRITERION,
        Finding(FindingKind.FINDING, f"{place}{words}", detail, chip, tone, len(place), depth=1 + len(path)),
        node.first_line,
        path,
        node,
        unsure,
    )
    for number, item in enumerate(node.items):
        yield from _criterion(item, (*path, number))


def asked(node: Criterion) -> str:
    """What a node asks of its items, in words; empty for a leaf."""
    if not node.items:
        return ""
    told = {
        Op.ALL: _tr("all of {0}"),
        Op.ANY: _tr("any of {0}"),
        Op.NONE: _tr("none of {0}"),
        Op.UNLESS: _tr("the first unless the second"),
        Op.UNCLEAR: _tr("all or any of {0}?"),
        Op.AT_LEAST: _tr("at least {1} of {0}"),
    }
    return told[Op(node.op)].format(len(node.items), node.n)


def _entry(entry: CodeEntry) -> Part:
    unsure = entry.state is EntryState.SUSPECT
    parts = (_tr("line {0}").format(entry.line), entry.system.value, entry.condition or "", _short(entry.why or ""))
    chip, tone = (_tr("check"), Tone.ASK) if unsure else ("", Tone.QUIET)
    shown = Finding(FindingKind.FINDING, entry.printed, " · ".join(part for part in parts if part), chip, tone, len(entry.printed))
    return Part(PartKind.CODE, shown, entry.line, (), entry, unsure)


def _finding(finding: LintFinding, waiver: Waiver | None, zone: str) -> Part:
    chip = _tr("waived") if waiver else _tr("finding")
    told = (_tr("Line {0}.").format(finding.line), waived_words(waiver, zone) if waiver else finding.hint or "")
    shown = Finding(FindingKind.FINDING, finding.message, " ".join(part for part in told if part), chip)
    return Part(PartKind.FINDING, shown, finding.line, (), finding, waiver=waiver)


def waived_words(waiver: Waiver, zone: str) -> str:
    """Who found a finding right, when and why."""
    return _tr("Waived by {0}, {1}: {2}").format(waiver.by, moment(waiver.at, zone), waiver.reason)


def _mended(each: "MendedBy", zone: str) -> Part:
    told = {
        What.SECTION: _tr("A section set, line {0}"),
        What.SECTION_JOIN: _tr("A section joined, line {0}"),
        What.STATEMENT: _tr("A position set, line {0}"),
        What.STATEMENT_SPLIT: _tr("A position split, line {0}"),
        What.STATEMENT_JOIN: _tr("A position joined, line {0}"),
        What.STATEMENT_DROP: _tr("A position taken out, line {0}"),
        What.CRITERION: _tr("A criterion set, line {0}"),
        What.CRITERION_ADD: _tr("A criterion added, line {0}"),
        What.CRITERION_SPLIT: _tr("A criterion split, line {0}"),
        What.CRITERION_JOIN: _tr("A criterion joined, line {0}"),
        What.CRITERION_DROP: _tr("A criterion taken out, line {0}"),
        What.CODE: _tr("A code set, line {0}"),
        What.CODE_DROP: _tr("A code taken out, line {0}"),
        What.TITLE: _tr("The title set, line {0}"),
        What.NUMBER: _tr("The number set, line {0}"),
        What.HISTORY: _tr("A row of the history set, line {0}"),
        What.HISTORY_DROP: _tr("A row of the history taken out, line {0}"),
    }
    title = told[each.correction.what].format(each.correction.line)
    detail = _tr("by {0}, {1}").format(each.by, moment(each.at, zone))
    return Part(PartKind.MENDED, Finding(FindingKind.FINDING, title, detail, _tr("mended")), each.correction.line)


def lines(first: int, last: int) -> str:
    """One line or several, in words."""
    return _tr("line {0}").format(first) if first == last else _tr("lines {0} to {1}").format(first, last)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


def _tr(words: str) -> str:
    return QCoreApplication.translate("understood", words)
