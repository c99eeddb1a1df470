"""Whatever is done to a bundle, requests and problems come out and nothing else; and no message repeats what is said of the member.

`UR_DESK_FUZZ` says how many mutants of each bundle are read (10 where it is unset); each run prints how many it read with `-s`.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir_builders import (
    BASE,
    CPT,
    Json,
    answered,
    answering,
    asking,
    bundle,
    claim,
    concept,
    coverage,
    extension,
    item,
    organizations,
    patient,
    refer,
    response,
    reviewed,
    taken,
)
from fhir_mutants import mutants

from ur_desk.domain.policy import Severity
from ur_desk.records.request import request_data

MUTANTS = int(os.environ.get("UR_DESK_FUZZ", "10"))
LARGE = 60_000
"""Of larger files a fifth as many mutants are read."""
OF_THE_MEMBER = ("Okafor", "Lena", "DEMO-77", "1971-02", "555-0142", "12 Elm", "46204")


def update() -> Json:
    lines = (
        item(1, extension=[extension("extension-infoChanged", valueCode="added")]),
        item(2, "3", CPT, quantity={"value": 3, "unit": "visit"}, modifier=[concept(CPT, "26")]),
        item(3, None, None, extension=[extension("extension-requestedService", valueReference=refer("ServiceRequest/o"))]),  # type: ignore[arg-type]
    )
    about = claim(
        *lines,
        related=[{"claim": refer("Claim/older"), "relationship": concept(None, "replaces")}],
        careTeam=[{"sequence": 1, "provider": refer("#dr")}],
        contained=[{"resourceType": "Practitioner", "id": "dr", "name": [{"family": "Vogel"}]}],
        supportingInfo=[
            {"sequence": 1, "category": concept(None, "admissionDates"), "timingPeriod": {"start": "2026-12-01"}},
            {"sequence": 2, "valueReference": refer("QuestionnaireResponse/q")},
            {"sequence": 3, "valueReference": refer("DocumentReference/d")},
        ],
    )
    return asking(
        {"resourceType": "ServiceRequest", "id": "o", "subject": refer("Patient/p1"), "code": concept(CPT, "97110")},
        {"resourceType": "QuestionnaireResponse", "id": "q", "item": [{"linkId": "1", "text": "Pain", "answer": [{"valueInteger": 7}]}]},
        {"resourceType": "DocumentReference", "id": "d", "content": [{"attachment": {"contentType": "text/plain", "data": "UGFpbg=="}}]},
        claim(id="older"),
        about=about,
    )


def answer() -> Json:
    about = response(
        answered(1, "A4", "AUTH-1", ("0B",)),
        answered(2, "A3"),
        adjudication=[{"extension": [reviewed("A2")]}],
        addItem=[{"productOrService": concept(CPT, "97110")}],
        error=[{"code": concept(None, "T4"), "extension": [extension("extension-errorPath", valueString="Bundle.entry[1]")]}],
        processNote=[{"text": "See our site."}],
        request=refer("Claim/claim1"),
    )
    return bundle(about, *organizations(), coverage(), patient(), claim(item(1), item(2)))


def notice() -> Json:
    told = {"resourceType": "Parameters", "parameter": [{"name": "subscription", "valueReference": refer("Subscription/1")}]}
    return bundle(told, answering(response(answered(1, "A1")))) | {"type": "history"}


def orders() -> Json:
    order = {"resourceType": "DeviceRequest", "id": "o", "subject": refer("Patient/p1"), "codeCodeableConcept": concept(CPT, "97110")}
    return bundle(order, *organizations(), coverage(), patient())


SEEDS: dict[str, Any] = {
    "request": asking(),
    "update": update(),
    "answer": answer(),
    "notice": notice(),
    "orders": orders(),
    "outcome": {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid", "details": {"text": "No."}}]},
    "wrapped": {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": asking()}]},
    "list": [claim(), patient(), coverage(), *organizations(), response(answered(1, "A1"))],
    "hook": {"hook": "order-sign", "hookInstance": BASE, "context": {"draftOrders": orders()}},
}


def fallen(files: Iterator[bytes], of_the_member: tuple[str, ...] = ()) -> list[str]:
    """What went wrong otherwise than by a problem, by the number of the mutant."""
    wrong = []
    number = -1
    for number, data in enumerate(files):
        try:
            extracted = taken(data)
            if not extracted.requests and not any(p.severity is Severity.ERROR for p in extracted.problems):
                wrong.append(f"{number}: neither a request nor a word why")
            if any(not p.where.startswith("one.json") for p in extracted.problems):
                wrong.append(f"{number}: no place")
            told = " ".join(f"{p.where} {p.message}" for p in extracted.problems)
            wrong += [f"{number}: repeats the member's data" for text in of_the_member if text in told]
            for request in extracted.requests if number % 5 == 0 else ():
                (again,) = taken(request_data(request)).requests
                if replace(again, source=None) != replace(request, source=None):
                    wrong.append(f"{number}: another request when taken in again")
        except Exception as error:
            wrong.append(f"{number}: {type(error).__name__}")
    print(f"{number + 1} mutants read")
    return wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bundle_gone_wrong_gives_requests_and_problems(seed: str) -> None:
    assert fallen(mutants(SEEDS[seed], 17, 15 * MUTANTS), OF_THE_MEMBER) == []


@pytest.mark.samples
def test_a_published_example_gone_wrong_gives_requests_and_problems(samples: Path) -> None:
    files = sorted((samples / "fhir-pas").rglob("*.json"))
    assert files
    wrong = {}
    for file in files:
        data = file.read_bytes()
        count = MUTANTS if len(data) < LARGE else max(MUTANTS // 5, 1)
        wrong[file.name] = fallen(mutants(json.loads(data), 23, count))
    assert {name: what for name, what in wrong.items() if what} == {}
