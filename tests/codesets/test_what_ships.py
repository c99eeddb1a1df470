"""What ships of codes and policies: nothing that its owner licenses."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ur_desk import paths
from ur_desk.documents import bundled
from ur_desk.domain.codes import CodeSet

LICENSED = re.compile(r"[0-9]{5}|[0-9]{4}[A-Z]|[0-9]{4}")
"""CPT codes of all categories, and revenue codes (UB-04); no code of ICD-10-CM begins with a digit."""


def keys(told: Any) -> Iterator[str]:
    """Every key of a JSON value, and of what lies in it."""
    if isinstance(told, dict):
        yield from told
    for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from keys(each)


@pytest.mark.toy(23)
def test_no_table_of_codes_holds_a_cpt_or_a_revenue_code() -> None:
    """Bundled CPT descriptors, revenue codes or insurer policy texts without a license."""
    folder, seen = paths.resources() / "codesets", set[str]()
    for path in folder.iterdir():
        match path.suffix:
            case ".gz":
                seen |= {row.split("\t")[0] for row in gzip.decompress(path.read_bytes()).decode().splitlines()}
            case ".json":
                seen |= set(keys(json.loads(path.read_text(encoding="utf-8"))))
            case other:
                assert other == ".md", f"{path.name}: nobody looked into it"
    assert {"U071", "11"} <= seen, "both kinds of file were looked into"
    assert [code for code in seen if LICENSED.fullmatch(code)] == []


@pytest.mark.toy(23)
def test_every_policy_that_ships_is_an_abstract_in_words_of_our_own(codeset: CodeSet) -> None:
    files = sorted(path.name for path in (paths.resources() / "policies").iterdir())
    assert all(name.endswith(".abstract.txt") for name in files)
    shipped = bundled(paths.resources() / "policies", codeset)
    assert len(shipped) == len(files)
    assert all(policy.abstract for policy in shipped)
