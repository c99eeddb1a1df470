"""Text from people as plain text: what a letter may take over of it, letter for letter, and what never gets into one."""

import re
import unicodedata

from ur_desk.domain.visible import spelled

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u00a0]+")
_CITY = re.compile(r"(?P<street>.+?),\s*(?P<city>[^,]+,\s*[A-Z]{2}\s+[0-9]{5}(?:-[0-9]{4})?)")


def line(text: str) -> str:
    """The text as one line: composed, without control, direction and zero-width characters that are no spelling, with single spaces."""
    return _SPACES.sub(" ", _visible(text)).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of the text that say something, each as `line` gives it."""
    return tuple(told for part in _BREAKS.split(text) if (told := line(part)))


def address(text: str) -> tuple[str, ...]:
    """An address as the lines of an envelope; one typed in a single line is broken before its city, where that can be told."""
    lines = paragraphs(text)
    if len(lines) == 1 and (told := _CITY.fullmatch(lines[0])):
        return told["street"], told["city"]
    return lines


def _visible(text: str) -> str:
    """Direction and zero-width characters could show other words than stand there; a lone surrogate cannot be written at all."""
    composed = unicodedata.normalize("NFC", text)
    belong = spelled(composed)
    return "".join(character if place in belong else _stand_in(character) for place, character in enumerate(composed))


def _stand_in(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else character
