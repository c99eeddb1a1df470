"""The administration: accounts with their roles and licences, and the plan's own words for its letters."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from ui_window import room

from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui.pages.administration_profiles import KEYS, field_name
from ur_desk.ui.places import PageName


def typed(form: Any, **values: str) -> None:
    for key, words in values.items():
        form.entry(key).retype(words)


def chosen(view: Any, name: str) -> None:
    place = view.model.place_of(name)
    assert place is not None
    view.list.go_to(place)


def test_an_account_is_added_with_roles_and_licence(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        view.new_action.trigger()
        view.form.commit()
        assert view.form.row("name").problem
        typed(
            view.form, name="nia", display="Nia Okafor", kind="RN", licence="RN-7", state="Indiana", expires="06/30/2030", npi="1558597799"
        )
        view.form.roles.tick([Role.NURSE, Role.AUDITOR])
        view.form.commit()
        account = it.desk.accounts.named("nia")
        assert account.roles == {Role.NURSE, Role.AUDITOR}
        assert account.credential is not None
        assert (account.credential.state, account.credential.expires, account.credential.entered_by) == (
            "IN",
            date(2030, 6, 30),
            it.desk.person.id,
        )
        assert view.model.row(view.list.currentIndex().row()).name == "nia"
        assert it.window.status.words == "Account nia added"
        assert any("Nia Okafor" in action.text() for action in it.window.top_bar.accounts.actions())


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ([Role.PHYSICIAN, Role.NURSE], "cannot be physician and nurse"),
        ([Role.PHYSICIAN, Role.ADMINISTRATOR], "cannot be physician and administrator"),
        ([], "at least one role"),
    ],
)
def test_duties_that_must_be_apart_are_refused_with_the_reason(tmp_path: Path, qtbot: Any, roles: list[Role], said: str) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        view.new_action.trigger()
        typed(view.form, name="nia")
        view.form.roles.tick(roles)
        view.form.commit()
        assert said in view.form.notice.accessibleName()
        assert view.form.notice.isVisible()
        assert view.form.text("name") == "nia"
        assert "nia" not in {account.name for account in it.desk.accounts.all()}


@pytest.mark.parametrize(("key", "words", "said"), [("npi", "123", "ten digits"), ("npi", "1558597798", "check digit"), ("state", "Nowhere", "no state"), ("expires", "soon", "no day")])  # fmt: skip
def test_what_is_wrong_with_a_licence_is_said_beside_its_field(tmp_path: Path, qtbot: Any, key: str, words: str, said: str) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        chosen(view, "sol")
        typed(view.form, **{key: words})
        view.form.commit()
        assert said in view.form.row(key).problem
        assert it.desk.accounts.named("sol").credential is None


def test_roles_and_licence_are_changed_and_what_stays_is_no_event(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        chosen(view, "sol")
        events = it.desk.store.ledger.last()[0]
        view.form.commit()
        assert it.desk.store.ledger.last()[0] == events
        view.form.roles.tick([Role.SUPERVISOR, Role.AUDITOR])
        typed(view.form, kind="RN", licence="RN-9")
        view.form.commit()
        account = it.desk.accounts.named("sol")
        assert account.roles == {Role.SUPERVISOR, Role.AUDITOR}
        assert account.credential is not None
        assert account.credential.licence == "RN-9"
        assert it.desk.store.ledger.last()[0] == events + 2
        assert view.form.title.text() == "Sol Reyes, RN"


def test_the_last_administrator_stays_one(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        chosen(view, "ada")
        view.form.roles.tick([Role.NURSE])
        view.form.commit()
        assert "no administrator left" in view.form.notice.accessibleName()
        assert it.desk.accounts.named("ada").has(Role.ADMINISTRATOR)


def test_an_account_is_retired_after_being_asked_once_and_never_ones_own(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        chosen(view, "ada")
        assert not view.retire_action.isEnabled()
        assert "your own" in view.retire_action.toolTip()
        chosen(view, "sol")
        view.retire_action.trigger()
        assert not it.desk.accounts.named("sol").retired
        view.retire_form.dismiss()
        view.retire_action.trigger()
        view.retire_form.commit()
        assert it.desk.accounts.named("sol").retired
        assert not view.form.commit_button.isEnabled()
        assert not any("Sol" in action.text() for action in it.window.top_bar.accounts.actions())


# the plan's own words --------------------------------------------------------------------------------------------------------


def test_every_field_of_a_profile_has_a_name_and_a_place_in_the_form(tmp_path: Path, qtbot: Any, qapp: QApplication) -> None:
    assert set(KEYS) == {f.name for f in fields(PlanProfile)} - {"line_of_business", "state"}
    assert all("_" not in field_name(key) for key in KEYS)
    assert len({field_name(key) for key in KEYS}) == len(KEYS)


def test_a_profile_is_begun_filled_and_kept_and_says_what_is_empty(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        page = it.go(PageName.ADMINISTRATION, "profiles")
        view = page.profiles
        assert view.model.rowCount() == 1
        view.new_action.trigger()
        view.new_form.commit()
        assert view.new_form.row("state").problem
        typed(view.new_form, line=LineOfBusiness.COMMERCIAL_INSURED.value, state="in")
        view.new_form.commit()
        assert "cannot be issued until it is filled" in view.form.words.text()
        assert "Appeals: fax" in view.form.words.text()
        typed(view.form, plan_name="Wabash Prairie Preferred", address="P.O. Box 1\nMuncie, IN 47302")
        view.form.commit()
        kept = it.desk.accounts.profile(LineOfBusiness.COMMERCIAL_INSURED, "IN")
        assert (kept.plan_name, kept.address) == ("Wabash Prairie Preferred", "P.O. Box 1\nMuncie, IN 47302")
        assert view.model.rowCount() == 2
        assert "Plan name" not in view.form.words.text()
        typed(view.form, **dict.fromkeys(KEYS, "filled"))
        view.form.commit()
        assert "Nothing is empty" in view.form.words.text()


def test_a_profile_that_is_there_is_opened_instead_of_begun_again(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION, "profiles").profiles
        view.new_action.trigger()
        typed(view.new_form, line=LineOfBusiness.ERISA_SELF_FUNDED.value, state="IN")
        view.new_form.commit()
        assert view.form.text("plan_name") == "Lindenfield Works Health Plan"


def test_without_a_profile_the_page_says_that_no_letter_can_leave(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION, "profiles").profiles
        view._profile = None
        view._fill(())
        assert "Letters cannot be issued until" in view.empty.accessibleName()
