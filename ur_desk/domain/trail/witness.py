"""What stands outside of the trail and can speak against it: the last head that was seen here, codes that left, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from ur_desk.domain.events import EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.trail.checkpoint import CheckpointTold
from ur_desk.domain.trail.computer_clock import Against, ClockDoubted, Moment


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The newest event of a workspace that this computer saw: number, seal, and the moment at which it saw it."""

    number: int
    seal: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class WentBack:
    """The workspace does not hold the event that this computer saw last: it ends earlier (`found_number`), so that an older one lies
    in its place; or `other_history`, another event has that number."""

    expected_number: int
    found_number: int
    other_history: bool


@dataclass(frozen=True, slots=True)
class GoingBackExplained:
    """A supervisor looked into a workspace's going back, and said why it was right, or what was done."""

    event: EventId
    reason: str


WitnessBody = CheckpointTold | WentBack | GoingBackExplained | ClockDoubted


@dataclass(frozen=True, slots=True)
class GoneBack:
    """A going back as it stands: which event told it, when, who opened the workspace then; from when the backup was that
    was put in place right after, where one was; and the reason that a supervisor gave, empty while none has."""

    event: EventId
    at: datetime
    by: AccountId
    body: WentBack
    restored_from: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """What the events tell of witnesses: every going back in order, and the instants that the clock was found to contradict."""

    gone_back: tuple[GoneBack, ...] = ()
    contradicted: frozenset[tuple[Against, datetime]] = field(default_factory=frozenset)

    @property
    def waiting(self) -> tuple[GoneBack, ...]:
        """Every going back into which no supervisor has looked."""
        return tuple(gone for gone in self.gone_back if not gone.reason)


def after(witness: Witness, event: EventId, by: AccountId, at: datetime, body: WitnessBody) -> Witness:
    """What holds when the event has happened too."""
    match body:
        case WentBack():
            return replace(witness, gone_back=(*witness.gone_back, GoneBack(event, at, by, body)))
        case GoingBackExplained():
            reasons: Mapping[EventId, str] = {body.event: body.reason}
            return replace(witness, gone_back=tuple(replace(g, reason=reasons.get(g.event, g.reason)) for g in witness.gone_back))
        case ClockDoubted(told=told) if told is not None:
            return replace(witness, contradicted=witness.contradicted | {(body.against, told)})
        case ClockDoubted() | CheckpointTold():
            return witness


def restored(witness: Witness, created: datetime) -> Witness:
    """What holds when the workspace was put back from a backup of that instant: the last going back is explained by it."""
    if not witness.waiting:
        return witness
    last = witness.waiting[-1]
    return replace(witness, gone_back=tuple(replace(g, restored_from=created) if g is last else g for g in witness.gone_back))


def went_back(seen: LastSeen | None, last: int, seal_there: str | None) -> WentBack | None:
    """What the head that was seen last says of a workspace that ends with event `last` and has `seal_there` at the seen number."""
    if seen is None or seen.seal == seal_there:
        return None
    return WentBack(seen.number, last, seal_there is not None)
