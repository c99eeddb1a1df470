"""JSON in shapes of others: where requests lie, what each path gives, and files that hold none."""

import json
from dataclasses import replace
from typing import Any

import pytest
from table_files import NOW

from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.mapping import Column, Mapping, Sender
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind
from ur_desk.errors import UserError
from ur_desk.importers import extract, look
from ur_desk.importers.no_requests import declared_others
from ur_desk.importers.paths import json_path
from ur_desk.importers.shapes import shipped

ROW = {
    "patient": {"id": "DEMO-1", "dob": "1968-04-13"},
    "lines": [{"cpt": "72148", "units": 1}, {"cpt": "97110"}, {"cpt": "27447", "units": 3}],
    "dx": ["M54.5", "M17.11"],
}
MAPPING = Mapping(
    (
        Column("patient.id", "member.member_id"),
        Column("patient.dob", "member.birth_date"),
        Column("lines[*].cpt", "services.code"),
        Column("lines[*].units", "services.quantity"),
        Column("dx[*]", "diagnoses.code"),
    )
)


def read(tree: Any, mapping: Mapping | None = None, senders: tuple[Sender, ...] = ()) -> Extracted:
    return extract(json.dumps(tree).encode(), "f.json", None, NOW, mapping, senders)


@pytest.mark.parametrize("tree", [ROW, [ROW], {"a": ROW}, {"cases": [ROW], "total": 1}], ids=["object", "list", "values", "list inside"])
def test_requests_are_found_where_they_usually_lie(tree: Any) -> None:
    told = read(tree, MAPPING)
    (request,) = told.requests
    assert request.member.member_id == "DEMO-1"
    assert [(s.code, s.quantity) for s in request.services] == [("72148", 1), ("97110", None), ("27447", 3)]
    assert [d.code for d in request.diagnoses] == ["M54.5", "M17.11"]
    assert request.source is not None
    assert request.source.format == "json"


def test_a_mapping_may_say_where_they_lie() -> None:
    told = read({"data": {"queue": {"x": [ROW, ROW]}}}, replace(MAPPING, rows=("$.data.queue.x[*]",)))
    assert len(told.requests) == 2


def test_a_problem_stands_at_its_path() -> None:
    told = read([ROW, {**ROW, "patient": {"id": "DEMO-2", "dob": "soon"}}], MAPPING)
    assert ("bad-date", "f.json: $[1].patient.dob") in {(p.code, p.where) for p in told.problems}


def test_a_row_that_is_no_object_keeps_no_other_out() -> None:
    told = read([ROW, 7, {**ROW, "lines": []}], MAPPING)
    assert len(told.requests) == 1
    assert [(p.code, p.where) for p in told.problems if p.severity is Severity.ERROR] == [
        ("other-shape", "f.json: $[1]"),
        ("no-service", "f.json: $[2]"),
    ]


def test_keys_of_which_nothing_was_taken_are_said() -> None:
    told = read([{**ROW, "score": 3, "note": None}], MAPPING)
    assert [p.message for p in told.problems if p.code == "columns-left-out"] == ["Nothing was taken from “score”."]


def test_a_mapping_that_finds_nothing_says_so() -> None:
    told = read([{"a": 1}], MAPPING)
    assert [(p.code, p.where) for p in told.problems] == [("column-missing", "f.json")]


def test_a_shape_is_told_by_its_keys_and_never_by_the_files_name() -> None:
    row = {"id": "1", "patient": "DEMO-1", "patientName": "Otto Brandt", "service": "MRI - Knee", "status": "Pending"}
    for name in ("f.json", "x12.edi", "a.csv"):
        told = extract(json.dumps([row]).encode(), name, None, NOW)
        assert [(r.member.family, r.services[0].description) for r in told.requests] == [("Brandt", "MRI - Knee")]
        assert {"sender-taken", "decision-not-kept"} <= {p.code for p in told.problems}


