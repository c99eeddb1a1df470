"""Backups and retention as values: what a backup says of itself, which backups stay, how long a case stays, and the bodies of their events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many days, weeks and months have a backup of their own."""
DEFAULT_YEARS = 10
LEAST_YEARS, MOST_YEARS = 6, 100
"""HIPAA asks for six years of its documents (45 CFR 164.316(b)(2)); a workspace keeps no case for less."""
HOLD_PREFIX = "hold."
"""The verb of every event about a legal hold begins with it; such an event stands in its case and changes nothing of it."""
HOLD_PLACE, HOLD_LIFT = f"{HOLD_PREFIX}place", f"{HOLD_PREFIX}lift"


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself; no patient data. `database` and `keys` are the sha256 of what lies in it, `events` and
    `head` the number and seal of its last event, `schema` that of its database."""

    schema: int
    created: datetime
    events: int
    head: str
    program: str
    database: str
    keys: str


# hashes are plain text here: a field of the type Sha256 would name a file that the workspace keeps


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup was made and opened again: where it lies, the sha256 of the file, and its last event; `left` where it, or its copy in
    the second folder, lies outside of the workspace's own folder; `second` is where that copy lies, and `place` what kind of place
    that is which lies outside."""

    path: str
    sha256: str
    events: int
    head: str
    automatic: bool = False
    left: bool = False
    second: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class BackupRestored:
    """The workspace was put back from a backup: the sha256 of the file, its last event, and what became of what lay there before."""

    sha256: str
    events: int
    head: str
    created: datetime
    kept_as: str = ""


@dataclass(frozen=True, slots=True)
class BackupPlaceChosen:
    """Backups go to a second folder too; to none where it is empty."""

    folder: str


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A workspace from before the vault was encrypted: how many rows were copied and compared; its events before this are unsigned."""

    rows: int
    events: int
    head: str


@dataclass(frozen=True, slots=True)
class RetentionSet:
    """How many years a case stays after its last event."""

    years: int


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A case must stay, whatever its age: why, such as a lawsuit or an audit."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The hold on a case is over: why."""

    reason: str


@dataclass(frozen=True, slots=True)
class PurgeProposed:
    """Somebody proposed that these cases go, by the rule in words; a second person approves or drops it."""

    cases: tuple[CaseId, ...]
    numbers: tuple[str, ...]
    rule: str

    def __post_init__(self) -> None:
        if len(self.cases) != len(self.numbers):
            raise ValueError("every case of a proposal has its number")


@dataclass(frozen=True, slots=True)
class PurgeDropped:
    """A proposal was dropped: why."""

    proposal: EventId
    why: str


@dataclass(frozen=True, slots=True)
class Purged:
    """The certificate of a purge. The contents of `events` (with what their heads keep of them in `bodies`, in the same order) and
    the kept `files` are gone; `backups` are those known then that may still hold them."""

    proposal: EventId
    cases: tuple[CaseId, ...]
    numbers: tuple[str, ...]
    events: tuple[EventId, ...]
    bodies: tuple[str, ...]
    files: tuple[str, ...]
    rule: str
    proposed_by: AccountId
    proposed_at: datetime
    approved_by: AccountId
    backups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.cases) != len(self.numbers) or len(self.events) != len(self.bodies):
            raise ValueError("every case of a certificate has its number, and every event its hash")


KeepingBody = BackupMade | BackupRestored | BackupPlaceChosen | Encrypted | RetentionSet | PurgeProposed | PurgeDropped | Purged
HoldBody = HoldPlaced | HoldLifted


@dataclass(frozen=True, slots=True)
class Proposal:
    """A purge that waits for a second person."""

    event: EventId
    by: AccountId
    at: datetime
    body: PurgeProposed


@dataclass(frozen=True, slots=True)
class Certificate:
    """A purge that was done: the event that tells it, when, and all of what it says."""

    event: EventId
    at: datetime
    body: Purged


@dataclass(frozen=True, slots=True)
class Keeping:
    """What holds for backups and retention: the second folder, the newest backup, when one left the workspace's folder last, where those made by hand were put, the years, the
    proposal that waits, what was purged."""

    second: str = ""
    backup: tuple[datetime, BackupMade] | None = None
    left: datetime | None = None
    by_hand: tuple[str, ...] = ()
    years: int = DEFAULT_YEARS
    proposal: Proposal | None = None
    certificates: tuple[Certificate, ...] = ()

    @property
    def purged(self) -> dict[EventId, str]:
        """Every event of which the content was purged, with the hash of that content as its head keeps it."""
        return {event: body for c in self.certificates for event, body in zip(c.body.events, c.body.bodies, strict=True)}


def after(keeping: Keeping, event: EventId, by: AccountId, at: datetime, body: KeepingBody) -> Keeping:
    """What holds when the event has happened too."""
    match body:
        case BackupPlaceChosen():
            return replace(keeping, second=body.folder)
        case BackupMade():
            left = at if body.left else keeping.left
            return replace(
                keeping, backup=(at, body), left=left, by_hand=keeping.by_hand if body.automatic else (*keeping.by_hand, body.path)
            )
        case RetentionSet():
            return replace(keeping, years=body.years)
        case PurgeProposed():
            return replace(keeping, proposal=Proposal(event, by, at, body))
        case PurgeDropped():
            return replace(keeping, proposal=None)
        case Purged():
            return replace(keeping, proposal=None, certificates=(*keeping.certificates, Certificate(event, at, body)))
        case BackupRestored() | Encrypted():
            return keeping


def to_keep(made: Iterable[datetime]) -> frozenset[datetime]:
    """Of these backups those that stay: the newest of each of the last 7 days, 4 weeks and 12 months that have one (days of UTC)."""
    newest_first = sorted(made, reverse=True)
    kept: set[datetime] = set()
    for span, count in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        firsts: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            firsts.setdefault(span(at), at)
        kept.update(list(firsts.values())[:count])
    return frozenset(kept)


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month


def kept_until(last: date, years: int) -> date:
    """The first day on which a case of which the last event was on `last` may go; of February 29 the day after the 28th is meant."""
    try:
        return last.replace(year=last.year + years)
    except ValueError:
        return last.replace(year=last.year + years, day=28) + timedelta(days=1)


def rule_in_words(years: int) -> str:
    """The rule of retention as a proposal and a certificate say it."""
    return f"A case stays {years} years after its last event, longer under a legal hold; open cases stay."
