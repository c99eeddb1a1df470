"""Records of pages: attached to a case or beside a draft, seen page by page, searched, written out; and what is refused."""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, desk_in, enrolled, opened, request, sit_down
from record_makers import PAGES, fax, pdf, picture, record

from ur_desk.desk.desk import Desk
from ur_desk.desk.exports import Way
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.guard.access import RecordSeen
from ur_desk.domain.intake.attached import Beside, FieldPage, MediaType, Record, confirmed, noted, unconfirmed, without_rows
from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, Resembles, UserError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def attached(desk: Desk, case: Case | None = None, data: bytes = PAGES) -> Case:
    case = case or opened(desk)
    return desk.records.attach(case.id, desk.records.look(data, "fax-0412.pdf"), data).value


def test_a_record_is_kept_with_its_pages_who_attached_it_and_when_it_came(desk: Desk) -> None:
    case = opened(desk)
    came = NOW - timedelta(hours=2)
    case = desk.records.attach(case.id, desk.records.look(PAGES, "fax.pdf", came), PAGES).value
    (kept,) = case.records
    assert (kept.record.name, kept.record.media_type, kept.record.pages, kept.record.received_at) == ("fax.pdf", MediaType.PDF, 2, came)
    assert kept.record.characters == record().characters
    assert kept.by == desk.person.id
    assert desk.records.data(case.id, kept.record.sha256) == PAGES
    assert desk.supervision.verification().holds


@pytest.mark.parametrize(("data", "pages"), [(fax(3), 3), (picture("JPEG"), 1), (picture("PNG"), 1)])
def test_a_fax_or_a_picture_has_pages_without_text(desk: Desk, data: bytes, pages: int) -> None:
    (kept,) = attached(desk, data=data).records
    assert (kept.record.pages, kept.record.pages_with_text) == (pages, 0)
    (width, height, rgba), words = desk.records.page(data, kept.record, pages, 300)
    assert (width, len(rgba), words) == (300, width * height * 4, ())


def test_a_page_comes_with_the_words_of_its_text_layer(desk: Desk) -> None:
    _, words = desk.records.page(PAGES, record(), 1, 200)
    assert [word.text for word in words][:3] == ["Physical", "therapy", "evaluation"]


def test_a_record_attached_to_the_wrong_case_is_taken_back_by_whoever_attached_it(desk: Desk) -> None:
    case = opened(desk)
    done = desk.records.attach(case.id, record(), PAGES)
    assert done.undo is not None
    back = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    assert back.records == ()
    with pytest.raises(UserError, match="no such record"):
        desk.records.data(case.id, record().sha256)
    assert desk.supervision.verification().holds


def test_whoever_decides_opens_the_record_as_it_now_stands(desk: Desk) -> None:
    case = desk.review.open_record(opened(desk).id).value
    assert attached(desk, case).record_opened_by == frozenset()


def test_the_same_pages_are_attached_once(desk: Desk) -> None:
    case = attached(desk)
    with pytest.raises(UserError, match="has that record already"):
        attached(desk, case)
    assert len(desk.review.case(case.id).records) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (replace(record(), name="  "), "has a name"),
        (replace(record(), characters=()), "1 to 1000 pages"),
        (replace(record(), characters=(0,) * 1001), "1 to 1000 pages"),
        (replace(record(), received_at=NOW + timedelta(days=2)), "in the future"),
    ],
)
def test_a_record_that_cannot_be_is_refused_and_its_bytes_are_not_kept(desk: Desk, told: Record, words: str) -> None:
    case = opened(desk)
    with pytest.raises(UserError, match=words):
        desk.records.attach(case.id, told, PAGES)
    assert told.sha256 not in desk.store.blobs.names()


