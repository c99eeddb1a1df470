"""What of a foreign text may be shown: no controls, no turned writing, no formula; light to load, since every output needs it."""

import re

# controls, marks that turn the direction of writing, invisible characters, halves of surrogate pairs
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"  # Thai, Lao, Burmese, Khmer: a zero-width space says where a line may end
_HIDDEN = re.compile(
    f"(?<!{_UNSPACED})\u200b|\u200b(?!{_UNSPACED})|"
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
# joiners are spelling behind a letter of Hebrew, Arabic, and the scripts of South and Southeast Asia, and hide anywhere else
_JOINED = re.compile(
    f"(?<=[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f\ufb1d-\ufdff\ufe70-\ufefc])[\u200c\u200d]|(?<={_UNSPACED})\u200b(?={_UNSPACED})"
)
# with their wide twins, which some spreadsheets take for the same; an empty text begins with none of them
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_SSN = re.compile(
    r"(?P<words>\b(?:ssn?|soc(?:ial)?\.? ?sec(?:urity)?\.?)\b(?:\W{0,3}(?:no|nr|num|number|is)\b){0,2}\W{0,3})[0-9]{5}(?P<end>[0-9]{4})(?![0-9])"
    r"|(?<![0-9-])[0-9]{3}([- .])[0-9]{2}\3(?P<last>[0-9]{4})(?![0-9-])",
    re.IGNORECASE | re.ASCII,
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def broken(text: str) -> str:
    """The text, its line breaks as line feeds."""
    if text.isprintable():  # a break is not, and most texts are one line
        return text
    return _BREAK.sub("\n", text)


def without_ssn(text: str) -> str:
    """The text with every number that is written as a social security number masked but for its last four digits: nine digits parted
    3-2-4, or nine in a row behind the words for it. For lists, which show what a sender wrote to whoever passes by."""
    return _SSN.sub(lambda found: f"{found['words'] or ''}•••-••-{found['last'] or found['end']}", text)


def visible(text: str) -> str:
    """The text without characters that do not show, its line breaks as line feeds."""
    if text.isprintable():  # nothing hidden is
        return text
    return _HIDDEN.sub("", broken(text))


def spelled(text: str) -> frozenset[int]:
    """The places of joiners and zero-width spaces that belong to how the text is spelled; any other hides."""
    return frozenset() if text.isprintable() else frozenset(found.start() for found in _JOINED.finditer(text))


def marked(text: str) -> str:
    """The text with every character that does not show or turns the writing as its number in brackets, so that one reads what stands there."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def hidden(text: str) -> tuple[str, ...]:
    """The characters of the text that do not show, each kind once in their order."""
    return tuple(dict.fromkeys(_HIDDEN.findall(text)))


def defused(text: str) -> str:
    """The text as a cell of a file that a spreadsheet may open: what it would take for a formula begins with an apostrophe (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000")[:1] in _FORMULA else text


def clip(text: str, limit: int = 40) -> str:
    """The text, or its beginning with an ellipsis, in one line, to quote it in a sentence."""
    line = " ".join(visible(text[: 2 * limit]).split())
    return line if len(line) <= limit and len(text) <= 2 * limit else line[: limit - 1] + "…"
