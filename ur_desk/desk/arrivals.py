"""The door: request files looked at one by one, what in them resembles what is here, and what of it still waits for a person.

What was read lies in a table of its own until it is put away, and is no record: nobody has decided about it. What became of each
request is not noted there but read from the cases, so that a report says the truth also after a crash in the middle.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow, Sorted
from ur_desk.desk.file_kinds import is_document, is_document_file, is_pages_file, is_policy, may_be_policy
from ur_desk.desk.importing import NOTHING_OF_IT, Refused, files_in, read_bytes
from ur_desk.desk.intake import OPENERS
from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Changed, Done, gate
from ur_desk.domain.access import FileCameIn
from ur_desk.domain.arriving import Likeness, Traits, is_message, likeness, traits_of
from ur_desk.domain.events import CaseId
from ur_desk.domain.fence import Read, viewer
from ur_desk.domain.findings import Extracted
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.mapping import Mapping
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Request
from ur_desk.errors import Busy, Resembles, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.papers import Paper

KEPT_DAYS = 30
"""A report of which nothing waits any more is put away by itself after so many days."""
Extract = Callable[[bytes, str], Extracted]
"""Reads the bytes of a file of that name."""
_ORDER = {like: place for place, like in enumerate(Likeness)}


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
            what = yield from work(lambda file=file: _document(file), words)  # type: ignore[misc]
            documents += [file] if what is not _Document.NONE else []
            unsure += what is _Document.UNSURE
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
        from ur_desk.desk.paper import pages_of
        from ur_desk.records.arrivals import paper_bytes, read_bytes_of

        data = read_bytes(path)
        sha = Sha256(hashlib.sha256(data).hexdigest())
        file = Brought(self.desk.new_id(), path, sha, self.desk.clock.now())
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
        file = replace(file, items=tuple(_items(path, sha, extracted)), problems=extracted.problems)
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
                Waiting(file.id, run.id, place, self.desk.person.id, file.at, str(file.path), file.sha256, told), data
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

    def _run(self, name: str) -> Run:
        from ur_desk.records.arrivals import paper_from, read_from

        with self.desk.store.reading():
            waiting = tuple(self.desk.store.arrivals.of(name))
            if not waiting:
                raise UserError("That report was put away.", "What was saved of it stands in the worklist.")
            came = self._came_in()
            run = Run(name, len(waiting), waiting[0].at, waiting[0].account)
            for row in waiting:
                read = read_from(row.told)
                items = tuple(replace(item, file=row.id) for item in _items(Path(row.path), row.sha256, read))
                before = came.get(row.sha256)
                earlier = before if before and before[0] < row.at else None
                paper, unsure = paper_from(row.told)
                file = Brought(row.id, Path(row.path), row.sha256, row.at, items, read.problems, earlier)
                run.files.append(replace(file, paper=paper, unsure=unsure))
            run.files[:] = self._judged(run.files)
        return run

    # what resembles what --------------------------------------------------------------------------------------------------

    @reads(Read.ARRIVALS)
    def resembling(self, request: Request) -> tuple[Resembling, ...]:
        """The cases that a request resembles, the strongest likeness first."""
        return self._resembling(request)

    def _resembling(self, request: Request) -> tuple[Resembling, ...]:
        traits = traits_of(request, _content(request))
        papers = self.desk.store.papers.akin([traits])
        return self._of(traits, papers, self._rows(papers))

    @reads(Read.ARRIVALS)
    def named(self, number: str) -> Resembling:
        """A case that a person names as the one that a request is about; UserError where there is none, or it is closed to them."""
        found = self.desk.store.cases.find(number.strip())
        row = self.viewed([found]).get(found) if found else None
        if row is None:
            raise UserError("There is no case of that number that is open to you.", "Look it up in the worklist. Nothing was changed.")
        return Resembling(Likeness.NAMED, row.received_at or self.desk.clock.now(), row, "")

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

    def _rows(self, papers: Sequence["Paper"]) -> dict[CaseId, CaseRow]:
        return self.viewed(sorted({paper.case for paper in papers}))

    def viewed(self, cases: Sequence[CaseId]) -> dict[CaseId, CaseRow]:
        """The rows of those of the cases that are open to whoever sits here, by their ids."""
        return self.desk.store.cases.rows(cases, viewer(self.desk.person, self.desk.clock.now()))

    def _of(self, traits: Traits, papers: Iterable["Paper"], rows: dict[CaseId, CaseRow]) -> tuple[Resembling, ...]:
        """The strongest likeness of each case, the strongest first, of two the newer."""
        found: dict[CaseId, Resembling] = {}
        for paper in papers:
            like = likeness(traits, paper.traits, paper.known_as)
            if like is not None and (paper.case not in found or _ORDER[like] < _ORDER[found[paper.case].likeness]):
                found[paper.case] = Resembling(like, paper.at, rows.get(paper.case), paper.use)
        newest = sorted(found.values(), key=lambda each: each.at, reverse=True)
        return tuple(sorted(newest, key=lambda each: _ORDER[each.likeness]))

    def _judged(self, files: Sequence[Brought]) -> list[Brought]:
        files = self.desk.paper.where_laid(files)
        items = [item for file in files for item in file.items]
        traits = [item.traits for item in items]
        with self.desk.store.reading():
            papers = self.desk.store.papers.akin(traits) if traits else ()
            rows = self._rows(papers)
        shelves = _shelves(papers)
        seen = _Seen()
        judged: dict[tuple[str, int], Item] = {}
        for item, trait in zip(items, traits, strict=True):
            akin = {id(paper): paper for key in _keys(trait) for paper in shelves[key]}.values()
            became = _became(item, akin)
            like = self._of(trait, akin, rows)
            told = Resembling(Likeness.HERE, became.at, rows.get(became.case), became.use) if became else None
            twin = None if told else seen.twin(trait)
            judged[item.file, item.place] = replace(item, resembles=like, became=told, twin=twin)
            if judged[item.file, item.place].waits and not is_message(item.request.kind):
                seen.add(item, trait)
        return [replace(file, items=tuple(judged[item.file, item.place] for item in file.items)) for file in files]


class _Document(Enum):
    """Whether a file is a document to be read as a policy."""

    NONE = 0
    SURE = 1
    UNSURE = 2


def _document(file: Path) -> _Document:
    """What a file is; a PDF with text may be paper all the same, one without is."""
    from ur_desk.desk.paper import has_no_text

    if not is_document_file(file):
        return _Document.NONE
    if not is_pages_file(file):
        return _Document.SURE
    return _Document.NONE if has_no_text(file) else _Document.UNSURE


class _Seen:
    """The requests of a run that were looked at before, and may become cases."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, list[tuple[Item, Traits]]] = defaultdict(list)

    def add(self, item: Item, traits: Traits) -> None:
        for key in _keys(traits):
            self._kept[key].append((item, traits))

    def twin(self, traits: Traits) -> tuple[str, int, Likeness] | None:
        """The earlier request that it resembles most."""
        found = [(like, item) for key in _keys(traits) for item, other in self._kept[key] if (like := likeness(traits, other)) is not None]
        if not found:
            return None
        like, item = min(found, key=lambda pair: _ORDER[pair[0]])
        return item.path.name, item.place, like


