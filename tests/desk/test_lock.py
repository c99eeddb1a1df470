"""The lock of the desk: what it closes, what opens it again, and that nothing which was typed is lost."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import TABLES, FixedClock, desk_in, open_desk, opened, passphrase, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.lock import PURPOSE, PinGone
from ur_desk.domain.guard.access import How, Locked, SignInFailed, Unlocked
from ur_desk.domain.guard.laid_aside import Caret, LaidAside, TypedPanel
from ur_desk.domain.guard.lock import PIN_TRIES
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError
from ur_desk.store.store import Store

PIN = "407291"
WORDS = "The member was seen on Tuesday."
ASIDE = LaidAside(("worklist", "review:c-1"), 1, {"line": "2"}, (TypedPanel("c-1", "note", {"words": WORDS}),), caret=Caret("Note", 7, 4))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lock") / "desk"
    with desk_in(folder):
        pass
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(made, tmp_path / "w")
    desk = open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES)
    yield desk
    desk.close()


def told(desk: Desk, *kinds: type) -> list[object]:
    """The bodies of these kinds, in their order."""
    return [event.body for _, event in desk.store.ledger.steps(None) if isinstance(event.body, kinds)]


def test_a_locked_desk_answers_nothing_and_signs_nothing(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock()
    assert desk.lock.locked
    assert desk.store.key == b""
    with pytest.raises(UserError, match="is locked"):
        desk.supervision.cases(asked())
    with pytest.raises(UserError, match="is locked"):
        desk.signer.sign(b"anything")
    with pytest.raises(UserError, match="is locked"):
        desk.accounts.all()


def asked():  # type: ignore[no-untyped-def]
    from ur_desk.domain.listing import CaseFilter

    return CaseFilter()


def test_the_pin_opens_it_again_with_what_was_left_there(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock(ASIDE)
    desk.lock.unlock_by_pin(PIN)
    assert not desk.lock.locked
    assert desk.lock.take_up() == ASIDE
    assert desk.lock.take_up() == ASIDE  # words are kept until their panel is committed or closed
    assert [type(body).__name__ for body in told(desk, Locked, Unlocked)] == ["Locked", "Unlocked"]
    assert told(desk, Unlocked) == [Unlocked(How.PIN)]
    assert opened(desk).number
    assert not desk.supervision.verification().breaks


def test_without_a_pin_the_passphrase_opens_it(desk: Desk) -> None:
    desk.lock.lock(ASIDE)
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    desk.lock.unlock(passphrase("mara"))
    assert desk.lock.take_up() == ASIDE
    assert told(desk, Unlocked) == [Unlocked(How.PASSPHRASE)]


def test_five_wrong_pins_leave_only_the_passphrase(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock()
    said = []
    for _ in range(PIN_TRIES):
        with pytest.raises(UserError) as refused:
            desk.lock.unlock_by_pin("111222")
        said.append(refused.value.hint)
    assert "4 tries are left" in said[0]
    assert "1 try is left" in said[3]
    assert isinstance(refused.value, PinGone)
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    desk.lock.unlock(passphrase("mara"))
    assert told(desk, Unlocked) == [Unlocked(How.PASSPHRASE, PIN_TRIES)]


def test_wrong_pins_are_counted_over_several_locks_only_until_one_is_right(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    for _ in range(3):
        desk.lock.lock()
        for _ in range(PIN_TRIES - 1):
            with pytest.raises(UserError, match="wrong"):
                desk.lock.unlock_by_pin("111222")
        desk.lock.unlock_by_pin(PIN)
    assert told(desk, Unlocked) == [Unlocked(How.PIN, PIN_TRIES - 1)] * 3


def test_a_shut_desk_keeps_nothing_that_a_pin_opens(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock(ASIDE, shut=True)
    assert not desk.lock.has_pin
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    desk.lock.unlock(passphrase("mara"))
    assert desk.lock.take_up() == ASIDE
    assert [body.shut for body in told(desk, Locked)] == [True]  # type: ignore[attr-defined]


def test_a_desk_that_is_locked_already_can_still_be_shut(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock(ASIDE)
    desk.lock.lock(shut=True)
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    desk.lock.unlock(passphrase("mara"))
    assert desk.lock.take_up() == ASIDE


def test_a_pin_is_of_whoever_chose_it(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    sit_down(desk, "sol")
    assert not desk.lock.has_pin
    desk.lock.lock()
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    with pytest.raises(UserError, match="wrong"):
        desk.lock.unlock(passphrase("mara"))
    desk.lock.unlock(passphrase("sol"))
    assert desk.person.name == "sol"


def test_a_wrong_passphrase_is_counted_and_told_once_it_is_open(desk: Desk) -> None:
    desk.lock.lock()
    with pytest.raises(UserError, match="wrong"):
        desk.lock.unlock("not hers at all, by far")
    desk.lock.unlock(passphrase("mara"))
    assert [body.times for body in told(desk, SignInFailed)] == [1]  # type: ignore[attr-defined]


def test_who_was_retired_meanwhile_does_not_come_back_by_the_pin(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock()
    other = open_desk(desk.folder, "ada", clock=FixedClock(), tables=TABLES)
    try:
        other.accounts.retire("mara")
    finally:
        other.close()
    with pytest.raises(PinGone):
        desk.lock.unlock_by_pin(PIN)
    with pytest.raises(UserError, match="no account named mara"):
        desk.lock.unlock(passphrase("mara"))
    assert desk.lock.locked


def test_a_new_data_key_made_meanwhile_does_not_keep_the_pin_out(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock(ASIDE)
    other = open_desk(desk.folder, "ada", clock=FixedClock(), tables=TABLES)
    try:
        assert other.vault.rekey("to try it")
    finally:
        other.close()
    desk.lock.unlock_by_pin(PIN)
    assert desk.lock.take_up() == ASIDE


def test_a_disk_that_takes_nothing_keeps_no_desk_open_and_loses_no_word(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UserError("The disk is full.", "Nothing was saved.")

    desk.lock.set_pin(PIN)
    monkeypatch.setattr(desk.store.drafts, "keep", full)
    desk.lock.lock(ASIDE)
    assert desk.lock.locked
    assert WORDS.encode() not in desk.lock._sealed
    desk.lock.unlock_by_pin(PIN)
    assert desk.lock.take_up() == ASIDE
    locked, unlocked = told(desk, Locked, Unlocked)
    assert isinstance(locked, Locked)
    assert isinstance(unlocked, Unlocked)


def test_the_pin_lies_in_no_file(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock(ASIDE)
    for file in desk.folder.rglob("*"):
        if file.is_file():
            assert PIN.encode() not in file.read_bytes()
            assert WORDS.encode() not in file.read_bytes()


def test_what_was_left_is_there_after_the_program_ended_too(desk: Desk) -> None:
    desk.lock.lock(ASIDE)
    again = open_desk(desk.folder, "mara", clock=FixedClock(), tables=TABLES)
    try:
        assert again.lock.take_up() == ASIDE
        again.lock.keep_typed(again.person.id, None)  # its panel was committed or closed
        assert not again.store.drafts.of(again.person.id, PURPOSE)
    finally:
        again.close()


def test_a_place_without_words_is_told_once(desk: Desk) -> None:
    desk.lock.lock(replace(ASIDE, panels=()))
    desk.lock.unlock(passphrase("mara"))
    assert desk.lock.take_up() == replace(ASIDE, panels=())
    assert desk.lock.take_up() is None


def test_words_are_kept_for_whoever_sits_there_only_and_not_on_a_locked_desk(desk: Desk) -> None:
    mara = desk.person.id
    desk.lock.keep_typed(mara, ASIDE)
    desk.lock.keep_typed(mara, replace(ASIDE, at=0))
    (kept,) = desk.store.drafts.of(mara, PURPOSE)
    assert WORDS.encode() in kept[2]
    sit_down(desk, "sol")
    desk.lock.keep_typed(mara, None)  # asked before she left, heard after
    assert desk.lock.take_up() is None
    assert desk.store.drafts.of(mara, PURPOSE) == (kept,)
    sit_down(desk, "mara")
    desk.lock.lock(ASIDE)
    desk.lock.keep_typed(mara, None)
    desk.lock.unlock(passphrase("mara"))
    assert desk.lock.take_up() == ASIDE


def test_what_was_left_is_found_by_nobody_else(desk: Desk) -> None:
    desk.lock.lock(ASIDE)
    desk.lock.unlock(passphrase("mara"))
    sit_down(desk, "sol")
    assert desk.lock.take_up() is None


def test_the_administrator_chooses_after_how_long_it_locks_itself(desk: Desk) -> None:
    assert desk.lock.minutes == 15
    with pytest.raises(Forbidden):
        desk.lock.set_minutes(20)
    sit_down(desk, "ada")
    for minutes in (20, 15):
        desk.lock.set_minutes(minutes)
        assert desk.lock.minutes == minutes
        assert desk.store.workspace().idle_minutes == minutes
        assert not desk.supervision.verification().breaks


@pytest.mark.parametrize("minutes", [0, 9, 31, -1])
def test_no_other_time_is_taken(desk: Desk, minutes: int) -> None:
    sit_down(desk, "ada")
    with pytest.raises(UserError, match="10 to 30 minutes"):
        desk.lock.set_minutes(minutes)
    assert desk.lock.minutes == 15


def test_a_weak_pin_is_refused_and_the_one_before_stays(desk: Desk) -> None:
    desk.lock.set_pin(PIN)
    with pytest.raises(UserError, match="first that are tried"):
        desk.lock.set_pin("123456")
    desk.lock.lock()
    desk.lock.unlock_by_pin(PIN)


def test_a_store_that_vanished_leaves_the_desk_locked_and_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.lock.set_pin(PIN)
    desk.lock.lock()
    away = tmp_path / "away"
    shutil.move(desk.folder, away)
    with pytest.raises(UserError):
        desk.lock.unlock_by_pin(PIN)
    assert desk.lock.locked
    shutil.move(away, desk.folder)
    desk.lock.unlock_by_pin(PIN)


def test_a_closed_store_refuses_in_words(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as it:
        store: Store = it.store
        it.close()
        with pytest.raises(UserError, match="is locked"), store.atomic():
            pass
