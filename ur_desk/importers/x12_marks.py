"""The separators of an X12 interchange: read from its header, recovered where the header was squeezed or is missing.

X12.5: the header ISA is 106 characters long; the character after `ISA` separates elements, the 105th components, and the one
after it ends segments. From version 00402 on ISA11 separates repetitions.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

_BLANKS = " \t\n"
# every place of the header where an element ends
_FIXED = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
_HEADER = 106
_WINDOW = 260
_STARTS = re.compile(r"(?<![A-Za-z0-9])ISA([^A-Za-z0-9 \t\n])(?=[0-9]{2}\1)")
_TAIL = re.compile(r"([^A-Za-z0-9 \t\n]?)([^A-Za-z0-9 \t\n]|\n)[ \t\n]*(?:GS|TA1|IEA|$)")
_LONGEST = 17
_TAGS = "BHT|HL|NM1|UM|TRN|HI|DTP|SV1|SV2|SV3|HCR|AAA|REF|DMG|MSG|HSD|PER|N3|N4|SE|GE|GS|ST|IEA"
_SEEN = 20_000
_FREE = ":>^|!&"


@dataclass(frozen=True, slots=True)
class Marks:
    """The separators; an empty `repetition` separates nothing. A `terminator` of line feed means that lines are segments."""

    element: str
    component: str
    repetition: str
    terminator: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where an interchange begins, its separators, and whether its header was whole: squeezed where blanks were lost, wrapped where lines break it."""

    start: int
    marks: Marks
    squeezed: bool = False
    wrapped: bool = False


def headers(text: str) -> list[Header]:
    """Every interchange header of a file that can be read, in order; a name such as LISA or ISA in a text is none."""
    found = (_header(text, match.start()) for match in _STARTS.finditer(text))
    return [header for header in found if header is not None]


def printable(text: str, marks: Marks) -> tuple[str, Marks]:
    """The text with separators of components and repetitions that show, where they were controls and others are free."""
    told = {"component": marks.component, "repetition": marks.repetition}
    for name, mark in told.items():
        if mark and not mark.isprintable():
            free = next((other for other in _FREE if other not in text and other not in (marks.element, marks.terminator)), mark)
            text = text.replace(mark, free)
            told[name] = free
    return text, replace(marks, **told)


def guessed(text: str) -> Marks | None:
    """The separators of a piece without a header, by its first tag and by what stands before other tags; None where nothing ends a segment."""
    start = re.match(r"[ \t\n]*(?:ISA|GS|ST)([^A-Za-z0-9 \t\n])", text)
    if start is None:
        return None
    element = re.escape(start[1])
    head = text[:_SEEN]
    ends = Counter(re.findall(rf"([^A-Za-z0-9 \t\n]|\n)[ \t\n]*(?:{_TAGS})(?={element})", head))
    ends.pop(start[1], None)
    component = re.search(rf"{element}(?:HC|AD|N4|ABK|ABF|BK|BF)([^A-Za-z0-9 \t\n])(?!{element})", head)
    if ends:
        terminator = ends.most_common(1)[0][0]
    else:
        alone = re.search(r"([^A-Za-z0-9 \t\n])[ \t\n]*$", head)
        if alone is None or alone[1] == start[1]:
            return None
        terminator = alone[1]
    told = component[1] if component and component[1] not in (start[1], terminator) else ":"
    return Marks(start[1], told, "", terminator)


def _header(text: str, start: int) -> Header | None:
    window = text[start : start + _WINDOW]
    marks = _fixed(window)
    if marks is not None:
        return Header(start, marks)
    marks = _fixed(window.replace("\n", ""))
    if marks is not None:
        return Header(start, marks, wrapped=True)
    marks = _squeezed(window)
    return None if marks is None else Header(start, marks, squeezed=True)


def _fixed(window: str) -> Marks | None:
    if len(window) < _HEADER or any(window[place] != window[3] for place in _FIXED):
        return None
    return _marks(window[3], window[104], window[82], window[105], window[84:89])


def _squeezed(window: str) -> Marks | None:
    parts = window.split(window[3], 16)
    if len(parts) < 17 or any(len(part) > _LONGEST for part in parts[:16]) or not parts[9].strip().isdigit():
        return None
    tail = _TAIL.match(parts[16])
    if tail is None:
        return None
    return _marks(window[3], tail[1] or ":", parts[11].strip(), tail[2], parts[12].strip())


def _marks(element: str, component: str, repetition: str, terminator: str, version: str) -> Marks | None:
    told = (element, component, terminator)
    if len(set(told)) < 3 or any(mark.isalnum() or mark in " \t" for mark in told):
        return None
    repeats = version >= "00402" and len(repetition) == 1 and not repetition.isalnum() and repetition not in (*told, *_BLANKS)
    return Marks(element, component, repetition if repeats else "", terminator)
