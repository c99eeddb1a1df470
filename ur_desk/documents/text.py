"""Bytes of a plain text document to numbered lines, or a plain refusal of what is no text."""

import codecs
import hashlib
import re
from dataclasses import dataclass

from ur_desk.domain.policy import Sha256, Text, TextLine
from ur_desk.errors import UserError

MAX_BYTES = 16 * 1024 * 1024
"""Policies are some 10 kB to 1 MB of text; what is larger than this is something else."""

NOTHING_SAVED = "Nothing was saved."

# UTF-32 first: its little-endian mark begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_TEXT = "Save its text as a plain text file (UTF-8), one paragraph or table row a line, and import that file."
_FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a Word document or another zipped file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word or Office document"),
    (re.compile(rb"\{\\rtf"), "a rich text (RTF) document"),
    (re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE), "a web page (HTML)"),
    (re.compile(rb"<\?xml\b"), "an XML file"),
    (re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"]"), "a JSON file"),
    (re.compile(rb"ISA[^A-Za-z0-9\s]"), "an X12 transaction"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "a picture"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The numbered lines, and whether the bytes stop in the middle of a character."""

    text: Text
    cut: bool


def text_of(lines: tuple[str, ...]) -> Text:
    """Lines to a numbered text; the sha256 is of the lines joined by line feeds, in UTF-8."""
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Text(Sha256(digest), tuple(TextLine(number, line) for number, line in enumerate(lines, 1)))


def decode(data: bytes, name: str) -> Decoded:
    """The lines of a text file in UTF-8, UTF-16 or UTF-32 with a mark, or Windows-1252; UserError for anything else.

    Lines end at CR, LF or CRLF and are kept as they stand, hard spaces and all.
    """
    if len(data) > MAX_BYTES:
        raise UserError(
            f"{name} holds more than {MAX_BYTES // 2**20} MB, which no policy does. {NOTHING_SAVED}", "Choose the policy's own text."
        )
    if not data.strip():
        raise UserError(f"{name} is empty. {NOTHING_SAVED}", "Choose the file that holds the policy's text.")
    _refuse_other_formats(data, name)
    told, cut = _characters(data, name)
    if "\0" in told or len(_CONTROL.findall(told)) * 100 > len(told):
        raise UserError(f"{name} is not a text file: it holds binary data. {NOTHING_SAVED}", _AS_TEXT)
    if not told.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise UserError(f"{name} holds only blank lines. {NOTHING_SAVED}", "Choose the file that holds the policy's text.")
    lines = _BREAK.split(told)
    return Decoded(text_of(tuple(lines[:-1] if not lines[-1] else lines)), cut)


def _refuse_other_formats(data: bytes, name: str) -> None:
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    for begins, what in _FORMATS:
        if begins.match(start):
            raise UserError(f"{name} is {what}; policies are read from plain text so far. {NOTHING_SAVED}", _AS_TEXT)


def _characters(data: bytes, name: str) -> tuple[str, bool]:
    """The characters, and whether the last one is incomplete and was left out."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            decoded = _complete(data[len(mark) :], encoding)
            if decoded is None:
                raise UserError(f"{name} is marked as {encoding.upper()} text but cannot be read as such. {NOTHING_SAVED}", _AS_TEXT)
            return decoded
    decoded = _complete(data, "utf-8")
    if decoded is not None:
        return decoded
    try:
        return data.decode("cp1252"), False
    except UnicodeDecodeError:
        raise UserError(f"{name} is in no text encoding that is read here. {NOTHING_SAVED}", _AS_TEXT) from None


def _complete(data: bytes, encoding: str) -> tuple[str, bool] | None:
    """All whole characters, and whether bytes of one more stand at the end; None where the bytes break the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        told = decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return None
    rest = bool(decoder.getstate()[0])
    # one stray byte at the end of an otherwise plain text is another encoding, not a cut
    return None if rest and told.isascii() and encoding == "utf-8" else (told, rest)
