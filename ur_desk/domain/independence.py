"""Who may not decide an appeal: whoever decided the case before it, and those who report to them (ERISA 2560.503-1(h)(3))."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ur_desk.domain import events as ev
from ur_desk.domain.appeals import is_appeal
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Signature
from ur_desk.domain.events import CaseEvent, CaseId
from ur_desk.domain.people import Account, AccountId, Credential
from ur_desk.errors import UserError

ReportsTo = Mapping[AccountId, AccountId]
"""To whom each account reports, as the administrator said."""
Trail = tuple[Case, Sequence[CaseEvent]]
"""A case as it stands, and every event of it, those that were taken back too."""
Tell = Callable[[CaseId], Trail | None]
"""Gives the trail of a case; None where there is none that can be told."""


class Bar(StrEnum):
    """Why somebody may not decide an appeal."""

    DECIDED = "decided"
    REPORTS = "reports"
    UNTOLD = "untold"
    """The case before it cannot be told any more, so nobody can say who decided it."""


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Whoever signed against a request: their accounts, and the licences (state and number) and NPIs behind their signatures."""

    accounts: frozenset[AccountId] = frozenset()
    licences: frozenset[tuple[str, str]] = frozenset()
    npis: frozenset[str] = frozenset()

    def include(self, person: Account) -> bool:
        """Whether a person is one of them, under this account or by the licence or the NPI of another one."""
        held = person.credential
        return person.id in self.accounts or bool(held and (held.licence_keys & self.licences or held.npi.strip() in self.npis))


def first_reviewers(trails: Iterable[Sequence[CaseEvent]]) -> Reviewers:
    """Whoever signed a refusal or a dismissal in one of these trails, also one that was taken back or reopened since."""
    signed = [signature for events in trails for signature in _refusals(events)]
    held: list[Credential] = [each.credential for each in signed if each.credential is not None]
    return Reviewers(
        frozenset(each.account for each in signed),
        frozenset[tuple[str, str]]().union(*(each.licence_keys for each in held)),
        frozenset(each.npi.strip() for each in held if each.npi.strip()),
    )


def _refusals(events: Sequence[CaseEvent]) -> Iterator[Signature]:
    for event in events:
        body = event.body
        if isinstance(body, ev.Determined | ev.Dismissed) and (body.decision.determination.adverse or isinstance(body, ev.Dismissed)):
            yield body.decision.signature


def before(case: Case, tell: Tell) -> tuple[Sequence[CaseEvent], ...]:
    """The trails that bear on an appeal: of each case before it, of each other one that followed one of those about the same lines, and of
    those that followed it."""
    seen, trails, about = {case.id}, list[Sequence[CaseEvent]](), _about(case)
    if (own := tell(case.id)) is not None:
        trails.extend(_beside(own[1], None, seen, tell))
    at = case
    while at.follows is not None and at.follows.case not in seen:
        found = tell(at.follows.case)
        if found is None:
            break
        seen.add(found[0].id)
        trails.append(found[1])
        trails.extend(_beside(found[1], about, seen, tell))
        at, about = found[0], _of_the_one_before(found[0], about)
    return tuple(trails)


def _beside(events: Sequence[CaseEvent], about: frozenset[int] | None, seen: set[CaseId], tell: Tell) -> Iterator[Sequence[CaseEvent]]:
    """The trails of other cases that followed this one about these lines (None: all that there are), and of those that followed them."""
    for event in events:
        if not isinstance(event.body, ev.Followed) or event.body.case in seen:
            continue
        found = tell(event.body.case)
        if found is None:
            continue
        theirs = _about(found[0])
        if about is None or theirs is None or about & theirs:
            seen.add(found[0].id)
            yield found[1]
            yield from _beside(found[1], None, seen, tell)


def _about(case: Case) -> frozenset[int] | None:
    """The lines of the case before that a case is about; None where nobody told."""
    return frozenset(each.of for each in case.appeal.against) if case.appeal else None


def _of_the_one_before(case: Case, lines: frozenset[int] | None) -> frozenset[int] | None:
    if lines is None or case.appeal is None:
        return None
    return frozenset(each.of for each in case.appeal.against if each.line in lines)


def above(account: AccountId, reports_to: ReportsTo) -> tuple[AccountId, ...]:
    """Everybody to whom an account reports, from the nearest on, however the lines run."""
    told: list[AccountId] = []
    at = reports_to.get(account)
    while at is not None and at not in told:
        told.append(at)
        at = reports_to.get(at)
    return tuple(told)


def bar(person: Account, case: Case, tell: Tell, reports_to: ReportsTo) -> Bar | None:
    """Why a person may not decide a case that appeals against others, or None; UserError where `tell` refuses to tell one of them."""
    if not is_appeal(case):
        return None
    first = first_reviewers(before(case, tell))
    if first.include(person):
        return Bar.DECIDED
    return Bar.REPORTS if first.accounts & set(above(person.id, reports_to)) else None


BAR_WORDS = {
    Bar.DECIDED: "You decided the case against which this is an appeal, or another appeal against it.",
    Bar.REPORTS: "You report to somebody who decided the case against which this is an appeal, or another appeal against it.",
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
