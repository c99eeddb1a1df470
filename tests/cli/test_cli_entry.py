"""Drafts and the address book on the command line."""

import pytest
from builders import TABLES, open_desk, request
from cli_shell import Shell

from ur_desk.domain.drafts import draft_of


@pytest.fixture
def kept(shell: Shell) -> Shell:
    for name in ("mara", "nia"):
        shell.add(name, "--role", "nurse")
    desk = open_desk(shell.folder / "w", "mara", tables=TABLES)
    desk.intake.keep_draft("d1", draft_of(request()))
    desk.close()
    return shell


def test_a_draft_is_listed_without_the_member_and_handed_to_a_colleague(kept: Shell) -> None:
    listed = kept.good("draft", "list", user="mara")
    assert "76120" in listed
    assert "Alvarado" not in listed
    assert kept.good("draft", "hand", "d1", "--to", "nia", "--note", "Call back.", "--json", user="mara") == {"draft": "d1", "to": "nia"}
    assert kept.good("draft", "list", user="mara") == "You have no drafts.\n"
    (told,) = kept.good("draft", "list", "--json", user="nia")
    assert (told["draft"], told["handed_by"], told["note"], told["codes"]) == ("d1", "mara", "Call back.", ["76120"])
    assert "finds the draft" in kept.good("draft", "hand", "d1", "--to", "mara", user="nia")


def test_a_draft_that_is_not_there_is_refused_in_plain_words(kept: Shell) -> None:
    assert "not yours, or is gone" in kept.refused("draft", "hand", "nothing", "--to", "nia", user="mara")
    assert "no such colleague" in kept.refused("draft", "hand", "d1", "--to", "nobody", user="mara")


def test_the_address_book_is_listed_corrected_and_forgotten(shell: Shell) -> None:
    shell.case(request())
    (entry,) = shell.good("provider", "list", "imaging", "--json")
    assert (entry["npi"], entry["corrected"]) == ("1234567893", False)
    told = shell.good("provider", "correct", "1234567893", "--fax", "1-800-555-0100", "--json")
    assert (told["fax"], told["name"], told["corrected"]) == ("1-800-555-0100", "Orchard Row Imaging", True)
    assert "1-800-555-0100" in shell.good("provider", "list")
    shell.good("provider", "forget", "1234567893")
    assert shell.good("provider", "list", "imaging") == "The address book has no such provider.\n"
    assert "no such provider" in shell.refused("provider", "forget", "1234567893")
    assert "no NPI" in shell.refused("provider", "correct", shell.good("provider", "list", "--json")[0]["id"], "--npi", "12")
