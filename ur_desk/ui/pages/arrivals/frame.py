"""How the door is laid out: the files at the left, the chosen request beside its case at the right, what can be done below."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.intake.arriving import Choice
from ur_desk.ui.models.arrivals import ArrivalsModel, Key
from ur_desk.ui.pages.arrivals.bar import ArrivalsBar
from ur_desk.ui.pages.arrivals.deciding import Deciding
from ur_desk.ui.pages.arrivals.files import FilesAtDoor
from ur_desk.ui.pages.arrivals.receipt import Receiving
from ur_desk.ui.pages.page import Page
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.compared_pane import ComparedPane
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.progress_head import ProgressHead
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run


class DoorList(RowList):
    """The list of what came in. A letter is a command of the page or nothing: it never leads to another row."""

    taken = Signal()
    """Enter was pressed on a row; held down it counts once."""
    idle_key = Signal(str)
    """A letter that does nothing here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row; every other key as in any list."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.taken.emit()

    def keyboardSearch(self, search: str) -> None:
        """Say that the letter does nothing."""
        self.idle_key.emit(search)


class ArrivalsFrame(Page):
    """Holds the parts; what they do is said by `ArrivalsPage`."""

    form_wanted = Signal(object)
    """The `Path` of a file with one request, to be looked at in the form."""
    many_wanted = Signal(object)
    """Paths of many policy documents, to be read into the library in one go."""
    left = Signal()
    """The person is through with these files."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.run: Run | None = None
        self._named: dict[Key, Resembling] = {}
        self._which = 0
        self.model = ArrivalsModel(self)
        self.deciding = Deciding(session, self)
        self.receiving = Receiving(session, self)
        self.files = FilesAtDoor(session, self)
        self._forms = (*self.deciding.forms, self.receiving.form, self.files.form)

    def _build(self, does: Mapping[str, Callable[[], object]], choose: Callable[[Choice], object]) -> None:
        self.notice = Notice()
        self.far = ProgressHead(self.tr("Files read"))
        self.list = DoorList(self.tr("What is in the files"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        self.list.idle_key.connect(self._say_offers)
        words = self.tr("Drop request files, faxes, a folder of them, or policy documents on this window.")
        self.empty = EmptyState(self.tr("Nothing came in"), words, icon="tray")
        files = Pane(self.tr("Files that came in"))
        files.head.addStretch()
        files.set_body(self.list, self.far, self.empty)
        self.shown = ComparedPane()
        self.panes = TwoPanes(files, self.shown, (self.tr("Files that came in"), self.tr("What came in")), first_width=440)
        self.bar = ArrivalsBar(self, does, choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.notice, self.panes, *self._forms, self.bar):
            column.addWidget(part, 1 if part is self.panes else 0)
        for form in self._forms:
            form.installEventFilter(self)
        self.setFocusProxy(self.list)
        PaneCycle(self, [files, self.shown, self.bar], self.panes.reveal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a form asks, its key is not that of the page: nothing else is opened by it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.bar.open.setEnabled(not any(form.isVisible() for form in self._forms))
        return super().eventFilter(watched, event)

    def _say_offers(self, key: str) -> None:
        """Say that a key does nothing here, and which do something."""
        told = self.bar.on_offer()
        idle = self.tr("{0} does nothing here.").format(key.upper())
        self.said.emit(self.tr("{0} On offer: {1}").format(idle, told) if told else idle)

    # what is chosen --------------------------------------------------------------------------------------------------

    @property
    def _files(self) -> "list[Brought]":
        return self.run.files if self.run else []

    @property
    def _items(self) -> "list[Item]":
        return list(self.run.items) if self.run else []

    @property
    def _file(self) -> "Brought | None":
        """The file of the row that is chosen, as it stands now."""
        index = self.list.currentIndex()
        chosen = self.model.row(index.row()).file if index.isValid() else None
        return next((file for file in self._files if chosen is not None and file.id == chosen.id), None)

    @property
    def item(self) -> "Item | None":
        """The request that is chosen."""
        index = self.list.currentIndex()
        return self.model.row(index.row()).item if index.isValid() else None

    def found(self) -> "tuple[Resembling, ...]":
        """The cases beside which the chosen request may be laid, the one that the person named first."""
        item = self.item
        if item is None:
            return ()
        if item.became:
            return (item.became,)
        named = self._named.get((item.file, item.place))
        return (*([named] if named else []), *item.resembles)

    @property
    def resembling(self) -> "Resembling | None":
        """The case beside which the chosen request is laid."""
        found = self.found()
        return found[min(self._which, len(found) - 1)] if found else None
