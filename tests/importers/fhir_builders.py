"""Bundles of Da Vinci PAS with invented people, to be changed by each test."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted
from ur_desk.domain.request import Request
from ur_desk.importers import extract

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition"
BASE = "https://clinic.example/fhir"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
SERVICE_TYPE = "https://codesystem.x12.org/005010/1365"

Json = dict[str, Any]


def concept(system: str | None, code: str | None, display: str | None = None) -> Json:
    told = {"system": system, "code": code, "display": display}
    return {"coding": [{key: value for key, value in told.items() if value is not None}]}


def extension(name: str, **value: Any) -> Json:
    return {"url": f"{PAS}/{name}", **value}


def refer(to: str) -> Json:
    return {"reference": to}


def patient(**more: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"type": concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MB"), "value": "DEMO-77"}],
        "name": [{"use": "official", "family": "Okafor", "given": ["Lena", "Ada"]}],
        "gender": "female",
        "birthDate": "1971-02-14",
        "telecom": [{"system": "phone", "value": "317-555-0142", "use": "home"}],
        "address": [{"line": ["12 Elm Street"], "city": "Indianapolis", "state": "IN", "postalCode": "46204"}],
    } | more


def coverage(**more: Any) -> Json:
    return {
        "resourceType": "Coverage",
        "id": "c1",
        "status": "active",
        "subscriberId": "DEMO-77",
        "beneficiary": refer("Patient/p1"),
        "relationship": concept("http://terminology.hl7.org/CodeSystem/subscriber-relationship", "self"),
        "payor": [refer("Organization/payer")],
        "class": [{"type": concept(None, "group"), "value": "GRP-9"}],
    } | more


def item(sequence: int = 1, code: str = "76120", system: str | None = CPT, **more: Any) -> Json:
    return {"sequence": sequence, "productOrService": concept(system, code), "servicedDate": "2026-12-01"} | more


def claim(*items: Json, **more: Any) -> Json:
    told = {
        "resourceType": "Claim",
        "id": "claim1",
        "meta": {"profile": [f"{PAS}/profile-claim"]},
        "identifier": [{"system": f"{BASE}/PATIENT_EVENT_TRACE_NUMBER", "value": "TRACE-1"}],
        "status": "active",
        "type": concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
        "use": "preauthorization",
        "patient": refer("Patient/p1"),
        "created": "2026-11-20T09:00:00-05:00",
        "insurer": refer("Organization/payer"),
        "provider": refer("Organization/clinic"),
        "priority": concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal"),
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": concept(ICD10, "M54.50")}],
        "insurance": [{"sequence": 1, "focal": True, "coverage": refer("Coverage/c1")}],
        "item": list(items) or [item()],
    } | more
    return {key: value for key, value in told.items() if value is not None}


def response(*items: Json, **more: Any) -> Json:
    told = {
        "resourceType": "ClaimResponse",
        "id": "answer1",
        "meta": {"profile": [f"{PAS}/profile-claimresponse"]},
        "identifier": [{"system": f"{BASE}/PATIENT_EVENT_TRACE_NUMBER", "value": "TRACE-1"}],
        "status": "active",
        "use": "preauthorization",
        "patient": refer("Patient/p1"),
        "created": "2026-11-21T09:00:00-05:00",
        "insurer": refer("Organization/payer"),
        "requestor": refer("Organization/clinic"),
        "outcome": "complete",
        "item": list(items),
    } | more
    return {key: value for key, value in told.items() if value is not None}


def reviewed(code: str | None, number: str | None = None, reasons: tuple[str, ...] = ()) -> Json:
    """A review action as the guide has it since version 1."""
    parts: list[Json] = [{"url": "number", "valueString": number}] if number else []
    parts += [{"url": "reasonCode", "valueCodeableConcept": concept("https://codesystem.x12.org/external/886", each)} for each in reasons]
    if code:
        parts.append(extension("extension-reviewActionCode", valueCodeableConcept=concept("https://codesystem.x12.org/005010/306", code)))
    return {"extension": parts, "url": f"{PAS}/extension-reviewAction"}


def answered(sequence: int, code: str, number: str | None = None, reasons: tuple[str, ...] = (), **more: Any) -> Json:
    return {"itemSequence": sequence, "adjudication": [{"extension": [reviewed(code, number, reasons)]}]} | more


def organizations() -> list[Json]:
    return [
        {
            "resourceType": "Organization",
            "id": "clinic",
            "identifier": [{"system": NPI, "value": "1234567893"}],
            "name": "Elm Spine Clinic",
            "telecom": [{"system": "phone", "value": "317-555-0100"}, {"system": "fax", "value": "317-555-0101"}],
        },
        {"resourceType": "Organization", "id": "payer", "name": "Demo Health"},
    ]


def bundle(*resources: Json, base: str = BASE, **more: Any) -> Json:
    """A PAS bundle; each entry has the address of its resource under `base`."""
    leads = resources[0].get("resourceType") if resources else "Claim"
    kind = "response" if leads == "ClaimResponse" else "request"
    return {
        "resourceType": "Bundle",
        "meta": {"profile": [f"{PAS}/profile-pas-{kind}-bundle"]},
        "type": "collection",
        "timestamp": "2026-11-20T09:00:00-05:00",
        "entry": [{"fullUrl": f"{base}/{r.get('resourceType')}/{r.get('id')}", "resource": r} for r in resources],
    } | more


def asking(*more: Json, about: Json | None = None) -> Json:
    """A whole request: a claim with all that it refers to, and what else came along."""
    return bundle(about or claim(), *organizations(), coverage(), patient(), *more)


def answering(about: Json, *more: Json) -> Json:
    return bundle(about, *organizations(), patient(), *more)


def taken(tree: Any, codeset: CodeSet | None = None) -> Extracted:
    data = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return extract(data, "one.json", codeset, NOW)


def one(tree: Any, codeset: CodeSet | None = None) -> Request:
    (request,) = taken(tree, codeset).requests
    return request


def said(extracted: Extracted) -> list[tuple[str, str, str]]:
    """Severity, code and place of each problem; that the file does not say when it came in goes without saying."""
    told = [(p.severity.value, p.code, p.where.removeprefix("one.json: ")) for p in extracted.problems]
    return [each for each in told if each[1] != "missing-receipt"]


def changed(tree: Json, change: Callable[[Json], Any]) -> Json:
    """A copy of a tree in which something was changed."""
    copy: Json = json.loads(json.dumps(tree))
    change(copy)
    return copy
