"""What a file is, by its content; its name says nothing."""

import json
import re
from enum import StrEnum

from ur_desk.importers.delimited import decoded, separator_of


class Format(StrEnum):
    """The kinds of file that are told apart."""

    EMPTY = "empty"
    JSON = "json"
    X12 = "x12"
    FHIR_XML = "fhir-xml"
    MARKUP = "markup"
    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    WORKBOOK = "workbook"
    TABLE = "table"
    SCRIPT = "script"
    TEXT = "text"
    BINARY = "binary"


_SIGNATURES = (
    (b"PK\x03\x04", Format.OFFICE),
    (b"\xd0\xcf\x11\xe0", Format.OFFICE),
    (b"\x89PNG", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
)
_X12 = re.compile(r"(?:ISA|GS|ST)[^A-Za-z0-9\s]")
_WORKBOOK_PARTS = (b"xl/workbook.xml", b"xl/workbook.bin", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
"""Names of parts, or a part itself, that a zip file holds unpacked where it is a workbook."""
_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book\x00".encode("utf-16-le"))
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SCRIPT = re.compile(
    r"(?:\s|//[^\n]*\n|/\*.*?\*/)*(?:import\s|export\s|(?:const|let|var)\s+[\w$]+|module\.exports|exports\.|['\"]use strict)", re.DOTALL
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HEAD = 4096
_TABLE_HEAD = 64 * 1024


def identify(data: bytes) -> Format:
    """The format of a file: by its first 4,096 bytes, tables by more of them, workbooks by the names of their parts."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for signature, format_ in _SIGNATURES:
        if head.startswith(signature):
            return Format.WORKBOOK if format_ is Format.OFFICE and _is_workbook(data) else format_
    # a character may be cut in two where the head ends
    text = head.decode(json.detect_encoding(head), "replace").lstrip("\ufeff \t\r\n")
    if not text:
        return Format.EMPTY if not data.strip() else Format.TEXT
    if text[0] in "{[":
        return Format.JSON
    # other text of two or four bytes a character begins with its mark, or is a table that shows it
    if b"\x00" in head and not head.startswith(_WIDE_MARKS):
        return Format.TABLE if _is_table(data) else Format.BINARY
    return _of_text(text, data)


def _is_workbook(data: bytes) -> bool:
    """Whether an Office file or an archive is a workbook; one that is locked is taken for one, which its reader tells apart."""
    if data.startswith(b"PK"):
        return any(part in data for part in _WORKBOOK_PARTS)
    return any(stream in data for stream in _WORKBOOK_STREAMS) or _LOCKED in data


def _is_table(data: bytes) -> bool:
    text, _ = decoded(data[:_TABLE_HEAD])
    readable = sum(character.isprintable() or character in "\r\n\t" for character in text)
    return readable > 0.95 * len(text) and separator_of(text) is not None


def _of_text(text: str, data: bytes) -> Format:
    if _X12.match(text):
        return Format.X12
    if text[0] == "<":
        return Format.FHIR_XML if "http://hl7.org/fhir" in text else Format.MARKUP
    if text[:-1].count("\ufffd") > len(text) // 100 and not _is_table(data):
        return Format.BINARY
    if _SCRIPT.match(text):
        return Format.SCRIPT
    return Format.TABLE if _is_table(data) else Format.TEXT
