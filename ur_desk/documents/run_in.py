"""Positions in run-in paragraphs: a label ("Indications:", "Requirements:"), and behind it in the same paragraph what it asks or denies."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ur_desk.documents.criteria import tree_of_lines
from ur_desk.documents.headings import heading_of
from ur_desk.documents.positions import stated_position
from ur_desk.documents.wording import is_list_item, plain
from ur_desk.domain.library.criteria import Criterion, Op
from ur_desk.domain.policy import CodeEntry, LineKind, Position, Section, SectionKind, Statement, Text, TextLine

LONGEST = 20_000
"""Characters of a paragraph that are read."""

FEWEST = 2
"""A label that no bold type sets apart comes so many times at least, as it does where each item of a list has the same parts."""

_KINDS = frozenset({SectionKind.OTHER, SectionKind.POSITION, SectionKind.SCOPE})
"""Sections in which such paragraphs stand; a header's labels name facts, a history's tell of what once was."""

_START = r"[ \t]*(?:\d{1,2}[.)]\s+|[-•*]\s+)?"
_BOLD = re.compile(rf"{_START}\*\*(?P<label>[^*:]{{3,80}})(?::\s*\*\*|\*\*\s*:)\s*(?=\S)")
_BARE = re.compile(r"[ \t]*(?P<label>[A-Z][A-Za-z /-]{3,40}):\s+(?=\S)")
_SUBJECT = re.compile(
    rf"{_START}\*\*(?P<label>[^*:]{{3,80}})(?:\*\*\s+(?=(?:is |are )?(?:not covered|covered only|only covered)\b)|(?<=\bnot covered)\*\*\s+(?=\w))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:[\w,/&'-]+ ){0,4}(?:indications?|requirements?|coverage(?: criteria)?|criteria|limitations?|exclusions?)(?: \([^()]{0,60}\))?",
    re.IGNORECASE,
)
_DENIES = re.compile(r".*\b(?:not covered|non-?covered|denied)", re.IGNORECASE)
# what stands before the first words of a paragraph: for whom it speaks, and a label inside it
_FOR_WHOM = re.compile(r"(?:[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}:\s+)?(?:\*\*[^*:]{3,60}\*\*:\s*)?")
_VERDICT = re.compile(r"(?:\*\*\s*(?i:not covered|non-?covered|denied)|NOT COVERED|NON-?COVERED|DENIED)\b")
_WITHOUT_MORE = re.compile(r"[*\s]*(?:[-–—.;]|$)")
_SENTENCE_END = re.compile(r"(?<=[.])\s+(?=[*A-Z])")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with a label; `bold` where it is set apart by its type, `colon` where a colon ends it, `body` where what it says begins."""

    lines: tuple[TextLine, ...]
    label: str
    body: int
    bold: bool
    colon: bool


def with_run_ins(statements: Sequence[Statement], text: Text, sections: Sequence[Section]) -> tuple[Statement, ...]:
    """The statements and, in order with them, one for each paragraph behind a label that names criteria or a denial, as far as none holds it.

    Its criteria are the list that the paragraph counts out, else the paragraph as a whole; a denial without more has none.
    """
    held = {number for s in statements for number in range(s.first_line, s.last_line + 1)}
    found = [
        each for section in sections if section.kind in _KINDS for each in _paragraphs(text, section) if each.lines[0].number not in held
    ]
    often = Counter(each.label for each in found)
    told = [_statement(each) for each in found if each.bold or often[each.label] >= FEWEST]
    return tuple(sorted((*statements, *told), key=lambda statement: statement.first_line))


def under_items(entries: Sequence[CodeEntry], statements: Sequence[Statement], text: Text) -> tuple[CodeEntry, ...]:
    """The code entries, where one heads an item that denies it without criteria, with the position under which it stands."""
    heads = [line.number for line in text.lines if line.text.startswith("#")]
    denied: dict[int, Position] = {}
    for statement in statements:
        above = bisect_left(heads, statement.first_line)
        if above and statement.position.adverse and statement.criteria is None:
            denied.setdefault(heads[above - 1], statement.position)
    return tuple(replace(each, position=each.position or denied.get(each.line)) for each in entries)


def _paragraphs(text: Text, section: Section) -> Iterator[_Paragraph]:
    lines = text.span(section.first_line, section.last_line)
    for at, line in enumerate(lines):
        found = None if line.kind in (LineKind.HEADING, LineKind.ROW) or line.text.startswith("#") else _labelled(line.text)
        if found is not None:
            yield _Paragraph((line, *_rest(lines, at)), plain(found["label"]).casefold(), found.end(), "**" in found[0], ":" in found[0])


def _labelled(line: str) -> re.Match[str] | None:
    """The label with which a line begins, where it names criteria or denies something by its own words."""
    found = _BOLD.match(line)
    if found is not None:
        label = plain(found["label"])
        return found if _ASKS.fullmatch(label) or _DENIES.fullmatch(label) else None
    if (subject := _SUBJECT.match(line)) is not None:
        return subject
    found = _BARE.match(line)
    heading = None if found is None else heading_of(found["label"])
    return found if heading is not None and heading.kind is SectionKind.POSITION else None


def _rest(lines: Sequence[TextLine], at: int) -> Iterator[TextLine]:
    """The lines that a paragraph of plain text goes on with."""
    for line in lines[at + 1 :] if lines[at].kind is None else ():
        if not plain(line.text) or is_list_item(line.text) or line.text.startswith(("#", "**", "---")):
            return
        yield line


def _statement(told: _Paragraph) -> Statement:
    first, last = told.lines[0], told.lines[-1]
    words = plain(" ".join(line.text for line in told.lines))[:LONGEST]
    body = plain(" ".join((first.text[told.body :], *(line.text for line in told.lines[1:]))))[:LONGEST]
    denial = _denial(told, body)
    position = _position(body) if denial is not None else _affirmed(body)
    criteria = None if denial else _list(told) or Criterion(Op.LEAF, body, first.number, last.number)
    return Statement(position, words, first.number, last.number, criteria=criteria)


def _denial(told: _Paragraph, body: str) -> bool | None:
    """Whether a paragraph denies without more (True) or on a condition (False); None where it does not begin with a denial."""
    if _DENIES.fullmatch(told.label):
        return told.colon
    whom = _FOR_WHOM.match(body)
    found = _VERDICT.match(body, whom.end() if whom else 0)
    return None if found is None else _WITHOUT_MORE.match(body, found.end()) is not None


def _position(body: str) -> Position:
    """The class that the first sentence of a denial names; a denial of coverage alone names none."""
    stated = stated_position(_SENTENCE_END.split(body, 1)[0].replace("*", ""))
    return stated.position if stated is not None and stated.position.adverse else Position.OTHER


def _affirmed(body: str) -> Position:
    stated = stated_position(_SENTENCE_END.split(body, 1)[0].replace("*", ""))
    return Position.OTHER if stated is None else stated.position


def _list(told: _Paragraph) -> Criterion | None:
    """The list that the paragraph counts out, up to the end of the sentence in which its last item stands."""
    tree = tree_of_lines(told.lines)
    if tree is None or not tree.items or tree.items[-1].start is None:
        return tree
    last = tree.items[-1]
    line = next(each for each in told.lines if each.number == last.first_line)
    end = _SENTENCE_END.search(line.text, last.start or 0)
    if end is None or line is not told.lines[-1]:
        return tree
    cut = tree_of_lines((*told.lines[:-1], replace(line, text=line.text[: end.start()])))
    return cut if cut is None else replace(cut, items=(*cut.items[:-1], replace(cut.items[-1], end=end.start())))
