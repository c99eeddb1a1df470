"""What comes in for a case that is there, what is left out, and what a case follows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ur_desk.domain.contact import ContactWay
from ur_desk.domain.ids import CaseId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Request


class Following(StrEnum):
    """As what a case follows an earlier one that was decided against the request."""

    APPEAL = "appeal"
    REOPENING = "reopening"


@dataclass(frozen=True, slots=True)
class Follows:
    """The earlier case that a case follows, and as what."""

    case: CaseId
    number: str
    kind: Following


class Use(StrEnum):
    """As what something that came in stands in the case to which a person attached it."""

    AGAIN = "again"
    INFORMATION = "information"
    CANCELLATION = "cancellation"
    REVISION = "revision"
    INQUIRY = "inquiry"
    NOTIFICATION = "notification"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class MessageCame:
    """Something came in for a case that was there: as what, the request as it was read, and the hash of the file as received.

    `lines` are the pended lines that it takes back into review. The same request again changes nothing but that it stands here.
    """

    use: Use
    request: Request
    source: Sha256 | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What came in is not worked here, and why; the case stays open until the sender was told. `resembles` is the case that it resembled."""

    reason: str
    resembles: CaseId | None = None


@dataclass(frozen=True, slots=True)
class SenderTold:
    """The sender heard that what they sent is not worked here: how, who, what was said, when. The case is closed with that."""

    way: ContactWay
    with_whom: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """An appeal against this case came in, or a wish to reopen it: which case that is now, and when the paper was received."""

    case: CaseId
    number: str
    kind: Following
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The case was opened by mistake, and nothing else had been done in it: its request waits again where it came in."""
