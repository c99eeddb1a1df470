"""A stretch in which two texts differ: which lines are each other's by the words that they share, also where they are broken elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from ur_desk.documents.wording import plain
from ur_desk.domain.library.difference import Aligned, RowKind, Span
from ur_desk.domain.policy import TextLine

ALIKE = 0.5
"""From this share of common words on, of all words of both, two lines are one line, changed."""

PART = 0.6
"""From this share of its words on a line is a part of another, longer one, where they are at least `FEW`."""

FEW = 3

MOST = 20_000
"""Words of a stretch beyond which its lines went and came, whatever they share: to compare them would hold everything up."""

MANY = 1500
"""Words of a stretch beyond which those that stand everywhere begin no match."""

_LABEL = re.compile(
    r"^\s*(?:(?:[•●▪◦‣*·\-–—]|\[[ xX]?\])\s+|(?:\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?)\s+)+", re.IGNORECASE
)
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})
_WORD = re.compile(r"\S+")
_MARKS = ".,;:\"'()[]|"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a stretch: of which line, where in it, and as it is compared."""

    line: int
    span: Span
    key: str


def bare(text: str) -> str:
    """The words of a line alone: without its number or bullet, in one case, with one kind of dash and quote, without its last mark."""
    words = _alike(plain(text)).casefold()
    return _LABEL.sub("", words).rstrip(" .;,:") or words


def stretch(old: Sequence[TextLine], new: Sequence[TextLine]) -> Iterator[Aligned]:
    """The lines of a stretch: those that share their words side by side with what differs marked; the others went or came."""
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > MOST:
        before = after = []
    matcher = SequenceMatcher(None, [w.key for w in before], [w.key for w in after], autojunk=max(len(before), len(after)) > MANY)
    pairs = [(a + n, c + n) for a, c, size in matcher.get_matching_blocks() for n in range(size)]
    shared = Counter((before[a].line, after[c].line) for a, c in pairs)
    left = _marks(before, {a for a, _ in pairs})
    right = _marks(after, {c for _, c in pairs})
    touched = _touched(before, after, {c: a for a, c in pairs})
    a = c = 0
    for first, last, begin, end in _groups(shared, Counter(w.line for w in before), Counter(w.line for w in after)):
        yield from (Aligned(RowKind.REMOVED, line, None) for line in old[a:first])
        yield from (Aligned(RowKind.ADDED, None, line) for line in new[c:begin])
        yield from _group(
            [(old[n], left.get(n, ()), n in touched) for n in range(first, last)], [(new[n], right.get(n, ())) for n in range(begin, end)]
        )
        a, c = last, end
    yield from (Aligned(RowKind.REMOVED, line, None) for line in old[a:])
    yield from (Aligned(RowKind.ADDED, None, line) for line in new[c:])


def _group(old: Sequence[tuple[TextLine, tuple[Span, ...], bool]], new: Sequence[tuple[TextLine, tuple[Span, ...]]]) -> Iterator[Aligned]:
    """Lines that are each other's, row by row; a row in which no word went and none came in is unimportant."""
    for left, right in zip_longest(old, new):
        before, gone, touched = left or (None, (), False)
        after, come = right or (None, ())
        yield Aligned(RowKind.CHANGED if gone or come or touched else RowKind.UNIMPORTANT, before, after, None, gone, come)


def _touched(before: Sequence[_Word], after: Sequence[_Word], matched: Mapping[int, int]) -> set[int]:
    """The old lines into which words came and in whose place none went: those of the nearest words of the same new line."""
    found: set[int] = set()
    come = [place for place in range(len(after)) if place not in matched]
    for _, run in groupby(enumerate(come), lambda each: each[1] - each[0]):
        places = [place for _, place in run]
        ends = [(places[0], places[0] - 1), (places[-1], places[-1] + 1)]
        beside = [matched[near] for _, near in ends if near in matched]
        if len(beside) == 2 and beside[1] - beside[0] > 1:
            continue  # what went there is a change of its own line
        found |= {before[matched[near]].line for place, near in ends if near in matched and after[near].line == after[place].line}
    return found


def _groups(shared: Counter[tuple[int, int]], old: Counter[int], new: Counter[int]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of old and new lines that are each other's, in order: lines that hang together by their words, ends excluded."""
    now: tuple[int, int, int, int] | None = None
    for i, j in _links(shared, old, new):
        if now and (i < now[1] or j < now[3]):
            now = (now[0], max(now[1], i + 1), now[2], max(now[3], j + 1))
            continue
        if now:
            yield now
        now = (i, i + 1, j, j + 1)
    if now:
        yield now


def _links(shared: Counter[tuple[int, int]], old: Counter[int], new: Counter[int]) -> list[tuple[int, int]]:
    """Which lines are each other's: much alike, or one a part of the other; and short ones that carry on beside such a line."""
    linked = {(i, j) for (i, j), count in shared.items() if _alike_or_part(count, old[i], new[j])}
    for i, j in sorted(shared.keys() - linked):
        ends = shared[i, j] == old[i] and linked & {(i - 1, j), (i + 1, j)}
        ended = shared[i, j] == new[j] and linked & {(i, j - 1), (i, j + 1)}
        if ends or ended:
            linked.add((i, j))
    return sorted(linked)


def _alike_or_part(count: int, old: int, new: int) -> bool:
    return 2 * count >= ALIKE * (old + new) or (count >= FEW and count >= PART * min(old, new))


def _words(lines: Sequence[TextLine]) -> list[_Word]:
    found = []
    for number, line in enumerate(lines):
        label = _LABEL.match(line.text)
        words = _WORD.finditer(line.text, label.end() if label else 0)
        keyed = ((word, _alike(word[0]).casefold().strip(_MARKS)) for word in words)
        found += [_Word(number, (word.start(), len(word[0])), key) for word, key in keyed if key]
    return found


def _alike(text: str) -> str:
    """With one kind of dash and of quote."""
    return _DASHES.sub("-", text).translate(_QUOTES)


def _marks(words: Sequence[_Word], matched: set[int]) -> dict[int, tuple[Span, ...]]:
    """The words of each line that were not matched, neighbours in one run."""
    found: dict[int, list[Span]] = {}
    for at, word in enumerate(words):
        if at in matched:
            continue
        spans = found.setdefault(word.line, [])
        if spans and at - 1 not in matched:
            start = spans[-1][0]
            spans[-1] = (start, sum(word.span) - start)
        else:
            spans.append(word.span)
    return {line: tuple(spans) for line, spans in found.items()}
