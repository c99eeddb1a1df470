"""A change of the data key under a full disk, a busy neighbour, a spoilt file of keys, and beside somebody who writes with other tools."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, TABLES, FixedClock, MemorySeen, NoShares, desk_in, opened, passphrase

from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.desk.slots import recovery_slot
from ur_desk.desk.vault import CODE_HOLDS
from ur_desk.domain.events import LetterId
from ur_desk.domain.guard.access import CaseViewed, How, LetterPrinted, SignedIn
from ur_desk.domain.guard.vault import KeyRing, RecoveryMade, Slot, Way
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import Role
from ur_desk.errors import UserError
from ur_desk.store.crypto import Keys, seal
from ur_desk.store.keyfile import KeyFile
from ur_desk.store.store import Store
from ur_desk.store.vault import DATABASE

ANOTHER = "quite another phrase of seven words"


def reopened(folder: Path, name: str, words: str = "", **more: Any) -> Desk:
    told = {"clock": FixedClock(), "tables": TABLES, "shares": NoShares(), "seen": MemorySeen(), **more}
    return opening.open_desk(folder, name, words or passphrase(name), **told)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with desk_in(tmp_path / "w") as desk:
        opened(desk)
    return tmp_path / "w"


@contextmanager
def file_limit(size: int) -> Iterator[None]:
    """No file grows beyond this many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# a disk, or a neighbour, that does not let it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.0, 0.05, 0.2, 0.5, 0.8, 0.95])
def test_a_full_disk_during_the_change_leaves_the_workspace_under_the_key_that_it_had(
    folder: Path, monkeypatch: pytest.MonkeyPatch, part: float
) -> None:
    desk = reopened(folder, "ada")
    before, size = desk.store.key, (folder / DATABASE).stat().st_size
    real = Store.rekey

    def full(self: Store, key: bytes) -> None:
        with file_limit(int(size * part)):
            real(self, key)

    monkeypatch.setattr(Store, "rekey", full)
    assert not desk.vault.rekey("a test")
    monkeypatch.undo()
    assert desk.store.key == before
    assert desk.vault.standing().rekey_due
    assert desk.supervision.cases(CaseFilter()).rows
    desk.close()
    again = reopened(folder, "mara")
    assert again.store.key != before
    again.close()
    checked = reopened(folder, "sol")
    assert checked.supervision.verification().holds
    checked.close()


def test_too_little_room_is_told_before_anything_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shutil import _ntuple_diskusage, disk_usage

    desk = reopened(folder, "ada")
    total = disk_usage(folder).total
    monkeypatch.setattr("ur_desk.store.store.shutil.disk_usage", lambda path: _ntuple_diskusage(total, total, 0))
    with pytest.raises(UserError, match="too little room"):
        desk.store.rekey(bytes(32))
    assert not desk.vault.rekey("a test")
    assert desk.vault.standing().rekey_due
    desk.close()


def test_a_change_that_the_database_only_said_it_had_made_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = reopened(folder, "ada")
    before = desk.store.key
    monkeypatch.setattr(Store, "_write_anew", lambda self, key: None)
    assert not desk.vault.rekey("a test")
    monkeypatch.undo()
    assert desk.store.key == before
    desk.accounts.save_profile(next(iter(desk.store.workspace().profiles.values())))
    desk.close()
    again = reopened(folder, "ada")
    assert again.store.key != before
    assert again.supervision.verification().holds
    again.close()


def test_nobody_is_kept_out_while_a_change_cannot_be_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Store, key: bytes) -> None:
        raise UserError("The disk is full.", "Nothing was saved.")

    desk = reopened(folder, "mara")
    monkeypatch.setattr(Store, "rekey", refused)
    desk.vault.change_passphrase(passphrase("mara"), ANOTHER)
    desk.close()
    for name, words in (("mara", ANOTHER), ("ada", "")):
        reopened(folder, name, words).close()
    monkeypatch.undo()
    again = reopened(folder, "ada")
    assert not again.vault.standing().rekey_due
    assert again.supervision.verification().holds
    again.close()


