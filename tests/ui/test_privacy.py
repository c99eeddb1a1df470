"""The privacy mask: one key hides who a case is about, on every list and for screen readers too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from accessible import everything
from builders import opened, request
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import Room, member, one_of_each, room

from ur_desk.domain.request import Representative
from ur_desk.ui.pages.letter.pages import LetterPages
from ur_desk.ui.places import PageName
from ur_desk.ui.privacy import mask, without_member
from ur_desk.ui.widgets.parts import Chip

HERS = ("Easton", "Ines", "DEMO-000005", "Linden Court")
PRIVATE = ("Aldous", "Ines", "DEMO-000001", "02/14/1971", "Linden Court")


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", one_of_each) as made:
        yield made


def spoken(it: Room) -> str:
    """Everything that a screen reader finds in the window now, rows of lists among it."""
    QApplication.processEvents()
    parts = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value
    return " ".join(interface.text(part) for interface in everything(it.window) for part in parts)


def press_mask(it: Room) -> None:
    QTest.keyClick(it.window.focusWidget() or it.window, Qt.Key.Key_F9)


def says_masked(it: Room) -> bool:
    """Whether the bar says that names are hidden."""
    return any(chip.isVisible() and "Names hidden" in chip.accessibleName() for chip in it.window.top_bar.findChildren(Chip))


def pages_hidden(pages: LetterPages) -> bool:
    return pages.accessibleDescription().startswith("Hidden")


def open_case(it: Room, family: str = "") -> Any:
    worklist = it.page(PageName.WORKLIST)
    if family:
        worklist.choose("all")
    cases = worklist.cases
    row = next(row for row in (cases.line(place).row for place in range(cases.rowCount())) if family in row.member)
    return it.go(PageName.REVIEW, row.id)


def test_one_key_hides_names_in_the_worklist_and_shows_them_again(it: Room) -> None:
    assert "Aldous, Ines" in spoken(it)
    assert "DEMO-000001" in spoken(it)
    press_mask(it)
    masked = spoken(it)
    assert not [word for word in PRIVATE if word in masked]
    assert "I. A." in masked
    assert says_masked(it)
    assert "Names hidden" in masked
    press_mask(it)
    assert "Aldous, Ines" in spoken(it)
    assert "DEMO-000001" in spoken(it)
    assert not says_masked(it)


def test_strip_request_and_record_hide_them_too(it: Room) -> None:
    notes = "Ms. Aldous (DEMO-000001) has had pain. ALDOUS was seen; Ines agreed. Inesita was not."
    case = opened(it.desk, member=replace(member(1, "Aldous"), address="12 Linden Court\nMuncie, IN 47302"), clinical_notes=notes)
    page = it.go(PageName.REVIEW, case.id)
    page.request.show_record()
    assert "Ms. Aldous" in page.request.record.toPlainText()
    press_mask(it)
    assert page.request.shows_record
    assert page.request.record.toPlainText() == "Ms. ••• (•••) has had pain. ••• was seen; ••• agreed. Inesita was not."
    page.request.show_record(False)
    masked = spoken(it).replace("Inesita", "")
    assert not [word for word in PRIVATE if word in masked]
    assert page.strip.content.name == "I. A."
    assert page.strip.content.birth_date == page.strip.content.member_id == ""
    assert page.strip.content.case_number in masked
    press_mask(it)
    assert page.strip.content.name == "Aldous, Ines"
    assert page.request.record.toPlainText() == notes


def test_the_audit_and_the_search_hide_them(it: Room) -> None:
    press_mask(it)
    it.go(PageName.AUDIT)
    assert not [word for word in PRIVATE if word in spoken(it)]
    it.window.top_bar.find_field.setFocus()
    QTest.keyClicks(it.window.top_bar.find_field, "Aldous")
    found = spoken(it).replace("Aldous", "", 2)  # what was typed
    assert "I. A." in found
    assert "Aldous, Ines" not in found


def test_a_saved_case_hides_them(it: Room) -> None:
    case = it.page(PageName.WORKLIST).cases.line(0).row.id
    it.go(PageName.AUDIT, case)
    assert "Aldous, Ines" in spoken(it)
    press_mask(it)
    assert not [word for word in PRIVATE if word in spoken(it)]


def test_the_letter_hides_them_and_its_pages(it: Room) -> None:
    page = open_case(it, "Easton")
    page.show_letter()
    letter = page.letter
    assert "Ines Easton" in spoken(it)
    assert letter.pages.many >= 1
    assert not pages_hidden(letter.pages)
    letter.sentences.list.go_to(4)
    press_mask(it)
    masked = spoken(it)
    assert not [word for word in HERS if word in masked]
    assert "Pages are hidden while names are. F9 shows names again" in masked
    assert pages_hidden(letter.pages)
    assert letter.sentences.list.currentIndex().row() == 4
    assert not [word for word in HERS if word in letter.sentences.list.copied_text() + " ".join(letter.sentences.trace.texts)]
    letter.show_case(letter._case, letter._people)  # a letter that is shown anew stays hidden
    letter._show_issued(letter._case.letters[0].id)
    assert pages_hidden(letter.pages)
    assert not [word for word in HERS if word in spoken(it)]
    press_mask(it)
    assert "Ines Easton" in spoken(it)
    assert not pages_hidden(letter.pages)


def test_notes_and_summaries_of_a_case_hide_them(it: Room) -> None:
    page = open_case(it, "Brandt")
    it.desk.review.add_note(page.case, "Ines Brandt called back.")
    it.window.commands.refresh.trigger()
    assert "Ines Brandt called back." in spoken(it)
    press_mask(it)
    masked = spoken(it)
    assert "••• ••• called back." in masked
    assert "Brandt" not in masked
    press_mask(it)
    assert "Ines Brandt called back." in spoken(it)


def test_what_the_nurse_wrote_for_the_physician_hides_them(it: Room) -> None:
    case = opened(it.desk, member=member(7, "Zeller"))
    it.desk.determinations.refer(case.id, case.revision, (1,), "Ms. Zeller has had pain.")
    it.sit("osei")
    page = it.go(PageName.REVIEW, case.id)
    page.request.show_record()
    assert "Ms. Zeller has had pain." in page.request.from_nurse.words.toPlainText()
    press_mask(it)
    assert "Zeller" not in page.request.from_nurse.words.toPlainText()
    assert "Zeller" not in spoken(it)


def test_the_question_before_a_letter_leaves_names_nobody(it: Room) -> None:
    page = open_case(it, "Dorset")
    page.show_letter()
    page.letter.issue_action.setEnabled(True)
    page.letter.issue_action.trigger()
    assert "Issue this letter to Ines Dorset?" in page.letter.question.words.text()
    press_mask(it)
    assert "Issue this letter to the member?" in page.letter.question.words.text()


def test_a_saved_case_hides_them_in_its_timeline_and_letters_and_is_not_read_again_for_it(it: Room) -> None:
    it.sit("sol")
    audit = it.go(PageName.AUDIT)
    rows = [audit.cases.line(place).row for place in range(audit.cases.rowCount())]
    audit._open(next(row.id for row in rows if "Easton" in row.member))
    case = audit.case
    case.show_view("timeline")
    steps = [case.steps.data(case.steps.index(place)) for place in range(case.steps.rowCount())]
    assert any("To Ines Easton" in step for step in steps)
    it.desk.looks.settle()
    events = it.desk.store.ledger.last()
    press_mask(it)
    hidden = [case.steps.data(case.steps.index(place)) for place in range(case.steps.rowCount())]
    assert len(hidden) == len(steps)
    assert not [word for word in HERS if word in " ".join(hidden)]
    assert any("To ••• •••" in step for step in hidden)
    it.desk.looks.settle()
    assert it.desk.store.ledger.last() == events
    case.show_view("letters")  # which is a look of its own
    assert not [word for word in HERS if word in spoken(it)]
    assert pages_hidden(case.letters.pages)
    press_mask(it)
    assert "Ines Easton" in spoken(it)


def test_drafts_that_are_offered_hide_them(it: Room) -> None:
    it.window.commands.new_request.trigger()
    QTest.keyClicks(it.shown.form._entries["member.family"], "Quillfeather")
    it.shown.keep()
    it.window.commands.new_request.trigger()
    assert "Quillfeather" in spoken(it)
    press_mask(it)
    assert "Quillfeather" not in spoken(it)
    assert "Q." in spoken(it)


def test_a_physician_reads_the_names_of_what_waits_for_a_physician_only(it: Room) -> None:
    it.sit("osei")
    it.page(PageName.WORKLIST).choose("all")
    listed = spoken(it)
    assert "Brandt, Ines" in listed
    assert "Easton, Ines" in listed  # decided by him
    assert "Corwin" not in listed


def test_the_mask_stays_over_a_lock_and_is_off_at_a_new_start(it: Room) -> None:
    from test_locking import lock, unlock

    press_mask(it)
    lock(it)
    unlock(it)
    assert says_masked(it)
    assert not [word for word in PRIVATE if word in spoken(it)]
    assert "mask" not in type(it.window.settings()).__slots__


def test_a_text_without_its_member_keeps_everything_else(qapp: Any) -> None:
    who = request().member
    text = "Rosalind Alvarado, DEMO-004417, of 12 Linden Court: M54.5 (a.b*c)."
    assert without_member(text, who) == text
    mask().set(True)
    assert without_member(text, who) == "••• •••, •••, of •••: M54.5 (a.b*c)."
    assert without_member("(", replace(who, family="(", given="a.b*c", address=None)) == "("


def test_a_text_without_its_member_has_no_birth_date_and_nobody_who_acts_for_her(qapp: Any) -> None:
    who = replace(
        request().member,
        birth_date=date(1971, 2, 4),
        phone="765-555-0101",
        address="12 Linden Court, Muncie, IN 47302",
        representative=Representative("Rosa Marsh", "mother", "4 Elm Row\nMuncie, IN 47302"),
    )
    mask().set(True)
    for told in ("born 02/04/1971", "born 1971-02-04", "born February 4, 1971"):
        assert without_member(told, who) == "born •••"
    assert without_member("Rosa Marsh, 4 Elm Row, 765-555-0101", who) == "•••, •••, •••"
    assert without_member("12 Linden Court\nMuncie, IN 47302, in February", who) == "•••\n•••, in February"
