"""Backups as rows, the newest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt

from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import moment

if TYPE_CHECKING:
    from ur_desk.desk.keeping import Listed


class BackupsModel(RowsModel["Listed"]):
    """The automatic backups of the workspace, told in the zone of its days."""

    def __init__(self, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone

    def show_backups(self, backups: "Sequence[Listed]") -> None:
        """Show these."""
        self.show_rows(backups)

    def when(self, row: "Listed") -> str:
        """When a backup was made."""
        return moment(row.at, self._zone)

    def words(self, row: "Listed") -> str:
        """Its file, its size, and whether it lies in two places."""
        size = QLocale().formattedDataSize(row.size)
        return " · ".join(part for part in (row.name, size, self.tr("in the second folder too") if row.twice else "") if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """When it was made, the spoken row, or the backup itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.when(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.when(row)}. {self.words(row)}"
        return row if role == ROW else None
