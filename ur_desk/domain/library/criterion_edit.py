"""A criteria tree with one thing mended: what a node asks, an item more or less, one item in two or two in one."""

from collections.abc import Sequence
from dataclasses import replace

from ur_desk.domain.library.criteria import Criterion, LeafPath, Op
from ur_desk.errors import UserError

UNCHANGED = "Nothing was changed."
_HELD = 24
"""So many characters of a piece are sought in the lines to find where it begins."""


def node_at(tree: Criterion | None, path: LeafPath) -> Criterion:
    """The node at a path; UserError where the tree has none."""
    node = tree
    for place in path:
        node = node.items[place] if node is not None and 0 <= place < len(node.items) else None
    if node is None:
        raise UserError(f"There is no criterion at the place {place_words(path)}.", f"Look at the tree of the statement. {UNCHANGED}")
    return node


def place_words(path: LeafPath) -> str:
    """A place in a tree as a person counts: `2.1` is the first item of the second; `0` is the root."""
    return ".".join(str(place + 1) for place in path) or "0"


def place_from(words: str) -> LeafPath:
    """The path that such words name; UserError where they name none."""
    if words.strip() in ("", "0"):
        return ()
    parts = words.strip().split(".")
    if not all(part.isascii() and part.isdigit() and 0 < int(part) < 10_000 for part in parts):
        raise UserError(f"{words[:40]} is no place in a tree.", "Write it like 2.1: the first item of the second; 0 is the root.")
    return tuple(int(part) - 1 for part in parts)


def operated(tree: Criterion | None, path: LeafPath, op: Op, n: int | None) -> Criterion:
    """The tree with another question at a node."""
    node = node_at(tree, path)
    if not node.items or op is Op.LEAF:
        raise UserError("Only a criterion with items below it asks for all or any of them.", f"Split it or add an item first. {UNCHANGED}")
    if op is Op.AT_LEAST and (n is None or not 1 <= n <= len(node.items)):
        raise UserError(f"At least how many of the {len(node.items)}?", f"Give a number from 1 to {len(node.items)}. {UNCHANGED}")
    if op is Op.UNLESS and len(node.items) != 2:
        raise UserError("Unless has two items: what is asked, and what takes it away.", UNCHANGED)
    return _put(tree, path, replace(node, op=op, n=n if op is Op.AT_LEAST else None))


def added(tree: Criterion | None, path: LeafPath, leaf: Criterion) -> Criterion:
    """The tree with one more item below a node, in the order of the lines; without a tree the item is the tree."""
    if tree is None:
        if path:
            node_at(tree, path)
        return leaf
    node = node_at(tree, path)
    if any(leaf.first_line == item.first_line == item.last_line and not item.items for item in node.items) or (
        not node.items and node.first_line == leaf.first_line
    ):
        raise UserError(f"Line {leaf.first_line} is a criterion there already.", UNCHANGED)
    if not node.items:
        return _put(
            tree, path, replace(node, op=Op.UNCLEAR, text="", label=None, items=_ordered((replace(node), leaf)), start=None, end=None)
        )
    _check_free(node, len(node.items) + 1)
    return _put(tree, path, replace(node, items=_ordered((*node.items, leaf))))


def dropped(tree: Criterion | None, path: LeafPath) -> Criterion | None:
    """The tree without a node; None where it was the root."""
    node_at(tree, path)
    if not path:
        return None
    parent = node_at(tree, path[:-1])
    left = tuple(item for place, item in enumerate(parent.items) if place != path[-1])
    _check_free(parent, len(left))
    return _put(tree, path[:-1], _with_items(parent, left))


def split(tree: Criterion | None, path: LeafPath, at: int, lines: Sequence[tuple[int, str]]) -> Criterion:
    """The tree with a leaf as two, the second from character `at` of its words; `lines` are those of its statement with their numbers."""
    leaf = node_at(tree, path)
    first, second = leaf.text[:at].rstrip(" ,;"), leaf.text[at:].strip()
    if leaf.items or not (0 < at < len(leaf.text)) or not first.strip() or not second:
        raise UserError("A criterion is split inside its own words, and has no items below it.", UNCHANGED)
    pieces = _pieces(leaf, first, second, [(n, words) for n, words in lines if leaf.first_line <= n <= leaf.last_line])
    if not path:
        return replace(leaf, op=Op.UNCLEAR, text="", label=None, items=pieces, start=None, end=None)
    parent = node_at(tree, path[:-1])
    _check_free(parent, len(parent.items) + 1)
    items = (*parent.items[: path[-1]], *pieces, *parent.items[path[-1] + 1 :])
    return _put(tree, path[:-1], replace(parent, items=items))


