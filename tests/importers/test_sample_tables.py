"""What the tables and JSON files that others wrote say, written down by hand beforehand, and what those are that hold no request."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ur_desk.desk.tables import Tables
from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind, Request, Urgency
from ur_desk.importers import extract, look

pytestmark = pytest.mark.samples
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
TABLES = Tables()
JSON = Path("csv") / "json-requests"

# kind, procedure, diagnoses, member id with the plan, NPI
NAMED_CASES = [
    (Kind.NEW, "27447", ["M17.11"], "BCB123456789", "1003000126"),
    (Kind.NEW, "32408", ["R91.1", "Z87.891"], "UHC987654321", "1003268343"),
    (Kind.NEW, "93458", ["I20.0", "R00.1"], "AETNA-COMM-55671", "1417996257"),
    (Kind.NEW, "J0135", ["M06.00"], "CIGNA-RA-10923", "1750887592"),
    (Kind.APPEAL, "22612", ["M51.16", "M47.816"], "HUMANA-SPINE-77102", "1861701351"),
    (Kind.INQUIRY, "99285", ["S00.00XA"], None, None),
    (Kind.REVISION, "27447", ["M17.11"], "BCB123456789", "1972123891"),
    (Kind.INQUIRY, "45378", ["Z12.11"], None, None),
]
# sender's id, what is asked for, diagnoses; no member in any of them
NOTES = [
    ("MRI-01-complete", "MRI_LUMBAR", ["M54.16"]),
    ("MRI-02-complete", "MRI_LUMBAR", ["M51.26"]),
    ("MRI-03-borderline", "MRI_LUMBAR", ["M54.5"]),
    ("MRI-04-borderline", "MRI_LUMBAR", ["M54.16"]),
    ("MRI-05-incomplete", "MRI_LUMBAR", ["M54.5"]),
    ("MRI-06-incomplete", "MRI_LUMBAR", ["M54.16"]),
    ("CPAP-01-complete", "CPAP_DEVICE", ["G47.33"]),
    ("CPAP-02-borderline", "CPAP_DEVICE", ["G47.33"]),
    ("CPAP-03-incomplete", "CPAP_DEVICE", []),
    ("CPAP-04-incomplete", "CPAP_DEVICE", ["G47.33"]),
]
PORTAL = [("PA001", "P10025"), ("PA002", "P10026"), ("PA003", "P10027"), ("PA004", "P10028"), ("PA005", "P10029")]
NO_REQUESTS = {
    "csv/NEGATIVE_unrelated_requirements.csv": "a list of the requirements of a standard, not a list of requests: it has no column with the service",
    "csv/dme_ApprovedCategoriesAndCodes.csv": "a list of product categories and their codes, not a list of requests: it has no column that says whose",
    "csv/patients_eshwari07.csv": "a list of members with their coverage, not a list of requests: it has no column with the service",
    "csv/json-requests/akshat_crosswalk.json": "a table that translates words into diagnosis and procedure codes",
    "csv/json-requests/akshat_policy.json": "a policy: a set of coverage rules",
    "csv/json-requests/drift_synthetic_appeals.json": "a list of appeals and their outcomes",
    "csv/json-requests/drift_synthetic_denial_events.json": "a list of denials",
    "csv/json-requests/drift_synthetic_policy_versions.json": "a list of versions of policies",
    "csv/json-requests/drift_synthetic_providers.json": "a list of providers",
    "csv/json-requests/phab_task_bank.json": "a set of exam tasks with their solutions",
}


def told(samples: Path, name: str) -> Extracted:
    return extract((samples / JSON / name).read_bytes(), name, TABLES.codeset, NOW)


def codes(request: Request) -> tuple[str | None, list[str]]:
    return request.services[0].code, [d.code for d in request.diagnoses]


def counted(extracted: Extracted) -> Counter[str]:
    return Counter(p.code for p in extracted.problems)


@pytest.mark.parametrize("file", NO_REQUESTS)
def test_a_file_without_requests_is_refused_with_the_right_word(samples: Path, file: str) -> None:
    refused = extract((samples / file).read_bytes(), "x", TABLES.codeset, NOW)
    assert refused.requests == ()
    (problem,) = refused.problems
    assert (problem.code, problem.severity, problem.where) == ("not-requests", Severity.ERROR, "x")
    assert NO_REQUESTS[file] in problem.message


def test_twenty_flat_requests_of_one_shape(samples: Path) -> None:
    extracted = told(samples, "basebattle_synthetic_scenarios.json")
    requests = extracted.requests
    assert Counter(codes(r)[0] for r in requests) == {"J1745": 8, "27447": 6, "70553": 5, "27130": 1}
    assert Counter(codes(r)[1][0] for r in requests) == {"K50.90": 8, "M17.11": 6, "G43.9": 5, "M16.11": 1}
    assert [r.member.member_id for r in requests[:3]] == ["P12711", "P17135", "P27419"]
    assert [r.member.birth_date for r in requests[:3]] == [date(1971, 2, 19), date(1973, 12, 16), date(1951, 10, 30)]
    assert {r.urgency for r in requests} == {Urgency.STANDARD}
    assert all(r.clinical_notes and r.reference and r.member.family and r.member.given for r in requests)
    found = counted(extracted)
    # no day of service is told, so that nobody knows whether G43.9 was a heading on it; of the invented NPIs fifteen begin with neither
    # 1 nor 2, and the other five have a wrong check digit
    assert (found["header-code"], found["bad-npi"]) == (0, 20)
    assert sum("begins with 1 or 2" in p.message for p in extracted.problems) == 15


def test_eight_named_cases_are_requests_an_appeal_and_two_questions(samples: Path) -> None:
    extracted = told(samples, "harinik90_cases.json")
    read = [
        (r.kind, *codes(r), r.member.member_id, r.requesting_provider.npi if r.requesting_provider else None) for r in extracted.requests
    ]
    assert read == NAMED_CASES
    assert [r.reference for r in extracted.requests] == [None] * 4 + ["HUMANA-2024-SPINE-77102"] + [None] * 3
    assert counted(extracted)["decision-not-kept"] == 1


def test_notes_with_a_word_for_the_service_and_no_member_keep_the_word_and_say_what_is_missing(samples: Path) -> None:
    extracted = told(samples, "nickleko_synthetic_cases.json")
    assert [(r.reference, *codes(r)) for r in extracted.requests] == NOTES
    found = counted(extracted)
    assert (found["procedure-shape"], found["missing-member"], found["no-diagnosis"]) == (10, 2, 1)


def test_a_request_inside_program_text_is_read_as_it_stands(samples: Path) -> None:
    (request,) = told(samples, "ms_accelerator_sample-case.ts").requests
    assert codes(request) == ("31628", ["R91.1", "J18.9", "R05.9"])
    assert (request.member.member_id, request.member.birth_date) == ("MCR-123456789A", date(1958, 3, 15))
    assert request.clinical_notes is not None
    assert request.clinical_notes.count("\n\n") == 5
    assert request.clinical_notes.endswith("consents to proceed.")


def test_a_portals_list_in_program_text_gives_services_in_words_and_no_decision(samples: Path) -> None:
    extracted = told(samples, "deepthink_mockRequests.js")
    assert [(r.reference, r.member.member_id) for r in extracted.requests] == PORTAL
    assert all(r.services[0].code is None and r.services[0].description for r in extracted.requests)
    assert counted(extracted)["decision-not-kept"] == 1


def test_the_same_file_under_another_name_says_the_same(samples: Path) -> None:
    data = (samples / JSON / "harinik90_cases.json").read_bytes()
    assert len(extract(data, "policy.pdf", TABLES.codeset, NOW).requests) == 8


def test_what_is_printed_of_any_of_them_comes_in_again_as_the_same(samples: Path) -> None:
    import json
    from dataclasses import replace

    from ur_desk.records.request import request_data

    for path in sorted((samples / JSON).iterdir()):
        first = told(samples, path.name).requests
        printed: list[Any] = [request_data(request) for request in first]
        again = extract(json.dumps(printed, default=str).encode(), "again", TABLES.codeset, NOW).requests if printed else ()
        assert [replace(r, source=None) for r in again] == [replace(r, source=None) for r in first], path.name


def test_every_table_and_every_list_can_be_looked_at(samples: Path) -> None:
    for path in [*(samples / "csv").glob("*.csv"), *(samples / JSON).iterdir()]:
        seen = look(path.read_bytes(), path.name)
        assert seen.table.headers, path.name
        assert len(seen.guess.columns) == len(seen.table.headers)


def test_no_problem_of_any_of_them_tells_a_members_name(samples: Path) -> None:
    for path in sorted((samples / JSON).iterdir()):
        extracted = told(samples, path.name)
        names = {n for r in extracted.requests for n in (r.member.family, r.member.given) if n and len(n) > 2}
        said = " ".join(p.message for p in extracted.problems)
        assert not [name for name in names if name in said], path.name
