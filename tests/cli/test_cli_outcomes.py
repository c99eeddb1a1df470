"""Outcomes beside the usual ones, authorization numbers and entries in claims, from a shell."""

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import click
import pytest
from builders import line, passphrase, request
from cli_shell import Shell

from ur_desk.cli import decisions
from ur_desk.desk.clock import SystemClock
from ur_desk.domain.request import LineOfBusiness

THERAPY = line(2, "97110", "Therapeutic exercise", date(2017, 10, 2))
BOOKLET = "Lindenfield Works | Benefit booklet | 2017 | 7.2"
DENIAL = ("--ground", "not_timely", "--not-clinical", "The day of receipt decides it.", "--reason", "It came late.", "--criterion", BOOKLET)


def states(told: Any) -> list[tuple[str, str | None, str | None]]:
    return [(each["workflow"], each["determination"], each["exchange_word"]) for each in told["lines"]]


def approved(shell: Shell) -> str:
    case = shell.case(request(line(1), THERAPY))
    words = ("--reason", "Your plan covers it.", "--no-policy", "--accept-unchecked")
    shell.good("case", "decide", case, "approve", "--line", "2", *words)
    return case


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(decisions.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", lambda text, **told: passphrase(who))
    monkeypatch.setattr(click, "confirm", lambda text, **told: True)


def test_an_approved_line_is_numbered_entered_and_found_by_the_list(shell: Shell) -> None:
    case = approved(shell)
    assert [row["number"] for row in shell.good("case", "list", "--to-enter", "--json")] == [case]
    told = shell.good("case", "authorize", case, "--json")
    assert told["lines"][1]["authorization"]["number"].startswith("UR")
    assert "why another number" in shell.refused("case", "authorize", case, "--line", "2", "--number", "A-1")
    told = shell.good("case", "authorize", case, "--line", "2", "--number", "A-1", "--reason", "The plan's own.", "--json")
    assert told["lines"][1]["authorization"]["number"] == "A-1"
    told = shell.good("case", "entered", case, "--where", "Claims One", "--json")
    assert told["lines"][1]["entered_in_claims"]["where"] == "Claims One"
    assert shell.good("case", "list", "--to-enter", "--json") == []
    shown = shell.good("case", "show", case)
    assert "authorization number: A-1" in shown
    assert "entered in claims: Claims One" in shown


def test_what_takes_no_authorization_is_told_as_such(shell: Shell) -> None:
    case = shell.case(request(line(1), THERAPY))
    told = shell.good("case", "not-required", case, "--line", "2", "--where", "the list of January", "--json")
    assert states(told) == [("review", None, "A4"), ("decided", "no_authorization_required", "NA")]
    assert told["exchange_word"] == "A4"
    assert shell.good("case", "list", "--outcome", "approved", "--json") == []


def test_a_medicare_request_is_dismissed_and_vacated_by_whom_the_plan_names(shell: Shell) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    case = shell.case(request(THERAPY, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE))
    words = ("case", "dismiss", case, "--why", "not_a_proper_party", "--explained", "A neighbour asked.")
    assert "has not given this to your role" in shell.refused(*words)
    assert states(shell.good(*words, "--json", user="osei")) == [("decided", "dismissed", None)]
    told = shell.good("case", "vacate", case, "--cause", "The form of representation came.", "--json", user="osei")
    assert states(told) == [("review", None, "A4")]
    assert "earlier outcome: dismissed by osei" in shell.good("case", "show", case)


def test_a_supervisor_voids_and_reopens_and_a_nurse_does_not(shell: Shell) -> None:
    shell.add("sol", "--role", "supervisor")
    case = approved(shell)
    reopening = ("case", "reopen", case, "--line", "2", "--cause", "good_cause", "--explained", "A new report.")
    voiding = ("case", "void", case, "--line", "1", "--reason", "Another member's.")
    for words in (reopening, voiding):
        assert "may not do this" in shell.refused(*words)
    shell.good(*reopening, user="sol")
    told = shell.good(*voiding, "--json", user="sol")
    assert states(told) == [("closed", "voided", None), ("reopened", None, "A4")]
    assert [made["determination"] for made in told["lines"][1]["earlier"]] == ["approved"]


def test_an_administrative_denial_is_signed_at_a_terminal_by_the_role_that_the_plan_names(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.add("nia", "--role", "nurse", "--credential", "RN", "--licence", "R1")
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "nia", "--where", "the state board", user="sol")
    case = shell.case(request(line(1), THERAPY))
    words = ("case", "deny", case, "--line", "2", *DENIAL)
    assert "at a terminal" in shell.refused(*words, user="nia")
    at_a_terminal(monkeypatch, "nia")
    assert "has not given this to your role" in shell.refused(*words, user="nia")
    told = shell.good("profile", "show", "erisa_self_funded", "IN", "--json")
    assert told["data"]["signers"] == []
    told["data"]["signers"] = [{"matter": "not_timely", "role": "nurse"}]
    (shell.folder / "plan.json").write_text(json.dumps(told), encoding="utf-8")
    shell.good("profile", "save", str(shell.folder / "plan.json"))
    assert "signers: not_timely by nurse" in shell.good("profile", "show", "erisa_self_funded", "IN")
    told = shell.good(*words, "--json", user="nia")
    assert states(told)[1] == ("decided", "denied", "A3")
    assert told["lines"][1]["decision"]["administrative"]["ground"] == "not_timely"
    assert "kind of reason: Administrative (not timely), not clinical" in shell.good("case", "show", case)


def test_a_plan_that_gives_a_refusal_to_intake_is_not_saved(shell: Shell) -> None:
    told = shell.good("profile", "show", "erisa_self_funded", "IN", "--json")
    for signers, words in (
        ([{"matter": "not_timely", "role": "intake"}], "signs no refusal"),
        ([{"matter": "clinical", "role": "nurse"}], "is no plan profile"),
    ):
        told["data"]["signers"] = signers
        (shell.folder / "plan.json").write_text(json.dumps(told), encoding="utf-8")
        assert words in shell.refused("profile", "save", str(shell.folder / "plan.json"))


def test_a_physician_modifies_in_spans_and_says_who_agreed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "osei", "--where", "the state board", user="sol")
    case = shell.case(request(line(1), THERAPY))
    shell.good("case", "decide", case, "refer", "--line", "1", "--summary", "Five months of pain.")
    at_a_terminal(monkeypatch, "osei")
    sign = ("case", "sign", case, "modify", "--reason", "Less is enough.", "--rationale", "My own.", "--criterion", BOOKLET)
    spans = ("--span", "from=2017-10-12 to=2017-10-18 quantity=2", "--span", "from=2017-10-20 to=2017-10-31 quantity=1 place=22")
    assert "is no span" in shell.refused(*sign, "--span", "from=2017-10-12", user="osei")
    assert "There is no ground" in shell.refused(*sign, *spans, "--ground", "whim", user="osei")
    told = shell.good(*sign, *spans, "--agreed-by", "Dr. Natarajan", "--agreed-how", "by telephone", "--json", user="osei")
    first, second = told["lines"][0]["spans"]
    assert (first["last_day"], first["quantity"], first["place"]) == ("2017-10-18", "2", "11")
    assert (second["first_day"], second["quantity"], second["place"]) == ("2017-10-20", "1", "22")
    assert told["lines"][0]["decision"]["agreed"]["by"] == "Dr. Natarajan"
    assert told["lines"][0]["exchange_word"] == "A6"


