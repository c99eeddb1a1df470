"""Help: short pages about each part of the program, found by F1 where one is."""

from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk import __version__, paths
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.help_rows import HelpModel
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.widgets.help_rows import HelpList
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.two_panes import TwoPanes

TOPICS = (
    "start",
    "worklist",
    "review",
    "entry",
    "arrivals",
    "letters",
    "post",
    "library",
    "versions",
    "audit",
    "administration",
    "backups",
    "lock",
    "security",
    "keyboard",
    "about",
    "licences",
)
"""The pages in reading order; each is `resources/help/<topic>.md`."""

_ALSO = {
    "many": "library",
    "help": "start",
    "changes": "versions",
    "impact": "versions",
    "received": "library",
    "columns": "entry",
    "senders": "entry",
}
"""Topics of pages that share another's."""


def topic_file(topic: str) -> Path:
    """Where the text of a topic lies."""
    return paths.resources() / "help" / f"{topic}.md"


def topic_text(topic: str) -> str:
    """The text of a topic in Markdown, with what only the program knows filled in."""
    return topic_file(topic).read_text(encoding="utf-8").replace("{version}", __version__)


def topic_title(topic: str) -> str:
    """The first heading of a topic."""
    return topic_text(topic).partition("\n")[0].lstrip("# ").strip()


class TopicsModel(QAbstractListModel):
    """The titles of the topics."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = [topic_title(topic) for topic in TOPICS]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The topics; none below one."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW)
        return self._titles[index.row()] if index.isValid() and role in wanted else None


class TopicDelegate(RowDelegate):
    """A title on its line."""

    def compose(self, row: str, sheet: Sheet) -> None:
        """Set a title."""
        px = look().px
        sheet.height = sheet.text(row, (px(16), px(7)), sheet.width - px(28), Type.BODY) + px(14)


class HelpPage(Page):
    """A list of topics, and the text of one of them."""

    name = PageName.HELP

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic = ""
        self.model = TopicsModel(self)
        self.list = RowList(self.tr("Topics"))
        self.list.setItemDelegate(TopicDelegate(self.list))
        self.list.setModel(self.model)
        self.page = HelpModel(self)
        self.text = HelpList(self.tr("Help"), self.page)
        left = Pane(self.tr("Help"))
        left.head.addStretch()
        left.set_body(self.list)
        self.panes = TwoPanes(left, self.text, (self.tr("Topics"), self.tr("Help")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)
        self.list.selectionModel().currentChanged.connect(lambda index, _was: self._chosen(index))
        self.list.activated.connect(lambda _index: self._read())
        self.text.followed.connect(self._follow)
        self.setFocusProxy(self.text)
        PaneCycle(self, [left, self.text], self.panes.reveal)
        self.show_topic(TOPICS[0])

    @property
    def topic(self) -> str:
        """The topic that is shown."""
        return self._topic

    def arrive(self, ref: str) -> None:
        """Show the topic of a page, or any other topic."""
        topic = _ALSO.get(ref, ref)
        if topic in TOPICS:
            self.show_topic(topic)

    def show_topic(self, topic: str) -> None:
        """Show the text of a topic from its beginning."""
        self.panes.show_pane(1)
        if topic == self._topic:
            return
        self._topic = topic
        self.page.show_text(topic_text(topic))
        self.text.scrollToTop()
        place = TOPICS.index(topic)
        if self.list.currentIndex().row() != place:
            self.list.go_to(place)

    def _read(self) -> None:
        self.panes.reveal(self.text)
        self.text.setFocus()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and TOPICS[index.row()] != self._topic:
            self.show_topic(TOPICS[index.row()])
            self.settled.emit(Place(PageName.HELP, self._topic))

    def _follow(self, topic: str) -> None:
        """A link leads to another topic; there are no others."""
        if topic in TOPICS:
            self.list.go_to(TOPICS.index(topic))
