"""The library as a catalogue: what each text on the shelf is, how it stands on a day, and what a search finds in it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ur_desk.domain.codes import System
from ur_desk.domain.policy import Confirmation, Dated, EntryState, MentionRole, PolicyId, Position, Retired, Sha256, StillCurrent, Version


@dataclass(frozen=True, slots=True)
class Card:
    """A policy text in the library without its lines: what a list, a choice of version and a search need of it.

    `version` tells the days that count, also those that somebody gave where the document prints none.
    """

    text: Sha256
    policy: PolicyId
    title: str
    version: Version
    abstract: bool
    reading: Sha256
    loaded_at: datetime
    publisher: str | None = None
    file: str | None = None
    positions: frozenset[Position] = frozenset()
    confirmed: Confirmation | None = None
    applies_to: tuple[str, ...] | None = None
    still_current: StillCurrent | None = None
    dated: Dated | None = None
    retired: Retired | None = None


class Standing(StrEnum):
    """How a text stands on a day. A draft is a document that nobody confirmed, or one of which no first day is known."""

    IN_FORCE = "in_force"
    FUTURE = "future"
    RETIRED = "retired"
    DRAFT = "draft"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class CodePlace:
    """A code, range or wildcard that a policy prints, as the catalogue keeps it; `role` is None where the policy lists it."""

    text: Sha256
    system: System
    low: str
    high: str | None
    line: int
    state: EntryState = EntryState.OK
    role: MentionRole | None = None


class Why(StrEnum):
    """By what a line was found; in this order they are shown."""

    NUMBER = "number"
    LISTED = "listed"
    RANGE = "range"
    WIDER = "wider"
    BELOW = "below"
    MENTIONED = "mentioned"
    TITLE = "title"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Narrow:
    """To what a search or a list is narrowed; an empty set leaves open. `publishers` as printed, '' where none is."""

    publishers: frozenset[str] = frozenset()
    standings: frozenset[Standing] = frozenset()
    positions: frozenset[Position] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that holds what was sought: `marks` are first character and length of each place in it.

    `printed` is the code, range or wildcard that holds the sought code; `section_last` the last line of what was found.
    """

    card: Card
    standing: Standing
    why: Why
    line: int
    section_last: int
    words: str
    marks: tuple[tuple[int, int], ...] = ()
    printed: str | None = None
    state: EntryState = EntryState.OK
    role: MentionRole | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many policy texts of what was found carry each value; each facet is counted as if it alone were not narrowed."""

    publishers: Mapping[str, int] = field(default_factory=dict)
    standings: Mapping[Standing, int] = field(default_factory=dict)
    positions: Mapping[Position, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, best first; `texts` counts the policy texts in which something was found, shown or not, and `policies` the
    policies that they are of."""

    hits: tuple[Hit, ...]
    texts: int
    counts: Counts
    policies: int


def admits(narrow: Narrow, card: Card, standing: Standing) -> bool:
    """Whether a text is among those to which it was narrowed."""
    return all(_fits(narrow, card, standing))


def counted(narrow: Narrow, found: Iterable[tuple[Card, Standing]]) -> Counts:
    """The facets of these texts, each counted as if it alone were not narrowed."""
    if narrow == Narrow():
        every = tuple(found)
        return Counts(
            Counter([card.publisher or "" for card, _ in every]),
            Counter([standing for _, standing in every]),
            Counter([position for card, _ in every for position in card.positions]),
        )
    publishers, standing_counts, positions = Counter[str](), Counter[Standing](), Counter[Position]()
    for card, standing in found:
        by_publisher, by_standing, by_position = _fits(narrow, card, standing)
        if by_standing and by_position:
            publishers[card.publisher or ""] += 1
        if by_publisher and by_position:
            standing_counts[standing] += 1
        if by_publisher and by_standing:
            positions.update(card.positions)
    return Counts(publishers, standing_counts, positions)


def _fits(narrow: Narrow, card: Card, standing: Standing) -> tuple[bool, bool, bool]:
    return (
        not narrow.publishers or (card.publisher or "") in narrow.publishers,
        not narrow.standings or standing in narrow.standings,
        not narrow.positions or bool(narrow.positions & card.positions),
    )
