"""A small sign in a field: on which page of a record it was read, and whether somebody has looked at what was proposed for it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import polish_again

_NARROW = 140
"""Pixels at 100 % below which the sign is the number alone, so that a day beside it stays whole."""
_PADDING = 9
"""Pixels at 100 % that a field keeps beside its words; the sign may stand there."""


class PageMark(QToolButton):
    """Stands at the right end of a field, which keeps room for it; a click goes to the page."""

    wanted = Signal()
    """The person wants to see the page."""
    confirmed = Signal()
    """The person has looked at what was proposed, and it is right."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field, self._page, self._waits = field, 0, False
        self._described = field.accessibleDescription()
        self.setProperty("kind", "mark")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.wanted)
        field.installEventFilter(self)

    def tell(self, record: str, page: int, waits: bool) -> None:
        """Say which page of which record, and whether what stands in the field still waits for somebody to look."""
        self._page, self._waits = page, waits
        where = self.tr("Read on page {0} of {1}").format(page, record)
        told = self.tr("{0}. Proposed by the form: Enter confirms it, typing changes it").format(where) if waits else where
        self.setToolTip(told)
        self.setAccessibleName(told)
        self._field.setProperty("proposed", waits)
        self._field.setAccessibleDescription(" ".join(part for part in (self._described, told) if part))
        polish_again(self._field)
        self._fit()
        self.show()

    def take_away(self) -> None:
        """The field is as it was without the sign."""
        self._field.removeEventFilter(self)
        self._field.setProperty("proposed", False)
        self._field.setAccessibleDescription(self._described)
        if isinstance(self._field, QLineEdit):
            self._field.setTextMargins(0, 0, 0, 0)
        polish_again(self._field)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps to the right end; Enter confirms what is proposed, and does nothing else meanwhile."""
        if self._waits and watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.confirmed.emit()
                return True
        if watched is self._field and event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._fit()
        return False

    def _fit(self) -> None:
        narrow = self._field.width() < look().px(_NARROW)
        sign = str(self._page) if narrow else self.tr("p. {0}").format(self._page)
        waits = "?" if narrow else " ?"
        self.setText(f"{sign}{waits}" if self._waits else sign)
        if self.property("narrow") != narrow:
            self.setProperty("narrow", narrow)
            polish_again(self)
        self.adjustSize()
        gap = look().px(26) if isinstance(self._field, QComboBox) else look().px(3)
        high = min(self.sizeHint().height(), self._field.height() - 4)
        self.setFixedHeight(max(high, 1))
        top = (self._field.height() - high) // 2 if isinstance(self._field, QLineEdit | QComboBox) else look().px(4)
        self.move(self._field.width() - self.width() - gap, top)
        if isinstance(self._field, QLineEdit):
            self._field.setTextMargins(0, 0, max(self.width() + gap - look().px(_PADDING) + look().px(1), 0), 0)
