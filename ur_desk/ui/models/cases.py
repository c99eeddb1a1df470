"""Cases as rows of a list: read page by page behind a key, read again when something changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from ur_desk.domain import zones
from ur_desk.domain.clock_read import ClockState
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import CaseId
from ur_desk.domain.listing import CaseFilter, CaseRow, News, Page, Shown
from ur_desk.domain.people import AccountId
from ur_desk.errors import UserError
from ur_desk.ui.due import Left, due_moment, left
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

PAGE = 100
DONE = frozenset({Workflow.NOTICED, Workflow.CLOSED})

_STATUS_TONES = {Workflow.RETURNED: Tone.ASK, Workflow.REOPENED: Tone.ASK, Workflow.DECIDED: Tone.ACCENT}
"""A state that waits for somebody to come back to it; all others are said quietly."""

_OUTCOME_TONES = {
    Determination.APPROVED: Tone.GOOD,
    Determination.PARTIAL: Tone.ASK,
    Determination.MODIFIED: Tone.ASK,
    Determination.DENIED: Tone.BAD,
}


@dataclass(frozen=True, slots=True)
class Read:
    """One page as read, with what its rows are shown by: the instant of reading and the names of the reviewers."""

    page: Page
    now: datetime
    names: Mapping[AccountId, str]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row of the list in words; `left` is None where nothing is due any more or no rule says when."""

    row: CaseRow
    due: str
    left: Left | None
    member: str
    born: str
    plan: str
    kind: str
    status: str
    status_tone: Tone
    outcome: str
    outcome_tone: Tone
    reviewer: str
    received: str
    decided: str

    @property
    def why_not(self) -> str:
        """Why there is no due instant, where there is none."""
        return "" if self.row.due_at else self.row.due_words

    @property
    def services(self) -> str:
        """The procedure codes, in the order of the request."""
        return ", ".join(self.row.codes)

    @property
    def diagnoses(self) -> str:
        """The diagnosis codes."""
        return ", ".join(self.row.diagnoses)


