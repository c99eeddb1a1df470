"""The contract's commands as a shell calls them: output, exit status, and that nothing is lost."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import line, profile, request
from cli_shell import Shell

from ur_desk.domain.request import Request
from ur_desk.records.letter import profile_bytes
from ur_desk.records.request import request_data


def good(shell: Shell, *words: str, user: str = "ada") -> Any:
    status, out, err = shell(*words, user=user)
    assert status == 0, err
    return json.loads(out) if "--json" in words else out


def file(tmp_path: Path, *requests: Request, name: str = "request.json") -> str:
    told = [request_data(r) for r in requests]
    path = tmp_path / name
    path.write_text(json.dumps(told[0] if len(told) == 1 else told), encoding="utf-8")
    return str(path)


def test_the_whole_job_through_the_shell(shell: Shell, tmp_path: Path) -> None:
    good(shell, "policy", "list")
    good(shell, "account", "credential", "ada", "--credential", "RN", "--licence", "RN-1")
    (case,) = good(shell, "intake", "--save", "--json", file(tmp_path, request(line(1, "97110", "Therapeutic exercise"))))["cases"]
    assert good(shell, "match", case, "--json")["suggestion"] == "no_policy_found"
    shown = good(shell, "case", "decide", case, "approve", "--reason", "It helps.", "--no-policy", "--accept-unchecked", "--json")
    assert shown["determination"] == "approved"
    assert shown["lines"][0]["workflow"] == "decided"
    plan = tmp_path / "plan.json"
    plan.write_bytes(profile_bytes(profile()))
    good(shell, "profile", "save", str(plan))
    good(shell, "wording", "approve", "--by", "The compliance committee")
    draft = good(shell, "letter", "write", case, "--out", str(tmp_path / "draft.pdf"), "--json")
    assert draft["standing"] == "draft"
    assert draft["missing"] == []
    issued = good(shell, "letter", "issue", case, "--out", str(tmp_path / "letter.pdf"), "--json")
    assert issued["standing"] == "issued"
    assert good(shell, "letter", "verify", str(tmp_path / "letter.pdf"), "--json")["standing"] == "issued"
    assert good(shell, "letter", "verify", str(tmp_path / "draft.pdf"), "--json")["standing"] == "unknown"
    again = good(shell, "letter", "write", case, "--out", str(tmp_path / "again.pdf"), "--json")
    assert again["standing"] == "issued"
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "letter.pdf").read_bytes()
    assert good(shell, "case", "show", case, "--json")["workflow"] == "decided"
    assert [row["number"] for row in good(shell, "case", "list", "--outcome", "approved", "--json")] == [case]
    steps = good(shell, "audit", "timeline", case, "--no-views", "--json")
    verbs = [step["verb"] for step in steps]
    left = "access.file-left"
    assert verbs == ["case.open", "case.open", "case.open", "lines.approve", left, "letter.issue", "letter.issue", left, left]
    assert case in good(shell, "case", "list")
    assert "approved" in good(shell, "audit", "timeline", case)
    assert good(shell, "audit", "verify", "--json")["holds"] is True
    heads = good(shell, "audit", "export", "--json")
    assert "Alvarado" not in json.dumps(heads)


def test_a_nurse_cannot_deny_and_a_workspace_of_one_issues_nothing_adverse(shell: Shell, tmp_path: Path) -> None:
    (case,) = good(shell, "intake", "--save", "--json", file(tmp_path, request()))["cases"]
    status, _, err = shell("case", "sign", case, "deny", "--reason", "No.", "--rationale", "Own.", "--cite", "RAD.00034:15")
    assert status == 1
    assert "Traceback" not in err
    status, _, err = shell("case", "decide", case, "approve", "--reason", "Yes.", "--cite", "RAD.00034:15", "--accept-unchecked")
    assert status == 1
    assert "physician's exception" in err


def test_outside_a_demo_an_adverse_signature_is_asked_for_at_a_terminal(shell: Shell, tmp_path: Path) -> None:
    shell.add("osei", "--role", "physician", "--credential", "MD", "--licence", "X1")
    (case,) = good(shell, "intake", "--save", "--json", file(tmp_path, request()))["cases"]
    good(shell, "case", "decide", case, "refer", "--summary", "Back pain.", "--json")
    cite = good(shell, "case", "show", case, "--json")["policies"][0]["policy"] + ":15"
    status, _, err = shell("case", "sign", case, "deny", "--reason", "No.", "--rationale", "Own.", "--cite", cite, user="osei")
    assert status == 1
    assert "terminal" in err
    assert good(shell, "case", "show", case, "--json")["lines"][0]["workflow"] == "with_physician"
    good(shell, "case", "sign", case, "send-back", "--question", "Which view?", "--json", user="osei")
    assert good(shell, "case", "show", case, "--json")["workflow"] == "returned_by_physician"


def test_the_policies_of_a_new_workspace_are_the_bundled_abstracts(shell: Shell) -> None:
    (item,) = good(shell, "policy", "list", "--json")
    assert (item["id"], item["kind"], item["in_use"]) == ("RAD.00034", "abstract", True)
    shown = good(shell, "policy", "show", "RAD.00034", "--json")
    assert shown["provenance"]["kind"] == "abstract"
    rules = {finding["rule"] for finding in good(shell, "policy", "lint", "RAD.00034", "--json") if finding["severity"] == "error"}
    assert rules == {"range-end-unknown", "range-crosses-category"}
    assert good(shell, "policy", "search", "cineradiography", "--json")


def test_codes_are_told_without_a_workspace(shell: Shell, tmp_path: Path) -> None:
    shell.anew()
    rows = good(shell, "code", "M54.5", "s13.4xxa-S43.4XXS", "C43-C44", "what", "--on", "2017-10-12", "--json")
    assert rows[0]["validity"] == "valid"
    assert rows[1]["high_exists"] is False
    assert rows[1]["billable"] is None
    assert rows[3]["low_exists"] is False
    assert not (tmp_path / "w").exists()


def test_several_requests_give_the_good_ones_and_a_problem_for_each_bad_one(shell: Shell, tmp_path: Path) -> None:
    shell.anew()
    path = tmp_path / "many.json"
    broken = {**request_data(request()), "services": []}
    path.write_text(json.dumps([request_data(request()), broken, request_data(request(line(1, "97110", "Exercise")))]), encoding="utf-8")
    told = good(shell, "intake", str(path), "--json")
    assert len(told["requests"]) == 2
    assert any(p["severity"] == "error" for p in told["problems"])
    assert not (tmp_path / "w").exists()


def test_a_file_that_holds_no_request_is_told_and_refused(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"schema": "ur-desk-request/1", "services": [', encoding="utf-8")
    status, out, err = shell("intake", str(path), "--json")
    assert status == 1
    assert json.loads(out)["requests"] == []
    assert json.loads(out)["problems"]
    assert "No request could be read" in err


REFUSED = {
    "a missing file": (["intake", "nowhere.json"], 1),
    "an unknown case": (["case", "show", "UR-1"], 1),
    "neither file nor case": (["match", "nowhere"], 1),
    "an unknown policy": (["policy", "show", "X.1"], 1),
    "a wrong day": (["code", "M54.5", "--on", "yesterday"], 1),
    "an unknown role": (["account", "add", "x", "--role", "king"], 1),
    "an unknown outcome": (["case", "list", "--outcome", "maybe"], 1),
    "an unknown command": (["frobnicate"], 2),
    "a missing argument": (["letter", "verify"], 2),
}


@pytest.mark.parametrize(("words", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_in_plain_words(shell: Shell, words: list[str], expected: int) -> None:
    status, out, err = shell(*words)
    assert status == expected
    assert err.strip()
    assert "Traceback" not in err
    assert out == ""


BAD_POLICIES = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "a note": b"Buy milk.\nCall home.\n",
    "a pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}


@pytest.mark.parametrize("content", BAD_POLICIES.values(), ids=BAD_POLICIES)
def test_what_is_no_policy_is_refused_and_the_library_is_left_alone(shell: Shell, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.txt").write_bytes(content)
    status, out, err = shell("policy", "import", str(tmp_path / "p.txt"), "--json")
    assert status == 1
    assert json.loads(out) == []
    assert err.strip()
    assert len(good(shell, "policy", "list", "--json")) == 1


@pytest.mark.expects_log
def test_a_bug_is_no_traceback_but_a_place_in_the_log_without_values(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ur_desk.desk.review import Review

    def broken(self: Review, name: str) -> None:
        raise KeyError("Alvarado")

    monkeypatch.setattr(Review, "find", broken)
    status, _, err = shell("case", "show", "UR-1")
    assert status == 3
    assert "Traceback" not in err
    log = (tmp_path / "data" / "ur_desk" / "ur-desk.log").read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "Alvarado" not in log


def test_two_members_with_odd_names_come_through_whole(shell: Shell, tmp_path: Path) -> None:
    odd = replace(request().member, family="<b>O'Ñíl</b>", given="Zoë & Søren")
    (case,) = good(shell, "intake", "--save", "--json", file(tmp_path, request(member=odd)))["cases"]
    assert good(shell, "case", "show", case, "--json")["request"]["member"]["family"] == "<b>O'Ñíl</b>"


@pytest.mark.samples
def test_the_payers_document_takes_the_place_of_its_abstract(shell: Shell, samples: Path, tmp_path: Path) -> None:
    (told,) = good(shell, "policy", "import", str(samples / "policies" / "RAD.00034.txt"), "--json")
    assert (told["id"], told["version"]["effective"], len(told["codes"])) == ("RAD.00034", "2017-09-27", 40)
    used = [item["kind"] for item in good(shell, "policy", "list", "--json") if item["in_use"]]
    assert used == ["document"]
    report = good(shell, "match", file(tmp_path, request()), "--json")
    cautions = {c["code"] for c in report["cautions"]}
    assert "policy_unconfirmed" in cautions
    assert "abstract_only" not in cautions
    good(shell, "policy", "confirm", "RAD.00034")
    report = good(shell, "match", file(tmp_path, request()), "--json")
    assert "policy_unconfirmed" not in {c["code"] for c in report["cautions"]}
    assert {hit["line"] for hit in report["policies"][0]["hits"]} >= {41, 57}


@pytest.mark.samples
def test_match_and_policy_and_request_keep_the_contracts_schemas(shell: Shell, samples: Path, tmp_path: Path) -> None:
    import jsonschema

    contract = samples.parent / "contract"

    def check(data: Any, name: str) -> None:
        jsonschema.validate(data, json.loads((contract / name).read_text(encoding="utf-8")))

    for item in good(shell, "policy", "import", str(samples / "policies" / "RAD.00034.txt"), "--json"):
        check(item, "policy.schema.json")
    check(good(shell, "match", file(tmp_path, request()), "--json"), "match.schema.json")
    for item in good(shell, "intake", file(tmp_path, request()), "--json")["requests"]:
        check(item, "request.schema.json")
