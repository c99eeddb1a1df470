"""Records of pages that others made, read apart: what they are, their pages, words and forms."""

from ur_desk.apart.room import Refusals, Room
from ur_desk.documents.read_record import Told
from ur_desk.documents.record_pages import NOTHING_SAVED, Facts, Picture
from ur_desk.domain.intake.sheets import Sheet, Word

SECONDS = 60.0
"""How long one question may take; to look through 1,000 scanned pages takes some 20 s."""
_REFUSALS = Refusals(
    late="takes longer to read than any record does.",
    large="needs more memory than any record does.",
    damaged="cannot be read: it is damaged, or made as no program makes it.",
    after=NOTHING_SAVED,
    choose="Ask the sender for it in parts, or on paper.",
    again="Ask the sender for it again.",
)


def room(seconds: float = SECONDS) -> Room[Told]:
    """A process of its own for records."""
    return Room("record", Told, _REFUSALS, seconds)


def facts_of(data: bytes, name: str) -> Facts:
    """What the file is and what its pages hold; UserError where it is no record, is locked, damaged, too long, or cannot be read in time."""
    told = _ROOM.read(data, name, "facts").facts
    if told is None:
        raise ValueError("the facts of a record were asked for")
    return told


def picture_of(data: bytes, name: str, page: int, width: int) -> Picture:
    """A page, from 1, as pixels; UserError as for `facts_of`."""
    told = _ROOM.read(data, name, f"picture {page} {width}").picture
    if told is None:
        raise ValueError("a page of a record was asked for")
    return told


def words_of(data: bytes, name: str, page: int) -> tuple[Word, ...]:
    """The words of a page's text layer; UserError as for `facts_of`."""
    return _ROOM.read(data, name, f"words {page}").words


def texts_of(data: bytes, name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of every page; UserError as for `facts_of`."""
    return _ROOM.read(data, name, "texts").texts


def form_of(data: bytes, name: str) -> tuple[Sheet, ...]:
    """What is printed and filled in on the first pages; UserError as for `facts_of`."""
    return _ROOM.read(data, name, "form").form


_ROOM = room()
