"""A real window on a real workspace: lanes, store, letters, nothing mocked."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES, FixedClock, open_desk, people, request, sit_down
from PySide6.QtWidgets import QApplication

from ur_desk.desk.desk import Desk
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.records.request import request_data
from ur_desk.settings import Settings
from ur_desk.ui.hands import Hands
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.sweep import Sweeper
from ur_desk.ui.theme import Appearance


@pytest.fixture
def hands(tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Hands]:
    """Hands at a window where mara, the nurse, sits; osei is the physician, sol the supervisor, ada the administrator."""
    sweeper = Sweeper()
    jobs = Jobs()
    desks: list[Desk] = []

    def opening() -> Desk:
        desk = open_desk(
            tmp_path / "w", "ada", kind=WorkspaceKind.DEMO, clock=FixedClock(), tables=TABLES, zone="America/Indiana/Indianapolis"
        )
        desks.append(desk)
        people(desk)
        sit_down(desk, "mara")
        return desk

    window = MainWindow(jobs, Appearance(qapp, "light", 100), Settings(), lambda _settings: None)
    qtbot.addWidget(window)
    window.resize(1280, 680)
    window.show()
    made = Hands(window)
    window.open_workspace(opening)
    made.rest()
    yield made
    window.close()
    jobs.shutdown(lambda: desks[0].close())
    sweeper.end()


@pytest.fixture
def request_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a request file."""

    def write(*lines: Any, **changes: Any) -> Path:
        path = tmp_path / "request.json"
        path.write_text(json.dumps(request_data(request(*lines, **changes))), encoding="utf-8")
        return path

    return write
