"""Over a real workspace: no refusal is closed on a telephone call, nor told on a form while its letter could not leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, profile, sit_down
from test_who_signs import decides, waiting

from ur_desk.desk.desk import Desk
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.request import Coverage, LineOfBusiness
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as made:
        yield made


def test_a_refusal_whose_letter_may_not_leave_is_not_closed_on_a_telephone_call(desk: Desk) -> None:
    case = decides(desk, waiting(desk))
    sit_down(desk, "mara")
    key, now = (case.id, case.revision, (1,)), desk.clock.now()
    with pytest.raises(UserError, match="told by the letter"):
        desk.letters.record_notice(*key, ContactWay.CALL, "the member", now, "told on the telephone")
    with pytest.raises(UserError, match="without notice"):
        desk.determinations.close(case.id, case.revision)


def test_what_keeps_a_letter_from_leaving_keeps_a_form_from_being_recorded(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.save_profile(profile(LineOfBusiness.MEDICARE_ADVANTAGE))
    case = waiting(desk, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE, coverage=Coverage())
    case = decides(desk, case, departure="I read the payer's own text.")
    sit_down(desk, "mara")
    with pytest.raises(UserError, match=r"No notice of this refusal may leave yet\. The policy on the desk is an abstract"):
        desk.letters.record_notice(case.id, case.revision, (1,), ContactWay.MAIL, "the member", desk.clock.now(), "CMS-10003")
    assert desk.review.case(case.id).line(1).workflow is Workflow.DECIDED
