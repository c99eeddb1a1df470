"""The process in which foreign files are read: bytes in, records out; it opens no file and no connection, and its memory is bounded."""

import contextlib
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import msgspec

from ur_desk.apart.frames import NO_ROOM, Answer, Asked, put, take
from ur_desk.errors import UserError

Read = Callable[[bytes, str, str], Any]
"""The bytes of a file, its name and its format, to a value that JSON can tell."""

MEMORY = 3 * 1024 * 1024 * 1024
"""Bytes of address space that the process may take, where the system knows such a limit."""

READERS = {
    "policy": "ur_desk.documents.read_apart",
    "workbook": "ur_desk.importers.read_apart",
    "record": "ur_desk.documents.read_record",
    "form": "ur_desk.documents.read_form",
    "font": "ur_desk.pdf.read_font",
}
"""The readers by name, each a module with `NEEDED`, the modules that reading may need, all loaded before the door to the file system is
shut, and `read(data, name, format)`; named and not imported, so that nothing below the makers knows them."""

_ENCODINGS = tuple(
    f"encodings.{name}"
    for name in (
        "ascii", "cp1252", "cp437", "idna", "latin_1", "utf_8_sig", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le",
    )
)  # fmt: skip
_CODE = (".py", ".pyc", ".so", ".pyd", ".dll")
_ROOTS = tuple({sys.prefix, sys.base_prefix, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))})
_SHUT = ("open", "socket.", "subprocess.", "os.", "ctypes.dlopen", "shutil.", "ftplib.", "smtplib.", "urllib.", "http.", "winreg.", "pty.")


def serve(reader: str) -> None:
    """Answers with one of the readers until its input ends; what the libraries print goes nowhere. KeyError where there is no such reader."""
    reads: Any = importlib.import_module(READERS[reader])
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    for module in (*_ENCODINGS, *reads.NEEDED):
        importlib.import_module(module)
    _bound()
    sys.addaudithook(_refuse)
    _answer_all(reads.read, sys.stdin.buffer, answers)


def _answer_all(read: Read, questions: BinaryIO, answers: BinaryIO) -> None:
    while (head := take(questions)) is not None:
        asked = msgspec.json.decode(head, type=Asked)
        data = take(questions)
        if data is None or len(data) != asked.size:
            return
        put(answers, msgspec.json.encode(_answer(read, data, asked)))


def _answer(read: Read, data: bytes, asked: Asked) -> Answer:
    try:
        return Answer(msgspec.Raw(msgspec.json.encode(read(data, asked.name, asked.format))))
    except UserError as refused:
        return Answer(message=refused.message, hint=refused.hint)
    except MemoryError:
        return Answer(fault=NO_ROOM)
    except Exception as wrong:
        return Answer(fault=_place(wrong))


def _place(wrong: Exception) -> str:
    """The kind of a fault and where in the program it rose; never its words, which may hold the file's."""
    trace = wrong.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
    return type(wrong).__name__ + where


def _bound() -> None:
    """Limits on memory, on written files and on dumps, where the system has them (Windows has none; there the time limit stands alone)."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Shuts the ways out of the process that Python knows of; only the program's own code may still be loaded."""
    if event == "open" and _is_code(arguments):
        return
    if event.startswith(_SHUT) and event != "os.listdir":
        raise PermissionError(event)


def _is_code(arguments: tuple[Any, ...]) -> bool:
    path, mode = (*arguments, None, None)[:2]
    reads = mode is None or not set(str(mode)) & set("wax+")
    return reads and isinstance(path, str) and path.endswith(_CODE) and os.path.abspath(path).startswith(_ROOTS)
