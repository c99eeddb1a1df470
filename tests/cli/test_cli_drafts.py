"""Drafts by the command line: shown, mended, taken back, compared with the file, and refused in plain words."""

from pathlib import Path

import pytest
from builders import TABLES
from cli_shell import Shell

ID = "RAD.00034"


def document(folder: Path) -> Path:
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    path = folder / "own.txt"
    path.write_text("\n".join(row for row in told.splitlines() if "abstract" not in row.casefold()), encoding="utf-8")
    return path


@pytest.fixture
def loaded(shell: Shell, tmp_path: Path) -> Shell:
    shell.good("policy", "import", str(document(tmp_path)), "--json")
    return shell


def test_a_draft_is_shown_as_draft_mended_and_mended_back(loaded: Shell) -> None:
    before = loaded.good("policy", "show", ID, "--json")
    assert (before["draft"], before["confirmed"], before["corrections"]) == (True, None, [])
    told = loaded.good("policy", "correct", ID, "section", "16", "--kind", "scope", "--json")
    (made,) = told["corrections"]
    assert (made["what"], made["line"], made["section"], made["by"]) == ("section", 16, "scope", "ada")
    assert (made["before"], made["after"]) == (before["reading"], told["reading"])
    assert loaded.good("policy", "show", ID, "--json")["corrections"] == [made]
    back = loaded.good("policy", "undo", ID, "--json")
    assert (back["reading"], back["corrections"]) == (before["reading"], [])


def test_what_was_understood_is_readable_line_by_line(loaded: Shell) -> None:
    told = loaded.good("policy", "draft", ID)
    assert "draft, loaded by ada" in told.splitlines()[0]
    assert any(line.startswith("section ") for line in told.splitlines())
    assert any(line.startswith("statement ") and "investigational" in line for line in told.splitlines())
    assert any(line.startswith("code ") and "76120" in line for line in told.splitlines())


def test_in_a_workspace_of_one_it_is_confirmed_and_says_by_whom(loaded: Shell) -> None:
    assert loaded.good("policy", "confirm", ID, "--json")["confirmed"]["alone"] is True
    assert loaded.good("policy", "show", ID, "--json")["draft"] is False
    assert "never changed" in loaded.refused("policy", "correct", ID, "section", "16", "--kind", "scope")


def test_with_a_second_person_who_loads_does_not_confirm(loaded: Shell) -> None:
    loaded.add("sol", "--role", "supervisor")
    assert "second person" in loaded.refused("policy", "confirm", ID)
    assert loaded.good("policy", "confirm", ID, "--json", user="sol")["confirmed"]["alone"] is False


def test_the_reading_that_was_looked_at_is_named_and_no_other_one_is_confirmed(loaded: Shell) -> None:
    looked = loaded.good("policy", "draft", ID)
    reading = next(line.split()[1] for line in looked.splitlines() if line.startswith("reading "))
    loaded.good("policy", "correct", ID, "section", "16", "--kind", "scope")
    assert "mended since you looked" in loaded.refused("policy", "confirm", ID, "--reading", reading)
    now = loaded.good("policy", "draft", ID, "--json")["reading"]
    assert now in loaded.good("policy", "confirm", ID, "--reading", now)


