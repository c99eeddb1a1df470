"""Records of a case on the command line."""

from pathlib import Path

import pytest
from builders import request
from cli_shell import Shell
from record_makers import PAGES, fax


@pytest.fixture
def number(shell: Shell) -> str:
    shell.add("mara", "--role", "nurse")
    return shell.case(request())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    made = tmp_path / "fax.pdf", tmp_path / "scan.tif", tmp_path / "words.pdf"
    for path, data in zip(made, (PAGES, fax(2, size=(80, 100)), b"Dear sirs"), strict=True):
        path.write_bytes(data)
    return made


def test_records_are_attached_listed_searched_and_written_out(shell: Shell, number: str, files: tuple[Path, Path, Path]) -> None:
    told = shell.good("case", "attach", number, str(files[0]), str(files[1]), "--at", "2017-10-05T09:30-04:00", "--json", user="mara")
    assert [(each["name"], each["pages"], each["pages_with_text"]) for each in told] == [("fax.pdf", 2, 2), ("scan.tif", 2, 0)]
    assert told[0]["received_at"] == "2017-10-05T09:30:00-04:00"
    assert shell.good("case", "records", number, "--json", user="mara") == told
    assert "scan.tif" in shell.good("case", "records", number, user="mara")
    (hit,) = shell.good("case", "find-in-records", number, "motion", "--json", user="mara")
    assert (hit["name"], hit["page"]) == ("fax.pdf", 1)
    assert "fax.pdf, p. 1" in shell.good("case", "find-in-records", number, "motion", user="mara")
    assert "on no page" in shell.good("case", "find-in-records", number, "elbow", user="mara")
    out = files[0].with_name("out.pdf")
    shell.good("case", "record", number, "1", "--out", str(out), user="mara")
    assert out.read_bytes() == PAGES
    shown = shell.good("case", "show", number, "--json", user="mara")
    assert [each["name"] for each in shown["records"]] == ["fax.pdf", "scan.tif"]
    assert "scan.tif, 2 pages, 0 with text" in shell.good("case", "show", number, user="mara")


def test_a_file_that_is_refused_stops_no_other(shell: Shell, number: str, files: tuple[Path, Path, Path]) -> None:
    said = shell.refused("case", "attach", number, str(files[2]), str(files[0]), user="mara")
    assert "neither a PDF" in said
    assert "1 file was not attached" in said
    assert [each["name"] for each in shell.good("case", "records", number, "--json", user="mara")] == ["fax.pdf"]


def test_what_is_not_there_is_refused_in_plain_words(shell: Shell, number: str, files: tuple[Path, Path, Path]) -> None:
    assert "has no record 1" in shell.refused("case", "record", number, "1", "--out", str(files[0].with_name("o.pdf")), user="mara")
    assert "cannot be read" in shell.refused("case", "attach", number, str(files[0].with_name("gone.pdf")), user="mara")
    assert "no case" in shell.refused("case", "attach", "UR-1999-000001", str(files[0]), user="mara")
    assert "future" in shell.refused("case", "attach", number, str(files[0]), "--at", "2099-01-01T00:00Z", user="mara")
    assert shell.good("case", "records", number, "--json", user="mara") == []
