"""The coverage questions beside the request: each not checked until somebody says what, where it was looked up, and on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ur_desk.domain.case import Case
from ur_desk.domain.events import CoverageChecked, CoverageItem
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import icon
from ur_desk.ui.phrases import day, sentence
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.esc import EscCloses
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody found out about a coverage question."""

    item: CoverageItem
    answer: str
    where: str
    day: date


class CoverageBox(Restyled, QFrame):
    """A head that counts what is not checked, and below it a row a question; one at a time opens its form. Enter saves, Esc closes.

    Where the screen is low the rows fold away under the head.
    """

    answered = Signal(object)
    """An `Answered` that the person wants kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(self.tr("Coverage"))
        self._today: date | None = None
        self._open: CoverageItem | None = None
        self._waiting: tuple[CoverageItem, ...] = tuple(CoverageItem)
        self._rows = {item: _Row(item) for item in CoverageItem}
        self._unfolded: bool | None = None
        self._low = False
        self._count = ElidedLabel("", Type.SMALL, "soft")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fold_button = QToolButton()
        self.fold_button.setProperty("kind", "quiet")
        self.fold_button.clicked.connect(lambda: self.unfold(not self.unfolded))
        self.form = CoverageForm()
        self.form.hide()
        self._head, self._whole = QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(Text(self.tr("Coverage"), Type.SMALL_STRONG, "soft"))
        self._head.addWidget(self._count, 1)
        self._head.addWidget(self.fold_button)
        self._whole.addLayout(self._head)
        for item, row in self._rows.items():
            row.opened.connect(lambda item=item: self.open(item))
            self._whole.addWidget(row)
        self._whole.addWidget(self.form)
        self.form.saved.connect(self._save)
        self.form.closed.connect(self.close_form)
        self.setFocusProxy(self.fold_button)
        self.restyle()
        self._fold()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._head, 16, 0, 8, 0, 8)
        inset(self._whole, 0, 4, 0, 4, 0)
        self.fold_button.setIcon(icon("down" if self.unfolded else "up"))

    @property
    def unfolded(self) -> bool:
        """Whether the rows are in sight: as the person chose, else as the screen has room."""
        return not self._low if self._unfolded is None else self._unfolded

    def unfold(self, wanted: bool) -> None:
        """Show the rows or fold them away, from now on."""
        self._unfolded = wanted
        self._fold()

    def set_low(self, low: bool) -> None:
        """Say whether the screen is low; it counts until the person chooses."""
        if low != self._low:
            self._low = low
            self._fold()

    def _fold(self) -> None:
        for row in self._rows.values():
            row.setVisible(self.unfolded)
        if not self.unfolded:
            self.form.hide()
        self.fold_button.setIcon(icon("down" if self.unfolded else "up"))
        words = self.tr("Fold the coverage questions") if self.unfolded else self.tr("Unfold the coverage questions")
        self.fold_button.setToolTip(words)
        self.fold_button.setAccessibleName(words)
        self._say_count()

    def show_case(self, case: Case | None, checks: Iterable[tuple[CoverageItem, CoverageChecked]], may: bool, today: date) -> None:
        """Show what is known; `may` says whether this person may add to it."""
        known = dict(checks)
        self._today = today
        self._waiting = tuple(item for item in CoverageItem if item not in known)
        for item, row in self._rows.items():
            row.show_check(known.get(item), may and case is not None and not case.closed)
        self._say_count()

    def _say_count(self) -> None:
        """Count what is open."""
        count = len(self._waiting)
        told = self.tr("{0} not checked").format(count) if count else self.tr("all checked")
        self._count.set_words(told)
        self._count.set_ink("ask" if count else "good")

    def open(self, item: CoverageItem) -> None:
        """Open the form of a question below its row."""
        if self._open is item and self.form.isVisible():
            self.close_form()
            return
        if not self.unfolded:
            self.unfold(True)
        if self._open is not item:
            self.form.begin(item, self._today)
        self._open = item
        self._whole.removeWidget(self.form)
        self._whole.insertWidget(self._whole.indexOf(self._rows[item]) + 1, self.form)
        show_if(self.form, True)
        self.form.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Close the form; what was typed stays until another question is opened."""
        self.form.hide()
        if self._open is not None:
            self._rows[self._open].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def saved(self) -> None:
        """What was sent was kept: go on to the next open question."""
        self.form.begin(None, self._today)
        self.close_form()
        self._open = None

    def refuse(self, error: UserError) -> None:
        """Show what was refused, with everything still typed."""
        self.form.refuse(error)

    def row(self, item: CoverageItem) -> "_Row":
        """The row of a question."""
        return self._rows[item]

    def _save(self) -> None:
        if self._open is not None and (found := self.form.read(self._open)) is not None:
            self.answered.emit(found)


