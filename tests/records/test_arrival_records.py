"""What was read at the door as bytes and back, and a hash that stands for all that a request says."""

from dataclasses import replace
from datetime import UTC, datetime

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


@given(REQUESTS)
def test_the_receipt_is_told_by_whoever_took_it_in_and_is_no_part_of_what_it_says(told: Request) -> None:
    bare = replace(told, received_at=None, received_zone=None, received_evidence=None)
    later = replace(bare, received_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC), received_zone="UTC", traces=("T-1",))
    assert content_hash(told) == content_hash(bare) == content_hash(later)


def test_what_is_not_known_counts_for_nothing_so_that_later_fields_change_no_hash() -> None:
    # the hash that stands in workspaces: where this changes, what came in before is not recognised any more
    assert content_hash(request()) == "5d5feafaa2606c3dec8e71a0f0520be59e6c6827f318733b6fb8ea2d14bc5841"


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
