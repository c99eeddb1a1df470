"""The page of the senders in the real window: listed, renamed, handed on, taken in, dropped and brought back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import enrolled, sender
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import room

from ur_desk.domain.intake.mapping import FIELDS, Column, DateOrder, Mapping, Sender
from ur_desk.domain.people import Role
from ur_desk.ui import dialogs
from ur_desk.ui.places import PageName

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def two(desk: Any) -> None:
    mapping = Mapping(
        (Column("Ref", "reference"), Column("Code", "services.code", separators=";"), Column("Day", "services.first_day", dates=DateOrder.DMY)),
        ("reference",),
        (("state", "IN"),),
    )  # fmt: skip
    desk.senders.keep(sender())
    desk.senders.keep(Sender("Meridian", frozenset(), mapping))


def said(model: Any) -> list[str]:
    return [str(model.data(model.index(n, 0), Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount())]


def names(it: Any) -> list[str]:
    return [each.name for each in it.desk.senders.all()]


def told(page: Any) -> str:
    return str(page.notice.accessibleName()) if page.notice.isVisible() else ""


def test_senders_stand_there_with_what_their_columns_mean(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two) as it:
        it.window.commands.senders.trigger()
        page = it.shown
        assert it.place is PageName.SENDERS
        assert said(page.model)[0] == "Lindenfield Ortho. known by itself. 3 columns are used"
        assert said(page.model)[1].startswith("Meridian. to be chosen. 3 columns are used; no file was seen")
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        rows = said(page.shown)
        assert "Ref. Reference of the sender · rows that share it are one request" in rows
        assert "Code. Procedure code · several values in a cell" in rows
        assert "Day. Service, first day · the day comes first" in rows
        assert "State whose rules hold. IN" in rows
        assert unnamed(it.window) == []


def test_without_any_the_page_says_how_to_begin(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.SENDERS)
        assert page.empty.isVisible()
        assert not page.export_action.isEnabled()
        assert not page.drop_action.isEnabled()


def test_one_is_renamed_by_keyboard_and_a_name_that_exists_is_refused_in_the_form(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        page.list.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_F2)
        field = QApplication.focusWidget()
        assert field is page.form.entry("name")
        page.form.fill({"name": "MERIDIAN"})
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert "There is a sender named MERIDIAN already." in page.form.notice.accessibleName()
        assert page.form.isVisible()
        page.form.fill({"name": "Lindenfield"})
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert names(it) == ["Lindenfield", "Meridian"]
        assert not page.form.isVisible()
        assert page.chosen.name == "Lindenfield"
        assert page.list.hasFocus()


def test_a_dropped_sender_is_brought_back_as_it_was(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        before = it.desk.senders.all()
        page.list.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_Delete)
        assert names(it) == ["Meridian"]
        assert "Ctrl+Shift+Z brings it back" in told(page)
        QTest.keyClick(page.list, Qt.Key.Key_Z, CTRL | SHIFT)
        assert it.desk.senders.all() == before
        assert page.chosen.name == "Lindenfield Ortho"
        assert not page.back_action.isVisible()


def test_a_dropped_sender_does_not_come_back_over_another_of_its_name(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        page.drop()
        page.list.go_to(0)
        page.begin_rename()
        page.form.fill({"name": "lindenfield ortho"})
        page.form.commit()
        page.bring_back()
        assert "There is a sender named Lindenfield Ortho again." in told(page)
        assert names(it) == ["lindenfield ortho"]
        assert page.back_action.isVisible()


def test_what_is_exported_is_imported_elsewhere(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    file = tmp_path / "sender.json"
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        monkeypatch.setattr(dialogs, "choose_target", lambda *_asked: file)
        page.export_action.trigger()
        assert it.desk.senders.read(file.read_bytes(), file.name) == sender()
    with room(tmp_path / "other") as it:
        page = it.go(PageName.SENDERS)
        monkeypatch.setattr(dialogs, "choose_files", lambda *_asked: [file])
        page.import_action.trigger()
        assert it.desk.senders.all() == (sender(),)
        assert not page.empty.isVisible()


@pytest.mark.parametrize("replaced", [True, False])
def test_an_imported_name_that_exists_is_replaced_only_on_demand(tmp_path: Path, qtbot: Any, monkeypatch: Any, replaced: bool) -> None:
    with room(tmp_path / "w", two) as it:
        file = tmp_path / "sender.json"
        file.write_bytes(it.desk.senders.document("Meridian").replace(b'"Meridian"', b'"Lindenfield Ortho"'))
        page = it.go(PageName.SENDERS)
        monkeypatch.setattr(dialogs, "choose_files", lambda *_asked: [file])
        monkeypatch.setattr(dialogs, "confirm", lambda *_asked: replaced)
        page.take_in()
        assert (it.desk.senders.one("Lindenfield Ortho") == sender()) is not replaced


@pytest.mark.parametrize(
    ("data", "words"),
    [(b'{"schema": "ur-desk-request/1"}', "ur-desk-mapping/1"), (b"%PDF", "no JSON"), (b"{}", "schema"), (None, "cannot be read")],
)
def test_a_mapping_file_of_another_kind_is_refused_and_nothing_changes(
    tmp_path: Path, qtbot: Any, monkeypatch: Any, data: bytes | None, words: str
) -> None:
    file = tmp_path / "x.json"
    if data is not None:
        file.write_bytes(data)
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        monkeypatch.setattr(dialogs, "choose_files", lambda *_asked: [file])
        page.take_in()
        assert "x.json" in told(page)
        assert words in told(page)
        assert names(it) == ["Lindenfield Ortho", "Meridian"]


def test_what_another_hand_keeps_is_shown_without_being_asked_for(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two) as it:
        page = it.go(PageName.SENDERS)
        assert it.window.session is not None
        it.window.session.write(lambda desk: desk.senders.keep(replace(sender(), name="Zeta")), it.window)
        assert said(page.model)[-1].startswith("Zeta.")


def test_whoever_may_only_look_changes_nothing(tmp_path: Path, qtbot: Any) -> None:
    def fill(desk: Any) -> None:
        two(desk)
        enrolled(desk, "rita", "Rita Vance", frozenset({Role.AUDITOR}))

    with room(tmp_path / "w", fill, user="rita") as it:
        page = it.go(PageName.SENDERS)
        assert page.model.rowCount() == 2
        for action in (page.rename_action, page.drop_action, page.import_action):
            assert not action.isEnabled()
            assert action.toolTip() == "Not for your role"
        page.drop()
        assert names(it) == ["Lindenfield Ortho", "Meridian"]


def test_what_this_version_refuses_of_a_sender_needs_a_look_and_is_dropped_or_handed_on(
    tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    with room(tmp_path / "w", two) as it:
        monkeypatch.delitem(FIELDS, "state")  # what another version of the program knew
        it.desk.store._told = None
        monkeypatch.setattr(dialogs, "choose_target", lambda *_: target)
        it.window.commands.senders.trigger()
        page = it.shown
        assert said(page.model)[1].startswith("Meridian. needs a look. Kept by another version")
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        (why,) = said(page.shown)
        assert "is no field" in why or "cannot be given" in why
        assert (page.rename_action.isEnabled(), page.drop_action.isEnabled()) == (False, True)
        page.export()
        assert b'"Meridian"' in target.read_bytes()
        page.drop()
        assert len(said(page.model)) == 1
        assert not page.back_action.isVisible()
