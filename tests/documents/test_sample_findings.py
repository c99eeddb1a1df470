"""What lint says of every open document, each finding judged by a person beside the source; how many of them say what is right is stated."""

import json
from pathlib import Path

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Severity

GOLDEN: dict[str, list[str]] = json.loads((Path(__file__).parent.parent / "golden" / "policies" / "findings.json").read_text("utf-8"))

FALSE: dict[str, list[str]] = {}
"""Findings that say something untrue of the document, or ask where nothing is open: none is left."""

NEEDLESS = {
    "md/dme_M07A_power_wheelchair.md": ["and-or@13", "range-crosses-category@743"],
    "md/dme_boc_categories.md": [f"range-crosses-category@{line}" for line in (95, 193, 392, 462, 521, 660, 956)],
}
"""Notes that are true and tell nobody anything: ranges of whole categories (M15-M19), which the contract notes as it does all that cross one, and
the places where a thing may be used ("home and/or community")."""


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_lint_says_of_a_document_what_a_person_found_and_nothing_else(name: str, samples: Path, codeset: CodeSet) -> None:
    policy = read((samples / "policies" / name).read_bytes(), name, codeset)
    assert [f"{found.rule}@{found.line}" for found in policy.findings] == GOLDEN[name]
    assert all(found.message for found in policy.findings)
    assert all(found.hint for found in policy.findings if found.severity is not Severity.INFO)


def test_of_all_findings_on_open_documents_none_is_false_and_few_are_needless() -> None:
    told = {(name, found) for name, findings in GOLDEN.items() for found in findings}
    false = {(name, found) for name, findings in FALSE.items() for found in findings}
    needless = {(name, found) for name, findings in NEEDLESS.items() for found in findings}
    assert needless <= told
    assert (len(GOLDEN), sum(map(len, GOLDEN.values())), len(false), len(needless)) == (34, 149, 0, 9)