def test_of_several_drafts_one_is_named_by_its_text(loaded: Shell, tmp_path: Path) -> None:
    mine = loaded.good("policy", "draft", ID, "--json")
    other = tmp_path / "other.txt"
    other.write_text((tmp_path / "own.txt").read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    loaded.good("policy", "import", str(other), "--json")
    text = next(row["text"] for row in loaded.good("policy", "list", "--json") if row["kind"] == "document" and row["text"] != "")
    refused = loaded.refused("policy", "confirm", ID)
    assert "2 drafts of that policy wait" in refused
    assert text[:12] in refused
    assert loaded.good("policy", "confirm", ID, "--text", text[:12], "--json")["confirmed"]["alone"] is True
    assert mine["draft"]


def test_the_file_as_received_is_compared_and_comes_out_again(loaded: Shell, tmp_path: Path) -> None:
    told = loaded.good("policy", "show", ID, "--verify", "--json")
    assert (told["same"], told["lines"]) == (True, [])
    out = tmp_path / "again.txt"
    loaded.good("policy", "received", ID, "--out", str(out))
    assert out.read_bytes() == (tmp_path / "own.txt").read_bytes()


def test_title_number_history_and_terms_are_mended(loaded: Shell) -> None:
    policy = loaded.good("policy", "show", ID, "--json")
    line = str(policy["history"][0]["line"])
    loaded.good("policy", "correct", ID, "history", line, "--status", "Looked at", "--day", "08/03/2017", "--words", "All of it", "--json")
    at = str(policy["statements"][0]["first_line"])
    told = loaded.good("policy", "correct", ID, "statement", at, "--kind", policy["statements"][0]["position"], "--no-terms", "--json")
    assert told["statements"][0]["terms"] == []
    assert (told["history"][0]["status"], told["history"][0]["date"], told["history"][0]["action"]) == (
        "Looked at",
        "2017-08-03",
        "All of it",
    )
    assert "does not print" in loaded.refused("policy", "correct", ID, "title", "1", "--words", "Quite another")
    head = next(s for s in policy["sections"] if s["heading"])
    told = loaded.good("policy", "correct", ID, "section", str(head["first_line"]), "--kind", head["kind"], "--no-heading", "--json")
    assert next(s for s in told["sections"] if s["first_line"] == head["first_line"])["heading"] is None
    assert "history    " in loaded.good("policy", "draft", ID)


def test_a_draft_beside_a_confirmed_reading_is_discarded_and_brought_back(loaded: Shell, tmp_path: Path) -> None:
    assert "No confirmed reading stands beside" in loaded.refused("policy", "discard", ID)
    loaded.good("policy", "confirm", ID)
    loaded.good("policy", "import", str(document(tmp_path)), "--anew", "--json")
    assert loaded.good("policy", "draft", ID, "--json")["beside_confirmed"] is True
    (row,) = [each for each in loaded.good("policy", "list", "--json") if each["kind"] == "document"]
    assert row["draft"] == {"beside_confirmed": True, "loaded_by": "ada", "waits_for": "anybody who may confirm"}
    assert "draft waits for anybody" in loaded.good("policy", "list")
    gone = loaded.good("policy", "discard", ID, "--json")
    assert (gone["draft"], gone["discarded_draft"]) == (False, True)
    assert "a discarded draft is kept" in loaded.good("policy", "draft", ID)
    assert loaded.good("policy", "undiscard", ID, "--json")["beside_confirmed"] is True


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("section", "16", "--kind", "nonsense"), "no such kind"),
        (("section", "16"), "does not say everything"),
        (("section", "99999", "--kind", "scope"), "no line 99999"),
        (("criterion", "16", "--path", "x", "--op", "all"), "no place in a tree"),
        (("code", "16", "--system", "CPT", "--low", "zz"), "has not the shape"),
    ],
)
def test_a_bad_correction_is_refused_in_plain_words(loaded: Shell, words: tuple[str, ...], says: str) -> None:
    assert says in loaded.refused("policy", "correct", ID, *words)
    assert loaded.good("policy", "show", ID, "--json")["corrections"] == []


def test_a_correction_tells_what_is_another_now_and_not_all_of_the_reading(loaded: Shell) -> None:
    whole = loaded.good("policy", "draft", ID).splitlines()
    told = loaded.good("policy", "correct", ID, "section", "16", "--kind", "scope").splitlines()
    assert len(told) < len(whole) / 2
    assert "1 correction." in told[0]
    assert any(row.startswith("+ section    16-") and "scope" in row for row in told)
    assert {row[0] for row in told[1:]} <= {"+", "-"}
    back = loaded.good("policy", "undo", ID).splitlines()
    assert sorted(row[2:] for row in back[1:] if row[0] == "-") == sorted(row[2:] for row in told[1:] if row[0] == "+")
