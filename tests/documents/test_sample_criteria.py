"""The criteria of documents of other payers, beside what a person read in them: ops, labels and lines of every node."""

import json
from pathlib import Path

import pytest
from numbered import numbered_file

from ur_desk.documents import read
from ur_desk.documents.criteria import tree_of
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.library.criteria import Criterion

GOLDEN: dict[str, list[str | None]] = json.loads(
    (Path(__file__).parent.parent / "golden" / "policies" / "criteria.json").read_text("utf-8")
)


def shape(node: Criterion, root: bool = False) -> str:
    """`label:op@lines(items)`; a leaf below the root is `label@lines`; a label in brackets stands without them."""
    label = node.label or ""
    label = label.strip("()") if label.startswith("(") else label
    lines = f"@{node.first_line}" if node.first_line == node.last_line else f"@{node.first_line}-{node.last_line}"
    if not node.items and not root:
        return f"{label}{lines}"
    items = f"({' '.join(shape(item) for item in node.items)})" if node.items else ""
    return f"{label}{'' if root else ':'}{node.op}{node.n or ''}{lines}{items}"


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_the_criteria_are_those_that_a_person_read(name: str, samples: Path, codeset: CodeSet) -> None:
    policy = read((samples / "policies" / name).read_bytes(), name, codeset)
    assert [s.criteria and shape(s.criteria, root=True) for s in policy.statements] == GOLDEN[name]


LAYOUTS = {
    ("pdf/uhc_afinitor_2024P1003-13_gbb005.layout.txt", 62, 97): (
        "any@62-97(1:all@64-82(a:any@66-70(i@68 ii@69 iii@70) b@74 c:any@78-82(i@80 ii@81 iii@82)) "
        "2:all@86-97(a@88 b:any@92-97(i@94-95 ii@96-97)))"
    ),
    ("pdf/cigna_epidiolex_pa_policy_gbb002.layout.txt", 156, 170): (
        "any@156-170(A):all@157-167(i.@159 ii.:any@160-166(a)@161-164 b)@165-166) iii.@167) B)@168-170)"
    ),
    ("cms/ncd_57_bariatric_surgery.txt", 34, 38): "all@34-38(@36 @37 @38)",
    ("cms/ncd_57_bariatric_surgery.txt", 11, 11): "any@11(1@11 2@11)",
    ("cms/lcd_35022_bariatric_EXCERPTED.txt", 31, 42): "all@31-42(@33 @34 @35 :any@36-42(@38 @39 @40 @41 @42))",
    ("cms/ncd_169_home_use_of_oxygen.txt", 16, 19): "any@16-19(@17 @18 @19)",
}


@pytest.mark.samples
@pytest.mark.parametrize(("name", "first", "last"), LAYOUTS)
def test_lists_of_layouts_that_no_statement_opens_yet_are_read_as_well(name: str, first: int, last: int, samples: Path) -> None:
    text = numbered_file(samples / "policies" / name)
    tree = tree_of(text, first, last)
    assert tree is not None
    assert shape(tree, root=True) == LAYOUTS[name, first, last]
