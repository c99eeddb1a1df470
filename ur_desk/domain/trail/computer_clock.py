"""The clock, watched: whether an event's time agrees with what was known before it, and which times nothing attests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(seconds=5)
"""What a clock may be off beside the machine's own count before anybody is told; file times are as coarse as two seconds."""
DRIFT = 1000
"""A clock that is set right by small steps gains or loses less than one part in this many."""
QUARTER = timedelta(minutes=15)
WIDEST = timedelta(hours=14)
"""Time zones differ by quarters of an hour, by 14 hours at most from UTC."""
_MACHINE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(up-since|start)-[0-9]+")


class Jump(StrEnum):
    """How a clock was moved: `zone` where it was by whole quarters of an hour, as if it had been given another time zone."""

    FORWARD = "forward"
    BACKWARD = "backward"
    ZONE = "zone"


class Against(StrEnum):
    """Beside what a clock looked wrong."""

    COUNT = "count"
    EVENT = "event"
    SEEN = "seen"
    BOOT = "boot"
    FILE = "file"
    BACKUP = "backup"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as a clock told it, with the start of the machine and its count in nanoseconds since then."""

    at: datetime
    boot: str
    monotonic: int

    @property
    def of_machine(self) -> bool:
        """Whether a machine's own start stands behind it; a clock of the demo or of a test attests nothing and is not doubted."""
        return _MACHINE.fullmatch(self.boot) is not None


@dataclass(frozen=True, slots=True)
class ClockDoubted:
    """The clock was moved, or looks so: which way, by how many seconds, and beside what. `told` is the instant that it
    contradicts, where that is one."""

    kind: Jump
    by_seconds: int
    against: Against
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An instant before which now cannot be: when, and what tells it."""

    at: datetime
    against: Against


def judged(last: Moment | None, now: Moment) -> ClockDoubted | None:
    """Whether a new event's time agrees with the last one's: by the machine's count since then, or, after another start, by not
    being earlier. None where it does, and where no machine stands behind one of the two."""
    if last is None or not (last.of_machine and now.of_machine):
        return None
    if last.boot == now.boot:
        counted = timedelta(microseconds=(now.monotonic - last.monotonic) // 1000)
        off = now.at - last.at - counted
        return _doubt(off, Against.COUNT, last.at) if abs(off) > allowed(counted) else None
    return behind(now, (Evidence(last.at, Against.EVENT),))


def behind(now: Moment, evidence: Iterable[Evidence]) -> ClockDoubted | None:
    """The strongest doubt where now is earlier than something that was there before; None where it is not."""
    if not now.of_machine:
        return None
    newest = max(evidence, key=lambda told: told.at, default=None)
    if newest is None or newest.at - now.at <= TOLERANCE:
        return None
    return _doubt(now.at - newest.at, newest.against, newest.at)


def started_before(now: Moment, seen: Moment) -> ClockDoubted | None:
    """Whether this start of the machine, by its clock and count, lies before an event that the same machine saw at an earlier start."""
    if not (now.of_machine and seen.of_machine) or now.boot == seen.boot:
        return None
    count = timedelta(microseconds=now.monotonic // 1000)
    off = now.at - count - seen.at
    return _doubt(off, Against.BOOT, seen.at) if off < -allowed(count) else None


def allowed(elapsed: timedelta) -> timedelta:
    """How far a clock may be off that was last known to be right `elapsed` ago."""
    return TOLERANCE + abs(elapsed) / DRIFT


def _doubt(off: timedelta, against: Against, told: datetime) -> ClockDoubted:
    return ClockDoubted(_kind(off), round(off.total_seconds()), against, told)


def _kind(off: timedelta) -> Jump:
    quarters = round(off / QUARTER)
    if quarters and abs(off) <= WIDEST + TOLERANCE and abs(off - quarters * QUARTER) <= TOLERANCE:
        return Jump.ZONE
    return Jump.FORWARD if off > timedelta(0) else Jump.BACKWARD


@dataclass(slots=True)
class Attesting:
    """One walk over the moments of all events in order, which finds those of which nothing attests the time.

    Within one start of the machine, its count attests every time that agrees with the first one. Where another start begins
    earlier than the last event, one of the two is wrong and nobody can tell which: neither is attested. Nor is a time of
    which the start is not known, nor any under a doubt that was raised at its opening.
    """

    unattested: set[int] = field(default_factory=set)
    _first: Moment | None = None
    _wrong: bool = False
    _segment: list[tuple[int, datetime]] = field(default_factory=list)
    _last: Moment | None = None

    def add(self, number: int, moment: Moment, *, doubts: bool = False) -> None:
        """The next event; `doubts` where it is itself the doubt of an opening."""
        if self._first is None or moment.boot != self._first.boot:
            self._begin(moment)
        assert self._first is not None
        self._wrong = self._wrong or doubts
        if not moment.boot or (moment.of_machine and (self._wrong or judged(self._first, moment) is not None)):
            self.unattested.add(number)
        self._segment.append((number, moment.at))
        self._last = moment

    def _begin(self, moment: Moment) -> None:
        self._wrong = judged(self._last, moment) is not None
        if self._wrong:
            self.unattested.update(number for number, at in self._segment if at > moment.at)
        self._first, self._segment = moment, []
