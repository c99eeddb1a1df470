"""A field that offers what the desk knows for what was typed: codes, places of service, providers; one key takes the first."""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QCompleter, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.entry_offers import Offer, OffersModel
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.widgets.panels.form import LineEntry

LEAST = 2
"""Characters from which something is looked up."""
IN_SIGHT = 10
"""Rows in sight at once; all others are scrolled to."""
WIDTH = 520
"""Pixels at 100 % that the list has at least, where the window has them."""


_WORDS = re.compile(r"[^\W\d_]{3}")
"""What words have, and no code."""
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Reasons for which a field loses the focus though the person has not left it."""


class Sought(Enum):
    """What a field wants offers of."""

    DIAGNOSIS = "diagnosis"
    PROCEDURE = "procedure"
    PLACE = "place"
    PROVIDER = "provider"


class OfferEntry(LineEntry):
    """A text as typed; who holds the tables hears `sought` and answers with `offer`.

    The first row is chosen as the list opens: Enter takes it, Down and Up move, Esc closes. Tab takes it too, but where what was typed
    may be right by itself (`keeps`, a name): there it goes on to the next field.
    """

    sought = Signal(str)
    """The person typed this, and might be glad of what is known for it."""
    taken = Signal(object)
    """The `Offer` that the person took."""
    looked_up = Signal()
    """What is known for the text has been looked up; `unknown` says whether that is nothing."""

    def __init__(self, kind: Sought, keeps: bool = False, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.kind = kind
        self._keeps = keeps
        self._nothing_for = ""
        self._offers = OffersModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(IN_SIGHT)
        self._list = OfferList(self.tr("Offers"), self)
        self._completer.setPopup(self._list)
        self._list.setItemDelegate(OfferDelegate(self._list))  # the completer has put its own there
        self._completer.setWidget(self)
        self._list.installEventFilter(self)
        self.installEventFilter(self)  # after the completer, which swallows it while the list is open
        self.textEdited.connect(self._seek)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]

    def offer(self, sought: str, hits: Sequence[Any], told: Callable[[Any], Offer]) -> None:
        """Offer the hits, where what was typed is still what was sought; the one thing that stands there already is no offer."""
        if sought != self.typed() or not self.hasFocus():
            return
        self._nothing_for = "" if hits or not _WORDS.search(sought) else sought
        self.looked_up.emit()
        known = len(hits) == 1 and told(hits[0]).value == sought and told(hits[0]).carries is None
        self._offers.show_hits(() if known else hits, told)
        if not self._offers.rowCount():
            self._list.hide()
            return
        width = min(max(look().px(WIDTH), self.width()), self.window().width() - look().px(24))
        self._completer.complete(QRect(0, 0, width, self.height()))
        self._list.setCurrentIndex(self._completer.completionModel().index(0, 0))

    @property
    def unknown(self) -> bool:
        """Whether words stand in it for which nothing is known here; a code may be right though nobody knows it."""
        return bool(self._nothing_for) and self._nothing_for == self.typed()

    @property
    def offers(self) -> OffersModel:
        """What is offered now."""
        return self._offers

    @property
    def popup(self) -> QListView:
        """The list that opens below the field."""
        return self._list

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes the chosen row, or leaves a field that keeps what was typed; Shift+Tab leaves any. Whoever goes on elsewhere leaves
        no list behind; that another window is active, as the list itself may be, is no leaving."""
        if watched is self and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _STAYS:
            self._list.hide()
        if watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}.get(Qt.Key(event.key()))
            if step is not None:
                chosen = self._list.currentIndex()
                self._list.hide()
                if step and not self._keeps:
                    self._take(chosen)
                else:
                    self.focusNextPrevChild(step)
                return True
        return super().eventFilter(watched, event)

    def _seek(self, text: str) -> None:
        if len(text.strip()) >= LEAST:
            self.sought.emit(text.strip())
        else:
            self._list.hide()

    def _take(self, index: QModelIndex) -> None:
        offer = index.data(ROW)
        if isinstance(offer, Offer):
            if offer.carries is None:
                self.setText(offer.value)
            self.taken.emit(offer)
            self.editingFinished.emit()


class OfferList(QListView):
    """The list below a field, which keeps the focus; every row of the same height, so that some ten thousands cost nothing."""

    def __init__(self, name: str, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it closes, the window of the field is the active one again, where the list had taken its place."""
        super().hideEvent(event)
        self._give_back()

    def event(self, event: QEvent) -> bool:
        """A platform that activates the list late, after it was closed, is told so too."""
        told = super().event(event)
        if event.type() == QEvent.Type.WindowActivate and not self.isVisible():
            self._give_back()
        return told

    def _give_back(self) -> None:
        if self._field.isVisible() and QApplication.activeWindow() in (None, self):
            self._field.window().activateWindow()


class OfferDelegate(QStyledItemDelegate):
    """A row: the value, its words, and the mark at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line."""
        return QSize(look().px(200), QFontMetrics(look().font(Type.BODY)).height() + look().px(8))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Value in its own weight, words after it, elided, and the mark in the ink of a question."""
        offer = index.data(ROW)
        if not isinstance(offer, Offer):
            return
        px, chosen = look().px, bool(option.state & QStyle.StateFlag.State_Selected)
        area = option.rect.adjusted(px(8), 0, -px(8), 0)
        painter.save()
        painter.fillRect(option.rect, look().colour("accent_soft" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), px(3), option.rect.height()), look().colour("accent"))
        mark = self._write(painter, area, offer.mark, Type.SMALL, "ask", right=True)
        area.setRight(area.right() - mark - (px(12) if mark else 0))
        value = self._write(painter, area, offer.value, Type.STRONG, "text")
        area.setLeft(area.left() + max(value, px(72)) + px(8))
        self._write(painter, area, offer.words, Type.BODY, "text")
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, words: str, style: Type, ink: str, right: bool = False) -> int:
        font = look().font(style)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return QFontMetrics(font).horizontalAdvance(shown)
