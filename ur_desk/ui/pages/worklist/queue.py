"""The physician's queue on the worklist: what waits, what is due soonest first, with the nurse's summary and question."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import AccountId
from ur_desk.ui.models.queue import QueueModel
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.queue_rows import QueueDelegate
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.signing import Waiting

Told = tuple[tuple["Waiting", ...], dict[AccountId, str]]


class _QueueList(RowList):
    """J and K move, as in the list of cases."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K as down and up."""
        if not self.step(event):
            super().keyPressEvent(event)


class PhysiciansQueue(QWidget):
    """Lists what waits for a physician, and says which case they want."""

    opened = Signal(object)
    """The `CaseId` that the person wants to work on."""
    counted = Signal(int)
    """How many cases wait."""
    refused = Signal(object)
    """The UserError for which nothing could be read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: Told = ((), {})
        self.model = QueueModel(self)
        self.list = _QueueList(self.tr("Waiting for a physician"))
        self.list.setItemDelegate(QueueDelegate(self.list))
        self.list.setModel(self.model)
        self.empty = EmptyState(icon="tray")
        self.empty.say(
            self.tr("Nothing waits for you"), self.tr("No line of a case is with a physician. A referral comes up here by itself.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.list, self.empty):
            column.addWidget(part, 1)
        self.setFocusProxy(self.list)
        self.list.activated.connect(lambda index: self.opened.emit(self.model.row(index.row()).case))
        mask().changed.connect(self._word_again)
        show_if(self.list, False)

    @property
    def offered(self) -> bool:
        """Whether whoever sits here has a queue."""
        return may_read(self._session.person, Read.QUEUE)

    def read_again(self) -> None:
        """Read what waits; nothing for whoever has no queue."""
        if self.offered:
            self._session.read(_read, self, self._show, self.refused.emit)
        else:
            self._show(((), {}))

    def chosen(self) -> CaseId | None:
        """The case on which the list stands."""
        index = self.list.currentIndex()
        return self.model.row(index.row()).case if index.isValid() else None

    def open_chosen(self) -> None:
        """Say that the person wants the case on which the list stands."""
        case = self.chosen()
        if case is not None:
            self.opened.emit(case)

    def _show(self, told: Told) -> None:
        self._told = told
        self._word_again()
        shown, gone = (self.list, self.empty) if told[0] else (self.empty, self.list)
        stood_there = gone.hasFocus()
        show_if(shown, True)
        if stood_there:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        show_if(gone, False)
        self.counted.emit(len(told[0]))

    def _word_again(self) -> None:
        place = self.list.currentIndex().row()
        self.model.show_waiting(*self._told, self._session.zone, self._session.now())
        if 0 <= place < self.model.rowCount():
            self.list.go_to(place)
        elif self.list.hasFocus():
            self.list.go_to(0)


def _read(desk: "Desk") -> Told:
    return desk.signers.queue(), {account.id: account.display for account in desk.accounts.all()}
