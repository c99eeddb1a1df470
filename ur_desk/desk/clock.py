"""Now, as told by a clock that can be another one in tests and in the demo."""

import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Gives the instants that events carry; the only source of time for every verb."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def monotonic(self) -> int:
        """Nanoseconds that only ever grow while the machine is up."""

    def boot(self) -> str:
        """Which start of the machine this is, so that monotonic counts can be compared; empty where it cannot be known."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> int:
        """Nanoseconds since some fixed instant of this start."""
        return time.monotonic_ns()

    def boot(self) -> str:
        """The kernel's id of this start, or the instant of the start in whole seconds."""
        return _boot()


@cache
def _boot() -> str:
    linux = Path("/proc/sys/kernel/random/boot_id")
    if linux.exists():
        return linux.read_text(encoding="ascii").strip()
    return f"up-since-{round(time.time() - time.monotonic())}"
