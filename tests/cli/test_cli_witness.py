"""Codes, going back and the clock on the command line."""

import json
import shutil
from pathlib import Path

import pytest
from cli_shell import Shell


def test_a_checkpoint_is_printed_and_the_trail_is_asked_for_it_later(shell: Shell) -> None:
    given = shell.good("audit", "checkpoint").strip()
    number, first, second = given.split("-")
    assert (int(number) > 0, len(first), len(second)) == (True, 5, 5)
    assert "holds the code" in shell.good("audit", "verify", "--checkpoint", given.lower())
    told = shell.good("audit", "verify", "--checkpoint", given, "--json")
    assert (told["holds"], told["unattested"], told["remarks"]) == (True, 0, [])
    again = shell.good("audit", "checkpoint", "--json")
    assert again["code"].startswith(f"{again['number']}-")


def test_a_code_that_the_trail_does_not_hold_is_a_break(shell: Shell) -> None:
    given = shell.good("audit", "checkpoint").strip()
    wrong = given[:-1] + ("0" if given[-1] != "0" else "1")
    status, out, _ = shell("audit", "verify", "--checkpoint", given, "--checkpoint", wrong, "--json")
    told = json.loads(out)
    assert (status, told["holds"], [b["event"] for b in told["breaks"]]) == (1, False, [wrong])
    status, out, err = shell("audit", "verify", "--checkpoint", "99999-ABCDE-FGHJK")
    assert status == 1
    assert "the trail ends with event" in out
    assert "does not hold" in err


@pytest.mark.parametrize("text", ["", "x", "12", "1-ABCDE-FGHJ", "-1-ABCDE-FGHJK", "1-ABCDE-FGHJK\x00"])
def test_what_is_no_code_is_refused_before_anything_is_opened(shell: Shell, text: str) -> None:
    assert "no code of the trail" in shell.refused("audit", "verify", "--checkpoint", text)


def test_a_backup_says_its_code_and_the_trail_holds_it(shell: Shell) -> None:
    made = shell.good("backup", str(shell.folder / "one"), "--json")
    assert made["code"].startswith(f"{made['events']}-")
    assert shell.good("audit", "verify", "--checkpoint", made["code"], "--json")["holds"]
    _, _, err = shell("backup", str(shell.folder / "two"))
    assert "Its last event has the code" in err


def test_an_older_workspace_is_told_by_verify_until_a_supervisor_explains_it(shell: Shell, tmp_path: Path) -> None:
    shell.add("sol", "--role", "supervisor")
    shutil.copytree(tmp_path / "w", tmp_path / "older")
    shell.good("audit", "checkpoint")
    shutil.rmtree(tmp_path / "w")
    (tmp_path / "older").rename(tmp_path / "w")
    told = shell.good("audit", "verify", "--json")
    assert told["holds"]
    (remark,) = told["remarks"]
    assert "had gone back" in remark["message"]
    assert "No supervisor has looked into it" in shell.good("audit", "verify")
    reason = "The disk was replaced, and the copy of Monday put back."
    assert "may not do this" in shell.refused("audit", "explain", remark["event"], "--reason", reason)
    assert "few words" in shell.refused("audit", "explain", remark["event"], "--reason", " ", user="sol")
    assert "no such going back" in shell.refused("audit", "explain", "nothing", "--reason", reason, user="sol")
    shell.good("audit", "explain", remark["event"], "--reason", reason, user="sol")
    assert shell.good("audit", "verify", "--json")["remarks"] == []
