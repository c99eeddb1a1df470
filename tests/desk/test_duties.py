"""Duties apart: every way around the second person who confirms a licence, and around the roles that must not meet."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import LINDQVIST, NOW, OSEI, cites, confirmed, desk_in, enrolled, line, opened, passphrase, sit_down

from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.people import Credential, Role, check_duties
from ur_desk.errors import Forbidden, UserError

MD = Credential("MD", "MD-1", "IN", OSEI.credential.expires if OSEI.credential else None, "Radiology")
PHYSICIAN = frozenset({Role.PHYSICIAN})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


@pytest.fixture
def waiting(desk: Desk) -> Case:
    """A case that waits for a physician; ada sits at the desk."""
    case = opened(desk, line())
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value
    sit_down(desk, "ada")
    return case


def signs(desk: Desk, case: Case, name: str) -> Case:
    """This person opens the record and denies the line, with their passphrase."""
    sit_down(desk, name)
    now = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(now, 15))
    proof = desk.vault.prove(passphrase(name))
    return desk.determinations.decide(now.id, now.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof).value


def refused(desk: Desk, case: Case, name: str, why: str = "Nobody has confirmed your licence") -> None:
    with pytest.raises(Forbidden, match=why):
        signs(desk, case, name)


def credential(desk: Desk, name: str) -> Credential:
    found = desk.accounts.named(name).credential
    assert found is not None
    return found


def test_a_confirmed_physician_signs_and_the_signature_says_who_entered_and_who_confirmed(desk: Desk, waiting: Case) -> None:
    decision = signs(desk, waiting, "osei").line(1).decision
    assert decision is not None
    signed = decision.signature.credential
    assert signed is not None
    people = {a.id: a.name for a in desk.accounts.all()}
    assert (people[signed.entered_by], people[signed.confirmed_by]) == ("ada", "sol")  # type: ignore[index]


def test_a_nurse_who_becomes_a_physician_signs_on_no_licence_that_was_confirmed_before(desk: Desk, waiting: Case) -> None:
    enrolled(desk, "nia", "Nia", frozenset({Role.NURSE}), MD)
    confirmed(desk, "nia")
    assert credential(desk, "nia").confirmed_by
    desk.accounts.set_roles("nia", PHYSICIAN)
    assert credential(desk, "nia").confirmed_by is None
    refused(desk, waiting, "nia")
    confirmed(desk, "nia")
    assert signs(desk, waiting, "nia").line(1).determination is Determination.DENIED


def test_a_physician_who_was_something_else_for_a_while_is_confirmed_anew(desk: Desk, waiting: Case) -> None:
    desk.accounts.set_roles("osei", frozenset({Role.NURSE}))
    desk.accounts.set_roles("osei", PHYSICIAN)
    refused(desk, waiting, "osei")


def test_other_roles_beside_the_physicians_leave_the_confirmation(desk: Desk, waiting: Case) -> None:
    desk.accounts.set_roles("osei", frozenset({Role.PHYSICIAN, Role.SUPERVISOR}))
    assert credential(desk, "osei").confirmed_by
    assert signs(desk, waiting, "osei").line(1).decision


@pytest.mark.parametrize("changed", [MD, OSEI.credential], ids=["another licence", "the same once more"])
def test_a_licence_entered_anew_has_been_confirmed_by_nobody(desk: Desk, waiting: Case, changed: Credential) -> None:
    desk.accounts.enter_credential("osei", changed)
    refused(desk, waiting, "osei")


def test_a_confirmation_that_comes_along_with_the_entry_counts_for_nothing(desk: Desk, waiting: Case) -> None:
    sol = desk.accounts.named("sol").id
    forged = replace(MD, entered_by=sol, confirmed_by=sol, confirmed_on=NOW.date(), confirmed_where="the board")
    enrolled(desk, "eve", "Eve", PHYSICIAN, forged)
    assert (credential(desk, "eve").entered_by, credential(desk, "eve").confirmed_by) == (desk.person.id, None)
    refused(desk, waiting, "eve")
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", replace(forged, licence="MD-2"))
    assert (credential(desk, "osei").entered_by, credential(desk, "osei").confirmed_by) == (desk.person.id, None)


def test_whoever_entered_or_holds_a_licence_does_not_confirm_it(desk: Desk) -> None:
    enrolled(desk, "bea", "Bea", frozenset({Role.ADMINISTRATOR}))
    desk.accounts.enter_credential("osei", MD)
    with pytest.raises(UserError, match="Whoever entered a credential"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())
    desk.accounts.set_roles("osei", frozenset({Role.PHYSICIAN, Role.SUPERVISOR}))
    sit_down(desk, "osei")
    with pytest.raises(UserError, match="or holds it"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())
    sit_down(desk, "mara")
    with pytest.raises(Forbidden, match="may not do this"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())
    sit_down(desk, "bea")
    desk.accounts.confirm_credential("osei", "the board", NOW.date())
    assert credential(desk, "osei").confirmed_by == desk.person.id


def test_who_entered_it_through_somebody_else_in_between_still_does_not_confirm_it(desk: Desk) -> None:
    enrolled(desk, "bea", "Bea", frozenset({Role.ADMINISTRATOR}))
    sit_down(desk, "bea")
    desk.accounts.enter_credential("osei", MD)
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", MD)
    with pytest.raises(UserError, match="Whoever entered"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())


def test_whoever_added_an_account_or_gave_it_its_code_does_not_confirm_its_licence(desk: Desk) -> None:
    enrolled(desk, "bea", "Bea", frozenset({Role.ADMINISTRATOR}))
    sit_down(desk, "bea")
    desk.accounts.enter_credential("osei", MD)
    sit_down(desk, "ada")
    with pytest.raises(UserError, match="added the account or gave it its code"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())
    desk.accounts.enter_credential("osei", MD)
    sit_down(desk, "bea")
    code = desk.vault.invite("osei").value
    opening.sit_down(desk, "osei", code, passphrase("osei"))
    sit_down(desk, "bea")
    with pytest.raises(UserError, match="gave it its code"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())
    confirmed(desk, "osei")
    assert credential(desk, "osei").confirmed_by == desk.accounts.named("sol").id
    assert desk.supervision.verification().breaks == ()


def test_a_physician_who_was_given_a_new_code_is_confirmed_anew_whoever_used_it(desk: Desk, waiting: Case) -> None:
    code = desk.vault.invite("osei").value
    opening.sit_down(desk, "osei", code, passphrase("osei"))
    refused(desk, waiting, "osei")


def test_a_licence_confirmed_before_the_first_sign_in_is_confirmed_anew_after_it(desk: Desk, waiting: Case) -> None:
    """Whoever made the code could have used it: the second person looks once somebody signs with that key."""
    code = desk.accounts.add("eve", "Eve", PHYSICIAN, MD).value.code
    sit_down(desk, "sol")
    desk.accounts.confirm_credential("eve", "the board", NOW.date())
    opening.sit_down(desk, "eve", code, passphrase("eve"))
    refused(desk, waiting, "eve")
    confirmed(desk, "eve")
    assert signs(desk, waiting, "eve").line(1).decision


def test_an_account_without_a_first_sign_in_signs_nothing(desk: Desk) -> None:
    desk.accounts.add("eve", "Eve", PHYSICIAN, MD)
    with pytest.raises(UserError):
        sit_down(desk, "eve")


def test_a_confirmation_outlives_the_account_that_gave_it(desk: Desk, waiting: Case) -> None:
    desk.accounts.retire("sol")
    assert signs(desk, waiting, "osei").line(1).decision
    with pytest.raises(UserError, match="no account"):
        sit_down(desk, "sol")


def test_a_retired_account_confirms_nothing_though_its_window_is_open(desk: Desk) -> None:
    desk.accounts.enter_credential("osei", MD)
    sit_down(desk, "sol")
    gone = desk.person
    sit_down(desk, "ada")
    desk.accounts.retire("sol")
    desk.person = gone
    with pytest.raises(Forbidden, match="may not do this"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date())


def test_a_licence_is_confirmed_with_a_source_and_a_day_that_has_been(desk: Desk) -> None:
    desk.accounts.enter_credential("osei", MD)
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="Say where"):
        desk.accounts.confirm_credential("osei", " ", NOW.date())
    with pytest.raises(UserError, match="lies in the future"):
        desk.accounts.confirm_credential("osei", "the board", NOW.date().replace(year=2099))
    with pytest.raises(UserError, match="no licence to confirm"):
        desk.accounts.confirm_credential("sol", "the board", NOW.date())


@pytest.mark.parametrize("other", [Role.NURSE, Role.ADMINISTRATOR])
def test_no_set_of_roles_holds_a_physician_with_a_nurse_or_an_administrator(desk: Desk, other: Role) -> None:
    for more in (frozenset[Role](), frozenset({Role.SUPERVISOR}), frozenset(Role)):
        with pytest.raises(UserError, match="at once"):
            check_duties(more | {Role.PHYSICIAN, other})
    with pytest.raises(UserError, match="at once"):
        desk.accounts.set_roles("osei", frozenset({Role.PHYSICIAN, other}))
    with pytest.raises(UserError, match="at once"):
        desk.accounts.add("both", "", frozenset({Role.PHYSICIAN, other}), LINDQVIST.credential)


def test_a_nurse_who_referred_and_became_a_physician_does_not_decide_the_same_line(desk: Desk, waiting: Case) -> None:
    desk.accounts.enter_credential("mara", MD)
    desk.accounts.set_roles("mara", PHYSICIAN)
    confirmed(desk, "mara")
    refused(desk, waiting, "mara", "Who opened or referred the case")
