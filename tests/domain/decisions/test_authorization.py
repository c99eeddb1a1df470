"""Authorization numbers: the plan's own, or one of the workspace's series that is never given twice; and the entry in claims."""

import string
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import OSEI
from hypothesis import given
from hypothesis import strategies as st
from outcome_story import CITED, CLERK, NURSE, SUPERVISOR, Story, approval, voided

from ur_desk.domain import events as ev
from ur_desk.domain.decisions.authorization import MOST_OF_A_CASE, check_digit, is_of_series, series_number, to_enter
from ur_desk.domain.decisions.outcomes import Cause
from ur_desk.domain.determination import Reason, Workflow
from ur_desk.domain.telling import tell
from ur_desk.errors import UserError

BODIES = st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=20)


@given(BODIES, st.data())
def test_every_wrong_digit_gives_another_check_digit(body: str, data: st.DataObject) -> None:
    digits = [n for n, c in enumerate(body) if c.isdigit()]
    if not digits:
        return
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in string.digits if d != body[place]]))
    assert check_digit(body[:place] + other + body[place + 1 :]) != check_digit(body)


@given(st.text(string.digits, min_size=2, max_size=20), st.data())
def test_two_neighbours_that_changed_places_give_another_check_digit(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 2))
    turned = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert turned == body or check_digit(turned) != check_digit(body)


def test_a_check_digit_is_of_digits_and_capital_letters_only() -> None:
    assert check_digit("572") == "4"  # the example in the description of Damm's algorithm
    for wrong in ("u1", "U-1", "Ü1", "١"):
        with pytest.raises(ValueError, match="capital letters"):
            check_digit(wrong)


CASES = st.builds(lambda year, place: f"UR-{year}-{place:06d}", st.integers(2000, 2999), st.integers(1, 2_000_000))
PREFIXES = st.text(string.ascii_uppercase, min_size=1, max_size=4)
PLACES = st.integers(1, MOST_OF_A_CASE)


@given(PREFIXES, CASES, PLACES, PREFIXES, CASES, PLACES)
def test_no_two_places_share_a_number(p1: str, c1: str, n1: int, p2: str, c2: str, n2: int) -> None:
    same = (p1, c1, n1) == (p2, c2, n2)
    assert (series_number(p1, c1, n1) == series_number(p2, c2, n2)) is same
    assert is_of_series(series_number(p1, c1, n1), p1)
    assert is_of_series(f" {series_number(p1, c1, n1).lower()} ", p1)


def test_a_number_with_a_wrong_check_digit_or_another_beginning_is_none_of_the_series() -> None:
    number = series_number("UR", "UR-2017-000004", 1)
    assert number.startswith("UR201700000401")
    wrong = str((int(number[-1]) + 1) % 10)
    for other in (number[:-1] + wrong, "AB" + number[2:], "AUTH-55120", "", "UR", "UR12"):
        assert not is_of_series(other, "UR")


def test_a_number_of_the_series_is_the_next_one_and_never_given_again_once_taken_back() -> None:
    story = Story().approved(2)
    first = story.next_number(2)
    case = story.tell(first, NURSE)
    assert case.line(2).authorization is not None
    assert case.line(2).authorization.number == first.number
    story.tell(ev.Undone(story.events[-1].id), NURSE)
    with pytest.raises(UserError, match="not the next one"):
        story.tell(first, NURSE)
    second = story.next_number(2)
    assert second.number != first.number
    story.tell(second, NURSE)
    story.tell(voided(2), SUPERVISOR)
    assert story.next_number(1).number not in (first.number, second.number)


def test_a_case_has_so_many_numbers_and_then_takes_the_plans_own() -> None:
    assert series_number("UR", "UR-2017-000004", MOST_OF_A_CASE)
    with pytest.raises(UserError, match="used up"):
        series_number("UR", "UR-2017-000004", MOST_OF_A_CASE + 1)


