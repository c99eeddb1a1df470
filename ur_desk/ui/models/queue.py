"""What waits for a physician as rows: when it is due, whose it is, what the nurse wrote and asks, and why it may be another's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.events import CaseId
from ur_desk.domain.independence import BAR_WORDS
from ur_desk.domain.people import AccountId
from ur_desk.ui.due import due_moment, left
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import runs
from ur_desk.ui.privacy import named, without_member
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.signing import Waiting


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case that waits, in words; `why_not` says why the person may not decide it, `chip` that a peer-to-peer is open."""

    case: CaseId
    due: str
    left: str
    tone: Tone
    head: str
    summary: str
    question: str
    why_not: str
    chip: str


class QueueModel(RowsModel[QueueRow]):
    """What waits for a physician, what is due soonest first."""

    def show_waiting(self, waiting: "Iterable[Waiting]", names: Mapping[AccountId, str], zone: str, now: datetime) -> None:
        """Show what waits, as read at an instant."""
        self.show_rows(_row(each, names, zone, now) for each in waiting)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row as one spoken run of words, or the row itself under ROW."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row = self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(part for part in (row.head, row.due, row.left, row.chip, row.summary, row.question, row.why_not) if part)
        return row if role == ROW else None


def _tr(words: str) -> str:
    return QCoreApplication.translate("QueueModel", words)


def _row(waiting: "Waiting", names: Mapping[AccountId, str], zone: str, now: datetime) -> QueueRow:
    row, member = waiting.row, waiting.member
    remaining = left(row.due_at, now) if row.due_at else None
    who = names.get(waiting.referred_by, "") if waiting.referred_by else ""
    asks = _tr("{0} asks: {1}").format(who or _tr("The nurse"), without_member(waiting.question, member)) if waiting.question else ""
    why_not = BAR_WORDS[waiting.bar] if waiting.bar else ""
    if waiting.prepared:
        why_not = _tr("You opened or referred it: another physician decides what is adverse.")
    parts = (row.number, named(row.member) if row.member else row.member_initials, _tr("line {0}").format(runs(waiting.lines)))
    return QueueRow(
        row.id,
        due_moment(row.due_at, zone) if row.due_at else _tr("no due date"),
        remaining.words if remaining else row.due_words,
        remaining.tone if remaining else Tone.ASK,
        " · ".join((*parts, ", ".join(waiting.codes))),
        without_member(waiting.summary, member),
        asks,
        why_not,
        _tr("peer-to-peer open") if waiting.peer_to_peer else "",
    )
