"""The demo's clock: it plays the weeks before its day, then runs on from there."""

import time
from datetime import datetime, timedelta


class DemoClock:
    """Stands where it is set, a second further at every look, until it is let run."""

    def __init__(self, start: datetime) -> None:
        self._at = start
        self._running_since: int | None = None

    def now(self) -> datetime:
        """The demo's instant, aware, in UTC."""
        if self._running_since is not None:
            return self._at + timedelta(microseconds=(time.monotonic_ns() - self._running_since) // 1000)
        self._at += timedelta(seconds=1)
        return self._at

    def monotonic(self) -> int:
        """Nanoseconds of this machine."""
        return time.monotonic_ns()

    def boot(self) -> str:
        """A demo knows no starts of a machine."""
        return "demo"

    def set(self, at: datetime) -> None:
        """Moves on to an instant; never back."""
        self._at = max(self._at, at)

    def run(self) -> None:
        """Lets the clock run like any other from where it stands."""
        self._running_since = time.monotonic_ns()
