"""The fonts of letters: Noto Sans, embedded; signs that it lacks come from its sisters, other scripts from faces of their own or from a
font that the plan installed. What none has is told, never drawn as a box. No face but the two of the letter is read before a character
asks for it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ur_desk.domain.letter import LetterContent
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError
from ur_desk.pdf.scripts import SCRIPTS, Script, script_of

if TYPE_CHECKING:
    from ur_desk.pdf.faces import Face

BODY, STRONG = "Letter", "Letter-Strong"
FILES = {BODY: "NotoSans-Regular.ttf", STRONG: "NotoSans-SemiBold.ttf"}
SISTERS = {"Letter-Math": "NotoSansMath-Regular.ttf", "Letter-Symbols": "NotoSansSymbols2-Regular.ttf"}
JOINERS = frozenset("\u200c\u200d")
"""They join or part letters, in scripts where that is spelling; anywhere else they only hide."""
BREAK = "\u200b"
"""Where a line may end, in scripts that part no words."""
KEPT = "The decision is kept; no letter was written."


@dataclass(frozen=True, slots=True)
class InstalledFont:
    """A font that the plan installed for a language: its bytes, known by their hash, and the face within a collection."""

    language: str
    sha256: Sha256
    index: int = 0
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def name(self) -> str:
        """What the font is called in a document."""
        return f"Letter-{self.sha256[:16]}-{self.index}"


class Typeface:
    """Which of the letter's fonts draws a character."""

    def __init__(self, folder: Path, installed: tuple[InstalledFont, ...] = ()) -> None:
        self.folder, self.installed = folder, installed
        self._faces: dict[str, Face] = {}
        codes = set(_font(BODY, folder).face.charToGlyph) & set(_font(STRONG, folder).face.charToGlyph)
        self.known = frozenset(character for character in map(chr, codes) if _plain(character)) | {"\n"}

    def register(self) -> None:
        """Makes the fonts known to reportlab under this module's own names, the body and its strong weight as one family."""
        for name in FILES:
            _register(_font(name, self.folder))

    def simple(self, text: str) -> bool:
        """Whether the text is drawn letter for letter, from left to right: nothing in it is to be shaped."""
        return self.known.issuperset(text) or all(character in self.known or self._sister(character) for character in text)

    def markup(self, text: str) -> str:
        """A simple text as reportlab's markup that draws it letter for letter: the one place where text is escaped."""
        if self.known.issuperset(text):
            return escape(text).replace("\n", "<br/>")
        runs = groupby(text, key=lambda character: None if character in self.known else self._sister(character))
        return "".join(self._run(name, escape("".join(run)).replace("\n", "<br/>")) for name, run in runs)

    def _run(self, name: str | None, text: str) -> str:
        return text if name is None else f'<font name="{self.ready(name).fontName}">{text}</font>'

    def fonts(self, text: str, language: str = "", strong: str = BODY) -> list[str | None]:
        """The font that draws each character, `strong` for those of the letter's own; None for what no font draws.

        Marks, blanks, joiners and punctuation go with the letter before them where its font has them, so that they are shaped with it.
        """
        made: list[str | None] = []
        before: str | None = None
        for character in text:
            before = self._with(before, character) or self._by_itself(character, language, strong)
            made.append(before)
        return made

    def undrawable(self, text: str, language: str = "") -> str | None:
        """The first character that no font of the letter draws, or None."""
        if self.known.issuperset(text):
            return None
        return next((character for character, font in zip(text, self.fonts(text, language), strict=True) if font is None), None)

    def face(self, name: str) -> "Face":
        """The font of a name that `fonts` gave, read when it is asked for the first time."""
        if name not in self._faces:
            own = next((each for each in self.installed if each.name == name), None)
            self._faces[name] = _installed_font(own) if own else _font(name, self.folder)
        return self._faces[name]

    def ready(self, name: str) -> "Face":
        """The font of a name, known to reportlab: what is drawn with it may name it."""
        _register(self.face(name))
        return self.face(name)

    def used(self, told: Iterable[tuple[str, str]]) -> tuple[Sha256, ...]:
        """The installed fonts that draw something of these texts, each with its language."""
        drawn = {name for text, language in told if not self.known.issuperset(text) for name in self.fonts(text, language)}
        return tuple(sorted({each.sha256 for each in self.installed if each.name in drawn}))

    def _with(self, before: str | None, character: str) -> str | None:
        """The font of the letter before, where it takes the character along."""
        if before is None or before in FILES:
            marks = before is not None and unicodedata.combining(character) and self.face(before).has(character)
            return before if marks else None
        script = self._script_of_font(before)
        if character in JOINERS:
            return before if script is None or script.joined else None
        if character == BREAK:
            return before if script is None or not script.spaced else None
        goes = not character.isalnum() and character != "\n" and script_of(character) in (None, script)
        return before if goes and _drawn(character) and self.face(before).has(character) else None

    def _by_itself(self, character: str, language: str, strong: str) -> str | None:
        if character in self.known:
            return strong
        if not _drawn(character):
            return None
        own = next((each.name for each in self._asked(language) if self.face(each.name).has(character)), None)
        if own is not None:
            return own
        script = script_of(character)
        if script is not None and script.file and self.face(script.name).has(character):
            return script.name
        if unicodedata.combining(character) and self.face(strong).has(character):
            return strong
        others = (each.name for each in self.installed if self.face(each.name).has(character))
        return self._sister(character) or next(others, None)

    def _asked(self, language: str) -> tuple[InstalledFont, ...]:
        """The font that the plan installed for the language, or for the one that it is a kind of."""
        told = language.lower()
        return tuple(each for each in self.installed if each.language.lower() in (told, told.split("-")[0]))

    def _script_of_font(self, name: str) -> Script | None:
        return next((script for script in SCRIPTS if script.file and script.name == name), None)

    def _sister(self, character: str) -> str | None:
        if not _plain(character) or script_of(character) is not None:
            return None
        return next((name for name in SISTERS if self.face(name).has(character)), None)


