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


def test_codes_of_earlier_cases_are_offered_without_what_was_said_of_a_member(desk: Desk) -> None:
    opened(desk, line(1, "97110", "Therapeutic exercise for Rosalind"))
    opened(desk, line(1, "97110", "Therapeutic exercise"))
    assert found(desk, "971") == {"97110": "in 2 earlier cases"}
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
