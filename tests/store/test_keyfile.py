"""The file of keys: whole or as before, and refused in plain words where it cannot be read."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW

from ur_desk.domain.guard.vault import Cost, KeyRing, RecoverySlot, Slot, Way
from ur_desk.domain.people import AccountId
from ur_desk.errors import UserError
from ur_desk.store.attempts import FIRST_WAIT, FREE, LONGEST_WAIT, Attempts
from ur_desk.store.crypto import Keys
from ur_desk.store.keyfile import KeyFile

KEYS = Keys.new().public
SLOT = Slot(AccountId("a"), "Mara", Way.PASSPHRASE, b"salt" * 4, Cost(2, 8192), b"seed", b"vault", KEYS, (b"one", b"two"))
CODE = Slot(AccountId("a"), "mara", Way.CODE, b"salt" * 4, Cost(2, 8192), b"seed", b"vault", KEYS, (b"one",), until=NOW)
RING = KeyRing("w", (CODE, SLOT), (RecoverySlot(b"vault", KEYS, (b"x",)),), complete=True)


def test_a_ring_comes_back_as_it_was_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = KeyFile(tmp_path)
    assert not file.exists
    file.write(RING)
    assert file.read() == RING
    assert file.exists
    if os.name == "posix":
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["keys.json"]


def test_what_a_crash_left_beside_the_keys_goes_with_the_next_writing(tmp_path: Path) -> None:
    (tmp_path / ".keys.json-0123456789abcdef.part").write_bytes(b"half")
    KeyFile(tmp_path).write(RING)
    assert [p.name for p in tmp_path.iterdir()] == ["keys.json"]


def test_no_link_beside_the_keys_is_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"keep")
    (tmp_path / "keys.json.new").symlink_to(tmp_path / "victim")
    (tmp_path / ".keys.json-0123456789abcdef.part").symlink_to(tmp_path / "victim")
    KeyFile(tmp_path).write(RING)
    assert (tmp_path / "victim").read_bytes() == b"keep"


def test_the_passphrase_comes_before_the_code_and_case_does_not_matter() -> None:
    assert RING.of(" MARA ") == (SLOT, CODE)
    assert RING.of("nobody") == ()


BROKEN = [b"", b"{", b"[]", b"null", b'"text"', b'{"schema": "ur-desk-keys/1"}', b'{"schema": 7}', b"\xff\xfe", b'{"slots": []}']


@pytest.mark.parametrize("content", BROKEN)
def test_a_damaged_file_is_told_as_such_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(content)
    with pytest.raises(UserError, match=r"damaged|newer"):
        KeyFile(tmp_path).read()
    assert (tmp_path / "keys.json").read_bytes() == content


def test_a_newer_file_is_refused_politely(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_bytes(b'{"schema": "ur-desk-keys/9"}')
    with pytest.raises(UserError, match="newer version"):
        KeyFile(tmp_path).read()


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing or cannot be read"):
        KeyFile(tmp_path).read()


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KeyFile(tmp_path).write(RING)

    def full(*told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError, match="No space left"):
        KeyFile(tmp_path).change(lambda ring: KeyRing("other", ()))
    monkeypatch.undo()
    assert KeyFile(tmp_path).read() == RING


def test_wrong_passphrases_cost_waiting_that_grows_and_is_told(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path)
    for _ in range(FREE):
        attempts.check("mara", NOW)
        attempts.note("MARA ", NOW)
    with pytest.raises(UserError, match="5 wrong passphrases"):
        attempts.check("mara", NOW)
    attempts.check("osei", NOW)
    with pytest.raises(UserError, match="Wait 1 seconds"):
        attempts.check("mara", NOW + FIRST_WAIT - timedelta(seconds=1))
    attempts.check("mara", NOW + FIRST_WAIT)
    for _ in range(30):
        attempts.note("mara", NOW)
    with pytest.raises(UserError, match="Wait"):
        attempts.check("mara", NOW + LONGEST_WAIT - timedelta(seconds=1))
    attempts.check("mara", NOW + LONGEST_WAIT)
    assert [(f.name, f.times) for f in attempts.told(["Mara "])] == [("mara", 35)]
    assert attempts.told(["osei"]) == ()
    attempts.forget()
    attempts.check("mara", NOW)


def test_a_clock_set_back_does_not_shorten_the_wait(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path)
    for _ in range(FREE):
        attempts.note("mara", NOW)
    with pytest.raises(UserError, match="Wait 15 seconds"):
        attempts.check("mara", NOW - timedelta(days=400))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"mara": 3}',
        b'{"mara": ["x", "y"]}',
        b"\xff",
        b'{"mara": [5, "yesterday"]}',
        b'{"mara": [5, "2017-10-03T14:00:00"]}',
        b'{"mara": [1e99, "2017-10-03T14:00:00Z"]}',
        b'{"mara": [99999999, "2017-10-03T14:00:00Z"]}',
        b"[" * 100_000,
    ],
)
def test_a_broken_count_of_attempts_keeps_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "attempts.json").write_bytes(content)
    Attempts(tmp_path).check("mara", NOW)
    assert Attempts(tmp_path).told(["mara"]) == ()
