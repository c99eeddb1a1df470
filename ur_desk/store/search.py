"""What a person types, as a full-text query that cannot break."""

import re


def match_words(text: str) -> str:
    """A query that asks for every word, each as the beginning of one; empty where nothing is left to ask for."""
    words = re.findall(r"[^\W_]+", text)
    return " ".join(f'"{word}"*' for word in words[:12])
