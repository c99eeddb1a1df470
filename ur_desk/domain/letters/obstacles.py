"""Why an adverse letter may not leave yet: reviewer and physician must have had the payer's own, right text before them."""

from ur_desk.domain import events as ev
from ur_desk.domain.case import LineState


def adverse_letter_obstacles(state: LineState, people: int, cautions: frozenset[str]) -> tuple[str, ...]:
    """Why no adverse letter about a decided line may leave yet, outside a demo workspace; empty where it may (DESIGN section 2).

    `people` counts the accounts that are not retired; `cautions` are the codes of the report on which the line was decided.
    """
    found = []
    if people < 2:
        found.append("The workspace has one person only: an adverse letter needs a reviewer and a signing physician.")
    pins = _rests_on(state)
    if any(pin.abstract for pin in pins):
        found.append("The policy on the desk is an abstract: load the payer's own document first.")
    if any(not pin.abstract and not pin.confirmed for pin in pins):
        found.append("Nobody has confirmed the reading of the policy document yet.")
    if pins and state.service.first_day is None:
        found.append(f"Line {state.line} has no day of service, so nobody can say whether the policy was in force.")
    if pins and "version_not_in_force" in cautions:
        found.append("The policy version was not in force on the day of service: load the right one.")
    if pins and "review_overdue" in cautions:
        found.append(
            "The policy is overdue for review: load the newest version, or record where and when you saw that this one still stands."
        )
    return tuple(found)


def _rests_on(state: LineState) -> tuple[ev.PolicyPin, ...]:
    """The texts that a decided line rests on: those cited, and those of a policy whose position stood against it, cited or not."""
    if state.decision is None or state.matched is None:
        return ()
    cited = {c.anchor.text for c in state.decision.reason.policy_lines}
    rows = [row for row in state.matched.services if row.line == state.line and row.line in state.matched.against]
    standing = {policy for row in rows for policy in row.policies}
    return tuple(pin for pin in state.matched.pins if pin.text in cited or pin.policy in standing)
