"""Where a line may end: at blanks; between the characters of Chinese and Japanese; where a zero-width space says so in Thai, Lao, Khmer
and Burmese, which part no words. No dictionary tells words of those apart: what fits no line is parted between whole syllables' letters."""

import unicodedata
from collections.abc import Iterator

from ur_desk.pdf.fonts import BREAK
from ur_desk.pdf.scripts import script_of

_JOINER = "\u200d"
_LEADING = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao that are written before the letter that they are spoken after."""
_TRAILING = frozenset("ะาำๅๆฯະາຳໆຯຽ") | frozenset("\u200c\u200d")
_ASAT = frozenset("\u1039\u103a")
"""Marks of Burmese that close the syllable before with the letter that bears them."""
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〉》〕］｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻％‰°′″℃,.:;?!)]}”’")
_NOT_LAST = frozenset("（「『【〈《〔［｛￥＄([{“‘")


def items(text: str) -> Iterator[tuple[int, int, bool]]:
    """The pieces of one line of a text, first and one past its last character, and whether it is blank; before each that is not, a line
    may begin."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or _parts(text, place):
            yield start, place, text[start].isspace()
            start = place


def clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a word that fits no line: letters with their marks, never apart."""
    for place in range(start + 1, end + 1):
        if place == end or not _together(text, place):
            yield start, place
            start = place


def _parts(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    if before == BREAK:
        return after != BREAK
    wide = any((script := script_of(each)) and script.name in ("Han", "Kana") for each in (before, after))
    return wide and not _together(text, place)


def _together(text: str, place: int) -> bool:
    """Whether what stands on both sides of a place belongs together."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after)[0] == "M" or after in _TRAILING or after in _NOT_FIRST or after == BREAK:
        return True
    if before == _JOINER or before in _LEADING or before in _NOT_LAST or unicodedata.combining(before) == 9:
        return True
    return text[place + 1 : place + 2] in _ASAT and script_of(after) is not None
