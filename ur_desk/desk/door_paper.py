"""Paper at the door: faxes, scans and forms in which no program finds a request; told apart from policies by what they hold, and taken up."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.brought import Brought, Laid
from ur_desk.desk.file_kinds import is_document_file, is_pages_file
from ur_desk.desk.records import record_name, record_of
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Changed, Done, gate
from ur_desk.domain.case import Case
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.attached import MediaType, Record, media_type_of
from ur_desk.domain.intake.proposing import laid_beside, with_proposals
from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ur_desk.desk.desk import Desk
    from ur_desk.domain.intake.proposing import Proposed

RECORD = "record"
"""As what a file of pages stands in the register."""
UNSURE = "layout-unsure"
"""The finding of a reading that rests on general rules alone."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What a file of pages is: paper to be keyed, a policy, or both where only a person can tell."""

    paper: Record | None = None
    policy: Policy | None = None


def pages_of(data: bytes, path: Path, codes: CodeSet) -> Pages | None:
    """What a file of pages is, by its content; None for a file of another kind. Touches no store.

    A picture is paper, and so is a PDF without a text layer, or one whose text is no policy. It is a policy where its layout is a known
    payer's, or its header is whole, and it takes positions; where it fills in the form of a request, or reads as a policy by general
    rules alone, only a person can tell. UserError where it is damaged, locked or too large.
    """
    kind = media_type_of(data)
    if kind is None:
        return None
    policy = _policy(data, path.name, codes) if kind is MediaType.PDF else None
    if policy is not None and _sure(policy) and not _fills_in_a_form(data, path.name):
        return Pages(policy=policy)
    return Pages(record_of(data, record_name(path)), policy)


def _policy(data: bytes, name: str, codes: CodeSet) -> Policy | None:
    from ur_desk.documents import read

    try:
        return read(data, name, codes)
    except UserError:  # what is wrong with the file itself is said when its pages are looked at
        return None


def _sure(policy: Policy) -> bool:
    return bool(policy.statements) and all(finding.rule != UNSURE for finding in policy.findings)


def _fills_in_a_form(data: bytes, name: str) -> bool:
    from ur_desk.documents.records_apart import form_of
    from ur_desk.importers.forms import proposals

    return bool(proposals(form_of(data, name)))


class Seeming(Enum):
    """What a file seems to be before it is read: a document to be read as a policy, something else, or either."""

    OTHER = "other"
    DOCUMENT = "document"
    UNSURE = "unsure"


def seeming(path: Path) -> Seeming:
    """What a file seems to be; a PDF with text may be paper all the same, one without is."""
    if not is_document_file(path):
        return Seeming.OTHER
    if not is_pages_file(path):
        return Seeming.DOCUMENT
    return Seeming.OTHER if _has_no_text(path) else Seeming.UNSURE


def _has_no_text(path: Path) -> bool:
    """Whether a file is paper for certain: a picture, or a PDF whose pages have no text layer. False where it cannot be looked at."""
    from ur_desk.desk.importing import read_bytes

    try:
        data = read_bytes(path)
        return media_type_of(data) is not None and record_of(data, path.name).pages_with_text == 0
    except UserError:
        return False


class Paper:
    """Takes paper up that came through the door: beside a new request, or as records of a case."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def laid(self, sha256: Sha256) -> Laid | None:
        """Where paper lies that somebody has taken up; None where nobody has."""
        held = self.desk.store.drafts.holding(sha256)
        if held:
            draft, holder = next((each for each in held if each[1] == self.desk.person.id), held[0])
            names = {account.id: account.display for account in self.desk.store.accounts.all()}
            return Laid(holder=names.get(holder, holder), draft=draft if holder == self.desk.person.id else "")
        if not self.desk.store.blobs.holds(sha256):
            return None
        cases = self.desk.store.ledger.naming(sha256)
        return Laid(next((row for row in self.desk.arrivals.viewed(cases).values()), None))

    def where_laid(self, files: "Sequence[Brought]") -> "Sequence[Brought]":
        """The same files, each paper with where it lies now."""
        return [replace(file, laid=self.laid(file.sha256)) if file.paper else file for file in files]

    def bring(self, file: Brought) -> tuple[Record, bytes]:
        """The pages of a file that came through the door, for a draft; the register notes that it came in.

        UserError where somebody has taken the paper up already: nothing is keyed twice.
        """
        gate(self.desk.person, "case.open")
        if file.paper is not None:
            self._check(file.paper)
        return self._brought(file)

    def draft(self, file: Brought) -> Steps[Done[str]]:
        """Keeps a draft of this person's that holds the paper, with what a form in it proposes; gives the draft's name.

        UserError where somebody has taken the paper up already: nothing is keyed twice.
        """
        record, data = yield from store(lambda: self.bring(file), "Reading the file")
        proposed = yield from work(lambda: self.desk.records.proposals(data, record), "Reading the form")
        return (yield from store(lambda: self._draft(record, data, proposed), "Keeping the draft"))

    def _draft(self, record: Record, data: bytes, proposed: "tuple[Proposed, ...]") -> Done[str]:
        name = self.desk.new_id()
        draft = laid_beside(Draft(received_zone=str(self.desk.zone)), record)
        with self.desk.store.atomic():
            self._check(record)
            self.desk.intake.keep_draft(name, with_proposals(draft, record, proposed))
            self.desk.records.keep_beside(name, record, data)
        return Done(name, frozenset({Changed.DRAFTS}))

    def attach(self, file: Brought, case: CaseId) -> Done[Case]:
        """Attaches the paper to a case that is there, as records of pages."""
        gate(self.desk.person, "case.open")
        record, data = self._brought(file)
        done = self.desk.records.attach(case, record, data)
        return Done(done.value, done.changes | {Changed.DRAFTS}, done.undo)

    def set_aside(self, file: Brought) -> Done[None]:
        """Takes paper out of its report that is not to be keyed; nothing of it is kept here any more."""
        gate(self.desk.person, "case.open")
        with self.desk.store.atomic():
            self.desk.store.arrivals.drop_file(file.id)
        return Done(None, frozenset({Changed.DRAFTS}))

    def _brought(self, file: Brought) -> tuple[Record, bytes]:
        data = self.desk.store.arrivals.data(file.id)
        if data is None or file.paper is None:
            raise UserError("That file was put away meanwhile.", "Bring it again. Nothing was saved.")
        self.desk.exports.came_in(RECORD, file.path, data)
        return file.paper, data

    def _check(self, record: Record) -> None:
        """UserError where somebody has taken the paper up already."""
        laid = self.laid(record.sha256)
        if laid is not None:
            where = laid.case.number if laid.case else f"beside a draft of {laid.holder}" if laid.holder else "kept here"
            raise UserError(f"{record.name} is {where} already.", "Go on there; the same paper is not keyed twice. Nothing was saved.")
