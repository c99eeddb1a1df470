"""Files that came in, and what is in them: requests, problems, policies, as rows that say what became of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Policy, Severity
from ur_desk.domain.request import Request
from ur_desk.errors import Known, UserError
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.policies import since
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import day
from ur_desk.ui.privacy import mask, named, private
from ur_desk.ui.tokens import Tone


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as read: its requests and problems, or a policy, or why it could not be read. `data` are its bytes."""

    file: Path
    data: bytes = b""
    requests: tuple[Request, ...] = ()
    problems: tuple[Problem, ...] = ()
    policy: Policy | None = None
    refused: UserError | None = None

    @property
    def clean(self) -> bool:
        """Whether it is one request about which there is nothing to mend first."""
        return len(self.requests) == 1 and not any(problem.severity is Severity.ERROR for problem in self.problems)


Key = tuple[Path, int]
"""A request by its file and its place in it from 0; a policy has the place -1."""


@dataclass(slots=True)
class Outcome:
    """What became of what was opened: numbers of cases, or why not; `notes` is what to look at next, where there is something.

    `known` is what the library says of a text that stands there already.
    """

    done: dict[Key, str] = field(default_factory=dict)
    notes: dict[Key, str] = field(default_factory=dict)
    known: dict[Key, Known] = field(default_factory=dict)
    refused: dict[Key, UserError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    finding: Finding
    arrival: Arrival


class ArrivalsModel(QAbstractListModel):
    """The files with their content."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()
        self._shown: tuple[Sequence[Arrival], Outcome] = ((), Outcome())
        mask().changed.connect(self._name_again)

    def _name_again(self) -> None:
        self.show_arrivals(*self._shown)

    def show_arrivals(self, arrivals: Sequence[Arrival], outcome: Outcome) -> None:
        """Show these files, and what became of what was in them."""
        self._shown = arrivals, outcome
        self.beginResetModel()
        self._rows = tuple(_Row(row, arrival) for arrival in arrivals for row in _rows(arrival, outcome))
        self.endResetModel()

    def arrival(self, place: int) -> Arrival:
        """The file of which the row at a place tells."""
        return self._rows[place].arrival

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()].finding
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (row.title, row.chip, row.detail) if part)
        return row if role == ROW else None


def waiting(arrivals: Sequence[Arrival], outcome: Outcome) -> tuple[Key, ...]:
    """The requests that could become cases and have not been tried yet."""
    tried = {*outcome.done, *outcome.refused}
    return tuple(key for a in arrivals for i in range(len(a.requests)) if (key := (a.file, i)) not in tried)


def waiting_policies(arrivals: Sequence[Arrival], outcome: Outcome) -> tuple[Key, ...]:
    """The policies that are not in the library yet and have not been tried."""
    tried = {*outcome.done, *outcome.refused, *outcome.known}
    return tuple((a.file, -1) for a in arrivals if a.policy is not None and (a.file, -1) not in tried)


def summary(arrivals: Sequence[Arrival]) -> str:
    """How much of what came in."""
    counts: Mapping[str, int] = {
        "request": sum(len(a.requests) for a in arrivals),
        "policy": sum(a.policy is not None for a in arrivals),
        "problem": sum(sum(p.severity is Severity.ERROR for p in a.problems) + (a.refused is not None) for a in arrivals),
    }
    words = {
        "request": (_tr("1 good request"), _tr("{0} good requests")),
        "policy": (_tr("1 policy"), _tr("{0} policies")),
        "problem": (_tr("1 problem"), _tr("{0} problems")),
    }
    parts = [words[kind][0] if count == 1 else words[kind][1].format(count) for kind, count in counts.items() if count]
    return ", ".join(parts) or _tr("Nothing to use")


def _rows(arrival: Arrival, outcome: Outcome) -> Iterator[Finding]:
    yield Finding(FindingKind.GROUP, f"{arrival.file.name}: {summary([arrival])}")
    if arrival.refused is not None:
        yield Finding(FindingKind.FINDING, arrival.refused.message, arrival.refused.hint, _tr("not read"), Tone.BAD)
    if arrival.policy is not None:
        yield _with_outcome(_policy_row(arrival.policy), (arrival.file, -1), outcome)
    for place, request in enumerate(arrival.requests):
        yield _with_outcome(_request_row(request), (arrival.file, place), outcome)
    for problem in arrival.problems:
        words, tone = (_tr("problem"), Tone.BAD) if problem.severity is Severity.ERROR else (_tr("note"), Tone.QUIET)
        yield Finding(FindingKind.FINDING, problem.message, problem.where, words, tone)


def _request_row(request: Request) -> Finding:
    member = " · ".join(
        part for part in (named(request.member.listed_name) or _tr("name unknown"), private(request.member.member_id or "")) if part
    )
    services = ", ".join(s.code or s.description or _tr("no code") for s in request.services)
    first = day(request.first_day) if request.first_day else _tr("day of service unknown")
    return Finding(FindingKind.FINDING, member, f"{services} · {first}", _tr("good"), Tone.GOOD)


def _policy_row(policy: Policy) -> Finding:
    told = _tr("{0} lines, {1} code entries, {2} findings").format(len(policy.text.lines), len(policy.codes), len(policy.findings))
    return Finding(
        FindingKind.FINDING, f"{policy.id}  {policy.title}", f"{since(policy.version)} · {told}", _tr("policy"), Tone.ACCENT, len(policy.id)
    )


def _with_outcome(row: Finding, key: Key, outcome: Outcome) -> Finding:
    if key in outcome.done:
        return Finding(row.kind, row.title, outcome.notes.get(key, row.detail), outcome.done[key], Tone.GOOD, row.strong)
    if key in outcome.known:
        return Finding(row.kind, row.title, str(outcome.known[key]), _tr("there already"), Tone.QUIET, row.strong)
    if key in outcome.refused:
        error = outcome.refused[key]
        return Finding(row.kind, row.title, f"{error.message} {error.hint}".strip(), _tr("refused"), Tone.BAD, row.strong)
    return row


def _tr(words: str) -> str:
    return QCoreApplication.translate("arrivals", words)
