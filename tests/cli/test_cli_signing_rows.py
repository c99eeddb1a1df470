"""What states ask of whoever signs, on the command line: listed, verified, doubted, refused."""

from datetime import date, timedelta

import pytest
from cli_shell import Shell

AHEAD = f"{date.today() + timedelta(days=2):%Y-%m-%d}"  # noqa: DTZ011


@pytest.fixture
def desk(shell: Shell) -> Shell:
    for name, role in (("mara", "nurse"), ("sol", "supervisor")):
        shell.add(name, "--role", role)
    return shell


def test_signing_rules_are_listed_verified_and_doubted(desk: Shell) -> None:
    listed = desk.good("signing", "rows", "--unverified")
    assert "IN-PEER" in listed
    assert "NOT VERIFIED" in listed
    assert "What makes a clinical peer" in listed
    assert "TX-P2P-LICENCE" not in listed
    verified = desk.good("signing", "verify", "in-peer", "--where", "IC 27-1-37.5-20", "--on", "2026-11-20", "--json", user="sol")
    assert (verified["id"], verified["verified"]["on"]) == ("IN-PEER", "2026-11-20")
    (row,) = desk.good("signing", "rows", "--text", "in-peer", "--json")
    assert row["verified"] == verified["verified"]
    assert (row["demand"], row["lines"]) == ("same_or_similar_specialty", ["commercial_insured", "government_self_funded"])
    assert "not verified" in desk.good("signing", "doubt", "IN-PEER", "--reason", "It was another act.", user="sol")
    assert "IN-PEER" in desk.good("signing", "rows", "--unverified")


@pytest.mark.parametrize(
    ("arguments", "user", "says"),
    [
        (("verify", "OH-1", "--where", "the code", "--on", "2026-11-20"), "sol", "no signing rule OH-1"),
        (("verify", "IN-PEER", "--where", "the code", "--on", AHEAD), "sol", "in the future"),
        (("doubt", "IN-PEER", "--reason", "why"), "sol", "not verified"),
        (("verify", "IN-PEER", "--where", "the code", "--on", "2026-11-20"), "mara", "may not do this"),
    ],
)
def test_what_cannot_be_said_of_a_signing_rule_is_refused(desk: Shell, arguments: tuple[str, ...], user: str, says: str) -> None:
    assert says in desk.refused("signing", *arguments, user=user)
