"""A text as words: lower case, without accents and plurals, with what stands between them."""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST = 20_000
"""Characters of a text that are read for words; a service is told in far fewer."""

_TOKEN = re.compile(r"w/o(?:ut)?\b|w/|r/o\b|s/p\b|c/o\b|h/o\b|n/a\b|[^\W_]+(?:['’][^\W_]+)?", re.IGNORECASE)
_WRITTEN = {
    "w/o": "without",
    "w/out": "without",
    "w/": "with",
    "r/o": "rule out",
    "s/p": "status post",
    "c/o": "complain of",
    "h/o": "history of",
    "xrays": "xray",
    "radiograph": "xray",
    "radiographs": "xray",
    "roentgenogram": "xray",
    "extraspinal": "non spinal",
}
_HARD = re.compile(r"[;!?\n\r:]|\.(?=\s|$)")
_SOFT = re.compile(r"[,()\[\]|–—]|(?<=\s)-+(?=\s)")


class Gap(StrEnum):
    """What stands before a word: nothing to speak of, a slash, a comma, bracket or dash, or the end of a clause."""

    NONE = ""
    LINK = "/"
    SOFT = ","
    HARD = "."


@dataclass(frozen=True, slots=True)
class Word:
    """One word, where it stands in the text, what stands before it, and whether a question mark follows."""

    text: str
    stem: str
    start: int
    end: int
    gap: Gap
    asked: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text's first `LONGEST` characters; x-ray is one word however it is written."""
    text = text[:LONGEST]
    found: list[Word] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        if found and "?" in between:
            found[-1] = replace(found[-1], asked=True)
        gap = _gap(between)
        if found and found[-1].text == "x" and gap is Gap.NONE and match[0].lower() in ("ray", "rays"):
            found[-1] = Word("xray", "xray", found[-1].start, match.end(), found[-1].gap)
        else:
            for number, piece in enumerate(_pieces(match[0])):
                found.append(Word(piece, stem(piece), match.start(), match.end(), Gap.NONE if number else gap))
        end = match.end()
    if found and "?" in text[end:]:
        found[-1] = replace(found[-1], asked=True)
    return tuple(found)


def stem(word: str) -> str:
    """A word without the s of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def stems_of(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase's words, in order."""
    return tuple(word.stem for word in words_of(phrase))


def _pieces(raw: str) -> list[str]:
    """The words that one written word stands for: w/o is without, nonspinal is non spinal."""
    word = raw.casefold().replace("’", "'")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if word.startswith("non") and len(word) > 7:
        return ["non", word[3:]]
    return _WRITTEN.get(word, word).split()


def _gap(between: str) -> Gap:
    if _HARD.search(between):
        return Gap.HARD
    if _SOFT.search(between):
        return Gap.SOFT
    return Gap.LINK if "/" in between else Gap.NONE
