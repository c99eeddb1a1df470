"""A row for every code of the request: what it is, where it stands, and what that means."""

from dataclasses import replace
from datetime import date

import pytest
from match_builders import Line, diagnosis_row, moving_pictures, policy, request, shelved, statement

from ur_desk.domain.codes import CodeSet, System, Validity
from ur_desk.domain.findings import CautionCode, CodeResult, CodeRow, HitResult, MatchReport, Relation, Suggestion
from ur_desk.domain.policy import CodeEntry, EntryState, Policy
from ur_desk.domain.request import Diagnosis, Request
from ur_desk.matching import match


def row(report: MatchReport, code: str) -> CodeRow:
    (found,) = (each for each in report.codes if each.code == code)
    return found


def find(asked: Request, codeset: CodeSet, *made: Policy) -> MatchReport:
    return match(asked, [shelved(each) for each in made or (moving_pictures(),)], codeset)


def cautions(report: MatchReport) -> set[CautionCode]:
    return {caution.code for caution in report.cautions}


def test_every_code_has_one_row_procedures_first_also_where_it_stands_twice(codeset: CodeSet) -> None:
    asked = request(Line("76120"), Line("97110"), Line("76120", "again"), dx="M54.5 G89.29 m545")
    assert [each.code for each in find(asked, codeset).codes] == ["76120", "97110", "M54.5", "G89.29"]


def test_a_row_says_where_the_code_stands_and_what_it_means(codeset: CodeSet) -> None:
    report = find(request(Line("76120", "Cineradiography of the lumbar spine"), Line("97110"), dx="M54.5 G89.29"), codeset)
    assert row(report, "76120").note == "Listed in IMG.00100, line 10."
    assert row(report, "M54.5").note == "In M54.00–M54.9 of IMG.00100, line 25."
    assert row(report, "M54.5").description == codeset.description("M54.5")
    assert row(report, "97110").note == "No policy in the library lists it."
    assert "changes nothing about the position" in (row(report, "G89.29").note or "")


def test_a_listed_diagnosis_alone_is_no_match_and_says_so(codeset: CodeSet) -> None:
    report = find(request(Line("72148", "MRI of the lumbar spine"), dx="M54.5"), codeset)
    assert (row(report, "M54.5").result, report.suggestion) == (CodeResult.LISTED, Suggestion.NO_POLICY)
    assert (row(report, "M54.5").note or "").endswith("A diagnosis alone is no match.")


HEADERS = [
    (date(2017, 10, 12), CodeResult.LISTED, Validity.VALID, HitResult.LISTED),
    (date(2021, 9, 30), CodeResult.LISTED, Validity.VALID, HitResult.LISTED),
    (date(2021, 10, 1), CodeResult.HEADER, Validity.HEADER, HitResult.HEADER),
    (date(2026, 5, 1), CodeResult.HEADER, Validity.HEADER, HitResult.HEADER),
    (None, CodeResult.LISTED, Validity.UNKNOWN, HitResult.LISTED),
]


@pytest.mark.parametrize(("day", "result", "validity", "hit"), HEADERS)
def test_a_code_is_judged_as_of_the_day_of_service(
    day: date | None, result: CodeResult, validity: Validity, hit: HitResult, codeset: CodeSet
) -> None:
    report = find(request(Line(day=day), dx="M54.5"), codeset)
    told = row(report, "M54.5")
    assert (told.result, told.validity) == (result, validity)
    assert [each.result for each in report.policies[0].hits if each.value == "M54.5"] == [hit]
    assert (CautionCode.HEADER_CODE in cautions(report)) == (validity is Validity.HEADER)
    # a category whose codes the row holds all of still ties the request to the spine
    assert report.policies[0].relation is Relation.APPLIES


@pytest.mark.parametrize("code", ["M54", "M54.4", "S13.4", "M80", "M80.08"])
def test_a_category_with_listed_codes_below_it_is_a_header(code: str, codeset: CodeSet) -> None:
    report = find(request(Line(), dx=code), codeset)
    assert row(report, code).result is CodeResult.HEADER
    assert CautionCode.HEADER_CODE in cautions(report)
    assert CautionCode.DIAGNOSIS_NOT_LISTED not in cautions(report)


def test_without_a_day_what_a_range_holds_is_listed_and_what_only_begins_one_is_a_header(codeset: CodeSet) -> None:
    report = find(request(Line(day=None), dx="M54.4 M54"), codeset)
    assert (row(report, "M54.4").result, row(report, "M54").result) == (CodeResult.LISTED, CodeResult.HEADER)


def test_a_category_that_the_list_holds_only_in_part_does_not_tie(codeset: CodeSet) -> None:
    assert find(request(Line(), dx="M80"), codeset).policies[0].relation is Relation.CONFIRM_SCOPE
    assert find(request(Line(), dx="M54.4"), codeset).policies[0].relation is Relation.APPLIES


