"""Versions, reviews, lines of business: what stands in the way of relying on a policy, and what it does to the next step."""

from datetime import date

import pytest
from match_builders import CONFIRMED, DAY, Line, diagnosis_row, moving_pictures, policy, request, shelved

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import CautionCode, MatchReport, Relation, Suggestion
from ur_desk.domain.policy import CodeEntry, Shelved, StillCurrent
from ur_desk.domain.request import LineOfBusiness
from ur_desk.matching import match

REFER, CONFIRM = Suggestion.REFER, Suggestion.CONFIRM
SPINE = "Cineradiography of the lumbar spine"


def codes(report: MatchReport) -> set[str]:
    return {caution.code.value for caution in report.cautions} - {"listing_is_not_coverage"}


def message(report: MatchReport, code: CautionCode) -> str:
    (found,) = (caution.message for caution in report.cautions if caution.code is code)
    return found


DAYS = [
    (date(2017, 9, 26), CONFIRM, {"version_not_in_force"}),
    (date(2017, 9, 27), REFER, set()),
    (date(2018, 8, 3), REFER, set()),
    (date(2018, 8, 4), CONFIRM, {"review_overdue"}),
    (date(2021, 10, 1), CONFIRM, {"review_overdue", "header_code"}),
    (None, REFER, {"other"}),
]


@pytest.mark.parametrize(("day", "suggestion", "cautions"), DAYS, ids=[str(day) for day, _, _ in DAYS])
def test_the_day_of_service_decides_whether_the_version_can_be_relied_on(
    day: date | None, suggestion: Suggestion, cautions: set[str], codeset: CodeSet
) -> None:
    report = match(request(Line("76120", SPINE, day), dx="M54.5"), [shelved(moving_pictures())], codeset)
    assert (report.policies[0].relation, report.suggestion, codes(report)) == (Relation.APPLIES, suggestion, cautions)


def test_a_service_before_the_version_s_first_day_needs_an_older_version(codeset: CodeSet) -> None:
    report = match(request(Line(day=date(2017, 8, 1)), dx="M54.5"), [shelved(moving_pictures())], codeset)
    told = message(report, CautionCode.VERSION_NOT_IN_FORCE)
    assert "in force from 09/27/2017" in told
    assert "line 1" in told
    assert "08/01/2017" in told
    assert report.policies[0].version_note == "In force from 09/27/2017; the service is earlier."
    assert "history" in {section.kind for section in report.policies[0].sections}


def test_a_version_that_ended_or_says_no_day_is_not_relied_on(codeset: CodeSet) -> None:
    ended = match(request(Line(), dx="M54.5"), [shelved(moving_pictures(ends=date(2017, 10, 1)))], codeset)
    undated = match(request(Line(), dx="M54.5"), [shelved(moving_pictures(effective=None))], codeset)
    assert (ended.suggestion, codes(ended)) == (CONFIRM, {"version_not_in_force"})
    assert "ended on 10/01/2017" in message(ended, CautionCode.VERSION_NOT_IN_FORCE)
    assert (undated.suggestion, codes(undated)) == (CONFIRM, {"version_not_in_force"})
    assert undated.policies[0].effective is None


def test_that_somebody_found_it_still_current_lifts_an_overdue_review_but_not_a_start_in_the_future(codeset: CodeSet) -> None:
    looked = shelved(moving_pictures(), still_current=StillCurrent("the plan's policy site", date(2020, 3, 2), "a supervisor"))
    later = match(request(Line(day=date(2020, 1, 15)), dx="M54.9"), [looked], codeset)
    much_later = match(request(Line(day=date(2021, 3, 3)), dx="M54.9"), [looked], codeset)
    before = match(request(Line(day=date(2017, 1, 15)), dx="M54.9"), [looked], codeset)
    assert (later.suggestion, codes(later)) == (REFER, set())
    assert (much_later.suggestion, codes(much_later)) == (CONFIRM, {"review_overdue"})
    assert (before.suggestion, codes(before)) == (CONFIRM, {"version_not_in_force"})