def test_the_same_shape_in_program_text_is_read_and_nothing_is_run() -> None:
    text = "export const rows = [{ id: '1', patient: 'DEMO-1', patientName: 'Otto Brandt', service: 'MRI', status: 'x' }];"
    (request,) = extract(text.encode(), "f.ts", None, NOW).requests
    assert request.member.member_id == "DEMO-1"
    assert request.source is not None
    assert request.source.format == "script"
    for other, where in (("export const stats = { total: 3 };", "f.ts"), ("const a = 1;\nconst f = () => 1;", "f.ts: line 2")):
        told = extract(other.encode(), "f.ts", None, NOW)
        assert [(p.code, p.where) for p in told.problems] == [("script-not-read", where)]


def test_a_senders_own_mapping_stands_before_those_that_the_program_brings() -> None:
    row = {"id": "1", "patient": "DEMO-1", "patientName": "Otto Brandt", "service": "72148", "status": "Pending"}
    own = Sender(
        "Clinic", frozenset({"patient", "service"}), Mapping((Column("patient", "member.member_id"), Column("service", "services.code")))
    )
    assert read([row], senders=(own,)).requests[0].services[0].code == "72148"


def test_a_sender_kept_from_a_look_at_a_file_is_known_by_its_keys_also_inside() -> None:
    data = json.dumps([ROW]).encode()
    own = Sender("Clinic", look(data, "f.json").table.signature, MAPPING)
    told = read([ROW, {**ROW, "more": 1}], senders=(own,))
    assert len(told.requests) == 2
    assert [p.message for p in told.problems if p.code == "sender-taken"] == ["The keys were read as those of “Clinic”."]


def test_senders_of_tables_stand_in_no_way_of_json() -> None:
    table = Sender(
        "Ortho", frozenset({"mbr id", "cpt code"}), Mapping((Column("Mbr ID", "member.member_id"), Column("CPT Code", "services.code")))
    )
    row = {"id": "1", "patient": "DEMO-1", "patientName": "Otto Brandt", "service": "MRI", "status": "x"}
    assert len(read([row], senders=(table,)).requests) == 1
    assert read([{"mbr_id": "DEMO-1", "cpt_code": "72148"}], senders=(table,)).requests == ()


@pytest.mark.parametrize(("what", "keys"), [other for other in declared_others() if not any(" " in key for key in other[1])])
def test_lists_that_are_no_requests_are_refused_by_their_name(what: str, keys: tuple[str, ...]) -> None:
    row: dict[str, Any] = {}
    for key in keys:
        if "[*]." in key:
            name, inner = key.split("[*].")
            row.setdefault(name, [{}])[0][inner] = "x"
        else:
            row[key] = "x"
    told = read([row])
    assert told.requests == ()
    assert [p.message for p in told.problems] == [f"This is {what}, not a request. The file was left as it is."]


def test_the_mappings_that_the_program_brings_say_what_a_request_needs() -> None:
    assert len(shipped()) >= 5
    for sender in shipped():
        assert sender.signature, sender.name
        assert sender.mapping.missing is None, sender.name
        for column in sender.mapping.columns:
            json_path(column.source)


def test_kinds_of_messages_are_told_apart_by_declared_words() -> None:
    row = {"type": "appeal", "cpt": "22612", "icd10": "M51.16, M47.816", "subscriber_id": "N/A", "clinical_summary": "Back pain."}
    told = read({"one": row, "two": {**row, "type": "single"}})
    assert [r.kind for r in told.requests] == [Kind.APPEAL, Kind.INQUIRY]
    assert told.requests[0].member.member_id is None
    assert [d.code for d in told.requests[0].diagnoses] == ["M51.16", "M47.816"]


