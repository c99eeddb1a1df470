"""The bundled table beside published ranges and reference lists."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from ur_desk import paths
from ur_desk.domain.codes import CodeSet, Validity, ends

pytestmark = pytest.mark.samples
ADDED_IN_2025 = "QA0"  # the reference list leaves out this category, whose second character is a letter


def _bundled(name: str) -> list[str]:
    return gzip.decompress((paths.resources() / "codesets" / name).read_bytes()).decode().splitlines()


def _rows(file_path: Path) -> list[dict[str, str]]:
    with file_path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_published_ranges_agree(samples: Path, codeset: CodeSet) -> None:
    rows = _rows(samples / "icd" / "range_vectors.csv")
    assert len(rows) == 323
    for row in rows:
        found = ends(row["raw"], None, codeset)
        assert (found.low, found.high) == (row["start"], row["end"]), row["raw"]
        assert (str(found.low_exists), str(found.high_exists)) == (row["start_valid"], row["end_valid"]), row["raw"]
        assert (str(found.reversed), str(found.crosses_category)) == (row["reversed"], row["cross_category"]), row["raw"]
        assert found.billable == (int(row["n_tabular"]) if row["n_tabular"] else None), row["raw"]
        for code, billable in ((found.low, row["start_billable"]), (row["end"], row["end_billable"])):
            assert (codeset.on(code, codeset.vintage) is Validity.VALID) == (billable == "True"), row["raw"]


def test_the_newest_release_is_the_reference_list_in_its_order(samples: Path) -> None:
    lines = gzip.decompress((samples / "icd" / "icd10cm_2026-04_order_code_desc_leaf.tsv.gz").read_bytes()).decode().splitlines()
    reference = [
        (code, " ".join(words.split()), leaf)
        for code, rest in (line.split("\t", 1) for line in lines)
        for words, leaf in [rest.rsplit("\t", 1)]
    ]
    ours = [
        (code, words, "1" if states[-1] == "b" else "0")
        for code, states, words in (row.split("\t") for row in _bundled("icd10cm.tsv.gz"))
        if states[-1] != "-" and not code.startswith(ADDED_IN_2025)
    ]
    assert ours == reference


def test_what_changed_since_2024_is_known_on_both_sides(samples: Path, codeset: CodeSet) -> None:
    then, now = date(2024, 3, 1), date(2026, 5, 1)
    known = {
        "deleted_since_FY2024": (Validity.VALID, Validity.RETIRED),
        "billable_in_FY2024_now_header": (Validity.VALID, Validity.HEADER),
        "new_since_FY2024": (Validity.NOT_YET_VALID, Validity.VALID),
    }
    for row in _rows(samples / "icd" / "release_diff_2024_vs_2026-04.csv"):
        on = (codeset.on(row["dotted"], then), codeset.on(row["dotted"], now))
        assert on == known[row["change"]], row["dotted"]
