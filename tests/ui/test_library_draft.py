"""The reading of a document beside its lines: every part mended and taken back by the keyboard, and closed where nothing may change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import confirm
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_library_page import fill
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.policy import Position, SectionKind
from ur_desk.ui import theme
from ur_desk.ui.models.understood import Part, PartKind
from ur_desk.ui.places import PageName

CRITERIA = (
    b"Policy Number: 12\nTitle: Night braces\nEffective Date: 01/01/2018\n\nPolicy\n"
    b"Night bracing is considered medically necessary when the following are met:\n"
    b"1. Pain for six weeks\n2. Imaging was done, and a visit took place\n\nCoding\nHCPCS\nL0450 brace\nM54.5-M53.2 pain\nL0480 brace\n"
)


def with_criteria(desk: Desk) -> None:
    from builders import sit_down

    sit_down(desk, "sol")
    finish(desk.library.load(CRITERIA, "braces.txt"))


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", with_criteria) as made:
        page = made.go(PageName.LIBRARY)
        page.list.go_to(next(i for i in range(page.shelf.rowCount()) if "00034" not in page.shelf.row(i).card.policy))
        QTest.keyClick(made.window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        yield made


def view(it: Room) -> Any:
    return it.page(PageName.LIBRARY).draft


def choose(it: Room, kind: PartKind, number: int = 0) -> Part:
    model = view(it).model
    places = [i for i in range(model.rowCount()) if model.part(i).kind is kind]
    view(it).parts.go_to(places[number])
    return model.part(places[number])


def key(it: Room, letter: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier | (Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)
    active(it)
    QTest.keyClick(it.window, letter, held)


def take_out(it: Room) -> None:
    active(it)
    QTest.keyClick(it.window, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)


def active(it: Room) -> None:
    """The window has the keyboard: between a fixture and its test it may have lost it."""
    it.window.activateWindow()
    QApplication.processEvents()


def said(form: Any) -> str:
    return str(form.notice.accessibleName())


def policy(it: Room) -> Any:
    return view(it).draft.shelved.policy


def test_lines_stand_left_and_what_was_understood_right_and_one_leads_to_the_other(it: Room) -> None:
    page = it.page(PageName.LIBRARY)
    assert not page.panes.isVisible()
    part = choose(it, PartKind.CRITERION, 1)
    assert view(it).policy.line == part.line
    view(it).policy.go_to(12)
    view(it).policy.list.setFocus()
    QTest.keyClick(view(it).policy.list, Qt.Key.Key_Return)
    assert view(it).part.line == 12
    active(it)
    QTest.keyClick(view(it).parts, Qt.Key.Key_Escape)
    assert page.panes.isVisible()
    assert view(it).isHidden()


def test_the_kind_of_a_section_is_set_and_taken_back_by_keys(it: Room) -> None:
    part = choose(it, PartKind.SECTION, 1)
    key(it, Qt.Key.Key_M)
    form = view(it).mending.line_form
    assert form.isVisible()
    fill(form, what="section:scope")
    assert policy(it).section_of(part.line).kind is SectionKind.SCOPE
    assert it.window.status.words == "Mended"
    assert view(it).part.line == part.line
    key(it, Qt.Key.Key_Z, shift=True)
    assert policy(it).section_of(part.line).kind is not SectionKind.SCOPE
    assert view(it).draft.mended == ()
    assert not view(it).back_action.isEnabled()


def test_a_line_is_said_to_take_a_position(it: Room) -> None:
    view(it).policy.go_to(14)
    key(it, Qt.Key.Key_B)
    fill(view(it).mending.line_form, what=f"position:{Position.INVESTIGATIONAL.value}", last="x")
    assert "no number" in said(view(it).mending.line_form)
    fill(view(it).mending.line_form, last="14")
    assert [each.first_line for each in policy(it).statements] == [6, 14]


def test_an_and_or_that_is_left_open_is_shown_as_unsure_and_fixed(it: Room) -> None:
    choose(it, PartKind.CRITERION)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.asks_form, op="unclear")
    view(it).parts.go_to(1)
    QTest.keyClick(it.window, Qt.Key.Key_F8)
    part = view(it).part
    assert part.unsure
    assert part.shown.chip == "and/or unclear"
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.asks_form, op="at_least", n="5")
    assert "number from 1 to 2" in said(view(it).mending.asks_form)
    fill(view(it).mending.asks_form, op="all", n="")
    assert policy(it).statements[0].criteria.op == "all"
    assert not view(it).part.unsure


def test_a_criterion_is_split_at_words_joined_again_and_taken_out(it: Room) -> None:
    choose(it, PartKind.CRITERION, 2)
    key(it, Qt.Key.Key_T)
    fill(view(it).mending.split_form, words="nowhere")
    assert "does not hold" in said(view(it).mending.split_form)
    fill(view(it).mending.split_form, words="and a visit")
    assert len(policy(it).statements[0].criteria.items) == 3
    choose(it, PartKind.CRITERION, 3)
    key(it, Qt.Key.Key_J)
    assert len(policy(it).statements[0].criteria.items) == 2
    take_out(it)
    assert len(policy(it).statements[0].criteria.items) == 1


def test_a_code_is_added_set_right_and_taken_out(it: Room) -> None:
    had = len(policy(it).codes)
    view(it).policy.go_to(8)
    key(it, Qt.Key.Key_B, shift=True)
    fill(view(it).mending.code_form, low="zz", system="HCPCS")
    assert "has not the shape" in said(view(it).mending.code_form)
    fill(view(it).mending.code_form, low="M54.5", system="ICD-10-CM")
    assert len(policy(it).codes) == had + 1
    choose(it, PartKind.CODE)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.code_form, condition="when chronic")
    assert policy(it).codes[0].condition == "when chronic"
    choose(it, PartKind.CODE)
    take_out(it)
    assert len(policy(it).codes) == had


def test_a_waiver_is_marked_at_its_finding_and_taken_back_there(it: Room) -> None:
    choose(it, PartKind.FINDING)
    assert not view(it).drop_action.isEnabled()
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.waive_form, reason="The publisher told us.")
    shown = view(it).part.shown
    assert shown.chip == "waived"
    assert "Waived by Mara Lindqvist, 10/" in shown.detail
    assert "The publisher told us." in shown.detail
    key(it, Qt.Key.Key_M)
    assert view(it).mending.waive_form.text("reason") == "The publisher told us."
    view(it).mending.waive_form.dismiss()
    take_out(it)
    assert view(it).part.shown.chip == "finding"
    assert it.window.status.words.startswith("The waiver is taken back")
    assert it.desk.library.waivers(policy(it).text.sha256) == ()


def test_a_waiver_is_marked_in_the_library_and_taken_back_there(it: Room) -> None:
    choose(it, PartKind.FINDING)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.waive_form, reason="The publisher told us.")
    view(it).close_view()
    page = it.page(PageName.LIBRARY)
    place, row = next((i, page.facts.row(i)) for i in range(page.facts.rowCount()) if page.facts.row(i).chip == "waived")
    assert "The publisher told us." in row.detail
    assert not page.records.unwaive_action.isEnabled()
    page.about.setCurrentIndex(page.facts.index(place, 0))
    key(it, Qt.Key.Key_W, shift=True)
    assert it.desk.library.waivers(page.shown.policy.text.sha256) == ()
    assert "waived" not in {page.facts.row(i).chip for i in range(page.facts.rowCount())}


def test_a_finding_of_a_confirmed_reading_is_waived_too(it: Room) -> None:
    confirm(it.desk, "12")
    view(it).read_again()
    assert not view(it).draft.waits
    choose(it, PartKind.FINDING)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.waive_form, reason="Looked.")
    assert view(it).part.shown.chip == "waived"
    choose(it, PartKind.SECTION)
    assert not view(it).mend_action.isEnabled()


def test_title_and_number_are_set_from_the_line_that_prints_them(it: Room) -> None:
    part = choose(it, PartKind.FACT)
    assert (part.shown.title, part.line) == ("Night braces", 2)
    key(it, Qt.Key.Key_M)
    form = view(it).mending.line_form
    assert (form.text("what"), form.text("words")) == ("title", "Night braces")
    assert [name for name in form._rows if form.row(name).isVisible()] == ["what", "last", "words"]
    fill(form, words="Crowns")
    assert "does not print" in said(form)
    fill(form, words="braces")
    assert policy(it).title == "braces"
    assert view(it).part.shown.title == "braces"
    choose(it, PartKind.FACT, 1)
    key(it, Qt.Key.Key_M)
    fill(form, words="Number: 12")
    assert policy(it).id == "Number: 12"
    view(it).policy.go_to(14)
    key(it, Qt.Key.Key_B)
    form.entry("what").retype("number")
    assert form.text("words") == "L0480 brace"
    fill(form, words="L0480")
    assert policy(it).id == "L0480"
    for _ in range(3):
        key(it, Qt.Key.Key_Z, shift=True)
    assert (policy(it).id, policy(it).title) == ("12", "Night braces")


def test_a_row_of_the_history_is_set_by_the_form_and_taken_out(it: Room) -> None:
    view(it).policy.go_to(3)
    key(it, Qt.Key.Key_B)
    form = view(it).mending.line_form
    form.entry("what").retype("history")
    assert form.text("words") == "Effective Date: 01/01/2018"
    fill(form, status="New", day="13/13/2018")
    assert "no day" in form.row("day").problem
    fill(form, status="New", day="01/01/2018")
    (row,) = policy(it).history
    assert (row.status, str(row.day), row.action, row.line) == ("New", "2018-01-01", "Effective Date: 01/01/2018", 3)
    choose(it, PartKind.HISTORY)
    key(it, Qt.Key.Key_M)
    assert (form.text("what"), form.text("status"), form.text("day")) == ("history", "New", "01/01/2018")
    fill(form, organization="A plan", document="Old 1", last="4")
    assert (policy(it).history[0].document, policy(it).history[0].last_line) == ("Old 1", 4)
    choose(it, PartKind.HISTORY)
    take_out(it)
    assert policy(it).history == ()


def test_a_heading_that_was_set_is_cleared(it: Room) -> None:
    part = choose(it, PartKind.SECTION, 1)
    assert part.about.heading == "Policy"
    key(it, Qt.Key.Key_M)
    form = view(it).mending.line_form
    assert form.text("heading")
    fill(form, heading="")
    assert policy(it).section_of(part.line).heading is None
    choose(it, PartKind.SECTION, 1)
    key(it, Qt.Key.Key_M)
    fill(form, heading="yes")
    assert policy(it).section_of(part.line).heading == "Policy"


def test_what_a_position_is_about_and_for_whom_it_holds_is_set(it: Room) -> None:
    choose(it, PartKind.STATEMENT)
    key(it, Qt.Key.Key_M)
    form = view(it).mending.line_form
    assert form.text("terms") == "night bracing"
    fill(form, all="yes", terms="night bracing; a night brace ;")
    told = policy(it).statements[0]
    assert (told.all_indications, told.terms) == (True, ("night bracing", "a night brace"))
    choose(it, PartKind.STATEMENT)
    key(it, Qt.Key.Key_M)
    assert (form.text("all"), form.text("terms")) == ("yes", "night bracing; a night brace")
    fill(form, all="", terms="")
    assert (policy(it).statements[0].all_indications, policy(it).statements[0].terms) == (False, ())


def test_a_draft_beside_a_confirmed_reading_is_discarded_and_brought_back_by_keys(it: Room) -> None:
    assert not view(it).discard_action.isEnabled()
    confirm(it.desk, "12")
    finish(it.desk.library.load(CRITERIA, "braces.txt", anew=True))
    view(it).read_again()
    assert view(it).draft.beside
    choose(it, PartKind.SECTION, 1)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.line_form, what="section:scope")
    mended = view(it).draft.shelved.reading
    key(it, Qt.Key.Key_X, shift=True)
    assert not view(it).draft.waits
    assert it.window.status.words == "The draft is discarded; Take back brings it back"
    assert not view(it).discard_action.isEnabled()
    key(it, Qt.Key.Key_Z, shift=True)
    assert view(it).draft.beside
    assert view(it).draft.shelved.reading == mended


def test_the_list_says_of_whom_a_draft_waits(it: Room) -> None:
    page = it.page(PageName.LIBRARY)

    def listed() -> str:
        index = page.shelf.index(page.shelf.place_of(page.shown.policy.text.sha256), 0)
        return str(page.shelf.data(index, Qt.ItemDataRole.AccessibleTextRole))

    assert "Waits for a second person; Sol Reyes loaded it" in listed()
    confirm(it.desk, "12")
    page.read_again()
    assert "aits" not in listed()
    finish(it.desk.library.load(CRITERIA, "braces.txt", anew=True))
    page.read_again()
    assert "A draft beside it waits for a second person; Mara Lindqvist loaded it" in listed()
    assert "A draft beside it waits for a second person; Mara Lindqvist loaded it" in {
        page.facts.row(i).title for i in range(page.facts.rowCount())
    }


def test_on_a_low_window_a_form_stands_in_the_place_of_the_lines(it: Room) -> None:
    choose(it, PartKind.SECTION, 1)
    key(it, Qt.Key.Key_M)
    assert view(it).panes.isVisible()
    view(it).mending.line_form.dismiss()
    theme.apply(QApplication.instance(), "light", 200)  # type: ignore[arg-type]
    try:
        key(it, Qt.Key.Key_M)
        assert not view(it).panes.isVisible()
        view(it).mending.line_form.dismiss()
        assert view(it).panes.isVisible()
        key(it, Qt.Key.Key_C, shift=True)
        assert not view(it).panes.isVisible()
        it.page(PageName.LIBRARY).records.confirm_form.dismiss()
        assert view(it).panes.isVisible()
        assert view(it).bar.isVisible()
    finally:
        theme.apply(QApplication.instance(), "light", 100)  # type: ignore[arg-type]


def test_a_finding_is_waived_with_a_reason(it: Room) -> None:
    choose(it, PartKind.FINDING)
    key(it, Qt.Key.Key_M)
    fill(view(it).mending.waive_form, reason="Looked.")
    assert not view(it).mending.waive_form.isVisible()
    assert it.window.status.words == "Waived"


def test_the_draft_is_confirmed_from_its_own_page_and_closed_from_then_on(it: Room) -> None:
    page = it.page(PageName.LIBRARY)
    key(it, Qt.Key.Key_C, shift=True)
    fill(page.records.confirm_form, positions="yes", criteria="yes", codes="yes", version="yes")
    assert not view(it).draft.waits
    choose(it, PartKind.SECTION, 1)
    for action in (view(it).mend_action, view(it).line_action, view(it).split_action, page.records.confirm_action):
        assert not action.isEnabled()
    assert "never changed" in view(it).mend_action.toolTip()


def test_who_loaded_it_is_told_that_a_second_person_confirms(it: Room) -> None:
    it.sit("sol")
    page = it.go(PageName.LIBRARY)
    page.list.go_to(next(i for i in range(page.shelf.rowCount()) if "00034" not in page.shelf.row(i).card.policy))
    page.reading_action.trigger()
    assert "second person" in page.records.confirm_action.toolTip()
    assert not page.records.confirm_action.isEnabled()
    assert page.draft.mend_action is not None


def test_an_abstract_is_looked_at_and_not_mended(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as made:
        page = made.go(PageName.LIBRARY)
        page.reading_action.trigger()
        page.draft.parts.go_to(1)
        assert not page.draft.mend_action.isEnabled()
        assert "abstract" in page.draft.mend_action.toolTip()


def test_everything_in_the_view_has_a_name(it: Room) -> None:
    for form in view(it).forms:
        form.show()
    QApplication.processEvents()
    assert not unnamed(view(it))
