"""The store's own look at who decides: whatever hands it a decision, none is kept that its person's roles do not make."""

from collections.abc import Callable
from typing import Any

from ur_desk.domain.case import Case
from ur_desk.domain.decisions.grounds import Given
from ur_desk.domain.determination import Decision, Determination, may_determine
from ur_desk.domain.events import CaseId
from ur_desk.domain.people import AccountId
from ur_desk.domain.workspace import WorkspaceState
from ur_desk.errors import Forbidden


class Guard:
    """Asked before an event of a case is written; `state` tells who holds which role by the trail itself, `case` how a case stands."""

    def __init__(self, state: Callable[[], WorkspaceState], case: Callable[[CaseId], Case]) -> None:
        self._state = state
        self._case = case

    def check(self, person: AccountId, case: CaseId, body: Any) -> None:
        """Forbidden for a decision that this person's roles do not make of these lines; all else passes."""
        decision = getattr(body, "decision", None)
        if not isinstance(decision, Decision):
            return
        state = self._state()
        account = state.accounts.get(person)
        if account is None or account.retired:
            raise Forbidden("Whoever decides has no account here.", "Nothing was saved.")
        given, against = self._rests_on(state, case, decision, body.lines)
        if refusal := may_determine(account, decision, against, given):
            raise Forbidden(refusal, "Nothing was saved.")

    def _rests_on(self, state: WorkspaceState, case: CaseId, decision: Decision, lines: tuple[int, ...]) -> tuple[tuple[Given, ...], bool]:
        """What the case's plan gave to other roles, and whether a position stands against a line; read only where it matters."""
        if decision.matter is None and decision.determination is not Determination.APPROVED:
            return (), False
        now = self._case(case)
        profile = state.plan_of(now.request)
        return (profile.signers if profile else ()), bool(now.matched and set(lines) & set(now.matched.against))
