"""A real desk in a new workspace, with a session that does everything at once, for tests of whole pages."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

from builders import NOW, TABLES, FixedClock, desk_in, line, open_desk, opened, passphrase, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.ui.jobs import InlineJobs
from ur_desk.ui.pages.review.page import ReviewPage
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class Told:
    """Remembers what a signal told."""

    def __init__(self, signal: object) -> None:
        self.all: list[object] = []
        signal.connect(lambda *what: self.all.append(what[0] if len(what) == 1 else what))  # type: ignore[attr-defined]


@contextmanager
def seated(
    folder: Path, name: str = "mara", kind: WorkspaceKind = WorkspaceKind.DEMO, clock: FixedClock | None = None
) -> Iterator[tuple[Desk, Session]]:
    """A desk and a session at which this person sits; the workspace is a copy of one that was made once for all tests."""
    copytree(_template(kind), folder)
    desk = open_desk(folder, "ada", clock=clock or FixedClock(NOW + timedelta(minutes=1)), tables=TABLES)
    try:
        sit_down(desk, name)
        yield desk, Session(desk, InlineJobs(), desk.person, desk.kind, str(desk.zone))
    finally:
        desk.close()


@cache
def _template(kind: WorkspaceKind) -> Path:
    folder = Path(mkdtemp(prefix="ur-desk-test-")) / "desk"
    atexit.register(rmtree, folder.parent, ignore_errors=True)
    with desk_in(folder, kind):
        pass
    return folder


def sit(desk: Desk, session: Session, name: str) -> None:
    """Another person takes the desk, as the window lets them."""
    session.sit_down(name, passphrase(name), session)
    assert desk.person.name == name


EXERCISE = line(2, "97110", "Therapeutic exercise")


class Room:
    """A desk with the page on it."""

    def __init__(self, desk: Any, session: Any, qtbot: Any) -> None:
        self.desk, self.session = desk, session
        self.page = ReviewPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 586)
        self.page.show()
        self.page.activateWindow()

    def open(self, *lines: Any, by: str = "mara", **changes: Any) -> Any:
        """A new case, shown to this person."""
        case = opened(self.desk, *(lines or (line(), EXERCISE)), **changes)
        self.desk.person = self.session.person
        if self.session.person.name != by:
            sit(self.desk, self.session, by)
        self.page.open_case(case.id)
        return case

    def now(self, case: Any) -> Any:
        return self.desk.review.case(case.id)

    def refer(self, case: Any) -> None:
        """Refer line 1, and let the physician sit down before the case."""
        self.desk.determinations.refer(case.id, self.now(case).revision, (1,), "Five months of pain.", "Anything for an exception?")
        sit(self.desk, self.session, "osei")
        self.page.open_case(case.id)


def panel(room: Room, verb: Verb, *lines: int, **typed: str) -> Panel:
    """The panel of a verb about these lines, with fields filled in."""
    if lines:
        room.page.request.pick(lines)
    room.page.ask_for(verb)
    found = room.page.panels.panel
    assert found is not None
    assert found.verb is verb
    for key, words in typed.items():
        found.entry(key).retype(words)
    return found


def wrong(found: Panel) -> dict[str, str]:
    """What is said beside each field that is not right."""
    return {key: row.problem for key, row in found._rows.items() if row.problem}
