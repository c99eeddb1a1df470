"""The form of a new request: groups of fields and rows, with what is wrong beside each field that was touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ur_desk.domain.drafts import DiagnosisDraft, Draft, ServiceDraft
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.addresses import KEPT, Entry
from ur_desk.domain.intake.times import both_ways, time_of
from ur_desk.domain.policy import Severity
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.pages.entry.codes import OfferEntry, Sought
from ur_desk.ui.pages.entry.fields import Field, Group, How, draft_with, groups, text_at
from ur_desk.ui.pages.entry.lines import DiagnosisRow, ServiceRow
from ur_desk.ui.pages.entry.rows import EntryRows
from ur_desk.ui.pages.entry.steps import FormReading
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text

SIDE_BY_SIDE = 980
"""Pixels at 100 % from which the form has two columns."""

FormEntry = LineEntry | ProseEntry | ChoiceEntry


class EntryForm(Restyled, QScrollArea):
    """Shows a draft and gives it back as typed; knows which fields were touched."""

    edited = Signal()
    """Something was changed."""
    left = Signal()
    """The person has left a field, so that what is wrong with it may be said."""
    sought = Signal(object, str)
    """An `OfferEntry` wants offers for a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Form of the request"))
        self._entries: dict[str, FormEntry] = {}
        self._rows: dict[str, FieldRow] = {}
        self._base = Draft()
        self._touched: set[str] = set()
        self._all = False
        self._filling = False
        self._said: dict[str, Text] = {}
        self._build()
        self._connect()
        self.restyle()

    # shape -----------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Every part where it will stand: one that changes its parent is styled anew."""
        content = QFrame(self)
        self.urgency_words = Text("", Type.SMALL, "soft", wrap=True, parent=content)
        self.urgency_words.hide()
        content.setProperty("ground", "surface")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._halves = (QVBoxLayout(), QVBoxLayout())
        made = [self._group(group, content) for group in groups()]
        request, member, plan, *providers = made
        for half, parts in zip(self._halves, ((request, member, plan), (*self._lists(content), *providers)), strict=True):
            for part in parts:
                half.addWidget(part)
            half.addStretch(1)
            self._columns.addLayout(half, 1)
        self.setWidget(content)

    def _group(self, group: Group, content: QWidget) -> "_Group":
        made = _Group(group.title, content)
        row, column = 0, 0
        for field in group.fields:
            if column + field.breadth > 6:
                row, column = row + 1, 0
            made.grid.addWidget(self._field(group, field, made), row, column, 1, field.breadth, Qt.AlignmentFlag.AlignTop)
            column += field.breadth
            if field.path == "timing":
                row, column = row + 1, 0
                made.grid.addWidget(self.urgency_words, row, 0, 1, 6)
                row += 1
        for each in range(6):
            made.grid.setColumnStretch(each, 1)
        return made

    def _lists(self, content: QWidget) -> "Iterator[_Group]":
        """The groups of rows, and the record."""
        services, diagnoses, record = (_Group(words, content) for words in (self.tr("Services"), self.tr("Diagnoses"), self.tr("Record")))
        self.services = EntryRows("services", self.tr("Service"), ServiceRow, ServiceDraft(), services)
        self.diagnoses = EntryRows("diagnoses", self.tr("Diagnosis"), DiagnosisRow, DiagnosisDraft(), diagnoses)
        for group, rows, path in ((services, self.services, "services"), (diagnoses, self.diagnoses, "diagnoses")):
            self._said[path] = Text("", Type.SMALL, "ask", wrap=True, parent=group)
            group.grid.addWidget(rows, 0, 0)
            group.grid.addWidget(self._said[path], 1, 0)
        self.notes = ProseEntry(8, parent=record)
        self._rows["clinical_notes"] = FieldRow(self.tr("Clinical notes"), self.notes, setting=Setting.STACKED, parent=record)
        self._entries["clinical_notes"] = self.notes
        record.grid.addWidget(self._rows["clinical_notes"], 0, 0)
        yield from (services, diagnoses, record)

    def _field(self, group: Group, field: Field, parent: QWidget) -> FieldRow:
        entry: FormEntry
        if field.how is How.CHOICE:
            entry = ChoiceEntry(field.choices, parent)
        elif field.how is How.PROSE:
            entry = ProseEntry(2, parent=parent)
        elif field.how is How.PROVIDER:
            entry = self._provider_entry(field.path, parent)
        else:
            entry = DayEntry(parent) if field.how is How.DAY else LineEntry(parent=parent)
        row = FieldRow(field.name, entry, required=field.required, setting=Setting.STACKED, parent=parent)
        if _of_provider(field.path):
            entry.setAccessibleName(f"{group.title}: {field.name}")
        self._entries[field.path], self._rows[field.path] = entry, row
        return row

    def _provider_entry(self, path: str, parent: QWidget) -> OfferEntry:
        """A name or number that may stand in the address book; what was typed is right by itself where the person does not take a row."""
        entry = OfferEntry(Sought.PROVIDER, keeps=True, parent=parent)
        entry.sought.connect(lambda text: self.sought.emit(entry, text))
        entry.taken.connect(lambda offer: self._fill_provider(path.partition(".")[0], offer.carries))
        return entry

    def _fill_provider(self, which: str, entry: object) -> None:
        """Put in what the address book knows; what it does not know stays as it was typed."""
        if isinstance(entry, Entry):
            for name in KEPT:
                if text := getattr(entry.provider, name):
                    self._entries[f"{which}.{name}"].retype(text)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._columns, 16, 12, 16, 16, 32)
        for half in self._halves:
            half.setSpacing(look().px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where they have room."""
        wide = event.size().width() >= look().px(SIDE_BY_SIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _connect(self) -> None:
        for path, entry in self._entries.items():
            entry.changed.connect(lambda path=path: self._edited(path))
            entry.installEventFilter(self)
            entry.setProperty("path", path)
        for rows in (self.diagnoses, self.services):
            rows.edited.connect(self._edited)
            rows.left.connect(self._left)
            rows.sought.connect(self.sought)
            rows.regrouped.connect(self._chain)
        self._chain()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that was left was touched."""
        if event.type() == QEvent.Type.FocusOut and not self._filling and watched.property("path"):
            entry = self._entries.get(str(watched.property("path")))
            if entry is not None and entry.typed():
                self._left(str(watched.property("path")))
        return False

    # what it holds ---------------------------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """Everything as typed; attachments, records and source stay those of the draft that was shown."""
        told = draft_with(self._base, {path: self._text(path) for path in self._entries})
        return replace(told, diagnoses=self.diagnoses.read(), services=self.services.read())

    def _text(self, path: str) -> str:
        return self._entries[path].typed()

    def lay_beside(self, **beside: object) -> None:
        """What is nothing that one types, attachments, records and pages of fields, is this from now on."""
        self._base = replace(self._base, **beside)  # type: ignore[arg-type]

    @property
    def least_width(self) -> int:
        """Pixels across that the form needs to be whole, in one column."""
        edges = self._columns.contentsMargins()
        inside = max(half.minimumSize().width() for half in self._halves)
        return inside + edges.left() + edges.right() + self.verticalScrollBar().sizeHint().width()

    def paths(self) -> Iterator[str]:
        """The paths of all fields that can be filled in now, in the order of the form."""
        single = [path for path in self._entries if path != "clinical_notes"]
        yield from (path for path in single if not _of_provider(path))
        for name, rows in (("services", self.services), ("diagnoses", self.diagnoses)):
            yield from (f"{name}.{number}.{key}" for number, row in enumerate(rows.rows, 1) for key in row.entries)
        yield "clinical_notes"
        yield from (path for path in single if _of_provider(path))

    def _chain(self) -> None:
        """Tab goes through the fields as they stand, whenever rows came or went; the button of a row comes after its fields."""
        fields: list[QWidget] = []
        for path in self.paths():
            entry = self.entry(path)
            assert entry is not None
            fields.append(entry)
            row = self.services.row_of(entry) or self.diagnoses.row_of(entry)
            if row is not None and entry is [*row.entries.values()][-1]:
                fields.append(row.remove_button)
        for before, after in pairwise(fields):
            self.setTabOrder(before, after)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft; nothing of it counts as touched."""
        self._filling = True
        self._base = draft
        for path, entry in self._entries.items():
            text = text_at(draft, path)
            entry.retype(text.casefold() if isinstance(entry, ChoiceEntry) and entry.findData(text) < 0 else text)
        self.diagnoses.fill(draft.diagnoses)
        self.services.fill(draft.services)
        self._touched.clear()
        self._all = False
        self._filling = False
        self.show_problems(())
        self.verticalScrollBar().setValue(0)

    def begin(self) -> None:
        """Put the focus into the first field."""
        self._entries["received_date"].setFocus(Qt.FocusReason.OtherFocusReason)

    def entry(self, path: str) -> QWidget | None:
        """The field at a path."""
        return self._entries.get(path) or self.diagnoses.entry(path) or self.services.entry(path)

    def path_of(self, widget: QWidget | None) -> str:
        """The path of the field that a widget is; empty where it is none."""
        single = next((path for path, entry in self._entries.items() if entry is widget), "")
        return single or self.diagnoses.path_of(widget) or self.services.path_of(widget)

    def row(self, path: str) -> FieldRow:
        """A single field with what is wrong beside it."""
        return self._rows[path]

    # what is wrong ---------------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """From now on everything that is wrong is said, touched or not."""
        self._all = True

    def show_reading(self, told: FormReading, entered: str) -> None:
        """Say beside the fields what is wrong, what codes and places mean, what expedited means, and who enters it when."""
        self.show_problems(told.reading.problems)
        for place, row in enumerate(self.diagnoses.rows):
            if isinstance(row, DiagnosisRow):
                row.show_standing(*(told.diagnoses[place] if place < len(told.diagnoses) else ("", None)))
        for place, row in enumerate(self.services.rows):
            if isinstance(row, ServiceRow):
                row.show_standing(*(told.services[place] if place < len(told.services) else (None, "")))
        defined = told.urgency
        self.urgency_words.setText(self.tr("Expedited means: {0} ({1})").format(defined.words, defined.source) if defined else "")
        show_if(self.urgency_words, defined is not None)
        self._rows["received_zone"].set_hint(entered)
        clock = time_of(self._text("received_time"))
        self._rows["received_time"].set_hint(both_ways(clock) if clock else "")

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong beside the fields that were touched; errors before doubts."""
        by_path = self._by_path(problems)
        for path, row in self._rows.items():
            found = by_path.get(path)
            row.set_problem(found.message if found else "", doubt=found is not None and found.severity is not Severity.ERROR)
        for path, label in self._said.items():
            found = by_path.get(path)
            label.setText(f"⚠ {found.message}" if found else "")
            label.set_ink("bad" if found and found.severity is Severity.ERROR else "ask")
            show_if(label, found is not None)
        for rows in (self.diagnoses, self.services):
            rows.show_problems(problems, self._is_touched)

    def go_to(self, path: str) -> bool:
        """Put the focus into the field at a path and bring it into sight; False where there is none."""
        entry = self.entry(path)
        if entry is None:
            return False
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(entry, 0, look().px(60))
        return True

    def retype(self, texts: Mapping[str, str]) -> None:
        """Put texts into single fields, as if they were typed."""
        for path, text in texts.items():
            self._entries[path].retype(text)

    def go_to_first(self, problems: Sequence[Problem]) -> None:
        """Put the focus into the first field that is wrong, in the order of the form."""
        wrong = {p.where for p in problems if p.severity is Severity.ERROR}
        ordered = [*(path for path in self._entries if path in wrong), *sorted(wrong)]
        for path in ordered:
            if self.go_to(path) or self.go_to(f"{path}.1.code"):
                return

    def _by_path(self, problems: Sequence[Problem]) -> Mapping[str, Problem]:
        found: dict[str, Problem] = {}
        for problem in sorted(problems, key=lambda p: p.severity is not Severity.ERROR):
            if self._is_touched(problem.where):
                found.setdefault(problem.where, problem)
        return found

    def _is_touched(self, path: str) -> bool:
        return self._all or path in self._touched

    def _edited(self, path: str) -> None:
        if not self._filling:
            self._touched.add(path)
            self.edited.emit()

    def _left(self, path: str) -> None:
        if not self._filling:
            self._touched.add(path)
            self.left.emit()


def _of_provider(path: str) -> bool:
    return path.partition(".")[0].endswith("_provider")


class _Group(Restyled, QFrame):
    """A heading and what stands under it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAccessibleName(title)
        self._whole = QVBoxLayout(self)
        self.grid = QGridLayout()
        self._whole.addWidget(Text(title, Type.TITLE, parent=self))
        self._whole.addLayout(self.grid)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 0, 0, 0, 0, 8)
        inset(self.grid, 0, 0, 0, 0, 8)
        self.grid.setHorizontalSpacing(look().px(12))
