"""`policy date`, `retire`, `reinstate`, `version-rule`, `diff` and `impact` in a shell."""

from pathlib import Path

import pytest
from builders import TABLES
from cli_shell import Shell

FIRST = "Current Effective Date: 09/27/2017"


def document(shell: Shell, name: str, first: str = FIRST, words: str = "used to find") -> Path:
    text = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in text.splitlines() if not row.startswith("Kind of text"))
    path = shell.folder / name
    path.write_text(own.replace(FIRST, first).replace("used to find", words), encoding="utf-8")
    return path


def load(shell: Shell, *told: str) -> str:
    (item,) = shell.good("policy", "import", str(document(shell, f"d{len(told[0]) if told else 0}.txt", *told)), "--json")
    return str(item["text"]["sha256"])


def test_a_document_without_a_first_day_gets_one_with_its_source(shell: Shell) -> None:
    load(shell, "Publish Date: 10/04/2017")
    rows = shell.good("policy", "list", "--json")
    assert [(row["effective"], row["state"]) for row in rows if row["kind"] == "document"] == [(None, "undated")]
    assert "--where" in shell("policy", "date", "RAD.00034", "10/01/2017")[2]
    assert "not a day" in shell.refused("policy", "date", "RAD.00034", "soon", "--where", "the notice")
    told = shell.good("policy", "date", "RAD.00034", "10/01/2017", "--where", "the notice", "--json")
    assert told["version"]["effective"] == "2017-10-01"
    assert told["dated"]["where"] == "the notice"
    assert shell.good("policy", "show", "RAD.00034", "--version", "2017-10-01", "--json")["dated"] == told["dated"]


def test_a_version_is_retired_and_reinstated(shell: Shell) -> None:
    told = shell.good("policy", "retire", "RAD.00034", "--last-day", "2018-01-31", "--where", "the notice", "--successor", "X.1", "--json")
    assert (told["version"]["ends"], told["retired"]["successor"]) == ("2018-01-31", "X.1")
    assert [row["state"] for row in shell.good("policy", "list", "--json")] == ["retired"]
    assert "retired" in shell.good("policy", "list")
    assert shell.good("policy", "reinstate", "RAD.00034", "--reason", "Another policy was meant.", "--json")["retired"] is None
    assert "before its first day" in shell.refused("policy", "retire", "RAD.00034", "--last-day", "2001-01-31", "--where", "the notice")


def test_the_rule_is_said_and_set_with_its_source(shell: Shell) -> None:
    assert shell.good("policy", "version-rule", "--json") == {"version_rule": "service"}
    assert "Say where" in shell.refused("policy", "version-rule", "processing")
    assert "processing" in shell.good("policy", "version-rule", "processing", "--where", "the notice of updates")
    assert shell.good("policy", "version-rule", "--json") == {"version_rule": "processing"}
    assert shell("policy", "version-rule", "birthday")[0] == 2


def test_versions_are_compared_by_their_days_or_by_their_texts(shell: Shell) -> None:
    old = load(shell, FIRST)
    new = load(shell, "Current Effective Date: 10/01/2018", "used to seek")
    by_day = shell.good("policy", "diff", "RAD.00034", "2017-09-27", "2018-10-01", "--json")
    assert by_day == shell.good("policy", "diff", "RAD.00034", old[:12], new, "--json")
    assert [(change["fact"], change["new"]) for change in by_day["facts"]] == [("effective", "2018-10-01")]
    assert {"unimportant", "code_sets"} <= set(by_day)
    assert "used to seek" in shell.good("policy", "diff", "RAD.00034", "2017-09-27", "2018-10-01")
    assert "no such text" in shell.refused("policy", "diff", "RAD.00034", "f" * 12, new)
    assert "not a day" in shell.refused("policy", "diff", "RAD.00034", "yesterday", new)


