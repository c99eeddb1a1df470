"""A help page as a list: set like a page, read like a list, its links opened by Enter or by a click on them."""

from typing import Any

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.help_rows import HelpKind, HelpModel, HelpRow
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.widgets.rows import Index, RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet

_WIDEST = 720
"""Pixels at 100 % beyond which a line is hard to follow."""

_KEYS = 190


class HelpDelegate(RowDelegate):
    """Headings breathe, points hang, keys stand in a column of their own."""

    def compose(self, row: HelpRow, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        left, wide = px(32), min(sheet.width - px(64), px(_WIDEST))
        if row.kind in (HelpKind.TITLE, HelpKind.HEADING):
            title = row.kind is HelpKind.TITLE
            top = px(24 if title else 20)
            style = Type.HEADING if title else Type.STRONG
            sheet.height = top + sheet.text(row.text, (left, top), wide, style) + px(6)
            return
        top, indent = px(5), 0
        if row.kind is HelpKind.KEYS:
            indent = px(_KEYS)
            sheet.text(row.label, (left, top), indent - px(12), Type.MEDIUM)
            sheet.rule_from = left
        elif row.kind is HelpKind.POINT:
            indent = px(20)
            sheet.line(row.label, (left, top), indent, Type.BODY, "soft")
        marked = [Emphasis(start, length, Type.MEDIUM) for start, length in row.strong]
        marked += [Emphasis(start, length, underlined=True) for (start, length), _ in row.links]
        ink = "text"
        sheet.height = top + sheet.text(row.text, (left + indent, top), wide - indent, Type.BODY, ink, marked) + px(5)

    def editorEvent(self, event: QEvent, _model: Any, option: Any, index: Index) -> bool:
        """A click on a link follows it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            target = self._link_at(index, event.position() - QPointF(option.rect.topLeft()))
            if target and isinstance(self._view, HelpList):
                self._view.followed.emit(target)
                return True
        return False

    def _link_at(self, index: Index, at: QPointF) -> str:
        """The topic of the link under a point of the row; empty where there is none."""
        row = index.data(ROW)
        if not row.links:
            return ""
        laid, corner, _ = self.sheet(index).texts[-1]
        inside = at - corner
        for number in range(laid.lineCount()):
            line = laid.lineAt(number)
            if line.y() <= inside.y() < line.y() + line.height():
                place = line.xToCursor(inside.x())
                return next((to for (start, length), to in row.links if start <= place <= start + length), "")
        return ""


class HelpList(RowList):
    """The text of one help page."""

    followed = Signal(str)
    """The topic to which a link leads."""

    def __init__(self, name: str, page: HelpModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._page = page
        self.setItemDelegate(HelpDelegate(self))
        self.setModel(page)
        self.activated.connect(self._follow_first)

    def _follow_first(self, index: Index) -> None:
        """Enter follows the first link of the row."""
        links = self._page.row(index.row()).links
        if links:
            self.followed.emit(links[0][1])
