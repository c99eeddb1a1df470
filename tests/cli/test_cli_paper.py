"""Paper on the command line: said what it is, held by a draft, taken up once."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import request
from cli_shell import Shell
from record_makers import PAGES, fax, letter_of_necessity, policy_of_a_payer


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, data in (("fax.pdf", PAGES), ("scan.tif", fax(3, size=(80, 100)))):
        (folder / name).write_bytes(data)
    return folder


def test_without_save_paper_is_named_with_its_pages_and_nothing_is_made(shell: Shell, place: Path) -> None:
    shell.anew()
    status, out, err = shell("intake", str(place), "--json")
    told = json.loads(out)
    assert (status, set(told), told["requests"]) == (0, {"requests", "problems"}, [])
    assert [(p["severity"], p["code"], p["where"]) for p in told["problems"]] == [
        ("warning", "paper", "fax.pdf"),
        ("warning", "paper", "scan.tif"),
    ]
    assert "scan.tif: Paper, 3 pages" in err
    assert "--save" in err
    assert not (shell.folder / "w").exists()


def test_with_save_a_draft_holds_the_paper_its_number_is_printed_and_what_to_do_next(shell: Shell, place: Path) -> None:
    status, out, err = shell("intake", "--save", str(place / "scan.tif"))
    (line,) = out.splitlines()
    name = line.removeprefix("draft ")
    assert (status, line) == (0, f"draft {name}")
    assert f"Draft {name} holds this paper, 3 pages" in err
    assert "New request (Ctrl+N)" in err
    (draft,) = shell.good("draft", "list", "--json")
    assert (draft["draft"], draft["papers"]) == (name, [{"file": "scan.tif", "pages": 3}])
    assert "scan.tif (3 pages)" in shell.good("draft", "list")


def test_the_document_stays_as_the_contract_says_and_the_number_stands_in_a_problem(shell: Shell, place: Path) -> None:
    told = shell.good("intake", "--save", "--json", str(place / "fax.pdf"), shell.file(request()))
    assert set(told) == {"requests", "problems", "cases"}
    assert len(told["cases"]) == 1
    (draft,) = shell.good("draft", "list", "--json")
    assert [draft["draft"] in problem["message"] for problem in told["problems"] if problem["code"] == "paper"] == [True]


def test_the_same_paper_is_taken_up_once(shell: Shell, place: Path) -> None:
    shell.good("intake", "--save", str(place))
    again = shell.good("intake", "--save", "--json", str(place))
    assert [problem["code"] for problem in again["problems"]] == ["already-here", "already-here"]
    assert "beside a draft of" in again["problems"][0]["message"]
    assert len(shell.good("draft", "list", "--json")) == 2


def test_a_policy_is_said_to_be_one_and_what_may_be_one_asks_first(shell: Shell, tmp_path: Path) -> None:
    policy, letter = tmp_path / "a.pdf", tmp_path / "b.pdf"
    policy.write_bytes(policy_of_a_payer())
    letter.write_bytes(letter_of_necessity())
    status, out, err = shell("intake", str(policy))
    assert (status, [problem["code"] for problem in json.loads(out)["problems"]]) == (1, ["medical-policy"])
    assert "policy import" in err
    status, out, err = shell("intake", "--save", str(letter))
    assert (status, out) == (0, "")
    assert "--save --paper" in err
    assert shell.good("draft", "list", "--json") == []
    assert shell.good("intake", "--save", "--paper", str(letter)).startswith("draft ")


def report(shell: Shell) -> Any:
    (row,) = shell.good("arrivals", "list", "--json")
    return row["report"], shell.good("arrivals", "show", row["report"], "--json")


def test_paper_that_waits_in_a_report_is_keyed_attached_or_set_aside(shell: Shell, tmp_path: Path) -> None:
    number = shell.case(request())
    (row,) = shell.good("arrivals", "list", "--json")
    shell.good("arrivals", "forget", row["report"])
    files = [tmp_path / f"{n}.pdf" for n in range(3)]
    for n, file in enumerate(files):
        file.write_bytes(letter_of_necessity() + b"\n%" + str(n).encode())
    shell.good("intake", "--save", *map(str, files))
    name, told = report(shell)
    assert [(p["file"], p["pages"], p["waits"], p["unsure"]) for p in told["papers"]] == [(f.name, 1, True, True) for f in files]
    assert "may be paper or a policy" in shell.good("arrivals", "show", name)
    assert "3 requests of that report still wait, paper among them" in shell.refused("arrivals", "forget", name)
    draft = shell.good("arrivals", "key", name, "--paper", "1", "--json")["draft"]
    assert shell.good("arrivals", "key", name, "--paper", "2", "--case", number, "--json") == {"case": number}
    assert shell.good("arrivals", "key", name, "--paper", "3", "--aside") == "aside 2.pdf\n"
    assert [(p["case"], p["draft"], p["waits"]) for p in report(shell)[1]["papers"]] == [(None, draft, False), (number, None, False)]
    assert f"in {number}" in shell.good("arrivals", "show", name)
    assert "has 2 papers" in shell.refused("arrivals", "key", name, "--paper", "3")
    assert shell("arrivals", "key", name, "--paper", "1", "--aside", "--case", number)[0] == 2


def test_a_report_of_paper_can_be_put_away_knowingly(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(letter_of_necessity())
    shell.good("intake", "--save", str(tmp_path / "x.pdf"))
    name, _ = report(shell)
    shell.good("arrivals", "forget", name, "--waiting-too")
    assert shell.good("arrivals", "list", "--json") == []
