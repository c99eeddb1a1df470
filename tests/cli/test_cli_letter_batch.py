"""`ur-desk letter batch`: lists, issues, writes, and goes on past a letter that may not leave."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import line, profile, request
from cli_shell import Shell

from ur_desk.domain.request import Member
from ur_desk.records.letter import profile_bytes

OTHER = Member("Okafor", "李", "DEMO-009", date(1980, 5, 5), address="3 Elm Street\nMuncie, IN 47302")


def approved(shell: Shell, **changes: Any) -> str:
    number = shell.case(request(line(1, "97110", "Therapeutic exercise"), **changes))
    shell.good("case", "decide", number, "approve", "--reason", "You meet what your plan asks for.", "--no-policy", "--accept-unchecked")
    return number


@pytest.fixture
def two(shell: Shell) -> tuple[str, str]:
    return approved(shell), approved(shell, reference="R-2", member=OTHER)


def test_the_cases_that_wait_are_listed_and_nothing_is_issued(shell: Shell, two: tuple[str, str]) -> None:
    told = shell.good("letter", "batch", "--json")
    assert {each["case"] for each in told} == set(two)
    assert "approval" in shell.good("letter", "batch")
    assert shell.good("letter", "batch", "--kind", "adverse", "--json") == []
    assert "No case waits" in shell.good("letter", "batch", "--business", "fehb")


def test_letters_are_written_and_what_stays_is_said(shell: Shell, two: tuple[str, str], tmp_path: Path) -> None:
    fill_profile(shell)
    out = tmp_path / "post"
    out.mkdir()
    status, printed, said = shell("letter", "batch", "--out", str(out))
    assert status == 0
    assert f"{two[0]}-L1.pdf" in printed
    assert "2 letters issued, 1 cases stay" in printed
    assert f"{two[1]} stays." in said
    told = shell.good("letter", "batch", "--out", str(out), "--json")
    assert (told["total"], told["issued"], [each["case"] for each in told["stayed"]]) == (1, [], [two[1]])
    assert "issued here" in shell.good("letter", "verify", str(out / f"{two[0]}-L1.pdf"))


def test_a_folder_that_is_not_there_is_refused(shell: Shell, two: tuple[str, str], tmp_path: Path) -> None:
    assert "is no folder" in shell.refused("letter", "batch", "--out", str(tmp_path / "none"))


def fill_profile(shell: Shell) -> None:
    path = shell.folder / "profile.json"
    path.write_bytes(profile_bytes(profile()))
    shell.good("profile", "save", str(path))
    shell.good("wording", "approve", "--by", "The compliance committee")
