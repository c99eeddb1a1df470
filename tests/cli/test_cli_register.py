"""What reading commands leave in the trail, and the register of what leaves and comes in, on the command line."""

import hashlib
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES, line, open_desk, profile, request
from cli_shell import Shell, without_log

from ur_desk.desk.looks import Looks
from ur_desk.errors import UserError
from ur_desk.records.letter import profile_bytes
from ur_desk.store import places, vault
from ur_desk.store.store import Store


def approved(shell: Shell) -> str:
    """The number of a case of which one line is approved, so that a letter can be drafted."""
    (shell.folder / "plan.json").write_bytes(profile_bytes(profile()))
    shell.good("profile", "save", str(shell.folder / "plan.json"))
    shell.good("account", "credential", "ada", "--credential", "RN", "--licence", "RN-1")
    case = shell.case(request(line(1, "97110", "Therapeutic exercise")))
    shell.good("case", "decide", case, "approve", "--reason", "It helps.", "--no-policy", "--accept-unchecked")
    return case


def verbs(shell: Shell) -> list[str]:
    """The verbs of the looks so far, in order; asking is none of them."""
    with_desk = open_desk(shell.folder / "w", "ada", tables=TABLES)
    try:
        return [head.verb for head, _ in with_desk.store.ledger.every() if head.verb.startswith("access.") and "signed" not in head.verb]
    finally:
        with_desk.close()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("case", "list"), ["access.listed"]),
        (("case", "list", "--text", "Alvarado"), ["access.searched", "access.listed"]),
        (("case", "show", "CASE"), ["access.case-viewed"]),
        (("match", "CASE"), ["access.case-viewed"]),
        (("policy", "search", "cineradiography"), ["access.searched"]),
        (("audit", "timeline", "CASE"), ["access.timeline-read"]),
        (("audit", "timeline", "--workspace"), ["access.timeline-read"]),
        (("audit", "export"), ["access.trail-exported"]),
    ],
)
def test_a_reading_command_leaves_its_event(shell: Shell, words: tuple[str, ...], left: list[str]) -> None:
    case = shell.case(request())
    before = len(verbs(shell))
    shell.good(*[case if word == "CASE" else word for word in words])
    assert verbs(shell)[before:] == left
    assert shell.good("audit", "verify", "--json")["holds"]


@pytest.mark.expects_log
def test_a_reading_command_whose_event_cannot_be_kept_says_who_holds_the_workspace(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    case = shell.case(request())
    desk = open_desk(shell.folder / "w", "ada", tables=TABLES)
    key = desk.store.key
    desk.close()
    before = verbs(shell)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with ExitStack() as held:
        asked = Looks.note

        def somebody_writes(looks: Looks, *told: Any) -> None:
            other = held.enter_context(Store(shell.folder / "w", "other", key))
            held.enter_context(other.atomic())
            asked(looks, *told)

        monkeypatch.setattr(Looks, "note", somebody_writes)
        with without_log():
            assert "other" in shell.refused("case", "show", case)
    monkeypatch.undo()
    assert verbs(shell) == before


def test_a_search_before_a_refusal_is_noted_all_the_same(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(verbs(shell))

    def refused(*_asked: Any) -> None:
        raise UserError("No.", "Nothing was done.")

    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.cli.cases._listed", lambda desk, asked, _limit: (desk.supervision.cases(asked), refused()))
        shell.refused("case", "list", "--text", "Alvarado")
    assert verbs(shell)[before:] == ["access.searched"]


def test_the_case_timeline_shows_who_looked_unless_it_is_told_not_to(shell: Shell) -> None:
    case = shell.case(request())
    shell.good("case", "show", case)
    assert "ada: looked at the case." in shell.good("audit", "timeline", case)
    assert "looked at" not in shell.good("audit", "timeline", case, "--no-views")
    kinds = [step["event"]["kind"] for step in shell.good("audit", "timeline", case, "--json")]
    assert kinds.count("case-viewed") == 1
    assert kinds.count("timeline-read") == 2


def test_the_workspace_is_told_in_sentences_of_its_own(shell: Shell) -> None:
    shell.add("sol", "--role", "supervisor")
    shell.good("case", "list", "--text", "Alvarado")
    told = shell.good("audit", "timeline", "--workspace")
    assert "added the account sol (sol) as supervisor." in told
    assert "searched cases for “Alvarado”, and found 0." in told
    assert "Alvarado" not in shell.good("audit", "timeline", "--workspace", "--no-views")


@pytest.mark.parametrize("words", [(), ("UR-2017-000001", "--workspace")])
def test_a_timeline_is_of_a_case_or_of_the_workspace(shell: Shell, words: tuple[str, ...]) -> None:
    status, out, err = shell("audit", "timeline", *words)
    assert (status, out) == (2, "")
    assert "Name a case, or --workspace." in err


def test_the_register_tells_what_came_in_and_what_left(shell: Shell) -> None:
    shell.add("sol", "--role", "supervisor")
    file = Path(shell.file(request()))
    case = shell.good("intake", "--save", "--json", str(file))["cases"][0]
    shell.good("case", "show", case)
    shell.good("backup", str(shell.folder / "copy.urbackup"))
    rows = shell.good("audit", "register", "--json", user="sol")
    assert [(row["way"], row["what"], Path(row["path"]).name, row["by"]) for row in rows] == [
        ("in", "request file", file.name, "ada"),
        ("out", "backup", "copy.urbackup", "ada"),
    ]
    assert rows[0]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    told = shell.good("audit", "register", user="sol")
    assert f"ada  in request file: {file}" in told
    assert "Alvarado" not in json.dumps(rows)


def test_the_register_is_for_those_who_supervise(shell: Shell) -> None:
    shell.add("nell", "--role", "nurse")
    assert "register" in shell.refused("audit", "register", user="nell")


def test_a_letter_to_a_synced_folder_is_warned_of_on_standard_error_and_written(shell: Shell) -> None:
    case = approved(shell)
    (shell.folder / "Dropbox").mkdir()
    status, out, err = shell("letter", "write", case, "--out", str(shell.folder / "Dropbox" / "letter.pdf"), "--json")
    assert status == 0
    assert "copied elsewhere" in err
    assert json.loads(out)["standing"] == "draft"
    shell.add("sol", "--role", "supervisor")
    assert [(row["what"], row["place"]) for row in shell.good("audit", "register", "--json", user="sol")][-1] == (
        "draft of a letter",
        "synced",
    )


def test_a_letter_to_a_disk_of_this_machine_is_warned_of_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "file_system", lambda _folder: "ext4")
    assert "copied elsewhere" not in shell("letter", "write", approved(shell), "--out", str(shell.folder / "letter.pdf"))[2]


def test_a_sealed_backup_may_lie_in_a_synced_folder(shell: Shell) -> None:
    (shell.folder / "Dropbox").mkdir()
    assert "copied elsewhere" not in shell("backup", str(shell.folder / "Dropbox" / "copy.urbackup"))[2]
