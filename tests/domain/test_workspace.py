"""What holds outside of cases: the fold of the workspace's events."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from builders import LINDQVIST, NOW, profile

from ur_desk.domain import workspace as ws
from ur_desk.domain.audit import Event
from ur_desk.domain.events import EventId
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.people import AccountId, Credential, Role
from ur_desk.domain.policy import Confirmation, PolicyId, Sha256, StillCurrent
from ur_desk.domain.workspace_told import fold

TEXT = Sha256("t")
LOADED = sh.PolicyLoaded(PolicyId("P"), None, False, TEXT, Sha256("r"), None)
MARA = LINDQVIST.id


def told(*bodies: Any) -> ws.WorkspaceState:
    """The fold of these bodies, each told by mara a second after the one before."""
    numbers = count()
    return fold(Event(EventId(f"e{n}"), NOW + timedelta(seconds=n), MARA, body) for n, body in zip(numbers, bodies, strict=False))


def test_an_account_is_the_fold_of_what_happened_to_it() -> None:
    entered = Credential("RN", entered_by=AccountId("ada"))
    state = told(
        ws.WorkspaceCreated(ws.WorkspaceKind.REAL, "1", "UTC"),
        ws.AccountAdded(LINDQVIST),
        ws.RolesChanged(MARA, frozenset({Role.AUDITOR})),
        ws.CredentialEntered(MARA, entered),
        ws.AccountRetired(MARA),
        ws.TrailChecked(5, 0),
    )
    assert (state.kind, state.zone) == (ws.WorkspaceKind.REAL, "UTC")
    assert state.accounts[MARA] == replace(LINDQVIST, roles=frozenset({Role.AUDITOR}), credential=entered, retired=True)


def test_a_credential_of_an_older_event_was_entered_by_whoever_told_it() -> None:
    state = told(ws.AccountAdded(LINDQVIST), ws.CredentialEntered(MARA, Credential("RN")))
    assert state.accounts[MARA].credential == Credential("RN", entered_by=MARA)


def test_what_is_known_of_a_confirmed_reading_stays_and_another_import_begins_a_draft_beside_it() -> None:
    known = (
        ws.AccountAdded(LINDQVIST),
        LOADED,
        sh.PolicyConfirmed(PolicyId("P"), TEXT),
        sh.PolicyAdopted(PolicyId("P"), TEXT, ("fehb",)),
        sh.PolicyStillCurrent(PolicyId("P"), TEXT, "site", NOW.date()),
    )
    item = told(*known, LOADED).shelf[TEXT]
    assert item.confirmed == Confirmation("Mara Lindqvist", NOW + timedelta(seconds=2), alone=True)
    assert item.applies_to == ("fehb",)
    assert item.still_current == StillCurrent("site", NOW.date(), "Mara Lindqvist")
    assert item.loaded_at == NOW + timedelta(seconds=1)
    beside = told(*known, replace(LOADED, reading=Sha256("other"))).shelf[TEXT]
    assert replace(beside, draft=None) == replace(item, draft=None)
    assert beside.draft is not None
    assert beside.draft.reading == "other"
    again = told(*known, replace(LOADED, reading=Sha256("other")), sh.PolicyConfirmed(PolicyId("P"), TEXT, Sha256("other"))).shelf[TEXT]
    assert (again.reading, again.draft, again.applies_to) == ("other", None, ("fehb",))


def test_another_reading_of_a_draft_takes_its_place() -> None:
    item = told(ws.AccountAdded(LINDQVIST), LOADED, replace(LOADED, reading=Sha256("other"))).shelf[TEXT]
    assert (item.reading, item.draft, item.confirmed) == ("other", None, None)


def test_a_profile_is_the_last_that_was_saved() -> None:
    saved = profile()
    state = told(ws.ProfileSaved(saved), ws.ProfileSaved(replace(saved, phone="1")))
    assert list(state.profiles.values()) == [replace(saved, phone="1")]


@pytest.mark.parametrize(
    "body",
    [
        ws.RolesChanged(MARA, frozenset({Role.NURSE})),
        ws.AccountRetired(MARA),
        ws.CredentialEntered(MARA, Credential("RN")),
        sh.PolicyConfirmed(PolicyId("P"), TEXT),
    ],
)
def test_a_change_of_what_nobody_began_is_passed_over(body: Any) -> None:
    assert told(body) == ws.WorkspaceState()


def test_a_case_number_tells_its_series_and_its_place() -> None:
    assert ws.place_of("UR-2017-000012") == ("2017", 12)
    for other in ("2017-1", "UR-2017-x", "", "UR-2017-1-2"):
        with pytest.raises(ValueError):
            ws.place_of(other)
