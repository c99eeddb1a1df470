"""How resources are found by what a reference says, where bundles may stand in a file, and what is said of one that is built wrongly."""

import json
from typing import Any

import pytest
from fhir_builders import (
    BASE,
    NPI,
    PAS,
    Json,
    answered,
    answering,
    asking,
    bundle,
    changed,
    claim,
    coverage,
    item,
    one,
    organizations,
    patient,
    refer,
    response,
    said,
    taken,
)

from ur_desk.domain.request import Kind, Member

CLAIM = "$.entry[0].resource"


def readdressed(tree: Json, url: str, reference: str) -> Json:
    """The bundle, its patient's entry under another address and the claim naming it in another way."""

    def change(told: Json) -> None:
        told["entry"][4]["fullUrl"] = url
        told["entry"][0]["resource"]["patient"] = {"reference": reference}

    return changed(tree, change)


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        (f"{BASE}/Patient/p1", "Patient/p1"),
        (f"{BASE}/Patient/p1", f"{BASE}/Patient/p1"),
        (f"{BASE}/Patient/p1", f"{BASE}/Patient/p1/_history/3"),
        ("urn:uuid:75832284-6c15-488c-8237-0290624d5b94", "urn:uuid:75832284-6c15-488c-8237-0290624d5b94"),
        ("urn:uuid:75832284-6c15-488c-8237-0290624d5b94", "Patient/p1"),
        ("p1", "Patient/p1"),
        ("", f"{BASE}/Patient/p1"),
        ("", "urn:uuid:p1"),
        ("urn:uuid:other", "urn:uuid:p1"),
    ],
)
def test_a_patient_is_found_in_every_way_of_naming(url: str, reference: str) -> None:
    tree = asking(patient(id="p2", name=[{"family": "Lind"}]))
    extracted = taken(readdressed(tree, url, reference))
    assert said(extracted) == []
    assert extracted.requests[0].member.family == "Okafor"


@pytest.mark.parametrize("reference", ["Patient/nobody", "https://other.example/fhir/Patient/p1", "urn:uuid:nobody", "#nobody", "Patient/"])
def test_a_reference_to_what_is_not_there_is_a_problem_at_its_place(reference: str) -> None:
    tree = readdressed(asking(patient(id="p2")), f"{BASE}/Patient/p1", reference)
    extracted = taken(tree)
    assert ("warning", "missing-reference", f"{CLAIM}.patient") in said(extracted)
    assert extracted.requests[0].member.family is None
    assert not any(reference in p.message for p in extracted.problems)


def test_the_only_patient_of_the_file_is_meant_where_the_claim_names_nobody() -> None:
    extracted = taken(asking(about=claim(patient=None)))
    assert said(extracted) == []
    assert (extracted.requests[0].member.family, extracted.requests[0].member.member_id) == ("Okafor", "DEMO-77")


def test_a_relative_reference_is_meant_on_the_server_of_its_own_entry() -> None:
    one_server = [
        {"fullUrl": f"https://a.example/{r['resourceType']}/{r['id']}", "resource": r} for r in (claim(), *organizations(), coverage())
    ]
    patients = [
        {"fullUrl": f"https://{name}.example/Patient/p1", "resource": patient(name=[{"family": name}])} for name in ("b", "a")
    ]  # fmt: skip
    assert one(bundle() | {"entry": [*one_server, *patients]}).member.family == "a"


def test_a_contained_resource_is_found_and_leads_on_to_others_in_the_same_resource() -> None:
    inside = [patient(id="in"), coverage(id="cov", beneficiary=refer("#in"), payor=[{"display": "Inner Health"}])]
    about = claim(contained=inside, patient=refer("#in"), insurance=[{"sequence": 1, "focal": True, "coverage": refer("#cov")}])
    extracted = taken(bundle(about, *organizations()))
    assert said(extracted) == []
    (request,) = extracted.requests
    assert request.member.family == "Okafor"
    assert request.coverage is not None
    assert request.coverage.plan == "Inner Health"


def test_a_reference_by_identifier_finds_the_resource_that_has_it() -> None:
    by_number = {"type": "Patient", "identifier": {"system": "http://plan.example/MIN", "value": "DEMO-77"}}
    who = patient(identifier=[{"system": "http://plan.example/MIN", "value": "DEMO-77"}])
    tree = bundle(claim(patient=by_number), *organizations(), coverage(), patient(id="p2", identifier=[]), who)
    assert one(tree).member.family == "Okafor"


@pytest.mark.parametrize("reference", ["Organization/clinic", "Claim/claim1", "#"])
def test_a_reference_to_another_kind_of_resource_is_a_problem(reference: str) -> None:
    extracted = taken(asking(about=claim(patient=refer(reference))))
    assert said(extracted)[0] == ("warning", "wrong-reference", f"{CLAIM}.patient")
    assert extracted.requests[0].member == Member()


