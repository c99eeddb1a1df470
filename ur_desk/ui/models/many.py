"""What became of many documents: what was refused and why first, then what is in the library, a few words a row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.policy_lines import ROW, Index
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.importing import Import


class ManyModel(QAbstractListModel):
    """The files of one import."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Finding, ...] = ()

    def show_import(self, told: "Import | None") -> None:
        """Show what became of these; None empties the model."""
        self.beginResetModel()
        self._rows = tuple(_rows(told)) if told else ()
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


def _rows(told: "Import") -> Iterator[Finding]:
    if told.refused:
        yield Finding(FindingKind.GROUP, _tr("Refused"), chip=str(len(told.refused)))
    for item in told.refused:
        yield Finding(FindingKind.FINDING, item.file.name, f"{item.message} {item.hint}".strip(), _tr("refused"), Tone.BAD)
    if told.loaded:
        yield Finding(FindingKind.GROUP, _tr("In the library"), chip=str(len(told.loaded)))
    for each in told.loaded:
        words, tone = (_tr("was there"), Tone.QUIET) if each.before else (_tr("new"), Tone.GOOD)
        yield Finding(FindingKind.FINDING, f"{each.policy}  {each.title}", each.file.name, words, tone, len(each.policy))


def _tr(words: str) -> str:
    return QCoreApplication.translate("many", words)