@pytest.mark.parametrize("path", ["a..b", "a[", "a[x]", "$.a b", "a[-1]", "[*", "a]"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(UserError, match="is no path"):
        json_path(path)
    with pytest.raises(UserError, match="is no path"):
        read([ROW], replace(MAPPING, columns=(*MAPPING.columns, Column(path, "reference"))))


def test_paths_lead_through_keys_lists_and_values() -> None:
    tree = {"a b": [{"x": 1}, {"x": 2}], "c": {"d": {"x": 3}}}
    assert [v for _, v in json_path('$["a b"][*].x').found(tree)] == [1, 2]
    assert [at for at, _ in json_path('$["a b"][1].x').found(tree, "$")] == ['$["a b"][1].x']
    assert [v for _, v in json_path("$.c.*.x").found(tree)] == [3]
    assert list(json_path("c[*].x").found(tree)) == []


def test_an_object_with_a_key_twice_is_no_request_and_its_neighbours_are() -> None:
    twice = '{"patient": {"id": "DEMO-1", "id": "DEMO-2"}, "lines": [{"cpt": "72148"}]}'
    told = extract(f"[{twice}, {json.dumps(ROW)}]".encode(), "f.json", None, NOW, MAPPING)
    assert [(r.member.member_id, len(r.services)) for r in told.requests] == [("DEMO-1", 3)]
    assert ("duplicate-key", "f.json: $[0].patient.id", Severity.ERROR) in {(p.code, p.where, p.severity) for p in told.problems}


def test_requests_under_a_key_that_stands_twice_are_none_and_those_beside_it_are() -> None:
    other = json.dumps({**ROW, "patient": {"id": "DEMO-2"}})
    told = extract(f'{{"a": [{json.dumps(ROW)}], "b": [{json.dumps(ROW)}], "b": [{other}]}}'.encode(), "f.json", None, NOW, MAPPING)
    assert [r.member.member_id for r in told.requests] == ["DEMO-1"]
    assert ("duplicate-key", "f.json: $.b") in {(p.code, p.where) for p in told.problems}


def test_a_key_that_stands_twice_with_one_value_is_said_and_read() -> None:
    told = extract(b'{"patient": {"id": "DEMO-1", "id": "DEMO-1"}, "lines": [{"cpt": "72148"}]}', "f.json", None, NOW, MAPPING)
    assert [r.member.member_id for r in told.requests] == ["DEMO-1"]
    assert ("duplicate-key", Severity.WARNING) in {(p.code, p.severity) for p in told.problems}


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"id": ["DEMO-1", "DEMO-2"], "cpt": "72148"}, "id"),
        ({"id": [None, "DEMO-1", "DEMO-2"], "cpt": "72148"}, "id[*]"),
        ({"p": [{"id": "DEMO-1"}, {"id": "DEMO-2"}], "cpt": "72148"}, "p[*].id"),
        ({"p": [{"m": [{"id": "DEMO-1"}, {"id": "DEMO-2"}]}], "cpt": "72148"}, "p[*].m[*].id"),
    ],
)
def test_two_members_in_one_object_are_no_request(tree: Any, path: str) -> None:
    mapping = Mapping((Column(path, "member.member_id"), Column("cpt", "services.code")))
    assert next((p.code, p.severity) for p in read(tree, mapping).problems) == ("several-values", Severity.ERROR)
    assert not read(tree, mapping).requests


def test_a_list_of_one_member_is_that_member() -> None:
    mapping = Mapping((Column("id", "member.member_id"), Column("cpt", "services.code")))
    assert [r.member.member_id for r in read([{"id": ["DEMO-1", "", "demo-1"], "cpt": "72148"}], mapping).requests] == ["DEMO-1"]


def test_what_a_list_leaves_out_keeps_its_place() -> None:
    mapping = Mapping((Column("id", "member.member_id"), Column("cpt", "services.code"), Column("n", "services.quantity")))
    (told,) = read({"id": "DEMO-1", "cpt": ["72148", "72149", "70551"], "n": [1, None, 3]}, mapping).requests
    assert [(s.code, s.quantity) for s in told.services] == [("72148", 1), ("72149", None), ("70551", 3)]


def test_a_script_with_a_key_twice_says_so() -> None:
    told = extract(b"const rows = [{ id: 'DEMO-1',\n id: 'DEMO-2', cpt: '72148' }];", "f.js", None, NOW, MAPPING)
    assert not told.requests
    assert [(p.where, "stands twice" in p.message) for p in told.problems] == [("f.js: line 2", True)]
