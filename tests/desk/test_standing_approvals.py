"""What stands against a refusal over a real workspace: an approval of another case, and an answer that is too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from builders import BOOKLET, NO_POLICY, UNCHECKED, FixedClock, desk_in, line, opened, passphrase, profile, request, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.determination import Determination
from ur_desk.domain.request import Coverage, LineOfBusiness, ServiceLine
from ur_desk.domain.sentences import sentence
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError

MA, INSURED = LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.COMMERCIAL_INSURED
START = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)
"""A Monday, nine o'clock in Indiana."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL, FixedClock(START)) as made:
        sit_down(made, "ada")
        made.accounts.save_profile(profile(MA))
        made.accounts.save_profile(profile(INSURED))
        yield made
        sit_down(made, "sol")
        assert made.supervision.verification().breaks == ()


def therapy() -> ServiceLine:
    return replace(line(1, "97110", "Therapeutic exercise"), first_day=date(2026, 1, 20), last_day=date(2026, 1, 20))


def asked(desk: Desk, business: LineOfBusiness = MA) -> Case:
    came, told = desk.clock.now() - timedelta(minutes=5), request()
    funding = {"coverage": Coverage(plan="Lindenfield Works Health Plan", funding="insured", erisa=True)} if business is INSURED else {}
    return opened(desk, therapy(), line_of_business=business, received_at=came, **{"coverage": told.coverage, **funding})


def approved(desk: Desk, business: LineOfBusiness = MA) -> Case:
    case = asked(desk, business)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = desk.authorizations.number(case.id, case.revision, (1,)).value
    return desk.letters.record_notice(
        case.id, case.revision, (1,), ContactWay.MAIL, "Rosalind Alvarado", desk.clock.now(), "the plan's form"
    ).value


def refuses(desk: Desk, case: Case, despite: str = "") -> Case:
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    if now.line(1).referral is None:
        desk.determinations.refer(case.id, now.revision, (1,), "Ten visits so far.")
    sit_down(desk, "osei")
    now = desk.review.open_record(case.id).value
    return desk.determinations.decide(
        now.id, now.revision, (1,), Determination.DENIED, BOOKLET, "It would not alter care.", despite=despite,
        alternatives="Exercises at home.", proof=desk.vault.prove(passphrase("osei")), signing=Signing(True, "Spine care for years."),
    ).value  # fmt: skip


def test_in_medicare_advantage_a_second_request_for_what_is_approved_is_not_refused_before_the_first_is_reopened(desk: Desk) -> None:
    first, second = approved(desk), asked(desk)
    (told,) = desk.signers.before(second.id).approvals
    assert (told.number, told.refuses, bool(told.authorization)) == (first.number, True, True)
    assert desk.review.on_desk(second.id).approvals == (told,)
    with pytest.raises(UserError, match=f"{first.number} approved this service"):
        refuses(desk, second, "It is not needed any more.")
    sit_down(desk, "sol")
    desk.determinations.reopen(first.id, first.revision, (1,), Cause.FRAUD, "The order was forged.")
    assert desk.signers.before(second.id).approvals == ()
    assert refuses(desk, second).line(1).determination is Determination.DENIED


def test_elsewhere_the_reason_stands_in_the_trail_beside_the_approval(desk: Desk) -> None:
    first, second = approved(desk, LineOfBusiness.ERISA_SELF_FUNDED), asked(desk, LineOfBusiness.ERISA_SELF_FUNDED)
    with pytest.raises(UserError, match="why you leave an earlier approval"):
        refuses(desk, second)
    case = refuses(desk, second, "It was entered for the wrong week.")
    decision = case.line(1).decision
    assert decision is not None
    assert [each.number for each in decision.approvals] == [first.number]
    said = sentence(desk.store.ledger.of_case(case.id)[-1].body, {})
    assert "Why it leaves that: It was entered for the wrong week." in said


def test_a_restricted_case_binds_and_tells_no_more_than_its_number(desk: Desk) -> None:
    first, second = approved(desk, LineOfBusiness.ERISA_SELF_FUNDED), asked(desk, LineOfBusiness.ERISA_SELF_FUNDED)
    sit_down(desk, "sol")
    desk.fence.restrict(first.id, ev.Restriction.EMPLOYEE, "She works in the mail room.", ["sol"])
    sit_down(desk, "mara")
    (told,) = desk.signers.before(second.id).approvals
    assert (told.number, told.of, told.first_day, told.authorization) == (first.number, None, None, "")
    assert refuses(desk, second, "Another week was meant.").line(1).determination is Determination.DENIED


def test_another_member_with_the_same_service_binds_nothing(desk: Desk) -> None:
    approved(desk)
    member = replace(asked(desk).request.member, member_id="DEMO-999999", given="Somebody", family="Else")
    other = opened(desk, therapy(), line_of_business=MA, member=member)
    assert desk.signers.before(other.id).approvals == ()


def test_in_indiana_a_request_that_is_answered_late_is_refused_no_more(desk: Desk) -> None:
    case = asked(desk, INSURED)
    assert desk.signers.before(case.id).overdue == ()
    desk.clock.at = START + timedelta(days=7)  # type: ignore[attr-defined]
    (late,) = desk.signers.before(case.id).overdue
    assert (late.row, late.sure, late.lines) == ("LATE-IN", True, (1,))
    with pytest.raises(UserError, match=r"Line 1 counted as authorized since 01/14/2026"):
        refuses(desk, case)
    assert desk.review.case(case.id).line(1).decision is None


def test_once_somebody_doubts_the_row_the_refusal_keeps_the_warning(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.clock_rows.doubt("LATE-IN", "The bill was amended.")
    case = asked(desk, LineOfBusiness.GOVERNMENT_SELF_FUNDED)
    desk.clock.at = START + timedelta(days=7)  # type: ignore[attr-defined]
    (late,) = desk.signers.before(case.id).overdue
    assert late.sure is False
    told = refuses(desk, case)
    assert told.line(1).decision.overdue == (late,)  # type: ignore[union-attr]
    assert "ask your compliance officer" in sentence(desk.store.ledger.of_case(case.id)[-1].body, {})
