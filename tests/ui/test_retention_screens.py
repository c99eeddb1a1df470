"""Retention in the window: what is due, holds, the purge that two people agree on, and its certificate."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, FixedClock, opened, passphrase
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from ui_window import Room, member, room

from ur_desk.desk.desk import Desk
from ur_desk.ui.pages import certificate
from ur_desk.ui.places import PageName

ELEVEN_YEARS = timedelta(days=365 * 11)


def grown_old(desk: Desk) -> None:
    """Two cases that were withdrawn eleven years ago and one that is still open."""
    for number, family in enumerate(("Aldous", "Brandt"), start=1):
        case = opened(desk, member=member(number, family))
        desk.determinations.withdraw(
            case.id, case.revision, tuple(s.line for s in case.lines), asked_by="the office", asked_at=desk.clock.now(), how="call"
        )
    opened(desk, member=member(3, "Corwin"))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += ELEVEN_YEARS


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", grown_old, user="sol", clock=FixedClock(NOW)) as made:
        yield made


def view_of(it: Room) -> Any:
    return it.go(PageName.ADMINISTRATION, "retention").retention


def spoken(view: Any) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [view.model.index(place, 0).data(role) for place in range(view.model.rowCount())]


def typed(it: Room, words: str, then: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Type into what has the focus, and press a key."""
    focus = it.window.focusWidget()
    assert isinstance(focus, QLineEdit), focus
    QTest.keyClicks(focus, words)
    QTest.keyClick(focus, then)


def enter(it: Room) -> None:
    """Commit the form from the field that has the focus."""
    focus = it.window.focusWidget()
    assert isinstance(focus, QLineEdit | QComboBox), focus
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def proposed(it: Room) -> Any:
    view = view_of(it)
    view.propose_action.trigger()
    enter(it)
    return view


def test_what_is_over_its_years_is_listed_with_why_it_stays(it: Room) -> None:
    view = view_of(it)
    assert [("may go" in row, "still open" in row) for row in spoken(view)] == [(True, False), (True, False), (False, True)]
    assert "10 years" in view.told.rule.text()
    assert not any(name in "".join(spoken(view)) for name in ("Aldous", "Brandt", "Corwin"))
    assert not unnamed(view)
    assert not view.approve_action.isEnabled()
    assert not view.years_action.isVisible()
    view.propose_action.trigger()
    assert view.form is not None
    assert not unnamed(view)


def test_two_people_let_cases_go_by_keyboard_and_the_certificate_is_shown_and_saved(
    it: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = proposed(it)
    assert it.window.status.words == "Proposed: a second person approves"
    assert "sol" in view.told.proposal.text().casefold()
    assert not view.approve_action.isEnabled()
    assert "does not approve" in view.approve_action.toolTip()
    it.sit("ada")
    view = view_of(it)
    view.approve_action.trigger()
    typed(it, "not the passphrase of ada")
    view.form.entry("passphrase").setFocus()
    enter(it)
    assert "wrong" in view.form.row("passphrase").problem
    assert view.form.text("passphrase") == ""
    enter(it)
    assert view.form.row("passphrase").problem == "Type your passphrase."
    QTest.keyClicks(it.window.focusWidget(), passphrase("ada"))
    enter(it)
    shown = view.certificate.text.toPlainText()
    assert shown.startswith("Certificate of destruction")
    assert "2 cases were destroyed" in shown
    assert view.form is None
    file = tmp_path / "certificate.txt"
    monkeypatch.setattr(certificate, "choose_target", lambda *told: file)
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Space)
    assert file.read_text(encoding="utf-8") == shown
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Escape)
    assert len(spoken(view)) == 1
    view.certificates_action.trigger()
    assert view.certificate.text.toPlainText() == shown
    it.sit("sol")
    assert [entry.what for entry in it.desk.exports.register()] == ["certificate of destruction"]


