"""What a field of the entry form offers while one types: as many rows as there are hits, each told when it comes into sight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ur_desk.ui.models.rows import ROW, Index


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: what the field takes, what stands beside it, a mark where it is not simply good, and what else it carries."""

    value: str
    words: str = ""
    mark: str = ""
    carries: object = None

    @property
    def spoken(self) -> str:
        """The row as one reads it aloud."""
        return ", ".join(part for part in (self.value, self.words, self.mark) if part)


class OffersModel(QAbstractListModel):
    """Rows of hits; `told` makes the offer of one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[Any] = ()
        self._told: Callable[[Any], Offer] = lambda hit: hit

    def show_hits(self, hits: Sequence[Any], told: Callable[[Any], Offer]) -> None:
        """Offer these instead of the former."""
        self.beginResetModel()
        self._hits, self._told = hits, told
        self.endResetModel()

    def offer(self, place: int) -> Offer:
        """The offer of a place from 0; IndexError beyond the ends."""
        return self._told(self._hits[place])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The hits; none below one."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The spoken row, the value that is taken, or the offer itself under ROW."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.offer(index.row()).spoken
        if role == Qt.ItemDataRole.EditRole:
            return self.offer(index.row()).value
        return self.offer(index.row()) if role == ROW else None