def test_a_category_without_listed_codes_is_not_listed_and_still_no_code(codeset: CodeSet) -> None:
    report = find(request(Line(), dx="J45"), codeset)
    assert (row(report, "J45").result, row(report, "J45").validity) == (CodeResult.NOT_LISTED, Validity.HEADER)
    assert "A category on 10/12/2017, not a code." in (row(report, "J45").note or "")


def test_a_code_that_changes_before_a_later_line_says_so(codeset: CodeSet) -> None:
    report = find(request(Line(day=date(2021, 9, 20)), Line("76125", day=date(2021, 10, 4)), dx="M54.5"), codeset)
    assert "On 10/04/2021 it is a category." in (row(report, "M54.5").note or "")


def test_a_code_of_another_year_is_listed_and_asks(codeset: CodeSet) -> None:
    report = find(request(Line(), dx="M54.50"), codeset)
    assert (row(report, "M54.50").result, row(report, "M54.50").validity) == (CodeResult.LISTED, Validity.NOT_YET_VALID)
    assert any("not yet valid on 10/12/2017" in caution.message for caution in report.cautions)


def test_after_the_newest_table_its_date_is_shown(codeset: CodeSet) -> None:
    late = date(codeset.vintage.year + 2, 1, 5)
    assert f"{codeset.vintage:%m/%d/%Y}" in (row(find(request(Line(day=late), dx="M54.2"), codeset), "M54.2").note or "")
    assert "newest table" not in (row(find(request(Line(), dx="M54.2"), codeset), "M54.2").note or "")


SUSPECT = [
    ("S13.4XXA", CodeResult.LISTED, True),
    ("S13.4XXS", CodeResult.LISTED, True),
    ("S13.9XXA", CodeResult.SUSPECT, True),
    ("S20.00XA", CodeResult.SUSPECT, True),
    ("S43.401A", CodeResult.SUSPECT, True),
    ("S43.492S", CodeResult.SUSPECT, True),
    ("S43.50XA", CodeResult.NOT_LISTED, False),
    ("S22.000A", CodeResult.LISTED, False),
    ("S23.3XXA", CodeResult.LISTED, False),
    ("S32.000A", CodeResult.LISTED, False),
    ("S13.29XA", CodeResult.LISTED, False),
]


@pytest.mark.parametrize(("code", "result", "asks"), SUSPECT)
def test_codes_that_only_the_misprinted_range_holds_are_suspect(code: str, result: CodeResult, asks: bool, codeset: CodeSet) -> None:
    report = find(request(Line(), dx=code), codeset)
    assert row(report, code).result is result
    doubts = [caution for caution in report.cautions if caution.code is CautionCode.SUSPECT_RANGE]
    assert bool(doubts) == asks
    for caution in doubts:
        assert "S13.4XXA–S43.4XXS" in caution.message
        assert code in caution.message
        assert (caution.policy, caution.line) == ("IMG.00100", 37)
    expected = {CodeResult.LISTED: Relation.APPLIES}.get(result, Relation.CONFIRM_SCOPE)
    assert report.policies[0].relation is expected


def test_a_range_printed_backwards_lists_nothing_for_sure(codeset: CodeSet) -> None:
    entry = replace(diagnosis_row("M54.5-M54.4", 3), state=EntryState.SUSPECT)
    made = policy("X.1", [statement("Care of the spine", "spinal care")], [CodeEntry(System.CPT, "97110", None, 3, "97110"), entry])
    for code in ("M54.41", "M54.5"):
        assert row(find(request(Line("97110"), dx=code), codeset, made), code).result in (CodeResult.SUSPECT, CodeResult.LISTED)
    assert row(find(request(Line("97110"), dx="M54.41"), codeset, made), "M54.41").result is CodeResult.SUSPECT


def test_an_end_without_the_shape_of_a_code_widens_nothing(codeset: CodeSet) -> None:
    entry = replace(diagnosis_row("M54.5-M54.99999", 3), state=EntryState.SUSPECT)
    report = find(request(Line("97110"), dx="M54.6 Z00.00"), codeset, policy("X.1", [], [entry]))
    assert [each.result for each in report.codes[1:]] == [CodeResult.NOT_LISTED, CodeResult.NOT_LISTED]


def test_a_single_listed_category_holds_the_codes_below_it(codeset: CodeSet) -> None:
    report = find(request(Line("97110"), dx="M54.50"), codeset, policy("X.1", [], [diagnosis_row("M54.5", 2)]))
    assert row(report, "M54.50").result is CodeResult.LISTED


