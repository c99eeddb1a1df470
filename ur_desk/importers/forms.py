"""What filled-in forms propose for a request: labels to fields as `resources/mappings` declares them, each with its page, nothing decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ur_desk.domain.mapping import DateOrder
from ur_desk.domain.proposing import Proposed
from ur_desk.domain.sheets import Filled, Sheet, Word, lines_of
from ur_desk.importers.days import read_day
from ur_desk.importers.form_labels import Labels, Meant, labels

LEAST = 3
"""So many known labels a flat page has at least to be taken for a form."""
_GAP, _ABOVE, _NEAR = 0.03, 0.02, 0.0085
"""Parts of a page's width between two words that belong to two labels, and of its height between a label and what stands below it, and
between the middle of what was filled in and the letters of its label."""
_CODE = re.compile(r"\b(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})\b")
_DIAGNOSIS = re.compile(r"\b[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:x|×)?\s*([A-Za-z][A-Za-z ]{0,30})?")
_PARTS = ("street", "city", "state", "zip")
_ALLOWED = (
    "member.",
    "requesting_provider.",
    "servicing_provider.",
    "services.",
    "diagnoses.",
    "coverage.plan",
    "coverage.group",
    "urgency",
    "reference",
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A text with what its label means."""

    meant: Meant
    text: str
    page: int


def proposals(sheets: Sequence[Sheet]) -> tuple[Proposed, ...]:
    """What the pages of a form propose, one text a field, in the order of the pages; none where they are no form."""
    known = labels()
    answers = [answer for number, sheet in enumerate(sheets, 1) for answer in _filled(sheet, number, known)]
    if not answers and _is_form(sheets, known):
        answers = [answer for number, sheet in enumerate(sheets, 1) for answer in _flat(sheet, number, known)]
        if len({answer.meant for answer in answers}) < LEAST:
            return ()
    told: dict[str, Proposed] = {}
    for each in _read(answers):
        if each.text and each.field.startswith(_ALLOWED):
            told.setdefault(each.field, each)
    return tuple(told.values())


# labels ----------------------------------------------------------------------------------------------------------------------


def _is_form(sheets: Sequence[Sheet], known: Labels) -> bool:
    """Whether the first page calls itself a form for requests; a record that begins with a member's name is none."""
    told = " ".join(lines_of(sheets[0].words)).casefold() if sheets else ""
    return any(title in told for title in known.titles)


def _filled(sheet: Sheet, page: int, known: Labels) -> Iterator[_Answer]:
    """What stands in the fields of the form, and in notes that were laid over its lines; from left to right."""
    for each in sorted(sheet.filled, key=lambda each: (each.left, each.top)):
        whose = _heading(sheet.words, each, known)
        named = [name for told in each.names for name in (told, told.rpartition(".")[2])]
        meant = next((found for name in named if (found := known.meant(name, whose))), None)
        if meant is None and (label := _printed(sheet.words, each, known)):
            meant = known.meant(label, whose)
        if meant is not None:
            yield _Answer(meant, each.text, page)


def _printed(words: Sequence[Word], at: Filled, known: Labels) -> str:
    """The label printed left of a place, else the one above it; what is said in brackets is no label."""
    middle = (at.top + at.bottom) / 2
    left = [word for word in words if word.left < at.left]
    beside = [word for word in left if word.top - _NEAR <= middle <= word.bottom + _NEAR]
    high = [word for word in left if at.top <= (word.top + word.bottom) / 2 <= at.bottom]
    above = [word for word in words if 0 <= at.top - word.bottom < _ABOVE and at.left - 0.3 < word.left < at.right]
    for group in (beside, high, above):
        for run in reversed(list(_segments(sorted(group, key=lambda word: (word.line, word.left))))):
            if known.is_label(said := _said(run)):
                return said
    return ""


