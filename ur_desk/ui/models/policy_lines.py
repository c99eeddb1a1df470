"""The lines of one policy version as rows: what each says, what it is, and why it touches the request."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ur_desk.domain.findings import Hit, HitKind, HitResult, PolicyMatch, Scope
from ur_desk.domain.policy import Anchor, CodeEntry, EntryState, Policy, Section, SectionKind, Severity, Shelved
from ur_desk.domain.visible import marked
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import day, phrase, sentence

Span = tuple[int, int]
"""A run of characters: where it begins, how long it is."""


class RowKind(Enum):
    """What a row of the policy is, and so how it is set."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    STATEMENT = "statement"
    CODES = "codes"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Mark:
    """One reason to look at a line: a hit of the request, a doubt about the line itself, or both."""

    words: str
    hit: bool
    doubt: bool
    service_line: int | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A line of the text, or a section's heading that the source does not print (`number` is None)."""

    kind: RowKind
    text: str
    number: int | None
    section: SectionKind | None = None
    note: str = ""
    strong: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def hit(self) -> bool:
        """Whether the request touches this line."""
        return any(mark.hit for mark in self.marks)

    @property
    def doubt(self) -> bool:
        """Whether something about this line must be asked before anything rests on it."""
        return any(mark.doubt for mark in self.marks)

    @property
    def why(self) -> str:
        """Every reason in one run of words, each once, in the order of the findings."""
        return " · ".join(dict.fromkeys(mark.words for mark in self.marks))

    @property
    def terms(self) -> tuple[Span, ...]:
        """Where the words that hit stand in the line."""
        found = (span for mark in self.marks for term in mark.terms for span in places(self.text, term))
        return tuple(sorted(set(found)))


