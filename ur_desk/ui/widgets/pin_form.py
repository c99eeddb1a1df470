"""The short form in which somebody chooses a PIN for this session, or goes without."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.look import look
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.field_row import Setting
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import LineEntry

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


WIDE = 200
ROOMY = 760
"""Pixels at 100 % below which only the fields are shown."""


class PinForm(InlineForm):
    """Sets the PIN at the desk; it lies in no draft and in no file."""

    over = Signal()
    """It is put away, with a PIN or without: back to the work."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self._session = session
        self.setProperty("edge", "bottom")
        self.title.setText(self.tr("A PIN for short absences"))
        self.setAccessibleName(self.title.text())
        self.commit_button.setText(self.tr("Use this PIN"))
        self.close_button.setText(self.tr("Go without"))
        self.close_button.setAccessibleName(self.tr("Go without a PIN"))
        self.say(
            self.tr(
                "With it you unlock the desk after an idle lock. Without one, and after sleep or five wrong tries, you type your passphrase. "
                "It holds until you sign out, and is never written to the disk."
            )
        )
        for key, name in (("pin", self.tr("PIN, 6 to 12 digits")), ("again", self.tr("The same again"))):
            entry = LineEntry()
            entry.setEchoMode(QLineEdit.EchoMode.Password)
            row = self.add(key, name, entry, required=self.tr("Type the digits."), setting=Setting.STACKED)
            row.setMaximumWidth(look().px(WIDE))
        self._fields.setDirection(QBoxLayout.Direction.LeftToRight)
        self._fields.addWidget(self.commit_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.finish()
        self.committed.connect(self._set)
        self.closed.connect(self._go_without)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What it is for is said where there is room: the form stands above the work."""
        self.words.setVisible(event.size().width() >= look().px(ROOMY))
        self._scroll.setMinimumHeight(self._scroll.sizeHint().height())
        super().resizeEvent(event)

    def _set(self) -> None:
        pin = self.text("pin")
        if pin != self.text("again"):
            self.row("again").set_problem(self.tr("The two are not the same."))
            return
        self.commit_button.setEnabled(False)
        self._session.read(
            lambda desk: desk.lock.set_pin(pin), self, self._was_set, self._refused, lambda: self.commit_button.setEnabled(True)
        )

    def _was_set(self, _nothing: object) -> None:
        self.fill({})
        self.hide()
        self.over.emit()

    def _refused(self, error: UserError) -> None:
        self.fill({})
        self.refuse(error)
        self.entry("pin").setFocus()

    def _go_without(self) -> None:
        self.fill({})
        self.over.emit()
        self._session.read(_forget, self, lambda _none: None)


def _forget(desk: "Desk") -> None:
    desk.lock.forget_pin()