def joined(tree: Criterion | None, path: LeafPath) -> Criterion:
    """The tree with a leaf as part of the leaf before it."""
    node = node_at(tree, path)
    if not path or path[-1] == 0:
        raise UserError("No criterion stands before it with which it could be one.", UNCHANGED)
    parent = node_at(tree, path[:-1])
    before = parent.items[path[-1] - 1]
    if node.items or before.items:
        raise UserError("Only criteria without items below them can be joined.", f"Mend the items first. {UNCHANGED}")
    _check_free(parent, len(parent.items) - 1)
    notes = "\n".join(note for note in (before.note, node.note) if note)
    one = replace(
        before, text=f"{before.text} {node.text}", last_line=max(before.last_line, node.last_line), end=node.end, note=notes or None
    )
    return _put(tree, path[:-1], replace(parent, items=(*parent.items[: path[-1] - 1], one, *parent.items[path[-1] + 1 :])))


def within(tree: Criterion | None, first: int, last: int) -> Criterion | None:
    """What of a tree begins between two lines, both in; None where nothing does."""
    if tree is None:
        return None
    if not tree.items:
        return replace(tree, last_line=min(tree.last_line, last)) if first <= tree.first_line <= last else None
    items = tuple(kept for item in tree.items if (kept := within(item, first, last)) is not None)
    if not items:
        return None
    begins, ends = max(tree.first_line, first), min(tree.last_line, last)
    shown = tree if tree.first_line >= first else replace(tree, text="", label=None)
    n = None if tree.n is None else min(tree.n, len(items))
    if tree.op == Op.UNLESS and len(items) != len(tree.items):
        return items[0]
    return replace(shown, items=items, n=n, first_line=min(begins, items[0].first_line), last_line=max(ends, begins))


def _pieces(leaf: Criterion, first: str, second: str, lines: Sequence[tuple[int, str]]) -> tuple[Criterion, Criterion]:
    """Both parts with the lines, and where they can be found the characters, on which each stands."""
    found = next(((number, text.find(second[:_HELD])) for number, text in lines if second[:_HELD] in text), None)
    if found is None:
        return replace(leaf, text=first), replace(leaf, text=second, label=None, note=None)
    number, place = found
    ends = number if place > 0 and lines[[n for n, _ in lines].index(number)][1][:place].strip() else max(leaf.first_line, number - 1)
    return (
        replace(leaf, text=first, last_line=ends, end=place if ends == number else None),
        replace(leaf, text=second, label=None, note=None, first_line=number, start=place),
    )


def _with_items(node: Criterion, items: tuple[Criterion, ...]) -> Criterion:
    return replace(node, items=items) if items else replace(node, op=Op.LEAF, n=None, items=())


def _check_free(node: Criterion, count: int) -> None:
    """What a node asks must still be askable of so many items."""
    if node.op == Op.UNLESS and count != 2:
        raise UserError(
            "Unless has two items: what is asked, and what takes it away.", f"Set what it asks to something else first. {UNCHANGED}"
        )
    if node.op == Op.AT_LEAST and (node.n or 0) > count:
        raise UserError(f"At least {node.n} are asked for, and {count} would be left.", f"Set what it asks first. {UNCHANGED}")


def _ordered(items: Sequence[Criterion]) -> tuple[Criterion, ...]:
    return tuple(sorted(items, key=lambda item: (item.first_line, item.start or 0)))


def _put(tree: Criterion | None, path: LeafPath, node: Criterion) -> Criterion:
    """The tree with another node at a path; it and the nodes above reach as far as their items do."""
    if not path or tree is None:
        return _reaching(node)
    return _reaching(
        replace(tree, items=tuple(_put(item, path[1:], node) if place == path[0] else item for place, item in enumerate(tree.items)))
    )


def settled(node: Criterion) -> Criterion:
    """The tree with every node reaching over its items, as all trees do that are mended now and not all did that were mended before."""
    return _reaching(replace(node, items=tuple(settled(item) for item in node.items)))


def _reaching(node: Criterion) -> Criterion:
    """The node over its own lines and all those of its items."""
    first = min((node.first_line, *(item.first_line for item in node.items)))
    return replace(node, first_line=first, last_line=max((node.last_line, *(item.last_line for item in node.items))))
