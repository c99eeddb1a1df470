"""Clocks on the command line: one case's, bent and supposed otherwise; the rows of the workspace; what clocks ask for."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import clock_file, request
from cli_shell import Shell
from record_makers import PAGES

from ur_desk.domain.request import Coverage, LineOfBusiness, Network, Provider, Urgency

NOTICE = ("--way", "fax", "--to", "Orchard Row")
MA: dict[str, Any] = {"line_of_business": LineOfBusiness.MEDICARE_ADVANTAGE}


def ago(**span: float) -> datetime:
    return (datetime.now(UTC) - timedelta(**span)).replace(microsecond=0)


def in_days(days: int) -> str:
    return f"{date.today() + timedelta(days=days):%Y-%m-%d}"  # noqa: DTZ011


@pytest.fixture
def desk(shell: Shell) -> Shell:
    for name, role in (("mara", "nurse"), ("sol", "supervisor")):
        shell.add(name, "--role", role)
    return shell


def case(desk: Shell, **changes: Any) -> str:
    return desk.case(request(**{"received_at": ago(days=2)} | changes))


def test_a_clock_is_shown_with_its_reason_and_what_if(desk: Shell) -> None:
    number = case(desk)
    shown = desk.good("case", "clock", number)
    assert "15 calendar days from receipt (ERISA, pre-service)" in shown
    assert "line 1: nothing yet" in shown
    told = desk.good("case", "clock", number, "--if-urgency", "expedited", "--json")
    assert told["standing"]["stand"] == "running"
    assert (told["clock"]["rule"], told["what_if"]["rule"]) == ("ERISA-PRE", "ERISA-URG")
    assert "days sooner" in desk.good("case", "clock", number, "--if-urgency", "expedited")
    assert "days later" in desk.good("case", "clock", number, "--if-noticed", f"{ago(hours=1).isoformat()}")
    assert "missed" in desk.good("case", "clock", number, "--on", in_days(40))


def test_a_clock_is_extended_paused_answered_and_says_so(desk: Shell, tmp_path: Path) -> None:
    number, log = case(desk), tmp_path / "mail log.pdf"
    log.write_bytes(PAGES)
    ask = ("--because", "beyond_control", "--reason", "The films lie elsewhere.", *NOTICE, "--ask", "the films", "--answer-by", in_days(60))
    ask = (*ask, "--proof", str(log))
    done = desk.good("case", "extend", number, *ask, "--json", user="mara")
    assert done["clock"]["state"] == "paused"
    assert done["clockwork"]["extension"]["items"] == ["the films"]
    assert "the pause ends without an answer" in desk.good("case", "clock", number)
    assert "waits for no answer" not in desk.good("case", "answered", number, "--what", "The films.", user="mara")
    assert desk.good("case", "show", number, "--json")["clock"]["state"] == "extended"
    assert "extended twice" in desk.refused("case", "extend", number, *ask, user="mara")


def test_an_incomplete_urgent_request_is_sent_back(desk: Shell) -> None:
    number = case(desk, urgency=Urgency.EXPEDITED, received_at=ago(hours=2))
    back = ("case", "incomplete", number, "--lacks", "the order", "--until", f"{ago(days=-3).isoformat()}", *NOTICE, "--json")
    assert desk.good(*back, user="mara")["clock"]["state"] == "returned"


def test_what_a_clock_rests_on_is_changed_with_reason_and_both_dates(desk: Shell) -> None:
    number = case(desk, coverage=Coverage(funding="self_funded", erisa=True))
    to = ("case", "change", number, "--urgency", "expedited", "--reason", "The pain grows.", "--said-by", "Dr. Lee", "--physician")
    done = desk.good(*to, "--json", user="mara")
    assert (done["clock"]["rule"], done["request"]["urgency_said_by"]) == ("ERISA-URG", "Dr. Lee")
    assert done["clockwork"]["changes"][0]["due_before"]["rule"] == "ERISA-PRE"
    assert "Due before:" in desk.good("case", "clock", number)
    lower = ("case", "change", number, "--urgency", "standard", "--reason", "Not urgent.", "--said-by", "the plan")
    assert "A physician said that this is urgent" in desk.refused(*lower, user="mara")
    facts = ("--rating-period", "2026-01-01", "--accredited", "--care-ends", f"{ago(days=-5).isoformat()}", "--misfiled")
    told = desk.good("case", "change", number, *facts, "--reason", "Looked up.", "--said-by", "the contract", "--json", user="mara")
    particulars = told["clockwork"]["particulars"]
    assert (particulars["rating_period"], particulars["accredited"], particulars["misfiled"]) == ("2026-01-01", True, True)
    assert "There is no such state" in desk.refused(
        "case", "change", number, "--state", "XX", "--reason", "x", "--said-by", "y", user="mara"
    )


def test_medicare_advantage_tells_that_it_does_not_expedite_and_the_written_word_is_a_task(desk: Shell) -> None:
    outside = Provider("Mill Race Radiology", network=Network.OUT)
    number = case(
        desk, **MA, urgency=Urgency.EXPEDITED, urgency_said_by="the member", received_at=ago(hours=2), requesting_provider=outside
    )
    assert "MA-INFO" in desk.good("clock", "tasks")
    desk.good("case", "owed", number, "MA-INFO", *NOTICE, "--said", "Sent the list.", user="mara")
    lower = ("case", "change", number, "--urgency", "standard", "--reason", "Not urgent.", "--said-by", "the reviewer")
    assert "told by telephone" in desk.refused(*lower, user="mara")
    desk.good(*lower, "--told", "the member", user="mara")
    tasks = desk.good("clock", "tasks", "--until", in_days(5), "--json")
    assert [(task["case"], task["row"]) for task in tasks] == [(number, "MA-EXPDENY")]
    assert "Nothing of that name" in desk.refused("case", "owed", number, "MA-INFO", *NOTICE, user="mara")


def test_a_target_is_set_and_lifted_and_a_provider_is_notified(desk: Shell) -> None:
    number = case(desk)
    done = desk.good("case", "target", number, "--at", ago(days=-1).isoformat(), "--reason", "The pain grows.", "--json", user="mara")
    assert done["clockwork"]["target"]["reason"] == "The pain grows."
    assert "target:" in desk.good("case", "clock", number)
    desk.good("case", "target", number, "--reason", "Better.", user="mara")
    told = ("case", "notified", number, "--line", "1", "--whom", "provider", *NOTICE, "--said", "Approved.")
    assert "cannot be taken this way" in desk.refused(*told, user="mara")
    assert desk.good("case", "reread", number, "--json", user="mara")["clock"]["rule"] == "ERISA-PRE"


def test_a_missed_deadline_is_a_task_with_what_it_is_in_law(desk: Shell) -> None:
    number = case(desk, **MA, received_at=ago(days=40))
    told = desk.good("clock", "tasks")
    assert number in told
    assert "LATE-MA (not verified)" in told
    assert "itself an adverse determination" in desk.good("case", "clock", number)


def test_rows_are_listed_loaded_verified_doubted_and_dropped(desk: Shell, tmp_path: Path) -> None:
    listed = desk.good("clock", "rows", "--text", "texas")
    assert "TX-UR" in listed
    assert "NOT VERIFIED" in listed
    number = case(desk, line_of_business=LineOfBusiness.COMMERCIAL_INSURED, coverage=Coverage(erisa=True), state="VT")
    assert "State rule not loaded" in desk.good("case", "clock", number)
    file = tmp_path / "vermont.json"
    file.write_bytes(clock_file("VT"))
    assert desk.good("clock", "load", str(file), "--json", user="sol")[0]["id"] == "VT-NONE"
    assert "may not do this" in desk.refused("clock", "load", str(file), user="mara")
    verified = desk.good("clock", "verify", "vt-none", "--where", "8 V.S.A.", "--on", "2026-11-20", "--json", user="sol")
    assert verified["verified"] == {"by": "sol (8 V.S.A.)", "on": "2026-11-20"}
    assert desk.good("case", "reread", number, "--json", user="mara")["clock"]["rule"] == "ERISA-PRE"
    rows = desk.good("clock", "rows", "--text", "vermont.json", "--json")
    assert [(row["kind"], row["file"]) for row in rows] == [("silence", "vermont.json")]
    assert "not verified" in desk.good("clock", "doubt", "VT-NONE", "--reason", "It was another act.", user="sol")
    desk.good("clock", "drop", "vermont.json", "--reason", "Another act.", user="sol")
    assert desk.good("clock", "rows", "--text", "vermont.json", "--json") == []
    file.write_text("{")
    assert "cannot be read" in desk.refused("clock", "load", str(file), user="sol")


def test_nothing_asked_for_is_said(desk: Shell) -> None:
    assert desk.good("clock", "tasks") == "Nothing is asked for until then.\n"
    assert json.loads(json.dumps(desk.good("clock", "tasks", "--json"))) == []
