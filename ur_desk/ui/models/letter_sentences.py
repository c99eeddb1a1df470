"""A letter's sentences as rows, in reading order, each with where it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.case import Case
from ur_desk.domain.letter import Block, BlockKind, LetterContent, Sentence, SentenceSource, SourceKind
from ur_desk.domain.letter_lint import LetterFinding
from ur_desk.domain.people import Account, AccountId
from ur_desk.ui.models.field_words import field_words
from ur_desk.ui.models.findings import Target
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import runs
from ur_desk.ui.privacy import without_member
from ur_desk.ui.widgets.panels.signature import behind_words

People = Mapping[AccountId, Account]


class SentenceKind(Enum):
    """How a row is set."""

    PART = "part"
    HEADING = "heading"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence, or the name of a part of the letter; `target` is the policy line behind it, where there is one."""

    kind: SentenceKind
    text: str
    source: str = ""
    target: Target | None = None
    findings: tuple[LetterFinding, ...] = ()
    """What is amiss in it; a row of a table holds those of all its cells, and their places are not told."""
    whole: bool = True
    """Whether the row is one sentence, so that the places of findings are places in its text."""


class LetterSentencesModel(RowsModel[SentenceRow]):
    """The rows of one letter."""

    def show_content(
        self, content: LetterContent | None, people: People, case: Case | None = None, findings: Iterable[LetterFinding] = ()
    ) -> None:
        """Show a letter's sentences and what is amiss in them; with their case, signatures tell who stands behind them, and the mask
        hides the member. None empties the model.
        """
        self.show_rows((_unnamed(row, case) for row in rows_of(content, people, case, findings)) if content else ())

    def next_finding(self, place: int, step: int) -> int | None:
        """The place of the next row, or of the one before, in which something is amiss; round the end once. None where there is none."""
        places = [n for n, row in enumerate(self._rows) if row.findings]
        if not places:
            return None
        beyond = [n for n in places if (n - place) * step > 0]
        return (min if step > 0 else max)(beyond or places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, the spoken text with its source, the source as a tool tip, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.source or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{row.text} {self.tr('Source: {0}').format(row.source)}" if row.source else row.text
            return " ".join([said, *(f"{found.message} {found.hint}" for found in row.findings)])
        return row if role == ROW else None


def _unnamed(row: SentenceRow, case: Case | None) -> SentenceRow:
    if case is None:
        return row
    text = without_member(row.text, case.current_request.member)
    return replace(row, text=text, whole=row.whole and text == row.text)


def rows_of(
    content: LetterContent, people: People, case: Case | None = None, findings: Iterable[LetterFinding] = ()
) -> Iterator[SentenceRow]:
    """The rows of a letter, each with what is amiss in it; the part for the provider is named where it begins."""
    amiss: dict[int, list[LetterFinding]] = {}
    for found in findings:
        if found.sentence is not None:
            amiss.setdefault(found.sentence, []).append(found)
    technical, number = False, 0
    for block in content.blocks:
        if block.technical and not technical:
            yield SentenceRow(SentenceKind.PART, _tr("For the provider"))
        technical = block.technical
        kind = SentenceKind.HEADING if block.kind is BlockKind.HEADING else SentenceKind.SENTENCE
        for row in block.rows:
            by_cell = [tuple(amiss.get(number + at, ())) for at in range(len(row))]
            number += len(row)
            if block.kind in (BlockKind.FACTS, BlockKind.TABLE):
                yield replace(_together(row, people, _behind(block, row, people, case)), findings=tuple(chain(*by_cell)), whole=False)
            else:
                said = ((each, told) for each, told in zip(row, by_cell, strict=True) if each.text.strip())
                yield from (SentenceRow(kind, each.text, source_words(each, people), _target(each), told) for each, told in said)


def _behind(block: Block, row: tuple[Sentence, ...], people: People, case: Case | None) -> str:
    """Who entered the licence of whoever signed, and who confirmed it, as kept with the decision; empty where a row is about no
    signature, or no licence stands behind it."""
    if case is None or block.kind is not BlockKind.FACTS or not block.technical:
        return ""
    sources = [source for each in row for source in each.sources]
    signers = {source.ref for source in sources if source.kind is SourceKind.STATEMENT}
    lines = {source.line for source in sources if source.kind is SourceKind.DECISION}
    decisions = [state.decision for state in case.lines if state.decision and state.line in lines]
    held = [each.signature.credential for each in decisions if each.signature.account in signers]
    return next((behind_words(each, people) for each in held if each and each.licence), "")


def _together(row: tuple[Sentence, ...], people: People, behind: str) -> SentenceRow:
    """A row of a table as one row here, with the sources of all its cells."""
    said = [each for each in row if each.text.strip()]
    sources = dict.fromkeys(source_words(each, people) for each in said)
    if behind:
        sources[_tr("licence {0}").format(behind)] = None
    target = next((found for each in said if (found := _target(each))), None)
    return SentenceRow(SentenceKind.SENTENCE, " · ".join(each.text for each in said), "; ".join(sources), target)


def source_words(sentence: Sentence, people: People) -> str:
    """Where a sentence comes from, each source once."""
    return "; ".join(dict.fromkeys(_source(each, people) for each in sentence.sources))


def _target(sentence: Sentence) -> Target | None:
    anchors = (source.anchor for source in sentence.sources if source.anchor)
    anchor = next(anchors, None)
    return Target(anchor.text, anchor.first_line) if anchor else None


def _source(source: SentenceSource, people: People) -> str:
    if source.kind is SourceKind.POLICY:
        if source.anchor is None:
            return _tr("policy {0}").format(source.ref)
        lines = range(source.anchor.first_line, source.anchor.last_line + 1)
        words = _tr("policy {0}, line {1}") if len(lines) == 1 else _tr("policy {0}, lines {1}")
        return words.format(source.ref, runs(lines))
    if source.line is not None:
        return _of_line(source)
    ref = people[AccountId(source.ref)].display if AccountId(source.ref) in people else source.ref
    return _frame(source.kind).format(ref)


def _of_line(source: SentenceSource) -> str:
    """A service line as it was asked for, or its decision, or one field of either."""
    asked = source.kind is SourceKind.REQUEST
    if not source.field:
        return (_tr("request, line {0}") if asked else _tr("decision on line {0}")).format(source.line)
    field = field_words(f"services.{source.field}") if asked else _decision_field(source.field)
    return (_tr("request, line {0}: {1}") if asked else _tr("decision on line {0}: {1}")).format(source.line, field.lower())


def _decision_field(field: str) -> str:
    return {
        "reason": _tr("reason"),
        "rationale": _tr("rationale"),
        "information_needed": _tr("what would help"),
        "signature": _tr("signature"),
        "asked": _tr("what was asked for"),
        "withdrawal": _tr("withdrawal"),
    }.get(field, field)


def _frame(kind: SourceKind) -> str:
    return {
        SourceKind.WORDING: _tr("wording, clause {0}"),
        SourceKind.REQUEST: _tr("request, {0}"),
        SourceKind.CASE: _tr("case, {0}"),
        SourceKind.DECISION: _tr("decision on line {0}"),
        SourceKind.STATEMENT: _tr("words of {0}"),
        SourceKind.PROFILE: _tr("plan profile, {0}"),
    }[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LetterSentencesModel", text)
