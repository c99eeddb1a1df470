"""What approval, coverage and refusal in a payer's own words come to, and what a list below a refusal asks: nothing that is refused is ever met."""

from pathlib import Path

import pytest
from test_sample_criteria import shape

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.library.criteria import Answer, Criterion, evaluate, leaves
from ur_desk.domain.policy import Policy, Position, Statement

P = Position
PLAN = "Medical Policy\nPolicy Number: A1\nEffective Date: 01/01/2020\nTitle: Lamps\n\nCoverage\n"
MEDICARE = "Local Coverage Determination (LCD)\nLCD ID: L99999\nEffective Date: 01/01/2020\nTitle: Lamps\n\nIndications and Limitations of Coverage\n"


def told(codeset: CodeSet, words: str, head: str = PLAN) -> Policy:
    return read(f"{head}{words}\n".encode(), "lamps.txt", codeset)


def only(codeset: CodeSet, words: str, head: str = PLAN) -> Statement:
    (statement,) = told(codeset, words, head).statements
    return statement


def read_as(statement: Statement) -> tuple[Position, str | None]:
    return statement.position, statement.criteria and shape(statement.criteria, root=True)


LIST = "\n(a) Smoke\n(b) Fog"
ANY, NONE, ALL = "any@7-9(a@8 b@9)", "none@7-9(a@8 b@9)", "all@7-9(a@8 b@9)"
NEITHER = "none@7-9(:all@7-9(a@8 b@9))"
WORDS = {
    "Lamps may be approved when all of the following are met:": ((P.MEDICALLY_NECESSARY, ALL), (P.MEDICALLY_NECESSARY, ALL)),
    "Lamps are covered when any of the following are met:": ((P.MEDICALLY_NECESSARY, ANY), (P.MEDICALLY_NECESSARY, ANY)),
    "Lamps are only covered when both of the following are met:": ((P.MEDICALLY_NECESSARY, ALL), (P.MEDICALLY_NECESSARY, ALL)),
    "Members may be eligible for lamps under all of the following conditions:": ((P.MEDICALLY_NECESSARY, ALL),) * 2,
    "Lamps are not covered when:": ((P.OTHER, NONE), (P.NOT_MEDICALLY_NECESSARY, ANY)),
    "Lamps are NOT covered in the presence of contraindications, including the following:": ((P.OTHER, NONE), (P.NOT_MEDICALLY_NECESSARY, ANY)),
    "The plan will not cover lamps in the following circumstances:": ((P.OTHER, NONE), (P.NOT_MEDICALLY_NECESSARY, ANY)),
    "Lamps are not covered when both of the following are present:": ((P.OTHER, NEITHER), (P.NOT_MEDICALLY_NECESSARY, ALL)),
    "Lamps are not covered unless all of the following are met:": ((P.MEDICALLY_NECESSARY, ALL),) * 2,
    "Lamps are considered not medically necessary for any of the following:": ((P.NOT_MEDICALLY_NECESSARY, ANY),) * 2,
    "Lamps are considered investigational when any of the following is present:": ((P.INVESTIGATIONAL, ANY),) * 2,
    "Lamps are considered not medically necessary unless all of the following are met:": ((P.NOT_MEDICALLY_NECESSARY, NEITHER),) * 2,
    "Charges for lamps are not separately reimbursed in the following circumstances:": ((P.OTHER, "unclear@7-9(a@8 b@9)"),) * 2,
    "The 6-week requirement is waived when any of the following are documented:": ((P.OTHER, ANY),) * 2,
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), WORDS.items(), ids=WORDS.keys())
def test_a_list_is_read_by_what_the_words_over_it_do(words: str, expected: tuple[object, object], codeset: CodeSet) -> None:
    assert (read_as(only(codeset, words + LIST)), read_as(only(codeset, words + LIST, MEDICARE))) == expected


@pytest.mark.parametrize(
    ("words", "plan", "medicare"),
    [
        ("Lamps for pleasure are not covered.", P.OTHER, P.NOT_MEDICALLY_NECESSARY),
        ("Lamps for pleasure remain non-covered.", P.OTHER, P.NOT_MEDICALLY_NECESSARY),
        ("Lighting at noon is not a covered Medicare service.", P.OTHER, P.NOT_MEDICALLY_NECESSARY),
        ("Lamps are covered for those who see less.", P.OTHER, P.MEDICALLY_NECESSARY),
        ("Charges for the lamp are not eligible for separate reimbursement when reported with the visit.", P.OTHER, P.OTHER),
        ("Lamps are considered cosmetic and not medically necessary.", P.COSMETIC, P.COSMETIC),
    ],
)
def test_coverage_alone_is_a_word_on_necessity_only_where_the_law_makes_it_one(
    words: str, plan: Position, medicare: Position, codeset: CodeSet
) -> None:
    assert (only(codeset, words).position, only(codeset, words, MEDICARE).position) == (plan, medicare)


