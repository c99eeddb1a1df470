"""A case of two services told step by step through the gate, for tests of outcomes; everybody in it is synthetic."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from builders import BOOKLET, LATE, LINDQVIST, NO_POLICY, NOW, OSEI, UNCHECKED, line, profile, request

from ur_desk.domain import events as ev
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case, fold
from ur_desk.domain.clocks.reading import LateRead
from ur_desk.domain.clocks.rules import Effect
from ur_desk.domain.decisions.authorization import next_place, series_number
from ur_desk.domain.decisions.grounds import Administrative, Family, Given, Matter
from ur_desk.domain.decisions.outcome_rules import attempts
from ur_desk.domain.decisions.outcomes import Dismissal
from ur_desk.domain.determination import Decision, Determination, PolicyCitation, Reason, Signature
from ur_desk.domain.events import CaseEvent, CaseId, CoverageItem, EventId
from ur_desk.domain.findings import Relation, ServiceRow, Suggestion
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Anchor, PolicyId, Sha256
from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.domain.rules import admit

BEFORE = date(2017, 10, 2)
"""A day of service before the request was received."""
CASE = CaseId("c")
TEXT = Sha256("t" * 64)
PIN = ev.PolicyPin(PolicyId("XYZ.1"), date(2017, 9, 27), TEXT, Sha256("r" * 64), abstract=False, confirmed=True, lines=120)
CITED = (PolicyCitation(PIN.policy, PIN.effective, Anchor(TEXT, 14, 14)),)
NO = Reason("The picture would not change your care.", CITED)
CHECKED = replace(
    LINDQVIST.credential or OSEI.credential,  # type: ignore[type-var]
    entered_by=AccountId("a-admin"), confirmed_by=AccountId("a-sup"), confirmed_on=date(2017, 10, 2), confirmed_where="the board's site",
)  # fmt: skip
NURSE = replace(LINDQVIST, credential=CHECKED)
SUPERVISOR = Account(AccountId("a-super"), "sol", "Sol Reyes", frozenset({Role.SUPERVISOR}), CHECKED)
CLERK = Account(AccountId("a-clerk"), "ike", "Ike Oduya", frozenset({Role.INTAKE}))
AUDITOR = Account(AccountId("a-auditor"), "rui", "Rui Ferraz", frozenset({Role.AUDITOR}))
PEOPLE = (NURSE, OSEI, SUPERVISOR, CLERK, AUDITOR)


def signed(by: Account, at: datetime = NOW) -> Signature:
    return Signature(by.id, by.display, by.credential, at, reauthenticated=True)


def plan(*given: Given, business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED) -> PlanProfile:
    return replace(profile(business), signers=given)


class Story:
    """A case told event by event, each through the gate; a policy stands against line 1."""

    def __init__(self, business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED, given: Iterable[Given] = ()) -> None:
        self.request: Request = request(line(1, day=BEFORE), line(2, "97110", "Therapeutic exercise", BEFORE), line_of_business=business)
        self.now, self.plan = NOW, plan(*given, business=business)
        self.events: list[CaseEvent] = []
        rows = (
            ServiceRow(1, ("XYZ.1",), Suggestion.REFER, relation=Relation.APPLIES),
            ServiceRow(2, (), Suggestion.NO_POLICY),
        )
        self.keep(ev.Opened("UR-2017-000004", self.request), LINDQVIST)
        self.keep(ev.Matched(Sha256("m" * 64), rows, (1,), (PIN,), "0", date(2026, 4, 1), self.request.subject), LINDQVIST)

    def keep(self, body: Any, by: Account) -> None:
        self.events.append(CaseEvent(EventId(f"e{len(self.events)}"), self.now, by.id, body))

    def asked(self, by: Account) -> Asked:
        return Asked(self.case, self.events, by, self.now, self.now.date(), plan=self.plan)

    def tell(self, body: Any, by: Account) -> Case:
        self.now += timedelta(minutes=1)
        admit(body, self.asked(by))
        self.keep(body, by)
        return self.case

    @property
    def case(self) -> Case:
        return fold(CASE, self.events)

    # the steps that many tests begin with -------------------------------------------------------------------------------------

    def referred(self, *lines: int) -> "Story":
        self.tell(ev.Referred(lines or (1,), "Back pain for five months."), NURSE)
        self.tell(ev.RecordOpened(), OSEI)
        return self

    def unanswered(self, line: int = 1) -> "Story":
        """Somebody asked, called, and nothing useful came until the last day to answer."""
        self.tell(ev.InformationRequested((line,), ("the order",), "It names the service.", "the office", self.now.date()), NURSE)
        self.tell(ev.ContactLogged(ev.ContactWay.CALL, "the office", "1-800-555-0100", "Nobody answered.", self.now), NURSE)
        self.now += timedelta(days=1)
        self.tell(ev.InformationReceived((line,), "Nothing.", self.now), NURSE)
        return self.referred(line)

    def approved(self, *lines: int) -> "Story":
        self.tell(approval(*(lines or (2,))), NURSE)
        return self

    def noticed(self, *lines: int, by: Account = NURSE) -> "Story":
        self.tell(notice(*lines), by)
        return self

    def missing(self, *lines: int) -> ev.Determined:
        """The denial for lack of information that names every attempt."""
        decision = Decision(Determination.DENIED, NO, signed(OSEI), "No order came, so nobody can say what is asked for.",
                            information_needed="The order, since it names the service.", family=Family.INFORMATION,
                            attempts=attempts(self.events, lines))  # fmt: skip
        return ev.Determined(lines, decision)

    def next_number(self, *lines: int, reason: str = "") -> ev.AuthorizationNumbered:
        number = series_number(self.plan.authorization_prefix, self.case.number, next_place(self.events))
        return ev.AuthorizationNumbered(lines, number, of_series=True, reason=reason)


def approval(*lines: int, by: Account = NURSE, reason: Reason = NO_POLICY, **more: Any) -> ev.Determined:
    more.setdefault("unchecked", UNCHECKED)
    return ev.Determined(lines, Decision(Determination.APPROVED, reason, signed(by), **more))


def denial(*lines: int, by: Account = OSEI, kind: Determination = Determination.DENIED, **more: Any) -> ev.Determined:
    more.setdefault("reason", NO)
    return ev.Determined(lines, Decision(kind, signature=signed(by), rationale="Own reasoning about this member.", **more))


def administrative(*lines: int, by: Account = NURSE, ground: Administrative = LATE, reason: Reason = BOOKLET) -> ev.Determined:
    decision = Decision(Determination.DENIED, reason, signed(by), family=Family.ADMINISTRATIVE, administrative=ground)
    return ev.Determined(lines, decision)


def ground(matter: Matter) -> Administrative:
    return replace(LATE, ground=matter)


def found(item: CoverageItem) -> ev.CoverageChecked:
    return ev.CoverageChecked(item, "no", "the enrolment file", date(2017, 10, 6))


def dismissed(*lines: int, by: Account = OSEI, at: datetime = NOW) -> ev.Dismissed:
    decision = Decision(Determination.DISMISSED, Reason("A neighbour asked."), signed(by, at))
    return ev.Dismissed(lines, Dismissal.NOT_PARTY, "A neighbour asked.", decision)


def voided(*lines: int, by: Account = SUPERVISOR, words: str = "Another member's.") -> ev.Voided:
    return ev.Voided(lines, Decision(Determination.VOIDED, Reason(words), signed(by)))


def not_required(*lines: int, by: Account = CLERK, where: str = "the list of January") -> ev.NotRequired:
    return ev.NotRequired(lines, where, Decision(Determination.NOT_REQUIRED, Reason("None is needed."), signed(by)))


def notice(*lines: int, at: datetime = NOW) -> ev.NoticeGiven:
    return ev.NoticeGiven(lines, ev.ContactWay.MAIL, "the member", at, "the plan's form")


DUE = NOW + timedelta(minutes=30)
AUTHORIZED = LateRead("LATE-X", "Late is authorized", Effect.APPROVED, "a code", True, DUE, True)


def late_story(late: LateRead = AUTHORIZED, minutes: int = 60) -> Story:
    """A case with a physician, that many minutes after it was opened; its clock ran out after half an hour."""
    told = Story()
    told.keep(ev.ClockRead(DUE, "X-STD", "Due.", Sha256("c" * 64), late=(late,)), OSEI)
    told.referred(1)
    told.now = NOW + timedelta(minutes=minutes)
    return told
