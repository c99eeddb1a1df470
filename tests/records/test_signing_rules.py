"""The files of what states ask of whoever signs."""

import json
from datetime import date
from typing import Any

import pytest

from ur_desk.domain.decisions.signing import Demand, Whom
from ur_desk.domain.law_rows import Verified
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.signing import pinned_rules, signing_rules

ROW = {
    "id": "TX-1", "name": "Texas", "demand": "licence_in_the_state", "whom": "peer", "lines": ["commercial_insured"], "states": ["TX"],
    "source": "28 TAC 19.1710", "verified": {"by": "a person", "on": "2026-11-01"}, "from": "2020-01-01",
}  # fmt: skip


def data(*rows: Any, schema: str = "ur-desk-signing/1") -> bytes:
    return json.dumps({"schema": schema, "rules": rows}).encode()


def test_a_row_is_read_with_everything_that_it_says() -> None:
    (rule,) = signing_rules(data(ROW)).rules
    assert (rule.demand, rule.whom, rule.verified, str(rule.from_day)) == (
        Demand.LICENCE,
        Whom.PEER,
        Verified("a person", date(2026, 11, 1)),
        "2020-01-01",
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"demand": "be_nice"}, "be_nice"),
        ({"states": ["XX"]}, "no such state: XX"),
        ({"lines": ["all"]}, "lines"),
        ({"verified": {"by": "", "on": "2026-11-01"}}, "is named"),
        ({"verified": {"by": "a person"}}, "on"),
        ({"verfied": True}, "verfied"),
        ({"from": "yesterday"}, "from"),
        ({"source": " "}, "source"),
    ],
)
def test_a_damaged_row_is_named_by_file_place_and_id(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as refused:
        signing_rules(data(ROW, {**ROW, "id": "TX-2", **changed}), "texas.json")
    assert "texas.json" in refused.value.message
    assert "rule 2 (TX-2)" in refused.value.message
    assert says in refused.value.message


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"\xff", data(schema="ur-desk-clocks/1"), data("no row")])
def test_a_file_that_is_none_is_refused_in_words(damaged: bytes) -> None:
    with pytest.raises(UserError, match="rules for whoever signs"):
        signing_rules(damaged)


def test_the_files_as_kept_with_a_decision_are_read_together_and_an_id_stands_once() -> None:
    text = data(ROW).decode()
    assert [rule.id for rule in pinned_rules(canonical_bytes({"texas.json": text})).rules] == ["TX-1"]
    with pytest.raises(UserError, match="given twice: TX-1"):
        pinned_rules(canonical_bytes({"texas.json": text, "too.json": text}))
    with pytest.raises(UserError, match="cannot be read"):
        pinned_rules(b"{")


@pytest.mark.parametrize(
    ("kept", "verified"),
    [
        ({"verified_by": "a person", "verified_on": "2026-11-01"}, Verified("a person", date(2026, 11, 1))),
        ({"verified_by": ""}, None),
    ],
)
def test_a_row_that_an_older_version_kept_with_a_decision_reads_as_it_did(kept: dict[str, Any], verified: Verified | None) -> None:
    old = {key: value for key, value in ROW.items() if key != "verified"} | kept
    (rule,) = pinned_rules(canonical_bytes({"texas.json": data(old).decode()})).rules
    assert rule.verified == verified
