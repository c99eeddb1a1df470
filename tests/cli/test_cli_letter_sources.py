"""`ur-desk letter write --sources` and `letter sources`: where each sentence comes from, with a letter or as a paper of its own."""

from io import BytesIO
from pathlib import Path

import pdfplumber
from cli_shell import Shell
from test_cli_letter_batch import approved, fill_profile

HEADING = "Where each sentence of this letter comes from"


def ready(shell: Shell) -> str:
    """A case of which a letter may leave."""
    number = approved(shell)
    fill_profile(shell)
    shell.good("wording", "approve", "--by", "The compliance committee")
    return number


def words_of(path: Path) -> str:
    with pdfplumber.open(BytesIO(path.read_bytes())) as told:
        return " ".join(" ".join(page.extract_text() for page in told.pages).split())


def test_a_draft_and_a_letter_take_their_sources_along(shell: Shell, tmp_path: Path) -> None:
    number = ready(shell)
    draft, letter, plain = (tmp_path / name for name in ("draft.pdf", "letter.pdf", "plain.pdf"))
    shell.good("letter", "write", number, "--sources", "--out", str(draft))
    assert HEADING in words_of(draft)
    shell.good("letter", "write", number, "--out", str(plain))
    assert HEADING not in words_of(plain)
    shell.good("letter", "issue", number, "--sources", "--out", str(letter))
    assert HEADING in words_of(letter)
    assert "issued here" in shell.good("letter", "verify", str(letter))


def test_the_sources_of_an_issued_letter_are_a_paper_of_their_own(shell: Shell, tmp_path: Path) -> None:
    number = ready(shell)
    letter, paper, copy = (tmp_path / name for name in ("letter.pdf", "paper.pdf", "copy.pdf"))
    status, _out, said = shell("letter", "sources", number, "--out", str(paper))
    assert status == 1
    assert "has no issued letter" in said
    issued = shell.good("letter", "issue", number, "--out", str(letter), "--json")
    assert shell.good("letter", "sources", number, "--out", str(paper), "--json") == {"path": str(paper), "letter": issued["letter"]}
    assert f"belongs to the letter {number}-L1" in words_of(paper)
    assert shell.good("letter", "sources", number, "--provider", "--out", str(copy), "--json")["letter"] == issued["copy"]
    assert f"belongs to the letter {number}-L2" in words_of(copy)
    assert "unknown" in shell.good("letter", "verify", str(paper))


def test_a_letter_that_has_left_takes_nothing_more_along(shell: Shell, tmp_path: Path) -> None:
    number = ready(shell)
    shell.good("letter", "issue", number, "--out", str(tmp_path / "letter.pdf"))
    status, _out, said = shell("letter", "write", number, "--sources", "--out", str(tmp_path / "again.pdf"))
    assert status == 1
    assert "has left and never changes" in said
    assert "letter sources" in said
    assert not (tmp_path / "again.pdf").exists()
