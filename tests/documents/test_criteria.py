"""Lists of criteria become trees with the lines of every node; what a document leaves open stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered import numbered

from ur_desk.documents.criteria import tree_of
from ur_desk.domain.library.criteria import Criterion, Op, evaluate, nodes

Told = str | tuple[object, ...]
"""A leaf as its words; a list as its op, how many it asks where it does, and its items."""


def told(node: Criterion) -> Told:
    if not node.items:
        return node.text
    op = f"{node.op} {node.n}" if node.n else str(node.op)
    return (op, *(told(item) for item in node.items))


def tree(*lines: str, excludes: bool = False) -> Criterion:
    found = tree_of(numbered(*lines), 1, len(lines), excludes=excludes)
    assert found is not None
    return found


def read(*lines: str, excludes: bool = False) -> Told:
    return told(tree(*lines, excludes=excludes))


@pytest.mark.parametrize(
    ("opening", "op"),
    [
        ("covered when ALL of the following criteria are met:", "all"),
        ("covered when the following criteria are met:", "all"),
        ("covered if the patient meets the following:", "all"),
        ("covered based on both of the following criteria:", "all"),
        ("covered when each of the following is documented:", "all"),
        ("covered when any of the following criteria is met:", "any"),
        ("covered for one or more of the following:", "any"),
        ("covered for at least one of the following:", "any"),
        ("covered when ONE of the following is present:", "any"),
        ("covered in either of the following conditions:", "any"),
        ("covered for the treatment of:", "any"),
        ("covered for the following indications:", "any"),
        ("covered after at least two of the following agents:", "at_least 2"),
        ("covered with 2 or more of the following:", "at_least 2"),
        ("covered with a minimum of three (3) of the following:", "at_least 3"),
        ("covered with two of the following:", "at_least 2"),
        ("covered where the member does NOT have any of the following:", "none"),
        ("covered where none of the following applies:", "none"),
        ("covered in the absence of any of the following:", "none"),
        ("covered with the following (a or b):", "any"),
        ("covered with the following (a, b, and c):", "all"),
        ("covered with documentation of response, including:", "unclear"),
        ("covered with a trial of at least 4 weeks:", "unclear"),
    ],
)
def test_the_words_that_open_a_list_say_how_many_are_asked(opening: str, op: str) -> None:
    assert read(f"Humming is {opening}", "a. One", "b. Two", "c. Three") == (op, "One", "Two", "Three")


@pytest.mark.parametrize(
    ("opening", "first", "second", "op"),
    [
        ("", "One; and", "Two; and", "all"),
        ("", "One; or", "Two; or", "any"),
        ("", "One, OR", "Two, OR", "any"),
        ("", "One; AND", "Two; OR", "unclear"),
        ("", "One; and/or", "Two; and/or", "unclear"),
        ("any of the following", "One;", "Two; and", "any"),
        ("any of the following", "One; AND", "Two; AND", "unclear"),
        ("all of the following", "One; or", "Two; or", "unclear"),
        ("all of the following", "One;", "Two; AND", "all"),
        ("at least two of the following", "One; or", "Two; or", "at_least 2"),
        ("none of the following", "One;", "Two; or", "none"),
        ("the following (a, b, or c)", "One; and", "Two;", "unclear"),
    ],
)
def test_the_words_between_items_agree_with_those_before_them_or_leave_it_open(opening: str, first: str, second: str, op: str) -> None:
    assert read(f"Humming is covered with {opening}:", f"a. {first}", f"b. {second}", "c. Three.")[0] == op


def test_joins_stand_on_lines_of_their_own() -> None:
    assert read(
        "1. Humming will be approved based on one of the following:",
        "   a. All of the following:",
        "      (1) Diagnosis of one of the following:",
        "          (a) Tune",
        "          (b) Song",
        "                    -AND-",
        "      (2) It is slow",
        "                    -OR-",
        "   b. Both of the following:",
        "      (1) It is loud",
        "                    -AND-",
        "      (2) It is long",
    ) == ("any", ("all", ("any", "Tune", "Song"), "It is slow"), ("all", "It is loud", "It is long"))


def test_a_join_at_the_end_of_an_inner_item_joins_the_outer_list() -> None:
    found = read(
        "Humming. Approve for 1 year if the patient meets the following (i, ii, and iii):",
        "  i. Patient is old; AND",
        "  ii. Patient meets ONE of the following (a or b):",
        "      a) Patient has tried to sing, with words of",
        "         two lines; OR",
        "         Note: Examples are carols; OR anthems.",
        "      b) Patient cannot sing; AND",
        "  iii. A teacher prescribes it.",
    )
    inner = ("any", "Patient has tried to sing, with words of two lines", "Patient cannot sing")
    assert found == ("all", "Patient is old", inner, "A teacher prescribes it.")


def test_every_node_knows_its_lines_its_label_and_its_note() -> None:
    found = tree(
        "Covered when all of the following are met:",
        "",
        "1. One",
        "   goes on",
        "   Note: rarely.",
        "2. Two",
        "  (a) of this",
        "  (b) or that",
    )
    one, two = found.items
    assert (found.first_line, found.last_line) == (1, 8)
    assert (one.label, one.text, one.note, one.first_line, one.last_line) == ("1.", "One goes on", "Note: rarely.", 3, 5)
    assert (two.label, two.first_line, two.last_line, [item.label for item in two.items]) == ("2.", 6, 8, ["(a)", "(b)"])


def test_a_list_inside_a_line_is_taken_apart_at_its_characters() -> None:
    line = "1. Device approved; 2. Symptoms a. after 6 weeks of care; OR b. with severe findings; 3. Imaging by MRI OR CT; AND 4. No pain."
    found = tree("Covered when ALL of the following criteria are met:", line)
    assert told(found) == (
        "all",
        "Device approved",
        ("any", "after 6 weeks of care", "with severe findings"),
        "Imaging by MRI OR CT",
        "No pain.",
    )
    last = found.items[-1]
    assert last.start is not None
    assert line[last.start :] == "4. No pain."


def test_a_list_inside_a_sentence_goes_on_over_its_lines() -> None:
    assert read(
        "Not covered when:",
        "  (a) Repeated within 12 months without documented: (i) change in the tune,",
        "      (ii) failed song since, or",
        "      (iii) planned concert",
        "  (b) Sung in the bath",
        excludes=True,
    ) == ("any", ("any", "change in the tune", "failed song since", "planned concert"), "Sung in the bath")


@pytest.mark.parametrize("bullet", ["•", "-", "*", "▪", "o  ", "[ ]", "–"])
def test_bullets_nest_by_how_far_they_are_set_in(bullet: str) -> None:
    assert read(
        "Covered when all of the following are met:",
        f"{bullet} One",
        f"{bullet} Any of the following:",
        f"    {bullet} Two",
        f"    {bullet} Three",
        f"{bullet} Four",
    ) == ("all", "One", ("any", "Two", "Three"), "Four")


def test_items_without_marks_are_told_by_their_ends() -> None:
    assert read(
        "Covered when all of the following conditions a.-c. are satisfied.",
        "",
        " The beneficiary hums, ",
        " The beneficiary has tried one of the following: ",
        "",
        " Singing; or,",
        " Whistling. ",
    ) == ("all", "The beneficiary hums", ("any", "Singing", "Whistling."))


def test_a_paragraph_that_runs_over_lines_is_no_list() -> None:
    assert tree_of(numbered("Covered as follows:", "", "The plan pays for humming", "in the morning."), 1, 4) is None


def test_headings_with_numbers_hold_what_stands_below_them() -> None:
    found = read(
        "Covered when ALL of the following criteria are met:",
        "2.1 DIAGNOSIS",
        "",
        "Member has a diagnosis from one of the following categories:",
        "",
        "Category A — Tunes:",
        "  - Slow",
        "  - Fast",
        "",
        "Category B — Songs:",
        "  - Long",
        "",
        "2.2 FINDINGS",
        "",
        "At least TWO of",
        "the following are documented:",
        "  (a) Hums",
        "  (b) Sings — often, and",
        "      — aloud",
        "  (c) Whistles",
    )
    assert found == (
        "all",
        ("any", ("any", "Slow", "Fast"), ("all", "Long")),
        ("at_least 2", "Hums", "Sings — often, and — aloud", "Whistles"),
    )


def test_what_the_words_before_a_list_ask_by_themselves_is_asked_too() -> None:
    found = tree(
        "Covered when all of the following are met:",
        "1. CARE. Six weeks of care must be completed. Two of the following are documented:",
        "  (a) Song",
        "  (b) Tune",
        "  (c) Hum",
        "2. Old",
    )
    assert told(found) == ("all", ("all", "Six weeks of care must be completed.", ("at_least 2", "Song", "Tune", "Hum")), "Old")
    assert found.items[0].label == "1."


def test_items_that_each_must_be_are_all_asked() -> None:
    assert read("Covered when all of the following are met:", "1. Films", "  - Two views required", "  - The report must be there")[1] == (
        "all",
        "Two views required",
        "The report must be there",
    )


def test_letters_that_run_on_over_groups_are_letters_and_no_numerals() -> None:
    found = tree(
        "Covered when any of the following categories is met:",
        "Group 1: all of the following:", "  (g) Seven", "  (h) Eight",
        "Group 2: all of the following:", "  (i) Nine", "  (j) Ten",
    )  # fmt: skip
    assert told(found) == ("any", ("all", "Seven", "Eight"), ("all", "Nine", "Ten"))


def test_unless_is_an_exception_from_what_is_asked() -> None:
    found = tree("Covered when all of the following are met:", "1. Song tried for 3 months, unless contraindicated", "2. Old")
    assert told(found) == ("all", ("unless", "Song tried for 3 months", "contraindicated"), "Old")
    assert found.items[0].text == "Song tried for 3 months, unless contraindicated"


def test_unless_takes_a_reason_against_the_service_away() -> None:
    found = read("Not covered when:", "(a) Song declined, unless the tune changes", "(b) Other", excludes=True)
    assert found == ("any", ("all", "Song declined", ("none", "the tune changes")), "Other")


@pytest.mark.parametrize("head", ["Limitations:", "Precautions", "Relative contraindications to song:"])
def test_a_list_of_what_is_only_weighed_is_one_criterion(head: str) -> None:
    found = read("Covered when all of the following are met:", "1. Old", f"2. {head}", "  a. Deaf", "  b. Mute")
    assert found == ("all", "Old", f"{head}\na. Deaf\nb. Mute")


@pytest.mark.parametrize(
    "head",
    [
        "Contraindications:",
        "Absolute contraindications to song:",
        "Exclusions",
        "Exclusion criteria:",
        "Not covered when:",
        "Song is not covered in the presence of any of the following:",
        "Song is considered not medically necessary for any of the following:",
    ],
)
def test_a_list_in_a_list_under_words_that_refuse_asks_that_none_of_it_holds(head: str) -> None:
    found = read("Covered when all of the following are met:", "1. Old", f"2. {head}", "  a. Deaf", "  b. Mute")
    assert found == ("all", "Old", ("none", "Deaf", "Mute"))


def test_a_refusal_of_all_together_refuses_nothing_less() -> None:
    found = read(
        "Covered when all of the following are met:", "1. Old", "2. Not covered when both of the following:", "  a. Deaf", "  b. Mute"
    )
    assert found == ("all", "Old", ("none", ("all", "Deaf", "Mute")))


def test_a_contraindication_that_says_what_else_is_asked_is_left_open() -> None:
    found = read("Covered when all of the following are met:", "1. Old", "2. Contraindications:", "  a. Deaf", "  b. Mute — needs a doctor")
    assert found == ("all", "Old", ("unclear", "Deaf", "Mute — needs a doctor"))


@pytest.mark.parametrize(
    "head",
    [
        "Not eligible for another song because of one of the following:",
        "Failure of, contraindication to, or intolerance of one of the following:",
        "The tune is not covered under any warranty, as shown by one of the following:",
    ],
)
def test_what_is_refused_elsewhere_is_a_criterion_here(head: str) -> None:
    found = read("Covered when all of the following are met:", "1. Old", f"2. {head}", "  a. Deaf", "  b. Mute")
    assert found == ("all", "Old", ("any", "Deaf", "Mute"))


def test_a_second_list_beside_the_first_is_never_counted_with_it() -> None:
    found = read(
        "Covered with one of the following:", "1. Old", "2. Young", "", "In addition, all of the following:", "", "- Loud", "- Slow"
    )
    assert found == ("unclear", "Old", "Young", ("all", "Loud", "Slow"))


def test_the_first_item_of_a_list_that_was_opened_belongs_to_it_however_far_it_is_set_in() -> None:
    found = read(
        "Covered when all of the following are met:",
        "     i. One of the following (a or b):",
        "          a) Old; OR",
        "          b) BOTH of the following [(1) and (2)]:",
        "(1)Loud; AND (2)Slow; AND",
        "     ii. A teacher prescribes it.",
    )
    assert found == ("all", ("any", "Old", ("all", "Loud", "Slow")), "A teacher prescribes it.")


def test_approvals_that_each_stand_on_their_own_are_alternatives() -> None:
    found = read(
        "Covered when the following criteria is(are) met:",
        "1. Tune. Approve if the patient hums.",
        "2. Song. Approve for 1 year if the patient sings.",
    )
    assert isinstance(found, tuple)
    assert found[0] == "any"


def test_page_numbers_and_copyright_lines_are_no_words_of_a_criterion() -> None:
    found = read(
        "Covered when all of the following are met:", "(a) One", "   © 2024 Hum, Inc.", "      3", "(b) Two", "Page 2 of 4", "(c) Three"
    )
    assert found == ("all", "One", "Two", "Three")


def test_a_page_full_of_marks_is_read_in_time_and_never_deeper_than_a_list_goes() -> None:
    lines = [f"{' ' * (n % 40)}{'(' * (n % 2)}{chr(97 + n % 26)}) word {n} (i) word (ii) word" for n in range(3000)]
    found = tree("Covered with any of the following:", *lines)

    def depth(node: Criterion) -> int:
        return 1 + max((depth(item) for item in node.items), default=0)

    assert depth(found) <= 20


pieces = st.sampled_from(
    ["1. ", "(a) ", "i. ", "ii) ", "• ", "- ", "2.1 A ", "Group A: ", "[ ] ", "Note: ", "-AND-", "OR", "; and", "; or", " and/or", ":", " all of the following:",
     " one of the following (a or b):", " none of the following", ", unless ", "word ", "must ", " (1) x y; (2) z", "\t", "    ", "Page 1 of 2", "."]
)  # fmt: skip


@given(st.lists(st.lists(pieces, max_size=5).map("".join), min_size=1, max_size=14), st.booleans())
def test_whatever_the_lines_say_the_tree_can_be_judged_and_stays_within_them(lines: list[str], excludes: bool) -> None:
    found = tree_of(numbered(*lines), 1, len(lines), excludes=excludes)
    if found is None:
        return
    evaluate(found, {})
    for named in nodes(found):
        node = named.node
        assert 1 <= node.first_line <= node.last_line <= len(lines)
        assert all(node.first_line <= item.first_line and item.last_line <= node.last_line for item in node.items)


def test_ops_are_the_contracts_but_for_the_unclear_one() -> None:
    assert {op.value for op in Op} - {"unclear"} == {"all", "any", "at_least", "none", "unless", "leaf"}


def test_what_an_opening_asks_before_an_and_in_capitals_is_asked_beside_its_list() -> None:
    assert read(
        "approved when the patient meets ONE of the following (a or b):",
        "a) Has spinal disease AND has signs of inflammation, shown by at least ONE of the following [(1) or (2)]:",
        "   (1) Raised protein; OR",
        "   (2) Inflammation on an image; OR",
        "b) Has arthritis of the knee.",
    ) == (
        "any",
        ("all", "Has spinal disease", ("any", "Raised protein", "Inflammation on an image")),
        "Has arthritis of the knee.",
    )
