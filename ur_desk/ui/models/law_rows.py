"""Rows of law, and what clocks ask for, as rows of a list."""

from PySide6.QtCore import Qt

from ur_desk.desk.clock_rows import ListedRow
from ur_desk.desk.clocks import CaseTask
from ur_desk.desk.law_rows import LawRow
from ur_desk.domain.clocks.rules import Consequence, Silence
from ur_desk.domain.clocks.tasks import TaskKind
from ur_desk.domain.decisions.signing import SigningRule, lines_words
from ur_desk.ui.due import due_moment
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone

Shown = ListedRow | CaseTask | SigningRule
"""A row of the law, or something that a clock asks for."""


def law_of(row: Shown) -> LawRow | None:
    """The row of law that is shown; None for what a clock asks for."""
    return row.row if isinstance(row, ListedRow) else row if isinstance(row, SigningRule) else None


class LawRowsModel(RowsModel[Shown]):
    """Words for all kinds of rows; tasks are told on the clocks of `zone`."""

    zone = "UTC"

    def title(self, row: Shown) -> str:
        """What stands first."""
        if isinstance(row, CaseTask):
            return f"{row.number} · {row.task.words}"
        told = row.row if isinstance(row, ListedRow) else row
        if isinstance(told, Silence):
            return self.tr("{0} · no clock of its own in {1}").format(told.id, ", ".join(sorted(told.states)))
        return f"{told.id} · {told.name}"

    def words(self, row: Shown) -> str:
        """What it counts or whom it binds, since when, and where it is written; of a task by when, and which row asks."""
        if isinstance(row, CaseTask):
            words = self.tr("was due {0}") if row.task.kind is TaskKind.LATE else self.tr("by {0}")
            by = words.format(due_moment(row.task.due_at, self.zone)) if row.task.due_at else ""
            return " · ".join(part for part in (by, row.task.row) if part)
        if isinstance(row, SigningRule):
            says = f"{', '.join(sorted(row.states))} · {lines_words(row)}"
        else:
            says = "" if isinstance(row.row, Silence | Consequence) else f"{row.row.amount} {row.row.unit.value.replace('_', ' ')}"
        told = row.row if isinstance(row, ListedRow) else row
        own = self.tr("own file {0}").format(row.file) if isinstance(row, ListedRow) and row.file else ""
        return " · ".join(part for part in (says, self._span(told), own, told.source) if part)

    def _span(self, told: LawRow) -> str:
        since = self.tr("from {0}").format(day(told.from_day)) if told.from_day else ""
        until = self.tr("to {0}").format(day(told.to_day)) if told.to_day else ""
        return " ".join(part for part in (since, until) if part)

    def facts(self, row: Shown) -> tuple[str, ...]:
        """Everything about where a row of law comes from, a sentence each; nothing of a task."""
        told = law_of(row)
        if told is None:
            return ()
        seen = told.verified
        by = self.tr("Verified by {0} on {1}.").format(seen.by, day(seen.on)) if seen else self.tr("Nobody has verified it.")
        return tuple(
            words.format(value)
            for words, value in (
                (self.tr("Source: {0}."), told.source),
                ("{0}", by),
                (self.tr("Copy that was read, not the official text: {0}."), told.seen),
                (self.tr("Still to compare: {0}"), told.note),
            )
            if value
        )

    def mark(self, row: Shown) -> tuple[str, Tone]:
        """When it was verified, or that it was not; of a task whether it is missed."""
        told = law_of(row)
        if isinstance(row, CaseTask) or told is None:
            late = isinstance(row, CaseTask) and row.task.kind is TaskKind.LATE
            return (self.tr("missed"), Tone.BAD) if late else (self.tr("to do"), Tone.ASK)
        seen = told.verified
        return (self.tr("verified {0}").format(day(seen.on)), Tone.GOOD) if seen else (self.tr("not verified"), Tone.ASK)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            told = law_of(row)
            by = told.verified.by if told and told.verified else ""
            return ". ".join(part for part in (self.title(row), self.mark(row)[0], by, self.words(row)) if part)
        return row if role == ROW else None
