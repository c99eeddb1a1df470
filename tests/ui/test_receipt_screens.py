"""Corrections of the receipt in the window: asked for in the case, seen by supervisors, settled there, told month by month."""

from pathlib import Path
from typing import Any

import pytest
from builders import earlier_receipt, enrolled, opened, passphrase, sit_down
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.reads import told
from ur_desk.domain.case import Case
from ur_desk.domain.events import Restriction
from ur_desk.domain.intake.receipt import receipt_of
from ur_desk.domain.people import Role
from ur_desk.ui.pages.review.words import notes
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.panels.verbs import Verb

WHY = "The fax was stamped a day late."


def one_case(desk: Desk) -> None:
    opened(desk)
    sit_down(desk, "ada")
    for name, role in (("sup", Role.SUPERVISOR), ("rui", Role.AUDITOR)):
        enrolled(desk, name, name.title(), frozenset({role}))
        desk.throwaway = {**desk.throwaway, name: passphrase(name)}


@pytest.fixture
def it(tmp_path: Path) -> Any:
    with room(tmp_path / "w", one_case) as made:
        made.sit("mara")
        yield made


def case_of(it: Room) -> Case:
    return told(it.desk, it.desk.store.cases.ids()[0])


def ask(it: Room) -> None:
    case = case_of(it)
    it.desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), WHY)


def panel(it: Room, verb: Verb, **typed: str) -> Any:
    page = it.go(PageName.REVIEW, case_of(it).id)
    page.ask_for(verb)
    found = page.panels.panel
    assert found is not None
    for key, words in typed.items():
        found.entry(key).retype(words)
    return found


def wrong(found: Any) -> dict[str, str]:
    return {key: row.problem for key, row in found._rows.items() if row.problem}


def test_a_nurse_asks_and_the_case_says_that_it_waits(it: Room) -> None:
    found = panel(it, Verb.DOUBT, received_at="10/04/2017 09:30", shown_by="fax_header", where="page 1", reason=WHY)
    found.commit()
    change = case_of(it).doubted
    assert change is not None
    assert (change.after.evidence.where, change.reason) == ("page 1", WHY)  # type: ignore[union-attr]
    page = it.go(PageName.REVIEW, case_of(it).id)
    page.ask_for(Verb.DOUBT)
    assert page.panels.panel is None
    (note,) = (note for note in notes(page._shown, it.desk.person) if note.chip == "receipt")
    assert note.title == "Receipt to be corrected: waits for a supervisor"
    assert "shown by header of the fax (page 1)" in note.detail


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"received_at": "", "shown_by": "fax_header", "reason": WHY}, "received_at"),
        ({"received_at": "10/04/2030 09:30", "shown_by": "fax_header", "reason": WHY}, "received_at"),
        ({"received_at": "10/04/2017 09:30", "shown_by": "", "reason": WHY}, "shown_by"),
        ({"received_at": "10/04/2017 09:30", "shown_by": "fax_header", "reason": " "}, "reason"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(it: Room, typed: dict[str, str], at: str) -> None:
    found = panel(it, Verb.DOUBT, **typed)
    before = case_of(it).revision
    found.commit()
    assert at in wrong(found)
    assert case_of(it).revision == before


def test_what_is_recorded_is_no_correction(it: Room) -> None:
    found = panel(it, Verb.DOUBT, shown_by="fax_header", reason=WHY)
    at = case_of(it).request.received_at
    assert at is not None
    found.entry("received_at").show_moment(at)
    found.commit()
    assert wrong(found) == {"received_at": "This is what is recorded."}


def test_a_supervisor_finds_it_above_the_worklist_and_settles_it_in_the_case(it: Room) -> None:
    ask(it)
    it.sit("sol")
    alerts = it.go(PageName.WORKLIST).alerts
    (row,) = alerts.rows
    assert WHY in row.words.words
    row.button.click()
    found = panel(it, Verb.SETTLE)
    assert WHY in found._asked.text()
    found.commit()
    assert set(wrong(found)) == {"verdict", "reason"}
    found.entry("verdict").retype("allow")
    found.entry("reason").retype("Looked at the header.")
    before = case_of(it)
    found.commit()
    now = case_of(it)
    assert before.doubted is not None
    assert receipt_of(now.request) == before.doubted.after
    assert now.receipts[0].allowed is True
    assert it.go(PageName.WORKLIST).alerts.rows == []


def test_a_refused_one_stays_in_the_months_report_with_its_reason(it: Room) -> None:
    ask(it)
    it.sit("sol")
    found = panel(it, Verb.SETTLE, verdict="refuse", reason="The header says the 6th.")
    found.commit()
    page = it.go(PageName.AUDIT)
    page.receipts_action.trigger()
    (row,) = page.receipts.rows
    assert row.chip.accessibleName() == "refused"
    assert WHY in row.words.text()
    assert "The header says the 6th." in row.words.text()
    row.button.click()
    assert page.stack.currentWidget() is page.case
    page.receipts_action.trigger()
    page.receipts.months.setCurrentIndex(1)
    assert page.receipts.rows == []
    assert page.receipts.empty.accessibleName().startswith("No receipt was to be corrected")
    page.back_action.trigger()
    assert page.stack.currentIndex() == 0


def test_an_auditor_reads_the_report_and_a_nurse_has_none(it: Room) -> None:
    ask(it)
    it.sit("rui")
    page = it.go(PageName.AUDIT)
    page.receipts_action.trigger()
    assert [row.chip.accessibleName() for row in page.receipts.rows] == ["waits"]
    it.sit("mara")
    assert not it.window.findChild(type(page)).receipts_action.isEnabled()


def test_of_a_closed_case_only_that_there_is_one_is_told(it: Room) -> None:
    ask(it)
    it.sit("sol")
    it.desk.fence.restrict(case_of(it).id, Restriction.EMPLOYEE, "Works here.", ["mara", "sol"])
    it.sit("sup")
    (row,) = it.go(PageName.WORKLIST).alerts.rows
    assert "A case that is closed to you" in row.words.words
    assert WHY not in row.words.words
    assert not row.button.isVisible()
