"""The file of keys beside a workspace's database: read whole, replaced whole, of no use without a passphrase."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ur_desk.domain.vault import KeyRing
from ur_desk.errors import UserError
from ur_desk.records.keys import keyring_bytes, keyring_from

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
        replace_whole(self.path, keyring_bytes(ring))

    def change(self, how: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Reads, changes and writes the ring; gives the new one."""
        now = how(self.read())
        self.write(now)
        return now


def replace_whole(path: Path, data: bytes) -> None:
    """Writes a file so that after a crash at any moment the old one or the new one lies there whole; readable by its owner only."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as wrong:
        raise UserError(
            f"{path.name} cannot be written: {wrong.strerror or 'the system refuses it'}.",
            "Check the disk and your rights to the workspace's folder. Nothing was changed.",
        ) from wrong
    with suppress(OSError):  # not every system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
