"""Somebody who may write to the folder, or copied it once, and knows no passphrase of today: what they lay there opens nothing."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from builders import (
    CHEAP,
    NOW,
    TABLES,
    FixedClock,
    MemorySeen,
    NoShares,
    data_key,
    desk_in,
    opened,
    passphrase,
    profile,
    recovery_of,
    sit_down,
)

from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.desk.lock import LaidAside
from ur_desk.desk.restoring import restore_desk
from ur_desk.desk.vault import Vault
from ur_desk.domain.guard.vault import Cost, Rekeyed, Slot
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import Role
from ur_desk.domain.trail.witness import WentBack
from ur_desk.errors import UserError
from ur_desk.store.backup import write_backup
from ur_desk.store.crypto import KEY_BYTES, seal
from ur_desk.store.keyfile import KeyFile
from ur_desk.store.places import began
from ur_desk.store.store import Store
from ur_desk.store.vault import DATABASE

ANOTHER = "quite another phrase of seven words"
EVIL = bytes(range(KEY_BYTES))
NOT_YOURS = "not the one that your passphrase belongs to"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def reopened(folder: Path, name: str, words: str = "", **more: Any) -> Desk:
    return opening.open_desk(folder, name, words or passphrase(name), clock=FixedClock(), tables=TABLES, **more)


def change(folder: Path, how: Callable[[Slot], Slot]) -> None:
    KeyFile(folder).change(lambda ring: replace(ring, slots=tuple(how(slot) for slot in ring.slots)))


def raw(folder: Path, how: Callable[[Any], object]) -> None:
    """Changes the file of keys as a text."""
    told = json.loads((folder / "keys.json").read_bytes())
    how(told)
    (folder / "keys.json").write_text(json.dumps(told))


# a data key of the thief's own --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [True, False])
def test_a_data_key_that_somebody_sealed_to_an_account_is_never_taken(tmp_path: Path, *, last: bool) -> None:
    """As if a change of the data key had been cut off: sealing needs no passphrase, only the public half."""
    with desk_in(tmp_path / "w") as desk:
        before = desk.store.key

    def plant(slot: Slot) -> Slot:
        evil = seal(EVIL, slot.keys.seal)
        return replace(slot, data_keys=(*slot.data_keys, evil) if last else (evil, *slot.data_keys))

    change(tmp_path / "w", plant)
    again = reopened(tmp_path / "w", "mara")
    assert again.store.key == before
    assert {len(slot.data_keys) for slot in again.vault.ring().slots} == {1}
    assert not again.vault.ring().changing
    assert again.supervision.verification().holds
    again.close()
    with pytest.raises(UserError, match="damaged, or is no workspace"):
        Store(tmp_path / "w", "x", EVIL)


def test_a_change_of_key_that_is_cut_off_takes_the_key_that_was_told_though_another_lies_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Store, key: bytes) -> None:
        raise KeyboardInterrupt

    with desk_in(tmp_path / "w") as desk:
        monkeypatch.setattr(Store, "rekey", cut)
        with pytest.raises(KeyboardInterrupt):
            desk.vault.rekey("a test")
        monkeypatch.undo()
    change(tmp_path / "w", lambda slot: replace(slot, data_keys=(*slot.data_keys, seal(EVIL, slot.keys.seal))))
    again = reopened(tmp_path / "w", "ada")
    assert again.store.key != EVIL
    assert again.supervision.verification().holds
    again.close()


def test_a_key_that_was_to_come_and_is_gone_is_drawn_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(self: Store, key: bytes) -> None:
        raise KeyboardInterrupt

    with desk_in(tmp_path / "w") as desk:
        old = desk.store.key
        monkeypatch.setattr(Store, "rekey", cut)
        with pytest.raises(KeyboardInterrupt):
            desk.vault.rekey("a test")
        monkeypatch.undo()
    change(tmp_path / "w", lambda slot: replace(slot, data_keys=slot.data_keys[:1]))
    again = reopened(tmp_path / "w", "ada")
    assert again.store.key != old
    assert [e.body.why for _, e in again.store.ledger.steps(None) if isinstance(e.body, Rekeyed)][-1] == "the key that was to come is gone"
    assert again.supervision.verification().holds
    again.close()


# another database in the place of the right one -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Forged:
    """A workspace of the thief's own, whose file of keys lets in whoever the right one does, with a data key that the thief knows."""

    folder: Path
    key: bytes
    parts: tuple[str, str]
    mara: Slot
    """A slot that opens with mara's passphrase, of a vault of the thief's own."""


