"""What is counted as approved: the lists are what figures are read from, and each figure can be derived again from the cases themselves."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, cites, desk_in, line, opened, passphrase, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Granted, Reason
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.request import Member

D = Determination
THERAPY = line(1, "97110", "Therapeutic exercise")
RIGHT = Member("Alvarado", "Rosa", "DEMO-004471", address="3 Elm Street\nMuncie, IN 47302")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def approved(desk: Desk) -> Case:
    case = opened(desk, THERAPY)
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def approved_beside_what_takes_none(desk: Desk) -> Case:
    case = opened(desk, THERAPY, line(2, "97112", "Neuromuscular reeducation"))
    case = desk.determinations.not_required(case.id, case.revision, (2,), "the list of January").value
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def not_required(desk: Desk) -> Case:
    case = opened(desk, THERAPY)
    return desk.determinations.not_required(case.id, case.revision, (1,), "the list of January").value


def withdrawn(desk: Desk) -> Case:
    case = opened(desk, THERAPY)
    return desk.determinations.withdraw(case.id, case.revision, (1,), "the office", NOW, "fax").value


def in_part(desk: Desk) -> Case:
    case = opened(desk)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    done = desk.determinations.decide(
        case.id, case.revision, (1,), D.PARTIAL, Reason("Half of it is enough.", cites(case, 15)), "Own reasoning.",
        granted=Granted(quantity=Decimal("0.5")), proof=desk.vault.prove(passphrase("osei")),
    )  # fmt: skip
    return done.value


def voided(desk: Desk) -> Case:
    case = approved(desk)
    sit_down(desk, "sol")
    return desk.determinations.void(case.id, case.revision, (1,), "Another member's.").value


def under_the_wrong_member(desk: Desk) -> Case:
    case = approved(desk)
    sit_down(desk, "sol")
    finish(desk.reentry.enter_anew(case.id, case.revision, RIGHT, "The card shows another id."))
    return desk.review.case(case.id)


MADE: dict[Callable[[Desk], Case], Determination] = {
    approved: D.APPROVED,
    approved_beside_what_takes_none: D.APPROVED,
    not_required: D.NOT_REQUIRED,
    withdrawn: D.WITHDRAWN,
    in_part: D.PARTIAL,
    voided: D.VOIDED,
    under_the_wrong_member: D.VOIDED,
}


@pytest.mark.toy(25)
def test_approvals_are_counted_without_what_takes_none_withdrawals_partials_voids_and_the_wrong_member(desk: Desk) -> None:
    """Metrics that cannot be re-derived: approvals mix "no authorization needed", withdrawals and partials."""
    for make, outcome in MADE.items():
        sit_down(desk, "mara")
        assert make(desk).determination is outcome
    sit_down(desk, "sol")
    told = {made: desk.supervision.cases(CaseFilter(outcome=frozenset({made}))).total for made in D}
    assert {made: total for made, total in told.items() if total} == Counter(MADE.values())
    every = desk.supervision.cases(CaseFilter())
    again = Counter(desk.review.case(row.id).determination for row in every.rows)
    assert again == Counter(MADE.values()) + Counter([None])  # the case that was entered anew is open
