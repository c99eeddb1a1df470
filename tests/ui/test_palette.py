"""The search for everything: a few letters find cases, policy lines, codes and commands; keys alone are enough."""

from pathlib import Path
from typing import Any

from accessible import unnamed
from builders import NO_POLICY, UNCHECKED, line, opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import Room, one_of_each, room

from ur_desk.ui.palette import Palette
from ur_desk.ui.places import PageName, Place

CONTROL = Qt.KeyboardModifier.ControlModifier


def seek(it: Room, words: str) -> Palette:
    """Open the palette by its key and type."""
    QTest.keyClick(it.window.focusWidget() or it.window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(it.window.top_bar.find_field, words)
    palette = it.window.findChild(Palette)
    assert palette is not None
    return palette


def titles(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [str(model.data(model.index(i, 0))) for i in range(model.rowCount())]


def press(it: Room, key: Qt.Key) -> None:
    QTest.keyClick(it.window.top_bar.find_field, key)


def test_a_member_is_found_and_opened_by_keys_alone(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "bran")
        assert palette.isVisible()
        assert it.window.top_bar.find_field.hasFocus()
        assert titles(palette)[:2] == ["Cases", "UR-2017-000002   Brandt, Ines"]
        press(it, Qt.Key.Key_Return)
        assert not palette.isVisible()
        assert it.place is PageName.REVIEW
        assert it.window.top_bar.find_field.text() == ""


def test_a_code_leads_to_the_policy_line_that_holds_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        palette = seek(it, "76120")
        assert "Library" in titles(palette)
        press(it, Qt.Key.Key_Return)
        page = it.page(PageName.LIBRARY)
        assert it.place is PageName.LIBRARY
        assert "76120" in page.shown.policy.text.line(page.policy.line).text


def test_a_diagnosis_is_named_in_words(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        palette = seek(it, "m54.5")
        assert "M54.5" in titles(palette)
        place = titles(palette).index("M54.5")
        assert palette.list.model().data(palette.list.model().index(place, 0), Qt.ItemDataRole.UserRole).detail


def test_a_command_is_found_by_its_words_and_done(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "verify")
        assert "Verify the trail" in titles(palette)
        while palette.list.currentIndex().data() != "Verify the trail":
            press(it, Qt.Key.Key_Down)
        press(it, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert it.window.status.trail.startswith("Trail holds")


def test_the_commands_of_the_page_are_among_them(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        it.go(PageName.LIBRARY)
        assert "Record that it still stands…" in titles(seek(it, "still stands"))
        press(it, Qt.Key.Key_Escape)
        it.go(PageName.WORKLIST)
        assert "Record that it still stands…" not in titles(seek(it, "still stands"))


def test_what_cannot_be_done_now_is_not_offered(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="osei") as it:
        assert "New request…" not in titles(seek(it, "new req"))


def test_escape_gives_the_focus_back(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        page.list.setFocus()
        palette = seek(it, "zz")
        press(it, Qt.Key.Key_Escape)
        assert not palette.isVisible()
        assert it.window.focusWidget() is page.list


def test_headings_are_stepped_over_and_the_ends_hold(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "a")
        for key in [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_Down] * 3:
            press(it, key)
        assert palette.list.currentIndex().row() == palette.list.model().rowCount() - 1
        for key in [Qt.Key.Key_PageUp] * 20 + [Qt.Key.Key_Up] * 3:
            press(it, key)
        assert palette.list.currentIndex().row() == 1


def test_nothing_found_says_what_can_be_sought(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        palette = seek(it, "qqqq zzzz")
        assert "Nothing found" in palette._nothing.text()
        assert palette._nothing.isVisible()
        press(it, Qt.Key.Key_Return)
        assert palette.isVisible()


def test_an_answer_to_earlier_letters_is_not_shown(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "bran")
        before = titles(palette)
        palette._take(palette._asked - 1, ((), (), ""))
        assert titles(palette) == before


def test_a_click_chooses(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "cor")
        area = palette.list.visualRect(palette.list.model().index(1, 0))
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
        assert it.place is PageName.REVIEW
        assert it.window.places.now != Place(PageName.WORKLIST)


def test_it_is_read_by_a_screen_reader_and_fits_the_window(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        palette = seek(it, "a")
        assert not unnamed(palette)
        assert it.window.rect().contains(palette.geometry())
        it.window.resize(1000, 560)
        QApplication.processEvents()
        assert it.window.rect().contains(palette.geometry())


def test_what_a_letter_offers_is_found_where_the_letter_is_shown_and_nowhere_else(tmp_path: Path, qtbot: Any) -> None:
    def approved(desk: Any) -> None:
        case = opened(desk, line(1, "97110", "Therapeutic exercise"))
        desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)

    with room(tmp_path / "w", approved) as it:
        page = it.go(PageName.REVIEW, it.desk.review.find("UR-2017-000001"))
        for words in ("change what", "where the sentence", "next finding"):
            assert not any(words in title.lower() for title in titles(seek(it, words)))
            press(it, Qt.Key.Key_Escape)
        page.show_letter()
        for words in ("change what", "where the sentence", "next finding"):
            assert any(words in title.lower() for title in titles(seek(it, words)))
            press(it, Qt.Key.Key_Escape)
