"""Now, as told by a clock that can be another one in tests and in the demo; and which start of the machine it is."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from ur_desk.domain.trail.computer_clock import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Gives the instants that events carry; the only source of time for every verb."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def monotonic(self) -> int:
        """Nanoseconds that only ever grow while the machine is up, asleep or not."""

    def boot(self) -> str:
        """Which start of the machine this is, so that monotonic counts can be compared; empty where it cannot be known."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> int:
        """Nanoseconds since this start of the machine, its sleep included."""
        return counted(sys.platform)

    def boot(self) -> str:
        """The kernel's id of this start, or the instant of the start in whole seconds; empty where the system tells neither."""
        return _boot()


def moment(clock: Clock) -> Moment:
    """Now, with the start of the machine and its count."""
    return Moment(clock.now(), clock.boot(), clock.monotonic())


def counted(platform: str) -> int:
    """Nanoseconds since this start of a machine, its sleep included: other counts stand still meanwhile on Linux and macOS."""
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(platform, "")
    which = getattr(time, name, None)
    return time.monotonic_ns() if which is None else time.clock_gettime_ns(which)


@cache
def _boot() -> str:
    return boot_of(sys.platform)


def boot_of(platform: str) -> str:
    """This start of the machine by the way of one system; empty where that way is barred."""
    ways: dict[str, Callable[[], str]] = {"linux": linux_boot, "darwin": mac_boot, "win32": windows_boot}
    try:
        return ways[platform]() if platform in ways else ""
    except (OSError, ValueError, AttributeError, ImportError):
        return ""


def linux_boot() -> str:
    """The kernel's own id of this start; OSError where it is not told."""
    return _BOOT_ID.read_text(encoding="ascii").strip()


def mac_boot() -> str:
    """The kernel's id of this start by sysctl (kern.bootsessionuuid), which a clock set anew does not move; OSError where it is not told."""
    import ctypes
    import ctypes.util

    room = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(room))
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if library.sysctlbyname(b"kern.bootsessionuuid", room, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        raise OSError("the system does not tell its start")
    return room.value.decode("ascii").strip().lower()


def windows_boot() -> str:
    """The number that Windows gives each start (its prefetcher's BootId) ; OSError where it is not told."""
    import winreg

    place = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:  # type: ignore[attr-defined,unused-ignore]
        number, _ = winreg.QueryValueEx(key, "BootId")  # type: ignore[attr-defined,unused-ignore]
    return f"start-{int(number)}"
