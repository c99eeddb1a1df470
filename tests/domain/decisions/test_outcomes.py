"""Outcomes beside approval and clinical denial: what each takes, who makes it, and that none passes for another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders import BOOKLET, LATE, OSEI, line
from outcome_story import (
    AUDITOR,
    BEFORE,
    CITED,
    CLERK,
    NO,
    NURSE,
    SUPERVISOR,
    Story,
    administrative,
    approval,
    denial,
    dismissed,
    found,
    ground,
    not_required,
    signed,
    voided,
)

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.events import Told
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.decisions.grounds import GROUNDS, Agreement, Family, Given, Matter
from ur_desk.domain.decisions.outcome_rules import VACATED_WITHIN_MONTHS
from ur_desk.domain.decisions.outcomes import Cause
from ur_desk.domain.determination import (
    ASIDE,
    HCR01,
    Decision,
    Determination,
    Granted,
    Reason,
    Span,
    Workflow,
    in_spans,
    roll_up,
)
from ur_desk.domain.events import CoverageItem
from ur_desk.domain.information.asking import Extent
from ur_desk.domain.letter import LetterKind, kind_for
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.telling import tell
from ur_desk.domain.terms import asked, misfit, spans
from ur_desk.errors import Forbidden, UserError

D = Determination
MA = LineOfBusiness.MEDICARE_ADVANTAGE
SIGNS_LATE = Given(Matter.NOT_TIMELY, Role.NURSE)


# domain.md, section 11 ---------------------------------------------------------------------------------------------------------


@pytest.mark.toy(1)
def test_workflow_and_determination_are_two_fields_and_each_line_has_its_own() -> None:
    """One status field for both workflow and determination, one outcome per case instead of per service line."""
    story = Story().approved(2)
    story.referred(1)
    first, second = story.case.lines
    assert (first.workflow, first.determination) == (Workflow.WITH_PHYSICIAN, None)
    assert (second.workflow, second.determination) == (Workflow.DECIDED, D.APPROVED)
    assert HCR01[story.case.determination] == "A4"
    assert [s.line for s in story.case.lines_to_notice] == [2]
    assert not {w.value for w in Workflow} & {d.value for d in D}


@pytest.mark.toy(2)
def test_a_nurse_saves_no_clinical_denial_and_no_reduced_approval() -> None:
    """A nurse login can save a clinical denial, or a reduced approval that is legally one."""
    story = Story(given=(Given(matter, Role.NURSE) for matter in Matter))
    fewer = Granted(quantity=Decimal("0.5"))
    for family in (None, *Family):
        for kind in (D.DENIED, D.PARTIAL, D.MODIFIED):
            if (kind, family) == (D.DENIED, Family.ADMINISTRATIVE):
                continue
            for ground_told in (None, LATE):
                body = denial(2, by=NURSE, kind=kind, granted=fewer, family=family, administrative=ground_told)
                with pytest.raises(Forbidden, match="physician"):
                    story.tell(body, NURSE)
    with pytest.raises(UserError, match="called approved"):
        story.tell(approval(2, granted=fewer), NURSE)
    with pytest.raises(Forbidden, match="otherwise than it was asked for"):
        story.tell(approval(2, granted=in_spans(Granted(), (Span(BEFORE, BEFORE),))), NURSE)
    with pytest.raises(UserError, match="medical policy is a clinical reason"):
        story.tell(administrative(2, reason=NO), NURSE)
    assert story.case.determination is None


@pytest.mark.toy(3)
def test_what_is_refused_in_part_never_takes_the_letter_of_an_approval() -> None:
    """Partial and modified approvals go out as plain approvals with no appeal rights."""
    for kind, granted in (
        (D.PARTIAL, Granted(quantity=Decimal("0.5"))),
        (D.MODIFIED, Granted(code="72100", service="Regular x-rays of the neck")),
    ):
        story = Story().referred(1)
        story.tell(denial(1, kind=kind, granted=granted), OSEI)
        assert kind_for(story.case.lines[:1]) is LetterKind.PARTIAL
        for told in ("approval", "adverse"):
            with pytest.raises(UserError, match="contradict"):
                story.tell(letter(told, 1), NURSE)
        assert story.tell(letter("partial", 1), NURSE).line(1).told_in


@pytest.mark.toy(4)
def test_that_no_policy_was_found_is_neither_an_approval_nor_a_denial() -> None:
    """ "No matching policy" or "diagnosis not in list" shown as approve (or as deny) instead of "no finding"."""
    story = Story()
    assert story.case.line(2).determination is None
    with pytest.raises(UserError, match="names its criterion"):
        story.referred(2).tell(denial(2, reason=Reason("No policy.", no_policy_found=True)), OSEI)
    with pytest.raises(UserError, match="nobody asked"):
        story.tell(story.missing(2), OSEI)
    assert story.case.line(2).determination is None
    with pytest.raises(Forbidden, match="a physician's exception"):
        Story().tell(approval(1), NURSE)  # a position stands against it: that "no policy was found" is no way around
    with pytest.raises(UserError, match="A policy stands against line 1"):
        Story().referred(1).tell(approval(1, by=OSEI), OSEI)


@pytest.mark.toy(25)
def test_what_is_set_aside_is_no_approval_and_what_is_refused_in_part_is_none_either() -> None:
    """Metrics that cannot be re-derived: approvals mix "no authorization needed", withdrawals and partials."""
    assert [d for d in D if d.grants and not d.adverse] == [D.APPROVED]
    for aside in ASIDE:
        assert not aside.adverse
        assert not aside.grants
        assert roll_up([aside]) is aside
        assert roll_up([aside, D.PARTIAL]) is D.PARTIAL
    assert roll_up([D.NOT_REQUIRED, D.WITHDRAWN]) is not D.APPROVED


# no clinical judgment -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("matter", GROUNDS)
def test_an_administrative_denial_is_a_physicians_until_the_plan_gives_it_to_a_role(matter: Matter) -> None:
    body = administrative(2, ground=ground(matter))
    checks = [found(item) for item in CoverageItem]

    def after(*given: Given) -> Story:
        story = Story(given=given)
        for check in checks:
            story.tell(check, NURSE)
        return story

    others = tuple(Given(m, role) for m in Matter if m is not matter for role in (Role.NURSE, Role.SUPERVISOR))
    for story in (after(), after(*others), after(Given(matter, Role.SUPERVISOR))):
        with pytest.raises(Forbidden, match="has not given this to your role"):
            story.tell(body, NURSE)
    case = after(Given(matter, Role.NURSE)).tell(body, NURSE)
    assert case.line(2).determination is D.DENIED
    assert case.line(2).decision is not None
    assert case.line(2).decision.refused_as is Family.ADMINISTRATIVE
    mine = administrative(2, by=SUPERVISOR, ground=ground(matter))
    assert after(Given(matter, Role.SUPERVISOR)).tell(mine, SUPERVISOR).line(2).determination is D.DENIED


def test_a_physician_signs_an_administrative_denial_without_a_clinical_rationale() -> None:
    case = Story().referred(1).tell(administrative(1, by=OSEI), OSEI)
    assert case.line(1).decision is not None
    assert case.line(1).decision.rationale == ""


WRONG_GROUNDS = {
    "no why": (administrative(2, ground=replace(LATE, not_clinical=" ")), "why it takes no clinical judgment"),
    "a medical policy": (administrative(2, reason=replace(BOOKLET, policy_lines=CITED)), "clinical reason"),
    "no part of the contract": (administrative(2, reason=Reason("No.", no_policy_found=True)), "names its criterion"),
    "coverage not looked up": (administrative(2, ground=ground(Matter.EXCLUDED)), "what coverage says"),
}


@pytest.mark.parametrize(("body", "words"), WRONG_GROUNDS.values(), ids=WRONG_GROUNDS)
def test_an_administrative_denial_that_would_not_stand_is_refused(body: ev.Determined, words: str) -> None:
    story = Story(given=(Given(matter, Role.NURSE) for matter in Matter))
    with pytest.raises(UserError, match=words):
        story.tell(body, NURSE)


def test_an_administrative_refusal_without_a_ground_is_nobodys() -> None:
    with pytest.raises(Forbidden, match="Only a physician"):
        Story(given=[SIGNS_LATE]).tell(denial(2, by=NURSE, family=Family.ADMINISTRATIVE), NURSE)
    with pytest.raises(UserError, match="Say the ground"):
        Story().referred(1).tell(denial(1, family=Family.ADMINISTRATIVE), OSEI)


def test_an_administrative_denial_is_signed_anew_and_by_somebody_whose_licence_was_seen() -> None:
    story = Story(given=[SIGNS_LATE])
    body = administrative(2)
    unproven = replace(body, decision=replace(body.decision, signature=replace(signed(NURSE), reauthenticated=False)))
    with pytest.raises(Forbidden, match="signed anew"):
        story.tell(unproven, NURSE)
    bare = replace(NURSE, credential=None)
    with pytest.raises(Forbidden, match="no licence on file"):
        story.tell(administrative(2, by=bare), bare)


def test_a_plan_gives_no_refusal_to_people_without_a_licence() -> None:
    for role in (Role.INTAKE, Role.ADMINISTRATOR, Role.AUDITOR, Role.PHYSICIAN):
        with pytest.raises(UserError, match="signs no refusal"):
            Given(Matter.EXCLUDED, role)


def test_a_ground_belongs_to_an_administrative_refusal_only() -> None:
    story = Story().referred(1)
    with pytest.raises(UserError, match="belongs to an administrative refusal"):
        story.tell(denial(1, administrative=LATE), OSEI)
    with pytest.raises(ValueError, match="no ground"):
        ground(Matter.DISMISSAL)


# lack of information --------------------------------------------------------------------------------------------------------------


def test_a_denial_for_lack_of_information_is_a_physicians_and_names_every_attempt() -> None:
    story = Story().unanswered()
    body = story.missing(1)
    assert len(body.decision.attempts) == 2
    with pytest.raises(Forbidden):
        story.tell(replace(body, decision=replace(body.decision, signature=signed(NURSE))), NURSE)
    for few in ((), body.decision.attempts[:1], (*body.decision.attempts, story.events[0].id)):
        with pytest.raises(UserError, match="every attempt"):
            story.tell(replace(body, decision=replace(body.decision, attempts=few)), OSEI)
    with pytest.raises(UserError, match="what would complete the request"):
        story.tell(replace(body, decision=replace(body.decision, information_needed="")), OSEI)
    assert story.tell(body, OSEI).line(1).determination is D.DENIED


def test_an_attempt_that_was_taken_back_is_none() -> None:
    story = Story()
    story.tell(ev.InformationRequested((1,), ("the order",), "It names the service.", "the office"), NURSE)
    story.tell(ev.Undone(story.events[-1].id), NURSE)
    with pytest.raises(UserError, match="nobody asked"):
        story.referred(1).tell(story.missing(1), OSEI)


def test_nothing_is_denied_for_lack_of_what_may_still_come() -> None:
    story = Story()
    last = story.now.date() + timedelta(days=10)
    story.tell(ev.InformationRequested((1,), ("the order",), "It names the service.", "the office", last), NURSE)
    story.tell(ev.InformationReceived((1,), "Nothing.", story.now), NURSE)
    story.referred(1)
    with pytest.raises(UserError, match="may still come"):
        story.tell(story.missing(1), OSEI)
    story.now += timedelta(days=11)
    assert story.tell(story.missing(1), OSEI).line(1).determination is D.DENIED


def test_nothing_is_denied_for_lack_of_what_nobody_was_given_time_for() -> None:
    story = Story()
    story.tell(ev.InformationRequested((1,), ("the order",), "It names the service.", "the office"), NURSE)
    story.tell(ev.InformationReceived((1,), "Nothing.", story.now), NURSE)
    story.referred(1)
    with pytest.raises(UserError, match="until when the information may come") as told:
        story.tell(story.missing(1), OSEI)
    assert "a last day to answer" in told.value.hint
    story.tell(ev.InformationRequested((1,), ("the order",), "It names the service.", "the office", story.now.date()), OSEI)
    story.now += timedelta(days=1)
    story.tell(ev.InformationReceived((1,), "Nothing.", story.now), NURSE)
    story.referred(1)
    assert story.tell(story.missing(1), OSEI).line(1).determination is D.DENIED


def told_by_mail(story: Story) -> Told:
    return Told(ev.ContactWay.MAIL, "the member", story.now)


NOTICES: dict[str, Callable[[Story], Any]] = {
    "the notice of an extension": lambda story: ev.ClockExtended(
        Condition.BEYOND_CONTROL, "No order.", told_by_mail(story), ("the order",), story.now.date() + timedelta(days=45)
    ),
    "an incomplete request sent back": lambda story: ev.RequestReturned(
        ("the order",), told_by_mail(story), story.now + timedelta(days=45)
    ),
}


@pytest.mark.parametrize("notice_of", NOTICES.values(), ids=NOTICES)
@pytest.mark.parametrize("days", [None, 1], ids=["asked without a day", "asked with a day that passed"])
def test_nothing_is_denied_for_lack_of_information_inside_the_time_that_a_notice_promised(
    notice_of: Callable[[Story], Any], days: int | None
) -> None:
    story = Story()
    last = story.now.date() + timedelta(days=days) if days else None
    story.tell(ev.InformationRequested((1,), ("the order",), "It names the service.", "the office", last), NURSE)
    story.keep(notice_of(story), NURSE)
    promised = story.now.date() + timedelta(days=45)
    story.now += timedelta(days=3)
    story.tell(ev.InformationReceived((1,), "Nothing useful.", story.now, Extent.NOTHING), NURSE)
    story.referred(1)
    with pytest.raises(UserError, match=f"until {promised:%m/%d/%Y}"):
        story.tell(story.missing(1), OSEI)
    story.now += timedelta(days=43)
    assert story.tell(story.missing(1), OSEI).line(1).determination is D.DENIED


def test_attempts_belong_to_a_refusal_for_lack_of_information_only() -> None:
    story = Story().unanswered()
    with pytest.raises(UserError, match="lack of it"):
        story.tell(denial(1, attempts=(story.events[0].id,)), OSEI)


# modified -------------------------------------------------------------------------------------------------------------------------


def test_what_is_modified_tells_who_agreed_when_and_how_and_keeps_its_rights() -> None:
    story = Story().referred(1)
    agreed = Agreement("Dr. Natarajan", story.now, "in the peer-to-peer call")
    body = denial(1, kind=D.MODIFIED, granted=Granted(code="72100", service="Regular x-rays of the neck"), agreed=agreed)
    for broken in (replace(agreed, by=" "), replace(agreed, how=""), replace(agreed, at=story.now + timedelta(days=1))):
        with pytest.raises(UserError):
            story.tell(replace(body, decision=replace(body.decision, agreed=broken)), OSEI)
    with pytest.raises(UserError, match="Only what is modified"):
        story.tell(denial(1, agreed=agreed), OSEI)
    case = story.tell(body, OSEI)
    assert case.line(1).determination is D.MODIFIED
    assert kind_for(case.lines[:1]) is LetterKind.PARTIAL
    assert "Dr. Natarajan agreed (in the peer-to-peer call" in tell(body)


# no authorization, dismissed, voided ------------------------------------------------------------------------------------------------


def test_that_no_authorization_is_needed_is_no_approval_and_takes_a_notice_of_its_own() -> None:
    story = Story()
    case = story.tell(not_required(1, 2, by=NURSE), NURSE)
    assert case.determination is D.NOT_REQUIRED
    assert HCR01[case.determination] == "NA"
    assert len(case.lines_to_notice) == 2
    assert kind_for(case.lines) is LetterKind.NOT_REQUIRED
    mixed = Story().approved()
    mixed.tell(not_required(1, by=NURSE), NURSE)
    with pytest.raises(UserError, match="a letter of its own"):
        kind_for(mixed.case.lines)
    with pytest.raises(UserError, match="nothing of it is approved"):
        story.tell(story.next_number(1), CLERK)
    with pytest.raises(UserError, match="on which list"):
        Story().tell(not_required(1, where=" "), CLERK)
    with pytest.raises(Forbidden):
        Story().tell(not_required(1, by=AUDITOR), AUDITOR)


def test_a_dismissal_is_of_medicare_advantage_and_signed_as_the_plan_says() -> None:
    with pytest.raises(UserError, match="Only a Medicare Advantage request"):
        Story().tell(dismissed(1), OSEI)
    with pytest.raises(Forbidden, match="has not given this"):
        Story(MA).tell(dismissed(1, by=NURSE), NURSE)
    given = Story(MA, given=[Given(Matter.DISMISSAL, Role.NURSE)])
    case = given.tell(dismissed(1, 2, by=NURSE), NURSE)
    assert case.determination is D.DISMISSED
    assert HCR01[case.determination] is None
    assert [s.line for s in case.lines_to_notice] == [1, 2]
    assert kind_for(case.lines) is LetterKind.DISMISSED
    with pytest.raises(UserError, match="was dismissed"):
        kind_for((case.lines[0], Story().approved(2).case.line(2)))


def test_a_dismissal_is_vacated_within_six_months_for_good_cause() -> None:
    story = Story(MA)
    story.tell(dismissed(1, 2, at=story.now), OSEI)
    story.noticed(1, 2)
    vacated = ev.DismissalVacated((1, 2), "The form of representation came.")
    with pytest.raises(UserError, match="good cause"):
        story.tell(replace(vacated, cause=" "), SUPERVISOR)
    with pytest.raises(UserError, match="vacated, not reopened"):
        story.tell(ev.Reopened((1,), Cause.GOOD_CAUSE, "It came."), SUPERVISOR)
    story.now = datetime(2018, 4, 9, 12, tzinfo=UTC)
    case = story.tell(vacated, SUPERVISOR)
    assert {s.workflow for s in case.lines} == {Workflow.REVIEW}
    assert [d.determination for d in case.line(1).earlier] == [D.DISMISSED]
    assert VACATED_WITHIN_MONTHS == 6
    late = Story(MA)
    late.tell(dismissed(1, at=late.now), OSEI)
    late.now = datetime(2018, 4, 10, 12, tzinfo=UTC)
    with pytest.raises(UserError, match="until 04/09/2018"):
        late.tell(replace(vacated, lines=(1,)), SUPERVISOR)
    with pytest.raises(UserError, match="was not dismissed"):
        Story().approved(2).tell(replace(vacated, lines=(2,)), SUPERVISOR)


def test_a_dismissal_of_the_last_of_august_is_vacated_until_the_last_of_february() -> None:
    story = Story(MA)
    at = datetime(2017, 8, 31, 12, tzinfo=UTC)
    story.keep(dismissed(1, at=at), OSEI)
    story.now = datetime(2018, 3, 1, 12, tzinfo=UTC)
    with pytest.raises(UserError, match="until 02/28/2018"):
        story.tell(ev.DismissalVacated((1,), "It came."), SUPERVISOR)


def test_what_is_voided_stays_visible_counts_nowhere_and_takes_no_notice() -> None:
    story = Story().approved(2).noticed(2)
    with pytest.raises(Forbidden, match="Only a supervisor"):
        story.tell(voided(1, by=NURSE), NURSE)
    with pytest.raises(UserError, match="entered in error"):
        story.tell(voided(1, words=" "), SUPERVISOR)
    case = story.tell(voided(1), SUPERVISOR)
    assert (case.line(1).workflow, case.line(1).determination) == (Workflow.CLOSED, D.VOIDED)
    assert (case.determination, case.workflow, case.lines_to_notice) == (D.APPROVED, Workflow.NOTICED, ())
    case = story.tell(voided(2), SUPERVISOR)
    assert (case.determination, case.workflow, case.closed) == (D.VOIDED, Workflow.CLOSED, True)
    assert [d.determination for d in case.line(2).earlier] == [D.APPROVED]
    with pytest.raises(UserError):
        story.tell(ev.Reopened((2,), Cause.GOOD_CAUSE, "It was right."), SUPERVISOR)
    back = story.tell(ev.Undone(story.events[-1].id), SUPERVISOR)
    assert back.line(2).determination is D.APPROVED
    assert not back.closed


def test_a_withdrawal_is_signed_by_whoever_records_it() -> None:
    for other in (OSEI, SUPERVISOR):
        body = ev.Withdrawn((1, 2), "the office", Story().now, "by fax", Decision(D.WITHDRAWN, Reason("Withdrawn."), signed(other)))
        with pytest.raises(Forbidden, match="signed by the person who makes it"):
            Story().tell(body, NURSE)


def test_a_withdrawn_medicare_request_is_closed_with_a_notice() -> None:
    for business, waits in ((LineOfBusiness.ERISA_SELF_FUNDED, False), (MA, True)):
        story = Story(business)
        decision = Decision(D.WITHDRAWN, Reason("Withdrawn."), signed(NURSE))
        case = story.tell(ev.Withdrawn((1, 2), "the office", story.now, "by fax", decision), NURSE)
        assert HCR01[case.determination] == "C"
        assert bool(case.lines_to_notice) is waits
        if waits:
            with pytest.raises(UserError, match="without notice"):
                story.tell(ev.Closed(), NURSE)
            story.noticed(1, 2)
        assert story.tell(ev.Closed(), NURSE).closed


def test_no_step_makes_another_outcome_than_its_own() -> None:
    story = Story()
    approved = approval(1).decision
    for body in (
        ev.NotRequired((1,), "the list", approved),
        ev.Voided((1,), approved),
        ev.Dismissed((1,), dismissed(1).why, "A neighbour.", approved),
    ):
        with pytest.raises(UserError, match="no other outcome"):
            story.tell(body, SUPERVISOR)
    for made in ASIDE:
        with pytest.raises(UserError, match="step of its own"):
            story.tell(ev.Determined((1,), replace(approved, determination=made)), OSEI)


# an approval binds ------------------------------------------------------------------------------------------------------------------


def test_after_notice_of_an_approval_no_clinical_denial_without_a_reopening_for_good_cause() -> None:
    story = Story().approved(2).noticed(2)
    with pytest.raises(UserError, match="cannot be taken this way"):
        story.tell(ev.Referred((2,), "Another look."), NURSE)
    with pytest.raises(UserError, match="cannot be taken this way"):
        story.tell(denial(2), OSEI)
    reopened = ev.Reopened((2,), Cause.FRAUD, "The order was forged.")
    with pytest.raises(Forbidden, match="physician or a supervisor"):
        story.tell(reopened, NURSE)
    with pytest.raises(UserError, match="what shows it"):
        story.tell(replace(reopened, explained=" "), SUPERVISOR)
    case = story.tell(reopened, SUPERVISOR)
    assert case.line(2).workflow is Workflow.REOPENED
    assert case.workflow is Workflow.REOPENED
    assert case.line(2).approval_binds
    assert case.decided_at is None
    assert story.referred(2).tell(denial(2), OSEI).line(2).determination is D.DENIED


def test_an_approval_that_binds_holds_also_where_a_line_came_back_otherwise() -> None:
    """No step leads here; should one ever, the rule stands by itself."""
    story = Story().approved(2).noticed(2)
    story.tell(ev.Reopened((2,), Cause.GOOD_CAUSE, "A new report."), SUPERVISOR)
    story.referred(2)
    case = story.case
    forgotten = replace(case, lines=tuple(replace(s, reopened=None) for s in case.lines))
    from ur_desk.domain.decisions.deciding import check_determined

    with pytest.raises(UserError, match="binds the plan"):
        check_determined(denial(2), replace(story.asked(OSEI), case=forgotten))


def test_a_reopened_case_is_open_again_and_its_earlier_letter_is_not_corrected_into_a_lie() -> None:
    story = Story().approved(2)
    story.tell(voided(1), SUPERVISOR)
    story.tell(letter("approval", 2), NURSE)
    story.tell(ev.LetterSent(ev.LetterId("l-approval"), Way.MAIL, Party.MEMBER, "the member", "4 Linden Row", story.now), NURSE)
    story.tell(ev.Closed(), NURSE)
    case = story.tell(ev.Reopened((2,), Cause.GOOD_CAUSE, "A new report."), SUPERVISOR)
    assert not case.closed
    (issued,) = case.letters
    with pytest.raises(UserError, match="not decided"):
        story.tell(replace(letter("approval", 2), letter=ev.LetterId("l9"), supersedes=issued.id), NURSE)
    story.referred(2).tell(denial(2), OSEI)
    with pytest.raises(UserError, match="contradict"):
        story.tell(replace(letter("approval", 2), letter=ev.LetterId("l9"), supersedes=issued.id), NURSE)


# spans --------------------------------------------------------------------------------------------------------------------------------

WEEKS = (
    Span(date(2017, 10, 12), date(2017, 10, 18), Decimal(6)),
    Span(date(2017, 10, 19), date(2017, 10, 31), Decimal(6), provider="Mill Lane"),
)
TWELVE = replace(line(2), quantity=Decimal(12), first_day=date(2017, 10, 12), last_day=date(2017, 10, 31))


def test_a_line_is_approved_in_several_spans_each_with_its_days_amount_place_and_provider() -> None:
    granted = in_spans(Granted(), WEEKS)
    assert (granted.quantity, granted.first_day, granted.last_day) == (Decimal(12), date(2017, 10, 12), date(2017, 10, 31))
    decision = Decision(D.MODIFIED, NO, signed(OSEI), "Own.", granted)
    first, second = spans(asked(TWELVE, None), decision)
    assert (first.quantity, first.last_day, first.place, first.provider) == (Decimal(6), date(2017, 10, 18), "11", None)
    assert (second.first_day, second.place, second.provider) == (date(2017, 10, 19), "11", "Mill Lane")
    assert misfit(TWELVE, None, decision) is None


def test_one_span_as_a_whole_where_nothing_is_divided_and_none_where_nothing_is_approved() -> None:
    was = asked(TWELVE, None)
    assert spans(was, approval(2).decision) == (was,)
    assert spans(was, denial(2).decision) == ()


WRONG_SPANS = {
    "overlapping": (WEEKS[0], replace(WEEKS[1], first_day=date(2017, 10, 18))),
    "in the wrong order": tuple(reversed(WEEKS)),
    "one without an amount": (WEEKS[0], replace(WEEKS[1], quantity=None)),
}


@pytest.mark.parametrize("told", WRONG_SPANS.values(), ids=WRONG_SPANS)
def test_spans_that_disagree_are_refused(told: tuple[Span, ...]) -> None:
    with pytest.raises(UserError):
        in_spans(Granted(), told)


def test_spans_tell_no_other_days_and_no_other_amount_than_the_approval() -> None:
    for wrong in (Granted(quantity=Decimal(11)), Granted(quantity=Decimal(12), first_day=date(2017, 10, 1))):
        with pytest.raises(UserError):
            replace(wrong, spans=WEEKS, last_day=date(2017, 10, 31))


def test_an_approval_with_days_left_out_between_its_spans_is_none() -> None:
    gap = (WEEKS[0], replace(WEEKS[1], first_day=date(2017, 10, 20), provider=None))
    told = Decision(D.APPROVED, NO, signed(OSEI), granted=in_spans(Granted(), gap))
    assert "called approved" in (misfit(TWELVE, None, told) or "")
    assert misfit(TWELVE, None, replace(told, determination=D.PARTIAL)) is None


def test_an_approval_with_another_provider_in_one_span_is_none() -> None:
    mill, orchard = replace(WEEKS[1], provider="Mill Lane"), replace(WEEKS[0], provider="Orchard Row Imaging")
    told = Decision(D.APPROVED, NO, signed(OSEI), granted=in_spans(Granted(), (orchard, mill)))
    from ur_desk.domain.request import Provider

    assert "called approved" in (misfit(TWELVE, Provider("Orchard Row Imaging"), told) or "")


# sentences ------------------------------------------------------------------------------------------------------------------------------

SENTENCES: dict[str, tuple[Any, str]] = {
    "not required": (not_required(1), "recorded that line 1 takes no authorization (the list of January); that is no approval."),
    "dismissed": (dismissed(1), "dismissed line 1, since it did not come from a proper party: A neighbour asked."),
    "vacated": (ev.DismissalVacated((1,), "It came."), "vacated the dismissal of line 1 for good cause: It came."),
    "voided": (voided(1, 2), "voided lines 1, 2, entered in error: Another member's."),
    "reopened": (ev.Reopened((1,), Cause.FRAUD, "Forged."), "reopened line 1 for fraud or similar fault: Forged."),
    "administrative": (
        administrative(1),
        "denied: line 1. Rests on Lindenfield Works, Benefit booklet, 2017, 7.2. Administrative (not timely), not clinical: "
        "The day on which it was received decides it, and nothing about the member's health.",
    ),
}


@pytest.mark.parametrize(("body", "words"), SENTENCES.values(), ids=SENTENCES)
def test_each_outcome_is_told_in_one_sentence(body: Any, words: str) -> None:
    assert tell(body) == words


def test_every_outcome_has_its_word_in_an_exchange_or_none_on_purpose() -> None:
    assert set(HCR01) == {None, *D}
    assert {word for word in HCR01.values() if word} == {"A1", "A2", "A3", "A4", "A6", "C", "NA"}


def letter(kind: str, *lines: int) -> ev.LetterIssued:
    digest = ev.Sha256("f" * 64)
    return ev.LetterIssued(ev.LetterId(f"l-{kind}"), kind, lines, digest, digest, digest, date(2017, 10, 9), "the member")
