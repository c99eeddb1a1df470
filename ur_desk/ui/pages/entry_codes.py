"""A field for a diagnosis code that offers codes by their first characters or their words."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from ur_desk.ui.widgets.panels.form import LineEntry

LEAST = 2
"""Characters from which codes are looked up."""

OFFERED = 12
"""Codes that are offered at most."""

_GAP = "   "


class CodeEntry(LineEntry):
    """A code as typed; who holds the code table hears `sought` and answers with `offer`."""

    sought = Signal(str)
    """The person typed this, and might be glad of codes that hold it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._codes = QStringListModel(self)
        completer = QCompleter(self._codes, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer = completer
        self.textEdited.connect(self._seek)
        completer.setWidget(self)
        completer.activated[str].connect(self._take)  # type: ignore[index]

    def offer(self, sought: str, codes: Iterable[tuple[str, str]]) -> None:
        """Offer codes with their words, where what was typed is still what was sought."""
        if sought != self.typed() or not self.hasFocus():
            return
        found = [f"{code}{_GAP}{words}" for code, words in codes]
        self._codes.setStringList(found)
        if found and found[0].split(_GAP)[0] != sought.upper():
            self._completer.complete()
        else:
            self._hide()

    def offered(self) -> list[str]:
        """The codes that are offered now, with their words."""
        return self._codes.stringList()

    def _hide(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def _seek(self, text: str) -> None:
        if len(text.strip()) >= LEAST:
            self.sought.emit(text.strip())

    def _take(self, chosen: str) -> None:
        self.setText(chosen.split(_GAP)[0])
        self.editingFinished.emit()
