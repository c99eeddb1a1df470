"""The column that is current: what it means, why that is thought, and how its cells are read."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.intake.mapping import DAYS, DateOrder, Holds
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.columns import Meanings
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.column_words import ColumnWords
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text

_PARTED = frozenset({Holds.SERVICE, Holds.DIAGNOSIS, Holds.MODIFIER, Holds.JOINED})


class ColumnStrip(Restyled, QFrame):
    """Shows one column and says what the person wants of it; what cannot be asked of it is not shown."""

    choice_wanted = Signal()
    """What it means is to be chosen."""
    dates_wanted = Signal(object)
    """Its days are read in this `DateOrder`."""
    separators_wanted = Signal(str)
    """Its cells are parted by these characters."""
    word_wanted = Signal(str, str)
    """A word of the sender's means this value, empty for nothing."""
    group_wanted = Signal(bool)
    """Rows that share its value are lines of one request, or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(self.tr("The current column"))
        self.title = ElidedLabel("", Type.STRONG)
        self.chip = Chip()
        self.why = Text("", Type.SMALL, "soft", wrap=True)
        self.change_button = QPushButton()
        self.change_button.setProperty("kind", "plain")
        self.change_button.setAutoDefault(False)
        self.change_button.setToolTip(self.tr("Enter, or letters, on the column"))
        self.change_button.clicked.connect(self.choice_wanted)
        self.dates, self.marks, self.together = _dates(), _marks(), CheckEntry(self.tr("Rows that share it are &one request"))
        self._rows = {
            self.dates: FieldRow(self.tr("Order of &days"), self.dates, setting=Setting.STACKED),
            self.marks: FieldRow(self.tr("Seve&ral values in a cell"), self.marks, setting=Setting.STACKED),
        }
        self.words = ColumnWords()
        self.words.said.connect(self.word_wanted)
        self.dates.activated.connect(self._say_order)
        self.marks.activated.connect(lambda _place: self.separators_wanted.emit(self.marks.typed()))
        self.together.clicked.connect(lambda on: self.group_wanted.emit(on))
        self._lay_out()
        self.restyle()

    def _lay_out(self) -> None:
        self._head, self._tail, self._whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self.chip)
        self._head.addWidget(self.title, 1)
        self._tail.addWidget(self.change_button)
        for row in self._rows.values():
            self._tail.addWidget(row)
        self._tail.addWidget(self.together)
        self._tail.addStretch(1)
        self._whole.addLayout(self._head)
        self._whole.addWidget(self.why)
        self._whole.addLayout(self._tail)
        self._whole.addWidget(self.words)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 8, 16, 10, 6)
        inset(self._head, 0, 0, 0, 0, 8)
        inset(self._tail, 0, 0, 0, 0, 16)

    def show_column(self, told: Meanings, place: int, words: Sequence[tuple[str, int]] = ()) -> None:
        """Show a column with the words that stand in it, as far as they are to be shown; a place below 0 hides the strip."""
        show_if(self, place >= 0)
        if place < 0:
            return
        each = told.columns[place]
        column, twice = each.column, each.column is not None and each.column.field in told.twice
        self.chip.set_state(*((self.tr("twice"), Tone.BAD) if twice else (each.state.words, each.state.tone)))
        self.title.set_words(self.tr("{0} · column {1} of {2}").format(" ".join(each.header.split()), place + 1, len(told.columns)))
        reasons = [self.tr("Another column, or a fixed value, fills this too.")] if twice else []
        if each.asks_order:
            reasons.append(self.tr("Say under “Order of days” whether the day or the month comes first."))
        self.why.setText(" ".join((*reasons, *each.reasons)))
        self.change_button.setText(self.tr("&Means: {0}").format(each.words.replace("&", "&&")))
        self.change_button.setAccessibleName(self.tr("Means: {0}. Change").format(each.words))
        self._offer(self._rows[self.dates], column is not None and column.holds in DAYS)
        self._offer(self._rows[self.marks], column is not None and column.holds in _PARTED)
        self._offer(self.together, column is not None)
        self.words.show_words(column, words)
        if column is not None:
            self._ask_order(each.asks_order)
            self.dates.retype("" if each.asks_order else column.dates.value)
            if column.separators and self.marks.findData(column.separators) < 0:
                self.marks.addItem(" ".join(column.separators), column.separators)
            self.marks.retype(column.separators)
            self.together.setChecked(told.groups(place))

    def _say_order(self, _place: int) -> None:
        if order := self.dates.typed():
            self.dates_wanted.emit(DateOrder(order))

    def _ask_order(self, asks: bool) -> None:
        """While nobody has said it, no order stands there."""
        known = self.dates.findData("")
        if asks and known < 0:
            self.dates.insertItem(0, self.tr("which comes first?"), "")
        elif not asks and known >= 0:
            self.dates.removeItem(known)

    def _offer(self, widget: QWidget, offered: bool) -> None:
        show_if(widget, offered)


def _dates() -> ChoiceEntry:
    entry = ChoiceEntry(())
    for order, words in (
        (DateOrder.MDY, entry.tr("month, day, year")),
        (DateOrder.DMY, entry.tr("day, month, year")),
        (DateOrder.YMD, entry.tr("year, month, day")),
    ):
        entry.addItem(words, order.value)
    return entry


def _marks() -> ChoiceEntry:
    entry = ChoiceEntry(())
    for mark, words in (
        ("", entry.tr("one value only")),
        (",", entry.tr("parted by commas")),
        (";", entry.tr("parted by semicolons")),
        ("|", entry.tr("parted by bars")),
        ("/", entry.tr("parted by slashes")),
        ("\n", entry.tr("parted by line breaks")),
        ("+", entry.tr("parted by plus signs")),
        ("&", entry.tr("parted by ampersands")),
        ("\t", entry.tr("parted by tabs")),
        (",;", entry.tr("parted by commas or semicolons")),
    ):
        entry.addItem(words, mark)
    return entry
