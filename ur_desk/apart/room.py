"""Foreign files read in a process of their own, one at a time, with a limit of time; a file that kills or holds it is refused."""

import atexit
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Generic, TypeVar

import msgspec

from ur_desk.apart.frames import FLAG, NO_ROOM, NOTHING, Answer, Asked, put, take
from ur_desk.errors import UserError

SECONDS = 120.0
"""How long one file may take; a policy of 500 pages takes some 25 s."""

FILES = 200
"""So many files are read by one process; then a fresh one takes over, so that no library's leak adds up."""

IDLE = 30.0
"""Seconds after which a process that nobody needs is let go."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusals:
    """What a person is told of a file that cannot be read, each a sentence that follows the file's name, and what to do."""

    late: str
    large: str
    damaged: str
    after: str
    """What was not lost, behind each of the three."""
    choose: str
    """What to do about a file that takes too much time or memory."""
    again: str
    """What to do about a damaged one."""


class Room(Generic[T]):
    """The process of one reader and its door; used from any thread, by one at a time."""

    def __init__(self, reader: str, gives: type[T], refusals: Refusals, seconds: float = SECONDS) -> None:
        """`gives` is the type of what the reader makes of a file."""
        self._reader, self._gives, self._refusals = reader, gives, refusals
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._idle: threading.Timer | None = None
        atexit.register(self.close)

    def read(self, data: bytes, name: str, format_: str) -> T:
        """What the reader makes of the file; UserError where it is refused, takes too long, or brings the process down."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            answer, late = self._asked(Asked(name, format_, len(data)), data)
            self._read += 1
            if answer is None or self._read >= FILES:
                self._end()
            else:
                self._idle = threading.Timer(IDLE, self.close)
                self._idle.daemon = True
                self._idle.start()
        return self._told(answer, name, late)

    def close(self) -> None:
        """Ends the process; the next file starts another."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._end()

    def _asked(self, asked: Asked, data: bytes) -> tuple[Answer | None, bool]:
        """The answer, or None where none came; and whether that is for want of time."""
        process = self._started()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self._seconds, end)
        watch.daemon = True
        watch.start()
        try:
            told = _exchanged(process, msgspec.json.encode(asked), data)
            return (None if told is None else msgspec.json.decode(told, type=Answer)), late.is_set()
        except (OSError, msgspec.MsgspecError):
            return None, late.is_set()
        finally:
            watch.cancel()

    def _told(self, answer: Answer | None, name: str, late: bool) -> T:
        if answer is not None and answer.told != NOTHING:
            with suppress(msgspec.MsgspecError):  # what is no answer of this reader is none
                return msgspec.json.decode(answer.told, type=self._gives)
        if answer is not None and answer.message:
            raise UserError(answer.message, answer.hint)
        said = self._refusals
        if late:
            raise UserError(f"{name} {said.late} {said.after}", said.choose)
        if answer is not None and answer.fault == NO_ROOM:
            raise UserError(f"{name} {said.large} {said.after}", said.choose)
        _log.error("a file could not be read: %s", answer.fault if answer is not None else "the reading process ended")
        raise UserError(f"{name} {said.damaged} {said.after}", said.again)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
            self._process = subprocess.Popen(
                command(self._reader),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=flags,
            )
        return self._process

    def _end(self) -> None:
        process, self._process, self._read = self._process, None, 0
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            _shut(pipe)
        process.wait()


def command(reader: str) -> list[str]:
    """How the program starts itself as the process that reads: frozen by its own file, else by Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, reader]
    return [sys.executable, "-P", "-m", "ur_desk", FLAG, reader]


def _environment() -> dict[str, str]:
    """The program's environment without its own settings: the process needs neither workspace nor passphrase."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("UR_DESK_")}
    root = str(Path(__file__).parents[2])
    kept["PYTHONPATH"] = os.pathsep.join([root, *filter(None, [kept.get("PYTHONPATH")])])
    return kept


def _exchanged(process: subprocess.Popen[bytes], head: bytes, data: bytes) -> bytes | None:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process is started with both pipes")
    put(process.stdin, head)
    put(process.stdin, data)
    return take(process.stdout)


def _shut(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        pass  # bytes that the ended process did not take any more
