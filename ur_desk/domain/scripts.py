"""Letters of several alphabets in one word: what looks like one word and is another, to everything but the eye."""

import re
import unicodedata
from functools import lru_cache

from ur_desk.domain.asked import NOTHING_LOST
from ur_desk.errors import UserError

_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
_LATIN, _MEASURES = "LATIN", frozenset({"MICRO", "GREEK"})
_LIKE_LATIN = frozenset("ονιρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
"""Greek letters that no measure and no substance is written with, and that look like Latin ones."""


def mixed_word(text: str) -> str | None:
    """The first word that mixes the Latin alphabet with letters of another; None where there is none. Greek letters as names of
    substances and measures have them (TNFα, μg) mix nothing."""
    if text.isascii():
        return None
    return next((m[0] for m in _WORD.finditer(text) if not m[0].isascii() and _mixed(m[0])), None)


def _mixed(word: str) -> bool:
    scripts = {_script(c) for c in word if unicodedata.category(c) in _LETTERS}
    strange = scripts - {_LATIN} - (set() if _LIKE_LATIN & set(word) else _MEASURES)
    return _LATIN in scripts and bool(strange)


@lru_cache(maxsize=1024)
def _script(character: str) -> str:
    return unicodedata.name(character, "none").split()[0]


def check_one_alphabet(*texts: str) -> None:
    """UserError, naming the word, where a text holds one of several alphabets."""
    for text in texts:
        if (word := mixed_word(text)) is not None:
            raise UserError(f"“{word}” mixes letters of several alphabets.", f"Type the word anew, in Latin letters. {NOTHING_LOST}")
