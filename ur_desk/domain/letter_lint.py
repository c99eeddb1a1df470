"""What a letter says amiss: findings of the letter's linter, each at its words, with the rule behind it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Weight(StrEnum):
    """What a finding asks for: a letter with one that stops does not leave; the others are for the writer to look at."""

    STOPS = "stops"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class LetterFinding:
    """One thing that a letter says amiss, in plain words: what, what to do, and which rule or practice is behind it.

    `sentence` counts the letter's sentences in reading order from 0, `first` and `last` are characters of it (half open); without a
    sentence the finding is about the whole letter.
    """

    rule: str
    weight: Weight
    message: str
    hint: str
    source: str
    sentence: int | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class OtherPeople:
    """Names (in small letters, given and family) and birth dates of the members of other cases, none of which stands in this letter."""

    names: frozenset[str] = field(default=frozenset(), repr=False)
    born: frozenset[date] = field(default=frozenset(), repr=False)
