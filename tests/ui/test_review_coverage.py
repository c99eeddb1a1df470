"""The coverage questions beside the request: asked one by one, answered with what, where and when."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from PySide6.QtCore import Qt
from ui_desk import Room, seated, sit

from ur_desk.domain.events import CoverageItem
from ur_desk.ui.widgets.panels.verbs import Verb


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def answer(room: Room, item: CoverageItem, answer_: str = "active", where: str = "eligibility portal", day: str = "") -> None:
    room.page.coverage.open(item)
    form = room.page.coverage.form
    form.answer.retype(answer_)
    form.where.retype(where)
    if day:
        form.day.retype(day)


def test_enter_keeps_what_was_found_and_where_and_when(room: Room, qtbot: Any) -> None:
    case = room.open()
    answer(room, CoverageItem.ELIGIBLE)
    qtbot.keyClick(room.page.coverage.form.where, Qt.Key.Key_Return)
    ((item, check),) = room.now(case).coverage
    assert (item, check.answer, check.where, check.day) == (CoverageItem.ELIGIBLE, "active", "eligibility portal", date(2017, 10, 9))
    row = room.page.coverage.row(CoverageItem.ELIGIBLE)
    assert (row.chip.words, row.answer.words) == ("checked", "active")
    assert "eligibility portal, 10/09/2017" in row.chip.toolTip()
    assert not room.page.coverage.form.isVisible()
    assert room.page.coverage._count.words == "4 not checked"


@pytest.mark.parametrize(
    ("answer_", "where", "day", "words"),
    [
        ("", "portal", "", "Say what you found."),
        ("active", "", "", "Say where you looked."),
        ("active", "portal", "yesterday", "Write the day as 10/12/2017."),
        ("active", "portal", "12/01/2017", "The day of the check lies in the future."),
    ],
)
def test_what_is_missing_is_said_in_the_form_and_nothing_typed_is_lost(room: Room, answer_: str, where: str, day: str, words: str) -> None:
    case = room.open()
    answer(room, CoverageItem.NETWORK, answer_, where, day)
    room.page.coverage.form.saved.emit()
    assert words in room.page.coverage.form._notice.accessibleName()
    assert (room.page.coverage.form.answer.typed(), room.page.coverage.form.where.typed()) == (answer_, where)
    assert room.now(case).coverage == ()


def test_esc_closes_the_form_and_its_words_are_still_there(room: Room, qtbot: Any) -> None:
    room.open()
    answer(room, CoverageItem.BENEFIT, "20 visits a year")
    qtbot.keyClick(room.page.coverage.form.answer, Qt.Key.Key_Escape)
    assert not room.page.coverage.form.isVisible()
    room.page.coverage.open(CoverageItem.BENEFIT)
    assert room.page.coverage.form.answer.typed() == "20 visits a year"


def test_another_question_begins_with_an_empty_form(room: Room) -> None:
    room.open()
    answer(room, CoverageItem.BENEFIT, "20 visits a year")
    room.page.coverage.open(CoverageItem.NETWORK)
    assert room.page.coverage.form.answer.typed() == ""


def test_on_a_low_screen_the_rows_fold_and_the_head_counts_what_is_open(room: Room) -> None:
    room.open()
    assert not room.page.coverage.unfolded
    assert room.page.coverage._count.words == "5 not checked"
    room.page.resize(1280, 900)
    assert room.page.coverage.unfolded
    assert room.page.coverage._count.words == "5 not checked"


def test_a_persons_own_choice_to_fold_outlasts_the_size_of_the_screen(room: Room) -> None:
    room.open()
    room.page.coverage.fold_button.click()
    assert room.page.coverage.row(CoverageItem.ELIGIBLE).isVisible()
    room.page.resize(1280, 500)
    assert room.page.coverage.row(CoverageItem.ELIGIBLE).isVisible()


def test_who_may_not_check_sees_the_answers_only(room: Room) -> None:
    case = room.open()
    sit(room.desk, room.session, "sol")
    room.page.open_case(case.id)
    assert not room.page.coverage.row(CoverageItem.ELIGIBLE).name.isEnabled()


def test_words_typed_in_a_panel_outlast_a_coverage_answer(room: Room) -> None:
    room.open()
    room.page.ask_for(Verb.REFER)
    room.page.panels.panel.entry("summary").retype("Five months of pain.")
    answer(room, CoverageItem.ELIGIBLE)
    room.page.coverage.form.saved.emit()
    assert room.page.panels.panel.text("summary") == "Five months of pain."
    room.page.panels.panel.commit()
    assert room.page.panels.panel is None


def test_every_field_and_row_has_a_name(room: Room) -> None:
    room.open()
    room.page.coverage.open(CoverageItem.OTHER_COVERAGE)
    assert unnamed(room.page.coverage) == []
    assert "not checked" in room.page.coverage.row(CoverageItem.ELIGIBLE).name.accessibleName()
