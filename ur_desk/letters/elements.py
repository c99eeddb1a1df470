"""The elements that a letter must hold, as data, and which of them a letter does not hold: while one is missing it is not issued."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from ur_desk.domain.case import LineState
from ur_desk.domain.grounds import Family as RefusedAs
from ur_desk.domain.letter import LetterContent, LetterFacts, LetterKind, MissingElement, Sentence, SourceKind
from ur_desk.domain.request import Timing
from ur_desk.errors import UserError
from ur_desk.letters import head, plain, services
from ur_desk.letters.family import Family, family_of

SCHEMA = "ur-desk-letter-elements/1"
HINT = "Put back the file that came with the program. No letter was issued and nothing was lost."

_SERVICE = re.compile(r"services\[([0-9]+)\]")


class Per(StrEnum):
    """How often an element is asked for: once a letter, or of each line of a sort."""

    LETTER = "letter"
    LINE = "line"
    APPROVED_LINE = "approved_line"
    REFUSED_LINE = "refused_line"


@dataclass(frozen=True, slots=True)
class Element:
    """One required element: which rule asks for it, of which letters, what feeds it, and what to do when that is empty.

    `checked` says who compared the rule with its text in force, and when; None where nobody has. Without `timings` it is asked for
    whatever the timing.
    """

    id: str
    rule: str
    families: frozenset[Family]
    kinds: frozenset[LetterKind]
    per: Per
    fed_by: str
    when_empty: str
    timings: frozenset[Timing] = frozenset()
    checked: str | None = None


def load(resources: Path) -> tuple[Element, ...]:
    """Reads the required elements from `resources/letters`; UserError where the file is missing or holds something else."""
    path = resources / "letters" / "elements.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        return tuple(_element(row) for row in told["elements"])
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UserError("The list of what a letter must hold cannot be read.", HINT) from wrong


def _element(row: Mapping[str, object]) -> Element:
    def many(key: str) -> list[str]:
        told = row.get(key, [])
        if not isinstance(told, list):
            raise TypeError(key)
        return told

    return Element(
        id=str(row["id"]),
        rule=str(row["rule"]),
        families=frozenset(map(Family, many("families"))),
        kinds=frozenset(map(LetterKind, many("kinds"))),
        per=Per(str(row["per"])),
        fed_by=str(row["fed_by"]),
        when_empty=str(row["when_empty"]),
        timings=frozenset(map(Timing, many("timings"))),
        checked=str(row["checked"]) if row.get("checked") else None,
    )


def required(facts: LetterFacts, elements: Iterable[Element]) -> tuple[Element, ...]:
    """The elements that a letter of this kind, family and timing must hold."""
    family, timing = family_of(facts.case.request), facts.case.request.timing
    return tuple(e for e in elements if family in e.families and facts.kind in e.kinds and (not e.timings or timing in e.timings))


def missing(content: LetterContent, facts: LetterFacts, elements: Iterable[Element]) -> tuple[MissingElement, ...]:
    """Every required element that the content does not hold, line by line where lines need it; empty where it may be issued."""
    said = _said(content.sentences())
    found = []
    for element in required(facts, elements):
        if element.per is Per.LETTER:
            if not _holds(element, content, facts, said):
                found.append(MissingElement(element.id, element.rule, element.when_empty))
            continue
        lines = [state.line for state in _lines(element.per, facts) if not _line_holds(element, state, said)]
        found += [MissingElement(element.id, element.rule, f"Line {line}: {element.when_empty}") for line in lines]
    return tuple(found)


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
    decided = {int(source.ref) for source in sentence.sources if source.kind is SourceKind.DECISION}
    asked = {int(m[1]) for source in sentence.sources if source.kind is SourceKind.REQUEST and (m := _SERVICE.match(source.ref))}
    return frozenset(decided | asked)


def _lines(per: Per, facts: LetterFacts) -> tuple[LineState, ...]:
    if per is Per.REFUSED_LINE:
        return tuple(s for s in facts.states if s.determination and s.determination.adverse)
    if per is Per.APPROVED_LINE:
        return tuple(s for s in facts.states if services.grants(s))
    return facts.states


# what stands in the letter's frame and not in a sentence of its own
_FRAME: Mapping[str, Callable[[LetterContent, LetterFacts], bool]] = MappingProxyType(
    {
        "recipient_address": lambda content, facts: bool(head.delivery_address(facts)),
        "provider_copy": lambda content, facts: bool(content.copies),
        "governing_state": lambda content, facts: bool(plain.line(facts.case.request.state or "")),
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
