"""The facets of the library page: publisher, status and position with counts, chosen by keyboard."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_library_page import with_document
from ui_window import room

from ur_desk.ui.places import PageName


def offered(box: Any) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def test_a_facet_offers_what_is_there_with_how_many(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        assert offered(page.facets.status) == ["Any status", "not confirmed (1)", "abstract (1)"]
        assert offered(page.facets.position) == ["Any position", "investigational and not medically necessary (2)"]


def test_a_facet_narrows_the_list_and_the_search_by_keyboard(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        assert page.shelf.rowCount() == 2
        box = page.facets.status
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentText() == "abstract (1)"
        assert page.shelf.rowCount() == 1
        page.search.setText("76120")
        assert {page.shelf.row(i).card.abstract for i in range(page.shelf.rowCount())} == {True}
        QTest.keyClick(box, Qt.Key.Key_Up)
        assert {page.shelf.row(i).card.abstract for i in range(page.shelf.rowCount())} == {False}
        QTest.keyClick(box, Qt.Key.Key_Home)
        assert {page.shelf.row(i).card.abstract for i in range(page.shelf.rowCount())} == {True, False}
        page.search.clear()
        assert page.shelf.rowCount() == 2


def test_a_chosen_facet_stays_also_where_nothing_carries_it_any_more(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        page.facets.status.setCurrentIndex(1)
        page.search.setText("no such words anywhere")
        assert page.facets.status.currentText() == "not confirmed (0)"
        assert page.beside.nothing.isVisible()
        page.search.clear()
        assert page.facets.status.currentText() == "not confirmed (1)"


def test_the_keys_of_the_facets_stand_in_the_menu(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        keys = {action.shortcut().toString() for action in page.actions()}
        assert {"Alt+1", "Alt+2", "Alt+3"} <= keys
