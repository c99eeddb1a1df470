"""What the door asks of the desk: to look at files, to carry out what was chosen, and to say what stands beside a request."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.case import Case
from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.request import Request
from ur_desk.errors import Busy, Known, UserError
from ur_desk.ui.models.version_rows import arrived_words
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.importing import Skipped
    from ur_desk.desk.steps import Steps
    from ur_desk.desk.verbs import Done
    from ur_desk.ui.models.arrivals import ArrivalsModel

    Key = tuple[str, int]


_UNSURE = frozenset({"columns-guessed", "columns-unsure", "several-senders", "not-requests", "wrong-schema"})
"""What the readers of tables and of other JSON say of columns that nobody has given their meaning."""
_FEW = 5
"""Cases that are named one by one."""


@dataclass(slots=True)
class Opening:
    """Cases that are being opened one after the other: how many there are, which were opened, and which requests were refused and why."""

    total: int
    numbers: list[str] = field(default_factory=list)
    refused: "dict[Key, UserError]" = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Requests that were tried."""
        return len(self.numbers) + len(self.refused)

    def words(self) -> str:
        """What was saved: the numbers of the cases while they are few, else how many there are."""
        if not self.numbers:
            return _tr("Nothing was saved")
        if len(self.numbers) <= _FEW:
            return _tr("Saved: {0}").format(", ".join(self.numbers))
        return _tr("{0} cases were opened: {1} to {2}").format(len(self.numbers), self.numbers[0], self.numbers[-1])


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a request: the case that it resembles, where whoever looks may read it, and the words of all diagnosis codes."""

    case: Case | None
    words: dict[str, str]
    why_not: str = ""


def open_all(desk: "Desk", items: "Sequence[Item]", told: Opening) -> "Steps[Done[Opening]]":
    """Opens a case for each of these, in a transaction of its own; one that is refused stops no other."""
    from ur_desk.desk.choosing import Chosen
    from ur_desk.desk.verbs import Changed, Done

    for item in items:
        try:
            done = yield from desk.choosing.carry_out(item, Chosen(Choice.NEW))
            told.numbers.append(done.value.number)
        except Busy:
            raise
        except UserError as refused:
            told.refused[item.file, item.place] = refused
    return Done(told, frozenset({Changed.CASES, Changed.DRAFTS}))


def beside(desk: "Desk", request: Request, found: "Resembling | None") -> Beside:
    """The case that a request resembles, and the words of the codes of both."""
    case, why_not = None, ""
    if found is not None and found.case is not None:
        try:
            case = desk.review.case(found.case.id)
        except UserError as refused:
            why_not = refused.message
    codes = {d.code for told in (request, case.request if case else None) if told for d in told.diagnoses}
    return Beside(case, {code: desk.tables.codeset.description(code) or "" for code in sorted(codes)}, why_not)


def newest(desk: "Desk", ref: str) -> "Run | None":
    """The report of that name; without one the newest in which something waits. None where there is none."""
    if ref:
        return desk.arrivals.report(ref)
    waiting = next((row.id for row in desk.arrivals.runs() if row.waiting), None)
    return desk.arrivals.report(waiting) if waiting else None


def runs(desk: "Desk") -> "tuple[RunRow, ...]":
    """The reports that are kept."""
    return desk.arrivals.runs()


def single_file(run: "Run | None", chosen: "Item | None") -> Path | None:
    """The file of the chosen request, else the first one where none is chosen, of those that hold one request alone which waits."""
    files = [file for file in run.files if len(file.items) == 1 and file.items[0].waits] if run else []
    fitting = [file for file in files if chosen is None or file.id == chosen.file]
    return fitting[0].path if fitting else None


def unsure_file(run: "Run | None", model: "ArrivalsModel", place: int) -> Path | None:
    """The file of the row at a place, where its columns were read by a guess or not read for want of one; of a run of one file that
    file, whatever the row."""
    if run is None or not 0 <= place < model.rowCount():
        return None
    row = model.row(place)
    ids = {row.item.file if row.item else row.file.id if row.file else ""}
    told = [file for file in run.files if file.id in ids or len(run.files) == 1]
    return next((file.path for file in told if any(problem.code in _UNSURE for problem in file.problems)), None)


def is_clean(run: "Run") -> bool:
    """Whether it is one request about which there is nothing to mend or to ask first; columns that were guessed are looked at."""
    items = list(run.items)
    alone = len(items) == 1 and items[0].alone and items[0].request.decision is None
    unsure = any(problem.code in _UNSURE for file in run.files for problem in file.problems)
    return alone and not unsure and not any(file.errors for file in run.files) and not run.refused


def begin(desk: "Desk", files: Sequence[Path], skipped: "tuple[Skipped, ...]") -> "tuple[Run, tuple[Path, ...]]":
    """A run over these files, beside which some lay that are not read."""
    run, found = desk.arrivals.begin(files)
    run.skipped += skipped
    return run, found


def look_at(desk: "Desk", run: "Run", files: Sequence[Path]) -> "Steps[Done[Run]]":
    """Reads the files into the run, those without a request as policies too."""
    return desk.arrivals.look(run, files, policies=True)


@dataclass(slots=True)
class Shelving:
    """What became of policies: in words and their tone by the id of the file, which of them the library holds already and may begin
    another draft of, and the ids of the policies that came in, one a text."""

    told: dict[str, tuple[str, str, Tone]] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)
    policies: list[str] = field(default_factory=list)

    def words(self) -> str:
        """What was saved: each policy, with how many texts of it where there are several."""
        told = [name if n == 1 else _tr("{0} ({1} texts)").format(name, n) for name, n in Counter(self.policies).items()]
        return _tr("Saved: {0}").format(", ".join(told)) if told else _tr("Nothing was saved")


def load_policies(desk: "Desk", files: "Sequence[Brought]", anew: bool = False) -> "Steps[Done[Shelving]]":
    """Reads each policy into the library, with `anew` also beside a reading that is confirmed; one that is refused stops no other."""
    from ur_desk.desk.verbs import Changed, Done

    found = Shelving()
    for file in files:
        try:
            found.told[file.id] = (_tr("new draft"), (yield from _load(desk, file.path, anew, found.policies)), Tone.GOOD)
        except Busy:
            raise
        except Known as there:
            found.told[file.id] = (_tr("there already"), str(there), Tone.QUIET)
            if there.anew:
                found.anew.add(file.id)
        except UserError as refused:
            found.told[file.id] = (_tr("refused"), f"{refused.message} {refused.hint}".strip(), Tone.BAD)
    return Done(found, frozenset({Changed.LIBRARY}) if found.policies else frozenset())


def _load(desk: "Desk", path: Path, anew: bool, loaded: list[str]) -> "Steps[str]":
    """Reads one policy into the library and notes that it came in; what stands beside it, in words."""
    from ur_desk.desk.importing import read_bytes
    from ur_desk.desk.steps import work

    data = yield from work(lambda: read_bytes(path), _tr("Reading {0}").format(path.name))
    done = yield from desk.library.load(data, path.name, anew=anew, came_from=path)
    loaded.append(done.value.policy.id)
    beside = yield from desk.versions.arrived([done.value.policy.text.sha256])
    return "".join(map(arrived_words, beside.values()))


def _tr(words: str) -> str:
    return QCoreApplication.translate("arrivals", words)