def test_a_review_on_the_leap_day_is_overdue_from_the_second_of_march(codeset: CodeSet) -> None:
    library = [shelved(moving_pictures(effective=date(2016, 3, 1), last_review=date(2016, 2, 29)))]
    assert codes(match(request(Line(day=date(2017, 3, 1)), dx="M54.9"), library, codeset)) == set()
    assert codes(match(request(Line(day=date(2017, 3, 2)), dx="M54.9"), library, codeset)) == {"review_overdue"}


def test_where_no_review_is_told_none_is_overdue(codeset: CodeSet) -> None:
    report = match(request(Line(day=date(2030, 1, 1)), dx="M54.9"), [shelved(moving_pictures(last_review=None))], codeset)
    assert "review_overdue" not in codes(report)


OLD = shelved(moving_pictures(effective=date(2016, 10, 1), last_review=date(2016, 8, 4)))
NEW = shelved(moving_pictures())


def test_each_line_is_judged_by_its_own_first_day_and_both_versions_stand_in_the_report(codeset: CodeSet) -> None:
    two = request(Line("76120", SPINE, date(2017, 7, 3)), Line("76125", SPINE, DAY), dx="M54.5")
    report = match(two, [NEW, OLD], codeset)
    assert [policy.effective for policy in report.policies] == [date(2016, 10, 1), date(2017, 9, 27)]
    assert [{hit.service_line for hit in policy.hits} - {None} for policy in report.policies] == [{1}, {2}]
    assert all("more than one version" in (policy.version_note or "") for policy in report.policies)
    assert [service.suggestion for service in report.services] == [REFER, REFER]
    assert [service.policies for service in report.services] == [("IMG.00100",), ("IMG.00100",)]
    assert codes(report) == set()


def test_one_version_stands_alone_where_all_days_fall_under_it(codeset: CodeSet) -> None:
    report = match(request(Line(day=DAY), Line("76125", day=date(2017, 11, 1)), dx="M54.5"), [OLD, NEW], codeset)
    assert [policy.effective for policy in report.policies] == [date(2017, 9, 27)]


def test_a_line_that_runs_over_a_change_is_judged_by_its_first_day_and_shows_the_later_version_too(codeset: CodeSet) -> None:
    report = match(request(Line("76120", SPINE, date(2017, 9, 20), date(2017, 10, 2)), dx="M54.5"), [OLD, NEW], codeset)
    by_start = {policy.effective: policy for policy in report.policies}
    assert set(by_start) == {date(2016, 10, 1), date(2017, 9, 27)}
    assert "later days" in (by_start[date(2017, 9, 27)].version_note or "")
    assert report.suggestion is CONFIRM  # the older version was reviewed 08/04/2016, more than a year before
    assert codes(report) == {"review_overdue"}


def test_without_a_day_the_newest_version_is_shown_and_the_desk_says_so(codeset: CodeSet) -> None:
    report = match(request(Line(day=None), dx="M54.5"), [OLD, NEW], codeset)
    assert [policy.effective for policy in report.policies] == [date(2017, 9, 27)]
    assert "no day of service" in message(report, CautionCode.OTHER)


def test_the_payer_s_document_replaces_its_abstract_and_the_two_never_stand_side_by_side(codeset: CodeSet) -> None:
    abstract, document = Shelved(moving_pictures(abstract=True)), Shelved(moving_pictures())
    asked = request(Line(), dx="M54.5")
    alone = match(asked, [abstract], codeset)
    both = match(asked, [document, abstract], codeset)
    assert codes(alone) == {"abstract_only"}
    assert codes(both) == {"policy_unconfirmed"}
    assert [policy.text for policy in both.policies] == [document.policy.text.sha256]
    undated = Shelved(moving_pictures(effective=None))
    assert [policy.text for policy in match(asked, [abstract, undated], codeset).policies] == [undated.policy.text.sha256]


def test_neither_an_abstract_nor_an_unconfirmed_text_changes_the_suggestion(codeset: CodeSet) -> None:
    for item in (Shelved(moving_pictures(abstract=True)), Shelved(moving_pictures())):
        assert match(request(Line(), dx="M54.5"), [item], codeset).suggestion is REFER


