"""On what kind of reason something is refused, and whom a plan lets sign what no clinical judgment went into."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ur_desk.domain.people import Role
from ur_desk.errors import UserError


class Cause(StrEnum):
    """What lets a plan reopen what it decided; an approval stands against a later clinical refusal but for these (CY2026 MA rule)."""

    GOOD_CAUSE = "good_cause"
    FRAUD = "fraud_or_similar_fault"


class Family(StrEnum):
    """The kind of reason on which something is refused; lack of information is treated as clinical (NCQA counts it as a UM denial)."""

    CLINICAL = "clinical"
    ADMINISTRATIVE = "administrative"
    INFORMATION = "lack_of_information"


class Matter(StrEnum):
    """What a plan may let another role than the physician sign: grounds without clinical judgment, and the dismissal of a request."""

    EXCLUDED = "benefit_exclusion"
    USED_UP = "limit_used_up"
    NOT_ELIGIBLE = "not_eligible"
    OUT_OF_NETWORK = "out_of_network_without_authorization"
    NOT_TIMELY = "not_timely"
    DISMISSAL = "dismissal"


GROUNDS = tuple(matter for matter in Matter if matter is not Matter.DISMISSAL)
"""The grounds of an administrative refusal."""
GIVABLE = (Role.NURSE, Role.SUPERVISOR)
"""The roles to which a plan may give them: people without a licence never refuse, no matter how automated the screen (URAC)."""


@dataclass(frozen=True, slots=True)
class Given:
    """A matter that the plan lets a role sign; UserError for a role to which none may be given."""

    matter: Matter
    role: Role

    def __post_init__(self) -> None:
        if self.role not in GIVABLE:
            raise UserError(
                f"The role {self.role.value} signs no refusal.",
                f"A physician always may; beside that, name {' or '.join(GIVABLE)}. Nothing was changed.",
            )


@dataclass(frozen=True, slots=True)
class Administrative:
    """The ground of a refusal into which no clinical judgment went, and why none was needed."""

    ground: Matter
    not_clinical: str

    def __post_init__(self) -> None:
        if self.ground not in GROUNDS:
            raise ValueError("a dismissal refuses nothing: it is no ground")


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the requester agreed to something else than was asked for: who, when, and how they said so."""

    by: str
    at: datetime
    how: str


def signed_by(matter: Matter, given: Collection[Given]) -> frozenset[Role]:
    """The roles that sign a matter: the physician, and those to which the plan gave it."""
    return frozenset({Role.PHYSICIAN, *(each.role for each in given if each.matter is matter)})
