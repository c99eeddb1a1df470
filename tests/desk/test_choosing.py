"""What a person decides about a request that came in: what each choice leaves in the cases, what it refuses, and the way back."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, cites, desk_in, line, opened, passphrase, posted, request, sit_down, unclear
from record_makers import PAGES, fax, record
from test_arrivals import another, do, looked, written

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.arriving import Choice
from ur_desk.domain.determination import Determination, Reason, Workflow
from ur_desk.domain.events import ContactWay, Following, Use
from ur_desk.domain.listing import CaseFilter, News
from ur_desk.domain.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.request import Kind
from ur_desk.errors import Forbidden, UserError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made
        assert made.supervision.verification().breaks == ()


def row(desk: Desk, number: str) -> Any:
    return next(row for row in desk.supervision.cases(CaseFilter()).rows if row.number == number)


def denied(desk: Desk, **changes: Any) -> Any:
    case = opened(desk, **changes)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    told = desk.determinations.decide(
        case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=desk.vault.prove(passphrase("osei"))
    ).value
    sit_down(desk, "mara")
    return told


def test_more_information_takes_pended_lines_back_and_the_worklist_says_so(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, unclear(), line(2, "97110", "Therapeutic exercise"), reference="R-1")
    desk.determinations.ask_for_information(case.id, case.revision, (1,), ["the order"], "It says which study.", "the office")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="The order is attached.")))
    after = do(desk, run, Choice.INFORMATION, case.id)
    assert (after.line(1).workflow, after.line(1).returned_from_pend, after.line(2).workflow) == (Workflow.REVIEW, True, Workflow.REVIEW)
    assert after.messages[0].body.lines == (1,)
    assert after.messages[0].body.request.clinical_notes == "The order is attached."
    assert after.clock == case.clock
    assert (row(desk, case.number).news, row(desk, case.number).returned_from_pend) == (News.INFORMATION, True)
    desk.review.open_record(case.id)
    assert row(desk, case.number).news is None


def test_information_for_a_decided_case_comes_up_in_the_worklist_until_somebody_reads_it(desk: Desk, tmp_path: Path) -> None:
    case = denied(desk, reference="R-1")
    for number in (2, 3):
        opened(desk, reference=f"R-{number}", member=another(number).member)
    posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
    assert desk.supervision.cases(CaseFilter()).rows[-1].number == case.number
    do(desk, looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="More."))), Choice.INFORMATION, case.id)
    assert desk.supervision.cases(CaseFilter()).rows[0].number == case.number
    desk.review.open_record(case.id)
    assert desk.supervision.cases(CaseFilter()).rows[-1].number == case.number


def test_the_same_request_again_is_noted_and_changes_nothing_else(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    desk.review.open_record(case.id)
    file = written(tmp_path, "again.json", request(reference="R-1"), {"schema": "nothing"})
    after = do(desk, looked(desk, file), Choice.AGAIN, case.id)
    (came,) = after.messages
    assert (came.body.use, came.body.source, came.body.request.source.file) == (Use.AGAIN, after.messages[0].body.source, "again.json")
    assert desk.store.blobs.get(came.body.source) == file.read_bytes()
    before = desk.review.case(case.id)
    assert replace(after, messages=(), revision=0) == replace(case, record_opened_by=before.record_opened_by, revision=0)
    assert row(desk, case.number).news is None


def test_what_is_left_out_stands_in_the_worklist_until_the_sender_was_told(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", another(1)))
    with pytest.raises(UserError, match="Say why"):
        do(desk, run, Choice.LEAVE_OUT, reason="  ")
    assert desk.store.cases.ids() == ()
    case = do(desk, run, Choice.LEAVE_OUT, reason="The member is of another plan.")
    assert (case.workflow, case.closed, row(desk, case.number).news) == (Workflow.INTAKE, False, News.TELL_SENDER)
    assert case.clock is not None
    with pytest.raises(UserError, match="left out"):
        desk.determinations.close(case.id, case.revision)
    with pytest.raises(UserError, match="who was told"):
        desk.choosing.tell_sender(case.id, case.revision, ContactWay.FAX, " ", "Not ours.", NOW)
    with pytest.raises(UserError, match="future"):
        desk.choosing.tell_sender(case.id, case.revision, ContactWay.FAX, "the office", "x", datetime(2030, 1, 1, tzinfo=UTC))
    told = desk.choosing.tell_sender(case.id, case.revision, ContactWay.FAX, "the office", "Send it to the other plan.", NOW).value
    assert (told.workflow, row(desk, case.number).news) == (Workflow.CLOSED, None)
    assert desk.arrivals.report(run.id).waiting == ()


def test_a_sender_is_told_of_nothing_that_is_being_worked(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(UserError, match="was not left out"):
        desk.choosing.tell_sender(case.id, case.revision, ContactWay.FAX, "the office", "x", NOW)


@pytest.mark.parametrize(
    ("choice", "kind", "rule", "due", "words"),
    [
        (Choice.APPEAL, Following.APPEAL, "ERISA-APL-PRE", date(2017, 11, 8), "30 calendar days from receipt"),
        (Choice.REOPENING, Following.REOPENING, None, None, "No clock rule for reopening is loaded"),
    ],
)
def test_an_appeal_or_reopening_is_a_case_of_its_own_with_its_own_receipt(
    desk: Desk, tmp_path: Path, choice: Choice, kind: Following, rule: str | None, due: date | None, words: str
) -> None:
    first = denied(desk, reference="R-1")
    came = datetime(2017, 10, 9, 12, tzinfo=UTC)
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", received_at=came, clinical_notes="We appeal.")))
    (item,) = run.items
    assert item.resembles[0].adverse
    case = do(desk, run, choice, first.id)
    assert case.follows is not None
    assert (case.follows.number, case.follows.kind) == (first.number, kind)
    assert case.clock is not None
    assert (case.clock.rule, case.clock.due_at and case.clock.due_at.date()) == (rule, due)
    assert case.clock.start_at == (came if rule else None)
    assert words in case.clock.words
    assert case.request.received_at == came
    (noted,) = desk.review.case(first.id).followed
    assert (noted.number, noted.received_at) == (case.number, came)
    assert desk.arrivals.report(run.id).waiting == ()


def test_nothing_appeals_against_what_was_not_refused(desk: Desk, tmp_path: Path) -> None:
    first = opened(desk, reference="R-1")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="We appeal.")))
    with pytest.raises(UserError, match="decided against"):
        do(desk, run, Choice.APPEAL, first.id)
    assert len(desk.store.cases.ids()) == 1


def test_an_appeals_clock_stays_an_appeals_where_facts_are_added(desk: Desk, tmp_path: Path) -> None:
    from ur_desk.desk.steps import finish

    first = denied(desk, reference="R-1")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", state=None, received_at=NOW)))
    case = do(desk, run, Choice.APPEAL, first.id)
    after = finish(desk.intake.complete(case.id, case.revision, replace(case.request, state="IN"), "the office", "by phone")).value
    assert [read.clock and read.clock.rule for read in (case, after)] == ["ERISA-APL-PRE"] * 2


DECISION = Decision(
    answers=("R-1",),
    event=Action("A2", "AUTH-1"),
    lines=(LineAction(1, Action("A3", reasons=("0B",))),),
    rejections=(Rejection("72", "C", "loop 2010C"),),
)


@pytest.mark.parametrize(
    ("kind", "use"),
    [
        (Kind.RESPONSE, Use.RESPONSE),
        (Kind.CANCELLATION, Use.CANCELLATION),
        (Kind.REVISION, Use.REVISION),
        (Kind.INQUIRY, Use.INQUIRY),
        (Kind.NOTIFICATION, Use.NOTIFICATION),
        (Kind.RENEWAL, Use.INFORMATION),
    ],
)
def test_a_message_stands_in_the_case_that_it_names_as_what_it_is(desk: Desk, tmp_path: Path, kind: Kind, use: Use) -> None:
    case = opened(desk, reference="R-1")
    decision = DECISION if kind is Kind.RESPONSE else None
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", kind=kind, decision=decision)))
    after = do(desk, run, Choice.INFORMATION, case.id)
    assert [came.body.use for came in after.messages] == [use]
    assert after.messages[0].body.request.decision == decision
    assert (after.determination, [s.workflow for s in after.lines]) == (None, [Workflow.REVIEW])
    assert row(desk, case.number).news == News(use.value)


def test_a_response_for_no_known_case_is_kept_in_view(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", request(reference="R-9", kind=Kind.RESPONSE, decision=DECISION))
    run = looked(desk, file)
    (item,) = run.items
    assert item.lost
    assert not item.alone
    file.unlink()
    with pytest.raises(UserError, match="opens no case by itself"):
        do(desk, run, Choice.NEW)
    assert [item.lost for item in desk.arrivals.report(run.id).waiting] == [True]
    case = opened(desk, reference="R-1")
    assert not desk.arrivals.report(run.id).waiting[0].lost
    assert do(desk, run, Choice.INFORMATION, case.id).messages[0].body.request.decision == DECISION


def test_a_case_that_was_opened_by_mistake_is_taken_back_and_its_request_waits_again(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", another(1)))
    case = do(desk, run, Choice.NEW)
    back = desk.choosing.take_back(case.id).value
    assert (back.taken_back, back.workflow) == (True, Workflow.CLOSED)
    assert [item.alone for item in desk.arrivals.report(run.id).waiting] == [True]
    assert do(desk, run, Choice.NEW).number != case.number


def test_an_appeal_that_was_opened_by_mistake_is_gone_from_the_first_case_too(desk: Desk, tmp_path: Path) -> None:
    first = denied(desk, reference="R-1")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", received_at=NOW, clinical_notes="We appeal.")))
    desk.choosing.take_back(do(desk, run, Choice.APPEAL, first.id).id)
    assert desk.review.case(first.id).followed == ()
    assert len(desk.arrivals.report(run.id).waiting) == 1


def test_a_case_in_which_something_was_done_is_not_taken_back(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", another(1), another(2)))
    case, other = do(desk, run, Choice.NEW), do(desk, run, Choice.NEW, nth=1)
    desk.review.add_note(case.id, "Called.")
    with pytest.raises(UserError, match="Something else was done"):
        desk.choosing.take_back(case.id)
    sit_down(desk, "ada")
    with pytest.raises(Forbidden, match="Only the person who opened"):
        desk.choosing.take_back(other.id)
    sit_down(desk, "mara")
    desk.arrivals.forget(run.id)
    with pytest.raises(UserError, match="not kept any more"):
        desk.choosing.take_back(other.id)


def test_an_attachment_is_taken_back_by_the_undo_of_every_other_step(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, unclear(), line(2, "97110", "Therapeutic exercise"), reference="R-1")
    desk.determinations.ask_for_information(case.id, case.revision, (1,), ["the order"], "It says which study.", "the office")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="The order is attached.")))
    after = do(desk, run, Choice.INFORMATION, case.id)
    back = desk.determinations.undo(case.id, after.revision, desk.determinations.last_step(case.id)).value
    assert (back.messages, back.line(1).workflow, back.unread) == ((), Workflow.PENDED, ())
    assert len(desk.arrivals.report(run.id).waiting) == 1


def test_a_record_that_comes_for_what_was_left_out_is_kept_and_taken_back_also_once_the_sender_was_told(desk: Desk, tmp_path: Path) -> None:
    case = do(desk, looked(desk, written(tmp_path, "a.json", another(1))), Choice.LEAVE_OUT, reason="Another plan.")
    case = desk.records.attach(case.id, record(), PAGES).value
    assert [kept.record for kept in case.records] == [record()]
    case = desk.choosing.tell_sender(case.id, case.revision, ContactWay.FAX, "The office", "Not ours.", NOW).value
    case = desk.records.attach(case.id, record(fax(1)), fax(1)).value
    back = desk.determinations.undo(case.id, case.revision, desk.determinations.last_step(case.id)).value
    assert (back.closed, [kept.record for kept in back.records]) == (True, [record()])


def test_what_was_left_out_can_be_taken_up_after_all(desk: Desk, tmp_path: Path) -> None:
    case = do(desk, looked(desk, written(tmp_path, "a.json", another(1))), Choice.LEAVE_OUT, reason="Another plan.")
    back = desk.determinations.undo(case.id, case.revision, desk.determinations.last_step(case.id)).value
    assert (back.left_out, back.workflow) == (None, Workflow.REVIEW)


def test_a_paper_from_the_future_is_refused(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    (item,) = looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="More."))).items
    later = replace(item, request=replace(item.request, received_at=datetime(2017, 10, 9, 23, tzinfo=UTC)))
    with pytest.raises(UserError, match="future"):
        desk.choosing.attach(later, case.id)


def test_in_a_demo_a_real_members_paper_stays_outside(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    real = replace(request().member, member_id="W123")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", member=real)))
    for choice in (Choice.NEW, Choice.AGAIN, Choice.INFORMATION, Choice.LEAVE_OUT):
        with pytest.raises(UserError, match="DEMO-"):
            do(desk, run, choice, case.id, "x")


class EnoughError(Exception):
    """Takes back what was removed."""


def test_purging_a_case_lets_go_of_all_that_came_in_for_it(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    run = looked(desk, written(tmp_path, "a.json", request(reference="R-1", clinical_notes="More.")))
    came = do(desk, run, Choice.INFORMATION, case.id).messages[0].body.source
    with contextlib.suppress(EnoughError), desk.store.atomic():
        contents = desk.store.purge.contents(case.id)
        desk.store.purge.remove([case.id], [event for event, _ in contents], [came])
        assert [desk.store._door.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("papers", "arrivals")] == [0, 0]
        raise EnoughError
    assert desk.arrivals.report(run.id).waiting == ()
