"""ICD-10-CM in tabular order: what a code is, where it stands, and what can be known of it on a day."""

import gzip
import json
import math
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import overload

from ur_desk.codesets import history
from ur_desk.codesets.history import History, State
from ur_desk.codesets.word_index import WordIndex, terms_of
from ur_desk.domain.codes import CodeHit, System, Validity, has_shape, normal
from ur_desk.errors import UserError

_RANKS = {Validity.VALID: 0, Validity.HEADER: 1}
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_ANSWERS = 50_000
"""Answers about a code on a day that are remembered; files ask the same ones over and over."""


class Icd10cm:
    """A table of ICD-10-CM codes; implements `domain.codes.CodeSet`. Codes are given and returned in normal form.

    The table holds the newest release in its own order and, put in beside their siblings, the codes that are no
    longer in it. A code without the shape of one stands after all others.
    """

    def __init__(
        self,
        codes: Sequence[str],
        states: Sequence[str],
        words: Sequence[str],
        past: History,
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`synonyms` gives for a name of the field the words that the table has for the same."""
        self._codes = codes
        self._states = states
        self._words = words
        self._past = past
        self._synonyms = synonyms or {}
        self._at = {code: at for at, code in enumerate(codes)}
        self._answers: dict[tuple[str, date | None], Validity] = {}
        self.vintage = past.released

    def __len__(self) -> int:
        return len(self._codes)

    def exists(self, code: str) -> bool:
        """Whether the code is in any list behind the table, on any day since ICD-10-CM came into use."""
        return _bare(code) in self._at

    def place(self, code: str) -> float:
        """Where the code stands, or would stand, in tabular order: after its nearest earlier sibling and all below that.

        Existing codes have whole numbers; two codes that do not exist have the same place only where they are equal.
        """
        bare = _bare(code)
        at = self._at.get(bare)
        if at is not None:
            return float(at)
        if not has_shape(code, System.ICD10CM):
            return math.inf
        return self._gap_before(bare) + _fraction(bare)

    def last_place(self, code: str) -> float:
        """The place of the last code below this one; its own place where nothing is below."""
        at = self._at.get(_bare(code))
        return self.place(code) if at is None else float(self._last(at))

    def between(self, low: float, high: float) -> list[str]:
        """The codes from one place to another, both in, in tabular order."""
        return [normal(code, System.ICD10CM) for code in self._codes[max(math.ceil(low), 0) : math.floor(high) + 1]]

    def parent(self, code: str) -> str | None:
        """The nearest code above that is in the table; None for a three-character category."""
        above = self._above(_bare(code))
        return None if above is None else normal(above, System.ICD10CM)

    def on(self, code: str, day: date | None) -> Validity:
        """What is known of the code on a day; `unknown` without a day and for a code that is in no list."""
        known = self._answers.get((code, day))
        if known is None:
            bare = _bare(code)
            at = self._at.get(bare)
            known = Validity.UNKNOWN if at is None else self._past.on(bare, self._states[at], day)
            if len(self._answers) < _MOST_ANSWERS:
                self._answers[code, day] = known
        return known

    def description(self, code: str) -> str | None:
        """The words of the newest list that prints the code with words, or None."""
        at = self._at.get(_bare(code))
        return None if at is None else self._words[at] or None

    def billable(self, low: str, high: str) -> int | None:
        """Codes billable in the newest release from `low` up to all below `high`, each once; None where an end does not exist."""
        first, last = self._at.get(_bare(low)), self._at.get(_bare(high))
        if first is None or last is None:
            return None
        return max(0, self._billable_before[self._last(last) + 1] - self._billable_before[first])

    def search(self, text: str, day: date | None = None) -> Sequence[CodeHit]:
        """Every code that the text means, best first: the code itself, codes that begin so, words that begin with all its terms in
        any order, then the same by other names.

        Within each kind come the billable ones of the day first, then headers, then what is not valid on it, each with the words that
        begin with the whole text first, and else in tabular order. Without a day it is that of the newest table.
        """
        terms = terms_of(text)
        if not terms:
            return []
        standing, bare = _Standing(self._past, self._states, self._codes, day or self.vintage), "".join(terms).upper()
        kinds = [
            [self._at[bare]] if bare in self._at else [],
            self._below(bare),
            self._words_index.holding(terms),
            *(self._words_index.holding(other) for other in self._other_terms(terms)),
        ]
        first = " ".join(terms)
        ranked: dict[int, None] = {}
        for kind in kinds:
            by_rank: list[list[int]] = [[] for _ in range(6)]
            for at in kind:
                by_rank[2 * standing.rank(at) + (not self._words[at].lower().startswith(first))].append(at)
            ranked.update(dict.fromkeys(at for rank in by_rank for at in rank))
        return Hits(self, tuple(ranked), standing)

    def _other_terms(self, terms: Sequence[str]) -> list[list[str]]:
        """The same question by other names of what it asks for."""
        found = []
        for name, others in self._synonyms.items():
            said = name.split()
            if all(word in terms for word in said):
                rest = [term for term in terms if term not in said]
                found += [[*rest, *terms_of(other)] for other in others]
        return found

    def _below(self, start: str) -> list[int]:
        """Places of the codes that begin so, in tabular order."""
        low = bisect_left(self._sorted, start)
        high = bisect_left(self._sorted, start + "~")
        return sorted(self._at[code] for code in self._sorted[low:high])

    def _above(self, bare: str) -> str | None:
        return next((bare[:cut] for cut in range(len(bare) - 1, 2, -1) if bare[:cut] in self._at), None)

    def _last(self, at: int) -> int:
        """The row of the last code below the code in a row: what is below follows it without a break."""
        code, step = self._codes[at], 1
        while at + step < len(self._codes) and self._codes[at + step].startswith(code):
            step *= 2
        low, high = at + step // 2, min(at + step, len(self._codes))
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._codes[middle].startswith(code) else (low, middle)
        return low

    def _gap_before(self, bare: str) -> int:
        """The row after which a code that does not exist would stand."""
        above = self._above(bare)
        at = bisect_left(self._sorted, bare)
        before, after = self._sorted[at - 1 : at], self._sorted[at : at + 1]
        if above is None and after and (not before or before[0][0] != bare[0] == after[0][0]):
            return self._at[after[0]] - 1  # the first of its letter: chapters do not go by letter (U stands after Z)
        if not before:
            return -1
        if before[0] == above:
            return self._at[above]
        sibling = before[0]
        while (higher := self._above(sibling)) not in (above, None):
            sibling = str(higher)
        return self._last(self._at[sibling])

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._codes)

    @cached_property
    def _billable_before(self) -> list[int]:
        return [0, *accumulate(states[-1] == State.BILLABLE for states in self._states)]

    @cached_property
    def _words_index(self) -> WordIndex:
        return WordIndex(self._words)

    def hit(self, at: int, standing: "_Standing") -> CodeHit:
        """The code in a row, as a search gives it."""
        return CodeHit(normal(self._codes[at], System.ICD10CM), self._words[at], standing.on(at))


class Hits(Sequence[CodeHit]):
    """The rows that a search found, each told when it is asked for: a search may find some ten thousands."""

    def __init__(self, table: Icd10cm, rows: tuple[int, ...], standing: "_Standing") -> None:
        self._table, self._rows, self._standing = table, rows, standing

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> CodeHit: ...
    @overload
    def __getitem__(self, at: slice) -> list[CodeHit]: ...
    def __getitem__(self, at: int | slice) -> CodeHit | list[CodeHit]:
        """The hit of a place, from 0, or those of a slice."""
        if isinstance(at, slice):
            return [self._table.hit(row, self._standing) for row in self._rows[at]]
        return self._table.hit(self._rows[at], self._standing)


class _Standing:
    """What is known of the codes of a table on one day; codes with the same states are asked once."""

    def __init__(self, past: History, states: Sequence[str], codes: Sequence[str], day: date) -> None:
        self._past, self._states, self._codes, self._day = past, states, codes, day
        self._known: dict[str, Validity] = {}

    def on(self, at: int) -> Validity:
        """What is known of the code in a row."""
        states, code = self._states[at], self._codes[at]
        if code in self._past.changes:
            return self._past.on(code, states, self._day)
        if states not in self._known:
            self._known[states] = self._past.on(code, states, self._day)
        return self._known[states]

    def rank(self, at: int) -> int:
        """Billable codes before headers, and headers before all else."""
        return _RANKS.get(self.on(at), 2)


def _bare(code: str) -> str:
    return code.replace(".", "")


def _fraction(bare: str) -> float:
    """A number above 0 and below 1, in the order of spelling, another for every code that has the shape of one."""
    number = (ord(bare[0]) - ord("A")) * 11 + _DIGITS.index(bare[1])  # the second is a digit, or the A of QA0
    number = number * 36 + _DIGITS.index(bare[2])
    for character in bare[3:].ljust(4):
        number = number * 37 + 1 + _DIGITS.find(character)
    return (number + 1) / (26 * 11 * 36 * 37**4 + 1)


def load(resources: Path) -> Icd10cm:
    """Read the bundled table and its history; `UserError` where either is missing or damaged."""
    folder = resources / "codesets"
    try:
        past = history.read(folder / "history.json")
        cells = gzip.decompress((folder / "icd10cm.tsv.gz").read_bytes()).decode().replace("\n", "\t").split("\t")
        codes, states, words = cells[:-1:3], cells[1::3], cells[2::3]
        if len(cells) % 3 != 1 or not codes or any(len([State(mark) for mark in marks]) != len(past.lists) for marks in set(states)):
            raise ValueError("rows of the wrong shape")
        synonyms = json.loads((folder / "synonyms.json").read_text(encoding="utf-8"))["names"]
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error) as error:
        raise UserError(
            "The table of ICD-10-CM codes is missing or damaged, so no diagnosis code can be checked.",
            "Install the program again; workspaces and cases are not affected.",
        ) from error
    return Icd10cm(codes, states, words, past, synonyms)
