"""Differences between two versions of a policy as a person reads them."""

from dataclasses import replace
from datetime import date

from builders import TABLES

from ur_desk.cli.difference import difference_text
from ur_desk.documents.compare import diff
from ur_desk.domain.policy import Sha256, Text, TextLine


def test_each_kind_of_change_is_told_in_words_under_its_heading() -> None:
    (old,) = TABLES.policies()
    lines = tuple(replace(line, text="Another sentence.") if line.number == 16 else line for line in old.text.lines)
    statement = replace(old.statements[0], all_indications=not old.statements[0].all_indications)
    history = replace(old.history[0], action="A step that the old one does not tell", day=date(2018, 1, 2))
    new = replace(
        old,
        version=replace(old.version, effective=date(2018, 10, 1)),
        text=Text(Sha256("f" * 64), (*lines, TextLine(len(lines) + 1, "x\x1b[31m\nFORGED"))),
        statements=(statement, *old.statements[1:]),
        codes=old.codes[1:],
        history=(history, *old.history),
    )
    told = difference_text(diff(old, new, TABLES.codeset))
    assert told.startswith("RAD.00034: from the version of 09/27/2017 to the version of 10/01/2018")
    assert [line for line in told.splitlines() if line.isupper() and line[0] not in " +-~"] == [
        "FACTS", "POSITIONS", "CODES AS SETS", "CODES", "HISTORY", "LINES",
    ]  # fmt: skip
    assert "  effective: 2017-09-27 → 2018-10-01" in told
    assert f"- line {old.codes[0].line}: {old.codes[0].system.value} {old.codes[0].low}" in told
    assert f"- {old.codes[0].system.value} {old.codes[0].low}" in told.splitlines()
    assert "A step that the old one does not tell" in told
    assert "+   16  Another sentence." in told
    assert "{" not in told
    assert "\nFORGED" not in told
    assert difference_text(diff(old, old, TABLES.codeset)).endswith("The two say the same.")
