"""Facts that come later, and notice by other means, through the shell."""

import json
from pathlib import Path

from builders import line, request
from cli_shell import Shell

from ur_desk.domain.request import LineOfBusiness
from ur_desk.records.request import request_data


def test_missing_facts_are_added_and_known_ones_stay(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(request_data(request(received_at=None, received_zone=None, state=None))), encoding="utf-8")
    number = shell.good("intake", "--save", "--json", str(path))["cases"][0]
    told = ("--told-by", "the office", "--how", "by telephone", "--json")
    shown = shell.good("case", "complete", number, "--state", "in", "--received", "2017-10-05T09:30-04:00", *told)
    assert shown["request"]["state"] == "IN"
    assert shown["clock"]["rule"] == "ERISA-PRE"
    assert "is known" in shell.refused("case", "complete", number, "--state", "OH", *told)
    assert shell.refused("case", "complete", number, "--line-of-business", "nonsense", *told).strip()
    assert shell.good("audit", "verify", "--json")["holds"] is True


def test_notice_by_other_means_closes_a_case_without_a_letter(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    asked = request(line(1, "97110", "Therapeutic exercise"), line_of_business=LineOfBusiness.FEHB)
    path.write_text(json.dumps(request_data(asked)), encoding="utf-8")
    number = shell.good("intake", "--save", "--json", str(path))["cases"][0]
    shell.good("case", "decide", number, "approve", "--reason", "It helps.", "--no-policy", "--accept-unchecked", "--json")
    shown = shell.good("case", "notice", number, "--way", "mail", "--to", "the member", "--form", "the brochure's notice", "--json")
    assert shown["workflow"] == "noticed"
    assert shell.good("case", "close", number, "--json")["workflow"] == "closed"
