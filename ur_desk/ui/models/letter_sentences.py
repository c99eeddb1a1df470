"""A letter's sentences as rows, in reading order, each with where it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ur_desk.domain.case import Case, Issued
from ur_desk.domain.letter import Block, BlockKind, LetterContent, Sentence, SentenceSource, SourceKind
from ur_desk.domain.letters.fields import AskedWords, Marked, ServiceName, SignedWords, marked
from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.domain.letters.trace import Behind
from ur_desk.ui.models.findings import Target
from ur_desk.ui.models.letter_trace import People, source_words
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.privacy import without_member
from ur_desk.ui.widgets.panels.signature import behind_words


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
    sources: tuple[SentenceSource, ...] = ()
    """What it comes from, each once."""
    fields: tuple[Marked, ...] = ()
    """The marked fields in it; none where nothing in it can be changed."""

    @property
    def name_of(self) -> int | None:
        """The one service line whose name it holds; None where it holds none, or several."""
        lines = [field.line for field in self.fields if isinstance(field, ServiceName)]
        return lines[0] if len(lines) == 1 else None

    @property
    def changes(self) -> bool:
        """Whether something in it can be changed from here."""
        return self.name_of is not None or self.signed is not None

    @property
    def signed(self) -> SignedWords | AskedWords | None:
        """The words that it holds which somebody signed, or asks in, or of which it says that there are none; None where it is about no
        such words."""
        return next((field for field in self.fields if isinstance(field, SignedWords | AskedWords)), None)


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter on the screen: what it says, its pages, what stands behind it, what is amiss in it; `issued` where it has left, else it is
    a draft, in which `names` are what its services are called so far, by line."""

    content: LetterContent
    pdf: bytes = field(repr=False)
    behind: Behind = field(repr=False)
    findings: tuple[LetterFinding, ...] = ()
    issued: Issued | None = None
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case as the letter tells of it."""
        return self.behind.case

    def name_of(self, line: int) -> str:
        """What the service of a line is called: in this draft, else by the sender."""
        told = (state.service.description or "" for state in self.case.lines if state.line == line)
        return self.names.get(line) or next(told, "")


class LetterSentencesModel(RowsModel[SentenceRow]):
    """The rows of one letter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letter: ShownLetter | None = None

    def show_letter(self, letter: ShownLetter | None, people: People) -> None:
        """Show a letter's sentences and what is amiss in them; the mask hides the member. None empties the model."""
        self._letter = letter
        self.show_rows(_rows(letter, people) if letter else ())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name of a service in a draft can be typed over."""
        flags = super().flags(index)
        named = index.isValid() and self.row(index.row()).name_of is not None
        return flags | Qt.ItemFlag.ItemIsEditable if named else flags

    def next_finding(self, place: int, step: int) -> int | None:
        """The place of the next row, or of the one before, in which something is amiss; round the end once. None where there is none."""
        places = [n for n, row in enumerate(self._rows) if row.findings]
        if not places:
            return None
        beyond = [n for n in places if (n - place) * step > 0]
        return (min if step > 0 else max)(beyond or places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, the spoken text with its source, the source as a tool tip, the name to type over, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.EditRole:
            return self._letter.name_of(row.name_of) if self._letter and row.name_of is not None else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.source or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{row.text} {self.tr('Source: {0}').format(row.source)}" if row.source else row.text
            return " ".join([said, *(f"{found.message} {found.hint}" for found in row.findings)])
        return row if role == ROW else None


def _rows(letter: ShownLetter, people: People) -> Iterator[SentenceRow]:
    """The rows as the screen shows them: what has left has no field that could be changed, and the mask names nobody."""
    for row in rows_of(letter.content, people, letter.case, letter.findings):
        text = without_member(row.text, letter.case.current_request.member)
        yield replace(row, text=text, whole=row.whole and text == row.text, fields=() if letter.issued else row.fields)


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
                yield from (_row(kind, each, people, told) for each, told in said)


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
    sources = dict.fromkeys(_sources(each, people) for each in said)
    if behind:
        sources[_tr("licence {0}").format(behind)] = None
    target = next((found for each in said if (found := _target(each))), None)
    words = " · ".join(each.text for each in said)
    behind_all = tuple(dict.fromkeys(source for each in said for source in each.sources))
    return SentenceRow(SentenceKind.SENTENCE, words, "; ".join(sources), target, sources=behind_all, fields=marked(said))


def _row(kind: SentenceKind, sentence: Sentence, people: People, found: tuple[LetterFinding, ...]) -> SentenceRow:
    words = _sources(sentence, people)
    return SentenceRow(kind, sentence.text, words, _target(sentence), found, sources=sentence.sources, fields=marked([sentence]))


def _sources(sentence: Sentence, people: People) -> str:
    """Where a sentence comes from, each source once."""
    return "; ".join(dict.fromkeys(source_words(each, people) for each in sentence.sources))


def _target(sentence: Sentence) -> Target | None:
    anchors = (source.anchor for source in sentence.sources if source.anchor)
    anchor = next(anchors, None)
    return Target(anchor.text, anchor.first_line) if anchor else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("LetterSentencesModel", text)
