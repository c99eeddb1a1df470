"""Procedure codes that the workspace knows: from its policies with their printed words, from earlier cases by number alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, line, opened, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.domain.events import Restriction


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def found(desk: Desk, text: str) -> dict[str, str]:
    return {hit.code: hit.words for hit in desk.lookup.procedures(text)}


def test_codes_of_the_library_are_found_by_number_and_by_their_printed_words(desk: Desk) -> None:
    sit_down(desk, "mara")
    assert {"76120", "76125", "76496"} <= found(desk, "76").keys()
    assert "76120" in found(desk, "cineradio")
    assert "RAD.00034" in found(desk, "76120")["76120"]
    assert list(found(desk, "76496")) == ["76496"]


def test_codes_are_found_by_what_their_policy_is_about_after_those_whose_own_words_say_it(desk: Desk) -> None:
    sit_down(desk, "mara")
    assert {"76120", "76125", "76496"} <= found(desk, "spinal visualization").keys()
    assert "22899" not in found(desk, "spinal visualization")
    hits = list(found(desk, "videofluoroscopy"))
    assert hits.index("76496") < hits.index("76125"), "the condition of 76496 names it, of 76125 only the policy does"


def test_codes_whose_number_says_something_by_itself_are_known_without_a_policy(desk: Desk) -> None:
    sit_down(desk, "mara")
    assert "the sender's words say what it is" in found(desk, "2289")["22899"]
    assert "add-on" in found(desk, "22585")["22585"]
    assert {"A9999", "76496"} <= found(desk, "unlisted").keys()


def test_codes_of_earlier_cases_are_offered_without_what_was_said_of_a_member(desk: Desk) -> None:
    opened(desk, line(1, "97110", "Therapeutic exercise for Rosalind"))
    opened(desk, line(1, "97110", "Therapeutic exercise"))
    assert found(desk, "9711") == {"97110": "in 2 earlier cases"}
    assert found(desk, "rosalind") == {}


def test_a_diagnosis_is_no_procedure_and_a_restricted_case_tells_no_code(desk: Desk) -> None:
    case = opened(desk, line(1, "97140", "Manual therapy"))
    assert found(desk, "M54") == {}
    assert "97140" in found(desk, "9714")
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Works here.", ["sol"])
    sit_down(desk, "mara")
    assert found(desk, "9714") == {}


@pytest.mark.parametrize("text", ["", "   ", "%", "~", "\x00", "'; drop", "\u202e", "9" * 5000])
def test_a_search_for_nothing_finds_nothing(desk: Desk, text: str) -> None:
    opened(desk)
    assert found(desk, text) == {}
