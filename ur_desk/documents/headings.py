"""What a heading says: the wordings under which payers print the sections of a policy."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ur_desk.documents.formats.source import RAISED
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import SectionKind

LONGEST = 90
"""No heading is longer; longer lines are not looked at."""

_WORDINGS: dict[SectionKind, str] = {
    SectionKind.SCOPE: (
        r"(?:description\s*/\s*)?scope|description|(?:policy )?(?:overview|purpose)|application|applicability|"
        r"description (?:of|and) (?:the )?(?:service|procedure|scope)s?|about this (?:policy|document)"
    ),
    SectionKind.POSITION: (
        r"position(?: statements?)?|policy(?: statements?)?|(?:policy\s*/\s*)?coverage(?: (?:criteria|policy|position|rationale|determination|statement)s?)?|"
        r"(?:clinical |medical necessity |coverage |approval )?(?:indications|criteria)(?: (?:and|&) limitations(?: of coverage)?)?|"
        r"(?:general |medical )?(?:coverage|necessity) criteria|cms national coverage policy|(?:covered|clinical|approved) indications|"
        r"indications and limitations of coverage|coverage indications,? limitations,? and/or medical necessity|"
        r"criteria for (?:initial )?(?:approval|coverage)|medical necessity(?: criteria)?|coverage guidance|recommended authorization criteria|"
        r"coverage criteria[ab]|(?:renewal|reauthorization|continuation|required|indication-specific) criteria|conditions not (?:covered|recommended for approval)|"
        r"(?:nationally )?(?:non-)?covered indications|nationally non-covered indications|reimbursement guidelines|"
        r"experimental,? investigational,?(?: or|,? and)? unproven|experimental and investigational|policy limitations and exclusions|"
        r"(?:indications|requirements|coverage|criteria) \([^()]{0,40}criteria\)|prior authorization (?:requirements?|criteria)|"
        r"(?:item |general )?coverage details?|(?:only |not )covered (?:when|with|if)(?: \([^()]{0,40}\))?|"
        r"exclusions?(?:\s*[-–—]\s*not covered)?|exceptions? to (?:the )?[a-z ]{4,40} requirements?|required prior therapies"
    ),
    SectionKind.RATIONALE: (
        r"(?:clinical |scientific |coverage )?rationale|(?:clinical |summary of |analysis of )?evidence(?: (?:summary|review))?|"
        r"(?:literature|evidence) review|scientific background|supporting (?:evidence|information)|discussion"
    ),
    SectionKind.BACKGROUND: (
        r"(?:general |clinical )?background(?:\s*/\s*overview| information)?|(?:disease|procedure|technology|clinical) overview|item/service description|"
        r"description of (?:the )?technology|introduction"
    ),
    SectionKind.DEFINITIONS: r"(?:key |list of )?definitions?(?: of terms)?|glossary(?: of terms)?|key terms|abbreviations",
    SectionKind.CODING: (
        r"cod(?:ing|es)(?: (?:information|section))?|(?:applicable|billing|procedure|related procedure|related|diagnosis) codes|billing(?: and coding)?(?: information)?|"
        r"(?:cpt|hcpcs|icd-10(?:-cm)?)(?:\s*/\s*(?:cpt|hcpcs))? ?(?:codes?)?|codes? (?:list|table|number\(?s?\)?)|"
        r"icd-10-cm codes that (?:do not )?support medical necessity"
    ),
    SectionKind.REFERENCES: (
        r"references?|bibliography|(?:selected |peer[- ]reviewed )publications|sources(?: of information)?|literature|"
        r"government agency,? medical society,? and other authoritative publications"
    ),
    SectionKind.WEBSITES: r"web ?sites?(?: for additional information)?|(?:web|internet) (?:links|resources)|additional resources",
    SectionKind.INDEX: r"index(?: terms)?|keywords",
    SectionKind.DISCLAIMER: r"disclaimers?|instructions for use|(?:important )?(?:notice|legal notice|reminder)s?|limits of this text",
    SectionKind.HISTORY: (
        r"(?:document |policy |revision |review |version |update )?history(?:\s*/\s*revision)?(?: information)?|"
        r"policy update history information|(?:policy )?(?:updates|revisions)|change (?:log|control)"
    ),
}
_KNOWN = tuple((kind, re.compile(wording, re.IGNORECASE)) for kind, wording in _WORDINGS.items())
# inside a list of codes these name the table that follows, not a new section
_TABLE_NAME = re.compile(r"(?:cpt|hcpcs|icd-?(?:9|10)|ndc|revenue|procedure|diagnos[ie]s)\b.*", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:#{1,6}\s+|section\s+\d+\s*[:.)-]\s*|[IVX]{1,5}\.\s+|\d{1,2}\.\s+|[A-Z]\.\s+)", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"#{1,2}\s+|section\s+\d+\s*[:.)-]\s*|[IVX]{1,5}\.\s+", re.IGNORECASE)
_HISTORY_TABLE = re.compile(r"(?:status|date|version)\b.*\b(?:action|change|description|summary|comments?|revision)s?", re.IGNORECASE)
EARLIER = re.compile(
    r"(?:pre-?merger|(?:predecessor|earlier|prior|former) (?:organi[sz]ations?|documents?|compan(?:y|ies)))\b", re.IGNORECASE
)
"""The head of a table of documents that stood before this one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a section; `printed` is the line as it stands, without space around it."""

    kind: SectionKind
    printed: str


def heading_of(line: str, *, in_codes: bool = False) -> Heading | None:
    """The heading that the line is by its own words, or None; `in_codes` where a list of codes is open."""
    return None if len(line) > LONGEST * 4 else _heading_of(line, in_codes)


@lru_cache(maxsize=4096)  # each stage asks of the same lines one after the other
def _heading_of(line: str, in_codes: bool) -> Heading | None:
    text = plain(line)
    if not text or len(text) > LONGEST:
        return None
    bare = _bare(text)
    bare = bare.rstrip(RAISED).rstrip(":")
    if in_codes and _TABLE_NAME.fullmatch(bare):
        return None
    for kind, wording in _KNOWN:
        if wording.fullmatch(bare):
            return Heading(kind, text)
    if EARLIER.match(bare) or _HISTORY_TABLE.fullmatch(bare):
        return Heading(SectionKind.HISTORY, text)
    return Heading(SectionKind.OTHER, text) if _looks_like_one(text) and (not in_codes or text.startswith("## ")) else None


def _bare(text: str) -> str:
    """The words of a heading without numbering, marks and closing colon."""
    numbered = _NUMBERING.match(text.lstrip("*_ "))
    words = text.lstrip("*_ ")[numbered.end() :] if numbered else text
    return words.strip(" *_#").rstrip(":").strip(" *_")


def _looks_like_one(text: str) -> bool:
    """Whether an unknown wording is printed as a heading: at the top level of a numbering, or unnumbered capitals."""
    top = _TOP_LEVEL.match(text) is not None
    if text.endswith((".", ",", ";")) or (not top and (text.upper() != text or ":" in text.rstrip(":"))):
        return False
    letters = [c for c in _bare(text) if c.isalpha()]
    if len(letters) < 4:
        return False
    if top:
        return text.startswith("#") or all(c.isupper() for c in letters)
    return all(c.isupper() for c in letters) and not any(c.isdigit() for c in text) and not _NUMBERING.match(text)
