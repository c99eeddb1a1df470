"""Letters that are still to leave: what stayed and why, what is to be sent, and what is to be written, a few words a row."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from ur_desk.domain.delivery import WhyOwed
from ur_desk.domain.events import CaseId
from ur_desk.domain.listing import CaseRow
from ur_desk.ui.due import due_moment
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.pages.letter_state import kind_words
from ur_desk.ui.pages.post_words import party_words, why_owed
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.batch import Batch, Waiting
    from ur_desk.desk.post import StillOwed


class PostModel(FindingRowsModel):
    """The rows of the post; each leads to its case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: list[CaseId | None] = []

    def show_post(
        self,
        waiting: "Sequence[Waiting]",
        owed: "Sequence[StillOwed]",
        told: "Batch | None" = None,
        named: frozenset[CaseId] = frozenset(),
        zone: str = "UTC",
    ) -> None:
        """Show what waits, due in `zone`, and what became of the last batch; of the cases `named` somebody typed what services are called."""
        rows = [*_stayed(told), *_owed(owed), *_to_write(waiting, named, zone)]
        self._cases = [case for case, _ in rows]
        self.show_rows(row for _, row in rows)

    def case_at(self, place: int) -> CaseId | None:
        """The case of a row; None for a group."""
        return self._cases[place] if 0 <= place < len(self._cases) else None


Rows = Iterator[tuple[CaseId | None, Finding]]


def _stayed(told: "Batch | None") -> Rows:
    stayed = told.stayed if told else []
    unwritten = [each for each in told.issued if each.unwritten] if told else []
    if stayed or unwritten:
        yield None, Finding(FindingKind.GROUP, _tr("Stayed"), chip=str(len(stayed) + len(unwritten)))
    for each in stayed:
        words = f"{each.message} {each.hint}".strip()
        yield each.case, Finding(FindingKind.FINDING, each.number, words, _tr("stays"), Tone.BAD, len(each.number))
    for left in unwritten:
        words = _tr("It IS issued, but its file was not written: {0}").format(left.unwritten)
        yield left.case, Finding(FindingKind.FINDING, left.number, words, _tr("no file"), Tone.ASK, len(left.number))


def _owed(owed: "Sequence[StillOwed]") -> Rows:
    if owed:
        yield None, Finding(FindingKind.GROUP, _tr("Issued, and not sent"), chip=str(len(owed)))
    for each in owed:
        told = _tr("{0} of {1} · {2}: {3}").format(
            kind_words(each.letter.kind), day(each.letter.dated), party_words(each.party), why_owed(WhyOwed(each.why))
        )
        again = WhyOwed(each.why) in (WhyOwed.CAME_BACK, WhyOwed.WRONG_HANDS)
        today = _tr("send it again") if again else _tr("leaves today")
        chip, tone = (_tr("needs a new letter"), Tone.BAD) if each.late else (today, Tone.ASK)
        yield each.case, Finding(FindingKind.FINDING, each.letter_number, told, chip, tone, len(each.letter_number))


def _to_write(waiting: "Sequence[Waiting]", named: frozenset[CaseId], zone: str) -> Rows:
    if waiting:
        yield None, Finding(FindingKind.GROUP, _tr("Decided, and no letter yet"), chip=str(len(waiting)))
    for each in waiting:
        told = f"{kind_words(each.kind.value)} · {_due(each.row, zone)}"
        if each.case in named:
            told = _tr("{0} · services called as you named them").format(told)
        yield each.case, Finding(FindingKind.FINDING, each.row.number, told, _tr("to write"), Tone.QUIET, len(each.row.number))


def _due(row: CaseRow, zone: str) -> str:
    """By when notice is due, in few words; which rule says so is told in the case."""
    if row.due_at is not None:
        return _tr("due {0}").format(due_moment(row.due_at, zone))
    return _tr("no due date; limit {0}").format(due_moment(row.outer_at, zone)) if row.outer_at else _tr("no due date")


def _tr(words: str) -> str:
    return QCoreApplication.translate("post", words)
