"""Labels and values in the printed lines of a form, in one column or in two: each value up to its neighbour, each label in its part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ur_desk.domain.intake.sheets import Word
from ur_desk.importers.form_labels import Labels, Meant

_GAP = 0.03
"""Part of a page's width between two words that belong to two columns."""
_ALIGNED = 0.08
"""So far, in parts of a page's width, a label may begin from the heading of its column."""
_LONGEST = 6
"""Words of the longest label."""


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a line from `start` up to `end` name something; `meant` is None where that is not declared."""

    start: int
    end: int
    meant: Meant | None


@dataclass(frozen=True, slots=True)
class _Heading:
    """The heading of a part of the form: where it stands, whether nothing stands beside it, and whose part begins there."""

    left: float
    top: float
    bottom: float
    alone: bool
    whose: str


def answers(words: Sequence[Word], known: Labels) -> Iterator[tuple[Meant, str]]:
    """What stands behind the printed labels of a page, with what each label means, line by line."""
    rows = _rows(words)
    headings = list(_headings(rows, known))
    for row in rows:
        labels = [*_labels(row, headings, known), _Label(len(row), len(row), None)]
        for label, after in pairwise(labels):
            value = _value(row[label.end : after.start])
            if label.meant is not None and value:
                yield label.meant, value


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words line by line, each from left to right."""
    told: dict[int, list[Word]] = {}
    for word in words:
        told.setdefault(word.line, []).append(word)
    return [sorted(row, key=lambda word: word.left) for _, row in sorted(told.items())]


def _headings(rows: Sequence[Sequence[Word]], known: Labels) -> Iterator[_Heading]:
    for row in rows:
        starts = [place for place in range(len(row)) if _begins(row, place)]
        for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
            if whose := known.heading(_said(row[start:end])):
                top, bottom = min(word.top for word in row[start:end]), max(word.bottom for word in row[start:end])
                yield _Heading(row[start].left, top, bottom, len(starts) == 1, whose)


def _whose(headings: Sequence[_Heading], word: Word) -> str:
    """Whose part of the form a word stands in: the lowest heading above it at the head of its column, or with nothing beside it."""
    above = [each for each in headings if each.bottom <= word.top + 0.001]
    over = [each for each in above if each.alone or abs(each.left - word.left) < _ALIGNED]
    nearest = max(over or above, key=lambda each: (round(each.top, 2), -abs(each.left - word.left)), default=None)
    return nearest.whose if nearest else ""


def _labels(row: Sequence[Word], headings: Sequence[_Heading], known: Labels) -> Iterator[_Label]:
    place = 0
    while place < len(row):
        whose = _whose(headings, row[place])
        label = _declared(row, place, whose, known) or _unknown(row, place, whose, known)
        if label is not None:
            yield label
        place = label.end if label is not None else place + 1


def _declared(row: Sequence[Word], place: int, whose: str, known: Labels) -> _Label | None:
    """The longest declared label that begins here: with a colon, or without one where what follows can be nothing but its value."""
    for end in range(min(place + _LONGEST, _end_of_cell(row, place)), place, -1):
        run = row[place:end]
        if any(word.text.endswith(":") for word in run[:-1]) or not (meant := known.meant(_said(run), whose)):
            continue
        bare = not run[-1].text.endswith(":")
        if bare and run[-1].text.isdigit():  # the number begins the value: Address 12 Elm Street
            continue
        if not bare or known.stands_bare(meant, _said(run), row[end].text if end < len(row) else "", first=_begins(row, place)):
            return _Label(place, end, meant)
    return None


def _unknown(row: Sequence[Word], place: int, whose: str, known: Labels) -> _Label | None:
    """A label that is not declared: at the head of a column all words up to its colon, elsewhere the word with the colon alone."""
    if row[place].text.endswith(":"):
        return _Label(place, place + 1, None)
    if not _begins(row, place):
        return None
    for end in range(place + 1, min(place + _LONGEST, _end_of_cell(row, place)) + 1):
        if end - 1 > place and _declared(row, end - 1, whose, known):
            return None
        if row[end - 1].text.endswith(":"):
            return _Label(place, end, None)
    return None


def _begins(row: Sequence[Word], place: int) -> bool:
    """Whether a column begins at a place of the line."""
    return place == 0 or row[place].left - row[place - 1].right > _GAP


def _end_of_cell(row: Sequence[Word], place: int) -> int:
    return next((later for later in range(place + 1, len(row)) if _begins(row, later)), len(row))


def _value(words: Sequence[Word]) -> str:
    """The words of one value: what stands in the next column is none of it, however far it stands from its label."""
    return _said(words[: _end_of_cell(words, 0)]) if words else ""


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
