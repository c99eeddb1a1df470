"""Policies come back from their kept form unchanged, and go out as the contract has them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES
from hypothesis import given
from hypothesis import strategies as st

from ur_desk import paths
from ur_desk.documents import bundled, read
from ur_desk.documents.compare import diff
from ur_desk.domain import policy as p
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.library.criteria import Criterion
from ur_desk.errors import UserError
from ur_desk.records.policy import READING, diff_data, finding_data, policy_data, reading_bytes, reading_data, reading_from


@pytest.fixture(scope="module")
def abstract(codeset: CodeSet) -> p.Policy:
    return bundled(paths.resources() / "policies", codeset)[0]


@pytest.fixture(scope="session")
def schema(samples: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((samples.parent / "contract" / "policy.schema.json").read_text("utf-8"))
    return told


def test_a_reading_comes_back_unchanged(abstract: p.Policy) -> None:
    assert reading_from(reading_bytes(abstract)) == abstract


def test_equal_policies_give_equal_canonical_bytes(abstract: p.Policy) -> None:
    data = reading_bytes(abstract)
    assert data == reading_bytes(reading_from(data))
    assert data == json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
lines = st.integers(1, 9)
days = st.none() | st.dates()
trees = st.recursive(
    st.builds(Criterion, op=st.just("leaf"), text=words, first_line=lines, last_line=lines),
    lambda below: st.builds(
        Criterion,
        op=st.sampled_from(["all", "any", "at_least", "none", "unless", "unclear"]),
        text=words,
        first_line=lines,
        last_line=lines,
        n=st.none() | st.integers(1, 4),
        label=st.none() | words,
        items=st.lists(below, max_size=3).map(tuple),
    ),
    max_leaves=5,
)
statements = st.builds(
    p.Statement,
    position=st.sampled_from(p.Position),
    text=words,
    first_line=lines,
    last_line=lines,
    all_indications=st.booleans(),
    terms=st.lists(words, max_size=2).map(tuple),
    criteria=st.none() | trees,
)
entries = st.builds(
    p.CodeEntry,
    system=st.sampled_from(System),
    low=words,
    high=st.none() | words,
    line=lines,
    raw=words,
    position=st.none() | st.sampled_from(p.Position),
    state=st.sampled_from(p.EntryState),
    why=st.none() | words,
)
rows = st.builds(p.HistoryRow, status=st.none() | words, day=days, action=words, line=lines, organization=st.none() | words)


@given(st.lists(statements, max_size=2), st.lists(entries, max_size=3), st.lists(rows, max_size=3), days)
def test_any_reading_comes_back_unchanged(
    stated: list[p.Statement], listed: list[p.CodeEntry], told: list[p.HistoryRow], day: date | None
) -> None:
    policy = p.Policy(
        p.PolicyId("XYZ.00001"),
        "Any",
        p.Version(day, ends=day),
        p.Text(p.Sha256("0" * 64), (p.TextLine(1, "a line", 3),)),
        (p.Section(p.SectionKind.OTHER, None, 1, 1),),
        tuple(stated),
        tuple(listed),
        p.Provenance(p.ProvenanceKind.DOCUMENT),
        "test/1",
        history=tuple(told),
    )
    assert reading_from(reading_bytes(policy)) == policy


def test_a_reading_of_a_newer_program_is_refused_in_plain_words(abstract: p.Policy) -> None:
    newer = {**reading_data(abstract), "schema": "ur-desk-reading/3"}
    with pytest.raises(UserError, match="newer version"):
        reading_from(json.dumps(newer).encode())


def test_a_reading_of_the_form_before_is_still_read(abstract: p.Policy) -> None:
    old = {**reading_data(abstract), "schema": "ur-desk-reading/1"}
    told = old["policy"]
    del told["mentions"]
    leaf = {"op": "leaf", "text": "Old", "first_line": 3, "last_line": 4, "n": None, "label": None, "items": []}
    told["statements"][0]["criteria"] = leaf
    read_again = reading_from(json.dumps(old).encode())
    assert read_again.statements[0].criteria == Criterion("leaf", "Old", 3, 4)
    assert read_again.codes == abstract.codes
    assert read_again.mentions == ()


def test_what_is_unclear_goes_out_as_no_list_that_could_be_evaluated(abstract: p.Policy) -> None:
    tree = Criterion("all", "x", 1, 3, items=(Criterion("unclear", "y", 2, 3, items=(Criterion("leaf", "z", 3, 3),)),))
    statement = replace(abstract.statements[0], criteria=tree)
    (node,) = policy_data(p.Shelved(replace(abstract, statements=(statement,))))["statements"][0]["criteria"]["items"]
    assert (node["op"], node["items"]) == ("leaf", [])
    assert [item["text"] for item in node["unclear"]] == ["z"]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"not json", b'{"schema":"' + READING.encode() + b'","policy":{}}'])
def test_bytes_that_tell_no_reading_are_an_error_of_the_program(data: bytes) -> None:
    with pytest.raises(ValueError):
        reading_from(data)


def test_what_the_library_knows_goes_out_with_the_policy(abstract: p.Policy) -> None:
    confirmed = p.Confirmation("Nora Example, RN", datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    told = policy_data(p.Shelved(abstract, confirmed, ("medicaid_managed_care:IN",), p.StillCurrent("plan site", date(2026, 1, 2), "Nora")))
    assert told["applies_to"] == ["medicaid_managed_care:IN"]
    assert told["confirmed"] == {"by": "Nora Example, RN", "at": "2026-01-02T03:04:00Z", "alone": False}
    assert told["still_current"]["day"] == "2026-01-02"
    assert told["provenance"]["kind"] == "abstract"
    assert policy_data(p.Shelved(abstract))["applies_to"] is None


def test_a_sections_text_is_its_lines_joined(abstract: p.Policy) -> None:
    told = policy_data(p.Shelved(abstract))
    assert "\n".join(section["text"] for section in told["sections"]) == "\n".join(line.text for line in abstract.text.lines)


def test_rows_of_earlier_documents_are_told_apart(abstract: p.Policy) -> None:
    kinds = [row["kind"] for row in policy_data(p.Shelved(abstract))["history"]]
    assert kinds == ["review"] * 14 + ["pre_merger"] * 2


def test_a_difference_goes_out_as_plain_data(abstract: p.Policy) -> None:
    newer = replace(abstract, version=replace(abstract.version, effective=date(2018, 9, 27)), codes=abstract.codes[1:])
    told = diff_data(diff(abstract, newer, TABLES.codeset))
    assert json.loads(json.dumps(told)) == told
    assert told["facts"] == [{"fact": "effective", "old": "2017-09-27", "new": "2018-09-27"}]
    assert [(c["kind"], c["old"]["low"], c["new"]) for c in told["codes"]] == [("removed", "76120", None)]
    assert told["lines"] == told["statements"] == told["history"] == []


@pytest.mark.samples
def test_the_payers_document_goes_out_as_the_contract_has_it(samples: Path, schema: dict[str, Any], codeset: CodeSet) -> None:
    import jsonschema

    policy = read((samples / "policies" / "RAD.00034.txt").read_bytes(), "RAD.00034.txt", codeset)
    jsonschema.validate(policy_data(p.Shelved(policy)), schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.samples
def test_the_abstract_and_every_finding_go_out_as_the_contract_has_them(
    abstract: p.Policy, schema: dict[str, Any], codeset: CodeSet
) -> None:
    import jsonschema

    jsonschema.validate(policy_data(p.Shelved(abstract)), schema, format_checker=jsonschema.FormatChecker())
    for finding in abstract.findings:
        jsonschema.validate(finding_data(finding), {**schema["$defs"]["finding"]})
