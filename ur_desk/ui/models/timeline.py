"""What happened to a case, step by step, as rows: when, who, what, and which steps were taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.overdue import overdue_words
from ur_desk.domain.decisions.binding import binding_words
from ur_desk.domain.guard.access import LOOKED
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.request import Member
from ur_desk.domain.sentences import sentence
from ur_desk.domain.telling import tell
from ur_desk.ui.models.attention_words import attention_words, names_of
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import moment
from ur_desk.ui.privacy import without_member

if TYPE_CHECKING:
    from ur_desk.desk.supervision import Told

People = Mapping[AccountId, Account]
NOBODY: People = {}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One step: the instant in the workspace's zone, who, a sentence, what was said with it, and who took it back when."""

    when: str
    who: str
    sentence: str
    detail: str
    undone: str = ""
    quiet: bool = False
    """Whether the program did it by itself, or somebody only looked."""
    look: bool = False
    """Whether somebody only looked."""


class TimelineModel(RowsModel[TimelineRow]):
    """The steps of one case, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[TimelineRow, ...] = ()
        self._looks = False

    def show_steps(self, steps: "Sequence[Told]", zone: str, people: People = NOBODY, member: Member | None = None) -> None:
        """Show the steps of a case about a member, told in a zone; `people` may be named in them. None empties the model."""
        rows = rows_of(steps, zone, people)
        self._told = tuple(_unnamed(row, member) for row in rows) if member else tuple(rows)
        self._narrow()

    def show_looks(self, wanted: bool) -> None:
        """Show those who only looked among the steps, or leave them out."""
        self._looks = wanted
        self._narrow()

    @property
    def looks(self) -> int:
        """How often somebody only looked, shown or not."""
        return sum(row.look for row in self._told)

    def _narrow(self) -> None:
        self.show_rows(row for row in self._told if self._looks or not row.look)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row as one run of words for copying, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (f"{row.when}. {row.who} {row.sentence}", row.detail, row.undone) if part)
        return row if role == ROW else None


def _unnamed(row: TimelineRow, member: Member) -> TimelineRow:
    """The row without the member's names under the mask."""
    sentence, detail, undone = (without_member(told, member) for told in (row.sentence, row.detail, row.undone))
    return replace(row, sentence=sentence, detail=detail, undone=undone)


def rows_of(steps: "Sequence[Told]", zone: str, people: People = NOBODY) -> Iterator[TimelineRow]:
    """The rows of a case's steps."""
    by_event = {step.event.id: step for step in steps}
    names = {account.id: account.display for account in people.values()}
    names |= {step.event.by: step.person.display for step in steps if step.person}
    texts = names_of(steps)
    undoing = {step.event.body.event: step for step in steps if isinstance(step.event.body, ev.Undone)}
    for step in steps:
        body = step.event.body
        back = undoing.get(step.event.id)
        undone = _tr("Taken back by {0}, {1}").format(_who(back), moment(back.head.at, zone)) if back else ""
        detail = "\n".join(part for part in (detail_of(body), attention_words(body, texts, zone)) if part)
        if isinstance(body, ev.Undone) and body.event in by_event:
            detail = _tr("It was: {0}").format(tell(by_event[body.event].event.body))
        if not step.attested:
            detail = "\n".join(part for part in (_tr("[time not attested]"), detail) if part)
        look = step.head.verb in LOOKED
        quiet = look or isinstance(body, ev.Matched | ev.ClockRead | ev.RecordOpened)
        yield TimelineRow(moment(step.head.at, zone), _who(step), sentence(body, names), detail, undone, quiet, look)


def _who(step: "Told") -> str:
    return step.person.signature if step.person else _tr("Somebody unknown")


@singledispatch
def detail_of(body: object) -> str:
    """What was said with a step beyond its sentence; empty where nothing was."""
    return ""


@detail_of.register
def _(body: ev.Determined) -> str:
    decision = body.decision
    signature = decision.signature
    parts = [decision.reason.words, _said(_tr("Rationale: {0}"), decision.rationale), _said(_tr("Clarified: {0}"), decision.clarification)]
    parts += [_said(_tr("Alternatives: {0}"), decision.alternatives), _said(_tr("Attested: {0}"), signature.no_conflict)]
    parts += [_said(_tr("Same or similar specialty: {0}"), signature.similar)]
    parts += [overdue_words(each) for each in decision.overdue] + [binding_words(each) for each in decision.approvals]
    parts += [_said(_tr("Why that approval is left: {0}"), decision.despite)]
    return "\n".join(part for part in parts if part)


@detail_of.register
def _(body: ev.InformationRequested) -> str:
    return "\n".join(part for part in (body.why, _said(_tr("The physician had asked: {0}"), body.question)) if part)


@detail_of.register
def _(body: ev.Referred) -> str:
    return "\n".join(part for part in (body.summary, _said(_tr("Question: {0}"), body.question)) if part)


@detail_of.register
def _(body: ev.LetterIssued) -> str:
    copies = _said(_tr("Copies to {0}."), ", ".join(body.copies))
    sha = _tr("Its bytes have the SHA-256 {0}…").format(body.pdf[:16])
    return " ".join(part for part in (_tr("To {0}.").format(body.recipient), copies, sha) if part)


def _said(form: str, words: str) -> str:
    return form.format(words) if words.strip() else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("timeline", words)
