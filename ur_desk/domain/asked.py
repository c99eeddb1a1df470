"""What a rule about a case is asked with, and the small checks that every rule shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ur_desk.domain.authorization import NO_NUMBERS, PREFIX, Numbers
from ur_desk.domain.binding import Binding
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Decision, Workflow
from ur_desk.domain.events import CaseEvent, CaseId
from ur_desk.domain.grounds import Given
from ur_desk.domain.independence import BAR_WORDS, Bar
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Account
from ur_desk.domain.signing import SigningRules
from ur_desk.domain.zones import zone
from ur_desk.errors import NOTHING_LOST as NOTHING_LOST
from ur_desk.errors import Forbidden, UserError

WITH_NURSE = frozenset({Workflow.REVIEW, Workflow.RETURNED, Workflow.REOPENED})
FOR_PHYSICIAN = frozenset({Workflow.WITH_PHYSICIAN, Workflow.PEER_TO_PEER})
"""Where a line stands that waits for a physician; a peer-to-peer that is open keeps nobody from deciding."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, its events, who asks, when (and which day that is where the workspace is), and whether it is a demo.

    `signing` is what states ask of a signer, None where a decision of before is judged, which was signed without it; `bar` is why this
    person may not decide the case at all; `plan` is the profile of the case's plan where somebody filled one; `approvals` are those of
    other cases that bind this one, None where nobody looked; `numbers` tells which authorization numbers stand elsewhere, `taken_back` which other
    case was opened by mistake.
    """

    case: Case
    events: Sequence[CaseEvent]
    by: Account
    now: datetime
    today: date
    demo: bool = False
    signing: SigningRules | None = None
    bar: Bar | None = None
    plan: PlanProfile | None = None
    approvals: tuple[Binding, ...] | None = None
    numbers: Numbers = NO_NUMBERS
    taken_back: Callable[[CaseId], bool] = lambda case: False

    @property
    def given(self) -> tuple[Given, ...]:
        """What the plan lets other roles than the physician sign: nothing, unless somebody said so."""
        return self.plan.signers if self.plan else ()

    @property
    def prefix(self) -> str:
        """How the authorization numbers of this workspace's series begin for the case's plan."""
        return self.plan.authorization_prefix if self.plan else PREFIX


def check_bar(asked: Asked) -> None:
    """Forbidden where the person may not decide or end the case at all: an appeal against what they decided."""
    if asked.bar is not None:
        raise Forbidden(BAR_WORDS[asked.bar], f"Another reviewer decides and ends an appeal. {NOTHING_LOST}")


def check_lines(case: Case, lines: Sequence[int], allowed: frozenset[Workflow]) -> None:
    """UserError unless the lines are the case's own, each named once, and stand where this may be done."""
    if not lines:
        raise UserError("No service line is picked.", "Pick at least one line. Nothing was saved.")
    if len(set(lines)) != len(lines):
        raise UserError("A service line is picked twice.", "Nothing was saved.")
    known = {s.line: s.workflow for s in case.lines}
    if unknown := [n for n in lines if n not in known]:
        raise UserError(f"The case has no {numbers(unknown).lower()}.", "Nothing was saved.")
    if wrong := [n for n in lines if known[n] not in allowed]:
        states = ", ".join(sorted({known[n].value.replace("_", " ") for n in wrong}))
        raise UserError(f"{numbers(wrong)} cannot be taken this way now: {states}.", NOTHING_LOST)


def numbers(lines: Sequence[int]) -> str:
    """The lines as a sentence begins with them: "Line 1", "Lines 1, 2"."""
    return ("Line " if len(lines) == 1 else "Lines ") + ", ".join(map(str, lines))


def check_said(text: str, what: str) -> None:
    """UserError that asks for `what` where nothing but blanks was typed."""
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING_LOST)


def check_past(at: datetime, now: datetime, message: str) -> None:
    """UserError with the message where the instant lies in the future."""
    if at > now:
        raise UserError(message, NOTHING_LOST)


def check_after_decision(case: Case, lines: Sequence[int], at: datetime, what: str = "Notice cannot have been given") -> None:
    """UserError where something is told of lines at an instant before one of their decisions was signed: it would hide a late answer."""
    signed = [decision.signature.at for decision in (case.line(n).decision for n in lines) if decision is not None]
    if signed and at < max(signed).replace(second=0, microsecond=0):  # people tell times to the minute
        local = max(signed).astimezone(zone(case.request.received_zone or "UTC"))
        raise UserError(f"{what} before the decision was signed, {local:%m/%d/%Y %H:%M}.", f"Check the day and the time. {NOTHING_LOST}")


def check_own(decision: Decision, by: Account) -> None:
    """Forbidden where a decision bears the signature of somebody else than whoever makes it."""
    if decision.signature.account != by.id:
        raise Forbidden("A decision is signed by the person who makes it.", NOTHING_LOST)


def plain(text: str) -> str:
    """The words alone, in small letters, to tell whether two texts say the same."""
    return " ".join(text.lower().split())