class _Row(Restyled, QWidget):
    """One question: its name, which opens the form, and the answer or that there is none."""

    opened = Signal()

    def __init__(self, item: CoverageItem) -> None:
        super().__init__()
        self._item = item
        self.name = QToolButton()
        self.name.setText(sentence(item))
        self.name.setProperty("kind", "quiet")
        self.name.clicked.connect(self.opened.emit)
        self.chip = Chip()
        self.answer = ElidedLabel("", Type.SMALL)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.name)
        self._row.addWidget(self.answer, 1)
        self._row.addStretch()
        self._row.addWidget(self.chip)
        self.answer.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 4, 0, 12, 0, 6)

    def show_check(self, check: CoverageChecked | None, may: bool) -> None:
        """Show what was found, or that nobody looked."""
        words = check.answer if check else ""
        told = self.tr("{0} · {1}, {2}").format(check.answer, check.where, day(check.day)) if check else ""
        self.answer.set_words(words)
        show_if(self.answer, bool(words))
        self.answer.setToolTip(told)
        self.chip.set_state(self.tr("checked") if check else self.tr("not checked"), Tone.GOOD if check else Tone.QUIET, told)
        self.name.setEnabled(may)
        self.name.setToolTip(told or (self.tr("Say what you found") if may else ""))
        self.name.setAccessibleName(f"{sentence(self._item)}: {told or self.tr('not checked')}")


class CoverageForm(EscCloses, Restyled, QFrame):
    """What, where, on which day; Enter saves."""

    saved = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.answer = LineEntry(self.tr("What you found"))
        self.where = LineEntry(self.tr("Where you looked"))
        self.day = DayEntry()
        for field, name in (
            (self.answer, self.tr("Answer")),
            (self.where, self.tr("Where it was looked up")),
            (self.day, self.tr("Day of the check")),
        ):
            field.setAccessibleName(name)
            field.returnPressed.connect(self.saved.emit)
        self._save = QPushButton(self.tr("Save"))
        self._save.setAutoDefault(False)
        self._save.clicked.connect(self.saved.emit)
        self._notice = Notice()
        self._last, self._whole = QHBoxLayout(), QVBoxLayout(self)
        self._last.addWidget(self.day, 1)
        self._last.addWidget(self._save)
        self._whole.addWidget(self.answer)
        self._whole.addWidget(self.where)
        self._whole.addLayout(self._last)
        self._whole.addWidget(self._notice)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._last, 0, 0, 0, 0, 8)
        inset(self._whole, 16, 8, 12, 8, 6)

    def begin(self, item: CoverageItem | None, today: date | None) -> None:
        """Begin with an empty form and today's day."""
        self.answer.retype("")
        self.where.retype("")
        self.day.retype(day(today) if today and item else "")
        self._notice.hide()

    def read(self, item: CoverageItem) -> Answered | None:
        """What was typed; None, with the reason said, where something is missing."""
        found = self.day.day()
        if not self.answer.typed() or not self.where.typed() or found is None:
            said = self.tr("Say what you found.") if not self.answer.typed() else self.tr("Say where you looked.")
            self.refuse(UserError(self.tr("Write the day as 10/12/2017.") if self.answer.typed() and self.where.typed() else said))
            (self.answer if not self.answer.typed() else self.where if not self.where.typed() else self.day).setFocus()
            return None
        return Answered(item, self.answer.typed(), self.where.typed(), found)

    def refuse(self, error: UserError) -> None:
        """Say what is wrong, below the fields."""
        self._notice.show_error(error)