@pytest.fixture
def forged(tmp_path: Path) -> Forged:
    with desk_in(tmp_path / "w") as desk:
        parts = recovery_of(desk)
    with desk_in(tmp_path / "forged") as fake:
        recovery_of(fake)
        key, (mara,) = fake.store.key, fake.vault.ring().of("mara")
    right, wrong = KeyFile(tmp_path / "w").read(), KeyFile(tmp_path / "forged")
    ids = {slot.name: slot.account for slot in wrong.read().slots}
    slots = tuple(replace(s, account=ids[s.name], data_keys=(seal(key, s.keys.seal),)) for s in right.slots)
    wrong.write(replace(right, slots=slots, recovery=tuple(replace(s, data_keys=(seal(key, s.keys.seal),)) for s in right.recovery)))
    return Forged(tmp_path / "forged", key, (parts.first, parts.second), mara)


def test_another_database_under_the_same_passphrases_seats_nobody(forged: Forged) -> None:
    before = (forged.folder / DATABASE).read_bytes()
    for name in ("ada", "mara"):
        with pytest.raises(UserError, match=NOT_YOURS):
            reopened(forged.folder, name)
    assert (forged.folder / DATABASE).read_bytes() == before


def test_another_database_takes_no_recovery_key(forged: Forged, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=NOT_YOURS):
        opening.recover_desk(forged.folder, "ada", forged.parts, ANOTHER, clock=FixedClock(), tables=TABLES)
    opening.recover_desk(tmp_path / "w", "ada", forged.parts, ANOTHER, clock=FixedClock(), tables=TABLES).close()


def test_a_folder_that_was_exchanged_behind_the_lock_is_not_unlocked(forged: Forged, tmp_path: Path) -> None:
    desk = reopened(tmp_path / "w", "mara")
    desk.lock.set_pin("840271")
    ids = {slot.name: slot.account for slot in desk.vault.ring().slots}
    change(forged.folder, lambda slot: replace(slot, account=ids[slot.name]))
    desk.lock.lock(LaidAside())
    (tmp_path / "w").rename(tmp_path / "away")
    forged.folder.rename(tmp_path / "w")
    with pytest.raises(UserError, match=NOT_YOURS):
        desk.lock.unlock_by_pin("840271")
    with pytest.raises(UserError, match=NOT_YOURS):
        desk.lock.unlock(passphrase("mara"))
    assert desk.lock.locked
    (tmp_path / "w").rename(forged.folder)
    (tmp_path / "away").rename(tmp_path / "w")
    desk.lock.unlock(passphrase("mara"))
    desk.close()


def test_a_slot_of_another_workspace_seats_nobody_at_an_open_desk(forged: Forged, tmp_path: Path) -> None:
    """Name and passphrase are the same in both: what lies in the slot is another workspace's."""
    desk = reopened(tmp_path / "w", "ada")
    own = desk.vault.ring().of("mara")[0]
    spoilt = replace(own, vault=bytes(len(own.vault)))
    for planted in (replace(forged.mara, account=own.account), spoilt):
        change(tmp_path / "w", lambda s, planted=planted: planted if s.name == "mara" else s)
        with pytest.raises(UserError, match=NOT_YOURS):
            opening.sit_down(desk, "mara", passphrase("mara"))
        assert desk.person.name == "ada"
    desk.close()


