"""What filled-in forms propose for a request: labels to fields as `resources/mappings` declares them, each with its page, nothing decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ur_desk.domain.intake.mapping import DateOrder
from ur_desk.domain.intake.proposing import Proposed
from ur_desk.domain.intake.sheets import Filled, Sheet, Word, lines_of
from ur_desk.importers import form_lines
from ur_desk.importers.days import read_day, read_span
from ur_desk.importers.form_labels import Labels, Meant, labels

LEAST = 3
"""So many known labels a flat page has at least to be taken for a form."""
_GAP, _ABOVE, _NEAR = 0.03, 0.02, 0.0085
"""Parts of a page's width between two words that belong to two labels, and of its height between a label and what stands below it, and
between the middle of what was filled in and the letters of its label."""
_CODE = re.compile(r"\b(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})\b")
_DIAGNOSIS = re.compile(r"\b[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
_SIGNS = " ,;:()[]–—-"
_WORDS = re.compile(r"^\s*(?:(?:x|×)\s*[0-9]+\b)?")
"""How often a service is asked for, between its code and its words."""
_CODE_BESIDE = re.compile(
    r"(?:(?:cpt|hcpcs)[ :#]*)?(?P<before>[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})\b[ ,;:–—-]+(?P<after>[^0-9]*[A-Za-z]{3}.*)"
    r"|(?P<words>.*[A-Za-z]{3}.*)[(\[](?:(?:cpt|hcpcs)[ :#]*)?(?P<within>[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})[)\]]"
    r"|(?P<ahead>.*[A-Za-z]{3}.*?)[ ,;:–—-]+(?:cpt|hcpcs)[ :#]*(?P<behind>[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})",
    re.IGNORECASE,
)
_DAY = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}(?:\s*(?:-|–|—|to|thru|through)\s*[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4})?")
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ().-]{5,}[0-9](?: *(?:x|ext\.?) *[0-9]{1,6})?", re.IGNORECASE)
_SHAPES = {
    "npi": re.compile(r"\b[0-9]{10}\b"),
    "phone": _NUMBER,
    "fax": _NUMBER,
    "member_id": re.compile(r"^(?=[^ ]*[0-9])[^ ]+(?: [0-9]+\b)*|^.+$"),
}
"""What of a text is the value of such a field; a label that is not declared may stand behind it."""
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
        printed = [
            _Answer(meant, text, number) for number, sheet in enumerate(sheets, 1) for meant, text in form_lines.answers(sheet.words, known)
        ]
        answers = printed if len({answer.meant for answer in printed}) >= LEAST else []
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


# values ----------------------------------------------------------------------------------------------------------------------


def _read(answers: Sequence[_Answer]) -> Iterator[Proposed]:
    """The answers as one would type them; parts of an address together, several codes in rows of their own."""
    for whose in ("member", "requesting_provider", "servicing_provider"):
        yield from _address(whose, [answer for answer in answers if answer.meant.field == whose])
    yield from _described([answer for answer in answers if answer.meant.field == "services.description"])
    for answer in answers:
        yield from _typed(answer)


def _address(whose: str, parts: Sequence[_Answer]) -> Iterator[Proposed]:
    told = {answer.meant.part: " ".join(answer.text.split()) for answer in reversed(parts)}
    street, city, state, code = (told.get(part, "") for part in _PARTS)
    if street or city:
        place = ", ".join(part for part in (city, f"{state} {code}".strip()) if part)
        page = next(answer.page for answer in parts)
        yield Proposed(f"{whose}.address", "\n".join(part for part in (street, place) if part), page)


def _described(answers: Sequence[_Answer]) -> Iterator[Proposed]:
    """The words for the first service; a code that stands before them, behind them or in brackets is its code."""
    if not answers:
        return
    text, page = " ".join(dict.fromkeys(" ".join(each.text.split()) for each in answers)), answers[0].page
    if found := _CODE_BESIDE.fullmatch(text):
        code = next(part for part in (found["before"], found["within"], found["behind"]) if part)
        yield Proposed("services.1.code", code.upper(), page)
        text = next(part for part in (found["after"], found["words"], found["ahead"]) if part)
    yield Proposed("services.1.description", text.strip(_SIGNS), page)


def _typed(answer: _Answer) -> Iterator[Proposed]:
    field, text, page = answer.meant.field, " ".join(answer.text.split()), answer.page
    if answer.meant.part or field == "services.description":
        return
    one = field.replace("services.", "services.1.")
    if field == "member.name":
        family, given = _name(text)
        yield from (Proposed("member.family", family, page), Proposed("member.given", given, page))
    elif field == "services.code":
        yield from _codes(text, page)
    elif field in ("diagnoses.code", "diagnoses.primary_code"):
        found = dict.fromkeys(_DIAGNOSIS.findall(text.upper()))
        yield from (Proposed(f"diagnoses.{row}.code", code, page) for row, code in enumerate(found, 1))
    elif field == "services.quantity":
        if amount := _AMOUNT.fullmatch(text):
            yield from (Proposed("services.1.quantity", amount[1], page), Proposed("services.1.unit", (amount[2] or "").strip(), page))
    elif field.startswith("services.") and field.endswith(("_day", "days")):
        yield from _days(field, text, page)
    elif field == "member.birth_date":
        if born := read_day(text, DateOrder.MDY, short_years=False):
            yield Proposed(field, f"{date.fromisoformat(born.day):%m/%d/%Y}", page)
    elif shape := _SHAPES.get(field.rpartition(".")[2]):
        if told := shape.search(text):
            yield Proposed(one, told[0], page)
    else:
        yield Proposed(one, labels().value(field, text), page)


def _codes(text: str, page: int) -> Iterator[Proposed]:
    """Codes in rows of their own, each with the words that stand behind it; of one code alone also those before it."""
    found = list(_CODE.finditer(text.upper()))
    codes: dict[str, str] = {}
    for place, code in enumerate(found):
        behind = text[code.end() : found[place + 1].start() if place + 1 < len(found) else len(text)]
        words = _WORDS.sub(" ", behind).strip(_SIGNS)
        if len(found) == 1 and not words:
            words = text[: code.start()].strip(_SIGNS)
        codes.setdefault(code[0], words)
    for row, (code_, words) in enumerate(codes.items(), 1):
        yield Proposed(f"services.{row}.code", code_, page)
        if sum(sign.isalpha() for sign in words) > 2:
            yield Proposed(f"services.{row}.description", words, page)


def _days(field: str, text: str, page: int) -> Iterator[Proposed]:
    """The day of service, or its first and last; what stands behind them is left."""
    first, last = read_span(text, DateOrder.MDY)
    if first is None and (found := _DAY.match(text)):
        first, last = read_span(found[0], DateOrder.MDY)
    if first is None:
        return
    name = "last_day" if field == "services.last_day" else "first_day"
    yield Proposed(f"services.1.{name}", f"{date.fromisoformat(first.day):%m/%d/%Y}", page)
    if last is not None:
        yield Proposed("services.1.last_day", f"{date.fromisoformat(last.day):%m/%d/%Y}", page)


def _name(text: str) -> tuple[str, str]:
    """Family and given name: before and behind a comma, else the last word and those before it."""
    if "," in text:
        family, _, given = text.partition(",")
        return family.strip(), given.strip()
    given, _, family = text.rpartition(" ")
    return family, given
