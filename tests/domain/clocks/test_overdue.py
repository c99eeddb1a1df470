"""A late answer that counts as an authorization: no refusal follows where that is sure, and where it is not the warning stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import NOW, OSEI
from outcome_story import AUTHORIZED, DUE, Story, administrative, denial, late_story, signed

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.overdue import Overdue, overdue
from ur_desk.domain.clocks.reading import LateRead
from ur_desk.domain.clocks.rules import Effect
from ur_desk.domain.decisions.outcomes import Cause
from ur_desk.domain.determination import Determination, Granted
from ur_desk.domain.policy import Sha256
from ur_desk.domain.telling import tell
from ur_desk.errors import UserError


def refusal(minutes: int = 61, **more: Any) -> ev.Determined:
    """A refusal of line 1, signed that many minutes after the case was opened."""
    return _signed_then(denial(1, **more), minutes)


def _signed_then(body: ev.Determined, minutes: int) -> ev.Determined:
    signature = signed(OSEI, NOW + timedelta(minutes=minutes))
    return replace(body, decision=replace(body.decision, signature=signature))


@pytest.mark.parametrize("kind", [Determination.DENIED, Determination.PARTIAL, Determination.MODIFIED])
def test_after_the_due_instant_of_a_verified_row_nothing_is_refused_any_more(kind: Determination) -> None:
    told = late_story()
    granted = {} if kind is Determination.DENIED else {"granted": Granted(code="72100", service="Regular x-rays of the neck")}
    with pytest.raises(UserError, match=r"Line 1 counted as authorized since .*Late is authorized"):
        told.tell(refusal(kind=kind, **granted), OSEI)
    assert told.case.line(1).decision is None


def test_an_administrative_refusal_is_no_way_around_it() -> None:
    with pytest.raises(UserError, match="counted as authorized"):
        late_story().tell(_signed_then(administrative(1, by=OSEI), 61), OSEI)


def test_until_the_due_instant_and_with_it_a_line_is_refused_as_ever() -> None:
    told = late_story(minutes=29)
    assert told.tell(refusal(30), OSEI).line(1).determination is Determination.DENIED


def test_an_approval_is_never_too_late() -> None:
    told = Story()
    told.keep(ev.ClockRead(DUE, "X-STD", "Due.", Sha256("c" * 64), late=(AUTHORIZED,)), OSEI)
    told.now = NOW + timedelta(minutes=60)
    assert told.approved(2).case.line(2).determination is Determination.APPROVED


@pytest.mark.parametrize("unsure", [replace(AUTHORIZED, verified=False), replace(AUTHORIZED, due_verified=False)])
def test_where_row_or_clock_was_not_compared_the_refusal_keeps_the_warning(unsure: LateRead) -> None:
    told = late_story(unsure)
    with pytest.raises(UserError, match="does not keep what the rows say of its lateness"):
        told.tell(refusal(), OSEI)
    warned = overdue(told.case, (1,), NOW + timedelta(minutes=61))
    assert warned == (Overdue("LATE-X", "Late is authorized", "a code", DUE, sure=False, lines=(1,)),)
    body = refusal()
    body = replace(body, decision=replace(body.decision, overdue=warned))
    assert told.tell(body, OSEI).line(1).decision.overdue == warned  # type: ignore[union-attr]
    assert "Nobody has compared this with the official text" in tell(body)


@pytest.mark.parametrize(
    "other",
    [
        replace(AUTHORIZED, effect=Effect.DENIED),
        replace(AUTHORIZED, effect=Effect.ADVERSE),
        replace(AUTHORIZED, due_at=None, due_verified=False),
    ],
    ids=["denied", "adverse", "no clock of its own law"],
)
def test_another_consequence_and_a_row_whose_law_has_no_clock_refuse_nothing(other: LateRead) -> None:
    assert late_story(other).tell(refusal(), OSEI).line(1).determination is Determination.DENIED


def test_a_line_that_was_decided_in_time_and_is_reopened_later_is_not_late() -> None:
    told = Story()
    told.keep(ev.ClockRead(DUE, "X-STD", "Due.", Sha256("c" * 64), late=(AUTHORIZED,)), OSEI)
    told.approved(2).noticed(2)
    told.now = NOW + timedelta(minutes=60)
    told.tell(ev.Reopened((2,), Cause.FRAUD, "The order was forged."), OSEI)
    assert overdue(told.case, (1, 2), told.now) == (Overdue("LATE-X", "Late is authorized", "a code", DUE, sure=True, lines=(1,)),)


def test_a_warning_that_nobody_gave_is_kept_with_no_decision() -> None:
    told = late_story(replace(AUTHORIZED, effect=Effect.DENIED))
    body = refusal()
    invented = Overdue("LATE-Y", "Another row", "nowhere", DUE, sure=False, lines=(1,))
    with pytest.raises(UserError, match="does not keep what the rows say"):
        told.tell(replace(body, decision=replace(body.decision, overdue=(invented,))), OSEI)
