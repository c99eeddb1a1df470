"""Bytes of a plain text document to numbered lines, or a plain refusal of what is no text."""

import codecs
import re
from dataclasses import dataclass

from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.documents.formats.source import MOST_LINES, text_of
from ur_desk.domain.policy import Text, TextLine
from ur_desk.errors import UserError

READER = "text/1"
"""Names this reader and its rules in every reading that it makes."""

MAX_BYTES = 4 * 1024 * 1024
"""Policies are some 10 kB to 1 MB of text; what is larger than this is something else."""

# UTF-32 first: its little-endian mark begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_TEXT = "Save its text as a plain text file (UTF-8), one paragraph or table row a line, and import that file."
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The numbered lines, and whether the bytes stop in the middle of a character."""

    text: Text
    cut: bool


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
    told, cut = characters(data, name)
    if "\0" in told or len(_CONTROL.findall(told)) * 100 > len(told):
        raise UserError(f"{name} is not a text file: it holds binary data. {NOTHING_SAVED}", _AS_TEXT)
    if not told.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise UserError(f"{name} holds only blank lines. {NOTHING_SAVED}", "Choose the file that holds the policy's text.")
    lines = _BREAK.split(told)
    whole = lines[:-1] if not lines[-1] else lines
    if len(whole) > MOST_LINES:
        raise UserError(f"{name} holds more text than any policy does. {NOTHING_SAVED}", "Choose the policy's own document.")
    return Decoded(text_of(TextLine(number, line) for number, line in enumerate(whole, 1)), cut)


def characters(data: bytes, name: str) -> tuple[str, bool]:
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
