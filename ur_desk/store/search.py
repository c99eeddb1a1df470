"""What a person types, as a full-text query that cannot break."""

import re

MOST = 12
"""Words that are asked for at most."""


def words_of(text: str) -> list[str]:
    """The words that are asked for; none holds a character that means something to the search."""
    return re.findall(r"[^\W_]+", text)[:MOST]


def match_words(text: str) -> str:
    """A query that asks for every word, each as the beginning of one; empty where nothing is left to ask for."""
    return " ".join(f'"{word}"*' for word in words_of(text))
