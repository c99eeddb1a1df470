"""Clock rules as a supervisor keeps them: each row with who verified it, rows of the workspace's own, and what clocks ask for."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.clock_rows import ListedRow
from ur_desk.desk.clocks import CaseTask
from ur_desk.domain.people import Role
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.clock_rows import ClockRowsModel, Shown
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.form_place import OneForm
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done


class ClockDelegate(RowDelegate):
    """A row in two lines, with its mark."""

    def __init__(self, parent: RowList, model: ClockRowsModel) -> None:
        super().__init__(parent)
        self._model = model

    def compose(self, row: Shown, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        words, tone = self._model.mark(row)
        taken = sheet.chip(words, tone, right, px(7)) + px(8)
        sheet.line(self._model.title(row), (left, px(6)), right - left - taken, Type.MEDIUM)
        sheet.line(self._model.words(row), (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class ClocksView(OneForm, QWidget):
    """The rows or the tasks, the commands, and the form that is open."""

    said = Signal(str)
    """Something done, in words."""
    wanted = Signal(object)
    """The `Place` of a case that the person wants to see."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.form: InlineForm | None = None
        self.model = ClockRowsModel(self)
        self.model.zone = session.zone
        self.list = RowList(self.tr("Clock rules"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(ClockDelegate(self.list, self.model))
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._allow())
        self.list.activated.connect(lambda _index: self._go())
        self.told, self.notice, self.empty = Text("", Type.SMALL, "soft", wrap=True), Notice(), EmptyState(icon="tray")
        self._make_commands()
        self._lay_out()
        self.setFocusProxy(self.list)

    def _make_commands(self) -> None:
        tr = self.tr
        self.tasks_action = self._command(tr("What is asked for"), tr("What clocks ask for in all open cases"), self.read_again)
        self.tasks_action.setCheckable(True)
        self.verify_action = self._command(tr("Verify…"), tr("Record that you compared the row with an official text"), self._ask_verify)
        self.doubt_action = self._command(tr("Take back…"), tr("The row no longer counts as verified"), self._ask_doubt)
        self.load_action = self._command(tr("Load rows…"), tr("Take over a file of rows that the law of your states has"), self._load)
        self.drop_action = self._command(tr("Drop the file…"), tr("Use the rows of this file no more"), self._ask_drop)
        self.bar = CommandBar(tr("What can be done about clock rules"))
        for action in (self.verify_action, self.doubt_action, self.load_action, self.drop_action):
            self.bar.add(action)
            action.setVisible(self._session.person.has(Role.SUPERVISOR))
        self.bar.add(self.tasks_action, "quiet")
        self.bar.finish()

    def _command(self, words: str, tip: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda: run())
        return action

    def _lay_out(self) -> None:
        self._rows = Stack()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self.empty)
        self.pane = Pane(self.tr("Clock rules"))
        self.pane.head.addWidget(self.told, 1)
        self.pane.set_body(self._rows, self.notice)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.pane, 1)
        self._column.addWidget(self.bar)

    # what is known ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Rows and tasks are read only while somebody looks."""
        super().showEvent(event)
        self.read_again()

    def read_again(self) -> None:
        """Read once more what is shown, where somebody looks."""
        if not self.isVisible():
            return
        if self.tasks_action.isChecked():
            self._session.read(lambda desk: desk.clocks.tasks(), self, self._fill, self.notice.show_error)
        else:
            self._session.read(lambda desk: desk.clock_rows.all(), self, self._fill, self.notice.show_error)

    def _fill(self, rows: tuple[Shown, ...]) -> None:
        place = self.list.currentIndex().row()
        self.model.show_rows(rows)
        if rows:
            self.list.go_to(min(max(place, 0), len(rows) - 1))
        self._rows.setCurrentIndex(0 if rows else 1)
        self.empty.say(self.tr("No clock asks for anything within three days"), self.tr("Missed due times and owed notices stand here."))
        unverified = sum(isinstance(row, ListedRow) and row.row.verified is None for row in rows)
        self.tasks_action.setText(self.tr("Back to the rows") if self.tasks_action.isChecked() else self.tr("What is asked for"))
        if self.tasks_action.isChecked():
            self.told.setText(self.tr("{0} to do within three days, soonest first").format(len(rows)))
        else:
            self.told.setText(self.tr("{0} rows, {1} of them not verified against an official text").format(len(rows), unverified))
        self._allow()

    def _allow(self) -> None:
        row = self._row
        listed = row if isinstance(row, ListedRow) else None
        verified = listed is not None and listed.row.verified is not None
        self.bar.allow(self.verify_action, listed is not None, self.tr("Choose a row."))
        self.bar.allow(self.doubt_action, verified, self.tr("The row is not verified."))
        self.bar.allow(self.drop_action, bool(listed and listed.file), self.tr("The row came with the program."))

    @property
    def _row(self) -> Shown | None:
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _go(self) -> None:
        row = self._row
        if isinstance(row, CaseTask):
            self.wanted.emit(Place(PageName.REVIEW, row.case))

    # what is asked ---------------------------------------------------------------------------------------------------

    def _ask_verify(self) -> None:
        row = self._listed
        form = InlineForm(self.tr("Verify {0}").format(row.row.id), self.tr("I compared it"))
        form.say(f"{self.model.title(row)} · {self.model.words(row)}")
        form.add("where", self.tr("With which text"), LineEntry(), required=self.tr("Say with which text."))
        form.add("on", self.tr("On which day"), DayEntry(), required=self.tr("Say on which day."))
        self._open(form, self._verify)

    def _verify(self, form: InlineForm) -> None:
        id_, where, entry = self._listed.row.id, form.text("where"), form.entry("on")
        on = entry.day() if isinstance(entry, DayEntry) else None
        assert on is not None
        self._write(form, lambda desk: desk.clock_rows.verify(id_, where, on), self.tr("{0} is verified").format(id_))

    def _ask_doubt(self) -> None:
        form = InlineForm(self.tr("Take back that {0} is verified").format(self._listed.row.id), self.tr("Take it back"))
        form.add("reason", self.tr("Why"), LineEntry(), required=self.tr("Say why."))
        self._open(form, self._doubt)

    def _doubt(self, form: InlineForm) -> None:
        id_, reason = self._listed.row.id, form.text("reason")
        self._write(form, lambda desk: desk.clock_rows.doubt(id_, reason), self.tr("{0} is no longer verified").format(id_))

    def _ask_drop(self) -> None:
        form = InlineForm(self.tr("Use the rows of {0} no more").format(self._listed.file), self.tr("Drop them"))
        form.say(self.tr("Clocks that were read by them keep what they said; bundled rows of the same name come back."))
        form.add("reason", self.tr("Why"), LineEntry(), required=self.tr("Say why."))
        self._open(form, self._drop)

    def _drop(self, form: InlineForm) -> None:
        name, reason = self._listed.file, form.text("reason")
        self._write(form, lambda desk: desk.clock_rows.drop(name, reason), self.tr("The rows of {0} are used no more").format(name))

    def _load(self) -> None:
        from ur_desk.ui import dialogs

        files = dialogs.choose_files(self, self.tr("Load clock rows"), [self.tr("Clock rows (*.json)")])
        if not files:
            return
        told = self.tr("Rows of {0} loaded; verify each against the law").format(files[0].name)
        self._session.write(partial(_loaded, file=files[0]), self, lambda _done: self.said.emit(told), self.notice.show_error)

    @property
    def _listed(self) -> ListedRow:
        row = self._row
        assert isinstance(row, ListedRow)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form from anywhere on the page."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self.dismiss()
            return
        super().keyPressEvent(event)


def _loaded(desk: "Desk", file: Path) -> "Done[Any]":
    from ur_desk.desk.importing import read_bytes

    data = read_bytes(file)
    done = desk.clock_rows.load(data, file.name)
    desk.exports.came_in("clock rules", file, data)
    return done
