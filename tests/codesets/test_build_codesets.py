"""The bundled table is what its build script makes of the two pinned packages."""

import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ur_desk import paths

SCRIPT = Path(__file__).parents[2] / "packaging" / "build_codesets.py"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_codesets", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("ignore:.*Use files:DeprecationWarning")  # the package reads its own data the old way
def test_the_packages_give_the_bundled_rows(build: ModuleType, tmp_path: Path) -> None:
    made = build.write(tmp_path).read_bytes()
    bundled = paths.resources() / "codesets" / "icd10cm.tsv.gz"
    assert gzip.decompress(made) == gzip.decompress(bundled.read_bytes())
    assert made[3:8] == bytes(5), "neither name nor time may stand in the file, or no two builds were alike"
    assert len(made) < 750_000


def test_headers_are_what_stands_above_billable_codes_without_the_filler(build: ModuleType) -> None:
    assert build.headers({"S134XXA", "T404X1A", "A00", "H4011X1"}) == {
        "S13",
        "S134",
        "T40",
        "T404",
        "T404X",
        "T404X1",
        "H40",
        "H401",
        "H4011",
    }
    assert build.headers({"A00", "A001"}) == set()


@pytest.mark.parametrize(
    ("others", "order"),
    [
        ({"A005"}, ["A00", "A001", "A0011", "A005", "A009", "B00"]),
        ({"A0012"}, ["A00", "A001", "A0011", "A0012", "A009", "B00"]),
        ({"A000"}, ["A00", "A000", "A001", "A0011", "A009", "B00"]),
        ({"A01", "A011"}, ["A00", "A001", "A0011", "A009", "A01", "A011", "B00"]),
    ],
)
def test_codes_of_older_lists_stand_after_their_earlier_sibling(build: ModuleType, others: set[str], order: list[str]) -> None:
    assert build.in_order(["A00", "A001", "A0011", "A009", "B00"], others) == order
