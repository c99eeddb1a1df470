"""The trail for somebody outside, from a shell: exported, verified by plain Python, bundled under a passphrase of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from builders import request
from cli_shell import Shell, private

WORDS = "seven slow boats on a still lake"


@pytest.fixture
def auditor(shell: Shell) -> Shell:
    """A shell in whose workspace there is a case, and an auditor, `rui`."""
    shell.case(request())
    shell.add("rui", "--role", "auditor")
    return shell


def test_an_outsider_verifies_what_was_exported_with_what_was_handed_out(auditor: Shell, tmp_path: Path) -> None:
    trail, program = tmp_path / "trail.json", tmp_path / "verify_trail.py"
    assert auditor.good("audit", "export", "--trail", str(trail), "--json") == {"path": str(trail)}
    auditor.good("audit", "verifier", "--out", str(program))
    done = subprocess.run([sys.executable, "-I", "-S", str(program), str(trail)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The trail holds")
    assert "Alvarado" not in trail.read_text(encoding="utf-8")
    rows = auditor.good("audit", "register", "--json", user="rui")
    assert [(e["way"], e["what"], e["by"], e["path"]) for e in rows if e["way"] == "out"] == [("out", "trail", "ada", str(trail))]


def test_a_bundle_holds_the_contents_and_opens_without_a_workspace(auditor: Shell, tmp_path: Path) -> None:
    words, bundle, out = private(tmp_path / "words", WORDS), tmp_path / "all.bundle", tmp_path / "all.json"
    asked = ("audit", "export", "--bundle", str(bundle), "--reason", "Accreditation", "--passphrase-file", str(words))
    assert auditor.good(*asked, "--json", user="rui")["left_out"] == 0
    assert b"Alvarado" not in bundle.read_bytes()
    auditor.good("audit", "open-bundle", str(bundle), "--out", str(out), "--passphrase-file", str(words))
    assert "Alvarado" in json.dumps(json.loads(out.read_text(encoding="utf-8")))
    assert auditor.good("audit", "verify", "--json")["holds"] is True


def test_a_bundle_needs_a_reader_of_all_a_reason_and_a_passphrase(auditor: Shell, tmp_path: Path) -> None:
    words, bundle = private(tmp_path / "words", WORDS), tmp_path / "all.bundle"
    asked = ("audit", "export", "--bundle", str(bundle))
    assert "may not look at this" in auditor.refused(*asked, "--reason", "Why not", "--passphrase-file", str(words))
    assert "Say why" in auditor.refused(*asked, "--passphrase-file", str(words), user="rui")
    assert "terminal" in auditor.refused(*asked, "--reason", "Accreditation", user="rui")
    assert not bundle.exists()


def test_two_files_at_once_and_no_bundle_are_refused(auditor: Shell, tmp_path: Path) -> None:
    assert auditor("audit", "export", "--bundle", "a", "--trail", "b")[0] == 2
    words, file = private(tmp_path / "words", WORDS), tmp_path / "no.bundle"
    file.write_bytes(b"\xff\x00 no bundle")
    assert "no bundle" in auditor.refused("audit", "open-bundle", str(file), "--out", str(tmp_path / "o"), "--passphrase-file", str(words))
    assert "cannot be read" in auditor.refused("audit", "open-bundle", "none", "--out", "o", "--passphrase-file", str(words))


def test_the_register_and_the_workspaces_own_timeline_are_told(auditor: Shell, tmp_path: Path) -> None:
    number = auditor.good("case", "list", "--json")[0]["number"]
    auditor.good("case", "show", number)
    draft = tmp_path / "draft.pdf"
    auditor.good("case", "list", "--text", "Alvarado")
    assert auditor("letter", "write", number, "--out", str(draft))[0] == 1  # nothing to write of yet
    request_file = auditor.good("audit", "register", "--json", user="rui")
    assert [(e["way"], e["what"], e["by"], e["removed"]) for e in request_file] == [("in", "request file", "ada", False)]
    assert "in request file" in auditor.good("audit", "register", user="rui")
    assert "may not look at this" in auditor.refused("audit", "register")
    told = auditor.good("audit", "timeline", "--workspace", user="rui")
    for words in (
        "searched cases for “Alvarado”, and found 1.",
        "signed in with a passphrase from a file.",
        "added the account rui (rui) as auditor.",
    ):
        assert words in told
    assert "searched cases" not in auditor.good("audit", "timeline", "--workspace", "--no-views", user="rui")
    assert "looked at the case." in auditor.good("audit", "timeline", number, user="rui")
    assert "looked at the case." not in auditor.good("audit", "timeline", number, "--no-views", user="rui")
    assert auditor.good("audit", "verify", "--json")["holds"] is True


def test_a_timeline_is_of_a_case_or_of_the_workspace(auditor: Shell) -> None:
    assert auditor("audit", "timeline")[0] == 2
    assert auditor("audit", "timeline", "UR-1", "--workspace")[0] == 2


def test_a_draft_that_is_written_stands_in_the_register_with_a_word_of_its_place(auditor: Shell, tmp_path: Path) -> None:
    place = tmp_path / "Dropbox"
    place.mkdir()
    number = auditor.good("case", "list", "--json")[0]["number"]
    status, _, err = auditor("letter", "write", number, "--out", str(place / "draft.pdf"))
    assert "copied elsewhere" in err
    assert status in (0, 1)
