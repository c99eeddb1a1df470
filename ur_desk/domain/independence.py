"""Who may not decide an appeal: whoever decided the case before it, and those who report to them (ERISA 2560.503-1(h)(3))."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination
from ur_desk.domain.people import Account, AccountId
from ur_desk.errors import UserError

ReportsTo = Mapping[AccountId, AccountId]
"""To whom each account reports, as the administrator said."""


class Bar(StrEnum):
    """Why somebody may not decide an appeal."""

    DECIDED = "decided"
    REPORTS = "reports"
    UNTOLD = "untold"
    """The case before it cannot be told any more, so nobody can say who decided it."""


def first_reviewers(earlier: Iterable[Case]) -> frozenset[AccountId]:
    """Whoever decided a line of one of the cases; a withdrawal is the requester's."""
    decisions = (state.decision for case in earlier for state in case.lines if state.decision is not None)
    return frozenset(d.signature.account for d in decisions if d.determination is not Determination.WITHDRAWN)


def above(account: AccountId, reports_to: ReportsTo) -> tuple[AccountId, ...]:
    """Everybody to whom an account reports, from the nearest on, however the lines run."""
    told: list[AccountId] = []
    at = reports_to.get(account)
    while at is not None and at not in told:
        told.append(at)
        at = reports_to.get(at)
    return tuple(told)


def bar(person: AccountId, earlier: Iterable[Case], reports_to: ReportsTo) -> Bar | None:
    """Why a person may not decide an appeal against these cases, or None."""
    first = first_reviewers(earlier)
    if person in first:
        return Bar.DECIDED
    return Bar.REPORTS if first & set(above(person, reports_to)) else None


BAR_WORDS = {
    Bar.DECIDED: "You decided the case against which this is an appeal.",
    Bar.REPORTS: "You report to somebody who decided the case against which this is an appeal.",
    Bar.UNTOLD: "Nobody can tell any more who decided the case against which this is an appeal.",
}


def check_reporting(account: Account, to: Account | None, reports_to: ReportsTo) -> None:
    """Refuses a line of reporting to oneself, in a circle, or to a retired account."""
    if to is None:
        return
    if account.id == to.id or account.id in above(to.id, reports_to):
        raise UserError("Nobody reports to themselves, nor in a circle.", "Name another account. Nothing was changed.")
    if to.retired:
        raise UserError("That account is retired.", "Name another one. Nothing was changed.")