def test_a_confirmed_reading_of_one_version_goes_before_an_unconfirmed_one(codeset: CodeSet) -> None:
    plain = Shelved(moving_pictures())
    confirmed = Shelved(moving_pictures(), confirmed=CONFIRMED)
    for library in ([plain, confirmed], [confirmed, plain]):
        assert codes(match(request(Line(), dx="M54.5"), library, codeset)) == set()


BUSINESS = [
    (LineOfBusiness.COMMERCIAL_INSURED, None, None, REFER),
    (LineOfBusiness.ERISA_SELF_FUNDED, None, None, REFER),
    (LineOfBusiness.QHP_FFE, None, None, REFER),
    (LineOfBusiness.GOVERNMENT_SELF_FUNDED, None, None, REFER),
    (LineOfBusiness.MEDICARE_ADVANTAGE, None, "national and local", CONFIRM),
    (LineOfBusiness.MEDICAID_MANAGED_CARE, None, "EPSDT", CONFIRM),
    (LineOfBusiness.MEDICAID_FFS, None, "EPSDT", CONFIRM),
    (LineOfBusiness.CHIP_MANAGED_CARE, None, "CHIP", CONFIRM),
    (LineOfBusiness.FEHB, None, "brochure", CONFIRM),
    (LineOfBusiness.DSNP_INTEGRATED, None, "dual", CONFIRM),
    (LineOfBusiness.OTHER, None, "Find out", CONFIRM),
    (None, None, "not known", CONFIRM),
    (LineOfBusiness.MEDICARE_ADVANTAGE, ("medicare_advantage",), None, REFER),
    (LineOfBusiness.MEDICAID_MANAGED_CARE, ("medicaid_managed_care:NC",), "other lines of business", CONFIRM),
    (LineOfBusiness.MEDICAID_MANAGED_CARE, ("medicaid_managed_care:IN",), None, REFER),
    (LineOfBusiness.COMMERCIAL_INSURED, ("medicare_advantage",), "other lines of business", CONFIRM),
    (LineOfBusiness.COMMERCIAL_INSURED, ("commercial_insured", "fehb"), None, REFER),
    (None, ("commercial_insured",), "not known", CONFIRM),
]


@pytest.mark.parametrize(("business", "adopted", "says", "suggestion"), BUSINESS)
def test_a_line_of_business_with_rules_of_its_own_asks_whether_the_plan_adopted_the_policy(
    business: LineOfBusiness | None, adopted: tuple[str, ...] | None, says: str | None, suggestion: Suggestion, codeset: CodeSet
) -> None:
    library = [shelved(moving_pictures(), applies_to=adopted)]
    report = match(request(Line(words=SPINE), dx="M54.5", business=business, state="IN"), library, codeset)
    assert report.suggestion is suggestion
    if says is None:
        assert codes(report) == set()
    else:
        assert says in message(report, CautionCode.LINE_OF_BUSINESS_UNCONFIRMED)


def test_a_policy_that_only_a_diagnosis_touches_raises_no_question_about_versions(codeset: CodeSet) -> None:
    asked = request(Line("72148", "MRI of the lumbar spine", date(2026, 1, 5)), dx="M54.9", business=None)
    report = match(asked, [shelved(moving_pictures())], codeset)
    assert report.policies[0].relation is Relation.RELATED
    assert codes(report) == set()
    assert report.services[0].policies == ()


def test_what_another_version_lists_or_mentions_does_not_count_for_this_day(codeset: CodeSet) -> None:
    older = policy("AGE.1", codes=[CodeEntry(System.CPT, "97110", None, 2, "97110"), diagnosis_row("I10", 3)], effective=date(2015, 1, 1))
    newer = policy("AGE.1", lines=("Policy", "Nothing but 97112."), effective=date(2017, 1, 1))
    library = [shelved(older), shelved(newer)]
    before = match(request(Line("97110", day=date(2016, 5, 5)), Line("97112", day=date(2016, 5, 5)), dx="I10"), library, codeset)
    after = match(request(Line("97110"), Line("97112"), dx="I10"), library, codeset)
    assert [row.result.value for row in before.codes] == ["listed", "not_listed", "listed"]
    assert [row.result.value for row in after.codes] == ["not_listed", "mentioned", "not_listed"]
    assert [found.effective for found in after.policies] == [date(2017, 1, 1)]
