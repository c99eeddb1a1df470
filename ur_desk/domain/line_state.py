"""Where one service line of a case stands, as its events tell it."""

from dataclasses import dataclass

from ur_desk.domain import events as ev
from ur_desk.domain.decisions.authorization import Authorization, Entry
from ur_desk.domain.decisions.rewording import Proposed
from ur_desk.domain.determination import Decision, Determination, Workflow
from ur_desk.domain.events import EventId, LetterId
from ur_desk.domain.people import AccountId
from ur_desk.domain.request import LineOfBusiness, ServiceLine


@dataclass(frozen=True, slots=True)
class LineState:
    """Where one service line stands: its workflow, its determination, and what is open on it.

    `matched` is the match on which it was decided; `ask` is the event by which it was asked for what is missing, `ask_noticed` says
    whether a letter went out for that; `told_in` are the letters that tell of its standing decision, as issued, sent or
    not; `proposed` are other words that wait for a signature; `withdrawal` is what the requester asked, where the line was
    withdrawn, `not_required` where somebody saw that it takes no authorization. `earlier` are the outcomes that do not hold any
    more, `reopened` says why the last of them
    does not, and `approval_binds` whether one of them was an approval of which notice had been given.
    """

    service: ServiceLine
    workflow: Workflow = Workflow.REVIEW
    decision: Decision | None = None
    asked: ev.InformationRequested | None = None
    ask: EventId | None = None
    referral: ev.Referred | None = None
    question: str = ""
    letters: tuple[LetterId, ...] = ()
    told_in: tuple[LetterId, ...] = ()
    returned_from_pend: bool = False
    referred_by: AccountId | None = None
    ask_noticed: bool = False
    matched: ev.Matched | None = None
    proposed: Proposed | None = None
    withdrawal: ev.Withdrawn | None = None
    not_required: ev.NotRequired | None = None
    earlier: tuple[Decision, ...] = ()
    reopened: ev.Reopened | None = None
    approval_binds: bool = False
    authorization: Authorization | None = None
    entered: Entry | None = None

    @property
    def line(self) -> int:
        """The number of the service line."""
        return self.service.line

    @property
    def determination(self) -> Determination | None:
        """What was decided, or None."""
        return self.decision.determination if self.decision else None

    @property
    def grants(self) -> bool:
        """Whether something of the line is approved."""
        return self.determination is not None and self.determination.grants

    @property
    def bound(self) -> bool:
        """Whether the plan approved it, wrote or said so, and has not reopened it: no clinical refusal follows."""
        told = (self.workflow is Workflow.NOTICED or bool(self.told_in)) and self.grants
        return told or (self.approval_binds and self.reopened is None)

    def takes_notice(self, business: LineOfBusiness | None) -> bool:
        """Whether somebody is to have notice of what was decided; of a withdrawal where the line of business asks for it, of a void none.

        Medicare Advantage closes a withdrawn request with a written notice to the requester (42 CFR 422.568(g) and what follows).
        """
        if self.determination is Determination.WITHDRAWN:
            return business is LineOfBusiness.MEDICARE_ADVANTAGE
        return self.determination not in (None, Determination.VOIDED)
