"""`policy search` with facets, and `policy import` of folders, in a shell."""

import json
from pathlib import Path

import pytest
from cli_shell import Shell

from ur_desk.desk import importing

DOCUMENT = """Medical Policy
Subject: Lamp Study of the Foot
Document #: XYZ.{0:05} Current Effective Date: 03/15/2016

Position Statement

The lamp study of the foot is considered medically necessary.

Coding
M20.10-M20.62 Deformities of the toes
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    for number in range(1, 4):
        (place / f"{number}.txt").write_text(DOCUMENT.format(number), encoding="utf-8")
    return place


def test_a_folder_is_imported_and_searched_by_code_with_facets(shell: Shell, folder: Path) -> None:
    assert len(shell.good("policy", "import", str(folder), "--json")) == 3
    rows = shell.good("policy", "search", "M20.40", "--json")
    assert [(row["policy"], row["why"], row["printed"]) for row in rows] == [
        (f"XYZ.{number:05}", "range", "M20.10–M20.62") for number in range(1, 4)
    ]
    assert rows[0]["text"] == "M20.10-M20.62 Deformities of the toes"
    assert rows[0]["status"] == "draft"
    told = shell.good("policy", "search", "foot", "--json", "--facets", "--position", "medically_necessary", "--limit", "1")
    assert (len(told["hits"]), told["texts"], told["facets"]["status"]) == (1, 3, {"draft": 3})
    assert shell.good("policy", "search", "M20.40", "--status", "in_force", "--json") == []
    assert [row["id"] for row in shell.good("policy", "list", "--status", "abstract", "--json")] == ["RAD.00034"]


def test_a_person_reads_the_line_with_what_was_found_marked(shell: Shell, folder: Path) -> None:
    shell.good("policy", "import", str(folder))
    told = shell.good("policy", "search", "M20.40", "--facets")
    assert "[M20.10]-[M20.62] Deformities of the toes" in told
    assert "(M20.10–M20.62)" in told
    assert "position: medically_necessary 3" in told


def test_what_was_refused_is_said_with_its_reason_and_the_rest_is_in(shell: Shell, folder: Path) -> None:
    (folder / "notes.txt").write_text("Buy milk.", encoding="utf-8")
    status, _, err = shell("policy", "import", str(folder))
    assert status == 1
    assert "notes.txt does not read as a medical policy" in err
    assert "1 of 4 documents could not be read." in err
    assert len(shell.good("policy", "list", "--json")) == 4


def test_an_import_that_is_stopped_says_how_far_it_came(shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importing._read

    def struck(desk: object, file: Path) -> object:
        if file.name == "3.txt":
            raise KeyboardInterrupt
        return real(desk, file)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_read", struck)
    status, _, err = shell("policy", "import", str(folder))
    assert status == 1
    assert "Stopped: 2 of 3 files were read, 1 not." in err
    assert len(shell.good("policy", "list", "--json")) == 3


@pytest.mark.parametrize("asked", [("--status", "new"), ("--position", "maybe"), ("--limit", "0")])
def test_a_facet_that_is_none_is_wrong_usage(shell: Shell, asked: tuple[str, str]) -> None:
    assert shell("policy", "search", "foot", *asked)[0] == 2


def test_an_empty_folder_is_imported_without_ado(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert shell.good("policy", "import", str(tmp_path / "empty"), "--json") == []


@pytest.mark.parametrize(
    ("limit", "said"), [("1", "The best line is shown, of 3 policies."), ("2", "The best 2 lines are shown, of 3 policies.")]
)
def test_how_many_policies_hold_it_is_said_in_whole_words(shell: Shell, folder: Path, limit: str, said: str) -> None:
    shell.good("policy", "import", str(folder))
    assert said in shell("policy", "search", "M20.40", "--limit", limit)[2]


def test_texts_of_one_policy_are_no_policies_more(shell: Shell, folder: Path) -> None:
    (folder / "2.txt").write_text(DOCUMENT.format(1) + "M20.70 Another toe\n", encoding="utf-8")
    (folder / "3.txt").unlink()
    shell.good("policy", "import", str(folder))
    assert "of 1 policy in 2 texts." in shell("policy", "search", "M20.40", "--limit", "2")[2]


def test_a_range_is_marked_without_a_mark_inside_another(shell: Shell, folder: Path) -> None:
    (folder / "1.txt").write_text(DOCUMENT.format(1).replace("M20.10-M20.62", "M54.00-M54.9"), encoding="utf-8")
    shell.good("policy", "import", str(folder))
    told = shell.good("policy", "search", "M54.00-M54.9")
    assert "[M54.00-M54.9] Deformities" in told
    assert "[M54.00]-[M54.9] Deformities" in shell.good("policy", "search", "M54.5")


def test_an_import_says_what_it_skipped_and_what_stood_there_before(shell: Shell, folder: Path) -> None:
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    shell.good("policy", "import", str(folder), "--json")
    status, out, err = shell("policy", "import", str(folder), "--json")
    assert (status, len(json.loads(out))) == (0, 3)
    assert ".hidden.txt: skipped. A hidden file." in err
    assert err.count("This text is in the library already") == 3
    assert err.count("not confirmed yet. Nothing was changed.") == 3


def test_a_confirmed_text_is_read_anew_only_on_demand(shell: Shell, folder: Path) -> None:
    (first, *_) = shell.good("policy", "import", str(folder), "--json")
    shell.good("policy", "confirm", first["id"], "--json")
    file = folder / first["provenance"]["file"]
    _, _, err = shell("policy", "import", str(file))
    assert "confirmed by" in err
    assert not shell.good("policy", "draft", first["id"], "--json")["draft"]
    shell.good("policy", "import", "--anew", str(file), "--json")
    assert shell.good("policy", "draft", first["id"], "--json")["beside_confirmed"]


def test_another_text_of_the_same_day_is_told_with_how_many_lines_differ(shell: Shell, folder: Path) -> None:
    (first, *_) = shell.good("policy", "import", str(folder), "--json")
    shell.good("policy", "confirm", first["id"], "--json")
    altered = folder / "altered.txt"
    altered.write_text(DOCUMENT.format(1).replace("considered", "deemed"), encoding="utf-8")
    _, _, err = shell("policy", "import", str(altered))
    assert "altered.txt: another text of 03/15/2016 is confirmed; 1 line differs (policy diff XYZ.00001 " in err
