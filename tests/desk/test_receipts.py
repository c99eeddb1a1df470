"""Corrections of the receipt: set once, then changed with what shows it, a reason, and a supervisor who did not ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, desk_in, earlier_receipt, enrolled, line, opened, posted, request, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.receipts import Correction
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import EventId, Restriction
from ur_desk.domain.intake.receipt import Receipt, receipt_of
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, Stale, UserError

WHY = "The fax was stamped a day late."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def doubted(desk: Desk, **changes: Any) -> Case:
    case = opened(desk, **changes)
    return desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY).value


def settled(desk: Desk, case: Case, allowed: bool, reason: str = "Looked at the fax.", by: str = "sol") -> Case:
    sit_down(desk, by)
    assert case.doubted is not None
    return desk.receipts.settle(case.id, case.revision, case.doubted.event, allowed, reason).value


def test_asking_changes_nothing_until_a_supervisor_allows_it(desk: Desk) -> None:
    before = opened(desk)
    case = desk.receipts.doubt(before.id, before.revision, earlier_receipt(before), WHY).value
    assert receipt_of(case.request) == receipt_of(before.request)
    assert case.clock == before.clock
    assert case.doubted is not None
    assert (case.doubted.before, case.doubted.after, case.doubted.reason) == (receipt_of(before.request), earlier_receipt(before), WHY)


def test_an_allowed_correction_moves_the_receipt_and_the_due_instant_and_keeps_both(desk: Desk) -> None:
    case = doubted(desk)
    was, asked = case.clock, case.doubted
    done = settled(desk, case, allowed=True)
    assert asked is not None
    assert receipt_of(done.request) == asked.after
    assert was is not None
    assert done.clock is not None
    assert was.due_at is not None
    assert done.clock.due_at == was.due_at - timedelta(days=1)
    (change,) = done.receipts
    assert (change.allowed, change.said, change.due_before, done.doubted) == (True, "Looked at the fax.", was, None)
    assert desk.supervision.verification().holds


def test_a_refused_correction_leaves_receipt_and_clock(desk: Desk) -> None:
    case = doubted(desk)
    done = settled(desk, case, allowed=False, reason="The header says the 6th.")
    assert (done.request, done.clock) == (case.request, case.clock)
    (change,) = done.receipts
    assert (change.allowed, change.said, change.due_before) == (False, "The header says the 6th.", None)
    assert desk.supervision.verification().holds


def test_whoever_asks_does_not_allow(desk: Desk) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "sup", "Sam Upton", frozenset({Role.SUPERVISOR, Role.NURSE}))
    case = opened(desk)
    sit_down(desk, "sup")
    case = desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY).value
    with pytest.raises(Forbidden, match="does not allow it"):
        settled(desk, case, allowed=True, by="sup")
    assert settled(desk, case, allowed=True, by="sol").doubted is None


def test_a_correction_can_be_taken_back_while_it_waits(desk: Desk) -> None:
    case = opened(desk)
    done = desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY)
    assert done.undo is not None
    back = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    assert back.receipts == ()
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="No such correction"):
        desk.receipts.settle(back.id, back.revision, done.undo.event, True, "Looked.")


def test_one_correction_waits_at_a_time_and_another_may_follow(desk: Desk) -> None:
    case = doubted(desk)
    with pytest.raises(UserError, match="waits for a supervisor already"):
        desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY)
    case = settled(desk, case, allowed=True)
    sit_down(desk, "mara")
    case = desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), "Another page came.").value
    assert [change.allowed for change in case.receipts] == [True, None]


def told(case: Case, **changes: Any) -> Receipt:
    return replace(earlier_receipt(case), **changes)


@pytest.mark.parametrize(
    ("after", "reason", "words"),
    [
        (lambda c: told(c), "  ", "Say why the recorded receipt is wrong"),
        (lambda c: told(c, evidence=None), WHY, "Say what shows the receipt"),
        (lambda c: told(c, at=None), WHY, "Say when the request was received"),
        (lambda c: told(c, zone=None), WHY, "Say when the request was received"),
        (lambda c: told(c, at=NOW + timedelta(days=1)), WHY, "cannot have been received in the future"),
        (lambda c: receipt_of(c.request), WHY, "as it stands"),
    ],
)
def test_a_correction_that_says_too_little_is_refused_and_nothing_is_kept(desk: Desk, after: Any, reason: str, words: str) -> None:
    case = opened(desk)
    last = desk.store.ledger.last()
    with pytest.raises(UserError, match=words):
        desk.receipts.doubt(case.id, case.revision, after(case), reason)
    assert desk.store.ledger.last() == last


def test_a_case_without_a_receipt_is_completed_instead(desk: Desk) -> None:
    other = opened(desk)
    case = opened(desk, received_at=None, received_zone=None)
    with pytest.raises(UserError, match="no receipt that could be corrected"):
        desk.receipts.doubt(case.id, case.revision, earlier_receipt(other), WHY)


def test_settling_says_what_was_looked_at_and_meets_no_stale_screen(desk: Desk) -> None:
    case = doubted(desk)
    with pytest.raises(UserError, match="Say what you looked at"):
        settled(desk, case, allowed=True, reason=" ")
    assert case.doubted is not None
    with pytest.raises(Stale):
        desk.receipts.settle(case.id, case.revision - 1, case.doubted.event, True, "Looked.")
    with pytest.raises(UserError, match="No such correction"):
        desk.receipts.settle(case.id, case.revision, EventId("another"), True, "Looked.")


def test_a_receipt_is_corrected_in_a_closed_case_too_and_its_letters_stay(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
    case = desk.determinations.close(case.id, case.revision).value
    letters = case.letters
    case = desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY).value
    done = settled(desk, case, allowed=True)
    assert done.closed
    assert done.letters == letters
    assert done.clock != case.clock
    assert desk.supervision.verification().holds


def test_the_waiting_ones_and_a_months_report_are_for_supervisors_and_auditors(desk: Desk) -> None:
    first = doubted(desk)
    sit_down(desk, "mara")
    second = doubted(desk, reference="R-2")
    settled(desk, first, allowed=True)
    assert [c.number for c in desk.receipts.waiting()] == [second.number]
    month = desk.receipts.of_month(2017, 10)
    assert [(c.number, c.change.allowed) for c in month] == [(first.number, True), (second.number, None)]
    assert (month[0].asked_by.name, month[0].settled_by.name) == ("mara", "sol")  # type: ignore[union-attr]
    assert desk.receipts.of_month(2017, 11) == ()
    sit_down(desk, "mara")
    with pytest.raises(Forbidden):
        desk.receipts.of_month(2017, 10)


@pytest.mark.parametrize(("year", "month"), [(2017, 13), (2017, 0), (0, 1), (10_000, 1)])
def test_what_is_no_month_is_refused(desk: Desk, year: int, month: int) -> None:
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="no month"):
        desk.receipts.of_month(year, month)


def test_of_a_case_that_is_closed_to_the_reader_only_that_there_is_one_is_told(desk: Desk) -> None:
    case = doubted(desk)
    sit_down(desk, "ada")
    enrolled(desk, "sup", "Sam Upton", frozenset({Role.SUPERVISOR}))
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Works here.", ["mara", "sol"])
    assert _only(desk).number == case.number
    sit_down(desk, "sup")
    hidden = _only(desk)
    assert (hidden.number, hidden.change.reason, hidden.change.after, hidden.due_now) == ("", "", Receipt(), None)


def _only(desk: Desk) -> Correction:
    (found,) = desk.receipts.waiting()
    return found


def test_what_is_asked_and_settled_is_told_in_the_timeline(desk: Desk) -> None:
    case = settled(desk, doubted(desk), allowed=True)
    bodies = [t.event.body for t in desk.supervision.timeline(case.id)]
    assert [type(b) for b in bodies][-3:] == [ev.ReceiptDoubted, ev.ReceiptSettled, ev.ClockRead]
    assert request().received_at is not None