def test_keys_that_were_changed_between_two_looks_are_read_once_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = KeyFile(folder).read()
    desk = reopened(folder, "ada")
    desk.vault.rekey("a test")
    desk.close()
    real, first = KeyFile.read, [old]
    monkeypatch.setattr(KeyFile, "read", lambda self: first.pop() if first else real(self))
    reopened(folder, "mara").close()
    assert not first


# what somebody spoilt, or laid there ----------------------------------------------------------------------------------------------


def test_spoilt_public_keys_and_a_planted_data_key_throw_nobody_out(folder: Path) -> None:
    def spoil(slot: Slot) -> Slot:
        return replace(slot, keys=Keys.new().public, data_keys=(*slot.data_keys, seal(bytes(32), slot.keys.seal)))

    KeyFile(folder).change(lambda ring: replace(ring, slots=tuple(map(spoil, ring.slots))))
    for name in ("ada", "mara", "osei", "sol"):
        desk = reopened(folder, name)
        assert [slot.name for slot in desk.vault.ring().slots] == ["ada", "mara", "osei", "sol"]
        desk.close()
    checked = reopened(folder, "sol")
    assert checked.supervision.verification().holds
    checked.close()


def test_a_code_that_ran_out_opens_nothing_any_more_not_even_with_other_tools(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        desk.accounts.add("new", "", frozenset({Role.AUDITOR}))
        (waiting,) = desk.vault.ring().of("new")
        before = desk.store.key
    later = FixedClock(NOW + CODE_HOLDS + timedelta(days=1))
    again = reopened(tmp_path / "w", "ada", clock=later)
    assert again.store.key != before
    assert again.vault.ring().of("new") == ()
    assert again.supervision.verification().holds
    again.close()
    assert waiting.way is Way.CODE
    once_more = reopened(tmp_path / "w", "ada", clock=later)
    key = once_more.store.key
    once_more.close()
    third = reopened(tmp_path / "w", "ada", clock=later)
    assert third.store.key == key
    third.close()


def test_a_backup_that_no_passphrase_would_open_is_not_made(folder: Path, tmp_path: Path) -> None:
    desk = reopened(folder, "ada")
    for spoil in (
        lambda ring: replace(ring, slots=tuple(replace(s, keys=Keys.new().public) for s in ring.slots)),
        lambda ring: replace(ring, slots=()),
        lambda ring: replace(ring, slots=tuple(replace(s, data_keys=(seal(bytes(32), s.keys.seal),)) for s in ring.slots)),
    ):
        whole = desk.vault.ring()
        KeyFile(folder).write(spoil(whole))
        with pytest.raises(UserError, match="no passphrase of yours"):
            desk.keeping.back_up(tmp_path / "b.urbackup")
        assert not (tmp_path / "b.urbackup").exists()
        KeyFile(folder).write(whole)
    desk.keeping.back_up(tmp_path / "b.urbackup")
    desk.close()


def test_no_link_that_somebody_laid_into_the_folder_is_written_through(folder: Path, tmp_path: Path) -> None:
    victim = tmp_path / "letter.txt"
    for kept in (b"SQLite format 3\0 of somebody else", b"a text of somebody else"):
        victim.write_bytes(kept)
        (folder / "desk.db.plain").symlink_to(victim)
        for name in ("keys.json.new", "attempts.json.new", "attempts.json", f"in-use/{os.getpid()}"):
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(victim)
        with pytest.raises(UserError, match="wrong"):
            reopened(folder, "mara", "guess")
        desk = reopened(folder, "mara")
        desk.vault.change_passphrase(passphrase("mara"), passphrase("mara") + "s")
        desk.vault.change_passphrase(passphrase("mara") + "s", passphrase("mara"))
        desk.close()
        assert victim.read_bytes() == kept
        (folder / "desk.db.plain").unlink(missing_ok=True)


def test_a_second_name_of_the_database_destroys_nothing(folder: Path) -> None:
    os.link(folder / DATABASE, folder / "desk.db.plain")
    reopened(folder, "mara").close()
    reopened(folder, "mara").close()


def test_a_slot_that_is_bound_elsewhere_does_not_keep_its_successor_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Here:
        def get(self, workspace: str) -> bytes | None:
            return b"share" * 6

        def make(self, workspace: str) -> bytes:
            return b"share" * 6

    desk = reopened(folder, "mara", shares=Here())
    desk.vault.bind(passphrase("mara"), True)
    monkeypatch.setattr("ur_desk.desk.vault.Vault.tidy", lambda self: ())
    monkeypatch.setattr("ur_desk.desk.vault.Vault.rekey_where_due", lambda self: None)
    desk.vault.bind(passphrase("mara"), False)
    desk.close()
    assert [slot.bound for slot in KeyFile(folder).read().of("mara")] == [True, False]
    reopened(folder, "mara").close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"salt": "', '"salt": "AAAA', 1),
        lambda text: "[" * 100_000,
        lambda text: re.sub(r'"data_keys": \[[^\]]*\]', '"data_keys": []', text, count=1),
    ],
)
def test_an_odd_file_of_keys_is_told_as_damage(folder: Path, spoil: Callable[[str], str]) -> None:
    file = folder / "keys.json"
    spoilt = spoil(file.read_text())
    assert spoilt != file.read_text()
    file.write_text(spoilt)
    with pytest.raises(UserError, match="damaged"):
        reopened(folder, "ada")


