"""Messages in the formats that payers and providers send, taken in from a shell."""

import json
from pathlib import Path

import pytest
from builders import request
from cli_shell import Shell
from messages import AUTHORIZATION, MEMBER, MESSAGES, TRACE, sent

USES = {"response.x12": "response", "cancellation.x12": "cancellation", "update.json": "revision", "answer.json": "response"}


@pytest.mark.parametrize("name", list(MESSAGES))
def test_a_message_waits_until_it_is_said_what_it_is_and_then_stands_in_its_case(shell: Shell, tmp_path: Path, name: str) -> None:
    number = shell.case(request(reference=TRACE, member=MEMBER))
    if name != "response.x12":
        shell.good("intake", "--save", "--as", "information", "--case", number, str(sent(tmp_path, "response.x12")))
    status, out, err = shell("intake", "--save", "--json", str(sent(tmp_path, name)))
    assert status == 1
    assert json.loads(out)["cases"] == []
    assert f"It is about {number}" in err
    assert f"--as information --case {number}" in err
    shell.good("intake", "--save", "--as", "information", "--case", number, str(sent(tmp_path, name)))
    shown = shell.good("case", "show", number, "--json")
    assert [each["use"] for each in shown["messages"]][-1] == USES[name]
    assert shown["determination"] is None
    assert len(shell.good("case", "list", "--json")) == 1
    assert shell.good("audit", "verify", "--json")["holds"] is True


def test_a_message_that_names_a_case_of_another_member_says_so_and_goes_there_only_when_it_is_told_to(shell: Shell, tmp_path: Path) -> None:
    number = shell.case(request(reference=TRACE))
    message = str(sent(tmp_path, "response.x12"))
    status, _, err = shell("intake", "--save", message)
    assert status == 1
    assert f"It names a case of another member: {number}" in err
    assert "It is about" not in err
    assert shell.good("case", "show", number, "--json")["messages"] == []
    shell.good("intake", "--save", "--as", "information", "--case", number, message)
    assert [each["use"] for each in shell.good("case", "show", number, "--json")["messages"]] == ["response"]


def test_a_payers_words_are_told_as_the_payers_and_a_cancellation_as_what_it_is_about(shell: Shell, tmp_path: Path) -> None:
    number = shell.case(request(reference=TRACE, member=MEMBER))
    for name in ("response.x12", "cancellation.x12"):
        shell.good("intake", "--save", "--as", "information", "--case", number, str(sent(tmp_path, name)))
    text = shell.good("case", "show", number)
    assert f"Whole request: A1: approved as asked · number {AUTHORIZATION}" in text
    assert "Line 1: A3: not approved · reason 0B" in text
    assert "Line 2: CT: contact payer; nothing is decided" in text
    assert "Payer could not process: Something in it is wrong, at the request. Correct it and send it again; this is no denial." in text
    assert "(reason 33 · follow-up C · loop 2000E" in text
    assert f"Answers: {TRACE}" in text
    assert f"About: {AUTHORIZATION}" in text


def test_files_of_a_known_sender_are_read_by_its_mapping_also_where_they_are_saved(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Kenn,Nachname,Geburt,Wann,Was\nDEMO-000042,Member,1970-03-04,2017-10-12,76120\n", encoding="utf-8")
    columns = {
        "Kenn": "member.member_id",
        "Nachname": "member.family",
        "Geburt": "member.birth_date",
        "Wann": "services.first_day",
        "Was": "services.code",
    }
    told = {"schema": "ur-desk-mapping/1", "columns": [{"column": column, "field": field} for column, field in columns.items()]}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(told), encoding="utf-8")
    read = shell.good("intake", "--mapping", str(mapping), "--json", str(table))["requests"]
    shell.good("sender", "import", str(mapping), "--name", "Elm Clinic", "--fits", str(table))
    assert shell.good("intake", "--sender", "elm clinic", "--json", str(table))["requests"] == read
    assert shell.good("match", "--json", str(table))
    saved = shell.good("intake", "--save", "--json", str(table))
    assert saved["requests"] == read
    (number,) = saved["cases"]
    assert shell.good("case", "show", number, "--json")["request"]["member"]["family"] == "Member"
    assert shell("intake", "--sender", "nobody", str(table))[0] == 1
    assert shell("intake", "--sender", "elm clinic", "--mapping", str(mapping), str(table))[0] == 2


def test_what_lies_in_a_folder_and_is_not_read_is_said(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sent(folder, "response.x12")
    (folder / ".hidden.json").write_text("{}", encoding="utf-8")
    for flags in ((), ("--save",)):
        assert ".hidden.json: skipped. A hidden file." in shell("intake", *flags, str(folder))[2]
