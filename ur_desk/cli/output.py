"""What leaves the program in a shell: text without characters that steer a terminal, one JSON document, messages apart."""

import io
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TextIO

from ur_desk.domain.visible import visible
from ur_desk.errors import UserError

# controls that JSON itself leaves as they are, marks that turn the direction of writing, halves of surrogate pairs
_STEERS = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def speak_utf8() -> None:
    """Makes both streams UTF-8, whatever the shell's code page is: names and JSON come through whole."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def typed(text: str, hang: str = "    ") -> str:
    """What a person typed or a file said, for print: controls left out, later lines indented so that none looks like the program's."""
    return f"\n{hang}".join(visible(text).splitlines())


def cell(text: str) -> str:
    """What a person typed, in one line, for a table."""
    return " ".join(visible(text).split())


def echo(text: str = "", *, aside: bool = False) -> None:
    """Prints text to standard output, or aside to standard error; whatever is in it, the terminal is not steered by it."""
    if not aside:
        _put(sys.stdout, visible(text) + "\n")
        return
    with suppress(OSError, UserError):  # nobody reads it
        _put(sys.stderr, visible(text) + "\n")


def say(message: str) -> None:
    """Tells the person one thing, on standard error."""
    echo(typed(message), aside=True)


def write_json(data: Any) -> None:
    """Prints one JSON document to standard output."""
    text = json.dumps(data, indent=2, ensure_ascii=False, default=_plain)
    _put(sys.stdout, _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...]) -> str:
    """Rows in columns, for a person."""
    every = [tuple(cell(value) for value in row) for row in (heads, *rows)]
    widths = [max(len(r[i]) for r in every) for i in range(len(heads))]
    return "\n".join("  ".join(value.ljust(w) for value, w in zip(r, widths, strict=True)).rstrip() for r in every)


def flush() -> None:
    """Sends what waits in standard output on its way; BrokenPipeError where nobody reads any more."""
    _put(sys.stdout, "")


def drop_output() -> None:
    """Lets what still waits in standard output go nowhere, so that the end of the process does not complain."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _put(stream: TextIO | None, text: str) -> None:
    """Writes at once, so that messages and output keep their order; UserError where the file or device takes no more."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as wrong:
        if stream is sys.stdout:
            drop_output()
        raise UserError(f"The output cannot be written: {wrong.strerror}.", "What the command was to save is saved.") from wrong


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)
