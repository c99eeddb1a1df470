"""The rows of the form: diagnoses and services, one empty row always waiting below the last that was filled."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Severity
from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import icon
from ur_desk.ui.pages.entry.codes import OfferEntry
from ur_desk.ui.widgets.panels.form import CheckEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, polish_again, show_if
from ur_desk.ui.widgets.text import Text

RowEntry = LineEntry | CheckEntry


class EntryRow(Restyled, QWidget):
    """One row: its fields, what is wrong with it, and a way to take it away."""

    edited = Signal(str)
    """A field of the row was changed; its name."""
    left = Signal(str)
    """The person has left a field of the row."""
    removed = Signal()
    """The row should go."""

    def __init__(self, words: Mapping[str, str], entries: dict[str, RowEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.entries = entries
        self._problems = {ink: Text("", Type.SMALL, ink, wrap=True) for ink in ("bad", "ask")}
        self._said = QVBoxLayout()
        self._said.setContentsMargins(0, 0, 0, 0)
        for said in self._problems.values():
            said.hide()
            self._said.addWidget(said)
        self.remove_button = QToolButton()
        self.remove_button.setProperty("kind", "quiet")
        self.remove_button.clicked.connect(self.removed.emit)
        policy = self.remove_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove_button.setSizePolicy(policy)
        for name, entry in entries.items():
            entry.changed.connect(lambda name=name: self.edited.emit(name))
            if isinstance(entry, LineEntry):
                entry.editingFinished.connect(lambda name=name: self.left.emit(name))

    def restyle(self) -> None:
        """Take the icon in the present ink."""
        self.remove_button.setIcon(icon("close"))

    def name(self, number: int, what: str) -> None:
        """Say which row this is, for whoever does not see it."""
        for key, entry in self.entries.items():
            entry.setAccessibleName(f"{what} {number}: {self._words[key]}")
        self.remove_button.setAccessibleName(self.tr("Remove {0} {1}").format(what.lower(), number))
        self.remove_button.setToolTip(self.tr("Remove this row (Alt+Delete)"))

    @property
    def empty(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(entry.typed() for entry in self.entries.values())

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say below the row what is wrong, errors in red before doubts in amber, and mark the fields."""
        told = list(problems)
        errors = {p.where.rpartition(".")[2] for p in told if p.severity is Severity.ERROR}
        for ink, label in self._problems.items():
            messages = dict.fromkeys(p.message for p in told if (p.severity is Severity.ERROR) == (ink == "bad"))
            label.setText("\n".join(f"⚠ {each}" for each in messages))
            show_if(label, bool(messages))
        for key, entry in self.entries.items():
            said = " ".join(p.message for p in told if p.where.endswith(f".{key}"))
            entry.setAccessibleDescription(said)
            if entry.property("problem") != (key in errors):
                entry.setProperty("problem", key in errors)
                polish_again(entry)

    @property
    def problem(self) -> str:
        """Everything that is said below the row."""
        return "\n".join(label.text() for label in self._problems.values() if label.text())

    def read(self, base: Any) -> Any:
        """The row as typed, over what of it stands in no field."""
        raise NotImplementedError

    def fill(self, draft: Any) -> None:
        """Put a row's texts in."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Delete takes the row away; Ctrl+Delete is the field's own."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class EntryRows(Restyled, QWidget):
    """Rows that grow by themselves."""

    edited = Signal(str)
    """The path of a field that was changed."""
    left = Signal(str)
    """The path of a field that the person has left."""
    sought = Signal(object, str)
    """An `OfferEntry` wants offers for a text."""
    regrouped = Signal()
    """A row came or went."""

    def __init__(self, path: str, what: str, make: "Callable[[QWidget], EntryRow]", blank: Any, parent: QWidget) -> None:
        """`path` is the rows' own in a draft, `what` the name of one; `blank` is the draft of an empty row."""
        super().__init__(parent)
        self._path, self._what, self._make, self._blank = path, what, make, blank
        self.rows: list[EntryRow] = []
        self._bases: list[Any] = []
        self._filling = False
        self._whole = QVBoxLayout(self)
        self.restyle()
        self._grow()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 0, 0, 0, 0, 6)

    def read(self) -> tuple[Any, ...]:
        """The drafts of the rows as typed, without the empty ones at the end."""
        count = len(self.rows)
        while count and self.rows[count - 1].empty:
            count -= 1
        return tuple(row.read(base) for row, base in zip(self.rows[:count], self._bases[:count], strict=True))

    def fill(self, drafts: Iterable[Any]) -> None:
        """Show these rows, and an empty one after them."""
        self._filling = True
        for row in [*self.rows]:
            self._take_out(row)
        for draft in drafts:
            self._grow(draft)
        self._grow()
        self._filling = False
        self._tell_regrouped()

    def show_problems(self, problems: Iterable[Problem], touched: Callable[[str], bool]) -> None:
        """Say what is wrong with each row, as far as its fields were touched."""
        told = list(problems)
        for number, row in enumerate(self.rows, 1):
            start = f"{self._path}.{number}."
            row.show_problems([p for p in told if p.where.startswith(start) and touched(p.where)])

    def entry(self, path: str) -> QWidget | None:
        """The field at a path of these rows."""
        parts = path.split(".")
        if parts[0] != self._path or len(parts) < 3 or not 0 < int(parts[1]) <= len(self.rows):
            return None
        return self.rows[int(parts[1]) - 1].entries.get(parts[2])

    def path_of(self, widget: QWidget | None) -> str:
        """The path of the field that a widget is; empty where it is none of these rows."""
        for row in self.rows:
            for name, entry in row.entries.items():
                if entry is widget:
                    return self._path_of(row, name)
        return ""

    def _grow(self, draft: Any = None) -> None:
        row = self._make(self)
        self.rows.append(row)
        self._bases.append(draft or self._blank)
        if draft is not None:
            row.fill(draft)
        row.edited.connect(lambda name: self._row_edited(row, name))
        row.left.connect(lambda name: self.left.emit(self._path_of(row, name)))
        row.removed.connect(lambda: self._remove(row))
        for entry in row.entries.values():
            if isinstance(entry, OfferEntry):
                entry.sought.connect(lambda text, entry=entry: self.sought.emit(entry, text))
        self._whole.addWidget(row)
        self._name_all()
        self._tell_regrouped()

    def _row_edited(self, row: EntryRow, name: str) -> None:
        if self._filling:
            return
        if row is self.rows[-1] and not row.empty:
            self._grow()
        self.edited.emit(self._path_of(row, name))

    def _remove(self, row: EntryRow) -> None:
        """Take a row away; the focus goes to the one that stands in its place."""
        if row not in self.rows or (row is self.rows[-1] and row.empty):
            return
        place = self.rows.index(row)
        self._take_out(row)
        self._name_all()
        self._tell_regrouped()
        next(iter(self.rows[min(place, len(self.rows) - 1)].entries.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(self._path)

    def _take_out(self, row: EntryRow) -> None:
        place = self.rows.index(row)
        del self.rows[place], self._bases[place]
        self._whole.removeWidget(row)
        row.hide()
        row.deleteLater()

    def row_of(self, entry: QWidget) -> EntryRow | None:
        """The row in which a field stands; None where it is none of these rows."""
        return next((row for row in self.rows if entry in row.entries.values()), None)

    def _tell_regrouped(self) -> None:
        if not self._filling:
            self.regrouped.emit()

    def _name_all(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.name(number, self._what)
            show_if(row.remove_button, number < len(self.rows) or not row.empty)

    def _path_of(self, row: EntryRow, name: str) -> str:
        return f"{self._path}.{self.rows.index(row) + 1}.{name}" if row in self.rows else self._path
