"""The line that a fax machine prints at the edge of a page: when the fax came in, proposed with where it can be looked up."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ur_desk.domain.intake.mapping import DateOrder
from ur_desk.domain.intake.proposing import Proposed
from ur_desk.domain.intake.sheets import Sheet, Word
from ur_desk.domain.request import Channel, Evidence
from ur_desk.importers.days import read_day

_EDGE = 0.07
"""Part of a page's height at its top and at its foot in which machines print."""
_DAY = re.compile(
    r"\b(?:[0-9]{1,2}[/-][0-9]{1,2}[/-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[A-Z]{3,9}\.?[ -][0-9]{1,2},?[ -](?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}[ -][A-Z]{3,9}[ -](?:[0-9]{4}|[0-9]{2}))\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b([0-9]{1,2}:[0-9]{2})(?::[0-9]{2})?\s*([AP])?\.?(?:M\b\.?)?", re.IGNORECASE)
_MACHINE = re.compile(r"\b(?:fax|from|to|csid|tsid|tti|rti|remote)\b|\(?\b[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}\b", re.IGNORECASE)
"""Words of such a line besides day and time: a browser that prints a page names neither."""


def fax_header(sheets: Sequence[Sheet]) -> tuple[Proposed, ...]:
    """The receipt as the first page that has such a line tells it; none where no page has one. The zone is not printed on it."""
    for number, sheet in enumerate(sheets, 1):
        for line in _edges(sheet.words):
            if told := tuple(_read(line, number)):
                return told
    return ()


def _edges(words: Sequence[Word]) -> Iterator[str]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.bottom <= _EDGE or word.top >= 1 - _EDGE:
            lines.setdefault(word.line, []).append(word)
    for _, line in sorted(lines.items()):
        yield " ".join(word.text for word in sorted(line, key=lambda word: word.left))


def _read(line: str, page: int) -> Iterator[Proposed]:
    day, time = _DAY.search(line), _TIME.search(line)
    rest = line
    for found in (day, time):
        rest = rest.replace(found[0], " ", 1) if found else rest
    told = read_day(" ".join(day[0].split()), DateOrder.MDY, short_years=True) if day else None
    if told is None or time is None or not _MACHINE.search(rest):
        return
    half = f" {time[2].upper()}M" if time[2] else ""
    yield Proposed("received_date", f"{date.fromisoformat(told.day):%m/%d/%Y}", page)
    yield Proposed("received_time", f"{time[1]}{half}", page)
    yield Proposed("received_evidence", Evidence.FAX_HEADER.value, page)
    yield Proposed("received_evidence_where", f"page {page}", page)
    yield Proposed("channel", Channel.FAX.value, page)
