"""When a clock may be bent: extensions, pauses, returns, changes of what it rests on, targets and notices; what a toy version gets wrong."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import LINDQVIST
from clock_story import Story, asks, at, extended, notice
from record_makers import record
from test_rules import approve

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.events import Audience
from ur_desk.domain.clocks.reading import ClockState
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.clocks.tasks import Stand
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.people import Role
from ur_desk.domain.request import Coverage, LineOfBusiness, Network, Provider, Timing, Urgency
from ur_desk.errors import Forbidden, UserError

LINE = LineOfBusiness
CLERK = replace(LINDQVIST, roles=frozenset({Role.INTAKE}))
SUPERVISOR = replace(LINDQVIST, roles=frozenset({Role.SUPERVISOR}))
ITEMS: dict[str, Any] = {"items": ("the films of August",), "answer_by": date(2026, 12, 28)}
MA: dict[str, Any] = {"line_of_business": LINE.MEDICARE_ADVANTAGE}
MCD: dict[str, Any] = {"line_of_business": LINE.MEDICAID_MANAGED_CARE, "state": "VT"}
ASKED = ev.InformationRequested((1,), ("the films of August",), "They show instability or none.", "Orchard Row Orthopedics")


def refused(story: Story, body: Any, words: str, now: str | None = None, **by: Any) -> None:
    before = story.case
    with pytest.raises(UserError, match=words) as told:
        story.tell(body, now, **by)
    assert told.value.hint
    assert story.case == before


# 12: extension possible with no notice, no reason, after the due time, or twice ----------------------------------------------


def test_an_extension_moves_the_clock_and_keeps_the_date_before_it() -> None:
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00"), "2026-11-10 11:00")
    assert story.due == "2026-12-02 23:59:59-05:00"
    assert str(story.clock.base_at) == "2026-11-17 23:59:59-05:00"
    assert story.clock.state is ClockState.EXTENDED
    assert story.clock.words == "15 calendar days from receipt (ERISA, pre-service); extended by 15 days, notice of 11/10/2026"


@pytest.mark.toy(12)
@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(replace(extended("2026-11-10 10:00"), reason=" "), "why the clock is extended", id="no reason"),
        pytest.param(replace(extended("2026-11-10 10:00"), notice=notice("2026-11-10 10:00", ContactWay.CALL)), "in writing", id="a call"),
        pytest.param(
            replace(extended("2026-11-10 10:00"), notice=notice("2026-11-10 10:00", ContactWay.VOICEMAIL)), "machine", id="a machine"
        ),
        pytest.param(extended("2026-11-10 10:00", proof=None), "Nothing shows that this notice was sent", id="nothing that shows it"),
        pytest.param(extended("2026-11-10 12:00"), "in the future", id="a notice of tomorrow"),
        pytest.param(extended("2026-11-01 12:00"), "before the request came", id="a notice before receipt"),
        pytest.param(extended("2026-11-10 10:00", Condition.REQUESTED), "On this condition", id="a condition of Medicaid"),
        pytest.param(
            extended("2026-11-10 10:00", items=("films",)), "names what is asked for and the last day", id="asks without a last day"
        ),
        pytest.param(
            extended("2026-11-10 10:00", items=("films",), answer_by=date(2026, 12, 24)), "at least 45 days: until 12/25/2026", id="44 days"
        ),
        pytest.param(extended("2026-11-10 10:00", answer_by=date(2026, 12, 28)), "names what is asked for", id="a last day for nothing"),
    ],
)
def test_an_extension_without_what_it_takes_is_refused(body: ev.ClockExtended, words: str) -> None:
    refused(Story(asks()), body, words, "2026-11-10 11:00")


def test_45_days_to_answer_are_enough() -> None:
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00", items=("films",), answer_by=date(2026, 12, 25)), "2026-11-10 11:00")
    assert story.clock.state is ClockState.PAUSED


@pytest.mark.toy(12)
def test_an_extension_after_the_due_time_is_refused_though_its_notice_is_dated_before() -> None:
    story = Story(asks())
    refused(story, extended("2026-11-17 22:00"), "before the due time; that was 11/17/2026 23:59", "2026-11-18 00:00")
    story.tell(extended("2026-11-17 22:00"), "2026-11-17 23:00")


@pytest.mark.toy(12)
def test_no_clock_is_extended_twice() -> None:
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00"), "2026-11-10 11:00")
    refused(story, extended("2026-11-12 10:00"), "no clock is extended twice", "2026-11-12 11:00")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(asks(urgency=Urgency.EXPEDITED), id="urgent, ERISA"),
        pytest.param(asks(line_of_business=LINE.COMMERCIAL_INSURED, coverage=Coverage(erisa=True), state="IN"), id="Indiana"),
        pytest.param(asks(line_of_business=LINE.MEDICAID_FFS, state="VT"), id="Medicaid fee for service"),
    ],
)
def test_what_the_strictest_rule_does_not_extend_is_not_extended(told: Any) -> None:
    refused(Story(told), extended("2026-11-02 10:00"), "allows no extension")


def test_a_decided_case_is_extended_no_more() -> None:
    story = Story(asks())
    story.keep(approve(1, 2))
    refused(story, extended("2026-11-02 10:00"), "bent no more")


# 9: pending stops the clock for Medicare Advantage and Medicaid ---------------------------------------------------------------


@pytest.mark.toy(9)
@pytest.mark.parametrize(
    ("told", "told_on"),
    [
        pytest.param(asks(**MA), Condition.EXTRAORDINARY, id="Medicare Advantage"),
        pytest.param(asks(**MCD), Condition.REQUESTED, id="Medicaid"),
    ],
)
def test_a_pend_never_stops_the_clock_of_medicare_advantage_or_medicaid(told: Any, told_on: Condition) -> None:
    story = Story(told)
    before = story.due
    story.tell(ASKED)
    assert story.case.line(1).workflow is Workflow.PENDED
    assert (story.due, story.clock.state, story.clock.pause_until) == (before, ClockState.RUNNING, None)
    assert not story.case.clockwork.waiting
    assert story.standing("2026-11-09 23:59").stand is Stand.RUNNING
    assert story.standing("2026-11-10 00:00").stand is Stand.MISSED  # though the line still waits for an answer
    refused(story, extended("2026-11-04 10:00", told_on, right_told=True, **ITEMS), "Nothing pauses this clock", "2026-11-04 11:00")
    story.tell(ev.InformationReceived((1,), "all of it", at("2026-11-05 10:00")), "2026-11-05 11:00")
    assert (story.due, story.clock.state) == (before, ClockState.RUNNING)


@pytest.mark.toy(9)
@pytest.mark.parametrize(
    ("told", "condition"),
    [
        pytest.param(asks(**MA), Condition.EXTRAORDINARY, id="Medicare Advantage"),
        pytest.param(asks(**MCD), Condition.REQUESTED, id="Medicaid"),
    ],
)
def test_an_extension_of_medicare_advantage_or_medicaid_pauses_nothing(told: Any, condition: Condition) -> None:
    story = Story(told)
    asking = extended("2026-11-04 10:00", condition, right_told=True, **ITEMS)
    refused(story, asking, "Nothing pauses this clock", "2026-11-04 11:00")
    story.tell(replace(asking, answer_by=None), "2026-11-04 11:00")
    assert (story.due, story.clock.state) == ("2026-11-23 23:59:59-05:00", ClockState.EXTENDED)


def test_not_even_in_erisa_does_a_pend_without_an_extension_pause() -> None:
    story = Story(asks())
    story.tell(ASKED)
    assert (story.due, story.clock.state) == ("2026-11-17 23:59:59-05:00", ClockState.RUNNING)


def test_a_pause_runs_from_the_notice_until_the_answer() -> None:
    story = Story(asks())
    story.tell(ASKED)
    story.tell(extended("2026-11-10 10:00", **ITEMS), "2026-11-10 11:00")
    assert story.clock.state is ClockState.PAUSED
    assert str(story.clock.pause_until) == "2026-12-28 23:59:59-05:00"
    assert story.due == "2027-01-12 23:59:59-05:00"
    story.tell(ev.InformationReceived((1,), "all of it", at("2026-11-30 14:00")), "2026-11-30 15:00")
    assert (story.due, story.clock.state) == ("2026-12-15 23:59:59-05:00", ClockState.EXTENDED)
    assert story.clock.words == (
        "15 calendar days from receipt (ERISA, pre-service); "
        "paused from the notice of 11/10/2026 until the answer of 11/30/2026, then 15 days"
    )


def test_what_came_before_the_notice_is_no_answer_to_it() -> None:
    story = Story(asks())
    story.tell(ASKED)
    story.tell(extended("2026-11-10 10:00", **ITEMS), "2026-11-10 11:00")
    story.tell(ev.InformationReceived((1,), "a page", at("2026-11-09 14:00")), "2026-11-10 15:00")
    assert story.clock.state is ClockState.PAUSED


def test_an_answer_is_noted_once_and_only_where_one_is_waited_for() -> None:
    story = Story(asks())
    answer = ev.AnswerCame("The films came.", at("2026-11-30 14:00"))
    refused(story, answer, "waits for no answer", "2026-11-30 15:00")
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00", **ITEMS), "2026-11-10 11:00")
    refused(story, replace(answer, at=at("2026-11-09 14:00")), "before it was asked for", "2026-11-30 15:00")
    refused(story, replace(answer, at=at("2026-12-01 14:00")), "future", "2026-11-30 15:00")
    refused(story, replace(answer, what=" "), "what came", "2026-11-30 15:00")
    story.tell(answer, "2026-11-30 15:00")
    assert story.due == "2026-12-15 23:59:59-05:00"
    refused(story, answer, "waits for no answer")


def test_an_answer_that_is_taken_back_lets_the_clock_wait_again() -> None:
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00", **ITEMS), "2026-11-10 11:00")
    waiting = story.clock
    story.tell(ev.AnswerCame("The films came.", at("2026-11-30 14:00")), "2026-11-30 15:00")
    step = story.events[-2].id
    story.now = at("2026-11-30 15:05")
    story.keep(ev.Undone(step))
    assert story.clock == waiting
    assert story.case.clockwork.waiting


# what waiting takes ----------------------------------------------------------------------------------------------------------


def test_medicare_advantage_is_not_extended_to_wait_for_a_contracted_provider() -> None:
    clinic = Provider("Orchard Row Imaging", network=Network.IN)
    story = Story(asks(**MA, requesting_provider=clinic))
    asking = extended("2026-11-04 10:00", Condition.NONCONTRACT_EVIDENCE, right_told=True)
    refused(story, asking, "whose evidence", "2026-11-04 11:00")
    refused(story, replace(asking, provider="orchard row imaging "), "contracted provider's records", "2026-11-04 11:00")
    story.tell(replace(asking, provider="Mill Race Radiology"), "2026-11-04 11:00")


def test_the_notice_of_an_extension_names_the_grievance_where_the_rule_says_so() -> None:
    refused(Story(asks(**MA)), extended("2026-11-04 10:00", Condition.ENROLLEE_ASKS), "an expedited grievance", "2026-11-04 11:00")
    refused(Story(asks(**MCD)), extended("2026-11-04 10:00", Condition.REQUESTED), "right to a grievance", "2026-11-04 11:00")


def test_medicaid_takes_both_the_need_and_the_enrollees_interest() -> None:
    story = Story(asks(**MCD))
    asking = extended("2026-11-04 10:00", Condition.NEED_AND_INTEREST, right_told=True)
    refused(story, asking, "enrollee's interest", "2026-11-04 11:00")
    story.tell(replace(asking, interest="The films may show what allows it."), "2026-11-04 11:00")
    assert story.due == "2026-11-23 23:59:59-05:00"


# incomplete urgent requests --------------------------------------------------------------------------------------------------


def sent_back(when: str, until: str) -> ev.RequestReturned:
    return ev.RequestReturned(("the order",), notice(when, ContactWay.CALL), at(until))


URGENT = {"urgency": Urgency.EXPEDITED, "urgency_said_by": "the member"}


def test_an_incomplete_urgent_request_has_24_48_and_48_hours() -> None:
    story = Story(asks(**URGENT))
    story.tell(sent_back("2026-11-02 20:00", "2026-11-04 20:00"), "2026-11-02 20:30")
    assert (story.due, story.clock.state) == ("2026-11-06 20:00:00-05:00", ClockState.RETURNED)
    story.tell(ev.AnswerCame("The order.", at("2026-11-03 08:00")), "2026-11-03 09:00")
    assert (story.due, story.clock.state) == ("2026-11-05 08:00:00-05:00", ClockState.EXTENDED)


@pytest.mark.parametrize(
    ("body", "now", "words"),
    [
        pytest.param(
            sent_back("2026-11-03 09:01", "2026-11-06 09:01"), "2026-11-03 09:02", "in time; that was 11/03/2026 09:00", id="told late"
        ),
        pytest.param(sent_back("2026-11-02 20:00", "2026-11-04 19:59"), "2026-11-02 20:30", "at least 48 hours", id="47:59 hours"),
        pytest.param(
            replace(sent_back("2026-11-02 20:00", "2026-11-04 20:00"), items=("",)), "2026-11-02 20:30", "at least one", id="nothing"
        ),
    ],
)
def test_an_incomplete_request_is_sent_back_in_time_and_with_time(body: ev.RequestReturned, now: str, words: str) -> None:
    refused(Story(asks(**URGENT)), body, words, now)


def test_an_incomplete_request_is_sent_back_once_and_only_where_the_rule_says_so() -> None:
    body = sent_back("2026-11-02 20:00", "2026-11-04 20:00")
    story = Story(asks(**URGENT))
    story.tell(body, "2026-11-02 20:30")
    refused(story, body, "already")
    refused(Story(asks()), body, "does not wait", "2026-11-02 20:30")
    refused(Story(asks(**MA | URGENT)), body, "does not wait", "2026-11-02 20:30")


# 14: urgency is a checkbox anyone can clear with no reason or trace ----------------------------------------------------------


@pytest.mark.toy(14)
def test_urgency_goes_only_with_a_reason_and_who_said_so_and_both_dates_stay() -> None:
    story = Story(asks(**URGENT))
    lower = story.changed("Not what the rule calls urgent.", "the member", urgency=Urgency.STANDARD)
    refused(story, replace(lower, reason=" "), "why it changes")
    refused(story, replace(lower, said_by=""), "who said so")
    with pytest.raises(Forbidden, match="Intake does not take urgency away"):
        story.tell(lower, by=CLERK)
    for urgency in (None, Urgency.STANDARD):
        completed = ev.Completed(replace(story.case.request, urgency=urgency), "the office", "by telephone")
        refused(story, completed, "The urgency of the request is known")
    physicians = Story(asks(**URGENT | {"urgency_said_by": "Dr. Vasquez"}))
    refused(physicians, physicians.changed("Not so.", "the member", urgency=Urgency.STANDARD), "A physician said that this is urgent")
    story.tell(lower)
    change = story.case.clockwork.changes[0]
    assert change.due_before is not None
    assert (str(change.due_before.due_at), story.due) == ("2026-11-05 09:00:00-05:00", "2026-11-17 23:59:59-05:00")
    assert (change.by, change.body.reason, change.body.said_by) == (LINDQVIST.id, "Not what the rule calls urgent.", "the member")
    assert (change.body.before.urgency, change.body.after.urgency) == (Urgency.EXPEDITED, Urgency.STANDARD)
    assert change.event == next(event.id for event in story.events if event.body == change.body)


@pytest.mark.toy(14)
@pytest.mark.parametrize("line_of_business", [LINE.MEDICARE_ADVANTAGE, LINE.ERISA_SELF_FUNDED, LINE.DSNP_INTEGRATED, LINE.QHP_FFE])
@pytest.mark.parametrize("said", ["Dr. Vasquez", "the requesting physician", "A. Moreno, MD"])
def test_what_a_physician_calls_urgent_stays_so_until_a_physician_takes_it_back(line_of_business: LineOfBusiness, said: str) -> None:
    story = Story(asks(line_of_business=line_of_business, state="VT", urgency=Urgency.EXPEDITED, urgency_said_by=said))
    lower = story.changed(urgency=Urgency.STANDARD, told=notice("2026-11-02 10:00", ContactWay.CALL))
    refused(story, replace(lower, no_physician=True), "A physician said that this is urgent")
    story.tell(replace(lower, physician=True))
    assert story.case.request.urgency is Urgency.STANDARD


@pytest.mark.toy(14)
def test_where_nobody_said_who_asked_for_urgency_somebody_confirms_that_no_physician_did() -> None:
    story = Story(asks(urgency=Urgency.EXPEDITED))
    lower = story.changed(urgency=Urgency.STANDARD)
    refused(story, lower, "Nobody has said who asked")
    story.tell(replace(lower, no_physician=True))
    assert story.case.clockwork.changes[0].body.no_physician


@pytest.mark.toy(14)
@pytest.mark.parametrize(
    ("business", "row"), [(LineOfBusiness.MEDICARE_ADVANTAGE, "MA-EXPDENY"), (LineOfBusiness.DSNP_INTEGRATED, "MA-AIP-EXPDENY")]
)
def test_medicare_advantage_tells_at_once_and_in_writing_that_it_does_not_expedite(business: LineOfBusiness, row: str) -> None:
    story = Story(asks(**MA | URGENT | {"line_of_business": business}))
    lower = story.changed(urgency=Urgency.STANDARD)
    refused(story, lower, "told by telephone at once")
    refused(story, replace(lower, told=notice("2026-11-02 10:00", ContactWay.MAIL)), "told by telephone at once")
    story.tell(replace(lower, told=notice("2026-11-02 10:00", ContactWay.CALL)))
    assert story.due == "2026-11-09 23:59:59-05:00"  # seven days from the original receipt
    assert [(duty.id, str(duty.due_at)) for duty in story.clock.duties] == [(row, "2026-11-05 23:59:59-05:00")]
    assert not story.clock.duties[0].verified
    done = ev.DutyDone(row, notice("2026-11-04 10:00"), proof=record())
    refused(story, replace(done, proof=None), "Nothing shows that this notice was sent", "2026-11-04 11:00")
    story.tell(done, "2026-11-04 11:00")
    refused(story, ev.DutyDone(row, notice("2026-11-04 10:00")), "Nothing of that name")


def test_a_physicians_word_makes_a_request_urgent_from_its_receipt_on() -> None:
    story = Story(asks())
    story.tell(story.changed("The pain cannot be managed.", "Dr. Vasquez", urgency=Urgency.EXPEDITED, physician=True), "2026-11-03 09:00")
    assert story.due == "2026-11-05 09:00:00-05:00"
    lower = story.changed(urgency=Urgency.STANDARD)
    refused(story, lower, "A physician said")


# 8, 10: one clock for everybody; from entry instead of receipt ---------------------------------------------------------------


@pytest.mark.toy(8)
@pytest.mark.parametrize(
    ("changes", "due_at"),
    [
        pytest.param({"line_of_business": LINE.MEDICARE_ADVANTAGE}, "2026-11-09 23:59:59-05:00", id="line of business"),
        pytest.param({"timing": Timing.POSTSERVICE}, "2026-12-02 23:59:59-05:00", id="timing"),
        pytest.param({"accredited": True}, "2026-11-09 23:59:59-05:00", id="accreditation"),
        pytest.param(
            {"line_of_business": LINE.COMMERCIAL_INSURED, "coverage": Coverage(erisa=True), "state": "IN"},
            "2026-11-05 09:00:00-05:00",
            id="plan and state",
        ),
        pytest.param(
            {"line_of_business": LINE.MEDICAID_MANAGED_CARE, "state": "VT", "rating_period": date(2025, 12, 1)},
            "2026-11-16 23:59:59-05:00",
            id="rating period",
        ),
    ],
)
def test_what_changes_is_read_by_its_own_rule_from_the_original_receipt(changes: dict[str, Any], due_at: str) -> None:
    story = Story(asks())
    story.tell(story.changed(**changes), "2026-11-04 16:00")
    assert story.due == due_at
    assert str(story.case.clockwork.changes[0].due_before.due_at) == "2026-11-17 23:59:59-05:00"  # type: ignore[union-attr]


@pytest.mark.toy(10)
def test_a_late_entry_moves_no_receipt_and_no_due_instant() -> None:
    early, late = Story(asks(), "2026-11-02 09:05"), Story(asks(), "2026-11-04 16:00")
    assert early.due == late.due == "2026-11-17 23:59:59-05:00"
    assert str(late.clock.start_at) == "2026-11-02 09:00:00-05:00"


def test_a_change_is_about_the_facts_that_stand_and_changes_something() -> None:
    story = Story(asks())
    stale = story.changed(state="OH")
    story.tell(story.changed(state="MI"))
    refused(story, stale, "not those that you looked at")
    refused(story, story.changed(), "Nothing was changed")


def test_facts_under_a_decided_line_stay_but_urgency_of_the_rest_may_rise() -> None:
    story = Story(asks())
    story.keep(approve(2))
    refused(story, story.changed(line_of_business=LINE.MEDICARE_ADVANTAGE), "decided on the facts that stand")
    story.tell(story.changed(urgency=Urgency.EXPEDITED))
    assert story.case.request.urgency is Urgency.EXPEDITED


# a target of the reviewer's own ----------------------------------------------------------------------------------------------


def test_a_missed_due_time_is_not_wiped_away_by_taking_the_urgency_back() -> None:
    story = Story(asks(urgency=Urgency.EXPEDITED))
    lower = story.changed(urgency=Urgency.STANDARD, no_physician=True)
    late = "2026-11-12 10:00"
    assert story.standing(late).stand is Stand.MISSED
    for by in (LINDQVIST, SUPERVISOR):
        with pytest.raises(UserError, match="it stays expedited, and late"):
            story.tell(lower, late, by)
    assert story.standing(late).stand is Stand.MISSED
    story.tell(lower, "2026-11-03 10:00")
    assert story.standing(late).stand is Stand.RUNNING, "in time it may be taken back"


def test_once_the_due_time_has_passed_a_supervisor_corrects_what_it_rests_on_and_anybody_says_that_it_is_urgent() -> None:
    story, late = Story(asks()), "2026-12-12 10:00"
    other = story.changed(line_of_business=LineOfBusiness.COMMERCIAL_INSURED)
    with pytest.raises(Forbidden, match="a supervisor corrects"):
        story.tell(other, late)
    story.tell(story.changed(urgency=Urgency.EXPEDITED, urgency_said_by="Dr. Natarajan", physician=True), late)
    story.tell(story.changed(line_of_business=LineOfBusiness.COMMERCIAL_INSURED), late, SUPERVISOR)


def test_a_target_lies_before_the_due_instant_and_never_takes_its_place() -> None:
    story = Story(asks())
    target = ev.TargetSet(at("2026-11-04 12:00"), "The pain grows.")
    refused(story, replace(target, at=at("2026-11-18 00:00")), "before the due time")
    refused(story, replace(target, at=at("2026-11-02 09:30")), "passed already")
    refused(story, replace(target, reason=""), "why")
    refused(story, replace(target, at=None), "No earlier target")
    story.tell(target)
    assert (story.due, story.case.clockwork.target) == ("2026-11-17 23:59:59-05:00", target)
    story.tell(replace(target, at=None, reason="She is better."))
    assert story.case.clockwork.target is None


# notices ---------------------------------------------------------------------------------------------------------------------


def test_word_of_mouth_is_a_call_about_decided_lines() -> None:
    story = Story(asks())
    told = ev.Notified((1,), Audience.MEMBER, notice("2026-11-02 10:00", ContactWay.CALL), "Denied, with the reason.")
    refused(story, told, "cannot be taken this way")
    story.keep(approve(1))
    refused(story, replace(told, notice=notice("2026-11-02 10:00")), "is a call")
    refused(story, replace(told, notice=notice("2026-11-02 10:00", ContactWay.VOICEMAIL)), "machine")
    refused(story, replace(told, said=""), "what was said")
    story.tell(told)
    assert story.case.clockwork.notified == (told,)
