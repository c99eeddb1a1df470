"""A workspace that went back: told above the saved cases until a supervisor says why it was right, or what was done."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import Role
from ur_desk.domain.telling import tell
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import moment
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ur_desk.domain.trail.witness import GoneBack


class GoneBackBox(Restyled, QFrame):
    """The oldest going back into which nobody has looked, with a field for the reason; not there while none waits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = 0
        self.gone: GoneBack | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(self.tr("The workspace went back"))
        self.chip = Chip(self.tr("went back"), Tone.BAD)
        self.words = ElidedLabel("", Type.BODY)
        self.notice = Notice()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it was right, or what was done"))
        self.reason.setAccessibleName(self.tr("Why the workspace went back"))
        self.button = QPushButton(self.tr("Looked into"))
        self.button.setAutoDefault(False)
        self.button.setToolTip(self.tr("Note the reason; the notice is gone then, the event stays"))
        self.button.clicked.connect(self.explain)
        self.reason.returnPressed.connect(self.explain)
        self._lay_out()
        session.changed.connect(self._changed)
        session.person_changed.connect(lambda _person: self.read_again())
        self.restyle()
        self.hide()
        self.read_again()

    def _lay_out(self) -> None:
        self._row, self._tail, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._row.addWidget(self.chip)
        self._row.addWidget(self.words, 1)
        self._tail.addWidget(self.reason, 1)
        self._tail.addWidget(self.button)
        self._column.addLayout(self._row)
        self._column.addLayout(self._tail)
        self._column.addWidget(self.notice)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 8, 16, 8, 8)
        inset(self._row, 0, 0, 0, 0, 8)
        inset(self._tail, 0, 0, 0, 0, 8)

    def read_again(self) -> None:
        """Read what waits; nothing is shown to somebody who reads no alerts."""
        self._asked += 1
        self._show(self._asked, ())
        if may_read(self._session.person, Read.ALERTS):
            self._session.read(lambda desk: desk.witness.gone_back(), self, partial(self._show, self._asked), self.notice.show_error)

    def explain(self) -> None:
        """Note the reason that was typed."""
        gone, reason = self.gone, self.reason.text()
        self.notice.hide()
        if gone is not None:
            self._session.write(lambda desk: desk.witness.explain(gone.event, reason), self, failed=self._refused)

    def _show(self, asked: int, waiting: "tuple[GoneBack, ...]") -> None:
        if asked != self._asked:
            return
        gone = next(iter(waiting), None)
        if gone is None or self.gone is None or gone.event != self.gone.event:
            self.reason.clear()
            self.notice.hide()
        self.gone = gone
        if gone is not None:
            self.words.set_words(self._said(gone, len(waiting) - 1))
        for part in (self.reason, self.button):
            show_if(part, self._session.person.has(Role.SUPERVISOR))
        show_if(self, gone is not None)

    def _said(self, gone: "GoneBack", more: int) -> str:
        told = self.tr("{0}: somebody {1}").format(moment(gone.at, self._session.zone), tell(gone.body))
        if gone.restored_from is not None:
            told += " " + self.tr("It was put back from a backup of {0}.").format(moment(gone.restored_from, self._session.zone))
        return f"{told} " + self.tr("({0} more)").format(more) if more else told

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.TRAIL in changes:
            self.read_again()
