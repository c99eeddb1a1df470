"""What is gathered while one request is read: words for its notes, places for its problems, days and numbers as a draft has them."""

import re

from ur_desk.importers.x12_report import Report
from ur_desk.importers.x12_segments import Segment

_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class Sheet:
    """Notes, messages and places of one request; what the program has no field for is kept here readable, codes as codes."""

    def __init__(self, report: Report, head: Segment) -> None:
        self.report = report
        self.messages: list[str] = []
        self._head = head
        self._lines: list[str] = []
        self._places: dict[str, Segment] = {}

    def tell(self, what: str, said: str) -> None:
        """A line of the notes, where anything is said."""
        if said:
            self._lines.append(f"{what}: {said}")

    def found(self, path: str, segment: Segment) -> None:
        """A field of the draft, and all below it that has no place of its own, was read from that segment."""
        self._places.setdefault(path, segment)

    def place(self, path: str) -> str:
        """The segment that a field was read from; the head of the transaction where none was."""
        while path:
            segment = self._places.get(path)
            if segment is not None:
                return segment.place
            path = path.rpartition(".")[0]
        return self._head.place

    @property
    def notes(self) -> str:
        """The sender's own messages first, then what else the transaction tells."""
        rest = ["Also told by the X12 message:", *self._lines] if self._lines else []
        return "\n".join([*self.messages, *([""] if self.messages and rest else []), *rest])


def day(text: str) -> str:
    """A day as a draft has it; what is no CCYYMMDD stays as it stood, so that it is doubted."""
    match = _DAY.fullmatch(text)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else text


def plain(text: str) -> str:
    """A day or two days with a hyphen between them for a person to read; anything else as it stood."""
    return " to ".join(day(part) for part in text.split("-")) if re.fullmatch(r"[0-9]{8}(?:-[0-9]{8})?", text) else text


def days(segment: Segment, qualifier: int, value: int) -> tuple[str, str, bool]:
    """First day, last day and whether the format is one of those that the 278 has: D8, RD8, or DT with a time, which is left to the notes."""
    told, text = segment.text(qualifier), segment.text(value)
    if told == "RD8":
        first, _, last = text.partition("-")
        return day(first.strip()), day(last.strip()), True
    if told == "DT":
        return day(text[:8]), "", True
    return (day(text), "", True) if told == "D8" else ("", "", False)
