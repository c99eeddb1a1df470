"""What the panels' forms are made of: entries that give what was typed, as text, and read it where it is a day or an instant."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ur_desk.domain import zones
from ur_desk.domain.intake.fields import day_of
from ur_desk.domain.intake.times import both_ways, time_of
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class LineEntry(QLineEdit):
    """One line of words."""

    changed = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(lambda _text: self.changed.emit())

    def typed(self) -> str:
        """What was typed, without blanks around."""
        return self.text().strip()

    def retype(self, typed: str) -> None:
        """Put back what was typed before, its beginning in sight."""
        self.setText(typed)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """What is wrong with it by itself; any words are right."""
        return ""


class DayEntry(Restyled, LineEntry):
    """A day, typed as 10/12/2017 or 2017-10-12."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("MM/DD/YYYY", parent)
        self.restyle()

    def day(self) -> date | None:
        """The day, or None where none can be read."""
        return day_of(self.typed())

    def problem(self) -> str:
        """Says what a day looks like where this is none."""
        return self.tr("This is no day. Write month, day and year: 10/12/2017.") if self.typed() and self.day() is None else ""

    def restyle(self) -> None:
        """Wide enough for a day."""
        self.setMaximumWidth(look().px(116))


class ProseEntry(QPlainTextEdit):
    """Some lines of words; Tab goes on to the next field, Shift+Tab back."""

    changed = Signal()

    def __init__(self, rows: int = 3, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.changed.emit)

    def typed(self) -> str:
        """What was typed, without blanks around."""
        return self.toPlainText().strip()

    def retype(self, typed: str) -> None:
        """Put back what was typed before."""
        self.setPlainText(typed)

    def choose(self, words: str) -> None:
        """Choose these words where they stand, whatever blanks are between them; all of it where they do not stand there."""
        found = re.search(r"\s+".join(map(re.escape, words.split())), self.toPlainText()) if words.strip() else None
        cursor = self.textCursor()
        cursor.setPosition(found.start() if found else 0)
        cursor.setPosition(found.end() if found else len(self.toPlainText()), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def problem(self) -> str:
        """What is wrong with it by itself; any words are right."""
        return ""

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(look().px(240), self._rows * QFontMetrics(self.font()).lineSpacing() + look().px(18))

    def minimumSizeHint(self) -> QSize:
        """No lower than its rows, however narrow."""
        return QSize(look().px(96), self.sizeHint().height())


class ChoiceEntry(QComboBox):
    """One of a few; the first stands where nobody has chosen, and may be empty."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value, words in choices:
            self.addItem(words, value)
        self.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def typed(self) -> str:
        """The value chosen; empty where none is."""
        return str(self.currentData() or "")

    def retype(self, typed: str) -> None:
        """Choose a value again."""
        self.setCurrentIndex(max(self.findData(typed), 0))

    def problem(self) -> str:
        """A choice is right by itself."""
        return ""

    def setAccessibleName(self, name: str) -> None:
        """Name the list that opens as well."""
        super().setAccessibleName(name)
        view = self.view()
        if view is not None:
            view.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its longest words, where it must."""
        return QSize(look().px(96), super().minimumSizeHint().height())


class CheckEntry(QCheckBox):
    """A sentence that is true or not."""

    changed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.toggled.connect(lambda _on: self.changed.emit())

    def typed(self) -> str:
        """`yes`, or empty."""
        return "yes" if self.isChecked() else ""

    def retype(self, typed: str) -> None:
        """Tick it again, or not."""
        self.setChecked(bool(typed))

    def problem(self) -> str:
        """A tick is right by itself."""
        return ""


class MomentEntry(Restyled, QWidget):
    """An instant as a day and a time in the workspace's zone."""

    changed = Signal()

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.day = DayEntry()
        self.time = LineEntry("HH:MM")
        self._place = zone.replace("_", " ").rpartition("/")[2]
        self._told = Text(self._place, Type.SMALL, "soft")
        self._told.setToolTip(self.tr("Times on this page are told in the zone {0}.").format(zone))
        self._row = QHBoxLayout(self)
        for widget in (self.day, self.time, self._told):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.setFocusProxy(self.day)
        self.day.changed.connect(self.changed.emit)
        self.time.changed.connect(self.changed.emit)
        self.time.changed.connect(self._tell)
        self.restyle()

    @property
    def told(self) -> str:
        """What stands beside the time: where its clock hangs, and how it was understood."""
        return self._told.text()

    def _tell(self) -> None:
        """Say how the time was understood, so that no morning is taken for an afternoon."""
        clock = time_of(self.time.typed())
        understood = both_ways(clock) if clock else ""
        self._told.setText(" · ".join(part for part in (self._place, understood) if part))
        self.time.setAccessibleDescription(understood)

    def setAccessibleName(self, name: str) -> None:
        """Name both halves as well."""
        super().setAccessibleName(name)
        self.day.setAccessibleName(self.tr("{0}, day").format(name))
        self.time.setAccessibleName(self.tr("{0}, time").format(name))

    @property
    def halves(self) -> tuple[LineEntry, LineEntry]:
        """The two fields of which it is made."""
        return self.day, self.time

    def setAccessibleDescription(self, words: str) -> None:
        """Say it where the focus comes to stand as well."""
        super().setAccessibleDescription(words)
        self.day.setAccessibleDescription(words)

    def typed(self) -> str:
        """Day and time as typed, empty where both are."""
        return f"{self.day.typed()} {self.time.typed()}".strip() if self.day.typed() else f" {self.time.typed()}".rstrip()

    def retype(self, typed: str) -> None:
        """Put back what was typed before."""
        day, _, clock = typed.partition(" ")
        self.day.retype(day)
        self.time.retype(clock)

    def show_moment(self, at: datetime) -> None:
        """Fill in an instant."""
        local = at.astimezone(zones.zone(self._zone))
        self.retype(f"{local:%m/%d/%Y %H:%M}")

    def moment(self) -> datetime | None:
        """The instant, in UTC; the earlier of two where the hour came twice; None where none can be read."""
        day, clock = day_of(self.day.typed()), time_of(self.time.typed())
        if day is None or clock is None:
            return None
        meant = zones.instants(datetime.combine(day, clock), zones.zone(self._zone))
        return meant[0] if meant else None

    def problem(self) -> str:
        """Says what is wrong with the half that is wrong."""
        if not self.typed():
            return ""
        if day_of(self.day.typed()) is None:
            return self.tr("Write the day as 10/12/2017.")
        if time_of(self.time.typed()) is None:
            return self.tr("Write the time as 14:30, 2:30 pm or 230p.")
        return "" if self.moment() else self.tr("Clocks skipped that hour on that day.")

    def restyle(self) -> None:
        """Wide enough for a time."""
        inset(self._row, 0, 0, 0, 0, 8)
        self.time.setMaximumWidth(look().px(88))


def number_of(text: str) -> Decimal | None:
    """The number above zero that a text names, as units are counted; None where it names none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def span_problem(first: str, last: str) -> str:
    """What is wrong with a first and a last day as typed, either of which may be empty; empty where nothing is."""
    days = [day_of(text) for text in (first, last) if text]
    if None in days:
        return QCoreApplication.translate("form", "Write the days as 10/12/2017.")
    backwards = len(days) == 2 and days != sorted(day for day in days if day)
    return QCoreApplication.translate("form", "The last day lies before the first.") if backwards else ""
