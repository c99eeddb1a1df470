"""The first rows of a file as a table: the columns by their headers with what they mean, the cells as they stand in the file."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ur_desk.domain.intake.mapping import Look, base_of
from ur_desk.ui.models.columns import Meanings, Meant
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.privacy import hidden, mask

_LONGEST = 400
"""Characters of a cell that are shown; the tip shows as many."""
_OPEN = frozenset({"services", "diagnoses", "claim", "channel", "kind", "urgency", "timing", "line_of_business", "state", "decision"})
"""What is shown of a file while names are hidden: what tells of care or clock, and not of the member."""


class ColumnTable(QAbstractTableModel):
    """Shows a look at a file; under the mask only columns that are known to name nobody."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._told = Meanings(())
        mask().changed.connect(self._masked)

    def show_look(self, look: Look | None, told: Meanings) -> None:
        """Show a file; None empties the model."""
        self.beginResetModel()
        self._look, self._told = look, told
        self.endResetModel()

    def show_meanings(self, told: Meanings) -> None:
        """Show what the same columns mean now."""
        self._told = told
        if told.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(told.columns) - 1)
            self._masked()

    def meant(self, place: int) -> Meant:
        """What a column means."""
        return self._told.columns[place]

    def is_twice(self, place: int) -> bool:
        """Whether another column, or a fixed value, fills the same field, which only one can."""
        column = self._told.columns[place].column
        return column is not None and column.field in self._told.twice

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The first rows of the file; none below a cell."""
        return 0 if parent.isValid() or self._look is None else len(self._look.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the file; none below a cell."""
        return 0 if parent.isValid() else len(self._told.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell on one line, whole in its tip, spoken with its column and row."""
        if not index.isValid() or self._look is None:
            return None
        cells = self._look.rows[index.row()].cells
        text = cells[index.column()][:_LONGEST] if index.column() < len(cells) else ""
        shown = text if self.may_show(index.column()) or not text else hidden()
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(shown.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            each = self._told.columns[index.column()]
            words = self.tr("{0}, row {1}: {2}. {3}, {4}")
            return words.format(each.header, self._look.rows[index.row()].number, shown or self.tr("empty"), each.words, each.state.words)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The header of a column, or the number of a row in the file; what the column means under ROW."""
        if self._look is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._look.rows[section].number) if role == Qt.ItemDataRole.DisplayRole else None
        each = self._told.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return each.header
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return " ".join((self.tr("{0}: {1}, {2}.").format(each.header, each.words, each.state.words), *each.reasons))
        return each if role == ROW else None

    def may_show(self, column: int) -> bool:
        """Whether the cells of a column are shown: all, but for those that may tell of the member while names are hidden."""
        told = self._told.columns[column].column
        return not mask().on or (told is not None and base_of(told.field)[0].partition(".")[0] in _OPEN)

    def _masked(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
