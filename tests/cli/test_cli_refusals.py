"""Whatever is typed or stands in the way: a clear sentence and the right exit status, never a traceback."""

import getpass
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import TABLES, open_desk, request
from cli_shell import Shell, signs_in

from ur_desk.cli import run
from ur_desk.desk.review import Review


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, as a pipe sees it."""
    root = Path(__file__).parents[2]
    variables = {**os.environ, "PYTHONPATH": str(root), **environment}
    return subprocess.run([sys.executable, "-m", "ur_desk", *words], capture_output=True, env=variables, check=False, timeout=60)


REFUSED = {
    "an empty day": (["case", "coverage", "CASE", "eligible", "--answer", "yes", "--where", "portal", "--on", ""], "not a day"),
    "a day at the end of time": (["case", "list", "--received-to", "9999-12-31"], "not a day"),
    "a day before all": (["case", "list", "--decided-from", "0001-01-01"], "not a day"),
    "an empty instant": (["case", "contact", "CASE", "--way", "call", "--with", "x", "--said", "y", "--at", ""], "not a date and time"),
    "an instant at the end of time": (
        ["case", "contact", "CASE", "--way", "call", "--with", "x", "--said", "y", "--at", "9999-12-31T23:59:59-12:00"],
        "not a date and time",
    ),
    "line 0": (["case", "decide", "CASE", "approve", "--reason", "x", "--cite", "RAD.00034:0"], "count from 1"),
    "lines backward": (["case", "decide", "CASE", "approve", "--reason", "x", "--cite", "RAD.00034:16-14"], "count from 1"),
    "a line behind the last": (["case", "decide", "CASE", "approve", "--reason", "x", "--cite", "RAD.00034:14-999"], "count from 1"),
    "a digit that is none": (["case", "decide", "CASE", "approve", "--reason", "x", "--cite", "RAD.00034:²"], "cites no line"),
    "a number beyond all bounds": (["case", "decide", "CASE", "approve", "--reason", "x", "--cite", f"RAD.00034:{'9' * 5000}"], "cites no"),
    "bytes that are no text": (["case", "note", "CASE", "x\udcff"], "not valid UTF-8"),
    "an account that is no text": (["--user", "x\udcff", "policy", "list"], "not valid UTF-8"),
    "no outcome": (["case", "list", "--outcome", "maybe"], "There is no outcome 'maybe'"),
    "no workflow": (["case", "list", "--workflow", "lunch"], "There is no workflow 'lunch'"),
    "no line of business": (["policy", "adopt", "RAD.00034", "foo"], "'foo' is no line of business"),
    "no state": (["policy", "adopt", "RAD.00034", "commercial_insured:ZZ"], "'ZZ' is no state"),
    "a profile of no state": (["profile", "show", "erisa_self_funded", "Atlantis"], "is no state"),
    "no quantity": (["case", "amend", "CASE", "--line", "1", "--quantity", "NaN", "--agreed-by", "x", "--how", "y"], "is no number"),
    "days backward": (
        ["case", "amend", "CASE", "--line", "1", "--from", "2017-10-15", "--to", "2017-10-12", "--agreed-by", "x", "--how", "y"],
        "lies before the first",
    ),
    "no such line": (["case", "amend", "CASE", "--line", "7", "--code", "97110", "--agreed-by", "x", "--how", "y"], "no line 7"),
    "no such letter": (["letter", "write", "CASE", "--letter", "x", "--out", "OUT"], "has no letter 'x'"),
    "no letter to correct": (["letter", "issue", "CASE", "--supersedes", "x", "--out", "OUT"], "has no letter 'x'"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_refused_in_plain_words(shell: Shell, tmp_path: Path, words: list[str], said: str) -> None:
    case = shell.case(request())
    before = len(shell.good("audit", "timeline", case, "--no-views", "--json"))
    out = str(tmp_path / "out.pdf")
    assert said in shell.refused(*[case if w == "CASE" else out if w == "OUT" else w for w in words])
    assert len(shell.good("audit", "timeline", case, "--no-views", "--json")) == before
    assert not Path(out).exists()


@pytest.mark.parametrize(("at", "how"), [("2017-11-05T01:30", "twice"), ("2017-03-12T02:30", "never")])
def test_a_local_time_that_clocks_show_twice_or_never_asks_for_its_offset(shell: Shell, at: str, how: str) -> None:
    shell.anew("America/New_York")
    case = shell.case(request())
    words = ["case", "contact", case, "--way", "call", "--with", "x", "--said", "y", "--at"]
    assert how in shell.refused(*words, at)
    shell.good(*words, f"{at}-04:00")


def test_who_nobody_knows_is_asked_to_say_so(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    monkeypatch.delenv("UR_DESK_USER", raising=False)
    assert run(["--workspace", str(shell.folder / "w"), "policy", "list"]) == 1
    assert "Name your account with --user" in shell.capture.readouterr().err


@pytest.mark.parametrize("name", ["UR_DESK_USER", "UR_DESK_WORKSPACE"])
def test_an_environment_that_is_no_text_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("UR_DESK_USER", "ada")
    monkeypatch.setenv("UR_DESK_WORKSPACE", str(shell.folder / "w"))
    monkeypatch.setenv(name, f"{shell.folder}/x\udcff")
    assert run(["policy", "list"]) == 1
    assert "not valid UTF-8" in shell.capture.readouterr().err


def test_a_bug_without_a_place_for_its_log_is_told_without_a_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Review, name: str) -> None:
        raise KeyError("Alvarado")

    monkeypatch.setattr(Review, "find", broken)
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null")
    status, out, err = shell("case", "show", "UR-1")
    assert (status, out) == (3, "")
    assert "No log can be written" in err
    assert "KeyError at " in err
    assert "Alvarado" not in err


def test_an_app_data_folder_that_cannot_be_made_is_no_bug(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null")
    monkeypatch.delenv("UR_DESK_WORKSPACE", raising=False)
    assert run(["--user", "ada", "policy", "list"]) == 1
    assert "--workspace" in shell.capture.readouterr().err


def test_a_workspace_that_cannot_be_made_is_no_bug(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, *told: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    shell.anew()
    monkeypatch.setattr(Path, "mkdir", denied)
    assert "Permission denied" in shell.refused("policy", "list")


def test_output_comes_through_a_pipe_of_another_code_page(tmp_path: Path) -> None:
    open_desk(tmp_path / "w", "Žofie", tables=TABLES).close()
    with signs_in("Žofie", tmp_path):
        told = process(
            "--workspace", str(tmp_path / "w"), "--user", "Žofie", "account", "list", "--json", PYTHONIOENCODING="cp1252", PYTHONUTF8="0",
            LC_ALL="C.UTF-8",
        )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "Žofie" in told.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_trouble(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    reading, writing = os.pipe()
    os.close(reading)
    open_desk(tmp_path / "w", "ada", tables=TABLES).close()
    with signs_in("ada", tmp_path):
        told = subprocess.run(
            [sys.executable, "-m", "ur_desk", "--workspace", str(tmp_path / "w"), "--user", "ada", "policy", "show", "RAD.00034"],
            stdout=writing, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)}, check=False, timeout=60,
        )  # fmt: skip
    os.close(writing)
    assert told.returncode == 0
    assert b"Broken" not in told.stderr
    assert b"Exception" not in told.stderr


def test_requests_that_all_open_no_case_are_not_told_as_saved(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from ur_desk.domain.request import Kind

    one = request(kind=Kind.APPEAL)
    status, _, err = shell("intake", "--save", shell.file(one))
    assert status == 1
    assert "The request opened no case." in err
    assert "were saved" not in err
    assert "None of the 2 requests opened a case." in shell("intake", "--save", shell.file(one, one))[2]
    status, out, err = shell("intake", "--save", shell.file(one, request()))
    assert status == 1
    assert "1 of 2 requests opened no case." in err
    assert "The others were saved." in err
    assert out.startswith("UR-")
