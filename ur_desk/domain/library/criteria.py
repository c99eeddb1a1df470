"""Criteria as a tree, and what is known of it: met, not met or not documented, with the criteria that make it so.

Three values, after Kleene: an answer once known is never flipped by learning more, since every rule below asks only whether all
ways of filling in what is unknown agree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

LeafPath = tuple[int, ...]
"""Where a criterion stands in its tree: the place among the items at each step, from 0; the root is the empty path."""


class Op(StrEnum):
    """What a node asks of its items; values as the contract prints them, but for `unclear`.

    `unclear` says that the document leaves open whether all items or any of them are meant: it is asked, never guessed.
    """

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NONE = "none"
    UNLESS = "unless"
    LEAF = "leaf"
    UNCLEAR = "unclear"


class Answer(StrEnum):
    """What the documents show of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of a criteria tree; `op` is one of `Op`; for `unless`, items[0] is asked unless items[1] holds.

    `text` is the node's own words without those of its items; `note` what the document adds that asks nothing. `start` and `end`
    are characters of the first and of the last line, where a line says several criteria.
    """

    op: str
    text: str
    first_line: int
    last_line: int
    n: int | None = None
    label: str | None = None
    items: tuple["Criterion", ...] = ()
    note: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion with its place in the tree."""

    path: LeafPath
    node: Criterion


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is known of a tree.

    `unmet` are the criteria that speak against it so far; `unknown` those that may still decide it, empty once the answer is known.
    A node whose and/or is unclear stands among the unknown itself: what decides it is the publisher's answer.
    """

    answer: Answer
    unmet: tuple[Named, ...] = ()
    unknown: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The answer at a node, the leaves for it and against it, and those that are open."""

    answer: Answer
    for_it: tuple[Named, ...] = ()
    against: tuple[Named, ...] = ()
    open: tuple[Named, ...] = ()


def leaves(tree: Criterion) -> Iterator[Named]:
    """The criteria that a person answers, in the order of the document."""
    return (named for named in nodes(tree) if _asked(named.node))


def nodes(tree: Criterion, path: LeafPath = ()) -> Iterator[Named]:
    """Every node, each before its items."""
    yield Named(path, tree)
    for place, item in enumerate(tree.items):
        yield from nodes(item, (*path, place))


def evaluate(tree: Criterion, answers: Mapping[LeafPath, Answer]) -> Evaluation:
    """What the answers to its leaves make of the tree; a leaf without an answer is not documented.

    Answers to what is no leaf count for nothing. ValueError for an unknown op, an `at_least` without n, an `unless` without two items.
    """
    known = _known(tree, (), answers)
    unmet = () if known.answer is Answer.MET else known.against
    return Evaluation(known.answer, unmet, known.open if known.answer is Answer.NOT_DOCUMENTED else ())


def _asked(node: Criterion) -> bool:
    return node.op == Op.LEAF or not node.items


def _known(node: Criterion, path: LeafPath, answers: Mapping[LeafPath, Answer]) -> _Known:
    op = Op(node.op)
    if _asked(node):
        return _leaf(Named(path, node), answers.get(path, Answer.NOT_DOCUMENTED))
    items = [_known(item, (*path, place), answers) for place, item in enumerate(node.items)]
    match op:
        case Op.ALL:
            return _counted(items, len(items))
        case Op.ANY:
            return _counted(items, 1)
        case Op.AT_LEAST:
            if node.n is None or node.n < 1:
                raise ValueError(f"at least how many on line {node.first_line}?")
            return _counted(items, node.n)
        case Op.UNLESS:
            if len(items) != 2:
                raise ValueError(f"what holds unless what on line {node.first_line}?")
            return _counted(items, 1)
        case Op.NONE:
            return _turned(_counted(items, 1))
        case _:
            return _unclear(Named(path, node), items)


def _leaf(named: Named, answer: Answer) -> _Known:
    alone = (named,)
    match answer:
        case Answer.MET:
            return _Known(answer, for_it=alone)
        case Answer.NOT_MET:
            return _Known(answer, against=alone)
        case _:
            return _Known(answer, open=alone)


def _counted(items: list[_Known], needed: int) -> _Known:
    """Whether at least so many items are met."""
    met = sum(item.answer is Answer.MET for item in items)
    unmet = sum(item.answer is Answer.NOT_MET for item in items)
    answer = Answer.NOT_DOCUMENTED
    if met >= needed:
        answer = Answer.MET
    elif len(items) - unmet < needed:
        answer = Answer.NOT_MET
    return _Known(answer, _said(items, Answer.MET), _said(items, Answer.NOT_MET), _said(items, Answer.NOT_DOCUMENTED))


def _said(items: list[_Known], answer: Answer) -> tuple[Named, ...]:
    """The leaves that stand for an answer, of the items that have it."""
    found = [item for item in items if item.answer is answer]
    if answer is Answer.MET:
        return tuple(named for item in found for named in item.for_it)
    if answer is Answer.NOT_MET:
        return tuple(named for item in found for named in item.against)
    return tuple(named for item in found for named in item.open)


def _turned(known: _Known) -> _Known:
    """The same with met and not met exchanged."""
    turned = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}
    return _Known(turned.get(known.answer, known.answer), known.against, known.for_it, known.open)


def _unclear(named: Named, items: list[_Known]) -> _Known:
    """Known only where "all of them" and "any of them" agree."""
    every, some = _counted(items, len(items)), _counted(items, 1)
    if every.answer is some.answer and every.answer is not Answer.NOT_DOCUMENTED:
        return every
    return _Known(Answer.NOT_DOCUMENTED, every.for_it, every.against, (named, *every.open))
