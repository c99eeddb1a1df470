"""What a policy says of itself: number, title, status and dates, each with the line on which it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ur_desk.documents.labels import LONGEST, Fact, Label, facts_of, has_fact, has_label
from ur_desk.documents.layouts import GENERAL, labelled, layout_of, own_facts, printed_publisher
from ur_desk.documents.wording import day_of, leading_date, plain, sentence
from ur_desk.domain.policy import LineKind, Text

FAR = 80
"""So many lines are searched for facts that the header itself does not give: page furniture may stand before them."""

TOP = 8
"""In so many lines the kind of document is named."""

_NOTHING = re.compile(r"(?:n/?a|none|tbd|not applicable|not available|-+)(?:\W.*)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4} ?P ?\d{4}-\d{1,3}\b|[A-Za-z0-9][\w.\-/]*")
_KIND = re.compile(
    r"\b(?:medical|clinical|coverage|reimbursement|utilization management|prior authorization|practice|drug|clinical pharmacy) "
    r"(?:(?:clinical|coverage|determination) )?(?:polic(?:y|ies)|determination|guidelines?|criteria|guide|programs?|bulletins?)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    rf"(?:.*{_KIND.pattern}|policy|guidelines?|bulletin|(?:article|lcd|ncd) text|(?:[A-Z]+ )*(?:PROGRAM|DEPARTMENT|DIVISION)\b.*)(?:\s*/\s*codes| manual| bulletin| guidelines?)?(?: \(\w+\))?|"
    r"(?:[\w&.-]+ ){0,3}blue ?cross(?:,? (?:and|&)? ?blue ?shield)?(?: of(?: [\w.-]+){1,3})?",
    re.IGNORECASE,
)
_STANDING = re.compile(r"retired|superseded|archived|withdrawn|active|proposed|draft|history version", re.IGNORECASE)
_STAMPED = re.compile(r"(?:RETIRED|SUPERSEDED|ARCHIVED|WITHDRAWN|PROPOSED|DRAFT)(?= [A-Z])")
_DATES = (Label.EFFECTIVE, Label.ANY_EFFECTIVE, Label.FIRST_EFFECTIVE, Label.REVIEW, Label.ENDS)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and the line on which it is printed."""

    day: date
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a header; None where the document does not say, `unread` where it says what is no day."""

    number: str | None
    title: str | None
    status: str | None
    publisher: str | None
    effective: Dated | None
    last_review: Dated | None
    ends: Dated | None
    abstract: bool
    unread: tuple[Fact, ...]
    titled: bool
    """Whether a label gives the title, or a line near the top names a kind of policy document."""
    layout: str = GENERAL
    """Whose layout it is."""

    @property
    def whole(self) -> bool:
        """Whether number, day and title stand together, as only the head of a policy has them."""
        return bool(self.number and self.effective and self.titled)


def header_of(text: Text, last: int) -> Header:
    """The facts in lines 1 to `last`; what they leave open is sought in the lines after, up to `FAR`."""
    lines = [labelled(line.text) for line in text.lines[: max(last, FAR)]]
    layout = layout_of(text)
    near = _merged(
        list(own_facts(layout, lines[:last])), list(facts_of(lines[:last])), list(facts_of([f.text for f in text.furniture[:FAR]]))
    )
    facts = near + [fact for fact in facts_of(lines[last:], last + 1) if fact.label not in (Label.TITLE, Label.TEXT_KIND)]
    return Header(
        number=_first_number(facts),
        title=_value(near, Label.TITLE) or _headline(text, last) or _unlabelled_title(lines[:last]) or _title_before_labels(lines),
        status=_value(near, Label.STATUS) or _stamp(lines[:last]),
        publisher=_value(near, Label.PUBLISHER) or (printed_publisher(layout, text) if layout else None),
        effective=_first_day(facts, Label.EFFECTIVE, Label.ANY_EFFECTIVE, Label.FIRST_EFFECTIVE),
        last_review=_first_day(facts, Label.REVIEW),
        ends=_first_day(facts, Label.ENDS),
        abstract="abstract" in (_value(near, Label.TEXT_KIND) or "").lower(),
        unread=tuple(fact for fact in near if fact.label in _DATES and _day(fact) is None and not _NOTHING.fullmatch(fact.value)),
        titled=_value(near, Label.TITLE) is not None or any(_KIND.search(line[:LONGEST]) for line in lines[:TOP]),
        layout=layout.name if layout else GENERAL,
    )


def _merged(own: list[Fact], found: list[Fact], furniture: list[Fact]) -> list[Fact]:
    """The facts of the lines, those of the payer's own labels first; what the lines leave open may stand in the furniture of the pages."""
    told = own + found
    known = {fact.label for fact in told if not _NOTHING.fullmatch(fact.value)}
    return told + [Fact(fact.label, fact.value, 1) for fact in furniture if fact.label not in known]


def _headline(text: Text, last: int) -> str | None:
    """The most prominent heading before the first section that the source itself prints as one, and that is no mere kind of document."""
    heads = [line for line in text.lines[:last] if line.kind is LineKind.HEADING and _could_be_title(plain(line.text))]
    best = min(heads, key=lambda line: line.level, default=None)
    return None if best is None else plain(best.text).strip("# *")


def _value(facts: Sequence[Fact], label: Label) -> str | None:
    return next((fact.value for fact in facts if fact.label is label and not _NOTHING.fullmatch(fact.value)), None)


def _stamp(lines: Sequence[str]) -> str | None:
    """A word on the standing of the version that is printed alone, or in capitals before the kind of document: "RETIRED Local Coverage ..."."""
    told = [plain(line[:LONGEST]) for line in lines]
    alone = next((line for line in told if _STANDING.fullmatch(line)), None)
    return alone or next((found[0] for line in told if (found := _STAMPED.match(line))), None)


def _first_number(facts: Sequence[Fact]) -> str | None:
    for fact in facts:
        found = _NUMBER.match(fact.value) if fact.label is Label.NUMBER else None
        if found and any(c.isdigit() for c in found[0]):
            return found[0].rstrip(".-/")
    return None


def _day(fact: Fact) -> date | None:
    found = leading_date(fact.value)
    return day_of(found) if found else None


def _first_day(facts: Sequence[Fact], *labels: Label) -> Dated | None:
    for label in labels:
        for fact in facts:
            day = _day(fact) if fact.label is label else None
            if day is not None:
                return Dated(day, fact.line)
    return None


def _unlabelled_title(lines: Sequence[str]) -> str | None:
    """The column without a label beside labelled ones, else the first line that is more than the name of its kind of document."""
    body = lines[1 + lines[1:].index("---") :] if lines and lines[0] == "---" and "---" in lines[1:] else lines
    told = [text for line in body if (text := plain(line)) and len(text) <= 300]
    columns = [line.rsplit("|", 1)[-1].strip() for line in told if "|" in line and has_fact(line)]
    chosen = [column for column in columns if ":" not in column and column.count(" ") >= 2] or [
        line for line in told if _could_be_title(line)
    ]
    return chosen[0].strip("# *") if chosen else None


def _title_before_labels(lines: Sequence[str]) -> str | None:
    """The line that stands right before the first label, where furniture of the page stands first."""
    before = ""
    for text in filter(None, map(plain, lines)):
        if has_fact(text):
            return before if _could_be_title(before) else None
        before = text
    return None


def _could_be_title(text: str) -> bool:
    words = any(c.isalpha() for c in text) and len(text) <= 300 and not (sentence(text) and text.endswith("."))
    return words and not has_label(text) and "://" not in text and not _GENERIC.fullmatch(text.strip("# *"))
