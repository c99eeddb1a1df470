"""Clock rules as a supervisor keeps them: each row with who verified it, rows of the workspace's own, and what clocks ask for."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ur_desk.desk.clock_rows import ListedRow
from ur_desk.desk.clocks import CaseTask
from ur_desk.ui.models.law_rows import Shown
from ur_desk.ui.pages.administration.law import LawView
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import LineEntry

if TYPE_CHECKING:
    from ur_desk.desk.clock_rows import ClockRows
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done


class ClocksView(LawView):
    """The rows or the tasks."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Clock rules"), session, parent)
        self.list.activated.connect(lambda _index: self._go())
        self.empty.say(self.tr("No clock asks for anything within three days"), self.tr("Missed due times and owed notices stand here."))

    def _book(self, desk: "Desk") -> "ClockRows":
        return desk.clock_rows

    def _add_commands(self) -> None:
        tr = self.tr
        self.load_action = self._judging(tr("Load rows…"), tr("Take over a file of rows that the law of your states has"), self._load)
        self.drop_action = self._judging(tr("Drop the file…"), tr("Use the rows of this file no more"), self._ask_drop)
        self.tasks_action = self._command(tr("What is asked for"), tr("What clocks ask for in all open cases"), self.read_again)
        self.tasks_action.setCheckable(True)
        self.bar.add(self.tasks_action, "quiet")

    def _asked(self, desk: "Desk") -> Any:
        return desk.clocks.tasks() if self.tasks_action.isChecked() else super()._asked(desk)

    def _fill(self, rows: tuple[Shown, ...]) -> None:
        super()._fill(rows)
        self.tasks_action.setText(self.tr("Back to the rows") if self.tasks_action.isChecked() else self.tr("What is asked for"))
        if self.tasks_action.isChecked():
            self.told.setText(self.tr("{0} to do within three days, soonest first").format(len(rows)))

    def _allow(self) -> None:
        super()._allow()
        row = self._row
        own = isinstance(row, ListedRow) and bool(row.file)
        self.bar.allow(self.drop_action, own, self.tr("The row came with the program."))

    def _go(self) -> None:
        row = self._row
        if isinstance(row, CaseTask):
            self.wanted.emit(Place(PageName.REVIEW, row.case))

    # rows of the workspace's own -------------------------------------------------------------------------------------

    def _ask_drop(self) -> None:
        form = InlineForm(self.tr("Use the rows of {0} no more").format(self._file), self.tr("Drop them"))
        form.say(self.tr("Clocks that were read by them keep what they said; bundled rows of the same name come back."))
        form.add("reason", self.tr("Why"), LineEntry(), required=self.tr("Say why."))
        self._open(form, self._drop)

    def _drop(self, form: InlineForm) -> None:
        name, reason = self._file, form.text("reason")
        self._write(form, lambda desk: desk.clock_rows.drop(name, reason), self.tr("The rows of {0} are used no more").format(name))

    def _load(self) -> None:
        from ur_desk.ui import dialogs

        files = dialogs.choose_files(self, self.tr("Load clock rows"), [self.tr("Clock rows (*.json)")])
        if not files:
            return
        told = self.tr("Rows of {0} loaded; verify each against the law").format(files[0].name)
        self._session.write(partial(_loaded, file=files[0]), self, lambda _done: self.said.emit(told), self.notice.show_error)

    @property
    def _file(self) -> str:
        row = self._row
        assert isinstance(row, ListedRow)
        return row.file


def _loaded(desk: "Desk", file: Path) -> "Done[Any]":
    from ur_desk.desk.importing import read_bytes

    data = read_bytes(file)
    done = desk.clock_rows.load(data, file.name)
    desk.exports.came_in("clock rules", file, data)
    return done
