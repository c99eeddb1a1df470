"""Questions to the store and their answers: a filter, a row of the list, a page by keyset."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ur_desk.domain.clock_read import ClockState
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import CaseId, Restriction
from ur_desk.domain.messages import Following
from ur_desk.domain.people import AccountId
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency


class Order(StrEnum):
    """How a list of cases is sorted."""

    DUE = "due"
    NEWEST = "newest"


class Shown(StrEnum):
    """How much of a case a row shows to whoever asked for the list."""

    NAMED = "named"
    INITIALS = "initials"
    """No name, member id or birth date: the person's work on this case does not need them."""
    NUMBER = "number"
    """The case is restricted, and not open to the person: number, state and due instant."""


class News(StrEnum):
    """What waits in a case for somebody to read or tell: as what the newest of it came in, that the sender is still to be told, or that
    nobody has said when the request was received, so that no clock runs."""

    INFORMATION = "information"
    CANCELLATION = "cancellation"
    REVISION = "revision"
    INQUIRY = "inquiry"
    NOTIFICATION = "notification"
    RESPONSE = "response"
    TELL_SENDER = "tell_sender"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a list is made, and when. Names stand on every row, or on rows in these states and on the person's `own`;
    codes and diagnoses where the person's role reads cases at all."""

    account: AccountId
    now: datetime
    everywhere: bool = True
    workflows: frozenset[Workflow] = frozenset()
    own: bool = True
    codes: bool = True


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to list; every part narrows, None, False and empty leave open; `to_notice` asks for cases with a line
    that is decided and of which nobody has notice, wherever the others stand, `news` for cases in which something waits to be read or told,
    `to_enter` for those with an approved line that nobody has entered in a claims system. Days are days of the workspace's zone, both ends in."""

    text: str = ""
    workflow: frozenset[Workflow] = frozenset()
    outcome: frozenset[Determination] = frozenset()
    reviewer: AccountId | None = None
    code: str = ""
    lines_of_business: frozenset[LineOfBusiness] = frozenset()
    received_from: date | None = None
    received_to: date | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    to_notice: bool = False
    news: bool = False
    to_enter: bool = False
    to_chase: date | None = None
    """Cases in which somebody asks again for information, or the last day to answer is, on that day or before it."""
    referred: bool = False
    """Cases that are open and of which a nurse ever referred a line to a physician."""
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of a list of cases: no more than the person who asked for it needs; what is not for them is empty."""

    id: CaseId
    number: str
    member: str
    member_id: str
    birth_date: date | None
    codes: tuple[str, ...]
    diagnoses: tuple[str, ...]
    workflow: Workflow
    determination: Determination | None
    urgency: Urgency | None
    timing: Timing | None
    line_of_business: LineOfBusiness | None
    state: str | None
    received_at: datetime | None
    due_at: datetime | None
    due_words: str
    reviewer: AccountId | None
    decided_at: datetime | None
    returned_from_pend: bool
    revision: int
    member_initials: str = ""
    shown: Shown = Shown.NAMED
    restricted: Restriction | None = None
    news: News | None = None
    to_enter: int = 0
    """How many of its lines are approved and not entered in a claims system."""
    clock_state: ClockState | None = None
    outer_at: datetime | None = None
    """The outer limit where there is no due instant; no answer."""
    pause_until: datetime | None = None
    chase_on: date | None = None
    """The day on which somebody asks again for information."""
    answer_by: date | None = None
    """The last day to answer what was asked."""
    follows: Following | None = None
    """What the case is, where it follows another: an appeal, or a wish to reopen."""
    asks_at: datetime | None = None
    """When something first asks for a person, by which lists sort: the clock, or a message that nobody has read; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and the key behind which the next page begins; None at the end. `total` counts all that match."""

    rows: tuple[CaseRow, ...]
    next_key: tuple[str, ...] | None
    total: int


def initials(listed_name: str) -> str:
    """The initials of a name as lists write it, family name first: `R. A.` of `Alvarado, Rosalind`."""
    family, _, given = listed_name.partition(",")
    return " ".join(f"{part.strip()[0].upper()}." for part in (given, family) if part.strip())


def redacted(row: CaseRow, shown: Shown, codes: bool) -> CaseRow:
    """The row with no more than is to be shown; `codes` says whether services and diagnoses are."""
    if shown is Shown.NUMBER:
        return CaseRow(
            row.id, row.number, "", "", None, (), (), row.workflow, None, None, None, None, None, None, row.due_at, "", None, None, False,
            row.revision, shown=shown, clock_state=row.clock_state, outer_at=row.outer_at, pause_until=row.pause_until,
            asks_at=row.asks_at,
        )  # fmt: skip
    told = replace(row, shown=shown, member_initials=initials(row.member))
    if shown is Shown.INITIALS:
        told = replace(told, member="", member_id="", birth_date=None)
    return told if codes else replace(told, codes=(), diagnoses=())
