"""Scripts beside Latin, Greek and Cyrillic: which characters each has, which face draws it, which languages are read in it."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Script:
    """One script. `file` is the face that comes with the program, empty where the plan installs one; `languages` are codes, the one that
    is read most in it first; `spaced` says whether its words are parted by blanks; `joined`, whether joiners mean something in it."""

    name: str
    file: str
    languages: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    spaced: bool = True
    joined: bool = True

    @property
    def spoken(self) -> str:
        """Its languages in English, for a sentence."""
        return ", ".join(NAMES[code] for code in self.languages if code in NAMES)


NAMES = {
    "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "ps": "Pashto", "hy": "Armenian", "am": "Amharic", "ti": "Tigrinya", "bn": "Bengali",
    "hi": "Hindi", "ne": "Nepali", "mr": "Marathi", "ka": "Georgian", "gu": "Gujarati", "pa": "Punjabi", "he": "Hebrew", "yi": "Yiddish",
    "kn": "Kannada", "km": "Khmer", "lo": "Lao", "ml": "Malayalam", "my": "Burmese", "si": "Sinhala", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
}  # fmt: skip

_OWN = (
    Script("Armenian", "Armenian", ("hy",), ((0x0530, 0x058F), (0xFB13, 0xFB17)), joined=False),
    Script("Hebrew", "Hebrew", ("he", "yi"), ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    Script("Arabic", "Arabic", ("ar", "fa", "ur", "ps"), ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))),
    Script("Devanagari", "Devanagari", ("hi", "ne", "mr"), ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF))),
    Script("Bengali", "Bengali", ("bn",), ((0x0980, 0x09FF),)),
    Script("Gurmukhi", "Gurmukhi", ("pa",), ((0x0A00, 0x0A7F),)),
    Script("Gujarati", "Gujarati", ("gu",), ((0x0A80, 0x0AFF),)),
    Script("Tamil", "Tamil", ("ta",), ((0x0B80, 0x0BFF),)),
    Script("Telugu", "Telugu", ("te",), ((0x0C00, 0x0C7F),)),
    Script("Kannada", "Kannada", ("kn",), ((0x0C80, 0x0CFF),)),
    Script("Malayalam", "Malayalam", ("ml",), ((0x0D00, 0x0D7F),)),
    Script("Sinhala", "Sinhala", ("si",), ((0x0D80, 0x0DFF),)),
    Script("Thai", "Thai", ("th",), ((0x0E00, 0x0E7F),), spaced=False),
    Script("Lao", "Lao", ("lo",), ((0x0E80, 0x0EFF),), spaced=False),
    Script("Myanmar", "Myanmar", ("my",), ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)), spaced=False),
    Script("Georgian", "Georgian", ("ka",), ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)), joined=False),
    Script("Ethiopic", "Ethiopic", ("am", "ti"), ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)), joined=False),
    Script("Khmer", "Khmer", ("km",), ((0x1780, 0x17FF), (0x19E0, 0x19FF)), spaced=False),
)  # fmt: skip
_INSTALLED = (
    Script("Hangul", "", ("ko",), ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)), joined=False),
    Script("Kana", "", ("ja",), ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF65, 0xFF9F)), spaced=False, joined=False),
    Script("Han", "", ("zh", "ja", "ko"), ((0x2E80, 0x303F), (0x3100, 0x312F), (0x31A0, 0x31EF), (0x3200, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF64), (0xFFA0, 0xFFEF), (0x20000, 0x323AF)), spaced=False, joined=False),
)  # fmt: skip
SCRIPTS = (*_OWN, *_INSTALLED)
_SPANS = sorted((first, last, number) for number, script in enumerate(SCRIPTS) for first, last in script.spans)
_FIRST = [first for first, _, _ in _SPANS]


@lru_cache(maxsize=4096)
def script_of(character: str) -> Script | None:
    """The script that a character belongs to, or None for Latin, Greek, Cyrillic, signs, and what no script here has."""
    at = bisect_right(_FIRST, ord(character)) - 1
    if at < 0 or ord(character) > _SPANS[at][1]:
        return None
    return SCRIPTS[_SPANS[at][2]]


def read_in(script: Script | None, told: str) -> str:
    """The language in which text of a script is read aloud: the one that is told, where it is written so, else the one most read in it."""
    if script is None or told.split("-")[0].lower() in script.languages:
        return told
    return script.languages[0]
