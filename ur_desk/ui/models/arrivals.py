"""Files that came in as rows: each request with what became of it or what it resembles, each problem, each policy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ur_desk.domain.events import Use
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.arriving import Choice, Likeness, is_message
from ur_desk.domain.policy import Policy, Severity
from ur_desk.domain.visible import without_ssn
from ur_desk.errors import UserError
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.paper import paper_row
from ur_desk.ui.models.policies import since
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import day, moment, phrase
from ur_desk.ui.privacy import mask, named, private
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow
    from ur_desk.desk.importing import Refused

Key = tuple[str, int]
"""A request by the file that it came in and its place in it from 1; a policy, or paper, has the place 0."""


@dataclass(slots=True)
class Outcome:
    """What this sitting knows besides: which requests were refused and why, and what became of policies, in words and their tone.

    `anew` holds the files whose text the library holds already and of which another draft may be begun.
    """

    refused: dict[Key, UserError] = field(default_factory=dict)
    policies: dict[str, tuple[str, str, Tone]] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)

    def shelve(self, told: Mapping[str, tuple[str, str, Tone]], anew: set[str]) -> None:
        """Learn what became of policies, by the id of their file, and of which of them another draft may be begun."""
        self.policies.update(told)
        self.anew = (self.anew - told.keys()) | anew


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A row, and what it is of: a request, a file, a problem, paper, or a file that could not be read."""

    finding: Finding
    file: "Brought | None" = None
    item: "Item | None" = None
    problem: Problem | None = None
    refused: "Refused | None" = None
    run: str = ""
    paper: "Brought | None" = None

    @property
    def key(self) -> Key | None:
        """The request, or the paper, that it is of."""
        return (self.item.file, self.item.place) if self.item else (self.paper.id, 0) if self.paper else None


