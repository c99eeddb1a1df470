"""A case worked from a shell: shown before it is signed, amended in every part, its letters given again and corrected."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from builders import line, passphrase, profile, request
from cli_shell import Shell

from ur_desk.cli import decisions
from ur_desk.domain.request import ServiceLine
from ur_desk.errors import UserError
from ur_desk.records.letter import profile_bytes

ELSEWHERE = "Payer | Benefit booklet | 2017 | 7"


def referred(shell: Shell, *lines: ServiceLine) -> str:
    """A case that waits for osei, referred by ada."""
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "osei", "--where", "the state board", user="sol")
    case = shell.case(request(*lines))
    shell.good("case", "decide", case, "refer", "--summary", "Five months of pain.", "--question", "Is it needed?")
    return case


def sign(case: str, *more: str) -> tuple[str, ...]:
    return ("case", "sign", case, "deny", "--reason", "Not covered.", "--rationale", "My own.", "--criterion", ELSEWHERE, *more)


def test_the_record_and_the_pinned_findings_are_shown_before_the_signature_is_asked_for(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = referred(shell)
    asked: list[str] = []

    def prompt(text: str, **told: object) -> str:
        asked.append(shell.capture.readouterr().err)
        return passphrase("osei")

    monkeypatch.setattr(decisions.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", prompt)
    told = shell.good(*sign(case, "--information-needed", "An earlier film.", "--no-conflict", "--json"), user="osei")
    (shown,) = asked
    for words in (
        "Alvarado",
        "Low back pain for five months.",
        "Five months of pain.",
        "Is it needed?",
        "76120 Generic",
        "BEFORE YOU DECIDE",
    ):
        assert words in shown
    decision = told["lines"][0]["decision"]
    assert decision["information_needed"] == "An earlier film."
    assert decision["signature"]["reauthenticated"] is True


def test_another_passphrase_signs_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    case = referred(shell)
    monkeypatch.setattr(decisions.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", lambda text, **told: passphrase("ada"))
    assert "The passphrase is wrong." in shell.refused(*sign(case, "--no-conflict"), user="osei")
    assert shell.good("case", "show", case, "--json")["workflow"] == "with_physician"


def test_without_a_terminal_nothing_is_shown_or_noted(shell: Shell) -> None:
    case = referred(shell)
    assert "Low back pain" not in shell.refused(*sign(case), user="osei")
    assert "record-opened" not in {step["event"]["kind"] for step in shell.good("audit", "timeline", case, "--json")}


def test_a_case_tells_a_physician_all_that_was_asked_and_noted(shell: Shell) -> None:
    case = referred(shell, line(1, "76496", "Fluoroscopic procedure"))
    shell.good("case", "note", case, "Look at the film.")
    told = shell.good("case", "show", case, "--json")
    assert told["lines"][0]["referral"]["summary"] == "Five months of pain."
    assert told["lines"][0]["referral"]["question"] == "Is it needed?"
    assert told["notes"] == ["Look at the film."]
    assert told["people"][told["opened_by"]] == "ada"
    assert told["people"][told["reviewer"]] == "ada"
    assert told["decided_at"] is None
    shell.good("case", "sign", case, "send-back", "--question", "Which view?", user="osei")
    told = shell.good("case", "decide", case, "ask", "--item", "The film", "--why", "It shows.", "--of", "Dr. Natarajan", "--json")
    assert told["lines"][0]["asked"]["items"] == ["The film"]
    for words in ("Five months of pain.", "Look at the film.", "The film. It shows.", "asked of Dr. Natarajan"):
        assert words in shell.good("case", "show", case)


def test_a_case_shows_the_findings_that_were_kept_with_it_and_a_file_is_matched_anew(shell: Shell) -> None:
    path = shell.file(request())
    case = shell.case(request())
    kept = shell.good("match", case, "--json")
    text = shell.good("match", case)
    shell.good("policy", "still-current", "RAD.00034", "--where", "site", "--on", "2017-10-01")
    shell.good("policy", "adopt", "RAD.00034", "medicare_advantage")
    assert shell.good("match", case, "--json") == kept
    assert shell.good("match", case) == text
    assert shell.good("match", path, "--json") != kept
    shell.good("case", "rematch", case)
    assert shell.good("match", case, "--json") == shell.good("match", path, "--json")


def test_other_words_are_asked_for_with_their_reason_and_the_line_is_decided_anew(shell: Shell) -> None:
    case = shell.case(request(line(1, "97110", "Therapeutic exercise")))
    shell.good("case", "decide", case, "approve", "--reason", "It is covered.", "--no-policy", "--accept-unchecked")
    assert "--why" in shell("case", "reword", case, "--words", "Your plan covers it.")[2]
    told = shell.good("case", "reword", case, "--words", "Your plan covers it.", "--why", "Too short.", "--json")
    assert told["lines"][0]["workflow"] == "review"
    assert "Nothing was saved" in shell.refused("case", "reword", case, "--words", "x", "--why", "y")


AMENDED = ("--line", "1", "--agreed-by", "Dr. Natarajan", "--how", "by telephone")


def test_every_part_of_a_line_can_be_amended(shell: Shell) -> None:
    case = shell.case(request(replace(line(), code_to="76125")))
    words = ("--unit", "visits", "--modifiers", "26 lt", "--quantity", "2.50", "--provider", "New Imaging", "--npi", "1558597799")
    told = shell.good("case", "amend", case, *AMENDED, *words, "--json")["request"]
    service = told["services"][0]
    assert (service["unit"], service["modifiers"], service["quantity"], service["code_to"]) == ("visits", ["26", "LT"], 2.5, "76125")
    assert told["servicing_provider"]["name"] == "New Imaging"
    assert told["servicing_provider"]["npi"] == "1558597799"
    told = shell.good("case", "amend", case, *AMENDED, "--code", " 97110 ", "--modifiers", "", "--json")["request"]
    service = told["services"][0]
    assert (service["code"], service["code_to"], service["modifiers"]) == ("97110", None, [])
    assert told["servicing_provider"]["name"] == "New Imaging"
    told = shell.good("case", "amend", case, *AMENDED, "--provider", "Third Imaging", "--json")["request"]
    assert told["servicing_provider"]["npi"] is None


def test_a_contact_may_ask_for_a_call_back(shell: Shell) -> None:
    case = shell.case(request())
    words = ("case", "contact", case, "--way", "voicemail", "--with", "Dr. N.", "--said", "Please call.", "--not-reached")
    (told,) = shell.good(*words, "--call-back", "2017-10-12T09:30-04:00", "--json")["contacts"]
    assert told["call_back"] == "2017-10-12T09:30:00-04:00"
    assert told["reached"] is False


def test_several_roles_may_follow_one_option(shell: Shell) -> None:
    assert shell.good("account", "add", "bob", "--role", "nurse", "intake", "--json")["roles"] == ["intake", "nurse"]
    assert shell.good("account", "add", "eve", "--role", "auditor", "--role", "supervisor", "--json")["roles"] == ["auditor", "supervisor"]
    assert shell.good("account", "role", "bob", "nurse", "supervisor", "--json")["roles"] == ["nurse", "supervisor"]
    assert "Roles are" in shell.refused("account", "add", "--role", "nurse", "intake", "kim")
    assert shell("account", "add", "kim")[0] == 2


def test_a_profile_is_kept_under_the_two_letters_of_its_state(shell: Shell, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_bytes(profile_bytes(replace(profile(), state="indiana")))
    assert shell.good("profile", "save", str(plan), "--json")["data"]["state"] == "IN"
    assert shell.good("profile", "show", "erisa-self-funded", "in", "--json")["data"]["plan_name"] == "Lindenfield Works Health Plan"
    assert "plan_name: Lindenfield" in shell.good("profile", "show", "erisa_self_funded", "IN")
    plan.write_bytes(profile_bytes(replace(profile(), state="ZZ")))
    assert "'ZZ' is no state" in shell.refused("profile", "save", str(plan))


def approved(shell: Shell, tmp_path: Path) -> str:
    case = shell.case(request(line(1, "97110", "Therapeutic exercise")))
    shell.good("account", "credential", "ada", "--credential", "RN", "--licence", "RN-1")
    shell.good("case", "decide", case, "approve", "--reason", "It helps.", "--no-policy", "--accept-unchecked")
    plan = tmp_path / "plan.json"
    plan.write_bytes(profile_bytes(profile()))
    shell.good("profile", "save", str(plan))
    shell.good("wording", "approve", "--by", "The compliance committee")
    return case


@pytest.mark.parametrize("out", ["plan.json/letter.pdf", "nowhere/letter.pdf", "x" * 300 + ".pdf"])
def test_where_no_file_can_be_written_nothing_is_issued(shell: Shell, tmp_path: Path, out: str) -> None:
    case = approved(shell, tmp_path)
    assert "Nothing was issued." in shell.refused("letter", "issue", case, "--out", str(tmp_path / out))
    assert shell.good("case", "show", case, "--json")["letters"] == []


def test_a_letter_that_could_not_be_written_after_all_is_said_to_be_issued(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = approved(shell, tmp_path)

    def full(path: Path, data: bytes) -> Path:
        raise UserError("out.pdf cannot be written: No space left on device.", "Nothing else was changed.")

    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.desk.exports.write_beside", full)
        err = shell.refused("letter", "issue", case, "--out", str(tmp_path / "out.pdf"))
    assert "The letter IS issued" in err
    assert "Nothing else" not in err
    letter, copy = shell.good("case", "show", case, "--json")["letters"]
    assert (letter["audience"], copy["audience"], copy["copy_of"]) == ("member", "provider", letter["id"])
    assert letter["id"] in err
    shell.good("letter", "write", case, "--letter", letter["id"], "--out", str(tmp_path / "again.pdf"))
    assert shell.good("letter", "verify", str(tmp_path / "again.pdf"), "--json")["letter"] == letter["id"]


def test_a_letter_is_corrected_by_a_second_one(shell: Shell, tmp_path: Path) -> None:
    case = approved(shell, tmp_path)
    first = shell.good("letter", "issue", case, "--out", str(tmp_path / "1.pdf"), "--json")["letter"]
    told = shell.good(
        "letter",
        "issue",
        case,
        "--supersedes",
        first,
        "--reason",
        "The service had no plain name.",
        "--name",
        "1=Exercise",
        "--out",
        str(tmp_path / "2.pdf"),
        "--json",
    )
    assert told["lines"] == [1]
    assert shell.good("letter", "verify", str(tmp_path / "1.pdf"), "--json")["standing"] == "superseded"
    assert shell.good("letter", "verify", str(tmp_path / "2.pdf"), "--json")["standing"] == "issued"
    assert json.dumps(told["letter"]) in shell("case", "show", case, "--json")[1]
