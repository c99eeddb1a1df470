"""Numbers of federal coverage documents, as people type them: L35022 for `LCD ID: 35022`, 100.1 for the manual section of an NCD."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ur_desk.domain.policy import Sha256

if TYPE_CHECKING:
    from ur_desk.desk.search import Catalogue
    from ur_desk.store.finding import MarkedLine
    from ur_desk.store.shelf import Shelf

HEAD = 80
"""In so many lines a document prints its own number; further below it names others."""

_TYPED = re.compile(
    r"(?:(?P<kind>ncd|lcd|lca|article)\s*(?:id|no\.?|number|#)?\s*)?"
    r"(?:(?P<letter>[la])?(?P<id>\d{1,6})|(?P<section>\d{2,3}(?:\.\d{1,2}){1,3}))",
    re.IGNORECASE,
)
_LABELS = {
    "ncd": ("ncd id", "ncd number", "ncd"),
    "lcd": ("lcd id", "lcd number", "lcd"),
    "article": ("article id", "article number", "article"),
    "section": ("manual section number", "manual section"),
}
"""What stands before each kind of number in the head of a document of the Centers for Medicare & Medicaid Services."""
_KINDS = {"l": "lcd", "a": "article", "lca": "article"}
_LETTERS = {"lcd": "L", "article": "A"}
_LETTERED = 5
"""Digits of a number that bears a letter; one with fewer is a code of HCPCS."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of number and the number itself, without its letter."""

    kind: str
    number: str


def asked(words: str) -> Asked | None:
    """What federal number the whole of a text could be; None where it is none, or digits alone, which any document may bear."""
    found = _TYPED.fullmatch(words.strip())
    if found is None:
        return None
    kind, letter, number, section = (found[name] and found[name].lower() for name in ("kind", "letter", "id", "section"))
    if section:
        return Asked("section", section) if kind in (None, "ncd") else None
    if letter and (len(number) != _LETTERED or _KINDS.get(kind or letter, kind) != _KINDS[letter]):
        return None
    told = _KINDS.get(kind or letter or "", kind)
    return Asked(told, number) if told else None


def numbered(shelf: "Shelf", known: "Catalogue", words: str) -> "dict[Sha256, MarkedLine]":
    """The texts whose own number it is, each with the line of its head that prints it."""
    sought = asked(words)
    if sought is None:
        return {}
    spelled = [sought.number, *([_LETTERS[sought.kind] + sought.number] if sought.kind in _LETTERS else [])]
    query = " OR ".join(f'"{label} {_tokens(number)}"' for label in _LABELS[sought.kind] for number in spelled)
    found: dict[Sha256, MarkedLine] = {}
    for text, line in _printed(shelf, known, query, sought, spelled):
        own = known.cards[text].policy.casefold() in {number.casefold() for number in spelled}
        if own or sought.kind == "section":
            found.setdefault(text, line)
    return found


def _printed(shelf: "Shelf", known: "Catalogue", query: str, sought: Asked, spelled: list[str]) -> "Iterator[tuple[Sha256, MarkedLine]]":
    from ur_desk.store.finding import head_of

    labels, numbers = "|".join(_LABELS[sought.kind]), "|".join(map(re.escape, spelled))
    own = re.compile(rf"\b(?:{labels})\W*(?:{numbers})(?![\w.]*\d)", re.IGNORECASE)
    for row, lines in shelf.finding.best_marked(query, 50).items():
        text = known.heads.get(head_of(row))
        for line in lines if text else ():
            if line.number and line.number <= HEAD and own.search(line.words):
                yield text, line  # type: ignore[misc]
                break


def _tokens(number: str) -> str:
    return number.replace(".", " ")
