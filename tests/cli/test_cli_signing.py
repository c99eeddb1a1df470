"""Who signs, from a shell: what is shown before, what is attested, the log of a peer-to-peer, the physician's queue, and profiles."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import click
import pytest
from builders import line, passphrase, request
from cli_shell import Shell

from ur_desk.cli import decisions
from ur_desk.domain.decisions.signing import NO_CONFLICT
from ur_desk.domain.request import LineOfBusiness, Provider

SUMMARY = "Five months of back pain, and nothing in the record speaks of a red flag or of instability."
CRITERION = ("--criterion", "Payer | Benefit booklet | 2017 | 7")


@pytest.fixture
def case(shell: Shell) -> str:
    """A case of insured business in Texas that ada referred to osei, who is licensed in Indiana and in Texas."""
    shell.add(
        "osei", "--role", "physician", "--credential", "MD", "--licence", "X1", "--licence-state", "IN", "--further", "tx T-2201 2030-01-31"
    )
    shell.add("sol", "--role", "supervisor")
    shell.good("account", "confirm", "osei", "--where", "the state board", user="sol")
    asked = request(line(1), state="TX", line_of_business=LineOfBusiness.COMMERCIAL_INSURED, coverage=None)
    number = shell.case(replace(asked, requesting_provider=Provider("Priya Natarajan", "1558597799", credential="DC")))
    shell.good("case", "decide", number, "refer", "--summary", SUMMARY, "--question", "Is it needed?")
    return number


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which osei types their passphrase; what they are asked to attest, which they do."""
    asked: list[str] = []
    monkeypatch.setattr(decisions.sys, "stdin", SimpleNamespace(isatty=lambda: True))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "prompt", lambda text, **told: passphrase("osei"))
    monkeypatch.setattr(click, "confirm", lambda text, **told: asked.append(text) or True)
    return asked


def deny(number: str, *more: str) -> tuple[str, ...]:
    return ("case", "sign", number, "deny", "--reason", "Not covered.", "--rationale", "My own.", *CRITERION, *more)


def offer(shell: Shell, number: str, *more: str) -> Any:
    told = ("--way", "voicemail", "--with", "Dr. Natarajan's office", "--number", "1-800-555-0146", "--json")
    return shell.good("case", "peer", "offer", number, *told, *more)


def test_what_the_state_asks_for_is_shown_with_its_source_before_the_signature_and_refused_at_the_save(
    shell: Shell, case: str, terminal: list[str]
) -> None:
    told = shell.refused(*deny(case), user="osei")
    assert "BEFORE YOU SIGN" in told
    assert told.index("BEFORE YOU SIGN") < told.index("28 TAC 19.1710") < told.index("Not met yet.")
    offer(shell, case, "--physician", "osei")
    signature = shell.good(*deny(case, "--json"), user="osei")["lines"][0]["decision"]["signature"]
    assert terminal[-1].startswith(NO_CONFLICT)
    assert (signature["no_conflict"], signature["licence"]["number"]) == (NO_CONFLICT, "T-2201")
    assert signature["attention"]["opened_at"]
    shown = shell.good("case", "show", case)
    assert f"attested: {NO_CONFLICT}" in shown
    assert "peer-to-peer" in shown


