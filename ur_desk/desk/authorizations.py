"""Authorization numbers of approved lines, and their entry in the claims system."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.authorization import PREFIX, next_place, series_number
from ur_desk.domain.events import CaseId
from ur_desk.domain.people import Role

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Lines = Sequence[int]


class Authorizations:
    """Gives approved lines their number, and records that they are in the claims system."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @verb("authorization.number", Role.INTAKE, Role.NURSE, Role.PHYSICIAN, writes=ev.AuthorizationNumbered)
    def number(self, act: Act, case: CaseId, revision: int, lines: Lines, number: str = "", reason: str = "") -> Done[Case]:
        """Gives approved lines the plan's own number as typed, or without one the next of this workspace's series, which is never given
        again; `reason` says why another number takes the place of one that stands."""
        typed = number.strip()
        given = typed or self._next(case)
        body = ev.AuthorizationNumbered(tuple(lines), given, of_series=not typed, reason=reason.strip())
        return act.done(act.on_case(case, revision, [body]), label="authorization number")

    @verb("claims.enter", Role.INTAKE, Role.NURSE, Role.SUPERVISOR, writes=ev.EnteredInClaims)
    def enter(self, act: Act, case: CaseId, revision: int, lines: Lines, where: str, at: datetime) -> Done[Case]:
        """Records that the person entered approved lines in a claims system: which one, and when."""
        return act.done(act.on_case(case, revision, [ev.EnteredInClaims(tuple(lines), where.strip(), at)]), label="entry in claims")

    def _next(self, case: CaseId) -> str:
        """The next number of the case's series, inside the open transaction: two programs never give the same one."""
        events, now = self.desk.store.ledger.of_case(case), self.desk.review.case(case)
        plan = self.desk.store.standing().plan_of(now.request)
        return series_number(plan.authorization_prefix if plan else PREFIX, now.number, next_place(events))
