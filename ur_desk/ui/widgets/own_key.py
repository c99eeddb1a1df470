"""The key that commits a form: while the focus is in the form, no command of the page around it has the same one."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

COMMIT = (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter"))
"""The two keys of the keyboard that commit a form."""


class OwnKey(QObject):
    """Takes the keys from the commands of the pages around a form while the focus is in it, and gives them back."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._taken: list[tuple[QAction, list[QKeySequence]]] = []
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and (now is self._form or self._form.isAncestorOf(now))
        if inside and not self._taken:
            self._take()
        elif not inside and self._taken:
            for action, keys in self._taken:
                action.setShortcuts(keys)
            self._taken = []

    def _take(self) -> None:
        around = self._form.parentWidget()
        while around is not None:
            for action in around.actions():
                keys = action.shortcuts()
                if any(key in COMMIT for key in keys):
                    self._taken.append((action, keys))
                    action.setShortcuts([key for key in keys if key not in COMMIT])
            around = around.parentWidget()
