"""The criteria that a statement asks for, as a tree: every node with its lines, and what is left open kept open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ur_desk.documents.connectives import Join, Joined, Opening, headed, opening, operation
from ur_desk.documents.coverage import excepts, only_names, refuses
from ur_desk.documents.marks import GROUPS
from ur_desk.documents.outline import LEAD, Node, outline
from ur_desk.documents.wording import plain
from ur_desk.domain.library.criteria import Criterion, Op
from ur_desk.domain.policy import Statement, Text, TextLine

_UNLESS = re.compile(r"\s*[,;(—–-]?\s*\b(?:unless|except (?:when|if|where))\b\s+(?P<exception>.+?)[.;]*\s*$", re.IGNORECASE)
_EXCEPTED = re.compile(r"\b(?:unless|except (?:when|if|where))\s+(?P<exception>[^:.;]{3,120}?)(?=[,:.;]|$)", re.IGNORECASE)
_LIST_WORDS = re.compile(r"\b(?:following|criteria|below)\b", re.IGNORECASE)
_APPROVES = re.compile(r"\bapprove(?:d|s)?\b[^.]*\b(?:if|when)\b|\bapprove for\b", re.IGNORECASE)
_WEIGHED = re.compile(r"\W*(?:(?:relative|possible) contraindications|precautions|limitations)\b", re.IGNORECASE)
_WAY_OUT = re.compile(r"\s[—–-]+\s.*\b(?:requires?|required|needs?|must)\b", re.IGNORECASE)
_REQUIRED = re.compile(r"\b(?:must|shall|required)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_BESIDE = re.compile(r"(?P<asked>[^:.;]{12,200}?),? AND (?P<opens>(?!(?:ALL|ANY|ONE|EITHER|BOTH)\b)[^:]*\b(?:of|from) the following\b.*)")
_KINDS = re.compile(r"\b(?:one|any) of (?:the )?following (?:categories|groups|types|classes)\b", re.IGNORECASE)
_FEWEST_WORDS = 2

LONGEST_REASON = 1000
"""Characters of a reason against the service in which its way out is sought."""


def with_trees(statements: Sequence[Statement], text: Text) -> tuple[Statement, ...]:
    """The statements with the list that each opens as a tree; one that holds a tree already, or opens no list, stays as it is."""
    return tuple(_with_tree(statement, text) for statement in statements)


def tree_of(text: Text, first: int, last: int, *, excludes: bool = False) -> Criterion | None:
    """The tree of the list that the words from line `first` open and that ends by line `last`; None where there is no list.

    `excludes` where the items are reasons against the service: any one of them is enough, and what is excepted from one
    takes it away.
    """
    return tree_of_lines(text.span(first, last), excludes=excludes)


def tree_of_lines(lines: Sequence[TextLine], *, excludes: bool = False) -> Criterion | None:
    """The tree of the list that the first of these lines opens; None where there is no list."""
    root = outline(lines)
    return _criterion(root, excludes) if root.items else None


def _with_tree(statement: Statement, text: Text) -> Statement:
    """The statement with its list: below an adverse position it says when the service is refused, below any other what must be met."""
    if statement.criteria is not None and statement.criteria.op != Op.LEAF:
        return statement
    if only_names(statement, text):
        return replace(statement, criteria=None)
    root = outline(text.span(statement.first_line, statement.last_line))
    if not root.items:
        return statement
    adverse = statement.position.adverse
    refused = refuses(root.text) or (adverse and not excepts(root.text))
    tree = _criterion(root, refused)
    return replace(statement, criteria=tree if refused is adverse else _denied(tree))


def _denied(tree: Criterion) -> Criterion:
    """The list turned round: what was met where one of the items is, is met where none of them is."""
    single = tree.op == Op.ALL and len(tree.items) == 1
    if single or tree.op in (Op.ANY, Op.NONE):
        return replace(tree, op=Op.ANY if tree.op == Op.NONE else Op.NONE, n=None)
    return Criterion(Op.NONE, "", tree.first_line, tree.last_line, label=tree.label, items=(replace(tree, label=None),))


def _criterion(node: Node, excludes: bool, kinds: bool = False) -> Criterion:
    """`kinds` where the node is one kind of several, any one of which is enough."""
    if not node.items:
        return _leaf(node, excludes)
    opened = opening(node.text)
    if opened == Opening() and node.label is None and not node.style:
        opened = headed(node.text)
    refused = _refused(node) and not excludes
    op, n = (Op.UNCLEAR, None) if refused and _with_ways_out(node) else _operation(node, opened, excludes or kinds or refused)
    if op is Op.UNCLEAR and _WEIGHED.match(node.text):
        return _as_one(node)
    inner = excludes != (refused or op is Op.NONE)
    of_kinds = op is Op.ANY and (_KINDS.search(node.text) is not None or _grouped(node.items))
    items = tuple(_criterion(item, inner, of_kinds) for item in node.items)
    made = Criterion(op, node.text, node.first, node.last, n, node.label, items, _noted(node), node.start, node.end)
    if refused and op is not Op.UNCLEAR:
        return _denied(made)
    return _with_demand(_with_exception(made, node, excludes), node, excludes)


def _refused(node: Node) -> bool:
    """Whether an item of a list heads reasons against the service; what opens the whole list is told by the statement."""
    return bool(node.style) and refuses(node.text)


def _with_ways_out(node: Node) -> bool:
    """Whether an item says behind a dash what else is asked where it holds, so that it does not refuse by itself."""
    return any(_WAY_OUT.search(item.text[:LONGEST_REASON]) for item in node.items)


def _grouped(items: Sequence[Node]) -> bool:
    """Whether the items are groups by name, or headings over one row of letters that runs on from each to the next."""
    if all(item.style.startswith(GROUPS) for item in items):
        return True
    ends = [(item.items[0].ordinal, item.items[-1].ordinal) for item in items if item.items]
    return len(ends) == len(items) > 1 and all(last and first == last + 1 for (_, last), (first, _) in pairwise(ends))


def _with_demand(made: Criterion, node: Node, excludes: bool) -> Criterion:
    """A list together with what the sentences before the one that opens it ask for by themselves."""
    if node.label is not None and not excludes and (beside := _BESIDE.fullmatch(node.text)) is not None:
        return _joined(made, node, beside)
    before = _SENTENCES.split(node.text)[:-1]
    asked = [each for each in before if _REQUIRED.search(each)]
    if node.label is None or not asked or excludes:
        return made
    last = max(node.first, node.items[0].first - 1)
    demand = Criterion(Op.LEAF, " ".join(asked), node.first, last)
    if made.op == Op.ALL:
        return replace(made, items=(demand, *made.items))
    return replace(made, op=Op.ALL, n=None, items=(demand, replace(made, label=None, note=None)))


def _joined(made: Criterion, node: Node, beside: re.Match[str]) -> Criterion:
    """What is asked before an AND in capitals, and the list that the words behind it open: "has A AND B, shown by one of the following"."""
    first = Criterion(Op.LEAF, beside["asked"], node.first, max(node.first, node.items[0].first - 1))
    return replace(made, op=Op.ALL, n=None, items=(first, replace(made, text=beside["opens"], label=None, note=None)))


def _operation(node: Node, opened: Opening, one_is_enough: bool) -> tuple[Op, int | None]:
    joins = [item.before for item in node.items[1:] if item.before is not None]
    if node.items[0].before is not None:
        joins.append(Joined(Join.EITHER, strong=True))  # a word that joins a heading with its own first item says nothing clear
    approving = len(node.items) > 1 and all(_APPROVES.search(_words_below(item)) for item in node.items)
    if approving and not opened.plainly:
        return Op.ANY, None
    if opened.op is None and one_is_enough:
        opened = replace(opened, op=Op.ANY)
    elif opened == Opening() and all(_REQUIRED.search(item.text) for item in node.items):
        opened = replace(opened, op=Op.ALL)
    op, n = operation(opened, joins, len(node.items))
    beside = any(item.style == LEAD for item in node.items)
    return (op, n) if op is Op.ALL or not beside else (Op.UNCLEAR, None)


def _as_one(node: Node) -> Criterion:
    """A list of what may speak against the service that does not say what it asks: one criterion, which a person reads whole."""
    words = "\n".join((node.text, *(each for item in node.items for each in _words(item))))
    return Criterion(Op.LEAF, words, node.first, node.last, None, node.label, (), _noted(node), node.start, node.end)


def _words(node: Node) -> Iterator[str]:
    yield plain(f"{node.label or ''} {node.text}")
    for item in node.items:
        yield from _words(item)


def _words_below(node: Node) -> str:
    return node.text or " ".join(item.text for item in node.items)


def _with_exception(made: Criterion, node: Node, excludes: bool) -> Criterion:
    """A list that holds unless something else does, said in the words that open it."""
    found = None if node.label is None else _EXCEPTED.search(node.text)
    if found is None or _LIST_WORDS.search(found["exception"]):
        return made
    exception = Criterion(Op.LEAF, found["exception"], made.first_line, made.first_line)
    return _excepted(replace(made, label=None, note=None), exception, made, excludes)


def _leaf(node: Node, excludes: bool) -> Criterion:
    whole = Criterion(Op.LEAF, node.text, node.first, node.last, None, node.label, (), _noted(node), node.start, node.end)
    found = _UNLESS.search(node.text)
    if found is None or len(node.text[: found.start()].split()) < _FEWEST_WORDS or _LIST_WORDS.search(found["exception"]):
        return whole
    asked = replace(whole, text=node.text[: found.start()].rstrip(" ,;"), label=None, note=None)
    return _excepted(asked, replace(asked, text=found["exception"]), whole, excludes)


def _excepted(asked: Criterion, exception: Criterion, whole: Criterion, excludes: bool) -> Criterion:
    """What is asked unless the exception holds; a reason against the service, on the other hand, stands only without its exception."""
    if excludes:
        without = replace(exception, op=Op.NONE, text="", items=(exception,))
        return replace(whole, op=Op.ALL, n=None, items=(asked, without))
    return replace(whole, op=Op.UNLESS, n=None, items=(asked, exception))


def _noted(node: Node) -> str | None:
    return "\n".join(node.notes) or None
