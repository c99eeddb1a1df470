"""`ur-desk wording` and `ur-desk form`: what the plan records for its letters, from a shell."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import denial_form, line, request
from cli_shell import Shell
from fonts_made import HAN, font_of
from test_cli_review import approved


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "denial.pdf"
    file.write_bytes(denial_form()[1])
    return file


def test_a_wording_is_read_approved_and_listed(shell: Shell, tmp_path: Path) -> None:
    (before,) = shell.good("wording", "list", "--json")
    assert before["approved"] is None
    file = tmp_path / "wording.txt"
    shell.good("wording", "text", str(file))
    assert before["wording"] in file.read_text(encoding="utf-8")
    told = shell.good("wording", "approve", "--by", "The compliance committee", "--on", "2026-01-05", "--json")
    assert told == {"language": "en-US", "wording": before["wording"], "by": "The compliance committee", "on": "2026-01-05"}
    assert "approved by The compliance committee on 2026-01-05" in shell.good("wording", "list")


def test_slots_are_written_filled_and_kept(shell: Shell, tmp_path: Path) -> None:
    slots = tmp_path / "slots.json"
    shell.good("wording", "slots", "es", str(slots), "--name", "Spanish")
    told: dict[str, Any] = json.loads(slots.read_text(encoding="utf-8"))
    asked = ("wording", "translate", str(slots), "--translator", "Ines Robledo", "--qualified", "certified")
    assert "The slot" in shell.refused(*asked)
    for slot in told["clauses"].values():
        slot["text"] = f"es {slot['english']}"
    for words in told["terms"].values():
        for slot in words.values():
            slot["text"] = slot["english"]
    slots.write_text(json.dumps(told), encoding="utf-8")
    assert "es (Spanish)" in shell.good(*asked)
    english, spanish = shell.good("wording", "list", "--json")
    assert (spanish["language"], spanish["outdated"], spanish["translated"]["by"]) == ("es", False, "Ines Robledo")
    assert spanish["wording"] != english["wording"]


def test_a_form_is_looked_at_installed_and_listed(shell: Shell, form: Path) -> None:
    assert next(row["field"] for row in shell.good("form", "look", str(form), "--json")) == "Form letter_date"
    fields = [
        part
        for name in ("reason", "letter_date", "member_name", "member_number", "services")
        for part in ("--field", f"{name}=Form {name}")
    ]
    asked = ("form", "install", "CMS-10003", str(form), "--omb", "0938-9999", "--expires", "2099-12-31")
    told = shell.good(*asked, *fields, "--json")
    assert told["installed"]["omb"] == "0938-9999"
    assert told["obstacle"] is None
    assert "expires 2099-12-31" in shell.good("form", "list")
    assert "names no field" in shell.refused(*asked, "--field", "reason")
    assert "does not print the OMB number" in shell.refused(*asked[:-4], "--omb", "0938-0000", "--expires", "2099-12-31", *fields)


def test_a_font_is_installed_and_listed(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "squares.ttf"
    file.write_bytes(font_of(HAN))
    assert "zh (Chinese): not installed" in shell.good("font", "list")
    told = shell.good("font", "install", "zh", str(file), "--json")
    assert (told["name"], told["installed"]["font"], told["installed"]["face"]) == ("Chinese", "Squares Regular", 1)
    assert "zh (Chinese): Squares Regular" in shell.good("font", "list")
    assert shell.good("font", "list", "--json")[0] == told
    assert "has no face 2" in shell.refused("font", "install", "zh", str(file), "--face", "2")
    assert "called in English" in shell.refused("font", "install", "chr", str(file))
    assert "no TrueType font" in shell.refused("font", "install", "zh", __file__)


def test_a_notice_of_open_lines_is_written_for_both_readers(shell: Shell, tmp_path: Path) -> None:
    case = shell.case(request(line(1, "97110", "Therapeutic exercise"), received_at=datetime.now(UTC) - timedelta(days=2)))
    asked = ("letter", "write", case, "--out", str(tmp_path / "n.pdf"), "--notice", "extension", "--why", "We wait for a report.", "--json")
    assert "Say on which condition" in shell.refused(*asked)
    told = shell.good(*asked, "--because", "beyond-control")
    assert told["standing"] == "draft"
    assert any("plan's name" in message for message in told["missing"])
    assert set(told["clock"]) == {"now", "then"}
    assert told["clock"]["now"]["due_at"] < told["clock"]["then"]["due_at"]
    assert shell.good(*asked, "--because", "beyond-control", "--provider")["standing"] == "draft"
    assert "not extended on that condition" in shell.refused(*asked, "--because", "requested")


def test_a_letter_is_issued_with_its_copy_and_both_are_written_and_recognised(shell: Shell, tmp_path: Path) -> None:
    case = approved(shell, tmp_path)
    member, provider = str(tmp_path / "member.pdf"), str(tmp_path / "provider.pdf")
    told = shell.good("letter", "issue", case, "--out", member, "--provider-out", provider, "--json")
    assert told["copy"] != told["letter"]
    for file, letter in ((member, told["letter"]), (provider, told["copy"])):
        assert shell.good("letter", "verify", file, "--json") == {
            "standing": "issued",
            "unchanged": True,
            "letter": letter,
            "case": case,
            "why": None,
        }
    again = str(tmp_path / "again.pdf")
    assert shell.good("letter", "write", case, "--provider", "--out", again, "--json")["letter"] == told["copy"]


def test_translations_come_from_a_file_of_pairs(shell: Shell, tmp_path: Path) -> None:
    case = shell.case(request(line(1, "97110", "Therapeutic exercise")))
    texts = tmp_path / "texts.json"
    for wrong in ("[]", '{"a": 1}', "nothing"):
        texts.write_text(wrong)
        assert "holds no translations" in shell.refused("letter", "write", case, "--texts", str(texts), "--out", str(tmp_path / "x.pdf"))
