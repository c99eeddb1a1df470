"""Request files of the project's own JSON: the good requests and a problem with a place for each bad one."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import (
    Attachment,
    Change,
    Coverage,
    Evidence,
    Kind,
    Member,
    Network,
    ReceiptEvidence,
    Representative,
    Request,
    Source,
    Urgency,
)
from ur_desk.importers import extract
from ur_desk.records.request import request_data

NOW = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "schema": "ur-desk-request/1",
    "received_at": "2017-10-05T09:30:00-04:00",
    "member": {"family": "Okafor", "given": "Lena", "member_id": "DEMO-1", "birth_date": "1971-02-14"},
    "diagnoses": [{"code": "m545", "primary": True}],
    "services": [{"line": 1, "code": "76120", "quantity": 1, "modifiers": ["26"], "from": "2017-10-12"}],
}


def taken(tree: Any, codeset: CodeSet | None = None) -> Extracted:
    data = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return extract(data, "fax/2017/one.json", codeset, NOW)


def said(extracted: Extracted) -> list[tuple[str, str, str]]:
    return [(p.severity.value, p.code, p.where.removeprefix("one.json: ")) for p in extracted.problems]


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    tree = json.loads(json.dumps(GOOD))
    change(tree)
    return dict(tree)


def test_a_good_file_gives_its_request_without_problems(codeset: CodeSet) -> None:
    extracted = taken(GOOD, codeset)
    assert extracted.problems == ()
    (request,) = extracted.requests
    assert request.member == Member("Okafor", "Lena", "DEMO-1", date(1971, 2, 14))
    assert (request.received_at, request.received_zone) == (datetime(2017, 10, 5, 13, 30, tzinfo=UTC), "-04:00")
    line = request.services[0]
    assert (line.code, line.system, line.raw, line.modifiers, line.quantity, line.first_day) == (
        "76120",
        System.CPT,
        "76120",
        ("26",),
        Decimal(1),
        date(2017, 10, 12),
    )
    assert (request.diagnoses[0].code, request.diagnoses[0].raw, request.diagnoses[0].primary) == ("M54.5", "m545", True)


def test_the_source_is_named_without_folders_and_by_the_hash_of_the_bytes() -> None:
    data = json.dumps(GOOD).encode()
    for name in ("C:\\in\\one.json", "/in/one.json", "one.json", "one.json/"):
        (request,) = extract(data, name, None, NOW).requests
        assert request.source == Source("one.json", "ur-desk-request/1", hashlib.sha256(data).hexdigest())


def test_everything_that_the_contract_has_is_taken() -> None:
    more = {
        "reference": "R-9",
        "received_zone": "America/New_York",
        "channel": "fax",
        "kind": "new",
        "urgency": "expedited",
        "urgency_said_by": "treating physician",
        "timing": "postservice",
        "line_of_business": "commercial_insured",
        "coverage": {
            "plan": "P",
            "group": "G",
            "funding": "insured",
            "erisa": True,
            "grandfathered": False,
            "from": "2017-01-01",
            "to": "2017-12-31",
        },
        "claim": {"number": "C-1", "billed": 120.5},
        "state": "in",
        "requesting_provider": {"name": "Ines Vogel", "npi": "1234567893", "network": "out"},
        "servicing_provider": None,
        "clinical_notes": "Pain.\nNo fracture.",
        "attachments": [{"name": "scan.pdf", "media_type": "application/pdf", "sha256": "ab" * 32}],
        "source": {"file": "older.json"},
        "decision": None,
    }
    member = GOOD["member"] | {
        "sex": "F",
        "representative": {"name": "Ada", "authority_on_file": True},
        "subscriber": {"name": "Bo Okafor"},
    }
    extracted = taken(GOOD | more | {"member": member})
    assert extracted.problems == ()
    (request,) = extracted.requests
    assert (request.received_zone, request.kind, request.urgency, request.state) == ("America/New_York", Kind.NEW, Urgency.EXPEDITED, "IN")
    assert request.coverage == Coverage("P", "G", "insured", True, False, date(2017, 1, 1), date(2017, 12, 31))
    assert request.claim is not None
    assert request.claim.billed == Decimal("120.5")
    assert request.requesting_provider is not None
    assert request.requesting_provider.network is Network.OUT
    assert request.servicing_provider is None
    assert request.member.representative == Representative("Ada", authority_on_file=True)
    assert request.member.subscriber == "Bo Okafor"
    assert request.attachments == (Attachment("scan.pdf", "application/pdf", "ab" * 32),)
    assert request.clinical_notes == "Pain.\nNo fracture."


def test_what_intake_prints_is_read_again_as_the_same() -> None:
    (first,) = taken(GOOD).requests
    printed = {"requests": [request_data(first)], "problems": []}
    (again,) = taken(printed).requests
    assert request_data(again) | {"source": None} == request_data(first) | {"source": None}


DECISION = {
    "answers": ["TRACE-1"],
    "event": {"code": "A1", "number": "AUTH-1"},
    "lines": [{"line": 1, "action": {"code": "A3", "reasons": ["0B"], "words": "Not certified"}}],
    "rejections": [{"code": "72", "follow_up": "C", "place": "loop 2010C"}],
    "outcome": "complete",
    "message": "Call the plan.",
}


def again(extracted: Extracted) -> tuple[Request, ...]:
    """What was printed, taken in once more; the source names another file."""
    printed = taken({"requests": [request_data(request) for request in extracted.requests]})
    return tuple(replace(one, source=first.source) for one, first in zip(printed.requests, extracted.requests, strict=True))


@pytest.mark.parametrize(("kind", "doubted"), [("new", True), (None, True), ("response", False)])
def test_a_decision_that_stands_in_no_response_is_doubted(kind: str | None, doubted: bool) -> None:
    told = taken(GOOD | {"kind": kind, "decision": DECISION})
    assert len(told.requests) == 1
    assert ("decision-of-request" in {p.code for p in told.problems}) is doubted


def test_a_payers_decision_is_kept_with_its_actions_apart_and_printed_again() -> None:
    extracted = taken(GOOD | {"kind": "response", "decision": DECISION | {"event": {**DECISION["event"], "reasons": None}}})  # type: ignore[dict-item]
    decision = extracted.requests[0].decision
    assert decision is not None
    assert decision.event is not None
    assert (decision.event.code, decision.lines[0].action.code, decision.lines[0].action.reasons) == ("A1", "A3", ("0B",))
    printed = request_data(extracted.requests[0])
    assert printed["decision"] == DECISION
    assert again(extracted) == extracted.requests


@pytest.mark.parametrize("kind", ["response", "cancellation", "inquiry"])
def test_a_message_about_an_earlier_request_needs_no_service_of_its_own(kind: str) -> None:
    extracted = taken(GOOD | {"kind": kind, "services": []})
    assert [line.line for line in extracted.requests[0].services] == [1]
    assert ("warning", "no-service", "$.services") in said(extracted)
    assert again(extracted) == extracted.requests


def test_a_kind_that_is_no_text_needs_services_as_any_other() -> None:
    assert not taken(GOOD | {"kind": ["response"], "services": []}).requests


def test_a_line_of_an_update_says_what_becomes_of_it() -> None:
    extracted = taken(changed(lambda t: t["services"][0].update(change="cancelled")))
    assert extracted.requests[0].services[0].change is Change.CANCELLED
    assert again(extracted) == extracted.requests


def test_what_shows_the_receipt_is_kept_and_printed_again() -> None:
    extracted = taken(GOOD | {"received_evidence": {"kind": "fax_header", "where": "page 1"}})
    assert extracted.requests[0].received_evidence == ReceiptEvidence(Evidence.FAX_HEADER, "page 1")
    assert said(extracted) == []
    assert again(extracted) == extracted.requests


@pytest.mark.parametrize(
    ("evidence", "code", "where"),
    [
        ("fax header", "wrong-type", "$.received_evidence"),
        ({"kind": "a dream"}, "unknown-value", "$.received_evidence.kind"),
        ({"kind": "call_log", "page": 1}, "unknown-key", "$.received_evidence.page"),
        ({"kind": {"fax": 1}}, "wrong-type", "$.received_evidence.kind"),
    ],
)
def test_evidence_of_another_shape_is_said_at_its_place(evidence: Any, code: str, where: str) -> None:
    assert (code, where) in [(c, w) for _, c, w in said(taken(GOOD | {"received_evidence": evidence}))]


def test_a_place_without_its_kind_is_evidence_of_another_kind() -> None:
    extracted = taken(GOOD | {"received_evidence": {"where": "box 7"}})
    assert extracted.requests[0].received_evidence == ReceiptEvidence(Evidence.OTHER, "box 7")


@pytest.mark.parametrize(
    "decision",
    [
        "A1",
        ["A1"],
        {"event": "A1"},
        {"lines": [{"line": 1.5, "action": {}}]},
        {"event": {"code": "A1", "amount": 5}},
        {"message": "x" * 10_001},
    ],
)
def test_a_decision_of_another_shape_is_left_out_with_a_warning(decision: Any) -> None:
    extracted = taken(GOOD | {"decision": decision})
    assert extracted.requests[0].decision is None
    assert "decision-not-kept" in [code for _, code, _ in said(extracted)]


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"requests": rows}])
def test_a_bad_request_does_not_keep_the_good_ones_out(wrap: Callable[[list[Any]], Any]) -> None:
    rows = [GOOD, {"schema": "ur-desk-request/1", "member": {}}, "x", GOOD, {"resourceType": "Bundle"}, GOOD | {"schema": "other/1"}]
    extracted = taken(wrap(rows))
    at = "$" if isinstance(wrap(rows), list) else "$.requests"
    assert len(extracted.requests) == 2
    assert said(extracted) == [
        ("error", "no-service", f"{at}[1].services"),
        ("error", "wrong-schema", f"{at}[2]"),
        ("error", "wrong-schema", f"{at}[5].schema"),
        ("error", "no-request", f"{at}[4]"),
    ]
    assert all(p.where.startswith("one.json: ") for p in extracted.problems)


BAD = [
    ({}, "wrong-schema", "$.schema"),
    ([], "no-request", "$"),
    ({"requests": []}, "no-request", "$.requests"),
    ({"requests": "none"}, "wrong-schema", "$.requests"),
    ({"resourceType": "Patient", "schema": "ur-desk-request/1"}, "fhir-part", "$"),
    (GOOD | {"schema": None}, "wrong-schema", "$.schema"),
    (GOOD | {"schema": "ur-desk-request/2"}, "wrong-schema", "$.schema"),
    (GOOD | {"schema": "ur-desk-match/1"}, "wrong-schema", "$.schema"),
    (changed(lambda t: t.pop("member")), "wrong-schema", "$.member"),
    (GOOD | {"member": "Okafor"}, "wrong-schema", "$.member"),
    (GOOD | {"member": None}, "wrong-schema", "$.member"),
    (changed(lambda t: t.pop("services")), "no-service", "$.services"),
    (GOOD | {"services": []}, "no-service", "$.services"),
    (GOOD | {"services": None}, "no-service", "$.services"),
    (GOOD | {"services": [{}]}, "no-service", "$.services"),
    (GOOD | {"services": "76120"}, "wrong-type", "$.services"),
    (GOOD | {"services": ["76120"]}, "wrong-type", "$.services[0]"),
    (GOOD | {"services": [None]}, "wrong-type", "$.services[0]"),
    (GOOD | {"diagnoses": ["M54.5"]}, "wrong-type", "$.diagnoses[0]"),
    (GOOD | {"diagnoses": {"code": "M54.5"}}, "wrong-type", "$.diagnoses"),
    (GOOD | {"diagnoses": [{"code": ["M54.5"]}]}, "wrong-type", "$.diagnoses[0].code"),
    (GOOD | {"coverage": "PPO"}, "wrong-type", "$.coverage"),
    (GOOD | {"attachments": {}}, "wrong-type", "$.attachments"),
    (GOOD | {"member": {"subscriber": 7}}, "wrong-type", "$.member.subscriber"),
    (changed(lambda t: t["services"][0].update(description="x" * 5_000_000)), "too-long", "$.services[0].description"),
]


@pytest.mark.parametrize(("tree", "code", "where"), BAD)
def test_what_is_no_request_is_refused_at_its_place(tree: Any, code: str, where: str) -> None:
    extracted = taken(tree)
    assert extracted.requests == ()
    assert said(extracted) == [("error", code, where)]


ODD = [
    (changed(lambda t: t.pop("received_at")), "missing-receipt", "$.received_at"),
    (GOOD | {"received_at": None}, "missing-receipt", "$.received_at"),
    (GOOD | {"received_at": "2017-10-05T09:30:00"}, "missing-zone", "$.received_at"),
    (GOOD | {"received_at": "2017-10-05"}, "missing-time", "$.received_at"),
    (GOOD | {"received_at": "2017-10-05T25:30:00Z"}, "bad-time", "$.received_at"),
    (GOOD | {"received_at": "2017-10-10T09:30:00Z"}, "received-in-future", "$.received_at"),
    (GOOD | {"received_zone": "America/Chicago"}, "zone-mismatch", "$.received_at"),
    (GOOD | {"state": "ZZ"}, "unknown-state", "$.state"),
    (GOOD | {"urgency": "now"}, "unknown-value", "$.urgency"),
    (GOOD | {"favourite_colour": "green"}, "unknown-key", "$.favourite_colour"),
    (GOOD | {"first_day": "2017-10-12"}, "unknown-key", "$.first_day"),
    (GOOD | {"decision": {"action": "A1"}}, "decision-not-kept", "$.decision"),
    (GOOD | {"coverage": {"plan": "P", "first_day": "2017-01-01"}}, "unknown-key", "$.coverage.first_day"),
    (GOOD | {"requesting_provider": {"npi": "1234567890"}}, "bad-npi", "$.requesting_provider.npi"),
    (changed(lambda t: t["member"].update(member_id=12345)), "wrong-type", "$.member.member_id"),
    (changed(lambda t: t["member"].update(birth_date="1971-02-30")), "bad-date", "$.member.birth_date"),
    (changed(lambda t: t["member"].update(birth_date="2017-10-13", sex=None)), "birth-in-future", "$.member.birth_date"),
    (changed(lambda t: t["member"].update(family=None, given="")), "missing-member", "$.member.family"),
    (changed(lambda t: t["member"].update(member_id=None)), "missing-member", "$.member.member_id"),
    (changed(lambda t: t["member"].update(family="Oka\u202efor")), "hidden-characters", "$.member.family"),
    (changed(lambda t: t["member"].update(subscriber="Bo")), "wrong-type", "$.member.subscriber"),
    (changed(lambda t: t["member"].update(subscriber={"name": "Bo", "age": 5})), "unknown-key", "$.member.subscriber.age"),
    (changed(lambda t: t["diagnoses"][0].update(code="M99.999")), "unknown-diagnosis", "$.diagnoses[0].code"),
    (changed(lambda t: t["diagnoses"][0].update(code="724.2")), "icd9-code", "$.diagnoses[0].code"),
    (changed(lambda t: t["services"][0].update({"from": "2017-02-29"})), "bad-date", "$.services[0].from"),
    (changed(lambda t: t["services"][0].update({"to": "2017-10-11"})), "last-before-first", "$.services[0].to"),
    (changed(lambda t: t["services"][0].update(quantity=-1)), "bad-number", "$.services[0].quantity"),
    (changed(lambda t: t["services"][0].update(quantity=float("nan"))), "wrong-type", "$.services[0].quantity"),
    (changed(lambda t: t["services"][0].update(quantity=True)), "wrong-type", "$.services[0].quantity"),
    (changed(lambda t: t["services"][0].update(quantity="1")), "wrong-type", "$.services[0].quantity"),
    (changed(lambda t: t["services"][0].update(modifiers="26")), None, None),
    (changed(lambda t: t["services"][0].update(code=76120)), "wrong-type", "$.services[0].code"),
    (changed(lambda t: t["services"][0].update(code="7612")), "procedure-shape", "$.services[0].code"),
    (changed(lambda t: t["services"][0].update(code=None)), "missing-service", "$.services[0].code"),
    (changed(lambda t: t["services"][0].update(line=0)), "line-numbers", "$.services"),
    (GOOD | {"attachments": [{"media_type": "application/pdf"}]}, "wrong-type", "$.attachments[0]"),
    (GOOD | {"diagnoses": None}, "no-diagnosis", "$.diagnoses"),
]


@pytest.mark.parametrize(("tree", "code", "where"), ODD)
def test_what_is_doubtful_is_a_warning_at_its_place_and_the_request_is_taken(
    codeset: CodeSet, tree: Any, code: str | None, where: str | None
) -> None:
    extracted = taken(tree, codeset)
    assert len(extracted.requests) == 1
    assert said(extracted) == ([] if code is None else [("warning", code, where)])


def test_a_code_that_does_not_exist_is_kept_as_it_came(codeset: CodeSet) -> None:
    (request,) = taken(changed(lambda t: t["diagnoses"][0].update(code=" m99.999 ")), codeset).requests
    assert (request.diagnoses[0].code, request.diagnoses[0].raw) == ("M99.999", " m99.999 ")


def test_what_the_file_says_of_the_input_is_kept() -> None:
    (request,) = taken(changed(lambda t: t["diagnoses"][0].update(code="M54.5", raw="ABK:M545"))).requests
    assert request.diagnoses[0].raw == "ABK:M545"


BROKEN = [
    (b'{"schema": "ur-desk-request/1", "mem', "broken-json", "one.json: line 1, column 33"),
    (b'{"schema": "ur-desk-request/1",\n "member": {},}', "broken-json", "one.json: line 2, column 15"),
    (b"[1 2]", "broken-json", "one.json: line 1, column 4"),
    (b'{"a": "\xff\xfe"}', "bad-encoding", "one.json: byte 8, read as utf-8"),
    (b"[" * 200_000, "too-deep", "one.json"),
    (b'{"a":' * 200_000, "too-deep", "one.json"),
]


@pytest.mark.parametrize(("data", "code", "where"), BROKEN)
def test_broken_json_is_one_problem_with_its_place(data: bytes, code: str, where: str) -> None:
    extracted = taken(data)
    assert extracted.requests == ()
    assert [(p.code, p.where, p.severity) for p in extracted.problems] == [(code, where, Severity.ERROR)]


def doubled(inner: str) -> bytes:
    return json.dumps(GOOD).replace('"family": "Okafor"', inner).encode()


def test_a_key_that_stands_twice_with_two_values_refuses_the_request() -> None:
    extracted = taken(doubled('"family": "Okafor", "family": "Vogel"'))
    assert extracted.requests == ()
    assert said(extracted) == [("error", "duplicate-key", "$.member.family")]


def test_a_key_that_stands_twice_with_one_value_is_a_warning() -> None:
    extracted = taken(doubled('"family": "Okafor", "family": "Okafor"'))
    assert len(extracted.requests) == 1
    assert said(extracted) == [("warning", "duplicate-key", "$.member.family")]


def test_a_doubled_list_of_requests_is_refused_and_a_doubled_request_only_itself() -> None:
    good = json.dumps(GOOD)
    assert said(taken(f'{{"requests": [{good}], "requests": []}}'.encode()))[0] == ("error", "duplicate-key", "$.requests")
    extracted = taken(b"[" + good.encode() + b"," + doubled('"family": "A", "family": "B"') + b"]")
    assert len(extracted.requests) == 1
    assert said(extracted) == [("error", "duplicate-key", "$[1].member.family")]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1e400", "wrong-type"),
        ("1E+99999999999999999999", "wrong-type"),
        ("-Infinity", "wrong-type"),
        ("1" * 5000, "wrong-type"),
        ("1." + "1" * 5000, "wrong-type"),
        ("1e12", "bad-number"),
        ("0.00001", "bad-number"),
    ],
)
def test_numbers_that_count_nothing_are_left_out_with_a_warning(number: str, code: str) -> None:
    extracted = taken(json.dumps(GOOD).replace('"quantity": 1', f'"quantity": {number}').encode())
    assert said(extracted) == [("warning", code, "$.services[0].quantity")]
    assert extracted.requests[0].services[0].quantity is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_other_encodings_with_their_mark_are_read(encoding: str) -> None:
    (request,) = taken(json.dumps(GOOD | {"reference": "Zoë"}, ensure_ascii=False).encode(encoding)).requests
    assert request.reference == "Zoë"


def test_half_a_surrogate_pair_harms_nothing() -> None:
    extracted = taken(json.dumps(GOOD | {"reference": "a\ud800b", "\udfff": 1}).encode())
    (request,) = extracted.requests
    assert request.reference == "ab"
    for problem in extracted.problems:
        (problem.where + problem.message).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["member", "services", "diagnoses", "coverage", "claim", "received_at", "received_zone", "attachments", "urgency", "state", "source"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(KEYS, JSON, max_size=4),
    st.dictionaries(st.sampled_from(["code", "line", "from", "modifiers", "quantity", "raw"]), JSON),
)
def test_no_value_at_any_place_breaks_the_reading(changes: dict[str, Any], row: dict[str, Any]) -> None:
    for tree in (GOOD | changes, GOOD | {"services": [row], "diagnoses": [row]}):
        extracted = taken(tree)
        assert extracted.requests or any(p.severity is Severity.ERROR for p in extracted.problems)
        for request in extracted.requests:
            json.dumps(request_data(request), allow_nan=False, ensure_ascii=False).encode()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.builds(lambda cut: json.dumps(GOOD).encode()[:cut], st.integers(0, 400)))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    extracted = taken(data)
    assert extracted.requests or extracted.problems
