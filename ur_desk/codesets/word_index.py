"""The words of many rows by their beginnings: which rows hold, for each term of a question, a word that begins with it."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence

_WORD = re.compile(r"[0-9a-z]+")


def terms_of(text: str) -> list[str]:
    """The terms of a question in small letters; dots are taken out, so that a code is one term."""
    return _WORD.findall(text.lower().replace(".", ""))


class WordIndex:
    """Finds rows by the beginnings of their words, in any order."""

    def __init__(self, rows: Sequence[str]) -> None:
        """`rows` are texts; a row is named by its place from 0."""
        found: dict[str, array[int]] = {}
        for place, text in enumerate(rows):
            for word in set(_WORD.findall(text.lower())):
                found.setdefault(word, array("I")).append(place)
        self._words = sorted(found)
        self._places = [found[word] for word in self._words]

    def holding(self, terms: Sequence[str]) -> list[int]:
        """The rows that hold a word for each term, by place; none where there is no term."""
        if not terms:
            return []
        by_term = [self._beginning(term) for term in sorted(terms, key=len, reverse=True)]
        return sorted(set.intersection(*by_term))

    def _beginning(self, term: str) -> set[int]:
        low, high = bisect_left(self._words, term), bisect_left(self._words, term + "~")
        return set().union(*self._places[low:high])
