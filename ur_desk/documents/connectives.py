"""How the items of a list hang together, told by the words that open it and the words between its items."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ur_desk.documents.wording import plain
from ur_desk.domain.library.criteria import Op

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_N = rf"(?P<n>{'|'.join(_NUMBERS)}|[1-9])(?:\s*\([1-9]\))?"
_THINGS = (
    r"(?:of\b(?! age| their| life| his| her)|the following\b|following\b|criteri(?:a|on)\b|conditions?\b|"
    r"(?:\w+[ -]){0,2}\w+ (?:below|from)\b)"
)
_WORDINGS = (
    (Op.NONE, r"\bnone (?:of )?(?:the )?(?:following|these|criteria)"),
    (
        Op.NONE,
        r"\b(?:no|not|without|nor|absence of|n[o']t have|excludes?)\b(?:\s+(?:have|has|had|having|meet|show|receive|evidence of)){0,2}\s+"
        r"(?:any|either|one)(?: one)?(?: or more)? (?:of )?(?:the )?following",
    ),
    (Op.AT_LEAST, rf"\b(?:at least|(?:a )?minimum of|no (?:fewer|less) than)\s+{_N}\b(?:\s+or more)?\s+{_THINGS}"),
    (Op.AT_LEAST, rf"\b(?:any\s+)?{_N}\s+or more\s+{_THINGS}"),
    (
        Op.AT_LEAST,
        rf"\b(?:any\s+|either\s+)?{_N}\s+of\s+(?:the\s+|these\s+)?(?:\w+\s+){{0,2}}(?:following|below|criteria|conditions|these|categories)",
    ),
    (Op.AT_LEAST, rf"\b{_N} (?:of )?the following"),
    (Op.ALL, r"\b(?:all|each|every(?: one)?)(?: of)?(?: the| these)?(?: \w+){0,2} (?:following|criteria|conditions|requirements|below)"),
    (Op.ALL, r"\b(?:all|each) of (?:the|these)\b|\bmeet(?:s|ing)? all\b|\ball are\b"),
    (Op.ALL, r"\bboth(?: of)?(?: the| these)?(?: following| criteria|:)"),
    (Op.ANY, r"\b(?:any|either)(?: one)?(?: of)?(?: the| these)?(?: \w+){0,2} (?:following|criteria|conditions|below)|\beither:"),
)
_QUANTIFIERS = tuple((op, re.compile(wording, re.IGNORECASE)) for op, wording in _WORDINGS)
# the plain reading of "the following": a plural that is met is met as a whole
_MET = r"(?:are|is|have been|has been|must be|must all be|are all|to be) (?:met|satisfied|fulfilled|demonstrated|documented|present)"
_THE_FOLLOWING = re.compile(
    rf"\b(?:the )?following(?: \w+){{0,2}}? (?:criteria|conditions|requirements) {_MET}|\bfollowing {_MET}|"
    r"\bmeets? the (?:following|below)\b|\b(?:criteria|conditions|requirements) (?:below )?are met:|following criterion\b|"
    r"\bsatisf(?:y|ies) the following\b",
    re.IGNORECASE,
)
# what a record must hold, it must hold as a whole; words right before the list
_CONTENTS = re.compile(
    r"\bmust (?:also )?(?:specify|include|document|show|contain|be|state)\W*$|\b(?:documenting|specifying|containing|showing)\W*$|"
    r"\bdocumentation (?:of|that)\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\W*(?:(?:general|coverage|strict|additional) )?requirements?(?: \([^()]{0,60}\))?\W*", re.IGNORECASE)
_FITS = re.compile(r"\W*(?:(?:covered|clinical|approved) )?indications(?: \([^()]{0,60}\))?\W*", re.IGNORECASE)
_UNSURE_NUMBER = re.compile(r"criteria is ?\(are\)|is ?\(are\) met", re.IGNORECASE)
_USES = re.compile(
    r"\b(?:indications|conditions|diagnoses) for which\b.*\binclude|"
    r"\bfor(?: the)?(?: \w+){0,3} (?:following|these)(?: \w+){0,2} (?:indications?|conditions?|diagnos[ie]s|uses?)\b|"
    r"\b(?:covered|indicated|approved) for(?: the)?(?: treatment of)?:|\bfor the treatment of:",
    re.IGNORECASE,
)
_LABEL = r"\(?[A-Za-z0-9]{1,4}\)?"
_HINT = re.compile(rf"[(\[](?P<labels>{_LABEL}(?:,\s*{_LABEL})*),?\s*(?P<word>and/or|and|or)\s+(?P<last>{_LABEL})[)\]]", re.IGNORECASE)

_WORD = r"(?P<word>and\s*/\s*or|and|or)"
_ALONE = re.compile(rf"\W*{_WORD}\W*", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:(?P<mark>[;,.:])\s*|\s+|[—–-]\s*){_WORD}\s*[,:;.]?\s*[—–-]?\s*$", re.IGNORECASE)
_LEADING = re.compile(r"[—–-]?\s*(?P<word>AND\s*/\s*OR|AND|OR)\s*[:,]?\s+(?=\S)")


class Join(StrEnum):
    """The word between two items."""

    AND = "and"
    OR = "or"
    EITHER = "and/or"


@dataclass(frozen=True, slots=True)
class Joined:
    """A word between two items; `strong` where it is printed to be seen: in capitals, or on a line of its own."""

    join: Join
    strong: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What the words that open a list say: how many are asked, by which words, and the labels that they name."""

    op: Op | None = None
    n: int | None = None
    labels: tuple[str, ...] = ()
    join: Join | None = None
    plainly: bool = False
    """Whether a number or a word such as all, any or none says it, and not the plain reading of "the following"."""


