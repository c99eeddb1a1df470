"""The codes that two versions list, as sets: a range that was split, or written out, lists what it listed before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from math import inf

from ur_desk.documents.wording import plain
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.library.difference import ChangeKind, CodeSetChange
from ur_desk.domain.policy import CodeEntry

MOST = 20_000
"""Codes of a numbered range that are written out; a longer one stands for itself."""

_NUMBERED = re.compile(r"(?P<head>[A-Z]*)(?P<digits>\d+)(?P<tail>[A-Z]?)")

Listing = tuple[str | None, str | None]
"""How a code is listed: under which position, or else which heading, and on what condition."""
Place = tuple[str, float]
"""Where a code stands: in a row of codes that follow each other, and where in it."""


@dataclass(frozen=True, slots=True)
class _Code:
    """A code of a system, and where it stands in its order."""

    system: System
    code: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Listed:
    """How a version lists a code, and on which lines."""

    listings: frozenset[Listing]
    lines: tuple[int, ...]


def set_changes(old: Iterable[CodeEntry], new: Iterable[CodeEntry], codeset: CodeSet) -> tuple[CodeSetChange, ...]:
    """The codes that came, went, or are listed otherwise, neighbours in one run."""
    before, after = _listed(old, codeset), _listed(new, codeset)
    differing = [(code, kind) for code in before.keys() | after.keys() if (kind := _kind(before.get(code), after.get(code)))]
    differing.sort(key=lambda each: (tuple(System).index(each[0].system), each[0].place, each[0].code))
    return tuple(_run(run, before, after) for run in _runs(differing, before, after))


def touched(entry: CodeEntry, changes: Iterable[CodeSetChange], new: bool) -> bool:
    """Whether an entry of the old or the `new` version holds codes that changed."""
    return any(entry.system is each.system and entry.line in (each.new_lines if new else each.old_lines) for each in changes)


def _kind(before: _Listed | None, after: _Listed | None) -> ChangeKind | None:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.REMOVED
    return ChangeKind.CHANGED if before.listings != after.listings else None


def _listed(entries: Iterable[CodeEntry], codeset: CodeSet) -> dict[_Code, _Listed]:
    found: dict[_Code, tuple[set[Listing], dict[int, None]]] = {}
    for entry in entries:
        heading = entry.position.value if entry.position else plain(entry.group or "").casefold() or None
        listing = (heading, plain(entry.condition).casefold() if entry.condition else None)
        for code in _codes(entry, codeset):
            listings, lines = found.setdefault(code, (set(), {}))
            listings.add(listing)
            lines[entry.line] = None
    return {code: _Listed(frozenset(listings), tuple(lines)) for code, (listings, lines) in found.items()}


def _codes(entry: CodeEntry, codeset: CodeSet) -> Iterator[_Code]:
    make = partial(_Code, entry.system)
    if entry.system is System.ICD10CM:
        places = {code: codeset.place(code) for code in (entry.low, entry.high) if code}
        low, high = min(places.values()), max(codeset.last_place(code) for code in places)
        named = {code: place for code, place in places.items() if not codeset.exists(code)}
        yield from (make(code, ("", place)) for code, place in named.items())
        if high < inf:
            yield from (make(code, ("", codeset.place(code))) for code in codeset.between(low, high))
        return
    first, last = _NUMBERED.fullmatch(entry.low), _NUMBERED.fullmatch(entry.high or entry.low)
    if first and last and (first["head"], first["tail"], len(first["digits"])) == (last["head"], last["tail"], len(last["digits"])):
        low, high = sorted((int(first["digits"]), int(last["digits"])))
        if high - low < MOST:
            row, width = f"{first['head']}#{first['tail']}", len(first["digits"])
            yield from (make(f"{first['head']}{n:0{width}}{first['tail']}", (row, float(n))) for n in range(low, high + 1))
            return
    yield make(entry.printed, (entry.printed, 0.0))


def _runs(
    differing: list[tuple[_Code, ChangeKind]], before: dict[_Code, _Listed], after: dict[_Code, _Listed]
) -> Iterator[list[tuple[_Code, ChangeKind]]]:
    run: list[tuple[_Code, ChangeKind]] = []
    for code, kind in differing:
        last = run[-1] if run else None
        follows = last and (last[0].system, last[0].place[0], last[1]) == (code.system, code.place[0], kind)
        if last and follows and code.place[1] - last[0].place[1] <= 1 and _alike(last[0], code, before) and _alike(last[0], code, after):
            run.append((code, kind))
            continue
        if run:
            yield run
        run = [(code, kind)]
    if run:
        yield run


def _alike(left: _Code, right: _Code, listed: dict[_Code, _Listed]) -> bool:
    one, other = listed.get(left), listed.get(right)
    return one is other or (one is not None and other is not None and one.listings == other.listings)


def _run(run: list[tuple[_Code, ChangeKind]], before: dict[_Code, _Listed], after: dict[_Code, _Listed]) -> CodeSetChange:
    first, kind = run[0]
    last = run[-1][0]
    lines = [tuple(dict.fromkeys(n for code, _ in run if code in held for n in held[code].lines)) for held in (before, after)]
    return CodeSetChange(kind, first.system, first.code, last.code if len(run) > 1 else None, len(run), lines[0], lines[1])