def test_the_plans_own_number_is_kept_as_typed_and_none_of_the_series_is_typed() -> None:
    story = Story().approved(2)
    for wrong, words in (
        ("", "the number"),
        (" A1", "letters, digits"),
        ("A" * 51, "at most 50"),
        ("No\n1", "letters"),
        ("--", "letters"),
        (series_number("UR", "UR-2016-000001", 1), "own series"),
    ):
        with pytest.raises(UserError, match=words):
            story.tell(ev.AuthorizationNumbered((2,), wrong, of_series=False), CLERK)
    case = story.tell(ev.AuthorizationNumbered((2,), "0047/11-B", of_series=False), CLERK)
    assert case.line(2).authorization is not None
    assert case.line(2).authorization.number == "0047/11-B"


def test_another_line_of_the_case_may_go_by_the_number_that_stands() -> None:
    story = Story().approved(2)
    story.tell(story.next_number(2), NURSE)
    story.referred(1)
    story.tell(approval(1, by=OSEI, rationale="An earlier approval is honoured.", reason=Reason("We make an exception.", CITED)), OSEI)
    number = story.case.line(2).authorization
    assert number is not None
    assert story.tell(ev.AuthorizationNumbered((1,), number.number, of_series=False), NURSE).line(1).authorization is not None


def test_a_number_is_replaced_with_a_reason_and_the_line_is_entered_anew() -> None:
    story = Story().approved(2)
    story.tell(story.next_number(2), NURSE)
    story.tell(ev.EnteredInClaims((2,), "Claims One", story.now), NURSE)
    with pytest.raises(UserError, match="why another number"):
        story.tell(ev.AuthorizationNumbered((2,), "A-1", of_series=False), NURSE)
    case = story.tell(ev.AuthorizationNumbered((2,), "A-1", of_series=False, reason="The plan gave its own."), NURSE)
    assert case.line(2).entered is None
    assert to_enter(case) == (2,)


def test_only_approved_lines_go_by_a_number_and_into_claims() -> None:
    story = Story().approved(2)
    for lines in ((1,), (1, 2), (2, 2), (), (9,)):
        for body in (story.next_number(*lines), ev.EnteredInClaims(lines, "Claims One", story.now)):
            with pytest.raises(UserError):
                story.tell(body, NURSE)


def test_what_is_approved_and_not_entered_is_a_task_until_somebody_says_where_and_when() -> None:
    story = Story()
    assert to_enter(story.case) == ()
    story.approved(2)
    assert to_enter(story.case) == (2,)
    entered = ev.EnteredInClaims((2,), "Claims One", story.now)
    for broken in (replace(entered, where=" "), replace(entered, at=story.now + timedelta(days=1))):
        with pytest.raises(UserError):
            story.tell(broken, NURSE)
    case = story.tell(entered, NURSE)
    assert to_enter(case) == ()
    assert case.line(2).entered is not None
    assert (case.line(2).entered.where, case.line(2).entered.by) == ("Claims One", NURSE.id)
    with pytest.raises(UserError, match="entered already"):
        story.tell(entered, NURSE)


def test_a_closed_case_is_still_numbered_and_entered_and_a_reopened_line_loses_both() -> None:
    story = Story().approved(2)
    story.tell(voided(1), SUPERVISOR)
    story.noticed(2)
    story.tell(ev.Closed(), NURSE)
    story.tell(story.next_number(2), CLERK)
    story.tell(ev.EnteredInClaims((2,), "Claims One", story.now), CLERK)
    assert story.tell(ev.Undone(story.events[-1].id), CLERK).line(2).entered is None
    case = story.tell(ev.Reopened((2,), Cause.GOOD_CAUSE, "A new report."), SUPERVISOR)
    assert case.line(2).workflow is Workflow.REOPENED
    assert case.line(2).authorization is None
    assert to_enter(case) == ()


def test_number_and_entry_are_told_in_a_sentence_each() -> None:
    assert tell(ev.AuthorizationNumbered((2,), "A-1", of_series=False, reason="Wrong one.")) == (
        "gave line 2 the authorization number A-1 of the plan, in the place of an earlier one: Wrong one."
    )
    number = tell(ev.AuthorizationNumbered((2,), "UR1", of_series=True))
    assert number == "gave line 2 the authorization number UR1 of this workspace's series."
    assert tell(ev.EnteredInClaims((1, 2), "Claims One", Story().now)) == "entered lines 1, 2 in Claims One."
