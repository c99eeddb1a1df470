"""What lies in the search of the library: sections by words, lines by number, codes by bucket."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ur_desk.domain.codes import System
from ur_desk.domain.library.catalogue import CodePlace
from ur_desk.domain.policy import EntryState, MentionRole, Sha256
from ur_desk.store.code_buckets import asked_buckets
from ur_desk.store.door import Door
from ur_desk.store.search import match_text

_BITS = 20
_LINES = 1 << _BITS
"""Row numbers that a text has for its sections; no document has so many lines."""
_HEAD = 1 << 43
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
"""Around a found place; no text holds these two, which are no characters."""
_PLACE = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")


def rows_from(text: Sha256) -> tuple[int, int]:
    """The first row number of a text's sections in the search, and the one behind its last.

    Row number less the first is the section's first line, so that neither which text a row is of nor where its lines stand has to be read.
    """
    first = (int(text[:11], 16) % _HEAD) * _LINES
    return first, first + _LINES


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with first character and length of each found place."""

    number: int
    words: str
    marks: tuple[tuple[int, int], ...]
    last_line: int


Sections = dict[int, tuple[MarkedLine, ...]]
"""Lines of sections by row number, in the order in which they were found."""
_MARKED = f"rowid, first_line, last_line, highlight(shelf_search, 3, '{_OPEN}', '{_SHUT}')"


class Finding:
    """Asks the search of the library; nothing here reads a reading."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def texts_with(self, query: str, heads: Mapping[int, Sha256]) -> frozenset[Sha256]:
        """The texts that hold what the query asks for; `heads` are the texts by `head_of` their rows."""
        rows = self._db.execute("SELECT rowid FROM shelf_search WHERE shelf_search MATCH ?", [query]).fetchall()
        return frozenset(heads[head] for head in {number >> _BITS for (number,) in rows} & heads.keys())

    def best(self, query: str, limit: int) -> tuple[int, ...]:
        """The row numbers of the best sections, best first."""
        asked = "SELECT rowid FROM shelf_search WHERE shelf_search MATCH ? ORDER BY rank LIMIT ?"
        return tuple(number for (number,) in self._db.execute(asked, [query, limit]).fetchall())

    def best_marked(self, query: str, limit: int) -> Sections:
        """The best sections, best first, each with the lines that hold something of what the query asks for."""
        asked = f"SELECT {_MARKED} FROM shelf_search WHERE shelf_search MATCH ? ORDER BY rank LIMIT ?"
        return _sections(self._db.execute(asked, [query, limit]).fetchall())

    def marked(self, query: str, rows: Sequence[int]) -> Sections:
        """These sections, in their order, each with the lines that hold something of what the query asks for."""
        if not rows:
            return {}
        asked = f"SELECT {_MARKED} FROM shelf_search WHERE shelf_search MATCH ? AND rowid IN ({', '.join('?' * len(rows))})"
        found = _sections(self._db.execute(asked, [query, *rows]).fetchall())
        return {row: found[row] for row in rows if row in found}

    def line(self, text: Sha256, line: int) -> str:
        """The words of a line; empty where no section holds it."""
        first, _ = rows_from(text)
        asked = "SELECT first_line, words FROM shelf_search WHERE rowid > ? AND rowid <= ? ORDER BY rowid DESC LIMIT 1"
        row = self._db.execute(asked, [first, first + line]).fetchone()
        lines = row[1].split("\n") if row else []
        return lines[line - row[0]] if row and line - row[0] < len(lines) else ""

    def places(self, system: System, low: str, high: str | None) -> tuple[CodePlace, ...]:
        """Every code place that may hold a code, or share one with a range; whoever has the table of codes looks which does."""
        names, starts = asked_buckets(system, low, high)
        condition = " OR ".join([f"bucket IN ({', '.join('?' * len(names))})", *["(bucket >= ? AND bucket < ?)"] * len(starts)])
        values = [*names, *(end for start in starts for end in (start, start + "\uffff"))]
        rows = self._db.execute(f"SELECT text, places FROM shelf_codes WHERE {condition}", values).fetchall()
        return tuple(dict.fromkeys(place for text, places in rows for place in _code_places(text, places)))


def head_of(number: int) -> int:
    """What all rows of a text have in common, and no row of another."""
    return number >> _BITS


def _sections(found: Iterable[Sequence[Any]]) -> Sections:
    return {number: tuple(_marked_lines(words, first, last)) for number, first, last, words in found}


def _code_places(text: str, places: str) -> Iterator[CodePlace]:
    for system, low, high, line, state, role in json.loads(places):
        yield CodePlace(Sha256(text), System(system), low, high, line, EntryState(state), MentionRole(role) if role else None)


def _marked_lines(words: str, first: int, last: int) -> Iterable[MarkedLine]:
    """The lines with marks. A phrase that runs over a line's end is marked on both."""
    inside = False
    for number, line in enumerate(words.split("\n"), start=first):
        whole = (_OPEN if inside else "") + line
        inside = whole.rfind(_OPEN) > whole.rfind(_SHUT)
        whole += _SHUT if inside else ""
        marks, taken = list[tuple[int, int]](), 0
        for found in _PLACE.finditer(whole):
            marks.append((found.start() - taken, len(found[1])))
            taken += 2
        if marks:
            yield MarkedLine(number, _PLACE.sub(r"\1", whole), tuple(mark for mark in marks if mark[1]), last)


__all__ = ["Finding", "MarkedLine", "head_of", "match_text", "rows_from"]
