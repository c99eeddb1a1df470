"""What FHIR is that asks for no authorization, in a specialist's words."""

import pytest
from fhir_builders import CPT, ICD10, Json, bundle, concept, coverage, item, one, organizations, patient, refer, said, taken

from ur_desk.domain.request import Kind, Urgency

ALONE = [
    ("Patient", "fhir-part"),
    ("Coverage", "fhir-part"),
    ("PractitionerRole", "fhir-part"),
    ("ServiceRequest", "fhir-order"),
    ("MedicationRequest", "fhir-order"),
    ("Encounter", "fhir-record"),
    ("Observation", "fhir-record"),
    ("QuestionnaireResponse", "fhir-record"),
    ("Questionnaire", "fhir-definition"),
    ("ValueSet", "fhir-definition"),
    ("StructureDefinition", "fhir-definition"),
    ("Subscription", "fhir-subscription"),
    ("CommunicationRequest", "fhir-information-asked"),
    ("Task", "fhir-information-asked"),
    ("Communication", "fhir-message"),
    ("ExplanationOfBenefit", "fhir-settled-claim"),
    ("CoverageEligibilityRequest", "fhir-eligibility"),
    ("Parameters", "fhir-parameters"),
    ("Lighthouse", "fhir-unknown"),
    ("", "fhir-unknown"),
    (7, "fhir-unknown"),
    (None, "fhir-unknown"),
    ({}, "fhir-unknown"),
]


@pytest.mark.parametrize(("kind", "code"), ALONE)
def test_a_resource_alone_is_told_for_what_it_is(kind: object, code: str) -> None:
    extracted = taken({"resourceType": kind, "id": "x"})
    assert extracted.requests == ()
    assert said(extracted) == [("error", code, "$")]


def test_many_of_a_kind_are_one_problem_that_counts_them() -> None:
    extracted = taken([{"resourceType": "Patient", "id": str(n)} for n in range(12_000)])
    assert said(extracted) == [("error", "fhir-part", "$[0]")]
    assert "12,000" in extracted.problems[0].message


def test_a_call_of_cds_hooks_asks_something_else() -> None:
    hook = {"hook": "order-sign", "hookInstance": "1", "context": {"draftOrders": bundle()}, "prefetch": {"patient": patient()}}
    assert said(taken(hook)) == [("error", "cds-hooks", "$")]


def test_a_bundle_without_claim_answer_or_order_asks_for_nothing() -> None:
    assert said(taken(bundle(patient(), coverage(), *organizations()))) == [("error", "no-request", "$")]


def orders() -> list[Json]:
    return [
        {
            "resourceType": "ServiceRequest",
            "id": "s1",
            "identifier": [{"value": "ORDER-1"}],
            "subject": refer("Patient/p1"),
            "requester": refer("Organization/clinic"),
            "insurance": [refer("Coverage/c1")],
            "code": concept(CPT, "76120"),
            "reasonReference": [refer("Condition/d1")],
            "priority": "urgent",
        },
        {"resourceType": "ServiceRequest", "id": "s2", "subject": refer("Patient/p1"), "code": concept(CPT, "97110"), "reasonReference": [refer("Condition/d1")]},
    ]  # fmt: skip


def test_a_bundle_of_orders_still_says_what_is_asked() -> None:
    condition = {
        "resourceType": "Condition",
        "id": "d1",
        "code": concept(ICD10, "M54.50"),
        "note": [{"text": "Since May."}],
        "subject": refer("Patient/p1"),
    }
    extracted = taken(bundle(*orders(), condition, *organizations(), coverage(), patient()))
    (request,) = extracted.requests
    assert said(extracted) == [("warning", "no-claim", "$.entry[0].resource")]
    assert (request.kind, request.reference, request.urgency) == (Kind.NEW, "ORDER-1", Urgency.EXPEDITED)
    assert [(s.line, s.code) for s in request.services] == [(1, "76120"), (2, "97110")]
    assert [d.code for d in request.diagnoses] == ["M54.50"]
    assert (request.member.family, request.member.member_id) == ("Okafor", "DEMO-77")
    assert request.requesting_provider is not None
    assert request.requesting_provider.name == "Elm Spine Clinic"
    assert request.clinical_notes == "Condition: Since May."


def test_the_orders_of_two_patients_are_two_requests() -> None:
    other = orders()[1] | {"id": "s3", "subject": refer("Patient/p2")}
    extracted = taken(bundle(*orders(), other, *organizations(), coverage(), patient(), patient(id="p2", name=[{"family": "Lind"}])))
    assert [(r.member.family, len(r.services)) for r in extracted.requests] == [("Okafor", 2), ("Lind", 1)]


def test_the_words_are_the_same_for_every_patient() -> None:
    assert {p.message for p in taken(patient()).problems} == {p.message for p in taken(patient(name=[{"family": "Lind"}])).problems}


def test_fhir_as_xml_is_asked_for_as_json() -> None:
    extracted = taken(b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><type value="collection"/></Bundle>')
    assert [(p.code, p.where) for p in extracted.problems] == [("fhir-not-read", "one.json")]
    assert "application/fhir+json" in extracted.problems[0].message


def test_an_own_request_with_a_resource_beside_it_is_an_own_request() -> None:
    own = {"schema": "ur-desk-request/1", "member": {"family": "Lind"}, "services": [{"code": "76120"}], "extra": item()}
    assert one(own).member.family == "Lind"


def test_somebodys_own_object_that_holds_a_resource_is_not_taken_for_fhir() -> None:
    assert said(taken({"patient": patient(), "cpt": "76120"})) == [("error", "wrong-schema", "$.schema")]
