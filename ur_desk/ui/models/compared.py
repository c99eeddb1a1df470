"""A request in full as rows, beside the one that it resembles: what differs is marked, whatever else is the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.intake.prior_words import told
from ur_desk.domain.request import Kind, Request
from ur_desk.ui.models.request_rows import RequestKind, RequestRow, rows_of
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.privacy import without_member


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A heading, or a fact of the request beside the same fact of the other one; `there` is None where nothing stands beside it."""

    label: str
    here: str = ""
    there: str | None = None
    heading: bool = False

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.there is not None and not self.heading and " ".join(self.here.split()) != " ".join(self.there.split())


class ComparedModel(RowsModel[ComparedRow]):
    """The facts of one request, alone or beside another."""

    def differences(self) -> int:
        """How many rows differ."""
        return sum(row.differs for row in self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Label and value, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\t".join(part for part in (row.label, row.here, row.there or "") if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return row if role == ROW else None


def _spoken(row: ComparedRow) -> str:
    if row.heading and row.there is not None:
        return _tr("{0}, beside {1}").format(row.here, row.there)
    if row.heading:
        return _tr("Group: {0}").format(row.label)
    if row.differs:
        nothing = _tr("nothing")
        return _tr("Differs. {0}. This: {1}. There: {2}").format(row.label, row.here or nothing, row.there or nothing)
    return f"{row.label}: {row.here}" if row.label else row.here


_PIECE = 2000
"""Letters of an endless paragraph of the record that stand in one row."""
Fact = tuple[str, str, str]
"""A group, what it is, and what is said of it."""


def compared(request: Request, words: Mapping[str, str], other: Request | None = None, number: str = "") -> Iterator[ComparedRow]:
    """The rows of a request, each beside what the other one, of the case of that number, says of the same.

    `words` are those of the diagnosis codes.
    """
    if other is not None:
        yield ComparedRow("", _tr("What came in"), number, heading=True)
    mine = list(_facts(request, words))
    if other is None:
        rows = [(group, ComparedRow(label, value)) for group, label, value in mine]
    else:
        rows = list(_beside(mine, list(_facts(other, words))))
    for group, facts in groupby(rows, key=lambda pair: pair[0]):
        yield ComparedRow(group, heading=True)
        yield from (row for _, row in facts)


def _beside(mine: list[Fact], theirs: list[Fact]) -> Iterator[tuple[str, ComparedRow]]:
    """Facts of the same group and name beside each other, in the order of the groups; what only the other has stands at the group's end."""
    left, right = _numbered(mine), _numbered(theirs)
    groups = dict.fromkeys(group for group, *_ in (*mine, *theirs))
    prior = _prior()
    for group in groups:
        keys = dict.fromkeys(key for key in (*left, *right) if key[0] == group)
        if group == prior:  # what a payer said before stands beside nothing
            yield from ((group, ComparedRow(key[1], left.get(key, right.get(key, "")))) for key in keys)
            continue
        for key in keys:
            yield group, ComparedRow(key[1], left.get(key, ""), right.get(key, ""))


def _numbered(facts: Iterable[Fact]) -> dict[tuple[str, str, int], str]:
    found: dict[tuple[str, str, int], str] = {}
    for group, label, value in facts:
        number = 0
        while (group, label, number) in found:
            number += 1
        found[group, label, number] = value
    return found


def _facts(request: Request, words: Mapping[str, str]) -> Iterator[Fact]:
    group = _tr("Request")
    yield from ((_prior() if request.kind is Kind.RESPONSE else group, name, said) for name, said in told(request))
    if request.kind:
        yield group, _tr("Kind"), request.kind.value
    if request.reference:
        yield group, _tr("Sender's id"), request.reference
    if request.traces:
        yield group, _tr("Sender's other ids"), ", ".join(request.traces)
    for row in rows_of(request, words, {}):
        if row.kind is RequestKind.HEADING:
            group = row.key
        elif row.kind is not RequestKind.RECORD:
            yield _fact(group, row)
    notes = without_member(request.clinical_notes or "", request.member)
    yield from ((_tr("From the record"), "", piece) for part in notes.splitlines() for piece in _pieces(" ".join(part.split())))


def _prior() -> str:
    return _tr("A payer's earlier response, no determination of this desk")


def _pieces(words: str) -> Iterator[str]:
    """A paragraph in pieces that a row can show."""
    yield from (words[start : start + _PIECE] for start in range(0, len(words), _PIECE))


def _fact(group: str, row: RequestRow) -> Fact:
    if row.kind is RequestKind.SERVICE:
        value = " · ".join(part for part in (row.key, row.value, row.aside) if part)
        return group, _tr("Line {0}").format(row.line), value
    if row.kind is RequestKind.DIAGNOSIS and row.key:
        return group, row.key, " · ".join(part for part in (row.value, row.aside) if part)
    return group, row.key, row.value if row.given else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("compared", words)
