"""What the words of a sender mean where a field takes one of a closed set: each word of the column, and the value that it stands for."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ur_desk.domain.codes import System
from ur_desk.domain.intake.mapping import Column
from ur_desk.domain.request import Funding, Kind, Sex
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text

HIGH = 96
"""Pixels at 100 % that the words take at most; what lies below is scrolled to."""
NOTHING = "-"
"""The choice of a word that says nothing; a value of no closed set."""


_TOLD: tuple[tuple[StrEnum, object], ...] = (
    (Kind.NEW, QT_TRANSLATE_NOOP("column_words", "A new request")),
    (Kind.RENEWAL, QT_TRANSLATE_NOOP("column_words", "A renewal")),
    (Kind.REVISION, QT_TRANSLATE_NOOP("column_words", "A revision of a request")),
    (Kind.EXTENSION, QT_TRANSLATE_NOOP("column_words", "An extension of care")),
    (Kind.CANCELLATION, QT_TRANSLATE_NOOP("column_words", "A cancellation")),
    (Kind.APPEAL, QT_TRANSLATE_NOOP("column_words", "An appeal")),
    (Kind.INQUIRY, QT_TRANSLATE_NOOP("column_words", "An inquiry")),
    (Kind.NOTIFICATION, QT_TRANSLATE_NOOP("column_words", "A notification")),
    (Kind.RESPONSE, QT_TRANSLATE_NOOP("column_words", "A response")),
    (Funding.INSURED, QT_TRANSLATE_NOOP("column_words", "Insured")),
    (Funding.SELF_FUNDED, QT_TRANSLATE_NOOP("column_words", "Self-funded")),
    (Sex.F, QT_TRANSLATE_NOOP("column_words", "F, female")),
    (Sex.M, QT_TRANSLATE_NOOP("column_words", "M, male")),
    (Sex.X, QT_TRANSLATE_NOOP("column_words", "X, neither")),
    (Sex.U, QT_TRANSLATE_NOOP("column_words", "U, unknown")),
)
_BESIDE = {(type(value), value): words for value, words in _TOLD}


def value_words(value: StrEnum) -> str:
    """What a value of a field of a closed set is called; a code system by its own name."""
    if isinstance(value, System):
        return value.value
    words = _BESIDE.get((type(value), value))
    return sentence(value) if words is None else QCoreApplication.translate("column_words", str(words))


class ColumnWords(Restyled, QFrame):
    """One row a word, those that nobody has said first; hidden where the column takes any text."""

    said = Signal(str, str)
    """A word of the sender's means this value, empty for nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What the sender's words mean"))
        self.title = Text("", Type.SMALL_STRONG, wrap=True)
        inside = QFrame()
        inside.setProperty("ground", "surface")
        self._grid = QGridLayout(inside)
        self._grid.setColumnStretch(2, 1)
        self._fitted = Fitted(self.tr("Words of the column"), inside)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.title)
        self._whole.addWidget(self._fitted)
        self.entries: dict[str, ChoiceEntry] = {}
        self._shown: tuple[Column, tuple[tuple[str, int], ...]] | None = None
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 0, 0, 0, 0, 4)
        inset(self._grid, 0, 0, 0, 0, 4)
        self._grid.setHorizontalSpacing(look().px(12))
        self._fitted.setMaximumHeight(look().px(HIGH))

    def show_words(self, column: Column | None, words: Sequence[tuple[str, int]]) -> None:
        """Show the words of a column with how often each stands in the file; nothing where it takes any text, or none is to be shown."""
        if column is None or not column.choices or not words:
            self._shown = None
            self._clear()
            self.hide()
            return
        if self._shown is None or self._shown[0].field != column.field or self._shown[1] != tuple(words):
            self._build(column, sorted(words, key=lambda each: column.value_of(each[0]) is not None))
        self._shown = (column, tuple(words))
        for word, entry in self.entries.items():
            value = column.value_of(word)
            entry.retype(NOTHING if value == "" else value or "")
        unknown = sum(column.value_of(word) is None for word in self.entries)
        one, more = self.tr("1 word is not known: say what it means"), self.tr("{0} words are not known: say what they mean")
        self.title.setText((one if unknown == 1 else more.format(unknown)) if unknown else self.tr("What the sender's words mean"))
        self.title.set_ink("ask" if unknown else "soft")
        show_if(self, True)

    def _build(self, column: Column, words: Sequence[tuple[str, int]]) -> None:
        self._clear()
        choices = [("", self.tr("not known: left open")), *((each.value, value_words(each)) for each in column.choices)]
        choices.append((NOTHING, self.tr("says nothing")))
        for place, (word, count) in enumerate(words):
            entry = ChoiceEntry(choices)
            entry.setAccessibleName(self.tr("What “{0}” means").format(word))
            entry.activated.connect(partial(self._say, word, entry))
            times = self.tr("1 row") if count == 1 else self.tr("{0} rows").format(count)
            shown = Text(f"“{word}” · {times}", Type.SMALL)
            shown.setBuddy(entry)
            self._grid.addWidget(shown, place, 0)
            self._grid.addWidget(entry, place, 1)
            self.entries[word] = entry
        self._fitted.updateGeometry()

    def _say(self, word: str, entry: ChoiceEntry, _place: int) -> None:
        if entry.typed():
            self.said.emit(word, "" if entry.typed() == NOTHING else entry.typed())

    def _clear(self) -> None:
        self.entries = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