def test_whoever_attests_nothing_signs_nothing(shell: Shell, case: str, terminal: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    offer(shell, case, "--physician", "osei")
    monkeypatch.setattr(click, "confirm", lambda text, **told: False)
    assert "conflict of interest" in shell.refused(*deny(case), user="osei")
    assert shell.good("case", "show", case, "--json")["workflow"] == "peer_to_peer_open"


def test_an_exception_is_signed_at_a_terminal_as_well(
    shell: Shell, case: str, terminal: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    approve = ("case", "sign", case, "approve", "--reason", "Covered.", "--rationale", "Instability.", *CRITERION, "--accept-unchecked")
    with monkeypatch.context() as patched:
        patched.setattr(decisions.sys, "stdin", None)  # type: ignore[attr-defined]
        assert "signed at a terminal" in shell.refused(*approve, user="osei")
    signature = shell.good(*approve, "--no-conflict", "--json", user="osei")["lines"][0]["decision"]["signature"]
    assert (signature["reauthenticated"], signature["no_conflict"], terminal) == (True, NO_CONFLICT, [])


def test_words_that_stand_in_the_nurses_text_are_pointed_out(shell: Shell, case: str, terminal: list[str]) -> None:
    offer(shell, case, "--physician", "osei")
    own = "I agree that nothing in the record speaks of a red flag or of instability. The study would not help."
    status, _, err = shell("case", "sign", case, "deny", "--reason", "No.", "--rationale", own, *CRITERION, user="osei")
    assert status == 0, err
    assert "stand in the nurse's text too: “nothing in the record speaks of a red flag or of instability”" in err


def test_a_peer_to_peer_is_logged_from_offer_to_outcome(shell: Shell, case: str) -> None:
    assert offer(shell, case)["lines"][0]["workflow"] == "peer_to_peer_open"
    refused = shell.refused("case", "peer", "reached", case, "--way", "voicemail", "--with", "Dr. N", "--said", "Left word.")
    assert "counts for the offer only" in refused
    shell.good("case", "peer", "reached", case, "--with", "Dr. N", "--said", "At three.", "--arranged", "2030-01-01T15:00-05:00")
    assert "physician who talked" in shell.refused("case", "peer", "ended", case, "upheld", "--with", "Dr. N", "--said", "No new fact.")
    told = shell.good("case", "peer", "ended", case, "upheld", "--with", "Dr. N", "--said", "No new fact.", "--json", user="osei")
    assert told["lines"][0]["workflow"] == "with_physician"
    steps = [step["event"]["kind"] for step in shell.good("audit", "timeline", case, "--json")]
    assert [kind for kind in steps if kind.startswith("peer")] == ["peer-offered", "peer-reached", "peer-ended"]


def test_the_queue_tells_what_waits_with_the_nurses_words_and_question(shell: Shell, case: str) -> None:
    told = shell.good("case", "queue", user="osei")
    assert SUMMARY in told
    assert "asks: Is it needed?" in told
    (row,) = shell.good("case", "queue", "--json", user="osei")
    assert (row["row"]["number"], row["lines"], row["bar"], row["prepared"]) == (case, [1], None, False)
    assert "may not look at this" in shell.refused("case", "queue")
    shell.good("case", "sign", case, "send-back", "--question", "Which view?", user="osei")
    assert "Nothing waits for a physician." in shell.good("case", "queue", user="osei")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--further", "TX"), "is no licence"),
        (("--further", "QQ 1"), "no state QQ"),
        (("--npi", "1234567890"), "check digit"),
        (("--licence-state", "IN", "--further", "in 2"), "stands there twice"),
    ],
)
def test_a_profile_that_cannot_stand_behind_a_signature_is_refused(shell: Shell, words: tuple[str, ...], says: str) -> None:
    shell.add("wen", "--role", "physician")
    assert says in shell.refused("account", "credential", "wen", "--credential", "MD", "--licence", "1", *words)


def test_reporting_lines_are_set_by_the_administrator_and_stand_in_the_list_and_the_trail(shell: Shell) -> None:
    shell.add("wen", "--role", "physician", "--board", "American Board of Radiology", "--npi", "1234567893")
    shell.add("sol", "--role", "supervisor")
    assert "Wen" in shell.good("account", "reports-to", "wen", "sol").title()
    assert "sol" in next(row for row in shell.good("account", "list").splitlines() if row.startswith("wen"))
    assert "in a circle" in shell.refused("account", "reports-to", "sol", "wen")
    assert "may not do this" in shell.refused("account", "reports-to", "wen", user="sol")
    shell.good("account", "reports-to", "wen")
