"""The meanings that a column may be given, as rows of a list."""

from PySide6.QtCore import Qt

from ur_desk.ui.models.field_words import Offer
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.tokens import Tone


class FieldOffers(RowsModel[Offer]):
    """Says of each meaning which column has it already."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the spoken row, or what is drawn under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        detail = self.tr("now filled by “{0}”").format(row.taken) if row.taken else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}. {detail}" if detail else row.words
        return Finding(FindingKind.FINDING, row.words, detail, tone=Tone.QUIET) if role == ROW else None
