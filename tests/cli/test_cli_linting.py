"""`policy lint`, `waive` and `unwaive` in a shell."""

from pathlib import Path

from cli_shell import Shell

from ur_desk import paths

MISPRINT = ("range-crosses-category", "S13.4XXA-S43.4XXS")


def line_of(shell: Shell, rule: str) -> str:
    (found,) = [each for each in shell.good("policy", "lint", "RAD.00034", "--json") if each["rule"] == rule]
    return str(found["line"])


def test_a_waived_finding_stays_in_the_list_with_its_reason(shell: Shell) -> None:
    rule, raw = MISPRINT
    line = line_of(shell, rule)
    told = shell.good("policy", "waive", "RAD.00034", rule, line, "--reason", "The publisher told us.", "--json")
    assert (told["rule"], told["raw"], told["waived"]["reason"]) == (rule, raw, "The publisher told us.")
    rows = shell.good("policy", "lint", "RAD.00034", "--json")
    assert [(row["rule"], row["waived"]["by"]) for row in rows if row["waived"]] == [(rule, told["waived"]["by"])]
    printed = shell.good("policy", "lint", "RAD.00034")
    (shown,) = [each for each in printed.splitlines() if rule in each]
    assert "waived " in shown
    assert "The publisher told us." in shown


def test_a_waiver_is_taken_back(shell: Shell) -> None:
    rule, _ = MISPRINT
    line = line_of(shell, rule)
    shell.good("policy", "waive", "RAD.00034", rule, line, "--reason", "Known.")
    assert shell.good("policy", "unwaive", "RAD.00034", rule, line, "--json")["waived"] is None


def test_a_waiver_of_nothing_or_without_a_reason_is_refused(shell: Shell) -> None:
    rule, _ = MISPRINT
    assert "No finding" in shell.refused("policy", "waive", "RAD.00034", rule, "1", "--reason", "Known.")
    assert "needs its reason" in shell.refused("policy", "waive", "RAD.00034", rule, line_of(shell, rule), "--reason", " ")
    assert "A version is of one policy" in shell.refused("policy", "lint", "--version", "2017-09-27")


def test_where_several_texts_tell_of_one_day_the_choices_are_named_and_one_is_chosen(shell: Shell, tmp_path: Path) -> None:
    rule, _ = MISPRINT
    own = (paths.resources() / "policies" / "RAD.00034.abstract.txt").read_text("utf-8").split("\n", 1)[1]
    for name, extra in (("one.txt", ""), ("two.txt", "\nAnother last line.\n")):
        (tmp_path / name).write_text(own + extra, "utf-8")
        shell.good("policy", "import", str(tmp_path / name))
    texts = {row["text"] for row in shell.good("policy", "list", "--json") if row["kind"] == "document"}
    line = line_of(shell, rule)
    told = shell.refused("policy", "waive", "RAD.00034", rule, line, "--reason", "Known.")
    assert all(text[:12] in told for text in texts)
    assert "one.txt" in told
    assert "two.txt" in told
    chosen = min(texts)[:8]
    shell.good("policy", "waive", "RAD.00034", rule, line, "--reason", "Known.", "--text", chosen, "--json")
    assert shell.good("policy", "unwaive", "RAD.00034", rule, line, "--text", chosen, "--json")["waived"] is None
