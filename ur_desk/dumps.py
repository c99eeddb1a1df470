"""What the system might write of this process's memory: asked not to."""

import sys
from contextlib import suppress


def forbid_dumps() -> None:
    """Asks the system to write no dump of this process when it fails: keys and patient data lie in its memory.

    Where the system does not listen, the program goes on; the threat model names what is left (resources/help/security.md).
    """
    if sys.platform == "win32":
        _tell_windows()
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _tell_linux()


def _tell_linux() -> None:
    """No dump by a handler either, and no look into the memory for other programs of the same person (prctl(2), PR_SET_DUMPABLE)."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)


def _tell_windows() -> None:
    """No dialog and no report with memory in it (SetErrorMode; WerSetFlags, WER_FAULT_REPORTING_FLAG_NOHEAP)."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # type: ignore[attr-defined, unused-ignore]
        ctypes.windll.kernel32.WerSetFlags(0x0001)  # type: ignore[attr-defined, unused-ignore]
