"""How people outside are reached, and what was said to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ur_desk.domain.ids import EventId


class ContactWay(StrEnum):
    """How somebody was reached, or tried."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    FAX = "fax"
    PORTAL = "portal"
    MAIL = "mail"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class ContactLogged:
    """Somebody was called, written to, or tried; where that was an attempt to get missing information, `ask` is the request for it."""

    way: ContactWay
    with_whom: str
    number: str
    said: str
    at: datetime
    reached: bool = True
    call_back: datetime | None = None
    ask: EventId | None = None
