"""Words as their reader takes them in, whatever stands between or inside of them; each with the place where it stands.

This is the one form in which a letter is searched: small Latin letters and figures; a blank between two words of a sentence, a full
stop between two sentences, and a hyphen wherever a mark or a new line stands, so that what stands on its two sides may be one word or
two ("co-st", "do/not"). Marks on letters, characters that nobody sees and apostrophes are left out, ligatures and letters that only
look Latin are read as what they look like, and letters that stand one by one ("n e e d") may be a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = frozenset("'’‘‛`´＇′ʹʼʻˈ")
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Korean that leave nothing on the page."""
_ALONE_NOTHING = frozenset({"Mn", "Mc", "Me", "Cf", "Lm"})
"""Categories of marks on letters, and of characters that nobody sees."""
_END = re.compile(r"(?:\.|[!?]+)[\"”’)\]]*\s+[\"“‘(\[]*")
"""What stands between two sentences; dots that trail off end none."""
_LOOKS = (
    # as the Unicode list of confusable characters has them (UTS 39): Cyrillic, Greek, Armenian, small capitals, letters with a stroke
    ("аеорсухіјѕһԁԛԝӏѵгпктмнв", "aeopcyxijshdqwlvrnktmhb"),
    ("АВЕКМНОРСТУХІЈЅҺԀԚԜѴӀ", "abekmhopctyxijshdqwvl"),
    ("αγεηικνορςτυχωϲϳ", "ayenikvopstuxwcj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abezhikmnoptyxc"),
    ("օսոհցզՕՍ", "ounhgqou"),
    ("ıɑɡɪɩʟɴʀᴀʙᴄᴅᴇꜰɢʜᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢ", "iagiilnrabcdefghjkmopstuvwyz"),
    ("øđłħŧƀɇɨɵʉ", "odlhtbeiou"),
    ("ØĐŁĦŦ", "odlht"),
)
_LOOKS_LIKE = {ord(told): meant for strange, latin in _LOOKS for told, meant in zip(strange, latin, strict=True)}
_FIGURES = str.maketrans("01", "ol")
_SPELLED = re.compile(r"(?<![^ .-])[a-z](?:[ -][a-z])+(?![^ .-])")
_WITH_FIGURES = re.compile(r"(?<![^ .-])(?=[01]*[a-z])[a-z01]+(?![^ .-])")
_WORD = re.compile(r"[^ .]+")
Place = tuple[int, int]
"""A sentence of the letter by its number, and a character of it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Text in that form; `places` holds where each of its characters stands."""

    text: str
    places: tuple[Place, ...]

    def marks(self, first: int, last: int) -> tuple[tuple[int, int, int], ...]:
        """Where characters `first` to `last` (half open) stand: each sentence that holds some of them, from which character to which."""
        told: dict[int, tuple[int, int]] = {}
        for at in range(first, last):
            if self.text[at] not in " .-":
                number, place = self.places[at]
                begin, _ = told.get(number, (place, place))
                told[number] = begin, place + 1
        return tuple((number, begin, end) for number, (begin, end) in told.items())

    def words(self) -> Iterator[tuple[str, int, int]]:
        """Each word with its place in `text`: one with hyphens as a whole, without them, and then in its pieces."""
        for found in _WORD.finditer(self.text):
            pieces = [m.span() for m in re.finditer(r"[^-]+", found[0])]
            if len(pieces) > 1:
                yield found[0].replace("-", ""), found.start(), found.end()
            for first, last in pieces:
                yield found[0][first:last], found.start() + first, found.start() + last


def heard(*sentences: tuple[int, str]) -> Heard:
    """The sentences, given with their numbers, as one text; what follows the end of one begins a new line."""
    text, places, between = list[str](), list[Place](), ""
    for number, told in sentences:
        for at, character in enumerate(told):
            letters = _letters(character)
            if letters is None:
                between += character
                continue
            if letters and between and text:
                text.append(_gap(between, character))
                places.append((number, at))
            between = "" if letters else between
            text += letters
            places += [(number, at)] * len(letters)
        between += "\n"
    return Heard(_spelled("".join(text)), tuple(places))


def as_heard(text: str) -> str:
    """One text in that form."""
    return heard((0, text)).text


@lru_cache(maxsize=4096)
def _letters(character: str) -> str | None:
    """What a character is heard as: small letters or a figure, nothing where it is not seen by itself; None where it parts words."""
    if character in _APOSTROPHES or character in _UNSEEN:
        return ""
    plain = _LOOKS_LIKE.get(ord(character)) or unicodedata.normalize("NFKD", character)
    told = "".join(_LOOKS_LIKE.get(ord(part), part) for part in plain if unicodedata.category(part) not in _ALONE_NOTHING).casefold()
    if not told:
        return ""
    return told if all(part.isalnum() or part == "$" for part in told) else None


def _gap(between: str, following: str) -> str:
    if following.isupper() and _END.fullmatch(between):
        return "."
    return " " if any(part.isspace() and part not in "\n\r" for part in between) else "-"


def _spelled(text: str) -> str:
    """The text with letters that stand one by one bound to each other, and figures within words read as the letters they look like."""
    text = _SPELLED.sub(lambda m: m[0].replace(" ", "-"), text)
    return _WITH_FIGURES.sub(lambda m: m[0].translate(_FIGURES), text)


_TOKENS = re.compile(r"\\w\+ |\\.|\[[^\]]*\]|\{[^}]*\}|\(\?[:!=]|[a-z][?+*{]?| |.", re.IGNORECASE)


def listens(phrase: str, over_sentences: bool = False) -> re.Pattern[str]:
    """The pattern that finds a phrase, itself a pattern in small words, in text of that form; `over_sentences`
    finds it over the end of a sentence too. Hyphens and apostrophes are none of a phrase: words bound by hyphens are written apart, and "don't" is "dont"."""
    gap = "[ .-]" if over_sentences else "[ -]"
    made = "".join(_listened(token[0], gap) for token in _TOKENS.finditer(phrase))
    return re.compile(rf"(?<![^ .-])(?:{made})(?![^ .-])", re.IGNORECASE)


def _listened(token: str, gap: str) -> str:
    if token == r"\w+ ":
        return r"\w+[ -]"
    if token == " ":
        return gap
    if token[0].isalpha():
        return f"(?:{token[0]}-?){token[1:]}" if token[1:] else f"{token}-?"
    return token
