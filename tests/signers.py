"""A case that waits for a physician, told event by event through the gate with the rules for signers in force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from builders import LINDQVIST, NOW, OSEI, line, request

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.independence import Bar
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case, fold
from ur_desk.domain.decisions.signing import NO_CONFLICT, Demand, SigningRule, SigningRules, Whom
from ur_desk.domain.determination import Decision, Determination, PolicyCitation, Reason, Signature
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.findings import Relation, ServiceRow, Suggestion
from ur_desk.domain.law_rows import Verified
from ur_desk.domain.people import Account, Licence
from ur_desk.domain.policy import Anchor, PolicyId, Sha256
from ur_desk.domain.request import LineOfBusiness, Provider, Request
from ur_desk.domain.rules import admit

TEXT = Sha256("t" * 64)
PIN = ev.PolicyPin(PolicyId("XYZ.1"), date(2017, 9, 27), TEXT, Sha256("r" * 64), abstract=False, confirmed=True, lines=120)
CITED = (PolicyCitation(PIN.policy, PIN.effective, Anchor(TEXT, 14, 14)),)
INSURED = frozenset({LineOfBusiness.COMMERCIAL_INSURED})
SUMMARY = "Low back pain for five months without a red flag; the motion study would not change what is done next."
assert OSEI.credential is not None
IN_BOTH = replace(OSEI, credential=replace(OSEI.credential, further=(Licence("T-2201", "TX", date(2030, 1, 31)),)))
"""Osei with a licence in Texas beside the one in Indiana."""


def asked_in(state: str | None = "TX", business: LineOfBusiness | None = LineOfBusiness.COMMERCIAL_INSURED, **changes: Any) -> Request:
    told = {"received_at": datetime(2017, 10, 5, 13, 30, tzinfo=UTC), "requesting_provider": Provider("Priya Natarajan", credential="MD")}
    return request(line(1), line(2, "97110", "Therapeutic exercise"), state=state, line_of_business=business, **{**told, **changes})


def rule(demand: Demand = Demand.OFFER, name: str = "TX-1", **more: Any) -> SigningRule:
    told: dict[str, Any] = {"verified": Verified("a person", date(2026, 11, 1)), "states": frozenset({"TX"}), "lines": INSURED}
    return SigningRule(name, f"Texas asks for {demand.value}", demand, source="28 TAC 19.1710", **{**told, **more})


class Waiting:
    """A case of two lines, the first referred to a physician who has opened the record."""

    def __init__(
        self, told: Request | None = None, *rules: SigningRule, suggestion: Suggestion = Suggestion.REFER, bar: Bar | None = None
    ) -> None:
        self.now, self.events, self.rules, self.bar = NOW, list[CaseEvent](), SigningRules(rules), bar
        self.request = told or asked_in()
        applies = Relation.APPLIES if suggestion is Suggestion.REFER else None
        rows = (ServiceRow(1, ("XYZ.1",), suggestion, relation=applies), ServiceRow(2, (), Suggestion.NO_POLICY, relation=None))
        against = (1,) if applies else ()
        match = ev.Matched(Sha256("m" * 64), rows, against, (PIN,), "0", date(2026, 4, 1), self.request.subject)
        for body in (ev.Opened("UR-1", self.request), match):
            self.events.append(CaseEvent(EventId(f"e{len(self.events)}"), self.now, LINDQVIST.id, body))
        self.tell(ev.Referred((1,), SUMMARY, "Does an exception fit?"), LINDQVIST)
        self.tell(ev.RecordOpened(), OSEI)

    @property
    def case(self) -> Case:
        return fold(CaseId("c"), self.events)

    def tell(self, body: Any, by: Account = OSEI, **asked: Any) -> Case:
        self.now += timedelta(minutes=1)
        told = {"signing": self.rules, "bar": self.bar, **asked}
        admit(body, Asked(self.case, self.events, by, self.now, self.now.date(), **told))
        self.events.append(CaseEvent(EventId(f"e{len(self.events)}"), self.now, by.id, body))
        return self.case


def signature(by: Account = OSEI, **more: Any) -> Signature:
    told: dict[str, Any] = {"reauthenticated": True, "no_conflict": NO_CONFLICT, "rules": Sha256("5" * 64), **more}
    return Signature(by.id, by.display, by.credential, NOW, **told)


def denial(by: Account = OSEI, rationale: str = "The study would not alter treatment for this member.", **more: Any) -> ev.Determined:
    signing = {name: more.pop(name) for name in ("reauthenticated", "no_conflict", "similar") if name in more}
    return ev.Determined(
        (1,), Decision(Determination.DENIED, Reason("It would not change your care.", CITED), signature(by, **signing), rationale, **more)
    )


def offer(**more: Any) -> ev.PeerOffered:
    told: dict[str, Any] = {
        "lines": (1,),
        "way": ev.ContactWay.VOICEMAIL,
        "with_whom": "Dr. Natarajan's office",
        "at": NOW,
        "number": "1-800-555-0146",
    }
    return ev.PeerOffered(**{**told, **more})


PEER = (
    rule(Demand.OFFER),
    rule(Demand.LICENCE, "TX-2", whom=Whom.PEER),
    rule(Demand.SPECIALTY, "TX-3", whom=Whom.PEER, when_physician_ordered=True),
)
"""As the bundled rows of Texas, all of them compared."""
