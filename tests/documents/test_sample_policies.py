"""The payer's own document, line by line; documents of other payers read or refused in plain words; the bundled abstract beside them."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ur_desk import paths
from ur_desk.documents import bundled, read
from ur_desk.documents.compare import diff
from ur_desk.documents.lint import lint
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.policy import EntryState, Policy, Severity
from ur_desk.errors import UserError

GOLDEN = Path(__file__).parent.parent / "golden" / "policies" / "RAD.00034.json"


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(GOLDEN.read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def abstract(codeset: CodeSet) -> Policy:
    (policy,) = bundled(paths.resources() / "policies", codeset)
    return policy


@pytest.fixture(scope="module")
def data(samples: Path) -> bytes:
    return (samples / "policies" / "RAD.00034.txt").read_bytes()


@pytest.fixture(scope="module")
def policy(data: bytes, codeset: CodeSet) -> Policy:
    return read(data, "RAD.00034.txt", codeset)


def facts(policy: Policy) -> dict[str, Any]:
    """What the golden file holds that does not count lines: true of the document and of the abstract."""
    version = policy.version
    return {
        "id": policy.id,
        "status": version.status,
        "effective": str(version.effective),
        "last_review": str(version.last_review),
        "kinds": [s.kind.value for s in policy.sections],
        "statements": [(s.position.value, s.all_indications, list(s.terms)) for s in policy.statements],
        "codes": [(e.system.value, e.low, e.high, e.condition) for e in policy.codes],
        "references": [r.kind for r in policy.references],
        "history": [(r.status, str(r.day)) for r in policy.history if not r.pre_merger],
        "pre_merger": [(r.organization, r.day and str(r.day), r.document) for r in policy.history if r.pre_merger],
        "suspect": [e.raw for e in policy.codes if e.state is EntryState.SUSPECT],
    }


def golden_facts(golden: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: golden[key] for key in ("id", "status", "effective", "last_review", "suspect")},
        "kinds": [kind for kind, _, _ in golden["sections"]],
        "statements": [(s["position"], s["all_indications"], s["terms"]) for s in golden["statements"]],
        "codes": [(c["system"], c["low"], c["high"], c["condition"]) for c in golden["codes"]],
        "references": ["publication"] * len(golden["publications"]) + ["website"] * len(golden["websites"]),
        "history": [(r["status"], r["date"]) for r in golden["history"]],
        "pre_merger": [(r["organization"], r["date"], r["document"]) for r in golden["pre_merger"]],
    }


def test_the_golden_file_holds_what_the_document_holds(golden: dict[str, Any]) -> None:
    systems = [code["system"] for code in golden["codes"]]
    assert (systems.count("CPT"), systems.count("ICD-10-CM")) == (3, 37)
    assert (len(golden["history"]), [row["status"] for row in golden["history"]].count(None), len(golden["pre_merger"])) == (14, 1, 2)


def test_the_abstract_holds_the_documents_facts(abstract: Policy, golden: dict[str, Any]) -> None:
    assert facts(abstract) == golden_facts(golden)


def test_the_abstract_is_marked_as_one_and_counts_its_own_lines(abstract: Policy, golden: dict[str, Any]) -> None:
    assert abstract.abstract
    assert abstract.text.sha256 != golden["text_sha256"]
    assert "abstract" in abstract.text.line(1).text
    assert 90 <= len(abstract.text.lines) <= 125


def test_the_abstract_is_flagged_where_the_document_is(abstract: Policy, golden: dict[str, Any]) -> None:
    errors = [(f.rule, f.raw) for f in abstract.findings if f.severity is Severity.ERROR]
    assert errors == [("range-end-unknown", golden["suspect"][0]), ("range-crosses-category", golden["suspect"][0])]
    assert {f.rule for f in abstract.findings if f.severity is Severity.INFO} == {"reference-address-missing", "history-status-missing"}


def test_a_bundled_text_that_does_not_call_itself_an_abstract_is_never_taken(tmp_path: Path, codeset: CodeSet) -> None:
    text = (paths.resources() / "policies" / "RAD.00034.abstract.txt").read_text("utf-8").split("\n", 1)[1]
    (tmp_path / "RAD.00034.abstract.txt").write_text(text, "utf-8")
    with pytest.raises(ValueError, match="abstract"):
        bundled(tmp_path, codeset)


@pytest.mark.samples
def test_the_document_is_read_to_its_facts(policy: Policy, golden: dict[str, Any]) -> None:
    assert facts(policy) == golden_facts(golden)
    assert policy.title.startswith("Dynamic Spinal Visualization")
    assert policy.related == ()


@pytest.mark.samples
def test_each_of_its_lines_stands_in_one_section(policy: Policy, golden: dict[str, Any]) -> None:
    assert [[s.kind.value, s.first_line, s.last_line] for s in policy.sections] == golden["sections"]
    assert len(policy.text.lines) == golden["lines"]
    assert (policy.provenance.sha256, policy.text.sha256) == (golden["file_sha256"], golden["text_sha256"])


@pytest.mark.samples
def test_only_printed_headings_are_headings(policy: Policy) -> None:
    assert [s.first_line for s in policy.sections if s.heading] == [10, 83, 91, 98]
    assert all(s.heading == policy.text.line(s.first_line).text.strip() for s in policy.sections if s.heading)


@pytest.mark.samples
def test_everything_stands_on_its_line(policy: Policy, golden: dict[str, Any]) -> None:
    assert [s.first_line for s in policy.statements] == [s["line"] for s in golden["statements"]]
    assert [e.line for e in policy.codes] == [c["line"] for c in golden["codes"]]
    digests = [sha256((e.description or "").encode()).hexdigest()[:16] for e in policy.codes]
    assert digests == [c["description_sha256"] for c in golden["codes"]]
    assert [r.line for r in policy.references] == golden["publications"] + golden["websites"]
    assert [r.line for r in policy.history if not r.pre_merger] == [r["line"] for r in golden["history"]]
    assert [(r.line, r.last_line) for r in policy.history if r.pre_merger] == [
        (r["first_line"], r["last_line"]) for r in golden["pre_merger"]
    ]
    assert list(policy.disclaimers) == golden["disclaimers"]


@pytest.mark.samples
def test_lint_flags_the_misprint_and_nothing_that_is_right(policy: Policy, golden: dict[str, Any]) -> None:
    assert [[f.rule, f.severity.value, f.line] for f in policy.findings] == golden["findings"]
    assert {f.line for f in policy.findings if f.severity is not Severity.INFO} == {69}


@pytest.mark.samples
def test_a_year_after_the_last_review_the_review_is_overdue(policy: Policy, codeset: CodeSet) -> None:
    def overdue(today: date) -> list[int]:
        return [f.line for f in lint(policy, codeset, today) if f.rule == "review-overdue"]

    assert (overdue(date(2018, 8, 3)), overdue(date(2018, 8, 4))) == ([], [5])


@pytest.mark.samples
@pytest.mark.parametrize("dash", ["–", "—", "‑", "−", " - ", " to "])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_other_dashes_and_line_ends_change_no_fact(dash: str, ending: str, data: bytes, golden: dict[str, Any], codeset: CodeSet) -> None:
    text = data.decode()
    for code in golden["codes"]:
        if code["high"]:
            text = text.replace(f"{code['low']}-{code['high']}", f"{code['low']}{dash}{code['high']}")
    told = facts(read(text.replace("\n", ending).encode("utf-8-sig"), "RAD.00034.txt", codeset))
    assert {**told, "suspect": None} == {**golden_facts(golden), "suspect": None}
    assert len(told["suspect"]) == 1


@pytest.mark.samples
def test_sections_are_told_by_content_also_where_the_gaps_are_lost(data: bytes, policy: Policy, codeset: CodeSet) -> None:
    single = data.replace(b"\n\n\n", b"\n\n")
    told = read(single, "RAD.00034.txt", codeset)
    assert [(s.kind, told.text.line(s.first_line).text) for s in told.sections] == [
        (s.kind, policy.text.line(s.first_line).text) for s in policy.sections
    ]


@pytest.mark.samples
@pytest.mark.parametrize("tenth", range(1, 10))
def test_the_document_cut_short_is_read_as_far_as_it_goes(tenth: int, data: bytes, policy: Policy, codeset: CodeSet) -> None:
    cut = read(data[: len(data) * tenth // 10], "RAD.00034.txt", codeset)
    assert (cut.id, cut.version) == (policy.id, policy.version)
    whole = cut.sections[:-1]
    assert whole == policy.sections[: len(whole)]
    if cut.sections[-1].kind is not policy.sections[-1].kind:
        assert "section-missing" in {f.rule for f in cut.findings}


@pytest.mark.samples
def test_the_abstract_beside_the_document_differs_in_words_not_in_facts(policy: Policy, abstract: Policy, codeset: CodeSet) -> None:
    found = diff(policy, abstract, codeset)
    assert found.facts == ()
    assert all(change.old and change.new for change in found.codes)
    assert len(found.statements) == 2


@pytest.mark.samples
def test_the_abstract_copies_no_sentence(policy: Policy, abstract: Policy) -> None:
    def sentences(text: Policy) -> set[str]:
        lines = (line.text.replace("\u00a0", " ") for line in text.text.lines)
        parts = (part.strip().lower() for line in lines for part in line.split(". "))
        return {part for part in parts if part.count(" ") >= 6}

    shared = {part for part in sentences(policy) & sentences(abstract) if policy.title.lower() not in part}
    assert shared == set()


READ_IDS = {
    "txt/utah_medicaid_style_73721.txt": "DMHF-IMG-MRI-001",
    "txt/voxmenthe_dupixent_insurance_policy.txt": "RX-2024-BIO-017",
    "cms/ncd_57_bariatric_surgery.txt": "57",
    "cms/lcd_35022_bariatric_EXCERPTED.txt": "35022",
    "layout-cards/arkansas_bcbs_2006039.txt": "2006039",
    "layout-cards/bcbsma_585_artificial_disc_cervical.txt": "585",
    "layout-cards/cms_article_A58801_superseded.txt": "A58801",
    "layout-cards/cms_mcd_lcd_L33707_label-value-lines.txt": "L33707",
    "layout-cards/humana_HUM-0442-023.txt": "HUM-0442-023",
    "pdf/highmark_MRP-002.layout.txt": "MRP-002",
}


@pytest.mark.samples
@pytest.mark.parametrize(("name", "number"), READ_IDS.items())
def test_documents_of_other_payers_are_known_by_their_number(name: str, number: str, samples: Path, codeset: CodeSet) -> None:
    assert read((samples / "policies" / name).read_bytes(), name, codeset).id == number


@pytest.mark.samples
def test_every_other_file_is_read_or_refused_in_plain_words(samples: Path, codeset: CodeSet) -> None:
    files = [file for file in samples.rglob("*") if file.is_file() and file.stat().st_size < 2_000_000]
    assert len(files) > 100
    policies = {file.read_bytes() for file in files if file.is_relative_to(samples / "policies")}
    for file in files:
        try:
            policy = read(file.read_bytes(), file.name, codeset)
        except UserError:
            continue
        assert file.read_bytes() in policies, file
        numbers = [number for s in policy.sections for number in range(s.first_line, s.last_line + 1)]
        assert numbers == list(range(1, len(policy.text.lines) + 1)), file


@pytest.mark.samples
@pytest.mark.parametrize(
    "name", ["layout-cards/README.txt", "layout-cards/anthem_document_ids.txt", "json/CMS_API_DOUBLE_ESCAPE_NOTE.txt", "../README.md"]
)
def test_notes_and_lists_are_no_policy(name: str, samples: Path, codeset: CodeSet) -> None:
    with pytest.raises(UserError, match="does not read as a medical policy"):
        read((samples / "policies" / name).read_bytes(), name, codeset)


@pytest.mark.samples
def test_a_payers_grid_of_diagnoses_is_read_cell_by_cell(samples: Path) -> None:
    from ur_desk.documents.code_rows import Under, row

    cells = json.loads((samples / "icd" / "fep_policy_icd_texts.json").read_text("utf-8"))
    told = {cell["policy"]: row(cell["icd_text"], 1, Under(System.ICD10CM)) for cell in cells}
    assert [(e.low, e.high) for e in told["1.01.29"]] == [("C71.0", "C71.9")]
    assert [(e.low, e.high) for e in told["2.02.31"]] == []
    assert len(told["1.01.09"]) == 22
