"""Records that came as pages, PDF or images: what is known of each, which field was read on which page, and when a case takes them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent, EventId

NOTHING = "Nothing was saved."
MOST_PAGES = 1000
"""A record of more pages is sent in parts; an inpatient stay prints some hundreds."""


class MediaType(StrEnum):
    """What a record is made of, told by its bytes."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends, with its dot."""
        return f".{self.value.partition('/')[2]}"


HEAD = 1024
"""Bytes that are enough to tell what a file is."""
_HEADS = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
)


def media_type_of(data: bytes) -> MediaType | None:
    """What the bytes begin as; None for what is no record of pages. A PDF may have other bytes before its head."""
    if b"%PDF-" in data[:HEAD]:
        return MediaType.PDF
    return next((kind for head, kind in _HEADS if data.startswith(head)), None)


@dataclass(frozen=True, slots=True)
class Record:
    """A file of pages: its name as it came, its bytes by their hash, and how many characters each page's text layer holds.

    `received_at` is when the paper came in, where somebody said so.
    """

    name: str
    media_type: MediaType
    sha256: Sha256
    characters: tuple[int, ...]
    received_at: datetime | None = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.characters)

    @property
    def pages_with_text(self) -> int:
        """How many pages have a text layer; the others are pictures only."""
        return sum(count > 0 for count in self.characters)


@dataclass(frozen=True, slots=True)
class FieldPage:
    """Where a field of the request was read: the record by its hash, and the page, from 1.

    `field` is its path in a draft. `confirmed` is False while the program proposed what stands there and nobody has looked.
    """

    field: str
    record: Sha256
    page: int
    confirmed: bool = True

    def __post_init__(self) -> None:
        if not self.field or self.page < 1:
            raise ValueError("a field has a path, and a page counts from 1")


@dataclass(frozen=True, slots=True)
class RecordAttached:
    """Pages came for the case, as PDF or images; their bytes are kept under the record's hash."""

    record: Record


@dataclass(frozen=True, slots=True)
class PagesNoted:
    """On which pages the fields of the request were read, as it stood in the form when the case was opened."""

    pages: tuple[FieldPage, ...]


RecordBody = RecordAttached | PagesNoted
"""What can happen to a case by records of pages."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of a case: the event that attached it, when, and by whom."""

    event: "EventId"
    at: datetime
    by: AccountId
    record: Record


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a draft that becomes a case: the draft under whose name the bytes are kept, its records, and its fields' pages."""

    draft: str
    records: tuple[Record, ...] = ()
    pages: tuple[FieldPage, ...] = ()


def noted(pages: tuple[FieldPage, ...], field: str, record: Sha256, page: int) -> tuple[FieldPage, ...]:
    """The same with this page for the field, as somebody saw it; one page a field, in the order of the fields' paths."""
    others = tuple(each for each in pages if each.field != field)
    return tuple(sorted((*others, FieldPage(field, record, page)), key=lambda each: each.field))


def confirmed(pages: tuple[FieldPage, ...], field: str) -> tuple[FieldPage, ...]:
    """The same, where somebody has looked at what the program proposed for the field."""
    return tuple(replace(each, confirmed=True) if each.field == field else each for each in pages)


def unconfirmed(pages: tuple[FieldPage, ...]) -> tuple[FieldPage, ...]:
    """What the program proposed and nobody has looked at."""
    return tuple(each for each in pages if not each.confirmed)


def without_rows(pages: tuple[FieldPage, ...], rows: str, gone: int) -> tuple[FieldPage, ...]:
    """The same once the row of that number, from 1, was taken away: its pages go, and those of later rows follow them up."""
    told: list[FieldPage] = []
    for each in pages:
        head, _, rest = each.field.partition(".")
        number, _, name = rest.partition(".")
        if head != rows or not number.isdigit() or int(number) < gone:
            told.append(each)
        elif int(number) > gone:
            told.append(replace(each, field=f"{rows}.{int(number) - 1}.{name}"))
    return tuple(told)


def with_record(body: RecordBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; whoever decides opens the record as it now stands, which may hold what a line waits for."""
    from ur_desk.domain.information.asking import waits
    from ur_desk.domain.intake.messages import Use

    if isinstance(body, RecordAttached):
        kept = Kept(event.id, event.at, event.by, body.record)
        unread = (*case.unread, Use.INFORMATION) if waits(case) else case.unread
        return replace(case, records=(*case.records, kept), unread=unread, record_opened_by=frozenset())
    return replace(case, field_pages=body.pages)


def check_record(body: RecordBody, case: "Case", now: datetime) -> None:
    """Passes a record or pages that the case can take; else UserError in plain words."""
    if isinstance(body, RecordAttached):
        _check_attached(body.record, case, now)
        return
    pages = {kept.record.sha256: kept.record.pages for kept in case.records}
    if any(each.page > pages.get(each.record, 0) for each in body.pages):
        raise UserError("A field names a page that no record of the case has.", NOTHING)
    if unconfirmed(body.pages):
        raise UserError("A field holds what nobody has looked at.", f"Confirm or change it first. {NOTHING}")


def _check_attached(record: Record, case: "Case", now: datetime) -> None:
    if not record.name.strip() or not 1 <= record.pages <= MOST_PAGES:
        raise UserError(f"A record has a name, and 1 to {MOST_PAGES} pages.", NOTHING)
    if any(kept.record.sha256 == record.sha256 for kept in case.records):
        raise UserError(f"{case.number} has that record already, page for page.", NOTHING)
    if record.received_at is not None and record.received_at > now:
        raise UserError("The record cannot have come in the future.", NOTHING)
