"""Lines to sections: every line stands in exactly one, and blank lines go with what stands before them."""

import re
from dataclasses import dataclass

from ur_desk.documents.code_lists import table_of
from ur_desk.documents.cues import block_kind, strong_kind
from ur_desk.documents.headings import LONGEST, Heading, heading_of
from ur_desk.documents.labels import awaits_value, has_fact
from ur_desk.documents.layouts import labelled
from ur_desk.documents.positions import group_position
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import LineKind, Section, SectionKind, Text, TextLine

GAP = 2
"""So many blank lines stand where a heading was lost."""

FRONT = 500
"""In so many lines the settings before a Markdown text must end."""

FAR = 80
"""Where so many lines give no fact with a label, the first line is the whole header."""

# kinds in which a heading of the same kind is one of the section's own parts
_WHOLE = frozenset({SectionKind.CODING, SectionKind.REFERENCES, SectionKind.HISTORY})

_LETTERED = re.compile(r"(?P<letter>[A-Z])\.\s+[A-Z][\w/ -]{2,60}")
_COUNTED = re.compile(r"(?P<digits>\d{1,2}[.)])|(?P<roman>[IVX]{2,5}\.)|(?P<letters>[A-Z][.)])")


@dataclass(frozen=True, slots=True)
class _Start:
    line: int
    kind: SectionKind
    heading: str | None
    level: int = 0


def sections_of(text: Text) -> tuple[Section, ...]:
    """The sections of the text in order, without gap or overlap from its first line to its last.

    A section begins at a known heading, at a line that the source prints as one, at words that leave no doubt, or after two blank lines
    where the block that follows tells another purpose than the one that stands before it.
    """
    lines = tuple(line.text for line in text.lines)
    starts = [_Start(1, SectionKind.HEADER, None)]
    front = _front_matter(lines)
    bare = not any(has_fact(labelled(line)) for line in lines[:FAR])
    blank, told, awaited, begun = 0, False, False, False
    for source in text.lines:
        line = source.text
        if not plain(line) or source.number <= front:
            blank += 1
            continue
        start = None if awaited and starts[-1].kind is SectionKind.HEADER else _start(lines, source, starts[-1], blank, told)
        if start is not None:
            starts.append(start)
        told = told or has_fact(labelled(line)) or (bare and not begun)
        awaited, blank, begun = awaits_value(line), 0, True
    return _closed(_without_empty(starts), len(lines))


def _front_matter(lines: tuple[str, ...]) -> int:
    """The last line of the settings that stand between dashes before the text of a Markdown file; 0 where there are none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:FRONT], 2) if line.rstrip() == "---"), 0)


def _start(lines: tuple[str, ...], source: TextLine, current: _Start, blank: int, told: bool) -> _Start | None:
    """The section that begins at this line, if one does."""
    number, line = source.number, source.text
    if source.kind is LineKind.ROW:
        return None
    heading = None if _runs_in(lines, number) else _heading(source, current)
    if heading is not None and heading.kind is SectionKind.OTHER and current.kind is SectionKind.HEADER and _heads_nothing(lines, number):
        return None
    if heading is not None:
        return _headed(heading, source, current, told)
    if _counts_on(line, current):
        return _Start(number, current.kind, plain(line), current.level)
    headed = current.heading is not None
    kind = strong_kind(line, current.kind, headed=headed)
    if kind is None and blank >= GAP:
        kind = block_kind(_block(lines, number), current.kind, headed=headed)
    return None if kind is None else _Start(number, kind, None, current.level)


def _runs_in(lines: tuple[str, ...], number: int) -> bool:
    """Whether words in bold type only open the paragraph that goes on with a colon on the next line."""
    return number < len(lines) and lines[number].lstrip().startswith(":")


def _heads_nothing(lines: tuple[str, ...], number: int) -> bool:
    """Whether the next line with words is a heading that all payers use, so that this one is the title between the labels and the text."""
    following = next((line for line in lines[number : number + 4] if plain(line)), "")
    heading = heading_of(following)
    return heading is not None and heading.kind is not SectionKind.OTHER


def _counts_on(line: str, current: _Start) -> bool:
    """Whether a line is the heading after the current one in a row of letters: "D. Other" after "C. Nationally Non-Covered Indications"."""
    found = _LETTERED.fullmatch(plain(line[: 4 * LONGEST]))
    before = _LETTERED.match(current.heading or "")
    return found is not None and before is not None and ord(found["letter"]) == ord(before["letter"]) + 1


def _heading(source: TextLine, current: _Start) -> Heading | None:
    """The heading that a line is: by its words, or since the source prints it as one; an item is one only in words that all payers use."""
    in_codes = current.kind is SectionKind.CODING
    heading = heading_of(source.text, in_codes=in_codes)
    if heading is not None and heading.kind is SectionKind.OTHER and awaits_value(source.text):
        return None
    if source.kind is LineKind.ITEM:
        return heading if heading is not None and heading.kind is not SectionKind.OTHER else None
    printed = plain(source.text)
    ends_codes = 0 < source.level <= current.level and table_of(printed) is None and group_position(printed) is None
    if heading is None and source.kind is LineKind.HEADING and (ends_codes or not in_codes) and len(printed) <= LONGEST:
        return Heading(SectionKind.OTHER, printed)
    return heading


def _is_part(heading: Heading, source: TextLine, current: _Start) -> bool:
    """Whether a heading of unknown words, printed as one, is a part of the section that it stands in: set lower, or counted lower."""
    if heading.kind is not SectionKind.OTHER or source.kind is not LineKind.HEADING or not current.level:
        return False
    return source.level > current.level or (
        source.level == current.level and _counting(current.heading) not in (None, _counting(heading.printed))
    )


def _counting(heading: str | None) -> str | None:
    """How a heading is counted: by digits, letters or roman figures; None where it is not."""
    found = _COUNTED.match(heading or "")
    return None if found is None else found.lastgroup


def _headed(heading: Heading, source: TextLine, current: _Start, told: bool) -> _Start | None:
    if _is_part(heading, source, current):
        return None
    if heading.kind is current.kind and heading.kind in _WHOLE:
        return None
    if heading.kind is SectionKind.OTHER and current.kind is SectionKind.HEADER and not told:
        return None
    return _Start(source.number, heading.kind, heading.printed, source.level if source.kind is LineKind.HEADING else 0)


def _block(lines: tuple[str, ...], number: int) -> list[str]:
    """The lines with words from here to the next gap or heading."""
    block: list[str] = []
    blank = 0
    for line in lines[number - 1 :]:
        blank = 0 if plain(line) else blank + 1
        if blank >= GAP or (block and heading_of(line) is not None):
            break
        if plain(line):
            block.append(line)
    return block


def _without_empty(starts: list[_Start]) -> list[_Start]:
    """The same starts, where an unheaded header before line 1's own heading takes no place."""
    return starts[1:] if len(starts) > 1 and starts[1].line == 1 else starts


def _closed(starts: list[_Start], last: int) -> tuple[Section, ...]:
    ends = [following.line - 1 for following in starts[1:]] + [last]
    return tuple(Section(start.kind, start.heading, start.line, end) for start, end in zip(starts, ends, strict=True))
