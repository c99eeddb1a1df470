"""Which codes, ranges and wildcards that policies print hold a code: the same places as in a match, for whoever only looks a code up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from ur_desk.domain.codes import PROCEDURES, System
from ur_desk.domain.library.catalogue import CodePlace, Why
from ur_desk.domain.policy import EntryState
from ur_desk.matching.index import Places, code_key


@dataclass(frozen=True, slots=True)
class Sought:
    """A code, or a range of codes with its high end; a wildcard has both ends on the code above all that it takes in."""

    system: System
    low: str
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A printed place that holds what was sought, and how: the code itself, a range or wildcard, a doubtful one, or what lies below it.

    `width` says how wide it is, in places of its table; narrow ones tell more.
    """

    place: CodePlace
    why: Why
    width: float


def holding(sought: Sought, printed: Iterable[CodePlace], places: Places) -> tuple[Holding, ...]:
    """The places that hold the code, or share one with the range; narrow before wide, what is listed before what is only named."""
    space = [place for place in printed if _same_space(place.system, sought.system)]
    found = _diagnoses(sought, space, places) if sought.system is System.ICD10CM else _others(sought, space)
    order = list(Why)
    return tuple(sorted(found, key=lambda each: (order.index(each.why), each.width)))


def _same_space(one: System, other: System) -> bool:
    return one is other or {one, other} <= PROCEDURES


def _diagnoses(sought: Sought, printed: Iterable[CodePlace], places: Places) -> Iterator[Holding]:
    first, last = places.first(sought.low), places.last(sought.high or sought.low)
    if inf in (first, last):
        yield from _others(sought, printed)
        return
    first, last = min(first, places.first(sought.high or sought.low)), max(last, places.last(sought.low))
    for place in printed:
        low, high = places.span(place)
        if low <= last and first <= high:
            yield Holding(place, _why(sought, place, holds=low <= first and (last <= high or sought.high is None)), high - low)


def _why(sought: Sought, place: CodePlace, holds: bool) -> Why:
    if place.role is not None:
        return Why.MENTIONED
    if (place.low, place.high) == (sought.low, sought.high):
        return Why.LISTED
    if not holds:
        return Why.BELOW
    return Why.WIDER if place.state is not EntryState.OK else Why.RANGE


def _others(sought: Sought, printed: Iterable[CodePlace]) -> Iterator[Holding]:
    first, last = sorted((code_key(sought.low), code_key(sought.high or sought.low)))
    open_ended = sought.high == sought.low
    for place in printed:
        low, high = sorted((code_key(place.low), code_key(place.high or place.low)))
        wild = place.high == place.low
        holds = (low <= first and last <= high) or (wild and first.startswith(low))
        touches = (low <= last and first <= high) or (open_ended and low.startswith(first))
        if holds or touches:
            yield Holding(place, _why(sought, place, holds), 0.0 if low == high else 1.0)
