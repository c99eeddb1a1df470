"""Files that still lie outside are named before the desk is locked, and each can be removed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_locking import CONTROL, PIN, SHIFT, settle, unlock
from ui_window import Room, one_of_each, room

from ur_desk.desk.exports import StillOutside
from ur_desk.errors import UserError
from ur_desk.ui.pages.outside import OutsideCard


@dataclass
class Register:
    """The register of what left, as the desk answers it."""

    items: list[StillOutside]
    removed: list[StillOutside] = field(default_factory=list)

    def still_outside(self) -> tuple[StillOutside, ...]:
        return tuple(self.items)

    def remove(self, item: StillOutside) -> None:
        if not item.path.exists():
            raise UserError("The file is gone already.", "Nothing was removed.")
        item.path.unlink()
        self.items.remove(item)
        self.removed.append(item)


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", one_of_each) as made:
        yield made


@pytest.fixture
def register(it: Room, tmp_path: Path) -> Register:
    items = [StillOutside(tmp_path / f"letter-{n}.pdf", "Letter", "removable", "0" * 64) for n in (1, 2)]
    for item in items:
        item.path.write_bytes(b"%PDF")
    it.desk.exports = Register(items)  # type: ignore[attr-defined]
    return it.desk.exports  # type: ignore[attr-defined, no-any-return]


def card(it: Room) -> OutsideCard:
    it.window.commands.outside.trigger()
    QApplication.processEvents()
    shown = it.window.entrance.page
    assert isinstance(shown, OutsideCard)
    return shown


class Unread:
    """A register that must not be looked at yet: files of any size would be read for it."""

    def still_outside(self) -> tuple[StillOutside, ...]:
        raise AssertionError("looked at before the desk is locked")


def test_lock_now_locks_before_any_file_outside_is_looked_at(it: Room) -> None:
    it.desk.exports = Unread()  # type: ignore[attr-defined]
    it.window.commands.lock.trigger()
    assert it.window.locking.is_locked
    assert it.desk.lock.locked


def test_once_unlocked_a_line_tells_of_files_that_lie_outside_and_leads_to_them(it: Room, register: Register) -> None:
    it.desk.lock.set_pin(PIN)
    it.window.commands.lock.trigger()
    settle()
    assert it.window.locking.outside.line is None
    assert "letter-1" not in it.window.locking.page.accessibleName()  # type: ignore[union-attr]
    unlock(it)
    line = it.window.locking.outside.line
    assert line is not None
    assert line.isVisible()
    assert line.words == "2 files that you took out or read in still lie outside."
    line.button.click()
    shown = it.window.entrance.page
    assert isinstance(shown, OutsideCard)
    assert it.window.locking.outside.line is None, "who has seen them is not told again"
    shown.rows[register.items[0]].remove.click()
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Escape)
    assert it.window.entrance.page is None


def test_where_none_lies_outside_no_line_is_shown(it: Room) -> None:
    it.desk.lock.set_pin(PIN)
    it.window.commands.lock.trigger()
    settle()
    unlock(it)
    assert it.window.locking.outside.line is None
    it.window.commands.outside.trigger()
    assert it.window.entrance.page is None
    assert it.window.status.words == "No file lies outside"


def test_the_line_waits_while_something_is_asked_and_goes_with_the_lock(it: Room, register: Register) -> None:
    it.window.locking.outside.remind()
    line = it.window.locking.outside.line
    assert line is not None
    it.window.commands.passphrase.trigger()
    assert not line.isVisible()
    it.window.entrance.uncover()
    assert line.isVisible()
    it.window.commands.lock.trigger()
    assert it.window.locking.outside.line is None


def test_the_card_names_what_kind_of_place_each_lies_in(it: Room, register: Register) -> None:
    shown = card(it)
    assert shown.title.text() == "2 files still lie outside"
    told = [row._told.words for row in shown.rows.values()]
    assert all("Letter · removable drive" in words for words in told)
    assert "may hold patient data" in shown.accessibleName()
    assert not unnamed(shown)


def test_each_can_be_removed(it: Room, register: Register) -> None:
    shown = card(it)
    first, second = register.items
    shown.rows[first].remove.click()
    assert not first.path.exists()
    assert second.path.exists()
    assert shown.title.text() == "1 file still lies outside"
    assert not shown.rows[first].remove.isEnabled()
    shown.rows[second].remove.click()
    assert shown.title.text() == "No file lies outside any more"
    assert register.removed == [first, second]


def test_a_file_that_cannot_be_removed_says_why_and_stays_listed(it: Room, register: Register) -> None:
    shown = card(it)
    first = register.items[0]
    first.path.unlink()
    shown.rows[first].remove.click()
    assert "gone already" in shown.notice.accessibleName()
    assert shown.rows[first].remove.isEnabled()
    assert shown.title.text() == "2 files still lie outside"


def test_back_leads_to_where_one_was(it: Room, register: Register) -> None:
    before = it.window.centre.currentWidget()
    card(it).back_button.click()
    assert it.window.centre.currentWidget() is before


def test_at_sign_out_they_are_named_and_back_stays(it: Room, register: Register) -> None:
    before = it.window.centre.currentWidget()
    it.window.commands.sign_out.trigger()
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    assert shown.go_on_button.text() == "Sign out"
    assert it.window.session is not None
    shown.back_button.click()
    assert it.window.centre.currentWidget() is before
    it.window.commands.sign_out.trigger()
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert it.window.session is None
    assert not it.window.findChildren(OutsideCard)
    assert all(item.path.exists() for item in register.items)


@pytest.mark.parametrize("how", ["key", "idle"])
def test_the_card_keeps_no_desk_from_being_locked(it: Room, register: Register, how: str) -> None:
    card(it)
    if how == "key":
        QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_L, CONTROL | SHIFT)
    else:
        it.window.locking.idle.timeout.emit()
    settle()
    assert it.window.locking.is_locked
    assert it.window.centre.currentWidget() is it.window.locking.page
    assert not it.window.findChildren(OutsideCard)


def test_a_register_that_cannot_be_read_holds_no_sign_out_up(it: Room) -> None:
    class Broken:
        def still_outside(self) -> tuple[StillOutside, ...]:
            raise UserError("The drive is gone.", "Nothing was changed.")

    it.desk.exports = Broken()  # type: ignore[attr-defined]
    it.window.commands.sign_out.trigger()
    settle()
    assert it.window.session is None


def test_a_sign_out_that_the_lock_overtakes_is_given_up(it: Room) -> None:
    class Slow:
        def still_outside(self) -> tuple[StillOutside, ...]:
            it.window.locking.lock()
            return ()

    it.desk.exports = Slow()  # type: ignore[attr-defined]
    it.window.commands.sign_out.trigger()
    settle()
    assert it.window.locking.is_locked
    assert it.window.centre.currentWidget() is it.window.locking.page


def test_long_lists_scroll_and_keep_the_buttons_in_sight(it: Room, tmp_path: Path) -> None:
    items = [StillOutside(tmp_path / f"letter-{n}.pdf", "Letter", "local", "0" * 64) for n in range(40)]
    it.desk.exports = Register(items)  # type: ignore[attr-defined]
    shown = card(it)
    bottom = shown.back_button.mapTo(it.window, shown.back_button.rect().bottomLeft()).y()
    assert bottom < it.window.status.mapTo(it.window, it.window.status.rect().topLeft()).y()
