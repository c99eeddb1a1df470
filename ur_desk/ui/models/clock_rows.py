"""Rows of the clock rules, and what clocks ask for, as rows of a list."""

from PySide6.QtCore import Qt

from ur_desk.desk.clock_rows import ListedRow
from ur_desk.desk.clocks import CaseTask
from ur_desk.domain.clock_tasks import TaskKind
from ur_desk.domain.clocks import Consequence, Silence
from ur_desk.ui.due import due_moment
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone

Shown = ListedRow | CaseTask
"""A row of the law, or something that a clock asks for."""


class ClockRowsModel(RowsModel[Shown]):
    """Words for both kinds of rows; tasks are told on the clocks of `zone`."""

    zone = "UTC"

    def title(self, row: Shown) -> str:
        """What stands first."""
        if isinstance(row, CaseTask):
            return f"{row.number} · {row.task.words}"
        told = row.row
        if isinstance(told, Silence):
            return self.tr("{0} · no clock of its own in {1}").format(told.id, ", ".join(sorted(told.states)))
        return f"{told.id} · {told.name}"

    def words(self, row: Shown) -> str:
        """What it counts, since when, and where it is written; of a task by when, and which row asks."""
        if isinstance(row, CaseTask):
            words = self.tr("was due {0}") if row.task.kind is TaskKind.LATE else self.tr("by {0}")
            by = words.format(due_moment(row.task.due_at, self.zone)) if row.task.due_at else ""
            return " · ".join(part for part in (by, row.task.row) if part)
        told = row.row
        count = "" if isinstance(told, Silence | Consequence) else f"{told.amount} {told.unit.value.replace('_', ' ')}"
        since = self.tr("from {0}").format(day(told.from_day)) if told.from_day else ""
        until = self.tr("to {0}").format(day(told.to_day)) if told.to_day else ""
        own = self.tr("own file {0}").format(row.file) if row.file else ""
        return " · ".join(part for part in (count, " ".join(p for p in (since, until) if p), own, told.source) if part)

    def mark(self, row: Shown) -> tuple[str, Tone]:
        """By whom and when it was verified, or that it was not; of a task whether it is missed."""
        if isinstance(row, CaseTask):
            late = row.task.kind is TaskKind.LATE
            return (self.tr("missed"), Tone.BAD) if late else (self.tr("to do"), Tone.ASK)
        seen = row.row.verified
        return (self.tr("verified {0}").format(day(seen.on)), Tone.GOOD) if seen else (self.tr("not verified"), Tone.ASK)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            by = row.row.verified.by if isinstance(row, ListedRow) and row.row.verified else ""
            return ". ".join(part for part in (self.title(row), self.mark(row)[0], by, self.words(row)) if part)
        return row if role == ROW else None
