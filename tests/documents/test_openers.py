"""What opens a list of criteria besides a plain position, what only looks like a position, and how far a list goes: on invented texts."""

import pytest
from test_sample_criteria import shape

from ur_desk.documents import read
from ur_desk.documents.positions import stated_position
from ur_desk.documents.terms import terms_in
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, Position, SectionKind

P = Position


def told(codeset: CodeSet, position: str, number: str = "Policy Number: A1\n") -> Policy:
    return read(
        f"Medical Policy\n{number}Effective Date: 01/01/2020\nTitle: Lamps\n\nCoverage\n{position}\n".encode(), "lamps.txt", codeset
    )


LISTS = {
    "not covered": ("The following lamps are non-covered for all members:\n\n Red lamps;\n Blue lamps; and,\n Green lamps.", "any@7-11(@9 @10 @11)"),
    "will not cover": ("The plan will not cover lamps in the following circumstances:\n\n By day; or,\n At noon unless it is dark.", "any@7-10(@9 :all@10(@10 :none@10(@10)))"),
    "waived": ("The 6-week requirement is WAIVED when ANY of the following are documented:\n(a) Night\n(b) Fog", "any@7-9(a@8 b@9)"),
    "renewal": ("For renewal, the following must be demonstrated:\n1. It is still dark\n2. It was seen", "all@7-9(1.@8 2.@9)"),
    "available if": ("Coverage is available for those who see less, if there is:\n\n Fog; or,\n Smoke; or,\n Night.", "any@7-11(@9 @10 @11)"),
    "conditions a to c": ("Lamps may be paid only when all of the following conditions a.-c. are satisfied.\n\n It is dark,\n It is late, and,\n It is cold.", "all@7-11(@9 @10 @11)"),
    "label for use": ("Lampocet is a lamp indicated for the treatment of:\n- Night\n- Fog", "any@7-9(-@8 -@9)"),
    "a nested list without marks": ("Lamps are covered when all of the following are met:\n\n It is dark.\n It was seen by one of the following:\n\n A nurse.\n A clerk.", "all@7-13(@9 :any@10-13(@12 @13))"),
    "one row of letters over headings": ("Lamps are covered when ANY of the following are met:\n3.1 Night:\n  (a) no moon\n  (b) no star\n3.2 Fog:\n  (c) no sun", "any@7-12(3.1:any@8-10(a@9 b@10) 3.2:all@11-12(c@12))"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS.keys())
def test_what_opens_a_list_is_a_statement_with_its_criteria(text: str, expected: str, codeset: CodeSet) -> None:
    (statement,) = told(codeset, text).statements
    assert statement.criteria is not None
    assert shape(statement.criteria, root=True) == expected
    assert statement.last_line == statement.criteria.last_line


@pytest.mark.parametrize(
    ("heading", "op"),
    [("Requirements (Approval Criteria):", "all"), ("Indications (Usage Criteria):", "any"), ("Indication-specific Criteria", "unclear")],
)
def test_a_heading_that_names_criteria_opens_the_list_right_below_it(heading: str, op: str, codeset: CodeSet) -> None:
    policy = told(codeset, f"\n{heading}\n- It is dark\n- It is late")
    (statement,) = policy.statements
    assert statement.criteria is not None
    assert statement.criteria.op == op


def test_a_statement_ends_with_its_list_and_what_follows_takes_its_own_position(codeset: CodeSet) -> None:
    policy = told(
        codeset, "Lamps are covered for all of the following:\n\n Night.\n Fog.\n\nSecond lamps are generally not reasonable and necessary."
    )
    assert [(s.position, s.first_line, s.last_line) for s in policy.statements] == [(P.OTHER, 7, 10), (P.NOT_MEDICALLY_NECESSARY, 12, 12)]


@pytest.mark.parametrize(
    "words",
    [
        "It is wrong to bill for services that are not covered by this plan.",
        "The lamp may be renewed if deemed medically necessary by the plan.",
        "When services are covered as part of a benefit, the lamp is part of it.",
    ],
)
def test_a_condition_or_a_clause_about_others_takes_no_position(words: str) -> None:
    assert stated_position(words) is None


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("Lamps for pleasure remain non-covered.", P.OTHER),
        ("Lighting at noon is not a covered Medicare service.", P.OTHER),
        ("Lamps are reasonable and necessary at night.", P.MEDICALLY_NECESSARY),
        ("A lamp does not cover candles.", P.OTHER),
        ("Members may be eligible under the plan for lamps.", P.OTHER),
        ("A lamp meets primary coverage criteria at night.", P.OTHER),
        ("Supplies covered only when the lamp is lit.", P.OTHER),
    ],
)
def test_payers_own_words_for_what_is_paid_take_a_position(words: str, position: Position) -> None:
    stated = stated_position(words)
    assert stated is not None
    assert stated.position is position


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("The implant may", ("implant",)),
        ("Effective for services performed on and after February 21, 2006, open and laparoscopic lamp bypass (LLB)", ("laparoscopic lamp bypass",)),
        ("Under provisions of this policy, the following procedures", ()),
        ("Lamp therapy of the knee (CPT 73721)", ("lamp therapy",)),
    ],
)  # fmt: skip
def test_the_names_of_services_hold_no_words_around_them(subject: str, names: tuple[str, ...]) -> None:
    assert terms_in(subject, {}) == names


def test_a_heading_goes_on_in_a_row_of_letters(codeset: CodeSet) -> None:
    policy = told(
        codeset,
        "B. Covered Indications\nLamps are covered.\nC. Nationally Non-Covered Indications\nCandles are not covered.\nD. Other\nTorches.",
    )
    headed = [(s.kind, s.heading) for s in policy.sections if s.heading and s.heading[1] == "."]
    assert headed == [
        (SectionKind.POSITION, "B. Covered Indications"),
        (SectionKind.POSITION, "C. Nationally Non-Covered Indications"),
        (SectionKind.POSITION, "D. Other"),
    ]


