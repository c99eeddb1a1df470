"""What every flat list of rows has in common."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The role under which a row's own value is handed out."""


class RowsModel(QAbstractListModel, Generic[Row]):
    """Holds rows that come and go as a whole; a kind of it says what is shown and spoken of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these instead of the former."""
        made = tuple(rows)
        self.beginResetModel()
        self._rows = made
        self.endResetModel()

    def row(self, place: int) -> Row:
        """The row at a place from 0; IndexError beyond the ends."""
        return self._rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)
