"""Cases as a quiet table of one row a case, for the worklist and for the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ur_desk.domain.events import CaseId
from ur_desk.domain.listing import Shown
from ur_desk.domain.request import Urgency
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.cases import CaseLine, CasesModel
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.rows import Index, RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet, chip_width

_INSET = 16
_GAP = 16
_HEIGHT = 49


class Column(Enum):
    """What a column of the table tells."""

    DUE = auto()
    CASE = auto()
    MEMBER = auto()
    SERVICES = auto()
    PLAN = auto()
    DAYS = auto()
    REVIEWER = auto()
    STATUS = auto()
    OUTCOME = auto()


@dataclass(frozen=True, slots=True)
class Track:
    """A column's left edge and width in pixels."""

    left: int
    width: int


WORK = (Column.DUE, Column.CASE, Column.MEMBER, Column.SERVICES, Column.PLAN, Column.STATUS, Column.OUTCOME)
"""What the worklist shows."""
SAVED = (Column.CASE, Column.MEMBER, Column.SERVICES, Column.PLAN, Column.DAYS, Column.REVIEWER, Column.STATUS, Column.OUTCOME)
"""What the audit shows."""

_LEAST = {
    Column.DUE: 176,
    Column.CASE: 138,
    Column.MEMBER: 160,
    Column.SERVICES: 118,
    Column.PLAN: 188,
    Column.DAYS: 128,
    Column.REVIEWER: 104,
    Column.STATUS: 158,
    Column.OUTCOME: 112,
}
"""The least width of each column in pixels at 100 %."""

_GROWS = {Column.MEMBER: 2, Column.SERVICES: 2, Column.PLAN: 3, Column.DUE: 2, Column.REVIEWER: 1}
_GIVES_WAY = (Column.PLAN, Column.REVIEWER, Column.SERVICES, Column.STATUS, Column.OUTCOME, Column.DAYS)
"""What is left out first where the window is narrow or the zoom large; tips and screen readers still tell it."""


def columns(width: int, wanted: Sequence[Column] = WORK) -> dict[Column, Track]:
    """Where the wanted columns stand in a row of a width, at the present zoom."""
    px = look().px
    shown = list(wanted)
    for column in _GIVES_WAY:
        if _needed(shown) <= width:
            break
        if column in shown:
            shown.remove(column)
    spare = max(width - _needed(shown), 0)
    shares = sum(_GROWS.get(column, 0) for column in shown) or 1
    placed, left = {}, px(_INSET)
    for column in shown:
        wide = px(_LEAST[column]) + spare * _GROWS.get(column, 0) // shares
        placed[column] = Track(left, wide)
        left += wide + px(_GAP)
    return placed


def _needed(shown: Sequence[Column]) -> int:
    px = look().px
    return sum(px(_LEAST[column]) for column in shown) + px(_GAP) * (len(shown) - 1) + 2 * px(_INSET)


