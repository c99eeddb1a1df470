"""Backups, their return, the lock and retention on the command line."""

import gzip
import json
from pathlib import Path

import click
import pytest
from builders import CHEAP, NOW, TABLES, FixedClock, open_desk, opened, passphrase, people, request
from cli_shell import Shell, private, signs_in

from ur_desk.cli import run
from ur_desk.desk.clock import SystemClock
from ur_desk.store.backup import whole
from ur_desk.store.places import began

SCHEMAS = Path(__file__).parent.parent / "store" / "schemas"


def elsewhere(shell: Shell, folder: str, *words: str, user: str = "ada") -> tuple[int, str, str]:
    """Runs a command on another workspace."""
    with signs_in(user, shell.folder):
        status = run(["--workspace", str(shell.folder / folder), "--user", user, *words])
    told = shell.capture.readouterr()
    return status, told.out, told.err


def test_a_backup_prints_its_path_and_comes_back_elsewhere(shell: Shell) -> None:
    number = shell.case(request())
    file = shell.folder / "copy.urbackup"
    assert shell.good("backup", str(file)).strip() == str(file)
    assert whole(file)
    status, out, err = elsewhere(shell, "back", "restore", str(file))
    assert (status, out.strip()) == (0, str(shell.folder / "back")), err
    status, out, _ = elsewhere(shell, "back", "case", "list", "--json")
    assert number in out
    assert json.loads(elsewhere(shell, "back", "audit", "verify", "--json")[1])["holds"]


def test_restore_refuses_a_folder_that_is_not_empty_and_keeps_it_where_it_is_replaced(shell: Shell) -> None:
    file = str(shell.folder / "copy.urbackup")
    shell.good("backup", file)
    assert "not empty" in shell.refused("restore", file)
    told = shell.good("restore", file, "--replace", "--json")
    assert Path(told["kept_as"]).is_dir()
    assert "exists already" in shell.refused("backup", file)


def test_a_damaged_workspace_names_its_newest_good_backup_and_comes_back_from_it(shell: Shell) -> None:
    database = shell.folder / "w" / "desk.db"
    database.write_bytes(b"\xff" * 8192)
    said = shell.refused("case", "list")
    assert "damaged" in said
    name = next((shell.folder / "w" / "backups").iterdir()).name
    assert f"backups/{name} --replace" in said
    assert database.read_bytes() == b"\xff" * 8192
    shell.good("restore", f"backups/{name}", "--replace")
    assert shell.good("audit", "verify", "--json")["holds"]


def test_lock_tells_who_has_the_workspace_open_without_a_passphrase(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["--workspace", str(shell.folder / "w"), "--user", "ada", "lock", "--json"]) == 0
    told = json.loads(shell.capture.readouterr().out)
    assert told == {"open_by": [], "rekey_waits": False, "place": "local", "writable": True}
    (shell.folder / "w" / "in-use").mkdir(exist_ok=True)
    (shell.folder / "w" / "in-use" / "1").write_text(f"mara\n{began(1)}")
    monkeypatch.setattr("ur_desk.store.places.file_system", lambda folder: "nfs4")
    assert run(["--workspace", str(shell.folder / "w"), "--user", "ada", "lock"]) == 0
    told = shell.capture.readouterr()
    assert "mara (process 1)" in told.out
    assert "Place: network." in told.out
    assert "belongs on a disk of this machine" in told.err
    assert "network drive" in shell.refused("case", "list")