def _became(item: Item, akin: Iterable["Paper"]) -> "Paper | None":
    """What stands in a case of this very request of this very file; of equal ones in one file each has its own."""
    of_it = sorted((p for p in akin if p.source == item.sha256 and p.traits.content == item.traits.content), key=lambda paper: paper.at)
    return of_it[item.equals] if item.equals < len(of_it) else None


def _keys(traits: Traits) -> frozenset[str]:
    """Under what a request lies and is looked for, so that not each is laid beside each."""
    told = {"c" + traits.content, "m" + traits.member_id, "p" + traits.person, *("r" + name for name in (traits.reference, *traits.names))}
    return frozenset(key for key in told if len(key) > 1)


def _shelves(papers: Iterable["Paper"]) -> defaultdict[str, list["Paper"]]:
    found: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in _keys(paper.traits) | {"r" + name for name in paper.known_as}:
            found[key].append(paper)
    return found


def _items(path: Path, sha: Sha256, extracted: Extracted) -> Iterator[Item]:
    counts: Counter[str] = Counter()
    for place, request in enumerate(extracted.requests, start=1):
        content = _content(request)
        yield Item("", place, request, path, sha, traits_of(request, content), counts[content])
        counts[content] += 1


def _content(request: Request) -> str:
    from ur_desk.records.request import content_hash

    return content_hash(request)
