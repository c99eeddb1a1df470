"""Cases that are over their years, or held, as rows; a number tells nobody's health."""

from PySide6.QtCore import Qt

from ur_desk.desk.retention import Aged, Standing
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import day


class RetentionModel(RowsModel[Aged]):
    """What a keeper looks through before cases go."""

    def standing(self, row: Aged) -> str:
        """Why it stays, or that it may go."""
        return {Standing.DUE: self.tr("may go"), Standing.HELD: self.tr("held"), Standing.OPEN: self.tr("still open")}[row.standing]

    def words(self, row: Aged) -> str:
        """Its days, and the reason of its hold."""
        days = self.tr("Last event {0} · its years end {1}").format(day(row.last), day(row.since))
        return f"{days} · {row.hold}" if row.hold else days

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number, the spoken row, or the case itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.number}, {self.standing(row)}. {self.words(row)}"
        return row if role == ROW else None
