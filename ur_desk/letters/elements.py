"""The elements that a letter must hold, as data, and which of them a letter does not hold: while one is missing it is not issued."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ur_desk.domain.case import LineState
from ur_desk.domain.decisions.grounds import Family as RefusedAs
from ur_desk.domain.decisions.signing import received_on
from ur_desk.domain.letter import Audience, LetterContent, LetterFacts, LetterKind, MissingElement, Sentence
from ur_desk.domain.request import Timing
from ur_desk.errors import UserError
from ur_desk.letters import head, plain, services
from ur_desk.letters.family import Family, family_of
from ur_desk.letters.notices import counts_as_denied
from ur_desk.letters.prose import untranslated

SCHEMA = "ur-desk-letter-elements/2"
HINT = "Put back the file that came with the program. No letter was issued and nothing was lost."
UNVERIFIED = "unverified"


class Per(StrEnum):
    """How often an element is asked for: once a letter, or of each line of a sort."""

    LETTER = "letter"
    LINE = "line"
    APPROVED_LINE = "approved_line"
    REFUSED_LINE = "refused_line"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a letter may have to hold: what feeds it, and what to do when that is empty."""

    id: str
    per: Per
    fed_by: str
    when_empty: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that asks for elements: of which letters, in its own name, and where its text was seen.

    `checked` says what was seen there, and when; None where nobody has seen it, so that the rule is shown as unverified. Empty `states`,
    `timings` and `languages` mean all; a language behind an exclamation mark means every other one. `since` is the first day of letters
    to which it applies, `received_since` the first day of receipt of the requests to which it does.
    """

    words: str
    elements: tuple[str, ...]
    families: frozenset[Family]
    kinds: frozenset[LetterKind]
    audiences: frozenset[Audience]
    states: frozenset[str] = frozenset()
    timings: frozenset[Timing] = frozenset()
    languages: frozenset[str] = frozenset()
    since: date | None = None
    received_since: date | None = None
    source: str | None = None
    checked: str | None = None

    @property
    def name(self) -> str:
        """The rule as a screen says it, marked where nobody has seen its text."""
        return self.words if self.checked else f"{self.words} [{UNVERIFIED}]"

    def asks_of(self, facts: LetterFacts, kind: LetterKind, audience: Audience, language: str) -> bool:
        """Whether it is about such a letter of these facts."""
        request = facts.case.request
        return (
            family_of(request) in self.families
            and kind in self.kinds
            and audience in self.audiences
            and (not self.states or (request.state or "").upper() in self.states)
            and (not self.timings or request.timing in self.timings)
            and (not self.languages or _speaks(language, self.languages))
            and (self.since is None or facts.dated >= self.since)
            and (self.received_since is None or (received_on(request) or facts.dated) >= self.received_since)
        )


def _speaks(language: str, told: frozenset[str]) -> bool:
    primary = language.split("-")[0].lower()
    return primary in told or any(each.startswith("!") and each[1:] != primary for each in told)


@dataclass(frozen=True, slots=True)
class Checklist:
    """All elements by id, and the rules that ask for them."""

    elements: Mapping[str, Element]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Required:
    """An element that one letter must hold, and the rules that ask for it there."""

    element: Element
    rules: tuple[Rule, ...]

    @property
    def rule(self) -> str:
        """The names of the rules, one behind the other."""
        return "; ".join(dict.fromkeys(rule.name for rule in self.rules))


def load(resources: Path) -> Checklist:
    """Reads the required elements from `resources/letters`; UserError where the file is missing or holds something else."""
    path = resources / "letters" / "elements.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        elements = {id_: Element(id_, Per(row["per"]), row["fed_by"], row["when_empty"]) for id_, row in told["elements"].items()}
        rules = tuple(_rule(row, told["lines"], told["kinds"]) for row in told["rules"])
        if unknown := sorted({id_ for rule in rules for id_ in rule.elements} - set(elements)):
            raise ValueError(unknown)
        return Checklist(MappingProxyType(elements), rules)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise UserError("The list of what a letter must hold cannot be read.", HINT) from wrong


def _rule(row: Mapping[str, Any], lines: Mapping[str, list[str]], kinds: Mapping[str, list[str]]) -> Rule:
    """One row; a name that stands for several families or kinds is spelled out."""
    return Rule(
        words=row["rule"],
        elements=tuple(row["elements"]),
        families=frozenset(Family(name) for group in row["lines"] for name in lines.get(group, [group])),
        kinds=frozenset(LetterKind(name) for group in row["kinds"] for name in kinds.get(group, [group])),
        audiences=frozenset(map(Audience, row["audiences"])),
        states=frozenset(row.get("states", ())),
        timings=frozenset(map(Timing, row.get("timings", ()))),
        languages=frozenset(row.get("languages", ())),
        since=_day(row.get("since")),
        received_since=_day(row.get("received_since")),
        source=row["source"],
        checked=row["checked"],
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


_ONLY_WHERE: Mapping[str, Callable[[LetterFacts], bool]] = MappingProxyType(
    {
        "late_denial": counts_as_denied,
        "late_text": lambda facts: not counts_as_denied(facts),
        "rest_of_request": lambda facts: bool(facts.rest),
    }
)
"""What a rule asks for only where the case says so: what a late answer is in law stands in the rows of its clock alone, and only a letter
about some of its lines has others to tell of."""


def required(
    facts: LetterFacts, checklist: Checklist, audience: Audience = Audience.MEMBER, language: str = "en-US"
) -> tuple[Required, ...]:
    """The elements that a letter of these facts must hold for its reader, each with the rules that ask for it."""
    asking: dict[str, list[Rule]] = {}
    for rule in checklist.rules:
        if rule.asks_of(facts, facts.kind, audience, language):
            for element in (each for each in rule.elements if each not in _ONLY_WHERE or _ONLY_WHERE[each](facts)):
                asking.setdefault(element, []).append(rule)
    return tuple(Required(checklist.elements[id_], tuple(rules)) for id_, rules in asking.items())


def missing(content: LetterContent, facts: LetterFacts, checklist: Checklist) -> tuple[MissingElement, ...]:
    """Every required element that the content does not hold, line by line where lines need it, and every text that is not in its language;
    empty where it may be issued."""
    said = _said(content.sentences())
    found = []
    for asked in required(facts, checklist, content.audience, content.language):
        element = asked.element
        if element.per is Per.LETTER:
            if not _holds(element, content, facts, said):
                found.append(MissingElement(element.id, asked.rule, element.when_empty))
            continue
        lines = [state.line for state in _lines(element.per, facts) if not _line_holds(element, state, said)]
        found += [MissingElement(element.id, asked.rule, f"Line {line}: {element.when_empty}") for line in lines]
    return (*found, *untranslated(content, facts))


def _said(sentences: Iterable[Sentence]) -> frozenset[tuple[str, int | None]]:
    """Each element that a sentence holds, for the letter and for every line that the sentence's sources name."""
    told: set[tuple[str, int | None]] = set()
    for sentence in sentences:
        if sentence.element and sentence.text.strip():
            told.add((sentence.element, None))
            told |= {(sentence.element, line) for line in lines_of(sentence)}
    return frozenset(told)


