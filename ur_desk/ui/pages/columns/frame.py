"""How the page of a file's columns is laid out: its first rows and the current column, what becomes of them, what holds for all."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ur_desk.domain.intake.mapping import Look
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.column_preview import PreviewModel
from ur_desk.ui.models.column_table import ColumnTable
from ur_desk.ui.pages.columns.ways import Ways
from ur_desk.ui.pages.page import Page
from ur_desk.ui.widgets.column_strip import ColumnStrip
from ur_desk.ui.widgets.column_view import ColumnView
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.field_chooser import FieldChooser
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.domain.findings import Extracted

_SHARE = 0.62
"""The part of the width that the table takes."""


class ColumnsFrame(Page):
    """Holds the parts and the commands; what they do is said by `ColumnsPage`."""

    left = Signal()
    """The person is through with this file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_left()
        self._make_right()
        self.bar = CommandBar(self.tr("What to do with these columns"))
        self.panes = TwoPanes(self._left, self._right, (self.tr("Columns"), self.tr("What they become")), halves=True)
        self.panes.fitted.connect(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(self.bar)
        self.chooser = FieldChooser(self)
        self._make_commands()
        PaneCycle(self, [self._left, self._becomes, self._holds, self.bar], self.panes.reveal)
        self.setFocusProxy(self.view)

    def _make_left(self) -> None:
        self.table = ColumnTable(self)
        self.notice = Notice()
        self.view = ColumnView(self.table)
        self.strip = ColumnStrip()
        self.empty = EmptyState(
            self.tr("No file is looked at"),
            self.tr("Choose File, Columns of a table… to say once what the columns of a sender's files mean."),
            icon="tray",
        )
        self.read_as = ElidedLabel("", Type.SMALL, "soft")
        self._left = Pane(self.tr("Columns of the file"))
        self._left.head.addWidget(self.read_as, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.strip)
        self._table = inside
        inside.setFocusProxy(self.view)
        self._left.set_body(inside, self.notice, self.empty)

    def _make_right(self) -> None:
        self.preview = PreviewModel(self)
        self.made = RowList(self.tr("What the rows become"))
        self.made.setItemDelegate(FindingDelegate(self.made))
        self.made.setModel(self.preview)
        self.nothing = EmptyState(icon="search")
        self.count = ElidedLabel("", Type.SMALL, "soft")
        self._becomes = Pane(self.tr("What they become"))
        self._becomes.head.addWidget(self.count, 1)
        self._becomes.set_body(self.made, self.nothing)
        self.ways = Ways()
        self._holds = Pane(self.tr("For every row"))
        self._holds.head.addStretch(1)
        self._holds.set_body(self.ways)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setHandleWidth(1)
        self._right.setChildrenCollapsible(False)
        for pane in (self._becomes, self._holds):
            self._right.addWidget(pane)
        self._right.setStretchFactor(0, 1)
        self._right.setStretchFactor(1, 1)

    def _make_commands(self) -> None:
        def add(menu: Menu, text: str, key: str, tip: str, run: Callable[[], object], kind: str) -> QAction:
            action = page_command(self, menu, text, [key], tip, run)
            self.bar.add(action, kind)
            return action

        file, edit, tr = Menu.FILE, Menu.EDIT, self.tr
        tips = (
            tr("Keep what the columns mean under the sender's name"),
            tr("Read the whole file so; nothing is saved"),
            tr("To the next column of which you must say what it means"),
            tr("Take back your last change on this page"),
            tr("Leave out every column of which nobody said what it means"),
            tr("Back; what is not kept stays here until you look at another file"),
        )
        self.keep_action = add(file, tr("Keep"), "Ctrl+Return", tips[0], self.keep, "main")
        self.try_action = add(file, tr("Try"), "Ctrl+T", tips[1], self.try_all, "plain")
        self.next_action = add(edit, tr("Next question"), "F8", tips[2], self.next_question, "plain")
        self.undo_action = add(edit, tr("Undo"), "Ctrl+Shift+Z", tips[3], self.undo, "plain")
        self.rest_action = add(edit, tr("Leave questions out"), "Ctrl+Shift+X", tips[4], self.leave_asked_out, "plain")
        self.close_action = add(file, tr("Leave"), "Ctrl+W", tips[5], self.left.emit, "quiet")
        self.bar.finish()

    def keep(self) -> None:
        """Keep what the columns mean."""
        raise NotImplementedError

    def try_all(self) -> None:
        """Read the whole file so."""
        raise NotImplementedError

    def next_question(self) -> None:
        """Go to the next column that is a question."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take the last change back."""
        raise NotImplementedError

    def leave_asked_out(self) -> None:
        """Leave out what is still a question."""
        raise NotImplementedError

    def _share(self, beside: bool) -> None:
        if beside:
            first = round(self.panes.width() * _SHARE)
            self.panes.splitter.setSizes([first, self.panes.width() - first])

    def show_file(self, look: Look | None) -> None:
        """Say which file it is and how it was read; None shows how to begin."""
        show_if(self.empty, look is None)
        self._table.setVisible(look is not None)
        words = self.tr("{0} · {1} · {2} columns, {3} rows")
        table = look.table if look else None
        self.read_as.set_words(words.format(look.name, table.told, len(table.headers), len(table.rows)) if look and table else "")
        if look is None:
            self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        """Say why no request can be read yet."""
        self.preview.show_extracted(None)
        self.count.set_words("")
        self.made.hide()
        self.nothing.say(self.tr("No request yet") if why else "", why)
        show_if(self.nothing, True)

    def show_extracted(self, told: "Extracted", words: str, zone: str) -> None:
        """Show what was made of the rows, with a count in words."""
        self.preview.show_extracted(told, zone)
        self.count.set_words(words)
        show_if(self.nothing, not self.preview.rowCount())
        self.nothing.say(self.tr("Nothing came of these rows"), QCoreApplication.translate("ColumnsFrame", "They are empty, or left out."))
        self.made.setVisible(bool(self.preview.rowCount()))
