"""Which passphrases open a workspace: the same floor for every role, since the weakest opens all (NIST SP 800-63B section 5.1.1.2)."""

import re
import unicodedata
from collections.abc import Iterable

from ur_desk.errors import UserError

LEAST_CHARACTERS = 14
LEAST_WORDS = 5
LEAST_LETTERS = 3
"""Letters from which on a word counts as one."""
LEAST_DIFFERENT = 6
"""Characters, or words in a phrase, that must differ: what is shorter than that when repeats are taken out is too easily tried."""
MOST_CHARACTERS = 1024
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
_COMMON = frozenset(
    [
        "correcthorsebatterystaple",
        "thequickbrownfox",
        "thequickbrownfoxjumpsoverthelazydog",
        "maytheforcebewithyou",
        "tobeornottobe",
        "tobeornottobethatisthequestion",
        "onceuponatime",
        "loremipsumdolorsitamet",
        "letmeinletmein",
        "iloveyouforever",
        "changemeplease",
        "passwordpassword",
        "adminadmin",
        "administrator",
        "welcomewelcome",
        "trustnooneever",
        "openthedoor",
        "opensesame",
        "thisismypassword",
        "mypasswordissafe",
        "nevergonnagiveyouup",
        "allyourbasearebelongtous",
        "itwasthebestoftimes",
        "fourscoreandsevenyearsago",
        "wethepeopleoftheunitedstates",
        "inthebeginning",
        "ourfatherwhoartinheaven",
        "happybirthdaytoyou",
        "twinkletwinklelittlestar",
        "nursenursenurse",
        "utilizationreview",
        "qwertyqwertyqwerty",
    ]
)
_WEAK = ("password", "passwort", "passphrase", "letmein", "welcome", "changeme", "secret", "admin", "qwerty", "iloveyou", "urdesk", "login")
_HINT = f"Take at least {LEAST_CHARACTERS} characters, or {LEAST_WORDS} words that nobody would say in that order. Nothing was changed."


def normal(passphrase: str) -> str:
    """The passphrase in the one form in which it is used: two keyboards that write the same letters open the same workspace."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def check_passphrase(passphrase: str, known: Iterable[str] = ()) -> None:
    """UserError for a passphrase below the floor; `known` are names that must not be most of it, such as the account's own."""
    told = normal(passphrase)
    words = [word for word in told.split() if len(word) >= LEAST_LETTERS]
    if len(told) > MOST_CHARACTERS:
        raise UserError(f"The passphrase is longer than {MOST_CHARACTERS} characters.", "Take a shorter one. Nothing was changed.")
    if any(unicodedata.category(c) == "Cc" for c in told):
        raise UserError("The passphrase holds a character that no keyboard types.", "Type it anew. Nothing was changed.")
    if len(told) < LEAST_CHARACTERS and len(words) < LEAST_WORDS:
        raise UserError("The passphrase is too short.", _HINT)
    if len(set(told.casefold())) < LEAST_DIFFERENT or (len(words) >= LEAST_WORDS and len(set(map(str.casefold, words))) < LEAST_WORDS):
        raise UserError("The passphrase repeats itself too much.", _HINT)
    if _common(_letters(told), known):
        raise UserError("The passphrase is one that many people would try first.", _HINT)


def _letters(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text.casefold())


def _common(told: str, known: Iterable[str]) -> bool:
    """Whether little is left of it once names, common words, runs of keys and a year are taken out."""
    if told in _COMMON or told.rstrip("0123456789") in _COMMON:
        return True
    rest = told
    for word in sorted({*_WEAK, *filter(lambda n: len(n) > 2, map(_letters, known))}, key=len, reverse=True):
        rest = rest.replace(word, "")
    for run in _RUNS:
        for way in (run, run[::-1]):
            for size in range(len(way), 3, -1):
                for start in range(len(way) - size + 1):
                    rest = rest.replace(way[start : start + size], "")
    rest = re.sub(r"(19|20)\d\d", "", rest)
    return len(set(rest)) < LEAST_DIFFERENT
