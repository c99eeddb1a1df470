"""Who may not decide an appeal."""

from dataclasses import replace

import pytest
from builders import LINDQVIST, OSEI
from hypothesis import given
from hypothesis import strategies as st
from signers import Waiting, denial

from ur_desk.domain.independence import Bar, above, bar, check_reporting, first_reviewers
from ur_desk.domain.people import AccountId
from ur_desk.errors import UserError

CHIEF, HEAD, OTHER = AccountId("chief"), AccountId("head"), AccountId("other")


def test_whoever_decided_a_line_is_barred_and_so_is_everybody_below_them() -> None:
    story = Waiting()
    story.tell(denial())
    earlier = (story.case,)
    assert first_reviewers(earlier) == {OSEI.id}
    assert bar(OSEI.id, earlier, {}) is Bar.DECIDED
    assert bar(OTHER, earlier, {}) is None
    assert bar(OTHER, earlier, {OTHER: OSEI.id}) is Bar.REPORTS
    assert bar(OTHER, earlier, {OTHER: HEAD, HEAD: OSEI.id}) is Bar.REPORTS
    assert bar(CHIEF, earlier, {OSEI.id: CHIEF}) is None, "to whom the first reviewer reports is not below them"
    assert bar(LINDQVIST.id, earlier, {}) is None, "who prepared the case decided nothing"


def test_nobody_reports_to_themselves_in_a_circle_or_to_a_retired_account() -> None:
    reports = {OSEI.id: HEAD}
    check_reporting(LINDQVIST, OSEI, reports)
    check_reporting(LINDQVIST, None, reports)
    with pytest.raises(UserError, match="in a circle"):
        check_reporting(OSEI, OSEI, {})
    with pytest.raises(UserError, match="in a circle"):
        check_reporting(OSEI, LINDQVIST, {LINDQVIST.id: OSEI.id})
    with pytest.raises(UserError, match="retired"):
        check_reporting(LINDQVIST, replace(OSEI, retired=True), {})


@given(st.dictionaries(st.sampled_from("abcdef").map(AccountId), st.sampled_from("abcdef").map(AccountId)))
def test_the_way_up_ends_however_the_lines_run(reports: dict[AccountId, AccountId]) -> None:
    for each in reports:
        told = above(each, reports)
        assert len(told) == len(set(told)) <= 6
        assert told[0] == reports[each]
