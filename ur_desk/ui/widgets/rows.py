"""The list that all panes are made of: rows of their own height, one focus ring, calm scrolling, copying."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ur_desk.ui.clipboard import copy
from ur_desk.ui.look import look
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

Index = QModelIndex | QPersistentModelIndex

_KEPT = 1200
"""Composed rows kept for painting; more rows than these are composed again when they come into sight."""


class RowDelegate(QStyledItemDelegate):
    """Composes rows into sheets and paints them; a kind of list says in `compose` what its rows look like."""

    def __init__(self, view: "RowList") -> None:
        super().__init__(view)
        self._view = view
        self._sheets: dict[int, Sheet] = {}
        self._width = 0

    def compose(self, row: Any, sheet: Sheet) -> None:
        """Set a row's value on a sheet of known width, and say its height."""
        raise NotImplementedError

    def forget(self) -> None:
        """Rows have changed, or the look has."""
        self._sheets.clear()

    def sheet(self, index: Index) -> Sheet:
        """The row as it stands at the list's present width."""
        width = self._view.row_width()
        if width != self._width:
            self.forget()
            self._width = width
        kept = self._sheets.get(index.row())
        if kept is None:
            kept = Sheet(width)
            self.compose(index.data(ROW), kept)
            if len(self._sheets) < _KEPT:
                self._sheets[index.row()] = kept
        return kept

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the row needs."""
        return QSize(self._view.row_width(), self.sheet(index).height)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Ground, selection, content, and the ring where the row has the focus."""
        sheet, area = self.sheet(index), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        self._paint_ground(painter, area, sheet, chosen)
        painter.translate(area.topLeft())
        sheet.paint(painter, chosen)
        painter.restore()
        if current and self._view.hasFocus():
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_ground(self, painter: QPainter, area: QRect, sheet: Sheet, chosen: bool) -> None:
        ground = sheet.ground or ("accent_soft" if chosen else None)
        if ground:
            painter.fillRect(area, look().colour(ground))
        bar = "accent" if chosen else sheet.bar
        if bar:
            painter.fillRect(QRect(area.left(), area.top(), look().px(3), area.height()), look().colour(bar))
        if sheet.rule_from is not None:
            painter.fillRect(QRect(sheet.rule_from, area.bottom(), area.width() - sheet.rule_from, 1), look().colour("line"))


class RowList(QListView):
    """A flat list with rows of their own heights; its model hands out values under ROW."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.copy_action = QAction(self.tr("Copy"), self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy)
        self.addAction(self.copy_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def setModel(self, model: "QAbstractItemModel | None") -> None:
        """Show a model, and compose its rows anew whenever they change."""
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self.compose_again)
            model.dataChanged.connect(self.compose_again)

    def row_width(self) -> int:
        """The width of every row: as if the scroll bar were there, so that rows do not change when it comes."""
        return max(self.width() - self.verticalScrollBar().sizeHint().width(), 1)

    def compose_again(self) -> None:
        """Drop what was composed; rows are composed again when they are next seen or measured."""
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.forget()
        self.scheduleDelayedItemsLayout()

    def copied_text(self) -> str:
        """What copying puts on the clipboard: the texts of the chosen rows."""
        return "\n".join(str(index.data(Qt.ItemDataRole.DisplayRole)) for index in sorted(self.selectedIndexes()))

    def copy(self) -> None:
        """Put the chosen rows on the clipboard; with nothing chosen the clipboard keeps what it has."""
        text = self.copied_text()
        if text:
            copy(text)

    def go_to(self, place: int) -> None:
        """Make the row at a place the current one and bring it into sight, with some of what stands around it."""
        index = self.model().index(place, 0)
        if not index.isValid():
            return
        # whatever key brought the person here: with Ctrl or Shift still held down, the view alone would choose other rows
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        seen = self.visualRect(index)
        if seen.top() < 0 or seen.bottom() > self.viewport().height():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def step(self, event: QKeyEvent) -> bool:
        """J goes a row down and K one up, for lists in which letters search nothing; says whether it was one of them."""
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        step = steps.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if step is not None:
            self.go_to(min(max(self.currentIndex().row() + step, 0), self.model().rowCount() - 1))
        return step is not None

    def changeEvent(self, event: QEvent) -> None:
        """A new look makes all rows new."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.compose_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width breaks lines elsewhere; the row at the top stays there. On a lower list the current row stays in sight."""
        top = self.indexAt(self.viewport().rect().topLeft())
        current = self.visualRect(self.currentIndex())
        in_sight = self.currentIndex().isValid() and current.top() >= 0 and current.bottom() < event.oldSize().height()
        super().resizeEvent(event)
        if in_sight and event.size().width() == event.oldSize().width() and current.bottom() >= event.size().height():
            self.scrollTo(self.currentIndex())
        if event.size().width() != event.oldSize().width() and top.isValid():
            self.doItemsLayout()
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
            if in_sight:  # a lower and a narrower list at once
                self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: Any) -> None:
        """The list shows where it stands: a list with no current row takes the first that can be chosen."""
        if not self.currentIndex().isValid():  # else the view takes the first row of all, a heading like any other
            self.go_to(self._first_to_choose())
        super().focusInEvent(event)
        self.viewport().update()

    def _first_to_choose(self) -> int:
        """The place of the first row that is no heading; the first of all where there are only such."""
        model, selectable = self.model(), Qt.ItemFlag.ItemIsSelectable
        return next((place for place in range(model.rowCount()) if selectable in model.flags(model.index(place, 0))), 0)

    def focusOutEvent(self, event: Any) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()
