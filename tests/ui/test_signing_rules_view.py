"""Signing rules in the window: listed with where they are written and who verified them, verified, and taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, FixedClock
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_window import Room, nothing, room

from ur_desk.ui.places import PageName


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", nothing, user="sol", clock=FixedClock(NOW)) as made:
        yield made


def view_of(it: Room) -> Any:
    return it.go(PageName.ADMINISTRATION, "signing").signing


def spoken(view: Any) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [view.model.index(place, 0).data(role) for place in range(view.model.rowCount())]


def choose(view: Any, id_: str) -> None:
    view.list.go_to(next(place for place, row in enumerate(spoken(view)) if row.startswith(f"{id_} ")))


def commit(view: Any, **typed: str) -> None:
    for key, words in typed.items():
        view.form.entry(key).retype(words)
    view.form.commit()


def test_every_row_says_state_business_days_source_and_whether_somebody_verified_it(it: Room) -> None:
    view = view_of(it)
    rows = spoken(view)
    peer = next(row for row in rows if row.startswith("IN-PEER"))
    assert peer.endswith("not verified. IN · insured business, self-funded government plans · from 07/01/2025 · IC 27-1-37.5-20(a)")
    assert view.told.text() == "5 rows, 2 of them not verified against an official text; those refuse nothing"
    assert not unnamed(view)


def test_where_the_chosen_row_comes_from_stands_below_the_list_in_full(it: Room) -> None:
    view = view_of(it)
    choose(view, "IN-PEER")
    told = view.facts.words.text()
    assert "Source: IC 27-1-37.5-20(a)." in told
    assert "Nobody has verified it." in told
    assert "Still to compare: What makes a clinical peer, IC 27-1-37.5-1.7." in told
    choose(view, "TX-P2P")
    assert "Copy that was read, not the official text: a published copy current through 03/28/2025." in view.facts.words.text()
    assert "Verified by UR Desk developers on 11/22/2026." in view.facts.words.text()


def test_a_row_is_verified_and_taken_back_and_the_list_says_so_at_once(it: Room) -> None:
    view = view_of(it)
    choose(view, "IN-PEER")
    assert not view.doubt_action.isEnabled()
    view.verify_action.trigger()
    assert not view.facts.isVisible()
    commit(view, where="IC 27-1-37.5-20, the state's own site", on="10/06/2017")
    assert view.form is None
    assert "verified 10/06/2017. Sol Reyes (IC 27-1-37.5-20, the state's own site)" in spoken(view)[view.list.currentIndex().row()]
    assert view.facts.isVisible()
    assert it.desk.signing_rows.all()[1].verified is not None
    view.doubt_action.trigger()
    commit(view, reason="It was another act.")
    assert "not verified" in spoken(view)[view.list.currentIndex().row()]


def test_what_is_refused_stands_in_the_form_and_esc_closes_it(it: Room) -> None:
    view = view_of(it)
    choose(view, "IN-PEER")
    view.verify_action.trigger()
    commit(view, where="the code", on="10/20/2017")
    assert "in the future" in view.form.notice.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.form is None


def test_a_nurse_reads_the_rows_and_changes_none(it: Room) -> None:
    it.sit("mara")
    view = view_of(it)
    assert view.model.rowCount() == 5
    assert not view.verify_action.isVisible()
    assert not view.doubt_action.isVisible()