def test_a_backup_of_another_database_is_not_restored(forged: Forged, tmp_path: Path) -> None:
    with Store(forged.folder, "thief", forged.key, begin=False) as store:
        write_backup(tmp_path / "b.urbackup", store.copy_to, forged.folder, forged.key, lambda ring: True, NOW, "0")
    for target in ("elsewhere", "w"):
        with pytest.raises(UserError, match=NOT_YOURS):
            restore_desk(
                tmp_path / "b.urbackup", tmp_path / target, "ada", passphrase("ada"), replace=True, clock=FixedClock(), tables=TABLES
            )
    assert not (tmp_path / "elsewhere").exists()
    reopened(tmp_path / "w", "ada").close()


# the file of keys of another day ---------------------------------------------------------------------------------------------


def renewed(desk: Desk) -> str:
    desk.vault.change_passphrase(passphrase("mara"), ANOTHER)
    return ANOTHER


def bound(desk: Desk) -> str:
    desk.vault.bind(passphrase("mara"), True)
    return passphrase("mara")


def invited(desk: Desk) -> str:
    sit_down(desk, "ada")
    code = desk.vault.invite("mara").value
    opening.sit_down(desk, "mara", code, ANOTHER)
    return ANOTHER


class Here:
    """This computer's credential store."""

    def get(self, workspace: str) -> bytes | None:
        return b"share" * 6

    def make(self, workspace: str) -> bytes:
        return b"share" * 6


@pytest.mark.parametrize("renew", [renewed, bound, invited])
def test_the_keys_of_another_day_and_the_passphrase_of_that_day_open_nothing_of_today(tmp_path: Path, renew: Callable[[Desk], str]) -> None:
    """Whoever saw the passphrase once, and copied the file of keys then, reads no later copy of the workspace with both."""
    with desk_in(tmp_path / "w"):
        pass
    old = (tmp_path / "w" / "keys.json").read_bytes()
    old_key = data_key(tmp_path / "w", "mara")
    desk = reopened(tmp_path / "w", "mara", shares=Here())
    words = renew(desk)
    assert desk.store.key != old_key
    desk.close()
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "w", copy)
    (copy / "keys.json").write_bytes(old)
    with pytest.raises(UserError, match="damaged, or is no workspace"):
        reopened(copy, "mara")
    reopened(tmp_path / "w", "mara", words, shares=Here()).close()


def test_a_binding_that_is_cut_off_before_it_is_tidied_opens_with_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(self: object) -> None:
        raise KeyboardInterrupt

    with desk_in(tmp_path / "w"):
        pass
    desk = reopened(tmp_path / "w", "mara", shares=Here())
    before = desk.store.key
    monkeypatch.setattr(Vault, "tidy", cut)
    with pytest.raises(KeyboardInterrupt):
        desk.vault.bind(passphrase("mara"), True)
    monkeypatch.undo()
    desk.close()
    assert len(KeyFile(tmp_path / "w").read().of("mara")) == 2
    again = reopened(tmp_path / "w", "mara", shares=Here())
    assert [slot.bound for slot in again.vault.ring().of("mara")] == [True]
    assert again.store.key != before
    assert again.supervision.verification().holds
    again.close()


def test_whoever_changed_their_passphrase_elsewhere_signs_out_here_without_a_break(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    here, there = reopened(tmp_path / "w", "mara"), reopened(tmp_path / "w", "mara")
    there.vault.change_passphrase(passphrase("mara"), ANOTHER)
    sit_down(here, "ada")
    assert here.supervision.verification().holds
    there.close()
    here.close()


# the cost of a guess, and what else stands in the file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cost",
    [
        {"passes": 0, "memory": 8192},
        {"passes": 1, "memory": 100},
        {"passes": 1, "memory": 1 << 45},
        {"passes": 1 << 40, "memory": 8192},
        {"passes": -1, "memory": -1},
        {"passes": "1", "memory": 8192},
    ],
)
def test_a_cost_that_no_machine_pays_is_told_as_damage(tmp_path: Path, cost: dict[str, object]) -> None:
    with desk_in(tmp_path / "w"):
        pass
    raw(tmp_path / "w", lambda told: [slot.update(cost=cost) for slot in told["slots"]])
    with pytest.raises(UserError, match="damaged"):
        reopened(tmp_path / "w", "mara")


