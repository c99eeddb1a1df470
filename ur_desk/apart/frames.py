"""What goes between the program and the process in which foreign files are read: a head with its length, then the file's bytes; one answer back."""

from typing import IO

import msgspec

FLAG = "--read-apart"
"""The argument with which the program starts as that process; the name of a reader follows it."""

_LENGTH = 8
MOST = 512 * 1024 * 1024
"""Bytes of one frame; a longer one is no answer."""


NOTHING = msgspec.Raw(b"null")
"""The answer of a reader that made nothing."""

NO_ROOM = "no-room"
"""The fault of a file that needs more memory than the process may take."""


class Asked(msgspec.Struct, frozen=True):
    """One file to be read: its name for the sentences, its format as the reader names it, how many bytes follow."""

    name: str
    format: str
    size: int


class Answer(msgspec.Struct, frozen=True):
    """What became of it: what the reader made of it, as JSON, or a refusal (`message`, `hint`), or the name and place of a fault, which
    tell nothing of the file."""

    told: msgspec.Raw = NOTHING
    message: str = ""
    hint: str = ""
    fault: str = ""


def put(stream: IO[bytes], data: bytes) -> None:
    """Writes a frame; OSError where nobody reads any more."""
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def take(stream: IO[bytes]) -> bytes | None:
    """The next frame; None where the stream ended, also in the middle of one."""
    length = int.from_bytes(_all(stream, _LENGTH) or b"\xff" * _LENGTH, "big")
    return _all(stream, length) if length <= MOST else None


def _all(stream: IO[bytes], length: int) -> bytes | None:
    told = stream.read(length)
    return told if len(told) == length else None