@pytest.mark.parametrize("code", ["M54.5X", "ZZZ", "S43.4XXS", "M54.55555"])
def test_a_code_that_does_not_exist_is_kept_as_it_came(code: str, codeset: CodeSet) -> None:
    report = find(request(Line(), dx=code), codeset)
    assert (row(report, code).result, row(report, code).validity) == (CodeResult.INVALID, Validity.UNKNOWN)
    assert CautionCode.INVALID_CODE in cautions(report)


def test_an_icd9_code_is_told_by_its_system_or_by_its_shape(codeset: CodeSet) -> None:
    by_system = replace(request(Line()), diagnoses=(Diagnosis("724.2", System.ICD9CM),))
    told = find(by_system, codeset)
    assert (row(told, "724.2").result, cautions(told) & {CautionCode.ICD9_CODE, CautionCode.INVALID_CODE}) == (
        CodeResult.NOT_LISTED,
        {CautionCode.ICD9_CODE},
    )
    guessed = find(request(Line(), dx="724.2"), codeset)
    assert row(guessed, "724.2").result is CodeResult.INVALID
    assert {CautionCode.ICD9_CODE, CautionCode.INVALID_CODE} <= cautions(guessed)


def test_icd9_codes_are_compared_with_icd9_lists_only(codeset: CodeSet) -> None:
    made = policy("X.1", [], [CodeEntry(System.ICD9CM, "720.0", "724.9", 2, "720.0-724.9")])
    asked = replace(request(Line("97110")), diagnoses=(Diagnosis("724.2", System.ICD9CM), Diagnosis("M54.5")))
    assert [each.result for each in find(asked, codeset, made).codes] == [CodeResult.NOT_LISTED, CodeResult.LISTED, CodeResult.NOT_LISTED]


@pytest.mark.parametrize("system", [System.SERVICE_TYPE, System.REVENUE, System.NDC, System.ICD10PCS, System.OTHER])
def test_a_code_of_another_system_is_not_compared_with_procedure_codes(system: System, codeset: CodeSet) -> None:
    report = find(request(Line("76120", system=system), dx="M54.5"), codeset)
    told = report.codes[0]
    assert (told.code, told.system) == ("76120", system)
    assert told.result in (CodeResult.NOT_LISTED, CodeResult.INVALID)
    assert report.policies[0].relation is Relation.RELATED


def test_hcpcs_and_cpt_are_one_space_and_told_apart_by_shape(codeset: CodeSet) -> None:
    for system in (None, System.CPT, System.HCPCS):
        told = find(request(Line("76120", system=system), dx="M54.5"), codeset).codes[0]
        assert (told.system, told.result) == (System.CPT, CodeResult.LISTED)


def test_a_procedure_code_without_the_shape_of_its_system_is_invalid(codeset: CodeSet) -> None:
    report = find(request(Line("7612", system=System.CPT), dx="M54.5"), codeset)
    assert report.codes[0].result is CodeResult.INVALID
    assert CautionCode.INVALID_CODE in cautions(report)


def test_ranges_of_procedures_keep_the_shapes_apart(codeset: CodeSet) -> None:
    made = policy(
        "X.1", [], [CodeEntry(System.CPT, "97110", "97150", 2, "97110-97150"), CodeEntry(System.CPT, "0100T", "0200T", 3, "0100T-0200T")]
    )
    listed = {
        code: find(request(Line(code)), codeset, made).codes[0].result for code in ("97112", "97151", "0150T", "0201T", "01500", "9711T")
    }
    yes, no = CodeResult.LISTED, CodeResult.NOT_LISTED
    assert listed == {"97112": yes, "97151": no, "0150T": yes, "0201T": no, "01500": no, "9711T": no}


def test_a_range_of_procedures_has_a_row_for_each_end_and_one_for_the_whole(codeset: CodeSet) -> None:
    report = find(request(Line("76100", code_to="76130"), dx="M54.5"), codeset)
    told = {each.code: each.result for each in report.codes[:3]}
    assert told == {"76100": CodeResult.NOT_LISTED, "76130": CodeResult.NOT_LISTED, "76100–76130": CodeResult.LISTED}
    assert report.policies[0].relation is Relation.APPLIES
    assert {hit.entry for hit in report.policies[0].hits if hit.service_line} == {"76120", "76125"}
    none = find(request(Line("99201", code_to="99205"), dx="Z00.00"), codeset)
    assert {each.result for each in none.codes} == {CodeResult.NOT_LISTED}


def test_a_code_in_the_text_only_is_mentioned_where_it_first_stands(codeset: CodeSet) -> None:
    report = find(request(Line("0123T"), dx="Z00.00"), codeset)
    assert row(report, "0123T").result is CodeResult.MENTIONED
    (found,) = report.policies
    assert (found.relation, [(hit.result, hit.line) for hit in found.hits]) == (Relation.RELATED, [(HitResult.MENTIONED, 9)])


