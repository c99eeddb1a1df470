"""The way in and out: what a closed workspace tells, who comes in, and what is kept of those who leave."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import CHEAP, NOW, TABLES, FixedClock, MemorySeen, NoShares, desk_in, open_desk, passphrase, recovery_of, sit_down

from ur_desk.desk import workspace
from ur_desk.desk.desk import Desk
from ur_desk.desk.doorway import Doorway
from ur_desk.desk.sign_in import FirstSignIn
from ur_desk.domain.guard.access import SignedIn, SignedOut
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, TooSoon, UserError, WrongPassphrase
from ur_desk.store.keyfile import KEYS


def doorway(folder: Path, user: str = "", clock: FixedClock | None = None) -> Doorway:
    return Doorway(
        folder, user, clock=clock or FixedClock(NOW + timedelta(hours=1)), tables=TABLES, cost=CHEAP, shares=NoShares(), seen=MemorySeen()
    )


def told(desk: Desk) -> list[tuple[str, str]]:
    """Who sat down and got up, in order."""
    names = {account.id: account.name for account in desk.accounts.all()}
    events = [e for _head, e in desk.store.ledger.steps(None) if isinstance(e.body, SignedIn | SignedOut)]
    return [(names[e.by], type(e.body).__name__) for e in events]


def test_an_empty_folder_tells_that_nothing_was_begun(tmp_path: Path) -> None:
    assert not doorway(tmp_path / "w").look().begun


def test_a_closed_workspace_tells_its_names_and_whether_there_is_a_recovery_key(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        first = doorway(tmp_path / "w").look()
        recovery_of(desk)
    second = doorway(tmp_path / "w").look()
    assert first.names == second.names == ("ada", "mara", "osei", "sol")
    assert (first.recovery, second.recovery) == (False, True)
    assert not second.throwaway


def test_missing_keys_are_told_and_nothing_is_begun_over_the_data(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    (tmp_path / "w" / KEYS).unlink()
    with pytest.raises(UserError) as refused:
        doorway(tmp_path / "w").look()
    assert KEYS in str(refused.value)


def test_whoever_leaves_signs_out_and_the_next_comes_in(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    door = doorway(tmp_path / "w")
    door.open("mara", passphrase("mara"))
    door.leave()
    door.leave()
    assert door.desk is None
    desk = door.open("sol", passphrase("sol"))
    assert told(desk)[-3:] == [("mara", "SignedIn"), ("mara", "SignedOut"), ("sol", "SignedIn")]
    door.leave()


def test_whoever_is_followed_at_the_desk_signs_out_with_their_own_key(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        mara = open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES)
        sit_down(mara, "sol")
        assert told(mara)[-3:] == [("mara", "SignedIn"), ("mara", "SignedOut"), ("sol", "SignedIn")]
        mara.close()
        assert not desk.supervision.verification().breaks


def test_a_refused_sitting_down_signs_nobody_out(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        before = told(desk)
        with pytest.raises(WrongPassphrase):
            workspace.sit_down(desk, "mara", "not the passphrase of mara")
        code = desk.accounts.add("nia", "Nia Okafor", frozenset({Role.NURSE})).value.code

        with pytest.raises(FirstSignIn):
            workspace.sit_down(desk, "nia", code)
        assert told(desk) == before
        assert desk.person.name == "ada"


def test_too_many_wrong_passphrases_say_how_many_seconds_to_wait(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    door = doorway(tmp_path / "w")
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            door.open("mara", "no no no no no no no")
    with pytest.raises(TooSoon) as refused:
        door.open("mara", passphrase("mara"))
    assert 0 < refused.value.seconds <= 15


def test_a_new_workspace_is_begun_through_the_door(tmp_path: Path) -> None:
    door = doorway(tmp_path / "w")
    with pytest.raises(UserError):
        door.begin("ada", "Ada Byron", "short")
    desk = door.begin("ada", "Ada Byron", passphrase("ada"))
    assert (desk.person.display, desk.demo) == ("Ada Byron", False)
    door.leave()
    assert door.look().names == ("ada",)


def test_a_recovery_key_that_was_only_drawn_opens_nothing_and_leaves_the_earlier_one(tmp_path: Path) -> None:
    door = doorway(tmp_path / "w")
    desk = door.begin("ada", "Ada Byron", passphrase("ada"))
    assert not desk.vault.standing().recovery
    earlier = recovery_of(desk)
    drawn = desk.vault.draw_recovery()
    door.leave()
    with pytest.raises(UserError):
        door.recover("ada", (drawn.first, drawn.second), "another nine quiet miles home")
    desk = door.recover("ada", (earlier.first, earlier.second), "another nine quiet miles home")
    assert not desk.vault.standing().recovery
    desk.vault.make_recovery(drawn)
    door.leave()
    assert door.recover("ada", (drawn.second, drawn.first), "a third time nine quiet miles").person.name == "ada"
    door.leave()


def test_only_an_administrator_draws_a_recovery_key(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        sit_down(desk, "mara")
        with pytest.raises(Forbidden):
            desk.vault.draw_recovery()


@pytest.mark.parametrize(("answer", "days", "due"), [(None, 6, False), (None, 7, True), (False, 8, True), (True, 400, False)])
def test_the_disk_is_asked_for_weekly_until_the_answer_is_yes(tmp_path: Path, answer: Any, days: int, due: bool) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        assert desk.vault.standing().disk_due
        desk.vault.answer_disk(answer)
        assert not desk.vault.standing().disk_due
        clock.at += timedelta(days=days)
        assert desk.vault.standing().disk_due is due
        told = desk.vault.standing().disk
        assert told is not None
        assert told.encrypted is answer
