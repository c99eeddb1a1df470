"""Lines to sections: every line stands in exactly one, and blank lines go with what stands before them."""

from dataclasses import dataclass

from ur_desk.documents.cues import block_kind, strong_kind
from ur_desk.documents.headings import Heading, heading_of
from ur_desk.documents.labels import awaits_value, has_fact
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import Section, SectionKind, Text

GAP = 2
"""So many blank lines stand where a heading was lost."""

# kinds in which a heading of the same kind is one of the section's own parts
_WHOLE = frozenset({SectionKind.CODING, SectionKind.REFERENCES, SectionKind.HISTORY})


@dataclass(frozen=True, slots=True)
class _Start:
    line: int
    kind: SectionKind
    heading: str | None


def sections_of(text: Text) -> tuple[Section, ...]:
    """The sections of the text in order, without gap or overlap from its first line to its last.

    A section begins at a known heading, at words that leave no doubt, or after two blank lines where the
    block that follows tells another purpose than the one that stands before it.
    """
    lines = tuple(line.text for line in text.lines)
    starts = [_Start(1, SectionKind.HEADER, None)]
    blank, labelled, awaited = 0, False, False
    for number, line in enumerate(lines, 1):
        if not plain(line):
            blank += 1
            continue
        start = None if awaited and starts[-1].kind is SectionKind.HEADER else _start(lines, number, starts[-1], blank, labelled)
        if start is not None:
            starts.append(start)
        labelled, awaited, blank = labelled or has_fact(line), awaits_value(line), 0
    return _closed(_without_empty(starts), len(lines))


def _start(lines: tuple[str, ...], number: int, current: _Start, blank: int, labelled: bool) -> _Start | None:
    """The section that begins at this line, if one does."""
    line = lines[number - 1]
    heading = heading_of(line, in_codes=current.kind is SectionKind.CODING)
    if heading is not None:
        return _headed(heading, number, current, labelled)
    headed = current.heading is not None
    kind = strong_kind(line, current.kind, headed=headed)
    if kind is None and blank >= GAP:
        kind = block_kind(_block(lines, number), current.kind, headed=headed)
    return None if kind is None else _Start(number, kind, None)


def _headed(heading: Heading, number: int, current: _Start, labelled: bool) -> _Start | None:
    if heading.kind is current.kind and heading.kind in _WHOLE:
        return None
    if heading.kind is SectionKind.OTHER and current.kind is SectionKind.HEADER and not labelled:
        return None
    return _Start(number, heading.kind, heading.printed)


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
