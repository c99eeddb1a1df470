"""Foreign files read in a process of their own, one at a time, with a limit of time; a file that kills or holds it is refused."""

import atexit
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import msgspec

from ur_desk.documents.formats.kinds import NOTHING_SAVED, Format
from ur_desk.documents.formats.source import Source
from ur_desk.documents.frames import FLAG, Answer, Asked, put, take
from ur_desk.errors import UserError

SECONDS = 120.0
"""How long one file may take; a policy of 500 pages takes some 25 s."""

FILES = 200
"""So many files are read by one process; then a fresh one takes over, so that no library's leak adds up."""

IDLE = 30.0
"""Seconds after which a process that nobody needs is let go."""

_log = logging.getLogger(__name__)


class Room:
    """The process and its door; used from any thread, by one at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._idle: threading.Timer | None = None

    def source_of(self, data: bytes, name: str, format_: Format) -> Source:
        """The file's lines; UserError where it is refused, takes too long, or brings the process down."""
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
        return _told(answer, name, late)

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

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
            self._process = subprocess.Popen(
                command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), creationflags=flags
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


def source_of(data: bytes, name: str, format_: Format) -> Source:
    """The file's lines, read in the program's one process for foreign files; UserError as for `Room.source_of`."""
    return _ROOM.source_of(data, name, format_)


def command() -> list[str]:
    """How the program starts itself as the process that reads: frozen by its own file, else by Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", "ur_desk", FLAG]


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


def _told(answer: Answer | None, name: str, late: bool) -> Source:
    if answer is not None and answer.source is not None:
        return answer.source
    if answer is not None and answer.message:
        raise UserError(answer.message, answer.hint)
    if late:
        raise UserError(f"{name} takes longer to read than any policy does. {NOTHING_SAVED}", "Choose the policy's own document.")
    _log.error("a document could not be read: %s", answer.fault if answer is not None else "the reading process ended")
    raise UserError(
        f"{name} cannot be read: it is damaged, or made as no program makes it. {NOTHING_SAVED}", "Fetch the file again from the payer."
    )


_ROOM = Room()
atexit.register(_ROOM.close)
