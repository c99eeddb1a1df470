"""What to look for among saved cases: words, code, reviewer, outcome, days of receipt and of decision."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.determination import Determination
from ur_desk.domain.listing import CaseFilter, Order
from ur_desk.domain.people import Account, AccountId
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.panels.form import DayEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class AuditFilter(Restyled, QFrame):
    """Fields that narrow as one types; a day that is none narrows nothing and says so."""

    changed = Signal()
    """The filter is another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Find saved cases"))
        self.words, self.code = QLineEdit(), QLineEdit()
        self.words.setPlaceholderText(self.tr("Any word of them"))
        self.reviewer, self.outcome = QComboBox(), QComboBox()
        self.days = {name: DayEntry() for name in ("received_from", "received_to", "decided_from", "decided_to")}
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setProperty("kind", "quiet")
        self.clear_button.setToolTip(self.tr("Empty every field of this search"))
        self.clear_button.clicked.connect(self.clear)
        self._problem = Text("", Type.SMALL, "bad")
        self._row = Flow(self)
        self._fill()
        self._connect()
        self.restyle()

    def _fill(self) -> None:
        named: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Member or case number"), self.words),
            (self.tr("Code"), self.code),
            (self.tr("Reviewer"), self.reviewer),
            (self.tr("Outcome"), self.outcome),
            (self.tr("Received from"), self.days["received_from"]),
            (self.tr("Received to"), self.days["received_to"]),
            (self.tr("Decided from"), self.days["decided_from"]),
            (self.tr("Decided to"), self.days["decided_to"]),
        )
        for name, field in named:
            self._row.addWidget(_Named(name, field))
        self._row.addWidget(_Named("", self.clear_button))
        self._row.addWidget(self._problem)
        self.outcome.addItem(self.tr("Any"), "")
        for outcome in Determination:
            self.outcome.addItem(phrase(outcome), outcome.value)
        self.offer_reviewers(())

    def _connect(self) -> None:
        for field in (self.words, self.code):
            field.setClearButtonEnabled(True)
            field.textChanged.connect(lambda _text: self._changed())
        for box in (self.reviewer, self.outcome):
            box.currentIndexChanged.connect(lambda _place: self._changed())
        for day in self.days.values():
            day.changed.connect(self._changed)

    def offer_reviewers(self, accounts: Iterable[Account]) -> None:
        """Offer these as reviewers; who was chosen stays chosen."""
        chosen = self.reviewer.currentData()
        self.reviewer.blockSignals(True)
        self.reviewer.clear()
        self.reviewer.addItem(self.tr("Anybody"), "")
        for account in accounts:
            self.reviewer.addItem(account.display, account.id)
        self.reviewer.setCurrentIndex(max(self.reviewer.findData(chosen), 0))
        self.reviewer.blockSignals(False)

    def filter(self) -> CaseFilter:
        """What the fields ask for, newest cases first."""
        days: dict[str, date | None] = {name: entry.day() for name, entry in self.days.items()}
        reviewer, outcome = self.reviewer.currentData(), self.outcome.currentData()
        return CaseFilter(
            text=self.words.text(),
            code=self.code.text(),
            reviewer=AccountId(reviewer) if reviewer else None,
            outcome=frozenset({Determination(outcome)} if outcome else ()),
            order=Order.NEWEST,
            received_from=days["received_from"],
            received_to=days["received_to"],
            decided_from=days["decided_from"],
            decided_to=days["decided_to"],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list."""
        return self.filter() == CaseFilter(order=Order.NEWEST)

    def clear(self) -> None:
        """Empty every field."""
        for field in (self.words, self.code, *self.days.values()):
            field.clear()
        for box in (self.reviewer, self.outcome):
            box.setCurrentIndex(0)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 8, 16, 8, 8)
        px = look().px
        self.words.setFixedWidth(px(176))
        self.code.setFixedWidth(px(92))
        self.reviewer.setFixedWidth(px(150))
        self.outcome.setFixedWidth(px(138))

    def _changed(self) -> None:
        wrong = next((entry.problem() for entry in self.days.values() if len(entry.typed()) >= 8 and entry.problem()), "")
        self._problem.setText(wrong)
        self.changed.emit()


class _Named(Restyled, QWidget):
    """A field under its name."""

    def __init__(self, name: str, field: QWidget) -> None:
        super().__init__()
        self._label = Text(name, Type.MARK, "soft")
        self._label.setBuddy(field)
        if name:
            field.setAccessibleName(name)
        if isinstance(field, QComboBox):
            field.view().setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self._column.addWidget(field)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 0, 0, 0, 2)