def test_other_bytes_than_were_looked_at_are_a_bug(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(ValueError, match="looked at"):
        desk.records.attach(case.id, record(), PAGES + b"\n")


def test_what_is_no_record_is_refused_and_a_file_too_large_is_not_read(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "words.pdf"
    words.write_bytes(b"Dear sirs")
    with pytest.raises(UserError, match="neither a PDF"):
        finish(desk.records.bring(words))
    with pytest.raises(UserError, match="cannot be read"):
        finish(desk.records.bring(tmp_path / "gone.pdf"))
    with pytest.raises(UserError, match="cannot be read"):
        finish(desk.records.bring(tmp_path))
    monkeypatch.setattr("ur_desk.desk.records.MOST_BYTES", 5)
    with pytest.raises(UserError, match="larger than"):
        finish(desk.records.bring(words))
    with pytest.raises(UserError, match="larger than"):
        desk.records.look(PAGES, "x")


def test_a_file_that_came_in_stands_in_the_register_and_its_name_in_no_log(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "doe-pat-1980.pdf"
    path.write_bytes(PAGES)
    with caplog.at_level(logging.DEBUG):
        told, data = finish(desk.records.bring(path))
        desk.records.attach(opened(desk).id, told, data)
        path.write_bytes(PAGES[:300])
        with pytest.raises(UserError):
            finish(desk.records.bring(path))
    assert "doe-pat" not in caplog.text
    sit_down(desk, "sol")
    (entry,) = [e for e in desk.exports.register() if e.way is Way.IN]
    assert (entry.what, Path(entry.path).name, entry.sha256) == ("record", path.name, hashlib.sha256(PAGES).hexdigest())


def test_a_name_of_any_bytes_is_kept_as_it_can_be_shown(desk: Desk, tmp_path: Path) -> None:
    for name, told_ in ((b"scan\xff\xe2\x80\xae.pdf", "scan\\xff.pdf"), (b"a  b\n.pdf", "a b .pdf")):
        path = tmp_path / os.fsdecode(name)
        path.write_bytes(PAGES)
        told, _ = finish(desk.records.bring(path))
        assert told.name == told_.replace("\\xff", "\\udcff")


def test_a_record_that_leaves_is_noted_and_is_the_same_file(desk: Desk, tmp_path: Path) -> None:
    case = attached(desk)
    out = desk.records.save(case.id, record().sha256, tmp_path / "out.pdf")
    assert out.read_bytes() == PAGES
    sit_down(desk, "sol")
    assert [e.what for e in desk.exports.register() if e.way is Way.OUT] == ["record"]


def test_each_page_seen_is_noted_once_an_opening(desk: Desk) -> None:
    case = attached(desk)
    desk.review.on_desk(case.id)
    for page in (1, 2, 1, 2):
        desk.records.seen(case.id, record().sha256, page)
    desk.looks.settle()
    noted_ = [event.body for _, event in desk.store.ledger.every() if isinstance(event.body, RecordSeen)]
    assert noted_ == [RecordSeen(record().sha256, 1), RecordSeen(record().sha256, 2)]
    with pytest.raises(UserError, match="no page 3"):
        desk.records.seen(case.id, record().sha256, 3)


def test_words_are_found_with_their_page_and_pages_without_text_are_passed_over(desk: Desk) -> None:
    case = attached(desk, attached(desk), fax(1, size=(80, 100)))
    (hit,) = finish(desk.records.find(case.id, "range of MOTION"))
    assert (hit.record.sha256, hit.found.page, hit.found.line) == (record().sha256, 1, "Range of motion is full")
    assert finish(desk.records.find(case.id, "nothing of the kind")) == ()


# beside a draft --------------------------------------------------------------------------------------------------------------


def drafted(desk: Desk, pages: tuple[FieldPage, ...] = ()) -> Beside:
    sit_down(desk, "mara")
    desk.intake.keep_draft("d-1", Draft(records=(record(),), field_pages=pages))
    desk.records.keep_beside("d-1", record(), PAGES)
    return Beside("d-1", (record(),), pages)


def test_a_draft_keeps_its_records_and_pages_and_goes_with_them(desk: Desk) -> None:
    pages = (FieldPage("member.member_id", record().sha256, 2),)
    drafted(desk, pages)
    ((_, draft),) = desk.intake.drafts()
    assert (draft.records, draft.field_pages) == ((record(),), pages)
    assert desk.records.beside("d-1", record().sha256) == PAGES
    desk.intake.drop_draft("d-1")
    with pytest.raises(UserError, match="no more"):
        desk.records.beside("d-1", record().sha256)


def test_what_lies_beside_a_draft_is_its_persons_alone(desk: Desk) -> None:
    drafted(desk)
    sit_down(desk, "ada")
    enrolled(desk, "nia", "Nia Park", frozenset({Role.NURSE}))
    sit_down(desk, "nia")
    with pytest.raises(UserError, match="no more"):
        desk.records.beside("d-1", record().sha256)
    with pytest.raises(UserError, match="somebody else's"):
        desk.records.keep_beside("d-1", record(), PAGES)
    desk.records.drop_beside("d-1", record().sha256)
    desk.intake.drop_draft("d-1")
    sit_down(desk, "mara")
    assert desk.records.beside("d-1", record().sha256) == PAGES


def test_a_draft_that_goes_to_a_colleague_takes_its_records_along(desk: Desk) -> None:
    beside = drafted(desk)
    desk.intake.hand_draft("d-1", "ada", "The second page is faint.")
    with pytest.raises(UserError, match="no more"):
        desk.records.beside("d-1", record().sha256)
    sit_down(desk, "ada")
    assert desk.records.beside("d-1", record().sha256) == PAGES
    desk.intake.hand_draft("d-1", "mara")
    sit_down(desk, "mara")
    assert [kept.record for kept in finish(desk.intake.open(request(), beside=beside)).value.records] == [record()]


def test_a_draft_that_is_dropped_takes_its_records_along(desk: Desk) -> None:
    drafted(desk)
    desk.intake.drop_draft("d-1")
    with pytest.raises(UserError, match="no more"):
        desk.records.beside("d-1", record().sha256)


def test_a_request_that_is_here_already_leaves_the_records_beside_its_draft(desk: Desk) -> None:
    opened(desk, reference="R-1")
    with pytest.raises(Resembles):
        finish(desk.intake.open(request(reference="R-1"), beside=drafted(desk)))
    assert len(desk.store.ledger.cases()) == 1
    assert desk.records.beside("d-1", record().sha256) == PAGES


def test_a_person_who_opens_no_cases_keeps_nothing_beside_drafts(desk: Desk) -> None:
    sit_down(desk, "osei")
    with pytest.raises(Forbidden):
        desk.records.keep_beside("d-1", record(), PAGES)


def test_a_draft_that_becomes_a_case_gives_it_its_records_and_where_each_field_was_read(desk: Desk) -> None:
    pages = (FieldPage("member.member_id", record().sha256, 2), FieldPage("state", record(b"other").sha256, 1))
    case = finish(desk.intake.open(request(), beside=drafted(desk, pages))).value
    assert [kept.record for kept in case.records] == [record()]
    assert case.field_pages == pages[:1]
    assert desk.records.data(case.id, record().sha256) == PAGES
    assert desk.review.case(case.id).field_pages == case.field_pages
    with pytest.raises(UserError, match="no more"):
        desk.records.beside("d-1", record().sha256)
    assert desk.supervision.verification().holds


def test_a_case_is_not_opened_while_a_proposal_waits_or_a_record_has_gone_and_nothing_is_lost(desk: Desk) -> None:
    beside = drafted(desk, (FieldPage("state", record().sha256, 1, confirmed=False),))
    with pytest.raises(UserError, match="nobody has looked"):
        finish(desk.intake.open(request(), beside=beside))
    assert desk.records.beside("d-1", record().sha256) == PAGES
    with pytest.raises(UserError, match="no more"):
        finish(desk.intake.open(request(), beside=Beside("d-2", (record(),))))
    with pytest.raises(UserError, match="no record of the case has"):
        finish(desk.intake.open(request(), beside=replace(beside, pages=(FieldPage("state", record().sha256, 3),))))
    assert desk.store.ledger.cases() == ()
    assert desk.records.beside("d-1", record().sha256) == PAGES


def test_pages_of_fields_are_set_confirmed_and_follow_their_rows() -> None:
    one, two = record().sha256, record(b"x").sha256
    pages = noted(noted((), "state", one, 1), "state", two, 2)
    assert pages == (FieldPage("state", two, 2),)
    proposed = (FieldPage("services.1.code", one, 1, confirmed=False), FieldPage("services.3.code", one, 2), FieldPage("state", one, 1))
    assert unconfirmed(confirmed(proposed, "services.1.code")) == ()
    assert [each.field for each in without_rows(proposed, "services", 2)] == ["services.1.code", "services.2.code", "state"]
    assert [each.field for each in without_rows(proposed, "services", 1)] == ["services.2.code", "state"]
    with pytest.raises(ValueError, match="counts from 1"):
        FieldPage("state", one, 0)


def test_the_timeline_tells_of_a_record_without_its_bytes(desk: Desk) -> None:
    from ur_desk.domain.telling import tell

    assert tell(ev.RecordAttached(record())) == "attached a record of 2 pages: fax-0412.pdf."
    assert tell(ev.PagesNoted((FieldPage("state", record().sha256, 1),))) == "noted on which page of the records 1 field was read."


def test_a_record_goes_with_the_purge_of_its_case_alone(desk: Desk) -> None:
    from ur_desk.domain.audit import named

    assert set(named(ev.RecordAttached(record()))) == {record().sha256}
    assert set(named(ev.PagesNoted((FieldPage("state", record().sha256, 1),)))) == {record().sha256}
    assert pdf("x") != PAGES
