"""A request in full, beside the case that it resembles: two columns, a sign and a ground where they differ."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.compared import ComparedModel, ComparedRow
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.text import ElidedLabel

_NAMES, _LEAST = 128, 560
"""Pixels at 100 %: the column of names, and the width from which two values stand side by side."""


class ComparedDelegate(RowDelegate):
    """Sets a fact as name and value, or as name and two values with a sign between them where they differ."""

    def compose(self, row: ComparedRow, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        left, top, right = px(16), px(4), sheet.width - px(12)
        if row.heading and row.there is not None:
            self._compose_heads(sheet, row, left + px(_NAMES), right)
            return
        if row.heading:
            sheet.height = sheet.text(row.label, (left, px(12)), right - left, Type.SMALL_STRONG, "soft") + px(16)
            return
        if row.differs:
            sheet.ground, sheet.bar = "ask_soft", "ask"
        names = px(_NAMES) if row.label else 0
        height = sheet.text(row.label, (left, top), names - px(8), Type.SMALL, "soft") if row.label else 0
        if row.there is None:
            height = max(height, self._value(sheet, row.here, left + names, right))
        elif sheet.width >= px(_LEAST):
            height = max(height, self._side_by_side(sheet, row, left + names, right))
        else:
            height = max(height, self._one_below_the_other(sheet, row, left + names, right))
        sheet.height = max(height, px(18)) + px(8)

    def _compose_heads(self, sheet: Sheet, row: ComparedRow, left: int, right: int) -> None:
        """The heads of the two columns; where there is room for one only, they stand over each other in each row."""
        px = look().px
        if sheet.width < px(_LEAST):
            words = QCoreApplication.translate("ComparedDelegate", "Where they differ, the lower line is {0}").format(row.there)
            sheet.height = sheet.text(words, (px(16), px(8)), right - px(16), Type.SMALL, "soft") + px(8)
            return
        middle = left + (right - left) // 2
        sheet.line(row.here, (left, px(8)), middle - left - px(12), Type.SMALL_STRONG, "accent")
        sheet.height = sheet.line(row.there or "", (middle + px(14), px(8)), right - middle - px(14), Type.SMALL_STRONG, "accent") + px(10)
        sheet.rule_from = px(16)

    def _value(self, sheet: Sheet, words: str, left: int, right: int, top: int = 0) -> int:
        nothing = QCoreApplication.translate("ComparedDelegate", "not given")
        at = (left, (top or look().px(4)))
        return sheet.text(words or nothing, at, right - left, Type.BODY, "text" if words else "faint")

    def _side_by_side(self, sheet: Sheet, row: ComparedRow, left: int, right: int) -> int:
        px = look().px
        column = px(16) + px(_NAMES)
        middle = column + (right - column) // 2
        if not row.differs:
            return self._value(sheet, row.here, left, right)
        sheet.line("≠", (middle - px(6), px(4)), px(16), Type.STRONG, "ask")
        mine = self._value(sheet, row.here, left, middle - px(12))
        return max(mine, self._value(sheet, row.there or "", middle + px(14), right))

    def _one_below_the_other(self, sheet: Sheet, row: ComparedRow, left: int, right: int) -> int:
        px = look().px
        height = self._value(sheet, row.here, left, right)
        if row.differs:
            sheet.line("≠", (left, px(6) + height), px(16), Type.STRONG, "ask")
            height += px(4) + self._value(sheet, row.there or "", left + px(18), right, px(6) + height)
        return height


class ComparedPane(Pane):
    """Shows what is chosen at the door; says beside which case it stands, and how the two are alike."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ComparedPane", "What came in"), parent)
        self.model = ComparedModel(self)
        self.list = RowList(self.tr("What came in, in full"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ComparedDelegate(self.list))
        self.beside = ElidedLabel("", Type.SMALL, "soft")
        self.alike = ElidedLabel("", Type.MEDIUM, "ask")
        self.empty = EmptyState(self.tr("Nothing is chosen"), self.tr("Choose a request in the list; it stands here in full."), icon="tray")
        self.head.addWidget(self.beside, 1)
        self.under_head.addWidget(self.alike, 1)
        self.set_body(self.list, self.empty)
        self.show_rows(())

    def show_rows(self, rows: Iterable[ComparedRow], beside: str = "", alike: str = "", *, quiet: bool = False) -> None:
        """Show these, with words beside the head, and below it how the two are alike; `quiet` says nothing where there are none."""
        self.model.show_rows(rows)
        self.beside.set_words(beside)
        self.alike.set_words(alike)
        show_if(self.alike, bool(alike))
        there = self.model.rowCount() > 0
        show_if(self.empty, not there and not quiet)
        self.list.setVisible(there or quiet)
        self.restyle()
        if there:
            self.list.scrollToTop()
