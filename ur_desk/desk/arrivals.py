"""The door: request files looked at one by one, what in them resembles what is here, and what of it still waits for a person.

What was read lies in a table of its own until it is put away, and is no record: nobody has decided about it. What became of each
request is not noted there but read from the cases, so that a report says the truth also after a crash in the middle.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.alike import ORDER, Seen, Shelves, There, became_of, keys_of, shelves_of
from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow, Sorted
from ur_desk.desk.door_paper import Seeming, pages_of, seeming
from ur_desk.desk.file_kinds import is_document, is_policy, may_be_policy
from ur_desk.desk.importing import NOTHING_OF_IT, Refused, files_in, read_bytes
from ur_desk.desk.intake import OPENERS
from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Changed, Done, gate
from ur_desk.domain.events import CaseId
from ur_desk.domain.findings import Extracted
from ur_desk.domain.guard.access import FileCameIn
from ur_desk.domain.guard.fence import Read, viewer
from ur_desk.domain.intake.arriving import Likeness, Traits, another_member, is_message, likeness, traits_of
from ur_desk.domain.intake.mapping import Mapping
from ur_desk.domain.intake.receipt import Receipt, with_receipt
from ur_desk.domain.intake.receiving import check_told
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Request
from ur_desk.errors import Busy, Resembles, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.arrivals import Waiting
    from ur_desk.store.papers import Paper

KEPT_DAYS = 30
"""A report of which nothing waits any more is put away by itself after so many days."""
Extract = Callable[[bytes, str], Extracted]
"""Reads the bytes of a file of that name."""


class Arrivals:
    """Looks at what comes in, says what it resembles, and keeps it until somebody has decided."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def begin(self, places: Sequence[Path]) -> tuple[Run, tuple[Path, ...]]:
        """A run over the files in these places, and the files; nothing is read yet."""
        files, skipped = files_in(places)
        return Run(self.desk.new_id(), len(files), self.desk.clock.now(), self.desk.person.id, skipped), files

    def sort(self, places: Sequence[Path]) -> Steps[Sorted]:
        """The files in these places, told apart: what may hold requests, with paper that has no text, and documents to be read as policies."""
        files, skipped = files_in(places)
        documents: list[Path] = []
        unsure = 0
        for number, file in enumerate(files, start=1):
            words = f"Looking at file {number} of {len(files)}"
            what = yield from work(lambda file=file: seeming(file), words)  # type: ignore[misc]
            documents += [file] if what is not Seeming.OTHER else []
            unsure += what is Seeming.UNSURE
        other = set(documents)
        return Sorted(tuple(file for file in files if file not in other), tuple(documents), skipped, unsure)

    def look(self, run: Run, files: Iterable[Path], *, policies: bool = False, how: Mapping | None = None) -> Steps[Done[Run]]:
        """Reads file after file into the run, each kept in a transaction of its own; a bad one stops no other.

        Called off between two files, what was read stays. Paper, of which nothing is read, waits for somebody to key it. With `policies`
        a file without a request is read as a policy document too; such a file is not kept, and who loads policies but opens no case may
        bring these alone. `how` says what the columns of a table mean; without it, what is known of the senders does.
        """
        opens = self.desk.person.has(*OPENERS)
        gate(self.desk.person, "policy.load" if policies and not opens else "case.open")
        before, extract = yield from store(lambda: self._prepare(how), "Looking for earlier files")
        for number, path in enumerate(files, start=1):
            words = f"File {number} of {run.total}"
            try:
                read, data, told = yield from work(lambda path=path: self._read(path, extract, policies), words)  # type: ignore[misc]
                if not opens and read.unsure:
                    read = replace(read, paper=None, unsure=False)
                if not opens and (read.items or read.paper):
                    what = "is paper to be keyed" if read.paper else "holds requests"
                    raise UserError(f"{path.name} {what}, and you open no cases.", f"Intake or a nurse brings it in. {NOTHING_OF_IT}")
                if opens and (read.policy is None or read.paper is not None):
                    yield from store(lambda: self._keep(run, read, data, told), words)  # noqa: B023 (run before the next one is read)
            except Busy:
                raise
            except UserError as refused:
                run.refused.append(Refused(path, refused.message, refused.hint))
                continue
            run.files.append(replace(read, before=before.get(read.sha256)))
        run.files[:] = yield from store(lambda: self._judged(run.files), "Looking for what resembles them")
        return Done(run, frozenset({Changed.DRAFTS}))

    def _read(self, path: Path, extract: Extract, policies: bool) -> tuple[Brought, bytes, bytes]:
        """The file as read, its bytes, and what was read of it as bytes, where that is kept."""
        from ur_desk.records.arrivals import paper_bytes, read_bytes_of

        data = read_bytes(path)
        sha = Sha256(hashlib.sha256(data).hexdigest())
        file = Brought(self.desk.new_id(), path, sha, self.desk.clock.now(), saved=_saved(path))
        pages = pages_of(data, path, self.desk.tables.codeset)
        if pages is not None and pages.paper is not None:
            unsure = pages.policy is not None
            file = replace(file, paper=pages.paper, unsure=unsure, policy=pages.policy)
            return file, data, paper_bytes(pages.paper, unsure)
        if pages is not None:
            if policies:
                return replace(file, policy=pages.policy), data, b""
            extracted = Extracted((), (is_policy(path.name),))
        else:
            extracted = extract(data, path.name)
        file = replace(file, items=tuple(_items(path, sha, extracted)), problems=extracted.problems, made=extracted.made)
        if pages is None and policies and not extracted.requests and may_be_policy(data):
            try:
                return replace(file, policy=self.desk.library.read(data, path.name), problems=()), data, b""
            except UserError as refused:
                if is_document(data):
                    raise UserError(refused.message, f"{refused.hint} {NOTHING_OF_IT}") from refused
        return replace(file, items=tuple(replace(item, file=file.id) for item in file.items)), data, read_bytes_of(extracted)

    def _keep(self, run: Run, file: Brought, data: bytes, told: bytes) -> None:
        from ur_desk.store.arrivals import Waiting

        with self.desk.store.atomic():
            place = len(run.files)
            self.desk.store.arrivals.keep(
                Waiting(file.id, run.id, place, self.desk.person.id, file.at, str(file.path), file.sha256, told, file.saved), data
            )

    def _prepare(self, how: Mapping | None) -> tuple[dict[str, tuple[datetime, str]], Extract]:
        """When which bytes came in before and who brought them, and how files are read, by what is known of the senders now."""
        self._put_old_away()
        return self._came_in(), partial(self.desk.intake.extract, how=how, senders=self.desk.senders.known())

    def _came_in(self) -> dict[str, tuple[datetime, str]]:
        """When which bytes came in first, and who brought them."""
        people = {account.id: account.display for account in self.desk.store.accounts.all()}
        found: dict[str, tuple[datetime, str]] = {}
        for event in self.desk.store.ledger.of_verbs(("access.file-came-in",)):
            if isinstance(event.body, FileCameIn):
                found.setdefault(event.body.sha256, (event.at, people.get(event.by, event.by)))
        return found

    def _put_old_away(self) -> None:
        last = self.desk.clock.now() - timedelta(days=KEPT_DAYS)
        for name in self.desk.store.arrivals.runs():
            run = self._run(name)
            if run.at < last and not run.waiting and not run.to_key:
                with self.desk.store.atomic():
                    self.desk.store.arrivals.drop(name)

    # reports that are kept ------------------------------------------------------------------------------------------------

    @reads(Read.ARRIVALS)
    def runs(self) -> tuple[RunRow, ...]:
        """Every report that is kept, the newest first."""
        people = {account.id: account.display for account in self.desk.store.accounts.all()}
        told = [self._run(name) for name in self.desk.store.arrivals.runs()]
        return tuple(
            RunRow(
                run.id, run.at, people.get(run.by, run.by), len(run.files), sum(1 for _ in run.items), len(run.waiting) + len(run.to_key)
            )
            for run in told
        )

    @reads(Read.ARRIVALS)
    def report(self, run: str) -> Run:
        """A report as it stands now: what became of each request, and what still waits; UserError where it was put away."""
        return self._run(run)

    @reads(Read.ARRIVALS)
    def judged(self, files: Sequence[Brought]) -> tuple[Brought, ...]:
        """The same files, with what their requests resemble now and what became of them, and of paper."""
        return tuple(self._judged(files))

    def forget(self, run: str) -> None:
        """Puts a report away; what waited in it is not kept here any more."""
        gate(self.desk.person, "case.open")
        with self.desk.store.atomic():
            self.desk.store.arrivals.drop(run)

    def read_anew(self, file: str) -> Steps[Done[Brought]]:
        """Reads a file that is kept once more, in its place in its report, by what is known of the senders now.

        What was decided about its requests stays decided; UserError where it was put away, and for paper.
        """
        gate(self.desk.person, "case.open")
        from ur_desk.records.arrivals import paper_from, read_bytes_of

        kept, data = yield from store(lambda: self._kept(file), "Looking for the file")
        if kept is None or data is None:
            raise UserError("That file was put away meanwhile.", "Bring it again. Nothing was changed.")
        if paper_from(kept.told)[0] is not None:
            raise UserError("That is paper, from which no request is read.", "Key one beside it. Nothing was changed.")
        senders = yield from store(self.desk.senders.known, "Looking for its sender")
        name = Path(kept.path).name
        read = yield from work(lambda: self.desk.intake.extract(data, name, senders=senders), "Reading it anew")
        told = read_bytes_of(read)
        return (yield from store(lambda: self._kept_anew(replace(kept, told=told)), "Keeping what was read"))

    def _kept(self, file: str) -> tuple["Waiting | None", bytes | None]:
        return self.desk.store.arrivals.file(file), self.desk.store.arrivals.data(file)

    def _kept_anew(self, row: "Waiting") -> Done[Brought]:
        with self.desk.store.atomic():
            self.desk.store.arrivals.read_anew(row.id, row.told)
        (file,) = self._judged([self._brought(row, self._came_in())])
        return Done(file, frozenset({Changed.DRAFTS}))

    def receive(self, told: dict[str, Receipt]) -> None:
        """Keeps when files were received, as somebody says it: for all their requests that do not tell it themselves.

        A receipt without an instant says that their cases may be opened without one. UserError where one cannot be, and nothing is kept.
        """
        from ur_desk.records.arrivals import receipt_bytes

        gate(self.desk.person, "case.open")
        now = self.desk.clock.now()
        checked = {file: receipt_bytes(check_told(receipt, now)) for file, receipt in told.items()}
        with self.desk.store.atomic():
            for file, data in checked.items():
                self.desk.store.arrivals.receive(file, data)

    def look_at(self, item: Item) -> None:
        """Keeps that somebody looked at a request that is here already, and that nothing has to be done about it."""
        gate(self.desk.person, "case.open")
        with self.desk.store.atomic():
            self.desk.store.arrivals.look_at(item.file, item.place)

    def _run(self, name: str) -> Run:
        with self.desk.store.reading():
            waiting = tuple(self.desk.store.arrivals.of(name))
            if not waiting:
                raise UserError("That report was put away.", "What was saved of it stands in the worklist.")
            came = self._came_in()
            run = Run(name, len(waiting), waiting[0].at, waiting[0].account)
            run.files[:] = self._judged([self._brought(row, came) for row in waiting])
        return run

    def _brought(self, row: "Waiting", came: dict[str, tuple[datetime, str]]) -> Brought:
        """A file as it is kept, not judged yet."""
        from ur_desk.records.arrivals import paper_from, read_from

        read, path = read_from(row.told), Path(row.path)
        items = tuple(replace(item, file=row.id) for item in _items(path, row.sha256, read))
        before = came.get(row.sha256)
        earlier = before if before and before[0] < row.at else None
        paper, unsure = paper_from(row.told)
        return Brought(
            row.id, path, row.sha256, row.at, items, read.problems, earlier,
            saved=row.saved, made=read.made, paper=paper, unsure=unsure,
        )  # fmt: skip

    # what resembles what --------------------------------------------------------------------------------------------------

    @reads(Read.ARRIVALS)
    def resembling(self, request: Request) -> tuple[Resembling, ...]:
        """The cases that a request resembles, the strongest likeness first."""
        return self._resembling(request)

    def _resembling(self, request: Request) -> tuple[Resembling, ...]:
        traits = traits_of(request, _content(request))
        papers = self.desk.store.papers.akin([traits])
        return self._of(traits, papers, self._there(papers))

    @reads(Read.ARRIVALS)
    def named(self, number: str, request: Request) -> Resembling:
        """A case that a person names as the one that a request is about; UserError where there is none, or it is closed to them."""
        found = self.desk.store.cases.find(number.strip())
        row = self.viewed([found]).get(found) if found else None
        if row is None:
            raise UserError("There is no case of that number that is open to you.", "Look it up in the worklist. Nothing was changed.")
        another = another_member(traits_of(request, ""), self.desk.store.papers.first([row.id])[row.id])
        return Resembling(Likeness.NAMED, row.received_at or self.desk.clock.now(), row, "", another)

    def check_not_here(self, request: Request, seen: frozenset[str] | None = None) -> None:
        """Resembles where the very same request is here, or, with `seen`, where it resembles a case whose mark is not among these.

        Asked inside of the transaction that opens a case, so that two imports side by side open one.
        """
        for each in self._resembling(request):
            where = each.case.number if each.case else "a case that is open to named people only"
            if each.likeness is Likeness.HERE:
                raise Resembles(f"This request is here already: {where}.", "The same request is never saved twice. Nothing was saved.")
            if seen is not None and each.mark not in seen:
                raise Resembles(f"It resembles {where}.", "Look at both, and say what it is. Nothing was saved.")

    def _there(self, papers: Sequence["Paper"]) -> There:
        """The cases of these papers: the rows of those that whoever asks may see, and what each was opened with."""
        cases = sorted({paper.case for paper in papers})
        return There(self.viewed(cases), self.desk.store.papers.first(cases))

    def viewed(self, cases: Sequence[CaseId]) -> dict[CaseId, CaseRow]:
        """The rows of those of the cases that are open to whoever sits here, by their ids."""
        return self.desk.store.cases.rows(cases, viewer(self.desk.person, self.desk.clock.now()))

    def _of(self, traits: Traits, papers: Iterable["Paper"], there: There, file: Brought | None = None) -> tuple[Resembling, ...]:
        """The strongest likeness of each case, the strongest first, of two the newer; the same words out of the same bytes, brought
        earlier, are the same request."""
        found: dict[CaseId, Resembling] = {}
        for paper in papers:
            earlier = file is not None and paper.source == file.sha256 and paper.at < file.at
            same = earlier and paper.traits.content == traits.content
            like = Likeness.HERE if same else likeness(traits, paper.traits, paper.known_as)
            if like is not None and (paper.case not in found or ORDER[like] < ORDER[found[paper.case].likeness]):
                row = there.rows.get(paper.case)
                another = row is not None and another_member(traits, there.first[paper.case])
                found[paper.case] = Resembling(like, paper.at, row, paper.use, another)
        newest = sorted(found.values(), key=lambda each: each.at, reverse=True)
        return tuple(sorted(newest, key=lambda each: ORDER[each.likeness]))

    def _judged(self, files: Sequence[Brought]) -> list[Brought]:
        files = self._as_said(self.desk.paper.where_laid(files))
        traits = [item.traits for file in files for item in file.items]
        with self.desk.store.reading():
            papers = self.desk.store.papers.akin(traits) if traits else ()
            there = self._there(papers)
        shelves, seen = shelves_of(papers), Seen()
        return [replace(file, items=tuple(self._judge(item, file, shelves, there, seen) for item in file.items)) for file in files]

    def _as_said(self, files: Sequence[Brought]) -> list[Brought]:
        """The files with what was said of them since they were read."""
        from ur_desk.records.arrivals import receipt_from

        said = self.desk.store.arrivals.said()
        told: list[Brought] = []
        for file in files:
            data, seen = said.get(file.id, (None, frozenset[int]()))
            receipt = receipt_from(data) if data is not None else None
            items = (replace(item, request=_received(item, receipt), seen=item.place in seen) for item in file.items)
            told.append(replace(file, receipt=receipt, items=tuple(items)))
        return told

    def _judge(self, item: Item, file: Brought, shelves: Shelves, there: There, seen: Seen) -> Item:
        """A request with what it resembles and what became of it since its file was brought."""
        akin = {id(paper): paper for key in keys_of(item.traits) for paper in shelves[key]}.values()
        became = became_of(item, akin, file.at)
        told = Resembling(Likeness.HERE, became.at, there.rows.get(became.case), became.use) if became else None
        twin = None if told else seen.twin(item.traits)
        judged = replace(item, resembles=self._of(item.traits, akin, there, file), became=told, twin=twin)
        if judged.waits and not is_message(item.request.kind):
            seen.add(judged, item.traits)
        return judged


def _items(path: Path, sha: Sha256, extracted: Extracted) -> Iterator[Item]:
    counts: Counter[str] = Counter()
    for place, request in enumerate(extracted.requests, start=1):
        content = _content(request)
        bare = request.received_at is None
        yield Item("", place, request, path, sha, traits_of(request, content), counts[content], bare=bare)
        counts[content] += 1


def _received(item: Item, receipt: Receipt | None) -> Request:
    """The request as its file tells it, or, where that says nothing of the receipt, as somebody did."""
    return with_receipt(item.request, receipt or Receipt()) if item.bare else item.request


def _saved(path: Path) -> datetime | None:
    """When a file was saved where it lies; None where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None


def _content(request: Request) -> str:
    from ur_desk.records.request import content_hash

    return content_hash(request)
