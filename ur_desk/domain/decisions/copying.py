"""Whether a rationale is the physician's own: runs of words that it shares with the nurse's text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 8
"""So many words in a row, the same in both, are pointed out; fewer are the field's own phrases."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of words that stands in another text too, as it was typed; `start` and `end` are its characters."""

    words: str
    start: int
    end: int


def shared_runs(own: str, others: Iterable[str], least: int = LEAST) -> tuple[Shared, ...]:
    """The runs of at least so many words of `own` that stand in one of the others too, whatever the case, blanks and marks between
    them; each as long as it goes, in order, without overlap."""
    mine = list(_WORD.finditer(own))
    folded = [word.group().casefold() for word in mine]
    theirs = [[word.group().casefold() for word in _WORD.finditer(other)] for other in others]
    found: list[Shared] = []
    place = 0
    while place <= len(mine) - least:
        length = max((_longest(folded, place, other, least) for other in theirs), default=0)
        if length:
            start, end = mine[place].start(), mine[place + length - 1].end()
            found.append(Shared(own[start:end], start, end))
        place += length or 1
    return tuple(found)


def copied_whole(own: str, others: Iterable[str]) -> bool:
    """Whether every word of `own` stands, in the same order and without another between them, in one of the others."""
    mine = [word.group().casefold() for word in _WORD.finditer(own)]
    if not mine:
        return False
    return any(_longest(mine, 0, [w.group().casefold() for w in _WORD.finditer(other)], len(mine)) == len(mine) for other in others)


def _longest(mine: list[str], place: int, theirs: list[str], least: int) -> int:
    """How many words from `place` on stand in a row in the other text too; 0 where that is fewer than `least`."""
    best = 0
    for start in range(len(theirs) - least + 1):
        length = 0
        while place + length < len(mine) and start + length < len(theirs) and mine[place + length] == theirs[start + length]:
            length += 1
        best = max(best, length)
    return best if best >= least else 0
