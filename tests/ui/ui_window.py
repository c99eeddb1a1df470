"""The real window on a real desk, everything at once, for tests of the window and the pages around the review."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from builders import (
    NO_POLICY,
    NOW,
    TABLES,
    UNCHECKED,
    FixedClock,
    cites,
    desk_in,
    line,
    open_desk,
    opened,
    posted,
    request,
    sit_down,
    unclear,
)
from PySide6.QtWidgets import QApplication

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.request import Member
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.settings import Settings
from ur_desk.ui.jobs import InlineJobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.sign_in import SignInPage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.theme import Appearance

Fill = Callable[[Desk], object]


@dataclass(slots=True)
class Room:
    """A window, the desk behind it, and the settings that the window kept."""

    window: MainWindow
    desk: Desk
    kept: list[Settings] = field(default_factory=list)

    def page(self, name: PageName) -> Any:
        """A page of the window."""
        assert self.window.host is not None
        return self.window.host.page(name)

    def go(self, name: PageName, ref: str = "") -> Any:
        """Go to a page and give it."""
        self.window.go(Place(name, ref))
        return self.page(name)

    @property
    def shown(self) -> Any:
        """The page that is shown."""
        assert self.window.host is not None
        return self.window.host.currentWidget()

    @property
    def place(self) -> PageName | None:
        """Which page is shown."""
        return self.shown.name if isinstance(self.shown, Page) else None

    def sit(self, name: str) -> None:
        """Another person takes the desk by the account menu; the passphrase of a synthetic person stands there already."""
        assert self.window.session is not None
        if self.window.session.person.name == name:
            return
        self.window.top_bar.account_chosen.emit(name)
        page = self.window.entrance.page
        assert isinstance(page, SignInPage)
        page.commit()
        assert self.window.session is not None
        assert self.window.session.person.name == name


def nothing(_desk: Desk) -> None:
    """A workspace with its people and the bundled policy, and no case."""


@contextmanager
def room(
    folder: Path,
    fill: Fill = nothing,
    user: str = "mara",
    kind: WorkspaceKind = WorkspaceKind.DEMO,
    settings: Settings | None = None,
    clock: FixedClock | None = None,
) -> Iterator[Room]:
    """A window of 1280 x 680 on a workspace that `fill` prepared, with this person at the desk."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = settings or Settings(theme="light")
    with _desk(folder, fill, kind, clock) as desk:
        sit_down(desk, user)
        kept: list[Settings] = []
        window = MainWindow(InlineJobs(), Appearance(app, settings.theme, settings.zoom), settings, kept.append)
        window.resize(1280, 680)
        window.show()
        window.activateWindow()
        QApplication.processEvents()  # the platform makes it the active window
        window.open_workspace(lambda: desk)
        try:
            yield Room(window, desk, kept)
        finally:
            window.close()
            window.deleteLater()


_MADE = TemporaryDirectory(prefix="ur-desk-tests-")


@contextmanager
def _desk(folder: Path, fill: Fill, kind: WorkspaceKind, clock: FixedClock | None) -> Iterator[Desk]:
    """A desk on a copy of the workspace that a named `fill` makes once; on one of its own for any other, or where the clock matters."""
    if clock is not None or fill not in (nothing, one_of_each):
        with desk_in(folder, kind, clock) as desk:
            fill(desk)
            yield desk
        return
    made = Path(_MADE.name) / f"{fill.__name__}-{kind.value}"
    if not made.exists():
        with desk_in(made, kind) as desk:
            fill(desk)
    shutil.copytree(made, folder)
    desk = open_desk(folder, "ada", clock=FixedClock(NOW + timedelta(hours=1)), tables=TABLES)
    try:
        yield desk
    finally:
        desk.close()


def member(number: int, family: str) -> Member:
    """A synthetic member."""
    return replace(request().member, family=family, given="Ines", member_id=f"DEMO-{number:06d}")


def many(desk: Desk, count: int) -> None:
    """As many cases, of members Aaa1, Aaa2 and so on."""
    for number in range(1, count + 1):
        opened(desk, member=member(number, f"Aaa{number}"))


def one_of_each(desk: Desk) -> dict[str, Case]:
    """A case in review, one referred, one pended, one approved, one denied and noticed."""
    plain = line(1, "97110", "Therapeutic exercise")
    do = desk.determinations
    made = {"review": opened(desk, member=member(1, "Aldous"))}
    made["referred"] = opened(desk, member=member(2, "Brandt"))
    made["pended"] = opened(desk, unclear(), member=member(3, "Corwin"))
    made["approved"] = opened(desk, plain, member=member(4, "Dorset"))
    made["denied"] = opened(desk, member=member(5, "Easton"))
    for key in ("referred", "denied"):
        made[key] = do.refer(made[key].id, made[key].revision, (1,), "Five months of pain.", "Anything for an exception?").value
    made["pended"] = do.ask_for_information(
        made["pended"].id, made["pended"].revision, (1,), ["The order"], "It names the service.", "the office"
    ).value
    made["approved"] = do.approve(made["approved"].id, made["approved"].revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    made["denied"] = denied(desk, made["denied"])
    return made


def denied(desk: Desk, case: Case) -> Case:
    """The case with its first line denied by osei and noticed: its letters are sent."""
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    case = desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.").value
    sit_down(desk, "mara")
    return posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
