"""Mappings as files: the same back, and every way of getting them wrong is said."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.intake.mapping import FIELDS, Column, DateOrder, Mapping, Sender
from ur_desk.errors import UserError
from ur_desk.records.mapping import MOST_BYTES, guess_data, mapping_data, mapping_from, sender_bytes, sender_from

MAPPING = Mapping(
    (
        Column("Mbr ID", "member.member_id"),
        Column("Dx", "diagnoses.code", 2, separators=";|"),
        Column("DOB", "member.birth_date", dates=DateOrder.DMY),
        Column("Prio", "urgency", values=(("stat", "expedited"),)),
        Column("CPT 2", "services.2.code"),
    ),
    ("member.member_id",),
    (("channel", "fax"),),
    ("N/A",),
    ("$.cases[*]",),
)
WRONG: dict[str, tuple[Any, str]] = {
    "no json": (b"{", "no JSON"),
    "no utf-8": (b"\xff\xfe\x00", "no JSON"),
    "a list": ([], "does not name"),
    "another schema": ({"schema": "ur-desk-request/1"}, "does not name"),
    "no columns": ({}, "is a list of columns"),
    "columns of text": ({"columns": ["CPT"]}, "no object in braces"),
    "an empty list": ({"columns": []}, "from 1 to"),
    "an unknown key": ({"columns": [], "colums": 1}, "“colums” is no key of the mapping"),
    "an unknown key of a column": ({"columns": [{"column": "A", "field": "reference", "date": "mdy"}]}, "“date” is no key of column 1"),
    "no text": ({"columns": [{"column": 1, "field": "reference"}]}, "are texts"),
    "a number for nth": ({"columns": [{"column": "A", "field": "reference", "nth": True}]}, "whole number"),
    "an unknown order": ({"columns": [{"column": "A", "field": "reference", "dates": "myd"}]}, "“dates” is none of mdy, dmy, ymd"),
    "an unknown field": ({"columns": [{"column": "A", "field": "member.shoe"}]}, "is no field of a request"),
    "values of numbers": ({"columns": [{"column": "A", "field": "urgency", "values": {"x": 1}}]}, "“values” is an object of texts"),
    "a key twice": (b'{"schema": "ur-desk-mapping/1", "columns": [{"column": "A", "column": "B", "field": "reference"}]}', "twice in one object"),
    "fixed as a list": ({"columns": [{"column": "A", "field": "reference"}], "fixed": []}, "“fixed” is an object of texts"),
    "group as a text": ({"columns": [{"column": "A", "field": "reference"}], "group": "reference"}, "“group” is a list of texts"),
    "a field twice": ({"columns": [{"column": "A", "field": "reference"}, {"column": "B", "field": "reference"}]}, "twice"),
}  # fmt: skip


def file(told: Any) -> bytes:
    if isinstance(told, bytes):
        return told
    return json.dumps({"schema": "ur-desk-mapping/1", **told} if isinstance(told, dict) else told).encode()


def test_a_sender_comes_back_from_its_file_as_it_was() -> None:
    sender = Sender("Lindenfield Ortho", frozenset({"mbr id", "dob"}), MAPPING)
    assert sender_from(sender_bytes(sender), "s.json") == sender
    assert mapping_from(sender_bytes(sender), "s.json") == MAPPING
    assert sender_from(b"\xef\xbb\xbf" + sender_bytes(sender), "s.json") == sender


@given(
    st.lists(
        st.tuples(st.text(min_size=1).filter(str.strip), st.sampled_from(sorted(FIELDS))),
        min_size=1,
        max_size=9,
        unique_by=lambda pair: pair[1],
    )
)
def test_every_mapping_comes_back(columns: list[tuple[str, str]]) -> None:
    mapping = Mapping(tuple(Column(source, field) for source, field in columns))
    assert mapping_from(file(mapping_data(mapping)), "m.json") == mapping


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_mapping_is_refused_with_the_file_and_the_reason(name: str) -> None:
    told, said = WRONG[name]
    with pytest.raises(UserError) as refused:
        mapping_from(file(told), "m.json")
    assert refused.value.message.startswith("m.json is no mapping")
    assert said in refused.value.message
    assert "Nothing was changed." in refused.value.hint


def test_a_file_larger_than_any_mapping_is_refused_unread() -> None:
    with pytest.raises(UserError, match="larger"):
        mapping_from(b" " * (MOST_BYTES + 1), "m.json")


def test_a_sender_without_a_name_is_refused() -> None:
    with pytest.raises(UserError, match="sender's name"):
        sender_from(file(mapping_data(MAPPING)), "m.json")


@pytest.mark.parametrize("dates", [[], {}, ["mdy"], 1, None])
def test_an_order_of_days_that_is_no_text_is_refused(dates: Any) -> None:
    with pytest.raises(UserError, match="“dates” is none of"):
        mapping_from(file({"columns": [{"dates": dates}]}), "m.json")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["columns", "column", "field", "nth", "dates", "values", "fixed", "group"]), inner, max_size=4)))  # fmt: skip
def test_whatever_a_file_says_it_is_a_mapping_or_refused(told: Any) -> None:
    data = file(told if isinstance(told, dict) else {"columns": told})
    with suppress(UserError):
        assert mapping_from(data, "m.json").columns


def test_a_guess_is_a_mapping_that_can_be_given_back() -> None:
    from ur_desk.importers import look

    guess = look(b"Mbr ID,CPT,DOB,Odd\nDEMO-1,72148,04/13/1968,x\n", "f.csv").guess
    printed = file(guess_data(guess))
    assert mapping_from(printed, "m.json") == guess.mapping
    assert {each["column"]: each["sure"] for each in json.loads(printed)["guess"]} == {
        "Mbr ID": "sure",
        "CPT": "sure",
        "DOB": "sure",
        "Odd": "unsure",
    }
    assert "DEMO-1" not in printed.decode()
