"""The rows of a document's history: reviews and revisions, and the documents that stood before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ur_desk.documents.headings import EARLIER, heading_of
from ur_desk.documents.wording import day_of, find_date, plain
from ur_desk.domain.policy import HistoryRow, Section, SectionKind, Text, TextLine

_KINDS = ("Annual", "Selected", "Early Annual", "New")
_KIND = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})\b(?: Revision| Policy)?\s*\|?\s*")
_REVISION = re.compile(r"Revision\b")
_STATUS = re.compile(r"(?:[A-Za-z][A-Za-z/&-]*\s?){1,3}")
_DOCUMENT = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z.-])[A-Za-z0-9][\w.\-/]*")
_NO_DOCUMENT = re.compile(r"\s+(?:none|n/?a|no (?:earlier |prior )?document)\.?$", re.IGNORECASE)
LONGEST_NAME = 120
"""Characters of a line that can be an organization's name; longer ones are sentences."""

_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s?/\s?(?:19|20)\d\d(?![\d/])")
_MONTH_LAST = re.compile(r"(?<=\s)(?P<month>(?:0?[1-9]|1[0-2])\s?/\s?(?:19|20)\d\d)$")
_LAST = 40
"""So near to its end the day of a row stands where it stands last."""

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


def is_month(action: str) -> bool:
    """Whether a row's words begin with a month and no day ("9/2014 Administrative change"), which is all that some payers print."""
    return _MONTH.match(action) is not None


def _in_section(lines: Sequence[TextLine]) -> Iterator[HistoryRow]:
    table = next((at for at, line in enumerate(lines) if EARLIER.match(plain(line.text[:400]))), len(lines))
    yield from _rows(lines[:table])
    yield from _earlier(lines[table + 1 :])


def _rows(lines: Sequence[TextLine]) -> Iterator[HistoryRow]:
    """The rows; a line between two of them goes on with the first where it is a row of a table that wraps, or its kind of revision."""
    last: HistoryRow | None = None
    for line in lines:
        row = _row(line.text, line.number) or _dated_last(line) or _monthly(line)
        if row is None and last is not None and last.status is not None and _REVISION.match(plain(line.text[:400])):
            if last.status in _KINDS:
                last = replace(last, status=f"{last.status} Revision", last_line=line.number)
            continue
        if row is not None:
            if last is not None:
                yield last
            last = row
    if last is not None:
        yield last


def _dated_last(line: TextLine) -> HistoryRow | None:
    """A row whose kind of revision stands first and whose day stands last: "Annual | No criteria changes. | 02/07/2024"."""
    told = plain(line.text[:4000])
    kind = _KIND.match(told)
    found = find_date(told[-_LAST:]) if kind else None
    if kind is None or found is None or told[-_LAST:][found.end() :].strip(_SEPARATORS):
        return None
    at = max(len(told) - _LAST, 0) + found.start()
    return HistoryRow(kind["kind"], day_of(found), told[kind.end() : at].strip(_SEPARATORS), line.number)


def _monthly(line: TextLine) -> HistoryRow | None:
    """A row that begins with a month; no day is made of it."""
    told = plain(line.text[:4000]).strip("•* |")
    last = None if is_month(told) else _MONTH_LAST.search(told)
    if last is not None:
        told = f"{last['month']} {told[: last.start()].strip(_SEPARATORS)}"  # a date beside the middle of a cell that wraps comes last
    return HistoryRow(None, None, told, line.number) if is_month(told) else None


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
