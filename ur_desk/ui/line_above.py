"""One line above the pages that leads to something: hidden while anything else is asked, and gone with the workspace."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.reminder import Reminder

if TYPE_CHECKING:
    from ur_desk.ui.entrance import Entrance
    from ur_desk.ui.main_window import MainWindow


class LineAbove(QObject):
    """Keeps the place of one `Reminder` in the window; what is told last takes the place of what was told before."""

    def __init__(self, window: "MainWindow", entrance: "Entrance", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._entrance = entrance
        self.line: Reminder | None = None
        """What stands there now."""
        window.emptied.connect(self.drop)
        entrance.covered.connect(self._covered)

    def tell(self, words: str, verb: str, run: Callable[[], object], tone: Tone = Tone.ASK) -> None:
        """Say something, with the button that leads on."""
        self.drop()
        whole = self._window.centralWidget()
        column = whole.layout() if whole is not None else None
        if isinstance(column, QVBoxLayout):
            self.line = Reminder(words, verb, run, tone)
            column.insertWidget(column.indexOf(self._window.centre), self.line)
            self.line.setVisible(self._entrance.page is None)

    def drop(self) -> None:
        """Say nothing more."""
        line, self.line = self.line, None
        if line is not None:
            line.hide()
            line.deleteLater()

    def _covered(self, page: object) -> None:
        if self.line is not None:
            self.line.setVisible(page is None)
