"""A text beside the file as received: the file is read anew, every line that differs is shown, and the file is saved elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ur_desk.domain.policy import Policy, Sha256
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.fonts import Type
from ur_desk.ui.jobs import Job
from ur_desk.ui.models.received import Kept, ReceivedModel, kept_chip, kept_words
from ur_desk.ui.pages.library.text import LibraryTextPage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.change_rows import ChangeDelegate
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel, Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.readings import Compared


class FileCheck(QObject):
    """Reads the file of whatever is shown anew, once a text, beside everything else; what is left before it ends is called off."""

    looked = Signal(str)
    """The sha256 of a text of which is known now whether it is still the file's."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[tuple[Sha256, Sha256], Kept] = {}
        self._job: Job | None = None

    def of(self, policy: Policy) -> Kept | None:
        """What is known of a text; None before its file was read."""
        file = policy.provenance.sha256
        return self._known.get((policy.text.sha256, file)) if file else None

    def look(self, policy: Policy) -> None:
        """Read the file of a text, where nobody has yet; an abstract has none."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        file = policy.provenance.sha256
        if policy.abstract or file is None or (policy.text.sha256, file) in self._known:
            return
        key, number = (policy.text.sha256, file), policy.id
        self._job = self._session.steps(
            lambda desk: desk.readings.verify(number, text=key[0]),
            self,
            lambda compared: self._keep(key, Kept(compared)),
            lambda wrong: self._keep(key, Kept(refused=wrong)),
            aside=True,
        )

    def _keep(self, key: tuple[Sha256, Sha256], kept: Kept) -> None:
        self._known[key] = kept
        self.looked.emit(key[0])


class ReceivedPage(Restyled, LibraryTextPage):
    """Compares one text with its file, and writes the file out; changes nothing."""

    name = PageName.RECEIVED

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._name = ""
        self.kept: Kept | None = None
        self.rows = ReceivedModel(self)
        self._build()
        self._make_commands()
        self.show_kept(None)

    def _build(self) -> None:
        self.notice = Notice()
        self.state = Chip()
        self.words = ElidedLabel("", Type.SMALL, "soft")
        self.list = RowList(self.tr("Lines that differ, the shelf's beside the file's"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ChangeDelegate(self.list, self.rows))
        self.empty = EmptyState(icon="book")
        self._sides = QWidget()
        self._sides_row = QHBoxLayout(self._sides)
        for words in (self.tr("On the shelf"), self.tr("In the file as received")):
            self._sides_row.addWidget(Text(words, Type.SMALL_STRONG, "soft"), 1)
        self.pane = Pane(self.tr("The text beside the file as received"))
        self.pane.head.addStretch()
        self.pane.head.addWidget(self.state)
        self.pane.under_head.addWidget(self.words, 1)
        self.pane.restyle()
        self.pane.set_body(self.list, self._sides, self.empty)
        self.bar = CommandBar(self.tr("What can be done with the file"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.pane, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)
        PaneCycle(self, [self.pane, self.bar])
        self.restyle()

    def restyle(self) -> None:
        """The heads stand over the columns of the rows."""
        inset(self._sides_row, 54, 4, 12, 6, 60)

    def _make_commands(self) -> None:
        add = partial(page_command, self, Menu.POLICY)
        self.save_action = add(
            self.tr("&Save the file as received…"),
            ["Ctrl+S"],
            self.tr("Byte for byte, to a place that you choose; it is noted"),
            self._save,
        )
        self.library_action = add(
            self.tr("To this line in the &library"), ["Ctrl+Return"], self.tr("The text on the shelf, line by line"), self._to_library
        )
        self.bar.add(self.save_action)
        self.bar.add(self.library_action, "quiet")
        self.bar.finish()
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._to_library)

    # what is shown -----------------------------------------------------------------------------------------------------------

    def _look(self, text: str, asked: int) -> None:
        self.show_kept(None)
        self._session.steps(
            lambda desk: desk.readings.verify("", text=text), self, partial(self._compared, asked), partial(self._refused, asked)
        )

    def _compared(self, asked: int, compared: "Compared") -> None:
        if asked == self._asked:
            self.show_kept(Kept(compared))

    def _refused(self, asked: int, wrong: UserError) -> None:
        if asked == self._asked:
            self.show_kept(Kept(refused=wrong))

    def show_kept(self, kept: Kept | None) -> None:
        """Show what a look at the file brought; None while it is read."""
        self.kept = kept
        told = kept.compared if kept else None
        self._name = (told.name or told.policy.id) if told else ""
        self.rows.show_rows(told.rows if told else ())
        self.state.set_state(*kept_chip(kept))
        title, detail = kept_words(kept) if kept else (self.tr("Reading the file as received"), "")
        named = (told.policy.id, told.policy.title, told.name) if told else ()
        self.words.set_words(" · ".join(part for part in named if part))
        differs = bool(told and told.rows)
        show_if(self.empty, not differs)
        show_if(self._sides, differs)
        self.list.setVisible(differs)
        self.empty.say(title, detail)
        if differs:
            self.notice.show_message(title, detail, kept_chip(kept)[1])
            self.list.go_to(0)
        self.bar.allow(self.save_action, told is not None, self.tr("No file as received can be read."))
        self.bar.allow(self.library_action, bool(self._text))

    # ways --------------------------------------------------------------------------------------------------------------------

    def _to_library(self) -> None:
        index = self.list.currentIndex()
        line = self.rows.row(index.row()).old if index.isValid() else None
        self.wanted.emit(Place(PageName.LIBRARY, self._text + (f"#{line.number}" if line else "")))

    def _save(self) -> None:
        save_received(self, self._session, self._text, self._name, self.said.emit, self.notice)


def save_received(owner: QWidget, session: Session, text: str, name: str, said: Callable[[str], object], notice: Notice) -> None:
    """Ask where, and write the file as received there; the register of exports tells of it."""
    tr = owner.tr
    path = dialogs.choose_target(owner, tr("Save the file as received"), name, [tr("All files (*)")])
    if path is None:
        return
    target, told = path, tr("Saved as {0}").format(path.name)

    def write(desk: "Desk") -> str:
        desk.readings.export("", target, text=text)
        return desk.exports.place_warning(target)

    session.read(write, owner, lambda warning: said(f"{told}. {warning}" if warning else told), notice.show_error)
