"""The window: bar, banner, pages, status; where a person is and how to get back; menus and the search for everything.

It is shown before the workspace is open: nothing that is heavy to load is imported above.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from ur_desk.errors import Damaged, UserError
from ur_desk.settings import Settings
from ur_desk.ui.actions import Actions
from ur_desk.ui.entrance import Entrance
from ur_desk.ui.files import FileDrop, chosen, chosen_folder, chosen_policies, chosen_request_folder, chosen_table
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.locking import Locking
from ur_desk.ui.look import look
from ur_desk.ui.menus import Menus
from ur_desk.ui.pages.waiting import Waiting
from ur_desk.ui.places import NOT_KEPT, START, PageName, Place, Places, read_place
from ur_desk.ui.theme import Appearance
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.status_line import StatusLine
from ur_desk.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.doorway import Doorway
    from ur_desk.desk.steps import Step
    from ur_desk.ui.jobs import Job
    from ur_desk.ui.opening import Opened
    from ur_desk.ui.page_host import PageHost
    from ur_desk.ui.palette import Palette
    from ur_desk.ui.reminders import Reminders
    from ur_desk.ui.seat import Seat
    from ur_desk.ui.session import Session
    from ur_desk.ui.widgets.notice import Notice
    from ur_desk.ui.widgets.parts import Banner

LEAST = (960, 540)
USUAL = (1280, 720)


class MainWindow(QMainWindow):
    """The one window of the program; `ask_to_sign_in` fills it, or `open_workspace` where nobody need be asked. `keep` gets the settings when it closes."""

    painted = Signal()
    """The first picture is on the screen: what is heavy may be loaded now."""
    opened = Signal(object)
    """The `Session` of the workspace that is open now."""
    emptied = Signal()
    """Nothing of the workspace is left in the window."""

    def __init__(self, jobs: Jobs, appearance: Appearance, settings: Settings, keep: Callable[[Settings], object]) -> None:
        super().__init__()
        self.jobs = jobs
        self.session: Session | None = None
        self.host: PageHost | None = None
        self.places = Places()
        self._appearance = appearance
        self._settings = settings
        self._keep = keep
        self._under_way: Job | None = None
        self._zoom = appearance.zoom
        self._palette: Palette | None = None
        self.seat: Seat | None = None
        self.reminders: Reminders | None = None
        self._came_back = False
        self.commands = Actions(self)
        self._build()
        self._connect()
        self.entrance = Entrance(self)
        self.locking = Locking(self)
        self._connect_look()
        self._restore_geometry()

    # shape -----------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.top_bar = TopBar(self.commands.pages.values(), self.commands.palette)
        self.banner: Banner | None = None
        self._notice: Notice | None = None
        self.status = StatusLine()
        self.waiting = Waiting(self.tr("Opening the workspace"), self.tr("The worklist comes in a moment."))
        self.centre = Stack()
        self.centre.addWidget(self.waiting)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.top_bar)
        self._column.addWidget(self.centre, 1)
        self._column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.top_bar.find_field.setEnabled(False)
        self.menus = Menus(self.menuBar(), self.commands, self.top_bar.accounts)
        self.drop = FileDrop(self, lambda: self.host is not None, self.take_files)
        self.setMinimumSize(*LEAST)
        self.setWindowTitle(self.tr("Utilization review desk"))

    def _connect(self) -> None:
        c = self.commands
        self.waiting.painted.connect(self.painted)
        self.jobs.failed.connect(self.show_error)
        self.status.cancelled.connect(self._cancel)
        self.top_bar.find_field.textEdited.connect(lambda _text: self._find_anything())
        c.palette.triggered.connect(self._find_anything)
        c.quit.triggered.connect(self.close)
        c.refresh.triggered.connect(self._read_again)
        c.back.triggered.connect(lambda: self.show_place(self.places.back()))
        c.forward.triggered.connect(lambda: self.show_place(self.places.forward()))
        c.new_request.triggered.connect(self._begin_request)
        c.import_files.triggered.connect(lambda: self.take_files(chosen(self)))
        c.import_any_folder.triggered.connect(lambda: self.take_files(chosen_request_folder(self)))
        c.arrivals.triggered.connect(lambda: self.go(Place(PageName.ARRIVALS)))
        c.columns.triggered.connect(lambda: self._show_columns(chosen_table(self)))
        c.post.triggered.connect(lambda: self.go(Place(PageName.POST)))
        c.senders.triggered.connect(lambda: self.go(Place(PageName.SENDERS)))
        c.import_policy.triggered.connect(lambda: self.take_files(chosen_policies(self), policies=True))
        c.import_folder.triggered.connect(lambda: self.take_files(chosen_folder(self), policies=True))
        c.verify_trail.triggered.connect(self._verify_trail)
        c.about.triggered.connect(lambda: self.go(Place(PageName.HELP, "about")))
        c.help_keys.triggered.connect(lambda: self.go(Place(PageName.HELP, "keyboard")))
        c.help_page.triggered.connect(self._help)
        for name, action in c.pages.items():
            action.triggered.connect(partial(self._to_page, name))

    def _connect_look(self) -> None:
        c, appearance = self.commands, self._appearance
        for scheme, action in c.schemes.items():
            action.triggered.connect(partial(appearance.set_scheme, scheme))
        c.zoom_in.triggered.connect(appearance.zoom_in)
        c.zoom_out.triggered.connect(appearance.zoom_out)
        c.zoom_reset.triggered.connect(appearance.zoom_reset)
        c.full_screen.triggered.connect(lambda on: self.showFullScreen() if on else self.showNormal())
        appearance.changed.connect(self._look_changed)
        self._look_changed()

    def _look_changed(self) -> None:
        self.commands.schemes[self._appearance.scheme.value].setChecked(True)
        if self._zoom != look().zoom:
            self._zoom = look().zoom
            self.status.rest(self.tr("Zoom {0} %").format(self._zoom))

    def _restore_geometry(self) -> None:
        self.resize(*USUAL)
        if self._settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self._settings.geometry.encode("ascii", "replace")))

    # the workspace ---------------------------------------------------------------------------------------------------

    def ask_to_sign_in(self, doorway: "Doorway") -> None:
        """Let somebody sign in to the workspace behind a doorway, or begin one there, and fill the window with it."""
        self.entrance.come(doorway)

    def open_workspace(self, opening: "Callable[[], Desk]", doorway: "Doorway | None" = None) -> None:
        """Open a workspace on the store's lane without asking, and fill the window with it; say so where it cannot be opened."""
        from ur_desk.desk.doorway import Doorway

        self.entrance.through(doorway or Doorway(), opening)

    def fill(self, opened: "Opened") -> None:
        """Build everything from a workspace that is open, and bring back what this person left there."""
        from ur_desk.ui.page_host import PageHost
        from ur_desk.ui.reminders import Reminders
        from ur_desk.ui.seat import Seat
        from ur_desk.ui.session import Session

        session = self.session = Session(opened.desk, self.jobs, opened.person, opened.kind, opened.zone, self)
        self.host = PageHost(session, self.commands, self._settings.panes, self._settings.pages)
        self.centre.addWidget(self.host)
        self._mark_workspace(session)
        self.seat = Seat(session, self.commands, self.top_bar, session)
        self.reminders = Reminders(session, self.entrance, self.host, self._column, self._column.indexOf(self.centre))
        self.reopen()
        self._listen(session, self.host, self.seat)
        session.read(lambda desk: desk.only_reading(), self, lambda why: self.show_error(why) if why else None)
        self.opened.emit(session)
        if opened.aside is None:
            self._go_where_one_was(session)
        else:
            self.locking.bring_back(self.host, opened.aside)

    def reopen(self) -> None:
        """Show the workspace again, with all that this person may do; the page that waits where none is open."""
        is_open = self.host is not None
        self.centre.setCurrentWidget(self.host or self.waiting)
        self.commands.set_open(is_open)
        self.top_bar.find_field.setEnabled(is_open)
        if self.seat is not None:
            self.seat.follow()
        if self.places.now is not None:
            self._follow(self.places.now)

    def empty(self) -> None:
        """Nothing of the workspace stays in the window: pages with their models, the search, notices, who sits here and the title."""
        self.entrance.drop()
        if self.host is not None:
            self._settings = replace(self._settings, panes=self.host.panes(), pages=self.host.pages_beside())
        if self.seat is not None:
            self.seat.get_up()
        if self.reminders is not None:
            self.reminders.clear()
        for widget in (self.host, self._palette, self._notice, self.banner):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.session = self.host = self.seat = self._palette = self._notice = self.banner = self.reminders = None
        self.commands.set_open(False)
        self.menus.show_page(())
        self.top_bar.empty()
        self.status.rest()
        self.status.set_trail("")
        self.setWindowTitle(self.tr("Utilization review desk"))
        self.emptied.emit()

    def _mark_workspace(self, session: "Session") -> None:
        if session.demo:
            from ur_desk.ui.widgets.parts import Banner

            self.banner = Banner.demo()
            self._column.insertWidget(self._column.indexOf(self.centre), self.banner)
            self.banner.show()
        self.status.set_trail(self.tr("Trail not checked yet"), tip=self.commands.verify_trail.toolTip())

    def _listen(self, session: "Session", host: "PageHost", seat: "Seat") -> None:
        session.stepped.connect(self._stepped)
        seat.refused.connect(self.show_error)
        host.wanted.connect(self.go)
        host.settled.connect(self._settled)
        host.left.connect(self._leave)
        seat.said.connect(self.status.rest)
        host.tell_below(self.status)
        host.restore_wanted.connect(self.entrance.mending.restore_from_file)

    def _go_where_one_was(self, session: "Session") -> None:
        """Back to the place of the last time, if it is in this workspace."""
        self.go(START)
        place = read_place(self._settings.place)
        if session.demo or place.page in NOT_KEPT or place == START or self._came_back:
            return
        self._came_back = True  # whoever sits down next begins at the beginning
        if place.page is PageName.REVIEW and place.ref:
            session.read(lambda desk: desk.review.find(place.ref), self, lambda _found: self.go(place), lambda _none: None)
        elif place.page is not PageName.REVIEW and self.commands.pages[place.page].isVisible():
            self.go(Place(place.page))

    # places ----------------------------------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Go to a place, by the person's wish; the way back leads here."""
        if self.host is not None:
            self.places.visit(place)
            self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Show a place, without a visit to it."""
        if self.host is None:
            return
        if self._notice is not None:
            self._notice.hide()
        self.host.show_place(place)
        self._follow(place)
        self.menus.show_page(self.host.commands())

    def _follow(self, place: Place) -> None:
        """Bar, menus and title say where one is; the title never whose case it is."""
        for name, action in self.commands.pages.items():
            action.setChecked(name is place.page)
        self.commands.back.setEnabled(self.places.can_go_back)
        self.commands.forward.setEnabled(self.places.can_go_forward)
        shown = self.commands.pages.get(place.page)
        title = self.tr("Utilization review desk")
        self.setWindowTitle(f"{shown.iconText()} – {title}" if shown else title)

    def _to_page(self, name: PageName) -> None:
        """To a page where one left it."""
        self.go(self.places.last_of(name) or Place(name))

    def _settled(self, place: Place) -> None:
        self.places.visit(place)
        self._follow(place)

    def _leave(self) -> None:
        """Back from a case or form to the page one came from."""
        now = self.places.now
        while self.places.can_go_back:
            place = self.places.back()
            if now is None or place.page is not now.page:
                self.show_place(place)
                return
        self.go(START)

    def _show_columns(self, file: Path | None) -> None:
        if self.host is not None and file is not None:
            self.host.show_columns(file)

    def _help(self) -> None:
        now = self.places.now
        self.go(Place(PageName.HELP, now.page.value if now else ""))

    def _read_again(self) -> None:
        if self.host is not None:
            self.host.read_again()

    def _begin_request(self) -> None:
        if self.host is not None:
            self.host.begin_request()

    def _verify_trail(self) -> None:
        if self.host is not None:
            self.host.verify_trail()

    def _find_anything(self) -> None:
        """The search for everything, below its field."""
        if self.host is None:
            return
        if self._palette is None:
            from ur_desk.ui.palette import Palette

            self._palette = Palette(self.host.session, self.top_bar.find_field, self.host.all_commands, self)
            self._palette.place_chosen.connect(self.go)
        self._palette.begin()

    # files that come in ----------------------------------------------------------------------------------------------

    def take_files(self, files: Sequence[Path], *, policies: bool = False) -> None:
        """Read files that were dropped, or chosen, as `policies` or as whatever they are, and say what is in them."""
        if self.host is not None and files:
            self.host.take_files(files, policies=policies)

    # news ------------------------------------------------------------------------------------------------------------

    def _stepped(self, job: "Job | None", step: "Step | None") -> None:
        """Say what a long verb is doing, and offer to stop it."""
        self._under_way = job if step is not None else None
        if step is not None:
            self.status.work(step.words, job is not None)
        elif self.status.busy:
            self.status.rest()

    def _cancel(self) -> None:
        if self._under_way is not None:
            self._under_way.cancel()
            self.status.work(self.tr("Stopping after this step"), can_cancel=False)

    @property
    def notice(self) -> "Notice":
        """Where the window says what went wrong, above every page."""
        if self._notice is None:
            from ur_desk.ui.widgets.notice import Notice

            self._notice = Notice()
            self._column.insertWidget(self._column.indexOf(self.centre), self._notice)
        return self._notice

    def show_error(self, error: UserError) -> None:
        """Say in the page what happened, what to do, and what was not lost; damage leads to the backups."""
        if not (isinstance(error, Damaged) and self.entrance.mending.met(error)):
            self.notice.show_error(error)

    def show_bug(self, where: str) -> None:
        """Say calmly that the program itself went wrong; `where` names the place in the program, never a person."""
        self.notice.show_message(
            self.tr("Something went wrong in the program. What was saved is safe."),
            self.tr("Try the step again. If it happens once more, send the log to whoever looks after the program: {0}").format(where),
            Tone.BAD,
        )

    # the end ---------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window stood, and what is typed in it, and go."""
        self.locking.words.look()
        self._keep(self.settings())
        super().closeEvent(event)

    def settings(self) -> Settings:
        """The settings as the window stands now."""
        place = self.places.now if self.session is not None and not self.session.demo else None
        kept = self._settings.place if place is None or place.page in NOT_KEPT else str(place)
        return replace(
            self._settings,
            theme=self._appearance.scheme.value,
            zoom=self._appearance.zoom,
            geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
            place=kept,
            panes=self.host.panes() if self.host is not None else self._settings.panes,
            pages=self.host.pages_beside() if self.host is not None else self._settings.pages,
        )
