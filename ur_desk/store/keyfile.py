"""The file of keys beside a workspace's database: read whole, replaced whole, of no use without a passphrase."""

from collections.abc import Callable
from pathlib import Path

from ur_desk.domain.guard.vault import KeyRing
from ur_desk.errors import UserError
from ur_desk.records.keys import keyring_bytes, keyring_from
from ur_desk.store.whole import replace_whole, sweep

KEYS = "keys.json"


class KeyFile:
    """The key ring of the workspace in a folder. Whoever changes it holds the workspace's write transaction meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / KEYS

    @property
    def exists(self) -> bool:
        """Whether there is one."""
        return self.path.is_file()

    def read(self) -> KeyRing:
        """The key ring; UserError where it is missing, damaged or newer."""
        try:
            return keyring_from(self.path.read_bytes())
        except OSError as wrong:
            raise UserError(
                "The workspace's file of keys is missing or cannot be read.",
                f"Without {KEYS} nothing opens: put it back from a backup. Nothing was changed.",
            ) from wrong

    def write(self, ring: KeyRing) -> None:
        """Replaces the file at once, and only when the new one lies on the disk; UserError where it cannot be written."""
        try:
            replace_whole(self.path, keyring_bytes(ring))
        except OSError as wrong:
            raise UserError(
                f"{self.path.name} cannot be written: {wrong.strerror or 'the system refuses it'}.",
                "Check the disk and your rights to the workspace's folder. Nothing was changed.",
            ) from wrong
        sweep(self.path)

    def change(self, how: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Reads, changes and writes the ring; gives the new one."""
        now = how(self.read())
        self.write(now)
        return now
