"""Which version judges a request: by the day of service or of processing, with future, ended and undated ones about."""

from datetime import date

import pytest
from match_builders import DAY, Line, moving_pictures, request, shelved

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import MatchReport
from ur_desk.domain.library.versions import VersionRule
from ur_desk.matching import Choosing, match

OLD = shelved(moving_pictures(effective=date(2016, 10, 1), last_review=date(2017, 8, 4)))
NEW = shelved(moving_pictures())
UNDATED = shelved(moving_pictures(effective=None))


def processing(day: date) -> Choosing:
    return Choosing(VersionRule.PROCESSING, day)


def told(report: MatchReport) -> list[date | None]:
    return [policy.effective for policy in report.policies]


def codes(report: MatchReport) -> set[str]:
    return {caution.code.value for caution in report.cautions}


@pytest.mark.parametrize("today", [date(2017, 8, 1), date(2017, 10, 1), None])
def test_a_future_version_is_not_matched_for_a_service_before_its_day(codeset: CodeSet, today: date | None) -> None:
    report = match(request(Line(day=date(2017, 8, 1)), dx="M54.5"), [OLD, NEW], codeset, Choosing(today=today))
    assert told(report) == [date(2016, 10, 1)]
    assert "version_not_in_force" not in codes(report)


def test_by_the_day_of_processing_the_newer_version_judges_an_older_service_and_says_so(codeset: CodeSet) -> None:
    service = request(Line(day=date(2017, 8, 1)), dx="M54.5")
    report = match(service, [OLD, NEW], codeset, processing(date(2017, 10, 9)))
    assert told(report) == [date(2017, 9, 27)]
    assert "version_not_in_force" not in codes(report)
    note = report.policies[0].version_note or ""
    assert "day of processing (10/09/2017)" in note
    assert "10/01/2016" in note
    before = match(service, [OLD, NEW], codeset, processing(date(2017, 9, 1)))
    assert told(before) == [date(2016, 10, 1)]
    assert before.policies[0].version_note is None


def test_by_the_day_of_processing_a_version_that_is_not_in_force_then_is_told(codeset: CodeSet) -> None:
    report = match(request(Line(day=DAY), dx="M54.5"), [NEW], codeset, processing(date(2017, 9, 1)))
    assert "version_not_in_force" in codes(report)
    assert any("after the day of processing (09/01/2017)" in caution.message for caution in report.cautions)
    ended = shelved(moving_pictures(ends=date(2017, 12, 31)))
    late = match(request(Line(day=DAY), dx="M54.5"), [ended], codeset, processing(date(2018, 2, 1)))
    assert any("before the day of processing" in caution.message for caution in late.cautions)


def test_by_the_day_of_processing_a_line_over_a_change_falls_under_one_version(codeset: CodeSet) -> None:
    long = request(Line("76120", "moving pictures of the spine", date(2017, 9, 20), date(2017, 10, 2)), dx="M54.5")
    assert told(match(long, [OLD, NEW], codeset, processing(date(2017, 9, 25)))) == [date(2016, 10, 1)]


def test_a_version_without_a_first_day_comes_before_one_that_is_not_in_force_yet_and_asks(codeset: CodeSet) -> None:
    report = match(request(Line(day=date(2017, 8, 1)), dx="M54.5"), [UNDATED, NEW], codeset)
    assert told(report) == [None]
    assert any("does not say from when" in caution.message for caution in report.cautions)
    assert told(match(request(Line(day=DAY), dx="M54.5"), [UNDATED, NEW], codeset)) == [date(2017, 9, 27)]


def test_without_a_day_of_service_no_future_version_is_taken(codeset: CodeSet) -> None:
    undated_request = request(Line(day=None), dx="M54.5")
    assert told(match(undated_request, [OLD, NEW], codeset, Choosing(today=date(2017, 8, 1)))) == [date(2016, 10, 1)]
    assert told(match(undated_request, [OLD, NEW], codeset, Choosing(today=date(2018, 8, 1)))) == [date(2017, 9, 27)]
