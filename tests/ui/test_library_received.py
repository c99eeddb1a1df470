"""Whether a text is still the file's: said of whatever is shown, plain where it is not, with its lines; and the file saved elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import sit_down
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_library_draft import CRITERIA, key, with_criteria
from test_library_page import titles
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.errors import NotKept, UserError
from ur_desk.ui.models.received import Kept, kept_chip
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.pages.library.received import FileCheck
from ur_desk.ui.places import PageName
from ur_desk.ui.tokens import Tone

TRUE = CRITERIA.replace(b"Number: 12", b"Number: 77")


def with_both(desk: Desk) -> None:
    """One document as it came, and one whose text somebody with a changed program doctored."""
    with_criteria(desk)
    sit_down(desk, "mara")
    told = TRUE.replace(b"six weeks", b"three weeks").replace(b"and a visit", b"or a visit")
    policy, changed = desk.library.read(TRUE, "day.txt"), desk.library.read(told, "day.txt")
    desk.library._load(replace(changed, provenance=policy.provenance), TRUE)


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", with_both) as made:
        made.go(PageName.LIBRARY)
        yield made


def choose(it: Room, number: str) -> Any:
    page = it.page(PageName.LIBRARY)
    page.list.go_to(next(i for i in range(page.shelf.rowCount()) if page.shelf.row(i).card.policy == number))
    return page


def test_a_text_that_is_the_files_says_so(it: Room) -> None:
    page = choose(it, "12")
    assert (page.policy.kept.words, page.policy.kept.tone) == ("as the file", Tone.GOOD)
    assert "The text is the file's, line by line" in titles(page)
    assert page.doctored.isHidden()
    key(it, Qt.Key.Key_H, shift=True)
    shown = it.shown
    assert shown.name is PageName.RECEIVED
    assert shown.state.words == "as the file"
    assert shown.empty.isVisible()
    assert "braces.txt" in shown.words.toolTip() or "braces.txt" in shown.words.text()


def test_a_doctored_text_is_said_above_everything_of_that_text_alone(it: Room) -> None:
    page = choose(it, "77")
    assert (page.policy.kept.words, page.policy.kept.tone) == ("not as the file", Tone.BAD)
    assert page.doctored.isVisible()
    assert "2 lines differ" in page.doctored.accessibleName()
    assert "somebody changed the text" in page.doctored.accessibleName()
    choose(it, "12")
    assert page.doctored.isHidden()
    choose(it, "77")
    assert page.doctored.isVisible()
    page.reading_action.trigger()
    assert page.draft.policy.kept.words == "not as the file"
    assert page.doctored.isVisible()


def test_the_lines_of_a_doctored_text_stand_beside_those_of_the_file(it: Room) -> None:
    choose(it, "77")
    key(it, Qt.Key.Key_H, shift=True)
    shown = it.shown
    rows = [shown.rows.row(i) for i in range(shown.rows.rowCount())]
    assert [(row.old.text, row.new.text) for row in rows] == [
        ("1. Pain for three weeks", "1. Pain for six weeks"),
        ("2. Imaging was done, or a visit took place", "2. Imaging was done, and a visit took place"),
    ]
    assert all(shown.rows.marked(row) for row in rows)
    spoken = shown.rows.data(shown.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "On the shelf, line 7: 1. Pain for three weeks. In the file, line 7: 1. Pain for six weeks"
    assert shown.rows.data(shown.rows.index(0), ROW) is rows[0]
    assert not unnamed(shown)
    shown.list.go_to(1)
    QTest.keyClick(shown.list, Qt.Key.Key_Escape)
    page = it.page(PageName.LIBRARY)
    assert it.shown is page
    assert page.policy.line == 8


@pytest.mark.parametrize("at", [PageName.LIBRARY, PageName.RECEIVED])
def test_the_file_is_saved_byte_for_byte_and_noted(it: Room, at: PageName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, offered = tmp_path / "again.txt", []
    monkeypatch.setattr("ur_desk.ui.dialogs.choose_target", lambda _parent, _title, name, _kinds: offered.append(name) or target)
    choose(it, "77")
    if at is PageName.RECEIVED:
        key(it, Qt.Key.Key_H, shift=True)
    key(it, Qt.Key.Key_S)
    assert target.read_bytes() == TRUE
    assert offered == ["day.txt"]
    assert it.window.status.words.startswith("Saved as again.txt")
    sit_down(it.desk, "sol")
    assert [(entry.what, entry.path) for entry in it.desk.exports.register() if entry.path == str(target)] == [
        ("policy document", str(target))
    ]


def test_who_thinks_better_of_it_saves_nothing(it: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.ui.dialogs.choose_target", lambda *_asked: None)
    choose(it, "77")
    before = it.desk.store.ledger.last()[0]
    key(it, Qt.Key.Key_S)
    assert it.desk.store.ledger.last()[0] == before


def test_a_place_that_cannot_be_written_is_refused_in_the_page(it: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.ui.dialogs.choose_target", lambda *_asked: tmp_path / "nowhere" / "again.txt")
    page = choose(it, "77")
    key(it, Qt.Key.Key_S)
    assert "cannot be written" in page.notice.accessibleName()


def test_a_file_that_cannot_be_read_any_more_is_plain_to_see(it: Room) -> None:
    page = it.go(PageName.RECEIVED, "0" * 64)
    assert page.kept.doctored
    assert "no such text" in page.empty.accessibleName()
    assert not page.save_action.isEnabled()
    words, tone, tip = kept_chip(Kept(refused=UserError("The file as received is not what its hash says.", "Restore a backup.")))
    assert (words, tone, tip) == ("file not readable", Tone.BAD, "The file as received is not what its hash says.")


def test_a_file_that_was_never_kept_is_no_alarm(it: Room) -> None:
    kept = Kept(refused=NotKept("The file as received is not kept in this workspace.", "The text came with the program."))
    assert not kept.doctored
    assert kept_chip(kept) == ("no file kept", Tone.QUIET, "The file as received is not kept in this workspace.")


def test_each_text_is_read_once_and_nobody_is_told_that_it_goes_on(it: Room) -> None:
    page, looked, stepped = choose(it, "12"), list[str](), list[object]()
    it.window.session.stepped.connect(lambda _job, step: stepped.append(step))
    page.files.looked.connect(looked.append)
    for _ in range(2):
        choose(it, "77")
        choose(it, "12")
    assert len(looked) == 1
    looked.clear()
    fresh = FileCheck(it.window.session, page)
    fresh.looked.connect(looked.append)
    fresh.look(page.shown.policy)
    fresh.look(page.shown.policy)
    assert looked == [page.shown.policy.text.sha256]
    assert stepped == []


def test_an_abstract_came_with_the_program_and_has_no_file(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as made:
        page = made.go(PageName.LIBRARY)
        QApplication.processEvents()
        assert page.policy.kept.words == ""
        assert not page.file_action.isEnabled()
        assert not page.save_action.isEnabled()
