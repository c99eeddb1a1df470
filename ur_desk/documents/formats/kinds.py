"""What a file is, told by its bytes and never by its name."""

import codecs
import re
from enum import StrEnum

from ur_desk.errors import UserError

MAX_BYTES = 200 * 1024 * 1024
"""No document of a payer is larger; what is, is refused unread."""

NOTHING_SAVED = "Nothing was saved."


class Format(StrEnum):
    """The formats that policies are read from."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"


_AS_TEXT = "Save its text as a plain text file (UTF-8), one paragraph or table row a line, and import that file."
_AS_DOCX = "Open it in the program that made it, save it as DOCX, PDF or plain text, and import that file."
_READ = (
    (Format.PDF, re.compile(rb"[\s\S]{0,1019}?%PDF-")),
    (Format.DOCX, re.compile(rb"PK\x03\x04|PK\x05\x06")),
    (Format.JSON, re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"\]]")),
)
_REFUSED = (
    (re.compile(rb"\{\\rtf"), "a rich text (RTF) document", _AS_DOCX),
    (re.compile(rb"ISA[^A-Za-z0-9\s]"), "an X12 transaction", "Requests are taken in by intake; choose the policy's own text."),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00|RIFF....WEBP"), "a picture", _AS_TEXT),
    (re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ"), "a compressed archive", "Unpack it and import the documents in it."),
    (
        re.compile(rb"MIME-Version:|From: <Saved by", re.IGNORECASE),
        "a saved web archive (MHTML)",
        "Save the page as HTML and import that file.",
    ),
    (re.compile(rb"bplist|SQLite format 3|MZ|\x7fELF|%!PS"), "no document that holds a policy's text", _AS_TEXT),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TAG = rb"(?:html|head|body|p|div|h[1-6]|table|ul|ol|dl|section|article|main|header|span|strong|b|meta|title|style|font|br)\b"
_HTML = re.compile(rb"<!doctype\s+html|<(?:" + _TAG + rb")[^<>]*>", re.IGNORECASE)
_ESCAPED = re.compile(rb"&(?:amp;)?lt;" + _TAG, re.IGNORECASE)
_LEADING = re.compile(rb"(?:\s|<!--[\s\S]*?-->|<\?xml[^<>]*\?>)+")
_DOCTYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)


def format_of(data: bytes, name: str) -> Format:
    """The format of a file; UserError with the file's name where it is empty, too large, locked, or of a kind that is not read."""
    if len(data) > MAX_BYTES:
        raise UserError(
            f"{name} holds more than {MAX_BYTES // 2**20} MB, which no policy does. {NOTHING_SAVED}", "Choose the policy's own document."
        )
    start = _start(data)
    if start.startswith(_OLE):
        _refuse_ole(data, name)
    for what, begins in _READ:
        if begins.match(start):
            return what
    for begins, words, hint in _REFUSED:
        if begins.match(start):
            raise UserError(f"{name} is {words}; policies are not read from that. {NOTHING_SAVED}", hint)
    return Format.HTML if _is_html(start, name) else Format.TEXT


def _start(data: bytes) -> bytes:
    """The first bytes without a mark or white space, in an encoding of single bytes where a mark tells of another."""
    head = data[:8192]
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore").lstrip().encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


def _refuse_ole(data: bytes, name: str) -> None:
    if _ENCRYPTED in data[: 4 * 2**20] or _ENCRYPTED in data[-(2**20) :]:
        raise UserError(
            f"{name} is locked with a password. {NOTHING_SAVED}", "Open it with its password, save it without one, and import that file."
        )
    raise UserError(f"{name} is an old Word or Office document (before 2007). {NOTHING_SAVED}", _AS_DOCX)


def _is_html(start: bytes, name: str) -> bool:
    before = _LEADING.match(start)
    rest = start[before.end() :] if before else start
    if _HTML.match(rest) or _ESCAPED.match(start):
        return True
    if start.startswith(b"<?xml") or re.match(rb"<[A-Za-z_][\w:.-]*[\s>/]", rest):
        if _DOCTYPE.search(start):
            return True
        raise UserError(f"{name} is an XML file; policies are not read from that. {NOTHING_SAVED}", _AS_TEXT)
    return False
