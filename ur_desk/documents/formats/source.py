"""What every format becomes: pieces in order, the furniture of pages apart, and what the reader noticed on the way."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ur_desk.domain.policy import CodeEntry, Furniture, LineKind, Section, Sha256, Statement, Text, TextLine
from ur_desk.errors import UserError

MOST_LINES = 100_000
"""A document of more lines is no policy; the largest published ones hold some thousand."""

MOST_CHARACTERS = 4 * 1024 * 1024
"""Of text; the largest published policies hold a quarter of it."""

_BREAKS = re.compile(r"[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_RAISED = str.maketrans("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_FEW_RAISED = re.compile(r"[a-z]|[0-9]{1,3}(?:\s*[,–-]\s*[0-9]{1,3})*")

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁻"
"""The characters in which raised marks are written, so that "seizures" and its note 1 never read as one word."""

_SYMBOLS = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "µ", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xAC: "←", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xA7: "•", 0xA8: "□",
    0x6F: "□", 0x6E: "•", 0x71: "□", 0x72: "□", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xD8: "•", 0x76: "•", 0xE8: "→", 0xE0: "→",
}  # fmt: skip


def symbol(character: str) -> str:
    """A character of the private range in which the Symbol and Wingdings fonts are kept, as what it pictures; all others as they are."""
    place = ord(character)
    return _SYMBOLS.get(place - 0xF000, "\ufffd") if 0xF000 <= place <= 0xF0FF else character


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest piece that a source sets apart, not yet numbered."""

    text: str
    kind: LineKind
    level: int = 0
    page: int | None = None
    unseen: bool = False
    """Whether the source shows it to nobody who opens it as it is."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the reading person should know of how the file was read; `line` of the text, from 1."""

    rule: str
    message: str
    line: int = 1
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What a source that is data says of its own lines: no prose needs to be understood for it."""

    id: str | None
    title: str | None
    effective: str | None
    publisher: str | None
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    codes: tuple[CodeEntry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as numbered lines; `cut` where the bytes stop in the middle, `outline` where the file is data."""

    text: Text
    reader: str
    cut: bool = False
    notes: tuple[Note, ...] = ()
    outline: Outline | None = None


def text_of(lines: Iterable[TextLine], furniture: Sequence[Furniture] = ()) -> Text:
    """Lines to a text; the sha256 is of the lines joined by line feeds, in UTF-8."""
    numbered = tuple(lines)
    digest = hashlib.sha256("\n".join(line.text for line in numbered).encode()).hexdigest()
    return Text(Sha256(digest), numbered, tuple(furniture))


def numbered(pieces: Sequence[Piece], name: str, furniture: Sequence[Furniture] = ()) -> Text:
    """Pieces to numbered lines, those without words left out; UserError where nothing is left or too much is."""
    cleaned = [(piece, one_line(piece.text)) for piece in pieces]
    told = [(piece, words) for piece, words in cleaned if words.strip()]
    if not told:
        raise UserError(f"{name} holds no text. Nothing was saved.", "Choose the file that holds the policy's text.")
    if len(told) > MOST_LINES or sum(len(words) for _, words in told) > MOST_CHARACTERS:
        raise UserError(f"{name} holds more text than any policy does. Nothing was saved.", "Choose the policy's own document.")
    return text_of((TextLine(n, words, p.page, p.kind, p.level) for n, (p, words) in enumerate(told, 1)), furniture)


def unseen_notes(pieces: Sequence[Piece]) -> tuple[Note, ...]:
    """A note for each line that the source shows to nobody: it may belong to a part that one opens, or be meant for no reader."""
    told = [piece for piece in pieces if one_line(piece.text).strip()]
    message = "The file hides this line from whoever opens it; it may belong to a part that one unfolds, or be no part of the policy."
    return tuple(
        Note("text-unseen", message, number, "Does the payer's page show it?") for number, piece in enumerate(told, 1) if piece.unseen
    )


def one_line(text: str) -> str:
    """The text without line breaks and without characters that no printer knows."""
    told = _UNPRINTED.sub("", _BREAKS.sub(" ", text)).rstrip()
    return _PRIVATE.sub(lambda found: symbol(found[0]), told)


def raised(text: str) -> str:
    """Words set above the line, so written that they stay apart from the word before them; ordinals and trade marks stay as they are."""
    told = text.strip()
    if not _FEW_RAISED.fullmatch(told):
        return text
    return told.translate(_RAISED).replace("-", "⁻").replace("–", "⁻").replace(" ", "")