class PolicyLinesModel(QAbstractListModel):
    """One row a line of a policy, with headings between; blank lines have no row, their numbers tell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelved: Shelved | None = None
        self._all: tuple[PolicyRow, ...] = ()
        self._rows: tuple[PolicyRow, ...] = ()
        self._service_line: int | None = None

    @property
    def shelved(self) -> Shelved | None:
        """The policy that is shown."""
        return self._shelved

    def show_policy(self, shelved: Shelved | None, match: PolicyMatch | None = None, elsewhere: Collection[int] = ()) -> None:
        """Show a policy with the hits of one request, or none; None empties the model.

        `elsewhere` are the service lines whose words name another part of the body: their hits are doubts.
        """
        self.beginResetModel()
        self._shelved = shelved
        self._all = tuple(rows_of(shelved.policy, match, elsewhere)) if shelved else ()
        self._rows = tuple(_for_line(self._all, self._service_line))
        self.endResetModel()

    def show_service_line(self, line: int | None) -> None:
        """Mark only what one service line and the diagnoses touch; None marks all again."""
        if line == self._service_line:
            return
        self._service_line = line
        self._rows = tuple(_for_line(self._all, line))
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, the spoken text, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return row if role == ROW else None

    def row(self, place: int) -> PolicyRow:
        """The row at a place from 0; IndexError beyond the ends."""
        return self._rows[place]

    def place_of(self, line: int) -> int | None:
        """Where the row of a line stands; for a blank line the next one before it; None in an empty model."""
        places_ = [i for i, row in enumerate(self._rows) if row.number is not None and row.number <= line]
        return places_[-1] if places_ else (0 if self._rows else None)

    def hits(self) -> tuple[int, ...]:
        """The places of the rows that the request touches, in order."""
        return tuple(i for i, row in enumerate(self._rows) if row.hit)

    def found(self, text: str) -> tuple[int, ...]:
        """The places of the rows that hold a text, in any case; none for an empty text."""
        return tuple(i for i, row in enumerate(self._rows) if places(row.text, text))

    def anchor(self, at: Iterable[int]) -> Anchor | None:
        """The lines from the first to the last of these rows as an anchor into the text; None where no line is among them."""
        numbers = [row.number for i in at if (row := self._rows[i]).number is not None]
        if self._shelved is None or not numbers:
            return None
        return Anchor(self._shelved.policy.text.sha256, min(numbers), max(numbers))

    def quotation(self, at: Iterable[int]) -> str:
        """The lines of these rows with where they stand, for the clipboard; empty where no line is among them."""
        rows = [row for i in sorted(at) if (row := self._rows[i]).number is not None]
        if self._shelved is None or not rows:
            return ""
        numbers = [row.number for row in rows if row.number is not None]
        return "\n".join([*(row.text.strip() for row in rows), f"[{self._citation(min(numbers), max(numbers))}]"])

    def _citation(self, first: int, last: int) -> str:
        assert self._shelved is not None
        policy = self._shelved.policy
        lines = self.tr("line {0}").format(first) if first == last else self.tr("lines {0} to {1}").format(first, last)
        parts = [policy.id, policy.title]
        if policy.version.effective:
            parts.append(self.tr("in force from {0}").format(day(policy.version.effective)))
        if policy.abstract:
            parts.append(self.tr("abstract, not the payer's words"))
        return ", ".join([*parts, lines])

    def _spoken(self, row: PolicyRow) -> str:
        """What a screen reader says of a row: number, text, and why."""
        if row.number is None:
            return self.tr("Section: {0}").format(row.text)
        parts = [self.tr("Line {0}.").format(row.number), row.text.strip()]
        if row.note:
            parts.append(self.tr("Statement: {0}.").format(row.note))
        for words, hit, doubt in dict.fromkeys((m.words, m.hit, m.doubt) for m in row.marks):
            name = self.tr("Hit, to be checked:") if hit and doubt else self.tr("Check:") if doubt else self.tr("Hit:")
            parts.append(f"{name} {words}.")
        return " ".join(parts)


def places(text: str, sought: str) -> list[Span]:
    """Where a text stands in another, in any case and with any run of blanks for one; nothing for an empty one."""
    words = sought.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [(found.start(), len(found[0])) for found in re.finditer(pattern, text, re.IGNORECASE)]


def rows_of(policy: Policy, match: PolicyMatch | None, elsewhere: Collection[int] = ()) -> Iterator[PolicyRow]:
    """The rows of a policy in the order of its lines, with the marks that a match and its own findings give them."""
    marks = _marks(policy, match, elsewhere)
    entries: dict[int, list[CodeEntry]] = {}
    for entry in policy.codes:
        entries.setdefault(entry.line, []).append(entry)
    headings = {section.first_line: section for section in policy.sections}
    titled = False
    for line in policy.text.lines:
        begun = headings.get(line.number)
        if begun and (heading := _unprinted(policy, begun)):
            yield PolicyRow(RowKind.HEADING, heading, None, begun.kind)
        if not line.text.strip():
            continue
        row = _row(policy, line.number, marked(line.text.rstrip()), entries.get(line.number, []))
        if row.kind is RowKind.TITLE and titled:
            row = replace(row, kind=RowKind.BODY)
        titled = titled or row.kind is RowKind.TITLE
        yield replace(row, marks=tuple(marks.get(line.number, ())))


def _row(policy: Policy, number: int, text: str, entries: list[CodeEntry]) -> PolicyRow:
    """One line by what it is, without marks."""
    section = policy.section_of(number)
    kind = section.kind if section else None
    if section and section.heading and _same(text, section.heading):
        return PolicyRow(RowKind.HEADING, text, number, kind)
    if entries:
        return PolicyRow(RowKind.CODES, text, number, kind, strong=tuple(_code_spans(text, entries)))
    for statement in policy.statements:
        if statement.first_line <= number <= statement.last_line:
            below = statement.criteria is not None and number > statement.first_line
            note = "" if below else phrase(statement.position)
            return PolicyRow(RowKind.BODY if below else RowKind.STATEMENT, text, number, kind, note)
    if kind is SectionKind.POSITION and text.endswith(":"):
        return PolicyRow(RowKind.LABEL, text, number, kind)
    if kind is SectionKind.HEADER and policy.title and places(text, policy.title):
        return PolicyRow(RowKind.TITLE, text, number, kind)
    return PolicyRow(RowKind.BODY, text, number, kind)


def _unprinted(policy: Policy, section: Section) -> str:
    """The heading to set before a section whose source prints none; empty where it prints one or needs none."""
    if section.heading is None:
        return "" if section.kind in (SectionKind.HEADER, SectionKind.OTHER) else phrase(section.kind)
    lines = policy.text.lines[section.first_line - 1 : section.last_line]
    return "" if any(_same(line.text, section.heading) for line in lines) else section.heading


def _same(text: str, heading: str) -> bool:
    """Whether a line is a heading as printed."""
    return text.strip().rstrip(":").casefold() == heading.strip().rstrip(":").casefold()


def _code_spans(text: str, entries: list[CodeEntry]) -> Iterator[Span]:
    """Where the codes of a line stand, from the low end to the high end of each."""
    for entry in entries:
        low = places(text, entry.low)
        if not low:
            continue
        start = low[0][0]
        high = [s for s in places(text, entry.high or entry.low) if s[0] >= start]
        yield (start, sum(high[0]) - start) if high else low[0]


def _marks(policy: Policy, match: PolicyMatch | None, elsewhere: Collection[int]) -> dict[int, list[Mark]]:
    """The marks of each line: hits first, then doubts about the line itself."""
    marks: dict[int, list[Mark]] = {}
    for hit in match.hits if match else ():
        if hit.line is not None:
            marks.setdefault(hit.line, []).append(_mark(hit, hit.service_line in elsewhere))
    linted = [(finding.line, finding.message) for finding in policy.findings if finding.severity is not Severity.INFO]
    told = {line for line, _ in linted}
    doubtful = [(e.line, e.why) for e in policy.codes if e.state is EntryState.SUSPECT and e.why and e.line not in told]
    for number, words in [*linted, *doubtful]:
        marks.setdefault(number, []).append(Mark(words.rstrip("."), hit=False, doubt=True))
    return marks


def _mark(hit: Hit, elsewhere: bool) -> Mark:
    """A hit as a mark; other parts of the body, conditions not shown and entries that cannot be meant as printed are doubts too."""
    doubt = elsewhere or hit.result is HitResult.SUSPECT or (hit.result is HitResult.CONDITIONAL and not hit.condition_shown)
    named = [hit.entry or "", *hit.value.split(", ")] if hit.kind is HitKind.TERM else []
    terms = tuple(dict.fromkeys(text for text in named if text))
    why = (hit.why or hit.value).rstrip(".")
    words = f"{sentence(Scope.NAMES_OTHER)}: {why}" if elsewhere else why
    return Mark(words, hit=True, doubt=doubt, service_line=hit.service_line, terms=terms)


def _for_line(rows: Iterable[PolicyRow], line: int | None) -> Iterator[PolicyRow]:
    """The rows with only those marks that one service line, or no line in particular, gives them."""
    for row in rows:
        kept = tuple(mark for mark in row.marks if line is None or mark.service_line in (None, line))
        yield row if kept == row.marks else replace(row, marks=kept)