@pytest.mark.parametrize("answer", Answer)
def test_a_reason_that_holds_never_meets_what_a_refusal_lets_through(answer: Answer, codeset: CodeSet) -> None:
    tree = only(codeset, f"Lamps are not covered in the presence of any of the following:{LIST}").criteria
    assert tree is not None
    first, second = (named.path for named in leaves(tree))
    assert evaluate(tree, {first: Answer.MET, second: answer}).answer is Answer.NOT_MET
    assert evaluate(tree, {first: Answer.NOT_MET, second: Answer.NOT_MET}).answer is Answer.MET


@pytest.mark.parametrize(
    ("items", "tree"),
    [
        (" Red lamps.\n Blue lamps (thin).", None),
        (" Red lamps.\n Blue lamps (prior to June 2, 2012).", "any@7-10(@9 @10)"),
        (" Red lamps.\n Blue lamps when it is dark.", "any@7-10(@9 @10)"),
    ],
)
def test_services_that_are_refused_by_name_are_no_criteria_and_those_refused_for_a_time_are(
    items: str, tree: str | None, codeset: CodeSet
) -> None:
    statement = only(codeset, f"The following procedures are also not covered:\n\n{items}", MEDICARE)
    assert read_as(statement) == (P.NOT_MEDICALLY_NECESSARY, tree)
    assert statement.terms == ("red lamps", "blue lamps")
    assert statement.last_line == 10


def test_conditions_not_covered_carry_on_the_position_that_says_including_the_following(codeset: CodeSet) -> None:
    conditions = "CONDITIONS NOT COVERED\n1. Use with another lamp.\n2. Night blindness."
    adverse = "Lamps are considered experimental for any other use including the following (criteria will be updated):"
    alone = told(codeset, f"Lamps are medically necessary at night.\n{conditions}").statements[-1]
    carried = told(codeset, f"{adverse}\n{conditions}").statements[-1]
    assert read_as(alone) == (P.OTHER, "none@8-10(1.@9 2.@10)")
    assert read_as(carried) == (P.INVESTIGATIONAL, "any@8-10(1.@9 2.@10)")


APPROVALS = {
    "a number and its name on the line above": ("3. Dim rooms [or dusk]\n   {whatever the hour}. Approve if the patient meets\n   ONE of the following (A or B):\n   A) Night\n   B) Fog", (7, "any@7-11(A)@10 B)@11)")),
    "a number and its name on the same line": ("3. Dim rooms. Approve if the patient meets ONE of the following (A or B):\n   A) Night\n   B) Fog", (7, "any@7-9(A)@8 B)@9)")),
    "another criterion on the line above": ("Notes\n1. It is dark; and\n   At dusk. Approve if the patient meets ONE of the following (A or B):\n      A) Night\n      B) Fog", (9, "any@9-11(A)@10 B)@11)")),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), APPROVALS.values(), ids=APPROVALS.keys())
def test_an_approval_begins_with_the_numbered_indication_that_it_is_for(words: str, expected: tuple[int, str], codeset: CodeSet) -> None:
    statement = only(codeset, words)
    assert statement.position is P.MEDICALLY_NECESSARY
    assert (statement.first_line, statement.criteria and shape(statement.criteria, root=True)) == expected


def test_an_approval_of_a_product_names_it_and_one_for_an_indication_does_not(codeset: CodeSet) -> None:
    product = only(codeset, "a. Lampocet will be approved based on the following criterion:\n   (1) It is dark")
    indication = only(codeset, "1. Night blindness. Approve if the patient meets BOTH of the following:\n   A) Old\n   B) Tired")
    assert (product.terms, indication.terms) == (("lampocet",), ())


