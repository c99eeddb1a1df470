"""The marks that open the items of a list: numbers, letters, Roman numerals, decimals, named groups and bullets."""

import re
from dataclasses import dataclass

from ur_desk.documents.wording import DASH

GROUPS = ("Category", "Group", "Option", "Pathway", "Tier")
"""Words that name the groups of a list; the styles of their marks begin with them."""

_ROMAN = {"i": 1, "v": 5, "x": 10}
_ROMAN_NUMERAL = re.compile(r"x{0,2}(?:ix|iv|v?i{0,3})")
_NUMBER = r"\d{1,2}"
_LETTER = r"[a-zA-Z]"
_NUMERAL = r"[ivx]{2,6}|[IVX]{2,6}"
_SHORT = rf"(?:{_NUMERAL}|{_NUMBER}|{_LETTER})"

_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?P<letter>\([a-z]\))?[.:]?\s+(?=[A-Z])")
_BRACKETED = re.compile(rf"\((?P<value>{_SHORT})\)\s*(?=\S)")
_HALF = re.compile(rf"(?P<value>{_SHORT})\)\s+(?=\S)")
_DOTTED = re.compile(rf"(?P<value>{_SHORT})\.\s+(?=\S)")
_GROUP = re.compile(rf"(?P<word>{'|'.join(GROUPS)})\s+(?P<value>[A-Z]|[IVX]{{1,4}}|\d{{1,2}})\s*(?::|{DASH}\s)\s*(?=\S)")
_BULLET = re.compile(r"(?P<glyph>[•●▪◦‣○*▢☐□]|-|–|—|\[[ xX]?\]|o(?=\s{2,}\S))\s+(?=\S)")
_INDENT = re.compile(r"[ \t\f\u00a0]*")
_WIDTHS = {"\t": 4, "\f": 0}

_INLINE = re.compile(rf"(?<!\S)(?:\((?P<round>{_SHORT})\)|(?P<half>{_SHORT})\)|(?P<dot>{_SHORT})\.)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One way to read a mark: lists go on with the same `style` and the next `ordinal`; a bullet has none."""

    style: str
    ordinal: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark at a place: every way to read it, Roman numerals last, and where the words after it begin."""

    marks: tuple[Mark, ...]
    start: int
    end: int

    @property
    def bullet(self) -> bool:
        """Whether the mark counts nothing."""
        return self.marks[0].ordinal is None


def indent_of(line: str) -> int:
    """How far a line is set in, a tab counting for four."""
    found = _INDENT.match(line)
    return sum(_WIDTHS.get(c, 1) for c in found[0]) if found else 0


def mark_of(line: str) -> Marked | None:
    """The mark with which a line begins, or None."""
    gap = _INDENT.match(line)
    at = gap.end() if gap else 0
    if found := _DECIMAL.match(line, at):
        parts = found["number"].split(".")
        label = found["number"] + (found["letter"] or "")
        if found["letter"]:
            return Marked((Mark(f"{found['number']}(a)", _letter(found["letter"][1]), label),), at, found.end())
        return Marked((Mark("1." * len(parts), int(parts[-1]), label),), at, found.end())
    if found := _GROUP.match(line, at):
        marks = _read(found["value"], found["word"], "")
        return Marked(tuple(Mark(m.style, m.ordinal, f"{found['word']} {found['value']}") for m in marks), at, found.end())
    for wording, before, after in ((_BRACKETED, "(", ")"), (_HALF, "", ")"), (_DOTTED, "", ".")):
        if found := wording.match(line, at):
            return Marked(_read(found["value"], before, after), at, found.end())
    if found := _BULLET.match(line, at):
        return Marked((Mark(found["glyph"][0], None, found["glyph"]),), at, found.end())
    return None


def inline_marks(text: str, start: int) -> list[Marked]:
    """Numbers and letters inside a line that could open an item, from `start` on."""
    found: list[Marked] = []
    for each in _INLINE.finditer(text, start):
        value = each["round"] or each["half"] or each["dot"]
        before, after = ("(", ")") if each["round"] else ("", ")" if each["half"] else ".")
        found.append(Marked(_read(value, before, after), each.start(), each.end()))
    return found


def _read(value: str, before: str, after: str) -> tuple[Mark, ...]:
    """Each way to read a number, letter or numeral: `i` is a letter after h, else a numeral."""
    label = f"{before}{value}{after}"
    marks: list[Mark] = []
    if value.isdigit():
        return (Mark(f"{before}1{after}", int(value), label),)
    case = "a" if value.islower() else "A"
    if len(value) == 1:
        marks.append(Mark(f"{before}{case}{after}", _letter(value), label))
    roman = _roman(value.lower())
    if roman:
        marks.append(Mark(f"{before}{'i' if case == 'a' else 'I'}{after}", roman, label))
    return tuple(marks) or (Mark(f"{before}{case}{after}", _letter(value[0]), label),)


def _letter(value: str) -> int:
    return ord(value.lower()) - ord("a") + 1


def _roman(value: str) -> int:
    """The number a Roman numeral tells, up to 29; 0 where it is none."""
    if not value or not _ROMAN_NUMERAL.fullmatch(value):
        return 0
    worth = [_ROMAN[c] for c in value]
    return sum(-one if one < following else one for one, following in zip(worth, [*worth[1:], 0], strict=True))
