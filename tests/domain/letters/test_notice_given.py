"""Notice that no letter of this program gives, and that nobody hears of a decision before it was signed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import OSEI
from outcome_story import NURSE, Story, denial, dismissed, notice

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.events import Audience, Told
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.letters.notice_given import told_elsewhere
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError

MINUTES, DAYS = timedelta(minutes=5), timedelta(days=40)


def approved(story: Story) -> Story:
    """Line 2 approved, forty days after it came in."""
    story.now += DAYS
    told = story.approved().events[-1]
    decision = told.body.decision  # type: ignore[union-attr]
    signature = replace(decision.signature, at=told.at)
    story.events[-1] = replace(told, body=replace(told.body, decision=replace(decision, signature=signature)))  # type: ignore[call-arg, type-var]
    return story


def test_no_notice_was_given_before_the_decision_was_signed() -> None:
    story = approved(Story())
    before = story.now - MINUTES
    for body in (
        notice(2, at=before),
        notice(2, at=story.now - timedelta(days=30)),
        ev.Notified((2,), Audience.MEMBER, Told(ContactWay.CALL, "the member", before), "Approved."),
        ev.Notified((2,), Audience.PROVIDER, Told(ContactWay.FAX, "the office", before), "Approved."),
    ):
        with pytest.raises(UserError, match="before the decision was signed, "):
            story.tell(body, NURSE)
    assert story.case.line(2).workflow is Workflow.DECIDED
    minute = story.now.replace(second=0)
    assert story.tell(notice(2, at=minute), NURSE).line(2).workflow is Workflow.NOTICED, "people tell times to the minute"


def test_a_message_on_a_machine_is_no_notice() -> None:
    story = approved(Story())
    with pytest.raises(UserError, match="on a machine tells nobody"):
        story.tell(replace(notice(2, at=story.now), way=ContactWay.VOICEMAIL), NURSE)
    story.tell(replace(notice(2, at=story.now), way=ContactWay.CALL), NURSE)


def refused(business: LineOfBusiness) -> Story:
    story = Story(business).referred(1)
    story.tell(denial(1), OSEI)
    return story


@pytest.mark.parametrize("way", [ContactWay.CALL, ContactWay.MAIL])
@pytest.mark.parametrize("business", [LineOfBusiness.ERISA_SELF_FUNDED, LineOfBusiness.MEDICAID_MANAGED_CARE])
def test_a_refusal_of_which_the_program_writes_the_letter_is_told_by_that_letter(business: LineOfBusiness, way: ContactWay) -> None:
    story = refused(business)
    with pytest.raises(UserError, match="told by the letter"):
        story.tell(replace(notice(1), way=way), NURSE)
    with pytest.raises(UserError, match="still open or without notice"):
        story.tell(ev.Closed(), NURSE)


@pytest.mark.parametrize("business", [LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.DSNP_INTEGRATED, LineOfBusiness.OTHER])
def test_a_refusal_that_is_told_on_a_form_or_without_our_letter_is_told_in_writing(business: LineOfBusiness) -> None:
    story = refused(business)
    with pytest.raises(UserError, match="told in writing"):
        story.tell(replace(notice(1), way=ContactWay.CALL), NURSE)
    assert story.tell(notice(1), NURSE).line(1).workflow is Workflow.NOTICED


def test_a_refused_appeal_is_no_first_refusal_and_has_no_form() -> None:
    story = refused(LineOfBusiness.MEDICARE_ADVANTAGE)
    case = replace(story.case, follows=ev.Follows(story.case.id, "UR-1", ev.Following.APPEAL))
    assert told_elsewhere(story.case)
    assert not told_elsewhere(case)


def test_a_dismissal_may_be_told_by_other_means() -> None:
    story = Story(LineOfBusiness.MEDICARE_ADVANTAGE)
    story.tell(dismissed(2), OSEI)
    assert story.tell(notice(2), NURSE).line(2).workflow is Workflow.NOTICED
