"""The desktop app put together: folders, settings, log, window first, then the workspace in its lane."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from ur_desk import __version__, paths, settings
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.sweep import Sweeper
from ur_desk.ui.theme import Appearance

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.doorway import Doorway

log = logging.getLogger("ur_desk")

SWITCH = 0.0005
"""Seconds after which a busy thread lets the screen's have its turn; the default of 0.005 makes a repaint ten times slower."""


def main(folder: Path, user: str, passphrase: str = "") -> int:
    """Opens the app on a workspace and gives the exit status once its window is closed; without a passphrase, from a file, the
    window asks."""
    from ur_desk.desk.doorway import Doorway
    from ur_desk.domain.guard.access import How

    doorway = Doorway(folder, user)
    if passphrase:
        return _run(doorway, lambda: doorway.open(user, passphrase, how=How.FILE))
    return _run(doorway)


def demo() -> int:
    """Opens the app on a throw-away workspace of synthetic cases, gone when the window is closed."""
    from tempfile import TemporaryDirectory

    from ur_desk.desk.doorway import Doorway

    with TemporaryDirectory(prefix="ur-desk-demo-") as folder:

        def opening() -> "Desk":
            from ur_desk.demo import open_demo

            return open_demo(Path(folder) / "workspace")

        return _run(Doorway(), opening)


def play(folder: Path, say: Callable[[str], object]) -> int:
    """Plays the main job through the real windows on a demo workspace, offscreen, and leaves pictures and letters in the folder."""
    import json
    import os
    from tempfile import TemporaryDirectory

    from ur_desk.demo import open_demo, walk_in
    from ur_desk.records.request import request_data
    from ur_desk.ui.tour import play as play_tour

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory(prefix="ur-desk-demo-") as place:
        request = Path(place) / "request.json"
        request.write_text(json.dumps(request_data(walk_in())), encoding="utf-8")
        return play_tour(application(), lambda: open_demo(Path(place) / "workspace"), request, folder, say)


def _run(doorway: "Doorway", opening: "Callable[[], Desk] | None" = None) -> int:
    app = application()
    kept = settings.load(paths.app_config())
    sweeper = Sweeper()
    jobs = Jobs()
    window = MainWindow(jobs, Appearance(app, kept.theme, kept.zoom), kept, lambda new: settings.save(new, paths.app_config()))
    sys.excepthook = Bugs(window)
    window.painted.connect(begin_log)
    if opening is None:
        window.painted.connect(lambda: window.ask_to_sign_in(doorway))
    else:
        window.painted.connect(lambda: window.open_workspace(opening, doorway))
    window.painted.connect(lambda: _watch(window))
    window.show()
    end_when_told(app)
    status = app.exec()
    jobs.shutdown(doorway.leave)
    sweeper.end()
    log.info("closed")
    return status


def _watch(window: MainWindow) -> None:
    """Lets the machine's sleep and lock shut the desk; loaded once the first picture is out."""
    from ur_desk.ui.watch import watches

    window.locking.listen(watches(window))


def end_when_told(app: QApplication) -> None:
    """Lets a request of the system to end (a log-off, Ctrl+C in the shell) close everything in order: a demo leaves nothing behind.

    Python hears the signal within the sweeper's second.
    """
    import signal

    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda _number, _frame: app.quit())


def application() -> QApplication:
    """The one Qt application, named, and with the screen's thread never waiting long for its turn."""
    sys.setswitchinterval(SWITCH)
    found = QCoreApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(paths.APP)
    app.setApplicationVersion(__version__)
    app.setApplicationDisplayName(app.translate("app", "Utilization review desk"))
    return app


def begin_log() -> None:
    """Lets the program's log go to a file; where that cannot be written there is no log, which is no reason to disturb anybody."""
    from ur_desk.logbook import log_to_file

    try:
        log_to_file()
    except OSError:
        return
    log.info("started, version %s, Python %s", __version__, sys.version.split()[0])


class Bugs:
    """The one place to which everything unforeseen rises: logged without the words of the error, told calmly in the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Logs kind and places of an error, and says in the window that something went wrong."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        from ur_desk.logbook import without_values

        told = without_values(error)
        log.error("a bug in the window: %s", told)
        self._window.show_bug(told.partition(" < ")[0])
