"""The last head that this computer saw of each workspace, kept outside of it: in the computer's credential store, and in a plain file."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from ur_desk import paths
from ur_desk.domain.trail.witness import LastSeen
from ur_desk.store.whole import replace_whole

SERVICE = "ur_desk last head"
FILE = "last-heads.json"
_MOST = 1 << 20


class Seen(Protocol):
    """Remembers the newest head of each workspace, outside of that workspace; nothing that goes wrong there is ever raised."""

    def get(self, workspace: str) -> LastSeen | None:
        """The newest head that was seen of the workspace; None where none was, or it cannot be read."""

    def keep(self, workspace: str, head: LastSeen) -> None:
        """Remembers a head in the place of the one before."""


class SystemSeen:
    """The credential store through keyring, loaded when it is first asked, and a plain file beside the settings.

    Both are written; of what lies in the two the later moment counts, so that whoever puts one of them back still is seen.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.app_config() / FILE

    def get(self, workspace: str) -> LastSeen | None:
        """The newest head that was seen of the workspace; None where none was, or it cannot be read."""
        return max(self._found(_name(workspace)), key=lambda head: (head.moment.at, head.number), default=None)

    def keep(self, workspace: str, head: LastSeen) -> None:
        """Remembers a head in the place of the one before."""
        name, told = _name(workspace), msgspec.json.encode(head)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_whole(self._file, msgspec.json.format(msgspec.json.encode({**self._lying(), name: msgspec.Raw(told)}), indent=1))
        with suppress(Exception):  # whatever a credential store of some desktop comes up with: it is only the second place
            import keyring

            keyring.set_password(SERVICE, name, told.decode())

    def _found(self, name: str) -> Iterator[LastSeen]:
        if (told := self._lying().get(name)) is not None:
            yield from _head(bytes(told))
        with suppress(Exception):
            import keyring

            if found := keyring.get_password(SERVICE, name):
                yield from _head(found.encode())

    def _lying(self) -> dict[str, msgspec.Raw]:
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            if os.stat(self._file).st_size <= _MOST:
                return msgspec.json.decode(self._file.read_bytes(), type=dict[str, msgspec.Raw])
        return {}


def _head(data: bytes) -> Iterator[LastSeen]:
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        told = msgspec.json.decode(data, type=LastSeen)
        if told.moment.at.tzinfo is not None:
            yield told


def _name(workspace: str) -> str:
    """Workspaces by a hash: the file tells nobody which there are."""
    return hashlib.sha256(workspace.encode()).hexdigest()[:32]
