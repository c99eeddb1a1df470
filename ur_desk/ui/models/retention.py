"""Cases that are over their years, or held, as rows; a number tells nobody's health."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ur_desk.desk.retention import Aged, Standing
from ur_desk.ui.models.policy_lines import ROW, Index
from ur_desk.ui.phrases import day


class RetentionModel(QAbstractListModel):
    """What a keeper looks through before cases go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Aged, ...] = ()

    def show_rows(self, rows: Sequence[Aged]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> Aged:
        """The case at a place from 0; IndexError beyond the ends."""
        return self._rows[place]

    def standing(self, row: Aged) -> str:
        """Why it stays, or that it may go."""
        return {Standing.DUE: self.tr("may go"), Standing.HELD: self.tr("held"), Standing.OPEN: self.tr("still open")}[row.standing]

    def words(self, row: Aged) -> str:
        """Its days, and the reason of its hold."""
        days = self.tr("Last event {0} · its years end {1}").format(day(row.last), day(row.since))
        return f"{days} · {row.hold}" if row.hold else days

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The cases; none below one."""
        return 0 if parent.isValid() else len(self._rows)

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
