"""How large a request may be that a file holds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ur_desk.importers import extract
from ur_desk.importers.request_json import MAX_SERVICES

NOW = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)


def of(lines: int) -> dict[str, Any]:
    services = [{"line": n, "code": "97110", "description": "Therapeutic exercise"} for n in range(1, lines + 1)]
    return {"schema": "ur-desk-request/1", "member": {"family": "Okafor", "member_id": "DEMO-1"}, "services": services}


@pytest.mark.parametrize(("lines", "requests"), [(1, 1), (MAX_SERVICES, 1), (MAX_SERVICES + 1, 0)])
def test_a_request_has_as_many_lines_as_a_claim_may_have(lines: int, requests: int) -> None:
    read = extract(json.dumps(of(lines)).encode(), "big.json", None, NOW)
    assert len(read.requests) == requests
    assert ("too-many-services" in {p.code for p in read.problems}) is (requests == 0)


def test_a_request_that_is_too_long_keeps_no_other_out() -> None:
    read = extract(json.dumps([of(MAX_SERVICES + 1), of(2)]).encode(), "two.json", None, NOW)
    assert [len(r.services) for r in read.requests] == [2]
    (told,) = [p for p in read.problems if p.code == "too-many-services"]
    assert told.where == "two.json: $[0].services"
    assert "1,000" in told.message
    assert "999" in told.message
