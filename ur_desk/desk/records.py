"""Records that came as pages, PDF or images: taken beside a draft or into a case, shown page by page, searched, and written out again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, shown
from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.access import RecordSeen, Searched, Where
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.intake.attached import Beside, Kept, MediaType, Record, unconfirmed
from ur_desk.domain.intake.proposing import Proposed
from ur_desk.domain.intake.sheets import Found, Sheet, Word, found
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.visible import visible
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

MOST_BYTES = 150 * 1024 * 1024
"""Bytes of one record: some 1,000 pages of fax, or 300 of colour scans."""
LONGEST_NAME = 200
"""Characters of a record's name that are kept."""
Pixels = tuple[int, int, bytes]
"""Width, height, and RGBA bytes."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in a record of a case."""

    record: Record
    found: Found


class Records:
    """Looks at files of pages, keeps them beside drafts and in cases, and shows them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    # files, touching no store --------------------------------------------------------------------------------------------

    def look(self, data: bytes, name: str, received_at: datetime | None = None) -> Record:
        """What a file is, each page looked at; UserError where it is no record of pages that could be kept."""
        return record_of(data, name, received_at)

    def page(self, data: bytes, record: Record, page: int, width: int) -> tuple[Pixels, tuple[Word, ...]]:
        """A page, from 1, so many pixels across, and the words of its text layer."""
        from ur_desk.documents.records_apart import picture_of, words_of

        picture = picture_of(data, record.name, page, width)
        has_text = 1 <= page <= record.pages and record.characters[page - 1] > 0
        return (picture.width, picture.height, picture.rgba), words_of(data, record.name, page) if has_text else ()

    def form(self, data: bytes, record: Record) -> tuple[Sheet, ...]:
        """What is printed and filled in on the first pages of a form."""
        from ur_desk.documents.records_apart import form_of

        return form_of(data, record.name)

    def proposals(self, data: bytes, record: Record) -> tuple[Proposed, ...]:
        """What pages propose for a request: the receipt by the line that a fax machine printed, all else by the labels of a form."""
        from ur_desk.importers.fax_header import fax_header
        from ur_desk.importers.forms import proposals

        if record.media_type is not MediaType.PDF:
            return ()
        sheets = self.form(data, record)
        return (*fax_header(sheets), *proposals(sheets))

    def bring(self, path: Path, received_at: datetime | None = None) -> Steps[tuple[Record, bytes]]:
        """Reads a file of pages from outside, noted in the register; UserError where it is none or cannot be read."""
        record, data = yield from work(lambda: self._read(path, received_at), "Looking at the pages")
        yield from store(lambda: self.desk.exports.came_in("record", path, data), "Noting where it came from")
        return record, data

    def _read(self, path: Path, received_at: datetime | None) -> tuple[Record, bytes]:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise UserError(
                    f"{path.name} is larger than {MOST_BYTES // (1024 * 1024)} MB.", "Ask the sender for it in parts. Nothing was saved."
                )
            data = path.read_bytes()
        except (OSError, ValueError) as wrong:
            why = (wrong.strerror if isinstance(wrong, OSError) else "") or "the system refuses it"
            raise UserError(f"{path.name} cannot be read: {why}.", "Choose another file. Nothing was saved.") from wrong
        return self.look(data, record_name(path), received_at), data

    # beside a draft ------------------------------------------------------------------------------------------------------

    def keep_beside(self, draft: str, record: Record, data: bytes) -> None:
        """Keeps a record beside a draft of this person, to go with it; no event, as for the draft."""
        gate(self.desk.person, "case.open")
        with self.desk.store.atomic():
            self.desk.store.drafts.keep_beside(draft, record.sha256, self.desk.person.id, data, self.desk.clock.now())

    def drop_beside(self, draft: str, record: Sha256) -> None:
        """Takes a record away from a draft."""
        with self.desk.store.atomic():
            self.desk.store.drafts.drop_beside(draft, record, self.desk.person.id)

    @reads(Read.DRAFTS)
    def beside(self, draft: str, record: Sha256) -> bytes:
        """The bytes of a record beside one of this person's drafts; UserError where it has gone."""
        try:
            return self.desk.store.drafts.read_beside(draft, record, self.desk.person.id)
        except KeyError:
            raise UserError(
                "That record lies beside this draft no more.", "Attach it again from its file. What you typed is kept."
            ) from None

    def take_over(self, act: Act, case: CaseId, beside: Beside) -> Case:
        """Gives the records and pages of a draft to the case that it has become, inside the open transaction."""
        if unconfirmed(beside.pages):
            raise UserError(
                "A field holds what the form proposed and nobody has looked at.",
                "Confirm each with Enter, or type what is right. Nothing was saved; what you typed is still there.",
            )
        bodies: list[ev.CaseBody] = []
        for record in beside.records:
            self.desk.store.blobs.keep(self.beside(beside.draft, record.sha256))
            self.desk.store.drafts.drop_beside(beside.draft, record.sha256, act.by.id)
            bodies.append(ev.RecordAttached(record))
        known = {record.sha256 for record in beside.records}
        if pages := tuple(each for each in beside.pages if each.record in known):
            bodies.append(ev.PagesNoted(pages))
        return act.on_case(case, None, bodies)

    # in a case -----------------------------------------------------------------------------------------------------------

    @verb("record.attach", Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.RecordAttached | ev.Matched)
    def attach(self, act: Act, case: CaseId, record: Record, data: bytes, findings: Findings | None = None) -> Done[Case]:
        """Attaches a record to a case; it bears no revision, since it adds and changes nothing. `findings` is what the library says anew
        of a case that waited for information."""
        shown(self.desk, case)
        if self.desk.store.blobs.keep(data) != record.sha256:
            raise ValueError("the bytes of a record are those that were looked at")
        after = self.desk.review.matched_after(act, act.on_case(case, None, [ev.RecordAttached(record)]), findings)
        return act.done(after, label="record")

    def take_in(self, case: CaseId, record: Record, data: bytes) -> Steps[Done[Case]]:
        """Attaches a record to a case, which is matched again where it waited for information."""
        gate(self.desk.person, "record.attach")
        findings = yield from self.desk.review.on_arrival(case)
        return (yield from store(lambda: self.attach(case, record, data, findings), "Attaching the record"))

    @reads(Read.CASE)
    def data(self, case: CaseId, record: Sha256) -> bytes:
        """The bytes of a record of a case; UserError where the case has none of that hash."""
        return self.desk.store.blobs.get(self._kept(case, record).record.sha256)

    @reads(Read.CASE)
    def seen(self, case: CaseId, record: Sha256, page: int) -> None:
        """Notes that somebody saw a page of a record."""
        kept = self._kept(case, record)
        if not 1 <= page <= kept.record.pages:
            raise UserError(f"The record has no page {page}.", "Nothing was changed.")
        self.desk.looks.note(RecordSeen(kept.record.sha256, page), case)

    @reads(Read.CASE)
    def save(self, case: CaseId, record: Sha256, path: Path) -> Path:
        """Writes a record of a case to a file that a person chose; the register tells of it."""
        kept = self._kept(case, record)
        return self.desk.exports.write("record", path, self.desk.store.blobs.get(kept.record.sha256), case=case)

    def find(self, case: CaseId, words: str) -> Steps[tuple[Hit, ...]]:
        """The lines of the text layers of a case's records that hold these words, record by record; noted as a search."""
        kept = yield from store(lambda: self._with_text(case), "Reading the records")
        hits: list[Hit] = []
        for record in kept:
            data = yield from store(lambda record=record: self.data(case, record.sha256), "Reading a record")  # type: ignore[misc]
            told = yield from work(lambda record=record, data=data: _texts(record, data), "Looking through the pages")  # type: ignore[misc]
            hits += [Hit(record, hit) for hit in found(told, words)]
        yield from store(lambda: self.desk.looks.note(Searched(Where.RECORDS, words.strip(), len(hits)), case), "Noting the search")
        return tuple(hits)

    def _with_text(self, case: CaseId) -> tuple[Record, ...]:
        return tuple(kept.record for kept in self.desk.review.case(case).records if kept.record.pages_with_text)

    def _kept(self, case: CaseId, record: Sha256) -> Kept:
        return one(shown(self.desk, case).records, record)


