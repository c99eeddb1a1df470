"""Positions that stand in run-in paragraphs: a label, a colon, and what it asks or denies; and what follows for the codes above them."""

import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.library.criteria import Op
from ur_desk.domain.policy import CodeEntry, Policy, Position, Statement

GUIDE = """# LIFTS - Coverage Guide

Policy Number: LIFT-1
Effective Date: 01/01/2024

## ITEMS (E0621-E0642)

### **E0621 - Sling or seat, patient lift**

**Indications:** Cannot be moved without help of another person; spasticity of both legs. ICD-10: G82.20-G82.54 (paraplegia), G80.x (palsy), G35

**Requirements:** Medicare: written order required; must be medically necessary and reasonable; one per lift. State plan: prior approval required.

---

### **E0625 - Patient lift, bathroom or toilet**

**Indications:** **NOT COVERED** - Bathroom lifts are DENIED as not reasonable and necessary. Use E0630 instead.

**Requirements:** Medicare: **DENIED** - use another code. State plan: **NOT COVERED**.

---

### **E0630 - Patient lift, hydraulic**

**Indications:** **COVERAGE CRITERIA**: Must meet ONE of following: 1) bed confinement without a lift, OR 2) transfer needs more than one helper. Weakness; falls. ICD-10: Same as E0621 plus conditions of the spine (M48.x)

**Requirements:** **NOT COVERED AS REPLACEMENT** - a second lift is denied as not medically necessary when the first one works.

## NOTES

1. **Ceiling Lifts NOT COVERED**: E0640 will be denied
2. **E0642 (Standing frame)** covered ONLY with a stander evaluation
3. **Delivery**: within 30 days
"""

CODES = "\n## Coding\n\nHCPCS\nE0630 Patient lift, hydraulic\n"


@pytest.fixture
def policy(codeset: CodeSet) -> Policy:
    return read(GUIDE.encode(), "guide.md", codeset)


def at(policy: Policy, words: str) -> Statement:
    """The statement whose line begins so."""
    (number,) = [line.number for line in policy.text.lines if line.text.startswith(words)]
    (found,) = [statement for statement in policy.statements if statement.first_line == number]
    return found


def listed(policy: Policy, low: str) -> list[CodeEntry]:
    return [entry for entry in policy.codes if entry.low == low]


def test_each_paragraph_behind_a_label_that_asks_or_denies_is_a_statement(policy: Policy) -> None:
    assert [policy.text.line(s.first_line).text[:14].strip() for s in policy.statements] == [
        "**Indications:",
        "**Requirements",
        "**Indications:",
        "**Requirements",
        "**Indications:",
        "**Requirements",
        "1. **Ceiling L",
        "2. **E0642 (St",
    ]


def test_what_is_asked_is_no_position_on_necessity_and_stays_whole_where_it_counts_nothing_out(policy: Policy) -> None:
    asked = at(policy, "**Requirements:** Medicare: written")
    assert asked.position is Position.OTHER
    assert asked.criteria is not None
    assert (asked.criteria.op, asked.criteria.first_line, asked.criteria.last_line) == (Op.LEAF, asked.first_line, asked.last_line)


def test_a_denial_that_names_its_class_takes_it_and_has_no_criteria(policy: Policy) -> None:
    denied = at(policy, "**Indications:** **NOT COVERED** - Bathroom")
    assert (denied.position, denied.criteria) == (Position.NOT_MEDICALLY_NECESSARY, None)


def test_a_denial_of_coverage_alone_names_no_class(policy: Policy) -> None:
    denied = at(policy, "**Requirements:** Medicare: **DENIED**")
    assert (denied.position, denied.criteria) == (Position.OTHER, None)


def test_a_denial_on_a_condition_keeps_the_condition_for_a_person_to_read(policy: Policy) -> None:
    denied = at(policy, "**Requirements:** **NOT COVERED AS")
    assert denied.position is Position.NOT_MEDICALLY_NECESSARY
    assert denied.criteria is not None
    assert "when the first one works" in denied.criteria.text


def test_a_list_in_the_paragraph_ends_with_the_sentence_of_its_last_item(policy: Policy) -> None:
    tree = at(policy, "**Indications:** **COVERAGE CRITERIA**").criteria
    assert tree is not None
    assert (tree.op, [item.text for item in tree.items]) == (
        Op.ANY,
        ["bed confinement without a lift", "transfer needs more than one helper."],
    )
    last = tree.items[-1]
    words = policy.text.line(last.first_line).text
    assert words[last.start : last.end] == "2) transfer needs more than one helper."


def test_the_code_that_heads_a_denied_item_stands_under_the_denial_and_no_other_does(policy: Policy) -> None:
    assert [entry.position for entry in listed(policy, "E0625")] == [Position.NOT_MEDICALLY_NECESSARY]
    assert [entry.position for low in ("E0621", "E0630") for entry in listed(policy, low)] == [None, None]


def test_the_diagnoses_with_which_a_paragraph_ends_are_listed(policy: Policy) -> None:
    line = at(policy, "**Indications:** Cannot").first_line
    assert [(entry.low, entry.high, entry.raw) for entry in policy.codes if entry.line == line] == [
        ("G82.20", "G82.54", "G82.20-G82.54"),
        ("G80", "G80", "G80.x"),
        ("G35", None, "G35"),
    ]


def test_a_procedure_that_only_says_where_the_diagnoses_stand_is_not_read_as_one(policy: Policy) -> None:
    line = at(policy, "**Indications:** **COVERAGE").first_line
    assert [entry.low for entry in policy.codes if entry.line == line] == ["M48"]


def test_a_denial_in_the_label_itself_holds_without_more_only_behind_a_colon(policy: Policy) -> None:
    assert at(policy, "1. **Ceiling").criteria is None
    assert at(policy, "2. **E0642").criteria is not None


def test_a_paragraph_without_bold_type_needs_a_label_that_comes_again(codeset: CodeSet) -> None:
    head = "Policy Number: LIFT-1\nEffective Date: 01/01/2024\n\nITEMS\n\n"
    item = "{0}\n\nIndications: transfer of a person who cannot stand without the help of two others.\n\n"
    twice = read((head + item.format("Slings") + item.format("Lifts") + CODES).encode(), "a.txt", codeset)
    once = read((head + item.format("Slings") + CODES).encode(), "a.txt", codeset)
    assert (len(twice.statements), len(once.statements)) == (2, 0)


@pytest.mark.parametrize("label", ["**Compiled:** today, by hand", "**Indications:**", "**:** nothing", "**Requirements", "** **: x"])
def test_labels_that_ask_nothing_are_no_statements(label: str, codeset: CodeSet) -> None:
    text = f"Policy Number: LIFT-1\nEffective Date: 01/01/2024\n\n## ITEMS\n\n{label}\n{CODES}"
    assert read(text.encode(), "a.md", codeset).statements == ()
