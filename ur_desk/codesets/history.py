"""What is known of a code on a day: lists that hold for their days, and the days on which single codes changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from ur_desk.domain.codes import Validity


class State(StrEnum):
    """What a list says of a code; values as the table holds them."""

    BILLABLE = "b"
    HEADER = "h"
    ABSENT = "-"
    SOMETIME = "e"
    """Billable on some of the list's days; which ones is not said."""


@dataclass(frozen=True, slots=True)
class Span:
    """One state over a run of days, both included."""

    first: date
    last: date
    state: State


@dataclass(frozen=True, slots=True)
class Release:
    """A list of codes and the days for which it speaks; a cumulative one tells only what never was billable in them."""

    first: date
    last: date
    cumulative: bool = False


_DAY = timedelta(days=1)
_KINDS = {
    "new": (State.ABSENT, State.BILLABLE),
    "new_headers": (State.ABSENT, State.HEADER),
    "expanded": (State.BILLABLE, State.HEADER),
    "collapsed": (State.HEADER, State.BILLABLE),
    "deleted": (State.BILLABLE, State.ABSENT),
}


@dataclass(frozen=True, slots=True)
class History:
    """The lists behind a table of codes, in the order of its columns, and the known days of change.

    `answers_from` is the first day of which anything is said. `changes` holds, by dotless code, the state on the
    eve of the change and on its day.
    """

    answers_from: date
    released: date
    lists: tuple[Release, ...]
    changes: Mapping[str, tuple[Span, ...]]

    def on(self, code: str, states: str, day: date | None) -> Validity:
        """What is known of a dotless code, given its state in each list.

        A list holds for its days; between two that agree, their answer; where they differ `unknown`, unless the day
        of the change is known; after the newest, the newest; before `answers_from`, `unknown`.
        """
        if day is None or day < self.answers_from:
            return Validity.UNKNOWN
        spans = self.spans(code, states)
        state = _state_on(spans, day)
        if state is State.BILLABLE:
            return Validity.VALID
        if state is State.HEADER:
            return Validity.HEADER
        if state is State.ABSENT:
            before = any(span.state is not State.ABSENT for span in spans if span.last < day)
            return Validity.RETIRED if before else Validity.NOT_YET_VALID
        return Validity.UNKNOWN

    def spans(self, code: str, states: str) -> list[Span]:
        """All that is known of the code, by first day."""
        known = [span for at, mark in enumerate(states) if (span := self._span(at, State(mark), states)) is not None]
        return sorted([*known, *self.changes.get(code, ())], key=lambda span: (span.first, span.last))

    def _span(self, at: int, state: State, states: str) -> Span | None:
        release = self.lists[at]
        if release.cumulative and state is State.HEADER:
            return None  # a header on some of the days at least, and never billable
        if state is State.SOMETIME and State.BILLABLE in (states[at - 1 : at] + states[at + 1 : at + 2]):
            return None  # says no more than the list before or after it
        return Span(release.first, release.last, state)


def _state_on(spans: list[Span], day: date) -> State | None:
    holding = [span.state for span in spans if span.first <= day <= span.last]
    if holding:
        return holding[-1]
    earlier = [span for span in spans if span.last < day]
    later = [span for span in spans if span.first > day]
    if not earlier:
        return None
    latest = max(earlier, key=lambda span: span.last).state
    return latest if not later or later[0].state is latest else None


def read(path: Path) -> History:
    """Read the history kept beside a table; `ValueError`, `TypeError`, `LookupError` or `OSError` where it is damaged."""
    data = json.loads(path.read_text(encoding="utf-8"))
    lists = tuple(
        Release(date.fromisoformat(one["first"]), date.fromisoformat(one["last"]), one.get("cumulative", False)) for one in data["lists"]
    )
    released = date.fromisoformat(data["lists"][-1]["released"])
    return History(date.fromisoformat(data["answers_from"]), released, lists, _changes(data["changes"]))


def _changes(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Span, ...]]:
    changes: dict[str, tuple[Span, ...]] = {}
    for group in groups:
        day = date.fromisoformat(group["day"])
        for kind, (before, after) in _KINDS.items():
            for code in group.get(kind, ()):
                bare = code.replace(".", "")
                pair = (Span(day - _DAY, day - _DAY, before), Span(day, day, after))
                changes[bare] = changes.get(bare, ()) + pair
    return changes
