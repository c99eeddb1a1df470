"""The timeline: a sentence for every kind of step, who took it, and what was taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from builders import LINDQVIST, OSEI, heard, line, request
from record_makers import record

from ur_desk.desk.supervision import Told
from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import Against, Asker
from ur_desk.domain.audit import GENESIS, Head
from ur_desk.domain.clocks.events import Audience as ClockAudience
from ur_desk.domain.clocks.events import Basis
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.determination import Decision, Determination, Reason, Signature
from ur_desk.domain.events import CaseEvent, CaseId, EventId, LetterId
from ur_desk.domain.intake.attached import FieldPage
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.people import Account, AccountId, Credential
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Evidence, ReceiptEvidence, Urgency
from ur_desk.ui.models.timeline import TimelineModel, rows_of

AT = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)
SHA = Sha256("a" * 64)
SIGNED = Signature(OSEI.id, "Kwame Osei", OSEI.credential, AT)
DENIED = Decision(Determination.DENIED, Reason("It is still being studied.", no_policy_found=True), SIGNED, "Own reasoning.")
WITHDRAWN = Decision(Determination.WITHDRAWN, Reason("The requester withdrew the request."), SIGNED)

BODIES: dict[type, Any] = {
    ev.Opened: ev.Opened("UR-2017-000001", request()),
    ev.Matched: ev.Matched(SHA, (), (), (), "0.1.0", date(2017, 10, 1)),
    ev.ClockRead: ev.ClockRead(AT, "ERISA-PRE", "15 calendar days from receipt (ERISA, pre-service)", SHA),
    ev.RecordOpened: ev.RecordOpened(),
    ev.CoverageChecked: ev.CoverageChecked(ev.CoverageItem.BENEFIT, "covered", "the portal", date(2017, 10, 6)),
    ev.Determined: ev.Determined((1,), DENIED),
    ev.InformationRequested: ev.InformationRequested((1,), ("The order",), "It names the service.", "the office"),
    ev.InformationReceived: ev.InformationReceived((1,), "The order came.", AT),
    ev.Referred: ev.Referred((1,), "Five months of pain.", "Anything for an exception?"),
    ev.SentBack: ev.SentBack((1,), "Which films are there?"),
    ev.NotRequired: ev.NotRequired((1,), "the list of October 2017", DENIED),
    ev.Dismissed: ev.Dismissed((1,), Dismissal.NOT_PARTY, "A neighbour asked.", DENIED),
    ev.DismissalVacated: ev.DismissalVacated((1,), "The form came after all."),
    ev.Voided: ev.Voided((1,), DENIED),
    ev.Reopened: ev.Reopened((1,), Cause.GOOD_CAUSE, "A new report came."),
    ev.AuthorizationNumbered: ev.AuthorizationNumbered((1,), "UR-2017-000001-18", True, ""),
    ev.EnteredInClaims: ev.EnteredInClaims((1,), "Claims One", AT),
    ev.BasisChanged: ev.BasisChanged(Basis(), Basis(urgency=Urgency.EXPEDITED), "Weakness since Monday.", "Dr. Natarajan", physician=True),
    ev.ClockExtended: ev.ClockExtended(Condition.BEYOND_CONTROL, "The films are with the court.", heard(AT)),
    ev.RequestReturned: ev.RequestReturned(("The order",), heard(AT), AT),
    ev.AnswerCame: ev.AnswerCame("The order came.", AT),
    ev.TargetSet: ev.TargetSet(AT, "The pain grows."),
    ev.Notified: ev.Notified((1,), ClockAudience.PROVIDER, heard(AT), "It was denied."),
    ev.DutyDone: ev.DutyDone("ERISA-LATE", heard(AT), "They were told."),
    ev.Reworded: ev.Reworded((1,), "Research has not shown that it helps.", "", "It had a code in it."),
    ev.Withdrawn: ev.Withdrawn((1,), "the office", AT, "by fax", WITHDRAWN),
    ev.Amended: ev.Amended(1, line(), replace(line(), code="72100"), None, "the office", AT, "by telephone"),
    ev.ContactLogged: ev.ContactLogged(ev.ContactWay.CALL, "the office", "1-800-555-0101", "They call back.", AT),
    ev.RecordAttached: ev.RecordAttached(record()),
    ev.PagesNoted: ev.PagesNoted((FieldPage("state", record().sha256, 1),)),
    ev.NoteAdded: ev.NoteAdded("Look again tomorrow."),
    ev.LetterIssued: ev.LetterIssued(
        LetterId("l"), "adverse", (1,), SHA, SHA, SHA, date(2017, 10, 9), "Rosalind Alvarado", ("Priya Natarajan",)
    ),
    ev.Completed: ev.Completed(request(), "the office", "by telephone"),
    ev.ReceiptDoubted: ev.ReceiptDoubted(
        Receipt(AT, "UTC"), Receipt(AT, "UTC", ReceiptEvidence(Evidence.FAX_HEADER, "page 1")), "A day late."
    ),
    ev.ReceiptSettled: ev.ReceiptSettled(EventId("e1"), True, "Looked at the fax."),
    ev.NoticeGiven: ev.NoticeGiven((1,), ev.ContactWay.MAIL, "Rosalind Alvarado", AT, "the plan's own form"),
    ev.Closed: ev.Closed(),
    ev.Undone: ev.Undone(EventId("e1")),
    ev.MessageCame: ev.MessageCame(ev.Use.INFORMATION, request(), None, (1,)),
    ev.LeftOut: ev.LeftOut("The member is of another plan."),
    ev.SenderTold: ev.SenderTold(ev.ContactWay.FAX, "the office", "Send it to the other plan.", AT),
    ev.Followed: ev.Followed(CaseId("c2"), "UR-2017-000002", ev.Following.APPEAL, AT),
    ev.TakenBack: ev.TakenBack(),
    ev.Restricted: ev.Restricted(ev.Restriction.EMPLOYEE, "She works in the mail room.", (LINDQVIST.id, OSEI.id)),
    ev.Unrestricted: ev.Unrestricted("She left the plan."),
    ev.GlassBroken: ev.GlassBroken("The office waits at the telephone."),
    ev.GlassSeen: ev.GlassSeen(EventId("e1")),
    ev.PeerOffered: ev.PeerOffered((1,), ev.ContactWay.VOICEMAIL, "the office", AT, "1-800-555-0146"),
    ev.PeerReached: ev.PeerReached((1,), ev.ContactWay.CALL, "Dr. Natarajan", AT, "Talks at three."),
    ev.PeerEnded: ev.PeerEnded((1,), ev.PeerOutcome.UPHELD, "Dr. Natarajan", AT, "No new fact."),
    ev.LetterSent: ev.LetterSent(LetterId("l1"), Way.PORTAL, Party.MEMBER, "Rosalind Alvarado", "the member portal", AT, record()),
    ev.ProofKept: ev.ProofKept(EventId("e1"), record()),
    ev.LetterReturned: ev.LetterReturned(EventId("e1"), AT, "No such number."),
    ev.LetterMisdirected: ev.LetterMisdirected(EventId("e1"), AT, "a garage", "The garage called.", "They destroyed it."),
    ev.IncidentReviewed: ev.IncidentReviewed(EventId("e1"), "Low risk; the number is corrected."),
    ev.AppealTold: ev.AppealTold(Asker.REPRESENTATIVE, "Ilse Brandt", (Against(1, 2, Determination.PARTIAL),), "form of 10/01, page 2"),
    ev.AppealAcknowledged: ev.AppealAcknowledged(ev.ContactWay.MAIL, "Ilse Brandt", AT, "It is here, and takes 30 days."),
    ev.EnteredWrong: ev.EnteredWrong("The card shows another person.", CaseId("c2"), "UR-2017-000002"),
}


def told(number: int, body: Any, person: Account | None = LINDQVIST) -> Told:
    at = AT + timedelta(minutes=number)
    head = Head(EventId(f"e{number}"), number, at, "boot", number, LINDQVIST.id, "verb", CaseId("c"), SHA, GENESIS, GENESIS)
    return Told(head, CaseEvent(EventId(f"e{number}"), at, LINDQVIST.id, body), person)


def test_the_table_below_holds_every_kind_of_step() -> None:
    assert set(BODIES) == set(get_args(ev.CaseBody))


@pytest.mark.parametrize("kind", list(BODIES), ids=lambda kind: kind.__name__)
def test_every_kind_of_step_is_a_sentence_with_who_and_when(kind: type) -> None:
    (row,) = rows_of([told(0, BODIES[kind])], "America/New_York")
    assert row.when == "10/09/2017 10:30 EDT"
    assert row.who == "Mara Lindqvist, RN"
    assert len(row.sentence.split()) >= 2
    assert row.sentence.rstrip()[-1] in ".?"
    assert "_" not in row.sentence


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ev.Determined, "It is still being studied.\nRationale: Own reasoning."),
        (ev.Referred, "Five months of pain.\nQuestion: Anything for an exception?"),
        (ev.InformationRequested, "It names the service."),
        (ev.LetterIssued, f"To Rosalind Alvarado. Copies to Priya Natarajan. Its bytes have the SHA-256 {'a' * 16}…"),
        (ev.Closed, ""),
    ],
)
def test_what_was_said_with_a_step_stands_below_it(kind: type, said: str) -> None:
    (row,) = rows_of([told(0, BODIES[kind])], "UTC")
    assert row.detail == said


def test_a_decision_tells_who_entered_the_signers_licence_and_who_confirmed_it() -> None:
    held = replace(
        OSEI.credential or Credential("MD"), licence="01047331A", state="IN", entered_by=LINDQVIST.id,
        confirmed_by=AccountId("gone"), confirmed_on=date(2017, 9, 1), confirmed_where="mylicense.in.gov",
    )  # fmt: skip
    body = replace(BODIES[ev.Determined], decision=replace(DENIED, signature=replace(SIGNED, credential=held)))
    (row,) = rows_of([told(0, body)], "UTC", {LINDQVIST.id: LINDQVIST})
    said = "Signed with licence 01047331A (IN), entered by Mara Lindqvist, confirmed by gone at mylicense.in.gov on 09/01/2017."
    assert row.sentence.endswith(said)
    alone = replace(held, confirmed_by=None)
    body = replace(body, decision=replace(DENIED, signature=replace(SIGNED, credential=alone)))
    (row,) = rows_of([told(0, body)], "UTC", {LINDQVIST.id: LINDQVIST})
    assert row.sentence.endswith("entered by Mara Lindqvist, confirmed by nobody.")
    body = replace(body, decision=replace(DENIED, signature=replace(SIGNED, credential=replace(held, licence=""))))
    (row,) = rows_of([told(0, body)], "UTC")
    assert "licence" not in row.sentence


def test_a_step_that_was_taken_back_stays_and_says_by_whom_and_when() -> None:
    steps = [told(0, BODIES[ev.Opened]), told(1, BODIES[ev.NoteAdded]), told(2, BODIES[ev.Undone], OSEI)]
    opened, note, undone = rows_of(steps, "UTC")
    assert note.undone == "Taken back by Kwame Osei, MD, 10/09/2017 14:32 UTC"
    assert undone.detail == "It was: added an internal note: Look again tomorrow."
    assert not opened.undone


def test_somebody_whose_account_is_not_known_is_told_as_such(qapp: Any) -> None:
    model = TimelineModel()
    model.show_steps([told(0, BODIES[ev.Closed], None)], "UTC")
    assert model.data(model.index(0)) == "10/09/2017 14:30 UTC. Somebody unknown closed the case."
    model.show_steps([], "UTC")
    assert model.rowCount() == 0