def _segments(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of words that end with a colon, or where a gap stands between them."""
    run: list[Word] = []
    for word, after in pairwise([*words, None]):
        if word is None:
            continue
        run.append(word)
        if word.text.endswith(":") or after is None or after.line != word.line or after.left - word.right > _GAP:
            yield run
            run = []


def _said(run: Sequence[Word]) -> str:
    return " ".join(word.text for word in run)


def _heading(words: Sequence[Word], at: Filled, known: Labels) -> str:
    """Whose part of the form a place lies in: the lowest heading above it, of several on one height the nearest across."""
    middle, found = (at.left + at.right) / 2, list[tuple[float, float, str]]()
    for run in (run for line in _lines(words) for run in _segments(line)):
        whose = known.heading(_said(run))
        if whose and run[0].bottom <= at.top:
            found.append((round(run[0].top, 2), -abs((run[0].left + run[-1].right) / 2 - middle), whose))
    return max(found)[2] if found else ""


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    told: dict[int, list[Word]] = {}
    for word in words:
        told.setdefault(word.line, []).append(word)
    return list(told.values())


def _flat(sheet: Sheet, page: int, known: Labels) -> Iterator[_Answer]:
    """`Label: value` in lines of print; a value goes on to the next label that is known."""
    whose = ""
    for line in lines_of(sheet.words):
        whose = known.heading(line.rstrip(":")) or whose
        parts = line.split(":")
        ahead: tuple[Meant, int] | None = None
        for place, part in enumerate(parts):
            after = _label_at_end(part, known, whose) if place < len(parts) - 1 else None
            if ahead is not None:
                kept = part.split()[: len(part.split()) - (after[1] if after else 0)]
                yield _Answer(ahead[0], " ".join(kept), page)
            ahead = after


def _label_at_end(part: str, known: Labels, whose: str) -> tuple[Meant, int] | None:
    """What the last words before a colon mean, the longest run that is known, and how many words that are."""
    words = part.split()
    for count in range(min(len(words), 5), 0, -1):
        if meant := known.meant(" ".join(words[-count:]), whose):
            return meant, count
    return None


# values ----------------------------------------------------------------------------------------------------------------------


def _read(answers: Sequence[_Answer]) -> Iterator[Proposed]:
    """The answers as one would type them; parts of an address together, several codes in rows of their own."""
    for whose in ("member", "requesting_provider", "servicing_provider"):
        yield from _address(whose, [answer for answer in answers if answer.meant.field == whose])
    words = [answer for answer in answers if answer.meant.field == "services.description"]
    if words:
        yield Proposed("services.1.description", " ".join(dict.fromkeys(" ".join(each.text.split()) for each in words)), words[0].page)
    for answer in answers:
        yield from _typed(answer)


def _address(whose: str, parts: Sequence[_Answer]) -> Iterator[Proposed]:
    told = {answer.meant.part: " ".join(answer.text.split()) for answer in reversed(parts)}
    street, city, state, code = (told.get(part, "") for part in _PARTS)
    if street or city:
        place = ", ".join(part for part in (city, f"{state} {code}".strip()) if part)
        page = next(answer.page for answer in parts)
        yield Proposed(f"{whose}.address", "\n".join(part for part in (street, place) if part), page)


def _typed(answer: _Answer) -> Iterator[Proposed]:
    field, text, page = answer.meant.field, " ".join(answer.text.split()), answer.page
    if answer.meant.part or field == "services.description":
        return
    if field == "member.name":
        family, given = _name(text)
        yield from (Proposed("member.family", family, page), Proposed("member.given", given, page))
    elif field in ("services.code", "diagnoses.code", "diagnoses.primary_code"):
        of, found = (
            ("services", _CODE.findall(text.upper())) if field.startswith("services") else ("diagnoses", _DIAGNOSIS.findall(text.upper()))
        )
        yield from (Proposed(f"{of}.{row}.code", code, page) for row, code in enumerate(dict.fromkeys(found), 1))
    elif field == "services.quantity":
        if amount := _AMOUNT.fullmatch(text):
            yield from (Proposed("services.1.quantity", amount[1], page), Proposed("services.1.unit", (amount[2] or "").strip(), page))
    elif field.endswith(("_day", "birth_date")):
        if told := read_day(text, DateOrder.MDY, short_years=False):
            yield Proposed(field.replace("services.", "services.1."), f"{date.fromisoformat(told.day):%m/%d/%Y}", page)
    else:
        yield Proposed(field.replace("services.", "services.1."), labels().value(field, text), page)


def _name(text: str) -> tuple[str, str]:
    """Family and given name: before and behind a comma, else the last word and those before it."""
    if "," in text:
        family, _, given = text.partition(",")
        return family.strip(), given.strip()
    given, _, family = text.rpartition(" ")
    return family, given