def test_resources_that_name_themselves_end_nowhere() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "r",
        "practitioner": refer("PractitionerRole/r"),
        "organization": refer("PractitionerRole/r"),
    }
    cover = coverage(payor=[refer("Coverage/c1")], subscriber=refer("Coverage/c1"), relationship=None)
    extracted = taken(bundle(claim(provider=refer("PractitionerRole/r")), role, cover, patient()))
    assert len(extracted.requests) == 1
    assert {code for _, code, _ in said(extracted)} == {"wrong-reference"}


@pytest.mark.parametrize("names", [("b", "a"), ("a", "b"), ("b", "c", "a")])
def test_claims_that_name_one_another_as_the_earlier_one_are_each_read(names: tuple[str, ...]) -> None:
    """The n-th claim names the n-th of `names`, in a circle or itself."""
    claims = [claim(id=i, related=[{"claim": refer(f"Claim/{name}")}]) for i, name in zip("abc", names, strict=False)]
    extracted = taken(bundle(*claims, *organizations(), coverage(), patient()))
    assert len(extracted.requests) == len(claims)
    assert ("warning", "reference-cycle", CLAIM) in said(extracted)


def test_a_chain_of_updates_gives_the_last_one_alone() -> None:
    claims = [claim(id=f"n{n}", related=[{"claim": refer(f"Claim/n{n - 1}")}] if n else []) for n in range(50)]
    extracted = taken(bundle(*reversed(claims), *organizations(), coverage(), patient()))
    assert [r.decision for r in extracted.requests] == [None]
    assert "Names an earlier request: n48" in (extracted.requests[0].clinical_notes or "")


@pytest.mark.parametrize("address", [f"{BASE}/Patient/p1", ""])
def test_entries_of_one_address_that_are_the_same_are_said_once_and_stand_for_one(address: str) -> None:
    tree = asking(patient(), patient())
    for number in (4, 5, 6):
        tree["entry"][number]["fullUrl"] = address
    extracted = taken(tree)
    assert said(extracted) == [("warning", "duplicate-entry", "$.entry[5].resource")]
    assert "2 such entries" in extracted.problems[0].message
    assert extracted.requests[0].member.family == "Okafor"


@pytest.mark.parametrize("kind", ["searchset", "batch", "transaction", "document", "", None, 7])
def test_another_type_of_bundle_is_a_problem_and_the_request_stands(kind: Any) -> None:
    extracted = taken(asking() | {"type": kind})
    assert len(extracted.requests) == 1
    assert "bundle-type" in [code for _, code, _ in said(extracted)]
    assert {where for _, _, where in said(extracted)} == {"$.type"}


def test_a_claim_that_is_not_the_first_entry_is_a_problem_and_the_request_stands() -> None:
    tree = changed(asking(), lambda told: told["entry"].reverse())
    extracted = taken(tree)
    assert said(extracted) == [("warning", "first-entry", CLAIM)]
    assert len(extracted.requests) == 1


@pytest.mark.parametrize(
    ("tree", "where"),
    [
        (asking() | {"meta": {"profile": [f"{PAS}/profile-pas-response-bundle"]}}, "$.meta"),
        (asking() | {"meta": {"profile": [f"{PAS}/profile-claim|2.1.0"]}}, "$.meta"),
        (answering(response(answered(1, "A1"))) | {"meta": {"profile": [f"{PAS}/profile-pas-request-bundle"]}}, "$.meta"),
        (asking(about=claim(meta={"profile": [f"{PAS}/profile-claimresponse"]})), f"{CLAIM}.meta"),
        (asking(about=claim(meta={"profile": [f"{PAS}/profile-claim-inquiry"]})), f"{CLAIM}.meta"),
    ],
)
def test_a_profile_that_does_not_fit_is_a_problem_and_the_message_stands(tree: Json, where: str) -> None:
    extracted = taken(tree)
    assert len(extracted.requests) == 1
    assert ("warning", "wrong-profile", where) in said(extracted)


@pytest.mark.parametrize("profile", [None, [], ["http://example.org/my-own"], [f"{PAS}/profile-pas-request-bundle|2.2.1"]])
def test_a_bundle_without_the_guides_profile_or_with_a_version_of_it_is_no_problem(profile: list[str] | None) -> None:
    assert said(taken(asking() | {"meta": {"profile": profile}})) == []


def test_entries_without_a_resource_and_resources_without_a_kind_are_said() -> None:
    tree = asking({"id": "nameless"})
    tree["entry"] += [{"response": {"status": "200"}}, {"resource": None}, 7]
    extracted = taken(tree)
    assert said(extracted) == [
        ("warning", "wrong-type", "$.entry[8]"),
        ("warning", "entry-without-resource", "$.entry[6]"),
        ("warning", "no-resource-type", "$.entry[5].resource"),
    ]
    assert len(extracted.requests) == 1


@pytest.mark.parametrize("entry", [[], None, {}, 7, "x", [7], [{}], [[]]])
def test_a_bundle_without_entries_says_so(entry: Any) -> None:
    extracted = taken(bundle() | {"entry": entry})
    assert extracted.requests == ()
    assert ("error", "no-request", "$") in said(extracted)


