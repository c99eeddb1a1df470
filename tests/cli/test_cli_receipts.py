"""Corrections of receipts on the command line."""

import json

import pytest
from builders import request
from cli_shell import Shell

TOLD = ("--received", "2017-10-04T09:30-04:00", "--shown-by", "fax_header", "--where", "page 1")
WHY = ("--reason", "The fax was stamped a day late.")


@pytest.fixture
def number(shell: Shell) -> str:
    for name, role in (("mara", "nurse"), ("sol", "supervisor"), ("rui", "auditor")):
        shell.add(name, "--role", role)
    return shell.case(request())


def test_a_nurse_asks_a_supervisor_allows_and_an_auditor_reads_both(shell: Shell, number: str) -> None:
    asked = shell.good("case", "correct-receipt", number, *TOLD, *WHY, "--json", user="mara")
    assert asked["receipts"][0]["allowed"] is None
    assert number in shell.good("audit", "receipts", user="sol")
    done = shell.good("case", "settle-receipt", number, "--allow", "--reason", "Looked at the fax.", "--json", user="sol")
    assert done["request"]["received_at"].startswith("2017-10-04T09:30")
    assert done["request"]["received_evidence"] == {"kind": "fax_header", "where": "page 1"}
    (change,) = done["receipts"]
    assert (change["allowed"], change["said"]) == (True, "Looked at the fax.")
    assert change["due_before"] > change["due_now"]
    month = asked["receipts"][0]["at"][:7]
    (told,) = shell.good("audit", "receipts", "--month", month, "--json", user="rui")
    assert (told["case"], told["asked_by"], told["settled_by"], told["reason"]) == (number, "mara", "sol", WHY[1])
    assert "corrected, from" in shell.good("case", "show", number)
    assert shell.good("audit", "receipts", user="sol") == "No correction waits.\n"


def test_a_refusal_is_told_with_its_reason(shell: Shell, number: str) -> None:
    shell.good("case", "correct-receipt", number, *TOLD, *WHY, user="mara")
    shell.good("case", "settle-receipt", number, "--refuse", "--reason", "The header says the 6th.", user="sol")
    assert "a supervisor refused" in shell.good("case", "show", number)


def test_what_cannot_be_is_refused_in_plain_words(shell: Shell, number: str) -> None:
    settle = ("case", "settle-receipt", number, "--allow", "--reason", "x")
    assert "No correction of the receipt waits" in shell.refused(*settle, user="sol")
    future = ("--received", "2099-10-04T09:30-04:00", *TOLD[2:])
    assert "future" in shell.refused("case", "correct-receipt", number, *future, *WHY, user="mara")
    assert "not a date and time" in shell.refused("case", "correct-receipt", number, "--received", "noon", *TOLD[2:], *WHY, user="mara")
    shell.good("case", "correct-receipt", number, *TOLD, *WHY, user="mara")
    assert "may not do this" in shell.refused(*settle, user="mara")
    assert "no month" in shell.refused("audit", "receipts", "--month", "October", user="sol")
    assert "may not look" in shell.refused("audit", "receipts", user="mara")
    assert json.dumps(shell.good("audit", "receipts", "--month", "1999-01", "--json", user="sol")) == "[]"


def test_a_receipt_is_typed_as_in_the_window_and_how_it_was_read_is_said(shell: Shell, number: str) -> None:
    told = ("--received", "10/04/2017 458p", *TOLD[2:])
    status, _, err = shell("case", "correct-receipt", number, *told, *WHY, user="mara")
    assert (status, "Read as 10/04/2017, 16:58 = 4:58 pm." in err) == (0, True)
    assert "10/04/2017" in shell.good("audit", "receipts", user="sol")
    for wrong in ("10/04/2017 458", "10/04/2017", "yesterday 4p"):
        assert "not a date and time" in shell.refused("case", "correct-receipt", number, "--received", wrong, *TOLD[2:], *WHY, user="mara")


def test_procedures_are_found_by_words_and_what_is_unknown_says_so(shell: Shell) -> None:
    found = shell.good("procedure", "spinal", "visualization", "--json")
    assert "76120" in [each["code"] for each in found]
    assert "RAD.00034" in shell.good("procedure", "76120")
    status, out, err = shell("procedure", "appendectomy")
    assert (status, out) == (0, "")
    assert "no procedure code set is installed" in err