@pytest.mark.parametrize("text", ["costs $76000 a year", "see page 12,76000", "zip 76000-1234", "no. 1976000", "76000.5 mg"])
def test_numbers_that_are_no_codes_are_not_taken_for_mentions(text: str, codeset: CodeSet) -> None:
    made = policy("X.1", lines=("Policy", text))
    assert find(request(Line("76000")), codeset, made).codes[0].result is CodeResult.NOT_LISTED


def test_a_listed_code_is_listed_over_all_policies_even_where_another_only_mentions_it(codeset: CodeSet) -> None:
    mentions = policy("A.1", lines=("Policy", "Not used together with 76120."))
    more = policy("Z.1", [], [CodeEntry(System.CPT, "76120", None, 2, "76120")])
    report = find(request(Line(), dx="M54.5"), codeset, mentions, moving_pictures(), more)
    assert row(report, "76120").result is CodeResult.LISTED
    assert "Also listed in one other policy" in (row(report, "76120").note or "")
    assert [each.id for each in report.policies] == ["IMG.00100", "Z.1", "A.1"]


def test_the_row_of_a_conditional_code_names_its_condition(codeset: CodeSet) -> None:
    missing = find(request(Line("76496"), dx="M54.5"), codeset)
    assert "only when specified as videofluoroscopy" in (row(missing, "76496").note or "")
    shown = find(request(Line("76496", "Videofluoroscopy of the spine"), dx="M54.5"), codeset)
    assert row(shown, "76496").result is CodeResult.LISTED
    (hit,) = (each for each in shown.policies[0].hits if each.value == "76496")
    assert (hit.condition, hit.condition_shown) == ("when specified as videofluoroscopy", True)


def test_the_row_of_a_swallow_study_says_that_the_words_name_the_pharynx(codeset: CodeSet) -> None:
    report = find(request(Line("76120", "Swallow study"), dx="R13.12 M48.12"), codeset)
    assert (row(report, "76120").note or "").endswith("The words on line 1 name the pharynx.")
    assert report.policies[0].hits[0].why == "76120 on line 1; the words name the pharynx"
    (question,) = (caution.message for caution in report.cautions if caution.code is CautionCode.SCOPE_UNCONFIRMED)
    assert "pharynx (“Swallow study”)" in question
    assert "about the spine" in question


ADD_ONS = [
    ((Line("76125"),), True),
    ((Line("76125"), Line("76125")), True),
    ((Line("76125"), Line("72100")), False),
    ((Line("76120"), Line("76125")), False),
    ((Line("76120"),), False),
]


@pytest.mark.parametrize(("lines", "asks"), ADD_ONS)
def test_an_add_on_alone_asks_and_changes_nothing_else(lines: tuple[Line, ...], asks: bool, codeset: CodeSet) -> None:
    report = find(request(*lines, dx="M54.5"), codeset)
    assert any("add-on" in caution.message for caution in report.cautions if caution.code is CautionCode.OTHER) == asks
    assert (report.policies[0].relation, report.suggestion) == (Relation.APPLIES, Suggestion.REFER)


def test_the_ends_of_a_range_of_procedures_are_told_by_themselves(codeset: CodeSet) -> None:
    report = find(request(Line("76120", code_to="76496"), dx="M54.5"), codeset)
    assert {each.code: each.result for each in report.codes[:3]} == {
        "76120": CodeResult.LISTED,
        "76496": CodeResult.CONDITIONAL,
        "76120–76496": CodeResult.LISTED,
    }


def test_a_diagnosis_in_the_text_only_is_mentioned(codeset: CodeSet) -> None:
    report = find(request(Line("97110"), dx="I10 E11.9"), codeset, policy("X.1", lines=("Policy", "Also seen with E11.9.")))
    assert [each.result for each in report.codes[1:]] == [CodeResult.NOT_LISTED, CodeResult.MENTIONED]
    assert [(hit.result, hit.line) for hit in report.policies[0].hits] == [(HitResult.MENTIONED, 2)]


def test_a_diagnosis_of_another_system_is_kept_and_compared_with_nothing(codeset: CodeSet) -> None:
    asked = replace(request(Line()), diagnoses=(Diagnosis("279039007", System.SNOMED),))
    told = row(find(asked, codeset), "279039007")
    assert (told.result, told.validity) == (CodeResult.NOT_LISTED, Validity.NOT_CHECKED)
    assert (told.note or "").startswith("SNOMED-CT: not compared")


def test_a_suspect_row_whose_beginning_is_no_code_lists_nothing_for_sure(codeset: CodeSet) -> None:
    entry = replace(diagnosis_row("M54.49-M54.9", 3), state=EntryState.SUSPECT)
    assert row(find(request(Line("97110"), dx="M54.5"), codeset, policy("X.1", [], [entry])), "M54.5").result is CodeResult.SUSPECT
