"""Tables and senders in a shell: columns guessed, mended and given back, kept under a name, and known the next time."""

import json
from pathlib import Path

import pytest
from cli_shell import Shell

from ur_desk.domain.intake.mapping import FIELDS

HEAD = "Patient ID,Procedure,Dx,DOB\r\n"
ROWS = "DEMO-1,72148,M54.5,04/13/1968\r\nDEMO-2,97110,M17.11,12/01/1959\r\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "october.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    return file


@pytest.fixture
def mapping(shell: Shell, table: Path, tmp_path: Path) -> Path:
    """The guess of the table, mended by hand: the office writes the member's id as the patient's."""
    status, out, err = shell("intake", "--columns", str(table))
    assert (status, "4 columns" in err) == (0, True)
    told = json.loads(out)
    assert {each["column"]: each["sure"] for each in told["guess"]}["Patient ID"] == "unsure"
    told["columns"].append({"column": "Patient ID", "field": "member.member_id"})
    file = tmp_path / "mapping.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def test_a_table_whose_headers_say_too_little_is_refused_and_read_with_a_mapping(shell: Shell, table: Path, mapping: Path) -> None:
    status, out, err = shell("intake", str(table))
    assert (status, json.loads(out)["requests"]) == (1, [])
    assert "The headers do not say which column holds whose request it is" in err
    told = shell.good("intake", str(table), "--mapping", str(mapping), "--json")
    assert [(r["member"]["member_id"], r["services"][0]["code"]) for r in told["requests"]] == [("DEMO-1", "72148"), ("DEMO-2", "97110")]


def test_a_kept_sender_is_named_or_known_by_the_columns(shell: Shell, table: Path, mapping: Path) -> None:
    kept = shell.good("sender", "import", str(mapping), "--name", "Lindenfield Ortho", "--fits", str(table), "--json")
    assert (kept["name"], kept["fits"]) == ("Lindenfield Ortho", ["dob", "dx", "patient id", "procedure"])
    told = shell.good("intake", "--sender", "lindenfield ortho", str(table), "--json")
    assert len(told["requests"]) == 2
    cases = shell.good("intake", "--save", str(table), "--json")
    assert len(cases["cases"]) == 2
    assert "sender-taken" in {p["code"] for p in cases["problems"]}
    assert shell.good("sender", "list") == "Lindenfield Ortho: 4 columns\n"
    assert "Patient ID: member.member_id" in shell.good("sender", "show", "Lindenfield Ortho")


def test_a_sender_goes_out_as_a_file_and_comes_in_again(shell: Shell, table: Path, mapping: Path, tmp_path: Path) -> None:
    shell.good("sender", "import", str(mapping), "--name", "Ortho", "--fits", str(table))
    file = tmp_path / "ortho.json"
    shell.good("sender", "export", "Ortho", str(file))
    assert shell.good("sender", "rename", "Ortho", "Old Ortho") == "Old Ortho\n"
    shell.good("sender", "import", str(file))
    assert [each["name"] for each in shell.good("sender", "list", "--json")] == ["Old Ortho", "Ortho"]
    assert shell.good("sender", "show", "Ortho", "--json") == json.loads(file.read_text(encoding="utf-8"))
    shell.good("sender", "drop", "OLD ortho")
    assert [each["name"] for each in shell.good("sender", "list", "--json")] == ["Ortho"]
    shell.add("rui", "--role", "auditor")
    assert "mapping of a sender" in shell.good("audit", "register", user="rui")


def test_a_sender_without_columns_to_be_known_by_is_said(shell: Shell, mapping: Path) -> None:
    status, _, err = shell("sender", "import", str(mapping), "--name", "Ortho")
    assert (status, "not known by themselves" in err) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["intake", "--sender", "nobody", "FILE"], "There is no sender of that name."),
        (["intake", "--mapping", "FILE", "FILE"], "october.csv is no mapping of columns."),
        (["intake", "--columns", "NOTES"], "notes.pdf has no columns"),
        (["sender", "import", "FILE"], "october.csv is no mapping of columns."),
        (["sender", "show", "nobody"], "There is no sender of that name."),
        (["sender", "drop", "nobody"], "There is no sender of that name."),
        (["sender", "rename", "nobody", "x"], "There is no sender of that name."),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(shell: Shell, table: Path, words: list[str], said: str) -> None:
    notes = table.with_name("notes.pdf")
    notes.write_bytes(b"%PDF-1.4")
    places = {"FILE": str(table), "NOTES": str(notes)}
    assert said in shell.refused(*(places.get(word, word) for word in words))


@pytest.mark.parametrize("words", [["--sender", "x", "--mapping", "y"], ["--columns", "again.csv"]])
def test_options_that_contradict_each_other_are_wrong_usage(shell: Shell, table: Path, words: list[str]) -> None:
    assert shell("intake", str(table), *words)[0] == 2


def test_words_of_a_sender_are_mended_in_the_mapping_and_shown(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "prio.csv"
    file.write_text("Req No,Subscriber,CPT,Prio\r\nR-1,DEMO-1,72148,U\r\nR-2,DEMO-2,97110,R\r\n", encoding="utf-8")
    told = shell.good("intake", "--columns", str(file), "--json")
    (prio,) = [each for each in told["guess"] if each["column"] == "Prio"]
    assert (prio["field"], prio["sure"]) == ("urgency", "unsure")
    assert "Not known: “R”, “U”." in prio["why"]
    told["columns"].append({"column": "Prio", "field": "urgency", "values": {"U": "expedited", "R": "standard"}})
    mapping = tmp_path / "prio.json"
    mapping.write_text(json.dumps(told), encoding="utf-8")
    shell.good("sender", "import", str(mapping), "--name", "Ortho", "--fits", str(file))
    assert "“u” means expedited" in shell.good("sender", "show", "Ortho")
    read = shell.good("intake", str(file), "--sender", "Ortho", "--json")
    assert [each["urgency"] for each in read["requests"]] == ["expedited", "standard"]


def test_a_sender_that_this_version_refuses_is_listed_with_its_reason_and_exported_to_be_mended(
    shell: Shell, mapping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.good("sender", "import", str(mapping), "--name", "Ortho")
    monkeypatch.delitem(FIELDS, "member.member_id")
    assert "Ortho: needs a look. “member.member_id” is no field of a request." in shell.good("sender", "list")
    (told,) = shell.good("sender", "list", "--json")
    assert told == {"name": "Ortho", "needs_a_look": "“member.member_id” is no field of a request."}
    assert "needs a look" in shell.refused("sender", "show", "Ortho")
    out = tmp_path / "out.json"
    shell.good("sender", "export", "Ortho", str(out))
    kept = {each["column"]: each["field"] for each in json.loads(out.read_text(encoding="utf-8"))["columns"]}
    assert kept["Patient ID"] == "member.member_id"
    shell.good("sender", "drop", "Ortho")
    assert shell.good("sender", "list") == ""


def test_a_social_security_number_in_a_problem_is_masked_on_the_screen(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "ssn.csv"
    file.write_text(
        "Member ID,CPT,DOB\r\nDEMO-1,72148,123-45-6789\r\nDEMO-2,97110,04/13/1968\r\nDEMO-3,97110,04/14/1968\r\n", encoding="utf-8"
    )
    _, _, err = shell("intake", str(file))
    assert "•••-••-6789" in err
    assert "123-45-6789" not in err
