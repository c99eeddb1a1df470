"""Facts that come later, and notice by other means, through the shell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import line, request

from ur_desk.cli import run
from ur_desk.domain.request import LineOfBusiness
from ur_desk.records.request import request_data


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def call(*words: str, expected: int = 0) -> Any:
        status = run(["--workspace", str(tmp_path / "w"), "--user", "ada", *words])
        told = capsys.readouterr()
        assert status == expected, told.err
        return json.loads(told.out) if expected == 0 and told.out else told.err

    return call


def test_missing_facts_are_added_and_known_ones_stay(shell: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(request_data(request(received_at=None, received_zone=None, state=None))), encoding="utf-8")
    (number,) = shell("intake", "--save", "--json", str(path))["cases"]
    told = ("--told-by", "the office", "--how", "by telephone", "--json")
    shown = shell("case", "complete", number, "--state", "in", "--received", "2017-10-05T09:30-04:00", *told)
    assert shown["request"]["state"] == "IN"
    assert shown["clock"]["rule"] == "ERISA-PRE"
    assert "is known" in shell("case", "complete", number, "--state", "OH", *told, expected=1)
    assert shell("case", "complete", number, "--line-of-business", "nonsense", *told, expected=1).strip()
    assert shell("audit", "verify", "--json")["holds"] is True


def test_notice_by_other_means_closes_a_case_without_a_letter(shell: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    asked = request(line(1, "97110", "Therapeutic exercise"), line_of_business=LineOfBusiness.FEHB)
    path.write_text(json.dumps(request_data(asked)), encoding="utf-8")
    (number,) = shell("intake", "--save", "--json", str(path))["cases"]
    shell("case", "decide", number, "approve", "--reason", "It helps.", "--no-policy", "--accept-unchecked", "--json")
    shown = shell("case", "notice", number, "--way", "mail", "--to", "the member", "--form", "the brochure's notice", "--json")
    assert shown["workflow"] == "noticed"
    assert shell("case", "close", number, "--json")["workflow"] == "closed"
