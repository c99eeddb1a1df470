"""Clock rules in the window: listed with who verified them, loaded, verified, doubted and dropped; and what clocks ask for."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, FixedClock, clock_file, opened
from PySide6.QtCore import Qt
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.ui import dialogs
from ur_desk.ui.places import PageName


def a_late_case(desk: Desk) -> None:
    opened(desk, received_at=NOW - timedelta(days=20))


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", a_late_case, user="sol", clock=FixedClock(NOW)) as made:
        yield made


@pytest.fixture
def of_nurse(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "n", a_late_case, user="mara", clock=FixedClock(NOW)) as made:
        yield made


def view_of(it: Room) -> Any:
    return it.go(PageName.ADMINISTRATION, "clocks").clocks


def spoken(view: Any) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [view.model.index(place, 0).data(role) for place in range(view.model.rowCount())]


def choose(view: Any, id_: str) -> None:
    view.list.go_to(next(place for place, row in enumerate(spoken(view)) if row.startswith(id_)))


def commit(view: Any, **typed: str) -> None:
    for key, words in typed.items():
        view.form.entry(key).retype(words)
    view.form.commit()


def test_every_row_is_listed_with_who_verified_it_or_that_nobody_did(it: Room) -> None:
    view = view_of(it)
    rows = spoken(view)
    assert len(rows) > 70
    assert any(row.startswith("TX-UR · Texas, prior authorization. not verified") for row in rows)
    assert any("ERISA-PRE · ERISA, pre-service. verified 11/22/2026. UR Desk developers. 15 calendar days" in row for row in rows)
    assert "not verified against an official text" in view.told.text()
    assert not unnamed(view)


def test_rows_are_loaded_verified_taken_back_and_dropped(it: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(it)
    file = tmp_path / "vermont.json"
    file.write_bytes(clock_file("VT"))
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [file])
    view.load_action.trigger()
    choose(view, "VT-NONE")
    assert "own file vermont.json" in spoken(view)[view.list.currentIndex().row()]
    view.verify_action.trigger()
    commit(view, where="8 V.S.A.", on="10/06/2017")
    assert view.form is None
    choose(view, "VT-NONE")
    assert "verified 10/06/2017. Sol Reyes (8 V.S.A.)" in spoken(view)[view.list.currentIndex().row()]
    view.doubt_action.trigger()
    commit(view, reason="It was another act.")
    choose(view, "VT-NONE")
    assert not view.doubt_action.isEnabled()
    view.drop_action.trigger()
    commit(view, reason="Another act.")
    assert not any(row.startswith("VT-NONE") for row in spoken(view))


def test_what_is_refused_is_said_and_nothing_is_loaded(it: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(it)
    file = tmp_path / "broken.json"
    file.write_text("{")
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [file])
    before = view.model.rowCount()
    view.load_action.trigger()
    assert "cannot be read" in view.notice.accessibleName()
    assert view.model.rowCount() == before
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [])
    view.load_action.trigger()
    choose(view, "TX-UR")
    view.verify_action.trigger()
    commit(view, where="the code", on="10/20/2017")
    assert "in the future" in view.form.notice.accessibleName()
    view.dismiss()
    assert view.form is None


def test_what_clocks_ask_for_is_listed_and_leads_to_the_case(it: Room) -> None:
    view = view_of(it)
    view.tasks_action.trigger()
    (row,) = spoken(view)
    assert "missed" in row
    assert "no row says what that is in law" in row
    assert not view.verify_action.isEnabled()
    view.list.activated.emit(view.list.currentIndex())
    assert it.place is PageName.REVIEW
    assert it.shown.case == view.model.row(0).case


def test_a_nurse_reads_the_rows_and_changes_none(of_nurse: Room) -> None:
    view = view_of(of_nurse)
    assert view.model.rowCount() > 70
    assert not any(action.isVisible() for action in (view.load_action, view.verify_action, view.doubt_action, view.drop_action))
