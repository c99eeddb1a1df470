"""A folder dropped on the window: counted first, read with a progress bar, stopped without half a policy, and a list of what was refused."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_window import room

from ur_desk.ui.actions import plain_text
from ur_desk.ui.places import PageName

DOCUMENT = """Medical Policy
Subject: Lamp Study of the Foot
Document #: XYZ.{0:05} Current Effective Date: 03/15/2016

Position Statement

The lamp study of the foot is considered investigational and not medically necessary.
"""


def folder_in(place: Path, count: int = 3) -> Path:
    folder = place / "documents"
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"{number}.txt").write_text(DOCUMENT.format(number), encoding="utf-8")
    (folder / "notes.txt").write_text("Buy milk.", encoding="utf-8")
    return folder


def told(page: Any) -> list[str]:
    return [str(page.model.data(page.model.index(i, 0), int(Qt.ItemDataRole.AccessibleTextRole))) for i in range(page.model.rowCount())]


def test_nothing_is_saved_before_somebody_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([folder_in(tmp_path)])
        page = it.shown
        assert it.place is PageName.MANY
        assert plain_text(page.load_action) == "Read 4 files into the library"
        assert len(it.desk.library.listed().rows) == 1


def test_a_folder_comes_in_and_what_was_refused_stands_first_with_its_reason(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([folder_in(tmp_path)])
        page = it.shown
        QTest.keyClick(it.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        rows = told(page)
        assert rows[0] == "Refused. 1"
        assert rows[1].startswith("notes.txt. refused. notes.txt does not read as a medical policy")
        assert rows[2] == "In the library. 3"
        assert not page.load_action.isVisible()
        assert not page.stop_action.isVisible()
        assert page.progress.value() == page.progress.maximum() == 4
        assert page.said_so_far.text() == "4 of 4 read: 3 new in the library, 0 there before, 1 refused"
        assert it.go(PageName.LIBRARY).shelf.rowCount() == 4


def test_what_is_not_read_of_a_folder_is_said_before_and_listed_after(tmp_path: Path, qtbot: Any) -> None:
    folder = folder_in(tmp_path, 1)
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "1.txt")
    with room(tmp_path / "w") as it:
        it.window.take_files([folder])
        assert "2 hidden files and links" in it.shown.said_so_far.text()
        it.shown.load_action.trigger()
        rows = told(it.shown)
        assert rows[-3:] == [
            "Not read. 2",
            ".hidden. skipped. A hidden file. Name it by itself to read it.",
            "link.txt. skipped. A symbolic link, which may lead anywhere. Name what it leads to, to read that.",
        ]


def test_another_text_of_the_same_day_stands_in_its_row(tmp_path: Path, qtbot: Any) -> None:
    folder = folder_in(tmp_path, 1)
    (folder / "altered.txt").write_text(DOCUMENT.format(1).replace("investigational and", "truly investigational and"), encoding="utf-8")
    with room(tmp_path / "w") as it:
        it.window.take_files([folder])
        it.shown.load_action.trigger()
        rows = [row for row in told(it.shown) if "new draft" in row]
        assert len(rows) == 2
        assert all("Another text of 03/15/2016 is there, not confirmed; one line differs." in row for row in rows)


def test_stopped_before_the_first_document_the_page_says_so_in_its_middle(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([folder_in(tmp_path)])
        page = it.shown
        real = page._reported

        def stop_at_once(step: Any) -> None:
            real(step)
            next(iter(it.window.jobs._wanted.values())).job.cancel()

        page._reported = stop_at_once
        page.load_action.trigger()
        assert page.said_so_far.text().startswith("Stopped. 0 of 4 read")
        assert page.empty.isVisible()
        assert page.empty.accessibleName().startswith("Stopped before the first document.")
        assert not page.list.isVisible()
        assert page._pane.mapTo(page, page._pane.rect().topLeft()).y() == 0
        it.window.take_files([tmp_path / "documents"])
        assert not page.empty.isVisible()


def test_stopped_half_way_it_says_what_came_in_and_the_library_shows_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        library = it.go(PageName.LIBRARY)
        it.window.take_files([folder_in(tmp_path)])
        page = it.shown
        real = page._reported

        def stop_at_two(step: Any) -> None:
            real(step)
            if page._told.done == 2:
                next(iter(it.window.jobs._wanted.values())).job.cancel()

        page._reported = stop_at_two
        page.load()
        assert page._told.done == 2
        assert page.said_so_far.text().startswith("Stopped. 2 of 4 read")
        assert "of the other 2 nothing was saved" in page.said_so_far.text()
        assert library.shelf.rowCount() == 3
        assert it.desk.supervision.verification().breaks == ()


def test_an_empty_folder_says_that_there_is_nothing(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "empty").mkdir()
    with room(tmp_path / "w") as it:
        it.window.take_files([tmp_path / "empty"])
        assert it.shown.empty.isVisible()
        assert not it.shown.load_action.isVisible()


def test_whoever_may_not_load_policies_hears_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="osei") as it:
        assert not it.window.commands.import_folder.isEnabled()
        it.window.take_files([folder_in(tmp_path)])
        it.shown.load()
        assert it.shown.notice.isVisible()
        assert len(it.desk.library.listed().rows) == 1


def test_many_documents_are_not_listed_one_by_one_whatever_they_are_called(tmp_path: Path, qtbot: Any) -> None:
    files = [tmp_path / f"{number}.json" for number in range(21)]
    for number, file in enumerate(files):
        file.write_text(DOCUMENT.format(number), encoding="utf-8")
    with room(tmp_path / "w") as it:
        it.window.take_files(files[:20])
        assert it.place is PageName.ARRIVALS
        it.window.take_files(files)
        assert it.place is PageName.MANY
        assert plain_text(it.shown.load_action) == "Read 21 files into the library"
