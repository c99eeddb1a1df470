"""The automatic numbers of a Word document, counted as Word counts them: they stand nowhere in its text."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from ur_desk.documents.formats.labels import BULLET, repeated

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_STYLES = {
    "decimal": "decimal",
    "decimalZero": "decimal-leading-zero",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
    "bullet": "bullet",
    "none": "none",
}
_PLACE = re.compile(r"%([1-9])")
DEEPEST = 9
"""Levels that a list of Word has."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and what its label looks like; `restart` is the level after which it begins anew, 0 for never."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbers:
    """Gives each numbered paragraph its label, in the order of the document."""

    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    styled: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str | None:
        """The label of the next paragraph of the list `number` at `depth` from 0; None where that list or its label is none."""
        if number not in self.lists:
            return None
        abstract, levels, starts = self.lists[number]
        level = levels.get(depth, Level(text=f"%{depth + 1}."))
        counts = self._counts.setdefault(abstract, {})
        if depth in starts and (number, depth) not in self._begun:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((number, depth))
        for deeper in [d for d in counts if d > depth]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return _printed(level, levels, counts)


def numbers_of(numbering: Any) -> Numbers:
    """The lists that `numbering.xml` declares; none where the document has no such part."""
    if numbering is None:
        return Numbers()
    abstract: dict[str, dict[int, Level]] = {}
    styled: dict[str, str] = {}
    for element in numbering.iter(f"{W}abstractNum"):
        key = element.get(f"{W}abstractNumId", "")
        abstract[key] = dict(_level(one) for one in element.iter(f"{W}lvl"))
        for one in element.iter(f"{W}lvl"):
            style = one.find(f"{W}pStyle")
            if style is not None:
                styled[style.get(f"{W}val", "")] = one.get(f"{W}ilvl", "0")
    numbers = Numbers()
    for element in numbering.iter(f"{W}num"):
        link = element.find(f"{W}abstractNumId")
        key = "" if link is None else link.get(f"{W}val", "")
        number = element.get(f"{W}numId", "")
        levels, starts = _overridden(abstract.get(key, {}), element)
        numbers.lists[number] = (key if levels == abstract.get(key, {}) else f"{key}/{number}", levels, starts)
    numbers.styled = {style: min(_whole(depth), DEEPEST - 1) for style, depth in styled.items()}
    return numbers


def _overridden(levels: dict[int, Level], element: Any) -> tuple[dict[int, Level], dict[int, int]]:
    levels, starts = dict(levels), {}
    for override in element.iter(f"{W}lvlOverride"):
        depth = min(_whole(override.get(f"{W}ilvl")), DEEPEST - 1)
        start = override.find(f"{W}startOverride")
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[depth] = _level(own)[1]
        if start is not None:
            starts[depth] = _whole(start.get(f"{W}val"))
            levels.setdefault(depth, replace(Level(), text=f"%{depth + 1}."))
    return levels, starts


def _level(element: Any) -> tuple[int, Level]:
    depth = min(_whole(element.get(f"{W}ilvl")), DEEPEST - 1)

    def value(tag: str) -> str | None:
        found = element.find(f"{W}{tag}")
        told: str | None = None if found is None else found.get(f"{W}val", "")
        return told

    start, restart, text = value("start"), value("lvlRestart"), value("lvlText")
    return depth, Level(
        style=_STYLES.get(value("numFmt") or "decimal", "decimal"),
        text=f"%{depth + 1}." if text is None else text[:40],
        start=1 if start is None else _whole(start),
        restart=None if restart is None else _whole(restart),
        legal=element.find(f"{W}isLgl") is not None,
    )


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str | None:
    if level.style == "bullet":
        return BULLET
    if level.style == "none" and not _PLACE.sub("", level.text).strip():
        return None

    def figure(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = levels.get(depth, Level())
        number = counts.get(depth, other.start)
        return "" if other.style == "none" else repeated(number, "decimal" if level.legal or other.style == "bullet" else other.style)

    return _PLACE.sub(figure, level.text).strip() or None


def _whole(value: str | None) -> int:
    """The number, or 0 for what is none; no list counts beyond a million."""
    try:
        return max(0, min(int(value or "0"), 1_000_000))
    except ValueError:
        return 0
