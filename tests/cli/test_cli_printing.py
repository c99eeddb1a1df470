"""What the command line prints: whole lists, the workspace's clocks, nothing that people typed posing as the program's own words."""

import json
from pathlib import Path

import pytest
from builders import line, request
from cli_shell import Shell

from ur_desk.cli import cases
from ur_desk.cli.output import typed, write_json

FORGED = "x\nFORGED 11/22/2026 ann: approved\r\x1b[31m\x9b2J\u202eend"


def test_what_was_typed_makes_no_line_of_its_own_and_steers_no_terminal(shell: Shell) -> None:
    case = shell.case(request())
    shell.good("case", "note", case, FORGED)
    shell.good("case", "contact", case, "--way", "call", "--with", FORGED, "--said", FORGED)
    for words in (("audit", "timeline", case), ("case", "show", case)):
        out = shell.good(*words)
        assert "FORGED" in out
        assert not [told for told in out.splitlines() if told.startswith(("FORGED", "end"))]
        assert not set("\x1b\x9b\r\u202e") & set(out)
    raw = shell("case", "show", case, "--json")[1]
    assert not set("\x1b\x9b\r\u202e") & set(raw)
    assert json.loads(raw)["notes"] == [FORGED]


def test_a_message_that_repeats_what_was_typed_is_one_message(shell: Shell) -> None:
    err = shell.refused("policy", "adopt", "RAD.00034", FORGED)
    assert not [told for told in err.splitlines() if told.startswith("FORGED")]
    assert "\x1b" not in err
    status, _, err = shell("frob\x1b[2J\nFORGED")
    assert status == 2
    assert "\x1b" not in err


def test_text_as_typed_is_hung_below_its_first_line() -> None:
    assert typed("one\r\ntwo\x07\u2028three") == "one\n    two\n    three"


def test_json_is_the_same_data_without_steering(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"text": "Žofie \ud800 \x7f \x9b \u2066 –"}
    write_json(data)
    out = capsys.readouterr().out
    assert "Žofie" in out
    assert json.loads(out) == data
    assert not set("\x7f\x9b\u2066") & set(out)


def test_a_step_that_was_taken_back_is_marked_and_the_undoing_says_which(shell: Shell) -> None:
    case = shell.case(request())
    shell.good("case", "note", case, "Called the plan.")
    shell.good("case", "undo", case)
    lines = shell.good("audit", "timeline", case, "--no-views").splitlines()
    assert "[taken back] ada: added an internal note: Called the plan." in lines[-2]
    assert "ada: took back the step of " in lines[-1]
    assert lines[-1].endswith("added an internal note: Called the plan.")
    steps = shell.good("audit", "timeline", case, "--no-views", "--json")
    assert [step["undone"] for step in steps[-2:]] == [True, False]


def test_the_list_is_whole_unless_a_limit_is_named(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PAGE", 2)
    numbers = shell.good("intake", "--save", "--json", shell.file(*[request(line(1, f"9711{n}", "Exercise")) for n in range(5)]))["cases"]
    listed = [row["number"] for row in shell.good("case", "list", "--json")]
    assert sorted(listed) == sorted(numbers)
    assert len(shell.good("case", "list").splitlines()) == 6
    assert [row["number"] for row in shell.good("case", "list", "--limit", "3", "--json")] == listed[:3]
    status, out, err = shell("case", "list", "--limit", "4")
    assert (status, len(out.splitlines())) == (0, 5)
    assert "1 more" in err


def test_due_instants_are_told_on_the_workspaces_clocks(shell: Shell) -> None:
    shell.anew("America/New_York")
    case = shell.case(request())
    assert "10/20/2017 23:59 EDT" in shell.good("case", "list")
    assert "Due: 10/20/2017 23:59 EDT" in shell.good("case", "show", case)
    (row,) = shell.good("case", "list", "--json")
    assert row["due_at"] == "2017-10-20T23:59:59-04:00"
    assert row["received_at"] == "2017-10-05T09:30:00-04:00"


def test_a_policys_differences_are_told_in_words(shell: Shell, tmp_path: Path) -> None:
    same = shell.good("policy", "diff", "RAD.00034", "2017-09-27", "2017-09-27")
    assert "The two say the same." in same


DOCUMENTS = ("policy", "list"), ("policy", "lint"), ("policy", "search", "cineradiography"), ("case", "list"), ("account", "list")


@pytest.mark.parametrize("words", [*DOCUMENTS, ("audit", "verify"), ("audit", "export"), ("code", "M54.5")])
def test_json_is_one_document_and_nothing_else(shell: Shell, words: tuple[str, ...]) -> None:
    json.loads(shell(*words, "--json")[1])


def test_verbs_of_the_library_tell_json_too(shell: Shell, tmp_path: Path) -> None:
    told = shell.good("policy", "adopt", "RAD.00034", "medicare-advantage:in", "Commercial_Insured", "--version", "2017-09-27", "--json")
    assert told["applies_to"] == ["commercial_insured", "medicare_advantage:IN"]
    told = shell.good("policy", "still-current", "RAD.00034", "--where", "site", "--on", "2017-10-01", "--version", "2017-09-27", "--json")
    assert told["still_current"]["day"] == "2017-10-01"
    assert "no version" in shell.refused("policy", "adopt", "RAD.00034", "fehb", "--version", "2001-01-01")
    assert "An abstract" in shell.refused("policy", "confirm", "RAD.00034", "--version", "2017-09-27", "--json")
