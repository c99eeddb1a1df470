"""What a file is, by its content; its name says nothing."""

import json
import re
from enum import StrEnum


class Format(StrEnum):
    """The kinds of file that are told apart."""

    EMPTY = "empty"
    JSON = "json"
    X12 = "x12"
    FHIR_XML = "fhir-xml"
    FHIR_SHORTHAND = "fhir-shorthand"
    MARKUP = "markup"
    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    TABLE = "table"
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
# what begins a definition in FHIR Shorthand, and what stands below each
_SHORTHAND = re.compile(
    r"^(?:Profile|Extension|Instance|ValueSet|CodeSystem|Invariant|Logical|Resource|RuleSet|Mapping): *\S", re.MULTILINE
)
_SHORTHAND_BELOW = re.compile(r"^(?:Parent|InstanceOf|Id|Title|Description|Source|Expression): *\S|^\* +\S", re.MULTILINE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HEAD = 4096


def identify(data: bytes) -> Format:
    """The format of a file; looks at its first 4,096 bytes only."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for signature, format_ in _SIGNATURES:
        if head.startswith(signature):
            return format_
    # a character may be cut in two where the head ends
    text = head.decode(json.detect_encoding(head), "replace").lstrip("\ufeff \t\r\n")
    if not text:
        return Format.EMPTY if not data.strip() else Format.TEXT
    if text[0] in "{[":
        return Format.JSON
    # only JSON is told from its zero bytes; any other text of two or four bytes a character begins with its mark
    if b"\x00" in head and not head.startswith(_WIDE_MARKS):
        return Format.BINARY
    return _of_text(text)


def _of_text(text: str) -> Format:
    if _X12.match(text):
        return Format.X12
    if text[0] == "<":
        return Format.FHIR_XML if "http://hl7.org/fhir" in text else Format.MARKUP
    if _SHORTHAND.search(text) and _SHORTHAND_BELOW.search(text):
        return Format.FHIR_SHORTHAND
    if text[:-1].count("\ufffd") > len(text) // 100:
        return Format.BINARY
    first = text.splitlines()[0]
    return Format.TABLE if any(first.count(mark) >= 2 for mark in ",;\t|") else Format.TEXT
