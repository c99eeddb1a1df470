"""The choice of what a column means: a field that narrows as one types, and the meanings below it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.field_offers import FieldOffers
from ur_desk.ui.models.field_words import Offer, narrowed
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import Text

WIDE, HIGH = 320, 300
"""Pixels at 100 %."""
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class FieldChooser(Restyled, QFrame):
    """Lies over the page while a meaning is chosen; Enter takes, Escape or a click elsewhere leaves all as it was."""

    chosen = Signal(object)
    """The `Offer` that was taken."""
    closed = Signal()
    """The choice is over, with one or without."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("edge", "all")
        self.setAutoFillBackground(True)
        self.setProperty("ground", "surface")
        self._page = parent
        self._offers: tuple[Offer, ...] = ()
        self.model = FieldOffers(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type what it means"))
        self.list = RowList(self.tr("Meanings"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.field)
        self._column.addWidget(self.list, 1)
        self.none = Text("", Type.SMALL, "soft", wrap=True)
        self.none.hide()
        self._column.addWidget(self.none)
        self.field.textEdited.connect(lambda _text: self._narrow())
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self.take())
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 8, 8, 8, 8, 6)

    def begin(self, header: str, offers: Iterable[Offer], now: str | None, typed: str, at: QPoint) -> None:
        """Open below a corner of the page, with the present meaning chosen, or what the letters typed so far leave."""
        self._offers = tuple(offers)
        self.field.setAccessibleName(self.tr("What “{0}” means").format(header))
        self.field.setText(typed)
        self._narrow()
        self._place(at)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.end(False)
        if not typed:
            self.list.go_to(next((n for n, each in enumerate(self._offers) if each.field == now), 0))

    def take(self) -> None:
        """Take the meaning that is marked."""
        index = self.list.currentIndex()
        if index.isValid():
            offer = self.model.row(index.row())
            self._close()
            self.chosen.emit(offer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that move in the list, take from it, or close it."""
        if watched is not self.field or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True

    def _narrow(self) -> None:
        self.model.show_rows(narrowed(self._offers, self.field.text()))
        found = self.model.rowCount() > 0
        if found:
            self.list.go_to(0)
        none = self.tr("No meaning is called “{0}”. Erase it, and every meaning stands here.")
        self.none.setText("" if found else none.format(self.field.text().strip()))
        self.field.setAccessibleDescription(self.none.text())
        show_if(self.none, not found)

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _place(self, at: QPoint) -> None:
        page = self._page
        wide, high = look().px(WIDE), min(look().px(HIGH), page.height() - look().px(16))
        left = max(min(at.x(), page.width() - wide - look().px(8)), look().px(8))
        top = max(min(at.y(), page.height() - high - look().px(8)), look().px(8))
        self.setGeometry(QRect(left, top, wide, high))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self._close()
