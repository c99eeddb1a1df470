"""Appeals and reopenings over a real workspace: opened from the decided case, decided by others, and shown on both sides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, OSEI, UNCHECKED, cites, confirmed, desk_in, enrolled, line, opened, passphrase, sit_down

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.appeals import Against, Asker
from ur_desk.domain.case import Case
from ur_desk.domain.clocks import About
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Determination, Finding, Granted, Reason
from ur_desk.domain.events import Following
from ur_desk.domain.people import Role
from ur_desk.domain.request import Channel, Urgency
from ur_desk.domain.windows import WindowRead
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError

WORDS = Reason("Research has not shown that the study helps with your back pain.")
FIT = "Spine imaging for thirty years."
EXERCISE = replace(line(2, "97110", "Therapeutic exercise"), quantity=Decimal(12))
Made = tuple[Desk, Case]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as made:
        enrolled(made, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-7"))  # type: ignore[type-var]
        confirmed(made, "wen")
        yield made
        sit_down(made, "sol")
        assert made.supervision.verification().breaks == ()


def decides(desk: Desk, case: Case, lines: tuple[int, ...], kind: Determination, name: str, fit: str = FIT, **more: Any) -> Case:
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    desk.determinations.refer(case.id, now.revision, lines, "Back pain for five months.")
    sit_down(desk, name)
    now = desk.review.open_record(case.id).value
    told = {"signing": Signing(True, fit), "proof": desk.vault.prove(passphrase(name)), **more}
    reason = replace(WORDS, policy_lines=cites(now, 15))
    if kind is Determination.APPROVED:
        own = "The record shows instability."
        made = desk.determinations.approve(now.id, now.revision, lines, reason, rationale=own, unchecked=UNCHECKED, **told)
    else:
        made = desk.determinations.decide(now.id, now.revision, lines, kind, reason, "It would not alter care.", **told)
    sit_down(desk, "mara")
    return made.value


def first(desk: Desk) -> Case:
    """Line 1 denied by osei, line 2 approved in part, of twelve visits six."""
    case = decides(desk, opened(desk, line(1), EXERCISE), (1,), Determination.DENIED, "osei")
    return decides(desk, case, (2,), Determination.PARTIAL, "osei", granted=Granted(quantity=Decimal(6)))


def filed(desk: Desk, *lines: int, **more: Any) -> Filed:
    told = {"urgency": Urgency.STANDARD, "why": "It hurts every night.", "channel": Channel.MAIL, **more}
    return Filed(Following.APPEAL, lines or (1,), Asker.MEMBER, "Rosalind Alvarado", desk.clock.now() - timedelta(hours=1), **told)


def appealed(desk: Desk, case: Case, *lines: int, **more: Any) -> Case:
    sit_down(desk, "mara")
    made: Case = finish(desk.appeals.open(case.id, case.revision, filed(desk, *lines, **more))).value
    return made


def test_an_appeal_is_opened_from_the_lines_that_were_refused_with_a_receipt_and_a_clock_of_its_own(desk: Desk) -> None:
    was = first(desk)
    case = appealed(desk, was)
    assert case.follows == ev.Follows(was.id, was.number, Following.APPEAL)
    assert [s.line for s in case.lines] == [1]
    unnoticed = WindowRead(About.APPEAL, date(2017, 10, 9))
    assert case.appeal == ev.AppealTold(Asker.MEMBER, "Rosalind Alvarado", (Against(1, 1, Determination.DENIED, window=unnoticed),))
    assert case.request.clinical_notes == "It hurts every night."
    assert case.request.received_at != was.request.received_at
    assert case.clock is not None
    assert "pre-service appeal" in case.clock.words
    expedited = appealed(desk, desk.review.case(was.id), urgency=Urgency.EXPEDITED, urgency_said_by="Dr. Natarajan")
    assert expedited.clock is not None
    assert "urgent appeal" in expedited.clock.words
    assert [each.number for each in desk.review.case(was.id).followed] == [case.number, expedited.number]


def test_the_first_reviewer_decides_no_appeal_and_another_upholds_it(desk: Desk) -> None:
    case = appealed(desk, first(desk))
    with pytest.raises(Forbidden, match="You decided the case"):
        decides(desk, case, (1,), Determination.DENIED, "osei")
    desk.determinations.undo(case.id, desk.review.case(case.id).revision, _last(desk, case))
    decision = decides(desk, case, (1,), Determination.DENIED, "wen").line(1).decision
    assert decision is not None
    assert decision.finding is Finding.UPHELD


def _last(desk: Desk, case: Case) -> Any:
    sit_down(desk, "mara")
    return desk.determinations.last_step(case.id)


def test_an_overturn_approves_the_line_with_its_days_and_its_number_as_any_approval(desk: Desk) -> None:
    was = first(desk)
    case = decides(desk, appealed(desk, was), (1,), Determination.APPROVED, "wen")
    assert case.line(1).decision is not None
    assert case.line(1).decision.finding is Finding.OVERTURNED
    numbered = desk.authorizations.number(case.id, case.revision, (1,)).value
    (later,) = desk.appeals.lineage(was.id).later
    (shown,) = later.lines
    assert (shown.of, shown.finding, shown.authorization) == (1, Finding.OVERTURNED, numbered.line(1).authorization.number)  # type: ignore[union-attr]
    assert desk.review.case(was.id).line(1).determination is Determination.DENIED, "what was decided stays as it was decided"


def test_what_another_service_took_the_place_of_is_granted_as_asked_on_appeal(desk: Desk) -> None:
    other = Granted(code="72100", service="Regular x-rays of the back")
    was = decides(desk, opened(desk, line(1), EXERCISE), (1,), Determination.MODIFIED, "osei", granted=other)
    decision = decides(desk, appealed(desk, was), (1,), Determination.APPROVED, "wen").line(1).decision
    assert decision is not None
    assert decision.finding is Finding.OVERTURNED


def test_the_same_service_under_another_name_upholds(desk: Desk) -> None:
    other = Granted(code="72100", service="Regular x-rays of the back")
    was = decides(desk, opened(desk, line(1), EXERCISE), (1,), Determination.MODIFIED, "osei", granted=other)
    renamed = replace(other, service="Plain x-rays of the back")
    decision = decides(desk, appealed(desk, was), (1,), Determination.MODIFIED, "wen", granted=renamed).line(1).decision
    assert decision is not None
    assert decision.finding is Finding.UPHELD


def test_more_than_before_overturns_in_part_the_same_upholds_and_less_is_refused(desk: Desk) -> None:
    was = first(desk)
    sit_down(desk, "ada")
    enrolled(desk, "ito", "Ito Mori", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-8"))  # type: ignore[type-var]
    confirmed(desk, "ito")

    def partly(quantity: int, name: str = "wen") -> Case:
        granted = Granted(quantity=Decimal(quantity))
        return decides(desk, appealed(desk, desk.review.case(was.id), 2), (2,), Determination.PARTIAL, name, granted=granted)

    with pytest.raises(UserError, match="less than"):
        partly(3)
    with pytest.raises(UserError, match="less than"):
        decides(desk, appealed(desk, desk.review.case(was.id), 2), (2,), Determination.DENIED, "wen")
    assert partly(9).line(2).decision.finding is Finding.IN_PART  # type: ignore[union-attr]
    with pytest.raises(Forbidden, match="another appeal against it"):
        partly(6)
    assert partly(6, "ito").line(2).decision.finding is Finding.UPHELD  # type: ignore[union-attr]


def test_an_upheld_clinical_appeal_says_what_makes_its_reviewer_fit_for_it(desk: Desk) -> None:
    with pytest.raises(UserError, match="training and experience"):
        decides(desk, appealed(desk, first(desk)), (1,), Determination.DENIED, "wen", fit=" ")


def test_whoever_appeals_may_withdraw_it_and_the_earlier_case_says_so(desk: Desk) -> None:
    was = first(desk)
    case = appealed(desk, was)
    desk.determinations.withdraw(case.id, case.revision, (1,), "Rosalind Alvarado", desk.clock.now(), "by letter")
    assert desk.appeals.lineage(was.id).later[0].lines[0].finding is Finding.WITHDRAWN


def test_the_decision_its_reason_and_its_cited_lines_stand_beside_the_appeal(desk: Desk) -> None:
    was = first(desk)
    earlier = desk.review.on_desk(appealed(desk, was).id).lineage.earlier
    assert earlier is not None
    one, two = earlier.lines
    assert (one.line, two.line, earlier.number) == (1, None, was.number)
    assert one.state.decision is not None
    assert one.state.decision.reason.words == WORDS.words
    (cited,) = one.cited
    assert cited.cited.anchor.first_line == 15
    assert cited.words == desk.library.one("RAD.00034").policy.text.line(15).text


def test_a_restricted_case_before_shows_no_more_than_its_number(desk: Desk) -> None:
    was = first(desk)
    case = appealed(desk, was)
    sit_down(desk, "sol")
    desk.fence.restrict(was.id, ev.Restriction.EMPLOYEE, "She works in the mail room.", ["sol"])
    sit_down(desk, "mara")
    earlier = desk.appeals.lineage(case.id).earlier
    assert earlier is not None
    assert (earlier.number, earlier.shown, earlier.lines) == (was.number, False, ())


def test_it_is_acknowledged_by_name_and_never_before_it_came(desk: Desk) -> None:
    case = appealed(desk, first(desk))
    told = desk.appeals.acknowledge(case.id, case.revision, ContactWay.MAIL, "Rosalind Alvarado", desk.clock.now(), "It is here.").value
    assert [each.to_whom for each in told.acknowledged] == ["Rosalind Alvarado"]
    with pytest.raises(UserError, match="before it was received"):
        desk.appeals.acknowledge(case.id, told.revision, ContactWay.CALL, "R. A.", desk.clock.now() - timedelta(days=3), "It is here.")


@pytest.mark.parametrize(
    ("asked_by", "name", "authority", "says"),
    [
        (Asker.REPRESENTATIVE, "Ilse Brandt", "", "authority"),
        (Asker.MEMBER, " ", "", "by name"),
        (Asker.PROVIDER, "Dr. Natarajan", "form of 10/01", "authority is that of a representative"),
    ],
)
def test_who_asks_is_said_by_name_and_a_representative_with_their_authority(
    desk: Desk, asked_by: Asker, name: str, authority: str, says: str
) -> None:
    was = first(desk)
    with pytest.raises(UserError, match=says):
        finish(desk.appeals.open(was.id, was.revision, replace(filed(desk), asked_by=asked_by, name=name, authority=authority)))
    assert desk.review.case(was.id).followed == ()
    made = finish(desk.appeals.open(was.id, was.revision, replace(filed(desk), asked_by=Asker.REPRESENTATIVE, name="Ilse Brandt", authority="form of 10/01/2017, page 2"))).value  # fmt: skip
    assert made.appeal.authority == "form of 10/01/2017, page 2"


def test_what_was_not_refused_takes_no_appeal(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    with pytest.raises(UserError, match="decided against"):
        appealed(desk, case)
    with pytest.raises(UserError, match="Pick the lines"):
        appealed(desk, case, 7)
    with pytest.raises(UserError, match="follows no other case"):
        desk.appeals.record(case.id, case.revision, Asker.MEMBER, "R. A.")
    assert len(desk.store.cases.ids()) == 1


def test_a_receipt_in_the_future_is_refused(desk: Desk) -> None:
    was = first(desk)
    with pytest.raises(UserError, match="in the future"):
        finish(desk.appeals.open(was.id, was.revision, replace(filed(desk), received_at=desk.clock.now() + timedelta(hours=1))))


def test_a_case_that_follows_is_decided_once_somebody_said_what_it_is_about(desk: Desk) -> None:
    was = first(desk)
    item = _arrived(desk)
    case = finish(desk.choosing.follow(item, was.id, Following.REOPENING)).value
    with pytest.raises(UserError, match="Nobody has said which line"):
        decides(desk, case, (1,), Determination.DENIED, "wen")
    desk.determinations.undo(case.id, desk.review.case(case.id).revision, _last(desk, case))
    now = desk.review.case(case.id)
    told = desk.appeals.record(case.id, now.revision, Asker.PROVIDER, "Dr. Natarajan", pairs={1: 1}).value
    assert told.appeal is not None
    assert decides(desk, told, (1,), Determination.APPROVED, "osei").line(1).decision.finding is Finding.OVERTURNED  # type: ignore[union-attr]


def _arrived(desk: Desk) -> Any:
    import json

    from builders import NOW, request

    from ur_desk.records.request import request_data

    path = desk.folder.parent / "again.json"
    path.write_text(json.dumps(request_data(request(reference="R-9", received_at=NOW))), encoding="utf-8")
    run, files = desk.arrivals.begin([path])
    (item,) = finish(desk.arrivals.look(run, files)).value.items
    return item


def test_the_list_of_letters_to_write_names_what_an_appeal_takes(desk: Desk) -> None:
    from ur_desk.domain.letter import LetterKind
    from ur_desk.domain.listing import CaseFilter

    case = decides(desk, appealed(desk, first(desk)), (1,), Determination.DENIED, "wen")
    found = finish(desk.batches.waiting(CaseFilter()))
    assert {each.row.id: each.kind for each in found}[case.id] is LetterKind.APPEAL_UPHELD