def one(records: Iterable[Kept], sha256: Sha256) -> Kept:
    """The record with that hash; UserError where there is none."""
    for kept in records:
        if kept.record.sha256 == sha256:
            return kept
    raise UserError("The case has no such record.", "Look at its records again. Nothing was changed.")


def record_of(data: bytes, name: str, received_at: datetime | None = None) -> Record:
    """What a file is, each page looked at; UserError where it is no record of pages that could be kept."""
    import hashlib

    from ur_desk.documents.records_apart import facts_of

    if len(data) > MOST_BYTES:
        raise UserError(f"{name} is larger than {MOST_BYTES // (1024 * 1024)} MB.", "Ask the sender for it in parts. Nothing was saved.")
    told = facts_of(data, name)
    return Record(name, told.media_type, Sha256(hashlib.sha256(data).hexdigest()), told.characters, received_at)


def record_name(path: Path) -> str:
    """What a file is called, as it can be kept and shown: bytes that are no characters written out, without what does not show."""
    told = visible(path.name.encode("utf-8", "backslashreplace").decode())
    return " ".join(told.split())[:LONGEST_NAME] or "record"


def _texts(record: Record, data: bytes) -> tuple[tuple[str, ...], ...]:
    from ur_desk.documents.records_apart import texts_of

    return texts_of(data, record.name)
