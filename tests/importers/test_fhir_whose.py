"""Whose a request is: nobody stands in for a patient or a coverage that is named and not there, and of several none is taken."""

from typing import Any

import pytest
from fhir_builders import (
    BASE,
    CPT,
    Json,
    asking,
    bundle,
    changed,
    claim,
    concept,
    coverage,
    one,
    organizations,
    patient,
    refer,
    said,
    taken,
)

from ur_desk.domain.request import Coverage, Member

CLAIM, COVERAGE = "$.entry[0].resource", "$.entry[3].resource"
PLAN = "http://plan.example/MIN"


def codes(tree: Json) -> list[str]:
    return [code for _, code, _ in said(taken(tree))]


def entries(*told: tuple[str, Json]) -> Json:
    return bundle() | {"entry": [{"fullUrl": url, "resource": resource} for url, resource in told]}


@pytest.mark.parametrize(
    "named",
    [
        refer("Patient/nobody"),
        refer("https://other.example/fhir/Patient/p1"),
        refer("urn:uuid:nobody"),
        refer("#p1"),
        {"identifier": {"system": PLAN, "value": "M-9"}},
        {"display": "Ines Lind"},
    ],
)
def test_the_only_patient_does_not_stand_in_for_one_who_is_named_and_not_there(named: Json) -> None:
    extracted = taken(asking(about=claim(patient=named)))
    (request,) = extracted.requests
    assert request.member == Member()
    assert {"missing-member", "coverage-of-another"} <= {code for _, code, _ in said(extracted)}


def test_a_relative_reference_never_means_a_patient_on_another_server() -> None:
    tree = entries((f"{BASE}/Claim/claim1", claim()), ("https://other.example/fhir/Patient/p1", patient()))
    assert one(tree).member == Member()
    assert ("warning", "missing-reference", f"{CLAIM}.patient") in said(taken(tree))


def test_the_only_coverage_does_not_stand_in_for_one_that_is_named_and_not_there() -> None:
    about = claim(insurance=[{"sequence": 1, "focal": True, "coverage": refer("Coverage/zzz")}])
    extracted = taken(asking(about=about))
    (request,) = extracted.requests
    assert request.coverage in (None, Coverage())
    assert ("warning", "missing-reference", f"{CLAIM}.insurance[0].coverage") in said(extracted)
    assert one(asking(about=claim(insurance=None))).coverage == Coverage(plan="Demo Health", group="GRP-9")


def test_orders_name_patient_and_coverage_in_the_same_way() -> None:
    order = {"resourceType": "ServiceRequest", "id": "s1", "code": concept(CPT, "76120")}
    wrong = order | {"subject": refer("Patient/nobody"), "insurance": [refer("Coverage/zzz")]}
    request = one(bundle(wrong, *organizations(), coverage(), patient()))
    assert (request.member, request.coverage) in ((Member(), None), (Member(), Coverage()))
    assert one(bundle(order, *organizations(), coverage(), patient())).member.member_id == "DEMO-77"
    other = wrong | {"id": "s2", "subject": refer("Patient/another")}
    assert len(taken(bundle(wrong, other)).requests) == 2


OTHER = patient(id="p2", identifier=[], name=[{"family": "Lind"}])


@pytest.mark.parametrize("whose", ["Patient/p2", "Patient/nobody", "https://other.example/fhir/Patient/p1"])
def test_the_coverage_of_another_person_gives_no_number_and_no_subscriber(whose: str) -> None:
    cover = coverage(
        beneficiary=refer(whose), identifier=[{"system": PLAN, "value": "THEIRS"}], relationship=None, subscriber={"display": "Lind"}
    )
    extracted = taken(bundle(claim(), *organizations(), cover, patient(identifier=[]), OTHER))
    (request,) = extracted.requests
    assert (request.member.family, request.member.member_id, request.member.subscriber) == ("Okafor", None, None)
    assert ("warning", "coverage-of-another", f"{COVERAGE}.beneficiary") in said(extracted)


