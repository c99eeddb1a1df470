"""The table of worked examples that a compliance officer can read: every row comes out as it says, by the rule that it names."""

import pytest
from clock_table import RULES, Example, examples

from ur_desk.domain.clocks.words import explain
from ur_desk.domain.deadline import Due, Missing, due

ALL = examples()


@pytest.mark.toy(8, 11)
@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_each_example_comes_out_as_the_table_says(example: Example) -> None:
    answer = due(example.facts, RULES)
    assert (_rule(answer), _due(answer)) == (example.rule, example.due)
    assert explain(answer)


def _rule(answer: Due | Missing) -> str:
    if isinstance(answer, Due):
        return answer.rule.id
    return f"unverified {answer.unverified.rule.id}" if answer.unverified else f"missing {answer.lack.value}"


def _due(answer: Due | Missing) -> str:
    if isinstance(answer, Due):
        return str(answer.local)
    parts = [f"would be {answer.unverified.local}"] if answer.unverified else []
    parts += [f"outer {answer.outer.local}"] if answer.outer else []
    return ", ".join(parts) or "none"


def test_the_table_has_at_least_120_examples_each_with_its_reason() -> None:
    assert len(ALL) >= 120
    assert len({example.name for example in ALL}) == len(ALL)
    assert all(example.why for example in ALL)


def test_every_bundled_rule_that_a_request_can_meet_has_an_example() -> None:
    """Rows for appeals of plans that nobody verified, and the ACA's twins of ERISA's rows, are told by their likes."""
    told = {example.rule.removeprefix("unverified ") for example in ALL}
    twins = {"ACA-CONC-LATE", "ACA-RED", "NCQA-URG", "NCQA-CONC", "NCQA-POST"}
    untold = {rule.id for rule in RULES.rules if "-APL-" not in rule.id} - told
    assert untold == twins
