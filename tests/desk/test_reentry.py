"""A case under the wrong member: voided as it stands and entered anew with its original receipt; never pointed at another member."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, UNCHECKED, FixedClock, desk_in, line, opened, posted, sit_down
from record_makers import PAGES, record

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import CoverageItem
from ur_desk.domain.intake.reentry import another_person
from ur_desk.domain.request import Member, Sex
from ur_desk.errors import Forbidden, Stale, UserError

RIGHT = Member("Alvarado", "Rosa", "DEMO-004471", date(1971, 4, 2), Sex.F, address="3 Elm Street\nMuncie, IN 47302")
WHY = "The card on the fax shows another id."


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", clock=clock) as made:
        yield made


def wrong(desk: Desk) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), line(2))
    case = desk.records.attach(case.id, record(), PAGES).value
    case = desk.review.check_coverage(case.id, case.revision, CoverageItem.BENEFIT, "yes", "portal", date(2017, 10, 6)).value
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def entered_anew(desk: Desk, case: Case, member: Member = RIGHT, reason: str = WHY) -> Case:
    sit_down(desk, "sol")
    return finish(desk.reentry.enter_anew(case.id, case.revision, member, reason)).value


def test_the_new_case_has_the_original_receipt_the_services_and_the_records_and_nothing_said_of_the_wrong_member(
    desk: Desk, clock: FixedClock
) -> None:
    was = wrong(desk)
    clock.at += timedelta(days=3)
    new = entered_anew(desk, was)
    assert new.request == replace(was.request, member=RIGHT)
    assert (new.request.received_at, new.clock and new.clock.due_at) == (was.request.received_at, was.clock and was.clock.due_at)
    assert [kept.record for kept in new.records] == [record()]
    assert (new.coverage, new.determination, new.workflow) == ((), None, Workflow.REVIEW)
    assert new.matched is not None
    assert new.replaces is not None
    assert (new.replaces.case, new.replaces.number) == (was.id, was.number)


def test_the_old_case_stays_to_be_seen_as_it_was_and_takes_nothing_more(desk: Desk) -> None:
    was = wrong(desk)
    new = entered_anew(desk, was)
    old = desk.review.case(was.id)
    assert old.request.member == was.request.member
    assert (old.workflow, old.entered_wrong and old.entered_wrong.number) == (Workflow.CLOSED, new.number)
    assert old.line(1).decision == was.line(1).decision
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="The case is closed"):
        desk.determinations.refer(old.id, old.revision, (2,), "Summary.")
    with pytest.raises(UserError, match="The case is closed"):
        desk.determinations.undo(old.id, old.revision, desk.determinations.last_step(old.id))
    with pytest.raises(UserError, match="stands in the place of"):
        entered_anew(desk, old)
    assert desk.supervision.verification().holds


def test_both_timelines_tell_it(desk: Desk) -> None:
    from ur_desk.domain.telling import tell

    was = wrong(desk)
    new = entered_anew(desk, was)
    told = [tell(step.event.body) for case in (was, new) for step in desk.supervision.timeline(case.id)]
    assert f"voided the case, entered under the wrong member; {new.number} stands in its place. {WHY}" in told
    assert any(f"in place of {was.number}, entered under the wrong member" in words for words in told)


def test_a_supervisor_does_it_with_a_reason_on_the_case_as_it_stands(desk: Desk) -> None:
    was = wrong(desk)
    with pytest.raises(Forbidden):
        finish(desk.reentry.enter_anew(was.id, was.revision, RIGHT, WHY))
    with pytest.raises(UserError, match="how one knows"):
        entered_anew(desk, was, reason=" ")
    with pytest.raises(Stale):
        entered_anew(desk, replace(was, revision=was.revision - 1))
    assert len(desk.store.cases.ids()) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"member_id": None}, "who the right member is"),
        ({"family": None}, "who the right member is"),
        ({"member_id": "demo-004417"}, "the member under whom the case stands"),
        ({"member_id": "000-12"}, "begin with DEMO-"),
    ],
)
def test_a_member_who_is_not_known_or_is_the_same_is_refused(desk: Desk, change: dict[str, Any], why: str) -> None:
    was = wrong(desk)
    with pytest.raises(UserError, match=why):
        entered_anew(desk, was, replace(RIGHT, **change))
    assert len(desk.store.cases.ids()) == 1
    assert not desk.review.case(was.id).closed


def test_a_letter_that_was_sent_to_the_wrong_member_is_an_incident_first(desk: Desk) -> None:
    was = wrong(desk)
    was = posted(desk, finish(desk.letters.issue(was.id, was.revision, (1,))).value)
    with pytest.raises(UserError, match="sent to the wrong member"):
        entered_anew(desk, was)
    sit_down(desk, "mara")
    told = (was.sendings[0].event, desk.clock.now(), "Rosalind Alvarado", "She called.", "She sends it back.")
    was = desk.post.record_misdirected(was.id, was.revision, *told).value
    assert entered_anew(desk, was).replaces is not None
    assert [each.number for each in desk.post.incidents()] == [was.number]
    assert desk.post.owed() == ()


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (Member(member_id="A1"), Member(member_id="a1 "), False),
        (Member(member_id="A1"), Member(member_id="A2"), True),
        (Member("Doe", "Jo", birth_date=date(1990, 1, 1)), Member("doe", "JO", "A2", date(1990, 1, 1)), False),
        (Member("Doe", "Jo", birth_date=date(1990, 1, 1)), Member("Doe", "Jo", "A2", date(1990, 1, 2)), True),
    ],
)
def test_two_are_one_person_by_id_else_by_name_and_birth_date(one: Member, other: Member, differ: bool) -> None:
    assert another_person(one, other) is differ
