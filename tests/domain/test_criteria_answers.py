"""A criteria tree is judged from what is documented; what is unknown stays unknown, and nothing learnt flips what was known."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.library.criteria import Answer, Criterion, LeafPath, Op, evaluate, leaves, nodes

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.NOT_DOCUMENTED


def leaf(text: str) -> Criterion:
    return Criterion(Op.LEAF, text, 1, 1)


def node(op: Op, *items: Criterion, n: int | None = None, text: str = "") -> Criterion:
    return Criterion(op, text, 1, 1, n=n, items=items)


A, B, C = leaf("a"), leaf("b"), leaf("c")


def judged(tree: Criterion, **known: bool) -> tuple[Answer, list[str], list[str]]:
    """The answer with the words of the unmet and the unknown, where the leaves named are known."""
    answers = {named.path: MET if known[named.node.text] else NOT_MET for named in leaves(tree) if named.node.text in known}
    found = evaluate(tree, answers)
    return found.answer, [named.node.text for named in found.unmet], [named.node.text for named in found.unknown]


@pytest.mark.parametrize(
    ("tree", "known", "answer", "unmet", "unknown"),
    [
        (A, {}, UNKNOWN, [], ["a"]),
        (A, {"a": True}, MET, [], []),
        (node(Op.ALL, A, B, C), {"a": True, "b": True}, UNKNOWN, [], ["c"]),
        (node(Op.ALL, A, B, C), {"a": True, "b": False}, NOT_MET, ["b"], []),
        (node(Op.ANY, A, B), {"a": False}, UNKNOWN, ["a"], ["b"]),
        (node(Op.ANY, A, B), {"a": True}, MET, [], []),
        (node(Op.ANY, A, B), {"a": False, "b": False}, NOT_MET, ["a", "b"], []),
        (node(Op.AT_LEAST, A, B, C, n=2), {"a": True, "b": False}, UNKNOWN, ["b"], ["c"]),
        (node(Op.AT_LEAST, A, B, C, n=2), {"a": False, "b": False}, NOT_MET, ["a", "b"], []),
        (node(Op.AT_LEAST, A, B, n=3), {}, NOT_MET, [], []),
        (node(Op.NONE, A, B), {"a": False}, UNKNOWN, [], ["b"]),
        (node(Op.NONE, A, B), {"a": True}, NOT_MET, ["a"], []),
        (node(Op.NONE, A, B), {"a": False, "b": False}, MET, [], []),
        (node(Op.UNLESS, A, B), {"b": True}, MET, [], []),
        (node(Op.UNLESS, A, B), {"a": False}, UNKNOWN, ["a"], ["b"]),
        (node(Op.UNCLEAR, A, B, text="?"), {"a": True, "b": True}, MET, [], []),
        (node(Op.UNCLEAR, A, B, text="?"), {"a": False, "b": False}, NOT_MET, ["a", "b"], []),
        (node(Op.UNCLEAR, A, B, text="?"), {"a": True, "b": False}, UNKNOWN, ["b"], ["?"]),
        (node(Op.ALL, A, node(Op.NONE, B)), {"a": True, "b": True}, NOT_MET, ["b"], []),
    ],
)
def test_the_answer_names_what_speaks_against_it_and_what_is_open(
    tree: Criterion, known: dict[str, bool], answer: Answer, unmet: list[str], unknown: list[str]
) -> None:
    assert judged(tree, **known) == (answer, unmet, unknown)


@pytest.mark.parametrize("tree", [node(Op.AT_LEAST, A, B), node(Op.AT_LEAST, A, n=0), node(Op.UNLESS, A), Criterion("some", "", 1, 1)])
def test_a_tree_that_does_not_say_what_it_asks_is_refused(tree: Criterion) -> None:
    with pytest.raises(ValueError, match=r"line|some"):
        evaluate(tree, {})


def test_an_answer_to_what_is_no_leaf_counts_for_nothing() -> None:
    tree = node(Op.ALL, node(Op.ANY, A, B), C)
    assert evaluate(tree, {(): MET, (0,): NOT_MET}) == evaluate(tree, {})


operations = st.sampled_from([Op.ALL, Op.ANY, Op.NONE, Op.UNCLEAR])
trees = st.recursive(
    st.just(A),
    lambda below: st.one_of(
        st.builds(lambda op, items: node(op, *items), operations, st.lists(below, min_size=1, max_size=4)),
        st.builds(lambda n, items: node(Op.AT_LEAST, *items, n=n), st.integers(1, 4), st.lists(below, min_size=1, max_size=4)),
        st.builds(lambda one, other: node(Op.UNLESS, one, other), below, below),
    ),
    max_leaves=12,
)
FULL = st.sampled_from([MET, NOT_MET])


@st.composite
def learnt(draw: st.DrawFn) -> tuple[Criterion, Mapping[LeafPath, Answer], Mapping[LeafPath, Answer]]:
    """A tree, what is known of it, and what is known once more was learnt."""
    tree = draw(trees)
    paths = [named.path for named in leaves(tree)]
    more = {path: draw(FULL) for path in paths if draw(st.booleans())}
    return tree, {path: answer for path, answer in more.items() if draw(st.booleans())}, more


@given(learnt())
def test_learning_a_fact_never_flips_a_known_answer(
    case: tuple[Criterion, Mapping[LeafPath, Answer], Mapping[LeafPath, Answer]],
) -> None:
    tree, before, after = case
    known = evaluate(tree, before).answer
    assert known is UNKNOWN or evaluate(tree, after).answer is known


@given(learnt())
def test_what_is_open_is_named_and_nothing_is_open_once_the_answer_is_known(
    case: tuple[Criterion, Mapping[LeafPath, Answer], Mapping[LeafPath, Answer]],
) -> None:
    tree, answers, _ = case
    found = evaluate(tree, answers)
    assert bool(found.unknown) is (found.answer is UNKNOWN)
    assert all(named.path not in answers for named in found.unknown)
    assert all(named.path in answers for named in found.unmet)


@given(trees, FULL)
def test_only_an_unclear_and_or_keeps_a_fully_answered_tree_open(tree: Criterion, answer: Answer) -> None:
    found = evaluate(tree, {named.path: answer for named in leaves(tree)})
    unclear = any(named.node.op == Op.UNCLEAR for named in nodes(tree))
    assert unclear or found.answer is not UNKNOWN