class CaseDelegate(RowDelegate):
    """Two lines a column: what one looks for first, and below it what tells it apart."""

    def __init__(self, view: RowList, shown: Sequence[Column] = WORK) -> None:
        super().__init__(view)
        self.shown = shown

    def compose(self, row: CaseLine, sheet: Sheet) -> None:
        """Set a case in columns."""
        px = look().px
        sheet.height, sheet.rule_from = px(_HEIGHT), px(_INSET)
        top, below = px(7), px(26)
        for column, track in columns(sheet.width, self.shown).items():
            if column in (Column.STATUS, Column.OUTCOME):
                self._chip(sheet, row, column, track)
                continue
            first, second = self._texts(row, column)
            strong = Type.MEDIUM if column in (Column.DUE, Column.CASE) else Type.BODY
            sheet.line(first, (track.left, top), track.width, strong, "text")
            sheet.line(second, (track.left, below), track.width, *self._second(row, column))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The same for every row, so that thousands need no measuring."""
        return QSize(self._view.row_width(), look().px(_HEIGHT))

    def _texts(self, row: CaseLine, column: Column) -> tuple[str, str]:
        plan, _, state = row.plan.partition(" · ")
        plan, law, rest = plan.partition(" (")  # a law in brackets stands with the state
        state = " · ".join(part for part in (rest.removesuffix(")") if law else "", state) if part)
        texts = {
            Column.DUE: (row.due, row.left.words if row.left else row.why_not),
            Column.CASE: (row.row.number, row.kind),
            Column.MEMBER: (row.member, row.born),
            Column.SERVICES: (row.services, row.diagnoses),
            Column.PLAN: (plan, state),
            Column.DAYS: (self._received(row), self._decided(row)),
            Column.REVIEWER: (row.reviewer, ""),
        }
        return texts[column]

    def _received(self, row: CaseLine) -> str:
        return self.tr("received {0}").format(row.received) if row.received else ""

    def _decided(self, row: CaseLine) -> str:
        if row.row.shown is Shown.NUMBER:
            return ""
        return self.tr("decided {0}").format(row.decided) if row.decided else self.tr("not decided")

    def _second(self, row: CaseLine, column: Column) -> tuple[Type, str]:
        if column is Column.DUE and row.left and row.left.tone is not Tone.QUIET:
            return Type.SMALL_STRONG, row.left.tone.ink
        if column is Column.CASE and row.row.urgency is Urgency.EXPEDITED:
            return Type.SMALL_STRONG, "ask"
        return Type.SMALL, "soft"

    def _chip(self, sheet: Sheet, row: CaseLine, column: Column, track: Track) -> None:
        words, tone = (row.status, row.status_tone) if column is Column.STATUS else (row.outcome, row.outcome_tone)
        if words:
            set_chip(sheet, words, tone, track, look().px(_HEIGHT // 2 - 9))


def set_chip(sheet: Sheet, words: str, tone: Tone, track: Track, top: int) -> None:
    """Set a chip at the left edge of a column; words that do not fit are cut with an ellipsis."""
    measured = QFontMetrics(look().font(Type.MARK_STRONG))
    shown = measured.elidedText(words, Qt.TextElideMode.ElideRight, track.width - look().px(16))
    sheet.chip(shown, tone, track.left + chip_width(shown), top)


class CaseList(RowList):
    """A list of cases that keeps its place when it is read again; Enter or a double click opens one, J and K move."""

    opened = Signal(object)
    """The `CaseId` that the person wants to work on."""
    moved = Signal(object)
    """The `CaseId` on which the list stands now, or None."""

    def __init__(self, name: str, cases: CasesModel, shown: Sequence[Column] = WORK, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._cases = cases
        self._kept: tuple[CaseId | None, int, int] = (None, 0, 0)
        self.setUniformItemSizes(True)
        self.shown = shown
        self.setItemDelegate(CaseDelegate(self, shown))
        self.setModel(cases)
        cases.modelAboutToBeReset.connect(self._keep_place)
        cases.modelReset.connect(self._find_place)
        self.activated.connect(lambda _index: self.open_chosen())

    def minimumSizeHint(self) -> QSize:
        """A row, less than whole, where the window is low or the zoom large."""
        return QSize(look().px(120), look().px(40))

    def chosen(self) -> CaseId | None:
        """The case on which the list stands."""
        index = self.currentIndex()
        return self._cases.line(index.row()).row.id if index.isValid() else None

    def open_chosen(self) -> None:
        """Say that the person wants the case on which the list stands."""
        case = self.chosen()
        if case is not None:
            self.opened.emit(case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K as down and up; letters search nothing here, the search field does."""
        if self.step(event):
            return
        if (
            event.text().isprintable()
            and event.text()
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the list stands."""
        super().currentChanged(current, previous)
        self.moved.emit(self._cases.line(current.row()).row.id if current.isValid() else None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row on which the list stands is the chosen one, also where the focus has just come."""
        super().focusInEvent(event)
        index = self.currentIndex()
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def _keep_place(self) -> None:
        self._kept = (self.chosen(), max(self.currentIndex().row(), 0), self.verticalScrollBar().value())

    def _find_place(self) -> None:
        """Stand on the same case, or where it stood, with the row where it was on the screen."""
        case, row, scrolled = self._kept
        count = self._cases.rowCount()
        if case is None and count and self.hasFocus():
            self.go_to(0)
        if case is None or not count:
            return
        found = self._cases.place_of(case)
        place = found if found is not None else min(row, count - 1)
        self.setCurrentIndex(self._cases.index(place))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled + (place - row) * self.sizeHintForRow(place))


class ColumnHead(Restyled, QWidget):
    """The names of the table's columns, above the list and in step with it."""

    def __init__(self, cases: CaseList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = cases
        self.restyle()

    def restyle(self) -> None:
        """As high as a line of small text needs."""
        self.setFixedHeight(look().px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the names over their columns, with a hairline below."""
        painter, px = QPainter(self), look().px
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.setFont(look().font(Type.SMALL_STRONG))
        painter.setPen(look().colour("soft"))
        for column, track in columns(self._list.row_width(), self._list.shown).items():
            area = QRect(track.left, 0, track.width, self.height() - px(2))
            words = painter.fontMetrics().elidedText(self._name(column), Qt.TextElideMode.ElideRight, track.width)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look().colour("line"))

    def _name(self, column: Column) -> str:
        names = {
            Column.DUE: self.tr("Due"),
            Column.CASE: self.tr("Case"),
            Column.MEMBER: self.tr("Member"),
            Column.SERVICES: self.tr("Services, diagnoses"),
            Column.PLAN: self.tr("Plan"),
            Column.DAYS: self.tr("Days"),
            Column.REVIEWER: self.tr("Reviewer"),
            Column.STATUS: self.tr("Status"),
            Column.OUTCOME: self.tr("Outcome"),
        }
        return names[column]
