"""Files made to be expensive: deep, wide, circular, or small and multiplied by reference."""

import base64
import json
from typing import Any

import pytest
from fhir_builders import CPT, Json, asking, bundle, claim, concept, coverage, organizations, patient, refer, response, said, taken

from ur_desk.importers.fhir_bundle import Resources
from ur_desk.importers.fhir_element import MOST, Element


def nested(depth: int, tree: Any = None) -> str:
    return '{"resourceType":"Bundle","type":"collection","entry":[{"resource":' * depth + json.dumps(tree) + "}]}" * depth


@pytest.mark.parametrize("depth", [1, 50, 200])
def test_a_bundle_inside_of_bundles_is_found_however_deep_it_lies(depth: int) -> None:
    extracted = taken(nested(depth, asking()).encode())
    assert [r.member.family for r in extracted.requests] == ["Okafor"]


def test_what_lies_too_deep_is_refused_in_a_sentence() -> None:
    assert [p.code for p in taken(nested(100_000).encode()).problems] == ["too-deep"]


@pytest.mark.parametrize("key", ["extension", "item", "contained"])
def test_parts_that_lie_deep_inside_of_one_another_are_read_or_left(key: str) -> None:
    deep: Json = {}
    for _ in range(300):
        deep = {key: [deep], "linkId": "x"}
    document = {"resourceType": "QuestionnaireResponse", "id": "q", **deep}
    assert len(taken(asking(document, about=claim(**deep))).requests) == 1


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every reference that is looked up."""
    told: list[str] = []
    find = Resources.find
    monkeypatch.setattr(Resources, "find", lambda self, reference, base: told.append(reference) or find(self, reference, base))
    return told


def test_a_bundle_of_many_entries_is_indexed_once_and_each_claim_finds_its_own_patient(lookups: list[str]) -> None:
    count = 2_000
    claims = [claim(id=f"n{n}", patient=refer(f"Patient/p{n}"), insurance=[]) for n in range(count)]
    patients = [patient(id=f"p{n}", name=[{"family": f"F{n}"}]) for n in range(count)]
    extracted = taken(bundle(*claims, *organizations(), *patients))
    assert [r.member.family for r in extracted.requests] == [f"F{n}" for n in range(count)]
    assert len(lookups) < 10 * count


def test_a_hundred_thousand_entries_of_one_address_are_one_problem() -> None:
    tree = asking()
    tree["entry"] += [tree["entry"][4] | {"resource": {"resourceType": "Patient", "id": "p1"}}] * 100_000
    extracted = taken(tree)
    assert said(extracted) == [
        ("warning", "duplicate-entry", "$.entry[5].resource"),
        ("error", "several-patients", "$.entry[0].resource.patient"),
    ]
    assert "100,000" in extracted.problems[0].message


def test_a_document_that_many_claims_name_fills_the_notes_of_all_only_so_far() -> None:
    text = base64.b64encode(b"x" * 1_900_000).decode()
    document = {"resourceType": "DocumentReference", "id": "d", "content": [{"attachment": {"contentType": "text/plain", "data": text}}]}
    info = [{"sequence": 1, "valueReference": refer("DocumentReference/d")}]
    claims = [claim(id=f"n{n}", supportingInfo=info) for n in range(60)]
    extracted = taken(bundle(*claims, *organizations(), coverage(), patient(), document))
    assert len(extracted.requests) == 60
    assert sum(len(r.clinical_notes or "") for r in extracted.requests) <= 64_000_000
    assert "notes-too-long" in [code for _, code, _ in said(extracted)]


def test_of_a_list_without_end_a_person_or_a_code_has_the_first_hundred() -> None:
    who = patient(name=[{"family": f"F{n}"} for n in range(5_000)], identifier=[{"value": str(n)} for n in range(5_000)])
    code = {"coding": [{"system": CPT, "code": "76120"}] * 5_000}
    extracted = taken(bundle(claim(diagnosis=[{"diagnosisCodeableConcept": code}]), *organizations(), coverage(), who))
    assert len(extracted.requests) == 1
    assert {where for _, code, where in said(extracted) if code == "too-many"} == {
        "$.entry[4].resource.name",
        "$.entry[4].resource.identifier",
        "$.entry[0].resource.diagnosis[0].diagnosisCodeableConcept.coding",
    }
    assert MOST == 100


def test_contained_resources_are_indexed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 2_000
    inside = [{"resourceType": "Practitioner", "id": f"d{n}", "name": [{"family": f"F{n}"}]} for n in range(count)]
    team = [{"sequence": n, "provider": refer(f"#d{n}")} for n in range(count)]
    listed: list[str] = []
    every = Element.every
    monkeypatch.setattr(Element, "every", lambda self, key: listed.append(key) or every(self, key))
    extracted = taken(asking(about=claim(contained=inside, careTeam=team)))
    assert listed.count("contained") == 1
    assert (extracted.requests[0].clinical_notes or "").count("Also in the care team") == count - 1


def test_the_services_of_one_claim_are_told_once_whatever_number_of_answers_it_has() -> None:
    answers = [response(id=f"a{n}", request=refer("Claim/claim1")) for n in range(200)]
    extracted = taken(bundle(*answers, *organizations(), coverage(), patient(), claim()))
    assert [r.services[0].code for r in extracted.requests] == ["76120", *[None] * 199]


def test_too_many_orders_or_answers_for_one_request_are_refused() -> None:
    orders = [
        {"resourceType": "ServiceRequest", "id": f"o{n}", "subject": refer("Patient/p1"), "code": concept(CPT, "97110")}
        for n in range(1_000)
    ]
    answers = response(*({"itemSequence": n} for n in range(1, 1_001)))
    for tree in (bundle(*orders, patient()), bundle(answers, patient())):
        extracted = taken(tree)
        assert extracted.requests == ()
        assert "too-many-services" in [code for severity, code, _ in said(extracted) if severity == "error"]


def test_a_text_without_end_costs_no_more_than_itself() -> None:
    who = patient(address=[{"line": ["x" * 5_000_000], "city": "y" * 5_000_000}])
    extracted = taken(bundle(claim(), *organizations(), coverage(), who))
    assert len(extracted.requests) == 1
    assert {(code, where.rsplit(".", 1)[-1]) for _, code, where in said(extracted)} == {("wrong-type", "line"), ("too-long", "city")}


def test_numbers_beyond_all_bounds_are_left_out() -> None:
    text = json.dumps(asking(about=claim(quantity=None))).replace(
        '"sequence": 1, "productOrService"', '"quantity": {"value": 1e999999999}, "sequence": 1e400, "productOrService"'
    )
    extracted = taken(text.encode())
    assert len(extracted.requests) == 1
    assert {code for _, code, _ in said(extracted)} <= {"bad-number", "wrong-type", "line-numbers"}
