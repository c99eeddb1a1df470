"""Places of service by digits and by words, and a list that is damaged."""

from pathlib import Path

import pytest
from builders import TABLES

from ur_desk.codesets.places import load
from ur_desk.errors import UserError

PLACES = TABLES.places


def test_a_place_is_found_by_its_digits_and_by_words_in_any_order() -> None:
    assert PLACES.search("11") == (("11", "Office"),)
    assert [code for code, _ in PLACES.search("hospital inpat")] == ["21"]
    assert [code for code, _ in PLACES.search("telehealth")] == ["02", "10"]
    assert PLACES.search("2")[0][0] == "20"


def test_a_code_says_what_it_means_and_an_unknown_one_nothing() -> None:
    assert PLACES.words("22") == "On-campus outpatient hospital"
    assert PLACES.words("00") is None


@pytest.mark.parametrize("text", ["", "  ", "%%", "no such place"])
def test_a_search_for_nothing_finds_nothing(text: str) -> None:
    assert PLACES.search(text) == ()


@pytest.mark.parametrize("told", ["", "[]", '{"places": []}', '{"places": {"1": "Office"}}', '{"places": {"11": ""}}'])
def test_a_damaged_list_is_said_in_plain_words(tmp_path: Path, told: str) -> None:
    (tmp_path / "codesets").mkdir()
    (tmp_path / "codesets" / "places_of_service.json").write_text(told)
    with pytest.raises(UserError, match="missing or damaged"):
        load(tmp_path)
