"""A desk with the entry form on it, for the tests of its parts."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ur_desk.ui.pages.entry.codes import OfferEntry
from ur_desk.ui.pages.entry.page import EntryPage


class EntryRoom:
    """A page whose jobs are done at once."""

    def __init__(self, desk: Any, session: Any, qtbot: Any, width: int = 1280) -> None:
        self.desk, self.session = desk, session
        self.page = EntryPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(width, 586)
        self.page.show()
        self.page.activateWindow()
        self.page.begin()

    def entry(self, path: str) -> Any:
        found = self.page.form.entry(path)
        assert found is not None, path
        return found

    def put(self, **texts: str) -> None:
        """Type into single fields, by their paths with two underscores for a dot, and let the form be checked."""
        for path, text in texts.items():
            self.entry(path.replace("__", ".")).retype(text)
        self.page.check()

    def type(self, path: str, text: str) -> OfferEntry:
        """Type into a field that offers, key by key."""
        entry = self.entry(path)
        assert isinstance(entry, OfferEntry)
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(entry, text)
        return entry

    @property
    def focus(self) -> str:
        """The path of the field that has the focus."""
        return self.page.form.path_of(QApplication.focusWidget())

    @property
    def lacking(self) -> list[str]:
        """What would be asked for later, in the words of the list."""
        rows = self.page.wanting.rows
        return [rows.row(place).words for place in range(rows.rowCount())]


def offered(entry: OfferEntry) -> list[str]:
    """The values that are offered now."""
    return [entry.offers.offer(place).value for place in range(entry.offers.rowCount())]


def press(entry: OfferEntry, key: Qt.Key) -> None:
    """Press a key while the list is open: it has the keyboard then."""
    QTest.keyClick(entry.popup if entry.popup.isVisible() else entry, key)
