"""Letter contents and plan profiles as canonical bytes."""

import json
from dataclasses import replace

import pytest
from letter_cases import composed, facts, profile

from ur_desk.domain.decisions.grounds import Given, Matter
from ur_desk.domain.letter import LetterKind
from ur_desk.domain.people import Role
from ur_desk.records.letter import letter_bytes, letter_from, profile_bytes, profile_data, profile_from


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_comes_back_as_it_was(kind: LetterKind) -> None:
    content = composed(facts(kind))
    assert letter_from(letter_bytes(content)) == content
    assert letter_bytes(letter_from(letter_bytes(content))) == letter_bytes(content)


def test_a_profile_comes_back_as_it_was() -> None:
    assert profile_from(profile_bytes(profile())) == profile()


def test_the_bytes_of_a_profile_of_before_are_those_that_it_always_had() -> None:
    assert not {"signers", "authorization_prefix"} & json.loads(profile_bytes(profile()))["data"].keys()
    filled = replace(profile(), signers=(Given(Matter.NOT_TIMELY, Role.NURSE),), authorization_prefix="LW")
    assert profile_from(profile_bytes(filled)) == filled
    assert profile_data(profile())["data"]["authorization_prefix"] == "UR"


def test_the_bytes_say_their_form_and_its_version() -> None:
    assert json.loads(letter_bytes(composed(facts())))["schema"] == "ur-desk-letter/1"
    assert json.loads(profile_bytes(profile()))["schema"] == "ur-desk-plan-profile/1"


def _damaged() -> list[bytes]:
    whole = json.loads(letter_bytes(composed(facts())))
    later = whole | {"schema": "ur-desk-letter/2"}
    unsourced = json.loads(json.dumps(whole))
    unsourced["data"]["blocks"][0]["rows"][0][0]["sources"] = []
    kindless = json.loads(json.dumps(whole))
    kindless["data"]["kind"] = "poem"
    half = letter_bytes(composed(facts()))[:200]
    return [b"", b"{}", b"[]", b"null", b"\xff\xfe", half, *(json.dumps(told).encode() for told in (later, unsourced, kindless))]


@pytest.mark.parametrize("data", _damaged())
def test_what_is_no_letter_of_this_version_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not ur-desk-letter/1"):
        letter_from(data)


@pytest.mark.parametrize("data", [b"", b"{}", letter_bytes(composed(facts()))])
def test_what_is_no_profile_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not ur-desk-plan-profile/1"):
        profile_from(data)


def test_a_letter_from_before_codes_were_printed_still_loads() -> None:
    content = composed(facts())
    told = json.loads(letter_bytes(content))
    del told["data"]["record"]
    assert letter_from(json.dumps(told).encode()) == content
