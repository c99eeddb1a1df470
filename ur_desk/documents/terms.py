"""The services that a position names, with the other names that the document gives them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ur_desk.documents.wording import plain

LONGEST = 2000
"""Characters of a subject in which names are sought."""

INCLUDED = "\x1f"
"""Stands for "including, but not limited to" while a subject is taken apart: its "to" begins no clause."""

_INCLUDING = re.compile(r"[,;(]?\s*\bincluding\b[,:]?\s*(?:but (?:is |are )?not limited to\b[,:]?)?\s*", re.IGNORECASE)
# what stands between two names of one service, or between services of one sentence
_APART = re.compile(
    r"\s*(?:[\x1f,;()/\[\]]|\b(?:such as|e\.?g\.?|i\.?e\.?|for example|namely|like)\b|"
    r"\b(?:also|otherwise|sometimes|formerly) (?:known|called|referred to|named)(?: as)?\b|\bor\b|\band\b)[\s,:]*",
    re.IGNORECASE,
)
# a clause that says how, where or for whom; it ends at the next mark or introducing word
_MANNER = re.compile(
    r"(?:\b(?:with or without|whether or not|with|without|when|whether|for|used|using|performed|in (?:the|a|an|any)|as (?:a|an|part)|to|by|that|which|where)\b)"
    r".*?(?=[,;]\s*(?:such as|also|otherwise|e\.?g|i\.?e)|\x1f|[()\[\]]|$)",
    re.IGNORECASE,
)
# words before the subject that say from when, for whom or by what rule
_BEFORE = re.compile(
    r"^(?:effective (?:for|on)|consistent with|under|in accordance with|according to|for (?:members|patients|services|dates|claims))\b"
    r"(?:[^,]|,\s*(?:19|20)\d\d\b)*,\s+(?=\S)",
    re.IGNORECASE,
)
_MODAL = re.compile(r"(?:\s+(?:may|can|will|should|must|might|would|only|also|generally))+$")
_OPENING = re.compile(r"^(?:the\s+)?(?:(?:use|performance|application|provision)\s+of\s+)?(?:(?:the|an?|any|all)\s+)?", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|in|on)\s+(?:the\s+)?.*$", re.IGNORECASE)
# words that alone name no service
_TOO_WIDE = re.compile(
    r"(?:use|treatment|therapy|procedure|surgery|service|device|test|testing|imaging|system|other|all|any|technique|method|technolog(?:y|ie)|it|this|they|"
    r"these|code|member|patient|drug|product|charge|payment|reimbursement|indication|request|coverage|policy|criteria|following|open|"
    r"services that|indicated)s?|(?:these|this|those|such|each) .*|[a-z]?\d{4,5}|following\b.*|(?:cpt|hcpcs|icd(?:-10)?)\b.*\d.*|.*\b(?:is|are|was|were) .*"
)
_ALIAS = re.compile(
    r"^(?P<name>[^:(]{3,60}?)\s*\(\s*(?:also|otherwise) (?:known|called|referred to)(?: as)?\s+(?P<other>[^)]{3,60})\)", re.IGNORECASE
)


def terms_in(subject: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names in the subject of a position, in lower case and in order, each once, with their other names after them.

    "A, including, but not limited to, B of the spine, with or without C" names A and B; C is a manner, no service.
    """
    names: list[str] = []
    whole = _INCLUDING.sub(INCLUDED, _BEFORE.sub("", plain(subject)[:LONGEST]))
    for piece in _APART.split(_MANNER.sub(" ", whole)):
        name = _name(piece)
        if name:
            names += [name, *aliases.get(name, ())]
    return tuple(dict.fromkeys(names))


def aliases_in(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Other names that a document gives in the form "A (also known as B): ...", each way."""
    found: dict[str, tuple[str, ...]] = {}
    for one, other in _pairs(lines):
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        match = _ALIAS.match(plain(line[:400]))
        if match:
            yield match["name"].lower().strip(), match["other"].lower().strip()


def _name(piece: str) -> str | None:
    """The bare name in a piece of a subject, without what it is done to; None where no service is left."""
    words = _MODAL.sub("", _OPENING.sub("", plain(piece)).strip(" .:;,'\"*").lower())
    short = _OF.sub("", words)
    # "ablation of fibroids" stays whole, "digital motion x-ray of the spine" does not
    name = short if " " in short or short == words else words
    usable = 3 < len(name) <= 80 and any(c.isalpha() for c in name) and not _TOO_WIDE.fullmatch(name)
    return name if usable else None
