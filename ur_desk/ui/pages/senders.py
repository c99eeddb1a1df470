"""The senders whose files are known by their columns: renamed, handed on as a file, taken in from one, dropped and brought back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.intake.mapping import Sender
from ur_desk.domain.intake.sender_events import SenderUnread
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.models.senders import SenderColumns, SendersModel
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done

_NAME = "name"


class SendersPage(Page):
    """Lists them, and shows of one which column means what."""

    name = PageName.SENDERS

    left = Signal()
    """The person is through with the senders."""

    def __init__(self, session: Session, columns: QAction, parent: QWidget | None = None) -> None:
        """`columns` is the window's command that looks at a file's columns."""
        super().__init__(parent)
        self._session = session
        self._columns = columns
        self._dropped: Sender | None = None
        self._to_choose = ""
        self.model, self.shown = SendersModel(self), SenderColumns(self)
        self._build()
        self._make_commands()
        PaneCycle(self, [*self.panes.both, self.bar], self.panes.reveal)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._show(now))
        self.form.committed.connect(self._rename)
        self.form.closed.connect(self.list.setFocus)
        session.changed.connect(self._changed)
        self._follow()

    def _build(self) -> None:
        self.notice = Notice()
        self.list = self._rows(self.tr("Senders"))
        self.list.setModel(self.model)
        self.about = self._rows(self.tr("What the columns mean"))
        self.about.setModel(self.shown)
        self.empty = EmptyState(
            self.tr("No sender is known yet"),
            self.tr("Say once what the columns of a file mean, and keep it under the sender's name; or import what another desk exported."),
            self._columns,
            "tray",
        )
        first, second = Pane(self.tr("Senders")), Pane(self.tr("What the columns mean"))
        first.head.addStretch(1)
        second.head.addStretch(1)
        first.set_body(self.list, self.notice, self.empty)
        second.set_body(self.about)
        self.panes = TwoPanes(first, second, (first.title, second.title))
        self.form = InlineForm(self.tr("Rename the sender"), self.tr("Rename"))
        self.form.add(_NAME, self.tr("Name"), LineEntry(), required=self.tr("Name the office or the program."))
        self.form.finish()
        self.form.hide()
        self.bar = CommandBar(self.tr("What to do with the sender"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(self.form)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)

    def _rows(self, name: str) -> RowList:
        rows = RowList(name)
        rows.setItemDelegate(FindingDelegate(rows))
        return rows

    def _make_commands(self) -> None:
        file, edit, tr = Menu.FILE, Menu.EDIT, self.tr
        tips = (
            tr("Give the chosen sender another name"),
            tr("Write what is kept of the chosen sender to a file for another desk; no patient stands in it"),
            tr("Keep what a file tells that another desk exported"),
            tr("Forget the chosen sender; requests that came in stay as they are"),
            tr("Keep the sender again that you dropped last"),
            tr("Back to where you were"),
        )
        self.rename_action = page_command(self, edit, tr("Rename…"), ["F2"], tips[0], self.begin_rename)
        self.export_action = page_command(self, file, tr("Export…"), ["Ctrl+E"], tips[1], self.export)
        self.import_action = page_command(self, file, tr("Import…"), ["Ctrl+Shift+I"], tips[2], self.take_in)
        self.drop_action = page_command(self, edit, tr("Drop"), ["Del"], tips[3], self.drop)
        self.back_action = page_command(self, edit, tr("Bring back"), ["Ctrl+Shift+Z"], tips[4], self.bring_back)
        self.close_action = page_command(self, file, tr("Leave"), ["Ctrl+W"], tips[5], self.left.emit)
        for action in (self.rename_action, self.export_action, self.import_action, self.drop_action, self.back_action):
            self.bar.add(action)
        self.bar.add(self.close_action, "quiet")
        self.bar.finish()

    # what is shown ---------------------------------------------------------------------------------------------------

    def arrive(self, ref: str) -> None:
        """Read the senders afresh."""
        self.read_again()

    def read_again(self) -> None:
        """Read the senders, the chosen one still chosen."""
        if may_read(self._session.person, Read.SENDERS):
            name = self._to_choose or (self.chosen.name if self.chosen else "")
            self._session.read(_every, self, partial(self._show_all, name), self.notice.show_error)

    @property
    def chosen(self) -> Sender | SenderUnread | None:
        """The sender that is chosen."""
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() and self.model.rowCount() else None

    def _show_all(self, name: str, senders: tuple[Sender | SenderUnread, ...]) -> None:
        self._to_choose = ""
        self.model.show_rows(senders)
        show_if(self.empty, not senders)
        self.list.setVisible(bool(senders))
        if senders:
            self.list.go_to(self.model.place_of(name))
        self._show(self.list.currentIndex())

    def _show(self, _index: QModelIndex) -> None:
        self.shown.show_sender(self.chosen)
        self._follow()

    def _follow(self) -> None:
        from ur_desk.desk.verbs import VERBS

        may = bool(self._session.person.roles & VERBS["sender.keep"].roles)
        why_not = "" if may else self.tr("Not for your role")
        self.bar.allow(self.drop_action, may and self.chosen is not None, why_not)
        unread = self.tr("It needs a look first") if isinstance(self.chosen, SenderUnread) else ""
        self.bar.allow(self.rename_action, may and isinstance(self.chosen, Sender), why_not or unread)
        self.bar.allow(self.export_action, self.chosen is not None)
        self.bar.allow(self.import_action, may, self.tr("Not for your role"))
        self.back_action.setVisible(self._dropped is not None)
        if self._dropped is not None:
            self.back_action.setText(self.tr("Bring {0} back").format(self._dropped.name.replace("&", "&&")))

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.SENDERS in changes and self.isVisible():
            self.read_again()

    # what is done ----------------------------------------------------------------------------------------------------

    def begin_rename(self) -> None:
        """Ask for another name."""
        if self.chosen is not None:
            self.form.fill({_NAME: self.chosen.name})
            self.form.begin()

    def _rename(self) -> None:
        sender, name = self.chosen, self.form.text(_NAME)
        if sender is not None:
            before = sender.name
            self._session.write(lambda desk: desk.senders.rename(before, name), self, self._renamed, self.form.refuse)

    def _renamed(self, done: "Done[Sender]") -> None:
        self.form.hide()
        self._done(done.value.name, self.tr("Renamed: {0}").format(done.value.name))

    def export(self) -> None:
        """Write the chosen sender to a file that the person names."""
        from ur_desk.ui import dialogs

        sender = self.chosen
        target = dialogs.choose_target(self, self.tr("Export a sender"), "sender.json", [self.tr("Mappings (*.json)")]) if sender else None
        if sender is not None and target is not None:
            self._session.read(partial(_exported, name=sender.name, target=target), self, self._exported, self.notice.show_error)

    def _exported(self, told: tuple[Path, str]) -> None:
        file, warning = told
        self.said.emit(self.tr("Written: {0}").format(file.name))
        if warning:
            self.notice.show_message(self.tr("{0} is written.").format(file.name), warning, Tone.ASK)

    def take_in(self) -> None:
        """Keep the sender that a file tells of; one of that name is replaced only where the person says so."""
        from ur_desk.ui import dialogs

        for file in dialogs.choose_files(self, self.tr("Import a sender"), [self.tr("Mappings (*.json)"), self.tr("All files (*)")])[:1]:
            self._session.read(partial(_read, file=file), self, self._take_in, self.notice.show_error)

    def _take_in(self, told: tuple[Sender, bool]) -> None:
        from ur_desk.ui import dialogs

        sender, is_known = told
        question = self.tr("There is a sender named {0} already.").format(sender.name)
        detail = self.tr("Its files would be read as the file says, and no more as they were until now.")
        if not is_known or dialogs.confirm(self, question, detail, self.tr("Replace it")):
            self._keep(sender, self.tr("Imported: {0}"))

    def drop(self) -> None:
        """Forget the chosen sender; it can be brought back while this page is there."""
        sender = self.chosen
        if sender is None or not self.drop_action.isEnabled():
            return
        self._session.write(lambda desk: desk.senders.drop(sender.name), self, lambda _done: self._was_dropped(sender), self._refused)

    def _was_dropped(self, sender: Sender | SenderUnread) -> None:
        """One that could not be read is not kept again as it was."""
        self._dropped = sender if isinstance(sender, Sender) else None
        words = self.tr("{0} was dropped. Its files are read by their headers from now on.").format(sender.name)
        self._done("", words)
        self.notice.show_message(words, self.tr("Ctrl+Shift+Z brings it back.") if self._dropped else "", Tone.QUIET)

    def bring_back(self) -> None:
        """Keep the sender again that was dropped last, where nobody has taken the name meanwhile."""
        sender = self._dropped
        if sender is None:
            return
        if any(each.name.casefold() == sender.name.casefold() for each in self._names()):
            words = self.tr("There is a sender named {0} again.").format(sender.name)
            self._refused(UserError(words, self.tr("Rename that one first. Nothing was changed.")))
            return
        self._dropped = None
        self._keep(sender, self.tr("Brought back: {0}"))

    def _names(self) -> list[Sender | SenderUnread]:
        return [self.model.row(place) for place in range(self.model.rowCount())]

    def _keep(self, sender: Sender, words: str) -> None:
        self._session.write(
            lambda desk: desk.senders.keep(sender), self, lambda done: self._done(done.value.name, words.format(done.value.name)), self._refused
        )  # fmt: skip

    def _done(self, name: str, words: str) -> None:
        self.notice.hide()
        self.said.emit(words)
        self._to_choose = name  # the news of the change, which comes next, lets the list be read anew
        self.list.setFocus()

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)


def _exported(desk: "Desk", name: str, target: Path) -> tuple[Path, str]:
    desk.exports.write("mapping of a sender", target, desk.senders.document(name))
    return target, desk.exports.place_warning(target)


def _read(desk: "Desk", file: Path) -> tuple[Sender, bool]:
    """The sender that a file tells of, and whether one of that name is known."""
    from ur_desk.desk.importing import read_bytes

    sender = desk.senders.read(read_bytes(file), file.name)
    return sender, any(each.name.casefold() == sender.name.casefold() for each in desk.senders.all())


def _every(desk: "Desk") -> tuple[Sender | SenderUnread, ...]:
    """Every sender by name, those that need a look among them."""
    return tuple(sorted((*desk.senders.all(), *desk.senders.unread()), key=lambda each: each.name.casefold()))
