"""A folder, or many documents, into the library in one go: how far it is, how to stop it, and what was refused and why."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.files import records_among
from ur_desk.ui.models.many import ManyModel
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.progress_head import ProgressHead
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.importing import Import
    from ur_desk.desk.steps import Step
    from ur_desk.desk.versions import Arrived
    from ur_desk.domain.policy import Sha256
    from ur_desk.ui.jobs import Job


class ManyPage(Page):
    """Counts what is in the folder first; nothing is saved before the person says so."""

    name = PageName.MANY

    left = Signal()
    """The person is through with these files."""
    paper_wanted = Signal(object)
    """Paths of files of pages that are no policies, to be brought to the door."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: Import | None = None
        self._start: Any = None
        self._job: Job | None = None
        self._done = self._going = False
        self._pages: list[Path] = []
        self.model = ManyModel(self)
        self._build()
        self._make_commands()
        PaneCycle(self, [self._pane, self.bar])
        self._follow()

    def _build(self) -> None:
        self.notice = Notice()
        self._far = ProgressHead(self.tr("Documents read"))
        self.said_so_far, self.progress = self._far.words, self._far.bar
        self.list = RowList(self.tr("What became of the files"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        self.empty = EmptyState(icon="tray")
        self._pane = Pane(self.tr("Many documents"))
        self._pane.head.addStretch()
        self._pane.set_body(self.list, self.notice, self._far, self.empty)
        self.bar = CommandBar(self.tr("What to do with the documents"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pane, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)

    def _make_commands(self) -> None:
        read, stop = self.tr("Read into the library"), self.tr("Stop")
        tips = (
            self.tr("Read each document into the library, not confirmed yet"),
            self.tr("Stop after the document under way; what came in stays, whole"),
            self.tr("Back; what was not read is not saved"),
        )
        self.load_action = page_command(self, Menu.POLICY, read, ["Ctrl+R"], tips[0], self.load)
        self.stop_action = page_command(self, Menu.POLICY, stop, ["Ctrl+."], tips[1], self.stop)
        tip = self.tr("They are no policies: look at them at the door, where paper is keyed")
        self.paper_action = page_command(self, Menu.FILE, self.tr("Look at the refused pages"), ["Ctrl+E"], tip, self._to_door)
        self.close_action = page_command(self, Menu.FILE, self.tr("Close"), ["Ctrl+W"], tips[2], self.left.emit)
        shown = ((self.load_action, "main"), (self.stop_action, "main"), (self.paper_action, "plain"), (self.close_action, "quiet"))
        for action, kind in shown:
            self.bar.add(action, kind)
        self.bar.finish()

    # reading ---------------------------------------------------------------------------------------------------------

    def take(self, places: Sequence[Path]) -> None:
        """Count the files in these places, and ask whether to read them; while others are being read, these wait."""
        if self._going:
            self.notice.show_error(
                UserError(self.tr("Documents are being read."), self.tr("Wait for their end, or stop them, and choose these again."))
            )
            self.wanted.emit(Place(PageName.MANY))
            return
        self._session.read(partial(_counted, places=tuple(places)), self, self._counted, self.notice.show_error)

    def _counted(self, found: "tuple[Import, Any]") -> None:
        self._told, self._start = found
        self._done, self._pages = False, []
        self.notice.hide()
        self.model.show_import(None)
        self._follow()
        self.wanted.emit(Place(PageName.MANY))

    def load(self) -> None:
        """Read them, one after the other."""
        if self._told is None or self._done:
            return
        start, self._done, self._going = self._start, True, True
        self._job = self._session.steps(
            lambda _desk: start(), self, failed=self.notice.show_error, reported=self._reported, ended=self._ended
        )
        self._follow()

    def stop(self) -> None:
        """Stop after the document under way."""
        if self._going and self._job is not None:
            self._job.cancel()
            self.stop_action.setEnabled(False)

    def _reported(self, _step: "Step") -> None:
        self._say()

    def _ended(self) -> None:
        from ur_desk.desk.verbs import Changed

        self._going = False
        told = self._told
        self.model.show_import(told)
        self._follow()
        if told is not None and told.left and told.new:  # stopped: nobody has heard of what came in
            self._session.changed.emit(frozenset({Changed.LIBRARY}))
        if told is not None:
            self.said.emit(self._words(told))
        if self.model.rowCount() > 1:
            self.list.go_to(1)
        if told is not None and told.refused:
            files = [each.file for each in told.refused]
            self._session.read(lambda _desk: records_among(files), self, partial(self._found_pages, told))
        if told is not None and (new := tuple(each.text for each in told.loaded if not each.before)):
            self._session.steps(lambda desk: desk.versions.arrived(new), self, partial(self._beside, told), aside=True)

    def _found_pages(self, told: "Import", files: list[Path]) -> None:
        """Offer to look at refused pages at the door: they may be paper."""
        if told is self._told:
            self._pages = files
            self._follow()

    def _to_door(self) -> None:
        if self._pages:
            self.paper_wanted.emit(tuple(self._pages))

    def _beside(self, told: "Import", beside: "Mapping[Sha256, Arrived]") -> None:
        """Say of each new text what stands beside it, where something does."""
        if beside and told is self._told:
            at = max(self.list.currentIndex().row(), 0)
            self.model.show_import(told, beside)
            self.list.go_to(at)

    # what is shown ---------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """What can be done now, and how far it is."""
        told, going = self._told, self._going
        waits = told is not None and told.total > 0 and not self._done
        self.load_action.setText(self.tr("Read 1 file into the library") if told and told.total == 1 else self.tr("Read {0} files into the library").format(told.total if told else 0))  # fmt: skip
        self.load_action.setVisible(waits)
        self.stop_action.setVisible(going)
        self.stop_action.setEnabled(going)
        one, more = self.tr("Look at 1 refused PDF at the door"), self.tr("Look at {0} refused PDFs at the door")
        self.paper_action.setText(one if len(self._pages) == 1 else more.format(len(self._pages)))
        self.paper_action.setVisible(bool(self._pages) and not going)
        listed = bool(self.model.rowCount())
        if told is not None and told.total and self._done and not going and not listed:
            self.empty.say(self.tr("Stopped before the first document"), self.tr("Nothing was saved. Choose the files again to read them."))
        else:
            self.empty.say(self.tr("Nothing to read"), self.tr("Drop a folder of policy documents on this window, or choose one."))
        self.list.setVisible(listed or waits or going)
        show_if(self.empty, self.list.isHidden())
        self.progress.setVisible(going)
        self._say()

    def _say(self) -> None:
        told = self._told
        if told is None:
            self.said_so_far.setText("")
            return
        self._far.say(self._words(told), told.done, told.total)

    def _words(self, told: "Import") -> str:
        if not self._done:
            words = self.tr("{0} files. Each that is a policy comes into the library as a draft; what is none is refused and listed here.")
            left = self.tr("{0} hidden files and links of the folder are not read; they are listed in the end.").format(len(told.skipped))
            return f"{words.format(told.total)} {left}" if told.skipped else words.format(told.total)
        counts = self.tr("{0} of {1} read: {2} new in the library, {3} there before, {4} refused").format(
            told.done, told.total, told.new, len(told.loaded) - told.new, len(told.refused)
        )
        stopped = not self._going and told.left
        return self.tr("Stopped. {0}. What came in is whole; of the other {1} nothing was saved.").format(counts, told.left) if stopped else counts  # fmt: skip


def _counted(desk: "Desk", places: tuple[Path, ...]) -> "tuple[Import, Any]":
    return desk.library.documents(places)
