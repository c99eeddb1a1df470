"""The card of the files that left, or came in, and still lie outside: each can be removed."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.exports import StillOutside

WIDE = 640
HIGH = 270
"""Pixels at 100 % that the list takes at most."""


def _removed(desk: "Desk", item: "StillOutside") -> "StillOutside":
    desk.exports.remove(item)
    return item


class OutsideCard(Card):
    """Lists the files and offers to remove each; `go_on` says with what the person goes on then, and is empty where nothing waits."""

    gone_on = Signal()
    """The person is through with it."""

    def __init__(self, session: Session, items: "Sequence[StillOutside]", go_on: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, wide=WIDE)
        self._session = session
        self.rows = {item: _Row(item) for item in items}
        self.add(_Files(self.tr("Files outside"), _column(self.rows.values())))
        if go_on:
            self.go_on_button = self.button(go_on, "main", self.gone_on.emit)
        self.back_button = self.closes(self.tr("Back"))
        for item, row in self.rows.items():
            row.remove.clicked.connect(partial(self._remove, item))
        self._count()

    def _remove(self, item: "StillOutside") -> None:
        self.rows[item].remove.setEnabled(False)
        self._session.read(lambda desk: _removed(desk, item), self, self._was_removed, partial(self._not_removed, item))

    def _was_removed(self, item: "StillOutside") -> None:
        self.rows[item].say_removed()
        self._count()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_removed(self, item: "StillOutside", error: UserError) -> None:
        self.rows[item].remove.setEnabled(True)
        self.notice.show_error(error)

    def _count(self) -> None:
        left = sum(not row.is_removed for row in self.rows.values())
        titles = {0: self.tr("No file lies outside any more"), 1: self.tr("1 file still lies outside")}
        self.say(
            titles.get(left, self.tr("{0} files still lie outside").format(left)),
            self.tr(
                "What left the workspace, or was read into it, may hold patient data, and is not protected out there. Removing deletes the "
                "file; it does not wipe the disk, and what a synced folder or a recycle bin copied stays there."
            ),
        )


class _Files(Restyled, Fitted):
    """The files, as many as leave the buttons in sight; the rest is scrolled to."""

    def __init__(self, name: str, content: QFrame) -> None:
        super().__init__(name, content)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self.setMaximumHeight(look().px(HIGH))


class _Row(Restyled, QFrame):
    """A file: its name, what and where it is, and the button that removes it."""

    def __init__(self, item: "StillOutside") -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        self.is_removed = False
        self._name = ElidedLabel(item.path.name, Type.MEDIUM, mode=Qt.TextElideMode.ElideMiddle)
        told = " · ".join(part for part in (item.what, _place(item.place), str(item.path.parent)) if part)
        self._told = ElidedLabel(told, Type.SMALL, "soft", mode=Qt.TextElideMode.ElideMiddle)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setProperty("kind", "plain")
        self.remove.setAutoDefault(True)
        self.remove.setAccessibleName(self.tr("Remove {0}").format(item.path.name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._told)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.remove)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 0, 6, 4, 6, 12)

    def say_removed(self) -> None:
        """The file is gone."""
        self.is_removed = True
        self.remove.setText(self.tr("Removed"))
        self.remove.setEnabled(False)


def _column(rows: "Iterable[_Row]") -> QFrame:
    inside = QFrame()
    inside.setProperty("ground", "surface")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    return inside


def _place(place: str) -> str:
    """A kind of place in words; as it is where there are none for it."""
    words = {
        "local": QCoreApplication.translate("outside", "this computer's disk"),
        "network": QCoreApplication.translate("outside", "network folder"),
        "synced": QCoreApplication.translate("outside", "synced folder"),
        "removable": QCoreApplication.translate("outside", "removable drive"),
    }
    return words.get(place, place)
