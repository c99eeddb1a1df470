"""Files that still lie outside are named before the desk is locked, and each can be removed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_locking import PIN, settle, unlock
from ui_desk import Told
from ui_window import Room, one_of_each, room

from ur_desk.errors import UserError
from ur_desk.ui.pages.outside import OutsideCard


@dataclass(frozen=True, slots=True)
class Item:
    path: Path
    what: str
    place: str


@dataclass
class Register:
    """The register of what left, as the desk answers it."""

    items: list[Item]
    removed: list[Item] = field(default_factory=list)

    def still_outside(self) -> tuple[Item, ...]:
        return tuple(self.items)

    def remove(self, item: Item) -> None:
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
    items = [Item(tmp_path / f"letter-{n}.pdf", "Letter", "removable") for n in (1, 2)]
    for item in items:
        item.path.write_bytes(b"%PDF")
    it.desk.exports = Register(items)  # type: ignore[attr-defined]
    return it.desk.exports  # type: ignore[attr-defined, no-any-return]


def card(it: Room) -> OutsideCard:
    it.window.commands.lock.trigger()
    QApplication.processEvents()
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    return shown


def test_lock_now_names_what_lies_outside_and_then_locks(it: Room, register: Register) -> None:
    shown = card(it)
    assert not it.window.locking.is_locked
    assert shown.title.text() == "2 files still lie outside"
    told = [row._told.words for row in shown.rows.values()]
    assert all("Letter · removable drive" in words for words in told)
    assert "may hold patient data" in shown._sentence.text()
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Space)
    assert it.window.locking.is_locked
    assert all(item.path.exists() for item in register.items)


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
    shown = card(it)
    shown._back.click()
    assert it.window.centre.currentWidget() is before
    assert not it.window.locking.is_locked
    assert card(it) is not shown


def test_at_sign_out_they_are_named_too_and_back_stays(it: Room, register: Register) -> None:
    before = it.window.centre.currentWidget()
    it.window.commands.sign_out.trigger()
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    assert shown.go_on_button.text() == "Sign out"
    assert it.window.session is not None
    shown._back.click()
    assert it.window.centre.currentWidget() is before
    it.window.commands.sign_out.trigger()
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    shown.go_on_button.click()
    settle()
    assert it.window.session is None
    assert not it.window.findChildren(OutsideCard)


def test_a_card_that_another_one_covered_does_not_keep_the_desk_from_being_locked(it: Room, register: Register) -> None:
    before = it.window.centre.currentWidget()
    card(it)
    it.window.commands.passphrase.trigger()
    it.window.entrance.uncover()
    assert it.window.centre.currentWidget() is before
    shown = card(it)
    shown._back.click()
    assert it.window.centre.currentWidget() is before
    it.window.commands.sign_out.trigger()
    assert isinstance(it.window.centre.currentWidget(), OutsideCard)
    shown = card(it)  # another wish: the lock
    assert shown.go_on_button.text() == "Lock"
    shown._back.click()
    assert it.window.centre.currentWidget() is before


def test_the_idle_lock_does_not_wait_for_the_card(it: Room, register: Register) -> None:
    card(it)
    it.window.locking.idle.timeout.emit()
    settle()
    assert it.window.locking.is_locked
    assert it.window.centre.currentWidget() is it.window.locking.page
    assert not it.window.findChildren(OutsideCard)


def test_after_an_idle_lock_the_status_line_tells_of_them(it: Room, register: Register) -> None:
    it.desk.lock.set_pin(PIN)
    it.window.locking.idle.timeout.emit()
    settle()
    assert "letter-1" not in it.window.locking.page.accessibleName()  # type: ignore[union-attr]
    unlock(it)
    assert it.window.status.words == "2 files still lie outside; Lock now names them"


def test_signing_out_can_ask_the_same(it: Room, register: Register) -> None:
    gone: list[str] = []
    it.window.locking.outside_then(lambda: gone.append("out"), "Sign out")
    shown = it.window.centre.currentWidget()
    assert isinstance(shown, OutsideCard)
    assert shown.go_on_button.text() == "Sign out"
    assert not gone
    told = Told(shown.gone_on)
    shown.go_on_button.click()
    assert gone == ["out"]
    assert len(told.all) == 1


def test_a_register_that_cannot_be_read_holds_no_lock_up(it: Room) -> None:
    class Broken:
        def still_outside(self) -> tuple[Item, ...]:
            raise UserError("The drive is gone.", "Nothing was changed.")

    it.desk.exports = Broken()  # type: ignore[attr-defined]
    it.window.commands.lock.trigger()
    assert it.window.locking.is_locked
