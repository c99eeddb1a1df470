"""A case that follows another: who asks that it be decided anew, which of its lines that is about, and what becomes of them.

An appeal is decided by reviewers of its own, by the same acts as any request; what that makes of the case before it is a finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.clocks.windows import WindowRead
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.determination import Decision, Determination, Finding, Granted
from ur_desk.domain.intake.messages import Following
from ur_desk.domain.request import Provider, ServiceLine
from ur_desk.domain.terms import as_asked, falls_short, terms_granted
from ur_desk.domain.terms import asked as terms_asked

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.line_state import LineState


class Asker(StrEnum):
    """Who asks that a decision be looked at anew."""

    MEMBER = "member"
    REPRESENTATIVE = "representative"
    """Somebody else for the member; their authority is on file."""
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Against:
    """A line, the line of the case before that it is about, and how that one stood: what was decided of it, what was granted, and until
    when one could ask; older events tell no window."""

    line: int
    of: int
    was: Determination
    granted: Granted | None = None
    window: WindowRead | None = None


@dataclass(frozen=True, slots=True)
class AppealTold:
    """Who asks for it, by name; where their authority is on file, where they speak for the member; and what it is about, line by line.

    Of what came behind the last day, `late_cause` is why it is looked at all the same, and `to_dismiss` says that it is not.
    """

    asked_by: Asker
    name: str
    against: tuple[Against, ...]
    authority: str = ""
    late_cause: str = ""
    to_dismiss: bool = False

    @property
    def late(self) -> tuple[Against, ...]:
        """The lines for which it came behind the last day."""
        return tuple(each for each in self.against if each.window and each.window.late)


@dataclass(frozen=True, slots=True)
class AppealAcknowledged:
    """Whoever asked heard that it is here and what comes next: how, who, when, and what was said."""

    way: ContactWay
    to_whom: str
    at: datetime
    said: str


AppealBody = AppealTold | AppealAcknowledged
"""What can happen to a case that follows another."""


def with_appeal(body: AppealBody, case: "Case") -> "Case":
    """The case once it has happened."""
    if isinstance(body, AppealTold):
        return replace(case, appeal=body)
    return replace(case, acknowledged=(*case.acknowledged, body))


def is_appeal(case: "Case") -> bool:
    """Whether a case appeals against the one that it follows: filed as an appeal, or asked for by the member, or somebody for them.

    What the member asks against a refusal is an appeal whatever it was filed as: a plan's wish to reopen takes no right from it.
    """
    by_member = case.appeal is not None and case.appeal.asked_by is not Asker.PROVIDER
    return case.follows is not None and (by_member or case.follows.kind is Following.APPEAL)


def against_of(case: "Case", line: int) -> Against | None:
    """What a line of the case is about in the case before; None where nobody told."""
    told = case.appeal.against if case.appeal else ()
    return next((each for each in told if each.line == line), None)


def finding_of(decision: Decision, was: Against) -> Finding | None:
    """What a decision makes of the line before it; None of one that does not answer it."""
    match decision.determination:
        case Determination.APPROVED | Determination.NOT_REQUIRED:
            return Finding.OVERTURNED
        case Determination.DENIED:
            return Finding.UPHELD
        case Determination.PARTIAL | Determination.MODIFIED:
            same = (decision.determination, _terms(decision.granted)) == (was.was, _terms(was.granted))
            return Finding.UPHELD if same else Finding.IN_PART
        case Determination.WITHDRAWN:
            return Finding.WITHDRAWN
        case Determination.DISMISSED:
            return Finding.DISMISSED
        case Determination.VOIDED:
            return None


def _terms(granted: Granted | None) -> Granted | None:
    """What is granted, whatever it is called."""
    return replace(granted, service=None) if granted else None


def finding(case: "Case", line: int) -> Finding | None:
    """What became of the line that a line of the case is about; None while it is open, or where nobody told what it is about."""
    state, was = case.line(line), against_of(case, line)
    return finding_of(state.decision, was) if state.decision and was else None


def takes_away(decision: Decision, was: Against, service: ServiceLine, provider: Provider | None) -> bool:
    """Whether a decision leaves less than the one before it had granted; who gets all that they asked for loses nothing, whatever other
    service the one before had put in its place."""
    if not was.was.grants:
        return False
    if not decision.determination.grants:
        return True
    if decision.determination is Determination.APPROVED and as_asked(service, provider, decision.granted):
        return False
    asked = terms_asked(service, provider)
    return falls_short(terms_granted(asked, was.granted), terms_granted(asked, decision.granted))


def paired(lines: Iterable["LineState"], earlier: Iterable["LineState"]) -> dict[int, int]:
    """Which line of the case before each line is about, as far as their codes tell: the same code where only one line of it was refused,
    or the one line where each case has one."""
    refused = [state for state in earlier if takes_an_appeal(state)]
    found, mine = dict[int, int](), list(lines)
    for state in mine:
        same = [old.line for old in refused if old.service.code == state.service.code]
        if len(same) == 1:
            found[state.line] = same[0]
    return {mine[0].line: refused[0].line} if len(mine) == 1 and len(refused) == 1 else found


def takes_an_appeal(state: "LineState") -> bool:
    """Whether a line was decided against the request, or dismissed: what may be asked to be looked at anew."""
    return state.determination is not None and (state.determination.adverse or state.determination is Determination.DISMISSED)


def says_expertise(decision: Decision) -> bool:
    """Whether an answer that leaves a refusal standing says what makes its reviewer fit for it: every clinical one does.

    NCQA takes a specialist of the same or a similar specialty for a clinical appeal that is upheld, Medicare and Medicaid somebody with
    the expertise that the service takes; all of them want that to stand in the file.
    """
    return decision.refused_as not in (None, Family.ADMINISTRATIVE)
