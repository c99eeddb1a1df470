"""A restricted case and the breaking of its glass: what each step about who may see a case makes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ur_desk.domain.guard.restriction import GlassBroken, GlassSeen, Restricted, Unrestricted
from ur_desk.domain.ids import EventId
from ur_desk.domain.people import AccountId

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent

FenceBody = Restricted | Unrestricted | GlassBroken | GlassSeen
"""What can happen to a case by who may see it."""
GLASS_LASTS = timedelta(hours=8)
"""How long a restricted case stays open to whoever broke the glass: one shift."""


@dataclass(frozen=True, slots=True)
class Glass:
    """A breaking of the glass: by whom, when, why, until when it opens the case, and who has looked into it since."""

    event: EventId
    by: AccountId
    at: datetime
    until: datetime
    reason: str
    seen_by: AccountId | None = None


def with_fence(body: FenceBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; what was opened in need is closed by whoever says anew to whom the case is open."""
    match body:
        case GlassBroken():
            broken = Glass(event.id, event.by, event.at, event.at + GLASS_LASTS, body.reason)
            return replace(case, glasses=(*case.glasses, broken))
        case GlassSeen():
            seen = (replace(glass, seen_by=event.by) if glass.event == body.event else glass for glass in case.glasses)
            return replace(case, glasses=tuple(seen))
        case Restricted() | Unrestricted():
            closed = tuple(replace(glass, until=min(glass.until, event.at)) for glass in case.glasses)
            return replace(case, restriction=body if isinstance(body, Restricted) else None, glasses=closed)
