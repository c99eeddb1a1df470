"""Where the steps beside approval and clinical refusal reach, and why one of them is closed to a person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.asked import WITH_NURSE
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.grounds import GROUNDS, Matter, signed_by
from ur_desk.domain.notice_given import refusals, told_elsewhere
from ur_desk.domain.outcome_rules import DISMISSING, REACH, clerk_may_not_pass_over
from ur_desk.domain.outcomes import Dismissal, DismissalVacated, Dismissed, NotRequired, Reopened, Voided
from ur_desk.domain.people import Role
from ur_desk.ui.widgets.panels.signing_offers import barred

if TYPE_CHECKING:
    from ur_desk.ui.widgets.panels.picked import Picked

translate = QCoreApplication.translate

_ENDED = frozenset({Workflow.DECIDED, Workflow.NOTICED})
OUTCOME_REACH = {
    "lines.deny-administratively": WITH_NURSE,
    "lines.not-required": REACH[NotRequired],
    "lines.dismiss": REACH[Dismissed],
    "lines.vacate": REACH[DismissalVacated],
    "lines.void": REACH[Voided],
    "lines.reopen": REACH[Reopened],
    "authorization.number": _ENDED,
    "claims.enter": _ENDED,
}
"""Where a line stands that such a verb reaches, by its name; a physician denies administratively what lies with them."""
IN_CLOSED_CASES = frozenset({"lines.vacate", "lines.void", "lines.reopen", "authorization.number", "claims.enter"})
"""Verbs that a closed case still takes."""


ENDS_AN_APPEAL = frozenset(
    {
        "lines.deny-administratively",
        "lines.not-required",
        "lines.dismiss",
        "lines.vacate",
        "lines.void",
        "lines.reopen",
        "lines.withdraw",
    }
)
"""Verbs beside a clinical decision that end an appeal, or take its answer back."""
PLANS = frozenset({"lines.deny-administratively", "lines.dismiss"})
"""Verbs that are known to a person only where the plan gave what they do to one of their roles."""


def allowed(verb: str, picked: "Picked") -> frozenset[Role]:
    """The roles that the plan lets use such a verb in a case; a request of another line of business is dismissed by none, but for an
    appeal that came behind the last day."""
    if verb == "lines.dismiss":
        return signed_by(Matter.DISMISSAL, picked.given) if dismissals(picked) else frozenset()
    return frozenset[Role]().union(*(signed_by(matter, picked.given) for matter in GROUNDS))


def dismissals(picked: "Picked") -> tuple[Dismissal, ...]:
    """Why a case may be dismissed: a request in Medicare Advantage, an appeal that came late everywhere."""
    late = (Dismissal.LATE,) if picked.case.appeal and picked.case.appeal.to_dismiss else ()
    request = picked.case.request.line_of_business in DISMISSING
    return (*late, *((Dismissal.NOT_VALID, Dismissal.NOT_PARTY) if request else ()))


def why_no_outcome(verb: str, picked: "Picked") -> str:
    """Why such a verb is closed to this person on lines that it would reach; empty where it is open."""
    if picked.bar and verb in ENDS_AN_APPEAL:
        return barred(picked)
    if verb == "lines.not-required" and not picked.person.has(Role.NURSE, Role.PHYSICIAN):
        return translate("offers", "a nurse reviewer says so here") if clerk_may_not_pass_over(picked.case, picked.lines) else ""
    if verb == "notice.record" and refusals(picked.case, picked.lines) and not told_elsewhere(picked.case):
        return translate("offers", "a refusal is told by the letter")
    made = {state.determination for state in picked.states}
    approved = all(each is not None and each.grants for each in made)
    if verb == "lines.deny-administratively" and picked.unmatched:
        return translate("offers", "the request has changed since it was matched")
    if verb == "lines.vacate":
        return "" if made == {Determination.DISMISSED} else translate("offers", "nothing was dismissed")
    if verb == "lines.reopen":
        return translate("offers", "a dismissal is vacated") if Determination.DISMISSED in made else ""
    if verb in ("authorization.number", "claims.enter") and not approved:
        return translate("offers", "nothing of it is approved")
    entered = verb == "claims.enter" and any(state.entered for state in picked.states)
    return translate("offers", "entered already") if entered else ""


def next_with_approval(picked: "Picked") -> str:
    """What an approved line still lacks: the verb that gives it, by name; empty where it lacks nothing."""
    states = [s for s in picked.states if s.grants and s.entered is None]
    if not states or len(states) < len(picked.states):
        return ""
    return "claims.enter" if picked.person.has(Role.NURSE, Role.INTAKE, Role.SUPERVISOR) else ""
