"""What may happen to a case next, and what may not."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders import LINDQVIST, NO_POLICY, NOW, OSEI, UNCHECKED, line, request
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain import events as ev
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case, fold
from ur_desk.domain.determination import (
    Decision,
    Determination,
    Granted,
    HeldElsewhere,
    PolicyCitation,
    Reason,
    Signature,
    Workflow,
    may_determine,
    roll_up,
)
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.findings import Relation, ServiceRow, Suggestion
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.letters.obstacles import adverse_letter_obstacles
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.policy import Anchor, PolicyId, Sha256
from ur_desk.domain.rules import admit
from ur_desk.domain.terms import misfit
from ur_desk.errors import Forbidden, UserError

CASE = CaseId("c")
TEXT = Sha256("t" * 64)
AUDITOR = Account(AccountId("a-auditor"), "aud", "Ann Auditor", frozenset({Role.AUDITOR}))
PIN = ev.PolicyPin(PolicyId("XYZ.1"), date(2017, 9, 27), TEXT, Sha256("r" * 64), abstract=False, confirmed=True, lines=120)
REQUEST = request(line(1), line(2, "97110", "Therapeutic exercise"))
CITED = (PolicyCitation(PIN.policy, PIN.effective, Anchor(TEXT, 14, 14)),)


def matched(*rows: ServiceRow, against: tuple[int, ...] = ()) -> ev.Matched:
    return ev.Matched(Sha256("m" * 64), rows, against, (PIN,), "0", date(2026, 4, 1), REQUEST.subject)


def row(number: int, relation: Relation | None, suggestion: Suggestion) -> ServiceRow:
    return ServiceRow(number, ("XYZ.1",) if relation else (), suggestion, relation=relation)


AGAINST = matched(row(1, Relation.APPLIES, Suggestion.REFER), row(2, None, Suggestion.NO_POLICY), against=(1,))


class Story:
    """A case told event by event, each through the gate."""

    def __init__(self, *bodies: Any, match: ev.Matched = AGAINST) -> None:
        self.now = NOW
        self.events: list[CaseEvent] = []
        self._keep(ev.Opened("UR-1", REQUEST), LINDQVIST)
        self._keep(match, LINDQVIST)
        for body in bodies:
            self.tell(body, LINDQVIST)

    def _keep(self, body: Any, by: Account) -> None:
        self.events.append(CaseEvent(EventId(f"e{len(self.events)}"), self.now, by.id, body))

    def tell(self, body: Any, by: Account) -> Case:
        self.now += timedelta(minutes=1)
        admit(body, Asked(self.case, self.events, by, self.now, self.now.date()))
        self._keep(body, by)
        return self.case

    @property
    def case(self) -> Case:
        return fold(CASE, self.events)

    @property
    def last(self) -> EventId:
        return self.events[-1].id


def signed(by: Account, at: datetime = NOW) -> Signature:
    return Signature(by.id, by.display, by.credential, at, reauthenticated=True)


def approve(*lines: int, by: Account = LINDQVIST, reason: Reason = NO_POLICY, **more: Any) -> ev.Determined:
    more.setdefault("unchecked", UNCHECKED)
    return ev.Determined(lines, Decision(Determination.APPROVED, reason, signed(by), **more))


def deny(
    *lines: int, by: Account = OSEI, rationale: str = "Own reasoning about this member.", reason: Reason | None = None
) -> ev.Determined:
    reason = reason or Reason("The picture would not change your care.", CITED)
    return ev.Determined(lines, Decision(Determination.DENIED, reason, signed(by), rationale))


REFERRED = ev.Referred((1,), "Back pain for five months.", "Does an exception fit?")


def with_physician() -> Story:
    story = Story(REFERRED)
    story.tell(ev.RecordOpened(), OSEI)
    return story


def test_a_nurse_approves_a_line_that_no_policy_speaks_of() -> None:
    case = Story(approve(2)).case
    assert case.line(2).determination is Determination.APPROVED
    assert case.line(2).workflow is Workflow.DECIDED
    assert case.line(1).workflow is Workflow.REVIEW
    assert case.determination is None


def test_a_nurse_cannot_approve_against_a_position() -> None:
    with pytest.raises(Forbidden, match="physician's exception"):
        Story(approve(1, reason=Reason("Fine.", CITED)))


@pytest.mark.parametrize("kind", [d for d in Determination if d.adverse])
def test_nobody_but_a_physician_decides_adversely(kind: Determination) -> None:
    for person in (LINDQVIST, AUDITOR):
        decision = Decision(kind, Reason("No.", CITED), signed(person), "Own.", Granted())
        with pytest.raises(Forbidden):
            Story(ev.Determined((2,), decision)) if person is LINDQVIST else Story().tell(ev.Determined((2,), decision), person)


def test_a_physician_denies_a_referred_line_with_an_own_rationale_after_the_record_was_opened() -> None:
    story = with_physician()
    case = story.tell(deny(1), OSEI)
    assert case.line(1).determination is Determination.DENIED
    assert case.line(2).workflow is Workflow.REVIEW


def test_a_physician_decides_nothing_before_the_record_was_opened() -> None:
    with pytest.raises(UserError, match="record has not been opened"):
        Story(REFERRED).tell(deny(1), OSEI)


def test_a_physician_decides_no_line_that_was_not_referred() -> None:
    with pytest.raises(UserError, match="cannot be taken this way"):
        with_physician().tell(deny(2), OSEI)


def test_the_nurse_does_not_decide_what_is_with_the_physician() -> None:
    story = Story(REFERRED, match=matched(row(1, None, Suggestion.NO_POLICY), row(2, None, Suggestion.NO_POLICY)))
    with pytest.raises(UserError, match="Line 1 cannot be taken"):
        story.tell(approve(1, 2), LINDQVIST)


WRONG_DENIALS = {
    "no rationale": (deny(1, rationale="  "), "own clinical rationale"),
    "the nurse's words": (deny(1, rationale="back pain  for five months."), "word for word"),
    "no words for the member": (deny(1, reason=Reason(" ", CITED)), "in words for the member"),
    "no basis": (deny(1, reason=Reason("No.")), "rests on nothing"),
    "no criterion": (deny(1, reason=Reason("No.", no_policy_found=True)), "names its criterion"),
    "lines of another text": (
        deny(1, reason=Reason("No.", (PolicyCitation(PIN.policy, PIN.effective, Anchor(Sha256("x" * 64), 1, 1)),))),
        "not from a text that this case was matched with",
    ),
    "signed by another": (deny(1, by=LINDQVIST), "signed by the person"),
    "no such line": (deny(7), "no line 7"),
    "no line": (deny(), "No service line is picked"),
}


@pytest.mark.parametrize(("body", "words"), WRONG_DENIALS.values(), ids=WRONG_DENIALS)
def test_a_denial_that_would_not_stand_is_refused_and_nothing_is_kept(body: ev.Determined, words: str) -> None:
    story = with_physician()
    before = story.case
    with pytest.raises(UserError, match=words):
        story.tell(body, OSEI)
    assert story.case == before


def test_a_licence_that_is_missing_or_has_run_out_signs_nothing_adverse() -> None:
    for credential in (None, Credential("MD"), Credential("MD", "1", "IN", date(2017, 1, 1))):
        doctor = replace(OSEI, credential=credential)
        with pytest.raises(Forbidden, match="licence"):
            with_physician().tell(deny(1, by=doctor), doctor)


def test_a_partial_approval_says_what_is_approved() -> None:
    decision = Decision(Determination.PARTIAL, Reason("One of two.", CITED), signed(OSEI), "Own.")
    with pytest.raises(UserError, match="what is approved"):
        with_physician().tell(ev.Determined((1,), decision), OSEI)
    case = with_physician().tell(ev.Determined((1,), replace(decision, granted=Granted(unit="visits"))), OSEI)
    assert case.line(1).determination is Determination.PARTIAL


MISFITS = {
    "approved, yet fewer": (Determination.APPROVED, line(2), Granted(quantity=Decimal("0.5")), "called approved"),
    "approved, yet later": (Determination.APPROVED, line(2), Granted(first_day=date(2017, 10, 13)), "called approved"),
    "approved, yet elsewhere": (Determination.APPROVED, line(2), Granted(place_of_service="22"), "called approved"),
    "approved without any day": (Determination.APPROVED, line(2, day=None), None, "no day of service"),
    "partial, yet all": (Determination.PARTIAL, line(2), Granted(quantity=Decimal(1)), "nothing says what is approved instead"),
    "modified, yet the same": (Determination.MODIFIED, line(2), Granted(code="76120"), "nothing says what is approved instead"),
    "another service without a name": (Determination.MODIFIED, line(2), Granted(code="72100"), "in plain words what that is called"),
    "a blank name": (Determination.PARTIAL, line(2), Granted(code="72100", service=" "), "in plain words what that is called"),
    "a name, yet the same": (
        Determination.MODIFIED,
        line(2),
        Granted(place_of_service="22", service="Films"),
        "the one that was asked for",
    ),
}


@pytest.mark.parametrize(("kind", "service", "granted", "words"), MISFITS.values(), ids=MISFITS)
def test_a_determination_that_does_not_fit_its_terms_is_refused(
    kind: Determination, service: Any, granted: Granted | None, words: str
) -> None:
    told = misfit(service, None, Decision(kind, NO_POLICY, signed(OSEI), "Own.", granted))
    assert words in (told or "")


def test_a_longer_or_later_span_than_asked_is_still_an_approval() -> None:
    generous = Granted(quantity=Decimal(3), last_day=date(2017, 12, 31))
    assert misfit(line(1), None, Decision(Determination.APPROVED, NO_POLICY, signed(LINDQVIST), granted=generous)) is None
    dated = Decision(Determination.APPROVED, NO_POLICY, signed(LINDQVIST), granted=Granted(first_day=date(2017, 10, 12)))
    assert misfit(line(1, day=None), None, dated) is None


def test_a_physicians_exception_against_a_position_needs_a_rationale() -> None:
    reason = Reason("We make an exception.", CITED)
    with pytest.raises(UserError, match="exception"):
        with_physician().tell(approve(1, by=OSEI, reason=reason), OSEI)
    case = with_physician().tell(approve(1, by=OSEI, reason=reason, rationale="Earlier approval must be honoured."), OSEI)
    assert case.line(1).determination is Determination.APPROVED


def test_an_exception_cites_the_position_that_it_departs_from() -> None:
    with pytest.raises(UserError, match="A policy stands against line 1"):
        with_physician().tell(approve(1, by=OSEI, rationale="Earlier approval."), OSEI)


def test_nothing_adverse_is_decided_while_line_of_business_or_day_is_unknown() -> None:
    for changes in ({"line_of_business": None}, {"services": (replace(line(1), first_day=None, last_day=None), REQUEST.service(2))}):
        story = Story()
        thin = replace(REQUEST, **changes)
        story.events[0] = replace(story.events[0], body=ev.Opened("UR-1", thin))
        story.events[1] = replace(story.events[1], body=replace(AGAINST, subject=thin.subject))
        story.tell(REFERRED, LINDQVIST)
        story.tell(ev.RecordOpened(), OSEI)
        with pytest.raises(UserError, match=r"not known|no day of service"):
            story.tell(deny(1), OSEI)


@pytest.mark.toy(5)
def test_coverage_that_is_not_checked_is_accepted_by_name_or_stops_the_approval() -> None:
    with pytest.raises(UserError, match="Coverage is not checked: authorization needed, benefit"):
        Story(approve(2, unchecked=("eligible", "network", "other_coverage")))
    case = Story(approve(2)).case
    assert case.line(2).decision is not None
    assert case.line(2).decision.unchecked == UNCHECKED


def test_what_was_checked_need_not_be_accepted() -> None:
    story = Story(*(ev.CoverageChecked(item, "yes", "portal", date(2017, 10, 6)) for item in ev.CoverageItem))
    assert story.tell(approve(2, unchecked=()), LINDQVIST).line(2).determination is Determination.APPROVED


def test_where_the_policy_asks_a_nurse_says_how_she_found_that_it_does_not_stand_against_the_line() -> None:
    asks = matched(row(1, Relation.CONFIRM_SCOPE, Suggestion.CONFIRM), row(2, None, Suggestion.NO_POLICY))
    reason = Reason("A swallow study.", CITED)
    with pytest.raises(UserError, match="which service is meant"):
        Story(approve(1, reason=reason), match=asks)
    case = Story(approve(1, reason=reason, clarification="Swallow study, said the office."), match=asks).case
    assert case.line(1).determination is Determination.APPROVED


def test_no_policy_found_is_not_said_where_one_was_found() -> None:
    criteria = matched(row(1, Relation.APPLIES, Suggestion.CHECK_CRITERIA), row(2, None, Suggestion.NO_POLICY))
    with pytest.raises(UserError, match="holds a policy that touches line 1"):
        Story(approve(1), match=criteria)


def test_a_line_that_was_never_matched_is_not_approved() -> None:
    with pytest.raises(UserError, match="not been matched"):
        Story(approve(2), match=matched(row(1, None, Suggestion.NO_POLICY)))


def test_a_pend_and_its_answer_bring_the_line_back_into_review() -> None:
    asked = ev.InformationRequested((1,), ("the order",), "It names the service.", "Dr. Natarajan's office")
    story = Story(asked)
    assert story.case.line(1).workflow is Workflow.PENDED
    case = story.tell(ev.InformationReceived((1,), "the order", NOW), LINDQVIST)
    assert case.line(1).workflow is Workflow.REVIEW
    assert case.line(1).returned_from_pend


def test_the_physician_sends_back_with_a_question() -> None:
    case = with_physician().tell(ev.SentBack((1,), "Which view was asked for?"), OSEI)
    assert case.line(1).workflow is Workflow.RETURNED
    assert case.line(1).question == "Which view was asked for?"
    assert case.workflow is Workflow.RETURNED


def test_a_withdrawal_says_who_asked_when_and_how() -> None:
    decision = Decision(Determination.WITHDRAWN, Reason("Withdrawn."), signed(LINDQVIST))
    told = ev.Withdrawn((1, 2), "Dr. Natarajan", NOW, "by telephone", decision)
    assert Story(told).case.determination is Determination.WITHDRAWN
    for broken in (replace(told, asked_by=""), replace(told, how=" "), replace(told, asked_at=NOW + timedelta(days=1))):
        with pytest.raises(UserError):
            Story(broken)
    with pytest.raises(UserError, match="step of its own"):
        Story(ev.Determined((1,), decision))


def test_an_amendment_keeps_the_old_line_and_who_agreed() -> None:
    before = line(1)
    after = replace(before, code="72100")
    told = ev.Amended(1, before, after, None, "the office", NOW, "by telephone")
    case = Story(told).case
    assert case.line(1).service.code == "72100"
    assert case.request.service(1).code == "76120"
    assert case.amendments == (told,)
    for broken in (
        replace(told, before=after),
        replace(told, agreed_by=""),
        replace(told, how=""),
        replace(told, after=replace(after, line=2)),
    ):
        with pytest.raises(UserError):
            Story(broken)


def test_an_undone_amendment_takes_its_match_along() -> None:
    story = Story(ev.Amended(1, line(1), line(1, "72100"), None, "the office", NOW, "by telephone"))
    amendment = story.last
    for _ in range(2):
        story.tell(replace(matched(row(1, None, Suggestion.NO_POLICY)), subject=story.case.current_request.subject), LINDQVIST)
    case = story.tell(ev.Undone(amendment), LINDQVIST)
    assert case.line(1).service.code == "76120"
    assert case.matched == AGAINST
    with pytest.raises(Forbidden, match="physician's exception"):
        story.tell(approve(1, reason=Reason("Fine.", CITED)), LINDQVIST)


def test_a_line_is_not_decided_on_a_match_of_another_request() -> None:
    story = Story(ev.Amended(2, REQUEST.service(2), line(2, "97112"), None, "the office", NOW, "by telephone"))
    with pytest.raises(UserError, match="changed since it was matched"):
        story.tell(approve(2), LINDQVIST)
    with pytest.raises(UserError, match="not the request as it now stands"):
        story.tell(AGAINST, LINDQVIST)


def test_nothing_is_matched_anew_once_every_line_is_decided() -> None:
    story = with_physician()
    story.tell(deny(1), OSEI)
    story.tell(AGAINST, LINDQVIST)
    story.tell(approve(2), LINDQVIST)
    with pytest.raises(UserError, match="shown from what was kept"):
        story.tell(AGAINST, LINDQVIST)
    assert story.case.line(1).matched == AGAINST


def test_a_nurse_approves_nothing_but_what_was_asked() -> None:
    for granted in (
        Granted(unit="minutes"),
        Granted(code="97112", service="Balance training"),
        Granted(quantity=Decimal(2)),
        Granted(place_of_service="22"),
        Granted(provider="X"),
    ):
        with pytest.raises((Forbidden, UserError), match=r"otherwise than it was asked|called approved"):
            Story(approve(2, granted=granted))
    assert Story(approve(2, granted=Granted(quantity=Decimal(1), unit="UN"))).case.line(2).decision


@pytest.mark.parametrize("amount", ["NaN", "0", "-1", "Infinity", "-Infinity", "sNaN"])
def test_an_amount_is_a_number_above_zero(amount: str) -> None:
    with pytest.raises(UserError, match="above zero"):
        Granted(quantity=Decimal(amount))
    with pytest.raises(UserError, match="above zero"):
        replace(line(1), quantity=Decimal(amount))
    with pytest.raises(UserError, match="before the first"):
        Granted(first_day=date(2017, 10, 12), last_day=date(2017, 10, 11))


def test_a_nurse_does_not_lean_on_a_document_that_nobody_confirmed() -> None:
    unread = replace(
        matched(row(1, Relation.APPLIES, Suggestion.CHECK_CRITERIA), row(2, None, Suggestion.NO_POLICY)),
        pins=(replace(PIN, confirmed=False),),
    )
    with pytest.raises(UserError, match="confirmed the reading"):
        Story(approve(1, reason=Reason("Criteria met.", CITED)), match=unread)


def test_who_referred_a_line_does_not_deny_it_later_in_another_role() -> None:
    story = Story(REFERRED)
    turned = replace(OSEI, id=LINDQVIST.id)
    story.tell(ev.RecordOpened(), turned)
    with pytest.raises(Forbidden, match="opened or referred"):
        story.tell(deny(1, by=turned), turned)


def test_the_record_is_opened_again_after_every_referral() -> None:
    story = with_physician()
    story.tell(ev.SentBack((1,), "Which view?"), OSEI)
    story.tell(REFERRED, LINDQVIST)
    with pytest.raises(UserError, match="record has not been opened"):
        story.tell(deny(1), OSEI)


def test_an_adverse_decision_is_signed_anew_outside_a_demo() -> None:
    story = with_physician()
    body = deny(1)
    unsigned = replace(body, decision=replace(body.decision, signature=replace(body.decision.signature, reauthenticated=False)))
    with pytest.raises(Forbidden, match="signed anew"):
        story.tell(unsigned, OSEI)
    admit(unsigned, Asked(story.case, story.events, OSEI, story.now, story.now.date(), demo=True))


WRONG_CITES = {
    "a line beyond the end": Anchor(TEXT, 120, 121),
    "another text": Anchor(Sha256("x" * 64), 1, 1),
}


@pytest.mark.parametrize("anchor", WRONG_CITES.values(), ids=WRONG_CITES)
def test_only_lines_that_are_there_are_cited(anchor: Anchor) -> None:
    with pytest.raises(UserError):
        with_physician().tell(deny(1, reason=Reason("No.", (PolicyCitation(PIN.policy, PIN.effective, anchor),))), OSEI)
    other = PolicyCitation(PolicyId("ABC.9"), PIN.effective, Anchor(TEXT, 1, 1))
    with pytest.raises(UserError, match="not from a text"):
        with_physician().tell(deny(1, reason=Reason("No.", (other,))), OSEI)


def test_what_was_not_known_is_added_and_what_was_known_stays() -> None:
    story = Story()
    story.events[0] = replace(story.events[0], body=ev.Opened("UR-1", replace(REQUEST, state=None, line_of_business=None)))
    full = replace(REQUEST, member=replace(REQUEST.member, phone="317-555-0100"))
    case = story.tell(ev.Completed(full, "the office", "by telephone"), LINDQVIST)
    assert case.request == full
    for changed in (
        replace(full, state="OH"),
        replace(full, services=REQUEST.services[:1]),
        replace(full, member=replace(full.member, family="X")),
    ):
        with pytest.raises(UserError, match="is known"):
            story.tell(ev.Completed(changed, "the office", "by telephone"), LINDQVIST)
    with pytest.raises(UserError, match="Nothing was added"):
        story.tell(ev.Completed(full, "the office", "by telephone"), LINDQVIST)


def test_notice_by_other_means_gives_notice() -> None:
    story = Story(approve(2))
    told = ev.NoticeGiven((2,), ev.ContactWay.MAIL, "the member", NOW, "the state's own form")
    assert story.tell(told, LINDQVIST).line(2).workflow is Workflow.NOTICED
    for broken in (
        replace(told, lines=(1,)),
        replace(told, to_whom=""),
        replace(told, form=" "),
        replace(told, at=NOW + timedelta(days=9)),
    ):
        with pytest.raises(UserError):
            Story(approve(2)).tell(broken, LINDQVIST)


def test_a_correction_is_about_the_same_lines_and_corrects_a_standing_letter_also_after_the_case_is_closed() -> None:
    story = Story(approve(2))
    story.tell(letter(2), LINDQVIST)
    story.tell(mailed(story), LINDQVIST)
    withdrawn = Decision(Determination.WITHDRAWN, Reason("Withdrawn."), signed(LINDQVIST))
    story.tell(ev.Withdrawn((1,), "the office", NOW, "by fax", withdrawn), LINDQVIST)
    story.tell(ev.Closed(), LINDQVIST)
    second = replace(letter(2), letter=ev.LetterId("l2"), supersedes=ev.LetterId("l1"))
    for wrong in (replace(second, lines=(1,)), replace(second, kind="adverse"), replace(second, supersedes=ev.LetterId("l9"))):
        with pytest.raises(UserError):
            story.tell(wrong, LINDQVIST)
    story.tell(second, LINDQVIST)
    with pytest.raises(UserError, match="not a standing letter"):
        story.tell(replace(second, letter=ev.LetterId("l3")), LINDQVIST)


def test_a_withdrawn_line_waits_for_no_notice() -> None:
    withdrawn = Decision(Determination.WITHDRAWN, Reason("Withdrawn."), signed(LINDQVIST))
    story = Story(approve(2), ev.Withdrawn((1,), "the office", NOW, "by fax", withdrawn))
    assert [s.line for s in story.case.lines_to_notice] == [2]
    assert story.tell(letter(2), LINDQVIST).workflow is Workflow.DECIDED
    assert story.case.lines_to_notice == ()
    assert story.tell(mailed(story), LINDQVIST).workflow is Workflow.NOTICED


def test_only_ones_own_last_step_is_undone_and_only_once() -> None:
    story = Story(approve(2))
    step = story.last
    with pytest.raises(Forbidden, match="Only the person"):
        story.tell(ev.Undone(step), OSEI)
    case = story.tell(ev.Undone(step), LINDQVIST)
    assert case.line(2).workflow is Workflow.REVIEW
    assert case.line(2).decision is None
    with pytest.raises(UserError):
        story.tell(ev.Undone(step), LINDQVIST)


def mailed(story: Story, letter: str = "l1") -> ev.LetterSent:
    return ev.LetterSent(ev.LetterId(letter), Way.MAIL, Party.MEMBER, "Rosalind Alvarado", "4 Linden Row", story.now)


def letter(*lines: int, kind: str = "approval") -> ev.LetterIssued:
    sha = Sha256("p" * 64)
    return ev.LetterIssued(ev.LetterId("l1"), kind, lines, sha, sha, sha, NOW.date(), "Rosalind Alvarado")


def test_once_a_letter_is_issued_nothing_is_undone_and_the_lines_are_noticed_when_it_was_sent() -> None:
    story = Story(approve(2))
    step = story.last
    case = story.tell(letter(2), LINDQVIST)
    assert case.line(2).workflow is Workflow.DECIDED
    assert case.workflow is Workflow.REVIEW
    for event in (step, story.last):
        with pytest.raises(UserError):
            story.tell(ev.Undone(event), LINDQVIST)
    with pytest.raises(UserError):
        story.tell(letter(2), LINDQVIST)
    for second in (replace(letter(2), letter=ev.LetterId("l2")), ev.NoticeGiven((2,), ev.ContactWay.MAIL, "the member", NOW, "a form")):
        with pytest.raises(UserError, match="Line 2: a letter that was issued tells of it"):
            story.tell(second, LINDQVIST)
    assert story.tell(mailed(story), LINDQVIST).line(2).workflow is Workflow.NOTICED
    assert story.tell(ev.Undone(story.last), LINDQVIST).line(2).workflow is Workflow.DECIDED


def test_a_letter_gives_notice_of_decided_lines_only() -> None:
    with pytest.raises(UserError):
        Story(letter(1))


def test_a_case_closes_when_every_line_is_noticed_and_then_changes_no_more() -> None:
    story = Story(approve(2))
    with pytest.raises(UserError, match="Lines 1, 2 still open"):
        story.tell(ev.Closed(), LINDQVIST)
    story.tell(letter(2), LINDQVIST)
    story.tell(mailed(story), LINDQVIST)
    withdrawn = Decision(Determination.WITHDRAWN, Reason("Withdrawn."), signed(LINDQVIST))
    story.tell(ev.Withdrawn((1,), "the office", NOW, "by fax", withdrawn), LINDQVIST)
    assert story.tell(ev.Closed(), LINDQVIST).workflow is Workflow.CLOSED
    with pytest.raises(UserError, match="closed"):
        story.tell(REFERRED, LINDQVIST)
    story.tell(ev.NoteAdded("Filed."), LINDQVIST)


EMPTY = {
    "contact": ev.ContactLogged(ev.ContactWay.CALL, "", "1", "x", NOW),
    "contact words": ev.ContactLogged(ev.ContactWay.CALL, "office", "1", " ", NOW),
    "contact to come": ev.ContactLogged(ev.ContactWay.CALL, "office", "1", "x", NOW + timedelta(days=2)),
    "note": ev.NoteAdded("\n"),
    "coverage answer": ev.CoverageChecked(ev.CoverageItem.BENEFIT, "", "portal", date(2017, 10, 6)),
    "coverage place": ev.CoverageChecked(ev.CoverageItem.BENEFIT, "yes", "", date(2017, 10, 6)),
    "coverage day": ev.CoverageChecked(ev.CoverageItem.BENEFIT, "yes", "portal", date(2017, 12, 6)),
    "pend items": ev.InformationRequested((1,), (" ",), "why", "office"),
    "pend why": ev.InformationRequested((1,), ("order",), "", "office"),
    "pend whom": ev.InformationRequested((1,), ("order",), "why", ""),
    "pend day": ev.InformationRequested((1,), ("order",), "why", "office", date(2017, 1, 1)),
    "answer without pend": ev.InformationReceived((1,), "order", NOW),
    "referral": ev.Referred((1,), ""),
    "opened again": ev.Opened("UR-2", request()),
}


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY)
def test_a_step_that_says_too_little_is_refused(body: Any) -> None:
    with pytest.raises(UserError):
        Story(body)


def test_a_retired_account_does_nothing() -> None:
    with pytest.raises(Forbidden, match="retired"):
        Story().tell(ev.NoteAdded("x"), replace(LINDQVIST, retired=True))


DAYLESS = replace(line(1), first_day=None, last_day=None)
OBSTACLES = [
    (2, PIN, frozenset(), line(1), 0),
    (1, PIN, frozenset(), line(1), 1),
    (2, replace(PIN, abstract=True, confirmed=False), frozenset(), line(1), 1),
    (2, replace(PIN, confirmed=False), frozenset(), line(1), 1),
    (2, PIN, frozenset({"version_not_in_force"}), line(1), 1),
    (2, PIN, frozenset({"review_overdue", "listing_is_not_coverage"}), line(1), 1),
    (2, PIN, frozenset(), DAYLESS, 1),
]


@pytest.mark.parametrize(("people", "pin", "cautions", "service", "count"), OBSTACLES)
def test_what_keeps_an_adverse_letter_from_leaving(
    people: int, pin: ev.PolicyPin, cautions: frozenset[str], service: Any, count: int
) -> None:
    story = with_physician()
    story.tell(deny(1), OSEI)
    state = replace(story.case.line(1), matched=replace(AGAINST, pins=(pin,)), service=service)
    assert len(adverse_letter_obstacles(state, people, cautions)) == count


def test_a_criterion_held_elsewhere_does_not_lead_around_the_policy_that_stands_against_the_line() -> None:
    story = with_physician()
    story.tell(deny(1, reason=Reason("No.", held_elsewhere=(HeldElsewhere("Owner", "Booklet", "2017", "4"),))), OSEI)
    state = replace(story.case.line(1), matched=replace(AGAINST, pins=(replace(PIN, abstract=True),)))
    assert adverse_letter_obstacles(state, 2, frozenset())
    free = replace(state, matched=replace(AGAINST, against=(), pins=(replace(PIN, abstract=True),)))
    assert adverse_letter_obstacles(free, 2, frozenset({"review_overdue"})) == ()


D = Determination
ROLL_UPS = [
    ([], None),
    ([D.APPROVED, None], None),
    ([D.APPROVED, D.APPROVED], D.APPROVED),
    ([D.DENIED, D.DENIED], D.DENIED),
    ([D.APPROVED, D.DENIED], D.PARTIAL),
    ([D.APPROVED, D.PARTIAL], D.PARTIAL),
    ([D.APPROVED, D.MODIFIED], D.MODIFIED),
    ([D.MODIFIED, D.DENIED], D.PARTIAL),
    ([D.WITHDRAWN, D.APPROVED], D.APPROVED),
    ([D.WITHDRAWN, D.WITHDRAWN], D.WITHDRAWN),
    ([D.WITHDRAWN, None], None),
    ([D.VOIDED, D.NOT_REQUIRED, None], None),
    ([D.NOT_REQUIRED, D.APPROVED], D.APPROVED),
    ([D.VOIDED, D.DENIED], D.DENIED),
    ([D.DISMISSED, D.APPROVED, D.DENIED], D.PARTIAL),
    ([D.NOT_REQUIRED], D.NOT_REQUIRED),
    ([D.NOT_REQUIRED, D.WITHDRAWN, D.VOIDED], D.NOT_REQUIRED),
    ([D.DISMISSED, D.WITHDRAWN], D.DISMISSED),
    ([D.VOIDED, D.WITHDRAWN], D.WITHDRAWN),
    ([D.VOIDED, D.VOIDED], D.VOIDED),
    ([D.APPROVED, D.MODIFIED, D.VOIDED], D.MODIFIED),
]


@pytest.mark.parametrize(("lines", "expected"), ROLL_UPS)
def test_lines_roll_up_to_the_case(lines: list[D | None], expected: D | None) -> None:
    assert roll_up(lines) is expected


@given(st.lists(st.sampled_from(list(D)), min_size=1), st.randoms(use_true_random=False))
def test_the_roll_up_does_not_depend_on_the_order_of_lines(lines: list[D], random: Any) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert roll_up(lines) is roll_up(shuffled)


@given(st.sets(st.sampled_from(list(Role)), min_size=1), st.sampled_from(list(D)), st.booleans())
def test_no_role_but_the_physicians_makes_an_adverse_determination(roles: set[Role], kind: D, against: bool) -> None:
    account = Account(AccountId("x"), "x", "X", frozenset(roles))
    decision = Decision(kind, Reason("x"), signed(LINDQVIST))
    if may_determine(account, decision, against) is None and (kind.adverse or (against and kind is D.APPROVED)):
        assert Role.PHYSICIAN in roles
