"""A library made ready for matching: which policies hold a code, print a name or mention a code, without reading them again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from ur_desk.domain.codes import PROCEDURES, CodeSet, System
from ur_desk.domain.library.catalogue import CodePlace
from ur_desk.domain.policy import CodeEntry, EntryState, PolicyId, Shelved
from ur_desk.domain.vocabulary import GROUP_OF
from ur_desk.domain.words import Term
from ur_desk.matching.shelf import Shelf, codes_in_text, shelf_of
from ur_desk.matching.slabs import Slabs


@dataclass(frozen=True, slots=True)
class Row:
    """A code entry of one policy version; for a suspect range, the places where it is certain (its own first category)."""

    shelf: int
    entry: CodeEntry
    certain: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A term that a statement prints and the vocabulary does not know."""

    shelf: int
    term: Term


@dataclass(frozen=True, slots=True)
class _Known:
    """What one policy told when it was read for matching: its shelf, and the codes that its text names."""

    shelf: Shelf
    mentions: Mapping[str, int]


class Index:
    """A library of policies by codes, names and mentions; built once, then only asked. The order of the library does not matter.

    `shelves`: the policy versions; everything else speaks of them by their number. `versions`: for each, all versions of its policy.
    """

    def __init__(self, library: Iterable[Shelved], codeset: CodeSet, before: "Index | None" = None) -> None:
        """Read every policy once; `codeset` gives the tabular order of diagnosis codes.

        `before` is an index of the library as it was: a policy that stands in it, the same object, is not read again.
        """
        self._places: Places = before._places if before is not None and before._places.codeset is codeset else Places(codeset)
        self._known: dict[int, _Known] = _known(_one_of_each(library), before._known if before else {})
        self.shelves = tuple(known.shelf for known in self._known.values())
        self.versions = _versions(self.shelves)
        self._rows: list[Row] = []
        self._codes: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._ranges: dict[str, Slabs[str]] = {}
        self._tabular = self._take_rows()
        self._by_technique, self._by_group, self._by_word = self._take_names()
        self._mentions: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, known in enumerate(self._known.values()):
            for code, line in known.mentions.items():
                self._mentions[code].append((number, line))

    def in_table(self, place: float) -> list[Row]:
        """The ICD-10-CM rows that hold a place."""
        return [self._rows[number] for number in sorted(self._tabular.holding(place))]

    def in_table_between(self, low: float, high: float) -> list[Row]:
        """The ICD-10-CM rows that share a place with a range."""
        return [self._rows[number] for number in sorted(self._tabular.touching(low, high))]

    def listing(self, system: System, code: str, code_to: str | None = None) -> list[Row]:
        """The rows of any other system that hold a code, or share one with a range of codes."""
        space = _space(system)
        ranges = self._ranges.get(space)
        key = code_key(code)
        if code_to is None:
            numbers = self._codes.get((space, key), []) + (ranges.holding(key) if ranges else [])
        else:
            low, high = sorted((key, code_key(code_to)))
            single = [n for (at, each), held in self._codes.items() if at == space and low <= each <= high for n in held]
            numbers = single + (ranges.touching(low, high) if ranges else [])
        return [self._rows[number] for number in sorted(numbers)]

    def mentioning(self, code: str) -> Sequence[tuple[int, int]]:
        """The policies whose text names a code, with the line."""
        return self._mentions.get(code, ())

    def naming(self, techniques: Iterable[str]) -> set[int]:
        """The policies that print one of the techniques, or another name of its group."""
        found: set[int] = set()
        for name in techniques:
            found |= self._by_technique.get(name, set()) | self._by_group.get(GROUP_OF.get(name, ""), set())
        return found

    def terms_among(self, stems: Iterable[str]) -> list[Printed]:
        """Terms that could stand among these stems; each is filed under its rarest one."""
        return [printed for each in dict.fromkeys(stems) for printed in self._by_word.get(each, ())]

    def _take_rows(self) -> Slabs[float]:
        tabular: list[tuple[float, float, int]] = []
        ranges: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        places = self._places
        for number, shelf in enumerate(self.shelves):
            for entry in shelf.policy.codes:
                at = len(self._rows)
                if entry.system is System.ICD10CM:
                    tabular.append((*places.span(entry), at))
                    self._rows.append(Row(number, entry, places.category(entry.low) if entry.state is EntryState.SUSPECT else None))
                    continue
                self._rows.append(Row(number, entry))
                if entry.high is None:
                    self._codes[_space(entry.system), code_key(entry.low)].append(at)
                else:
                    first, last = sorted((code_key(entry.low), code_key(entry.high)))
                    ranges[_space(entry.system)].append((first, last, at))
        self._ranges = {space: Slabs(listed) for space, listed in ranges.items()}
        return Slabs(tabular)

    def _take_names(self) -> tuple[dict[str, set[int]], dict[str, set[int]], dict[str, list[Printed]]]:
        by_technique: dict[str, set[int]] = defaultdict(set)
        by_group: dict[str, set[int]] = defaultdict(set)
        terms: list[Printed] = []
        for number, shelf in enumerate(self.shelves):
            for name in shelf.techniques:
                by_technique[name].add(number)
            for group in shelf.groups:
                by_group[group].add(number)
            terms += [Printed(number, term) for stated in shelf.stated for term in stated.terms]
        counts = Counter(stem for printed in terms for stem in set(printed.term.stems))
        by_word: dict[str, list[Printed]] = defaultdict(list)
        for printed in terms:
            by_word[min(printed.term.stems, key=lambda stem: (counts[stem], stem))].append(printed)
        return by_technique, by_group, by_word


