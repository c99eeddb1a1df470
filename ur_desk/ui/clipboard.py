"""The one place that writes the clipboard: what was copied is kept out of histories and clouds, and does not stay there."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

STAYS = 90_000
"""Milliseconds after which what was copied is cleared."""

_WINDOWS = 'application/x-qt-windows-mime;value="{0}"'
_OURS = "application/x-ur-desk-copied"
_MINE = secrets.token_bytes(8)
"""Tells this run of the program from another."""
_NOTHING = bytes(4)
_MARKS = {
    # Windows: no history, no cloud, no program that watches the clipboard (learn.microsoft.com, "Cloud Clipboard and Clipboard History Formats")
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _NOTHING,
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NOTHING,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NOTHING,
    # macOS: the word that clipboard programs agreed on (nspasteboard.org)
    "org.nspasteboard.ConcealedType": b"1",
    # KDE's own clipboard program
    "x-kde-passwordManagerHint": b"secret",
    _OURS: _MINE,
}


class Guard(QObject):
    """Marks whatever this program copies, by a command or by a field's own Ctrl+C, and clears it after a while where it is still there."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._board = app.clipboard()
        self.owns: Callable[[], bool] = self._board.ownsClipboard
        """Whether what lies there came from this program, marked or not, as the system tells."""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS)
        self.timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._changed)
        app.aboutToQuit.connect(self.clear)

    def copy(self, text: str) -> None:
        """Puts a text on the clipboard, marked; its time begins."""
        data = QMimeData()
        data.setText(text)
        for kind, value in _MARKS.items():
            data.setData(kind, value)
        self._board.setMimeData(data)
        self.timer.start()

    @property
    def holds_ours(self) -> bool:
        """Whether what lies on the clipboard is what this program put there."""
        data = self._board.mimeData()
        return data is not None and bytes(data.data(_OURS).data()) == _MINE

    def clear(self) -> None:
        """Takes away what this program copied; what somebody else copied since stays."""
        self.timer.stop()
        if self.holds_ours:
            self._board.clear()
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        """A field copies by itself: what it copied is marked like all else."""
        data = self._board.mimeData()
        if not self.holds_ours and self.owns() and data is not None and data.text():
            self.copy(data.text())


def guard() -> Guard:
    """The guard of this program's clipboard."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app.findChild(Guard) or Guard(app)


def copy(text: str) -> None:
    """Puts a text on the clipboard for a while."""
    guard().copy(text)
