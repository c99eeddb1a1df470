"""What position a heading or a sentence takes, told by the wordings that policies use."""

import re
from dataclasses import dataclass

from ur_desk.domain.policy import Position

_CLASS = (
    r"(?:investigational|experimental|unproven|cosmetic|reconstructive|(?:not )?medically necessary|medically unnecessary|"
    r"(?:not )?reasonable and necessary|not covered|non-?covered|covered|approved|an? covered (?:\w+ )?(?:service|benefit)s?|"
    r"(?:[\w ]{0,40}\b)?primary coverage criteria)"
)
_CLASSES = re.compile(rf"{_CLASS}(?:\s*(?:,|/|and/or|and|or)\s*{_CLASS})*", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:is|are|be|was|were|counts? as|remains?|stays?|considered|deemed|regarded as|meets?|denied as)\s+"
    r"(?:(?:generally|usually|typically)\s+)?"
    rf"(?P<not>not\s+)?(?:(?:also|both|only|to be|considered|deemed|regarded as|denied as|eligible to be)\s+)*(?P<classes>(?:not\s+)?{_CLASSES.pattern})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:will|does|do) not cover\b|\b(?:not |only )covered (?:when|if|with|for)\b|\b(?:is|are|be) not (?:separately )?(?:eligible (?:for (?:separate )?|as an? )|payable\b|reimbursable\b|reimbursed\b)|\bmay be eligible (?:under|for|when|if)\b|\bcovered only (?:when|if|with|for|as)\b",
    re.IGNORECASE,
)
# a condition or a clause about others: "if deemed medically necessary", "services that are not covered", "when services are covered"
_CONDITION = re.compile(r"\b(?:if|unless|when|whether|as if|must(?: also)?)\s*$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:that|which|they|(?:when|if|where|as if) (?:an? |the )?(?:\w+ )?(?:services?|pumps?|wheelchairs?|they))\s*$", re.IGNORECASE
)
_COVERAGE = re.compile(r"(?:not\s+)?(?:non-?)?covered", re.IGNORECASE)
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
    for found in _STATED.finditer(sentence):
        before = sentence[max(found.start() - 80, 0) : found.start()]
        aside = _CLAUSE.search(before) is not None and _COVERAGE.fullmatch(found["classes"]) is not None
        if not aside and not _CONDITION.search(before):
            return Stated(_named((found["not"] or "") + found["classes"]), found.start(), found.end())
    bare = _BARE.search(sentence)
    return None if bare is None else Stated(Position.OTHER, bare.start(), bare.end())


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
    if "unnecessary" in words or re.search(r"\bnot\s+(?:medically|reasonable)", words):
        return Position.NOT_MEDICALLY_NECESSARY
    if "reconstructive" in words:
        return Position.RECONSTRUCTIVE
    return Position.MEDICALLY_NECESSARY if "necessary" in words else Position.OTHER
