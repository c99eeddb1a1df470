"""A letter's content to the bytes of a PDF/UA-1 file: the same content gives the same bytes."""

from enum import StrEnum
from pathlib import Path

from ur_desk.domain.letter import LetterContent
from ur_desk.domain.policy import Sha256
from ur_desk.pdf.fonts import InstalledFont, check, texts, typeface


class Mark(StrEnum):
    """What stands across every page of a letter that is not for the post."""

    NONE = "none"
    DRAFT = "draft"
    SPECIMEN = "specimen"


def render(
    content: LetterContent,
    *,
    mark: Mark = Mark.NONE,
    large_print: bool = False,
    fonts_dir: Path,
    installed: tuple[InstalledFont, ...] = (),
) -> bytes:
    """The letter as a tagged PDF with embedded fonts, 12 point or, in large print, 18; `installed` are the plan's own.

    The same content and fonts give the same bytes.
    Its times are the letter's own day. Title and metadata name no person and no case. One thread at a time: reportlab bears no more.
    UserError, naming the place, where a character cannot be drawn or the fonts cannot be read.
    """
    face = typeface(fonts_dir, installed)
    check(content, face)
    from ur_desk.pdf.pages import draw

    return draw(content, face, mark.name if mark is not Mark.NONE else "", large_print)


def used_fonts(content: LetterContent, fonts_dir: Path, installed: tuple[InstalledFont, ...]) -> tuple[Sha256, ...]:
    """Which of the plan's own fonts draw something of the letter, by their hashes."""
    return typeface(fonts_dir, installed).used((text, language) for _, text, language in texts(content)) if installed else ()