def test_a_cheaper_guess_in_the_file_makes_no_cheaper_slot(tmp_path: Path) -> None:
    dear = Cost(2, 16384)
    opening.open_desk(tmp_path / "w", "ada", passphrase("ada"), clock=FixedClock(), tables=TABLES, cost=dear, shares=NoShares()).close()
    desk = reopened(tmp_path / "w", "ada")
    raw(tmp_path / "w", lambda told: told.update(cost={"passes": 1, "memory": 8192}))
    raw(tmp_path / "w", lambda told: [slot.update(cost={"passes": 1, "memory": 8192}) for slot in told["slots"]])
    code = desk.accounts.add("new", "", frozenset({Role.AUDITOR})).value.code
    assert [slot.cost for slot in desk.vault.ring().of("new")] == [dear]
    opening.sit_down(desk, "new", code, ANOTHER)
    assert [slot.cost for slot in desk.vault.ring().of("new")] == [dear]
    desk.close()


def test_a_file_that_names_another_workspace_is_a_break_and_what_was_seen_last_is_still_asked(tmp_path: Path) -> None:
    seen = MemorySeen()
    with desk_in(tmp_path / "w"):
        pass
    desk = reopened(tmp_path / "w", "ada", seen=seen)
    opened(desk)
    copy = tmp_path / "copy"
    desk.close()
    shutil.copytree(tmp_path / "w", copy)
    desk = reopened(tmp_path / "w", "ada", seen=seen)
    desk.accounts.save_profile(profile())
    desk.close()
    raw(copy, lambda told: told.update(workspace="another"))
    back = reopened(copy, "ada", seen=seen)
    assert "the file of keys is not of this workspace's vault" in [b.message for b in back.supervision.verification().breaks]
    assert [e.body for _, e in back.store.ledger.steps(None) if isinstance(e.body, WentBack)]
    back.close()


def test_a_file_that_says_that_nothing_was_complete_hides_no_workspace(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        number = opened(desk).number
    raw(tmp_path / "w", lambda told: told.update(complete=False))
    again = reopened(tmp_path / "w", "mara")
    assert [row.number for row in again.supervision.cases(CaseFilter()).rows] == [number]
    assert KeyFile(tmp_path / "w").read().complete
    again.close()


def test_what_does_not_open_is_laid_aside_and_never_destroyed(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    raw(tmp_path / "w", lambda told: told.update(complete=False))
    database, keys = ((tmp_path / "w" / name).read_bytes() for name in (DATABASE, "keys.json"))
    opening.open_desk(tmp_path / "w", "bo", ANOTHER, clock=FixedClock(), tables=TABLES, cost=CHEAP).close()
    (aside,) = tmp_path.glob("w-unfinished-*")
    assert (aside / DATABASE).read_bytes() == database
    assert (aside / "keys.json").read_bytes() == keys


# a change of the data key that somebody would rather not have -------------------------------------------------------------------


def test_notes_of_programs_that_are_not_there_keep_no_data_key_as_it_is(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        old = desk.store.key
        for pid in (1, 2, os.getppid()):
            (tmp_path / "w" / "in-use" / str(pid)).write_text(f"mara\n{began(pid)}")
        desk.accounts.retire("mara")
        assert desk.store.key != old


def test_a_change_that_is_due_stands_in_the_trail_whatever_the_file_says(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        old = desk.store.key
        other = Store(tmp_path / "w", "osei", old)
        desk.accounts.retire("mara")
        assert desk.store.key == old
        other.close()
    raw(tmp_path / "w", lambda told: told.update(rekey_due=False))
    change(tmp_path / "w", lambda slot: replace(slot, data_keys=slot.data_keys[:1]))
    again = reopened(tmp_path / "w", "sol")
    assert again.store.key != old
    assert not again.vault.standing().rekey_due
    again.close()
