"""The pages beside the new-request form: laid there, turned by keys, and the page on which each field was read."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame
from record_makers import PAGES, fax, form, pdf
from test_entry_page import Room
from ui_desk import seated, sit

from ur_desk.domain.guard.laid_aside import LaidAside
from ur_desk.domain.intake.attached import FieldPage
from ur_desk.domain.intake.typed import MemberDraft
from ur_desk.records.laid_aside import aside_bytes, aside_from
from ur_desk.ui import dialogs
from ur_desk.ui.privacy import mask
from ur_desk.ui.widgets.pane import PaneCycle


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "fax-0412.pdf"
    path.write_bytes(PAGES)
    return path


def type_in(room: Room, path: str, words: str) -> None:
    """As a person does: with the focus in the field."""
    field = room.entry(path)
    field.setFocus()
    field.retype(words)


def press(room: Room, keys: str) -> None:
    action = next(a for a in room.page.actions() if keys in [key.toString() for key in a.shortcuts()])
    action.trigger()


def pages(room: Room) -> dict[str, int]:
    return {each.field: each.page for each in room.page.form.draft().field_pages}


def test_without_a_record_the_form_has_the_whole_width(room: Room) -> None:
    assert room.page.records.view.isHidden()
    assert room.page.form.width() == room.page.records.width() > 1000


def test_a_record_stands_at_the_left_and_the_form_stays_whole(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    view, form = room.page.records.view, room.page.form
    assert view.isVisible()
    assert view.x() < form.x()
    assert form.width() >= form.least_width
    assert form.widget().width() <= form.viewport().width()
    assert view.page._sheet.has_page
    assert unnamed(room.page) == []


def test_what_would_be_asked_for_stands_above_the_form_while_pages_leave_it_little_room(room: Room, paper: Path) -> None:
    wanting, records = room.page.wanting, room.page.records
    assert wanting.x() > 1000
    room.page.attach([paper])
    QApplication.processEvents()
    assert wanting.x() == 0
    assert records.width() == room.page.width()
    records.take_away()
    QApplication.processEvents()
    assert wanting.x() > 1000


def test_where_there_is_little_height_what_would_be_asked_for_takes_one_line_above_the_pages(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    room.page.check()
    wanting = room.page.wanting
    QApplication.processEvents()
    assert wanting.height() <= 32
    assert wanting.list.isVisible()
    assert wanting.list.x() > wanting._title.x() + wanting._title.width() - 1
    room.page.resize(1280, 900)
    QApplication.processEvents()
    assert wanting.list.y() > wanting._title.y()
    assert wanting.height() > 60


def test_widths_that_were_chosen_are_kept_for_the_next_record(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    splitter = room.page.records.splitter
    splitter.moveSplitter(400, 1)
    chosen = splitter.sizes()
    room.page.records.take_away()
    room.page.attach([paper])
    assert splitter.sizes() == chosen


def test_pages_are_turned_by_keys_into_the_next_record_and_back(room: Room, paper: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(fax(2, size=(80, 100)))
    room.page.attach([paper, scan])
    view = room.page.records.view
    view.go_to(room.page.form.draft().records[0].sha256, 1)
    seen = []
    for _ in range(5):
        assert view.shown is not None
        seen.append((view.shown[0].name, view.shown[1]))
        press(room, "Alt+PgDown")
    assert seen == [("fax-0412.pdf", 1), ("fax-0412.pdf", 2), ("scan.tif", 1), ("scan.tif", 2), ("scan.tif", 2)]
    assert not view.next_action.isEnabled()
    press(room, "Alt+PgUp")
    press(room, "Alt+PgUp")
    assert view.shown is not None
    assert (view.shown[0].name, view.shown[1]) == ("fax-0412.pdf", 2)


def test_a_page_is_made_larger_turned_and_fitted_by_keys(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    page = room.page.records.view.page
    sheet = page._sheet
    wide = sheet._area.width()
    press(room, "Alt+=")
    assert sheet._area.width() == pytest.approx(wide * 1.25, rel=0.02)
    press(room, "Alt+0")
    assert sheet._area.width() == pytest.approx(wide, rel=0.02)
    press(room, "Alt+R")
    assert (page.turn, sheet._area.width() > sheet._area.height()) == (1, True)
    for _ in range(3):
        press(room, "Alt+R")
    assert page.turn == 0


def test_a_field_that_is_typed_while_a_page_is_in_sight_was_read_there(room: Room, paper: Path) -> None:
    type_in(room, "state", "IN")
    room.page.attach([paper])
    type_in(room, "member.family", "Alvarado")
    press(room, "Alt+PgDown")
    type_in(room, "services.1.code", "76120")
    type_in(room, "member.family", "Alvarado-Ruiz")
    assert pages(room) == {"member.family": 1, "services.1.code": 2}
    mark = room.page.records._marks["services.1.code"][1]
    assert "page 2 of fax-0412.pdf" in mark.accessibleName()
    assert mark.isVisible()


def test_a_page_is_noted_moved_and_taken_away_by_one_key_and_gone_to_by_another(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.family", "Alvarado")
    press(room, "Alt+PgDown")
    press(room, "Alt+M")
    assert pages(room) == {"member.family": 2}
    press(room, "Alt+PgUp")
    press(room, "Alt+G")
    assert room.page.records.view.shown is not None
    assert room.page.records.view.shown[1] == 2
    press(room, "Alt+M")
    assert pages(room) == {}
    assert not room.page.records._marks
    press(room, "Alt+G")
    assert "No page is noted" in room.page.bar._words.words


def test_what_is_emptied_was_read_nowhere_and_rows_take_their_pages_along(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.given", "Rosalind")
    for row, code in enumerate(("76120", "97110", "72100"), 1):
        type_in(room, f"services.{row}.code", code)
    room.entry("member.given").retype("")
    assert pages(room) == {"services.1.code": 1, "services.2.code": 1, "services.3.code": 1}
    room.page.form.services.rows[1].removed.emit()
    assert pages(room) == {"services.1.code": 1, "services.2.code": 1}
    assert [row.code for row in room.page.form.draft().services] == ["76120", "72100"]


def test_words_chosen_on_the_page_go_into_the_field_in_hand_by_one_key(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    room.entry("services.1.description").setFocus()
    press(room, "Alt+Shift+Down")
    press(room, "Alt+T")
    assert room.entry("services.1.description").typed() == "Physical therapy evaluation"
    assert pages(room) == {"services.1.description": 1}
    press(room, "Alt+Shift+Down")
    assert room.page.records.view.page.chosen == "Range of motion is full"
    press(room, "Alt+Shift+Up")
    assert room.page.records.view.page.chosen == "Physical therapy evaluation"


def test_words_are_chosen_with_the_pointer(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    sheet = room.page.records.view.page._sheet
    room.page.records.view.page.zoom(1)
    start, end = sheet.word_at("Range"), sheet.word_at("motion")
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(sheet, end)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=end)
    assert room.page.records.view.page.chosen == "Range of motion"
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert room.page.records.view.page.chosen == ""


def test_records_and_pages_are_kept_with_the_draft_and_come_back(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.family", "Alvarado")
    room.page.keep()
    ((name, draft),) = room.drafts().items()
    assert [record.name for record in draft.records] == ["fax-0412.pdf"]
    assert draft.field_pages == (FieldPage("member.family", draft.records[0].sha256, 1),)
    room.page.begin()
    assert room.page.records.view.isHidden()
    room.page.edit_draft(name)
    assert room.page.records.view.isVisible()
    assert room.page.records.view.page._sheet.has_page
    assert pages(room) == {"member.family": 1}
    assert "member.family" in room.page.records._marks


def test_the_case_has_the_records_and_the_pages(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    room.type()
    type_in(room, "member.given", "Rosa")
    room.page.open_case()
    case = room.desk.review.case(room.opened.all[0])
    assert [kept.record.name for kept in case.records] == ["fax-0412.pdf"]
    assert [(each.field, each.page) for each in case.field_pages if each.field == "member.given"] == [("member.given", 1)]
    assert [each.name for each in case.request.attachments] == ["fax-0412.pdf"]
    assert room.desk.records.data(case.id, case.records[0].record.sha256) == PAGES
    assert room.page.records.view.isHidden()
    assert room.drafts() == {}


def test_a_record_is_taken_away_with_every_page_that_names_it(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.family", "Alvarado")
    sha = room.page.form.draft().records[0].sha256
    press(room, "Alt+Shift+Del")
    draft = room.page.form.draft()
    assert (draft.records, draft.attachments, draft.field_pages) == ((), (), ())
    assert room.page.records.view.isHidden()
    room.page.keep()
    with pytest.raises(Exception, match="no more"):
        room.desk.records.beside(next(iter(room.drafts())), sha)


def test_what_is_no_record_is_refused_in_the_page_and_the_others_are_taken(room: Room, paper: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.pdf"
    words.write_bytes(b"Dear sirs")
    room.page.attach([words, paper])
    assert "neither a PDF" in room.page.notice.accessibleName()
    assert [record.name for record in room.page.form.draft().records] == ["fax-0412.pdf"]


def test_the_same_record_twice_is_one(room: Room, paper: Path) -> None:
    room.page.attach([paper, paper])
    assert len(room.page.form.draft().records) == 1
    assert "already" in room.page.bar._words.words


def test_files_are_chosen_by_a_command(room: Room, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [paper])
    press(room, "Ctrl+Shift+P")
    assert len(room.page.form.draft().records) == 1


def test_pages_are_hidden_under_the_mask_and_nothing_is_noted_then(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "state", "IN")
    mask().set(True)
    try:
        assert room.page.records.view.shown is None
        assert not room.page.records.view.page._sheet.has_page
        type_in(room, "member.family", "Alvarado")
        assert pages(room) == {"state": 1}
        assert "fax-0412" not in room.page.records.view.choice.currentText()
        assert "fax-0412" not in room.page.records._marks["state"][1].toolTip()
    finally:
        mask().set(False)
    assert room.page.records.view.page._sheet.has_page


def test_what_lay_beside_the_form_is_there_when_the_desk_is_unlocked(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.family", "Alvarado")
    left = room.page.form_left()
    assert left is not None
    assert aside_from(aside_bytes(LaidAside(form=left))) == LaidAside(form=left)
    room.page.begin()
    room.page.take_up_form(left)
    assert room.page.records.view.isVisible()
    assert room.page.records.view.page._sheet.has_page
    assert pages(room) == {"member.family": 1}


def test_f6_goes_from_the_form_to_the_pages_and_past_them_where_there_are_none(room: Room, paper: Path) -> None:
    (cycle,) = room.page.findChildren(PaneCycle)
    room.page.attach([paper])
    room.entry("state").setFocus()
    cycle.go_back()
    view = room.page.records.view
    focus = room.page.window().focusWidget()
    assert focus is not None
    assert view.isAncestorOf(focus)
    room.page.records.take_away()
    room.entry("state").setFocus()
    cycle.go_back()
    focus = room.page.window().focusWidget()
    assert focus is not None
    assert room.page.bar.isAncestorOf(focus)


def test_another_person_finds_no_page(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    sit(room.desk, room.session, "sol")
    assert room.page.records.view.isHidden()
    assert room.page.records.view._held is None
    assert not room.page.records.view.page._sheet.has_page


# what a form proposes --------------------------------------------------------------------------------------------------------


def proposed(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    draft = room.page.form.draft()
    sha = draft.records[0].sha256
    waits = tuple(FieldPage(field, sha, page, confirmed=False) for field, page in (("member.family", 1), ("member.member_id", 2)))
    member = MemberDraft(family="Alvarado", member_id="DEMO-004417")
    room.page.records.propose(replace(draft, member=member, field_pages=waits))


def test_what_a_form_proposed_is_marked_and_enter_confirms_and_goes_on(room: Room, paper: Path) -> None:
    proposed(room, paper)
    field = room.entry("member.family")
    assert field.property("proposed")
    assert "Proposed by the form" in field.accessibleDescription()
    room.page.records.go_to_waiting()
    assert room.page.window().focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.property("proposed")
    assert room.page.window().focusWidget() is room.entry("member.member_id")
    assert room.page.records.view.shown is not None
    assert room.page.records.view.shown[1] == 2
    QTest.keyClick(room.entry("member.member_id"), Qt.Key.Key_Enter)
    assert room.page.records.waiting() == ()


def test_typing_over_a_proposal_confirms_it_and_emptying_it_takes_it_away(room: Room, paper: Path) -> None:
    proposed(room, paper)
    type_in(room, "member.family", "Alvarez")
    room.entry("member.member_id").retype("")
    told = room.page.form.draft().field_pages
    assert [(each.field, each.confirmed) for each in told] == [("member.family", True)]


def test_no_case_is_opened_while_a_proposal_waits(room: Room, paper: Path) -> None:
    proposed(room, paper)
    room.type(**{"member.family": "Alvarado", "member.member_id": "DEMO-004417"})
    room.page.open_case()
    assert room.opened.all == []
    assert "2 left" in room.page.bar._words.words
    for path in ("member.family", "member.member_id"):
        assert room.page.window().focusWidget() is room.entry(path)
        QTest.keyClick(room.entry(path), Qt.Key.Key_Return)
    room.page.open_case()
    assert len(room.opened.all) == 1


def test_a_fillable_form_fills_in_what_is_empty_and_the_first_field_that_waits_has_the_focus(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "request.pdf"
    path.write_bytes(form({"Patient Name": "Rosalind Alvarado", "Member ID": "DEMO-004417", "cpt": "76120", "DOB": "02/14/1971"}))
    room.entry("member.member_id").retype("DEMO-1")
    room.page.attach([path])
    assert room.entry("member.family").typed() == "Alvarado"
    assert room.entry("services.1.code").typed() == "76120"
    assert room.entry("member.member_id").typed() == "DEMO-1"
    assert [each.field for each in room.page.records.waiting()] == ["member.family", "member.given", "member.birth_date", "services.1.code"]
    assert room.page.window().focusWidget() is room.entry("member.family")
    assert "4 fields" in room.page.bar._words.words
    assert room.entry("received_date").typed() == ""
    room.page.keep()
    (draft,) = room.drafts().values()
    assert len([each for each in draft.field_pages if not each.confirmed]) == 4


def test_a_day_stays_whole_beside_its_sign(room: Room, paper: Path) -> None:
    room.page.attach([paper])
    type_in(room, "member.birth_date", "02/14/1971")
    type_in(room, "services.1.last_day", "10/12/2017")
    for path in ("member.birth_date", "services.1.last_day"):
        field, mark = room.page.records._marks[path]
        words = field.fontMetrics().horizontalAdvance(field.text())
        room_left = mark.x() - field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, _option(field), field).left()
        assert words <= room_left, path


def _option(field: Any) -> QStyleOptionFrame:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    return option


def test_a_long_record_is_drawn_page_by_page(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "stay.pdf"
    path.write_bytes(pdf(*[f"page {number}" for number in range(1, 301)]))
    room.page.attach([path])
    view = room.page.records.view
    assert view.go_to(room.page.form.draft().records[0].sha256, 300)
    view.page.step_line(1)
    assert view.page.chosen == "page 300"
    assert not view.go_to(room.page.form.draft().records[0].sha256, 301)
