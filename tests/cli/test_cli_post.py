"""Letters on their way from a shell: what is owed, sent with proof, come back, in wrong hands; sheets; corrections; the wrong member."""

from pathlib import Path
from typing import Any

import pytest
from builders import line, profile, request
from cli_shell import Shell
from record_makers import PAGES

from ur_desk.records.letter import profile_bytes


@pytest.fixture
def number(shell: Shell, tmp_path: Path) -> str:
    """A case with an approval issued."""
    case = shell.case(request(line(1, "97110", "Therapeutic exercise")))
    shell.good("case", "decide", case, "approve", "--reason", "You meet what your plan asks for.", "--no-policy", "--accept-unchecked")
    plan = tmp_path / "profile.json"
    plan.write_bytes(profile_bytes(profile()))
    shell.good("profile", "save", str(plan))
    shell.good("wording", "approve", "--by", "The compliance committee")
    shell.good("letter", "issue", case, "--out", str(tmp_path / "letter.pdf"))
    return case


def log(tmp_path: Path) -> str:
    file = tmp_path / "mail log.pdf"
    file.write_bytes(PAGES)
    return str(file)


def owed(shell: Shell) -> list[Any]:
    return [(each["owed_to"], each["why"]) for each in shell.good("letter", "owed", "--json")]


def test_what_is_owed_is_listed_until_it_was_sent_with_its_proof(shell: Shell, number: str, tmp_path: Path) -> None:
    assert owed(shell) == [("member", "not_sent"), ("provider", "not_sent")]
    assert f"{number}-L1" in shell.good("letter", "owed")
    shell.good("letter", "sent", number, "--by", "mail", "--proof", log(tmp_path))
    shell.good("letter", "sent", number, "--by", "fax", "--to", "provider", "--where", "1-317-555-0188")
    assert owed(shell) == []
    assert "No letter is owed" in shell.good("letter", "owed")
    shown = shell.good("letter", "sendings", number)
    assert "mail log.pdf" in shown
    assert "no proof kept" in shown
    assert len(shell.good("letter", "sendings", number, "--json")) == 2
    assert "sent a letter to the member" in shell.good("case", "show", number)


def test_the_days_post_is_recorded_in_one_go(shell: Shell, number: str, tmp_path: Path) -> None:
    assert "1 of 1 letters" in shell.good("letter", "sent-all", "--by", "mail", "--proof", log(tmp_path))
    told = shell.good("letter", "sent-all", "--by", "fax", "--to", "provider", "--json")
    assert (told["total"], told["sent"], len(told["refused"])) == (1, [], 1)


def test_a_proof_comes_later_and_a_letter_comes_back(shell: Shell, number: str, tmp_path: Path) -> None:
    assert "no such sending" in shell.refused("letter", "proof", number, log(tmp_path))
    shell.good("letter", "sent", number, "--by", "mail")
    out = tmp_path / "proof.pdf"
    assert "no such proof" in shell.refused("letter", "save-proof", number, "--out", str(out))
    shell.good("letter", "proof", number, log(tmp_path))
    assert shell.good("letter", "save-proof", number, "--out", str(out)).strip() == str(out)
    assert out.read_bytes() == Path(log(tmp_path)).read_bytes()
    assert "no such proof" in shell.refused("letter", "save-proof", number, "--nth", "2", "--out", str(tmp_path / "other.pdf"))
    shell.good("letter", "returned", number, "--why", "No such number")
    assert ("member", "came_back") in owed(shell)
    assert "came back: No such number" in shell.good("letter", "sendings", number)
    assert "no such sending" in shell.refused("letter", "returned", number, "--why", "x", "--sending", "9")


def test_a_letter_in_wrong_hands_waits_for_another_supervisor(shell: Shell, number: str) -> None:
    shell.good("letter", "sent", number, "--by", "mail")
    shell.good("letter", "misdirected", number, "--reached", "a garage", "--found", "They called.", "--done", "Asked to destroy it.")
    shell.add("sol", "--role", "supervisor")
    assert shell.good("audit", "incidents", "--json", user="sol")[0]["reached"] == "a garage"
    assert "a garage" in shell.good("audit", "incidents", user="sol")
    shell.good("audit", "incident", number, "--finding", "Low risk.", user="sol")
    assert "No incident waits" in shell.good("audit", "incidents", user="sol")
    assert "no such incident" in shell.refused("audit", "incident", number, "--finding", "Again.", user="sol")


def test_the_sheets_are_written(shell: Shell, number: str, tmp_path: Path) -> None:
    cover, sheet = tmp_path / "cover.pdf", tmp_path / "sheet.pdf"
    shell.good("letter", "cover", number, "--whom", "Priya Natarajan", "--fax", "1-317-555-0188", "--out", str(cover))
    shell.good("letter", "return-sheet", number, "--out", str(sheet))
    assert cover.read_bytes().startswith(b"%PDF")
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "no such letter" in shell.refused("letter", "cover", number, "--whom", "x", "--fax", "1", "--letter", "no", "--out", str(cover))


@pytest.mark.toy(18)
def test_a_correction_says_why_and_the_first_letter_is_superseded(shell: Shell, number: str, tmp_path: Path) -> None:
    first = tmp_path / "letter.pdf"
    name = shell.good("letter", "owed", "--json")[0]["letter"]
    second = tmp_path / "second.pdf"
    assert "why the letter is corrected" in shell.refused("letter", "issue", number, "--supersedes", name, "--out", str(second))
    shell.good("letter", "issue", number, "--supersedes", name, "--reason", "The telephone was wrong.", "--out", str(second))
    assert shell.good("letter", "verify", str(first), "--json")["standing"] == "superseded"
    assert shell.good("letter", "verify", str(second), "--json")["standing"] == "issued"
    assert "The telephone was wrong." in shell.good("case", "show", number)
    first.write_bytes(first.read_bytes() + b"\n")
    assert shell.good("letter", "verify", str(first), "--json")["standing"] == "unknown"


def test_a_case_under_the_wrong_member_is_entered_anew(shell: Shell, number: str) -> None:
    shell.add("sol", "--role", "supervisor")
    words = ("--family", "Alvarado", "--given", "Rosa", "--member-id", "DEMO-9", "--born", "1971-04-02", "--reason", "The card says so.")
    assert "may not do this" in shell.refused("case", "reenter", number, *words)
    shown = shell.good("case", "reenter", number, *words, "--address", "3 Elm Street / Muncie, IN 47302", user="sol")
    new = shown.split(":")[0]
    assert f"stands in the place of {number}" in shell.good("case", "show", new, user="sol")
    assert "VOID, entered under the wrong member" in shell.good("case", "show", number, user="sol")
