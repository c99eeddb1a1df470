"""Lint asks where criteria leave something open, and where two paragraphs clash; it is silent about what is right."""

from dataclasses import replace

import pytest

from ur_desk.documents import read
from ur_desk.documents.criteria import tree_of
from ur_desk.documents.criteria_lint import of_criteria
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


BEHIND = ("   c. Hoarse", "   d. Sore")


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (("1. One of the following (a or b):", "   a. Old", "   b. Loud", *BEHIND), 9, "a, b and goes on: c to d"),
        (("1. One of the following (a or b):", "   a. Old", "   b. Loud", "   c. Hoarse"), 9, "a, b and goes on: c comes"),
        (("1. All of the following (i, ii, and ii):", "   i. Old", "   ii. Loud", "   iii. Slow"), 9, "iii comes"),
        (("1. One of the following (a, b, c, or d):", "   a. Old", "   b. Loud", *BEHIND), None, ""),
        (("1. One of the following:", "   a. Old", "   b. Loud", *BEHIND), None, ""),
    ],
)
def test_a_list_that_is_longer_than_its_opening_says_is_told(lines: tuple[str, ...], line: int | None, said: str, codeset: CodeSet) -> None:
    told = found(codeset, "criteria-items-more", OPENS, *lines)
    assert [finding.line for finding in told] == ([line] if line else [])
    assert all(said in finding.message and finding.severity is Severity.WARNING and finding.hint for finding in told)


def test_a_list_that_goes_on_behind_its_statement_is_told_with_the_line_that_holds_the_rest_of_a_word(codeset: CodeSet) -> None:
    """As where a page prints another column between the items of a list, and the reader ends the statement there."""
    lines = (
        "Humming is medically necessary when one of the following is met (a or b):",
        "a) Old; or",
        "b) Loud at s",
        "c) Hummer",
        "",
        "d) uch",
    )
    policy = read("\n".join((*HEAD, *lines, "", "It is such a thing.")).encode(), "x.txt", codeset)
    (whole,) = policy.statements
    ended = replace(whole, last_line=10, criteria=tree_of(policy.text, 8, 10))
    told = {finding.rule: finding.message for finding in of_criteria(replace(policy, statements=(ended,)))}
    assert told == {
        "criteria-items-more": "The list names a, b and goes on: c to d come after them.",
        "criterion-cut": "A criterion breaks off inside a word (“at s”). Line 13 may hold its rest.",
    }


@pytest.mark.parametrize("words", ["Sings at least one song, s", "Sings with a deep improve-"])
def test_a_criterion_that_breaks_off_inside_a_word_is_told(words: str, codeset: CodeSet) -> None:
    (finding,) = found(codeset, "criterion-cut", OPENS, "1. Old", f"2. {words}")
    assert (finding.severity, finding.line) == (Severity.WARNING, 10)
    assert finding.hint


@pytest.mark.parametrize(
    "words", ["Meets criterion a or b", "Lacks vitamin D", "Has hepatitis C", "Grade x", "Option b", "Is one of type B", "Sings long-term"]
)
def test_a_criterion_that_ends_in_a_letter_s_name_is_whole(words: str, codeset: CodeSet) -> None:
    assert found(codeset, "criterion-cut", OPENS, "1. Old", f"2. {words}") == []


def test_reasons_against_that_say_what_else_is_asked_are_asked_about(codeset: CodeSet) -> None:
    lines = ("1. Old", "2. Contraindications:", "   a. Deaf — a doctor is required", "   b. Mute")
    (finding,) = found(codeset, "criteria-and-or", OPENS, *lines)
    assert (finding.line, finding.hint) == (10, "Which of them refuse by themselves?")
    assert found(codeset, "criteria-and-or", OPENS, "1. Old", "2. Contraindications:", "   a. Deaf", "   b. Mute") == []