def _drawn(character: str) -> bool:
    """Whether a character is one that shows, or that changes how its neighbours look."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _plain(character: str) -> bool:
    """Whether a character is drawn by itself, from left to right."""
    return _drawn(character) and not unicodedata.combining(character) and unicodedata.bidirectional(character) not in ("R", "AL")


@lru_cache(maxsize=8)
def typeface(folder: Path, installed: tuple[InstalledFont, ...] = ()) -> Typeface:
    """The fonts of a folder and those that the plan installed, read once; UserError where they are missing or no fonts."""
    return Typeface(folder, installed)


@lru_cache(maxsize=32)
def _font(name: str, folder: Path) -> "Face":
    from reportlab.pdfbase.ttfonts import TTFError

    from ur_desk.pdf.faces import Face

    file = (FILES | SISTERS).get(name) or f"NotoSans{name}-Regular.ttf"
    try:
        return Face(name, (folder / file).read_bytes(), readable=name in FILES | SISTERS)
    except (OSError, TTFError) as wrong:
        raise UserError(
            f"The letter font {file} cannot be read.", "Put back the fonts that came with the program. No letter was written."
        ) from wrong


@lru_cache(maxsize=8)
def _installed_font(font: InstalledFont) -> "Face":
    from ur_desk.pdf.faces import Face

    return Face(font.name, font.data, font.index, alias=font.name)


def _register(font: "Face") -> None:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics

    pdfmetrics.registerFont(font)
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(font.fontName, bold, italic, font.fontName)


def lack(character: str) -> str:
    """The character that no font draws, shown and named, and what it lacks."""
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    script = script_of(character)
    told = f"“{shown}” ({unicodedata.name(character, 'no name').lower()})"
    if script is not None and not script.file:
        return f"{told}, and no font is installed for {script.spoken}."
    return f"{told}, which the letter's font does not have."


def mend(character: str) -> str:
    """What to do about a character that no font draws."""
    if script_of(character) is None and not _drawn(character):
        return "Take it out: it does not show."
    return "Write it in Latin letters, or let an administrator install a font of that language under Administration, Letters."


def check(content: LetterContent, fonts: Typeface) -> None:
    """UserError, naming the character and where it stands, where the letter holds one that its fonts cannot draw."""
    for place, text, language in texts(content):
        character = fonts.undrawable(text, language)
        if character is not None:
            raise UserError(f"The letter cannot be drawn: {place} holds {lack(character)}", f"{mend(character)} {KEPT}")


def texts(content: LetterContent) -> Iterable[tuple[str, str, str]]:
    """Every text of a letter: where it stands, what it says, and in which language."""
    own = content.language
    yield "the name or address of the recipient", "\n".join(content.recipient), own
    yield "the plan's name or address", "\n".join(content.sender), own
    yield "the case number", content.case_number, own
    yield "the title", content.title, own
    for sentence in (*content.sentences(), *(each for block in content.appendix for each in block.sentences)):
        source = sentence.sources[-1]
        yield f"the text from {source.kind} {source.ref}", sentence.text, sentence.language or own
