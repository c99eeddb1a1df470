"""What bends a clock, as rows say it: an extension, a pause within it, an incomplete request that goes back; none longer than any calendar."""

from dataclasses import dataclass
from enum import StrEnum

from ur_desk.domain.law_rows import Verified

LONGEST = 3660
"""Hours or days that the longest clock counts: ten years of days, longer than any answer may take."""


class Condition(StrEnum):
    """What allows an extension."""

    BEYOND_CONTROL = "beyond_control"
    REQUESTED = "requested"
    """The enrollee or the provider asks for it (Medicaid)."""
    NEED_AND_INTEREST = "need_and_interest"
    """The plan shows that it needs more information and that waiting is in the enrollee's interest."""
    ENROLLEE_ASKS = "enrollee_asks"
    NONCONTRACT_EVIDENCE = "noncontract_evidence"
    """Evidence of a provider without a contract could change a denial (Medicare Advantage)."""
    EXTRAORDINARY = "extraordinary"
    """Extraordinary, exigent or other non-routine circumstances, in the enrollee's interest."""
    JUSTIFIED = "justified"
    """The plan justifies the need (Medicare Advantage, expedited)."""


class Arithmetic(StrEnum):
    """What is left once a pause ends; which of them holds is for the customer's counsel to say."""

    FROM_ANSWER = "from_answer"
    """A period of its own from the answer; never later than the rest where notice left in time."""
    REST = "rest"
    """What was left of base and extension when the pause began."""


class Right(StrEnum):
    """What the notice of an extension must say besides its reason."""

    GRIEVANCE = "grievance"
    EXPEDITED_GRIEVANCE = "expedited_grievance"


def check_length(*lengths: int | None) -> None:
    """ValueError where one is longer than any clock: that is a slip of the keys, and no calendar reaches so far."""
    if any(length is not None and length > LONGEST for length in lengths):
        raise ValueError(f"no clock counts more than {LONGEST} hours or days")


@dataclass(frozen=True, slots=True)
class Tolling:
    """A pause from the notice of an extension until the answer: `answer_days` at least to answer, then `days` (calendar days) from it,
    or the rest, as `arithmetic` says."""

    answer_days: int
    arithmetic: Arithmetic
    days: int
    verified: Verified | None = None

    def __post_init__(self) -> None:
        if min(self.answer_days, self.days) < 0:
            raise ValueError("a pause has no days less than none")
        check_length(self.answer_days, self.days)


@dataclass(frozen=True, slots=True)
class Extension:
    """By how many calendar days a clock may be extended once, on which conditions, and what its notice must say besides the reason."""

    days: int
    conditions: tuple[Condition, ...]
    verified: Verified | None = None
    tolling: Tolling | None = None
    right: Right | None = None

    def __post_init__(self) -> None:
        if self.days < 1 or not self.conditions:
            raise ValueError("an extension has at least one day and one condition")
        check_length(self.days)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An incomplete request may be sent back once: told within `tell` hours of receipt (None: before the answer is due), with at least
    `answer` hours to complete it; the answer is due `decide` hours after what came, or after that period."""

    answer: int
    decide: int
    tell: int | None = None
    verified: Verified | None = None

    def __post_init__(self) -> None:
        if min(self.answer, self.decide, self.tell or 1) < 1:
            raise ValueError("an incomplete request has at least one hour for each step")
        check_length(self.answer, self.decide, self.tell)
