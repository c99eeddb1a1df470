"""Drafts of new requests that colleagues handed to the person, above the cases of the worklist; Return goes on with one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.intake.handing import KeptDraft
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.handed import HandedModel
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import Text

SHOWN = 3
"""Drafts that are in sight at once; all others are scrolled to."""


class HandedDrafts(Restyled, QFrame):
    """Their number and a row for each, newest first; not there while none waits, or the person may have none."""

    opened = Signal(str)
    """Go on with the draft of this name."""
    refused = Signal(object)
    """A `UserError`: they could not be read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = 0
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(self.tr("Drafts handed to you"))
        self.title = Text("", Type.SMALL_STRONG)
        self.rows = HandedModel(self)
        self.list = _HandedList(self.tr("Drafts handed to you"), self)
        self.list.setModel(self.rows)
        self.list.activated.connect(self._open)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self.list)
        self.setFocusProxy(self.list)
        session.changed.connect(self._changed)
        session.person_changed.connect(lambda _person: self.read_again())
        mask().changed.connect(self.read_again)
        self.restyle()
        self.hide()
        self.read_again()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 6, 0, 0, 2)
        self.title.setContentsMargins(look().px(16), 0, look().px(16), 0)

    def read_again(self) -> None:
        """Read the person's drafts; nobody's are shown to somebody who may have none."""
        self._asked += 1
        self._show(self._asked, ())
        if may_read(self._session.person, Read.DRAFTS):
            self._session.read(lambda desk: desk.intake.kept_drafts(), self, partial(self._show, self._asked), self._refuse)

    def _show(self, asked: int, drafts: Sequence[KeptDraft]) -> None:
        if asked != self._asked:
            return
        self.rows.show_rows(each for each in drafts if each.handed_by)
        count = self.rows.rowCount()
        one = self.tr("1 draft was handed to you")
        self.title.setText(one if count == 1 else self.tr("{0} drafts were handed to you").format(count))
        self.list.updateGeometry()
        show_if(self, count > 0)

    def _refuse(self, error: UserError) -> None:
        self.refused.emit(error)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.row(index.row()).name)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.DRAFTS in changes:
            self.read_again()


class _HandedList(RowList):
    """As high as its rows, as far as they are in sight at once."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setItemDelegate(FindingDelegate(self))
        self.setAccessibleDescription(self.tr("Return goes on with the draft"))

    def sizeHint(self) -> QSize:
        """The rows that are to be in sight."""
        count = self.model().rowCount() if self.model() is not None else 0
        return QSize(look().px(320), sum(self.sizeHintForRow(place) for place in range(min(count, SHOWN))) + look().px(2))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(look().px(160), min(self.sizeHint().height(), look().px(44)))
