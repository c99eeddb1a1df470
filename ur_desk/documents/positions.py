"""What position a heading or a sentence takes, told by the wordings that policies use."""

import re
from dataclasses import dataclass

from ur_desk.domain.policy import Position

_CLASS = r"(?:investigational|experimental|unproven|cosmetic|reconstructive|(?:not )?medically necessary|medically unnecessary|not covered|covered|approved)"
_CLASSES = re.compile(rf"{_CLASS}(?:\s*(?:,|/|and/or|and|or)\s*{_CLASS})*", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:is|are|be|was|were|counts? as|remains?|stays?|considered|deemed|regarded as|meets?)\s+"
    rf"(?P<not>not\s+)?(?:(?:also|both|to be|considered|deemed|regarded as|eligible to be)\s+)*(?P<classes>(?:not\s+)?{_CLASSES.pattern})",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:when|if|where|codes?|services?|procedures?|diagnos[ie]s)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:for (?:all|any)(?: of the)? (?:(?:clinical )?indications?|uses?|purposes?|conditions?|diagnos[ie]s)|under (?:all|any) circumstances?|in all (?:cases|situations))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A position found in a sentence: what it is, and where the words that take it begin and end."""

    position: Position
    start: int
    end: int


def position_in(words: str) -> Position | None:
    """The class that the words name, the most telling first: "cosmetic and not medically necessary" is cosmetic."""
    found = _CLASSES.search(words)
    return _named(found[0]) if found else None


def stated_position(sentence: str) -> Stated | None:
    """The position that a sentence takes by its verb ("is considered ..."), or None where it takes none."""
    found = _STATED.search(sentence)
    if found is None:
        return None
    return Stated(_named((found["not"] or "") + found["classes"]), found.start(), found.end())


def group_position(heading: str) -> Position | None:
    """The position under which a list of codes stands, told by its heading ("When services are ...")."""
    return position_in(heading) if _GROUP.search(heading) else None


def for_all_indications(sentence: str) -> bool:
    """Whether the position leaves no indication out; "for all other indications" leaves some."""
    return bool(_ALL.search(sentence))


def _named(classes: str) -> Position:
    words = classes.lower()
    if "cosmetic" in words:
        return Position.COSMETIC
    if any(word in words for word in ("investigational", "experimental", "unproven")):
        return Position.INVESTIGATIONAL
    if "unnecessary" in words or re.search(r"\bnot\s+medically", words):
        return Position.NOT_MEDICALLY_NECESSARY
    if "reconstructive" in words:
        return Position.RECONSTRUCTIVE
    return Position.MEDICALLY_NECESSARY if "necessary" in words else Position.OTHER
