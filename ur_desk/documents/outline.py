"""The lines below a statement to an outline: which item stands under which, with the words that join them, before any and/or is decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ur_desk.documents.connectives import Joined, alone, without_leading, without_trailing
from ur_desk.documents.marks import GROUPS, Mark, Marked, indent_of, inline_marks, mark_of
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import TextLine

LONGEST = 20_000
"""Characters of a line that are read."""

DEEPEST = 12
"""No list of criteria lies deeper; what does is no list."""

AHEAD = 6
"""In so many lines a list that begins inside a line must go on."""

_NOTE = re.compile(r"[\s(\[*]*(?:please\s+)?notes?\b\s*\d{0,2}\s*[:.–—-]", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page\s+)?\d{1,4}(?:\s+(?:of\s+\d{1,4}|pages?\b.*))?|page\s+\d{1,4} of \d{1,4}\b.*|(?:©|copyright\b|\(c\)\s+(?:19|20)\d\d)\s*.*|[=_*-]{4,}",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r":\s*$|\bfollowing\b[^.;]{0,80}$|\bfollowing (?:criteria|conditions|requirements|indications)\b[^;]{0,60}$", re.IGNORECASE
)
TAIL = 400
"""Characters from the end of some words in which they say whether a list follows."""

_LEAD = re.compile(r":\s*$")
_PLAIN_ITEM = re.compile(r"[A-Z0-9≥≤<>\"'“(].*(?:[.;,:]|;\s*(?:and|or)\s*,?)\s*", re.DOTALL)
_LEADS_ON = re.compile(r"\b(?:and|or)$", re.IGNORECASE)
_SECONDS = (("1", "2"), ("a", "b"), ("A", "B"), ("i", "ii"), ("I", "II"))
_WORDS_BETWEEN = 2
_PLAIN = "plain"
LEAD = "lead"
"""The style of words that open another list beside the one that stands under an item already."""
_DASHES = ("–", "—")
_HEADS = ("1.1.", "1.1.1.", "CategoryA", "Category1")


@dataclass(slots=True)
class Node:
    """An item under construction: its words, notes, the items under it, and the join before it."""

    style: str
    ordinal: int | None
    label: str | None
    indent: int
    first: int
    last: int
    start: int | None = None
    end: int | None = None
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)
    before: Joined | None = None

    @property
    def text(self) -> str:
        """Its own words as one line."""
        return plain(" ".join(self.words))

    @property
    def tail(self) -> str:
        """The end of its own words, as much as tells whether they open a list; not the whole, which may be as long as the document."""
        taken, length = 0, 0
        while taken < len(self.words) and length < TAIL:
            taken += 1
            length += len(self.words[-taken]) + 1
        return plain(" ".join(self.words[len(self.words) - taken :]))[-TAIL:]


@dataclass(slots=True)
class _State:
    """The open items, outermost first, and what the last line leaves to the next."""

    open: list[Node]
    pending: Joined | None = None
    blank: bool = False
    noting: Node | None = None
    """The item to which the next words are a note."""
    counted: dict[str, int | None] = field(default_factory=dict)
    """The last number of each style, in whatever list: lettering may run on from one list to the next."""

    @property
    def current(self) -> Node:
        return self.open[-1]


def outline(lines: Sequence[TextLine]) -> Node:
    """The outline of a statement: its own words at the root, the list that it opens below.

    Items are told by their marks and by how far they are set in; where a list has no marks, by lines that each end like an item.
    A list inside a line is taken apart where its marks count on.
    """
    root = Node("", None, None, -1, lines[0].number, lines[0].number)
    state = _State([root])
    for at, line in enumerate(lines):
        _read(state, lines, at, plain(line.text[:LONGEST]))
    _end(state, root)
    return root


def _read(state: _State, lines: Sequence[TextLine], at: int, told: str) -> None:
    line = lines[at]
    if not told:
        state.blank, state.noting = True, None
        return
    joined = alone(line.text)
    if joined is not None and at:
        state.pending, state.noting = joined, None
    elif at and _FURNITURE.fullmatch(told):
        return
    else:
        _words(state, lines, at, line.text[:LONGEST])
    state.blank = False


def _words(state: _State, lines: Sequence[TextLine], at: int, text: str) -> None:
    line = lines[at]
    indent = indent_of(text)
    marked = mark_of(text) if at else None
    if marked is not None and marked.marks[0].style in _DASHES and not _begins(state, marked):
        marked = None
    if marked is not None and (place := _place(state, marked, indent)) is not None:
        _close_words(state)
        node = _attach(state, place, line.number, indent)
        node.start, state.noting = marked.start, None
        _segments(state, lines, at, text, marked.end)
    elif at and _NOTE.match(text):
        _close_words(state)
        beside = state.blank and 0 < indent <= state.current.indent
        state.noting = _owner(state, indent) if beside else state.current
        _note(state, line.number, text)
    elif state.noting is not None and not (state.blank and indent <= state.noting.indent):
        _note(state, line.number, text)
    elif at and _plain_item(state, lines, at, text):
        _close_words(state)
        _attach_plain(state, line.number, indent)
        _segments(state, lines, at, text, 0)
    else:
        _continue(state, lines, at, text, indent)


def _begins(state: _State, marked: Marked) -> bool:
    """Whether a dash begins an item, and does not go on with the words before it."""
    current = state.current
    return state.blank or current.style == marked.marks[0].style or not current.words or current.tail.endswith((":", ".", ";"))


def _continue(state: _State, lines: Sequence[TextLine], at: int, text: str, indent: int) -> None:
    """Words without a mark: they go on with the item, open the list of one above it, or stand beside it as a note."""
    state.noting = None
    number = lines[at].number
    if not (state.blank and at):
        _segments(state, lines, at, text, 0)
        return
    _close_words(state)
    owner = _owner(state, indent)
    opens = _OPENS.search(_paragraph(lines, at))
    if not owner.items or (opens and owner is state.current):
        _pop_to(state, owner)
        _segments(state, lines, at, text, 0)
    elif _LEAD.search(_paragraph(lines, at)):
        _pop_to(state, owner)
        _attach(state, (len(state.open), Mark(LEAD, None, "")), number, indent).label = None
        _segments(state, lines, at, text, 0)
    else:
        state.noting = owner
        _note(state, number, text)


def _segments(state: _State, lines: Sequence[TextLine], at: int, text: str, start: int) -> None:
    """The words of a line from `start`, with the list inside it taken apart."""
    number, begin = lines[at].number, start
    ahead = "".join(f"\n{each.text[:2000]}" for each in lines[at + 1 : at + AHEAD])
    for marked in inline_marks(text, start + 1):
        place = _inline_place(state, marked, text, ahead)
        if place is None:
            continue
        _say(state, text[begin : marked.start], number)
        state.current.end = marked.start
        _close_words(state)
        node = _attach(state, place, number, state.current.indent)
        node.start, begin = marked.start, marked.end
    _say(state, text[begin:], number)


def _say(state: _State, words: str, number: int) -> None:
    node = state.current
    if plain(words):
        node.words.append(plain(words))
    for each in state.open:
        each.last = max(each.last, number)


def _note(state: _State, number: int, text: str) -> None:
    """Adds a note to its item; what stands beside the whole list belongs to the statement, not to a criterion."""
    owner = state.noting
    if owner is None or owner is state.open[0]:
        return
    owner.notes.append(plain(text))
    for each in state.open[: state.open.index(owner) + 1]:
        each.last = max(each.last, number)


def _close_words(state: _State) -> None:
    """Takes the and/or that leads on from the end of the current words."""
    node = state.current
    if not node.words or node.items or node is state.open[0]:
        return
    told, joined = without_trailing(node.text)
    if joined is not None:
        node.words, state.pending = [told], joined


def _end(state: _State, root: Node) -> None:
    _close_words(state)
    for node in _all(root):
        told, joined = without_leading(node.text)
        if joined is not None and node.before is None and node is not root:
            node.words, node.before = [told], joined
    for node in _all(root):
        if node is not root and not node.items and node.words:
            node.words = [node.text.rstrip(" ;,")]
        if node.items:
            node.last = max(node.last, node.items[-1].last)


def _all(node: Node) -> Iterator[Node]:
    yield node
    for item in node.items:
        yield from _all(item)


def _place(state: _State, marked: Marked, indent: int) -> tuple[int, Mark] | None:
    """How many open items stay open above a new one, and how its mark is read; None where it is too deep to be a list."""
    found = _following(state, marked, indent)
    if found is not None:
        return found
    runs_on = next((m for m in marked.marks if m.ordinal and state.counted.get(m.style) == m.ordinal - 1), None)
    mark = runs_on or next((m for m in reversed(marked.marks) if m.ordinal == 1), marked.marks[0])
    depth = len(state.open)
    if mark.ordinal == 1 and _waits(state.current, mark) and depth <= DEEPEST:
        return depth, mark
    while depth > 1 and not _may_hold(state.open[depth - 1], mark, indent):
        depth -= 1
    return (depth, mark) if depth <= DEEPEST else None


def _waits(node: Node, mark: Mark) -> bool:
    """Whether the words just read open a list that has not begun, so that how far its first item is set in does not matter."""
    return not node.items and node.style != mark.style and _OPENS.search(node.tail) is not None


def _may_hold(node: Node, mark: Mark, indent: int) -> bool:
    if node.style == mark.style:
        return mark.ordinal is None and node.indent + 1 < indent
    return node.style != _PLAIN and node.indent <= indent and not (mark.style in _HEADS and node.style == LEAD)


def _following(state: _State, marked: Marked, indent: int) -> tuple[int, Mark] | None:
    """The innermost open list that the mark goes on with."""
    for depth in range(len(state.open) - 1, 0, -1):
        last = state.open[depth]
        for mark in marked.marks:
            if mark.style != last.style:
                continue
            if mark.ordinal is None:
                if abs(indent - last.indent) <= 1:
                    return depth, mark
            elif last.ordinal is not None and mark.ordinal == last.ordinal + 1:
                return depth, mark
    return None


def _inline_place(state: _State, marked: Marked, text: str, ahead: str) -> tuple[int, Mark] | None:
    """Where an item that begins inside a line stands: it goes on with an open list, or begins one that goes on soon."""
    before = text[: marked.start].rstrip()
    bracketed = marked.marks[0].style.startswith("(")
    parted = before.endswith((";", ":", ",", ".")) or _LEADS_ON.search(before) is not None
    following = _following(state, marked, 0)
    if following is not None:
        return following if (bracketed or parted) and len(state.current.words) + len(before.split()) >= _WORDS_BETWEEN else None
    first = next((mark for mark in reversed(marked.marks) if mark.ordinal == 1), None)
    if first is None or len(state.open) > DEEPEST or any(node.style == first.style for node in state.open):
        return None
    return (len(state.open), first) if _goes_on(first, text[marked.end :] + ahead, bracketed) else None


def _goes_on(first: Mark, ahead: str, bracketed: bool) -> bool:
    """Whether the second item of a list comes soon after its first, with words between them."""
    for begins, second in _SECONDS:
        if begins in first.style:
            before = r"(?<!\S)" if bracketed else r"(?:[;,.:]|\b(?:and|or))\s+(?:(?i:and|or)\s+)?"
            found = re.search(rf"{before}{re.escape(first.style.replace(begins, second))}\s*\S", ahead)
            return found is not None and len(ahead[: found.start()].split()) >= _WORDS_BETWEEN
    return False


def _attach(state: _State, place: tuple[int, Mark], number: int, indent: int) -> Node:
    depth, mark = place
    node = Node(mark.style, mark.ordinal, mark.label, indent, number, number, before=state.pending)
    state.pending, state.counted[mark.style] = None, mark.ordinal
    state.open[depth - 1].items.append(node)
    del state.open[depth:]
    state.open.append(node)
    return node


def _attach_plain(state: _State, number: int, indent: int) -> None:
    siblings = state.current.style == _PLAIN and not _OPENS.search(state.current.tail)
    depth = len(state.open) - 1 if siblings else len(state.open)
    _attach(state, (depth, Mark(_PLAIN, None, "")), number, indent)
    state.current.label = None


def _plain_item(state: _State, lines: Sequence[TextLine], at: int, text: str) -> bool:
    """Whether a line without a mark is an item: it stands in a block of such lines below words that open a list."""
    current = state.current
    if current.style == _PLAIN and not state.blank:
        return _PLAIN_ITEM.fullmatch(plain(text)) is not None and bool(re.search(r"[.;,:]$|\b(?:and|or),?$", current.tail or "."))
    if current.items or not _OPENS.search(current.tail) or not (state.blank or len(state.open) == 1 or current.style.startswith(GROUPS)):
        return False
    block = _block(lines, at)
    return len(block) >= 2 and all(_PLAIN_ITEM.fullmatch(each) for each in block[:-1]) and not any(mark_of(each) for each in block)


def _block(lines: Sequence[TextLine], at: int) -> list[str]:
    found: list[str] = []
    for line in lines[at:]:
        if not plain(line.text):
            break
        found.append(plain(line.text))
    return found


def _paragraph(lines: Sequence[TextLine], at: int) -> str:
    """The words of the lines from here to the next blank or marked line."""
    found = [plain(lines[at].text)]
    for line in lines[at + 1 : at + AHEAD]:
        if not plain(line.text) or mark_of(line.text):
            break
        found.append(plain(line.text))
    return " ".join(found)


def _owner(state: _State, indent: int) -> Node:
    """The innermost open item that words set in so far belong to."""
    for node in reversed(state.open):
        if node.indent < indent or (node.indent == indent and node.style in _HEADS) or node is state.open[0]:
            return node
    return state.open[0]


def _pop_to(state: _State, node: Node) -> None:
    del state.open[state.open.index(node) + 1 :]
