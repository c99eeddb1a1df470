"""What was read at the door as bytes and back, and a hash that stands for all that a request says."""

from dataclasses import replace

import pytest
from builders import request
from hypothesis import given
from record_makers import record
from test_request_records import REQUESTS

from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, Source
from ur_desk.errors import UserError
from ur_desk.records.arrivals import paper_bytes, paper_from, read_bytes_of, read_from
from ur_desk.records.request import content_hash


@given(REQUESTS)
def test_what_was_read_comes_back_as_it_was(told: Request) -> None:
    read = Extracted((told,), (Problem(Severity.WARNING, "x", "a.json: $[0]", "Words."),))
    assert read_from(read_bytes_of(read)) == read


@given(REQUESTS)
def test_the_file_counts_for_nothing_and_everything_else_does(told: Request) -> None:
    assert content_hash(told) == content_hash(replace(told, source=Source("other.json", "x", "0")))
    assert content_hash(told) != content_hash(replace(told, reference=f"{told.reference}!"))


def test_what_is_not_known_counts_for_nothing_so_that_later_fields_change_no_hash() -> None:
    # the hash that stands in workspaces: where this changes, what came in before is not recognised any more
    assert content_hash(request()) == "98724c324b02e387109e7a0cf7a9ce1914a1aad54bfa47b5b178ca9f2446b899"


def test_paper_comes_back_as_it_was_and_holds_no_request() -> None:
    data = paper_bytes(record(), unsure=True)
    assert paper_from(data) == (record(), True)
    assert read_from(data) == Extracted((), ())
    assert paper_from(read_bytes_of(Extracted((), ()))) == (None, False)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"paper": {"name": 1}}', b'{"paper": "fax"}'])
def test_damaged_bytes_of_paper_are_told_as_such(data: bytes) -> None:
    with pytest.raises(UserError):
        paper_from(data)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"requests": [{}], "problems": []}', b'{"requests": 1, "problems": []}', b'{"problems": [{}]}']
)
def test_damaged_bytes_are_told_as_such(data: bytes) -> None:
    with pytest.raises(UserError):
        read_from(data)
