"""The words of panels: kept while they are typed, there again after a crash, and gone once they were used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES, FixedClock, open_desk, opened, passphrase
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_entrance import hall
from test_locking import open_case
from ui_window import Room, member, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.lock import PURPOSE
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.panels.verbs import Verb

WORDS = "Seen on Tuesday."


def one_case(desk: Desk) -> None:
    opened(desk, member=member(1, "Aldous"))


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", one_case, kind=WorkspaceKind.REAL) as made:
        yield made


def half_a_minute(it: Any) -> None:
    words = it.window.locking.words
    assert words.timer.isActive()
    assert words.timer.interval() == 30_000
    words.timer.timeout.emit()


def kept(it: Room) -> list[bytes]:
    mara = it.desk.accounts.named("mara").id
    return [data for _, _, data, _ in it.desk.store.drafts.of(mara, PURPOSE)]


def type_a_note(it: Room, words: str = WORDS) -> Any:
    page = open_case(it)
    page.ask_for(Verb.NOTE)
    QTest.keyClicks(page.panels.panel.entry("text"), words)
    return page


def test_words_are_there_again_after_a_crash_as_after_a_lock(it: Room, tmp_path: Path) -> None:
    type_a_note(it)
    half_a_minute(it)
    assert WORDS.encode() in kept(it)[0]
    with hall(tmp_path / "w") as again:  # the first program never ended in order
        again.type(passphrase("mara"))
        review = again.window.host.currentWidget()
        assert review.name is PageName.REVIEW
        assert review.panels.verb is Verb.NOTE
        assert review.panels.panel.text("text") == WORDS
        assert again.desk.store.drafts.of(again.desk.person.id, PURPOSE)  # a second crash takes them no more than the first


def test_an_open_panel_in_which_nothing_is_typed_is_not_kept(it: Room) -> None:
    page = open_case(it)
    page.ask_for(Verb.NOTE)
    half_a_minute(it)
    assert kept(it) == []


def test_only_what_changed_is_kept_again(it: Room) -> None:
    page = type_a_note(it)
    half_a_minute(it)
    (before,) = it.desk.store.drafts.of(it.desk.person.id, PURPOSE)
    half_a_minute(it)
    assert it.desk.store.drafts.of(it.desk.person.id, PURPOSE) == (before,)
    QTest.keyClicks(page.panels.panel.entry("text"), " Call again.")
    half_a_minute(it)
    assert b"Tuesday. Call again." in kept(it)[0]


def test_a_panel_that_was_committed_leaves_nothing(it: Room) -> None:
    page = type_a_note(it)
    half_a_minute(it)
    page.panels.panel.commit()
    assert page.panels.panel is None
    assert kept(it) == []


def test_a_panel_that_was_closed_keeps_its_words_until_it_is_emptied(it: Room) -> None:
    page = type_a_note(it)
    QTest.keyClick(page.panels.panel.entry("text"), Qt.Key.Key_Escape)
    assert page.panels.panel is None
    half_a_minute(it)
    assert WORDS.encode() in kept(it)[0]
    page.ask_for(Verb.NOTE)
    page.panels.panel.entry("text").retype("")
    page.panels.close_panel()
    assert kept(it) == []


def test_the_words_of_a_closed_panel_are_there_when_somebody_else_sat_here_meanwhile(it: Room) -> None:
    page = type_a_note(it)
    QTest.keyClick(page.panels.panel.entry("text"), Qt.Key.Key_Escape)
    for name in ("sol", "mara"):
        it.window.top_bar.account_chosen.emit(name)
        card: Any = it.window.entrance.page
        card.given.emit(name, passphrase(name))
        assert it.desk.person.name == name
        if name == "sol":
            page = open_case(it)
            page.ask_for(Verb.NOTE)
            assert page.panels.panel.text("text") == ""
    page = open_case(it)
    page.ask_for(Verb.NOTE)
    assert page.panels.panel.text("text") == WORDS


def test_who_signs_out_in_order_with_nothing_open_finds_nothing(it: Room) -> None:
    folder = it.desk.folder
    it.desk.close()
    with hall(folder) as again:
        again.type(passphrase("mara"))
        again.window.commands.sign_out.trigger()
        desk = open_desk(folder, "mara", clock=FixedClock(), tables=TABLES)
        assert desk.lock.take_up() is None
        desk.close()


def test_who_leaves_a_panel_open_finds_it_again_though_half_a_minute_had_not_gone_by(it: Room) -> None:
    type_a_note(it)
    it.window.close()
    assert WORDS.encode() in kept(it)[0]


def test_another_person_finds_nothing_and_the_first_one_finds_it_again(it: Room) -> None:
    type_a_note(it)
    it.window.top_bar.account_chosen.emit("sol")
    page: Any = it.window.entrance.page
    page.given.emit("sol", passphrase("sol"))
    assert it.desk.person.name == "sol"
    assert it.place is PageName.WORKLIST
    assert WORDS.encode() in kept(it)[0]
    half_a_minute(it)
    assert WORDS.encode() in kept(it)[0]
    it.window.top_bar.account_chosen.emit("mara")
    page = it.window.entrance.page
    page.given.emit("mara", passphrase("mara"))
    assert it.place is PageName.REVIEW
    assert it.shown.panels.panel.text("text") == WORDS


def test_words_that_nothing_takes_are_told_once_and_tried_again(it: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    type_a_note(it)

    def full(*_: object) -> None:
        raise UserError("The disk is full.", "Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(it.desk.store.drafts, "keep", full)
        half_a_minute(it)
        assert it.window.status.words == "What you type is not kept yet: The disk is full."
        it.window.status.rest("Another thing")
        half_a_minute(it)
        assert it.window.status.words == "Another thing"
    half_a_minute(it)
    assert WORDS.encode() in kept(it)[0]


def test_where_nobody_sits_nothing_is_looked_at(tmp_path: Path, qtbot: Any) -> None:
    with hall(tmp_path / "w") as it:
        assert not it.window.locking.words.timer.isActive()
        it.window.locking.words.look()
