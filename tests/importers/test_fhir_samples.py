"""Every published and broken example of FHIR PAS: what was written down of each by others, and what this program says of each."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir_builders import NOW, taken

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind, Request
from ur_desk.importers import extract
from ur_desk.records.request import request_data

GOLDEN = Path(__file__).parent.parent / "golden" / "requests" / "fhir-pas.json"


def files(samples: Path) -> dict[str, Path]:
    """Every file of the folder by its path, and the bundles among the other request files."""
    found = sorted(path for path in (samples / "fhir-pas").rglob("*") if path.is_file())
    found += sorted(path for path in (samples / "csv" / "json-requests").glob("*.json") if b'"resourceType"' in path.read_bytes())
    return {path.relative_to(samples).as_posix(): path for path in found}


def read(path: Path, codeset: CodeSet | None = None) -> Extracted:
    return extract(path.read_bytes(), path.name, codeset, NOW)


def told(extracted: Extracted) -> dict[str, Any]:
    """What the golden file keeps of one file: kinds, codes and problems by kind, no words and no person."""
    return {
        "requests": [
            {
                "kind": request.kind and request.kind.value,
                "services": [
                    f"{s.line} {s.system and s.system.value} {s.code} {s.change.value if s.change else ''}".strip()
                    for s in request.services
                ],
                "diagnoses": [f"{d.system.value} {d.code}" for d in request.diagnoses],
                "urgency": request.urgency and request.urgency.value,
                "decision": actions(request),
            }
            for request in extracted.requests
        ],
        "problems": dict(sorted(Counter(f"{p.severity.value} {p.code}" for p in extracted.problems).items())),
    }


def actions(request: Request) -> list[str] | None:
    if request.decision is None:
        return None
    event = request.decision.event
    rows = [f"event {event.code} {event.number}"] if event else []
    rows += [f"line {line.line} {line.action.code} {line.action.number}" for line in request.decision.lines]
    rows += [f"rejected {each.code} {each.follow_up} {each.place}" for each in request.decision.rejections]
    return [f"outcome {request.decision.outcome}", f"answers {len(request.decision.answers)}", *rows]


@pytest.mark.samples
def test_every_file_says_what_it_said_when_it_was_looked_at(samples: Path, codeset: CodeSet) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    found = {name: told(read(path, codeset)) for name, path in files(samples).items()}
    assert found.keys() == golden.keys()
    assert {name: what for name, what in found.items() if what != golden[name]} == {}


@pytest.mark.samples
def test_a_file_without_a_request_says_why(samples: Path) -> None:
    for name, path in files(samples).items():
        extracted = read(path)
        assert extracted.requests or any(p.severity is Severity.ERROR for p in extracted.problems), name


@pytest.mark.samples
def test_what_was_written_down_of_each_claim_is_read(samples: Path) -> None:
    facts = json.loads((samples / "fhir-pas" / "FACTS.json").read_text("utf-8"))
    for name, fact in facts.items():
        requests = read(samples / "fhir-pas" / name).requests
        for claim in fact["claims"]:
            lines = {str(item["seq"]): item["code"][0][1] for item in claim["items"]}
            if not lines:
                continue
            (request,) = requests
            assert {str(s.line): s.code for s in request.services} == lines, name
            coded = [row[0][1] for row in claim["dx"] if isinstance(row, list)]
            assert [d.code for d in request.diagnoses][: len(coded)] == coded, name
            assert len(request.diagnoses) == len(claim["dx"]), name
            types = {str(item["seq"]): item["code"][0][0] for item in claim["items"]}
            for service in request.services:
                assert service.system is not None
                assert (service.system.value == "X12-service-type") == (types[str(service.line)] == "1365"), name


@pytest.mark.samples
def test_what_was_written_down_of_each_answer_is_read_from_its_review_actions_alone(samples: Path) -> None:
    facts = json.loads((samples / "fhir-pas" / "FACTS.json").read_text("utf-8"))
    for name, fact in facts.items():
        for answer in fact["responses"]:
            (request,) = read(samples / "fhir-pas" / name).requests
            assert request.kind is Kind.RESPONSE, name
            decision = request.decision
            assert decision is not None, name
            assert decision.outcome == answer["outcome"], name
            reviewed = {
                item["seq"]: coded[0][1]
                for item in answer["items"]
                for group in item["review"]
                for part in group
                for coded in part.values()
                if isinstance(coded, list)
            }
            acted = {line.line: line.action.code for line in decision.lines}
            assert {number: acted.get(number) for number in reviewed} == reviewed, name
            assert len(decision.rejections) == len(answer["error"] or ()), name


@pytest.mark.samples
def test_the_patient_is_the_one_that_was_written_down(samples: Path) -> None:
    facts = json.loads((samples / "fhir-pas" / "FACTS.json").read_text("utf-8"))
    for name, fact in facts.items():
        people = {
            ((row.get("name") or [{}])[0].get("family"), row.get("dob")): " ".join((row.get("name") or [{}])[0].get("given") or []) or None
            for row in fact["patients"]
        }
        for request in read(samples / "fhir-pas" / name).requests:
            member = request.member
            if not people:  # a Patient inside of a Bundle inside of a notification was not written down
                continue
            family = member.family and member.family.removesuffix(" Jr.")
            key = (family, member.birth_date.isoformat() if member.birth_date else None)
            assert key in people, name
            assert member.given == people[key], name


@pytest.mark.samples
def test_what_a_file_gave_is_taken_in_again_as_the_same(samples: Path, codeset: CodeSet) -> None:
    for name, path in files(samples).items():
        first = read(path, codeset).requests
        if first:
            again = taken({"requests": [request_data(request) for request in first]}, codeset).requests
            assert tuple(replace(r, source=None) for r in again) == tuple(replace(r, source=None) for r in first), name
