"""What a Word document's styles say of a paragraph: a heading of which level, in which list, bold or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ur_desk.documents.formats.docx_numbers import W

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures", re.IGNORECASE)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style, with what it takes over from the style that it is based on."""

    id: str = ""
    name: str = ""
    outline: int | None = None
    list: str | None = None
    depth: int | None = None
    bold: bool | None = None

    @property
    def contents(self) -> bool:
        """Whether its paragraphs are entries of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids, each worked out when a paragraph first names it."""

    declared: dict[str, Any]
    default: str | None
    known: dict[str, Style] = field(default_factory=dict)

    def of(self, element: Any, tag: str) -> Style:
        """The style of a paragraph (`pStyle`) or run (`rStyle`), from its properties; an empty one where it names none."""
        named = None if element is None else element.find(f"{W}{tag}")
        key = named.get(f"{W}val", "") if named is not None else ((self.default or "") if tag == "pStyle" else "")
        if key not in self.known:
            self.known[key] = _style(key, list(_chain(key, self.declared))) if key in self.declared else Style()
        return self.known[key]


def styles_of(part: Any) -> Styles:
    """The styles that `styles.xml` declares; none where the document has no such part."""
    if part is None:
        return Styles({}, None)
    declared = {element.get(f"{W}styleId", ""): element for element in part.iter(f"{W}style")}
    default = next(
        (k for k, e in declared.items() if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") in ("1", "true", "on")), None
    )
    return Styles(declared, default)


def switched(properties: Any, tag: str) -> bool | None:
    """Whether a property such as bold is on or off; None where it is not told."""
    found = None if properties is None else properties.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def listed(properties: Any) -> tuple[str | None, int | None]:
    """The list and depth that paragraph properties name, each None where they do not."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None, None
    number, depth = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
    told = None if depth is None else depth.get(f"{W}val", "0")
    return (None if number is None else number.get(f"{W}val", "0")), (int(told) if told and told.isdigit() and len(told) == 1 else None)


def outlined(properties: Any) -> int | None:
    """The outline level from 1 that paragraph properties name; 10 where they say body text, None where they do not say."""
    found = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if found is None else found.get(f"{W}val", "")
    return int(value) + 1 if value.isdigit() and len(value) == 1 else None


def _chain(key: str, declared: dict[str, Any]) -> Iterator[Any]:
    """The style and those that it is based on, nearest first; a circle ends where it began."""
    seen: set[str] = set()
    while key in declared and key not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(key)
        yield declared[key]
        based = declared[key].find(f"{W}basedOn")
        key = "" if based is None else based.get(f"{W}val", "")


def _style(key: str, chain: list[Any]) -> Style:
    names = [found.get(f"{W}val", "") for element in chain if (found := element.find(f"{W}name")) is not None]
    headings = (int(found[1]) for name in names if (found := _HEADING.fullmatch(name)))
    titled = 1 if any(name.lower() == "title" for name in names) else None
    properties = [element.find(f"{W}pPr") for element in chain]
    outline = next((level for p in properties if (level := outlined(p)) is not None), None)
    lists = [listed(p) for p in properties]
    return Style(
        id=key,
        name=names[0] if names else "",
        outline=outline or next(headings, None) or titled,
        list=next((number for number, _ in lists if number is not None), None),
        depth=next((depth for _, depth in lists if depth is not None), None),
        bold=next((on for e in chain if (on := switched(e.find(f"{W}rPr"), "b")) is not None), None),
    )
