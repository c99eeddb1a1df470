"""What holds for every row of a sender's files: under whose name it is kept, and what no column tells."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ur_desk.domain import zones
from ur_desk.domain.request import Channel, Kind, LineOfBusiness
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.field_words import field_words
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.column_words import value_words
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.state_entry import StateEntry
from ur_desk.ui.widgets.text import Text

FIXED = ("line_of_business", "state", "channel", "kind", "received_zone")
"""The fields to which this form gives one value in every request."""


class ZoneEntry(LineEntry):
    """A time zone by its name or its offset, or nothing."""

    def problem(self) -> str:
        """Says so where it is no time zone."""
        known = not self.typed() or zones.zone_name(self.typed()) is not None
        return "" if known else self.tr("This is no time zone: write America/Chicago, or -05:00.")


class Ways(Restyled, QScrollArea):
    """Says `changed` once a value that holds for every row is another; the name is the page's to ask for."""

    changed = Signal()
    """A value that holds for every row is another."""
    begin_wanted = Signal(str)
    """Begin with what is kept of this sender, or with the guesses where it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("What holds for every row"))
        self.begin, self.called = ChoiceEntry(()), LineEntry(self.tr("The office, or the program that wrote the file"))
        self.called.setMaxLength(80)
        self._state = StateEntry(self.tr("as the columns say"))
        self.entries: dict[str, LineEntry | ChoiceEntry] = {
            "line_of_business": _choices(self.tr("as the columns say"), LineOfBusiness),
            "state": self._state,
            "channel": _choices(self.tr("as the columns say"), Channel),
            "kind": ChoiceEntry([("", self.tr("as the columns say")), *((kind.value, value_words(kind)) for kind in Kind)]),
            "received_zone": ZoneEntry(self.tr("as the columns say")),
        }
        self.rows = {
            "begin": FieldRow(self.tr("Begin &with"), self.begin, setting=Setting.STACKED),
            "sender": FieldRow(self.tr("Kept under the sender's &name"), self.called, required=True, setting=Setting.STACKED),
            "line_of_business": FieldRow(self.tr("Line of &business"), self.entries["line_of_business"], setting=Setting.STACKED),
            "state": FieldRow(self.tr("&State"), self.entries["state"], setting=Setting.STACKED),
            "channel": FieldRow(self.tr("Came &in"), self.entries["channel"], setting=Setting.STACKED),
            "kind": FieldRow(self.tr("&Kind"), self.entries["kind"], setting=Setting.STACKED),
            "received_zone": FieldRow(self.tr("Time &zone of its times"), self.entries["received_zone"], setting=Setting.STACKED),
        }
        self.together = Text("", Type.SMALL, "soft", wrap=True)
        self._lay_out()
        for entry in self.entries.values():
            (entry.activated if isinstance(entry, ChoiceEntry) else entry.editingFinished).connect(self._edited)
        self.begin.activated.connect(lambda _place: self.begin_wanted.emit(self.begin.typed()))
        self.called.changed.connect(lambda: self.rows["sender"].set_problem(""))
        self.restyle()

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setProperty("ground", "surface")
        self._column, self._grid = QVBoxLayout(inside), QGridLayout()
        self._grid.addWidget(self.rows["begin"], 0, 0, 1, 2)
        self._grid.addWidget(self.rows["sender"], 1, 0, 1, 2)
        for place, name in enumerate(FIXED):
            self._grid.addWidget(self.rows[name], 2 + place // 2, place % 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.together)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setFocusProxy(self.called)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 0, 16, 10, 8)
        inset(self._grid, 0, 0, 0, 0, 10)

    def offer_beginnings(self, names: Iterable[str], now: str) -> None:
        """Offer the guesses, and what is kept of the senders whose file this may be."""
        self.begin.clear()
        self.begin.addItem(self.tr("what the headers say"), "")
        for name in names:
            self.begin.addItem(self.tr("what is kept for {0}").format(name), name)
        self.begin.retype(now)
        show_if(self.rows["begin"], self.begin.count() > 1)

    def show_ways(self, fixed: Mapping[str, str], group: Iterable[str], twice: Iterable[str]) -> None:
        """Show what holds for every row."""
        for name, entry in self.entries.items():
            value = fixed.get(name, "")
            if isinstance(entry, ChoiceEntry) and entry.findData(value) < 0:
                entry.addItem(value, value)  # a mapping written by hand may say what is none of the choices
            entry.retype(value)
            clash = name in twice and name in fixed
            self.rows[name].set_problem(self.tr("A column tells it too. Let one of them.") if clash else entry.problem())
        names = ", ".join(field_words(name) for name in group)
        told = self.tr("Rows with the same value in each of these are lines of one request: {0}.").format(names)
        self.together.setText(told if names else self.tr("Each row is a request of its own."))

    def values(self) -> Mapping[str, str]:
        """What is typed or chosen for every row; empty where nothing is. States and zones in their one spelling."""
        told = {name: entry.typed() for name, entry in self.entries.items()}
        told["state"] = self._state.state()
        told["received_zone"] = zones.zone_name(told["received_zone"]) or "" if told["received_zone"] else ""
        return told

    def wrong(self) -> str:
        """The name of the first field that is wrong by itself, empty where none is; it says so and has the focus."""
        for name, entry in self.entries.items():
            if problem := entry.problem():
                self.rows[name].set_problem(problem)
                entry.setFocus()
                return name
        return ""

    def _edited(self) -> None:
        if not any(entry.problem() for entry in self.entries.values()):
            self.changed.emit()
            return
        for name, entry in self.entries.items():
            self.rows[name].set_problem(entry.problem())


def _choices(none: str, values: type[StrEnum]) -> ChoiceEntry:
    return ChoiceEntry([("", none), *((value.value, sentence(value)) for value in values)])
