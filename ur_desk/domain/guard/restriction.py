"""A case that only named people read: how it is closed, opened again, and broken into in need."""

from dataclasses import dataclass
from enum import StrEnum

from ur_desk.domain.ids import EventId
from ur_desk.domain.people import AccountId


class Restriction(StrEnum):
    """Why a case is open to named people only."""

    EMPLOYEE = "employee"
    RELATIVE = "relative"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Restricted:
    """The case is open to these accounts only from here on: what kind of case it is, and why."""

    kind: Restriction
    reason: str
    open_to: tuple[AccountId, ...]


@dataclass(frozen=True, slots=True)
class Unrestricted:
    """The case is open again to everybody whose role reads cases, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody to whom a restricted case is closed opened it for themselves in need: why. It stays open to them for a time."""

    reason: str


@dataclass(frozen=True, slots=True)
class GlassSeen:
    """A supervisor looked into a broken glass of this case; `event` is the breaking."""

    event: EventId
