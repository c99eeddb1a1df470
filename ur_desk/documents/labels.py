"""Labels and values in a policy's header: one to a line, several to a line, or label and value on alternate lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ur_desk.documents.wording import plain

LONGEST = 1000
"""Characters of a line in which labels are sought; facts stand at the start of short lines."""


class Label(StrEnum):
    """What a label asks for; an `aside` only ends the value before it."""

    NUMBER = "number"
    TITLE = "title"
    STATUS = "status"
    EFFECTIVE = "effective"
    ANY_EFFECTIVE = "any_effective"
    FIRST_EFFECTIVE = "first_effective"
    REVIEW = "review"
    ENDS = "ends"
    PUBLISHER = "publisher"
    TEXT_KIND = "text_kind"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label's value as printed, and the line on which the value stands."""

    label: Label
    value: str
    line: int


# these mean a label wherever they stand before a colon
_ANYWHERE = (
    (Label.NUMBER, r"(?:document|policy|bulletin|guideline|article|lcd|ncd)\s*(?:#|number|no\.|id|reference)"),
    (Label.EFFECTIVE, r"current effective date|revision effective date|effective date of this (?:policy|version)"),
    (Label.FIRST_EFFECTIVE, r"(?:original|initial) effective date"),
    (Label.ANY_EFFECTIVE, r"effective(?: date)?"),
    (Label.REVIEW, r"(?:date of )?last review(?:ed)?(?: date)?|review date|date (?:last )?reviewed"),
    (Label.ENDS, r"termination date|end date|retirement date|revision ending date|archived? date"),
    (Label.STATUS, r"(?:policy |document )?status"),
    (
        Label.ASIDE,
        r"publish(?:ed)? date|publication date|issue date|revis(?:ed|ion) dates?|next review(?: date)?|manual section|bcbsa reference number|lcd/ncd",
    ),
)
# these are ordinary words too, and count only where a line or a column begins
_AT_START = (
    (Label.TITLE, r"subject|(?:policy |lcd |article |guideline |document )?title|policy name|(?:(?:clinical|medical|coverage) )?policy"),
    (Label.PUBLISHER, r"publisher|payer|health plan|issued by"),
    (Label.TEXT_KIND, r"kind of text"),
    (
        Label.ASIDE,
        r"category|chapter|source|supersedes|initiated|line of business|article type|(?:guideline )?version|description|(?:cpt|hcpcs) codes?",
    ),
)
# a line of its own with one of these words is a heading or a kind of document
_ORDINARY = frozenset(
    {"policy", "clinical policy", "medical policy", "coverage policy", "description", "source", "version", "status", "subject", "section"}
)
_OF_ANOTHER_DAY = re.compile(
    r"\b(?:review(?:ed)?|retire(?:d|ment)|terminat(?:ed|ion)|end|expiration|archived?|next|codes?|coding|billing|publish(?:ed)?|publication|"
    r"issued?|posted|posting|(?:publish(?:ed)?|publication|issue|review) date)[\s/&,]*$",
    re.IGNORECASE,
)
_COLON = "[:\uff1a]"


def _union(wordings: tuple[tuple[Label, str], ...], mark: str) -> str:
    return "|".join(f"(?P<{mark}{number}_{label.value}>{wording})" for number, (label, wording) in enumerate(wordings))


_LABEL = re.compile(
    rf"(?<!(?-i:[a-z]))(?:{_union(_ANYWHERE, 'a')})\s*#?\s*{_COLON}|(?:^|\t|\||\s\s)\s*(?:{_union(_AT_START, 's')})\s*{_COLON}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?:{_union(_ANYWHERE, 'a')}|{_union(_AT_START, 's')})\s*#?\s*{_COLON}?", re.IGNORECASE)


def has_label(line: str) -> bool:
    """Whether the line holds a label with its colon."""
    return _LABEL.search(line[:LONGEST]) is not None


def has_fact(line: str) -> bool:
    """Whether the line names the document's number, title, status or a date with a label."""
    return any(_label(found) is not Label.ASIDE for found in _LABEL.finditer(line[:LONGEST]))


def awaits_value(line: str) -> bool:
    """Whether the line is a label and nothing else, so that its value stands on the next line."""
    told = plain(line[:LONGEST])
    return _ALONE.fullmatch(told) is not None and told.lower() not in _ORDINARY


def facts_of(lines: Sequence[str], first: int = 1) -> Iterator[Fact]:
    """Every label with its value, in order; `first` is the number of the first line given.

    A value runs to the next label of its line; where none stands there, it is the next line with words.
    """
    waiting: Label | None = None
    for number, line in enumerate((line[:LONGEST] for line in lines), first):
        if not plain(line):
            continue
        found = list(_LABEL.finditer(line))
        if waiting is not None and not found and not awaits_value(line):
            yield Fact(waiting, plain(line), number)
        waiting = None
        for label, value in _values(line, found):
            if value:
                yield Fact(label, value, number)
            else:
                waiting = label
        if not found and awaits_value(line) and (alone := _ALONE.fullmatch(plain(line))):
            waiting = _label(alone)


def _values(line: str, found: list[re.Match[str]]) -> Iterator[tuple[Label, str]]:
    ends = [*(following.start() for following in found[1:]), len(line)]
    for match, end in zip(found, ends, strict=False):
        yield _label(match), plain(line[match.end() : end]).strip("| ")


def _label(found: re.Match[str]) -> Label:
    name = next(name for name, value in found.groupdict().items() if value is not None)
    label = Label(name.split("_", 1)[1])
    # "retired effective date", "publication date / effective date": the word before says that another day is meant
    other = label is Label.ANY_EFFECTIVE and _OF_ANOTHER_DAY.search(found.string, max(0, found.start() - 40), found.start())
    return Label.ASIDE if other else label
