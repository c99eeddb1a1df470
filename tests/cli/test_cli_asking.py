"""What is missing of a case, from a shell."""

import pytest
from builders import line, request, unclear
from cli_shell import Shell


@pytest.fixture
def number(shell: Shell) -> str:
    shell.add("mara", "--role", "nurse")
    return shell.case(request(unclear(), line(2)))


def test_a_nurse_asks_what_the_findings_suggest_tries_takes_a_part_and_waits(shell: Shell, number: str) -> None:
    told = shell.good("case", "missing", number, user="mara")
    assert "Line 1: Which service is meant" in told
    assert "Line 2: the position holds for all indications" in told
    asked = shell.good(
        "case", "decide", number, "ask", "--line", "1", "--suggested", "--item", "the films", "--of", "the office",
        "--by", "2099-10-20", "--chase", "2099-10-13", "--json", user="mara",
    )  # fmt: skip
    body = asked["lines"][0]["asked"]
    assert [bool(cited) for cited in body["cites"]] == [False, True]
    assert (body["items"][0], body["chase_on"]) == ("the films", "2099-10-13")
    shell.good(
        "case",
        "contact",
        number,
        "--way",
        "voicemail",
        "--with",
        "Dana",
        "--said",
        "Left word.",
        "--not-reached",
        "--for-line",
        "1",
        user="mara",
    )
    (waits,) = shell.good("case", "missing", number, "--json", user="mara")["waiting"]
    assert (waits["lines"], waits["attempts"][0]["with_whom"], waits["chase_on"]) == ([1], "Dana", "2099-10-13")
    assert "voicemail, Dana, not reached. Left word." in shell.good("case", "missing", number, user="mara")
    part = ("case", "received", number, "--what", "The films.", "--extent", "part", "--came", "the films", "--wait", "--json")
    after = shell.good(*part, user="mara")["lines"][0]
    assert (after["workflow"], after["asked"]["items"]) == ("pended", body["items"][1:])
    assert shell.good("case", "received", number, "--what", "All.", "--json", user="mara")["lines"][0]["workflow"] == "review"


def test_what_is_to_be_asked_again_is_listed_by_its_day(shell: Shell, number: str) -> None:
    ask = ("case", "decide", number, "ask", "--line", "1", "--item", "the films", "--why", "They decide.", "--of", "the office")
    shell.good(*ask, "--by", "2099-10-20", "--chase", "2099-10-13", user="mara")
    assert shell.good("case", "to-chase", user="mara") == "Nothing is to be asked again by then.\n"
    told = shell.good("case", "to-chase", "--until", "2099-10-13", user="mara")
    assert "Ask the office again by 10/13/2099." in told
    (first, last) = shell.good("case", "to-chase", "--until", "2099-10-20", "--json", user="mara")
    assert (first["kind"], last["kind"], first["case"]) == ("chase", "last_day", number)
    assert [row["number"] for row in shell.good("case", "list", "--to-chase", "2099-10-13", "--json", user="mara")] == [number]
    assert shell.good("case", "list", "--to-chase", "2099-10-12", "--json", user="mara") == []


def test_what_cannot_be_is_refused_in_plain_words(shell: Shell, number: str) -> None:
    settled = ("case", "decide", number, "ask", "--line", "2", "--item", "films", "--why", "x", "--of", "the office")
    assert "asking only delays" in shell.refused(*settled, user="mara")
    nothing = ("case", "decide", number, "ask", "--line", "1", "--why", "x", "--of", "the office")
    assert "at least one thing" in shell.refused(*nothing, user="mara")
    attempt = ("case", "contact", number, "--way", "call", "--with", "Dana", "--said", "x", "--for-line", "1")
    assert "waits for no information" in shell.refused(*attempt, user="mara")
    assert "not a day" in shell.refused("case", "to-chase", "--until", "soon", user="mara")
    shell.good(*nothing, "--item", "the films", user="mara")
    part = ("case", "received", number, "--what", "x", "--extent", "part", "--came", "a photo")
    assert "which of the things" in shell.refused(*part, user="mara")


def test_a_nurse_asks_for_what_the_physician_asks_who_sent_the_line_back(shell: Shell, number: str) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    ask = ("case", "decide", number, "ask", "--line", "2", "--item", "the order", "--why", "It names the view.", "--of", "the office")
    assert "asking only delays" in shell.refused(*ask, user="mara")
    shell.good("case", "decide", number, "refer", "--line", "2", "--summary", "Five months of pain.", user="mara")
    shell.good("case", "sign", number, "send-back", "--line", "2", "--question", "Which view was asked for?", user="osei")
    assert "Line 2: the physician asks: Which view was asked for?" in shell.good("case", "missing", number, user="mara")
    asked = shell.good(*ask, "--json", user="mara")["lines"][1]["asked"]
    assert asked["question"] == "Which view was asked for?"
