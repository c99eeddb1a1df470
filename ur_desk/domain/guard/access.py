"""Who sat down, looked, searched and took along: the bodies of events that change no case and nothing of the workspace."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "access."
"""The verb of every such event begins with it."""


class How(StrEnum):
    """How somebody showed who they are."""

    PASSPHRASE = "passphrase"
    FILE = "passphrase_file"
    CODE = "one_time_code"
    PIN = "pin"
    RECOVERY = "recovery_key"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody sat down at the workspace."""

    how: How


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Somebody got up, or closed the program."""


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """Somebody tried a name with a wrong passphrase, while the workspace was closed: how often, and when last by this machine's clock."""

    name: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """The desk was locked at `at`; `shut` where nothing that opens it stayed in memory. The event may be kept only once it is open
    again, where the disk took nothing at the time."""

    shut: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Whoever sat at the locked desk opened it again: how, and how many wrong PINs came before."""

    how: How
    wrong_pins: int = 0


@dataclass(frozen=True, slots=True)
class TrailBundled:
    """The whole trail left with patient data, under a passphrase of its own: where to, the sha256 of the file, how many events, why,
    and what kind of place that is."""

    path: str
    sha256: str
    events: int
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class KeysRemoved:
    """The file of keys held slots that the trail does not know, and they were taken out: of which sign-in names, one each. A step that
    was cut off leaves such a slot; so does whoever wrote one into the file by hand."""

    names: tuple[str, ...]


class Where(StrEnum):
    """What was searched or listed."""

    CASES = "cases"
    LIBRARY = "library"
    REGISTER = "register"
    RECORDS = "records"


MOST_WORDS = 300
"""So many characters of what somebody searched for are kept."""


def asked_for(typed: str) -> str:
    """What somebody searched for as it is asked and kept: without half characters, which no file takes, and not longer than a search is."""
    words = " ".join(typed.encode("utf-8", "ignore").decode().split())
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"


@dataclass(frozen=True, slots=True)
class CaseViewed:
    """Somebody opened a case to read it; once an opening, however often the screen was drawn anew."""


@dataclass(frozen=True, slots=True)
class TimelineRead:
    """Somebody read a case's timeline, or that of the workspace."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody searched for these words, typed to their end; `found` is how many there were, as far as they were counted."""

    where: Where
    words: str
    found: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody had a list of so many rows written out, to be read or taken along."""

    where: Where
    rows: int


@dataclass(frozen=True, slots=True)
class LetterPreviewed:
    """Somebody saw the letter of these lines as it would leave."""

    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LetterRead:
    """Somebody opened an issued letter to read it; once an opening of its case, however often the screen was drawn anew."""

    letter: str


@dataclass(frozen=True, slots=True)
class RecordSeen:
    """Somebody saw a page, from 1, of a record of the case; once an opening of the case, however often it was turned to.

    The hash is plain text: the event that attached the record keeps its bytes.
    """

    record: str
    page: int


@dataclass(frozen=True, slots=True)
class LetterPrinted:
    """A letter went to a printer: an issued one by its id, a marked draft where that is empty."""

    letter: str


@dataclass(frozen=True, slots=True)
class TrailExported:
    """The heads of so many events were shown to be taken along; no patient data."""

    events: int


@dataclass(frozen=True, slots=True)
class FileLeft:
    """A file was written outside of the workspace: what it is, where, what kind of place that is, why, and the sha256 of its bytes.

    `letter` is the id of an issued letter. Hashes are plain text: no kept file bears that name.
    """

    what: str
    path: str
    place: str
    why: str
    sha256: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FileCameIn:
    """A file from outside was read into the workspace: what it is, where it lay, and the sha256 of its bytes."""

    what: str
    path: str
    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileRemoved:
    """A file that had left, or had come in, was deleted where it lay."""

    path: str
    sha256: str


Look = CaseViewed | TimelineRead | Searched | Listed | LetterPreviewed | LetterRead | RecordSeen | LetterPrinted | TrailExported
AccessBody = (
    SignedIn | SignedOut | SignInFailed | Locked | Unlocked | KeysRemoved | TrailBundled | Look | FileLeft | FileCameIn | FileRemoved
)


def verb_of(body: AccessBody) -> str:
    """The verb of such an event: `access.signed-in`."""
    return _verb(type(body))


def _verb(kind: type) -> str:
    name = kind.__name__
    return PREFIX + "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")


LOOKED = frozenset(_verb(kind) for kind in (CaseViewed, TimelineRead, Searched, Listed, LetterPreviewed, LetterRead, RecordSeen))
"""The verbs of those who only looked: nothing came in, nothing left, nobody sat down."""
