"""The facets of the library page: publisher, status and position with counts, chosen by keyboard."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_library_page import with_document
from ui_window import room

from ur_desk.ui import theme
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.pane import Pane


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


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_three_stand_on_one_row_each_with_its_name_or_the_value_chosen(tmp_path: Path, qtbot: Any, width: int) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        it.window.resize(width, 680)
        QApplication.processEvents()
        boxes = list(page.facets.boxes.values())
        assert len({box.geometry().top() for box in boxes}) == 1
        assert all(one.geometry().right() < other.geometry().left() for one, other in pairwise(boxes))
        for box in boxes:
            assert box.width() >= box.sizeHint().width()
        assert page.facets.status.toolTip() == "Status (Alt+2)"
        before = page.facets.status.grab().toImage()
        page.facets.status.setCurrentIndex(1)
        assert page.facets.status.toolTip() == "Status: not confirmed (1) (Alt+2)"
        assert page.facets.status.grab().toImage() != before


def test_the_heads_of_the_panes_stand_at_one_height(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        panes = [page.beside, page.policy, *(pane for pane in page.findChildren(Pane) if pane.title == "About this version")]
        for zoom in (100, 150):
            theme.apply(QApplication.instance(), "light", zoom)  # type: ignore[arg-type]
            it.window.resize(1280 * zoom // 100, 680 * zoom // 100)
            QApplication.processEvents()
            middles = {pane._title.mapTo(page, pane._title.rect().center()).y() for pane in panes}
            assert max(middles) - min(middles) <= 1
    theme.apply(QApplication.instance(), "light", 100)  # type: ignore[arg-type]