def test_unimportant_lines_are_told_where_they_are_asked_for(shell: Shell) -> None:
    old, new = load(shell, FIRST), load(shell, FIRST, "USED TO FIND")
    words = ("policy", "diff", "RAD.00034", old, new)
    assert "--all shows them" in shell.good(*words)
    assert "UNIMPORTANT" in shell.good(*words, "--all")
    assert "--all" not in shell.good("policy", "diff", "RAD.00034", old, old)


def test_impact_lists_no_case_where_none_stands_and_is_refused_where_there_is_no_policy(shell: Shell) -> None:
    told = shell.good("policy", "impact", "RAD.00034", "--json")
    assert (told["policy"], told["version"], told["cases"]) == ("RAD.00034", "2017-09-27", [])
    assert "no policy of that number" in shell.refused("policy", "impact", "NONE.1")


@pytest.mark.parametrize("as_json", [True, False])
def test_impact_sorts_the_cases_that_were_matched_with_another_version(shell: Shell, as_json: bool) -> None:
    from builders import request

    shell.case(request())
    load(shell, "Current Effective Date: 10/01/2017", "used to seek")
    if not as_json:
        told = shell.good("policy", "impact", "RAD.00034")
        assert "UR-" in told
        assert "open" in told
        return
    (case,) = shell.good("policy", "impact", "RAD.00034", "--json")["cases"]
    assert case["case"].startswith("UR-")
    assert case["kind"] in ("text_only", "cited_line_changed", "findings_differ")
    assert (case["old_version"], case["decided"]) == ("2017-09-27", False)


def test_a_day_of_service_shows_and_compares_the_versions_that_answer_for_it(shell: Shell) -> None:
    load(shell)
    load(shell, "Current Effective Date: 10/05/2018", "used to seek")
    status, told, said = shell("policy", "show", "RAD.00034", "--version", "2017-10-12")
    assert status == 0
    assert "used to find" in told
    assert "in force from 09/27/2017 answers for 10/12/2017. The next one begins on 10/05/2018." in said
    by_day = shell.good("policy", "diff", "RAD.00034", "2017-10-12", "2018-11-01", "--json")
    assert by_day == shell.good("policy", "diff", "RAD.00034", "2017-09-27", "2018-10-05", "--json")
    refused = shell.refused("policy", "show", "RAD.00034", "--version", "2010-01-01")
    assert "the earliest is in force from 09/27/2017" in refused
    assert "in force from 09/27/2017, 10/05/2018" in refused


@pytest.mark.parametrize(
    ("day", "reach", "effective"),
    [("2017-10-12", "in_force", "2017-09-27"), ("2018-11-01", "in_force", "2018-10-05"), ("2010-01-01", "not_yet", "2017-09-27")],
)
def test_the_version_for_a_day_is_told_with_its_reason(shell: Shell, day: str, reach: str, effective: str) -> None:
    load(shell)
    load(shell, "Current Effective Date: 10/05/2018", "used to seek")
    told = shell.good("policy", "on", "RAD.00034", day, "--json")
    assert (told["reach"], told["effective"], told["version_rule"]) == (reach, effective, "service")
    assert "09/27/2017" in shell.good("policy", "on", "RAD.00034", day) or effective != "2017-09-27"


def test_a_printed_day_needs_to_be_given_even_so(shell: Shell) -> None:
    load(shell, "Publish Date: 10/04/2017")
    words = ("policy", "date", "RAD.00034", "10/04/2017", "--where", "the notice", "--json")
    assert "--even-so" in shell.refused(*words)
    assert shell.good(*words, "--even-so")["version"]["effective"] == "2017-10-04"


def test_one_case_is_one_case_and_those_out_of_reach_stand_last(shell: Shell) -> None:
    from builders import request

    shell.case(request())
    load(shell, "Current Effective Date: 10/01/2017", "used to seek")
    assert "1 case that you may see was matched" in shell("policy", "impact", "RAD.00034")[2]
    load(shell, "Current Effective Date: 10/01/2030", "used to look for")
    told = shell("policy", "impact", "RAD.00034", "--version", "2030-10-01")[1]
    assert told.splitlines()[0] == "THEIR DAYS DO NOT FALL UNDER THIS VERSION"
