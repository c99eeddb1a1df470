"""The last head that a computer saw: kept in two places, of which the later counts, and never a reason to stop."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from builders import NOW
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from ur_desk import paths
from ur_desk.domain.trail.computer_clock import Moment
from ur_desk.domain.trail.witness import LastSeen
from ur_desk.store.seen import FILE, SERVICE, SystemSeen


class Memory(KeyringBackend):  # type: ignore[misc]
    """A credential store that forgets."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Broken(Memory):
    """A credential store that fails as those of real desktops do: in its own way."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("no bus")


@pytest.fixture(params=[Memory, Broken, NoKeyring])
def backend(request: pytest.FixtureRequest) -> Iterator[KeyringBackend]:
    before = keyring.get_keyring()
    made = request.param()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def head(number: int) -> LastSeen:
    return LastSeen(number, f"{number:064x}", Moment(NOW + timedelta(minutes=number), "boot", number))


def test_what_was_kept_is_found_again_for_each_workspace_with_and_without_a_credential_store(
    backend: KeyringBackend, tmp_path: Path
) -> None:
    seen = SystemSeen(tmp_path / "new" / FILE)
    assert seen.get("w") is None
    seen.keep("w", head(1))
    seen.keep("v", head(9))
    seen.keep("w", head(2))
    again = SystemSeen(tmp_path / "new" / FILE)
    assert (again.get("w"), again.get("v"), again.get("u")) == (head(2), head(9), None)


def test_the_file_names_no_workspace(tmp_path: Path) -> None:
    SystemSeen(tmp_path / FILE).keep("0bd6-secret", head(1))
    assert b"0bd6" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize("bytes_there", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"null"])
def test_a_damaged_file_is_as_none_and_is_written_anew(tmp_path: Path, bytes_there: bytes) -> None:
    (tmp_path / FILE).write_bytes(bytes_there)
    seen = SystemSeen(tmp_path / FILE)
    assert seen.get("w") is None
    seen.keep("w", head(3))
    assert seen.get("w") == head(3)


@pytest.mark.parametrize(
    "told", [b"1", b"{}", b'{"number": "x"}', b'{"number":1,"seal":"a","moment":{"at":"2017-10-09T14:30:00","boot":"b","monotonic":1}}']
)
def test_a_damaged_entry_is_as_none_and_leaves_the_others(tmp_path: Path, told: bytes) -> None:
    file, seen = tmp_path / FILE, SystemSeen(tmp_path / FILE)
    seen.keep("w", head(1))
    (name,) = json.loads(file.read_bytes())
    seen.keep("v", head(2))
    whole = json.loads(file.read_bytes())
    whole[name] = json.loads(told)
    file.write_text(json.dumps(whole))
    assert seen.get("w") is None
    assert seen.get("v") == head(2)


def test_a_place_that_cannot_be_written_or_read_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    seen = SystemSeen(tmp_path / "file" / FILE)
    seen.keep("w", head(1))
    assert seen.get("w") is None
    folder = tmp_path / "folder"
    folder.mkdir()
    seen = SystemSeen(folder)
    seen.keep("w", head(1))
    assert seen.get("w") is None


def test_whoever_puts_one_of_the_two_places_back_is_seen_by_the_other(tmp_path: Path) -> None:
    before, store = keyring.get_keyring(), Memory()
    keyring.set_keyring(store)
    try:
        seen = SystemSeen(tmp_path / FILE)
        seen.keep("w", head(1))
        old_file, old_store = (tmp_path / FILE).read_bytes(), dict(store.kept)
        seen.keep("w", head(2))
        (tmp_path / FILE).write_bytes(old_file)
        assert seen.get("w") == head(2)
        seen.keep("w", head(3))
        store.kept = old_store
        assert seen.get("w") == head(3)
        (tmp_path / FILE).unlink()
        store.kept = {(SERVICE, name): "{" for _, name in store.kept}
        assert seen.get("w") is None
    finally:
        keyring.set_keyring(before)


def test_no_test_writes_to_a_persons_own_settings() -> None:
    assert paths.app_config().parent.parent.name.startswith("ur-desk-tests-")
    assert type(keyring.get_keyring()).__module__ == "keyring.backends.null"
