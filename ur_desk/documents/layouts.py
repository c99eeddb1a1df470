"""Whose layout a document has, and the labels that only that payer prints; `general` where nobody's is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ur_desk.documents.labels import LONGEST, Fact, Label, awaits_value
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import Text

FAR = 60
"""So many lines from the top tell whose layout a document has."""

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Layout:
    """A family of documents: the words by which it is known, who publishes it, and what its own labels ask for."""

    name: str
    marks: re.Pattern[str]
    publisher: str | None = None
    labels: tuple[tuple[Label, str], ...] = ()


def _layout(name: str, marks: str, publisher: str | None = None, *labels: tuple[Label, str], case: bool = False) -> Layout:
    return Layout(name, re.compile(marks, 0 if case else re.IGNORECASE), publisher, labels)


_CMS = "Centers for Medicare & Medicaid Services"
LAYOUTS = (
    _layout("cms-ncd", r"\bnational coverage determination \(NCD\)|\bncd id:", _CMS),
    _layout(
        "cms-article",
        r"billing and coding article|lcd reference article|^article (?:text|id)\b|\barticle title\b|^billing and coding: ",
        _CMS,
        (Label.TITLE, r"article title"),
    ),
    _layout(
        "cms-lcd",
        r"\blocal coverage determination\b|\blcd (?:id|title|information)\b|\blcd_code:",
        _CMS,
        (Label.TITLE, r"lcd title"),
        (Label.NUMBER, r"lcd_code"),
    ),
    _layout(
        "uhc",
        r"united ?healthcare",
        "UnitedHealthcare",
        (Label.NUMBER, r"program number|guideline number|policy number"),
        (Label.TITLE, r"medication|medical benefit drug policy"),
        (Label.ASIDE, r"program|p&t approval date"),
        (Label.EFFECTIVE, r"effective date"),
    ),
    _layout("cigna", r"\bcigna\b", "Cigna", (Label.TITLE, r"policy"), (Label.NUMBER, r"coverage policy number")),
    _layout(
        "aetna",
        r"\baetna considers\b|\baetna\b.{0,60}\bclinical policy bulletin|clinical policy bulletin.{0,80}\baetna\b",
        "Aetna",
        (Label.NUMBER, r"number"),
        (Label.REVIEW, r"last review"),
        (Label.EFFECTIVE, r"effective"),
    ),
    _layout("highmark", r"\bhighmark\b", "Highmark", (Label.REVIEW, r"date reviewed")),
    _layout(
        "anthem",
        r"\b(?:[Dd]ocument|[Gg]uideline) ?#:? {0,3}(?:\| )?(?:[A-Z]{2,7}(?:-[A-Z]{2})?\.\d{5}|CG-[A-Z-]+-\d{2,3})\b",
        None,
        case=False,
    ),
    _layout("blue-cross", r"blue ?cross|blue ?shield|\bbcbs", "Blue Cross Blue Shield"),
    _layout("humana", r"\bhum-\d{4}-\d{3}\b|\bhumana\b", "Humana"),
    _layout("medicaid", r"\bmedicaid\b.{0,40}\b(?:program|division)\b", None, (Label.NUMBER, r"policy reference")),
)
"""Every known layout, the more telling first."""

_FILE = (
    (Label.NUMBER, r"document_display_id|lcd_id|ncd_id|policy_id"),
    (Label.TITLE, r"policy_source"),
    (Label.EFFECTIVE, r"policy_effective_date|effective_date"),
)
_BREAK = r"\s*(?:[:\uff1a]\s*\|?|\||\t|\s{3})\s*"


def layout_of(text: Text) -> Layout | None:
    """The layout that the lines near the top, or the furniture of the pages, name; None where none is known."""
    told = [plain(line.text[:LONGEST]) for line in text.lines[:FAR]]
    told += list(dict.fromkeys(plain(each.text[:LONGEST]) for each in text.furniture))[:FAR]
    return next((layout for layout in LAYOUTS if any(layout.marks.search(line) for line in told)), None)


def printed_publisher(layout: Layout, text: Text) -> str | None:
    """The publisher as the document prints it where it names itself more closely ("BlueCross and BlueShield of Montana")."""
    if layout.name != "blue-cross":
        return layout.publisher
    for line in text.lines[:FAR]:
        found = _BLUE.search(plain(line.text[:LONGEST]))
        if found:
            return found[0].strip()
    return layout.publisher


_BLUE = re.compile(
    r"Blue ?Cross(?:,? (?:and|&)? ?Blue ?Shield)?(?: (?:of|®) [A-Z][a-z]+(?: (?!Medical|Policy|Policies|Coverage|Clinical)[A-Z][a-z]+)?)?"
)


def labelled(line: str) -> str:
    """A table row whose first cell is a label, with the colon that the row's rule stands for; every other line as it is."""
    cell, bar, rest = line[:LONGEST].partition(" | ")
    return f"{cell}: {rest}" if bar and rest.strip(" |") and awaits_value(cell) and ":" not in cell else line


def own_facts(layout: Layout | None, lines: Sequence[str]) -> Iterator[Fact]:
    """The values of the labels that this layout alone prints, one to a line at its start, beside a colon, a column or a gap."""
    wordings = [
        (label, re.compile(rf"(?:{wording}){_BREAK}(?P<value>\S.*)", re.IGNORECASE))
        for label, wording in (*(layout.labels if layout else ()), *_FILE)
    ]
    for number, line in enumerate(lines, 1):
        told = line[:LONGEST].strip("\ufeff #*")
        for label, wording in wordings:
            found = wording.match(told)
            if found and label is not Label.ASIDE:
                yield Fact(label, plain(found["value"]).strip("| "), number)
                break
