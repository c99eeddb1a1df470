"""Passphrases, codes and the recovery key through the shell."""

import json
import os
import stat
from types import SimpleNamespace
from typing import Any

import click
import pytest
from builders import passphrase
from cli_shell import Shell, private, signs_in

from ur_desk.cli import passphrases, run
from ur_desk.cli.passphrases import FILE

ANOTHER = "quite another phrase of seven words"


def typing(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """Somebody at the terminal types these, one after the other; what they were asked is told."""
    asked: list[str] = []
    answers = iter(words)

    def prompt(text: str, **told: Any) -> str:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(passphrases.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", prompt)
    return asked


def bare(shell: Shell, *words: str, user: str = "ada") -> tuple[int, str]:
    """Status and messages of a command for which the environment names no passphrase."""
    status = run(["--workspace", str(shell.folder / "w"), "--user", user, *words])
    return status, shell.capture.readouterr().err


def test_without_a_file_and_a_terminal_nothing_opens(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE, raising=False)
    status, err = bare(shell, "policy", "list")
    assert status == 1
    assert "opens with a passphrase" in err
    assert FILE in err


def test_at_a_terminal_the_passphrase_is_asked_for(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE, raising=False)
    asked = typing(monkeypatch, passphrase("ada"))
    assert bare(shell, "policy", "list")[0] == 0
    assert asked == ["Passphrase of ada"]
    typing(monkeypatch, "wrong")
    assert "The passphrase is wrong." in bare(shell, "policy", "list")[1]


def test_a_file_in_the_workspace_is_refused_and_one_that_others_can_read_is_warned_of(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = private(shell.folder / "w" / "passphrase", passphrase("ada"))
    monkeypatch.setenv(FILE, str(inside))
    assert "lies in the workspace" in bare(shell, "policy", "list")[1]
    link = shell.folder / "link"
    link.symlink_to(inside)
    monkeypatch.setenv(FILE, str(link))
    assert "lies in the workspace" in bare(shell, "policy", "list")[1]
    inside.unlink()
    outside = private(shell.folder / "outside", passphrase("ada"))
    outside.chmod(0o644)
    monkeypatch.setenv(FILE, str(outside))
    status, err = bare(shell, "policy", "list")
    assert status == 0
    assert "Others on this machine can read outside" in err


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b""])
def test_a_file_that_gives_no_passphrase_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    file = shell.folder / "odd"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    monkeypatch.setenv(FILE, str(file))
    status, err = bare(shell, "policy", "list")
    assert status == 1
    assert "cannot be read" in err or "is empty" in err


def test_each_use_of_the_file_is_an_event(shell: Shell) -> None:
    from builders import TABLES, FixedClock, open_desk

    shell.good("policy", "list")
    desk = open_desk(shell.folder / "w", "ada", clock=FixedClock(), tables=TABLES)
    how = [event.body.how.value for head, event in desk.store.ledger.steps(None) if head.verb == "access.signed-in"]
    desk.close()
    assert how == ["passphrase", "passphrase_file", "passphrase"]


def test_a_new_workspace_takes_the_first_passphrase_and_a_weak_one_begins_none(shell: Shell) -> None:
    shell.anew()
    with signs_in("ada", shell.folder):
        private(shell.folder / "passphrase", "weak")
        status, err = bare(shell, "init")
    assert status == 1
    assert "too short" in err
    assert not (shell.folder / "w").exists()
    told = shell.good("init", "--display", "Ada Rowe", "--json")
    assert told["account"] == "ada"
    assert "a workspace in that folder already" in shell.refused("init")
    if os.name == "posix":
        assert stat.S_IMODE((shell.folder / "w").stat().st_mode) == 0o700


def test_a_new_account_begins_with_its_code_and_sets_its_own_passphrase(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    code = shell.good("account", "add", "mara", "--role", "nurse", "--json")["code"]
    assert "passphrase is wrong" in shell.refused("policy", "list", user="mara")
    typing(monkeypatch, code, passphrase("mara"))
    monkeypatch.delenv(FILE, raising=False)
    assert bare(shell, "policy", "list", user="mara")[0] == 0
    shell.good("policy", "list", user="mara")
    again = shell.good("account", "invite", "mara", "--json")["code"]
    assert again != code
    assert "passphrase is wrong" in shell.refused("policy", "list", user="mara")
    shell.good("account", "enrol", "--code-file", str(private(shell.folder / "code", again)), user="mara")
    shell.good("policy", "list", user="mara")


def test_a_passphrase_is_changed_from_files(shell: Shell) -> None:
    new = str(private(shell.folder / "new", ANOTHER))
    assert "Older backups" in shell.good("account", "passphrase", "--new-file", new)
    assert "passphrase is wrong" in shell.refused("policy", "list")
    private(shell.folder / "weak", "weak")
    with signs_in("ada", shell.folder):
        private(shell.folder / "passphrase", ANOTHER)
        assert bare(shell, "account", "passphrase", "--new-file", str(shell.folder / "weak"))[0] == 1
        assert bare(shell, "policy", "list")[0] == 0


def two_people(shell: Shell, monkeypatch: pytest.MonkeyPatch, *slips: str) -> list[str]:
    """Makes the recovery key at a terminal; each part's holder types its last group back, after these slips. Gives the parts."""
    parts: list[str] = []
    wrong = list(slips)

    def prompt(text: str, **told: Any) -> str:
        parts.extend(row for row in shell.capture.readouterr().err.splitlines() if row.count("-") == 10)
        if "type its last group" not in text:
            return ""
        return wrong.pop(0) if wrong else parts[-1].rpartition("-")[2].lower().replace("1", "l").replace("0", "o")

    monkeypatch.setattr(passphrases.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", prompt)
    with signs_in("ada", shell.folder):
        assert bare(shell, "recovery")[0] == 0
    return parts


def test_the_recovery_key_goes_to_two_people_and_brings_an_administrator_back(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "to two people" in shell.refused("recovery")
    parts = two_people(shell, monkeypatch)
    assert len(set(parts)) == 2
    files = [str(private(shell.folder / name, part)) for name, part in zip(("one", "two"), parts, strict=True)]
    with signs_in("ada", shell.folder):
        private(shell.folder / "passphrase", ANOTHER)
        assert bare(shell, "policy", "list")[0] == 1
        status, err = bare(shell, "recover", "ada", "--parts", *files)
        assert (status, "used up" in err) == (0, True)
        assert bare(shell, "policy", "list")[0] == 0
        assert "do not open" in bare(shell, "recover", "ada", "--parts", *files)[1]


def test_a_group_that_was_copied_wrong_is_asked_for_again(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(two_people(shell, monkeypatch, "WRONG", "")) == 2


def test_a_key_that_was_not_written_down_leaves_the_earlier_one_good(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    first = two_people(shell, monkeypatch)

    def leaves(text: str, **told: Any) -> str:
        raise click.exceptions.Abort

    monkeypatch.setattr(click, "prompt", leaves)
    with signs_in("ada", shell.folder):
        assert bare(shell, "recovery")[0] == 1
        files = [str(private(shell.folder / name, part)) for name, part in zip(("one", "two"), first, strict=True)]
        private(shell.folder / "passphrase", ANOTHER)
        assert bare(shell, "recover", "ada", "--parts", *files)[0] == 0


def test_a_credential_is_confirmed_by_somebody_else(shell: Shell) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    assert "Whoever entered" in shell.refused("account", "confirm", "osei", "--where", "the state board")
    shell.add("sol", "--role", "supervisor")
    told = shell.good("account", "confirm", "osei", "--where", "the state board", "--json", user="sol")
    assert told["credential"]["confirmed_where"] == "the state board"
    assert json.dumps(told).count(told["credential"]["confirmed_by"]) == 1


def test_the_idle_lock_is_told_to_all_and_set_by_an_administrator(shell: Shell) -> None:
    shell.add("sol", "--role", "supervisor")
    assert shell.good("idle", "--json", user="sol") == {"idle_minutes": 15}
    assert "may not do this" in shell.refused("idle", "--minutes", "20", user="sol")
    assert shell.good("idle", "--minutes", "20", "--json") == {"idle_minutes": 20}
    assert "after 20 minutes" in shell.good("idle", user="sol")


@pytest.mark.parametrize("minutes", ["9", "31", "0", "-5"])
def test_an_idle_lock_beyond_its_limits_is_refused(shell: Shell, minutes: str) -> None:
    assert "10 to 30 minutes" in shell.refused("idle", "--minutes", minutes)
