"""Which way each character of a line is written: the Unicode bidirectional algorithm (UAX #9) without its explicit marks.

Marks that turn the writing are refused wherever text comes in (`ur_desk.domain.visible`), so rules X1 to X8 have nothing to do; all else,
brackets (N0) included, is as UAX #9 says it. Rule L1 is whoever's that ends lines: the blanks at a line's end are not drawn.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_NUMBER = re.compile(r"\(\d+\)[ -]?\d+(?:[-‐‑–.]\d+)*|\+?\d+(?:[-‐‑–.]\d+)+|\+\d+(?: \d+)+")
"""A telephone number, or another of several groups: read from left to right in every script. By UAX #9 alone its groups would change
places behind an Arabic letter, and a reader would call another number; HL4 lets a program say that it is one."""
_PASSED_OVER = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})


def base(text: str) -> int:
    """The level of a paragraph by its first strong character: 1 from right to left, else 0 (P2, P3)."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return int(strong != "L")


def levels(text: str, paragraph: int) -> list[int]:
    """The level of each character in a paragraph of a level: even from left to right, odd from right to left."""
    told = [unicodedata.bidirectional(character) or "L" for character in text]
    for number in _NUMBER.finditer(text):
        told[number.start() : number.end()] = ["EN"] * len(number.group())
    seen = [place for place, kind in enumerate(told) if kind not in _PASSED_OVER]
    edge = "R" if paragraph else "L"
    kinds = _weak([told[place] for place in seen], edge)
    _brackets(kinds, [text[place] for place in seen], [told[place] for place in seen], edge)
    _neutral(kinds, edge)
    found = dict(zip(seen, (_level(kind, paragraph) for kind in kinds), strict=True))
    made: list[int] = []
    for place in range(len(text)):  # what is passed over goes with what stands before it
        made.append(found.get(place, made[-1] if made else paragraph))
    return made


def order(told: Sequence[int]) -> list[int]:
    """The places of a line's pieces from left to right, by the level of each (L2)."""
    places = list(range(len(told)))
    lowest_odd = min((level for level in told if level % 2), default=0)
    for level in range(max(told, default=0), lowest_odd - 1, -1) if lowest_odd else ():
        turned: list[int] = []
        for deep, group in groupby(places, key=lambda place, level=level: told[place] >= level):  # type: ignore[misc]
            run = list(group)
            turned += run[::-1] if deep else run
        places = turned
    return places


def _level(kind: str, paragraph: int) -> int:
    if paragraph % 2:
        return paragraph + (kind != "R")
    return paragraph + {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], edge: str) -> list[str]:
    """Marks and numbers, and what stands between numbers (W1 to W7)."""
    before, strong = edge, edge
    for place, kind in enumerate(kinds):
        before = kinds[place] = before if kind == "NSM" else kind
        if before in ("L", "R", "AL"):
            strong = before
        elif before == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and ((kind == "CS" and left in ("EN", "AN")) or (kind == "ES" and left == "EN")):
            kinds[place] = left
    _signs(kinds)
    strong = edge
    for place, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
    return kinds


def _signs(kinds: list[str]) -> None:
    """Signs of currency and percent beside a number belong to it (W5)."""
    start = 0
    for kind, run in groupby(list(kinds)):
        end = start + len(list(run))
        beside = {kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""}
        if kind == "ET" and "EN" in beside:
            kinds[start:end] = ["EN"] * (end - start)
        start = end


def _brackets(kinds: list[str], text: list[str], told: list[str], edge: str) -> None:
    """A pair of brackets runs as what is within it, or as what stands before it (N0)."""
    for opened, closed in _paired(kinds, text):
        within = {_strong(kind) for kind in kinds[opened + 1 : closed]} - {""}
        if not within:
            continue
        taken = edge
        if edge not in within:
            before = next((strong for kind in reversed(kinds[:opened]) if (strong := _strong(kind))), edge)
            taken = before if before != edge else edge
        for place in (opened, closed):
            kinds[place] = taken
            for mark in range(place + 1, len(kinds)):
                if told[mark] != "NSM":
                    break
                kinds[mark] = taken


def _paired(kinds: list[str], text: list[str]) -> list[tuple[int, int]]:
    open_: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _PAIRS:
            open_.append((_PAIRS[character], place))
        else:
            match = next((n for n in reversed(range(len(open_))) if open_[n][0] == character), None)
            if match is not None:
                found.append((open_[match][1], place))
                del open_[match:]
    return sorted(found)


def _neutral(kinds: list[str], edge: str) -> None:
    """Blanks and punctuation between two of one direction run as these do, else as the paragraph (N1, N2)."""
    start = 0
    for neutral, run in groupby(list(kinds), key=_NEUTRAL.__contains__):
        end = start + len(list(run))
        if neutral:
            left = _strong(kinds[start - 1]) if start else edge
            right = _strong(kinds[end]) if end < len(kinds) else edge
            kinds[start:end] = [left if left == right else edge] * (end - start)
        start = end


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""
