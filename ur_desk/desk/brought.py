"""What came in, as values: files with their requests and problems, what these resemble, and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ur_desk.desk.importing import Refused, Skipped
from ur_desk.domain.findings import Made, Problem
from ur_desk.domain.intake.arriving import Likeness, Traits, is_message
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.intake.receiving import Suggestion, starts_a_clock, suggestions
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Policy, Severity, Sha256
from ur_desk.domain.request import Request


@dataclass(frozen=True, slots=True)
class Resembling:
    """A case that a request resembles, and how; `at` is when that came in. `case` is None where the case is closed to whoever asks.

    `another` says that the case is told to be another member's.
    """

    likeness: Likeness
    at: datetime
    case: CaseRow | None
    use: str
    another: bool = False

    @property
    def mark(self) -> str:
        """What tells it from every other case, also where it is closed to whoever asks."""
        return self.case.id if self.case else f"closed {self.at.isoformat()} {self.use}"

    @property
    def adverse(self) -> bool:
        """Whether the case was decided against the request, wholly or in part."""
        return self.case is not None and self.case.determination is not None and self.case.determination.adverse


@dataclass(frozen=True, slots=True)
class Item:
    """One request of a file: which file, its place in it from 1, what it resembles, and what became of it.

    `traits` are what of it is compared; `equals` counts the requests before it in the file that say the very same.

    `became` is where it stands now that somebody decided about it. `twin` is an earlier request of the same run about which nobody has
    decided either, by file name and place, and how this one resembles it. `bare` says that the file does not tell when it was received;
    `seen`, that somebody looked at it where it is here already.
    """

    file: str
    place: int
    request: Request
    path: Path
    sha256: Sha256
    traits: Traits
    equals: int = 0
    resembles: tuple[Resembling, ...] = ()
    became: Resembling | None = None
    twin: tuple[str, int, Likeness] | None = None
    bare: bool = False
    seen: bool = False

    @property
    def here(self) -> bool:
        """Whether the very same request is here already, and nothing has to be done about it."""
        return any(each.likeness is Likeness.HERE for each in self.resembles)

    @property
    def alone(self) -> bool:
        """Whether it waits, resembles nothing, and opens a case."""
        return self.waits and not self.resembles and self.twin is None and not is_message(self.request.kind)

    @property
    def waits(self) -> bool:
        """Whether somebody must still decide about it."""
        return self.became is None and not self.here

    @property
    def asks(self) -> bool:
        """Whether somebody should look at it: it waits, or it came again and nobody has looked at that yet."""
        return self.waits or (self.here and self.became is None and not self.seen)

    @property
    def lost(self) -> bool:
        """Whether it is a message about an earlier request, and no case here is the one that it means."""
        return self.waits and is_message(self.request.kind) and not self.resembles


@dataclass(frozen=True, slots=True)
class Laid:
    """Where paper lies that somebody has taken up: in a case, None where that is closed to whoever asks, or beside a draft.

    `holder` is who holds the draft, by display name, and `draft` its name where that is whoever asks.
    """

    case: CaseRow | None = None
    holder: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was read: its requests and problems, the policy that it is, or the paper from which somebody must key. `before`
    says when the same bytes came in already, and who brought them.

    `saved` is when it was saved where it lay, `made` what its sender's clock says; `receipt` is what somebody said of when it was
    received, without an instant where its cases may be opened without one.

    Paper of which only a person can tell whether it is the `policy` that it reads as is `unsure`; `laid` is where paper lies that
    somebody has taken up.
    """

    id: str
    path: Path
    sha256: Sha256
    at: datetime
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    before: tuple[datetime, str] | None = None
    policy: Policy | None = None
    saved: datetime | None = None
    made: Made | None = None
    receipt: Receipt | None = None
    paper: Record | None = None
    unsure: bool = False
    laid: Laid | None = None

    @property
    def to_key(self) -> bool:
        """Whether it is paper that nobody has taken up yet."""
        return self.paper is not None and self.laid is None

    def suggestions(self, zone: str) -> tuple[Suggestion, ...]:
        """What may be taken as its receipt; times without a zone are told in this one."""
        return suggestions(self.path.name, self.saved, self.made, self.at, zone)

    @property
    def bare(self) -> tuple[Item, ...]:
        """The requests in it that wait, whose receipt starts a clock and is not told in the file."""
        return tuple(item for item in self.items if item.bare and item.waits and starts_a_clock(item.request))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that kept something out."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files by what they seem to be: those that may hold requests or are paper, and documents to be read as policies; and what of the
    folders is never read. `unsure` counts the documents that may be paper all the same."""

    files: tuple[Path, ...]
    documents: tuple[Path, ...]
    skipped: tuple[Skipped, ...] = ()
    unsure: int = 0

    @property
    def every(self) -> tuple[Path, ...]:
        """All of them."""
        return (*self.files, *self.documents)


@dataclass(slots=True)
class Run:
    """What was looked at in one go; grows while that goes on, and stays as it is where it is called off.

    `skipped` is what is never read of the folders; a report that is fetched again does not tell it any more.
    """

    id: str
    total: int
    at: datetime
    by: AccountId
    skipped: tuple[Skipped, ...] = ()
    files: list[Brought] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Files that were read, or refused."""
        return len(self.files) + len(self.refused)

    @property
    def items(self) -> Iterator[Item]:
        """Every request, in order."""
        return (item for file in self.files for item in file.items)

    @property
    def waiting(self) -> tuple[Item, ...]:
        """The requests about which somebody must still decide."""
        return tuple(item for item in self.items if item.waits)

    @property
    def to_key(self) -> tuple[Brought, ...]:
        """The paper that nobody has taken up yet."""
        return tuple(file for file in self.files if file.to_key)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A report that is kept: when, by whom, how many files and requests, and how many of these, or of its paper, still wait."""

    id: str
    at: datetime
    by: str
    files: int
    requests: int
    waiting: int