def lines_of(sentence: Sentence) -> frozenset[int]:
    """The service lines that a sentence is about, as its sources tell."""
    return frozenset(source.line for source in sentence.sources if source.line is not None)


def _lines(per: Per, facts: LetterFacts) -> tuple[LineState, ...]:
    if per is Per.REFUSED_LINE:
        return tuple(s for s in facts.states if s.determination and s.determination.adverse)
    if per is Per.APPROVED_LINE:
        return tuple(s for s in facts.states if s.grants)
    return facts.states


# what stands in the letter's frame and not in a sentence of its own
_FRAME: Mapping[str, Callable[[LetterContent, LetterFacts], bool]] = MappingProxyType(
    {
        "recipient_address": lambda content, facts: bool(head.delivery_address(facts)),
        "provider_copy": lambda content, facts: bool(content.copies),
        "governing_state": lambda content, facts: bool(plain.line(facts.case.request.state or "")),
        "translator": lambda content, facts: bool(plain.line(content.translator)),
    }
)
_CLINICAL = frozenset({"rationale"})
"""What is asked for only where a clinical judgment went into the refusal (29 CFR 2560.503-1(g)(1)(v)(B))."""
_DAYS: Mapping[str, Callable[[LineState], bool]] = MappingProxyType(
    {
        "approved_days": lambda state: services.first_day(state) is not None,
        "service_day": lambda state: state.service.first_day is not None,
    }
)


def _holds(element: Element, content: LetterContent, facts: LetterFacts, said: frozenset[tuple[str, int | None]]) -> bool:
    frame = _FRAME.get(element.id)
    return frame(content, facts) if frame else (element.id, None) in said


def _line_holds(element: Element, state: LineState, said: frozenset[tuple[str, int | None]]) -> bool:
    if element.id in _CLINICAL and state.decision and state.decision.refused_as is RefusedAs.ADMINISTRATIVE:
        return True
    days = _DAYS.get(element.id)
    return days(state) if days else (element.id, state.line) in said