def test_another_service_is_named_for_the_member_where_it_is_approved(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "osei", "--where", "the state board", user="sol")
    case = shell.case(request(line(1)))
    shell.good("case", "decide", case, "refer", "--summary", "Five months of pain.")
    at_a_terminal(monkeypatch, "osei")
    sign = ("case", "sign", case, "modify", "--reason", "Plain films come first.", "--rationale", "My own.", "--criterion", BOOKLET)
    refused = shell.refused(*sign, "--grant", "code=72100", user="osei")
    assert "nothing says in plain words what that is called" in refused
    assert "its code is the one that was asked for" in shell.refused(*sign, "--grant", "place=22", "--service", "Plain films", user="osei")
    unplain = [word.replace("Plain films", "You had an MRI, so plain films") for word in sign]
    named = ("--grant", "code=72100", "--service", "Regular x-rays of the lower back", "--json")
    status, out, err = shell(*unplain, *named, user="osei")
    assert status == 0, err
    assert "The letter may not say this: “MRI” is not explained." in err
    told = json.loads(out)
    assert told["lines"][0]["decision"]["granted"]["service"] == "Regular x-rays of the lower back"
    assert "Approved instead: Regular x-rays of the lower back (72100)." in shell.good("case", "show", case)


def test_a_denial_for_lack_of_information_names_its_attempts(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "osei", "--where", "the state board", user="sol")
    case = shell.case(request(line(1, "76496", "Fluoroscopic procedure")))
    at_a_terminal(monkeypatch, "osei")
    sign = (
        "case",
        "sign",
        case,
        "deny",
        "--family",
        "lack_of_information",
        "--reason",
        "We did not get the order.",
        "--rationale",
        "My own.",
    )
    sign += ("--criterion", BOOKLET, "--information-needed", "The order, since it names the service.")
    sign += ("--departure", "Nobody answers what the policy asks.")
    shell.good("case", "decide", case, "refer", "--summary", "Five months of pain.")
    assert "nobody asked" in shell.refused(*sign, user="osei")
    shell.good("case", "sign", case, "send-back", "--question", "Which service is it?", user="osei")
    now, last = datetime.now(UTC), datetime.now(UTC).date() + timedelta(days=1)
    shell.good("case", "decide", case, "ask", "--item", "The order", "--why", "It names it.", "--of", "the office", "--by", str(last))
    shell.good("case", "contact", case, "--way", "call", "--with", "the office", "--said", "Nobody answered.", "--not-reached")
    shell.good("case", "received", case, "--what", "Nothing.")
    shell.good("case", "decide", case, "refer", "--summary", "No order came.")
    assert f"may still come until {last:%m/%d/%Y}" in shell.refused(*sign, user="osei")
    monkeypatch.setattr(SystemClock, "now", lambda clock: now + timedelta(days=3))
    told = shell.good(*sign, "--json", user="osei")
    assert len(told["lines"][0]["decision"]["attempts"]) == 2
    assert "For lack of information, after 2 attempts" in shell.good("case", "show", case)
