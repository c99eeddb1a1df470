"""The share in the computer's credential store, and what is done where there is none."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from ur_desk.errors import UserError
from ur_desk.store.share import SHARE_BYTES, SystemShares


class Memory(KeyringBackend):  # type: ignore[misc]
    """A credential store that forgets."""

    priority = 1
    persist = "enterprise"

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def backend() -> Iterator[Memory]:
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_share_is_made_once_and_stays_on_this_computer(backend: Memory) -> None:
    shares = SystemShares()
    assert shares.get("w") is None
    made = shares.make("w")
    assert len(made) == SHARE_BYTES
    assert shares.make("w") == shares.get("w") == made
    assert shares.make("another") != made
    assert backend.persist == "local machine"


def test_what_is_no_share_is_none(backend: Memory) -> None:
    backend.kept["ur_desk", "w"] = "no hex"
    assert SystemShares().get("w") is None


def test_a_computer_without_a_credential_store_says_so(backend: Memory) -> None:
    keyring.set_keyring(NoKeyring())
    assert SystemShares().get("w") is None
    with pytest.raises(UserError, match="no credential store"):
        SystemShares().make("w")
