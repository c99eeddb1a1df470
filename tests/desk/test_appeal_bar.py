"""An appeal is decided, and ended, by others than who refused first: over a real workspace, whatever was reopened or taken back since."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import OSEI, confirmed, desk_in, enrolled, profile, sit_down
from test_who_signs import decides, waiting

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Finding
from ur_desk.domain.events import Following
from ur_desk.domain.independence import Bar
from ur_desk.domain.outcomes import Cause, Dismissal
from ur_desk.domain.people import Role
from ur_desk.domain.request import Coverage, LineOfBusiness, Urgency
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as made:
        enrolled(made, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-7"))  # type: ignore[type-var]
        confirmed(made, "wen")
        enrolled(made, "cleo", "Cleo Adeyemi", frozenset({Role.INTAKE}))
        yield made
        sit_down(made, "sol")
        assert made.supervision.verification().breaks == ()


def refused(desk: Desk, business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED) -> Case:
    """Line 1, denied by osei."""
    if business is not LineOfBusiness.ERISA_SELF_FUNDED:
        sit_down(desk, "ada")
        desk.accounts.save_profile(profile(business))
    case = decides(desk, waiting(desk, line_of_business=business, coverage=Coverage()), departure="I read the payer's own text.")
    sit_down(desk, "mara")
    return case


def filed(desk: Desk, kind: Following = Following.APPEAL, asker: Asker = Asker.MEMBER) -> Filed:
    return Filed(kind, (1,), asker, "Rosalind Alvarado", desk.clock.now() - timedelta(hours=1), urgency=Urgency.STANDARD)


def appealed(desk: Desk, case: Case) -> Case:
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    made: Case = finish(desk.appeals.open(now.id, now.revision, filed(desk))).value
    return desk.determinations.refer(made.id, made.revision, (1,), "What came back.").value


def test_the_first_reviewer_who_reopens_what_he_refused_still_decides_no_appeal_against_it(desk: Desk) -> None:
    first = refused(desk)
    appeal = appealed(desk, first)
    sit_down(desk, "osei")
    desk.determinations.reopen(first.id, desk.review.case(first.id).revision, (1,), Cause.GOOD_CAUSE, "A new look.")
    assert desk.signers.before(appeal.id).bar is Bar.DECIDED
    with pytest.raises(Forbidden, match="You decided the case"):
        decides(desk, appeal)


def test_after_a_second_refusal_neither_of_the_two_who_refused_decides_the_appeal(desk: Desk) -> None:
    first = refused(desk)
    appeal = appealed(desk, first)
    sit_down(desk, "sol")
    desk.determinations.reopen(first.id, desk.review.case(first.id).revision, (1,), Cause.GOOD_CAUSE, "A new look.")
    sit_down(desk, "mara")
    again = desk.determinations.refer(first.id, desk.review.case(first.id).revision, (1,), "Once more.").value
    decides(desk, again, "wen")
    for name in ("osei", "wen"):
        with pytest.raises(Forbidden, match="You decided the case"):
            decides(desk, appeal, name)


ENDINGS: dict[str, Callable[[Desk, Case], object]] = {
    "dismissed": lambda d, c: d.determinations.dismiss(c.id, c.revision, (1,), Dismissal.NOT_PARTY, "A neighbour asked."),
    "not required": lambda d, c: d.determinations.not_required(c.id, c.revision, (1,), "the list of January"),
    "withdrawn": lambda d, c: d.determinations.withdraw(c.id, c.revision, (1,), "the member", d.clock.now(), "by telephone"),
}


@pytest.mark.parametrize("way", ENDINGS)
def test_the_first_reviewer_ends_no_appeal_against_his_own_refusal(desk: Desk, way: str) -> None:
    appeal = appealed(desk, refused(desk, LineOfBusiness.MEDICARE_ADVANTAGE))
    sit_down(desk, "osei")
    with pytest.raises(Forbidden, match="You decided the case"):
        ENDINGS[way](desk, appeal)
    assert desk.review.case(appeal.id).line(1).decision is None
    sit_down(desk, "wen")
    ENDINGS[way](desk, appeal)
    assert desk.review.case(appeal.id).line(1).decision is not None


def test_the_first_reviewer_reopens_no_answer_to_the_appeal_against_his_refusal(desk: Desk) -> None:
    appeal = decides(desk, appealed(desk, refused(desk)), "wen")
    sit_down(desk, "osei")
    with pytest.raises(Forbidden, match="You decided the case"):
        desk.determinations.reopen(appeal.id, appeal.revision, (1,), Cause.GOOD_CAUSE, "I was right.")


def test_a_clerk_ends_no_appeal_nor_what_waits_for_the_physician_nor_what_a_position_stands_against(desk: Desk) -> None:
    appeal, waits = appealed(desk, refused(desk)), waiting(desk)
    sit_down(desk, "mara")
    against = desk.determinations.undo(waits.id, waits.revision, desk.determinations.last_step(waits.id)).value
    waits = waiting(desk)
    sit_down(desk, "cleo")
    for case, says in ((appeal, "answers what follows"), (waits, "referred it"), (against, "position stands against")):
        with pytest.raises(Forbidden, match=says):
            ENDINGS["not required"](desk, case)
    sit_down(desk, "mara")
    ENDINGS["not required"](desk, against)
    assert desk.review.case(against.id).line(1).determination is Determination.NOT_REQUIRED, "a nurse may say so"


def test_that_an_appeal_follows_is_not_taken_back_while_the_appeal_lives_on(desk: Desk) -> None:
    first = refused(desk)
    appeal = appealed(desk, first)
    now = desk.review.case(first.id)
    with pytest.raises(UserError, match=f"{appeal.number} follows this case, and stands"):
        desk.determinations.undo(first.id, now.revision, desk.determinations.last_step(first.id))
    assert [each.number for each in desk.review.case(first.id).followed] == [appeal.number]


def test_nothing_appeals_on_a_day_before_the_decision_and_nobody_withdraws_before_the_receipt(desk: Desk) -> None:
    first = refused(desk)
    early = replace(filed(desk), received_at=desk.clock.now() - timedelta(days=800))
    with pytest.raises(UserError, match=f"received before {first.number} was decided"):
        finish(desk.appeals.open(first.id, first.revision, early))
    case = waiting(desk)
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="before it was received"):
        desk.determinations.withdraw(case.id, case.revision, (1,), "the office", desk.clock.now() - timedelta(days=365), "by fax")


def test_what_the_member_asks_is_opened_as_an_appeal_and_a_providers_wish_to_reopen_is_none(desk: Desk) -> None:
    first = refused(desk)
    for asker in (Asker.MEMBER, Asker.REPRESENTATIVE):
        with pytest.raises(UserError, match="against a refusal is an appeal"):
            finish(desk.appeals.open(first.id, first.revision, filed(desk, Following.REOPENING, asker)))
    made = finish(desk.appeals.open(first.id, first.revision, filed(desk, Following.REOPENING, Asker.PROVIDER))).value
    made = desk.determinations.refer(made.id, made.revision, (1,), "What came back.").value
    assert decides(desk, made).line(1).decision.finding is Finding.UPHELD  # type: ignore[union-attr]
