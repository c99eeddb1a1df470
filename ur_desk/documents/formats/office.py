"""The parts of a Word document, out of a zip file that may mean harm: sizes are counted, macros and locks refused, nothing is run or fetched."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.errors import UserError

MOST_ENTRIES = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024
"""Bytes that all parts together may claim."""

MOST_PART = 64 * 1024 * 1024
"""Bytes of one part of text, unpacked."""

SQUEEZED = 200
"""A large part packed more than so many times smaller is a trap, not a text."""

_LARGE = 8 * 1024 * 1024
_WANTED = ("word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml")
_HINT = "Open it in the program that made it, save it again as DOCX or PDF, and import that file."
_OTHERS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/Document.iwa", "a Pages document"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("content.xml", "an OpenDocument file"),
)


def parts_of(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word document that hold text or say how it counts, by name; `word/document.xml` is always among them.

    UserError where the file is no Word document, damaged or cut, locked, a trap of packed zeros, or holds macros.
    """
    with _unpacked(data, name) as archive:
        names = _names(archive, name)
        _refuse_macros(archive, names, name)
        if "word/document.xml" not in names:
            _refuse_others(names, name)
        wanted = ["word/document.xml", *_WANTED, *(n for n in names if n.startswith(("word/header", "word/footer")) and n.endswith(".xml"))]
        return {part: _bytes(archive, part, name) for part in wanted if part in names}


def tree_of(part: bytes, name: str) -> Any:
    """The root element of a part; UserError where it is no XML, or brings a document type, through which files could be drawn in."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise _damaged(name) from wrong
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise UserError(f"{name} declares entities, as no Word document does. {NOTHING_SAVED}", _HINT)
    return root


@contextmanager
def _unpacked(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError, KeyError, IndexError) as wrong:
        raise _damaged(name) from wrong
    except Exception as wrong:
        # zlib.error and struct.error, and what else the unpackers of single methods raise on broken bytes
        if isinstance(wrong, UserError | MemoryError):
            raise
        raise _damaged(name) from wrong


def _names(archive: zipfile.ZipFile, name: str) -> Mapping[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UserError(f"{name} is locked with a password. {NOTHING_SAVED}", "Save it without a password, and import that file.")
    squeezed = any(entry.file_size > _LARGE and entry.file_size > SQUEEZED * max(entry.compress_size, 1) for entry in entries)
    if squeezed or len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _trap(name)
    return {entry.filename.replace("\\", "/"): entry for entry in entries}


def _refuse_macros(archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], name: str) -> None:
    held = any(part.lower().rsplit("/", 1)[-1] in ("vbaproject.bin", "vbadata.xml") for part in names)
    kinds = "[Content_Types].xml"
    if held or (kinds in names and b"macroenabled" in _bytes(archive, kinds, name).lower()):
        raise UserError(
            f"{name} holds macros, which are programs. {NOTHING_SAVED}",
            "Save it as a DOCX without macros, or as PDF, and import that file.",
        )


def _refuse_others(names: Mapping[str, zipfile.ZipInfo], name: str) -> None:
    what = next((words for begins, words in _OTHERS if any(part.startswith(begins) for part in names)), None)
    if what is None:
        raise UserError(f"{name} is an archive of files. {NOTHING_SAVED}", "Unpack it and import the documents in it.")
    raise UserError(f"{name} is {what}; policies are not read from that. {NOTHING_SAVED}", "Save it as DOCX or PDF, and import that file.")


def _bytes(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """The part's bytes; they are counted while they are unpacked, whatever the file claims."""
    info = next(entry for entry in archive.infolist() if entry.filename.replace("\\", "/") == part)
    with archive.open(info) as opened:
        told = opened.read(MOST_PART + 1)
    if len(told) > MOST_PART:
        raise _trap(name)
    return told


def _trap(name: str) -> UserError:
    return UserError(f"{name} unpacks to far more than a policy holds. {NOTHING_SAVED}", "Choose the policy's own document.")


def _damaged(name: str) -> UserError:
    return UserError(
        f"{name} is a Word document or another zipped file that is damaged or cut short. {NOTHING_SAVED}", "Fetch the file again."
    )
