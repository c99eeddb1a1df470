"""The shelf at the side of the library page: its search, its facets, and the policies or the lines that were found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ur_desk.domain.library.catalogue import Narrow
from ur_desk.domain.library.shelf import Waiver
from ur_desk.domain.policy import Sha256, Shelved
from ur_desk.ui.look import look
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.facets import Facets
from ur_desk.ui.widgets.pane import HEAD, Pane
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.policy_rows import PolicyItemDelegate
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.library import Listing
    from ur_desk.domain.library.catalogue import Answer

FOUND = 40
"""Lines that a search brings at most."""


class SearchRow(Restyled, QWidget):
    """The field in which a code or words are typed."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Code or words in any policy"))
        self.field.setAccessibleName(self.tr("Search the policies for a code or words"))
        self.field.setClearButtonEnabled(True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 0, 12, 8)


class ShelfPane(Pane):
    """Lists what the library holds, or what was found in it."""

    def __init__(self, rows: QAbstractItemModel) -> None:
        self._commands: list[CommandButton] = []
        super().__init__(self.tr("Library"))
        searching = SearchRow()
        self.search = searching.field
        self.list = RowList(self.tr("Policies"))
        self.list.setItemDelegate(PolicyItemDelegate(self.list))
        self.list.setModel(rows)
        self.nothing = EmptyState(icon="book")
        self.facets = Facets()
        self.head.addStretch()
        self.set_body(self.list, searching, self.facets, self.nothing)

    def add_command(self, action: QAction) -> None:
        """Give a command a quiet place in the head."""
        self._commands.append(button := CommandButton(action, "quiet"))
        self.head.addWidget(button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom; a command makes the head no higher than its neighbours'."""
        super().restyle()
        for button in self._commands:
            button.setFixedHeight(look().px(HEAD))

    def to_search(self) -> None:
        """Bring the keys to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def say_if_empty(self, rows: Sequence[object]) -> None:
        """Say why there are no rows, where there are none."""
        seeking = bool(self.search.text().strip())
        title = self.tr("Nothing found") if seeking else self.tr("The library is empty")
        words = (
            self.tr("No number, no code, and no section with all of these words.")
            if seeking
            else self.tr("No policy is of that kind. Choose another one above.")
            if self.facets.narrow != Narrow()
            else self.tr("Import the payer's policy document, or drop it on this window.")
        )
        self.nothing.say(title, words)
        show_if(self.nothing, not rows)
        self.list.setVisible(bool(rows))


def shelf_of(desk: "Desk", narrow: Narrow) -> "Listing":
    """What the library holds, narrowed."""
    return desk.library.listed(narrow)


def text_of(desk: "Desk", text: Sha256) -> tuple[Shelved, tuple[Waiver, ...]]:
    """One text with what was waived of it."""
    return desk.library.text(text), desk.library.waivers(text)


def lines_with(desk: "Desk", sought: str, narrow: Narrow) -> "Answer":
    """The lines that hold what was sought."""
    return desk.library.search(sought, FOUND, narrow)
