"""What the process apart does with a font that a plan would install: whether it can be drawn with, whether it may be embedded, and what it
is called. Every glyph of it is read once here, so that none fails in a letter."""

import struct

from reportlab.pdfbase.ttfonts import TTFError

from ur_desk.domain.visible import clip
from ur_desk.errors import UserError
from ur_desk.pdf.faces import Face
from ur_desk.pdf.font_told import FontTold
from ur_desk.pdf.scripts import NAMES, SCRIPTS, script_of

NEEDED = ("reportlab.pdfbase.ttfonts", "reportlab.pdfbase.pdfdoc", "reportlab.lib.fonts", "uharfbuzz", "ur_desk.pdf.faces")
"""Everything that reading a font may need."""
MOST_FACES = 64
"""Faces of a collection; the largest in use have some ten."""
_SAID = "Nothing was changed."
_NOT_TRUETYPE = {
    b"OTTO": "has PostScript outlines, which letters cannot embed",
    b"wOFF": "is a font for web pages",
    b"wOF2": "is a font for web pages",
}
_ENOUGH = {"Han": 2000, "Hangul": 2000, "Kana": 150}
"""Characters without which a font does not serve the script; of other scripts 30."""
_DAMAGED = (TTFError, struct.error, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, AssertionError)
"""What reportlab raises over a font that is none."""
_RESTRICTED, _NO_SUBSET, _BITMAPS = 0x0002, 0x0100, 0x0200
"""Of the field fsType in table OS/2 (OpenType 1.9): embedding needs the maker's leave; only whole; only its bitmaps."""


def read(data: bytes, name: str, format_: str) -> FontTold:
    """Looks at one face for a language, asked as `CODE NUMBER`; UserError where letters cannot be drawn with it or it may not be embedded."""
    language, _, number = format_.partition(" ")
    index = int(number)
    faces = _faces(data, name)
    if not 0 <= index < len(faces):
        raise UserError(f"{name} has no face {index + 1}.", f"It has {len(faces)}. {_SAID}")
    names = tuple(_looked_at(data, name, place, "" if place != index else language) for place in range(len(faces)))
    return FontTold(names, index)


def _faces(data: bytes, name: str) -> tuple[int, ...]:
    """Where the faces begin."""
    if (wrong := _NOT_TRUETYPE.get(data[:4])) is not None:
        raise UserError(f"{name} {wrong}.", f"Take the TrueType version of the font (.ttf or .ttc). {_SAID}")
    if data[:4] in (b"\x00\x01\x00\x00", b"true"):
        return (0,)
    if data[:4] != b"ttcf" or len(data) < 12:
        raise UserError(f"{name} is no TrueType font.", f"Take a .ttf or .ttc file. {_SAID}")
    (count,) = struct.unpack(">L", data[8:12])
    if not 0 < count <= MOST_FACES or len(data) < 12 + 4 * count:
        raise _damaged(name)
    return struct.unpack(f">{count}L", data[12 : 12 + 4 * count])


def _looked_at(data: bytes, name: str, index: int, language: str) -> str:
    """What a face is called; with a language, UserError where it does not serve."""
    try:
        face = Face("Looked-at", data, index)
        if language:
            _check(face, name, language)
        return clip(str(face.face.fullName.ustr)) or f"{index + 1}"
    except _DAMAGED as wrong:
        if "postscript" in str(wrong):
            raise UserError(f"{name} {_NOT_TRUETYPE[b'OTTO']}.", f"Take the TrueType version of the font. {_SAID}") from wrong
        raise _damaged(name) from wrong


def _check(face: Face, name: str, language: str) -> None:
    tables = face.face.table
    if "fvar" in tables:
        raise UserError(f"{name} is a variable font.", f"Take its regular weight as a file of its own. {_SAID}")
    (kind,) = struct.unpack(">H", face.face.get_table("OS/2")[8:10])
    if kind & (_RESTRICTED | _NO_SUBSET | _BITMAPS):
        raise UserError(f"{name} may not be embedded: so says its maker in it (fsType {kind}).", f"Take another font. {_SAID}")
    primary = language.split("-")[0].lower()
    for script in (each for each in SCRIPTS if primary in each.languages and (primary, each.name) != ("ko", "Han")):
        held = sum(1 for code in face.face.charToGlyph if script_of(chr(code)) is script)
        if held < _ENOUGH.get(script.name, 30):
            raise UserError(f"{name} has too few letters of {NAMES[primary]}.", f"Take a font of that language. {_SAID}")
    face.every_glyph()


def _damaged(name: str) -> UserError:
    return UserError(f"{name} is damaged, or made as no program makes a font.", f"Take it from its maker again. {_SAID}")
