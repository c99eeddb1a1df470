"""The process in which foreign files are read: bytes in, lines out; it opens no file and no connection, and its memory is bounded."""

import contextlib
import importlib
import os
import sys
from typing import Any, BinaryIO

import msgspec

from ur_desk.documents.formats import source_of
from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.documents.frames import Answer, Asked, put, take
from ur_desk.errors import UserError

MEMORY = 3 * 1024 * 1024 * 1024
"""Bytes of address space that the process may take, where the system knows such a limit."""

# everything that reading a file may need, loaded before the door to the file system is shut
_NEEDED = (
    "bz2", "heapq", "html.entities", "json", "lxml.etree", "lzma", "pypdfium2", "pypdfium2.raw", "statistics", "zipfile", "zlib",
    "encodings.ascii", "encodings.cp1252", "encodings.cp437", "encodings.idna", "encodings.latin_1", "encodings.utf_8_sig",
    "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32", "encodings.utf_32_be", "encodings.utf_32_le",
    "ur_desk.documents.formats.docx", "ur_desk.documents.formats.html", "ur_desk.documents.formats.json_trees", "ur_desk.documents.formats.pdf",
    "ur_desk.documents.text",
)  # fmt: skip
_CODE = (".py", ".pyc", ".so", ".pyd", ".dll")
_ROOTS = tuple({sys.prefix, sys.base_prefix, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))})
_SHUT = ("open", "socket.", "subprocess.", "os.", "ctypes.dlopen", "shutil.", "ftplib.", "smtplib.", "urllib.", "http.", "winreg.", "pty.")


def serve() -> None:
    """Answers until its input ends; what the libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    for module in _NEEDED:
        importlib.import_module(module)
    _bound()
    sys.addaudithook(_refuse)
    _answer_all(sys.stdin.buffer, answers)


def _answer_all(questions: BinaryIO, answers: BinaryIO) -> None:
    while (head := take(questions)) is not None:
        asked = msgspec.json.decode(head, type=Asked)
        data = take(questions)
        if data is None or len(data) != asked.size:
            return
        put(answers, msgspec.json.encode(_answer(data, asked)))


def _answer(data: bytes, asked: Asked) -> Answer:
    try:
        return Answer(source_of(data, asked.name, asked.format))
    except UserError as refused:
        return Answer(message=refused.message, hint=refused.hint)
    except MemoryError:
        return Answer(
            message=f"{asked.name} needs more memory than any policy does. {NOTHING_SAVED}", hint="Choose the policy's own document."
        )
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
