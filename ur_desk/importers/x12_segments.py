"""An X12 file as segments with their places, one after another, however it was wrapped, padded or glued together."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from ur_desk.importers.x12_marks import Header, Marks, guessed, headers, printable
from ur_desk.importers.x12_report import Report

LONGEST = 65_536
"""Characters that a segment may have; the longest of the 278 has some 500."""
MOST = 4_000_000
"""Segments that are read of one file."""

_BLANKS = " \t\n"
_TAG = re.compile(r"[A-Z][A-Z0-9]{1,2}")


class Segment(NamedTuple):
    """One segment: its number in the file from 1, and its elements as they stood; element 0 is the tag. One that was not read has none."""

    number: int
    tag: str
    elements: list[str]
    marks: Marks

    @property
    def place(self) -> str:
        """How a problem names it."""
        return f"segment {self.number} ({self.tag})" if _TAG.fullmatch(self.tag) else f"segment {self.number}"

    def text(self, element: int) -> str:
        """An element without the blanks around it; empty where it was left out."""
        return self.elements[element].strip() if element < len(self.elements) else ""

    def parts(self, element: int) -> list[str]:
        """The components of an element, at least one."""
        return [part.strip() for part in self.text(element).split(self.marks.component)]

    def repeats(self, element: int) -> list[str]:
        """The repetitions of an element, at least one."""
        told = self.text(element)
        return [part.strip() for part in told.split(self.marks.repetition)] if self.marks.repetition else [told]

    def rest(self, first: int) -> str:
        """The elements from one on that were told, with a blank between them."""
        return " ".join(told for n in range(first, len(self.elements)) if (told := self.text(n)))

    def sent(self) -> str:
        """All elements that were told, for a person to read."""
        return " ".join(f"{self.tag}{n:02}={told}" for n in range(1, len(self.elements)) if (told := self.text(n)))


def segments(data: bytes, report: Report) -> Iterator[Segment]:
    """The segments of a file in order; what was mended or guessed on the way is said."""
    text = _text(data, report)
    number = 0
    for piece, marks in (printable(*found) for found in _pieces(text, report)):
        for raw in _raw(piece, marks):
            number += 1
            if number > MOST:
                report.error("too-many-segments", "", f"The file has more than {MOST:,} segments; the rest was not read. Split it.")
                return
            yield _segment(raw, number, marks, report)


def _segment(raw: str, number: int, marks: Marks, report: Report) -> Segment:
    if len(raw) <= LONGEST:
        elements = raw.split(marks.element)
        return Segment(number, elements[0].rstrip(), elements, marks)
    tag = raw[:4].split(marks.element, 1)[0]
    segment = Segment(number, tag, [], marks)
    message = (
        f"This segment has {len(raw):,} characters; {LONGEST:,} are read. A separator may be missing. What it stands in is not taken over."
    )
    report.error("segment-too-long", segment.place, message)
    return segment


def _raw(piece: str, marks: Marks) -> Iterator[str]:
    if marks.terminator != "\n":
        piece = piece.replace("\n", "")
    for match in re.finditer(f"[^{re.escape(marks.terminator)}]+", piece):
        raw = match[0].strip(_BLANKS)
        if raw:
            yield raw


def _pieces(text: str, report: Report) -> Iterator[tuple[str, Marks]]:
    """The file cut before each interchange header, each piece with its own separators."""
    found = headers(text)
    start = found[0].start if found else len(text)
    if text[:start].strip(_BLANKS):
        yield from _headless(text[:start], found, report)
    for at, header in enumerate(found, 1):
        end = found[at].start if at < len(found) else len(text)
        report.enter(at, 0)
        piece = text[header.start : end]
        _doubt_header(header, piece, report)
        yield piece, header.marks


def _headless(text: str, found: list[Header], report: Report) -> Iterator[tuple[str, Marks]]:
    marks = guessed(text)
    if marks is None:
        if found:
            report.doubt("stray-text", "", "Text stands before the first interchange header; it was not read.")
        else:
            report.error("no-terminator", "", "No segment ends here: the separators cannot be told. Ask the sender to send the file again.")
        return
    if text.lstrip(_BLANKS).startswith("ISA"):
        report.error("broken-header", "", "The interchange header ISA is broken; the separators were guessed from what follows it.")
    else:
        report.doubt("no-envelope", "", "The file has no interchange header (ISA): who sent it is not told; the separators were guessed.")
    yield text, marks


def _doubt_header(header: Header, piece: str, report: Report) -> None:
    if header.squeezed:
        report.doubt(
            "header-length",
            "",
            "The interchange header ISA is not 106 characters long: blanks were lost or added. It was read all the same.",
        )
    mark = re.escape(header.marks.terminator)
    broken = header.marks.terminator != "\n" and re.search(rf"[^{mark} \t\n][ \t]*\n[ \t\n]*[^{mark} \t\n]", piece)
    if header.wrapped or broken:
        report.note("wrapped-lines", "", "Line breaks stand inside of segments; they were left out.")


def _text(data: bytes, report: Report) -> str:
    try:
        text = data.decode(json.detect_encoding(data[:4]) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        report.note("encoding", "", "The file is not UTF-8; it was read as Windows-1252. Check names with accents.")
        text = data.decode("cp1252", "replace")
    text = text.rstrip(_BLANKS + "\r\x1a")  # old systems end a file with 1A
    hidden = text.count("\x00")
    if hidden:
        report.doubt("hidden-characters", "", f"Characters that do not show ({hidden:,}) were left out.")
    return text.replace("\x00", "").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
