"""Questions to the store and their answers: a filter, a row of the list, a page by keyset."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import CaseId
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency


class Order(StrEnum):
    """How a list of cases is sorted."""

    DUE = "due"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to list; every part narrows, None, False and empty leave open; `to_notice` asks for cases with a line
    that is decided and of which nobody has notice, wherever the others stand. Days are days of the workspace's zone, both ends in."""

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
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of a list of cases: no more than the list shows."""

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


def works_on(person: Account, row: CaseRow) -> bool:
    """Whether the case is in this person's own work, so that a list names its member to them: theirs, nobody's yet, or waiting for a
    physician as they are one (minimum necessary, 45 CFR 164.502(b))."""
    if row.reviewer == person.id:
        return True
    if row.workflow is Workflow.WITH_PHYSICIAN:
        return person.has(Role.PHYSICIAN)
    return row.reviewer is None and person.has(Role.INTAKE, Role.NURSE, Role.PHYSICIAN)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and the key behind which the next page begins; None at the end. `total` counts all that match."""

    rows: tuple[CaseRow, ...]
    next_key: tuple[str, ...] | None
    total: int
