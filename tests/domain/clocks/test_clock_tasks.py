"""Where a clock stands, the four instants of a line, and what is to be done: a missed deadline is a task with its consequence in law."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from builders import LINDQVIST
from clock_story import Story, asks, at, extended, notice
from clock_table import RULES
from test_rules import approve, signed

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.events import Audience
from ur_desk.domain.clocks.facts import facts_of
from ur_desk.domain.clocks.reading import LateRead, reading_of
from ur_desk.domain.clocks.rules import About, Effect
from ur_desk.domain.clocks.tasks import Instants, Stand, Task, TaskKind, asks_at, instants_of
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.deadline import due
from ur_desk.domain.determination import Decision, Determination, Workflow
from ur_desk.domain.ids import EventId, LetterId
from ur_desk.domain.intake.messages import Following
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Coverage, LineOfBusiness, Network, Provider, Request, Urgency

LINE = LineOfBusiness
INSURED: dict[str, Any] = {"line_of_business": LINE.COMMERCIAL_INSURED, "coverage": Coverage(erisa=True)}
NONE = Sha256("0" * 64)


def decided(story: Story, when: str, *lines: int) -> None:
    """Keep an approval, signed at a local time."""
    story.now = at(when)
    body = approve(*lines)
    story.keep(replace(body, decision=replace(body.decision, signature=signed(LINDQVIST, at(when)))))


def issued(story: Story, when: str, *lines: int, copies: tuple[str, ...] = (), kind: str = "approval") -> LetterId:
    """Keep an issued letter, at a local time."""
    story.now = at(when)
    name = LetterId(f"l{when}")
    story.keep(ev.LetterIssued(name, kind, lines, NONE, NONE, NONE, at(when).date(), "the member", copies))
    return name


def sent(story: Story, letter: LetterId, when: str, party: Party = Party.MEMBER, way: Way = Way.MAIL) -> EventId:
    """Keep that it was sent at a local time; the event."""
    story.keep(ev.LetterSent(letter, way, party, "whom it names", "where they are", at(when)))
    return story.events[-1].id


def letter(story: Story, when: str, *lines: int, copies: tuple[str, ...] = (), kind: str = "approval") -> EventId:
    """Keep a letter that was issued and sent to the member at a local time; the event of its sending."""
    return sent(story, issued(story, when, *lines, copies=copies, kind=kind), when)


def words(tasks: tuple[Task, ...], kind: TaskKind) -> list[str]:
    return [task.words for task in tasks if task.kind is kind]


# 13: a missed deadline just turns red ---------------------------------------------------------------------------------------


@pytest.mark.toy(13)
@pytest.mark.parametrize(
    ("told", "now", "row", "effect", "verified"),
    [
        pytest.param(
            asks(line_of_business=LINE.MEDICAID_MANAGED_CARE, state="VT"), "2026-11-10 00:00", "LATE-MCD", Effect.DENIED, True,
            id="Medicaid: a denial on the due date",
        ),
        pytest.param(
            asks(line_of_business=LINE.MEDICARE_ADVANTAGE), "2026-11-10 00:00", "LATE-MA", Effect.ADVERSE, False,
            id="Medicare Advantage: late notice is itself adverse",
        ),
        pytest.param(asks(**INSURED, state="IN"), "2026-11-05 09:01", "LATE-IN", Effect.APPROVED, True, id="Indiana: late is authorized"),
    ],
)  # fmt: skip
def test_a_missed_deadline_raises_what_it_is_in_law(told: Any, now: str, row: str, effect: Effect, verified: bool) -> None:
    story = Story(told)
    (late,) = [each for each in story.clock.late if each.id == row]
    assert (late.effect, late.verified) == (effect, verified)
    assert late.source
    standing = story.standing(now)
    assert standing.stand is Stand.MISSED
    assert Task(TaskKind.LATE, late.name, story.clock.due_at, row, verified) in standing.tasks
    assert story.standing(str(story.clock.due_at)[:19]).stand is Stand.RUNNING  # at the very instant it is not missed yet


def test_a_consequence_is_dated_as_every_row_is() -> None:
    assert Story(asks("2025-06-30 09:00", **INSURED, state="IN")).clock.late == ()
    assert [row.id for row in Story(asks("2025-07-01 09:00", **INSURED, state="IN")).clock.late] == ["LATE-IN"]


@pytest.mark.parametrize(
    "told",
    [
        asks(line_of_business=LINE.MEDICAID_MANAGED_CARE, state="VT"),
        asks(line_of_business=LINE.MEDICARE_ADVANTAGE),
        asks(**INSURED, state="IN"),
    ],
    ids=["Medicaid", "Medicare Advantage", "Indiana"],
)
@pytest.mark.parametrize("follows", Following)
def test_a_late_answer_to_an_appeal_is_not_told_the_consequence_of_a_first_request(told: Request, follows: Following) -> None:
    def late(follows: Following | None) -> tuple[LateRead, ...]:
        found = facts_of(told, follows=follows)
        return reading_of(due(found, RULES), found, RULES, Sha256("0" * 64)).late

    assert late(None)
    assert late(follows) == ()


def test_a_row_about_appeals_tells_what_a_late_answer_to_one_is() -> None:
    first = asks(line_of_business=LINE.MEDICARE_ADVANTAGE)
    (of_request,) = [row for row in RULES.consequences if row.id == "LATE-MA"]
    of_appeal = replace(of_request, id="LATE-MA-APL", about=About.APPEAL)
    rules = replace(RULES, consequences=(of_request, of_appeal))
    for follows, row in ((None, "LATE-MA"), (Following.APPEAL, "LATE-MA-APL")):
        found = facts_of(first, follows=follows)
        assert [each.id for each in reading_of(due(found, rules), found, rules, Sha256("0" * 64)).late] == [row]


def test_where_no_row_says_what_lateness_is_that_is_a_task_too() -> None:
    standing = Story(asks()).standing("2026-11-18 00:00")
    assert standing.stand is Stand.MISSED
    (task,) = standing.tasks
    assert (task.kind, task.verified) == (TaskKind.LATE, False)
    assert "no row says what that is in law" in task.words


def test_an_outer_limit_is_missed_too() -> None:
    story = Story(asks(**INSURED, state="OH"))
    assert (story.clock.due_at, str(story.clock.outer_at)) == (None, "2026-11-17 23:59:59-05:00")
    assert story.standing().stand is Stand.MISSING
    assert words(story.standing().tasks, TaskKind.STATE_ROW)
    assert story.standing("2026-11-18 00:00").stand is Stand.MISSED


# 10: the clock ends at decision rather than notice ---------------------------------------------------------------------------


@pytest.mark.toy(10)
def test_a_decision_stops_nothing_and_a_notice_does() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    assert story.standing("2026-11-17 23:59").stand is Stand.RUNNING
    assert story.standing("2026-11-18 00:00").stand is Stand.MISSED
    letter(story, "2026-11-16 09:00", 1, 2)
    met = story.standing("2026-12-01 00:00")
    assert (met.stand, met.stopped_at, met.tasks) == (Stand.MET, at("2026-11-16 09:00"), ())


def test_notice_of_one_line_is_no_notice_of_the_other_and_late_notice_stays_late() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    letter(story, "2026-11-10 10:00", 1)
    assert story.standing("2026-11-18 00:00").stand is Stand.MISSED
    letter(story, "2026-11-18 09:00", 2)
    assert story.standing("2026-12-01 00:00").stand is Stand.LATE


def test_a_withdrawal_takes_no_notice() -> None:
    story = Story(asks())
    decision = Decision(Determination.WITHDRAWN, approve(1).decision.reason, signed(LINDQVIST))
    story.keep(ev.Withdrawn((1, 2), "the office", at("2026-11-03 09:00"), "by fax", decision))
    assert story.standing("2026-12-31 00:00").stand is Stand.MET


def test_the_four_instants_of_a_line_are_kept_apart() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1)
    story.tell(ev.Notified((1,), Audience.MEMBER, notice("2026-11-10 10:00", ContactWay.CALL), "Approved."), "2026-11-10 10:05")
    story.tell(ev.Notified((1,), Audience.PROVIDER, notice("2026-11-10 11:00", ContactWay.FAX), "Approved."), "2026-11-10 11:05")
    letter(story, "2026-11-11 09:00", 1, copies=("Orchard Row",))
    sent(story, LetterId("l2026-11-11 09:00"), "2026-11-12 09:00", Party.PROVIDER, Way.FAX)  # the first word to the provider counts
    told = instants_of(story.case, story.events)
    assert told[0] == Instants(1, at("2026-11-10 09:00"), at("2026-11-10 10:00"), at("2026-11-11 09:00"), at("2026-11-10 11:00"))
    assert told[1] == Instants(2)


def test_a_letter_that_was_sent_to_the_provider_is_word_to_the_provider() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1)
    name = issued(story, "2026-11-11 09:00", 1, copies=("Orchard Row",))
    assert instants_of(story.case, story.events)[0].provider_at is None
    fax = sent(story, name, "2026-11-12 09:00", Party.PROVIDER, Way.FAX)
    (told, _) = instants_of(story.case, story.events)
    assert (told.provider_at, told.written_at) == (at("2026-11-12 09:00"), None)
    story.keep(ev.LetterReturned(fax, at("2026-11-12 09:05"), "no such number"))
    assert instants_of(story.case, story.events)[0].provider_at is None


def test_item_10_a_letter_that_is_issued_and_not_sent_stops_nothing_and_is_a_task() -> None:
    story = Story(asks())
    decided(story, "2026-11-16 09:00", 1, 2)
    name = issued(story, "2026-11-17 16:00", 1, 2)
    waits = story.standing()
    assert (waits.stand, waits.instants[0].written_at, story.case.lines_unsent) == (Stand.RUNNING, None, (1, 2))
    assert [(task.kind, task.due_at) for task in waits.tasks] == [(TaskKind.SEND, story.clock.due_at)]
    assert story.standing("2026-11-18 00:00").stand is Stand.MISSED
    sent(story, name, "2026-11-17 17:30")  # recorded later, with what shows the day on which it left
    met = story.standing("2026-11-19 09:00")
    assert (met.stand, met.stopped_at, met.tasks) == (Stand.MET, at("2026-11-17 17:30"), ())


@pytest.mark.parametrize("way", [Way.PORTAL, Way.PHONE])
def test_a_portal_alone_or_a_call_about_a_letter_is_no_written_notice_to_a_member(way: Way) -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    sent(story, issued(story, "2026-11-10 10:00", 1, 2), "2026-11-10 10:05", way=way)
    assert story.standing().stand is Stand.RUNNING
    assert story.case.workflow is Workflow.DECIDED


def test_a_letter_that_came_back_or_reached_wrong_hands_is_no_notice_and_another_sending_is() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    name = issued(story, "2026-11-10 10:00", 1, 2)
    first, second = sent(story, name, "2026-11-10 11:00"), sent(story, name, "2026-11-10 12:00", way=Way.FAX)
    story.keep(ev.LetterMisdirected(first, at("2026-11-11 09:00"), "a neighbour", "They called.", "They gave it back."))
    assert (story.standing().stopped_at, story.case.workflow) == (at("2026-11-10 12:00"), Workflow.NOTICED)
    story.keep(ev.LetterReturned(second, at("2026-11-12 09:00"), "no such number"))
    assert (story.standing().stand, story.case.workflow) == (Stand.RUNNING, Workflow.DECIDED)
    assert story.standing("2026-11-18 00:00").stand is Stand.MISSED
    story.keep(ev.Undone(story.events[-1].id))
    assert story.case.workflow is Workflow.NOTICED


def test_what_an_older_version_issued_and_closed_counts_from_its_issue_since_nothing_says_when_it_was_sent() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    issued(story, "2026-11-11 09:00", 1, 2)
    story.keep(ev.Closed())
    assert story.case.workflow is Workflow.CLOSED
    assert story.case.line(1).workflow is Workflow.NOTICED
    assert (story.standing().stand, story.standing().stopped_at) == (Stand.MET, at("2026-11-11 09:00"))


def test_a_line_that_was_voided_keeps_no_clock_running() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1)
    letter(story, "2026-11-10 10:00", 1)
    void = Decision(Determination.VOIDED, approve(1).decision.reason, signed(LINDQVIST))
    story.keep(ev.Voided((2,), void))
    assert story.standing("2026-12-31 00:00").stand is Stand.MET


def test_a_written_notice_by_other_means_and_a_call_are_told_apart() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    story.keep(ev.NoticeGiven((1,), ContactWay.MAIL, "the member", at("2026-11-10 10:00"), "the state's form"))
    story.keep(ev.NoticeGiven((2,), ContactWay.CALL, "the member", at("2026-11-10 11:00"), "by word"))
    one, two = instants_of(story.case, story.events)
    assert (one.written_at, one.oral_at) == (at("2026-11-10 10:00"), None)
    assert (two.written_at, two.oral_at) == (None, at("2026-11-10 11:00"))


def test_what_was_taken_back_is_no_instant() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1)
    story.keep(ev.Undone(story.events[-1].id))
    assert instants_of(story.case, story.events)[0].decided_at is None


# oral notice first -----------------------------------------------------------------------------------------------------------


def urgent_and_told() -> Story:
    story = Story(asks(urgency=Urgency.EXPEDITED))
    decided(story, "2026-11-04 09:00", 1, 2)
    story.tell(ev.Notified((1, 2), Audience.MEMBER, notice("2026-11-04 10:00", ContactWay.CALL), "Denied."), "2026-11-04 10:05")
    return story


def test_word_of_mouth_stops_an_urgent_clock_and_asks_for_the_written_notice_within_three_days() -> None:
    story = urgent_and_told()
    standing = story.standing("2026-11-06 00:00")
    assert (standing.stand, standing.stopped_at) == (Stand.MET, at("2026-11-04 10:00"))
    (task,) = standing.tasks
    assert (task.kind, str(task.due_at)) == (TaskKind.WRITTEN_NOTICE, "2026-11-07 23:59:59-05:00")
    letter(story, "2026-11-05 09:00", 1, 2)
    assert story.standing("2026-11-06 00:00").tasks == ()


def test_the_written_notice_is_no_box_to_tick() -> None:
    from ur_desk.errors import UserError

    story = urgent_and_told()
    with pytest.raises(UserError, match="is a letter"):
        story.tell(ev.DutyDone("WRITTEN-NOTICE", notice("2026-11-04 10:06")), "2026-11-04 10:10")


def test_word_of_mouth_stops_no_standard_clock() -> None:
    story = Story(asks())
    decided(story, "2026-11-10 09:00", 1, 2)
    story.tell(ev.Notified((1, 2), Audience.MEMBER, notice("2026-11-10 10:00", ContactWay.CALL), "Denied."), "2026-11-10 10:05")
    assert story.standing().stand is Stand.RUNNING


# duties beside the answer ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("urgency", "row", "due_at"),
    [
        (Urgency.STANDARD, "ERISA-MISFILE", "2026-11-07 23:59:59-05:00"),
        (Urgency.EXPEDITED, "ERISA-MISFILE-URG", "2026-11-03 09:00:00-05:00"),
    ],
)
def test_a_request_that_was_filed_otherwise_is_told_in_five_days_or_a_day(urgency: Urgency, row: str, due_at: str) -> None:
    story = Story(asks(urgency=urgency))
    assert story.clock.duties == ()
    story.tell(story.changed(misfiled=True))
    (task,) = story.standing().tasks
    assert (task.kind, task.row, str(task.due_at)) == (TaskKind.DUTY, row, due_at)
    story.tell(ev.DutyDone(row, notice("2026-11-02 10:30", ContactWay.CALL)), "2026-11-02 11:00")
    assert story.standing().tasks == ()


def test_the_letter_that_refuses_to_expedite_is_the_written_word_and_no_notice_of_a_decision() -> None:
    story = Story(asks(line_of_business=LINE.MEDICARE_ADVANTAGE, urgency=Urgency.EXPEDITED, urgency_said_by="the member"))
    call = notice("2026-11-02 10:00", ContactWay.CALL)
    story.tell(story.changed(urgency=Urgency.STANDARD, told=call))
    assert [task.row for task in story.standing().tasks] == ["MA-EXPDENY"]
    name = issued(story, "2026-11-03 09:00", 1, 2, kind="expedite_refused")
    assert [task.row for task in story.standing().tasks] == ["MA-EXPDENY"]
    sent(story, name, "2026-11-03 10:00")
    assert story.standing().tasks == ()
    assert all(each.written_at is None for each in story.standing().instants)


def test_medicare_advantage_asks_a_provider_without_a_contract_within_a_day() -> None:
    outside = Provider("Mill Race Radiology", network=Network.OUT)
    story = Story(asks(line_of_business=LINE.MEDICARE_ADVANTAGE, urgency=Urgency.EXPEDITED, requesting_provider=outside))
    assert [(row.id, str(row.due_at)) for row in story.clock.duties] == [("MA-INFO", "2026-11-03 09:00:00-05:00")]
    inside = replace(outside, network=Network.IN)
    assert Story(asks(line_of_business=LINE.MEDICARE_ADVANTAGE, urgency=Urgency.EXPEDITED, requesting_provider=inside)).clock.duties == ()


# pauses, targets, and what a list sorts by -----------------------------------------------------------------------------------


def test_a_pause_is_shown_with_its_end_and_is_over_by_itself() -> None:
    story = Story(asks())
    story.tell(extended("2026-11-10 10:00", items=("films",), answer_by=date(2026, 12, 28)), "2026-11-10 11:00")
    paused = story.standing()
    assert paused.stand is Stand.PAUSED
    assert [(task.kind, task.due_at) for task in paused.tasks] == [(TaskKind.ANSWER, story.clock.pause_until)]
    assert story.standing("2026-12-29 00:00").stand is Stand.EXTENDED
    assert story.standing("2027-01-13 00:00").stand is Stand.MISSED


def test_a_target_that_has_passed_is_a_task() -> None:
    story = Story(asks())
    story.tell(ev.TargetSet(at("2026-11-04 12:00"), "The pain grows."))
    assert story.standing("2026-11-04 11:59").tasks == ()
    assert words(story.standing("2026-11-04 12:01").tasks, TaskKind.TARGET) == ["The earlier target of the reviewer has passed"]


def first(story: Story) -> datetime | None:
    return asks_at(story.case)


def test_a_list_is_sorted_by_what_a_clock_asks_for_first() -> None:
    story = Story(asks())
    assert first(story) == story.clock.due_at
    story.tell(ev.TargetSet(at("2026-11-04 12:00"), "The pain grows."))
    assert first(story) == at("2026-11-04 12:00")
    missing = Story(asks(**INSURED, state="TX"))
    assert first(missing) == missing.clock.unverified_at == at("2026-11-05 23:59:59")
    assert first(urgent_and_told()) == at("2026-11-05 09:00")
    assert first(Story(asks(line_of_business=LINE.FEHB))) is None


def test_a_clock_that_nobody_read_asks_for_nothing() -> None:
    story = Story(asks())
    bare = replace(story.case, clock=None)
    assert asks_at(bare) is None
    from ur_desk.domain.clocks.tasks import standing

    assert standing(bare, story.events, story.now).stand is Stand.NOT_READ
