"""Real 278 files: each says what the field's facts about it say, and each that is none is refused for the reason that a specialist names."""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request
from ur_desk.importers import extract
from ur_desk.importers.x12_marks import headers
from ur_desk.importers.x12_report import Report
from ur_desk.importers.x12_segments import segments

pytestmark = pytest.mark.samples

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
REFUSED = {
    "interop-tools/edi_278_request_basic.x12": "no-service",
    "misc/esmd_999_rejects_278_MASKED.x12": "no-request",
    "negative/fragment_no_envelope_dental.x12": "no-levels",
    "negative/request_with_HCR_and_BHT11.x12": "request-and-response",
    "negative/sv2_elements_swapped_dotted-icd.x12": "elements-swapped",
    "pyx12-4010/mixed_2.x12": "no-levels",
}
"""Files that give no request, and the error that says why."""

SAID = {
    "edifabric/ServicesReview_GS01-HC-wrong.x12": ["group-code", "icd9-code", "missing-receipt"],
    "gotests/request.x12": ["icd-qualifier", "icd-qualifier", "icd9-code", "icd9-code", "missing-receipt"],
    "gotests/request_admission_AR.x12": ["icd-qualifier", "icd-qualifier", "icd9-code", "icd9-code", "missing-receipt"],
    "gotests/request_urgent_UM06-03.x12": ["icd-qualifier", "icd-qualifier", "icd9-code", "icd9-code", "missing-receipt"],
    **{
        f"gotests/response_{name}.x12": ["control-mismatch", "count-mismatch", "hl-children"]
        for name in ("A1", "A2_partial", "A3_denied_0T", "A4_pended", "A6_modified")
    },
    "gotests/response_ZZ_unknown.x12": ["control-mismatch", "count-mismatch", "hl-children", "unknown-action"],
    "interop-tools/edi_278_request_basic.x12": ["hl-children", "icd9-code", "icd9-code", "missing-receipt", "no-service"],
    "interop-tools/edi_278_response_denied.x12": ["bad-npi", "hl-children", "no-service"],
    "misc/bcbsla_response_CT_isa-collapsed.x12": ["bad-npi", "bad-npi", "header-length", "test-data"],
    "misc/esmd_999_rejects_278_MASKED.x12": ["acknowledgment", "no-request", "other-transaction"],
    "misc/response_event-A1_line-A3-0B.x12": ["elements-shifted"],
    "misc/response_noBHT_noUM_dotted-icd.x12": ["bad-npi", "count-mismatch", "event-level-missing", "no-bht", "service-level-missing"],
    "misc/tr3_example_1b_no-envelope.x12": ["no-envelope"],
    "negative/fragment_no_envelope_dental.x12": ["no-envelope", "no-levels", "version-unknown"],
    "negative/request_with_HCR_and_BHT11.x12": ["missing-trailer", "missing-trailer", "request-and-response", "truncated"],
    "negative/sv2_elements_swapped_dotted-icd.x12": ["elements-swapped", "icd-qualifier", "icd-qualifier", "service-level-missing"],
    "pyx12-4010/mixed_2.x12": [*["no-levels"] * 3, *["other-transaction"] * 2, "test-data", *["version-4010"] * 3],
    "x12parser-oopfactory/Example_3_1_1_Request.x12": ["icd9-code", "missing-receipt", "test-data", "version-mismatch"],
    "x12parser-oopfactory/Example_3_1_2_Response.x12": ["test-data", "version-mismatch"],
    "x12parser-oopfactory/Example_3_3_1_Request.x12": ["missing-receipt", "test-data", "version-mismatch"],
}
"""What is said of every file; a response is not told to lack the receipt and the diagnoses that a request needs."""


@cache
def facts(folder: Path) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = json.loads((folder / "x12-278" / "FACTS.json").read_text("utf-8"))
    return told


def structure(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["file"]: row for row in json.loads((folder / "x12-278" / "STRUCTURE.json").read_text("utf-8"))}


def taken(folder: Path, name: str) -> Extracted:
    return extract((folder / "x12-278" / name).read_bytes(), name, None, NOW)


def one(folder: Path, name: str) -> Request:
    (request,) = taken(folder, name).requests
    return request


def test_every_file_is_named_here(samples: Path) -> None:
    files = {str(path.relative_to(samples / "x12-278")) for path in (samples / "x12-278").rglob("*.x12")}
    assert files == set(SAID) == set(facts(samples)) == set(structure(samples))


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_of_a_file_is_what_is_wrong_with_it(samples: Path, name: str) -> None:
    extracted = taken(samples, name)
    assert sorted(p.code for p in extracted.problems) == SAID[name]
    errors = {p.code for p in extracted.problems if p.severity is Severity.ERROR}
    if name in REFUSED:
        assert extracted.requests == ()
        assert REFUSED[name] in errors
    else:
        assert len(extracted.requests) == 1
        assert errors == set()


