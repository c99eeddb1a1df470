"""What the clock would say if something were otherwise: a request and what bends its clock, with the facts that somebody supposes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ur_desk.domain.clocks.facts import Bends, Extended, Returned
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.request import LineOfBusiness, Request, Timing, Urgency
from ur_desk.errors import UserError


@dataclass(frozen=True, slots=True)
class Supposed:
    """What somebody supposes; None leaves a fact as it is. `on` is the instant at which one looks.

    `noticed_at` is when the notice of an extension would leave, `answer_by` the last day to answer what it asks for, and `answered_at`
    when the answer would come to whatever the clock waits for.
    """

    received_at: datetime | None = None
    urgency: Urgency | None = None
    timing: Timing | None = None
    line_of_business: LineOfBusiness | None = None
    state: str | None = None
    rating_period: date | None = None
    noticed_at: datetime | None = None
    answer_by: date | None = None
    answered_at: datetime | None = None
    on: datetime | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The clock as it stands, and as it would."""

    now: ClockRead
    then: ClockRead


def supposed(request: Request, told: Supposed) -> Request:
    """The request as if what is supposed had been told with it."""
    return replace(
        request,
        received_at=told.received_at or request.received_at,
        urgency=told.urgency or request.urgency,
        timing=told.timing or request.timing,
        line_of_business=told.line_of_business or request.line_of_business,
        state=told.state or request.state,
    )


def bent(bends: Bends, clock: ClockRead, told: Supposed) -> Bends:
    """What would bend the clock; UserError where the clock that is read before knows no such thing."""
    particulars = replace(bends.particulars, rating_period=told.rating_period) if told.rating_period else bends.particulars
    extended, returned = bends.extended, bends.returned
    if told.noticed_at is not None:
        if clock.extension is None:
            raise UserError("The clock that binds this request allows no extension.", "Suppose something else. Nothing was changed.")
        extended = Extended(told.noticed_at, clock.extension.conditions[0], told.answer_by)
    if told.answered_at is not None:
        extended, returned = _answered(extended, returned, told.answered_at)
    return replace(bends, particulars=particulars, extended=extended, returned=returned)


def _answered(extended: Extended | None, returned: Returned | None, at: datetime) -> tuple[Extended | None, Returned | None]:
    if returned is None and (extended is None or extended.answer_by is None):
        raise UserError("The clock would wait for no answer.", "Suppose a notice with a last day to answer too. Nothing was changed.")
    if extended is not None and extended.answer_by is not None:
        extended = replace(extended, answered_at=at)
    return extended, replace(returned, answered_at=at) if returned else None
