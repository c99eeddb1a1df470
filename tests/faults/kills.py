"""Kills a process at a boundary of its work, as a power cut would, and looks at what it left.

A boundary is the moment before a statement that the database runs (those of triggers and of the search index too), or before and
after a step on a file: replaced, renamed, removed, synced, opened, linked, a folder made or removed. Besides, a timer ends a process at an
instant that nobody chose, inside of a commit or of a change of the data key as well.
"""

import os
import shutil
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, NoReturn

from ur_desk.store import vault

FILE_STEPS = ("replace", "rename", "unlink", "remove", "fsync", "mkdir", "rmdir", "open", "link")
_REAL = {name: getattr(os, name) for name in FILE_STEPS}


class Fuse:
    """Counts boundaries, and ends this process without a word at the one that it was set to."""

    def __init__(self, at: int | None) -> None:
        self.seen = 0
        self._at = at
        self._inside = False

    def __call__(self, *_: Any) -> None:
        if self._inside:
            return
        if self.seen == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen += 1

    def lay(self) -> None:
        """Lets every statement and every step on a file of this process pass by here."""
        dbapi = vault.driver()
        connect = dbapi.connect

        def traced(*told: Any, **more: Any) -> Any:
            connection = connect(*told, **more)
            connection.set_trace_callback(self)
            return connection

        dbapi.connect = traced
        for name, real in _REAL.items():
            setattr(os, name, self._around(real))

    def _around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*told: Any, **more: Any) -> Any:
            self()
            done = real(*told, **more)
            self()
            return done

        return step


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its signal (0 where it came to its end), how many boundaries it passed, and the states it committed."""

    signal: int
    boundaries: int
    seconds: float


def run(work: Callable[[], object], *, at: int | None = None, within: float | None = None) -> Ended:
    """Does the work in a child that is killed at boundary `at`, or after `within` seconds, or not at all; RuntimeError where it fails."""
    started = perf_counter()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _child(work, writes, at, within)
    os.close(writes)
    try:
        told = _read(reads)
    finally:
        os.close(reads)
    _, status = os.waitpid(child, 0)
    took = perf_counter() - started
    if os.WIFSIGNALED(status):
        return Ended(os.WTERMSIG(status), -1, took)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(told.decode(errors="replace"))
    return Ended(0, struct.unpack("!I", told)[0], took)


def _child(work: Callable[[], object], writes: int, at: int | None, within: float | None) -> NoReturn:
    try:
        fuse = Fuse(at)
        fuse.lay()
        if within is not None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, within)
        work()
        fuse()  # the boundary behind the last step
        os.write(writes, struct.pack("!I", fuse.seen))
    except BaseException as wrong:
        import traceback

        os.write(writes, "".join(traceback.format_exception(wrong)).encode()[-4000:])
        os._exit(1)
    os._exit(0)


def _read(pipe: int) -> bytes:
    told = b""
    while piece := os.read(pipe, 65536):
        told += piece
    return told


@contextmanager
def copied(folder: Path, room: Path) -> Iterator[Path]:
    """A copy of what lies in a folder, and of what lies beside it; gone at the end."""
    place = room / "kill"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.parent, place)
    try:
        yield place / folder.name
    finally:
        shutil.rmtree(place, ignore_errors=True)
