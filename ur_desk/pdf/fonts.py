"""The fonts of letters: Noto Sans, embedded; signs that it lacks come from its sisters, and what none has is told, never drawn as a box."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from ur_desk.domain.letter import LetterContent
from ur_desk.errors import UserError

BODY, STRONG = "Letter", "Letter-Strong"
FILES = {BODY: "NotoSans-Regular.ttf", STRONG: "NotoSans-SemiBold.ttf"}
SISTERS = {"Letter-Math": "NotoSansMath-Regular.ttf", "Letter-Symbols": "NotoSansSymbols2-Regular.ttf"}
RIGHT_TO_LEFT = frozenset({"R", "AL"})


class Typeface:
    """Which of the letter's fonts draws a character."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        codes = set(_font(BODY, folder).face.charToGlyph) & set(_font(STRONG, folder).face.charToGlyph)
        self.known = frozenset(character for character in map(chr, codes) if _plain(character)) | {"\n"}

    def register(self) -> None:
        """Makes the fonts known to reportlab under this module's own names, the body and its strong weight as one family."""
        for name in FILES:
            _register(_font(name, self.folder))

    def markup(self, text: str) -> str:
        """The text as reportlab's markup that draws it letter for letter: the one place where text is escaped."""
        if self.known.issuperset(text):
            return escape(text).replace("\n", "<br/>")
        runs = groupby(text, key=self._font_of)
        return "".join(_run(name, escape("".join(run)).replace("\n", "<br/>")) for name, run in runs)

    def _font_of(self, character: str) -> str | None:
        if character in self.known:
            return None
        for name in SISTERS:
            font = _font(name, self.folder)
            if ord(character) in font.face.charToGlyph:
                _register(font)
                return name
        return None

    def undrawable(self, text: str) -> str | None:
        """The first character that no font of the letter draws, or that runs from right to left, or None."""
        unknown = set(text) - self.known
        drawn = {character for character in unknown if _plain(character) and self._font_of(character)}
        return next((character for character in text if character in unknown - drawn), None) if unknown else None


def _run(name: str | None, text: str) -> str:
    return text if name is None else f'<font name="{name}">{text}</font>'


def _plain(character: str) -> bool:
    return unicodedata.bidirectional(character) not in RIGHT_TO_LEFT and unicodedata.category(character) not in ("Cc", "Cf", "Cs")


@lru_cache(maxsize=8)
def typeface(folder: Path) -> Typeface:
    """The fonts of a folder, read once; UserError where they are missing or no fonts."""
    return Typeface(folder)


@lru_cache(maxsize=16)
def _font(name: str, folder: Path) -> Any:
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    file = (FILES | SISTERS)[name]
    try:
        return TTFont(name, str(folder / file))
    except (OSError, TTFError) as wrong:
        raise UserError(
            f"The letter font {file} cannot be read.", "Put back the fonts that came with the program. No letter was written."
        ) from wrong


def _register(font: Any) -> None:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics

    pdfmetrics.registerFont(font)
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(font.fontName, bold, italic, font.fontName)


def check(content: LetterContent, fonts: Typeface) -> None:
    """UserError, naming the character and where it stands, where the letter holds one that its fonts cannot draw."""
    for place, text in _texts(content):
        character = fonts.undrawable(text)
        if character is not None:
            name = unicodedata.name(character, "no name")
            shown = character if character.isprintable() else f"U+{ord(character):04X}"
            raise UserError(
                f"The letter cannot be drawn: {place} holds “{shown}” ({name.lower()}), which the letter's font does not have.",
                "Write it in Latin letters. The decision is kept; no letter was written.",
            )


def _texts(content: LetterContent) -> Iterable[tuple[str, str]]:
    yield "the name or address of the recipient", "\n".join(content.recipient)
    yield "the plan's name or address", "\n".join(content.sender)
    yield "the case number", content.case_number
    yield "the title", content.title
    for sentence in (*content.sentences(), *(each for block in content.appendix for each in block.sentences)):
        source = sentence.sources[-1]
        yield f"the text from {source.kind} {source.ref}", sentence.text
