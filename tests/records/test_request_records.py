"""Requests as `ur-desk-request/1` and back: the contract's schema, nothing lost, damage refused."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ur_desk.domain.codes import System
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.intake.typed import DiagnosisDraft, Draft, MemberDraft, ServiceDraft
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import (
    Attachment,
    Change,
    Channel,
    Claim,
    Coverage,
    Diagnosis,
    Evidence,
    Kind,
    LineOfBusiness,
    Member,
    Network,
    Provider,
    ReceiptEvidence,
    Representative,
    Request,
    ServiceLine,
    Sex,
    Source,
    Timing,
    Urgency,
)
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import draft_bytes, draft_from, problem_data, request_data, request_from

ONE = Request(
    services=(ServiceLine(1, "76120", first_day=date(2017, 10, 12), last_day=date(2017, 10, 13), quantity=Decimal("1.5")),),
    member=Member("Okafor", "Lena", "DEMO-1", date(1971, 2, 14), Sex.F, subscriber="Ada Okafor"),
    received_at=datetime(2017, 10, 5, 13, 30, tzinfo=UTC),
    received_zone="America/New_York",
)

# the types that the contract fixes, written down here a second time
TEXT, DAY, FLAG = {"type": ["string", "null"]}, {"type": ["string", "null"], "format": "date"}, {"type": ["boolean", "null"]}
PROVIDER = {
    "type": ["object", "null"],
    "properties": dict.fromkeys(("name", "npi", "phone", "fax", "contact", "credential", "taxonomy", "address"), TEXT)
    | {"network": {"enum": ["in", "out", None]}},
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "required": ["schema", "member", "services"],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": "ur-desk-request/1"},
        "received_at": {"type": ["string", "null"], "format": "date-time"},
        "received_zone": TEXT,
        "traces": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "received_evidence": {
            "type": "object",
            "properties": {"kind": {"enum": [*Evidence]}, "where": TEXT},
            "additionalProperties": False,
        },
        "channel": {"enum": [*[c.value for c in Channel], None]},
        "kind": {"enum": [*[k.value for k in Kind], None]},
        "urgency": {"enum": ["standard", "expedited", None]},
        "timing": {"enum": ["preservice", "concurrent", "postservice", None]},
        "line_of_business": {"enum": [*[b.value for b in LineOfBusiness], None]},
        **dict.fromkeys(("reference", "urgency_said_by", "state", "clinical_notes"), TEXT),
        "coverage": {
            "type": ["object", "null"],
            "properties": dict.fromkeys(("plan", "group", "funding", "other_coverage", "home_plan"), TEXT)
            | {"erisa": FLAG, "grandfathered": FLAG, "from": DAY, "to": DAY},
            "additionalProperties": False,
        },
        "claim": {
            "type": ["object", "null"],
            "properties": {"number": TEXT, "billed": {"type": ["number", "null"]}},
            "additionalProperties": False,
        },
        "member": {
            "type": "object",
            "properties": dict.fromkeys(
                ("family", "given", "member_id", "address", "phone", "language", "format", "confidential_address"), TEXT
            )
            | {
                "birth_date": DAY,
                "sex": {"enum": ["F", "M", "X", "U", None]},
                "representative": {"type": ["object", "null"]},
                "subscriber": {"type": ["object", "null"]},
            },
            "additionalProperties": False,
        },
        "requesting_provider": PROVIDER,
        "servicing_provider": PROVIDER,
        "diagnoses": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code"],
                "additionalProperties": False,
                "properties": {
                    "code": {"type": "string"},
                    "system": {"enum": ["ICD-10-CM", "ICD-9-CM", "SNOMED-CT", "other"]},
                    "raw": {"type": "string"},
                    "primary": {"type": "boolean"},
                },
            },
        },
        "services": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(("code", "code_to", "raw", "unit", "description", "place_of_service"), TEXT)
                | {
                    "line": {"type": "integer", "minimum": 1},
                    "system": {"enum": ["CPT", "HCPCS", "ICD-10-PCS", "NDC", "revenue", "X12-service-type", "other", None]},
                    "modifiers": {"type": "array", "items": {"type": "string"}},
                    "quantity": {"type": ["number", "null"]},
                    "from": DAY,
                    "to": DAY,
                    "change": {"enum": ["added", "changed", "cancelled"]},
                },
            },
        },
        "attachments": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("name", "media_type", "sha256")},
                "additionalProperties": False,
            },
        },
        "decision": {"type": ["object", "null"]},
        "source": {
            "type": ["object", "null"],
            "properties": {name: {"type": "string"} for name in ("file", "format", "sha256")},
            "additionalProperties": False,
        },
    },
}
CHECK = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NUMBERS = st.decimals(Decimal("0.0001"), Decimal(999999999), places=4)
PROVIDERS = st.builds(Provider, *[maybe(TEXTS)] * 6, network=maybe(st.sampled_from(Network)), taxonomy=maybe(TEXTS), address=maybe(TEXTS))
SPANS = st.tuples(maybe(st.dates()), maybe(st.dates())).map(lambda days: tuple(sorted(days)) if all(days) else days)
LINES = st.builds(
    lambda span, *told, place, change: ServiceLine(*told, *span, place, change),
    SPANS,
    st.integers(1, 999),
    maybe(TEXTS),
    maybe(TEXTS),
    maybe(st.sampled_from([System.CPT, System.HCPCS, System.NDC, System.REVENUE, System.OTHER])),
    maybe(TEXTS),
    st.lists(TEXTS, max_size=2).map(tuple),
    maybe(NUMBERS),
    maybe(TEXTS),
    maybe(TEXTS),
    place=maybe(TEXTS),
    change=maybe(st.sampled_from(Change)),
)
ACTIONS = st.builds(Action, maybe(TEXTS), maybe(TEXTS), st.lists(TEXTS, max_size=2).map(tuple), maybe(TEXTS))
DECISIONS = st.builds(
    Decision,
    st.lists(TEXTS, max_size=2).map(tuple),
    maybe(ACTIONS),
    st.lists(st.builds(LineAction, st.integers(1, 999), ACTIONS), max_size=2).map(tuple),
    st.lists(st.builds(Rejection, *[maybe(TEXTS)] * 3), max_size=2).map(tuple),
    maybe(TEXTS),
    maybe(TEXTS),
)
ZONES = st.sampled_from([None, "UTC", "-05:00", "America/New_York", "America/Indiana/Indianapolis", "Pacific/Honolulu"])
REQUESTS = st.builds(
    lambda zone, **told: Request(received_zone=zone, **told),
    zone=ZONES,
    services=st.lists(LINES, min_size=1, max_size=3, unique_by=lambda line: line.line).map(tuple),
    member=st.builds(
        Member,
        *[maybe(TEXTS)] * 3,
        maybe(st.dates()),
        maybe(st.sampled_from(Sex)),
        *[maybe(TEXTS)] * 4,
        maybe(st.builds(Representative, TEXTS, maybe(TEXTS), maybe(TEXTS), st.booleans())),
        maybe(TEXTS),
        maybe(TEXTS),
    ),
    diagnoses=st.lists(
        st.builds(Diagnosis, TEXTS, st.sampled_from([System.ICD10CM, System.ICD9CM, System.SNOMED, System.OTHER]), TEXTS, st.booleans()),
        max_size=2,
    ).map(tuple),
    reference=maybe(TEXTS),
    received_at=maybe(st.datetimes(datetime.fromisoformat("1975-01-01"), datetime.fromisoformat("2090-01-01"), timezones=st.just(UTC))),
    received_evidence=maybe(st.builds(ReceiptEvidence, st.sampled_from(Evidence), maybe(TEXTS))),
    channel=maybe(st.sampled_from(Channel)),
    kind=maybe(st.sampled_from(Kind)),
    urgency=maybe(st.sampled_from(Urgency)),
    urgency_said_by=maybe(TEXTS),
    timing=maybe(st.sampled_from(Timing)),
    line_of_business=maybe(st.sampled_from(LineOfBusiness)),
    coverage=maybe(
        st.builds(
            Coverage,
            *[maybe(TEXTS)] * 3,
            maybe(st.booleans()),
            maybe(st.booleans()),
            maybe(st.dates()),
            maybe(st.dates()),
            maybe(TEXTS),
            maybe(TEXTS),
        )
    ),
    claim=maybe(st.builds(Claim, maybe(TEXTS), maybe(NUMBERS))),
    state=maybe(TEXTS),
    requesting_provider=maybe(PROVIDERS),
    servicing_provider=maybe(PROVIDERS),
    clinical_notes=maybe(TEXTS),
    attachments=st.lists(st.builds(Attachment, TEXTS, maybe(TEXTS), maybe(TEXTS)), max_size=2).map(tuple),
    source=maybe(st.builds(Source, *[maybe(TEXTS)] * 3)),
    decision=maybe(DECISIONS),
    traces=st.lists(st.from_regex(r"[A-Z0-9-]{1,9}", fullmatch=True), max_size=2, unique=True).map(tuple),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REQUESTS)
def test_a_request_comes_back_from_its_bytes_as_it_was_and_is_what_the_contract_says(request: Request) -> None:
    data = request_data(request)
    CHECK.validate(data)
    assert request_from(json.loads(canonical_bytes(data))) == request


def test_every_field_of_a_request_is_told() -> None:
    told = {f.name for f in fields(Request)}
    full = replace(ONE, decision=Decision(), received_evidence=ReceiptEvidence(Evidence.FAX_HEADER), traces=("T-1",))
    assert set(request_data(full)) == told | {"schema"}
    assert set(request_data(ONE)) == told - {"decision", "received_evidence", "traces"} | {"schema"}


def test_days_numbers_and_the_subscriber_are_told_as_the_contract_has_them() -> None:
    data = request_data(ONE)
    line = data["services"][0]
    assert (line["from"], line["to"], line["quantity"], line["line"]) == ("2017-10-12", "2017-10-13", 1.5, 1)
    assert data["member"]["subscriber"] == {"name": "Ada Okafor"}
    whole = request_data(replace(ONE, services=(replace(ONE.services[0], quantity=Decimal("2.000")),)))["services"][0]["quantity"]
    assert (whole, type(whole)) == (2, int)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", "2017-10-05T09:30:00-04:00"),
        ("-05:00", "2017-10-05T08:30:00-05:00"),
        ("UTC", "2017-10-05T13:30:00+00:00"),
        (None, "2017-10-05T13:30:00+00:00"),
    ],
)
def test_receipt_is_told_on_the_clocks_of_its_zone(zone: str | None, told: str) -> None:
    assert request_data(replace(ONE, received_zone=zone))["received_at"] == told


def test_an_instant_is_the_same_in_whatever_zone_it_was_made() -> None:
    elsewhere = replace(ONE, received_at=datetime(2017, 10, 5, 15, 30, tzinfo=timezone(timedelta(hours=2))))
    assert request_data(elsewhere) == request_data(ONE)


def test_without_the_name_of_a_zone_the_offset_stands() -> None:
    data = request_data(ONE)
    del data["received_zone"]
    assert request_from(data).received_zone == "-04:00"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"services": None}, id="no services"),
        pytest.param({"services": []}, id="an empty list of services"),
        pytest.param({"services": [{"line": 1}]}, id="a line without its fields"),
        pytest.param({"member": {"birth_date": "yesterday", "subscriber": None}}, id="no day"),
        pytest.param({"received_at": "yesterday"}, id="no instant"),
        pytest.param({"urgency": "soon"}, id="no urgency"),
        pytest.param({"member": None}, id="no member"),
        pytest.param({"coverage": "none"}, id="text for coverage"),
    ],
)
def test_a_damaged_saved_request_is_refused_in_plain_words(damage: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="damaged"):
        request_from(request_data(ONE) | damage)


def test_a_request_of_a_newer_kind_is_refused_in_plain_words() -> None:
    with pytest.raises(UserError, match="newer version"):
        request_from(request_data(ONE) | {"schema": "ur-desk-request/2"})


def test_a_problem_is_told_as_the_contract_has_it() -> None:
    problem = Problem(Severity.WARNING, "bad-npi", "a.json: $.requesting_provider.npi", "One digit may be mistyped.")
    assert problem_data(problem) == {
        "severity": "warning",
        "code": "bad-npi",
        "where": "a.json: $.requesting_provider.npi",
        "message": "One digit may be mistyped.",
    }


@settings(deadline=None)
@given(
    st.builds(
        Draft,
        member=st.builds(MemberDraft, TEXTS, TEXTS),
        services=st.lists(st.builds(ServiceDraft, TEXTS, TEXTS), max_size=2).map(tuple),
        diagnoses=st.lists(st.builds(DiagnosisDraft, TEXTS), max_size=2).map(tuple),
        clinical_notes=TEXTS,
        attachments=st.just((Attachment("a.pdf"),)),
    )
)
def test_a_kept_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert draft_from(draft_bytes(draft)) == draft


@pytest.mark.parametrize("data", [b"", b"[]", b'{"services": 3}', b"\xff", b'{"member": {"family": 7}}'])
def test_a_damaged_draft_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(UserError, match="draft is damaged"):
        draft_from(data)
