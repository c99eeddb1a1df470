"""Whether a file is a document to be read, or something that programs send, by its content; its name says nothing."""

import zipfile
from pathlib import Path

from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Severity

HEAD = 4096
"""Bytes that are enough to tell."""
_TABLE = "xl/"


def is_document(data: bytes) -> bool:
    """Whether the bytes are of a document to be read: what is neither a table nor a message between programs."""
    from ur_desk.importers.formats import Format, identify

    return identify(data) in (Format.PDF, Format.MARKUP, Format.TEXT, Format.OFFICE)


def may_be_policy(data: bytes) -> bool:
    """Whether the bytes may be of a policy: a document, or one that a program wrote down."""
    from ur_desk.importers.formats import Format, identify

    return is_document(data) or identify(data) is Format.JSON


def is_pages_file(path: Path) -> bool:
    """Whether a file holds pages, PDF or an image of paper, by its first bytes. False where it cannot be read."""
    from ur_desk.domain.intake.attached import media_type_of

    try:
        with path.open("rb") as file:
            return media_type_of(file.read(HEAD)) is not None
    except (OSError, ValueError):
        return False


def is_policy(name: str) -> Problem:
    """What is said of a file that is a medical policy, where requests are read."""
    words = "This is a medical policy, not a request. Read it with `ur-desk policy import`. The file was left as it is."
    return Problem(Severity.ERROR, "medical-policy", name, words)


def is_document_file(path: Path) -> bool:
    """Whether a file is a document to be read, by its first bytes; a workbook is a table. False where it cannot be read."""
    from ur_desk.importers.formats import Format, identify

    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
        if identify(head) is not Format.OFFICE:
            return is_document(head)
        with zipfile.ZipFile(path) as inner:
            return not any(name.startswith(_TABLE) for name in inner.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False
