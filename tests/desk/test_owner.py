"""A case has one owner: every verb that writes in it refuses where another workspace's people work it, and reading goes on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from builders import desk_in, line, opened, request, sit_down
from test_arrivals import do, looked, written
from test_desk import CALLS, MATRIX

from ur_desk.desk.desk import Desk
from ur_desk.desk.verbs import VERBS, Act
from ur_desk.domain.case import Case
from ur_desk.domain.events import CASE_BODIES, CaseId, Opened
from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.trail.keeping import HoldBody
from ur_desk.errors import Forbidden, UserError

OF_A_CASE = {
    name
    for name in CALLS
    if any(kind in (*CASE_BODIES, *get_args(HoldBody)) for kind in get_args(VERBS[name].writes) or (VERBS[name].writes,))
}
OPENS = {"case.open", "case.leave-out"}
"""Verbs that begin a case of their own."""
AT_THE_DOOR = {"case.attach", "case.follow"}
"""Verbs about what came in; they are asked with something that did."""
SOONER = {"case.take-back", "hold.lift", "letter.issue"}
"""Verbs that find nothing in this case to take back, to lift or to give notice of, and say that first."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Case]]:
    """A desk that holds a case which another workspace owns."""
    with desk_in(tmp_path_factory.mktemp("owner") / "w") as desk:
        here = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
        first, *rest = [event.body for event in desk.store.ledger.of_case(here.id)]
        assert isinstance(first, Opened)
        with desk.store.atomic():
            told = replace(first, number="UR-2017-000777", owner="another workspace")
            yield desk, Act(desk, VERBS["case.open"]).open_case(CaseId("theirs"), told, rest[:1])


@pytest.mark.parametrize("name", sorted(OF_A_CASE - OPENS - AT_THE_DOOR))
def test_no_verb_writes_in_a_case_that_is_worked_elsewhere(elsewhere: tuple[Desk, Case], name: str) -> None:
    desk, case = elsewhere
    desk.person = replace(desk.person, roles=frozenset(MATRIX[name]))
    desk.store.accounts.put(desk.person)
    before = desk.store.ledger.of_case(case.id)
    told = "." if name in SOONER else "UR-2017-000777 is worked in another workspace"
    with pytest.raises(UserError if name in SOONER else Forbidden, match=told):
        CALLS[name](desk, case)
    assert desk.store.ledger.of_case(case.id) == before


def test_what_came_in_for_it_is_not_attached_here(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        here = opened(desk)
        first, *rest = [event.body for event in desk.store.ledger.of_case(here.id)]
        assert isinstance(first, Opened)
        with desk.store.atomic():
            Act(desk, VERBS["case.open"]).open_case(CaseId("theirs"), replace(first, number="UR-2017-000777", owner="another"), rest)
        run = looked(desk, written(tmp_path, "a.json", request(reference="R-9")))
        for choice in (Choice.INFORMATION, Choice.APPEAL):
            with pytest.raises(Forbidden, match="worked in another workspace"):
                do(desk, run, choice, CaseId("theirs"))
        assert len(desk.arrivals.report(run.id).waiting) == 1


def test_it_is_read_here_all_the_same(elsewhere: tuple[Desk, Case]) -> None:
    desk, case = elsewhere
    sit_down(desk, "sol")
    assert desk.review.on_desk(case.id).case.owner == "another workspace"
    assert len(desk.supervision.timeline(case.id)) >= 1


def test_what_is_opened_here_is_owned_here_and_an_older_case_tells_no_owner_and_is_worked_where_it_lies(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        case = opened(desk)
        assert case.owner == desk.vault.made.id
        first, *rest = [event.body for event in desk.store.ledger.of_case(case.id)]
        assert isinstance(first, Opened)
        with desk.store.atomic():
            act = Act(desk, VERBS["case.open"])
            act._append(replace(first, number="UR-2017-000778", owner=""), CaseId("old"))
            desk.store.cases.put(act.on_case(CaseId("old"), None, rest[:1]))
        old = desk.review.case(CaseId("old"))
        assert old.owner == ""
        assert desk.review.add_note(old.id, "Called.").value.notes