@pytest.mark.parametrize(
    ("beneficiary", "more"),
    [
        (refer(f"{BASE}/Patient/p1"), []),
        ({"identifier": {"system": PLAN, "value": "M-1"}}, []),
        (refer("Patient/p3"), [patient(id="p3", identifier=[])]),
        (None, []),
        ({}, []),
    ],
)
def test_a_coverage_is_the_patients_in_every_way_of_naming(beneficiary: Json | None, more: list[Json]) -> None:
    who = patient(identifier=[{"system": PLAN, "value": "M-1"}])
    extracted = taken(bundle(claim(), *organizations(), coverage(beneficiary=beneficiary, subscriberId="M-1"), who, *more))
    assert extracted.requests[0].member.member_id == "M-1"
    assert said(extracted) == []


def test_a_coverage_that_names_the_patient_as_the_claim_does_gives_its_number_without_a_patient_in_the_file() -> None:
    assert one(bundle(claim(), *organizations(), coverage())).member == Member(member_id="DEMO-77")


SECOND = patient(identifier=[{"system": PLAN, "value": "M-2"}], name=[{"family": "Second"}])
SHARED = [{"system": PLAN, "value": "M-1"}]
BY_NUMBER = {"identifier": SHARED[0]}
INSIDE = [patient(), SECOND]
AMBIGUOUS: list[tuple[str, Json]] = [
    ("two servers", entries(("urn:uuid:1", claim()), ("https://a.example/Patient/p1", patient()), ("https://b.example/Patient/p1", SECOND))),
    ("one address", entries((f"{BASE}/Claim/c", claim()), (f"{BASE}/Patient/p1", patient()), (f"{BASE}/Patient/p1", SECOND))),
    ("one without address", entries((f"{BASE}/Claim/c", claim()), (f"{BASE}/Patient/p1", patient()), ("", SECOND))),
    ("no address", entries(("", claim()), ("", patient()), ("", SECOND))),
    ("one identifier", bundle(claim(patient=BY_NUMBER), patient(identifier=SHARED), patient(id="p2", identifier=SHARED, name=[{"family": "B"}]))),
    ("contained", bundle(claim(patient=refer("#p1"), contained=INSIDE))),
]  # fmt: skip


@pytest.mark.parametrize("tree", [tree for _, tree in AMBIGUOUS], ids=[name for name, _ in AMBIGUOUS])
def test_of_several_patients_who_may_be_meant_none_is_taken_and_the_request_is_refused(tree: Json) -> None:
    extracted = taken(tree)
    assert extracted.requests == ()
    assert [each for each in said(extracted) if each[0] == "error"] == [("error", "several-patients", f"{CLAIM}.patient")]


def test_a_request_whose_patient_is_not_known_keeps_its_neighbour_in() -> None:
    good = claim(id="n2", patient=refer("Patient/p3"), insurance=None)
    extracted = taken(bundle(claim(), good, *organizations(), patient(), SECOND, patient(id="p3", name=[{"family": "Third"}])))
    assert [r.member.family for r in extracted.requests] == ["Third"]


def test_of_several_other_resources_that_may_be_meant_none_is_taken_and_that_is_said() -> None:
    clinic = organizations()[0] | {"name": "Another Clinic"}
    extracted = taken(asking(clinic))
    (request,) = extracted.requests
    assert request.requesting_provider is None
    assert ("warning", "several-resources", f"{CLAIM}.provider") in said(extracted)


@pytest.mark.parametrize(("whose", "kept"), [("Patient/p1", True), ("Patient/p2", False), ("Patient/nobody", False), (None, True)])
def test_the_documents_of_another_patient_do_not_come_into_the_notes(whose: str | None, kept: bool) -> None:
    seen = {"resourceType": "Observation", "id": "o", "code": {"text": "Pain"}, "valueString": "Since May."}
    seen |= {"subject": refer(whose)} if whose else {}
    assert (one(asking(seen, OTHER)).clinical_notes == "Pain: Since May.") is kept


@pytest.mark.parametrize("named", [None, refer("Patient/nobody")])
def test_a_claim_that_does_not_lead_to_a_patient_gets_no_document_of_anybody(named: Any) -> None:
    seen = {"resourceType": "Observation", "id": "o", "code": {"text": "Pain"}, "valueString": "Since May.", "subject": refer("Patient/p1")}
    tree = changed(asking(seen, OTHER), lambda told: told["entry"][0]["resource"].update(patient=named))
    assert one(tree).clinical_notes is None
