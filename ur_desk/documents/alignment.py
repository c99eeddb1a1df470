"""Two texts side by side: each line beside its counterpart, also where items were renumbered, lines broken anew or moved."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ur_desk.documents.wording import plain
from ur_desk.domain.difference import Aligned, RowKind
from ur_desk.domain.policy import Text, TextLine

ALIKE = 0.5
"""From this share of common words on a line is the other one, changed."""

LARGE = 10_000
"""Pairs of lines in one stretch up to which each is compared with each."""

LONG = 5000
"""Lines beyond which those that stand everywhere are no anchors."""

MOVABLE = 25
"""Characters from which a line that went here and came there was moved."""

_LABEL = re.compile(
    r"^\s*(?:(?:[•●▪◦‣*·\-–—]|\[[ xX]?\])\s+|(?:\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?)\s+)+", re.IGNORECASE
)
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})


def aligned(old: Text, new: Text) -> tuple[Aligned, ...]:
    """Every line of both texts that is not blank, once, in the order of both."""
    before, after = _told(old), _told(new)
    rows = list(_rows(before, after))
    return tuple(_with_moves(rows))


def bare(text: str) -> str:
    """The words of a line alone: without its number or bullet, in one case, with one kind of dash and quote, without its last mark."""
    words = _DASHES.sub("-", plain(text)).translate(_QUOTES).casefold()
    return _LABEL.sub("", words).rstrip(" .;,:") or words


def _told(text: Text) -> list[tuple[TextLine, str]]:
    return [(line, bare(line.text)) for line in text.lines if plain(line.text)]


def _rows(before: Sequence[tuple[TextLine, str]], after: Sequence[tuple[TextLine, str]]) -> Iterator[Aligned]:
    old, new = [key for _, key in before], [key for _, key in after]
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > LONG)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield from (_same(left, right) for (left, _), (right, _) in zip(before[a:b], after[c:d], strict=True))
        elif " ".join(old[a:b]) == " ".join(new[c:d]):
            yield from _side_by_side(before[a:b], after[c:d])
        else:
            yield from _stretch(before[a:b], after[c:d])


def _same(left: TextLine, right: TextLine) -> Aligned:
    return Aligned(RowKind.SAME if plain(left.text) == plain(right.text) else RowKind.UNIMPORTANT, left, right)


def _side_by_side(before: Sequence[tuple[TextLine, str]], after: Sequence[tuple[TextLine, str]]) -> Iterator[Aligned]:
    """The same words, broken into lines elsewhere."""
    for left, right in zip_longest(before, after):
        yield Aligned(RowKind.UNIMPORTANT, left[0] if left else None, right[0] if right else None)


def _stretch(before: Sequence[tuple[TextLine, str]], after: Sequence[tuple[TextLine, str]]) -> Iterator[Aligned]:
    """Lines that differ: those that are much alike side by side, the others went or came."""
    a = c = 0
    for left, right in [*_pairs([key for _, key in before], [key for _, key in after]), (len(before), len(after))]:
        yield from (Aligned(RowKind.REMOVED, line, None) for line, _ in before[a:left])
        yield from (Aligned(RowKind.ADDED, None, line) for line, _ in after[c:right])
        if left < len(before):
            yield Aligned(RowKind.CHANGED, before[left][0], after[right][0])
        a, c = left + 1, right + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which lines are each other's, in order, so that all together they are most alike."""
    if not old or not new or len(old) * len(new) > LARGE:
        return []
    bags = [Counter(line.split()) for line in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    shares = [[_share(Counter(line.split()), bag) for bag in bags] for line in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = shares[i][j] + best[i + 1][j + 1] if shares[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if shares[i][j] >= ALIKE and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _share(left: Counter[str], right: Counter[str]) -> float:
    """The share of the words of both that they have in common, from 0 to 1."""
    return 2 * (left & right).total() / max(left.total() + right.total(), 1)


def _with_moves(rows: Sequence[Aligned]) -> Iterator[Aligned]:
    gone = _once([row.old for row in rows if row.kind is RowKind.REMOVED and row.old])
    come = _once([row.new for row in rows if row.kind is RowKind.ADDED and row.new])
    moved = {key: (gone[key], come[key]) for key in gone.keys() & come.keys() if len(key) >= MOVABLE}
    to = dict(moved.values())
    origin = {right: left for left, right in moved.values()}
    for row in rows:
        if row.kind is RowKind.REMOVED and row.old and row.old.number in to:
            yield Aligned(RowKind.MOVED, row.old, None, to[row.old.number])
        elif row.kind is RowKind.ADDED and row.new and row.new.number in origin:
            yield Aligned(RowKind.MOVED, None, row.new, origin[row.new.number])
        else:
            yield row


def _once(lines: Sequence[TextLine]) -> dict[str, int]:
    """The numbers of the lines whose words stand there only once, by their words."""
    counts = Counter(bare(line.text) for line in lines)
    return {key: line.number for line in lines if counts[key := bare(line.text)] == 1}
