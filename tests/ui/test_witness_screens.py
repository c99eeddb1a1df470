"""Witnesses in the window: how old the newest one is, and a workspace that went back."""

from pathlib import Path
from typing import Any

import pytest
from builders import MemorySeen
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.domain.trail.computer_clock import Moment
from ur_desk.domain.trail.witness import LastSeen
from ur_desk.ui.places import PageName


def gone(desk: Desk) -> None:
    """A workspace of which this computer saw more than lies there."""
    seen = desk.seen = MemorySeen()
    seen.keep(desk.store.keys.read().workspace, LastSeen(4000, "f" * 64, Moment(desk.clock.now(), "test-boot", 1)))
    desk.witness.look()
    desk.witness.keep()


@pytest.fixture
def it(tmp_path: Path) -> Any:
    with room(tmp_path / "w", gone) as made:
        yield made


def test_the_status_line_says_how_old_the_newest_witness_is(it: Room) -> None:
    it.sit("sol")
    status = it.window.status
    assert status.witness == "Last witness: none yet"
    it.window.session.write(lambda desk: desk.witness.checkpoint(), it.window)  # type: ignore[union-attr]
    assert status.witness == "Last witness: today"


def test_a_going_back_is_shown_to_a_supervisor_until_the_reason_is_given(it: Room) -> None:
    page = it.go(PageName.AUDIT)
    it.sit("mara")
    assert not page.gone_back.isVisibleTo(page)
    it.sit("sol")
    box = page.gone_back
    assert box.isVisibleTo(page)
    assert "this computer had seen 4000" in box.words.words
    box.button.click()
    assert box.notice.isVisibleTo(page)
    assert box.isVisibleTo(page)
    box.reason.setText("It was put back from the backup of Monday.")
    box.button.click()
    assert not box.isVisibleTo(page)
    assert it.desk.witness.gone_back() == ()