class ArrivalsModel(RowsModel[ArrivalRow]):
    """The files of one run with their content; or the runs that are kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Run, Outcome, str] | None = None
        mask().changed.connect(self._name_again)

    def _name_again(self) -> None:
        if self._shown:
            self.show_run(*self._shown)

    def show_run(self, run: "Run | None", outcome: Outcome, zone: str) -> None:
        """Show the files of a run, and what became of what was in them; nothing where there is none."""
        self._shown = (run, outcome, zone) if run is not None else None
        self.show_rows(_run_rows(run, outcome, zone) if run is not None else ())

    def show_runs(self, runs: "Sequence[RunRow]", zone: str) -> None:
        """Show the reports that are kept."""
        self._shown = None
        self.show_rows(_runs_rows(runs, zone))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken row, or what a row shows under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()].finding
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (row.title, row.chip, row.detail) if part)
        return row if role == ROW else None

    def place_of(self, key: Key | None) -> int | None:
        """Where a request stands; None where it does not."""
        return next((place for place, row in enumerate(self._rows) if key is not None and row.key == key), None)

    def asks(self, place: int) -> bool:
        """Whether somebody should look at what stands at a place: a request that waits or came again, or paper to be keyed."""
        row = self._rows[place]
        return (row.item is not None and row.item.asks) or (row.paper is not None and row.paper.to_key)

    def next_waiting(self, behind: int) -> int | None:
        """The next row behind a place at which somebody should look, round and round; None where there is none."""
        waiting = [place for place in range(len(self._rows)) if self.asks(place)]
        return next((place for place in waiting if place > behind), waiting[0] if waiting else None)

    def first(self) -> int:
        """The row to begin with: the first request that waits, else the first that says something."""
        waiting = self.next_waiting(-1)
        return waiting if waiting is not None else min(1, max(len(self._rows) - 1, 0))


def waiting_policies(run: "Run | None", outcome: Outcome) -> "list[Brought]":
    """The files with a policy that was not tried yet; what may be paper all the same is none before somebody says so."""
    if run is None:
        return []
    return [file for file in run.files if file.policy is not None and file.paper is None and file.id not in outcome.policies]


def summary(run: "Run") -> str:
    """How much of what came in."""
    items = list(run.items)
    bad = sum(len(file.errors) for file in run.files) + len(run.refused)
    counts: Mapping[str, int] = {
        "request": len(items),
        "wait": len(run.waiting) if len(run.waiting) < len(items) else 0,
        "paper": len(run.to_key),
        "policy": sum(file.policy is not None and file.paper is None for file in run.files),
        "problem": bad,
    }
    words = {
        "request": (_tr("1 good request"), _tr("{0} good requests")),
        "wait": (_tr("1 waits"), _tr("{0} wait")),
        "paper": (_tr("1 paper to key"), _tr("{0} papers to key")),
        "policy": (_tr("1 policy"), _tr("{0} policies")),
        "problem": (_tr("1 problem"), _tr("{0} problems")),
    }
    parts = [words[kind][0] if count == 1 else words[kind][1].format(count) for kind, count in counts.items() if count]
    return ", ".join(parts) or _tr("Nothing to use")


_ASKED_ONCE = "missing-receipt"
"""What the row of the request says already, and what is asked once a file."""


def _run_rows(run: "Run", outcome: Outcome, zone: str) -> Iterator[ArrivalRow]:
    for each in run.refused:
        yield ArrivalRow(Finding(FindingKind.GROUP, each.file.name), refused=each)
        yield ArrivalRow(Finding(FindingKind.FINDING, each.message, each.hint, _tr("not read"), Tone.BAD), refused=each)
    for file in run.files:
        yield ArrivalRow(_file_row(file, zone), file)
        if file.paper is not None:
            yield ArrivalRow(paper_row(file, outcome.policies.get(file.id)), file, paper=file)
        elif file.policy is not None:
            yield ArrivalRow(_policy_row(file, file.policy, outcome), file)
        for item in file.items:
            yield ArrivalRow(_item_row(item, outcome.refused.get((item.file, item.place))), file, item)
        for problem in file.problems:
            if problem.code != _ASKED_ONCE:
                yield ArrivalRow(_problem_row(problem), file, problem=problem)
    if run.skipped:
        yield ArrivalRow(Finding(FindingKind.GROUP, _tr("Not read"), chip=str(len(run.skipped))))
    for left in run.skipped:
        yield ArrivalRow(Finding(FindingKind.FINDING, left.file.name, left.why, _tr("skipped"), Tone.QUIET))


def _runs_rows(runs: "Sequence[RunRow]", zone: str) -> Iterator[ArrivalRow]:
    if runs:
        yield ArrivalRow(Finding(FindingKind.GROUP, _tr("What came in earlier"), chip=str(len(runs))))
    for run in runs:
        words = (_tr("1 waits") if run.waiting == 1 else _tr("{0} wait").format(run.waiting)) if run.waiting else _tr("done")
        counts = _tr("{0} requests in {1} files").format(run.requests, run.files)
        tone = Tone.ASK if run.waiting else Tone.QUIET
        yield ArrivalRow(Finding(FindingKind.FINDING, f"{moment(run.at, zone)} · {run.by}", counts, words, tone), run=run.id)


def _file_row(file: "Brought", zone: str) -> Finding:
    before = ""
    if file.before:
        before = " · " + _tr("came in before, on {0}, brought by {1}").format(moment(file.before[0], zone), file.before[1])
    return Finding(FindingKind.GROUP, f"{file.path.name}{before}", chip=str(len(file.items)) if len(file.items) > 1 else "")


def _problem_row(problem: Problem) -> Finding:
    words, tone = (_tr("problem"), Tone.BAD) if problem.severity is Severity.ERROR else (_tr("note"), Tone.QUIET)
    return Finding(FindingKind.FINDING, without_ssn(problem.message), problem.where, words, tone)


def _policy_row(file: "Brought", policy: Policy, outcome: Outcome) -> Finding:
    told = _tr("{0} lines, {1} code entries, {2} findings").format(len(policy.text.lines), len(policy.codes), len(policy.findings))
    chip, detail, tone = outcome.policies.get(file.id, (_tr("policy"), "", Tone.ACCENT))
    return Finding(
        FindingKind.FINDING, f"{policy.id}  {policy.title}", detail or f"{since(policy.version)} · {told}", chip, tone, len(policy.id)
    )


def _item_row(item: "Item", refused: UserError | None) -> Finding:
    request = item.request
    parts = (named(request.member.listed_name) or _tr("name unknown"), private(request.member.member_id or ""))
    member = " · ".join(part for part in parts if part)
    message = is_message(request.kind)
    services = without_ssn(", ".join(s.code or s.description or ("" if message else _tr("no code")) for s in request.services))
    # a message is about an earlier request, which has the days
    first = day(request.first_day) if request.first_day else "" if message else _tr("Nobody has said the day of service")
    kind = request.kind.value if message and request.kind else ""
    chip, tone, why = _state(item, refused)
    about = " · ".join(part for part in (kind, services, first) if part)
    return Finding(FindingKind.FINDING, member, f"{about}\n{why}" if why else about, chip, tone)


def _state(item: "Item", refused: UserError | None) -> tuple[str, Tone, str]:
    """The chip of a request, its tone, and a line that says more."""
    if item.became:
        return became_words(item.became), Tone.GOOD, ""
    if item.here:
        number = case_words(item.resembles[0])
        if item.asks:
            return _tr("already here"), Tone.ACCENT, _tr("It came again, and is here already: {0}. There is nothing to do.").format(number)
        return _tr("already here"), Tone.QUIET, _tr("It is here already: {0}.").format(number)
    if refused is not None:
        return _tr("refused"), Tone.BAD, f"{refused.message} {refused.hint}".strip()
    if item.lost:
        return _tr("no case known"), Tone.BAD, _lost(item)
    if item.resembles:
        like = item.resembles[0]
        return _tr("another member") if like.another else _LIKE_CHIPS[like.likeness](), Tone.ASK, alike(like)
    if item.twin:
        file, place, _ = item.twin
        return _tr("as another"), Tone.ASK, _tr("It resembles request {0} of {1}, which waits too.").format(place, file)
    if item.request.decision is not None:
        return _tr("no case known"), Tone.ASK, _lost(item)
    if item.request.received_at is None:
        return _tr("receipt unknown"), Tone.ASK, _tr("Nobody has said when it was received. You are asked before a case is opened.")
    return _tr("good"), Tone.GOOD, ""


def _lost(item: "Item") -> str:
    """That no case is known for a message, with the numbers that it names."""
    told = ", ".join(item.request.decision.answers if item.request.decision else ()) or item.request.reference
    if not told:
        return _tr("It is about an earlier request and names none. Name the case that it belongs to.")
    return _tr("It is about the earlier request {0}, and no case here is known by that number. Name the case that it belongs to.").format(
        told
    )


def became_words(became: "Resembling") -> str:
    """What became of a request, in a few words with the number of the case."""
    number = case_words(became)
    if became.use == "opened":
        left = became.case is not None and became.case.news is not None and became.case.news.value == "tell_sender"
        return _tr("{0}, left out").format(number) if left else number
    return _tr("again, {0}").format(number) if became.use == Use.AGAIN.value else _tr("for {0}").format(number)


def case_words(found: "Resembling") -> str:
    """The number of a case, or that it is closed to whoever looks."""
    return found.case.number if found.case else _tr("a case open to named people only")


def alike(found: "Resembling") -> str:
    """How a request resembles a case, and how that one stands."""
    words = {
        Likeness.HERE: _tr("The same sender's id and content as {0}"),
        Likeness.CONTENT: _tr("The same content as {0}, without the sender's id"),
        Likeness.NAMED: _tr("It is about {0}"),
        Likeness.REFERENCE: _tr("The same sender's id as {0}, other content"),
        Likeness.SERVICE: _tr("The same member, code and days as {0}"),
    }
    named = _tr("It names {0}, and that case is another member's") if found.another else words[found.likeness]
    told = named.format(case_words(found))
    if found.case is None:
        return told
    state = [phrase(found.case.workflow), *([phrase(found.case.determination)] if found.case.determination else [])]
    return f"{told} ({', '.join(state)})"


_LIKE_CHIPS = {
    Likeness.HERE: lambda: _tr("already here"),
    Likeness.CONTENT: lambda: _tr("same content"),
    Likeness.NAMED: lambda: _tr("message"),
    Likeness.REFERENCE: lambda: _tr("same id"),
    Likeness.SERVICE: lambda: _tr("looks alike"),
}


def choice_words(choice: Choice, message: bool) -> str:
    """What a choice is called; `message` says that it is about a message, which is attached as what it is."""
    words = {
        Choice.NOTHING: _tr("Already here, nothing to do"),
        Choice.NEW: _tr("New case"),
        Choice.AGAIN: _tr("Same again"),
        Choice.INFORMATION: _tr("Attach the message") if message else _tr("More information"),
        Choice.APPEAL: _tr("Appeal…"),
        Choice.REOPENING: _tr("Reopening…"),
        Choice.LEAVE_OUT: _tr("Leave out…"),
    }
    return words[choice]


def _tr(words: str) -> str:
    return QCoreApplication.translate("arrivals", words)
