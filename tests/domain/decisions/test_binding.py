"""An approval of another case binds: which lines it is about, and what a refusal takes beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import OSEI, line
from outcome_story import BEFORE, NURSE, Story, administrative, approval, denial

from ur_desk.domain import events as ev
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.binding import Binding, binding_words
from ur_desk.domain.decisions.binding_rules import bindings
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.determination import Determination, Granted
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.messages import Followed, Following
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.rules import admit
from ur_desk.errors import UserError

MA = LineOfBusiness.MEDICARE_ADVANTAGE


def approved(business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED, *, noticed: bool = True, **granted: Any) -> Case:
    """Another case in which line 2, therapeutic exercise on 10/12/2017, is approved."""
    story = Story(business)
    if granted:
        story.keep(approval(2, granted=Granted(**granted)), NURSE)
    else:
        story.approved(2)
    if noticed:
        story.noticed(2)
    return replace(story.case, id=CaseId("other"), number="UR-2017-000009")


def mine(business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED) -> Story:
    return Story(business).referred(2)


def tell(story: Story, body: ev.Determined, other: Case) -> Case:
    """Decide beside another case, as the desk does."""
    found = bindings(story.case, [other])
    asked = replace(story.asked(OSEI), approvals=found)
    assert isinstance(asked, Asked)
    admit(body, asked)
    story.keep(body, OSEI)
    return story.case


def refusal(story: Story, other: Case, despite: str = "", kind: Determination = Determination.DENIED, **more: Any) -> ev.Determined:
    return denial(2, kind=kind, approvals=bindings(story.case, [other]), despite=despite, **more)


def test_the_same_service_on_the_same_days_in_another_case_is_found_with_its_days() -> None:
    (found,) = bindings(mine().case, [approved()])
    assert found == Binding(2, CaseId("other"), "UR-2017-000009", covers=True, refuses=False, of=2, first_day=BEFORE, last_day=BEFORE)
    assert "UR-2017-000009 approved this service for the same member on 10/02/2017 (line 2 there" in binding_words(found)
    longer = binding_words(replace(found, last_day=date(2017, 10, 20), authorization="A-1"))
    assert "from 10/02/2017 to 10/20/2017 (line 2 there, line 2 here, authorized as A-1)" in longer


@pytest.mark.parametrize(
    ("granted", "noticed"),
    [
        ({}, False),
        ({"first_day": date(2017, 10, 13), "last_day": date(2017, 10, 20)}, True),
        ({"code": "97140"}, True),
    ],
    ids=["nobody had notice", "other days", "another service"],
)
def test_what_is_about_something_else_binds_nothing(granted: Any, noticed: bool) -> None:
    assert bindings(mine().case, [approved(noticed=noticed, **granted)]) == ()


def test_what_was_refused_or_reopened_there_binds_nothing() -> None:
    there = Story().referred(2)
    there.tell(denial(2), OSEI)
    assert bindings(mine().case, [replace(there.case, id=CaseId("other"))]) == ()
    again = Story().approved(2).noticed(2)
    again.tell(ev.Reopened((2,), Cause.FRAUD, "Forged."), OSEI)
    assert bindings(mine().case, [replace(again.case, id=CaseId("other"))]) == ()


def test_a_case_binds_neither_itself_nor_what_follows_it() -> None:
    story, other = mine(), approved()
    assert bindings(story.case, [replace(other, id=story.case.id)]) == ()
    followed = replace(story.case, followed=(Followed(other.id, other.number, Following.APPEAL),))
    assert bindings(followed, [other]) == ()
    follows = replace(story.case, follows=ev.Follows(other.id, other.number, Following.APPEAL))
    assert bindings(follows, [other]) == ()


@pytest.mark.parametrize("kind", [Determination.DENIED, Determination.PARTIAL])
def test_in_medicare_advantage_what_was_approved_is_not_refused(kind: Determination) -> None:
    story, other = mine(MA), approved(MA)
    granted = Granted(code="97140", service="Hands-on therapy") if kind is Determination.PARTIAL else None
    body = refusal(story, other, "It is not needed any more.", kind, **({"granted": granted} if granted else {}))
    with pytest.raises(UserError, match=r"UR-2017-000009 approved"):
        tell(story, body, other)
    assert story.case.line(2).decision is None


def test_elsewhere_a_refusal_says_why_it_leaves_the_approval_and_keeps_both() -> None:
    story, other = mine(), approved()
    with pytest.raises(UserError, match="Say why you leave an earlier approval"):
        tell(story, refusal(story, other), other)
    decision = tell(story, refusal(story, other, "The first was for the other knee."), other).line(2).decision
    assert decision is not None
    assert (decision.despite, [each.number for each in decision.approvals]) == ("The first was for the other knee.", ["UR-2017-000009"])


def test_a_request_for_more_than_was_approved_may_be_refused_with_the_reason_in_medicare_advantage_too() -> None:
    story, other = mine(MA), approved(MA)
    lines = tuple(replace(s, service=replace(s.service, quantity=Decimal(6))) if s.line == 2 else s for s in story.case.lines)
    (found,) = bindings(replace(story.case, lines=lines), [other])
    assert (found.covers, found.refuses) == (False, False)


def test_a_refusal_that_names_no_approval_or_another_one_is_not_kept() -> None:
    story, other = mine(), approved()
    with pytest.raises(UserError, match="does not name every approval"):
        tell(story, denial(2, despite="Because."), other)


def test_what_takes_no_clinical_judgment_is_decided_on_the_contract() -> None:
    story, other = mine(MA), approved(MA)
    assert tell(story, administrative(2, by=OSEI), other).line(2).determination is Determination.DENIED


def test_of_a_decision_of_before_nobody_looked() -> None:
    story = mine(MA)
    story.tell(denial(2), OSEI)
    assert story.case.line(2).determination is Determination.DENIED


def test_of_a_closed_case_no_more_than_its_number_is_told() -> None:
    (found,) = bindings(mine().case, [approved()])
    words = binding_words(replace(found, of=None, first_day=None, last_day=None))
    assert "which is closed to you" in words
    assert "10/12/2017" not in words


def test_a_line_without_a_code_or_a_day_is_bound_by_nothing() -> None:
    story = mine()
    for service in (replace(line(2), code=None), replace(line(2, "97110"), first_day=None, last_day=None)):
        lines = tuple(replace(s, service=service) if s.line == 2 else s for s in story.case.lines)
        assert bindings(replace(story.case, lines=lines), [approved()]) == ()