class CasesModel(QAbstractListModel):
    """The cases that a filter asks for; `ask` first, then rows come by pages as they are scrolled to."""

    counted = Signal(int)
    """How many cases match in all; told after each reading."""
    refused = Signal(object)
    """The UserError for which nothing could be read."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = CaseFilter()
        self._rows: list[CaseRow] = []
        self._lines: list[CaseLine] = []
        self._names: Mapping[AccountId, str] = {}
        self._now: datetime | None = None
        self._next: tuple[str, ...] | None = None
        self._asked = 0
        self._reading = False
        self._total = 0
        mask().changed.connect(self._word_again)

    @property
    def filter(self) -> CaseFilter:
        """What is listed."""
        return self._filter

    @property
    def total(self) -> int:
        """How many cases match in all, read or not."""
        return self._total

    def ask(self, asked: CaseFilter) -> None:
        """List what another filter asks for, from its beginning."""
        self._filter = asked
        self._read(None, PAGE)

    def read_again(self) -> None:
        """Read what is listed once more, as far as it was read; rows stay in place where nothing moved."""
        self._read(None, max(PAGE, len(self._rows)))

    def tick(self, now: datetime) -> None:
        """Tell what is left from another instant."""
        self._now = now
        self._word_again()

    def _word_again(self) -> None:
        self._lines = [self._line(row) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def line(self, place: int) -> CaseLine:
        """The row at a place from 0; IndexError beyond the ends."""
        return self._lines[place]

    def place_of(self, case: CaseId) -> int | None:
        """Where a case stands among the rows that were read."""
        return next((i for i, row in enumerate(self._rows) if row.id == case), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows read so far; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The case's number, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.row.number
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(line)
        return line if role == ROW else None

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether more rows lie behind the last one."""
        return not parent.isValid() and self._next is not None and not self._reading

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        """Read the next page."""
        if self.canFetchMore(parent):
            self._read(self._next, PAGE)

    def spoken(self, line: CaseLine) -> str:
        """What a screen reader says of a row."""
        due = self.tr("due {0}, {1}").format(line.due, line.left.words) if line.left else f"{line.due}. {line.why_not}".rstrip(". ")
        parts = [
            line.row.number,
            line.member,
            self.tr("born {0}").format(line.born) if line.row.birth_date and line.born else line.born,
            line.services,
            line.diagnoses,
            line.plan,
            line.kind,
            due,
            line.status,
            line.outcome,
        ]
        return ". ".join(part for part in parts if part)

    # reading ---------------------------------------------------------------------------------------------------------

    def _read(self, after: tuple[str, ...] | None, size: int) -> None:
        self._asked += 1
        self._reading = True
        call = partial(_page, asked=self._filter, after=after, size=size)
        self._session.read(call, self, partial(self._take, self._asked, after is not None), partial(self._refuse, self._asked))

    def _take(self, asked: int, more: bool, read: Read) -> None:
        if asked != self._asked:
            return  # another question has been asked since
        self._reading = False
        self._now, self._names = read.now, read.names
        self._next, self._total = read.page.next_key, read.page.total
        rows = list(read.page.rows)
        if more:
            self._append(rows)
        elif [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            self.tick(read.now)
        else:
            self.beginResetModel()
            self._rows, self._lines = rows, [self._line(row) for row in rows]
            self.endResetModel()
        self.counted.emit(self._total)

    def _append(self, rows: list[CaseRow]) -> None:
        known = {row.id for row in self._rows}
        fresh = [row for row in rows if row.id not in known]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self._lines += [self._line(row) for row in fresh]
            self.endInsertRows()

    def _refuse(self, asked: int, error: UserError) -> None:
        if asked == self._asked:
            self._reading = False
        self.refused.emit(error)

    # wording ---------------------------------------------------------------------------------------------------------

    def _line(self, row: CaseRow) -> CaseLine:
        fenced = row.shown is Shown.NUMBER
        plan = [phrase(row.line_of_business) if row.line_of_business else self.tr("Line of business unknown"), row.state or ""]
        kind = [
            phrase(row.follows) if row.follows else "",
            phrase(row.urgency) if row.urgency else self.tr("Urgency unknown"),
            phrase(row.timing) if row.timing else "",
        ]
        return CaseLine(
            row=row,
            due=self._due(row),
            left=self._left(row),
            member=self._member(row),
            born=self._born(row),
            plan="" if fenced else " · ".join(part for part in plan if part),
            kind="" if fenced else ", ".join(part for part in kind if part),
            status=self._status(row),
            status_tone=Tone.ASK if row.news is None and not _came_back(row) and self._asking(row) else _status_tone(row),
            outcome=phrase(row.determination) if row.determination else "",
            outcome_tone=_OUTCOME_TONES.get(row.determination, Tone.QUIET) if row.determination else Tone.QUIET,
            reviewer=self._names.get(row.reviewer, "") if row.reviewer else "",
            received=self._day_of(row.received_at),
            decided=self._day_of(row.decided_at),
        )

    def _member(self, row: CaseRow) -> str:
        """Name or initials, and that the case is restricted."""
        if row.shown is Shown.NUMBER:
            return self.tr("Restricted")
        told = ("" if mask().on else row.member) or row.member_initials or self.tr("Name unknown")
        return self.tr("{0} · restricted").format(told) if row.restricted else told

    def _born(self, row: CaseRow) -> str:
        """What tells people of one name apart, where the name is shown."""
        if row.shown is Shown.NUMBER:
            return self.tr("open to named people only")
        if row.shown is Shown.INITIALS or mask().on:
            return ""
        born = day(row.birth_date) if row.birth_date else self.tr("birth date unknown")
        return " · ".join(part for part in (born, row.member_id) if part)

    def _due(self, row: CaseRow) -> str:
        """The due instant; a pause, an extension and an outer limit are called by their names."""
        if row.due_at is None:
            limit = due_moment(row.outer_at, self._session.zone, brief=True) if row.outer_at else ""
            return self.tr("Limit {0}").format(limit) if limit else self.tr("No due date")
        return due_moment(row.due_at, self._session.zone)

    def _left(self, row: CaseRow) -> Left | None:
        """What is left, and what the clock does meanwhile; of an outer limit, that it is no due date."""
        if self._now is None or row.workflow in DONE:
            return None
        if row.due_at is None:
            if row.outer_at is None:
                return None
            told = left(row.outer_at, self._now)
            if told.overdue:
                return Left(self.tr("outer limit overdue, rule missing"), Tone.BAD)
            if self._asks_now(row):
                return Left(self.tr("rule missing, act now"), Tone.BAD)
            first = self._day_before(row, row.outer_at)
            return Left(self.tr("rule missing, act by {0}").format(first) if first else self.tr("outer limit, rule missing"), Tone.ASK)
        told = left(row.due_at, self._now)
        if told.overdue:
            return told
        if row.pause_until is not None and self._now <= row.pause_until:
            return Left(self.tr("paused, {0} to answer").format(left(row.pause_until, self._now).words), Tone.QUIET)
        if row.clock_state is ClockState.EXTENDED:
            return Left(self.tr("{0}, extended").format(told.words), told.tone)
        if self._asks_now(row):
            return Left(self.tr("{0}, act now").format(told.words), Tone.BAD)
        first = self._day_before(row, row.due_at)
        return Left(self.tr("{0}, act by {1}").format(told.words, first), told.tone) if first else told

    def _asks_now(self, row: CaseRow) -> bool:
        """Whether the instant by which the clock asks for something has passed."""
        return row.asks_at is not None and self._now is not None and row.asks_at <= self._now

    def _day_before(self, row: CaseRow, limit: datetime) -> str:
        """The day on which the clock asks for something before the limit, as lists sort by it; empty where it does not."""
        return self._day_of(row.asks_at) if row.asks_at is not None and row.asks_at < limit else ""

    def _status(self, row: CaseRow) -> str:
        if row.news is not None:
            return phrase(row.news)
        if _to_enter(row):
            return self.tr("To enter in claims")
        if _came_back(row):
            return self.tr("Information came")
        return self._asking(row) or phrase(row.workflow)

    def _asking(self, row: CaseRow) -> str:
        """What the missing information asks for by today; empty where it asks for nothing yet."""
        today = _today(self._now, self._session.zone)
        if row.answer_by and today and row.answer_by <= today:
            return self.tr("Last day to answer") if row.answer_by == today else self.tr("No answer by {0}").format(day(row.answer_by))
        return self.tr("Ask again") if row.chase_on and today and row.chase_on <= today else ""

    def _day_of(self, at: datetime | None) -> str:
        return day(at.astimezone(zones.zone(self._session.zone)).date()) if at else ""


def _today(now: datetime | None, zone: str) -> date | None:
    return now.astimezone(zones.zone(zone)).date() if now else None


def _status_tone(row: CaseRow) -> Tone:
    if row.news is not None:
        return Tone.ACCENT if row.news is News.INFORMATION else Tone.ASK
    if _to_enter(row):
        return Tone.ASK
    return Tone.ACCENT if _came_back(row) else _STATUS_TONES.get(row.workflow, Tone.QUIET)


def _to_enter(row: CaseRow) -> bool:
    """Whether nothing is left but the entry of what was approved in a claims system."""
    return row.to_enter > 0 and row.workflow in DONE


def _came_back(row: CaseRow) -> bool:
    """Whether what was asked for has come and nobody has looked at it yet."""
    return row.workflow is Workflow.REVIEW and row.returned_from_pend


def _page(desk: "Desk", asked: CaseFilter, after: tuple[str, ...] | None, size: int) -> Read:
    page = desk.supervision.cases(asked, after, size)
    return Read(page, desk.clock.now(), {account.id: account.display for account in desk.accounts.all()})
