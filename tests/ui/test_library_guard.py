"""What is asked before a reading counts, and the keys that lead through the forms of the library."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import sit_down
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from test_library_draft import active, choose, it, key, policy, said, view
from test_library_page import fill
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.policy import Position
from ur_desk.ui import theme
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.models.understood import PartKind
from ur_desk.ui.places import PageName

__all__ = ["it"]


def page(it: Room) -> Any:
    return it.page(PageName.LIBRARY)


def ask(it: Room) -> Any:
    """The form that confirms, opened by its key."""
    key(it, Qt.Key.Key_C, shift=True)
    return page(it).records.confirm_form


def mended_elsewhere(it: Room) -> None:
    """Somebody turns the position into its opposite, at another screen."""
    it.desk.readings.correct("12", Correction(What.STATEMENT, 6, position=Position.INVESTIGATIONAL))


# what is confirmed is what was seen ----------------------------------------------------------------------------------------


def test_the_form_says_what_is_unclear_what_was_found_and_who_mended(it: Room) -> None:
    form = ask(it)
    assert form.isVisible()
    assert "Unclear: 1 · findings: 1 · mended by hand: 0." in form.words.text()
    form.dismiss()
    sit_down(it.desk, "sol")
    it.desk.readings.correct("12", Correction(What.CODE_DROP, 14, was="L0480"))
    sit_down(it.desk, "osei")
    view(it).read_again()
    form = ask(it)
    assert "mended by hand: 1, by Sol Reyes" in form.words.text()


def test_criteria_are_looked_at_too_before_a_reading_counts(it: Room) -> None:
    form = ask(it)
    fill(form, positions="yes", codes="yes", version="yes")
    assert form.row("criteria").problem
    assert it.desk.library.one("12").confirmed is None
    fill(form, criteria="yes")
    assert it.desk.library.one("12").confirmed is not None


@pytest.mark.parametrize("in_draft", [True, False])
def test_a_button_of_the_form_leads_to_what_is_unclear(it: Room, in_draft: bool) -> None:
    if not in_draft:
        view(it).close_view()
    form = ask(it)
    assert form.doubts_button.isVisible()
    form.doubts_button.click()
    assert form.isHidden()
    assert not view(it).isHidden()
    assert view(it).part.unsure


@pytest.mark.parametrize("in_draft", [True, False])
def test_what_was_mended_since_it_was_shown_is_shown_and_not_asked_about(it: Room, in_draft: bool) -> None:
    if not in_draft:
        view(it).close_view()
    mended_elsewhere(it)
    form = ask(it)
    assert form.isHidden()
    notice = view(it).notice if in_draft else page(it).notice
    assert "mended since you looked" in notice.accessibleName()
    shown = view(it).draft.shelved if in_draft else page(it).shown
    assert shown.policy.statements[0].position is Position.INVESTIGATIONAL


def test_what_is_mended_while_the_form_is_open_is_not_confirmed(it: Room) -> None:
    form = ask(it)
    mended_elsewhere(it)
    fill(form, positions="yes", criteria="yes", codes="yes", version="yes")
    assert "mended since you looked" in said(form)
    assert it.desk.library.one("12").confirmed is None


# keys ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("letter", "shift", "form"), [(Qt.Key.Key_B, False, "line_form"), (Qt.Key.Key_B, True, "code_form")])
def test_esc_closes_a_form_first_and_then_the_reading(it: Room, letter: Qt.Key, shift: bool, form: str) -> None:
    choose(it, PartKind.STATEMENT)
    key(it, letter, shift=shift)
    opened = getattr(view(it).mending, form)
    assert opened.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert opened.isHidden()
    assert not view(it).isHidden()
    key(it, letter, shift=shift)
    view(it).parts.setFocus()
    QTest.keyClick(view(it).parts, Qt.Key.Key_Escape)
    assert opened.isHidden()
    assert not view(it).isHidden()
    QTest.keyClick(view(it).parts, Qt.Key.Key_Escape)
    assert view(it).isHidden()


def test_the_search_in_all_policies_comes_into_sight_over_a_reading(it: Room) -> None:
    key(it, Qt.Key.Key_F, shift=True)
    assert view(it).isHidden()
    assert page(it).search.isVisible()
    assert page(it).search.hasFocus()


def behind(widget: QWidget) -> QWidget:
    """What Tab leads to."""
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_tab_leads_from_field_to_field_and_then_to_the_buttons(it: Room) -> None:
    form = ask(it)
    at = QApplication.focusWidget()
    assert at is form.entry("positions")
    ticks = [form.entry(name) for name in ("criteria", "codes", "version")]
    for wanted in (*ticks, form.doubts_button, form.commit_button, form.close_button):
        at = behind(at)
        assert at is wanted
    assert "Ctrl+Return" in form.commit_button.toolTip()


def test_return_in_a_field_of_one_line_commits(it: Room) -> None:
    choose(it, PartKind.FINDING)
    key(it, Qt.Key.Key_M)
    form = view(it).mending.waive_form
    QTest.keyClicks(form.entry("reason"), "As printed")
    QTest.keyClick(form.entry("reason"), Qt.Key.Key_Return)
    assert form.isHidden()
    assert it.desk.library.waivers(policy(it).text.sha256)


# what the forms offer ------------------------------------------------------------------------------------------------------


def new_code(it: Room, words: str) -> Any:
    """The form of a new code of line 12, with a code typed into it."""
    view(it).policy.go_to(12)
    key(it, Qt.Key.Key_B, shift=True)
    form = view(it).mending.code_form
    QTest.keyClicks(form.entry("low"), words)
    return form


@pytest.mark.parametrize(
    ("typed", "system"), [("G0101", "HCPCS"), ("72148", "CPT"), ("M54.50", "ICD-10-CM"), ("M5450", "HCPCS"), ("?", "")]
)
def test_a_new_code_is_offered_the_system_of_its_shape_and_of_its_neighbours(it: Room, typed: str, system: str) -> None:
    assert new_code(it, typed).text("system") == system


def test_a_system_that_the_person_chose_stays(it: Room) -> None:
    form = new_code(it, "G01")
    form.entry("system").retype("other")
    QTest.keyClicks(form.entry("low"), "01")
    assert form.text("system") == "other"


def test_a_code_without_a_system_is_asked_for_one(it: Room) -> None:
    form = new_code(it, "?")
    form.commit()
    assert form.row("system").problem


def test_a_code_that_no_table_knows_is_asked_about_once_and_the_new_row_is_chosen(it: Room) -> None:
    form = new_code(it, "G0101")
    form.entry("system").retype("ICD-10-CM")
    before = policy(it)
    form.commit()
    assert "No table knows G01.01 as a code of ICD-10-CM" in said(form)
    assert policy(it) == before
    form.commit()
    assert form.isHidden()
    part = view(it).part
    assert (part.line, part.about.low) == (12, "G01.01")
    assert page(it).draft.draft.mended


def test_the_kind_stands_first_in_what_a_line_is(it: Room) -> None:
    choose(it, PartKind.STATEMENT)
    key(it, Qt.Key.Key_B)
    entry = view(it).mending.line_form.entry("what")
    QTest.keyClicks(entry, "inv")
    assert view(it).mending.line_form.text("what").endswith(":investigational_not_medically_necessary")


LONG = " ".join(f"word{number}" for number in range(60))


def with_long_criterion(desk: Desk) -> None:
    sit_down(desk, "sol")
    told = (
        f"Policy Number: 13\nTitle: Braces\nEffective Date: 01/01/2018\n\nPolicy\n"
        f"Braces are considered medically necessary when all of the following are met:\n1. {LONG} except at night\n2. Imaging was done\n"
    )
    finish(desk.library.load(told.encode(), "long.txt"))


@pytest.fixture
def long(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", with_long_criterion) as made:
        at = made.go(PageName.LIBRARY)
        at.list.go_to(next(i for i in range(at.shelf.rowCount()) if "00034" not in at.shelf.row(i).card.policy))
        active(made)
        key(made, Qt.Key.Key_U)
        yield made


def test_a_criterion_is_shown_to_its_last_word_and_set_in_below_its_parent(long: Room) -> None:
    model = view(long).model
    rows = [model.index(i, 0).data(ROW) for i in range(model.rowCount()) if model.part(i).kind is PartKind.CRITERION]
    assert rows[1].title.endswith("word59 except at night")
    assert [row.depth for row in rows] == [1, 2, 2]
    heights = [view(long).parts.sizeHintForRow(i) for i in range(model.rowCount()) if model.part(i).kind is PartKind.CRITERION]
    assert heights[1] > 2 * heights[2]


def test_a_form_over_the_chosen_part_leaves_its_line_in_sight(long: Room) -> None:
    choose(long, PartKind.CRITERION, 2)
    key(long, Qt.Key.Key_M)
    QApplication.processEvents()
    lines = view(long).policy.list
    at = lines.currentIndex()
    assert lines.viewport().rect().contains(lines.visualRect(at).center())


@pytest.mark.parametrize("in_draft", [True, False])
def test_a_form_takes_the_room_of_what_is_behind_it_where_the_window_is_too_low_for_both(it: Room, in_draft: bool) -> None:
    if not in_draft:
        view(it).close_view()
    behind_it = view(it).panes if in_draft else page(it).panes
    it.window.resize(1280, 680)
    form = ask(it)
    assert not behind_it.isHidden()
    theme.apply(QApplication.instance(), "light", 200)
    assert behind_it.isHidden()
    assert form.isVisible()
    theme.apply(QApplication.instance(), "light", 100)
    assert not behind_it.isHidden()


def test_who_may_not_confirm_reads_so_first(it: Room) -> None:
    sit_down(it.desk, "sol")
    view(it).read_again()
    assert view(it).bar._words.words.startswith("Needs a second person. Draft, loaded by Sol Reyes")