def opening(words: str) -> Opening:
    """What the words before a list ask; the last such words count, since they stand nearest to it."""
    told = plain(words)
    hint = next(iter(reversed(list(_HINT.finditer(told)))), None)
    labels = tuple(_bare(each) for each in (*hint["labels"].split(","), hint["last"])) if hint else ()
    join = Join(hint["word"].lower()) if hint else None
    found = [(match.end(), -place, match, op) for place, (op, wording) in enumerate(_QUANTIFIERS) for match in wording.finditer(told)]
    if found:
        _, _, match, op = max(found, key=lambda each: (each[0], each[1]))
        n = _count(match) if op is Op.AT_LEAST else None
        return Opening(Op.ANY if n == 1 else op, None if n == 1 else n, labels, join, plainly=True)
    if _THE_FOLLOWING.search(told) and not _UNSURE_NUMBER.search(told):
        return Opening(Op.ALL, None, labels, join)
    if _CONTENTS.search(told):
        return Opening(Op.ALL, None, labels, join)
    return Opening(Op.ANY if _USES.search(told) else None, None, labels, join)


def headed(words: str) -> Opening:
    """What a list asks that stands right under the heading of its section: requirements are asked as a whole, an indication is one of several."""
    told = plain(words)
    return Opening(Op.ALL if _ASKED.fullmatch(told) else Op.ANY if _FITS.fullmatch(told) else None)


def alone(line: str) -> Joined | None:
    """The join that a line is and nothing else: `-AND-`, `OR`."""
    told = plain(line)
    found = _ALONE.fullmatch(told) if len(told) <= 12 else None
    return Joined(_join(found["word"]), strong=True) if found else None


def without_trailing(words: str) -> tuple[str, Joined | None]:
    """An item's words without the and/or that leads on to the next, and that join."""
    found = _TRAILING.search(words)
    if found is None or found.start() == 0:
        return words, None
    strong = found["word"].isupper()
    if not (strong or found["mark"]):
        return words, None
    return words[: found.start()].rstrip(" ,;"), Joined(_join(found["word"]), strong)


def without_leading(words: str) -> tuple[str, Joined | None]:
    """An item's words without the AND or OR in capitals that they begin with, and that join."""
    found = _LEADING.match(words)
    return (words[found.end() :], Joined(_join(found["word"]), strong=True)) if found else (words, None)


def operation(opened: Opening, joins: list[Joined], items: int) -> tuple[Op, int | None]:
    """What a list of so many items asks, from the words before it and between its items; `unclear` where they leave it open or clash.

    "One of the following: a, b, and c" is how the language ends a list; the number says what is meant, unless AND is printed to be seen.
    """
    if items == 1:
        return (Op.NONE, None) if opened.op is Op.NONE else (Op.ALL, None)
    kinds = {joined.join for joined in joins} | ({opened.join} if opened.join else set())
    strong = {joined.join for joined in joins if joined.strong}
    if Join.EITHER in kinds or kinds == {Join.AND, Join.OR}:
        return Op.UNCLEAR, None
    if opened.plainly and opened.op is not None:
        clash = {Op.ALL: Join.OR in kinds, Op.ANY: Join.AND in strong, Op.AT_LEAST: Join.AND in strong}
        return (Op.UNCLEAR, None) if clash.get(opened.op) else (opened.op, opened.n)
    if kinds == {Join.OR}:
        return (Op.UNCLEAR if opened.op is Op.ALL and opened.join is None and not joins else Op.ANY), None
    if kinds == {Join.AND}:
        return (opened.op or Op.ALL) if not (strong and opened.op is Op.ANY) else Op.UNCLEAR, None
    return opened.op or Op.UNCLEAR, opened.n


def _join(word: str) -> Join:
    return Join(re.sub(r"\s", "", word.lower()))


def _count(match: re.Match[str]) -> int:
    word = match["n"].lower()
    return _NUMBERS.get(word) or int(word)


def _bare(label: str) -> str:
    return label.strip().strip("()").lower()