def code_key(code: str) -> str:
    """A sort key under which codes of one shape stand together: 0123T after all five-digit codes, never among them."""
    return f"{code[-1]}{code[:-1]}" if code[:1].isdigit() and code[-1:].isalpha() else f" {code}"


class Places:
    """Places of codes, each asked once."""

    def __init__(self, codeset: CodeSet) -> None:
        self.codeset = codeset
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def first(self, code: str) -> float:
        """Where the code stands, or would stand."""
        if code not in self._first:
            self._first[code] = self.codeset.place(code)
        return self._first[code]

    def last(self, code: str) -> float:
        """The place of the last code below this one."""
        if code not in self._last:
            self._last[code] = max(self.codeset.last_place(code), self.first(code))
        return self._last[code]

    def span(self, entry: CodeEntry | CodePlace) -> tuple[float, float]:
        """From the low end to all below the high end, in whichever order they are printed.

        An end without the shape of a code has no place and is left out.
        """
        low, high = self.first(entry.low), self.last(entry.high or entry.low)
        if low <= high < inf:
            return low, high
        ends = [end for end in (entry.low, entry.high) if end and self.first(end) < inf]
        return min((self.first(end) for end in ends), default=inf), max((self.last(end) for end in ends), default=inf)

    def category(self, code: str) -> tuple[float, float] | None:
        """From a code to the end of the category that it begins in; None where the code does not exist."""
        if not self.codeset.exists(code):
            return None
        return self.first(code), self.last(self.codeset.parent(code) or code)


def _known(library: Iterable[Shelved], before: Mapping[int, _Known]) -> dict[int, _Known]:
    """What each policy tells, by the identity of the policy, which lives as long as its shelf; only those that were not read before are read."""
    known: dict[int, _Known] = {}
    for shelved in library:
        told = before.get(id(shelved.policy))
        if told is None:
            told = _Known(shelf_of(shelved), codes_in_text(shelved.policy))
        elif told.shelf.shelved is not shelved:
            told = replace(told, shelf=replace(told.shelf, shelved=shelved))
        known[id(shelved.policy)] = told
    return known


def _space(system: System) -> str:
    return "procedure" if system in PROCEDURES else system.value


def _one_of_each(library: Iterable[Shelved]) -> list[Shelved]:
    """One text a version, in a fixed order: the payer's document before its abstract, a confirmed reading before others, the later one.

    A document that does not say from when it is in force replaces every abstract of its policy.
    """
    kept: dict[tuple[str, date], Shelved] = {}
    for shelved in sorted(library, key=_preference):
        kept[shelved.policy.id, shelved.policy.version.effective or date.min] = shelved
    undated = {name for (name, effective), shelved in kept.items() if effective == date.min and not shelved.policy.abstract}
    return [kept[key] for key in sorted(kept) if not (kept[key].policy.abstract and key[0] in undated)]


def _preference(shelved: Shelved) -> tuple[bool, bool, float, str, str]:
    """The later in this order is kept."""
    policy, confirmed = shelved.policy, shelved.confirmed
    return (not policy.abstract, confirmed is not None, confirmed.at.timestamp() if confirmed else 0.0, policy.text.sha256, policy.reader)


def _versions(shelves: Sequence[Shelf]) -> tuple[tuple[int, ...], ...]:
    """For each policy version all versions of the policy, earliest first; one without a first day stands before all."""
    families: dict[PolicyId, list[int]] = defaultdict(list)
    for number, shelf in enumerate(shelves):
        families[shelf.policy.id].append(number)
    made = {name: tuple(numbers) for name, numbers in families.items()}
    return tuple(made[shelf.policy.id] for shelf in shelves)
