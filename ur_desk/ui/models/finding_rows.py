"""Rows of findings in a flat list: groups that are read, and rows that are chosen."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.policy_lines import ROW, Index


class FindingRowsModel(QAbstractListModel):
    """Rows as they are handed over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Finding, ...] = ()

    def show_rows(self, rows: Iterable[Finding]) -> None:
        """Show these instead of the former."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> Finding:
        """The row at a place from 0; IndexError beyond the ends."""
        return self._rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (row.title, row.chip, row.detail) if part)
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups are read, not chosen."""
        flags = super().flags(index)
        group = index.isValid() and self._rows[index.row()].kind is FindingKind.GROUP
        return flags & ~Qt.ItemFlag.ItemIsSelectable if group else flags
