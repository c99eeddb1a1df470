"""Every real document gives what its source says: facts written down by reading it, numbers, lines and codes, no sentences."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LineKind, Policy, SectionKind
from ur_desk.errors import UserError

GOLDEN: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent.parent / "golden" / "policies" / "documents.json").read_text("utf-8"))
PDFS = [name for name in GOLDEN if name.endswith(".pdf")]
NO_POLICY = (
    "json/CMS_API_DOUBLE_ESCAPE_NOTE.txt",
    "layout-cards/README.txt",
    "layout-cards/anthem_document_ids.txt",
    "md/uhc_2025_pa_requirements_key_sections.md",  # somebody's notes on a parser, with its test commands
)

_read: dict[str, Policy] = {}


def policy_of(name: str, samples: Path, codeset: CodeSet) -> Policy:
    if name not in _read:
        _read[name] = read((samples / "policies" / name).read_bytes(), name, codeset)
    return _read[name]


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_a_document_gives_its_facts(name: str, samples: Path, codeset: CodeSet) -> None:
    policy, facts = policy_of(name, samples, codeset), GOLDEN[name]
    version = policy.version
    assert policy.id == facts["id"]
    assert str(version.effective) == facts.get("effective", "None")
    assert str(version.last_review) == facts.get("last_review", "None")
    for fact in {"status", "ends"} & set(facts):
        assert str(getattr(version, fact)) == facts[fact]
    assert policy.reader.endswith(facts.get("layout", ""))
    if "publisher" in facts:
        assert policy.publisher == facts["publisher"]
    if "lines" in facts:
        assert len(policy.text.lines) == facts["lines"]
    if "pages" in facts:
        assert max(line.page or 0 for line in policy.text.lines) == facts["pages"]
    assert set(facts.get("findings", ())) <= {f.rule for f in policy.findings}


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_a_document_gives_its_sections_statements_and_codes(name: str, samples: Path, codeset: CodeSet) -> None:
    policy, facts = policy_of(name, samples, codeset), GOLDEN[name]
    for kind, firsts in facts.get("headings", {}).items():
        assert [s.first_line for s in policy.sections if s.kind is SectionKind(kind) and s.heading] == firsts
    if "statements" in facts:
        assert set(facts["statements"]) <= {s.first_line for s in policy.statements}
    if "statement_count" in facts:
        assert len(policy.statements) == facts["statement_count"]
    if "approvals" in facts:
        assert sum(s.criteria is not None for s in policy.statements) == facts["approvals"]
    for position, firsts in facts.get("positions", {}).items():
        assert [s.first_line for s in policy.statements if s.position.value == position] == firsts
    if "unconditional" in facts:
        assert [s.first_line for s in policy.statements if s.criteria is None] == facts["unconditional"]
    for line, terms in facts.get("terms", {}).items():
        assert [list(s.terms) for s in policy.statements if s.first_line == int(line)] == [terms]
    if "reference_count" in facts:
        assert len(policy.references) == facts["reference_count"]
    if "printed_headings" in facts:
        assert [h for h in facts["printed_headings"] if h not in [s.heading for s in policy.sections]] == []
    _check_codes(policy, facts)


def _check_codes(policy: Policy, facts: dict[str, Any]) -> None:
    if "codes" in facts:
        assert [entry.low for entry in policy.codes] == facts["codes"]
    if "code_count" in facts:
        assert len(policy.codes) == facts["code_count"]
    for line, listed in facts.get("listed", {}).items():
        assert [entry.raw for entry in policy.codes if entry.line == int(line)] == listed
    if "denied_codes" in facts:
        assert [entry.low for entry in policy.codes if entry.position is not None] == facts["denied_codes"]


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_a_document_gives_its_history_and_the_policies_that_it_names(name: str, samples: Path, codeset: CodeSet) -> None:
    policy, facts = policy_of(name, samples, codeset), GOLDEN[name]
    if "related" in facts:
        assert list(policy.related) == facts["related"]
    if "history" in facts:
        assert [row.line for row in policy.history] == facts["history"]
    if "history_count" in facts:
        assert len(policy.history) == facts["history_count"]
    if "code_position" in facts:
        assert {entry.position and entry.position.value for entry in policy.codes} == {facts["code_position"]}


@pytest.mark.samples
def test_no_document_is_left_out(samples: Path) -> None:
    folder = samples / "policies"
    names = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".layout.txt")}
    assert names == {*GOLDEN, *NO_POLICY, "RAD.00034.txt"}


@pytest.mark.samples
@pytest.mark.parametrize("name", NO_POLICY)
def test_notes_lists_and_readmes_are_refused(name: str, samples: Path, codeset: CodeSet) -> None:
    with pytest.raises(UserError, match="does not read as a medical policy"):
        read((samples / "policies" / name).read_bytes(), name, codeset)


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_every_line_stands_in_one_section(name: str, samples: Path, codeset: CodeSet) -> None:
    policy = policy_of(name, samples, codeset)
    numbers = [number for s in policy.sections for number in range(s.first_line, s.last_line + 1)]
    assert numbers == list(range(1, len(policy.text.lines) + 1))


@pytest.mark.samples
@pytest.mark.parametrize("name", PDFS)
def test_the_pages_furniture_is_in_no_line(name: str, samples: Path, codeset: CodeSet) -> None:
    text = policy_of(name, samples, codeset).text
    assert text.furniture
    marks = re.compile(r"\bPage \d+ of \d+|© 20\d\d UnitedHealthcare|^\s*\d{1,2}$|^\d+ Pages - ")
    assert [line.text for line in text.lines if marks.search(line.text)] == []


@pytest.mark.samples
@pytest.mark.parametrize("name", PDFS)
def test_every_word_of_a_page_is_in_its_lines_or_its_furniture(name: str, samples: Path, codeset: CodeSet) -> None:
    """Against the text that another program laid out: letters and digits, in whatever order columns were read."""
    text = policy_of(name, samples, codeset).text
    ours = " ".join([*(line.text for line in text.lines), *(f.text for f in text.furniture)])
    theirs = (samples / "policies" / name.replace(".pdf", ".layout.txt")).read_text("utf-8", "replace")
    words = re.compile(r"[A-Za-z]{4,}")
    missing = sorted(set(words.findall(theirs)) - set(words.findall(ours)))
    assert len(missing) <= len(set(words.findall(theirs))) * 0.01, missing


@pytest.mark.samples
def test_a_criterion_on_a_new_page_is_not_glued_to_the_page_number(samples: Path, codeset: CodeSet) -> None:
    policy = policy_of("pdf/uhc_afinitor_2024P1003-13_gbb005.pdf", samples, codeset)
    items = [line.text.strip() for line in policy.text.lines if line.kind is LineKind.ITEM]
    assert not [item for item in items if re.match(r"\d+\(\d\)", item)]
    assert sum(line.text == "-AND-" for line in policy.text.lines) == 28
    assert sum(line.text == "-OR-" for line in policy.text.lines) == 3
