"""The rows of a document's history: reviews and revisions, and the documents that stood before it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ur_desk.documents.headings import EARLIER, heading_of
from ur_desk.documents.wording import day_of, find_date, plain
from ur_desk.domain.policy import HistoryRow, Section, SectionKind, Text, TextLine

_STATUS = re.compile(r"(?:[A-Za-z][A-Za-z/&-]*\s?){1,3}")
_DOCUMENT = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z.-])[A-Za-z0-9][\w.\-/]*")
_NO_DOCUMENT = re.compile(r"\s+(?:none|n/?a|no (?:earlier |prior )?document)\.?$", re.IGNORECASE)
LONGEST_NAME = 120
"""Characters of a line that can be an organization's name; longer ones are sentences."""

_SEPARATORS = " |:-–—\u00a0"


def history_of(text: Text, sections: Sequence[Section]) -> tuple[HistoryRow, ...]:
    """The rows in the order printed; a row of the earlier documents names its organization."""
    rows: list[HistoryRow] = []
    for section in sections:
        if section.kind is SectionKind.HISTORY:
            rows += _in_section(text.span(section.first_line, section.last_line))
    return tuple(rows)


def is_history_row(line: str) -> bool:
    """Whether a line is a row of a history: perhaps a status word, a day, what was done."""
    return _row(line, 1) is not None


def _in_section(lines: Sequence[TextLine]) -> Iterator[HistoryRow]:
    table = next((at for at, line in enumerate(lines) if EARLIER.match(plain(line.text[:400]))), len(lines))
    for line in lines[:table]:
        row = _row(line.text, line.number)
        if row is not None:
            yield row
    yield from _earlier(lines[table + 1 :])


def _row(line: str, number: int) -> HistoryRow | None:
    told = plain(line[:4000]).strip("•* |")
    found = find_date(told[:80])
    if found is None:
        return None
    before = told[: found.start()].strip(_SEPARATORS)
    if before and not _STATUS.fullmatch(before):
        return None
    action = told[found.end() :].strip(_SEPARATORS)
    return HistoryRow(before or None, day_of(found), action, number)


def _earlier(lines: Sequence[TextLine]) -> Iterator[HistoryRow]:
    """The rows of the table of earlier documents; a row may run over lines, its organization first."""
    waiting: tuple[str, int] | None = None
    for line in lines:
        told = plain(line.text[:4000])
        if not told or heading_of(told) is not None:
            continue
        found = find_date(told)
        bare = _NO_DOCUMENT.search(told)
        before = told[: found.start()].strip(_SEPARATORS) if found else ""
        if found and (before or waiting):
            name, first = (before, line.number) if before or waiting is None else waiting
            yield _dated(name, first, line.number, told[found.end() :].strip(_SEPARATORS), day_of(found))
            waiting = None
            continue
        if waiting:
            yield _undated(*waiting)
        waiting = None
        if bare and bare.start():
            yield HistoryRow(None, None, told[bare.start() :].strip(), line.number, told[: bare.start()].strip(), last_line=line.number)
        elif not found and len(told) <= LONGEST_NAME:
            waiting = (told, line.number)
    if waiting:
        yield _undated(*waiting)


def _dated(name: str, first: int, last: int, rest: str, day: date | None) -> HistoryRow:
    number = _DOCUMENT.match(rest)
    title = rest[number.end() :].strip(_SEPARATORS) if number else rest
    return HistoryRow(None, day, title, first, name, number[0] if number else None, last)


def _undated(name: str, line: int) -> HistoryRow:
    return HistoryRow(None, None, "", line, name, last_line=line)