def test_a_certificate_that_cannot_be_written_is_said(it: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed(it)
    it.sit("ada")
    it.desk.retention.approve(it.desk.vault.prove(passphrase("ada")))
    view = view_of(it)
    view.certificates_action.trigger()
    monkeypatch.setattr(certificate, "choose_target", lambda *told: tmp_path / "nowhere" / "c.txt")
    view.certificate.save_button.click()
    assert view.certificate.notice.isVisible()
    it.sit("sol")
    assert it.desk.exports.register() == ()


def test_one_case_alone_is_proposed_and_dropped_with_a_reason(it: Room) -> None:
    view = view_of(it)
    number = view.model.row(0).number
    view.list.go_to(0)
    view.propose_action.trigger()
    view.form.entry("which").setCurrentIndex(1)
    view.form.commit()
    assert number in view.told.proposal.text()
    assert view.model.row(1).number not in view.told.proposal.text()
    view.drop_action.trigger()
    enter(it)
    assert view.form.row("why").problem == "Say why the cases stay."
    typed(it, "The auditors come.", Qt.Key.Key_Tab)
    view.form.commit()
    assert view.form is None
    assert view.told.proposal.text() == ""
    assert not view.drop_action.isEnabled()
    assert view.propose_action.isEnabled()


def test_a_hold_is_placed_by_number_and_lifted(it: Room) -> None:
    view = view_of(it)
    view.list.go_to(0)
    number = view.model.row(0).number
    view.hold_action.trigger()
    assert view.form.text("number") == number
    view.form.commit()
    assert view.form.row("reason").problem == "Say why."
    view.form.entry("number").retype("UR-1999-000001")
    view.form.entry("reason").retype("Lawsuit 4711")
    view.form.commit()
    assert view.form.notice.isVisible()
    view.form.entry("number").retype(number)
    view.form.commit()
    assert any("held" in row and "Lawsuit 4711" in row for row in spoken(view))
    view.list.go_to(next(p for p in range(3) if view.model.row(p).number == number))
    view.release_action.trigger()
    assert view.form.text("number") == number
    view.form.entry("reason").retype("Settled")
    view.form.commit()
    assert not any("Lawsuit" in row for row in spoken(view))
    assert not view.release_action.isEnabled()


def test_a_hold_that_came_in_between_stops_the_purge(it: Room) -> None:
    view = proposed(it)
    it.desk.retention.hold(view.model.row(0).case, "Lawsuit 4711")
    it.sit("ada")
    view = view_of(it)
    view.approve_action.trigger()
    view.form.entry("passphrase").retype(passphrase("ada"))
    view.form.commit()
    assert "may not go any more" in view.form.notice.accessibleName()
    assert it.desk.retention.state().certificates == ()
    view.form.entry("passphrase").setFocus()
    QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Escape)
    assert view.form is None


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("", "Say how many."),
        ("ten", "whole years"),
        ("-7", "whole years"),
        ("٧", "whole years"),
        ("99999", "whole years"),
        ("5", "at least 6"),
        ("101", "at most"),
    ],
)
def test_years_that_are_none_are_said_in_their_place(it: Room, years: str, said: str) -> None:
    it.sit("ada")
    view = view_of(it)
    view.years_action.trigger()
    view.form.entry("years").retype(years)
    view.form.commit()
    assert said in f"{view.form.row('years').problem} {view.form.notice.accessibleName()}"
    assert it.desk.retention.state().years == 10


def test_an_administrator_sets_the_years(it: Room) -> None:
    it.sit("ada")
    view = view_of(it)
    view.years_action.trigger()
    view.form.entry("years").retype("20")
    view.form.commit()
    assert "20 years" in view.told.rule.text()
    assert spoken(view) == []
    assert view.empty.isVisible()


def test_nobody_else_has_the_view(it: Room) -> None:
    it.sit("mara")
    page = it.page(PageName.ADMINISTRATION)
    assert page is None or not page._tabs["retention"].isVisibleTo(page)


def test_the_case_menu_of_the_review_places_a_hold_and_lifts_it(it: Room) -> None:
    case = it.desk.store.cases.ids()[2]
    page = it.go(PageName.REVIEW, case)
    hold = page.fence.hold
    assert not hold.lift_action.isEnabled()
    assert "no hold lies on it" in hold.lift_action.toolTip()
    hold.place_action.trigger()
    assert not unnamed(page.fence)
    enter(it)
    assert page.fence.form.row("reason").problem == "Say why."
    QTest.keyClicks(it.window.focusWidget(), "Lawsuit 4711")
    enter(it)
    assert page.fence.form is None
    assert it.window.status.words.startswith("Saved: the legal hold of UR-")
    assert {held: hold.reason for held, hold in it.desk.store.ledger.holds().items()} == {case: "Lawsuit 4711"}
    assert "Legal hold" in page.strip.content.warnings
    assert not hold.place_action.isEnabled()
    hold.lift_action.trigger()
    assert "Lawsuit 4711" in page.fence.form.words.text()
    QTest.keyClicks(it.window.focusWidget(), "Settled")
    enter(it)
    assert it.desk.store.ledger.holds() == {}
    assert "Legal hold" not in page.strip.content.warnings


def test_a_hold_that_somebody_placed_meanwhile_is_said_in_the_form(it: Room) -> None:
    case = it.desk.store.cases.ids()[2]
    page = it.go(PageName.REVIEW, case)
    page.fence.hold.place_action.trigger()
    it.desk.retention.hold(case, "Audit 12")
    page.fence.form.entry("reason").retype("Lawsuit 4711")
    page.fence.form.commit()
    assert "held already" in page.fence.form.notice.accessibleName()


def test_a_physician_sees_that_a_case_is_held_and_cannot_lift_it(it: Room) -> None:
    case = it.desk.store.cases.ids()[2]
    it.desk.retention.hold(case, "Lawsuit 4711")
    it.sit("osei")
    page = it.go(PageName.REVIEW, case)
    assert "Legal hold" in page.strip.content.warnings
    assert not page.fence.hold.lift_action.isEnabled()
    assert "not for your role" in page.fence.hold.lift_action.toolTip()
