"""An index made after an earlier one answers as one made from nothing does, and reads only what it did not read before."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from match_builders import CONFIRMED, Line, moving_pictures, policy, request, shelved, statement

from ur_desk import paths
from ur_desk.codesets import icd10cm
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.policy import CodeEntry, Shelved
from ur_desk.matching import Index, index, match
from ur_desk.records.match import report_bytes


@cache
def codes() -> CodeSet:
    return icd10cm.load(paths.resources())


@cache
def shelf() -> tuple[Shelved, ...]:
    """Policies of several kinds, each an object of its own."""
    made = [
        policy(
            f"SUR.{n}",
            [statement(f"The {part} brace {n} is weighed beside 7612{n}.", f"{part} brace", criteria=bool(n % 2))],
            [CodeEntry(System.CPT, "76120", None, 2, "76120"), CodeEntry(System.ICD10CM, f"M{40 + n}.0", f"M{42 + n}.9", 2, "M")],
        )
        for n, part in enumerate(("knee", "spine", "hip", "neck"))
    ]
    return (shelved(moving_pictures()), *(shelved(each) for each in made))


def answers(made: Index) -> list[bytes]:
    asked = [request(Line("76120", "knee brace"), dx="M41.9"), request(Line("76499", "digital motion x-ray of the spine"), dx="M54.5")]
    return [report_bytes(match(each, made, codes())) for each in asked]


subsets = st.lists(st.sampled_from(range(5)), unique=True)


@given(subsets, subsets)
def test_an_index_after_another_answers_as_one_from_nothing(first: Sequence[int], second: Sequence[int]) -> None:
    before, now = ([shelf()[n] for n in chosen] for chosen in (first, second))
    assert answers(Index(now, codes(), Index(before, codes()))) == answers(Index(now, codes()))


def test_only_policies_that_were_not_read_before_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = index.shelf_of
    monkeypatch.setattr(index, "shelf_of", lambda item: (read.append(item.policy.id), real(item))[1])
    before = Index(shelf()[:4], codes())
    read.clear()
    after = Index(shelf(), codes(), before)
    assert read == [shelf()[4].policy.id]
    assert len(after.shelves) == 5


def test_what_became_known_of_a_policy_is_taken_though_its_text_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = replace(shelf()[1], confirmed=None)
    before = Index([first], codes())
    monkeypatch.setattr(index, "shelf_of", lambda _item: pytest.fail("it was read before"))
    sure = replace(first, confirmed=CONFIRMED, applies_to=("fehb",))
    (now,) = Index([sure], codes(), before).shelves
    assert now.shelved is sure
    assert before.shelves[0].shelved is first
