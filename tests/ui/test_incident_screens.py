"""Letters in wrong hands before a supervisor, and a case under the wrong member voided and entered anew in the window."""

from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NO_POLICY, UNCHECKED, line, opened
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.reads import told
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.alerts import AlertBox, WaitingRow


def in_wrong_hands(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    letter = case.letters_to_members[-1].id
    case = desk.post.send(case.id, case.revision, letter, Way.MAIL, Party.MEMBER, desk.clock.now()).value
    words = (case.sendings[0].event, desk.clock.now(), "a garage", "The garage called.", "They destroyed it.")
    desk.post.record_misdirected(case.id, case.revision, *words)


@pytest.fixture
def it(tmp_path: Path) -> Any:
    with room(tmp_path / "w", in_wrong_hands) as made:
        made.sit("sol")
        yield made


def case_of(it: Room, place: int = 0) -> Case:
    return told(it.desk, it.desk.store.cases.ids()[place])


def box(it: Room, page: PageName) -> AlertBox:
    return it.go(page).findChild(AlertBox)


@pytest.mark.parametrize("page", [PageName.WORKLIST, PageName.AUDIT])
def test_a_supervisor_sees_the_incident_first_and_looks_into_it_there(it: Room, page: PageName) -> None:
    found = box(it, page)
    (row,) = found.rows
    assert isinstance(row, WaitingRow)
    assert "a letter reached a garage" in row.words.words
    row.button.click()
    assert not unnamed(found.form)
    found.form.commit()
    assert found.form.row("finding").problem == "Say what you found."
    found.form.entry("finding").retype("Low risk; the number is corrected.")
    found.form.commit()
    assert case_of(it).sendings[0].incident.finding == "Low risk; the number is corrected."
    assert found.rows == []


def test_nobody_else_sees_it_and_whoever_recorded_it_has_no_button(it: Room) -> None:
    it.sit("mara")
    assert box(it, PageName.WORKLIST).rows == []


def test_a_case_under_the_wrong_member_is_voided_and_the_new_one_stands_on_the_desk(it: Room) -> None:
    case = case_of(it)
    page = it.go(PageName.REVIEW, case.id)
    command = page.fence.reentry
    assert command.action.isEnabled()
    command.action.trigger()
    form = page.fence.form
    assert not unnamed(form)
    form.commit()
    assert form.row("reason").problem
    for key, words in {
        "family": "Alvarado", "given": "Rosa", "member_id": "DEMO-9", "born": "04/02/1971", "address": "3 Elm Street / Muncie, IN 47302",
        "reason": "The card shows another id.",
    }.items():  # fmt: skip
        form.entry(key).retype(words)
    form.commit()
    new = case_of(it, 1)
    assert (new.request.member.given, new.request.member.address) == ("Rosa", "3 Elm Street\nMuncie, IN 47302")
    assert new.request.received_at == case.request.received_at
    assert case_of(it).entered_wrong.number == new.number
    assert it.shown.case == new.id
    it.go(PageName.REVIEW, case.id)
    assert not command.action.isEnabled()
    assert "stands in its place" in command.action.toolTip()


def test_a_nurse_does_not_do_that(it: Room) -> None:
    it.sit("mara")
    page = it.go(PageName.REVIEW, case_of(it).id)
    assert not page.fence.reentry.action.isEnabled()
    assert "not for your role" in page.fence.reentry.action.toolTip()
