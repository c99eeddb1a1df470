"""What words say: which techniques and parts of the body they name, and whether they mean, deny or only mention them.

Policy readers and matching use the same. Rule-based and deterministic; it errs towards asking: a name
whose sense is unclear is not taken as meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from ur_desk.domain.spelling import LONGEST, Gap, Word, stem, words_of
from ur_desk.domain.vocabulary import (
    ABSORBING,
    AILMENTS,
    CONNECTING,
    CUES,
    NO_PART,
    PARTS,
    SPINE,
    STUDIES,
    TECHNIQUES,
    UNDONE,
    Cue,
    Effect,
    Technique,
    Way,
)

_WINDOW = 8
_LEVEL = re.compile(r"c[1-8]|t(?:[1-9]|1[0-2])|l[1-6]|s[1-5]")
_LEVEL_AFTER = re.compile(r"[clts]?\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EXCEPTING = ("other", "except", "excluding", "exclusive", "besides")
_TOLD = ("deny", "denied")
_DONE = ("done", "performed", "completed", "obtained", "taken")


class Sense(StrEnum):
    """How a name is meant: asked for, as a reason of the request, denied, or of another time or merely thought of."""

    MEANT = "meant"
    REASON = "reason"
    DENIED = "denied"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Term:
    """A name that a policy prints and the vocabulary does not know, by its stems."""

    stems: tuple[str, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words that names a technique, a part of the body (one of `parts`), or a term that a policy prints.

    `first` and `last` count words from 0; `said` is the text itself, `phrase` its stems.
    """

    first: int
    last: int
    said: str
    phrase: str
    technique: Technique | None = None
    parts: frozenset[str] = frozenset()
    term: str | None = None
    sense: Sense = Sense.MEANT

    @property
    def is_service(self) -> bool:
        """Whether it names a service and not a part of the body."""
        return not self.parts


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with the names in it, in order; `cut` where it was too long to be read whole."""

    words: tuple[Word, ...]
    names: tuple[Name, ...]
    cut: bool = False

    def joined(self, one: Name, other: Name) -> bool:
        """Whether two names stand together: nothing between them but a few connecting words and other names."""
        first, second = (one, other) if one.first <= other.first else (other, one)
        if second.first - first.last > 2 * _WINDOW:
            return False
        if any(self.words[at].gap in (Gap.SOFT, Gap.HARD) for at in range(first.last + 1, second.first + 1)):
            return False
        inside = {at for name in self.names if first.last < name.last < second.first for at in range(name.first, name.last + 1)}
        return all(at in inside or self.words[at].stem in CONNECTING for at in range(first.last + 1, second.first))


def read(text: str, terms: Sequence[Term] = (), year: int | None = None) -> Reading:
    """The names in a text and how each is meant; `terms` to look for besides the vocabulary, `year` of the service."""
    words = words_of(text)
    return Reading(words, _with_senses(words, _names(words, text, terms), year), len(text) > LONGEST)


def names_in(text: str) -> tuple[Name, ...]:
    """The names in a text, without asking how they are meant: for what a policy prints."""
    return _names(words_of(text), text, ())


# --- which names stand where

_Found = Technique | frozenset[str] | None
_Phrases = dict[str, tuple[tuple[tuple[str, ...], _Found], ...]]


@cache
def _phrases() -> _Phrases:
    """Every phrase of the vocabulary by its first stem, longest first."""
    listed: dict[str, list[tuple[tuple[str, ...], _Found]]] = {}

    def add(phrase: str, found: _Found) -> None:
        stems = tuple(stem(word) for word in phrase.split())
        listed.setdefault(stems[0], []).append((stems, found))

    for technique in TECHNIQUES:
        for spelling in technique.spellings:
            add(spelling, technique)
    for phrase, parts in PARTS.items():
        add(phrase, parts)
    for phrase in NO_PART:
        add(phrase, None)
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in listed.items()}


def _names(words: Sequence[Word], text: str, terms: Sequence[Term]) -> tuple[Name, ...]:
    by_first: dict[str, list[Term]] = {}
    for term in terms:
        by_first.setdefault(term.stems[0], []).append(term)
    names: list[Name] = []
    at = 0
    while at < len(words):
        name, at = _name_at(words, at, text, by_first)
        if name is None:
            continue
        if names and _runs_on(words, names[-1], name):
            before = names.pop()
            name = replace(name, first=before.first, said=text[words[before.first].start : words[name.last].end])
        names.append(name)
    return tuple(names)


def _runs_on(words: Sequence[Word], before: Name, name: Name) -> bool:
    """Whether two words for one part stand side by side: lumbar spine."""
    return bool(name.parts) and before.parts == name.parts and before.last + 1 == name.first and words[name.first].gap is Gap.NONE


def _name_at(words: Sequence[Word], at: int, text: str, terms: dict[str, list[Term]]) -> tuple[Name | None, int]:
    """The longest name that begins at a word, and where to go on."""
    printed = max((t for t in terms.get(words[at].stem, ()) if _stands(words, at, t.stems)), key=lambda t: len(t.stems), default=None)
    length, found = next(((len(s), f) for s, f in _phrases().get(words[at].stem, ()) if _stands(words, at, s)), (0, None))
    if not length and (length := _levels(words, at)):
        found = frozenset({SPINE})
    if printed and len(printed.stems) >= length:
        length, found = len(printed.stems), None
    elif found is None:
        return None, at + max(length, 1)
    last = at + length - 1
    name = Name(at, last, text[words[at].start : words[last].end], " ".join(word.stem for word in words[at : last + 1]))
    if isinstance(found, Technique):
        return replace(name, technique=found), last + 1
    return (replace(name, parts=found) if found else replace(name, term=printed.printed if printed else None)), last + 1


def _stands(words: Sequence[Word], at: int, stems: tuple[str, ...]) -> bool:
    """Whether a phrase begins at a word, unbroken by a comma or the end of a clause."""
    if at + len(stems) > len(words) or any(words[at + i].stem != stems[i] for i in range(len(stems))):
        return False
    return all(words[at + i].gap in (Gap.NONE, Gap.LINK) for i in range(1, len(stems)))


def _levels(words: Sequence[Word], at: int) -> int:
    """How many words name levels of the spine, as L4-L5 or C5-6; one alone (L4, T2) may be anything."""
    if not _LEVEL.fullmatch(words[at].text) or at + 1 >= len(words):
        return 0
    nearby = at + 2 if words[at + 1].text in ("to", "through", "thru", "and") and at + 2 < len(words) else at + 1
    close = words[nearby].gap in (Gap.NONE, Gap.LINK) and _LEVEL_AFTER.fullmatch(words[nearby].text)
    return nearby - at + 1 if close else 0


# --- how they are meant


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """Every cue by its first stem, longest first."""
    listed: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for phrase, cue in CUES.items():
        stems = tuple(stem(word) for word in phrase.split())
        listed.setdefault(stems[0], []).append((stems, cue))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in listed.items()}


@dataclass(slots=True)
class _Senses:
    """The senses of one text's names, while they are worked out."""

    words: Sequence[Word]
    names: Sequence[Name]
    at: dict[int, int] = field(init=False)
    effects: dict[int, set[Effect]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {position: index for index, name in enumerate(self.names) for position in range(name.first, name.last + 1)}

    def mark(self, effect: Effect, reached: Sequence[int]) -> None:
        """Note what a cue does to the names that it reaches."""
        service = any(self.names[index].is_service for index in reached)
        for index in reached:
            self.effects.setdefault(index, set()).add(_for_one(effect, self.names[index], service))

    def sensed(self, index: int) -> Name:
        """The name with the strongest sense noted for it."""
        name, effects = self.names[index], self.effects.get(index, set())
        if Effect.DENY in effects:
            return replace(name, sense=Sense.DENIED)
        if Effect.ELSEWHERE in effects:
            return replace(name, sense=Sense.ELSEWHERE)
        return replace(name, sense=Sense.REASON) if Effect.REASON in effects and name.parts else name


def _for_one(effect: Effect, name: Name, service: bool) -> Effect:
    """A part of the body follows the service that it stands with; else only a study of it has a time of its own."""
    if name.is_service:
        return Effect.ELSEWHERE if effect is Effect.AFTER else effect
    if effect is Effect.DENY:
        return Effect.ELSEWHERE if service else Effect.DENY
    if effect in (Effect.ELSEWHERE, Effect.AFTER):
        return Effect.ELSEWHERE if service or name.phrase in STUDIES else Effect.REASON
    return effect


def _with_senses(words: Sequence[Word], names: Sequence[Name], year: int | None) -> tuple[Name, ...]:
    senses = _Senses(words, names)
    for first, last, cue in _cues_in(senses):
        senses.mark(cue.effect, _reach(senses, first, last, cue))
    for reached in _of_other_years(senses, year):
        senses.mark(Effect.ELSEWHERE, reached)
    for index, name in enumerate(names):
        if words[name.last].asked:
            senses.mark(Effect.ELSEWHERE, _behind(senses, name.last, len(words)))
        if name.parts and _ails(senses, name):
            senses.mark(Effect.REASON, [index])
    return tuple(senses.sensed(index) for index in range(len(names)))


def _cues_in(senses: _Senses) -> Iterator[tuple[int, int, Cue]]:
    """Each cue outside the names, with its first and last word."""
    at = 0
    while at < len(senses.words):
        listed = () if at in senses.at else _cues().get(senses.words[at].stem, ())
        length, cue = next(((len(s), c) for s, c in listed if _stands(senses.words, at, s)), (1, None))
        if cue:
            yield at, at + length - 1, cue
        at += length


def _reach(senses: _Senses, first: int, last: int, cue: Cue) -> Sequence[int]:
    """The names that a cue reaches, on its own side."""
    words = senses.words
    if cue.effect in (Effect.NOTHING, Effect.STOP) or (cue.effect is Effect.DENY and _is_exception(senses, first)):
        return ()
    ends = last + 1 >= len(words) or words[last + 1].gap in (Gap.SOFT, Gap.HARD)
    if cue.way is Way.LAST or (ends and words[first].text in ("no", "not")):
        return _behind(senses, first - 1, first)
    if words[first].stem in _TOLD:
        # a patient denies a complaint; a service is denied by a payer, and asked for again
        return [index for index in _ahead(senses, last + 1, cue) if not senses.names[index].is_service]
    if cue.way is Way.EITHER and (words[first].text != "not" or _looks_back(words, last)):
        return _behind(senses, first - 1, first) or _ahead(senses, last + 1, cue)
    return _ahead(senses, last + 1, cue)


def _looks_back(words: Sequence[Word], last: int) -> bool:
    """Whether a `not` tells of what stands before it: not performed, not being requested."""
    for at in range(last + 1, min(last + 4, len(words))):
        if words[at].gap is not Gap.NONE:
            return False
        if words[at].text in UNDONE:
            return at + 1 >= len(words) or words[at + 1].text not in ("as", "to", "for")
    return False


def _is_exception(senses: _Senses, first: int) -> bool:
    """Whether an "other than" stands inside a "no part": together they name what follows."""
    words = senses.words
    if words[first].text not in _EXCEPTING:
        return False
    for at in range(first - 1, max(first - _WINDOW, -1), -1):
        if words[at].text in ("no", "not", "none", "nothing", "never"):
            return True
        if at in senses.at or words[at + 1].gap in (Gap.SOFT, Gap.HARD):
            return False
    return False


def _ahead(senses: _Senses, start: int, cue: Cue) -> Sequence[int]:
    """The names after a cue, up to the end of its reach."""
    reached: list[int] = []
    at, steps = start, 0
    if senses.words[start - 1].text == "non":
        return [senses.at[start]] if start in senses.at else []
    while at < len(senses.words) and steps < (10 * _WINDOW if cue.far else _WINDOW):
        word, index = senses.words[at], senses.at.get(at)
        if word.gap is Gap.HARD or (word.gap is Gap.SOFT and not _goes_on(senses, at, cue, reached)):
            break
        if index is not None:
            if cue.effect is Effect.REASON and senses.names[index].is_service:
                break
            reached.append(index)
            at = senses.names[index].last + 1
        elif _ends_reach(word, cue, bool(reached), at == start):
            break
        else:
            at += 1
        steps += 1
    return reached


def _ends_reach(word: Word, cue: Cue, reached: bool, first: bool) -> bool:
    """Whether a word between names ends what a cue reaches; straight after the cue only a noun that takes the denial does."""
    if cue.far:
        return False
    other = CUES.get(word.stem)
    if not first and (word.stem == "with" or word.text in _EXCEPTING or (other and other.effect is Effect.STOP)):
        return True
    if not reached:
        return cue.effect is Effect.DENY and word.stem in ABSORBING
    return word.stem not in CONNECTING


def _goes_on(senses: _Senses, at: int, cue: Cue, reached: Sequence[int]) -> bool:
    """Whether a cue reaches over a comma: if ..., ...; not A, B, or C."""
    if cue.effect is not Effect.DENY or not reached:
        return cue.far and cue.effect is Effect.ELSEWHERE
    for i in range(at, min(at + 3 * _WINDOW, len(senses.words))):
        word = senses.words[i]
        if word.gap is Gap.HARD:
            return False
        if word.stem in ("or", "nor"):
            return True
        if i not in senses.at and word.stem not in CONNECTING:
            return False
    return False


def _behind(senses: _Senses, at: int, cue: int) -> Sequence[int]:
    """The last name of the clause before a cue, and the names that hang together with it.

    A cue that opens its clause, as in "(declined)" or ": no", speaks of the clause before; never over the end of a sentence.
    """
    words, reached = senses.words, list[int]()
    if cue < len(words) and words[cue].gap is Gap.HARD and cue + 1 < len(words) and words[cue + 1].gap is Gap.NONE:
        return reached
    for _ in range(2 * _WINDOW):
        if at < 0:
            break
        index = senses.at.get(at)
        if index is not None:
            reached.append(index)
            at = senses.names[index].first
        elif reached and words[at].stem not in CONNECTING:
            break
        if words[at].gap in (Gap.SOFT, Gap.HARD):
            break
        at -= 1
    return reached


def _of_other_years(senses: _Senses, year: int | None) -> Iterator[Sequence[int]]:
    """Names that the words place in another year than the service's: done in 2015."""
    words = senses.words
    for at in range(len(words) - 2):
        dated = words[at].text in _DONE and words[at + 1].text in ("in", "on") and _YEAR.fullmatch(words[at + 2].text)
        if year is not None and dated and int(words[at + 2].text) != year:
            yield _behind(senses, at - 1, at)


def _ails(senses: _Senses, name: Name) -> bool:
    """Whether the part is named by an ailment, or a word for one follows within two words."""
    for at in range(name.last, min(name.last + 3, len(senses.words))):
        word = senses.words[at]
        if word.stem in AILMENTS:
            return True
        if at > name.last and (word.gap is not Gap.NONE or at in senses.at or word.stem in CONNECTING or word.stem in CUES):
            return False
    return False
