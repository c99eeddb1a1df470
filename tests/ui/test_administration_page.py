"""The administration: accounts with their roles and licences, and the plan's own words for its letters."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import passphrase, recovery_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import room

from ur_desk.desk.sign_in import FirstSignIn
from ur_desk.desk.workspace import sit_down as take_seat
from ur_desk.domain.decisions.grounds import Given, Matter
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import WrongPassphrase
from ur_desk.ui.pages.administration.profiles import KEYS, field_name
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


# codes and licences --------------------------------------------------------------------------------------------------------


def add(view: Any, name: str, display: str, role: Role) -> str:
    """Add an account as an administrator does; gives the code that is shown."""
    view.new_action.trigger()
    typed(view.form, name=name, display=display, kind="MD", licence="MD-1", state="IN")
    view.form.roles.tick([role])
    view.form.commit()
    return str(view.code_card.secret.shown)


def test_the_one_time_code_of_a_new_account_is_shown_once_and_opens_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        code = add(view, "nia", "Nia Okafor", Role.PHYSICIAN)
        card = view.code_card
        assert card.isVisible()
        assert "Nia Okafor" in card.title.text()
        assert len(code.split("-")) > 3
        chosen(view, "sol")
        assert card.isVisible(), "it stays until it is written down"
        QTest.keyClick(card.done_button, Qt.Key.Key_Space)
        assert not card.isVisible()
        assert code not in str(card.secret.accessibleName()) + card.secret.shown
        assert QApplication.clipboard().text() == ""
        with pytest.raises(FirstSignIn):
            take_seat(it.desk, "nia", code)


def test_a_new_code_takes_the_place_of_a_forgotten_passphrase(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        chosen(view, "ada")
        assert not view.invite_action.isEnabled()
        chosen(view, "osei")
        view.invite_action.trigger()
        assert "another signing key" in view.invite_form.words.text()
        view.invite_form.dismiss()
        assert not view.code_card.is_shown
        view.invite_action.trigger()
        view.invite_form.commit()
        assert view.code_card.isVisible()
        with pytest.raises(FirstSignIn):
            take_seat(it.desk, "osei", view.code_card.secret.shown)
        with pytest.raises(WrongPassphrase):
            take_seat(it.desk, "osei", passphrase("osei"))


def test_a_supervisor_comes_to_confirm_licences_and_for_retention_and_clock_rules_only(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        add(view, "nia", "Nia Okafor", Role.PHYSICIAN)
        chosen(view, "nia")
        assert not view.confirm_action.isEnabled()
        assert "entered" in view.confirm_action.toolTip()
        assert "confirmed by nobody yet" in view.form.behind.text()
        it.sit("sol")
        page = it.go(PageName.ADMINISTRATION)
        view = page.accounts
        assert [name for name, tab in page._tabs.items() if tab.isVisible()] == ["accounts", "letters", "retention", "clocks", "signing"]
        assert [a.isVisible() for a in (view.new_action, view.invite_action, view.retire_action)] == [False] * 3
        assert not view.form.commit_button.isVisible()
        chosen(view, "nia")
        view.confirm_action.trigger()
        assert "MD-1" in view.confirm_form.words.text()
        view.confirm_form.commit()
        assert view.confirm_form.row("where").problem
        typed(view.confirm_form, where="the board's site", on="10/09/2099")
        view.confirm_form.commit()
        assert "future" in view.confirm_form.notice.accessibleName()
        typed(view.confirm_form, on="10/09/2017")
        view.confirm_form.commit()
        credential = it.desk.accounts.named("nia").credential
        assert credential is not None
        assert credential.confirmed_where == "the board's site"
        assert "confirmed by Sol Reyes at the board's site on 10/09/2017" in view.form.behind.text()
        assert it.window.status.words == "Licence confirmed: Nia Okafor"


def test_the_vault_tells_how_it_stands_and_leads_on(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        page = it.go(PageName.ADMINISTRATION, "vault")
        view = page.vault
        assert view.isVisible()
        assert "Not made yet" in view.recovery.words.text()
        assert "Nobody has said" in view.disk.words.text()
        view.disk.button.click()
        it.window.entrance.page.no_button.click()
        assert "not encrypted" in view.disk.words.text()
        assert "every week" in view.disk.words.text()
        recovery_of(it.desk)
        view.read_again()
        assert "Made: two people" in view.recovery.words.text()
        view.recovery.button.click()
        assert "made before opens nothing any more" in it.window.entrance.page.sentence.text()


def test_retiring_says_what_becomes_of_the_data_key_and_of_backups(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION).accounts
        words = view.retire_form.words.text()
        assert "another data key" in words
        assert "Backups" in words


# the plan's own words --------------------------------------------------------------------------------------------------------


def test_every_field_of_a_profile_has_a_name_and_a_place_in_the_form(tmp_path: Path, qtbot: Any, qapp: QApplication) -> None:
    assert set(KEYS) == {f.name for f in fields(PlanProfile)} - {"line_of_business", "state", "signers"}
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
        typed(view.form, **{**dict.fromkeys(KEYS, "filled"), "authorization_prefix": "no prefix"})
        view.form.commit()
        assert "one to four capital letters" in view.form.notice.accessibleName()
        typed(view.form, authorization_prefix="WP")
        view.form.commit()
        assert "Nothing is empty" in view.form.words.text()


def test_a_profile_asks_for_what_its_line_of_business_needs(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION, "profiles").profiles
        for business, asked, never in (
            (LineOfBusiness.MEDICAID_MANAGED_CARE, "fair_hearing_text", "erisa_rights_text"),
            (LineOfBusiness.FEHB, "disputed_claims_text", "fair_hearing_text"),
            (LineOfBusiness.MEDICARE_ADVANTAGE, "independent_review_text", "external_review_text"),
        ):
            view.new_action.trigger()
            typed(view.new_form, line=business.value, state="in")
            view.new_form.commit()
            assert not view.form.row(asked).isHidden()
            assert view.form.row(never).isHidden()


def test_the_administrator_says_who_signs_what_takes_no_clinical_judgment(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view = it.go(PageName.ADMINISTRATION, "profiles").profiles
        typed(view.form, limit_used_up="nurse supervisor", dismissal="supervisor", authorization_prefix="LW")
        view.form.commit()
        kept = it.desk.accounts.profile(LineOfBusiness.ERISA_SELF_FUNDED, "IN")
        both = {Given(Matter.USED_UP, Role.NURSE), Given(Matter.USED_UP, Role.SUPERVISOR)}
        assert set(kept.signers) == both | {Given(Matter.DISMISSAL, Role.SUPERVISOR)}
        assert kept.authorization_prefix == "LW"
        assert view.form.text("limit_used_up") == "nurse supervisor"
        typed(view.form, authorization_prefix="lw-1")
        view.form.commit()
        assert view.form.notice.isVisibleTo(view.form)
        assert it.desk.accounts.profile(LineOfBusiness.ERISA_SELF_FUNDED, "IN") == kept


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
