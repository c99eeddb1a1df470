"""What a payer's words on approval and coverage come to: a position on necessity where they say so, and how a list below a refusal is read.

Under criteria "may be approved" and "is covered" are the payer's yes on necessity to what meets them, and claim nothing of what does not.
"Not covered" alone may be the contract's word, which is no clinical judgment; in a coverage determination of Medicare it says that the
service is not reasonable and necessary (Social Security Act, sections 1862(a)(1)(A) and 1869(f)).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ur_desk.documents.positions import stated_position
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import Position, Statement, Text

MEDICARE = frozenset({"cms-ncd", "cms-lcd"})
"""Layouts of coverage determinations, whose word on coverage is one on necessity."""

LONGEST = 1500
"""Characters of the words that open a statement in which its position is sought."""

_PAYS = re.compile(r"payable|reimburs|separate", re.IGNORECASE)
_NOT = re.compile(r"\bnot?\b|\bnon-?covered\b", re.IGNORECASE)
_APPROVES = re.compile(
    r"\bapprove\b[^.;]{0,120}\b(?:if|when)\b|\bcoverage (?:is available|(?:for|of) [^.;]{2,80} (?:requires|will be (?:provided|approved)))\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_UNLESS = re.compile(r"\bunless\b|\bexcept (?:when|if|where)\b", re.IGNORECASE)
# of a service: a person who is "not eligible" for another one meets a criterion, and so does an item that no warranty covers
_DENIES = re.compile(
    r"\b(?:will|does|do) not cover\b|\bnot (?:be )?(?:an? )?(?:considered )?covered\b(?! (?:under|by) (?:(?:the|any|an?|other) )?(?:\w+ )?(?:warrant|insur))|"
    r"\bnon-?(?:covered|approvable)\b|\b(?:will|can|may|is|are) not (?:be )?(?:approved|authorized)\b|\bnot (?:recommended for approval|approvable)\b|"
    r"\bnot eligible for (?:coverage|payment|approval|authorization)\b|"
    r"\bnot (?:be |considered |to be )*(?:medically|reasonable and) necessary\b|\bmedically unnecessary\b",
    re.IGNORECASE,
)
_REASONS_HEAD = re.compile(
    r"\W*(?:(?:\w+[./]\s*)?(?:absolute|coverage|specific|general) )?(?:contraindications|exclusions|exclusion criteria)\b(?: (?:to|for|of|from|include)\b.*)?\W*",
    re.IGNORECASE,
)
_DENIED_HEAD = re.compile(
    r"\W*(?:conditions|indications|uses|services) (?:not covered|not recommended for approval|excluded)\W*", re.IGNORECASE
)
_INCLUDING = re.compile(r"\bincluding(?:,? but not limited to,?)? the following\b[^.]*$", re.IGNORECASE)
_THESE = re.compile(
    r"\bfollowing (?:[\w-]+ ){0,3}(?:procedures?|services?|items?|devices?|tests?|treatments?|therap(?:y|ies)|products?|drugs?)\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:prior to|before|until|after|since|when|where|while|if|unless|except|without|with|only|for|in|during)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def weighed(statements: Sequence[Statement], text: Text, layout: str) -> tuple[Statement, ...]:
    """The statements, where one takes its position by approval or coverage alone, with what that comes to in a document of that layout."""
    found: list[Statement] = []
    for statement in statements:
        opens = opening_words(statement, text)
        if statement.position is Position.OTHER:
            inherited = found[-1].position if found and _goes_on(found[-1], opens) else None
            statement = replace(statement, position=inherited or _position(statement, opens, layout in MEDICARE))
        found.append(statement)
    return tuple(found)


def opening_words(statement: Statement, text: Text) -> str:
    """The words of a statement before the list that it opens, as one line; those of its first lines where it opens none."""
    last = statement.last_line if statement.criteria is None else max(statement.first_line, statement.criteria.first_line - 1)
    return plain(" ".join(line.text for line in text.span(statement.first_line, last)))[:LONGEST]


def refuses(words: str) -> bool:
    """Whether the words that open a list refuse what the list names ("not covered when", "contraindications"), and do not allow it unless ..."""
    return heads_reasons(words) or (_DENIES.search(_last_sentence(words)) is not None and not excepts(words))


def heads_reasons(words: str) -> bool:
    """Whether words are a heading of reasons against a service: contraindications, exclusions, what is not covered."""
    return _REASONS_HEAD.fullmatch(words) is not None or _DENIED_HEAD.fullmatch(words) is not None


def excepts(words: str) -> bool:
    """Whether the last sentence says that something holds unless what follows does."""
    return _UNLESS.search(_last_sentence(words)) is not None


def only_names(statement: Statement, text: Text) -> bool:
    """Whether the list below an adverse position is no more than the services that it refuses; one with a day or a condition is more."""
    if statement.criteria is None or not statement.position.adverse or not _THESE.search(opening_words(statement, text)):
        return False
    listed = text.span(statement.criteria.first_line, statement.criteria.last_line)
    return bool(statement.terms) and not any(_LIMITED.search(line.text) for line in listed)


def _last_sentence(words: str) -> str:
    return _SENTENCES.split(words)[-1]


def _goes_on(before: Statement, opens: str) -> bool:
    """Whether a heading of what is not covered carries on an adverse position that ends in "including the following"."""
    return before.position.adverse and _DENIED_HEAD.fullmatch(opens) is not None and _INCLUDING.search(before.text[-LONGEST:]) is not None


def _position(statement: Statement, opens: str, medicare: bool) -> Position:
    covers = _covers(opens)
    if covers is False and excepts(opens) and statement.criteria is not None:
        covers = True
    if covers and (medicare or statement.criteria is not None):
        return Position.MEDICALLY_NECESSARY
    return Position.NOT_MEDICALLY_NECESSARY if covers is False and medicare else Position.OTHER


def _covers(opens: str) -> bool | None:
    """Whether the words approve or cover (True) or refuse (False); None where they do neither, or speak of payment alone."""
    stated = stated_position(opens)
    if stated is None:
        return True if _APPROVES.search(opens) else False if heads_reasons(opens) else None
    told = opens[stated.start : stated.end]
    return None if _PAYS.search(told) else not _NOT.search(told)
