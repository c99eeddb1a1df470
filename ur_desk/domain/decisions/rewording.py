"""Other words for a signed reason: its signature no longer covers them, so the lines go back to whoever signs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ur_desk.domain.determination import Decision, Determination, Workflow
from ur_desk.domain.people import AccountId
from ur_desk.errors import HalfCharacter, UserError

if TYPE_CHECKING:
    from ur_desk.domain.asked import Asked
    from ur_desk.domain.case import Case, LineState
    from ur_desk.domain.events import CaseEvent


@dataclass(frozen=True, slots=True)
class Reworded:
    """Somebody asks that the reason of decided lines be said in other words, and why; the decision falls until it is signed anew.

    `words` are the reason for the member, `information_needed` what would complete the request; the rationale is the decider's alone.
    """

    lines: tuple[int, ...]
    words: str
    information_needed: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Words that wait for the signature: who asks for them and why, and the decision that they stand beside."""

    body: Reworded
    by: AccountId
    decision: Decision


def signed_words(decision: Decision) -> str:
    """The sha256 of all that a decision says in words: the reason for the member, the rationale, what would help, alternatives where
    they are named, and what another service that is approved is called; HalfCharacter where one of them is no Unicode."""
    named = (decision.alternatives,) if decision.alternatives else ()
    other = (f"service={decision.granted.service}",) if decision.granted and decision.granted.service else ()
    told = "\0".join((decision.reason.words, decision.rationale, decision.information_needed, *named, *other))
    try:
        return hashlib.sha256(told.encode()).hexdigest()
    except UnicodeEncodeError:
        raise HalfCharacter from None


def sealed(decision: Decision) -> Decision:
    """The decision with the hash of its words in the signature, so that the signature is of these words and no others."""
    return replace(decision, signature=replace(decision.signature, words=signed_words(decision)))


def check_reworded(body: Reworded, asked: "Asked") -> None:
    """Passes other words for a signed reason while nobody has notice of it; else UserError in plain words."""
    from ur_desk.domain.asked import NOTHING_LOST, check_lines, check_said
    from ur_desk.domain.scripts import check_one_alphabet

    check_one_alphabet(body.words, body.information_needed)
    check_lines(asked.case, body.lines, frozenset({Workflow.DECIDED}))
    states = [asked.case.line(line) for line in body.lines]
    if any(state.told_in for state in states):
        raise UserError("A letter that was issued says these words.", f"Reopen what was decided. {NOTHING_LOST}")
    decisions = {state.decision for state in states}
    if any(state.determination is Determination.WITHDRAWN for state in states):
        raise UserError("A withdrawal has no reason that a letter tells.", "Nothing was changed.")
    if len(decisions) > 1:
        raise UserError("These lines were decided by several acts, each with its own reason.", f"Take them one by one. {NOTHING_LOST}")
    check_said(body.words, "the reason, in words for the member")
    check_said(body.why, "why it should be said otherwise")
    decision = next(iter(decisions))
    if decision and (decision.reason.words, decision.information_needed) == (body.words, body.information_needed):
        raise UserError("These are the words that stand there now.", f"Change them, or leave them. {NOTHING_LOST}")


def check_words(states: "Sequence[LineState]") -> None:
    """UserError where a decision's words are not those that were signed; one of an older version kept no hash of them."""
    for state in states:
        decision = state.decision
        if decision and decision.signature.words and decision.signature.words != signed_words(decision):
            raise UserError(
                f"The reason of line {state.line} is not the one that {decision.signature.name} signed.",
                "Have it decided anew. Nothing was issued.",
            )


def reworded(body: Reworded, case: "Case", event: "CaseEvent") -> "Case":
    """The case once the lines are back with whoever signed them; what was matched stays."""
    return replace(case, decided_at=None, lines=tuple(_back(s, body, event) if s.line in body.lines else s for s in case.lines))


def _back(state: "LineState", body: Reworded, event: "CaseEvent") -> "LineState":
    decision = state.decision
    assert decision is not None
    physician = state.referral is not None
    where = Workflow.WITH_PHYSICIAN if physician else Workflow.REVIEW
    return replace(state, workflow=where, decision=None, matched=None, proposed=Proposed(body, event.by, decision))
