"""Two texts side by side: each line beside its counterpart, also where items were renumbered, lines broken anew or moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ur_desk.documents.stretches import bare, stretch
from ur_desk.documents.wording import plain
from ur_desk.domain.library.difference import Aligned, RowKind
from ur_desk.domain.policy import Text, TextLine

LONG = 5000
"""Lines beyond which those that stand everywhere are no anchors."""

MOVABLE = 25
"""Characters from which a line that went here and came there was moved."""


def aligned(old: Text, new: Text) -> tuple[Aligned, ...]:
    """Every line of both texts that is not blank, once, in the order of both."""
    before, after = _told(old), _told(new)
    rows = list(_rows(before, after))
    return tuple(_with_moves(rows))


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
            yield from stretch([line for line, _ in before[a:b]], [line for line, _ in after[c:d]])


def _same(left: TextLine, right: TextLine) -> Aligned:
    return Aligned(RowKind.SAME if plain(left.text) == plain(right.text) else RowKind.UNIMPORTANT, left, right)


def _side_by_side(before: Sequence[tuple[TextLine, str]], after: Sequence[tuple[TextLine, str]]) -> Iterator[Aligned]:
    """The same words, broken into lines elsewhere."""
    for left, right in zip_longest(before, after):
        yield Aligned(RowKind.UNIMPORTANT, left[0] if left else None, right[0] if right else None)


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
