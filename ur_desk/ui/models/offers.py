"""What the search for everything offers, as rows: commands, cases, policy lines, codes, under their headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.places import Place
from ur_desk.ui.tokens import Tone


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: a heading where `target` is None, else something to do or a place to go to."""

    title: str
    detail: str = ""
    chip: str = ""
    tone: Tone = Tone.QUIET
    key: str = ""
    target: QAction | Place | None = None


class OffersModel(RowsModel[Offer]):
    """Groups of offers, each under its heading; a group without offers is not shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[str, tuple[Offer, ...]] = {}

    def show_groups(self, groups: dict[str, Sequence[Offer]]) -> None:
        """Show these groups in their order instead of the former."""
        self._groups = {title: tuple(offers) for title, offers in groups.items()}
        self._compose()

    def show_group(self, title: str, offers: Iterable[Offer]) -> None:
        """Show another content under one heading."""
        self._groups[title] = tuple(offers)
        self._compose()

    def first(self) -> int | None:
        """Where the first row stands that can be chosen; None where there is none."""
        return next((i for i, row in enumerate(self._rows) if row.target is not None), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (row.title, row.detail, row.chip, row.key) if part)
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are read, not chosen."""
        heading = index.isValid() and self._rows[index.row()].target is None
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def _compose(self) -> None:
        shown = [(title, offers) for title, offers in self._groups.items() if offers]
        self.show_rows(row for title, offers in shown for row in (Offer(title), *offers))
