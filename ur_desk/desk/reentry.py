"""A case under the wrong member: voided as it stands, and entered anew for the right one with its original receipt."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.reentry import another_person
from ur_desk.domain.people import Role
from ur_desk.domain.request import Member, Request
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class Reentry:
    """Voids cases under the wrong member and enters them anew; no case is ever pointed at another member."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def enter_anew(self, case: CaseId, revision: int, member: Member, reason: str) -> Steps[Done[Case]]:
        """Voids the case and opens another for the right member, in one transaction; gives the new one.

        The new case has the request as it was received, with what was completed since and its records: its clock runs from the same
        receipt. What was checked, decided, said or written of the wrong member does not come along.
        """
        gate(self.desk.person, "case.reenter")
        asked = yield from store(lambda: self._request(case, member), "Reading the case")
        findings = yield from self.desk.review.match(asked)
        clock = yield from self.desk.clocks.reading(asked)
        return (yield from store(lambda: self._enter(case, revision, asked, reason, findings, clock), "Saving"))

    def _request(self, case: CaseId, member: Member) -> Request:
        now = self.desk.review.case(case)
        if not (member.family and member.member_id):
            raise UserError("Say who the right member is: name and member id at least.", "Nothing was changed.")
        if not another_person(now.request.member, member):
            raise UserError(
                "That is the member under whom the case stands.", "Complete the request where only a fact was missing. Nothing was changed."
            )
        asked = replace(now.request, member=member)
        self.desk.intake.check_demo(asked)
        return asked

    @verb("case.reenter", Role.SUPERVISOR, writes=ev.EnteredWrong | ev.Opened | ev.Matched | ev.ClockRead | ev.RecordAttached)
    def _enter(
        self, act: Act, case: CaseId, revision: int, asked: Request, reason: str, findings: Findings, clock: ev.ClockRead
    ) -> Done[Case]:
        """Voids a case under the wrong member and enters it anew, with its original receipt, for the right one."""
        intake, new = self.desk.intake, CaseId(self.desk.new_id())
        number = intake.next_number()
        was = act.on_case(case, revision, [ev.EnteredWrong(reason.strip(), new, number)])
        opened = ev.Opened(number, asked, was.source, replaces=ev.Replaces(case, was.number))
        records = [ev.RecordAttached(kept.record) for kept in was.records]
        return act.done(act.open_case(new, opened, [self.desk.review.pinned(findings), self.desk.clocks.kept(clock), *records]))
