"""Lint asks where criteria leave something open, and where two paragraphs clash; it is silent about what is right."""

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LintFinding, Severity

HEAD = (
    "Medical Policy",
    "Subject: Humming",
    "Document #: XYZ.00002 Current Effective Date: 03/15/2024",
    "Status: Revised Last Review Date: 02/08/2024",
    "",
    "Position Statement",
    "",
)
OPENS = "Humming is considered medically necessary when ALL of the following criteria are met:"


def found(codeset: CodeSet, rule: str, *lines: str) -> list[LintFinding]:
    policy = read("\n".join((*HEAD, *lines)).encode(), "x.txt", codeset)
    return [finding for finding in policy.findings if finding.rule == rule]


def test_a_list_that_asks_nothing_clearly_is_asked_about(codeset: CodeSet) -> None:
    (finding,) = found(codeset, "criteria-and-or", OPENS, "1. Old", "2. Signs:", "   a. Loud", "   b. Slow")
    assert (finding.severity, finding.line) == (Severity.INFO, 10)
    assert finding.hint is not None
    assert finding.hint.startswith("Are all of them needed, or is one enough?")


@pytest.mark.parametrize("signs", ["2. One of the following signs:", "2. Both of the following:", "2. Signs (a and b):"])
def test_a_list_that_says_how_many_is_not_asked_about(signs: str, codeset: CodeSet) -> None:
    assert found(codeset, "criteria-and-or", OPENS, "1. Old", signs, "   a. Loud", "   b. Slow") == []


def test_each_criterion_that_says_and_or_is_told_on_its_line(codeset: CodeSet) -> None:
    assert [f.line for f in found(codeset, "and-or", OPENS, "1. Old", "2. Loud and/or slow", "3. Deep")] == [10]


@pytest.mark.parametrize(
    "words", ["Signs such as loud, deep and/or slow", "At least one of loud, deep and/or slow", "Signs (e.g., loud and/or slow)"]
)
def test_and_or_among_examples_or_where_one_is_enough_leaves_nothing_open(words: str, codeset: CodeSet) -> None:
    assert found(codeset, "and-or", OPENS, "1. Old", f"2. {words}") == []


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (("1. Meets the following (i, ii, and iii):", "   i. Old", "   ii. Loud"), 9, "iii"),
        (("1. At least three of the following:", "   a. Old", "   b. Loud"), 9, "3"),
        (("1. Any of the following:", "   a. Old", "   b. Loud", "   d. Slow"), 12, "d."),
    ],
)
def test_items_that_are_named_and_do_not_come_are_missing(lines: tuple[str, ...], line: int, said: str, codeset: CodeSet) -> None:
    (finding,) = found(codeset, "criteria-items-missing", OPENS, *lines)
    assert (finding.severity, finding.line) == (Severity.WARNING, line)
    assert said in finding.message


def test_a_whole_list_misses_nothing(codeset: CodeSet) -> None:
    lines = (
        "1. Meets the following (a, b, or c):",
        "   a. Old",
        "   b. Loud",
        "   c. Slow",
        "2. Two of the following:",
        "   i. Up",
        "   ii. Down",
    )
    assert found(codeset, "criteria-items-missing", OPENS, *lines) == []


def test_two_paragraphs_that_ask_for_different_times_of_the_same_care_clash(codeset: CodeSet) -> None:
    (finding,) = found(
        codeset,
        "numbers-clash",
        OPENS,
        "1. SIX WEEKS (42 calendar days) of conservative therapy",
        "2. Old",
        "",
        "The plan looks for records of at least four weeks of conservative treatment before it decides.",
    )
    assert (finding.severity, finding.line, finding.raw) == (Severity.WARNING, 12, "four weeks of conservative treatment")
    assert "line 9" in finding.message.lower()


@pytest.mark.parametrize(
    "lines",
    [
        ("1. 6 weeks of conservative therapy", "2. Old", "", "The 6-week conservative treatment requirement is waived for the young."),
        ("1. 6 weeks of conservative therapy", "2. At least 4 weeks of physical therapy"),
        ("1. 6 weeks of conservative therapy", "2. Two months of conservative therapy"),
        (
            "1. Any of the following:",
            "   a. For tunes, 6 weeks of conservative therapy",
            "   b. For songs, 4 weeks of conservative therapy",
        ),
        ("1. 6 weeks of conservative therapy", "", "Rationale", "", "In the trial 4 weeks of conservative therapy were enough."),
        ("1. Established on therapy for at least 6 months of therapy", "2. Had 3 months of therapy"),
    ],
)
def test_numbers_that_agree_or_are_alternatives_do_not_clash(lines: tuple[str, ...], codeset: CodeSet) -> None:
    assert found(codeset, "numbers-clash", OPENS, *lines) == []


def test_a_definition_that_is_promised_and_absent_is_told(codeset: CodeSet) -> None:
    (finding,) = found(codeset, "term-undefined", OPENS, "1. Severe humming as defined in Appendix B", "2. Old")
    assert (finding.severity, finding.line, finding.raw) == (Severity.INFO, 9, "as defined in Appendix B")


@pytest.mark.parametrize("there", [("Appendix B", "", "Severe humming is loud."), ("Definitions", "", "Appendix B: loud.")])
def test_a_definition_that_is_there_is_not_asked_for(there: tuple[str, ...], codeset: CodeSet) -> None:
    where = there[0]
    assert found(codeset, "term-undefined", OPENS, f"1. Severe humming as defined in {where}", "2. Old", "", *there) == []


def test_the_same_words_with_and_or_are_told_once_with_how_often_they_come(codeset: CodeSet) -> None:
    items = [f"{n}. Hums {when} at home and/or school" for n, when in enumerate(("daily", "weekly", "monthly"), 1)]
    told = found(codeset, "and-or", OPENS, *items, "4. Has a loud and/or low voice")
    assert [finding.line for finding in told] == [9, 12]
    assert told[0].message.endswith("The same words come on 2 more lines.")


@pytest.mark.parametrize(
    ("words", "missing"), [("see Appendix for examples", True), ("see Appendix A", True), ("see Appendix for more", False)]
)
def test_an_appendix_is_missed_where_none_is_there(words: str, missing: bool, codeset: CodeSet) -> None:
    appendix = () if missing else ("", "Appendix", "", "Examples of humming are many.")
    told = found(codeset, "term-undefined", OPENS, f"1. Hums daily ({words})", "2. Hums low", *appendix)
    assert bool(told) is missing
