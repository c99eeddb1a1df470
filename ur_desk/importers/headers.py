"""What headers mean, as declared in `resources/mappings/headers.json`: spellings, abbreviations, and words for values."""

import json
import re
from dataclasses import dataclass
from functools import cache

from ur_desk.domain.intake.mapping import plain_header
from ur_desk.paths import resources

_SHORT = re.compile(r"[0-9]{1,2}")
_COUNTED = re.compile(r"([a-z]+)([0-9]{1,2})")
_BEGINNING = 4
"""Letters of a word from which it may be the beginning of another."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: the field, the number behind it (0 where there is none), and whether it may mean something else too."""

    field: str
    nth: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Headers:
    """The declared spellings. `words` expand abbreviations, `people` are other words for the member."""

    words: dict[str, str]
    people: frozenset[str]
    fields: dict[str, str]
    doubtful: dict[str, str]
    values: dict[str, tuple[tuple[str, str], ...]]

    def meaning(self, header: str) -> Meaning | None:
        """What a header means; None where no spelling of it is declared."""
        words, nth = self._words(header)
        said = " ".join(words)
        if said in self.doubtful:
            return Meaning(self.doubtful[said], nth, doubtful=True)
        of_member = " ".join("member" if word in self.people else word for word in words)
        for each in (said, of_member, f"{said} {nth}"):
            if each in self.fields:
                return Meaning(self.fields[each], nth)
        return None

    def begun(self, header: str) -> Meaning | None:
        """What a header means whose words are the beginnings of a declared spelling's, as "Diagn" is of "diagnosis"; never for sure.

        None where no spelling begins so, or spellings of several fields do.
        """
        words, nth = self._words(header)
        if not words or any(len(word) < _BEGINNING for word in words):
            return None
        fields = {
            field
            for spelling, field in (*self.fields.items(), *self.doubtful.items())
            if len(told := spelling.split()) == len(words) and all(whole.startswith(word) for whole, word in zip(told, words, strict=True))
        }
        return Meaning(fields.pop(), nth, doubtful=True) if len(fields) == 1 else None

    def _words(self, header: str) -> tuple[list[str], int]:
        """The words of a header, abbreviations written out, and the number at its end."""
        nth, words = 0, []
        for word in plain_header(header).split():
            counted = _COUNTED.fullmatch(word)
            if counted and word not in self.words:
                word, nth = counted[1], int(counted[2])
            words += self.words.get(word, word).split()
        if len(words) > 1 and _SHORT.fullmatch(words[-1]):
            nth = int(words.pop())
        return words, nth


@cache
def declared() -> Headers:
    """The spellings that the program brings along."""
    told = json.loads((resources() / "mappings" / "headers.json").read_text(encoding="utf-8"))
    by_spelling = {spelling: field for field, spellings in told["fields"].items() for spelling in spellings}
    doubtful = {spelling: field for field, spellings in told["doubtful"].items() for spelling in spellings}
    values = {field: tuple(pairs.items()) for field, pairs in told["values"].items()}
    return Headers(told["words"], frozenset(told["people"]), by_spelling, doubtful, values)
