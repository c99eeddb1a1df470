"""Places visited, the way back and forth, and what of it survives a restart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.ui.places import KEPT, START, PageName, Place, Places, read_place

A, B, C = Place(PageName.WORKLIST), Place(PageName.REVIEW, "1"), Place(PageName.REVIEW, "2")


def test_back_and_forward_lead_over_what_was_visited() -> None:
    places = Places()
    for place in (A, B, C):
        places.visit(place)
    assert (places.back(), places.back(), places.back()) == (B, A, A)
    assert (places.forward(), places.forward(), places.forward()) == (B, C, C)


def test_a_new_place_ends_the_way_forward() -> None:
    places = Places()
    for place in (A, B):
        places.visit(place)
    places.back()
    places.visit(C)
    assert not places.can_go_forward
    assert places.back() == A


def test_the_same_place_twice_is_one_visit() -> None:
    places = Places()
    places.visit(A)
    places.visit(A)
    assert not places.can_go_back


def test_the_last_place_of_a_page_is_found_behind_the_present_one() -> None:
    places = Places()
    for place in (B, C, A):
        places.visit(place)
    assert places.last_of(PageName.REVIEW) == C
    assert places.last_of(PageName.AUDIT) is None


def test_pages_that_are_closed_to_somebody_are_forgotten() -> None:
    places = Places()
    for place in (A, Place(PageName.ADMINISTRATION), B):
        places.visit(place)
    places.forget(frozenset({PageName.ADMINISTRATION}))
    assert (places.now, places.back()) == (B, A)


def test_the_way_back_has_an_end() -> None:
    places = Places()
    for number in range(KEPT + 50):
        places.visit(Place(PageName.REVIEW, str(number)))
    steps = 0
    while places.can_go_back:
        places.back()
        steps += 1
    assert steps == KEPT - 1


@given(st.sampled_from(PageName), st.text(max_size=80))
def test_a_place_comes_back_from_its_text(page: PageName, ref: str) -> None:
    assert read_place(str(Place(page, ref))) == Place(page, ref)


@pytest.mark.parametrize("text", ["", "nowhere", "nowhere:1", "REVIEW:1"])
def test_a_text_that_tells_no_place_tells_the_worklist(text: str) -> None:
    assert read_place(text) == START
