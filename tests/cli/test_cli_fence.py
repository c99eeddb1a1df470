"""The fence on the command line: restricted cases, broken glasses, and lists that say no more than they must."""

import json

import pytest
from builders import request
from cli_shell import Shell

REASON = "The member waits in the emergency room and the nurse is away."


@pytest.fixture
def number(shell: Shell) -> str:
    """A case that ada opened; mara is a nurse, sol and sup are supervisors, rui is an auditor, ike works at intake."""
    for name, role in (("mara", "nurse"), ("sol", "supervisor"), ("sup", "supervisor"), ("rui", "auditor"), ("ike", "intake")):
        shell.add(name, "--role", role)
    return shell.case(request())


def restrict(shell: Shell, number: str, *names: str, user: str = "ada") -> str:
    told: str = shell.good("case", "restrict", number, "--kind", "employee", "--reason", "She works in the mail room.",
                           *(word for name in names for word in ("--open-to", name)), user=user)  # fmt: skip
    return told


def test_a_restricted_case_is_a_number_to_others_and_refused_in_plain_words(shell: Shell, number: str) -> None:
    assert restrict(shell, number, "ada", "sup") == f"{number}: restricted, open to ada, sup.\n"
    listed = shell.good("case", "list", user="mara")
    assert "(restricted)" in listed
    (row,) = shell.good("case", "list", "--json", user="mara")
    assert (row["shown"], row["number"]) == ("number", number)
    assert "Alvarado" not in listed + json.dumps(row)
    assert shell.good("case", "list", "--text", "alvarado", "--json", user="mara") == []
    for words in (("case", "show", number), ("audit", "timeline", number), ("match", number), ("letter", "write", number, "--out", "x.pdf"),
                  ("case", "note", number, "hello")):  # fmt: skip
        assert "is restricted: it is open to named people only" in shell.refused(*words, user="mara")
    assert "Restricted (employee), open to ada" in shell.good("case", "show", number)
    assert shell.good("case", "show", number, "--json")["restriction"]["kind"] == "employee"
    assert "Alvarado, Rosalind (restricted)" in shell.good("case", "list")


def test_a_broken_glass_is_an_alert_until_another_supervisor_looked_into_it(shell: Shell, number: str) -> None:
    restrict(shell, number, "ada")
    assert shell.good("audit", "alerts", user="sol") == "No alert waits.\n"
    assert "eight hours" in shell.good("case", "break-glass", number, "--reason", REASON, user="sol")
    assert "Alvarado" in shell.good("case", "show", number, user="sol")
    assert REASON in shell.good("audit", "alerts", user="rui")
    (alert,) = shell.good("audit", "alerts", "--json", user="sup")
    assert (alert["case"], alert["by"], alert["reason"]) == (number, "sol", REASON)
    assert "Whoever broke the glass" in shell.refused("audit", "acknowledge", number, user="sol")
    assert "has no such alert" in shell.refused("audit", "acknowledge", number, "--event", "none", user="sup")
    assert shell.good("audit", "acknowledge", number, "--event", alert["event"], "--json", user="sup")["number"] == number
    assert shell.good("audit", "alerts", "--json", user="sup") == []
    assert "has no such alert" in shell.refused("audit", "acknowledge", number, user="sup")
    told = shell.good("audit", "timeline", number)
    assert "broke the glass" in told
    assert "looked into a broken glass" in told


def test_a_case_with_two_alerts_asks_which_one_is_meant(shell: Shell, number: str) -> None:
    restrict(shell, number, "ada")
    for user in ("sol", "mara"):
        shell.good("case", "break-glass", number, "--reason", REASON, user=user)
    assert "has several alerts" in shell.refused("audit", "acknowledge", number, user="sup")


def test_lifting_opens_it_to_everybody(shell: Shell, number: str) -> None:
    restrict(shell, number, "ada")
    assert "is restricted" in shell.refused("case", "unrestrict", number, "--reason", "She left.", user="sol")
    assert shell.good("case", "unrestrict", number, "--reason", "She left.") == f"{number}: open again.\n"
    assert "Alvarado" in shell.good("case", "show", number, user="mara")


@pytest.mark.parametrize(
    ("words", "user", "why"),
    [
        (("case", "restrict", "{}", "--kind", "relative", "--reason", "x", "--open-to", "nobody"), "ada", "no account of that name"),
        (("case", "restrict", "{}", "--kind", "relative", "--reason", " ", "--open-to", "ada"), "ada", "Say why"),
        (("case", "restrict", "{}", "--kind", "relative", "--reason", "x", "--open-to", "ada"), "ike", "may not do this"),
        (("case", "restrict", "UR-1", "--kind", "relative", "--reason", "x", "--open-to", "ada"), "ada", "no case of that number"),
        (("case", "unrestrict", "{}", "--reason", "x"), "ada", "is not restricted"),
        (("case", "break-glass", "{}", "--reason", REASON), "mara", "open to you already"),
        (("audit", "alerts"), "mara", "may not look at this"),
        (("audit", "alerts"), "ada", "may not look at this"),
        (("case", "show", "{}"), "rui", ""),
        (("case", "note", "{}", "hello"), "rui", "may not do this"),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(shell: Shell, number: str, words: tuple[str, ...], user: str, why: str) -> None:
    told = tuple(word.format(number) for word in words)
    if not why:
        assert "Alvarado" in shell.good(*told, user=user)
        return
    assert why in shell.refused(*told, user=user)


def test_wrong_usage_is_told_as_such(shell: Shell, number: str) -> None:
    assert shell("case", "restrict", number, "--kind", "famous", "--reason", "x", "--open-to", "ada")[0] == 2
    assert shell("case", "break-glass", number)[0] == 2


def test_initials_stand_where_the_role_needs_no_name(shell: Shell, number: str) -> None:
    listed = shell.good("case", "list", user="rui")
    assert "R. A." in listed
    assert "Alvarado" not in listed
    (row,) = shell.good("case", "list", "--json", user="rui")
    assert (row["shown"], row["member"], row["member_id"], row["birth_date"]) == ("initials", "", "", None)