def test_odd_notes_of_who_has_it_open_are_nobody(folder: Path) -> None:
    for name, text in (("²", b"x"), ("9" * 20, b"x"), ("9" * 40, b"x"), ("1", b"\xff\xfe"), ("-1", b"x")):
        (folder / "in-use" / name).write_bytes(text)
    assert opening.holds_workspace(folder)
    reopened(folder, "mara").close()


# whoever writes with other tools, and whoever was shut out elsewhere ------------------------------------------------------------------


def test_no_new_data_key_is_sealed_to_keys_that_somebody_brought_in_with_other_tools(folder: Path) -> None:
    """A nurse writes a recovery key of her own into the trail; then she is retired."""
    mara = reopened(folder, "mara")
    thief = Keys.new()
    with mara.store.atomic():
        mara.append("recovery.make", None, RecoveryMade(thief.public))
        planted = recovery_slot(thief, mara.vault.made, mara.store.key)
        mara.store.keys.change(lambda ring: replace(ring, recovery=(planted,)))
    mara.close()
    ada = reopened(folder, "ada")
    ada.accounts.retire("mara")
    ring: KeyRing = ada.vault.ring()
    assert not any(thief.opens(slot.data_keys) for slot in (*ring.slots, *ring.recovery))
    assert any("no role" in b.message for b in ada.supervision.verification().breaks)
    ada.close()


def test_whoever_was_shut_out_elsewhere_notes_what_they_had_looked_at_without_a_break(folder: Path) -> None:
    here, there = reopened(folder, "mara"), reopened(folder, "mara")
    case = there.store.cases.ids()[0]
    with there.store.atomic():
        here.looks.note(CaseViewed(), case)
    assert here.looks.waiting
    there.vault.change_passphrase(passphrase("mara"), ANOTHER)
    here.note(LetterPrinted(LetterId("L")))
    here.leave()
    there.close()
    checked = reopened(folder, "sol")
    assert checked.supervision.verification().holds
    checked.close()


def test_nobody_signs_in_with_a_former_key(folder: Path) -> None:
    here, there = reopened(folder, "mara"), reopened(folder, "mara")
    there.vault.change_passphrase(passphrase("mara"), ANOTHER)
    here.note(SignedIn(How.PASSPHRASE))
    here.close()
    there.close()
    checked = reopened(folder, "sol")
    assert [b.message for b in checked.supervision.verification().breaks] == [
        "it is signed with a key that was not in force for its person there"
    ]
    checked.close()