def test_words_that_run_into_a_paragraph_open_no_section(codeset: CodeSet) -> None:
    policy = told(codeset, "Lamps are covered.\nHistory\n01/01/2020 New\nConditions Not Covered\n: the list was changed.")
    assert [s.kind for s in policy.sections] == [SectionKind.HEADER, SectionKind.POSITION, SectionKind.HISTORY]


def test_rows_of_a_history_by_month_or_with_the_day_last_are_rows(codeset: CodeSet) -> None:
    rows = "7 / 2021 Implementation\nChanged the lamps 6 / 2022\nAnnual | No changes. | 02/07/2024\nRevision"
    policy = told(codeset, f"Lamps are covered.\n\nHistory\n{rows}")
    assert [(r.status, str(r.day), r.action) for r in policy.history] == [
        (None, "None", "7 / 2021 Implementation"),
        (None, "None", "6 / 2022 Changed the lamps"),
        ("Annual Revision", "2024-02-07", "No changes."),
    ]
    assert [f.rule for f in policy.findings if f.rule == "date-unreadable"] == []


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("RETIRED Local Coverage Determination", "RETIRED"),
        ("Superseded", "Superseded"),
        ("HISTORY VERSION", "HISTORY VERSION"),
        ("The lamp was retired", "None"),
    ],
)
def test_a_stamp_on_the_version_is_its_status(line: str, status: str, codeset: CodeSet) -> None:
    assert str(told(codeset, "Lamps are covered.", f"{line}\nPolicy Number: A1\n").version.status) == status


def test_a_layout_that_nobody_knows_is_told_as_unsure_and_a_whole_header_is_not(codeset: CodeSet) -> None:
    text = "Coverage Criteria for Lamps\n\nCoverage\nLamps are covered.\n" + "Coverage of lamps is medically necessary.\n" * 6
    unsure = [f for f in read(text.encode(), "lamps.txt", codeset).findings if f.rule == "layout-unsure"]
    assert [(f.line, bool(f.hint)) for f in unsure] == [(1, True)]
    assert "layout-unsure" not in {f.rule for f in told(codeset, "Lamps are covered.").findings}


def test_the_heading_of_the_references_is_none_of_them(codeset: CodeSet) -> None:
    policy = told(codeset, "Lamps are covered.\n\n4. References:\n1. Cole M. Lamps. 2021.\n2. Boone T. Fog. 2020.")
    assert [reference.number for reference in policy.references] == [1, 2]


NAMED = {
    "items are the services": (
        "The following lamp procedures are not covered:\n\n Red lamps.\n Blue lamps (before June 2, 2012)\n Green lamps for night work.",
        ("red lamps", "blue lamps", "green lamps"),
    ),
    "numbered items": ("The following services are non-covered:\n1. Red lamps\n2. Blue lamps", ("red lamps", "blue lamps")),
    "a heading glued to its sentence": (
        "Repeat Lamp Procedures Repeat lamp surgery is not reasonable and necessary.",
        ("repeat lamp surgery",),
    ),
    "a title that is the service": ("Laparoscopic Lamp Removal for morbid glare is not covered.", ("laparoscopic lamp removal",)),
    "the service behind its conditions": (
        "Conditions for which lamp surgery is covered include the following:\n\n Night.\n Fog.",
        ("lamp surgery",),
    ),
    "words that point back": ("These lamps are only covered when it is dark and nobody sees them come.", ()),
}


@pytest.mark.parametrize(("text", "terms"), NAMED.values(), ids=NAMED.keys())
def test_a_position_names_its_services_and_nothing_else(text: str, terms: tuple[str, ...], codeset: CodeSet) -> None:
    (statement,) = told(codeset, text).statements
    assert statement.terms == terms


def test_what_must_be_necessary_is_asked_and_no_position() -> None:
    assert stated_position("Accessories must be medically necessary and reasonable") is None
    assert stated_position("The lamp must also be medically necessary") is None
    stated = stated_position("Red lamps are denied as not reasonable and necessary")
    assert stated is not None
    assert stated.position is P.NOT_MEDICALLY_NECESSARY


DENIED = {
    "numbered conditions": ("1. Use with another lamp. It should not be used so.\n2. Night blindness.", "any@8-10(1.@9 2.@10)"),
    "products of a sentence": ("- Lampocet\n- Lampomed\nis(are) considered unproven for ANY other use(s).", None),
}


@pytest.mark.parametrize(("below", "expected"), DENIED.values(), ids=DENIED.keys())
def test_conditions_under_a_heading_that_denies_them_are_reasons_against(below: str, expected: str | None, codeset: CodeSet) -> None:
    policy = told(codeset, f"Lamps are medically necessary at night.\nCONDITIONS NOT COVERED\n{below}")
    last = policy.statements[-1]
    assert (last.criteria and shape(last.criteria, root=True)) == expected
    assert last.position is (P.OTHER if expected else P.INVESTIGATIONAL)


@pytest.mark.parametrize(
    "words",
    [
        "Charges for the lamp are not eligible for separate reimbursement when reported with the visit.",
        "A lamp is not eligible as a distinct and separate service.",
        "Lamps are not separately payable.",
        "The lamp will be not reimbursed.",
    ],
)
def test_what_is_not_paid_for_is_a_position_of_its_own(words: str) -> None:
    stated = stated_position(words)
    assert stated is not None
    assert stated.position is P.OTHER
