"""What a block of lines is when no heading stands above it: told by its own words."""

import re
from collections.abc import Sequence

from ur_desk.documents.code_lists import table_of
from ur_desk.documents.code_rows import is_code_row
from ur_desk.documents.history import is_history_row
from ur_desk.documents.positions import stated_position
from ur_desk.documents.wording import is_list_item, plain, sentence
from ur_desk.domain.policy import Position, SectionKind

_SCOPE = re.compile(
    r"this (?:document|policy|guideline|bulletin) (?:only )?(?:addresses|describes|applies|covers|discusses|provides|is about)|"
    r"(?:the )?(?:scope|subject) of this (?:document|policy|guideline)",
    re.IGNORECASE,
)
_CODING = re.compile(
    r"the (?:following|listed)\b.{0,40}\bcodes?\b|(?:the )?codes? (?:listed|shown|given|below|that follow)\b|"
    r"\bcodes?\b.{0,80}\b(?:informational|for information|reference) (?:purposes? )?only|\bcodes?\b.{0,80}\binformational purposes",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"illustrative only|not intended (?:to be|as) a|does not (?:constitute|imply|represent)|not a (?:guarantee|complete listing)|"
    r"not (?:medical advice|a substitute)|all rights reserved|copyright|proprietary|no part of this (?:publication|document)|"
    r"must be considered first|reserves the right|contract language|contract benefits in effect",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(literature|stud(?:y|ies)|trials?|evidence|randomi[sz]ed|systematic review|meta-analys[ei]s|peer[- ]reviewed|published|cohorts?|"
    r"insufficient|participants|follow-up|outcomes|sensitivity|specificity|clinical utility|superior)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"(?!(?:notes?|important|exceptions?|summary|reminder)\b)[^\s:.;][^:.;]{1,79}:\s+\S", re.IGNORECASE)
_EXPLAINS = re.compile(r"[\w /(),-]{3,80}? (?:is|are|involves?|uses?|refers? to|describes?)\b", re.IGNORECASE)
_CITATION = re.compile(r"\s*(?:\[?\d{1,3}[.)\]]|[•*-])\s.*\b(?:19|20)\d\d\b")
_SUBHEADING = re.compile(r".{4,120}:\s*")


def is_disclaimer(text: str) -> bool:
    """Whether the words limit what the document may be used for."""
    return bool(_DISCLAIMER.search(text))


def strong_kind(line: str, current: SectionKind, *, headed: bool) -> SectionKind | None:
    """The section that a line opens by words that leave no doubt, whatever stands before it; None for all other lines.

    Under a printed heading (`headed`) prose goes on until the next one, whatever it tells of.
    """
    text = plain(line)
    if current is SectionKind.HEADER and _SCOPE.match(text):
        return SectionKind.SCOPE
    if current in (SectionKind.HEADER, SectionKind.SCOPE) and sentence(text) and not _SCOPE.match(text):
        stated = stated_position(text[:1500])
        if stated is not None and stated.position is not Position.OTHER:
            return SectionKind.POSITION
    before_codes = current not in (SectionKind.CODING, SectionKind.REFERENCES, SectionKind.WEBSITES, SectionKind.HISTORY)
    if before_codes and sentence(text) and _CODING.match(text):
        return SectionKind.CODING
    if current in (SectionKind.REFERENCES, SectionKind.WEBSITES) and sentence(text) and is_disclaimer(text):
        return SectionKind.DISCLAIMER
    return _prose_kind(text, current, headed)


def _prose_kind(text: str, current: SectionKind, headed: bool) -> SectionKind | None:
    """Rationale after a position, and background and definitions after a rationale that no heading opened."""
    if not sentence(text) or stated_position(text[:1500]):
        return None
    evidence = {found.lower() for found in _EVIDENCE.findall(text)}
    if current is SectionKind.POSITION:
        return SectionKind.RATIONALE if len(evidence) >= 3 and not is_list_item(text) else None
    if headed or current not in (SectionKind.RATIONALE, SectionKind.BACKGROUND):
        return None
    if _DEFINED.match(text):
        return SectionKind.DEFINITIONS
    return SectionKind.BACKGROUND if current is SectionKind.RATIONALE and not evidence and _EXPLAINS.match(text) else None


def block_kind(block: Sequence[str], current: SectionKind, *, headed: bool) -> SectionKind | None:
    """What a block is that a gap of two blank lines sets apart; None where it goes on with what stands before.

    Source of the rule: pages that lost their printed headings keep the gap in which each heading stood.
    """
    first = plain(block[0])
    if is_code_row(first) or table_of(first) or _CODING.search(first):
        return _other_than(current, SectionKind.CODING)
    if is_history_row(first):
        return _other_than(current, SectionKind.HISTORY)
    if all(_CITATION.match(line) for line in block):
        return None if current is SectionKind.WEBSITES else _other_than(current, SectionKind.REFERENCES)
    if is_disclaimer(first):
        return _other_than(current, SectionKind.DISCLAIMER)
    if current is SectionKind.HEADER:
        return SectionKind.SCOPE if sentence(first) else None
    if current in _BEFORE_CODES and not (headed and current in _TOLD_BY_HEADING):
        return _told(block, first, current)
    return None


_TOLD_BY_HEADING = (SectionKind.RATIONALE, SectionKind.BACKGROUND, SectionKind.DEFINITIONS)
_BEFORE_CODES = (SectionKind.SCOPE, SectionKind.POSITION, SectionKind.RATIONALE, SectionKind.BACKGROUND, SectionKind.DEFINITIONS)


def _told(block: Sequence[str], first: str, current: SectionKind) -> SectionKind | None:
    """Rationale, background or definitions, which follow the position in this order."""
    if is_list_item(block[0]) or _SUBHEADING.fullmatch(first) or (len(first) < 600 and stated_position(first)):
        return None
    if all(_DEFINED.match(plain(line)) for line in block):
        return _other_than(current, SectionKind.DEFINITIONS)
    if not sentence(first) or current is SectionKind.SCOPE:
        return None
    cues = {found.lower() for line in block for found in _EVIDENCE.findall(line)}
    if len(cues) >= 2 and current is not SectionKind.BACKGROUND:
        return _other_than(current, SectionKind.RATIONALE)
    return _other_than(current, SectionKind.BACKGROUND)


def _other_than(current: SectionKind, kind: SectionKind) -> SectionKind | None:
    return None if kind is current else kind
