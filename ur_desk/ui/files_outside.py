"""When the files that still lie outside of the workspace are named: before somebody signs out, once the desk is unlocked, and on demand."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ur_desk.ui.line_above import LineAbove

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.exports import StillOutside
    from ur_desk.ui.main_window import MainWindow
    from ur_desk.ui.widgets.reminder import Reminder

    Items = tuple[StillOutside, ...]


class FilesOutside(QObject):
    """Looks for them on the store's lane; names them on a card, or in a line above the pages that leads to it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._above = LineAbove(window, window.entrance, self)
        window.commands.outside.triggered.connect(self.look)

    @property
    def line(self) -> "Reminder | None":
        """The line above the pages; None while nothing is to be told."""
        return self._above.line

    def then(self, go_on: Callable[[], object], words: str) -> None:
        """Name them, and go on once the person says so; `words` say with what. Where there are none, or none can be told, go on at once."""
        session = self._window.session
        if session is None:
            return

        def asked(items: "Items") -> None:
            if self._window.session is not session:  # locked meanwhile: nobody leaves behind a locked door
                return
            if items:
                self._name(items, words, gone_on)
            else:
                go_on()

        def gone_on() -> None:
            self._window.entrance.uncover()
            go_on()

        self._window.status.rest(self.tr("Looking for files that still lie outside"))
        session.read(_still_outside, session, asked, lambda _error: asked(()))

    def look(self) -> None:
        """Name them because somebody wants to know."""
        session = self._window.session
        if session is not None:
            session.read(_still_outside, session, self._show)

    def remind(self) -> None:
        """Tell in a line above the pages where there are any."""
        session = self._window.session
        if session is not None:
            session.read(_still_outside, session, self._remind, lambda _error: None)

    def _show(self, items: "Items") -> None:
        self._above.drop()
        if items:
            self._name(items, "", lambda: None)
        else:
            self._window.status.rest(self.tr("No file lies outside"))

    def _name(self, items: "Items", words: str, gone_on: Callable[[], object]) -> None:
        from ur_desk.ui.pages.outside import OutsideCard

        session = self._window.session
        if session is None:
            return
        card = OutsideCard(session, items, words)
        card.gone_on.connect(gone_on)
        card.closed.connect(self._window.entrance.uncover)
        self._window.entrance.cover(card)

    def _remind(self, items: "Items") -> None:
        self._above.drop()
        if items:
            one = self.tr("1 file that you took out or read in still lies outside.")
            more = self.tr("{0} files that you took out or read in still lie outside.")
            words = one if len(items) == 1 else more.format(len(items))
            self._above.tell(words, self.tr("Look at them…"), self.look)


def _still_outside(desk: "Desk") -> "Items":
    return desk.exports.still_outside()
