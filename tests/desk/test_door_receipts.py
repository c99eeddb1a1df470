"""At the door: when a file was received, as somebody says it once for all its requests; and the same file that is brought again."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW, FixedClock, desk_in, line, opened, request, sit_down
from messages import MEMBER, sent
from test_arrivals import another, do, looked, written

from ur_desk.desk.brought import Brought, Run
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.events import Use
from ur_desk.domain.intake.arriving import Choice, Likeness
from ur_desk.domain.intake.mapping import Column, Mapping, Sender
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.intake.receiving import Way
from ur_desk.domain.listing import CaseFilter, News
from ur_desk.domain.request import Evidence, Kind, ReceiptEvidence, Request
from ur_desk.errors import Forbidden, Resembles, UserError

AT = NOW - timedelta(hours=3)
TOLD = Receipt(AT, "America/New_York", ReceiptEvidence(Evidence.FAX_HEADER, "page 1"))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", clock=clock) as made:
        sit_down(made, "mara")
        yield made


def bare(number: int, **changes: object) -> Request:
    """A request of which its file does not say when it came."""
    return another(number, received_at=None, received_zone=None, **changes)


def file_of(desk: Desk, run: Run) -> Brought:
    (file,) = desk.arrivals.report(run.id).files
    return file


def test_one_receipt_holds_for_all_requests_of_the_file_that_tell_none_and_starts_their_clocks(desk: Desk, tmp_path: Path) -> None:
    told = another(3)
    run = looked(desk, written(tmp_path, "a.json", bare(1), bare(2), told))
    (file,) = run.files
    assert [item.place for item in file.bare] == [1, 2]
    desk.arrivals.receive({file.id: TOLD})
    one, two, three = (do(desk, run, Choice.NEW, nth=n) for n in range(3))
    for case in (one, two):
        assert (case.request.received_at, case.request.received_zone, case.request.received_evidence) == (AT, TOLD.zone, TOLD.evidence)
        assert case.clock.due_at is not None
    assert three.request.received_at == told.received_at
    assert desk.supervision.verification().breaks == ()


def test_a_person_may_open_without_a_receipt_and_the_case_is_a_task_until_it_is_told(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", bare(1)))
    assert file_of(desk, run).receipt is None
    desk.arrivals.receive({run.files[0].id: Receipt()})
    assert file_of(desk, run).receipt == Receipt()
    case = do(desk, run, Choice.NEW)
    assert case.clock.due_at is None
    (row,) = desk.supervision.cases(CaseFilter(news=True)).rows
    assert row.news is News.RECEIPT
    asked = replace(case.request, received_at=AT, received_zone="UTC", received_evidence=TOLD.evidence)
    finish(desk.intake.complete(case.id, case.revision, asked, "the mail room", "by its log"))
    assert desk.supervision.cases(CaseFilter(news=True)).rows == ()


def test_what_was_said_of_a_receipt_may_be_said_otherwise_until_the_case_is_open(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", bare(1)))
    for receipt in (TOLD, Receipt(), replace(TOLD, at=AT - timedelta(hours=1))):
        desk.arrivals.receive({run.files[0].id: receipt})
        (item,) = file_of(desk, run).items
        assert item.request.received_at == receipt.at
        assert item.bare


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (replace(TOLD, at=NOW + timedelta(hours=1)), "in the future"),
        (replace(TOLD, evidence=None), "what shows"),
        (replace(TOLD, zone=None), "what shows"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_and_none_of_the_files_gets_one(
    desk: Desk, tmp_path: Path, receipt: Receipt, said: str
) -> None:
    run = looked(desk, written(tmp_path, "a.json", bare(1)), written(tmp_path, "b.json", bare(2)))
    one, two = run.files
    with pytest.raises(UserError, match=said):
        desk.arrivals.receive({one.id: TOLD, two.id: receipt})
    assert [file.receipt for file in desk.arrivals.report(run.id).files] == [None, None]


def test_who_opens_no_cases_says_nothing_of_receipts(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", bare(1)))
    sit_down(desk, "osei")
    with pytest.raises(Forbidden):
        desk.arrivals.receive({run.files[0].id: TOLD})


def test_what_may_be_taken_for_the_receipt_is_the_time_of_the_file_the_senders_clock_and_its_coming_now(desk: Desk, tmp_path: Path) -> None:
    path = sent(tmp_path, "cancellation.x12")
    saved = datetime(2017, 10, 5, 12, 15, tzinfo=UTC)
    os.utime(path, (saved.timestamp(), saved.timestamp()))
    run = looked(desk, path)
    told = {each.way: each.receipt for each in file_of(desk, run).suggestions("America/New_York")}
    assert told[Way.FILE].at == saved
    assert told[Way.FILE].evidence == ReceiptEvidence(Evidence.FILE_TIME, "cancellation.x12")
    assert told[Way.SENDER].at == datetime(2017, 10, 3, 14, 15, tzinfo=UTC)  # BHT: 20171003 1015, in the zone of the workspace
    assert "BHT04" in str(told[Way.SENDER].evidence)
    assert told[Way.NOW].at == run.files[0].at


def test_what_lies_behind_the_bringing_is_not_taken_for_the_receipt(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", bare(1))
    later = (NOW + timedelta(days=1)).timestamp()
    os.utime(path, (later, later))
    assert [each.way for each in looked(desk, path).files[0].suggestions("UTC")] == [Way.NOW]


def test_a_bundle_tells_its_own_time_with_its_zone(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, sent(tmp_path, "update.json"))
    made = file_of(desk, run).made
    assert made is None  # a Bundle without a timestamp says nothing of when it was made
    path = tmp_path / "timed.json"
    text = (tmp_path / "update.json").read_text(encoding="utf-8")
    path.write_text(
        text.replace('"type": "collection"', '"type": "collection", "timestamp": "2017-10-03T09:00:00-05:00"'), encoding="utf-8"
    )
    told = {each.way: each.receipt for each in looked(desk, path).files[0].suggestions("UTC")}
    assert (told[Way.SENDER].at, told[Way.SENDER].zone) == (datetime(2017, 10, 3, 14, tzinfo=UTC), "-05:00")


# the same file once more ------------------------------------------------------------------------------------------------


def test_a_file_that_is_brought_again_waits_for_nobody_is_looked_at_once_and_may_be_noted(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    file = written(tmp_path, "a.json", request(reference=None), another(2))
    run = looked(desk, file)
    case = do(desk, run, Choice.NEW)
    do(desk, run, Choice.NEW, nth=1)
    clock.at += timedelta(days=1)
    again = looked(desk, file)
    first, second = again.items
    assert [(item.waits, item.here, item.asks, item.became) for item in (first, second)] == [(False, True, True, None)] * 2
    assert [each.likeness for each in first.resembles] == [Likeness.HERE]
    with pytest.raises(Resembles):
        finish(desk.choosing.open(first))
    desk.arrivals.look_at(first)
    do(desk, again, Choice.AGAIN, desk.store.cases.ids()[1], nth=1)
    first, second = desk.arrivals.report(again.id).items
    assert (first.asks, first.became) == (False, None)
    assert second.became is not None
    assert [came.body.use for came in desk.review.case(desk.store.cases.ids()[1]).messages] == [Use.AGAIN]
    assert desk.review.case(case.id).messages == ()
    with pytest.raises(Resembles):
        do(desk, again, Choice.AGAIN, desk.store.cases.ids()[1], nth=1)
    assert len(desk.store.cases.ids()) == 2


def test_a_request_that_comes_again_without_the_receipt_that_somebody_told_is_the_same(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    run = looked(desk, written(tmp_path, "a.json", bare(1)))
    desk.arrivals.receive({run.files[0].id: TOLD})
    do(desk, run, Choice.NEW)
    clock.at += timedelta(days=1)
    (item,) = looked(
        desk,
        written(
            tmp_path,
            "b.json",
            bare(1),
        ),
    ).items
    assert item.here


# a file read anew --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_read_anew_keeps_its_place_in_its_report_and_no_old_request_waits(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Member ID,Last Name,DOB,DOS,Was\nDEMO-000042,Quill,1970-03-04,2017-10-12,76120\n", encoding="utf-8")
    other = written(tmp_path, "b.json", another(7))
    run = looked(desk, table, other)
    signature = desk.senders.look(table.read_bytes(), table.name).table.signature
    fields = ("member.member_id", "member.family", "member.birth_date", "services.first_day", "services.code")
    heads = table.read_text(encoding="utf-8").splitlines()[0].split(",")
    desk.senders.keep(Sender("Elm Clinic", signature, Mapping(tuple(Column(h, f) for h, f in zip(heads, fields, strict=True)))))
    table.unlink()
    file = finish(desk.arrivals.read_anew(run.files[0].id)).value
    assert [item.request.services[0].code for item in file.items] == ["76120"]
    report = desk.arrivals.report(run.id)
    assert [each.path.name for each in report.files] == ["list.csv", "b.json"]
    assert len(desk.arrivals.runs()) == 1
    assert len(report.waiting) == 2
    desk.arrivals.forget(run.id)
    with pytest.raises(UserError, match="put away meanwhile"):
        finish(desk.arrivals.read_anew(file.id))


# somebody else's case ----------------------------------------------------------------------------------------------------


def test_a_message_that_names_the_case_of_another_member_says_so(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    stranger = replace(request().member, family="Other", given="Uma", member_id="DEMO-9", birth_date=None)
    mine = request(kind=Kind.CANCELLATION, reference=case.number)
    theirs = replace(mine, member=stranger, services=(line(1, "97110"),))
    run = looked(desk, written(tmp_path, "a.json", mine, theirs))
    assert [[each.another for each in item.resembles] for item in run.items] == [[False], [True]]


def test_a_case_in_which_a_message_of_somebody_else_lies_is_still_that_of_its_own_member(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-1")
    assert case.request.member.member_id != MEMBER.member_id
    for name in ("cancellation.x12", "update.json"):
        run = looked(desk, sent(tmp_path, name))
        if name == "cancellation.x12":
            do(desk, run, Choice.INFORMATION, case.id)
        else:
            (item,) = run.items
            assert [(each.likeness, each.another) for each in item.resembles] == [(Likeness.NAMED, True)]
