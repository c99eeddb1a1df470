"""What a letter says amiss: findings of the letter's linter, each at its words, with the rule behind it."""

from collections.abc import Mapping
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


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherPeople:
    """Members of other cases, none of whom stands in this letter: `families` holds by the first word of a family name all family and
    given names that begin so, word by word; `numbers` are those of the cases and of the members, without marks. All of it in the form
    in which the linter hears a letter."""

    families: Mapping[str, tuple[tuple[Words, Words], ...]] = field(default_factory=dict, repr=False)
    born: frozenset[date] = field(default=frozenset(), repr=False)
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
