"""The backups of the workspace: when the last good one was made, where they lie, one more now, and a second folder for them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.ui.dialogs import choose_folder, choose_target
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.backups import BackupsModel
from ur_desk.ui.phrases import moment
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.keeping import Listed, Overview
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.trail.keeping import BackupMade


class BackupDelegate(RowDelegate):
    """A backup in two lines."""

    def __init__(self, parent: RowList, model: BackupsModel) -> None:
        super().__init__(parent)
        self._model = model

    def compose(self, row: "Listed", sheet: Sheet) -> None:
        """Set a backup."""
        px = look().px
        left, width = px(16), sheet.width - px(28)
        sheet.line(self._model.when(row), (left, px(6)), width, Type.MEDIUM)
        sheet.line(self._model.words(row), (left, px(26)), width, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class Said(Restyled, QWidget):
    """What is to be known first: the last good backup, and the second folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.last, self.second = Text("", Type.MEDIUM, wrap=True), Text("", Type.SMALL, "soft", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.last)
        self._column.addWidget(self.second)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 4, 16, 10, 4)


class BackupsView(QWidget):
    """The automatic backups, what is known of them, and the commands."""

    said = Signal(str)
    """Something done, in words."""
    restore_wanted = Signal()
    """A backup is to be put in the place of the workspace."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = BackupsModel(session.zone, self)
        self.list = RowList(self.tr("Automatic backups"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(BackupDelegate(self.list, self.model))
        self.list.setModel(self.model)
        self.notice = Notice()
        self.told = Said()
        tr = self.tr
        self.now_action = self._command(tr("Back up now…"), tr("Write an encrypted copy to a file, and open it again"), self._back_up)
        self.second_action = self._command(tr("Second folder…"), tr("Let every automatic backup go to another drive too"), self._choose)
        self.none_action = self._command(tr("No second folder"), tr("Keep the automatic backups beside the workspace only"), self._clear)
        self.restore_action = self._command(
            tr("Restore from a file…"),
            tr("Put a backup in the place of this workspace, which is kept beside it"),
            lambda: self.restore_wanted.emit(),
        )
        self.restore_action.setVisible(not session.demo)
        self.bar = CommandBar(tr("What can be done with backups"))
        self.bar.add(self.now_action)
        self.bar.add(self.second_action)
        self.bar.add(self.none_action, "quiet")
        self.bar.add(self.restore_action, "quiet")
        self.bar.finish()
        self.pane = Pane(tr("Backups"))
        self.pane.head.addStretch()
        self.pane.set_body(self.list, self.told, self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)

    def _command(self, words: str, tip: str, run: object) -> QAction:
        action = QAction(words, self)
        action.setToolTip(tip)
        action.triggered.connect(run)
        return action

    def read_again(self) -> None:
        """Read once more what is known of the backups."""
        self._session.read(lambda desk: desk.keeping.overview(), self, self._fill, self.notice.show_error)

    def _fill(self, told: "Overview") -> None:
        self.model.show_backups(told.listed)
        self.told.last.setText(self._last(told))
        self.told.second.setText(
            self.tr("Each goes to the second folder too: {0}").format(told.second)
            if told.second
            else self.tr("There is no second folder yet. When this disk breaks, the workspace and its backups are lost together.")
        )
        self.bar.allow(self.none_action, bool(told.second), self.tr("No second folder was chosen."))

    def _last(self, told: "Overview") -> str:
        if told.last is None:
            if self._session.demo:
                return self.tr("A demo is thrown away: it makes no backups by itself.")
            if told.listed:
                return self.tr("The workspace tells of no backup of its own yet; these lie beside it, made before it was restored.")
            return self.tr("No backup was made yet. The first one is made when you close the program.")
        return self.tr("Last good backup: {0}, opened and read through. {1}").format(moment(told.last, self._session.zone), told.last_path)

    def _back_up(self) -> None:
        day = self._session.now().date()
        kinds = [self.tr("Backups (*.urbackup)")]
        path = choose_target(self, self.tr("Back up the workspace"), f"ur-desk-{day:%Y-%m-%d}.urbackup", kinds)
        if path is None:
            return
        self.notice.clear()
        self.bar.say(self.tr("Writing the backup, and reading it through…"))
        self.now_action.setEnabled(False)
        told = self.tr("Backed up to {0}").format(path.name)
        call = partial(_back_up, path=path)
        self._session.write(call, self, lambda _done: self.said.emit(told), self.notice.show_error, self._backed_up)

    def _backed_up(self) -> None:
        self.bar.say("")
        self.now_action.setEnabled(True)

    def _choose(self) -> None:
        folder = choose_folder(self, self.tr("A second folder for backups, on another drive"))
        if folder is not None:
            self._set_second(folder, self.tr("Backups go to {0} too").format(folder.name))

    def _clear(self) -> None:
        self._set_second(None, self.tr("Backups lie beside the workspace only"))

    def _set_second(self, folder: Path | None, told: str) -> None:
        self.notice.clear()
        call = partial(_choose, folder=folder)
        self._session.write(call, self, lambda _done: self.said.emit(told), self.notice.show_error)


def _back_up(desk: "Desk", path: Path) -> "Done[BackupMade]":
    return desk.keeping.back_up(path)


def _choose(desk: "Desk", folder: Path | None) -> "Done[None]":
    return desk.keeping.choose_second(folder)
