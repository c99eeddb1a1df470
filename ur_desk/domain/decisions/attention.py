"""What somebody had before their eyes when they decided: for the auditor, and never a score, a ranking or a reason to refuse."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ur_desk.domain.policy import Sha256

Run = tuple[int, int]
"""First and last line, or page, both in."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines of a policy text, or pages of a record, that stood on the screen, and for how many seconds any of them did."""

    text: Sha256
    runs: tuple[Run, ...]
    seconds: int

    def __post_init__(self) -> None:
        if self.seconds < 0 or not self.runs or any(first < 1 or last < first for first, last in self.runs):
            raise ValueError("lines and pages count from 1, and time does not run backwards")


@dataclass(frozen=True, slots=True)
class Attention:
    """When a case was opened to be decided, and what of its texts was seen since."""

    opened_at: datetime | None = None
    seen: tuple[Seen, ...] = ()


NOTHING_NOTED = Attention()


@dataclass(slots=True)
class Watch:
    """Adds up what stands on a screen while it does; told at each change, and stopped when the screen is left."""

    opened_at: datetime
    _since: dict[Sha256, tuple[Run, datetime]] = field(default_factory=dict)
    _runs: dict[Sha256, list[Run]] = field(default_factory=dict)
    _seconds: dict[Sha256, float] = field(default_factory=dict)

    def shows(self, text: Sha256, first: int, last: int, now: datetime) -> None:
        """These lines of a text are on the screen from now on, in place of others of the same text."""
        if first < 1 or last < first:
            self.stops(text, now)
            return
        self._tally(text, now)
        self._since[text] = (first, last), now
        self._runs.setdefault(text, []).append((first, last))

    def stops(self, text: Sha256, now: datetime) -> None:
        """The text is on the screen no more."""
        self._tally(text, now)
        self._since.pop(text, None)

    def rests(self, now: datetime) -> None:
        """Nothing is on the screen any more."""
        for text in list(self._since):
            self.stops(text, now)

    def told(self, now: datetime) -> Attention:
        """What was seen so far, texts in the order in which they were first seen; nothing that was on the screen for no second."""
        for text in list(self._since):
            self._tally(text, now)
        kept = [Seen(text, joined(runs), int(self._seconds.get(text, 0))) for text, runs in self._runs.items()]
        return Attention(self.opened_at, tuple(kept))

    def _tally(self, text: Sha256, now: datetime) -> None:
        standing = self._since.get(text)
        if standing is None:
            return
        run, since = standing
        self._seconds[text] = self._seconds.get(text, 0.0) + max((now - since).total_seconds(), 0.0)
        self._since[text] = run, now


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same lines in order, runs that touch or overlap as one."""
    told: list[Run] = []
    for first, last in sorted(runs):
        if told and first <= told[-1][1] + 1:
            told[-1] = told[-1][0], max(told[-1][1], last)
        else:
            told.append((first, last))
    return tuple(told)


def words(seen: Seen) -> str:
    """What was seen of a text and how long, such as "1-26, 40-61, for 3 minutes 5 seconds"."""
    runs = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in seen.runs)
    minutes, seconds = divmod(seen.seconds, 60)
    told = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((minutes, "minute"), (seconds, "second")) if count]
    return f"{runs}, for {' '.join(told) or 'less than a second'}"
