"""`ur-desk intake`: the door through the shell. Nothing is guessed, nothing is saved twice, and what waits can be found again."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import line, request
from cli_shell import Shell, signs_in

from ur_desk.domain.intake.prior import Action, Decision
from ur_desk.domain.request import Kind, Request
from ur_desk.records.request import request_data


def another(number: int, **changes: Any) -> Request:
    member = replace(request().member, family=f"Member{number}", member_id=f"DEMO-{number:06d}")
    return request(**{"reference": f"R-{number}", "member": member, **changes})


def folder(shell: Shell, **files: Any) -> Path:
    place = shell.folder / "came in"
    place.mkdir()
    for name, told in files.items():
        text = told if isinstance(told, str) else json.dumps([request_data(each) for each in told])
        (place / f"{name}.json").write_text(text, encoding="utf-8")
    return place


def test_a_folder_is_read_whole_and_no_workspace_is_needed(shell: Shell) -> None:
    shell.anew()
    place = folder(shell, a=[another(1), another(2)], b="{broken", c=[another(3)])
    status, out, err = shell("intake", str(place), "--json")
    told = json.loads(out)
    assert (status, set(told)) == (0, {"requests", "problems"})
    assert [each["reference"] for each in told["requests"]] == ["R-1", "R-2", "R-3"]
    assert [each["code"] for each in told["problems"]] == ["broken-json"]
    assert "b.json: line 1" in err
    assert not (shell.folder / "w").exists()


def test_a_file_that_cannot_be_read_stops_no_other(shell: Shell) -> None:
    place = folder(shell, a=[another(1)])
    for flags in ((), ("--save",)):
        status, out, err = shell("intake", str(place / "a.json"), str(place / "gone.json"), "--json", *flags)
        told = json.loads(out)
        assert (status, len(told["requests"]), told["problems"][0]["code"]) == (0, 1, "file-not-read")
        assert "gone.json" in err


def test_what_intake_prints_can_be_taken_in_again_and_is_the_same(shell: Shell) -> None:
    decision = Decision(("R-1",), Action("A1", "AUTH-1"))
    first = shell.good("intake", "--json", shell.file(another(1), another(2, kind=Kind.RESPONSE, decision=decision)))
    again = shell.folder / "again.json"
    again.write_text(json.dumps(first), encoding="utf-8")
    second = shell.good("intake", "--json", str(again))
    assert [each | {"source": None} for each in second["requests"]] == [each | {"source": None} for each in first["requests"]]
    assert second["requests"][1]["decision"]["event"] == {"code": "A1", "number": "AUTH-1"}


def test_the_same_file_twice_opens_its_cases_once(shell: Shell) -> None:
    file = shell.file(another(1), another(2))
    first = shell.good("intake", "--save", "--json", file)
    assert len(first["cases"]) == 2
    status, out, err = shell("intake", "--save", "--json", file)
    told = json.loads(out)
    assert (status, told["cases"]) == (0, [])
    assert [each["code"] for each in told["problems"]] == ["already-here"] * 2
    assert first["cases"][0] in told["problems"][0]["message"]
    assert "the same file came in on" in err
    assert len(shell.good("case", "list", "--json")) == 2


def test_what_resembles_a_case_is_not_guessed_and_the_flags_decide(shell: Shell) -> None:
    number = shell.case(request(reference="R-1"))
    file = shell.file(request(reference="R-1", clinical_notes="More."), another(2))
    status, out, err = shell("intake", "--save", file)
    assert status == 1
    assert number in err
    assert f"--nth 1 and one of: --as information --case {number}" in err
    assert "1 of 2 requests opened no case." in err
    assert len(out.split()) == 1
    told = shell.good("intake", "--save", "--as", "information", "--case", number, "--nth", "1", "--json", file)
    assert told["cases"] == [number]
    assert [each["use"] for each in shell.good("case", "show", number, "--json")["messages"]] == ["information"]
    assert shell.good("audit", "verify", "--json")["holds"] is True


@pytest.mark.parametrize(
    ("flags", "numbers", "uses"),
    [
        (("--as", "new"), 2, []),
        (("--as", "again", "--case", "{}"), 1, ["again"]),
        (("--as", "information", "--case", "{}"), 1, ["information"]),
        (("--as", "leave-out", "--reason", "A copy of the fax."), 2, []),
    ],
)
def test_each_choice_can_be_made_by_flags(shell: Shell, flags: tuple[str, ...], numbers: int, uses: list[str]) -> None:
    number = shell.case(request(reference="R-1"))
    file = shell.file(request(reference="R-2"))
    assert shell("intake", "--save", file)[0] == 1
    shell.good("intake", "--save", *(flag.format(number) for flag in flags), file)
    assert len(shell.good("case", "list", "--json")) == numbers
    assert [each["use"] for each in shell.good("case", "show", number, "--json")["messages"]] == uses


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--as", "information"), "Name the case"),
        (("--as", "information", "--case", "UR-9"), "no case of that number"),
        (("--as", "leave-out"), "Say why"),
        (("--as", "appeal", "--case", "{}"), "decided against"),
        (("--as", "new", "--nth", "7"), "1 requests only"),
    ],
)
def test_flags_that_do_not_fit_save_nothing(shell: Shell, flags: tuple[str, ...], said: str) -> None:
    number = shell.case(request(reference="R-1"))
    status, _, err = shell("intake", "--save", *(flag.format(number) for flag in flags), shell.file(request(reference="R-2")))
    assert status == 1
    assert said in err
    assert len(shell.good("case", "list", "--json")) == 1


def test_a_choice_that_could_mean_several_requests_asks_which(shell: Shell) -> None:
    number = shell.case(request(reference="R-1"))
    file = shell.file(request(reference="R-2"), request(reference="R-3"))
    assert "2 requests could be meant" in shell("intake", "--save", "--as", "again", "--case", number, file)[2]
    assert shell("intake", "--as", "new", file)[0] == 2


def test_a_response_for_no_known_case_waits_and_is_found_again(shell: Shell) -> None:
    decision = Decision(("R-1",), Action("A2", "AUTH-1"))
    file = Path(shell.file(request(reference="X-1", kind=Kind.RESPONSE, decision=decision)))
    status, out, _ = shell("intake", "--save", "--json", str(file))
    assert status == 1
    assert [each["code"] for each in json.loads(out)["problems"]] == ["no-known-case"]
    file.unlink()
    (report,) = shell.good("arrivals", "list", "--json")
    assert (report["requests"], report["waiting"]) == (1, 1)
    assert "no case known" in shell.good("arrivals", "show", report["report"])
    number = shell.case(request(reference="R-1"))
    shown = shell.good("arrivals", "show", report["report"], "--json")
    assert shown["requests"][0]["resembles"] == [{"how": "named", "case": number}]
    shell.good("arrivals", "decide", report["report"], "--as", "information", "--case", number)
    assert shell.good("case", "show", number, "--json")["messages"][0]["request"]["decision"]["event"]["code"] == "A2"
    text = shell.good("case", "show", number)
    assert "a payer's earlier response" in text
    assert "AUTH-1" in text
    assert [row["waiting"] for row in shell.good("arrivals", "list", "--json")] == [0, 0]


def test_a_report_is_put_away_only_where_that_is_meant(shell: Shell) -> None:
    shell.case(request(reference="R-1"))
    shell("intake", "--save", shell.file(request(reference="R-2")))
    report = shell.good("arrivals", "list", "--json")[0]["report"]
    assert "1 request of that report still waits" in shell.refused("arrivals", "forget", report)
    shell.good("arrivals", "forget", report, "--waiting-too")
    assert "was put away" in shell.refused("arrivals", "show", report)


def test_what_was_left_out_is_closed_by_a_word_to_the_sender(shell: Shell) -> None:
    shell.case(request(reference="R-1"))
    (number,) = shell.good(
        "intake", "--save", "--as", "leave-out", "--reason", "Another plan.", "--json", shell.file(request(reference="R-2"))
    )["cases"]
    assert [row["number"] for row in shell.good("case", "list", "--came-in", "--json")] == [number]
    assert [row["news"] for row in shell.good("case", "list", "--json") if row["number"] == number] == ["tell_sender"]
    assert "left out: Another plan." in shell.good("case", "show", number)
    shown = shell.good("case", "tell-sender", number, "--way", "fax", "--with", "the office", "--said", "Send it there.", "--json")
    assert shown["workflow"] == "closed"


def test_a_case_opened_by_mistake_is_taken_back(shell: Shell) -> None:
    file = shell.file(another(1))
    (number,) = shell.good("intake", "--save", "--json", file)["cases"]
    shell.good("case", "take-back", number)
    assert shell.good("intake", "--save", "--json", file)["cases"] != [number]


def test_two_programs_that_take_in_one_file_at_the_same_time_open_each_case_once(shell: Shell) -> None:
    file = shell.file(*(another(number, services=(line(1, f"9{number:04}"),)) for number in range(12)))
    shell.good("case", "list", "--json")
    root = Path(__file__).parents[2]
    words = [sys.executable, "-m", "ur_desk", "--workspace", str(shell.folder / "w"), "--user", "ada", "intake", "--save", "--json", file]
    with signs_in("ada", shell.folder):
        both = [
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)})
            for _ in range(2)
        ]
        ended = [(one.communicate(timeout=120), one.returncode) for one in both]
    told = [json.loads(out) for (out, _), _ in ended]
    numbers = [number for each in told for number in each["cases"]]
    assert len(set(numbers)) == len(numbers) == 12
    assert len(shell.good("case", "list", "--json")) == 12
    assert shell.good("audit", "verify", "--json")["holds"] is True


def test_many_files_say_how_far_it_is_on_standard_error(shell: Shell) -> None:
    place = folder(shell, **{f"n{number:02}": [another(number, services=(line(1, "97110"),))] for number in range(21)})
    status, out, err = shell("intake", "--save", "--json", str(place))
    assert (status, len(json.loads(out)["cases"])) == (0, 21)
    assert "21 of 21 files read" in err
    assert "21 of 21 requests decided" in err


def bare(number: int) -> Request:
    return another(number, received_at=None, received_zone=None)


@pytest.mark.parametrize(
    ("flags", "at", "shown"),
    [
        (("--received", "file-time"), "2017-09-29T12:15:00+00:00", "file_time"),
        (
            ("--received", "2017-09-28T08:05-04:00", "--shown-by", "fax_header", "--where", "p. 3"),
            "2017-09-28T12:05:00+00:00",
            "fax_header",
        ),
    ],
)
def test_a_receipt_is_told_for_all_requests_of_the_files_that_tell_none(shell: Shell, flags: tuple[str, ...], at: str, shown: str) -> None:
    place = folder(shell, a=[bare(1), another(2)], b=[bare(3)])
    for file in place.iterdir():
        os.utime(file, (1506687300, 1506687300))
    told = shell.good("intake", "--save", "--json", str(place), *flags)
    assert len(told["cases"]) == 3
    received = [shell.good("case", "show", number, "--json")["request"] for number in told["cases"]]
    instants = [datetime.fromisoformat(each["received_at"]).astimezone(UTC).isoformat() for each in received]
    assert instants == [at, datetime.fromisoformat(told["requests"][1]["received_at"]).astimezone(UTC).isoformat(), at]
    assert [each.get("received_evidence", {}).get("kind") for each in received] == [shown, None, shown]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--received", "sender-clock"), "tells no time of that kind"),
        (("--received", "2017-09-28T08:05-04:00"), "what shows"),
        (("--received", "2099-09-28T08:05-04:00", "--shown-by", "other"), "in the future"),
        (("--received", "soon"), "no date and time|not a date and time"),
    ],
)
def test_a_receipt_that_cannot_be_opens_no_case_and_what_was_read_waits(shell: Shell, flags: tuple[str, ...], said: str) -> None:
    assert re.search(said, shell.refused("intake", "--save", shell.file(bare(1)), *flags))
    (report,) = shell.good("arrivals", "list", "--json")
    assert report["waiting"] == 1
    done = shell.good("arrivals", "decide", report["report"], "--received", "now", "--json")
    assert done["requests"][0]["received_evidence"]["where"] == "came in just when it was brought here"
    assert len(done["cases"]) == 1


def test_without_a_receipt_a_case_is_opened_and_that_is_said(shell: Shell) -> None:
    status, number, err = shell("intake", "--save", shell.file(bare(1)))
    assert status == 0
    assert "1 request does not say when it was received; no clock runs" in err
    assert [row["number"] for row in shell.good("case", "list", "--came-in", "--json")] == [number.strip()]


def test_a_request_that_is_here_already_is_looked_at_by_a_flag_too(shell: Shell) -> None:
    file = shell.file(another(1))
    shell.good("intake", "--save", file)
    asked = []
    for flags in ((), ("--as", "nothing")):
        shell.good("intake", "--save", file, *flags)
        newest = shell.good("arrivals", "list", "--json")[0]["report"]
        asked.append(shell.good("arrivals", "show", newest, "--json")["requests"][0]["asks"])
    assert asked == [True, False]
