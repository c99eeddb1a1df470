"""The records of a case on the review screen: listed, read page by page, searched, attached, written out; every page seen is noted."""

from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import request
from PySide6.QtCore import Qt
from record_makers import PAGES, fax, record
from ui_desk import Room, seated, sit

from ur_desk.desk.steps import finish
from ur_desk.domain.guard.access import RecordSeen, Searched, Where
from ur_desk.domain.intake.attached import Beside, FieldPage
from ur_desk.domain.intake.typed import Draft
from ur_desk.ui import dialogs
from ur_desk.ui.models.request_rows import RequestKind
from ur_desk.ui.privacy import mask


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "fax-0412.pdf", tmp_path / "scan.tif", tmp_path / "words.pdf"]
    for path, data in zip(made, (PAGES, fax(2, size=(80, 100)), b"Dear sirs"), strict=True):
        path.write_bytes(data)
    return made


def seen(room: Any) -> list[int]:
    room.desk.looks.settle()
    return [event.body.page for _, event in room.desk.store.ledger.every() if isinstance(event.body, RecordSeen)]


def press(room: Any, keys: str) -> None:
    next(a for a in room.page.actions() if keys in [key.toString() for key in a.shortcuts()]).trigger()


def test_records_are_attached_and_shown_and_one_that_is_refused_stops_no_other(room: Any, files: list[Path]) -> None:
    case = room.open()
    room.page.attach([files[2], *files[:2]])
    assert [kept.record.name for kept in room.now(case).records] == ["fax-0412.pdf", "scan.tif"]
    assert "neither a PDF" in room.page.notice.accessibleName()
    view = room.page.records.view
    assert [view.choice.itemText(place) for place in range(2)] == [
        "fax-0412.pdf · 2 pages · with text",
        "scan.tif · 2 pages · no text layer",
    ]
    assert view.isVisible()
    assert room.page.request._pages_tab.text() == "Pages (2)"
    assert unnamed(room.page) == []


def test_the_tab_is_empty_and_says_so_where_no_record_came(room: Any) -> None:
    room.open()
    press(room, "Alt+G")
    assert room.page.records.view.isVisible()
    assert "No pages came" in room.page.records.view._stack.currentWidget().accessibleName()


def test_each_page_that_was_seen_is_noted_once_and_none_that_was_not(room: Any, files: list[Path]) -> None:
    case = room.open()
    room.desk.records.attach(case.id, record(), PAGES)
    room.page.read_again()
    assert seen(room) == []
    press(room, "Alt+G")
    assert seen(room) == [1]
    press(room, "Alt+PgDown")
    press(room, "Alt+PgUp")
    assert seen(room) == [1, 2]


def test_words_are_found_on_their_page_and_the_search_is_noted(room: Any, files: list[Path]) -> None:
    case = room.open()
    room.page.attach(files[:1])
    view = room.page.records.view
    view.finding.setText("second")
    view.finding.returnPressed.emit()
    assert view.hits.isVisible()
    assert view.hits.model().index(0, 0).data() == "p. 2: Second page"
    assert view.shown is not None
    assert view.shown[1] == 2
    view.finding.setText("elbow")
    view.finding.returnPressed.emit()
    assert "no page" in view.hits.model().index(0, 0).data()
    room.desk.looks.settle()
    noted = [event.body for _, event in room.desk.store.ledger.every() if isinstance(event.body, Searched)]
    assert Searched(Where.RECORDS, "second", 1) in noted
    assert room.now(case).records
    view.finding.setText(" ")
    view.finding.returnPressed.emit()
    assert view.hits.isHidden()


def test_beside_the_request_stands_the_page_on_which_it_was_read_and_leads_there(room: Any) -> None:
    sit(room.desk, room.session, "mara")
    pages = (FieldPage("member.member_id", record().sha256, 2), FieldPage("services.1.code", record().sha256, 1))
    room.desk.intake.keep_draft("d", Draft(records=(record(),)))
    room.desk.records.keep_beside("d", record(), PAGES)
    case = finish(room.desk.intake.open(request(), beside=Beside("d", (record(),), pages))).value
    room.page.open_case(case.id)
    model = room.page.request.list.model()
    rows = [model.row(at) for at in range(model.rowCount())]
    read = {row.key: row.read_on for row in rows if row.read_on}
    assert read["Member ID"] == "p. 2"
    assert [row.read_on for row in rows if row.kind is RequestKind.SERVICE] == ["p. 1"]
    at = next(at for at, row in enumerate(rows) if row.key == "Member ID")
    assert "read on page 2" in model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    room.page.request.list.activated.emit(model.index(at, 0))
    assert room.page.records.view.isVisible()
    assert room.page.records.view.shown is not None
    assert room.page.records.view.shown[1] == 2


def test_a_record_is_written_out_by_a_command_under_a_name_without_the_members(
    room: Any, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = room.open()
    room.page.attach(files[:1])
    named: list[str] = []
    monkeypatch.setattr(dialogs, "choose_target", lambda _parent, _title, name, _kinds: named.append(name) or tmp_path / "out.pdf")
    room.page.records.save_action.trigger()
    assert (tmp_path / "out.pdf").read_bytes() == PAGES
    assert named == [f"{case.number}-record.pdf"]


def test_what_was_found_is_hidden_under_the_mask_and_comes_back(room: Any, files: list[Path]) -> None:
    room.open()
    room.page.attach(files[:1])
    view = room.page.records.view
    view.finding.setText("second")
    view.finding.returnPressed.emit()
    mask().set(True)
    try:
        assert view.hits.isHidden()
        assert view.shown is None
    finally:
        mask().set(False)
    assert view.hits.isVisible()


def test_an_attachment_that_was_only_named_says_that_it_did_not_come(room: Any) -> None:
    from ur_desk.domain.request import Attachment

    room.open(attachments=(Attachment("mri.pdf", "application/pdf", "ab" * 32),))
    said: list[str] = []
    room.page.said.connect(said.append)
    room.page.request.attachment_wanted.emit("ab" * 32)
    assert any("did not come" in words for words in said)


def test_files_that_are_dropped_on_an_open_case_are_attached_and_others_go_their_way(room: Any, files: list[Path], tmp_path: Path) -> None:
    from ur_desk.ui.files import records_among

    text = tmp_path / "policy.txt"
    text.write_text("Policy")
    assert records_among([*files, text, tmp_path, tmp_path / "gone"]) == files[:2]
    assert not room.page.takes_records
    room.open()
    assert room.page.takes_records


def test_another_case_and_another_person_find_no_page_of_the_one_before(room: Any, files: list[Path]) -> None:
    room.open()
    room.page.attach(files[:1])
    room.open()
    assert room.page.records.view.shown is None
    assert room.page.records.view._held is None
    room.page.attach(files[:1])
    sit(room.desk, room.session, "sol")
    assert room.page.records.view.shown is None
    assert not room.page.records.view.page._sheet.has_page