def test_several_claims_of_one_bundle_are_several_requests() -> None:
    claims = [claim(id=f"n{n}", identifier=[{"value": f"T-{n}"}]) for n in range(3)]
    extracted = taken(bundle(*claims, *organizations(), coverage(), patient()))
    assert [r.reference for r in extracted.requests] == ["T-0", "T-1", "T-2"]
    assert {r.member.family for r in extracted.requests} == {"Okafor"}
    assert said(extracted) == []


WHOLE = asking()
WRAPPED: list[tuple[Any, list[str]]] = [
    ([WHOLE, WHOLE], ["$[0].timestamp", "$[1].timestamp"]),
    ({"requests": [WHOLE]}, ["$.requests[0].timestamp"]),
    ({"request": WHOLE}, ["$.request.timestamp"]),
    ({"bundles": [WHOLE, WHOLE], "sent": "today"}, ["$.bundles[0].timestamp", "$.bundles[1].timestamp"]),
    ({"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": WHOLE}]}, ["$.parameter[0].resource.timestamp"]),
    ({"resourceType": "Parameters", "parameter": [{"part": [{"resource": WHOLE}]}]}, ["$.parameter[0].part[0].resource.timestamp"]),
    (bundle(WHOLE), ["$.entry[0].resource.timestamp"]),
]


@pytest.mark.parametrize(("tree", "stamps"), WRAPPED)
def test_a_bundle_is_found_wherever_senders_put_it(tree: Any, stamps: list[str]) -> None:
    extracted = taken(tree)
    assert [p.where for p in extracted.problems if p.code == "missing-receipt"] == [f"one.json: {stamp}" for stamp in stamps]
    assert len(extracted.requests) == len(stamps)


def test_a_bundle_a_line_is_read_and_a_broken_line_keeps_no_other_out() -> None:
    lines = [json.dumps(WHOLE), '{"resourceType": "Bundle", "entry": [', "", json.dumps(WHOLE)]
    extracted = taken("\r\n".join([lines[0], *lines[3:], *lines[1:3]]).encode())
    assert [r.reference for r in extracted.requests] == ["TRACE-1", "TRACE-1"]
    assert [where for severity, _, where in said(extracted) if severity == "error"] == ["line 3, column 39"]
    assert [p.where for p in extracted.problems if p.code == "missing-receipt"] == [
        "one.json: line 1: $.timestamp",
        "one.json: line 2: $.timestamp",
    ]


def test_resources_a_line_stand_together() -> None:
    resources = [claim(), claim(id="n2", identifier=[{"value": "T-2"}]), *organizations(), coverage(), patient()]
    extracted = taken("\n".join(json.dumps(each) for each in resources).encode())
    assert [(r.reference, r.member.family) for r in extracted.requests] == [("TRACE-1", "Okafor"), ("T-2", "Okafor")]
    assert said(extracted) == []


def test_requests_of_our_own_and_bundles_may_share_a_file() -> None:
    own = {"schema": "ur-desk-request/1", "member": {"family": "Lind"}, "services": [{"code": "76120"}]}
    extracted = taken([WHOLE, own, {"schema": "ur-desk-request/1"}])
    assert sorted(r.member.family or "" for r in extracted.requests) == ["Lind", "Okafor"]
    assert [code for severity, code, _ in said(extracted) if severity == "error"] == ["wrong-schema", "no-service"]


@pytest.mark.parametrize(("second", "requests", "severity"), [("p1", 1, "warning"), ("p2", 0, "error")])
def test_a_key_that_stands_twice_is_said_and_refuses_the_bundle_where_the_values_differ(second: str, requests: int, severity: str) -> None:
    text = json.dumps(WHOLE).replace('"id": "p1"', f'"id": "p1", "id": "{second}"', 1)
    extracted = taken(text.encode())
    assert len(extracted.requests) == requests
    assert (severity, "duplicate-key", "$.entry[4].resource.id") in said(extracted)


@pytest.mark.parametrize("count", [999, 1000])
def test_a_claim_has_as_many_lines_as_a_claim_may_have(count: int) -> None:
    extracted = taken(asking(about=claim(*(item(n) for n in range(1, count + 1)))))
    assert len(extracted.requests) == (count < 1000)
    assert ("error", "too-many-services", f"{CLAIM}.item") in said(extracted) or count < 1000


def test_a_claim_alone_is_read_as_far_as_it_goes() -> None:
    extracted = taken(claim())
    assert [(r.kind, r.reference, r.services[0].code) for r in extracted.requests] == [(Kind.NEW, "TRACE-1", "76120")]
    assert ("warning", "missing-reference", "$.patient") in said(extracted)


def test_the_identifier_of_a_provider_need_not_stand_in_the_file() -> None:
    assert said(taken(asking(about=claim(provider={"identifier": {"system": NPI, "value": "1679576722"}})))) == []