# What each tree under words that refuse must mean, read in the source. An adverse position says when the service is refused;
# any other is met only where nothing of the list holds; a list that says its own way out is left open.
REFUSED: dict[str, list[tuple[int, Position, str, str]]] = {
    "cms/lcd_35022_bariatric_EXCERPTED.txt": [
        (44, P.NOT_MEDICALLY_NECESSARY, "any", "refused where one of four contraindications is present, tobacco among them"),
    ],
    "cms/ncd_169_home_use_of_oxygen.txt": [
        (31, P.NOT_MEDICALLY_NECESSARY, "any", "refused in one of four conditions; the last but for an exception"),
    ],
    "cms/ncd_57_bariatric_surgery.txt": [
        (23, P.NOT_MEDICALLY_NECESSARY, "any", "refused where it is one of six procedures, one of which only until 2012"),
    ],
    "json/aetna_cpb_criteria_standardized.json": [(23, P.NOT_MEDICALLY_NECESSARY, "any", "refused for one of three indications")],
    "json/aetna_cpb_criteria_tree.json": [(23, P.NOT_MEDICALLY_NECESSARY, "any", "refused for one of three indications")],
    "json/medicare_L36007_template.json": [(30, P.MEDICALLY_NECESSARY, "none", "needs that no contraindication holds")],
    "json/medicare_l36007.json": [(33, P.MEDICALLY_NECESSARY, "none", "needs that no contraindication holds")],
    "json/medicare_l36007_skeleton.json": [(27, P.MEDICALLY_NECESSARY, "none", "needs that no contraindication holds")],
    "md/dme_boc_categories.md": [(995, P.OTHER, "none", "dressings only where none of four kinds of wounds and uses is meant")],
    "md/dme_item_E2300.md": [
        (102, P.OTHER, "none", "the base is of no refused group, and it is not for convenience"),
        (178, P.OTHER, "none", "it is billed with none of three"),
    ],
    "pdf/cigna_adalimumab_pa_policy_gbb001.pdf": [
        (297, P.INVESTIGATIONAL, "any", "unproven with another biologic, or for polymyalgia"),
    ],
    "txt/utah_medicaid_style_73721.txt": [(156, P.OTHER, "none", "covered where none of (a) to (f) holds")],
    "txt/utah_medicaid_style_73722.txt": [
        (102, P.MEDICALLY_NECESSARY, "unclear", "contraindications to the contrast, each with what else is asked: a person asks"),
        (124, P.OTHER, "none", "covered where none of (a) to (e) holds"),
    ],
    "txt/voxmenthe_cardioguard_criteria.txt": [(17, P.MEDICALLY_NECESSARY, "none", "has none of three")],
    "txt/voxmenthe_humira_criteria.txt": [(43, P.MEDICALLY_NECESSARY, "none", "has none of five")],
    "txt/voxmenthe_ozempic_criteria.txt": [(24, P.MEDICALLY_NECESSARY, "none", "has none of five")],
}  # fmt: skip


def _refusing(statement: Statement) -> list[Criterion]:
    """The outermost lists of a statement that stand under an adverse position or ask that nothing of them holds."""
    tree = statement.criteria
    if tree is None or not tree.items:
        return []
    if statement.position.adverse:
        return [tree]
    found: list[Criterion] = []
    todo = [tree]
    while todo:
        node = todo.pop()
        excepted = node.op == "none" and len(node.items) == 1 and not node.items[0].items
        if (node.op == "none" and not excepted) or (node.op == "unclear" and node.text.startswith("Contraindications")):
            found.append(node)
        else:
            todo += node.items
    return found


@pytest.mark.samples
def test_every_list_under_words_that_refuse_means_what_a_person_read(samples: Path, codeset: CodeSet) -> None:
    from test_sample_documents import GOLDEN

    found: dict[str, list[tuple[int, Position, str]]] = {}
    for name in GOLDEN:
        policy = read((samples / "policies" / name).read_bytes(), name, codeset)
        for statement in policy.statements:
            for node in _refusing(statement):
                found.setdefault(name, []).append((node.first_line, statement.position, str(node.op)))
    assert found == {name: [(line, position, op) for line, position, op, _ in lists] for name, lists in REFUSED.items()}


@pytest.mark.samples
def test_whoever_goes_on_smoking_does_not_meet_the_determination_on_bariatric_surgery(samples: Path, codeset: CodeSet) -> None:
    name = "cms/lcd_35022_bariatric_EXCERPTED.txt"
    policy = read((samples / "policies" / name).read_bytes(), name, codeset)
    refused = next(statement for statement in policy.statements if statement.first_line == 44)
    assert refused.position.adverse
    assert refused.criteria is not None
    tobacco = next(named for named in leaves(refused.criteria) if "tobacco" in named.node.text)
    assert evaluate(refused.criteria, {tobacco.path: Answer.MET}).answer is Answer.MET  # the refusal is met, not the service
