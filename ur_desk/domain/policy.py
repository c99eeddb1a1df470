"""A payer's medical policy: text, reading and version, kept apart, and anchors that point into the text."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from ur_desk.domain.codes import System
from ur_desk.domain.library.criteria import Criterion as Criterion

PolicyId = NewType("PolicyId", str)
Sha256 = NewType("Sha256", str)


class SectionKind(StrEnum):
    """What a section of a policy is for."""

    HEADER = "header"
    SCOPE = "scope"
    POSITION = "position_statement"
    RATIONALE = "rationale"
    BACKGROUND = "background"
    DEFINITIONS = "definitions"
    CODING = "coding"
    REFERENCES = "references"
    WEBSITES = "websites"
    INDEX = "index"
    DISCLAIMER = "disclaimer"
    HISTORY = "history"
    OTHER = "other"


class Position(StrEnum):
    """The class of a position statement."""

    MEDICALLY_NECESSARY = "medically_necessary"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    INVESTIGATIONAL = "investigational_not_medically_necessary"
    RECONSTRUCTIVE = "reconstructive"
    COSMETIC = "cosmetic_not_medically_necessary"
    OTHER = "other"

    @property
    def adverse(self) -> bool:
        """Whether the position speaks against the service."""
        return self in (Position.NOT_MEDICALLY_NECESSARY, Position.INVESTIGATIONAL, Position.COSMETIC)


class EntryState(StrEnum):
    """Whether a printed code entry can be meant as printed."""

    OK = "ok"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a finding or problem weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ProvenanceKind(StrEnum):
    """Whether the lines are the payer's own or this project's restatement of the facts."""

    DOCUMENT = "document"
    ABSTRACT = "abstract"


class LineKind(StrEnum):
    """As what a source sets a line apart."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class TextLine:
    """The smallest piece that the source sets apart; numbers count from 1.

    `kind` and `level` (of a heading, from 1; of an item, how deep its list lies) are None and 0 in plain text, which tells neither.
    """

    number: int
    text: str
    page: int | None = None
    kind: LineKind | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words that belong to a page and not to the document: running heads, footers, page numbers."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The numbered lines of one source; `sha256` is of the lines joined by line feeds, in UTF-8, without the furniture of its pages."""

    sha256: Sha256
    lines: tuple[TextLine, ...]
    furniture: tuple[Furniture, ...] = ()

    def line(self, number: int) -> TextLine:
        """The line of that number, from 1; IndexError beyond the ends."""
        if not 1 <= number <= len(self.lines):
            raise IndexError(number)
        return self.lines[number - 1]

    def span(self, first: int, last: int) -> tuple[TextLine, ...]:
        """The lines `first` to `last`, both in."""
        return self.lines[first - 1 : last]

    def between(self, first: int, last: int) -> str:
        """The text of lines `first` to `last`, both in, joined by line feeds."""
        return "\n".join(line.text for line in self.span(first, last))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text: lines from 1, both in, and characters of the first line where one says several things."""

    text: Sha256
    first_line: int
    last_line: int
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.first_line <= self.last_line:
            raise ValueError(f"an anchor runs forward from line 1, not {self.first_line} to {self.last_line}")


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines with one purpose; `heading` as printed, None where the source prints none."""

    kind: SectionKind
    heading: str | None
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One position that the policy takes, with the services that it names and their other names."""

    position: Position
    text: str
    first_line: int
    last_line: int
    all_indications: bool = False
    terms: tuple[str, ...] = ()
    criteria: Criterion | None = None


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code or range as printed; normalised in case and dot, never in meaning.

    A wildcard (`M23.20x`, `M23.-`) is the range from a code to itself: the code with all that lies below it.
    """

    system: System
    low: str
    high: str | None
    line: int
    raw: str
    description: str | None = None
    condition: str | None = None
    group: str | None = None
    position: Position | None = None
    state: EntryState = EntryState.OK
    why: str | None = None

    @property
    def printed(self) -> str:
        """The code or range as one reads it; a dash after a code stands for all below it."""
        if self.high == self.low and self.system is System.ICD10CM:
            return f"{self.low}-" if "." in self.low else f"{self.low}.-"
        return f"{self.low}–{self.high}" if self.high else self.low