def test_a_workspace_that_may_only_be_read_says_so_and_shows_what_it_holds(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    number = shell.case(request())
    monkeypatch.setattr("ur_desk.store.places.may_write", lambda path: False)
    status, out, err = shell("case", "list")
    assert (status, number in out) == (0, True)
    assert "open for reading only: you may not write to its folder" in err
    said = shell.refused("retention", "hold", number, "--reason", "Audit")
    assert "Nothing can be saved" in said
    assert shell.good("backup", str(shell.folder / "b")).strip() == str(shell.folder / "b")


def test_lock_of_a_folder_without_a_workspace_is_refused(shell: Shell) -> None:
    status, out, err = elsewhere(shell, "nothing", "lock")
    assert (status, out) == (1, "")
    assert "no workspace" in err
    assert not (shell.folder / "nothing").exists()


def test_encrypt_turns_a_workspace_from_before_the_vault_into_one_that_opens_with_a_passphrase(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ur_desk.store.crypto.measured", lambda: CHEAP)
    old = shell.folder / "old"
    old.mkdir()
    (old / "desk.db").write_bytes(gzip.decompress((SCHEMAS / "schema-1.db.gz").read_bytes()))
    status, out, err = elsewhere(shell, "old", "case", "list")
    assert (status, out) == (1, "")
    assert "from before the vault" in err
    status, out, err = elsewhere(shell, "old", "encrypt", "--json")
    assert status == 0, err
    assert sorted(json.loads(out)["codes"]) == ["mara", "osei", "sol"]
    assert "SSD" in err
    private(shell.folder / "code", json.loads(out)["codes"]["mara"])
    assert elsewhere(shell, "old", "account", "enrol", "--code-file", str(shell.folder / "code"), user="mara")[0] == 0
    assert elsewhere(shell, "old", "audit", "verify", user="mara")[0] == 0
    assert "no workspace from before" in elsewhere(shell, "old", "encrypt")[2]


def test_two_people_let_an_old_case_go_and_the_certificate_stays(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(shell.folder / "long ago", "ada", clock=FixedClock(), tables=TABLES, zone="UTC")
    people(desk)
    case = opened(desk)
    desk.determinations.withdraw(case.id, case.revision, (1,), asked_by="the office", asked_at=desk.clock.now(), how="call")
    desk.close()
    later = FixedClock(NOW.replace(year=NOW.year + 11))
    monkeypatch.setattr(SystemClock, "now", lambda clock: later.now())

    def run_there(*words: str, user: str) -> str:
        status, out, err = elsewhere(shell, "long ago", *words, user=user)
        assert status == 0, err
        return out

    assert "due" in run_there("retention", "due", user="sol")
    assert case.number in run_there("retention", "propose", user="sol")
    monkeypatch.setattr("ur_desk.cli.passphrases.at_a_terminal", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda text, **told: passphrase("sol" if "sol" in text else "ada"))
    assert "does not approve" in elsewhere(shell, "long ago", "retention", "approve", user="sol")[2]
    certificate = run_there("retention", "approve", user="ada")
    assert case.number in certificate
    assert "Sol Reyes" in certificate
    assert run_there("retention", "certificate", case.number, user="sol") == certificate
    assert json.loads(run_there("audit", "verify", "--json", user="mara"))["purged"] > 0
    assert case.number not in run_there("case", "list", "--json", user="mara")
    assert "no case of that number" in elsewhere(shell, "long ago", "case", "show", case.number, user="mara")[2]


def test_holds_and_proposals_go_by_the_command_line_and_approval_takes_a_terminal(shell: Shell) -> None:
    number = shell.case(request())
    shell.good("retention", "hold", number, "--reason", "Lawsuit 4711")
    assert "held already" in shell.refused("retention", "hold", number, "--reason", "again")
    shell.good("retention", "release", number, "--reason", "Settled")
    assert "placed a legal hold: Lawsuit 4711" in shell.good("audit", "timeline", number)
    assert shell.good("retention", "due", "--json") == {"years": 10, "proposed": [], "cases": []}
    assert "No case is due" in shell.refused("retention", "propose")
    assert "may not go yet" in shell.refused("retention", "propose", number)
    assert "at a terminal" in shell.refused("retention", "approve")
    assert "no certificate" in shell.refused("retention", "certificate")
    shell.good("retention", "years", "12")
    assert "at least 6" in shell.refused("retention", "years", "5")
