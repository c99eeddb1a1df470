"""Many letters in one go: what is decided and not noticed, each letter by itself, none kept in memory, and a list of those that stay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ur_desk.desk.composing import NO_NAMES, Names
from ur_desk.desk.exports import check_place
from ur_desk.desk.paper import Manner
from ur_desk.desk.reads import shown
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import Changed, Done, gate
from ur_desk.domain.appeals.following import is_appeal
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.guard.fence import Read, check_reader, viewer
from ur_desk.domain.letter import Audience, LetterKind, kind_for, to_tell
from ur_desk.domain.letters.sending import letter_number, wants_large_print
from ur_desk.domain.listing import CaseFilter, CaseRow
from ur_desk.errors import Busy, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

PAGE = 50
"""Cases that are looked at in one step, so that screens stay alive."""
NO_CASES: Mapping[CaseId, Names] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case with lines of which nobody has notice: its row, those that one letter tells next, and the kind of that letter."""

    row: CaseRow
    lines: tuple[int, ...]
    kind: LetterKind

    @property
    def case(self) -> CaseId:
        """The id of the case."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Left:
    """A letter that was issued: of which case, and the file that was written of it; none where no folder was named, or `unwritten` says
    why it could not be written."""

    case: CaseId
    number: str
    letter: LetterId
    kind: str
    path: Path | None = None
    unwritten: str = ""


@dataclass(frozen=True, slots=True)
class Stayed:
    """A case of which no letter was issued, and why."""

    case: CaseId
    number: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class Batch:
    """What became of the cases so far; grows while the batch goes on, and stays as it is where that is called off."""

    total: int
    issued: list[Left] = field(default_factory=list)
    stayed: list[Stayed] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Cases that were dealt with; of each that left there are the letter and its copies."""
        return len({each.case for each in self.issued}) + len(self.stayed)

    @property
    def left(self) -> int:
        """Cases that were not reached."""
        return self.total - self.done


class Batches:
    """Finds the cases that wait for a letter, and issues their letters one after the other."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def waiting(self, asked: CaseFilter, kinds: Sequence[LetterKind] = ()) -> Steps[tuple[Waiting, ...]]:
        """The cases of the filter with lines that a letter tells, and those alone whose next letter is of one of the kinds, where any is named."""
        check_reader(self.desk.person, Read.PREVIEW)
        found: list[Waiting] = []
        after: tuple[str, ...] | None = None
        while True:
            told, after = yield from store(lambda: self._page(asked, after), "Looking for letters to write")  # noqa: B023 (run before the next page)
            found += [each for each in told if not kinds or each.kind in kinds]
            if after is None:
                return tuple(found)

    def _page(self, asked: CaseFilter, after: tuple[str, ...] | None) -> tuple[list[Waiting], tuple[str, ...] | None]:
        with self.desk.store.reading():
            person = viewer(self.desk.person, self.desk.clock.now())
            page = self.desk.store.cases.page(replace(asked, to_notice=True), after, PAGE, person, self.desk.zone)
            return [told for row in page.rows for told in self._waiting(row)], page.next_key

    def _waiting(self, row: CaseRow) -> Iterator[Waiting]:
        case = shown(self.desk, row.id)
        lines, on_appeal = to_tell(case), is_appeal(case)
        if lines:
            yield Waiting(row, lines, kind_for(map(case.line, lines), appeal=on_appeal))

    def issue(
        self, picked: Sequence[Waiting], told: Batch, out: Path | None = None, names: Mapping[CaseId, Names] = NO_CASES
    ) -> Steps[Done[Batch]]:
        """Issues the letter of each case that waits for one, in a transaction of its own, and writes it into the folder `out`.

        A case whose letter may not leave stays, with the reason, and stops no other. Each letter is in large print where the member asked
        for that, and calls services as `names` does for its case. Called off between two cases, what was issued stays issued and written, and the others are as they were. Where the
        workspace cannot be written to any more the rest is not tried: UserError.
        """
        gate(self.desk.person, "letter.issue")
        _check_folder(out)
        for number, each in enumerate(picked, start=1):
            words = f"Letter {number} of {told.total}"
            try:
                now = yield from store(lambda each=each: self.desk.only_reading() or self._ready(each, out), words)  # type: ignore[misc]
                if not isinstance(now, UserError):
                    yield from self.desk.letters.issue(
                        each.case,
                        now.revision,
                        names=names.get(each.case, NO_NAMES),
                        how=Manner(large_print=wants_large_print(now.current_request.member)),
                        leaving=partial(self._left_now, told, len(now.letters), out),
                    )
            except Busy:
                raise
            except UserError as refused:
                told.stayed.append(Stayed(each.case, each.row.number, refused.message, refused.hint))
                continue
            if isinstance(now, UserError):
                raise now
        return Done(told, frozenset({Changed.CASES}))

    def _ready(self, waiting: Waiting, out: Path | None) -> Case:
        """The case as it stands, once its letter's file could be written."""
        now = shown(self.desk, waiting.case)
        if not to_tell(now):
            raise UserError("Nobody waits for notice of this case any more.", "Its letter was issued meanwhile, or the decision undone.")
        for place, _ in enumerate(Audience, start=len(now.letters) + 1):
            _check_free(out, now, place)
        return now

    def _left_now(self, told: Batch, before: int, out: Path | None, done: Case) -> None:
        told.issued.extend(self._written(done, before, out))

    def _written(self, done: Case, before: int, out: Path | None) -> Iterator[Left]:
        """The letter that has just left and its copy, written where that was asked for: they stay issued where that fails."""
        for place, issued in enumerate(done.letters[before:], start=before + 1):
            if out is None:
                yield _left(done, issued)
                continue
            path = out / f"{letter_number(done, place)}.pdf"
            try:
                self.desk.letters.save(issued.id, path)
            except UserError as wrong:
                yield _left(done, issued, unwritten=wrong.message)
            else:
                yield _left(done, issued, path)


def _check_free(out: Path | None, case: Case, place: int) -> None:
    """UserError where the file of the letter of that place lies there already, or could not be written."""
    if out is None:
        return
    path = out / f"{letter_number(case, place)}.pdf"
    if path.exists():
        raise UserError(f"{path.name} lies in the folder already.", "Choose another folder. Nothing was issued.")
    check_place(path)


def _left(case: Case, issued: Issued, path: Path | None = None, unwritten: str = "") -> Left:
    return Left(case.id, case.number, issued.id, issued.kind, path, unwritten)


def _check_folder(out: Path | None) -> None:
    if out is not None and not out.is_dir():
        raise UserError(f"{out.name or out} is no folder.", "Choose a folder that is there. Nothing was issued.")
