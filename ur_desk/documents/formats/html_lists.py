"""The labels of an HTML page's lists, which its text does not hold: from start, type, value, reversed and list-style-type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ur_desk.documents.formats.labels import BULLET, STYLES, counted

_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;}]{1,200})", re.IGNORECASE)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})")
LONGEST_SHEET = 500_000
"""Characters of a page's style sheets in which list styles are sought."""


@dataclass(slots=True)
class OpenList:
    """A list whose items are being read: how it counts, and where it stands."""

    style: str
    next: int
    step: int

    def label(self, item: Any, sheet: Mapping[str, str]) -> str:
        """The label of its next item; empty where the list prints none."""
        style = _own_style(item, sheet) or self.style
        value = _whole(item.get("value"))
        number = self.next if value is None else value
        self.next = number + self.step
        if style == "none":
            return ""
        return BULLET if style == "bullet" else f"{counted(number, style)}."


def opened(element: Any, sheet: Mapping[str, str]) -> OpenList:
    """The list that an `ol`, `ul`, `menu` or `dir` opens."""
    ordered = element.tag == "ol"
    style = _own_style(element, sheet) or ("decimal" if ordered else "bullet")
    start = _whole(element.get("start"))
    if ordered and element.get("reversed") is not None:
        items = sum(1 for child in element if child.tag == "li")
        return OpenList(style, items if start is None else start, -1)
    return OpenList(style, 1 if start is None else start, 1)


def sheet_of(css: str) -> dict[str, str]:
    """List styles by simple selector (`ol.alpha`, `.alpha`, `#criteria`, `ol`); all other rules of a style sheet are passed over."""
    found: dict[str, str] = {}
    for selectors, body in _RULE.findall(css[:LONGEST_SHEET]):
        style = _style_in(body)
        if style is None:
            continue
        for selector in selectors.split(","):
            last = selector.split()[-1] if selector.split() else ""
            if last and _SIMPLE.fullmatch(last):
                found[last.lower()] = style
    return found


def _own_style(element: Any, sheet: Mapping[str, str]) -> str | None:
    """What the element itself asks for, the most particular first: style, class or id, type, tag."""
    inline = _style_in(element.get("style") or "")
    if inline:
        return inline
    tag = str(element.tag)
    ids = [f"{tag}#{element.get('id')}", f"#{element.get('id')}"] if element.get("id") else []
    classes = [name for one in (element.get("class") or "").split()[:20] for name in (f"{tag}.{one}", f".{one}")]
    by_name = next((sheet[name.lower()] for name in (*ids, *classes) if name.lower() in sheet), None)
    kind = (element.get("type") or "").strip()
    return by_name or STYLES.get(kind) or STYLES.get(kind.lower()) or sheet.get(tag)


def _style_in(declarations: str) -> str | None:
    found = _STYLE.search(declarations)
    if found is None:
        return None
    return next((STYLES[word] for word in found[1].lower().split() if word in STYLES), None)


def _whole(value: str | None) -> int | None:
    found = _NUMBER.match(value or "")
    return int(found[1]) if found else None
