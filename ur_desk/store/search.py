"""What a person types, as a full-text query that cannot break."""

import re

MOST = 12
"""Words that are asked for at most."""

_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')


def words_of(text: str) -> list[str]:
    """The words that are asked for; none holds a character that means something to the search."""
    return re.findall(r"[^\W_]+", text)[:MOST]


def match_words(text: str) -> str:
    """A query that asks for every word, each as the beginning of one; empty where nothing is left to ask for."""
    return " ".join(f'"{word}"*' for word in words_of(text))


def match_text(text: str) -> str:
    """A query over running text: words in quotation marks as a phrase, what hangs together (M54.5, x-ray) as one too.

    The last word, and each with a star behind it, is taken as the beginning of one; every other in all its forms. Empty where nothing is left.
    """
    asked, left = list[str](), MOST
    for quoted, plain in _ASKED.findall(text):
        words = words_of(quoted or plain)[:left]
        if words:
            left -= len(words)
            asked.append(f'"{" ".join(words)}"' + ("*" if plain.endswith("*") else ""))
    open_ended = bool(re.search(r"[^\W_]$", text))
    return " ".join([*asked[:-1], asked[-1] + "*"] if asked and open_ended and not asked[-1].endswith("*") else asked)