@pytest.mark.parametrize("name", SAID)
def test_separators_segments_and_counts_are_those_of_the_file(samples: Path, name: str) -> None:
    row = structure(samples)[name]
    data = (samples / "x12-278" / name).read_bytes()
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    found = headers(text)
    assert len(found) == (0 if row.get("noISA") else 1)
    report = Report(name)
    told = list(segments(data, report))
    assert len(told) == row["segments"]
    for header in found:
        marks = header.marks
        assert (marks.element, marks.component, marks.terminator) == (row["elem"], row["comp"], row["seg"])
        assert marks.repetition == (row["rep"] if row["rep"] != "U" else "")
        assert header.squeezed is not row["isa106"]
    wrong = sum(declared != actual for declared, actual in row["SE(declared,actual)"])
    assert sum(p.code == "count-mismatch" for p in taken(samples, name).problems) == wrong


@pytest.mark.parametrize("name", [name for name in SAID if name not in REFUSED])
def test_a_request_says_what_its_file_says(samples: Path, name: str) -> None:
    fact, request = facts(samples)[name], one(samples, name)
    notes = request.clinical_notes or ""
    assert request.reference == fact.get("ref")
    assert (request.kind == "response") is (fact.get("direction", "response") == "response")
    plan, requester, servicing = request.coverage, request.requesting_provider, request.servicing_provider
    for level, role, _, said, kind, told, *birth in fact["names"]:
        if level == "20":
            assert plan is not None
            assert plan.plan == said
        elif level == "21":
            assert requester is not None
            assert (requester.name, requester.npi) == (said, told if kind == "XX" else None)
        elif level == "22":
            assert (request.member.full_name, request.member.member_id) == (said, told)
            assert [request.member.birth_date and f"{request.member.birth_date:%Y%m%d}", request.member.sex][: len(birth)] == birth
        else:
            assert said == (servicing and servicing.name) or f"({role}): {said}" in notes
    codes = [(d.system.value, d.raw) for d in request.diagnoses]
    assert codes == [("ICD-10-CM" if q.startswith("A") else "ICD-9-CM", code) for _, q, code in fact.get("dx", [])]
    assert Counter(d.primary for d in request.diagnoses)[True] == sum(q in ("ABK", "BK") for _, q, _ in fact.get("dx", []))


@pytest.mark.parametrize("name", [name for name in SAID if name not in REFUSED])
def test_services_days_and_decisions_are_those_of_the_file(samples: Path, name: str) -> None:
    fact, request = facts(samples)[name], one(samples, name)
    if "services" in fact:
        assert [[s.code] for s in request.services] == [[row[2]] for row in fact["services"]]
        assert all(s.system == "CPT" for s in request.services)
    elif fact["um"][0][3]:
        assert {(s.code, s.system) for s in request.services} == {(fact["um"][0][3], "X12-service-type")}
    if "um" in fact and len(fact["um"][0]) > 4:
        place, _, kind = fact["um"][0][4].partition(":")
        assert {s.place_of_service for s in request.services} <= {place or None, None}
        assert kind in ("B", "")
    for level, _, form, said in fact.get("dates", []):
        days = [s.first_day and f"{s.first_day:%Y%m%d}" for s in request.services]
        assert days == [said[:8]] * len(days), level
        if form == "RD8":
            assert {s.last_day and f"{s.last_day:%Y%m%d}" for s in request.services} == {said[9:]}
    decision = request.decision
    assert (decision is not None) is ("decisions" in fact)
    if decision is not None:
        actions = [decision.event, *(line.action for line in decision.lines)]
        told = [[a.code, a.number or "", *(a.reasons or ("",))] for a in actions if a is not None]
        assert told == [[*row[1:], "", ""][:3] for row in fact["decisions"]]
        assert [*decision.answers] == [*dict.fromkeys([*(row[2] for row in fact.get("trn", [])), *filter(None, [fact.get("ref")])])]
        assert fact.get("msg", []) == ([actions[0].words] if actions[0] and actions[0].words else [])
    else:
        assert all(row[2] in (request.clinical_notes or "") for row in fact.get("trn", []))


def test_how_urgent_it_is_stands_in_um06_alone(samples: Path) -> None:
    told = {name: one(samples, f"gotests/{name}.x12") for name in ("request", "request_urgent_UM06-03")}
    assert {name: (r.urgency, r.urgency_said_by) for name, r in told.items()} == {
        "request": ("standard", "requesting provider (UM06 left out: routine)"),
        "request_urgent_UM06-03": ("expedited", "requesting provider (UM06 03)"),
    }


def test_a_payers_yes_to_the_event_and_no_to_its_line_stay_apart(samples: Path) -> None:
    decision = one(samples, "misc/response_event-A1_line-A3-0B.x12").decision
    assert decision is not None
    assert decision.event is not None
    assert (decision.event.code, decision.event.number) == ("A1", "AUTH-1")
    assert [(a.line, a.action.code, a.action.reasons) for a in decision.lines] == [(1, "A3", ("0B",))]