class MentionRole(StrEnum):
    """Why a text names a code without listing it."""

    MENTIONED = "mentioned"
    NOT_ADDRESSED = "not_addressed"
    SEE_ALSO = "see_also"


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code or range that the text names and does not list: in passing, as not its subject, or as another policy's.

    `start` and `end` are characters of the line; `low` and `high` as in a code entry.
    """

    system: System
    low: str
    high: str | None
    line: int
    start: int
    end: int
    raw: str
    role: MentionRole = MentionRole.MENTIONED


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication or website that the policy cites; `number` as printed."""

    kind: str
    number: int | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of the document history; pre-merger rows name an organization and an earlier document.

    `line` is the row's first line, `last_line` its last where it runs over several.
    """

    status: str | None
    day: date | None
    action: str
    line: int
    organization: str | None = None
    document: str | None = None
    last_line: int | None = None

    @property
    def pre_merger(self) -> bool:
        """Whether the row tells of a document that stood before this one, and not of a review."""
        return self.organization is not None


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Something in the policy's own text or codes that a reader should know; never repaired."""

    rule: str
    severity: Severity
    line: int
    message: str
    raw: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of the policy a text tells of."""

    effective: date | None
    last_review: date | None = None
    ends: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the text came from; `sha256` is of the file as received, `file` its name without folders."""

    kind: ProvenanceKind
    sha256: Sha256 | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy as one reader understood one text; immutable.

    `disclaimers` are the lines, in whatever section, that limit what the text may be used for.
    """

    id: PolicyId
    title: str
    version: Version
    text: Text
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    codes: tuple[CodeEntry, ...]
    provenance: Provenance
    reader: str
    publisher: str | None = None
    references: tuple[Reference, ...] = ()
    history: tuple[HistoryRow, ...] = ()
    related: tuple[str, ...] = ()
    findings: tuple[LintFinding, ...] = ()
    disclaimers: tuple[int, ...] = ()
    mentions: tuple[CodeMention, ...] = ()

    def section_of(self, line: int) -> Section | None:
        """The section that a line stands in."""
        at = bisect_right(self.sections, line, key=lambda section: section.first_line) - 1
        return self.sections[at] if at >= 0 and line <= self.sections[at].last_line else None

    @property
    def abstract(self) -> bool:
        """Whether the lines are an abstract, which is never quoted as the policy's words."""
        return self.provenance.kind is ProvenanceKind.ABSTRACT


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed the reading of an imported document, and when; `alone` where the same person had loaded or mended it."""

    by: str
    at: datetime
    alone: bool = False


@dataclass(frozen=True, slots=True)
class StillCurrent:
    """Somebody looked and found that the version still stands: where, when, who."""

    where: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Somebody gave the first day of a version whose document prints none: the day, where it is said, who gave it."""

    effective: date
    where: str
    by: str


@dataclass(frozen=True, slots=True)
class Retired:
    """Somebody recorded a version's last day: the day, where it is said, who, and the policy that came in its place, where one did."""

    last_day: date
    where: str
    by: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A policy with what this workspace's library knows of it: confirmed, adopted for whom, still current.

    `applies_to` holds lines of business, or `line:STATE`; None = the document does not say and nobody has. `reading` is the
    sha256 under which the reading is kept; None for a policy that stands in no library. The days of the policy's version are those that
    count: where the document prints none, or somebody recorded its end, `dated` and `retired` say whose they are.
    """

    policy: Policy
    confirmed: Confirmation | None = None
    applies_to: tuple[str, ...] | None = None
    still_current: StillCurrent | None = None
    reading: Sha256 | None = None
    dated: Dated | None = None
    retired: Retired | None = None
