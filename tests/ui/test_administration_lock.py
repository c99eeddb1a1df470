"""The administrator sets after how long the desk locks itself."""

from pathlib import Path
from typing import Any

import pytest
from ui_window import room

from ur_desk.ui.places import PageName


@pytest.mark.parametrize("minutes", [10, 30])
def test_the_administrator_chooses_and_the_window_counts_from_then_on(tmp_path: Path, qtbot: Any, minutes: int) -> None:
    with room(tmp_path / "w", user="ada") as it:
        page = it.go(PageName.ADMINISTRATION, "lock")
        form = page.lock.form
        assert form.text("minutes") == "15"
        form.entry("minutes").retype(str(minutes))
        form.commit()
        assert it.desk.lock.minutes == minutes
        assert it.window.locking.idle.interval() == minutes * 60_000
        assert it.window.status.words == f"The desk locks itself after {minutes} minutes"
        page.read_again()
        assert form.text("minutes") == str(minutes)


def test_minutes_between_the_steps_are_shown_as_they_are(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        session = it.window.session
        assert session is not None
        session.write(lambda desk: desk.lock.set_minutes(12), it.window)
        page = it.go(PageName.ADMINISTRATION, "lock")
        assert page.lock.form.text("minutes") == "12"
