"""Rows of findings in a flat list: groups that are read, and rows that are chosen."""

from PySide6.QtCore import Qt

from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.rows import ROW, Index, RowsModel


class FindingRowsModel(RowsModel[Finding]):
    """Rows as they are handed over."""

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
