"""A library tells of gaps and overlaps between versions, and of policies that are named and not there."""

from dataclasses import replace
from datetime import date

import invented_policy as doc
import pytest

from ur_desk.documents import read
from ur_desk.documents.library_lint import absent, between_policies
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, PolicyId, Provenance, ProvenanceKind, Severity, Version


@pytest.fixture(scope="module")
def policy(codeset: CodeSet) -> Policy:
    return read(doc.TEXT.encode(), "XYZ.txt", codeset)


def version(policy: Policy, effective: date, ends: date | None = None) -> Policy:
    return replace(policy, version=Version(effective, ends=ends))


def rules(*policies: Policy) -> list[tuple[str, Severity, int]]:
    return [(finding.rule, finding.severity, finding.line) for _, finding in between_policies(policies)]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (None, []),
        (date(2024, 3, 14), []),
        (date(2024, 3, 1), [("version-gap", Severity.WARNING, 4)]),
        (date(2024, 3, 15), [("version-overlap", Severity.WARNING, 4)]),
        (date(2024, 6, 1), [("version-overlap", Severity.WARNING, 4)]),
    ],
)
def test_versions_follow_on_one_another_or_it_is_told(ends: date | None, expected: list[object], policy: Policy) -> None:
    assert rules(version(policy, date(2024, 3, 15)), version(policy, date(2023, 1, 1), ends)) == expected


def test_an_abstract_is_no_second_version(policy: Policy) -> None:
    abstract = replace(version(policy, date(2023, 1, 1), date(2024, 12, 31)), provenance=Provenance(ProvenanceKind.ABSTRACT))
    assert rules(version(policy, date(2024, 3, 15)), abstract) == []


def test_a_policy_that_is_named_and_not_held_is_told_once_with_its_line(policy: Policy, codeset: CodeSet) -> None:
    start = "Optical stride tracing draws"
    named = read(
        doc.with_line(
            start, "See policy ABC.00001 and guideline CG-MED-40, also ABC.00001.", "Refer to Global Imaging Policy", "DMHF-IMG-001."
        ),
        "x.txt",
        codeset,
    )
    line = doc.line_of(start)
    told = [(finding.rule, finding.severity, finding.line, finding.raw) for finding in absent(named, {"cg-med-40"})]
    assert told == [
        ("reference-not-held", Severity.INFO, line, "ABC.00001"),
        ("reference-not-held", Severity.INFO, line + 1, "DMHF-IMG-001"),
    ]


def test_a_list_of_related_policies_names_them(policy: Policy, codeset: CodeSet) -> None:
    start = "Optical stride tracing draws"
    lines = ("Refer to the following Reimbursement Policies:", "  • RP-016: Laboratory", "  • RP-035: Coding")
    named = read(doc.with_line(start, *lines), "x.txt", codeset)
    assert [finding.raw for finding in absent(named, set())] == ["RP-016", "RP-035"]


def test_the_policys_own_number_and_its_sources_are_no_references_to_others(policy: Policy) -> None:
    assert list(absent(policy, set())) == []


def test_a_determination_that_is_held_without_the_letter_before_its_number_is_held(policy: Policy, codeset: CodeSet) -> None:
    start = "Optical stride tracing draws"
    words = "Refer to L35022 and to the article A56422; L35023 is another one."
    named = read(doc.with_line(start, words), "x.txt", codeset)
    held = {"35022", "a56422"}
    assert [finding.raw for finding in absent(named, held)] == ["L35023"]
    assert [finding.raw for finding in absent(replace(named, id=PolicyId("35023")), held)] == []
    assert [finding.raw for finding in absent(named, {"l35022", "56422", "l35023"})] == []
    assert [finding.raw for finding in absent(named, {"a35022", "l56422"})] == ["L35022", "A56422", "L35023"]
