"""What must stand behind a signature, over a real workspace: a peer's credential, a licence that runs, and one account a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import LINDQVIST, NO_POLICY, OSEI, UNCHECKED, confirmed, desk_in, enrolled, line, opened, sit_down
from test_who_signs import decides, excepts, waiting

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.signing import words
from ur_desk.domain.letter import Audience
from ur_desk.domain.people import Credential, Licence, PeerKind, Role, is_peer
from ur_desk.domain.sentences import behind
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError

PHYSICIAN = frozenset({Role.PHYSICIAN})
assert OSEI.credential is not None
RN = Credential("RN", "RN-77", "IN", date(2030, 1, 1))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as made:
        yield made


def test_the_role_of_a_physician_is_given_to_nobody_with_a_nurses_credential(desk: Desk) -> None:
    sit_down(desk, "ada")
    for give in (
        lambda: desk.accounts.add("rita", "Rita", PHYSICIAN, RN),
        lambda: desk.accounts.set_roles("mara", PHYSICIAN),
        lambda: desk.accounts.enter_credential("osei", RN),
    ):
        with pytest.raises(UserError, match="With RN nobody signs as a physician reviewer"):
            give()
    assert desk.accounts.named("mara").roles == LINDQVIST.roles
    desk.accounts.add("rita", "Rita", PHYSICIAN)
    with pytest.raises(UserError, match="With RN nobody signs"):
        desk.accounts.enter_credential("rita", RN)


@pytest.mark.parametrize("act", [decides, excepts])
def test_a_nurses_credential_in_a_physicians_account_signs_neither_a_refusal_nor_an_exception(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: object
) -> None:
    """However it got there: a workspace of before the role was asked for a credential, or another tool."""
    sit_down(desk, "ada")
    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.desk.accounts.check_peer_role", lambda *told: None)
        enrolled(desk, "rita", "Rita", PHYSICIAN, RN)
    confirmed(desk, "rita")
    case = waiting(desk)
    with pytest.raises(Forbidden, match="Your credential on file is RN"):
        act(desk, case, "rita")  # type: ignore[operator]
    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.domain.decisions.signing.SigningRules.unfit", lambda *told: None)
        act(desk, case, "rita")  # type: ignore[operator]
    sit_down(desk, "sol")
    assert any("credential on file is RN" in each.message for each in desk.supervision.verification().breaks)


def approve(desk: Desk, case: Case, name: str) -> Case:
    sit_down(desk, name)
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def test_a_nurse_approves_with_a_licence_that_runs_and_with_no_other(desk: Desk) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "nia", "Nia Okafor", frozenset({Role.NURSE}))
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    with pytest.raises(Forbidden, match="no licence on file"):
        approve(desk, case, "nia")
    sit_down(desk, "ada")
    desk.accounts.enter_credential("nia", replace(RN, expires=date(2016, 1, 1)))
    with pytest.raises(Forbidden, match="run out"):
        approve(desk, case, "nia")
    sit_down(desk, "ada")
    desk.accounts.enter_credential("nia", RN)
    assert approve(desk, case, "nia").line(1).decision is not None
    sit_down(desk, "sol")
    assert desk.supervision.verification().holds


def test_an_older_trail_in_which_a_nurse_approved_without_a_licence_still_verifies(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its decisions name rules that asked for none."""
    old = desk.tables.signing_bytes
    import json

    told = {name: text for name, text in json.loads(old).items() if name != "credentials.json"}
    desk.tables.__dict__["signing_bytes"] = json.dumps(told).encode()
    desk.tables.__dict__.pop("signing_rules", None)
    try:
        enrolled(desk, "nia", "Nia Okafor", frozenset({Role.NURSE}))
        approve(desk, opened(desk, line(1, "97110", "Therapeutic exercise")), "nia")
    finally:
        desk.tables.__dict__["signing_bytes"] = old
        desk.tables.__dict__.pop("signing_rules", None)
    sit_down(desk, "sol")
    assert desk.supervision.verification().holds


@pytest.mark.parametrize("same", [{"licence": "md 55120"}, {"further": (Licence("MD55120", "IN"),), "state": "OH"}, {"npi": "1234567893"}])
def test_one_person_has_one_account_by_licence_and_npi_until_it_is_retired(desk: Desk, same: dict[str, object]) -> None:
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", replace(OSEI.credential, npi="1234567893"))  # type: ignore[type-var]
    twin = replace(OSEI.credential, **{"licence": "MD-2", **same})  # type: ignore[type-var, arg-type]
    with pytest.raises(UserError, match="Kwame Osei has this licence or NPI"):
        desk.accounts.add("twin", "Twin", PHYSICIAN, twin)
    enrolled(desk, "twin", "Twin", PHYSICIAN)
    with pytest.raises(UserError, match="Kwame Osei has this licence or NPI"):
        desk.accounts.enter_credential("twin", twin)
    desk.accounts.retire("osei")
    assert desk.accounts.enter_credential("twin", twin).value.credential is not None


PEERS = (PeerKind("MD"), PeerKind("PharmD"), PeerKind("PhD", "psycholog"))


@pytest.mark.parametrize(
    ("kind", "specialty", "fits"),
    [
        ("MD", "", True), ("M.D.", "", True), ("md, FACR", "", True), ("MBA/MD", "", True), ("Pharm.D.", "", True),
        ("RN", "", False), ("", "", False), ("MDS", "", False), ("NP", "Medicine", False), ("PA-C", "", False), ("LPN", "MD", False),
        ("PhD", "Clinical psychology", True), ("Ph.D.", "Psychologist", True), ("PhD", "Physics", False), ("PhD", "", False),
    ],
)  # fmt: skip
def test_a_peer_is_told_by_the_kind_of_credential_and_its_field(kind: str, specialty: str, fits: bool) -> None:
    assert is_peer(Credential(kind, "1", specialty=specialty), PEERS) is fits


def test_nobody_without_a_credential_is_a_peer() -> None:
    assert not is_peer(None, PEERS)


def test_a_licence_of_another_state_is_told_before_it_signs_and_kept_with_the_decision(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", replace(OSEI.credential, licence="OH-1", state="OH"))  # type: ignore[type-var]
    confirmed(desk, "osei")
    case = waiting(desk)
    sit_down(desk, "osei")
    warning = "The licence is of Ohio, and the case of Indiana: ask your compliance officer whether that is enough."
    assert warning in words(desk.signers.before(case.id).required)
    decided = decides(desk, case).line(1).decision
    assert decided is not None
    assert decided.signature.case_state == "IN"
    assert "Signed with licence OH-1 (OH), in a case of IN, entered by" in behind(decided.signature, {})
    here = decides(desk, waiting(desk, state="OH")).line(1).decision
    assert here is not None
    assert here.signature.case_state == ""


def test_a_letter_names_the_licence_under_which_it_was_signed_and_not_one_that_ran_out(desk: Desk) -> None:
    further = (Licence("OH-2", "OH", date(2030, 1, 1)),)
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", replace(OSEI.credential, licence="IN-2016", expires=date(2016, 1, 1), further=further))  # type: ignore[type-var]
    confirmed(desk, "osei")
    case = decides(desk, waiting(desk))
    told = repr(finish(desk.letters.preview(case.id, (1,), audience=Audience.PROVIDER)).content)
    assert "OH-2" in told
    assert "IN-2016" not in told
