"""The month's corrections of receipts, as an auditor reads them: old and new instant, who asked and why, what became of it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain import zones
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.receipts import correction_words
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import ElidedLabel, Text

if TYPE_CHECKING:
    from ur_desk.desk.receipts import Correction

MONTHS = 36
"""Months that are offered; the shell lists any month."""

translate = QCoreApplication.translate


class ReceiptsReport(Pane):
    """Corrections of receipts that were asked for in a month; the case of each can be opened."""

    opened = Signal(str)
    """The id of the case that the person wants to see."""
    left = Signal()
    """Back to the saved cases."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("receipts", "Corrections of receipts"), parent)
        self._session = session
        self._asked = 0
        self.rows: list[CorrectionRow] = []
        self.months = QComboBox()
        self.months.setAccessibleName(self.tr("Month"))
        self.months.view().setAccessibleName(self.tr("Month"))
        self.months.currentIndexChanged.connect(lambda _place: self.read_again())
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.setProperty("kind", "quiet")
        self.back_button.clicked.connect(self.left.emit)
        self._count = ElidedLabel("", ink="soft")
        self.head.addWidget(self._count, 1)
        self.head.addWidget(self.months)
        self.head.addWidget(self.back_button)
        self.notice = Notice()
        self.empty = EmptyState(icon="search")
        self._inside = QFrame()
        self._inside.setProperty("ground", "surface")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Fitted(self.tr("Corrections"), self._inside))
        column.addStretch(1)
        self._stack = Stack()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        self.set_body(self._stack, self.notice)
        self.setFocusProxy(self.months)

    def begin(self) -> None:
        """Show the month in which we are."""
        self.months.blockSignals(True)
        self.months.clear()
        for first in _months(self._session.now().astimezone(zones.zone(self._session.zone)).date()):
            self.months.addItem(f"{first:%m/%Y}", (first.year, first.month))
        self.months.blockSignals(False)
        self.read_again()

    def read_again(self) -> None:
        """Read the month once more."""
        chosen = self.months.currentData()
        if chosen is None:
            return
        self._asked += 1
        year, month = chosen
        self._session.read(lambda desk: desk.receipts.of_month(year, month), self, partial(self._show, self._asked), self._refused)

    def forget(self) -> None:
        """Nothing of what was read stays."""
        self._asked += 1
        self._fill(())

    def _show(self, asked: int, found: "tuple[Correction, ...]") -> None:
        if asked == self._asked:
            self.notice.hide()
            self._fill(found)

    def _fill(self, found: "tuple[Correction, ...]") -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [CorrectionRow(each, self._session.zone, self._inside) for each in found]
        for row in self.rows:
            self._list.addWidget(row)
            row.opened.connect(self.opened)
        settled = sum(each.change.allowed is not None for each in found)
        self._count.set_words(self.tr("{0} asked for, {1} settled").format(len(found), settled) if found else "")
        self.empty.say(self.tr("No receipt was to be corrected"), self.tr("In this month nobody asked for it. Choose another month."))
        self._stack.setCurrentIndex(0 if found else 1)

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)


class CorrectionRow(Restyled, QFrame):
    """One correction: its case, what became of it, both instants, who and why."""

    opened = Signal(str)
    """The case should be opened."""

    def __init__(self, told: "Correction", zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        states = {
            None: (self.tr("waits"), Tone.ACCENT),
            True: (self.tr("allowed"), Tone.GOOD),
            False: (self.tr("refused"), Tone.QUIET),
        }
        words, tone = states[told.change.allowed]
        self.chip = Chip(words, tone)
        self.words = Text(correction_words(told, zone), Type.BODY, wrap=True)
        self.button = QPushButton(self.tr("Open the case"))
        self.button.setProperty("kind", "plain")
        self.button.setAccessibleName(self.tr("Open the case {0}").format(told.number))
        self.button.setVisible(bool(told.number))
        self.button.clicked.connect(lambda: self.opened.emit(told.case))
        self.setAccessibleName(f"{words}. {self.words.text()}")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.chip)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 6, 16, 6, 12)


def _months(today: date) -> Iterator[date]:
    first = today.replace(day=1)
    for _ in range(MONTHS):
        yield first
        first = first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
